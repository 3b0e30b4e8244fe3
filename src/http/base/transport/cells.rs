//! Cells of tables that are told as text (RFC 4180).

use unicode_normalization::UnicodeNormalization;

use crate::domain::text::is_invisible;

/// One cell, whether commas or semicolons part it from others. What a spreadsheet would take for a formula gets a quote in front, so that it stays
/// text; also inside, for a spreadsheet that parts cells elsewhere.
pub fn cell(text: &str) -> String {
    let control = if text.starts_with(['\t', '\r', '\n']) { "'" } else { "" };
    let parts = text.split_inclusive([',', ';', '\t', '\r', '\n']);
    let guarded: String = parts.flat_map(|part| [if is_formula(part) { "'" } else { "" }, part]).collect();
    let text = format!("{control}{guarded}");
    if text.contains([',', ';', '\t', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Whether the first that is seen of a text begins a formula, be it full-width or small.
fn is_formula(text: &str) -> bool {
    let seen = text.chars().nfkc().find(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c));
    seen.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\u{2212}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@a, \"b\""), "\"'@a, \"\"b\"\"\"");
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a - b = c"), "a - b = c");
        assert_eq!(cell("a;=1+1"), "\"a;'=1+1\"");
        assert_eq!(cell("a,=1+cmd|' /C calc'!A0,b"), "\"a,'=1+cmd|' /C calc'!A0,b\"");
        assert_eq!(cell("a\t@b\n-c\r d;e"), "\"a\t'@b\n'-c\r d;e\"");
        assert_eq!(cell("\ta"), "\"'\ta\"");
        for hidden in ["\u{feff}=1", "\u{200b}=1", " =1", "\u{a0}\u{ad}+1", "\u{202e}@a", "\0-1", "﹦1", "\u{2212}1"] {
            assert_eq!(cell(hidden), format!("'{hidden}"), "{hidden:?}");
        }
        for start in ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"] {
            let (plain, quoted) = (format!("'{start}1"), format!("\"'{start}1\""));
            assert!([plain, quoted].contains(&cell(&format!("{start}1"))), "{start:?}");
        }
    }
}
