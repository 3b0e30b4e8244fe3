//! Failed tries of a password: after a few, each next one has to wait longer. Kept in memory; a restart forgives.
//!
//! It is to stop guessing, not people. A stranger waits for the failures of their network with this account; for those of all
//! strangers with the account, and of the network with all accounts, only above a ceiling, so that many networks or many names
//! do not get fresh tries each. A session, and a browser that signed in before, waits for its own failures alone.
//!
//! A clock that is set back makes nobody wait longer.

use std::{collections::HashMap, net::IpAddr, time::Duration};

use parking_lot::Mutex;

use crate::domain::{
    Error, Result,
    id::{SessionId, UserId},
    network::Network,
    text::email_form,
    time::{Forward, Instant},
};

/// Failures that cost nothing: of a network with an account, of a known browser, of a session.
const FREE: u32 = 5;
/// The same of all unknown browsers with one account.
const OF_ACCOUNT: u32 = 15;
/// The same of one network with all accounts.
const OF_NETWORK: u32 = 50;
/// Longest wait.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// After so long without a failure all is forgiven.
const FORGIVEN: Duration = Duration::from_secs(60 * 60);
/// Names remembered at most.
const REMEMBERED: usize = 20_000;

/// The account that a password is tried for: a person's, or one that somebody made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Account {
    /// There is one.
    Known(UserId),
    /// There is none of this address.
    Unknown([u8; 32]),
}

impl Account {
    /// The account of this address, which is that of `user` if there is one.
    pub fn of(email: &str, user: Option<UserId>) -> Self {
        let made_up = || Self::Unknown(*blake3::hash(email_form(email).as_bytes()).as_bytes());
        user.map_or_else(made_up, Self::Known)
    }
}

/// Who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Somebody of whom nothing is known.
    Stranger,
    /// A browser that signed in to the account before.
    Device([u8; 16]),
    /// A live session of the account.
    Session(SessionId),
}

/// One try.
#[derive(Debug, Clone, Copy)]
pub struct Try {
    account: Account,
    network: Network,
    asker: Asker,
}

impl Try {
    /// A try for the account of this address, which is that of `user` if there is one. Nobody is known to an account that is none.
    pub fn new(email: &str, user: Option<UserId>, ip: IpAddr, asker: Asker) -> Self {
        let asker = if user.is_some() { asker } else { Asker::Stranger };
        Self { account: Account::of(email, user), network: Network::of(ip), asker }
    }

    /// Whether it comes from somebody who was let in before.
    pub fn is_known(&self) -> bool {
        self.asker != Asker::Stranger
    }

    /// From where.
    pub const fn network(&self) -> Network {
        self.network
    }

    /// For which account.
    pub const fn account(&self) -> Account {
        self.account
    }

    /// What its failure is counted for, and how many each has free.
    fn names(&self) -> Vec<(Name, u32)> {
        match (self.asker, self.account) {
            (Asker::Session(id), _) => vec![(Name::Session(id), FREE)],
            (Asker::Device(device), Account::Known(user)) => vec![(Name::Device(user, device), FREE)],
            _ => vec![
                (Name::Pair(self.account, self.network), FREE),
                (Name::Network(self.network), OF_NETWORK),
                (Name::Account(self.account), OF_ACCOUNT),
            ],
        }
    }
}

/// Whose failures are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Name {
    Pair(Account, Network),
    Network(Network),
    Account(Account),
    Device(UserId, [u8; 16]),
    Session(SessionId),
}

impl Name {
    /// What gives way first when there is no room: what can be made up at will, before what cannot. None for a person's account,
    /// which nothing drives out: there are no more of them than people.
    const fn worth(self) -> Option<u8> {
        match self {
            Self::Pair(Account::Unknown(_), _) | Self::Account(Account::Unknown(_)) => Some(0),
            Self::Network(_) => Some(1),
            Self::Pair(Account::Known(_), _) => Some(2),
            Self::Device(..) | Self::Session(_) => Some(3),
            Self::Account(Account::Known(_)) => None,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    /// How long the next try has to wait: 1 s after the last free failure, then twice as long each time.
    fn wait(self, free: u32, now: Instant) -> Duration {
        if self.count < free || now.since(self.last) >= FORGIVEN {
            return Duration::ZERO;
        }
        let wait = Duration::from_secs(1 << (self.count - free).min(12)).min(LONGEST);
        (self.last + wait).since(now).min(LONGEST)
    }
}

/// The memory of failures.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    failures: HashMap<Name, Failures>,
    /// By what the waits are measured.
    clock: Forward,
}

impl Throttle {
    /// Whether a try is allowed now.
    ///
    /// # Errors
    /// Limited, with the seconds to wait.
    pub fn check(&self, tried: &Try, now: Instant) -> Result<()> {
        let mut memory = self.0.lock();
        let now = memory.clock.at(now);
        allowed(&memory.failures, &tried.names(), now)
    }

    /// Begins a try: it counts as failed until it is forgiven, so that neither many at the same moment nor one that is broken off
    /// goes uncounted.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn begin(&self, tried: &Try, now: Instant) -> Result<()> {
        self.count(&tried.names(), now)
    }

    /// The same for what nobody is kept from by strangers elsewhere: without the ceiling of the account. Says whether that is
    /// reached.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn begin_apart(&self, tried: &Try, now: Instant) -> Result<bool> {
        let (account, own): (Vec<_>, Vec<_>) = tried.names().into_iter().partition(|(name, _)| matches!(name, Name::Account(_)));
        self.count(&own, now)?;
        Ok(self.count(&account, now).is_err())
    }

    fn count(&self, names: &[(Name, u32)], now: Instant) -> Result<()> {
        let mut memory = self.0.lock();
        let now = memory.clock.at(now);
        let failures = &mut memory.failures;
        allowed(failures, names, now)?;
        make_room(failures, names.len(), now);
        for (name, _) in names {
            let one = failures.entry(*name).or_insert(Failures { count: 0, last: now });
            let before = if now.since(one.last) < FORGIVEN { one.count } else { 0 };
            *one = Failures { count: before + 1, last: now };
        }
        Ok(())
    }

    /// Notes that a try went well. Its own failures are forgiven; of a ceiling, which is others' too, this one try.
    pub fn forgive(&self, tried: &Try) {
        let failures = &mut self.0.lock().failures;
        for (name, _) in tried.names() {
            match name {
                Name::Network(_) | Name::Account(_) => {
                    if let Some(one) = failures.get_mut(&name) {
                        one.count = one.count.saturating_sub(1);
                    }
                }
                own => drop(failures.remove(&own)),
            }
        }
    }
}

fn allowed(failures: &HashMap<Name, Failures>, names: &[(Name, u32)], now: Instant) -> Result<()> {
    let wait = names.iter().filter_map(|(name, free)| Some(failures.get(name)?.wait(*free, now))).max().unwrap_or_default();
    if wait.is_zero() { Ok(()) } else { Err(Error::Limited(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1))) }
}

/// Makes room for more names: first goes what is forgiven, then an eighth of what is worth least, has failed least, and is oldest.
fn make_room(failures: &mut HashMap<Name, Failures>, more: usize, now: Instant) {
    if failures.len() + more <= REMEMBERED {
        return;
    }
    failures.retain(|_, one| now.since(one.last) < FORGIVEN && one.count > 0);
    if failures.len() + more <= REMEMBERED {
        return;
    }
    let mut order: Vec<_> = failures.iter().filter_map(|(name, one)| Some((name.worth()?, one.count, one.last, *name))).collect();
    order.sort_unstable_by_key(|(worth, count, last, _)| (*worth, *count, *last));
    for (.., name) in order.into_iter().take(REMEMBERED / 8) {
        failures.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOW: Instant = Instant::from_seconds(1_000_000);

    fn user(n: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(n))
    }

    fn stranger(n: u128, ip: [u8; 4]) -> Try {
        Try::new("", Some(user(n)), IpAddr::from(ip), Asker::Stranger)
    }

    /// Tries until it has to wait; how often that was.
    fn exhausted(throttle: &Throttle, tried: &Try) -> usize {
        (0..1000).take_while(|_| throttle.begin(tried, NOW).is_ok()).count()
    }

    #[test]
    fn the_wait_grows_with_each_failure_and_ends_with_success() {
        let (throttle, tried) = (Throttle::default(), stranger(1, [192, 0, 2, 1]));
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..8 {
            if let Err(Error::Limited(seconds)) = throttle.begin(&tried, now) {
                waits.push(seconds);
                now = now + Duration::from_secs(u64::from(seconds));
                assert!(throttle.begin(&tried, now).is_ok());
            }
        }
        assert_eq!(waits, [1, 2, 4]);
        assert!(throttle.check(&tried, now).is_err() && throttle.check(&tried, now + FORGIVEN).is_ok());
        throttle.forgive(&tried);
        assert!(throttle.check(&tried, now).is_ok());
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        let ip = IpAddr::from([192, 0, 2, 1]);
        for asker in [Asker::Stranger, Asker::Device([7; 16]), Asker::Session(SessionId::from_uuid(Uuid::from_u128(7)))] {
            let (throttle, tried) = (Throttle::default(), Try::new("", Some(user(1)), ip, asker));
            assert_eq!(exhausted(&throttle, &tried), 5);
            let back = NOW - Duration::from_secs(24 * 60 * 60);
            assert!(matches!(throttle.check(&tried, back), Err(Error::Limited(1))), "the step is no time");
            assert!(throttle.begin(&tried, back + Duration::from_secs(1)).is_ok(), "what follows it is: {asker:?}");
            assert!(matches!(throttle.check(&tried, back + Duration::from_secs(1)), Err(Error::Limited(2))));
            assert!(throttle.check(&tried, back + Duration::from_secs(3)).is_ok());
        }
    }

    #[test]
    fn an_account_waits_in_its_network_and_everywhere_only_above_a_ceiling() {
        let throttle = Throttle::default();
        assert_eq!(exhausted(&throttle, &stranger(1, [192, 0, 2, 1])), 5);
        assert!(throttle.check(&stranger(2, [192, 0, 2, 1]), NOW).is_ok(), "another account of the network");
        assert!(throttle.check(&stranger(1, [192, 0, 2, 2]), NOW).is_ok(), "another network");
        let more: usize = (2..9).map(|n| exhausted(&throttle, &stranger(1, [192, 0, 2, n]))).sum();
        assert_eq!(more, 10, "many networks do not get fresh tries each");
        let six = |n: u128| Try::new("", Some(user(3)), IpAddr::from((0x2001_0db8_u128 << 96 | n).to_be_bytes()), Asker::Stranger);
        assert_eq!((exhausted(&throttle, &six(1)), exhausted(&throttle, &six(1 << 70))), (5, 0), "one site of IPv6");
        assert!((10..30).map(|n| exhausted(&throttle, &stranger(n, [203, 0, 113, 9]))).sum::<usize>() <= 50, "nor do many names");
    }

    #[test]
    fn sessions_and_known_browsers_wait_for_their_own_failures_alone() {
        let throttle = Throttle::default();
        for n in 1..40 {
            exhausted(&throttle, &stranger(1, [192, 0, 2, n]));
        }
        let ip = IpAddr::from([192, 0, 2, 1]);
        for asker in [Asker::Device([7; 16]), Asker::Session(SessionId::from_uuid(Uuid::from_u128(7)))] {
            let own = Try::new("", Some(user(1)), ip, asker);
            assert_eq!(exhausted(&throttle, &own), 5);
            throttle.forgive(&own);
            assert!(throttle.check(&own, NOW).is_ok());
            assert!(throttle.check(&stranger(1, [192, 0, 2, 1]), NOW).is_err(), "and forgive nobody else's");
        }
        assert!(!Try::new("nobody@x.example", None, ip, Asker::Device([7; 16])).is_known());
    }

    #[test]
    fn made_up_names_neither_free_an_account_nor_fill_the_memory() {
        let throttle = Throttle::default();
        let tried = stranger(1, [192, 0, 2, 1]);
        exhausted(&throttle, &tried);
        let flood = |n: u32| Try::new(&format!("{n}@x.example"), None, IpAddr::from(n.to_be_bytes()), Asker::Stranger);
        for n in 0..60_000 {
            throttle.begin(&flood(n), NOW).unwrap();
            assert!(throttle.0.lock().failures.len() <= REMEMBERED);
        }
        assert!(throttle.check(&tried, NOW).is_err());
    }
}
