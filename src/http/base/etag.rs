//! Entity tags (RFC 9110 8.8.3): read as clients send them, in lists, weak or strong.
//!
//! A tag of ours begins with the version of the thing. A proxy that compresses may put something behind it, parted by `-`.

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

/// Whether `If-None-Match` names this version.
pub fn names_version(if_none_match: &str, current: i64) -> bool {
    if_none_match.trim() == "*" || tags(if_none_match).is_some_and(|tags| tags.into_iter().any(|tag| version(tag) == Some(current)))
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
        assert!(names_version("\"2\", W/\"3\"", 3) && names_version("*", 3) && !names_version("\"2\"", 3) && !names_version("3", 3));
        assert!(names("W/\"a\"", "a") && !names("a", "a"));
    }
}
