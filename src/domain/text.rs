//! Checks of short texts: names, slugs, addresses, languages. Their patterns for the OpenAPI document are in [`super::pattern`].

use serde::Deserialize as _;
use unicode_normalization::UnicodeNormalization as _;

use super::error::{Fault, Faults};

pub use super::fold::fold;

/// Most characters of an e-mail address.
pub const EMAIL_MAX: usize = 254;
/// Most characters of a name.
pub const NAME_MAX: usize = 200;

/// Most characters of a slug.
pub const SLUG_MAX: usize = 200;

/// Most characters of a slug of one level.
pub const FLAT_SLUG_MAX: usize = 60;

/// Whether a character may not stand in a line of text: it would hide or reorder what stands around it.
pub const fn is_hidden_control(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing and takes no room, or is a blank that counts as a letter: joiners, direction marks, soft
/// hyphens, fillers, variation selectors.
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether nobody would see anything of a text.
pub fn is_unseen(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// A line of text of 1 to `max` characters, trimmed, in which something is seen.
pub fn line(field: &str, text: &str, max: usize) -> Result<String, Fault> {
    let line = optional_line(field, text, max);
    if is_unseen(text) && !text.chars().any(is_hidden_control) {
        return Err(Fault::new(field, "required", format!("{field} must not be empty.")));
    }
    line
}

/// A line of text of at most `max` characters, trimmed; may be empty.
pub fn optional_line(field: &str, text: &str, max: usize) -> Result<String, Fault> {
    if text.chars().count() > max {
        return Err(Fault::new(field, "too_long", format!("{field} must have at most {max} characters.")));
    }
    // Before the trimming, since some control characters count as spaces.
    if text.chars().any(is_hidden_control) {
        return Err(Fault::new(field, "control_character", format!("{field} must not contain control characters.")));
    }
    Ok(text.trim().to_owned())
}

/// The text with a mark for each NUL, which not every database takes. Nothing that is stored has one, so what is looked for is found
/// neither way.
pub fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// The text as one line, whatever is in it: what would end a line or hide a part of it becomes a blank.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_hidden_control(c) { ' ' } else { c }).collect()
}

/// Text of several lines: line ends and tabs may stand in it, other control characters may not.
pub fn block(field: &str, text: &str, max: usize) -> Result<String, Fault> {
    if text.chars().count() > max {
        return Err(Fault::new(field, "too_long", format!("{field} must have at most {max} characters.")));
    }
    if text.chars().any(|c| is_hidden_control(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Fault::new(field, "control_character", format!("{field} must not contain control characters.")));
    }
    Ok(text.to_owned())
}

/// A name: a line of 1 to [`NAME_MAX`] characters.
pub fn name(field: &str, text: &str) -> Result<String, Fault> {
    line(field, text, NAME_MAX)
}

/// A slug as in [`super::pattern::SLUG`].
pub fn slug(field: &str, text: &str) -> Result<String, Fault> {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if text.len() > SLUG_MAX {
        return Err(Fault::new(field, "too_long", format!("{field} must have at most {SLUG_MAX} characters.")));
    }
    if !text.split(['-', '_', '.', '/']).all(word) {
        let message = format!("{field} may hold small letters and digits, parted by single -, _, . or /.");
        return Err(Fault::new(field, "malformed", message));
    }
    Ok(text.to_owned())
}

/// A slug made from a name; falls back to `fallback` when nothing of the name can stand in one.
pub fn slug_from(name: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in fold(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= FLAT_SLUG_MAX {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { fallback.to_owned() } else { slug.to_owned() }
}

/// `base`, or else `base-2`, `base-3`, ...: one that is not taken. For a slug that was made from a name: nobody chose it, so
/// nobody shall be told that it is taken. Beyond ten the steps grow and then shrink again, so that a name used a thousand
/// times costs some thirty questions; a gap between higher numbers may then stay one.
pub fn free_slug<E>(base: &str, mut taken: impl FnMut(&str) -> Result<bool, E>) -> Result<String, E> {
    if !taken(base)? {
        return Ok(base.to_owned());
    }
    let (mut used, mut free) = (1_u64, 2);
    while taken(&numbered(base, free))? {
        (used, free) = (free, if free < 10 { free + 1 } else { free.saturating_mul(2) });
    }
    while free - used > 1 {
        let between = used + (free - used) / 2;
        if taken(&numbered(base, between))? { used = between } else { free = between }
    }
    Ok(numbered(base, free))
}

/// `base-2`, shortened where it would be too long.
fn numbered(base: &str, number: u64) -> String {
    let tail = format!("-{number}");
    let room = FLAT_SLUG_MAX.saturating_sub(tail.len());
    let head = base.get(..room).unwrap_or(base).trim_end_matches('-');
    head.to_owned() + &tail
}

/// Whether somebody who has to type a name before it is deleted has typed it; nobody has to where nothing is asked.
///
/// # Errors
/// A fault of the field `typed`.
pub fn confirmed(typed: Option<&str>, name: &str) -> Result<(), Fault> {
    if typed.is_none_or(|typed| typed == name) {
        return Ok(());
    }
    Err(Fault::new("typed", "not_the_name", "Type the name exactly as it is written above."))
}

/// An e-mail address in the one form in which it is stored and looked for: small letters, compatibility forms such as full-width
/// ones as plain ones (NFKC), the host in Unicode (UTS 46). So no two accounts have addresses that are the same to people.
pub fn email_form(text: &str) -> String {
    let text: String = without_nul(text.trim()).nfkc().collect::<String>().to_lowercase().nfkc().collect();
    match text.split_once('@') {
        Some((user, host)) if !host.is_ascii() || host.contains("xn--") => format!("{user}@{}", idna::domain_to_unicode(host).0),
        _ => text,
    }
}

/// An e-mail address as in [`email_form`]: one `@`, no spaces, nothing invisible, a dot in the host. Whether it exists, only a
/// letter can tell.
pub fn email(field: &str, text: &str) -> Result<String, Fault> {
    let unseen = text.trim().contains(is_invisible);
    let text = email_form(text);
    // A host that is none has the replacement character in it.
    let barred = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || "<>,;:\"()[]\\@\u{fffd}".contains(c);
    let plain = |part: &str| !part.is_empty() && !part.contains(barred);
    let good = !unseen
        && text.len() <= EMAIL_MAX
        && text.split_once('@').is_some_and(|(user, host)| plain(user) && plain(host) && host.split('.').all(plain) && host.contains('.'));
    if good { Ok(text) } else { Err(Fault::new(field, "malformed", format!("{field} must be an e-mail address."))) }
}

/// A language tag as in [`super::pattern::LOCALE`].
pub fn locale(field: &str, text: &str) -> Result<String, Fault> {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let good = (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && text.len() <= 35;
    if good {
        Ok(text.to_owned())
    } else {
        Err(Fault::new(field, "malformed", format!("{field} must be a language tag such as en or pt-BR.")))
    }
}

/// A web address: http or https, or a path that begins with one `/`.
pub fn link(field: &str, text: &str) -> Result<String, Fault> {
    let text = optional_line(field, text, 2000)?;
    let good = text.is_empty()
        || text.starts_with("https://")
        || text.starts_with("http://")
        || (text.starts_with('/') && !text.starts_with("//"));
    if good { Ok(text) } else { Err(Fault::new(field, "malformed", format!("{field} must be an http or https address, or a path."))) }
}

/// The origin of a web address, such as `https://example.org`.
pub fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_good = !host.is_empty() && !host.contains(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !".-:[]".contains(c));
    is_good.then(|| format!("{scheme}://{host}"))
}

/// A slug of one level: no `/`, no dots; for organizations, projects and apps.
pub fn flat_slug(field: &str, text: &str) -> Result<String, Fault> {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if text.len() <= FLAT_SLUG_MAX && text.split('-').all(word) {
        return Ok(text.to_owned());
    }
    Err(Fault::new(field, "malformed", format!("{field} may hold up to {FLAT_SLUG_MAX} small letters and digits, parted by single -.")))
}

/// A colour, `#rrggbb`.
pub fn color(field: &str, text: &str) -> Result<String, Fault> {
    let good = text.len() == 7 && text.strip_prefix('#').is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    if good { Ok(text.to_owned()) } else { Err(Fault::new(field, "malformed", format!("{field} must be a colour such as #1f7a6d."))) }
}

/// Checks a value that may be left out; empty text counts as left out.
pub fn optional(value: &Option<String>, check: impl FnOnce(&str) -> Result<String, Fault>) -> Result<Option<String>, Fault> {
    value.as_deref().filter(|text| !text.trim().is_empty()).map(check).transpose()
}

/// Sets a field of an entity from a patch, if the patch has it and it passes.
pub fn set(target: &mut String, value: &Option<String>, faults: &mut Faults, check: impl FnOnce(&str) -> Result<String, Fault>) {
    if let Some(checked) = value.as_deref().and_then(|text| faults.keep(check(text))) {
        *target = checked;
    }
}

/// Sets or clears an optional field of an entity from a patch.
pub fn set_optional(
    target: &mut Option<String>,
    value: &Option<Option<String>>,
    faults: &mut Faults,
    check: impl FnOnce(&str) -> Result<String, Fault>,
) {
    if let Some(checked) = value.as_ref().and_then(|text| faults.keep(optional(text, check))) {
        *target = checked;
    }
}

/// For serde: tells `null` (clear it) from a field that was left out (keep it).
pub fn some<'de, T, D>(input: D) -> Result<Option<Option<T>>, D::Error>
where
    T: serde::Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    Option::<T>::deserialize(input).map(Some)
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, convert::Infallible};

    use super::*;

    /// Makes `count` slugs from one base, each of which is then taken.
    fn made(base: &str, count: usize) -> Vec<String> {
        let mut taken = BTreeSet::new();
        (0..count)
            .map(|_| {
                let Ok(slug) = free_slug(base, |slug| Ok::<_, Infallible>(taken.contains(slug)));
                assert!(flat_slug("slug", &slug).is_ok(), "{slug}");
                assert!(taken.insert(slug.clone()), "{slug} was taken");
                slug
            })
            .collect()
    }

    #[test]
    fn a_name_has_something_to_see() {
        for unseen in ["", " ", "\u{200b}", "\u{ad}\u{feff}", "\u{3164}", "\u{2800} \u{fe0f}", "\u{200e}\u{61c}", "\u{e0041}"] {
            assert_eq!(name("name", unseen).map_err(|fault| fault.code), Err("required"), "{unseen:?}");
        }
        for unseen in ["\u{202e}", "\u{2066}\u{2069}", "\n"] {
            assert_eq!(name("name", unseen).map_err(|fault| fault.code), Err("control_character"), "{unseen:?}");
        }
        for seen in ["a", "\u{200b}a", "\u{301}", "👩\u{200d}🚀", "-"] {
            assert_eq!(name("name", seen).as_deref(), Ok(seen));
        }
    }

    #[test]
    fn an_address_has_one_form_and_hides_nothing() {
        for (typed, form) in [
            (" Kim@Example.com", "kim@example.com"),
            ("ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kim@example.com"),
            ("\u{212a}im@example.com", "kim@example.com"),
            ("Jose\u{301}@example.com", "josé@example.com"),
            ("用户@例子.广告", "用户@例子.广告"),
            ("a@XN--BCHER-KVA.example", "a@bücher.example"),
            ("a@bu\u{308}cher.example", "a@bücher.example"),
            ("a@bücher。example", "a@bücher.example"),
            ("a+b_c.d-e'f@sub-1.my_host.example", "a+b_c.d-e'f@sub-1.my_host.example"),
        ] {
            assert_eq!(email("email", typed).as_deref(), Ok(form), "{typed}");
            assert_eq!((email_form(typed), email("email", form).as_deref()), (form.to_owned(), Ok(form)), "{typed}");
        }
        for bad in [
            "kim@exam\u{200b}ple.com",
            "ki\u{ad}m@example.com",
            "kim\u{feff}@example.com",
            "kim@example\u{2060}.com",
            "kim@exam\u{202e}ple.com",
            "k\u{fe0f}im@example.com",
            "kim@xn--a.example",
            "kim＠＠example.com",
            "kim@example",
            "＜kim@example.com",
            "",
        ] {
            assert_eq!(email("email", bad).map_err(|fault| fault.code), Err("malformed"), "{bad:?}");
        }
    }

    #[test]
    fn slugs_that_were_made_up_are_numbered_in_turn() {
        assert_eq!(made("site", 7), ["site", "site-2", "site-3", "site-4", "site-5", "site-6", "site-7"]);
        assert_eq!(made("site", 300)[299], "site-300");
    }

    #[test]
    fn a_numbered_slug_is_no_longer_than_any_other() {
        assert_eq!(slug_from("Cœur à l’œuvre, Straße", "project"), "coeur-a-l-oeuvre-strasse");
        let long = slug_from(&"a".repeat(80), "project");
        assert_eq!(made(&long, 12)[11], format!("{}-12", "a".repeat(57)));
        let parted = format!("{}-b", "a".repeat(57));
        assert_eq!(made(&parted, 2)[1], format!("{}-2", "a".repeat(57)));
    }

    #[test]
    fn a_name_used_often_costs_few_questions() {
        let mut asked = 0;
        let slug = free_slug("site", |slug| {
            asked += 1;
            Ok::<_, Infallible>(slug.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(1) <= 1000)
        });
        assert_eq!(slug, Ok("site-1001".to_owned()));
        assert!(asked < 32, "{asked} questions");
    }
}
