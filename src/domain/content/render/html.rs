//! What all of HTML needs: escaped text, and the headings of a page.

/// A heading of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id of its element.
    pub id: String,
    /// What it says, without markup.
    pub text: String,
}

/// Appends text as it may stand in an element and in an attribute (HTML, 13.3).
pub(in crate::domain) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// Appends a source as the text that it is.
pub(super) fn plain(out: &mut String, source: &str) {
    out.push_str("<pre class=\"plain\">");
    escape(out, source);
    out.push_str("</pre>");
}
