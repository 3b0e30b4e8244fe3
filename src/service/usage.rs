//! When keys were last used: kept in memory, written in batches, so that no request writes or waits for it.

use std::{collections::HashMap, mem, net::IpAddr};

use parking_lot::Mutex;

use crate::{
    domain::{Result, id::KeyId, time::Instant},
    store::{Tx, key},
};

#[derive(Debug, Clone, Copy)]
struct Use {
    at: Instant,
    ip: IpAddr,
    written_ip: Option<IpAddr>,
    dirty: bool,
}

/// The memory of uses.
#[derive(Debug, Default)]
pub struct Usage {
    uses: Mutex<HashMap<KeyId, Use>>,
}

/// Keys remembered at most; beyond it the written ones are dropped.
const KEYS: usize = 50_000;

impl Usage {
    /// Notes a use. True when it is the first of this key, or the first from this address: then it is worth writing now.
    pub fn note(&self, key: KeyId, at: Instant, ip: IpAddr) -> bool {
        let mut uses = self.uses.lock();
        if uses.len() >= KEYS {
            uses.retain(|_, one| one.dirty);
        }
        let one = uses.entry(key).or_insert(Use { at, ip, written_ip: None, dirty: true });
        let new = one.written_ip != Some(ip);
        *one = Use { at, ip, written_ip: Some(ip), dirty: true };
        new
    }

    /// What was not written yet.
    pub fn take(&self) -> Vec<(KeyId, Instant, IpAddr)> {
        let mut uses = self.uses.lock();
        uses.iter_mut().filter_map(|(key, one)| mem::take(&mut one.dirty).then_some((*key, one.at, one.ip))).collect()
    }

    /// Takes back what could not be written, for the next time. A later use stays.
    pub fn put_back(&self, unwritten: &[(KeyId, Instant, IpAddr)]) {
        let mut uses = self.uses.lock();
        for (key, at, ip) in unwritten {
            uses.entry(*key).or_insert(Use { at: *at, ip: *ip, written_ip: None, dirty: true }).dirty = true;
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
}
