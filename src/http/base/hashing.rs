//! Passwords are hashed off the workers and a few at a time, since each takes 19 MiB. Whoever has to wait stands in a line that has
//! an end; people who were let in before have a line and a place of their own, which no stranger can fill. A turn lasts as long as
//! the hashing does, also when whoever asked has gone away meanwhile.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    domain::{Error, Result},
    http::api::route::blocking,
};

use super::transport::room::Whose;

/// Passwords of strangers that are hashed at once.
const STRANGERS: usize = 2;
/// The same of people who were let in before.
const KNOWN: usize = 1;
/// How many wait in a line at most: about a second.
const WAITING: usize = 64;
/// How many strangers of one network do.
const OF_NETWORK: usize = 32;
/// How often one person does, or one network whose people a link lets in: no one of them keeps the others waiting for long.
const OF_ONE: usize = 8;

/// The lines.
pub struct Hashing {
    strangers: Line,
    known: Line,
}

struct Line {
    slots: Arc<Semaphore>,
    waiting: Mutex<HashMap<Whose, usize>>,
    /// Places of one.
    share: usize,
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
struct Place<'a>(&'a Line, Whose);

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
        let line = |slots, share| Line { slots: Arc::new(Semaphore::new(slots)), waiting: Mutex::default(), share };
        Self { strangers: line(STRANGERS, OF_NETWORK), known: line(KNOWN, OF_ONE) }
    }
}

impl Hashing {
    /// Waits for a turn.
    ///
    /// # Errors
    /// Busy, when too many wait already.
    pub async fn turn(&self, known: bool, whose: Whose) -> Result<Turn> {
        let line = if known { &self.known } else { &self.strangers };
        if let Ok(slot) = line.slots.clone().try_acquire_owned() {
            return Ok(Turn { _slot: slot });
        }
        let _place = line.stand(whose)?;
        let slot = line.slots.clone().acquire_owned().await.map_err(|error| Error::Busy(error.to_string()))?;
        Ok(Turn { _slot: slot })
    }
}

impl Line {
    fn stand(&self, whose: Whose) -> Result<Place<'_>> {
        let mut waiting = self.waiting.lock();
        let (all, own) = (waiting.values().sum::<usize>(), waiting.get(&whose).copied().unwrap_or_default());
        if all >= WAITING || own >= self.share {
            return Err(Error::Busy("too many passwords wait to be hashed".into()));
        }
        *waiting.entry(whose).or_default() += 1;
        Ok(Place(self, whose))
    }
}

#[cfg(test)]
mod tests {
    use std::{net::IpAddr, sync::mpsc};

    use futures_util::future::{self, FutureExt};

    use super::*;

    #[actix_web::test]
    async fn the_line_has_an_end_and_no_stranger_stands_in_that_of_people_who_are_known() {
        let hashing = Hashing::default();
        let network = |n: u8| Whose::stranger(IpAddr::from([192, 0, 2, n]));
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

    #[actix_web::test]
    async fn one_person_with_many_requests_leaves_the_line_to_the_others() {
        let hashing = Hashing::default();
        let [one, other] =
            ["01a21c50-a008-77e9-8dee-32fab9576b63", "01a21c50-a008-77e9-8dee-32fab9576b64"].map(|id| Whose::User(id.parse().unwrap()));
        let held = hashing.turn(true, one).await.unwrap();
        let mut line: Vec<_> = (0..200).map(|_| Box::pin(hashing.turn(true, one))).collect();
        let waiting = line.iter_mut().filter_map(|asked| asked.now_or_never()).filter(Result::is_err).count();
        assert_eq!(waiting, 200 - OF_ONE);
        let mut asked = Box::pin(hashing.turn(true, other));
        assert!((&mut asked).now_or_never().is_none(), "the other finds a place");
        drop((line, held));
        assert!(asked.await.is_ok());
    }

    #[actix_web::test]
    async fn whoever_goes_away_while_their_password_is_hashed_keeps_their_place_until_it_is() {
        let hashing = Hashing::default();
        let network = Whose::stranger(IpAddr::from([192, 0, 2, 1]));
        let (begun, begins) = mpsc::channel();
        let (go, held) = mpsc::channel::<()>();
        let turn = hashing.turn(true, network).await.unwrap();
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
