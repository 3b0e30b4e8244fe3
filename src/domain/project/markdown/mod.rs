//! Folders of Markdown files with front matter, as Hugo, Astro and Jekyll have them: read, and made into the lines of an archive. What cannot be
//! taken over is reported, never lost in silence.

pub mod body;
pub mod dates;
pub mod front;
pub mod path;
pub mod site;

use std::collections::BTreeMap;

/// A name of a file or a field on one line: both may hold any character.
fn one_line(name: String) -> String {
    if name.contains(char::is_control) { name.replace(char::is_control, "\u{fffd}") } else { name }
}

/// What was left out, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut(BTreeMap<String, Vec<String>>);

impl LeftOut {
    /// Notes that something of a file was left out.
    pub fn add(&mut self, what: impl Into<String>, at: impl Into<String>) {
        let places = self.0.entry(one_line(what.into())).or_default();
        let at = one_line(at.into());
        if places.last() != Some(&at) {
            places.push(at);
        }
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was left out, each with where: the first of many.
    pub fn lines(&self) -> Vec<String> {
        const SHOWN: usize = 5;
        let line = |(what, places): (&String, &Vec<String>)| {
            let more = places.len().saturating_sub(SHOWN);
            let shown = places.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
            if more == 0 { format!("{what}: {shown}") } else { format!("{what}: {shown} and {more} more") }
        };
        self.0.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_what_was_left_out_is_one_line() {
        let mut left_out = LeftOut::default();
        left_out.add("files ending in \u{1b}[31m", "a\nb.md");
        assert_eq!(left_out.lines(), ["files ending in \u{fffd}[31m: a\u{fffd}b.md"]);
    }
}
