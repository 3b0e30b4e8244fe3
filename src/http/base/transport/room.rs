//! Room in memory that many share. It has a bound, and nobody has more than a quarter of it, so that none can take it from the
//! others.

use std::{
    collections::HashMap,
    net::IpAddr,
    pin::pin,
    sync::{Arc, Weak},
    time::Duration,
};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::{id::UserId, network::Network};

/// Bytes of one permit.
pub const UNIT: usize = 1024;
/// Into how many parts the room is divided, of which nobody has more than one.
const PARTS: usize = 4;
/// How often whoever waits for room presses those who have it.
const PRESSED_EVERY: Duration = Duration::from_secs(1);

/// Whose room it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// Of somebody who is known, by all their keys and sessions together.
    User(UserId),
    /// Of strangers who come from one network.
    Network(Network),
}

impl Caller {
    /// Whether it is somebody who is known.
    pub const fn is_known(self) -> bool {
        matches!(self, Self::User(_))
    }

    /// Of a stranger with this address.
    pub fn stranger(ip: IpAddr) -> Self {
        Self::Network(Network::of(ip))
    }
}

/// The room.
pub struct Shared {
    all: Arc<Semaphore>,
    /// Most permits that one may have.
    part: usize,
    /// The parts of those who have some room or wait for it: never more than there are requests.
    parts: Mutex<HashMap<Caller, Weak<Semaphore>>>,
}

/// Some of it, which is free again when dropped.
#[derive(Debug)]
pub struct Room {
    own: OwnedSemaphorePermit,
    all: OwnedSemaphorePermit,
}

impl Shared {
    /// Room for so many bytes.
    pub fn new(bytes: usize) -> Self {
        let units = bytes / UNIT;
        Self::divided(units, units / PARTS)
    }

    /// So many turns, of which nobody has more than half at once.
    pub fn turns(turns: usize) -> Self {
        Self::divided(turns, (turns / 2).max(1))
    }

    /// So many places, of which nobody has more than a quarter at once.
    pub fn places(places: usize) -> Self {
        Self::divided(places, (places / PARTS).max(1))
    }

    /// Whether nearly all is taken: less than one of its parts is left.
    pub fn is_crowded(&self) -> bool {
        self.all.available_permits() < self.part
    }

    fn divided(units: usize, part: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(units)), part, parts: Mutex::default() }
    }

    /// A turn, once there is one.
    pub async fn turn(&self, caller: Caller) -> Option<Room> {
        self.take(caller, 1, |_| {}).await
    }

    /// Room for so many bytes, or as much as one may have, if it is there.
    pub fn try_take(&self, caller: Caller, bytes: usize) -> Option<Room> {
        let units = self.units(bytes);
        let own = self.part_of(caller).try_acquire_many_owned(units).ok()?;
        let all = self.all.clone().try_acquire_many_owned(units).ok()?;
        Some(Room { own, all })
    }

    /// The same, once it is there. Whoever waits for their own part stands in nobody's way. Meanwhile `press` is called with whether
    /// it is that which they wait for.
    pub async fn take(&self, caller: Caller, bytes: usize, press: impl Fn(bool)) -> Option<Room> {
        let units = self.units(bytes);
        let own = pressing(self.part_of(caller).acquire_many_owned(units), || press(true)).await.ok()?;
        let all = pressing(self.all.clone().acquire_many_owned(units), || press(false)).await.ok()?;
        Some(Room { own, all })
    }

    fn units(&self, bytes: usize) -> u32 {
        u32::try_from(bytes.div_ceil(UNIT).min(self.part)).unwrap_or(u32::MAX)
    }

    fn part_of(&self, caller: Caller) -> Arc<Semaphore> {
        let mut parts = self.parts.lock();
        if let Some(part) = parts.get(&caller).and_then(Weak::upgrade) {
            return part;
        }
        parts.retain(|_, part| part.strong_count() > 0);
        let part = Arc::new(Semaphore::new(self.part));
        parts.insert(caller, Arc::downgrade(&part));
        part
    }

    /// How many permits are left.
    #[cfg(test)]
    pub fn left(&self) -> usize {
        self.all.available_permits()
    }
}

/// Waits, and presses every now and then. The place in the line is kept.
async fn pressing<T>(waiting: impl Future<Output = T>, press: impl Fn()) -> T {
    let mut waiting = pin!(waiting);
    loop {
        match tokio::time::timeout(PRESSED_EVERY, waiting.as_mut()).await {
            Ok(done) => return done,
            Err(_) => press(),
        }
    }
}

impl Room {
    /// Its bytes.
    pub fn bytes(&self) -> usize {
        self.all.num_permits() * UNIT
    }

    /// Both together; they are the same one's.
    pub fn add(&mut self, more: Self) {
        self.own.merge(more.own);
        self.all.merge(more.all);
    }

    /// Gives back what so many bytes do not take.
    #[must_use]
    pub fn of(mut self, bytes: usize) -> Self {
        let spare = self.all.num_permits().saturating_sub(bytes.div_ceil(UNIT));
        drop((self.own.split(spare), self.all.split(spare)));
        self
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::FutureExt;

    use super::*;

    fn network(n: u8) -> Caller {
        Caller::stranger(IpAddr::from([192, 0, 2, n]))
    }

    #[test]
    fn nobody_has_more_than_a_quarter() {
        let shared = Shared::new(400 * UNIT);
        let mut first = shared.try_take(network(1), 60 * UNIT).unwrap();
        assert!(shared.try_take(network(1), 41 * UNIT).is_none() && shared.left() == 340);
        first.add(shared.try_take(network(1), 40 * UNIT).unwrap());
        assert_eq!((first.bytes(), shared.left()), (100 * UNIT, 300));
        let others: Vec<_> = (2..5).map(|n| shared.try_take(network(n), 1 << 30).unwrap()).collect();
        assert!(shared.try_take(network(9), UNIT).is_none() && shared.left() == 0, "as much as one may have");
        assert_eq!(first.of(50 * UNIT).bytes() / UNIT + shared.left(), 100);
        drop(others);
        assert_eq!(shared.left(), 400);
    }

    #[actix_web::test]
    async fn whoever_waits_for_their_own_part_holds_up_nobody() {
        let shared = Shared::new(400 * UNIT);
        let held = shared.take(network(1), 100 * UNIT, |_| {}).await;
        let mut waiting = Box::pin(shared.take(network(1), 90 * UNIT, |_| {}));
        assert!((&mut waiting).now_or_never().is_none());
        assert!(shared.take(network(2), 100 * UNIT, |_| {}).now_or_never().is_some_and(|room| room.is_some()));
        drop(held);
        assert!(waiting.await.is_some());
    }

    #[actix_web::test]
    async fn whoever_waits_presses_those_in_whose_room_they_stand() {
        let shared = Shared::new(400 * UNIT);
        let held = Mutex::new(vec![shared.try_take(network(1), 100 * UNIT)]);
        let free = |own: bool| {
            assert!(own);
            held.lock().clear();
        };
        assert!(shared.take(network(1), UNIT, free).await.is_some());
        let others: Vec<_> = (2..6).map(|n| shared.try_take(network(n), 1 << 30)).collect();
        let held = Mutex::new(others);
        let free = |own: bool| {
            assert!(!own, "the room is anybody's");
            held.lock().clear();
        };
        assert!(shared.take(network(1), UNIT, free).await.is_some());
    }

    #[actix_web::test]
    async fn nobody_has_more_than_half_of_the_turns() {
        let turns = Shared::turns(4);
        let held = [turns.turn(network(1)).await, turns.turn(network(1)).await];
        let mut third = Box::pin(turns.turn(network(1)));
        assert!((&mut third).now_or_never().is_none());
        assert!(turns.turn(network(2)).now_or_never().is_some_and(|turn| turn.is_some()));
        drop(held);
        assert!(third.await.is_some());
        assert!(Shared::turns(1).turn(network(1)).now_or_never().is_some_and(|turn| turn.is_some()));
    }

    #[test]
    fn whoever_has_none_any_more_is_forgotten() {
        let shared = Shared::new(400 * UNIT);
        for n in 0..100 {
            drop(shared.try_take(network(n), UNIT));
        }
        assert_eq!(shared.parts.lock().len(), 1);
    }
}
