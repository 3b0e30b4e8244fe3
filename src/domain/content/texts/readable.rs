//! A text as people read it: what is written for programs alone is left out.

use std::borrow::Cow;

/// The text of a field, in a block of this type, without tags of HTML and without the addresses of links.
pub fn of<'e>(block: Option<&str>, field: &str, text: &'e str) -> Cow<'e, str> {
    match (block, field) {
        (Some("html"), "html") => cut(text, "<", ">", " "),
        (Some(_), "markdown" | "text" | "answer") => cut(text, "](", ")", "]"),
        _ => Cow::Borrowed(text),
    }
}

/// The text in which all from `start` to `end` is `instead`. What has no end stays.
fn cut<'e>(text: &'e str, start: &str, end: &str, instead: &str) -> Cow<'e, str> {
    let (mut out, mut rest) = (None::<String>, text);
    while let Some((before, after)) = rest.split_once(start)
        && let Some((_, behind)) = after.split_once(end)
    {
        let out = out.get_or_insert_default();
        out.push_str(before);
        out.push_str(instead);
        rest = behind;
    }
    out.map_or(Cow::Borrowed(text), |out| Cow::Owned(out + rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_addresses_are_left_out() {
        assert_eq!(cut("<p class=\"a\">One <b>two</b></p> 1 < 2", "<", ">", " "), " One  two   1 < 2");
        assert_eq!(cut("see [this](https://a.example/b) and (that)", "](", ")", "]"), "see [this] and (that)");
        assert!(matches!(cut("plain", "<", ">", ""), Cow::Borrowed("plain")));
    }
}
