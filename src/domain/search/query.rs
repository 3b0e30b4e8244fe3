//! What a query asks for: each piece of it between blanks, whatever stands in it. Nothing in a query is an operator.

use std::collections::HashMap;

use super::words::{self, is_dense};

/// Most pieces that are looked at.
const TERMS: usize = 32;
/// What a piece is worth that stands in the title, in tenths.
pub const IN_TITLE: u32 = 10;
/// What it is worth elsewhere.
pub const IN_BODY: u32 = 6;
/// What each is worth besides where all follow one another as they were asked for.
pub const PHRASE: u32 = 2;

/// One piece: a word, or several that follow one another, such as those of `da-nang`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its words, folded. Never none.
    pub words: Vec<String>,
    /// Whether its last word may go on.
    pub is_prefix: bool,
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    terms: Vec<Term>,
}

impl Query {
    /// What somebody typed. The last word may not be complete yet.
    pub fn of(text: &str) -> Self {
        let pieces: Vec<&str> = text.split_whitespace().collect();
        let last = pieces.len().saturating_sub(1);
        let terms = pieces.iter().enumerate().filter_map(|(at, piece)| Term::of(piece, at == last));
        Self { terms: terms.take(TERMS).collect() }
    }

    /// Whether nothing is asked for.
    pub const fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Its pieces.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// How well a text with this title and body answers, from 0 to 1: the share of its pieces that are there.
    #[expect(clippy::cast_precision_loss, reason = "a query has few pieces")]
    pub fn similarity(&self, title: &Words, body: &Words) -> f64 {
        if self.terms.is_empty() {
            return 0.0;
        }
        let has_phrase = Term::phrase(&self.terms).is_some_and(|phrase| title.has(&phrase) || body.has(&phrase));
        let bonus = if has_phrase { PHRASE } else { 0 };
        let worth = |term: &Term| match (title.has(term), body.has(term)) {
            (true, _) => IN_TITLE + bonus,
            (false, true) => IN_BODY + bonus,
            (false, false) => 0,
        };
        let share = f64::from(self.terms.iter().map(worth).sum::<u32>()) / self.terms.len() as f64 / f64::from(IN_TITLE);
        (share.min(1.0) * 1000.0).round() / 1000.0
    }

    /// How many of its pieces a text has.
    pub fn count_in(&self, words: &Words) -> usize {
        self.terms.iter().filter(|term| words.has(term)).count()
    }
}

impl Term {
    /// All pieces as one, if there are several: that follow one another.
    pub fn phrase(all: &[Self]) -> Option<Self> {
        let words = || all.iter().flat_map(|term| term.words.clone()).collect();
        (all.len() > 1).then(|| Self { words: words(), is_prefix: true })
    }

    fn of(piece: &str, is_last: bool) -> Option<Self> {
        let mut words: Vec<String> = Vec::new();
        words::each(piece, |word, _| words.push(word.to_owned()));
        let is_single = |word: &String| word.chars().count() == 1;
        let is_dense = words.last().is_some_and(|word| word.starts_with(is_dense));
        if is_dense && words.len() > 1 && words.last().is_some_and(is_single) {
            // The last letter by itself: in a longer text another follows it.
            words.pop();
        }
        let is_prefix = words.last().is_some_and(|word| if is_single(word) { is_dense } else { is_last });
        (!words.is_empty()).then_some(Self { words, is_prefix })
    }
}

/// The words of a text, so that terms are found in it.
#[derive(Debug, Default)]
pub struct Words {
    all: Vec<String>,
    at: HashMap<String, Vec<usize>>,
}

impl Words {
    /// Of these texts, one after the other.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut words = Self::default();
        for text in texts {
            words::each(text, |word, _| words.all.push(word.to_owned()));
            // No phrase goes from one text to the next.
            words.all.push(String::new());
        }
        for (at, word) in words.all.iter().enumerate() {
            words.at.entry(word.clone()).or_default().push(at);
        }
        words
    }

    /// Whether the words of a term follow one another in it.
    pub fn has(&self, term: &Term) -> bool {
        let Some((first, rest)) = term.words.split_first() else { return false };
        if rest.is_empty() && term.is_prefix {
            return self.at.keys().any(|word| word.starts_with(first.as_str()));
        }
        let follow = |at: &usize| {
            rest.iter().enumerate().all(|(next, wanted)| {
                let is_last = next + 1 == rest.len();
                self.all.get(at + 1 + next).is_some_and(|word| if is_last { term.is(word, wanted) } else { word == wanted })
            })
        };
        self.at.get(first).is_some_and(|starts| starts.iter().any(follow))
    }
}

impl Term {
    /// Whether a word is that of the term's end.
    fn is(&self, word: &str, wanted: &str) -> bool {
        word == wanted || (self.is_prefix && word.starts_with(wanted))
    }

    /// Whether a word of a text is one of the term's.
    pub fn holds(&self, word: &str) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().enumerate().any(|(at, wanted)| if at == last { self.is(word, wanted) } else { word == wanted })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> Vec<(String, bool)> {
        Query::of(text).terms.into_iter().map(|term| (term.words.join(" "), term.is_prefix)).collect()
    }

    fn similarity(query: &str, title: &str, body: &str) -> f64 {
        Query::of(query).similarity(&Words::of([title]), &Words::of([body]))
    }

    #[test]
    fn each_piece_is_a_term_and_the_last_may_go_on() {
        let term = |text: &str, is_prefix| (text.to_owned(), is_prefix);
        assert_eq!(terms("Straße nach Da-Na"), [term("strasse", false), term("nach", false), term("da na", true)]);
        let plain = ["a", "or", "b", "near", "c d"].map(|text| term(text, false));
        assert_eq!(terms("\"a\" OR (b* NEAR c):^d"), plain, "no operator is one");
        assert_eq!(terms("中文字 机 ok"), [term("中文 文字", false), term("机", true), term("ok", true)]);
        assert_eq!(terms("手机abc"), [term("手机 机 abc", true)]);
        assert_eq!(terms(" … \" "), []);
    }

    #[test]
    fn what_stands_in_the_title_counts_more_and_a_phrase_does() {
        let all = [
            similarity("red fox", "The red fox", ""),
            similarity("red fox", "Red", "fox and more"),
            similarity("red fox", "", "a red fox"),
            similarity("red fox", "", "the fox is red"),
            similarity("red fox", "", "a fox"),
            similarity("red fox", "", "a dog"),
        ];
        assert_eq!(all, [1.0, 0.8, 0.8, 0.6, 0.3, 0.0]);
    }

    #[test]
    fn terms_are_found_where_their_words_follow_one_another() {
        let words = Words::of(["Da Nang 中文字", "by day"]);
        let has = |text: &str| Query::of(text).terms.iter().all(|term| words.has(term));
        assert!(has("da-nang") && has("da-na") && has("中文") && has("字") && has("文字") && has("da"));
        assert!(!has("nang-da") && !has("中字") && !has("字-by") && !has("d x"));
    }

    proptest! {
        #[test]
        fn every_text_has_what_was_taken_from_it(text in "[\\p{Latin}\\p{Han}\\p{Thai}\\p{Devanagari} ]{0,24}") {
            let words = Words::of([text.as_str()]);
            for piece in text.split_whitespace() {
                for term in Query::of(piece).terms() {
                    prop_assert!(words.has(term), "{term:?} in {words:?}");
                }
            }
        }
    }
}
