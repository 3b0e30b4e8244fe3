//! Randomness that is no randomness: with the same number a sandbox has the same ids and keys each time.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::domain::{id::Entropy, time::Instant};

/// The moment that the first id tells: 1 January 2026.
const FIRST: Instant = Instant::from_micros(1_767_225_600_000_000);
/// How many ids tell the same millisecond.
const PLACES: u64 = 0x1000;

/// Bytes and ids that follow from a number.
#[derive(Debug)]
pub struct Seeded {
    seed: u64,
    drawn: AtomicU64,
    ids: AtomicU64,
}

impl Seeded {
    /// With this number.
    pub const fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0), ids: AtomicU64::new(0) }
    }
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
        let mut hasher = blake3::Hasher::new_derive_key("stele 2026-11 seeded sandbox");
        hasher.update(&self.seed.to_le_bytes()).update(&drawn.to_le_bytes()).finalize_xof().fill(bytes);
    }

    fn moment_of_id(&self, _now: Instant) -> Instant {
        let id = self.ids.load(Ordering::Relaxed);
        FIRST + std::time::Duration::from_millis(id / PLACES)
    }

    fn place(&self, _now: Instant) -> u16 {
        let id = self.ids.fetch_add(1, Ordering::Relaxed);
        u16::try_from(id % PLACES).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::uuid;

    #[test]
    fn ids_follow_from_the_number_alone_and_sort_as_they_were_made() {
        let of = |seed, now| {
            let entropy = Seeded::new(seed);
            (0..5000).map(|_| uuid(Instant::from_micros(now), &entropy)).collect::<Vec<_>>()
        };
        let all = of(7, 1);
        assert!(all.is_sorted() && all == of(7, 2_000_000_000_000_000) && all != of(8, 1));
    }
}
