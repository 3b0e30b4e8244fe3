//! Lines of text that have a form of their own.

use regex::{Regex, RegexBuilder};

use crate::domain::{file::accept, pattern};

/// Most bytes that a regular expression may take compiled. Matching is linear in the text; this bounds the factor.
const COMPILED_MAX: usize = 64 * 1024;
/// Most characters of a regular expression.
pub const PATTERN_MAX: usize = 500;

/// The form of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A regular expression.
    Pattern,
    /// A day: `2026-03-31`.
    Day,
    /// A time of day: `14:30`.
    Time,
    /// Types of files and endings, parted by commas: `pdf, image/*`.
    FileTypes,
}

impl Shape {
    /// Whether a text has the form.
    pub fn has(self, text: &str) -> bool {
        match self {
            Self::Pattern => text.chars().count() <= PATTERN_MAX && regex(text).is_some(),
            Self::Day => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
            Self::Time => text.len() == 5 && text.parse::<jiff::civil::Time>().is_ok(),
            Self::FileTypes => accept::Accepted::parse(text).is_some(),
        }
    }

    /// What it must be, in words.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Pattern => "must be a regular expression without look-around and back references, of at most 500 characters",
            Self::Day => "must be a day such as 2026-03-31",
            Self::Time => "must be a time such as 14:30",
            Self::FileTypes => "must be types of files and endings, parted by commas, such as pdf, image/*",
        }
    }

    /// The regular expression of those that have it, or of more.
    pub(in crate::domain::content) const fn pattern(self) -> &'static str {
        match self {
            Self::Pattern => pattern::LINE,
            Self::Day => r"^\d{4}-\d{2}-\d{2}$",
            Self::Time => r"^\d{2}:\d{2}$",
            Self::FileTypes => r"^[A-Za-z0-9!#$&^_.+*/, -]*$",
        }
    }

    /// Most characters.
    pub const fn max(self) -> usize {
        match self {
            Self::Pattern => PATTERN_MAX,
            Self::Day => 10,
            Self::Time => 5,
            Self::FileTypes => accept::WORDS_MAX,
        }
    }
}

/// The regular expression that a whole text must match, as `pattern` in HTML; none if the text is no good one.
pub fn regex(pattern: &str) -> Option<Regex> {
    // Alone it must be one, too: `a)(b` is none, whatever stands around it.
    let build = |text: &str| RegexBuilder::new(text).size_limit(COMPILED_MAX).nest_limit(50).build().ok();
    build(pattern)?;
    build(&format!("^(?:{pattern})$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_takes_what_has_it_and_nothing_else() {
        for (shape, good, bad) in [
            (Shape::Pattern, &["[0-9]{4,6}", "", "a|b"][..], &["(a", "a)(b", r"(a)\1", "(?=a)", "((a{100}){100}){100}"][..]),
            (Shape::Day, &["2026-03-31", "2024-02-29"], &["2026-02-29", "2026-3-1", "20260331", "2026-03-31T10:00", ""]),
            (Shape::FileTypes, &["pdf", ".pdf, image/*", ""], &["*", "image/", "a b"]),
            (Shape::Time, &["00:00", "23:59"], &["24:00", "9:30", "09:30:00", ""]),
        ] {
            assert!(good.iter().all(|text| shape.has(text)), "{shape:?}");
            let taken: Vec<_> = bad.iter().filter(|text| shape.has(text)).collect();
            assert!(taken.is_empty(), "{shape:?} {taken:?}");
        }
    }

    #[test]
    fn a_pattern_is_for_the_whole_text() {
        let years = regex("[0-9]{4}|now").expect("good");
        assert!(years.is_match("2026") && years.is_match("now") && !years.is_match("20261") && !years.is_match("2026\n"));
    }
}
