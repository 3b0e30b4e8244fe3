//! Entity tags (RFC 9110 8.8.3): read as clients send them, in lists, weak or strong.
//!
//! A tag of ours is the version of the thing, and behind `-` the fingerprint of the answer, which tells of other things, too: what a layout is called,
//! or where a link leads. What a change must find is the version. A proxy that compresses may put something behind a tag, parted by `-`.

use crate::domain::{Result, error::Fault};

/// The tags of a header, without `W/` and quotes; none when it is not well formed. `*` is no tag.
pub fn tags(text: &str) -> Option<Vec<&str>> {
    let (mut found, mut rest) = (Vec::new(), text.trim());
    loop {
        let (tag, after) = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?.split_once('"')?;
        if tag.chars().any(|c| c.is_ascii_control() || c == ' ') {
            return None;
        }
        found.push(tag);
        rest = after.trim_start();
        if rest.is_empty() {
            return Some(found);
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

/// Whether `If-None-Match` names this tag; what cannot be read names none.
pub fn names(if_none_match: &str, tag: &str) -> bool {
    if_none_match.trim() == "*" || tags(if_none_match).is_some_and(|tags| tags.contains(&tag))
}

/// The version that a tag tells.
fn version(tag: &str) -> Option<i64> {
    tag.split('-').next()?.parse().ok()
}

/// Whether `If-None-Match` names this tag, whatever a proxy has put behind it.
pub fn names_answer(if_none_match: &str, tag: &str) -> bool {
    let is_it = |named: &str| named.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    if_none_match.trim() == "*" || tags(if_none_match).is_some_and(|tags| tags.into_iter().any(is_it))
}

/// The versions that `If-Match` asks for; none when any is good. Tags that are not ours tell no version.
///
/// # Errors
/// Invalid when it cannot be read.
pub fn versions(if_match: &str) -> Result<Option<Vec<i64>>> {
    if if_match.trim() == "*" {
        return Ok(None);
    }
    let malformed = || Fault::new("If-Match", "malformed", "If-Match must be * or entity tags in quotes, such as \"3\".");
    let tags = tags(if_match).ok_or_else(malformed)?;
    Ok(Some(tags.into_iter().filter_map(version).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_every_form() {
        assert_eq!(tags("\"3\""), Some(vec!["3"]));
        assert_eq!(tags(" W/\"3\" , \"a,b\",\"\" "), Some(vec!["3", "a,b", ""]));
        for wrong in ["", "3", "\"3", "3\"", "\"3\" \"4\"", "\"3\",", "w/\"3\"", "*, \"3\"", "\"3 4\""] {
            assert_eq!(tags(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn versions_are_compared_without_their_dress() {
        assert_eq!(versions("W/\"3\", \"4-gzip\", \"theirs\"").unwrap(), Some(vec![3, 4]));
        assert_eq!(versions("*").unwrap(), None);
        assert!(versions("3").is_err());
        assert_eq!(versions("\"3-0f\"").unwrap(), Some(vec![3]));
        for (named, is_it) in [
            ("\"2-0f\", W/\"3-0f\"", true),
            ("\"3-0f-gzip\"", true),
            ("*", true),
            ("\"3\"", false),
            ("\"3-0f0\"", false),
            ("\"2-0f\"", false),
            ("3-0f", false),
        ] {
            assert_eq!(names_answer(named, "3-0f"), is_it, "{named}");
        }
        assert!(names("W/\"a\"", "a") && !names("a", "a"));
    }
}
