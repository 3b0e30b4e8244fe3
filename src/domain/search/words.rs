//! The words of a text, as the index holds them and as a query looks for them: folded, without what stands between them.
//!
//! Chinese, Japanese, Korean, Thai and their neighbours write no blanks, or blanks that mean something else: there each two letters that
//! follow one another are a word, and the last one by itself, so that a single letter is found as the beginning of a word.

use std::{iter, ops::Range};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::domain::{fold::fold, text::is_invisible};

/// Most bytes of a word. What is longer was not written by people, and is found by its beginning.
const LONGEST: usize = 96;

/// What a letter is to its neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It stands in a word.
    Letter,
    /// It is of a script without blanks.
    Dense,
    /// It goes with the one before: an accent, a joiner.
    Mark,
    /// It stands between words.
    Between,
}

/// All words, parted by blanks.
pub fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    append(&mut out, text);
    out
}

/// Adds the words of a text to others.
pub fn append(out: &mut String, text: &str) {
    each(text, |word, _| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    });
}

/// Hands on each word with where it stands in the text.
pub fn each(text: &str, mut take: impl FnMut(&str, Range<usize>)) {
    let (mut word, mut dense, mut scratch) = (None::<usize>, None::<Range<usize>>, String::new());
    for (at, c) in text.char_indices().chain(iter::once((text.len(), ' '))) {
        let class = class(c);
        if class == Class::Mark && (word.is_some() || dense.is_some()) {
            if let Some(last) = &mut dense {
                last.end = at + c.len_utf8();
            }
            continue;
        }
        if class != Class::Letter
            && let Some(from) = word.take()
        {
            spelt(text, from..at, &mut scratch, &mut take);
        }
        match (class, dense.take()) {
            (Class::Dense, Some(last)) => {
                let next = at..at + c.len_utf8();
                plain(&fold(&text[last.start..next.end]), last.start..next.end, &mut take);
                dense = Some(next);
            }
            (Class::Dense, None) => dense = Some(at..at + c.len_utf8()),
            (_, Some(last)) => plain(&fold(&text[last.clone()]), last, &mut take),
            (_, None) => {}
        }
        if class == Class::Letter {
            word.get_or_insert(at);
        }
    }
}

/// One word, or those that a compatibility form such as `½` falls into.
fn spelt(text: &str, at: Range<usize>, scratch: &mut String, take: &mut impl FnMut(&str, Range<usize>)) {
    let word = &text[at.clone()];
    if word.is_ascii() {
        scratch.clear();
        scratch.push_str(word);
        scratch.make_ascii_lowercase();
        take(clipped(scratch), at);
        return;
    }
    let folded = fold(word);
    for part in folded.split(|c| matches!(class(c), Class::Between)) {
        plain(part, at.clone(), take);
    }
}

fn plain(word: &str, at: Range<usize>, take: &mut impl FnMut(&str, Range<usize>)) {
    if !word.is_empty() {
        take(clipped(word), at);
    }
}

fn clipped(word: &str) -> &str {
    &word[..word.floor_char_boundary(LONGEST)]
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Between };
    }
    let is_mark = is_combining_mark(c) || is_invisible(c);
    match c {
        _ if is_mark && !is_dense(c) => Class::Mark,
        _ if c.is_alphanumeric() || is_mark => {
            if is_dense(c) {
                Class::Dense
            } else {
                Class::Letter
            }
        }
        // Such as the sign for square metres.
        _ if iter::once(c).nfkd().any(char::is_alphanumeric) => Class::Letter,
        _ => Class::Between,
    }
}

/// Thai, Lao, Burmese, Khmer; kana, Chinese, Hangul.
pub(super) const fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_what_people_take_for_them() {
        for (text, wanted) in [
            ("Straße, STRASSE!", "strasse strasse"),
            ("Đà Nẵng", "da nang"),
            ("l’œuvre d'art", "l oeuvre d art"),
            ("e\u{301}lan soft\u{ad}ware", "elan software"),
            ("ﬁn Ｆｕｌｌ", "fin full"),
            ("12.50 m²", "12 50 m2"),
            ("½ \"quoted\" a_b-c", "1 2 quoted a b c"),
            ("हिन्दी में", "हिन्दी में"),
            ("中文字", "中文 文字 字"),
            ("字", "字"),
            ("iPhone手机 ok", "iphone 手机 机 ok"),
            ("東京タワー", "東京 京タ タワ ワー ー"),
            ("한국어 책", "한국 국어 어 책"),
            ("ไทย", "ไท ทย ย"),
            ("", ""),
            ("… — !", ""),
        ] {
            assert_eq!(joined(text), wanted, "{text}");
        }
        assert_eq!(joined(&"a".repeat(500)).len(), LONGEST);
    }

    #[test]
    fn each_word_stands_where_it_is_told_to() {
        let text = "Die Straße, 中文!";
        let mut found = Vec::new();
        each(text, |word, at| found.push((word.to_owned(), &text[at])));
        let wanted = [("die", "Die"), ("strasse", "Straße"), ("中文", "中文"), ("文", "文")];
        assert_eq!(found, wanted.map(|(word, at)| (word.to_owned(), at)));
    }

    proptest! {
        #[test]
        fn words_hold_nothing_that_parts_them(text in "\\PC{0,40}") {
            let all = joined(&text);
            prop_assert!(all.split(' ').all(|word| all.is_empty() || !word.is_empty()), "{all:?}");
            prop_assert!(!all.contains(['"', '*', '(', ')', ':', '^', '-', '\0']));
            prop_assert_eq!(all.split(' ').map(joined).filter(|word| !word.is_empty()).count() > 0, !all.is_empty());
        }

        #[test]
        fn case_makes_no_difference(text in "[\\p{Latin}\\p{Greek}\\p{Cyrillic} .,]{0,30}") {
            prop_assert_eq!(joined(&text.to_lowercase()), joined(&text));
        }
    }
}
