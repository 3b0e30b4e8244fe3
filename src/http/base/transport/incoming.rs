//! Bodies on their way in: bounded each, bounded together, and those of one caller bounded together. Callers who are known have
//! room of their own, so that strangers cannot take it from them; so have short bodies, which need not wait until there is room
//! beside long ones that are slow.

use std::sync::Arc;

use actix_web::{HttpRequest, http::header, web};
use futures_util::StreamExt;

use crate::domain::{Error, Result, error::Fault};

use super::{
    connections::Connection,
    room::{Caller, Room, Shared},
};

/// Bytes by which the room for a long body grows.
const STEP: usize = 64 * 1024;
/// Most bytes of a short one.
const SHORT: usize = 8 * 1024;

/// The room for bodies in memory.
pub struct Incoming {
    known: Kind,
    strangers: Kind,
}

/// The room of one kind of callers.
struct Kind {
    short: Shared,
    long: Shared,
}

impl Kind {
    fn new(bytes: usize) -> Self {
        Self { short: Shared::new(bytes / 8), long: Shared::new(bytes) }
    }
}

/// A body with its room, which is free again when nobody has the body any more.
struct HeldBody {
    bytes: Vec<u8>,
    room: Option<Room>,
}

impl AsRef<[u8]> for HeldBody {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl HeldBody {
    /// Makes room for so many bytes more.
    fn grow(&mut self, more: usize, limit: usize, from: &Kind, caller: Caller) -> Result<()> {
        let (had, wanted) = (self.bytes.capacity(), self.bytes.len() + more);
        if wanted <= had {
            return Ok(());
        }
        let capacity = match wanted {
            0..=SHORT => wanted,
            _ if wanted <= STEP => wanted.next_power_of_two().min(limit),
            _ => wanted.next_multiple_of(STEP).min(limit),
        };
        let from = if wanted <= SHORT { &from.short } else { &from.long };
        // What became long leaves the room of the short ones.
        let kept = self.room.take_if(|_| wanted <= SHORT || had > SHORT);
        let bytes = kept.as_ref().map_or(0, Room::bytes);
        let mut room = match capacity.checked_sub(bytes).filter(|new| *new > 0) {
            None => None,
            Some(new) => Some(from.try_take(caller, new).ok_or_else(|| Error::Busy("too many bodies are on their way in".into()))?),
        };
        match (&mut room, kept) {
            (Some(room), Some(kept)) => room.add(kept),
            (None, kept) => room = kept,
            _ => {}
        }
        self.room = room;
        self.bytes.reserve_exact(capacity - self.bytes.len());
        Ok(())
    }
}

impl Incoming {
    /// Room for so many bytes of known callers, and for as many of strangers; an eighth of that besides for what is short.
    pub fn new(bytes: usize) -> Self {
        Self { known: Kind::new(bytes), strangers: Kind::new(bytes) }
    }

    /// Reads a payload up to a limit.
    ///
    /// # Errors
    /// Too large; invalid, when the client broke off; Busy, when there is no room.
    pub async fn collect(&self, request: &HttpRequest, mut payload: web::Payload, limit: usize, caller: Caller) -> Result<web::Bytes> {
        let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if declared.is_some_and(|length| length > limit as u64) {
            return Err(Error::TooLarge(limit));
        }
        let connection = request.conn_data::<Arc<Connection>>();
        connection.inspect(|connection| connection.waits());
        let from = match caller {
            Caller::User(_) => &self.known,
            Caller::Network(_) => &self.strangers,
        };
        let mut held = HeldBody { bytes: Vec::new(), room: None };
        let read = loop {
            match payload.next().await {
                None => break Ok(()),
                Some(Err(_)) => break Err(Fault::new("body", "incomplete", "The body ended early.").into()),
                Some(Ok(chunk)) if held.bytes.len() + chunk.len() > limit => break Err(Error::TooLarge(limit)),
                Some(Ok(chunk)) => {
                    if let Err(error) = held.grow(chunk.len(), limit, from, caller) {
                        break Err(error);
                    }
                    held.bytes.extend_from_slice(&chunk);
                    connection.inspect(|connection| connection.credit(chunk.len()));
                }
            }
        };
        connection.inspect(|connection| connection.works());
        read.map(|()| if held.bytes.is_empty() { web::Bytes::new() } else { web::Bytes::from_owner(held) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(n: u8) -> Caller {
        Caller::stranger([192, 0, 2, n].into())
    }

    #[test]
    fn room_is_taken_as_bytes_come_and_given_back_with_the_last_of_them() {
        let from = Kind::new(1024 * 1024);
        let mut held = HeldBody { bytes: Vec::new(), room: None };
        held.grow(10, 1 << 20, &from, caller(1)).unwrap();
        assert_eq!((from.short.left(), from.long.left()), (127, 1024));
        held.bytes.extend_from_slice(&[0; 10]);
        held.grow(20 * 1024, 1 << 20, &from, caller(1)).unwrap();
        assert_eq!((from.short.left(), from.long.left()), (128, 992));
        held.grow(100 * 1024, 1 << 20, &from, caller(1)).unwrap();
        assert_eq!((from.short.left(), from.long.left()), (128, 896));
        assert!(matches!(held.grow(260 * 1024, 1 << 20, &from, caller(1)), Err(Error::Busy(_))), "more than a quarter");
        assert!(from.long.try_take(caller(2), 1 << 18).is_some() && from.short.try_take(caller(1), 1).is_some());
    }

    #[test]
    fn a_body_has_its_room_as_long_as_anybody_has_it() {
        let from = Kind::new(1024 * 1024);
        let mut held = HeldBody { bytes: Vec::new(), room: None };
        held.grow(100 * 1024, 1 << 20, &from, caller(1)).unwrap();
        held.bytes.extend_from_slice(&[0; 10]);
        let bytes = web::Bytes::from_owner(held);
        let copy = bytes.clone();
        drop(bytes);
        assert_eq!((from.long.left(), copy.len()), (896, 10));
        drop(copy);
        assert_eq!(from.long.left(), 1024);
    }
}
