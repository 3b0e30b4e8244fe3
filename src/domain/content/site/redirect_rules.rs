//! Redirects as front-ends and servers in front of them read them: `_redirects` of Netlify and those who follow it, and maps of nginx.
//!
//! Whatever a path holds stays in its place: what such a file would read as something else is encoded, and what cannot be written is left out.

use std::collections::{HashMap, HashSet};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::redirect::{Redirect, STATUSES, compared, has_plain_parts};

/// A form of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleFormat {
    /// A line for each: from, to, status.
    Netlify,
    /// A map for each status, for `map` and `return`.
    Nginx,
}

impl RuleFormat {
    /// The form of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "netlify" => Some(Self::Netlify),
            "nginx" => Some(Self::Nginx),
            _ => None,
        }
    }

    /// The statuses whose redirects stand together, in their order; none where all do.
    pub const fn parts(self) -> &'static [Option<i64>] {
        match self {
            Self::Netlify => &[None],
            Self::Nginx => &[Some(STATUSES[0]), Some(STATUSES[1]), Some(STATUSES[2]), Some(STATUSES[3])],
        }
    }

    /// What stands before a part.
    pub fn before(self, status: Option<i64>) -> String {
        match (self, status) {
            (Self::Netlify, _) => String::new(),
            (Self::Nginx, status) => {
                let status = status.unwrap_or_default();
                format!(
                    "# In a server: if ($redirect_{status}) {{ return {status} $redirect_{status}; }}\nmap $uri $redirect_{status} {{\n    default \"\";\n"
                )
            }
        }
    }

    /// What stands behind a part.
    pub const fn after(self) -> &'static str {
        match self {
            Self::Netlify => "",
            Self::Nginx => "}\n",
        }
    }
}

/// Characters that a target may have that stay as they are.
const TARGET: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'\\').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'$').add(b'\'').add(b';');
/// The same of a path in which a star and a colon would stand for something.
const LITERAL: &AsciiSet = &TARGET.add(b'*').add(b':').add(b'#').add(b'?');

/// A redirect as a line of Netlify's `_redirects`. Who follows that form knows 301 and 302; browsers that only read follow them as the others.
pub fn netlify(redirect: &Redirect) -> String {
    let status = if matches!(redirect.status, 301 | 308) { 301 } else { 302 };
    let from = utf8_percent_encode(&redirect.from_path, LITERAL);
    // `/:name` is taken for a part of the path.
    let to = utf8_percent_encode(&redirect.to_path, TARGET).to_string().replace("/:", "/%3A");
    format!("{from} {to} {status}\n")
}

/// Most redirects that are followed one after the other.
const FOLLOWED: usize = 16;

/// Where the redirects of a site lead, by their paths as servers compare them.
#[derive(Debug, Clone, Default)]
pub struct Ways(HashMap<String, String>);

impl Ways {
    /// Takes a redirect in; of two with the same path the first counts.
    pub fn add(&mut self, redirect: &Redirect) {
        if redirect.to_path.starts_with('/') {
            self.0.entry(compared(&redirect.from_path)).or_insert_with(|| compared(&redirect.to_path));
        }
    }

    /// Whether a redirect leads back to where it begins, or on and on.
    fn circles(&self, redirect: &Redirect) -> bool {
        if !redirect.to_path.starts_with('/') {
            return false;
        }
        let from = compared(&redirect.from_path);
        let way = std::iter::successors(Some(compared(&redirect.to_path)), |at| self.0.get(at).cloned()).take(FOLLOWED);
        let way: Vec<_> = way.collect();
        way.len() == FOLLOWED || way.contains(&from)
    }
}

/// Lines of nginx's maps. They are looked up decoded and whatever their case, so of two paths that are the same then the first is told, and none
/// that would lead in a circle.
#[derive(Debug, Clone, Default)]
pub struct NginxMap(HashSet<String>);

impl NginxMap {
    /// A redirect in the map of its status, with and without a `/` at the end; nothing where that is said already, or cannot be.
    pub fn lines(&mut self, redirect: &Redirect, ways: &Ways) -> String {
        // Servers decode what browsers ask for before they compare it.
        let Ok(from) = percent_decode_str(&redirect.from_path).decode_utf8() else { return String::new() };
        if !has_plain_parts(&redirect.from_path) || ways.circles(redirect) {
            return String::new();
        }
        let to = utf8_percent_encode(&redirect.to_path, TARGET).to_string();
        let bare = from.trim_end_matches('/');
        let both = if bare.is_empty() { vec!["/".to_owned()] } else { vec![bare.to_owned(), format!("{bare}/")] };
        let mut out = String::new();
        for path in both {
            if !path.contains(char::is_control) && self.0.insert(path.to_lowercase()) {
                out.push_str(&format!("    \"{}\" \"{to}\";\n", path.replace('\\', "\\\\").replace('"', "\\\"")));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        content::site::redirect::Draft,
        id::{AppId, RedirectId},
        time::Instant,
    };

    fn redirect(from: &str, to: &str, status: i64) -> Option<Redirect> {
        let draft = Draft { from_path: from.into(), to_path: to.into(), status: Some(status) };
        draft.check(RedirectId::from_uuid(Uuid::nil()), AppId::from_uuid(Uuid::nil()), Instant::default()).ok()
    }

    fn one(from: &str, to: &str, status: i64) -> Redirect {
        redirect(from, to, status).expect("a good one")
    }

    #[test]
    fn what_stands_for_something_is_encoded() {
        assert_eq!(netlify(&one("/old", "/new", 308)), "/old /new 301\n");
        assert_eq!(netlify(&one("/a/*", "/b/:splat", 307)), "/a/%2A /b/%3Asplat 302\n");
        assert_eq!(netlify(&one("/:id", "https://example.org:8080/é?x=1#y", 302)), "/%3Aid https://example.org:8080/%C3%A9?x=1#y 302\n");
        let mut map = NginxMap::default();
        let ways = Ways::default();
        let told = map.lines(&one("/caf%C3%A9", "/$uri\"", 301), &ways);
        assert_eq!(told, "    \"/café\" \"/%24uri%22\";\n    \"/café/\" \"/%24uri%22\";\n");
        assert_eq!(map.lines(&one("/CAF%C3%A9", "/x", 301), &ways), "", "nginx would not start");
        assert_eq!(map.lines(&one("/%0a", "/x", 301), &ways), "");
        assert_eq!(map.lines(&one("/%ff", "/x", 301), &ways), "");
        assert_eq!(map.lines(&one("/", "/x", 301), &ways), "    \"/\" \"/x\";\n");
    }

    #[test]
    fn what_nginx_would_read_as_another_path_is_not_told() {
        let strange = |from: &str, to: &str| Redirect { from_path: from.to_owned(), to_path: to.to_owned(), ..one("/old", "/new", 308) };
        let told = |all: &[Redirect]| {
            let (mut ways, mut map) = (Ways::default(), NginxMap::default());
            all.iter().for_each(|one| ways.add(one));
            all.iter().map(|one| map.lines(one, &ways)).collect::<String>()
        };
        for (from, to) in [("/About-Us", "/about-us"), ("/loop%41", "/loopA/"), ("/%2f%2f", "/x"), ("/blog%2Fa", "/x"), ("/a/../b", "/x")] {
            assert_eq!(told(&[strange(from, to)]), "", "{from}");
        }
        let circle = [strange("/a", "/B"), strange("/b", "/C"), strange("/c", "/A"), strange("/d", "/e")];
        assert_eq!(told(&circle), "    \"/d\" \"/e\";\n    \"/d/\" \"/e\";\n");
        assert_eq!(told(&[strange("/CAFÉ", "/x"), strange("/café", "/y")]).matches("/x").count(), 2, "the first of them");
    }

    /// What nginx reads of a quoted word at the beginning of a text, and what follows (`ngx_conf_read_token`).
    fn word(text: &str) -> Option<(String, &str)> {
        let (mut out, mut letters) = (String::new(), text.strip_prefix('"')?.char_indices());
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => return Some((out, &text[at + 2..])),
                '\\' => out.push(letters.next()?.1),
                letter => out.push(letter),
            }
        }
        None
    }

    fn paths() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            Just("\"".to_owned()),
            Just(";".into()),
            Just("}".into()),
            Just("$uri".into()),
            Just("%22".into()),
            Just("%5c".into()),
            Just("*".into()),
            Just(":a".into()),
            Just("/".into()),
            Just("~".into()),
            Just("%0a".into()),
            "[^\\s]"
        ];
        prop::collection::vec(part, 0..8).prop_map(|parts| format!("/{}", parts.concat()))
    }

    proptest! {
        #[test]
        fn nothing_breaks_out_of_its_place(from in paths(), to in paths(), far in any::<bool>()) {
            let to = if far { format!("https://example.org{to}") } else { to };
            let Some(redirect) = redirect(&from, &to, 301) else { return Ok(()) };
            let line = netlify(&redirect);
            let parts: Vec<_> = line.trim_end_matches('\n').split(' ').collect();
            prop_assert!(parts.len() == 3 && line.matches('\n').count() == 1 && parts[2] == "301", "{line}");
            prop_assert!(parts[0].starts_with('/') && !parts[0].contains(['*', ':', '#']) && !parts[1].contains("/:"), "{line}");
            for line in NginxMap::default().lines(&redirect, &Ways::default()).lines() {
                let (from, rest) = word(line.trim_start()).unwrap();
                let (to, rest) = word(rest.strip_prefix(' ').unwrap()).unwrap();
                prop_assert_eq!(rest, ";");
                let decoded = percent_decode_str(&redirect.from_path).decode_utf8().unwrap();
                prop_assert!(from == decoded.trim_end_matches('/') || from.trim_end_matches('/') == decoded.trim_end_matches('/'), "{}", line);
                prop_assert!(!to.contains('$'), "{}", line);
            }
        }
    }
}
