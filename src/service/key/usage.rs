//! When keys were last used: kept in memory, written in batches, so that no request writes or waits for it.

use std::{collections::HashMap, mem, net::IpAddr, time::Duration};

use parking_lot::Mutex;

use crate::{
    domain::{Result, id::KeyId, time::Instant},
    store::{Tx, key::key},
};

#[derive(Debug, Clone, Copy)]
struct Use {
    at: Instant,
    ip: IpAddr,
    /// When a use from another address was last written at once.
    hurried: Option<Instant>,
    dirty: bool,
}

/// The memory of uses.
#[derive(Debug, Default)]
pub struct Usage {
    uses: Mutex<HashMap<KeyId, Use>>,
}

/// Keys remembered at most; beyond it the written ones are dropped, and of any more no use is told.
const KEYS: usize = 50_000;
/// How often one key may have a use written at once because its address is another.
const HURRY_EVERY: Duration = Duration::from_secs(60);

impl Usage {
    /// Notes a use. True when it is worth writing now: for the first of this key, and for one from another address than the last,
    /// but that once a minute: a key that is used from two in turn would write at each request.
    pub fn note(&self, key: KeyId, at: Instant, ip: IpAddr) -> bool {
        let mut uses = self.uses.lock();
        if uses.len() >= KEYS {
            uses.retain(|_, one| one.dirty);
        }
        let is_full = uses.len() >= KEYS;
        let Some(one) = uses.get_mut(&key) else {
            if !is_full {
                uses.insert(key, Use { at, ip, hurried: None, dirty: true });
            }
            return true;
        };
        // A clock that was set back counts as a minute.
        let calm = one.hurried.is_none_or(|last| last > at || at.since(last) >= HURRY_EVERY);
        let hurry = calm && one.ip != ip;
        *one = Use { at, ip, hurried: if hurry { Some(at) } else { one.hurried }, dirty: true };
        hurry
    }

    /// What was not written yet, in an order that is always the same.
    pub fn take(&self) -> Vec<(KeyId, Instant, IpAddr)> {
        let mut uses = self.uses.lock();
        let taken = uses.iter_mut().filter_map(|(key, one)| mem::take(&mut one.dirty).then_some((*key, one.at, one.ip)));
        let mut taken: Vec<_> = taken.collect();
        taken.sort_unstable_by_key(|(key, ..)| *key);
        taken
    }

    /// Takes back what could not be written, for the next time. A later use stays.
    pub fn put_back(&self, unwritten: &[(KeyId, Instant, IpAddr)]) {
        let mut uses = self.uses.lock();
        for (key, at, ip) in unwritten {
            if uses.len() >= KEYS && !uses.contains_key(key) {
                continue;
            }
            uses.entry(*key).or_insert(Use { at: *at, ip: *ip, hurried: None, dirty: true }).dirty = true;
        }
    }
}

/// Writes uses that were taken.
pub fn write(tx: &mut Tx<'_>, uses: &[(KeyId, Instant, IpAddr)]) -> Result<()> {
    uses.iter().try_for_each(|(key, at, ip)| key::unguarded_note_use(tx, *key, *at, &ip.to_string()))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn addresses_in_turn_are_written_once_a_minute() {
        let (usage, key) = (Usage::default(), KeyId::from_uuid(Uuid::from_u128(1)));
        let note = |second: i64, last: u8| usage.note(key, Instant::from_seconds(second), IpAddr::from([127, 0, 0, last]));
        assert!(note(0, 1), "the first use");
        assert!(note(1, 2), "another address");
        assert!((2..61).all(|second| !note(second, (second % 2 + 1) as u8)), "in turn");
        assert!(!note(61, 1), "the same address");
        assert!(note(62, 2));
        assert!(!note(63, 1) && note(1, 2), "a clock that was set back hinders nothing");
        assert_eq!(usage.take(), [(key, Instant::from_seconds(1), IpAddr::from([127, 0, 0, 2]))], "the last is written anyway");
    }

    #[test]
    fn what_could_not_be_written_is_taken_again_as_it_was_last() {
        let usage = Usage::default();
        let (first, second) = (KeyId::from_uuid(Uuid::from_u128(1)), KeyId::from_uuid(Uuid::from_u128(2)));
        let (at, ip) = (Instant::from_seconds(1), IpAddr::from([127, 0, 0, 1]));
        assert!(usage.note(first, at, ip) && usage.note(second, at, ip));
        let taken = usage.take();
        assert_eq!((taken.len(), usage.take().len()), (2, 0));
        let later = Instant::from_seconds(9);
        assert!(!usage.note(second, later, ip));
        usage.put_back(&taken);
        let mut again = usage.take();
        again.sort_by_key(|(_, at, _)| *at);
        assert_eq!(again, [(first, at, ip), (second, later, ip)]);
    }

    #[test]
    fn the_memory_has_a_bound_also_where_nothing_can_be_written() {
        let (usage, key) = (Usage::default(), |n| KeyId::from_uuid(Uuid::from_u128(n)));
        let (at, ip) = (Instant::from_seconds(1), IpAddr::from([127, 0, 0, 1]));
        (0..KEYS as u128).for_each(|n| assert!(usage.note(key(n), at, ip)));
        assert!(usage.note(key(u128::MAX), at, ip), "it is time to write");
        let taken = usage.take();
        assert_eq!(taken.len(), KEYS);
        assert!(usage.note(key(u128::MAX), at, ip), "what was written gives way");
        usage.put_back(&taken);
        assert_eq!(usage.take().len(), KEYS);
    }
}
