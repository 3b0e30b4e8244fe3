//! Failed tries to sign in: after a few, each next one has to wait longer. Kept in memory; a restart forgives.

use std::{collections::HashMap, net::IpAddr, time::Duration};

use parking_lot::Mutex;

use crate::domain::{Error, Result, time::Instant};

/// Failures that cost nothing.
const FREE: u32 = 5;
/// Longest wait.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// After so long without a failure all is forgiven.
const FORGIVEN: Duration = Duration::from_secs(60 * 60);
/// Names and addresses remembered at most; beyond it the oldest are dropped.
const REMEMBERED: usize = 10_000;
/// Characters that tell one account from another.
const NAME: usize = 300;

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    /// When the next try is allowed: 1 s after the fifth failure, then twice as long each time.
    fn free_at(self) -> Instant {
        if self.count < FREE {
            return self.last;
        }
        self.last + Duration::from_secs(1 << (self.count - FREE).min(12)).min(LONGEST)
    }
}

/// The memory of failures, by account and by address.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<String, Failures>>);

impl Attempts {
    /// Whether a try is allowed now.
    ///
    /// # Errors
    /// Limited, with the seconds to wait.
    pub fn check(&self, account: &str, ip: IpAddr, now: Instant) -> Result<()> {
        let failures = self.0.lock();
        let free = names(account, ip).iter().filter_map(|name| failures.get(name)).map(|one| one.free_at()).max().unwrap_or(now);
        let wait = free.since(now);
        if wait.is_zero() { Ok(()) } else { Err(Error::Limited(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1))) }
    }

    /// Notes how a try went. One that went well forgives the account, not the address: it may be one of many.
    pub fn note(&self, account: &str, ip: IpAddr, now: Instant, well: bool) {
        let mut failures = self.0.lock();
        failures.retain(|_, one| now.since(one.last) < FORGIVEN);
        let [account, address] = names(account, ip);
        if well {
            failures.remove(&account);
            return;
        }
        // Two names come in at a time.
        while failures.len() + 2 > REMEMBERED
            && let Some(oldest) = failures.iter().min_by_key(|(_, one)| one.last).map(|(name, _)| name.clone())
        {
            failures.remove(&oldest);
        }
        for name in [account, address] {
            let one = failures.entry(name).or_insert(Failures { count: 0, last: now });
            *one = Failures { count: one.count + 1, last: now };
        }
    }
}

/// The account; and the address, of which IPv6 gives each household many (RFC 6177).
fn names(account: &str, ip: IpAddr) -> [String; 2] {
    let network = match ip {
        IpAddr::V4(_) => ip.to_string(),
        IpAddr::V6(six) => six.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
    };
    // What was typed as an address may be long; the memory of it is not.
    [format!("account {}", account.chars().take(NAME).collect::<String>()), format!("address {network}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_with_each_failure_and_ends_with_success() {
        let (attempts, ip) = (Attempts::default(), IpAddr::from([192, 0, 2, 1]));
        let mut now = Instant::from_seconds(1_000_000);
        let mut waits = Vec::new();
        for _ in 0..8 {
            match attempts.check("a", ip, now) {
                Err(Error::Limited(seconds)) => {
                    waits.push(seconds);
                    now = now + Duration::from_secs(u64::from(seconds));
                }
                other => assert!(other.is_ok()),
            }
            attempts.note("a", ip, now, false);
        }
        assert_eq!(waits, [1, 2, 4]);
        assert!(attempts.check("b", ip, now).is_err(), "another account from the same address waits too");
        assert!(attempts.check("b", IpAddr::from([192, 0, 2, 2]), now).is_ok());
        assert!(attempts.check("a", ip, now + FORGIVEN).is_ok());
    }
}
