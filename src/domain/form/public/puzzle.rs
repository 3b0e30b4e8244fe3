//! A little work that a browser does before it sends a form, in the way of ALTCHA (its proof of work, version 2): it looks for the number whose derived
//! key begins as it was told. The server forgets which number that is: the seal is made of the whole key, half of which nobody is told. So nothing is
//! stored; a solution counts once because it is good for the token of one page alone, and that counts once.

use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;

use crate::domain::{id::EntryId, text::hex, time::Instant};

/// Rounds for each number that is tried.
pub const COST: u32 = 1_000;
/// Random bytes for a puzzle.
pub const DRAWN: usize = 18;
/// The numbers that may be the right one: from, and how many. A browser needs less than a second for most.
const FIRST: u16 = 1_000;
const MANY: u16 = 2_000;
/// Bytes of a key, and how many of them are told.
const KEY: usize = 32;
const TOLD: usize = 16;

/// What the page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Puzzle {
    /// What the keys are derived with: another for each puzzle, so that no work is done ahead.
    pub salt: String,
    /// What the key begins with, in hex.
    pub prefix: String,
    /// What the server knows its puzzle by, and when it ends.
    pub seal: String,
}

/// What is asked of the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrowserWork {
    /// To solve this.
    Asked(Puzzle),
    /// Nothing more: this is what it has found.
    Done(String),
}

impl Puzzle {
    /// Of a page of a form with a token, good until then. `drawn` says which number is the right one.
    pub fn set(secret: &[u8], (form, token): (EntryId, &str), until: Instant, drawn: [u8; DRAWN]) -> Self {
        let [high, low, salt @ ..] = drawn;
        let salt = hex(&salt);
        let key = derived(&salt, FIRST + u16::from_be_bytes([high, low]) % MANY);
        let until = format!("{:016x}", until.micros());
        let seal = sealed(secret, (form, token), &until, &hex(&key));
        Self { salt, prefix: hex(&key[..TOLD]), seal: format!("{until}.{}", seal.to_hex()) }
    }
}

/// Whether what came with a token of the form is the seal of a puzzle that is still good, and its key, with a dot between them.
pub fn is_solved(secret: &[u8], of: (EntryId, &str), now: Instant, solution: &str) -> bool {
    let mut parts = solution.splitn(3, '.');
    let (Some(until), Some(seal), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_good = i64::from_str_radix(until, 16).is_ok_and(|until| now < Instant::from_micros(until));
    // Hashes are compared in constant time.
    is_good && key.len() == 2 * KEY && blake3::Hash::from_hex(seal).is_ok_and(|seal| seal == sealed(secret, of, until, key))
}

/// The key of a number (RFC 8018, PBKDF2).
fn derived(salt: &str, number: u16) -> [u8; KEY] {
    let mut key = [0; KEY];
    pbkdf2_hmac::<Sha256>(number.to_string().as_bytes(), salt.as_bytes(), COST, &mut key);
    key
}

fn sealed(secret: &[u8], (form, token): (EntryId, &str), until: &str, key: &str) -> blake3::Hash {
    let said = format!("{form} {token} {until} {key}");
    blake3::keyed_hash(&blake3::derive_key("stele 2026-11 puzzle of a form", secret), said.as_bytes())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// As the script does it.
    fn solved(puzzle: &Puzzle) -> String {
        let key = (0..FIRST + MANY).map(|number| hex(&derived(&puzzle.salt, number))).find(|key| key.starts_with(&puzzle.prefix));
        format!("{}.{}", puzzle.seal, key.expect("a number"))
    }

    #[test]
    fn whoever_finds_the_number_has_solved_it_for_that_page_of_that_form_until_it_ends() {
        let (form, other) = (EntryId::from_uuid(Uuid::from_u128(1)), EntryId::from_uuid(Uuid::from_u128(2)));
        let (now, end) = (Instant::from_seconds(1_800_000_000), Instant::from_seconds(1_800_086_400));
        let puzzle = Puzzle::set(b"secret", (form, "token"), end, [7; DRAWN]);
        assert_ne!(puzzle.salt, Puzzle::set(b"secret", (form, "token"), end, [8; DRAWN]).salt);
        let solution = solved(&puzzle);
        let is_taken = |solution: &str| is_solved(b"secret", (form, "token"), now, solution);
        assert!(is_taken(&solution));
        assert!(!is_solved(b"secret", (form, "other"), now, &solution) && !is_solved(b"secret", (other, "token"), now, &solution));
        assert!(!is_solved(b"another", (form, "token"), now, &solution) && !is_solved(b"secret", (form, "token"), end, &solution));
        let (_, rest) = solution.split_once('.').expect("a moment");
        assert!(!is_taken(&format!("7fffffffffffffff.{rest}")), "nobody makes it good for longer");
        let (seal, key) = solution.rsplit_once('.').expect("a key");
        let told = format!("{seal}.{}", puzzle.prefix);
        for odd in [
            "",
            ".",
            "..",
            "...",
            seal,
            key,
            &told,
            &format!("{told}{}", puzzle.prefix),
            &format!("{seal}..{key}"),
            &solution.to_uppercase(),
        ] {
            assert!(!is_taken(odd), "{odd}");
        }
    }

    #[test]
    fn less_work_than_is_asked_finds_nothing() {
        let of = (EntryId::from_uuid(Uuid::from_u128(1)), "token");
        let puzzle = Puzzle::set(b"secret", of, Instant::from_seconds(1_800_000_000), [0; DRAWN]);
        let mut key = [0; KEY];
        pbkdf2_hmac::<Sha256>(FIRST.to_string().as_bytes(), puzzle.salt.as_bytes(), COST - 1, &mut key);
        assert!(!hex(&key).starts_with(&puzzle.prefix));
        assert!(!is_solved(b"secret", of, Instant::from_seconds(0), &format!("{}.{}", puzzle.seal, hex(&key))));
    }
}
