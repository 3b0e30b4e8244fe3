//! Counts in memory until they are written, with a bound: names that somebody makes up must not fill it.

use std::{collections::HashMap, hash::Hash, mem};

use parking_lot::Mutex;
use quick_cache::DefaultHashBuilder;

/// Different things counted at most until they are written.
const HELD: usize = 50_000;

/// How often each thing was noted since counts were last written.
#[derive(Debug)]
pub struct Tally<K>(Mutex<HashMap<K, u64, DefaultHashBuilder>>);

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash + Ord> Tally<K> {
    /// What was not written yet, in an order that is always the same.
    pub fn take(&self) -> Vec<(K, u64)> {
        let mut taken: Vec<_> = mem::take(&mut *self.0.lock()).into_iter().collect();
        taken.sort_unstable_by_key(|(what, _)| *what);
        taken
    }

    /// Adds counts; also those that could not be written, for the next time. Beyond the bound only what is held goes on counting.
    pub fn add(&self, counts: &[(K, u64)]) {
        let mut held = self.0.lock();
        for (what, n) in counts {
            if held.len() < HELD || held.contains_key(what) {
                *held.entry(*what).or_default() += n;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_written_is_counted_with_what_came_since() {
        let tally = Tally::default();
        tally.add(&[("a", 1), ("a", 1)]);
        let taken = tally.take();
        assert_eq!((taken.as_slice(), tally.take().len()), ([("a", 2)].as_slice(), 0));
        tally.add(&[("a", 1)]);
        tally.add(&taken);
        assert_eq!(tally.take(), [("a", 3)]);
    }

    #[test]
    fn the_memory_has_a_bound_and_what_is_in_it_goes_on_counting() {
        let tally = Tally::default();
        (0..HELD + 2_000).for_each(|n| tally.add(&[(n, 1)]));
        tally.add(&[(0, 1)]);
        let held = tally.take();
        assert_eq!((held.len(), held[0]), (HELD, (0, 2)));
    }
}
