//! Which files somebody takes, in the words of HTML (`accept`): types such as `application/pdf`, whole groups of them such as `image/*`, and endings such
//! as `.pdf`. What a file is its bytes say; an ending is believed only where they agree with it.

use super::{media_type, name};

/// Most characters of the words.
pub const WORDS_MAX: usize = 200;
/// Most words.
const COUNT_MAX: usize = 20;
/// Most characters of an ending.
const ENDING_MAX: usize = 10;

/// What is taken; everything where it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepted(Vec<String>);

impl Accepted {
    /// What these words say, which are parted by commas; none where one of them says nothing. An ending needs no dot.
    pub fn parse(text: &str) -> Option<Self> {
        if text.chars().count() > WORDS_MAX {
            return None;
        }
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        let all = words.map(word).collect::<Option<Vec<_>>>()?;
        (all.len() <= COUNT_MAX).then_some(Self(all))
    }

    /// Whether a file of this name, whose bytes are of this type, is taken.
    pub fn takes(&self, filename: &str, kind: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|word| takes(word, filename, kind))
    }

    /// The words as an attribute in HTML; empty where everything is taken.
    pub fn attribute(&self) -> String {
        self.0.join(",")
    }

    /// The same as people read it.
    pub fn display(&self) -> String {
        self.0.iter().map(|word| word.trim_start_matches('.')).collect::<Vec<_>>().join(", ")
    }
}

/// One word in its one form; none for what is none.
fn word(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    if let Some((group, sort)) = text.split_once('/') {
        let is_name = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b));
        return (is_name(group) && (sort == "*" || is_name(sort))).then_some(text);
    }
    let ending = text.strip_prefix('.').unwrap_or(&text);
    let is_ending = (1..=ENDING_MAX).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    is_ending.then(|| format!(".{ending}"))
}

fn takes(word: &str, filename: &str, kind: &str) -> bool {
    if let Some(ending) = word.strip_prefix('.') {
        return name::ending(filename).as_deref() == Some(ending) && media_type::agrees(filename, kind);
    }
    let same_group = |group: &str| kind.split_once('/').is_some_and(|(of, _)| of == group);
    word.strip_suffix("/*").map_or(word == kind, same_group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_by_its_bytes_and_never_by_its_name_alone() {
        let of = |text: &str| Accepted::parse(text).expect("words");
        for (words, filename, kind, taken) in [
            ("", "a.exe", "application/octet-stream", true),
            ("pdf", "cv.PDF", "application/pdf", true),
            (".pdf, .docx", "cv.pdf", "text/html", false),
            ("application/pdf", "cv.txt", "application/pdf", true),
            ("application/pdf", "cv.pdf", "text/plain", false),
            ("image/*", "a.png", "image/png", true),
            ("image/*", "a.png", "text/html", false),
            ("IMAGE/PNG", "a", "image/png", true),
            ("jpg", "a.jpeg", "image/jpeg", false),
            ("jpg,jpeg", "a.jpeg", "image/jpeg", true),
            ("pdf", "pdf", "application/pdf", false),
        ] {
            assert_eq!(of(words).takes(filename, kind), taken, "{words:?} {filename} {kind}");
        }
        assert_eq!((of("PDF, image/* ,").attribute().as_str(), of("pdf,image/*").display().as_str()), (".pdf,image/*", "pdf, image/*"));
        for odd in ["*", "image/", "/png", "a b", "..", ".tar.gz", "<b>", "image/*\"", &"a,".repeat(101), &"pdf,".repeat(30)] {
            assert_eq!(Accepted::parse(odd), None, "{odd}");
        }
    }
}
