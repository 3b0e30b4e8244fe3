//! What is written in a file for people to read.

use std::borrow::Cow;

use super::media_type::{HTML, SVG};

/// Elements whose content nobody reads.
const UNREAD: [&str; 2] = ["script", "style"];
/// What stands for letters that mark up otherwise.
const LETTERS: [(&str, &str); 6] = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];

/// The text of a file of a type that is text, of which these are the first bytes.
pub fn of(kind: &str, first: &[u8]) -> String {
    let text = match std::str::from_utf8(first) {
        Ok(text) => text,
        // The end may be in the middle of a letter.
        Err(error) => std::str::from_utf8(&first[..error.valid_up_to()]).unwrap_or_default(),
    };
    let text = if [HTML, SVG].contains(&kind) { Cow::Owned(without_tags(text)) } else { Cow::Borrowed(text) };
    text.replace('\0', "")
}

/// A page or a picture without what marks it up.
fn without_tags(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len() / 2), text);
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        let (tag, after) = behind.split_once('>').unwrap_or((behind, ""));
        rest = after;
        if let Some(name) = UNREAD.iter().find(|name| begins(tag, name)) {
            rest = after.find("</").map_or("", |_| behind_end(after, name));
        }
    }
    out.push_str(rest);
    LETTERS.iter().fold(out, |text, (code, letter)| if text.contains(code) { text.replace(code, letter) } else { text })
}

fn begins(tag: &str, name: &str) -> bool {
    tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && tag[name.len()..].chars().next().is_none_or(|next| next.is_whitespace() || next == '/')
}

/// What stands from the end tag of an element on.
fn behind_end<'t>(text: &'t str, name: &str) -> &'t str {
    let ends =
        text.match_indices("</").find(|(at, _)| text.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)));
    ends.map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_without_what_marks_it_up() {
        let page = "<!doctype html><style>p{}</style><p class='a'>Tom &amp; Jerry</p><SCRIPT>x('<b>')</script >once<scripts>more";
        let words: Vec<_> = of(HTML, page.as_bytes()).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["Tom", "&", "Jerry", "once", "more"]);
        assert_eq!(of(HTML, b"a<script>b").trim(), "a");
        assert_eq!(of("text/markdown", "é<b>\0".as_bytes()), "é<b>");
        assert_eq!(of("text/plain", &"é".as_bytes()[..1]), "");
    }
}
