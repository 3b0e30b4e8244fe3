//! The system's clock and randomness. All else is handed them in as `Clock` and `Entropy`.

#![allow(clippy::disallowed_methods, reason = "the one place that reads the clock and makes randomness")]

use std::{
    cell::RefCell,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::domain::{
    id::Entropy,
    time::{Clock, Instant},
};

/// The system's clock, in whole milliseconds as the wire shows them.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since.as_millis()).unwrap_or(0) * 1000)
    }
}

/// The time that passes from here on, by a clock that nobody sets.
pub fn ticks() -> impl Fn() -> Duration {
    let began = std::time::Instant::now();
    move || began.elapsed()
}

/// The system's randomness.
#[derive(Debug, Clone, Copy)]
pub struct SystemEntropy;

/// Random bytes of an id at most.
const ID: usize = 10;

/// Random bytes for ids, drawn from the system for many at once: each draw is a system call, and a write makes several ids.
struct Stock {
    bytes: [u8; 510],
    used: usize,
}

thread_local! {
    static STOCK: RefCell<Stock> = const { RefCell::new(Stock { bytes: [0; 510], used: 510 }) };
}

impl Stock {
    fn draw(&mut self, into: &mut [u8]) {
        if self.bytes.len() - self.used < into.len() {
            random(&mut self.bytes);
            self.used = 0;
        }
        let from = &mut self.bytes[self.used..self.used + into.len()];
        into.copy_from_slice(from);
        from.fill(0);
        self.used += into.len();
    }
}

fn random(bytes: &mut [u8]) {
    // Without randomness every secret would be guessable: better no server than that.
    if getrandom::fill(bytes).is_err() {
        std::process::abort();
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // What is so short is of an id. No secret lies in memory before it is asked for.
        let drawn = bytes.len() <= ID && STOCK.try_with(|stock| stock.borrow_mut().draw(bytes)).is_ok();
        if !drawn {
            random(bytes);
        }
    }

    /// Counts from a random begin in the lower half (RFC 9562 6.2), so that a millisecond has room for two thousand ids in order.
    fn place(&self, now: Instant) -> u16 {
        /// The last millisecond, above the twelve bits of its last place.
        static LAST: AtomicU64 = AtomicU64::new(0);
        let mut begin = [0; 2];
        self.fill(&mut begin);
        let first = (now.millis().unsigned_abs() << 12) | u64::from(u16::from_be_bytes(begin) & 0x07ff);
        let before = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(following(last, first)));
        (following(before.unwrap_or_default(), first) & 0xfff) as u16
    }
}

/// The millisecond and place after `last`; `first` where that was another millisecond. What finds no place any more shares the
/// last one, and sorts by chance.
const fn following(last: u64, first: u64) -> u64 {
    match (last >> 12 == first >> 12, last & 0xfff == 0xfff) {
        (true, true) => last,
        (true, false) => last + 1,
        (false, _) => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::uuid;

    #[test]
    fn what_is_drawn_from_the_stock_is_drawn_once_and_does_not_stay() {
        let mut stock = Stock { bytes: [0; 510], used: 510 };
        let drawn: std::collections::HashSet<[u8; 10]> = (0..1000)
            .map(|_| {
                let mut bytes = [0; 10];
                stock.draw(&mut bytes);
                assert!(stock.bytes[..stock.used].iter().all(|byte| *byte == 0));
                bytes
            })
            .collect();
        assert_eq!(drawn.len(), 1000);
    }

    #[test]
    fn ids_are_counted_within_a_millisecond() {
        let first = (7 << 12) | 0x07f0;
        assert_eq!(following(6 << 12, first), first);
        assert_eq!(following(first, (7 << 12) | 1), first + 1);
        assert_eq!(following((7 << 12) | 0xfff, first), (7 << 12) | 0xfff, "the last place is shared");
        let id = uuid(Instant::from_micros(1_790_000_000_123_000), &SystemEntropy);
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_timestamp().map(|at| at.to_unix()), Some((1_790_000_000, 123_000_000)));
    }
}
