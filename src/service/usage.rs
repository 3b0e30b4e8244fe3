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
}

/// Writes uses that were taken.
pub fn write(tx: &mut Tx<'_>, uses: &[(KeyId, Instant, IpAddr)]) -> Result<()> {
    uses.iter().try_for_each(|(key, at, ip)| key::unguarded_note_use(tx, *key, *at, &ip.to_string()))
}
