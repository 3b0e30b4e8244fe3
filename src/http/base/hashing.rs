//! Passwords are hashed off the workers and a few at a time, since each takes 19 MiB. Whoever has to wait stands in a line that has
//! an end; people who were let in before have a line and a place of their own, which no stranger can fill. In neither line can one
//! account take the places of the others, from however many networks: whoever knows its password never waits for a failure. A turn
//! lasts as long as the hashing does, also when whoever asked has gone away meanwhile.

use std::{collections::HashMap, net::IpAddr, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    domain::{Error, Result, network::Network},
    service::account::throttle::Account,
};

use super::reply::blocking;

/// Passwords of strangers that are hashed at once.
const STRANGERS: usize = 2;
/// The same of people who were let in before.
const KNOWN: usize = 1;
/// How many wait in a line at most: about a second.
const WAITING: usize = 64;
/// How many strangers of one network do.
const OF_NETWORK: usize = 32;
/// How often one person does, or one account that strangers try, or one network whose people a link lets in: no one of them keeps
/// the others waiting for long.
const OF_ONE: usize = 8;

/// In whose name somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueueKey {
    /// Of whoever comes from there.
    Network(Network),
    /// Of an account, also one that somebody made up: nobody learns from the line which there are.
    Account(Account),
}

/// The lines.
pub struct Hashing {
    strangers: Line,
    known: Line,
}

struct Line {
    slots: Arc<Semaphore>,
    waiting: Mutex<Waiting>,
    /// Places of one network.
    of_network: usize,
}

impl QueueKey {
    /// Of somebody whom an invitation to this address lets in.
    pub fn invited(email: &str, ip: IpAddr) -> [Self; 2] {
        [Self::Account(Account::of(email, None)), Self::Network(Network::of(ip))]
    }
}

/// How many wait.
#[derive(Default)]
struct Waiting {
    all: usize,
    of: HashMap<QueueKey, usize>,
}

/// A place at the front; it is given back when dropped.
pub struct Turn {
    _slot: OwnedSemaphorePermit,
}

impl Turn {
    /// Hashes off the workers. The turn ends with that, not with the request.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn run<T: Send + 'static>(self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        blocking(move || {
            let _turn = self;
            work()
        })
        .await
    }
}

/// A place in a line.
struct QueueSlot<'a>(&'a Line, &'a [QueueKey]);

impl Drop for QueueSlot<'_> {
    fn drop(&mut self) {
        let waiting = &mut *self.0.waiting.lock();
        waiting.all -= 1;
        for key in self.1 {
            if let Some(n) = waiting.of.get_mut(key) {
                *n -= 1;
                if *n == 0 {
                    waiting.of.remove(key);
                }
            }
        }
    }
}

impl Default for Hashing {
    fn default() -> Self {
        let line = |slots, of_network| Line { slots: Arc::new(Semaphore::new(slots)), waiting: Mutex::default(), of_network };
        Self { strangers: line(STRANGERS, OF_NETWORK), known: line(KNOWN, OF_ONE) }
    }
}

impl Hashing {
    /// Waits for a turn, in each of these names.
    ///
    /// # Errors
    /// Busy, when too many wait already.
    pub async fn turn(&self, known: bool, keys: &[QueueKey]) -> Result<Turn> {
        let line = if known { &self.known } else { &self.strangers };
        if let Ok(slot) = line.slots.clone().try_acquire_owned() {
            return Ok(Turn { _slot: slot });
        }
        let _place = line.stand(keys)?;
        let slot = line.slots.clone().acquire_owned().await.map_err(|error| Error::Busy(error.to_string()))?;
        Ok(Turn { _slot: slot })
    }
}

impl Line {
    fn stand<'a>(&'a self, keys: &'a [QueueKey]) -> Result<QueueSlot<'a>> {
        let mut waiting = self.waiting.lock();
        let is_full = |one: &QueueKey| waiting.of.get(one).is_some_and(|own| *own >= self.share(*one));
        if waiting.all >= WAITING || keys.iter().any(is_full) {
            return Err(Error::Busy("too many passwords wait to be hashed".into()));
        }
        waiting.all += 1;
        keys.iter().for_each(|one| *waiting.of.entry(*one).or_default() += 1);
        Ok(QueueSlot(self, keys))
    }

    const fn share(&self, key: QueueKey) -> usize {
        match key {
            QueueKey::Network(_) => self.of_network,
            QueueKey::Account(_) => OF_ONE,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::Pin, sync::mpsc};

    use futures_util::future::{self, FutureExt};

    use super::*;

    fn network(n: u8) -> QueueKey {
        QueueKey::Network(Network::of(IpAddr::from([192, 0, 2, n])))
    }

    fn made_up(name: &str) -> QueueKey {
        QueueKey::Account(Account::of(name, None))
    }

    /// How many of so many who come at once find no place.
    fn refused<T>(line: &mut [Pin<Box<impl Future<Output = Result<T>>>>]) -> usize {
        line.iter_mut().filter_map(|one| one.now_or_never()).filter(|done| matches!(done, Err(Error::Busy(_)))).count()
    }

    #[actix_web::test]
    async fn the_line_has_an_end_and_no_stranger_stands_in_that_of_people_who_are_known() {
        let hashing = Hashing::default();
        let (first, many, last) = ([network(0)], [network(1)], [network(2)]);
        let held = future::join_all((0..STRANGERS).map(|_| hashing.turn(false, &first))).await;
        assert!(held.iter().all(Result::is_ok));
        let mut line: Vec<_> = (0..200).map(|_| Box::pin(hashing.turn(false, &many))).collect();
        assert_eq!(refused(&mut line), 200 - OF_NETWORK);
        let mut other = Box::pin(hashing.turn(false, &last));
        assert!((&mut other).now_or_never().is_none(), "another network still finds a place");
        assert!(hashing.turn(true, &many).now_or_never().is_some_and(|turn| turn.is_ok()));
        drop((line, held));
        assert!(other.await.is_ok());
        let waiting = hashing.strangers.waiting.lock();
        assert!(waiting.all == 0 && waiting.of.is_empty());
    }

    #[actix_web::test]
    async fn one_account_from_many_networks_leaves_the_line_to_the_others() {
        let hashing = Hashing::default();
        let people =
            [QueueKey::Account(Account::Known("01a21c50-a008-77e9-8dee-32fab9576b63".parse().unwrap())), made_up("nobody@x.example")];
        for (known, one) in [false, true].into_iter().flat_map(|known| people.map(|one| (known, one))) {
            let held = future::join_all((0..if known { KNOWN } else { STRANGERS }).map(|_| hashing.turn(known, &[]))).await;
            let names: Vec<_> = (0..200).map(|n| [network(n), one]).collect();
            let mut line: Vec<_> = names.iter().map(|keys| Box::pin(hashing.turn(known, keys))).collect();
            assert_eq!(refused(&mut line), 200 - OF_ONE, "{one:?}");
            let other = [network(1), made_up("other@x.example")];
            let mut asked = Box::pin(hashing.turn(known, &other));
            assert!((&mut asked).now_or_never().is_none(), "the other finds a place");
            drop((line, held));
            assert!(asked.await.is_ok());
        }
    }

    #[actix_web::test]
    async fn whoever_goes_away_while_their_password_is_hashed_keeps_their_place_until_it_is() {
        let hashing = Hashing::default();
        let (begun, begins) = mpsc::channel();
        let (go, held) = mpsc::channel::<()>();
        let turn = hashing.turn(true, &[network(1)]).await.unwrap();
        let mut asked = Box::pin(turn.run(move || {
            begun.send(()).unwrap();
            Ok(held.recv().is_ok())
        }));
        assert!((&mut asked).now_or_never().is_none());
        begins.recv().unwrap();
        drop(asked);
        assert_eq!(hashing.known.slots.available_permits(), KNOWN - 1, "the hash still takes its memory");
        go.send(()).unwrap();
        let _all = hashing.known.slots.acquire_many(u32::try_from(KNOWN).unwrap()).await.unwrap();
    }
}
