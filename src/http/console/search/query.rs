//! What somebody types to find something, and how well the text of a thing holds it.

use crate::{
    domain::{key::secret, listing::SEARCH_MAX, text},
    http::console::base::link::PaletteItem,
};

/// Letters from which on a word may have one typo.
const TYPO: usize = 4;
/// The same in a language that is not the reader's.
const ELSEWHERE: usize = 6;
/// Letters from which on the beginning of a word may have one, while somebody types on.
const TYPO_SO_FAR: usize = 6;

/// How well a text holds all words, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It begins with what was typed, as a whole.
    Named,
    /// Each begins a word of it.
    Begins,
    /// Each stands somewhere in it.
    Holds,
    /// Some only with one typo: a letter too many, too few, another one, or two that changed places.
    Close,
}

/// The words that are looked for, folded, and without the secret of a pasted key.
#[derive(Debug)]
pub struct Query {
    words: Vec<String>,
    text: String,
}

impl Query {
    /// What was typed; of a text that is longer than what is searched for, nothing.
    pub fn of(typed: &str) -> Self {
        let text = Some(text::fold(&secret::without_secrets(typed))).filter(|text| text.chars().count() <= SEARCH_MAX).unwrap_or_default();
        Self { words: text.split_whitespace().map(str::to_owned).collect(), text }
    }

    /// The words in one line, as lists are searched by.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is looked for.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a typo would be found.
    pub fn may_be_close(&self) -> bool {
        self.words.iter().any(|word| word.chars().count() >= TYPO)
    }

    /// How well a place holds what is looked for. A typo in a short word counts in what is seen of it alone: in the other languages it
    /// would find what the reader never meant.
    pub fn place(&self, place: &PaletteItem) -> Option<Match> {
        self.find_with(&place.text(), ELSEWHERE).or_else(|| self.find(&place.display()))
    }

    /// How well a text holds what is looked for, if it does.
    pub fn find(&self, text: &str) -> Option<Match> {
        self.find_with(text, TYPO)
    }

    /// The same, where only words of so many letters may have a typo.
    fn find_with(&self, text: &str, least: usize) -> Option<Match> {
        let folded = text::fold(text);
        let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let of = |word: &String| {
            if folded.starts_with(word.as_str()) || parts.iter().any(|part| part.starts_with(word.as_str())) {
                Some(Match::Begins)
            } else if folded.contains(word.as_str()) {
                Some(Match::Holds)
            } else {
                let is_long = word.chars().count() >= least;
                (is_long && parts.iter().any(|part| is_close(word, part))).then_some(Match::Close)
            }
        };
        let found = self.words.iter().map(of).try_fold(Match::Begins, |worst, one| one.map(|one| worst.max(one)))?;
        Some(if folded.starts_with(&self.text) { Match::Named } else { found })
    }
}

/// Whether two words are one typo apart, or what was typed of one so far.
fn is_close(typed: &str, word: &str) -> bool {
    let (typed_length, length) = (typed.chars().count(), word.chars().count());
    if typed_length < TYPO {
        return false;
    }
    let is_near = |word: &str| strsim::damerau_levenshtein(typed, word) == 1;
    let begins = |letters: usize| word.chars().take(letters).collect::<String>();
    let is_near_so_far = || (typed_length - 1..=typed_length + 1).any(|letters| is_near(&begins(letters)));
    (typed_length.abs_diff(length) <= 1 && is_near(word)) || (typed_length >= TYPO_SO_FAR && length > typed_length && is_near_so_far())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(typed: &str, text: &str) -> Option<Match> {
        Query::of(typed).find(text)
    }

    #[test]
    fn words_are_found_at_a_beginning_inside_and_with_one_typo() {
        assert_eq!(find("élan ti", "Elan of tides"), Some(Match::Begins));
        assert_eq!(find("lan", "Elan of tides"), Some(Match::Holds));
        for typed in ["setings", "settinsg", "settimgs", "setttings", "settigns"] {
            assert_eq!(find(typed, "Settings"), Some(Match::Close), "{typed}");
        }
        assert_eq!(find("invitaiton", "Invitations"), Some(Match::Close), "what was typed so far");
        assert_eq!(find("parametres", "Paramètres du projet"), Some(Match::Named));
        assert_eq!(find("projet", "Paramètres du projet"), Some(Match::Begins));
    }

    #[test]
    fn two_typos_short_words_and_missing_words_find_nothing() {
        for (typed, text) in [("setigns", "Setting"), ("kex", "key"), ("settings acme", "Settings"), ("roles", "Policies")] {
            assert_eq!(find(typed, text), None, "{typed}");
        }
        assert!(!Query::of("key bot").may_be_close());
        assert!(Query::of(&"x".repeat(SEARCH_MAX + 1)).is_empty());
    }

    #[test]
    fn a_typo_in_a_short_word_counts_in_the_language_of_the_reader_alone() {
        let help = PaletteItem::new("/help".into(), "book-open", "Help".into(), "Account".into()).known_as(&["nav-help"]);
        let place = |typed: &str| Query::of(typed).place(&help);
        assert_eq!((place("help"), place("aide"), place("hekp")), (Some(Match::Named), Some(Match::Begins), Some(Match::Close)));
        assert_eq!(place("tide"), None, "one letter beside the French word");
    }

    #[test]
    fn of_a_pasted_key_the_beginning_is_looked_for() {
        assert_eq!(Query::of("gct_sat_a1B2c3D4e5F6").text(), "gct_sat_a1b2");
    }
}
