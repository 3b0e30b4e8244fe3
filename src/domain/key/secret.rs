//! Secrets that are made here: API keys, and the opaque tokens of sessions, invitations and password resets.
//!
//! A plain secret exists only between its making and the one response that shows it. At rest there is its BLAKE3
//! derived hash: with 256 random bits no slow hash is needed, and no pepper can be lost.

use std::fmt;

use crate::domain::id::Entropy;

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY: usize = 43;
const CHECK: usize = 6;
/// Characters behind the prefix that lists show.
const SHOWN: usize = 4;

/// Whether a key is a person's or a service account's, and of a sandbox or not. It can be read off the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// `gct_pat_`
    Personal,
    /// `gct_sat_`
    Service,
}

impl KeyKind {
    /// What keys of this kind begin with.
    pub const fn prefix(self, sandbox: bool) -> &'static str {
        match (self, sandbox) {
            (Self::Personal, false) => "gct_pat_",
            (Self::Service, false) => "gct_sat_",
            (Self::Personal, true) => "gct_test_pat_",
            (Self::Service, true) => "gct_test_sat_",
        }
    }
}

/// What keys begin with, of every kind.
fn prefixes() -> impl Iterator<Item = &'static str> {
    [false, true].into_iter().flat_map(|sandbox| [KeyKind::Personal, KeyKind::Service].map(|kind| kind.prefix(sandbox)))
}

/// A text that somebody looks for, of each key in it only as much as lists show of its beginning: the rest is a secret, and belongs
/// in no address. The console cuts it in the same way before it asks (`static/console/secret.js`).
pub fn without_secrets(text: &str) -> String {
    text.split_whitespace().map(cut).collect::<Vec<_>>().join(" ")
}

fn cut(word: &str) -> &str {
    let Some((at, prefix)) = prefixes().filter_map(|prefix| Some((word.find(prefix)?, prefix))).min() else { return word };
    let (key, begins) = (&word[at..], prefix.len());
    let body = key[begins..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    // What lists show of a key, copied from there, has no secret in it.
    if body <= SHOWN { PlainKey::bare(key) } else { &key[..begins + SHOWN] }
}

/// What of a word is looked up among what lists show of keys, where it is the beginning of one: that without its prefix, which many have.
pub fn behind_prefix(word: &str) -> &str {
    let word = cut(word);
    prefixes().find_map(|prefix| word.strip_prefix(prefix)).filter(|rest| !rest.is_empty()).unwrap_or(word)
}

/// An API key in clear: `gct_pat_` or `gct_sat_`, 43 base62 characters (256 random bits), 6 of CRC-32 over all before.
#[derive(Clone, PartialEq, Eq)]
pub struct PlainKey(String);

impl PlainKey {
    /// A new key.
    pub fn new(kind: KeyKind, sandbox: bool, entropy: &dyn Entropy) -> Self {
        let mut text = kind.prefix(sandbox).to_owned();
        text.push_str(&random_base62(entropy));
        text.push_str(&checksum(&text));
        Self(text)
    }

    /// Reads a key that a caller sent, as it was pasted or read from a file. Wrong prefix, length, letters or checksum: not a
    /// key, and nothing is looked up.
    pub fn parse(text: &str) -> Option<Self> {
        let text = Self::bare(text);
        let rest = prefixes().find_map(|prefix| text.strip_prefix(prefix))?;
        let good = rest.len() == BODY + CHECK && rest.bytes().all(|b| b.is_ascii_alphanumeric());
        let (body, check) = text.split_at_checked(text.len().checked_sub(CHECK)?)?;
        (good && checksum(body) == check).then(|| Self(text.to_owned()))
    }

    /// Whether some text looks like a key, so that a misplaced one gets a helpful answer.
    pub fn looks_like(text: &str) -> bool {
        Self::bare(text).starts_with("gct_")
    }

    /// The text without what comes along when a key is pasted or read from a file: white space, line ends, quotes, and marks
    /// that are not seen (a byte order mark, a zero-width space). No key begins or ends with any of them.
    pub fn bare(text: &str) -> &str {
        const QUOTES: &str = "\"'`\u{2018}\u{2019}\u{201a}\u{201c}\u{201d}\u{201e}\u{ab}\u{bb}\u{2039}\u{203a}";
        const UNSEEN: &str = "\u{feff}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{0}";
        text.trim_matches(|c: char| c.is_whitespace() || QUOTES.contains(c) || UNSEEN.contains(c))
    }

    /// What is stored and looked up.
    pub fn hashed(&self) -> HashedSecret {
        HashedSecret::of("stele 2026-11 api key", &self.0)
    }

    /// What is shown in lists: the first characters and the last four, `gct_sat_a1B2...x9Yz`.
    pub fn display(&self) -> String {
        let head = self.0.len() - BODY - CHECK + SHOWN;
        format!("{}...{}", &self.0[..head], &self.0[self.0.len() - SHOWN..])
    }

    /// The key itself, for the one response that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PlainKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PlainKey")
    }
}

/// An opaque secret in clear (invitation, session, password reset): 43 base62 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct PlainToken(String);

impl PlainToken {
    /// A new secret.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self(random_base62(entropy))
    }

    /// A secret that a caller sent.
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What is stored and looked up.
    pub fn hashed(&self) -> HashedSecret {
        HashedSecret::of("stele 2026-11 opaque token", &self.0)
    }

    /// The secret itself, for the one place that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PlainToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PlainToken")
    }
}

/// The hash of a secret, as 64 hex characters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HashedSecret(String);

impl HashedSecret {
    fn of(context: &'static str, secret: &str) -> Self {
        Self(blake3::Hash::from_bytes(blake3::derive_key(context, secret.as_bytes())).to_hex().to_string())
    }

    /// The hex text, for the database.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for HashedSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("HashedSecret")
    }
}

/// 43 base62 characters that carry 256 random bits.
fn random_base62(entropy: &dyn Entropy) -> String {
    let mut bytes = [0u8; 32];
    entropy.fill(&mut bytes);
    // Long division of the 256-bit number, so that each character but the first is evenly spread.
    let mut text = [0u8; BODY];
    for slot in text.iter_mut().rev() {
        let mut rest = 0u32;
        for byte in &mut bytes {
            let part = rest << 8 | u32::from(*byte);
            *byte = (part / 62) as u8;
            rest = part % 62;
        }
        *slot = BASE62[rest as usize];
    }
    text.iter().map(|b| char::from(*b)).collect()
}

fn checksum(text: &str) -> String {
    let mut rest = crc32fast::hash(text.as_bytes());
    let mut check = [0u8; CHECK];
    for slot in check.iter_mut().rev() {
        *slot = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    check.iter().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn a_key_has_the_documented_form_and_reads_back() {
        for (kind, sandbox, length) in [(KeyKind::Personal, false, 57), (KeyKind::Service, true, 62)] {
            let key = PlainKey::new(kind, sandbox, &Fixed(0xff));
            assert_eq!(key.reveal().len(), length);
            assert_eq!(PlainKey::parse(key.reveal()), Some(key));
        }
    }

    #[test]
    fn a_key_is_read_with_what_comes_along_when_it_is_pasted() {
        let key = PlainKey::new(KeyKind::Service, false, &Fixed(7));
        for around in [" ", "\n", "\r\n", "\t ", "\u{feff}", "\"", "'", "`", "\u{a0}", "\u{200b}", "\u{feff}\"", "\u{201c}", "\"\n"] {
            let text = format!("{around}{}{around}", key.reveal());
            assert!(PlainKey::looks_like(&text), "{around:?}");
            assert_eq!(PlainKey::parse(&text).as_ref(), Some(&key), "{around:?}");
        }
        let (head, tail) = key.reveal().split_at(20);
        assert_eq!(PlainKey::parse(&format!("{head}\n{tail}")), None, "only around it");
    }

    #[test]
    fn every_changed_character_breaks_the_checksum() {
        let key = PlainKey::new(KeyKind::Service, false, &Fixed(7));
        for at in 8..key.reveal().len() {
            let mut bytes = key.reveal().as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(PlainKey::parse(std::str::from_utf8(&bytes).unwrap_or_default()), None, "at {at}");
        }
    }

    #[test]
    fn of_a_key_that_is_looked_for_only_its_beginning_is_left() {
        let key = PlainKey::new(KeyKind::Service, true, &Fixed(7));
        let (secret, shown) = (key.reveal(), key.display());
        let beginning = &secret[..17];
        for text in
            [format!("STELE_KEY=\"{secret}\""), secret.to_owned(), format!(" {secret}\n"), beginning.to_owned(), secret[..30].to_owned()]
        {
            assert_eq!(without_secrets(&text), beginning, "{text}");
        }
        assert_eq!(without_secrets(&format!("deploy {secret} bot")), format!("deploy {beginning} bot"));
        assert_eq!(without_secrets(&format!("'{shown}'")), shown, "as lists show it");
        assert_eq!(without_secrets("gct_ and gct_sat_ and é"), "gct_ and gct_sat_ and é");
        assert_eq!((behind_prefix(secret), behind_prefix(&shown)), (&secret[13..17], &shown[13..]));
        assert_eq!((behind_prefix("gct_sat_"), behind_prefix("deploy")), ("gct_sat_", "deploy"));
    }

    #[test]
    fn debug_never_prints_a_secret() {
        let key = PlainKey::new(KeyKind::Personal, false, &Fixed(9));
        assert_eq!(format!("{key:?} {:?}", key.hashed()), "PlainKey HashedSecret");
    }
}
