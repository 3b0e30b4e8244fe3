//! The one folding of text: whatever is searched or sorted is compared in this form, in the database and in memory.
//!
//! Case, accents and compatibility forms make no difference, nor does the way in which a letter is put together. The palette of
//! the console folds in the same way (`static/console/fold.js`).

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;

use super::text::{is_invisible, without_nul};

/// The text as it is compared: NFKC, full case folding, without accents, with letters such as `ß` spelt out, and without NUL.
pub fn fold(text: &str) -> String {
    if text.contains('\0') {
        return fold(&without_nul(text));
    }
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = |c: &char| !is_accent(*c) && !is_invisible(*c);
    // What is unified first would fall apart, what is unified last comes out of something else.
    let apart = text.chars().map(unified).nfkd().filter(plain).default_case_fold();
    apart.nfkd().filter(plain).map(unified).flat_map(Spelt::of).nfc().collect()
}

/// Apostrophes and dashes of every kind as those of a keyboard.
const fn unified(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}' | '\u{b4}' | '\u{2b9}'..='\u{2bd}' | '\u{2c8}' | '\u{ff07}' | '\u{a78c}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        other => other,
    }
}

/// Marks that stand on or under a letter without making it another one. Vowel signs of India and the marks of kana are no accents.
const fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// A letter, or how it is spelt without its stroke or ligature.
enum Spelt {
    Out(std::str::Chars<'static>),
    Itself(std::option::IntoIter<char>),
}

impl Spelt {
    fn of(c: char) -> Self {
        let spelt = match c {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'đ' | 'ð' | 'ɖ' => "d",
            'ł' | 'ƚ' => "l",
            'ħ' => "h",
            'ŧ' => "t",
            'ŋ' => "n",
            'þ' => "th",
            'ı' | 'ɨ' => "i",
            'ȷ' => "j",
            'ĸ' => "k",
            'ƀ' => "b",
            'ǥ' => "g",
            'ƶ' => "z",
            'ʉ' => "u",
            other => return Self::Itself(Some(other).into_iter()),
        };
        Self::Out(spelt.chars())
    }
}

impl Iterator for Spelt {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::Out(letters) => letters.next(),
            Self::Itself(letter) => letter.next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_take_for_the_same_is_the_same() {
        for (text, wanted) in [
            ("Élan", "elan"),
            ("E\u{301}lan", "elan"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Đà Nẵng", "da nang"),
            ("Łódź", "lodz"),
            ("Øre", "ore"),
            ("Ærø", "aero"),
            ("Cœur", "coeur"),
            ("İstanbul", "istanbul"),
            ("ısı", "isi"),
            ("ΟΔΟΣ", "οδος".replace('ς', "σ").as_str()),
            ("ὀδός", "οδοσ"),
            ("ﬁn", "fin"),
            ("Ｆｕｌｌ", "full"),
            ("l’œuvre", "l'oeuvre"),
            ("lʼœuvre", "l'oeuvre"),
            ("l´an", "l'an"),
            ("1990–2000", "1990-2000"),
            ("non\u{2011}stop", "non-stop"),
            ("soft\u{ad}ware", "software"),
            ("zero\u{200b}width", "zerowidth"),
            ("a\u{a0}b", "a b"),
            ("Ёлка", "елка"),
            ("ガ", "ガ"),
            ("हिन्दी", "हिन्दी"),
            ("한국어", "한국어"),
            ("两行\n字", "两行\n字"),
        ] {
            assert_eq!(fold(text), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn nothing_that_is_folded_holds_nul(text in "[a\0é]{0,24}") {
            prop_assert!(!fold(&text).contains('\0'));
        }

        #[test]
        fn case_and_composition_make_no_difference(text in "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Hangul} ]{0,24}") {
            let (composed, apart): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(fold(&composed), fold(&apart));
            prop_assert_eq!(fold(&text.to_lowercase()), fold(&text));
        }
    }
}
