//! Redirects: where a path of a site leads that no entry has.

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    error::{Fault, Faults},
    id::{AppId, RedirectId},
    text,
    time::Instant,
};

/// Most characters of a path.
const MAX: usize = 500;

/// The statuses that a redirect may have: those that browsers follow by themselves.
pub const STATUSES: [i64; 4] = [301, 302, 307, 308];

/// A redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Id.
    pub id: RedirectId,
    /// The app whose site it is on.
    pub app: AppId,
    /// The path that leads elsewhere.
    pub from_path: String,
    /// Where it leads: a path, or an address elsewhere.
    pub to_path: String,
    /// The HTTP status.
    pub status: i64,
    /// What made it.
    pub source: RedirectSource,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}

/// What made a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectSource {
    /// A slug was changed.
    Auto,
    /// Somebody.
    Manual,
}

impl RedirectSource {
    /// Their words.
    pub const WORDS: &[&str] = &["auto", "manual"];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Manual => "manual",
        }
    }

    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Auto, Self::Manual].into_iter().find(|source| source.word() == word)
    }
}

/// What makes a redirect.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RedirectNew, example = json!({"fromPath": "/old", "toPath": "/new"}))]
pub struct Draft {
    /// The path that leads elsewhere; no entry may have it.
    #[schema(min_length = 1, max_length = 500, pattern = "^/[^\\s?#\\u0000-\\u0020\\u007f-\\u009f]*$")]
    pub from_path: String,
    /// Where it leads: a path, or an http or https address.
    #[schema(min_length = 1, max_length = 500, pattern = "{link}")]
    pub to_path: String,
    /// 301, 302, 307 or 308; 308 when left out.
    #[schema(minimum = 301, maximum = 308)]
    pub status: Option<i64>,
}

/// Changes a redirect; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = RedirectPatch, example = json!({"toPath": "/newer"}))]
pub struct Patch {
    /// The path that leads elsewhere.
    #[schema(min_length = 1, max_length = 500)]
    pub from_path: Option<String>,
    /// Where it leads.
    #[schema(min_length = 1, max_length = 500)]
    pub to_path: Option<String>,
    /// The HTTP status.
    #[schema(minimum = 301, maximum = 308)]
    pub status: Option<i64>,
}

impl Draft {
    /// The redirect that the draft asks for.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: RedirectId, app: AppId, now: Instant) -> Result<Redirect> {
        let mut faults = Faults::default();
        let from = faults.keep(from_path(&self.from_path)).unwrap_or_default();
        let to = faults.keep(to_path(&self.to_path)).unwrap_or_default();
        let status = faults.keep(status(self.status.unwrap_or(308))).unwrap_or_default();
        faults.into_result()?;
        let made =
            Redirect { id, app, from_path: from, to_path: to, status, source: RedirectSource::Manual, created_at: now, updated_at: now };
        made.leads_away()?;
        Ok(made)
    }
}

impl Patch {
    /// Puts the change on a redirect: it is somebody's own from then on. Tells whether anything is different.
    ///
    /// # Errors
    /// All faults.
    pub fn apply(&self, redirect: &mut Redirect, now: Instant) -> Result<bool> {
        let (mut faults, before) = (Faults::default(), redirect.clone());
        text::set(&mut redirect.from_path, &self.from_path, &mut faults, from_path);
        text::set(&mut redirect.to_path, &self.to_path, &mut faults, to_path);
        if let Some(status) = self.status.and_then(|wanted| faults.keep(status(wanted))) {
            redirect.status = status;
        }
        faults.into_result()?;
        redirect.leads_away()?;
        let changed = *redirect != before;
        if changed {
            (redirect.source, redirect.updated_at) = (RedirectSource::Manual, now);
        }
        Ok(changed)
    }
}

impl Redirect {
    /// A path does not lead to itself, at once or by others, also for a server that decodes paths and knows no case.
    ///
    /// # Errors
    /// The fault of `toPath`.
    pub fn leads_away(&self) -> Result<()> {
        if compared(&self.from_path) == compared(&self.to_path) {
            return Err(Fault::new("toPath", "loop", "The redirect would lead back to where it begins.").into());
        }
        Ok(())
    }
}

/// A path as servers compare it: decoded, whatever its case, without `/` at its end, and without what is behind it.
pub fn compared(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(path).decode_utf8_lossy().to_lowercase();
    let bare = decoded.trim_end_matches('/');
    if bare.is_empty() { "/".to_owned() } else { bare.to_owned() }
}

/// Whether an earlier release has taken such paths, and this one does not.
pub fn was_taken(from: &str, to: &str) -> bool {
    let is_path =
        from.starts_with('/') && !from.starts_with("//") && !from.contains(['?', '#', '\\']) && !from.contains(char::is_whitespace);
    let is_bad = !has_plain_parts(from) || compared(from) == compared(to);
    is_path && is_bad && from.trim_end_matches('/') != to
}

/// Whether servers take each part of a path for what it is. They drop empty parts and resolve dots, and some do so after they have decoded it.
pub(super) fn has_plain_parts(path: &str) -> bool {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let slashes = |text: &str| text.matches(['/', '\\']).count();
    let mut parts = decoded.trim_end_matches('/').split('/').skip(1);
    slashes(&decoded) == slashes(path) && parts.all(|part| !matches!(part, "" | "." | ".."))
}

/// A path that browsers ask for.
///
/// # Errors
/// The fault of `fromPath`.
pub fn from_path(text: &str) -> std::result::Result<String, Fault> {
    let path = text::line("fromPath", text, MAX)?;
    let good = path.starts_with('/') && !path.contains(['?', '#', '\\']) && !path.contains(char::is_whitespace);
    if !good || path.starts_with("//") || !has_plain_parts(&path) {
        let words = "fromPath must be a path such as /old, without ? or #, empty parts, dots as parts, or encoded slashes.";
        return Err(Fault::new("fromPath", "malformed", words));
    }
    // A browser asks for both, and one page answers both.
    let bare = path.trim_end_matches('/');
    Ok(if bare.is_empty() { "/".to_owned() } else { bare.to_owned() })
}

fn to_path(text: &str) -> std::result::Result<String, Fault> {
    text::line("toPath", text, MAX)?;
    let to = text::link("toPath", text)?;
    if to.contains(char::is_whitespace) || to.contains('\\') {
        return Err(Fault::new("toPath", "malformed", "toPath must be a path or an http or https address, without spaces."));
    }
    Ok(to)
}

fn status(status: i64) -> std::result::Result<i64, Fault> {
    if STATUSES.contains(&status) {
        return Ok(status);
    }
    Err(Fault::new("status", "out_of_range", "status must be 301, 302, 307 or 308."))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::error::Error;

    fn draft(from: &str, to: &str, status: Option<i64>) -> Result<Redirect> {
        let draft = Draft { from_path: from.into(), to_path: to.into(), status };
        draft.check(RedirectId::from_uuid(Uuid::nil()), AppId::from_uuid(Uuid::nil()), Instant::default())
    }

    #[test]
    fn a_redirect_leads_from_a_path_to_a_path_or_an_address() {
        let made = draft("/old/", "https://example.com/new?x=1#y", None).expect("good");
        assert_eq!((made.from_path.as_str(), made.status, made.source.word()), ("/old", 308, "manual"));
        assert_eq!(draft("/", "/home", Some(302)).expect("good").from_path, "/");
        for (from, to, status, field) in [
            ("old", "/new", None, "fromPath"),
            ("//old", "/new", None, "fromPath"),
            ("/old?x", "/new", None, "fromPath"),
            ("/o ld", "/new", None, "fromPath"),
            ("/old", "new", None, "toPath"),
            ("/old", "javascript:x", None, "toPath"),
            ("/old", "", None, "toPath"),
            ("/old", "/old", None, "toPath"),
            ("/old/", "/old", None, "toPath"),
            ("/Old", "/old", None, "toPath"),
            ("/old", "/old/?x=1", None, "toPath"),
            ("/loop%41", "/loopA", None, "toPath"),
            ("/blog%2Fold", "/new", None, "fromPath"),
            ("/%2f%2f", "/new", None, "fromPath"),
            ("/old%5cer", "/new", None, "fromPath"),
            ("/old//er", "/new", None, "fromPath"),
            ("/a/../old", "/new", None, "fromPath"),
            ("/a/%2e/old", "/new", None, "fromPath"),
            ("/old", "/new", Some(303), "status"),
        ] {
            let Err(Error::Invalid(faults)) = draft(from, to, status) else { panic!("{from} {to}") };
            assert_eq!(faults.0[0].field, field, "{from} {to}");
        }
    }

    #[test]
    fn a_change_makes_it_somebodys_own() {
        let mut redirect = draft("/old", "/new", None).expect("good");
        redirect.source = RedirectSource::Auto;
        assert!(!Patch { to_path: Some("/new".into()), ..Patch::default() }.apply(&mut redirect, Instant::default()).expect("good"));
        assert_eq!(redirect.source, RedirectSource::Auto);
        assert!(Patch { status: Some(302), ..Patch::default() }.apply(&mut redirect, Instant::default()).expect("good"));
        assert_eq!((redirect.source, redirect.status), (RedirectSource::Manual, 302));
        assert!(Patch { from_path: Some("/new".into()), ..Patch::default() }.apply(&mut redirect, Instant::default()).is_err());
    }
}
