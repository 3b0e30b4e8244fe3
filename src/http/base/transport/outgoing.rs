//! Answers on their way out: those that are long have a bound together, and those to one reader another.
//!
//! A short answer is sent as it is. A long one takes room until its client has read it. What finds none waits without being in
//! memory: an answer is let go and made again, a piece of one is not made before there is room. Where somebody waits, clients
//! that do not read are closed sooner.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    HttpResponse,
    body::{BodySize, BodyStream, BoxBody, MessageBody},
    web::Bytes,
};
use futures_util::stream;

use crate::domain::{Error, Result};

use super::{
    connections::Connections,
    room::{self, Caller, Shared},
};

/// From so many bytes on an answer goes out in pieces, where it can.
pub const PIECE: usize = 256 * 1024;
/// Most bytes of a piece, whose last entry may be a long one; and of an entry.
pub const PIECE_MAX: usize = 2 * 1024 * 1024;
/// Most bytes of an answer that takes no room: about what is kept for each connection anyway.
pub const SHORT: u64 = 64 * 1024;
/// How long an answer waits for room.
const PATIENCE: Duration = Duration::from_secs(30);

/// The room for long answers in memory.
///
/// Callers who are known have room of their own, so that strangers cannot take it from them.
pub struct Outgoing {
    known: Shared,
    strangers: Shared,
    connections: Arc<Connections>,
}

/// In an answer whose bytes are in memory anyway, such as a document that is kept: it takes no room.
#[derive(Debug, Clone, Copy)]
pub struct InMemory;

/// In an answer that takes room: whose that is.
#[derive(Debug, Clone, Copy)]
pub struct Holder(pub Caller);

/// Some of it, which is free again when dropped.
pub struct Room(room::Room);

/// Something with its room.
struct HeldRoom<T>(#[expect(dead_code, reason = "held until dropped")] Room, T);

impl AsRef<[u8]> for HeldRoom<Vec<u8>> {
    fn as_ref(&self) -> &[u8] {
        &self.1
    }
}

impl MessageBody for HeldRoom<BoxBody> {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.1.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<std::result::Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.1).poll_next(context)
    }
}

impl Room {
    /// A piece, in as much of this room as it takes until it is read.
    pub fn piece(self, piece: impl Into<Vec<u8>>) -> Bytes {
        let piece = piece.into();
        Bytes::from_owner(HeldRoom(Self(self.0.of(piece.capacity())), piece))
    }

    /// The answer, in this room until it is read.
    #[must_use]
    pub fn hold(self, answer: HttpResponse) -> HttpResponse {
        match answer.body().size() {
            BodySize::Sized(size) if size > SHORT => {
                let room = Self(self.0.of(usize::try_from(size).unwrap_or(usize::MAX)));
                answer.map_body(|_, body| BoxBody::new(HeldRoom(room, body)))
            }
            _ => answer,
        }
    }
}

impl Outgoing {
    /// Room for so many bytes of known callers' answers on these connections, and for a quarter of that of strangers'.
    pub fn new(bytes: usize, connections: Arc<Connections>) -> Self {
        Self { known: Shared::new(bytes), strangers: Shared::new(bytes / 4), connections }
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.connections.count()
    }

    const fn of(&self, caller: Caller) -> &Shared {
        match caller {
            Caller::User(_) => &self.known,
            Caller::Network(_) => &self.strangers,
        }
    }

    /// Room for so many bytes; or for as many as one may have.
    ///
    /// # Errors
    /// Busy, when there was none for a while.
    pub async fn room(&self, caller: Caller, bytes: usize) -> Result<Room> {
        let found = tokio::time::timeout(PATIENCE, self.of(caller).take(caller, bytes, |own| self.press(caller, own))).await;
        found.ok().flatten().map(Room).ok_or_else(|| Error::Busy("too many long answers are on their way".into()))
    }

    /// Presses whoever holds what this one waits for: their own answers, or those of anybody of their kind.
    fn press(&self, caller: Caller, own: bool) {
        self.connections.press(|holder| if own { holder == caller } else { holder.is_known() == caller.is_known() });
    }

    /// The answer of a read, which may run twice; `whose` is asked after it.
    ///
    /// # Errors
    /// Those of the read; Busy, when there was no room for a while.
    pub async fn answer<F>(&self, read: impl Fn() -> F, caller: impl Fn() -> Caller) -> Result<HttpResponse>
    where
        F: Future<Output = Result<HttpResponse>>,
    {
        let mut answer = read().await?;
        // What is made in pieces takes room for each of them, also where its length is told before.
        if answer.extensions().get::<InMemory>().is_some() || answer.extensions().get::<Holder>().is_some() {
            return Ok(answer);
        }
        let size = match answer.body().size() {
            BodySize::Sized(size) if size > SHORT => usize::try_from(size).unwrap_or(usize::MAX),
            BodySize::Stream => {
                answer.extensions_mut().insert(Holder(caller()));
                return Ok(answer);
            }
            _ => return Ok(answer),
        };
        let caller = caller();
        answer = if let Some(room) = self.of(caller).try_take(caller, size) {
            Room(room).hold(answer)
        } else {
            drop(answer);
            let room = self.room(caller, size).await?;
            room.hold(read().await?)
        };
        answer.extensions_mut().insert(Holder(caller));
        Ok(answer)
    }
}

/// The body of an answer to HEAD: none, where that to GET is of unknown length.
pub fn headless(body: BoxBody) -> BoxBody {
    match body.size() {
        BodySize::Stream => BoxBody::new(BodyStream::new(stream::empty::<Result<Bytes>>())),
        _ => body,
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, pin::pin};

    use futures_util::FutureExt;

    use super::{room::UNIT, *};
    use crate::http::base::{client::Proxies, transport::limits::Limits};

    fn outgoing(bytes: usize) -> Outgoing {
        Outgoing::new(bytes, Connections::new(Limits::default(), Arc::new(|| Duration::ZERO), Proxies::default()))
    }

    fn caller() -> Caller {
        Caller::stranger([192, 0, 2, 1].into())
    }

    fn run(test: impl Future) {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(test);
    }

    #[test]
    fn a_long_answer_waits_for_room_without_being_in_memory() {
        run(async {
            let (all, made) = (outgoing(4 * 2048 * UNIT), Cell::new(0));
            let read = || async {
                made.set(made.get() + 1);
                Ok(HttpResponse::Ok().body(vec![0; 300 * UNIT]))
            };
            let first = all.answer(read, caller).await.unwrap();
            assert_eq!((made.get(), all.strangers.left()), (1, 1748));
            let mut second = pin!(all.answer(read, caller));
            assert!(std::future::poll_fn(|context| Poll::Ready(second.as_mut().poll(context).is_pending())).await);
            let short = all.answer(|| async { Ok(HttpResponse::Ok().body("short")) }, caller).await;
            assert!(short.is_ok(), "short ones need no room");
            assert_eq!(made.get(), 2, "it was made, and let go");
            drop(first);
            let second = second.await.unwrap();
            assert_eq!((made.get(), all.strangers.left()), (3, 1748));
            drop(second);
            assert_eq!(all.strangers.left(), 2048);
        });
    }

    #[test]
    fn strangers_take_no_room_of_known_callers_and_what_is_kept_takes_none() {
        run(async {
            let (all, known) = (outgoing(4 * 2048 * UNIT), || Caller::User("01a21c50-a008-77e9-8dee-32fab9576b63".parse().unwrap()));
            let strangers: Vec<_> = (1..9).map(|n| all.strangers.try_take(Caller::stranger([192, 0, 2, n].into()), 1 << 30)).collect();
            assert!(all.strangers.left() == 0 && strangers[8 - 1].is_none());
            let long = || async { Ok(HttpResponse::Ok().body(vec![0; 300 * UNIT])) };
            let answer = pin!(all.answer(long, known)).now_or_never().unwrap().unwrap();
            assert_eq!((answer.body().size(), all.known.left()), (BodySize::Sized(300 * 1024), 4 * 2048 - 300));
            let kept = || async {
                let mut answer = HttpResponse::Ok().body(vec![0; 300 * UNIT]);
                answer.extensions_mut().insert(InMemory);
                Ok(answer)
            };
            assert!(pin!(all.answer(kept, caller)).now_or_never().unwrap().is_ok(), "though strangers have no room left");
        });
    }

    #[test]
    fn room_is_no_larger_than_what_is_held_in_it() {
        run(async {
            let all = outgoing(4 * 16384 * UNIT);
            let answer = all.room(caller(), PIECE_MAX).await.unwrap().hold(HttpResponse::Ok().body(vec![0; 100 * UNIT]));
            assert_eq!(all.strangers.left(), 16284);
            drop(answer);
            drop(all.room(caller(), 1 << 30).await.unwrap());
            assert_eq!(all.strangers.left(), 16384, "more than all is all");
        });
    }

    #[test]
    fn head_has_no_body_of_unknown_length() {
        let body = BoxBody::new(BodyStream::new(stream::repeat_with(|| Ok::<_, Error>(Bytes::from_static(b"x")))));
        run(async {
            let mut body = headless(body);
            let next = std::future::poll_fn(|context| Pin::new(&mut body).poll_next(context)).await;
            assert!(next.is_none() && body.size() == BodySize::Stream);
        });
    }
}
