//! Passwords are hashed off the workers and a few at a time, since each takes 19 MiB. Whoever has to wait stands in a line that has
//! an end; people who were let in before have a line and a place of their own, which no stranger can fill.

use std::collections::HashMap;

use parking_lot::Mutex;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::domain::{Error, Result, network::Network};

/// Passwords of strangers that are hashed at once.
const STRANGERS: usize = 2;
/// The same of people who were let in before.
const KNOWN: usize = 1;
/// How many wait in a line at most: about a second.
const WAITING: usize = 64;
/// How many of one network do.
const OF_NETWORK: usize = 32;

/// The lines.
pub struct Hashing {
    strangers: Line,
    known: Line,
}

struct Line {
    slots: Semaphore,
    waiting: Mutex<HashMap<Network, usize>>,
}

/// A place at the front; it is given back when dropped.
pub struct Turn<'a> {
    _slot: SemaphorePermit<'a>,
}

/// A place in a line.
struct Place<'a>(&'a Line, Network);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut waiting = self.0.waiting.lock();
        if let Some(n) = waiting.get_mut(&self.1) {
            *n -= 1;
            if *n == 0 {
                waiting.remove(&self.1);
            }
        }
    }
}

impl Default for Hashing {
    fn default() -> Self {
        let line = |slots| Line { slots: Semaphore::new(slots), waiting: Mutex::default() };
        Self { strangers: line(STRANGERS), known: line(KNOWN) }
    }
}

impl Hashing {
    /// Waits for a turn.
    ///
    /// # Errors
    /// Busy, when too many wait already.
    pub async fn turn(&self, known: bool, network: Network) -> Result<Turn<'_>> {
        let line = if known { &self.known } else { &self.strangers };
        if let Ok(slot) = line.slots.try_acquire() {
            return Ok(Turn { _slot: slot });
        }
        let _place = line.stand(network)?;
        let slot = line.slots.acquire().await.map_err(|error| Error::Busy(error.to_string()))?;
        Ok(Turn { _slot: slot })
    }
}

impl Line {
    fn stand(&self, network: Network) -> Result<Place<'_>> {
        let mut waiting = self.waiting.lock();
        let (all, own) = (waiting.values().sum::<usize>(), waiting.get(&network).copied().unwrap_or_default());
        if all >= WAITING || own >= OF_NETWORK {
            return Err(Error::Busy("too many passwords wait to be hashed".into()));
        }
        *waiting.entry(network).or_default() += 1;
        Ok(Place(self, network))
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use futures_util::future::{self, FutureExt};

    use super::*;

    #[actix_web::test]
    async fn the_line_has_an_end_and_no_stranger_stands_in_that_of_people_who_are_known() {
        let hashing = Hashing::default();
        let network = |n: u8| Network::of(IpAddr::from([192, 0, 2, n]));
        let held = future::join_all((0..STRANGERS).map(|_| hashing.turn(false, network(0)))).await;
        assert!(held.iter().all(Result::is_ok));
        let mut line: Vec<_> = (0..200).map(|_| Box::pin(hashing.turn(false, network(1)))).collect();
        let refused = line.iter_mut().filter_map(|one| one.now_or_never()).filter(|done| matches!(done, Err(Error::Busy(_)))).count();
        assert_eq!(refused, 200 - OF_NETWORK);
        let mut other = Box::pin(hashing.turn(false, network(2)));
        assert!((&mut other).now_or_never().is_none(), "another network still finds a place");
        assert!(hashing.turn(true, network(1)).now_or_never().is_some_and(|turn| turn.is_ok()));
        drop((line, held));
        assert!(other.await.is_ok());
        assert!(hashing.strangers.waiting.lock().is_empty());
    }
}
