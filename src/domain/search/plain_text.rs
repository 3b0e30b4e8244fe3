//! What readers see of a source: Markdown and HTML without their marks.

/// Most bytes between the brackets of a link, and of where it leads.
const LABEL: usize = 500;
const TARGET: usize = 2000;

/// A source as it is read: the words of links without where they lead, no marks of Markdown, no tags. It is for one line of a list and for
/// a piece of a text that was found, so it guesses where it could parse.
pub fn plain_text(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for line in source.lines() {
        let line = line.trim();
        if line.is_empty() || is_rule(line) {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        inline(content_of(line), &mut out);
    }
    out
}

/// The fence of a code block, or a line that parts others.
fn is_rule(line: &str) -> bool {
    line.starts_with("```")
        || line.starts_with("~~~")
        || (line.len() > 2 && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '|' | ':' | ' ')))
}

/// A line without what makes it a heading, a quotation or an item.
fn content_of(mut line: &str) -> &str {
    loop {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let behind = line.trim_start_matches('#');
        line = if behind.len() < line.len() && behind.starts_with(' ') {
            behind.trim_start()
        } else if let Some(quoted) = line.strip_prefix('>') {
            quoted.trim_start()
        } else if let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
            item.trim_start()
        } else if (1..4).contains(&digits) && line[digits..].starts_with(". ") {
            &line[digits + 2..]
        } else {
            return line;
        };
    }
}

fn inline(text: &str, out: &mut String) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        let next = behind.chars().next().unwrap_or(' ');
        rest = behind;
        match c {
            '\\' if next.is_ascii_punctuation() => {
                out.push(next);
                rest = &behind[1..];
            }
            '!' if next == '[' && link(behind).is_some() => {}
            '[' if let Some((label, after)) = link(&text[text.len() - behind.len() - 1..]) => {
                inline(label, out);
                rest = after;
            }
            '<' if next.is_ascii_alphabetic() || matches!(next, '/' | '!') => match within(behind, '>', TARGET) {
                Some((tag, after)) => {
                    // An address in angle brackets is read as it is.
                    if tag.contains(':') && !tag.contains([' ', '"', '=']) {
                        out.push_str(tag);
                    }
                    rest = after;
                }
                None => out.push(c),
            },
            '*' | '`' | '~' if !before.is_whitespace() || !next.is_whitespace() => {}
            '_' if !before.is_alphanumeric() || !next.is_alphanumeric() => {}
            c => out.push(c),
        }
        before = c;
    }
}

/// The words of a link that a text begins with, and what comes behind it; where it leads may be left out already.
fn link(text: &str) -> Option<(&str, &str)> {
    let (label, behind) = within(text.strip_prefix('[')?, ']', LABEL)?;
    let led = behind.strip_prefix('(').and_then(|to| within(to, ')', TARGET));
    Some((label, led.map_or(behind, |(_, after)| after)))
}

/// What stands before a mark that is near, and what behind it.
fn within(text: &str, mark: char, most: usize) -> Option<(&str, &str)> {
    text[..text.floor_char_boundary(most)].split_once(mark).map(|(before, _)| (before, &text[before.len() + mark.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_links_and_tags_are_not_read() {
        for (source, read) in [
            ("[Books](/books) · [Authors](/authors)", "Books · Authors"),
            ("**Northwind Press** Harbour Road 4", "Northwind Press Harbour Road 4"),
            ("*Reading clouds* and _tides_, `code`, ~~gone~~", "Reading clouds and tides, code, gone"),
            ("# A heading\n\n> - 1. said\n---\n```rust\nlet x = 1;\n```", "A heading\nsaid\nlet x = 1;"),
            ("<p>Printed by <abbr title=\"x\">NP</abbr></p>", "Printed by NP"),
            ("![A gull](/gull.jpg) on <https://example.com>", "A gull on https://example.com"),
            ("a snake_case name, 2 * 3, 1 < 2, \\*plain\\*, [a link, [open", "a snake_case name, 2 * 3, 1 < 2, *plain*, [a link, [open"),
            ("[Books] · [Authors]", "Books · Authors"),
            ("", ""),
        ] {
            assert_eq!(plain_text(source), read, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_source_is_read_and_none_grows(source in "[a-z *_`~#>!\\[\\]()<>\\\\é\n-]{0,60}") {
            prop_assert!(plain_text(&source).len() <= source.len());
        }
    }
}
