//! What is shown of a text that was found: a piece of it around what was asked for.

use std::ops::Range;

use crate::domain::text::one_line;

use super::{query::Query, words};

/// Bytes of a piece, about.
const LENGTH: usize = 180;
/// Bytes before the first word that was found, about.
const BEFORE: usize = 40;
/// Stands where something was left out.
const MORE: &str = "\u{2026}";

/// A piece of a text, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The piece.
    pub text: String,
    /// Where in it the words stand that were asked for.
    pub marks: Vec<Range<usize>>,
}

impl Snippet {
    /// The piece of a text that has most of what was asked for; its begin, if it has nothing of it.
    pub fn of(text: &str, query: &Query) -> Self {
        let (mut starts, mut found) = (vec![0], Vec::<Range<usize>>::new());
        words::each(text, |word, at| {
            starts.push(at.start);
            if query.terms().iter().any(|term| term.holds(word)) {
                match found.last_mut() {
                    // Words of two letters overlap, and one may be in several forms.
                    Some(last) if last.end >= at.start => last.end = last.end.max(at.end),
                    _ => found.push(at),
                }
            }
        });
        let within = |from: usize| found.iter().filter(|at| (from..from + LENGTH - BEFORE).contains(&at.start)).count();
        let best = found.iter().map(|at| at.start).rev().max_by_key(|start| within(*start)).unwrap_or_default();
        let from = starts.into_iter().find(|start| start + BEFORE >= best).unwrap_or(best).min(best);
        let from = if best <= BEFORE { 0 } else { from };
        let to = text.floor_char_boundary(from + LENGTH.max(best - from));
        let to = if to < text.len() { end_of_word(text, from, to) } else { to };
        Self::cut(text, from..to, &found)
    }

    fn cut(text: &str, piece: Range<usize>, found: &[Range<usize>]) -> Self {
        let mut out = Self::default();
        if piece.start > 0 {
            out.text.push_str(MORE);
        }
        let mut at = piece.start;
        for mark in found.iter().filter(|mark| mark.start >= piece.start && mark.end <= piece.end) {
            out.push(&text[at..mark.start]);
            let start = out.text.len();
            out.push(&text[mark.clone()]);
            out.marks.push(start..out.text.len());
            at = mark.end;
        }
        out.push(text[at..piece.end].trim_end());
        if piece.end < text.len() {
            out.text.push_str(MORE);
        }
        out
    }

    /// Adds a piece, each blank of it once.
    fn push(&mut self, text: &str) {
        for c in one_line(text).chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\u{2026}']) {
                self.text.push(' ');
            }
        }
    }

    /// The pieces one after the other, each with whether it was asked for.
    pub fn parts(&self) -> Vec<(&str, bool)> {
        let (mut parts, mut at) = (Vec::new(), 0);
        for mark in &self.marks {
            parts.extend([(&self.text[at..mark.start], false), (&self.text[mark.clone()], true)]);
            at = mark.end;
        }
        parts.push((&self.text[at..], false));
        parts.retain(|(text, _)| !text.is_empty());
        parts
    }
}

/// Where the last whole word before `to` ends; `to` itself, if there is no blank near.
fn end_of_word(text: &str, from: usize, to: usize) -> usize {
    text[from..to].rfind(char::is_whitespace).map(|at| from + at).filter(|at| to - at < BEFORE).unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_piece_is_cut_around_what_was_asked_for() {
        let long = format!("{} the quick brown fox {}", "word ".repeat(60), "other ".repeat(60));
        let found = Snippet::of(&long, &Query::of("quick FOX"));
        assert!(found.text.starts_with("\u{2026}word ") && found.text.contains("the quick brown fox other"), "{found:?}");
        assert!(found.text.ends_with("other\u{2026}") && found.text.len() < LENGTH + 20, "{found:?}");
        let marked: Vec<_> = found.marks.iter().map(|at| &found.text[at.clone()]).collect();
        assert_eq!(marked, ["quick", "fox"]);
    }

    #[test]
    fn short_texts_are_shown_whole_and_on_one_line() {
        let found = Snippet::of("Die\n\n Straße\tnach 中文字", &Query::of("strasse 文字"));
        assert_eq!(found.text, "Die Straße nach 中文字");
        assert_eq!(found.parts(), [("Die ", false), ("Straße", true), (" nach 中", false), ("文字", true)]);
        assert_eq!(Snippet::of("nothing of it", &Query::of("x")).parts(), [("nothing of it", false)]);
    }

    proptest! {
        #[test]
        fn every_text_has_a_piece(text in "(\\PC|\n){0,400}", query in "\\PC{0,12}") {
            let found = Snippet::of(&text, &Query::of(&query));
            prop_assert_eq!(found.parts().into_iter().map(|(text, _)| text).collect::<String>(), found.text.clone());
            prop_assert!(!found.text.contains('\n'));
        }
    }
}
