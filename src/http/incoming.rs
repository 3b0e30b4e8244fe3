//! Bodies on their way in: bounded each, and bounded together. Callers who are known have room of their own, so that strangers
//! cannot take it from them.

use std::sync::Arc;

use actix_web::{HttpRequest, http::header, web};
use futures_util::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::{Error, Result, error::Fault};

use super::connections::Link;

/// Bytes by which the room for a body grows.
const STEP: usize = 64 * 1024;
/// Bytes of one permit.
const UNIT: usize = 1024;

/// The room for bodies in memory.
pub struct Incoming {
    known: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
}

/// A body with its room, which is free again when nobody has the body any more.
struct Held {
    bytes: Vec<u8>,
    room: Option<OwnedSemaphorePermit>,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Held {
    /// Makes room for so many bytes more.
    fn grow(&mut self, more: usize, limit: usize, from: &Arc<Semaphore>) -> Result<()> {
        let wanted = self.bytes.len() + more;
        if wanted <= self.bytes.capacity() {
            return Ok(());
        }
        let capacity = if wanted <= STEP / 8 { wanted } else { wanted.next_multiple_of(STEP).min(limit) };
        let units = capacity.div_ceil(UNIT) - self.room.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let permit = from.clone().try_acquire_many_owned(u32::try_from(units).unwrap_or(u32::MAX));
        let permit = permit.map_err(|_| Error::Busy("too many bodies are on their way in".into()))?;
        match &mut self.room {
            Some(room) => room.merge(permit),
            None => self.room = Some(permit),
        }
        self.bytes.reserve_exact(capacity - self.bytes.len());
        Ok(())
    }
}

impl Incoming {
    /// Room for so many bytes of known callers, and for as many of strangers.
    pub fn new(bytes: usize) -> Self {
        let room = || Arc::new(Semaphore::new(bytes / UNIT));
        Self { known: room(), strangers: room() }
    }

    /// Reads a payload up to a limit.
    ///
    /// # Errors
    /// Too large; invalid, when the client broke off; Busy, when there is no room.
    pub async fn collect(&self, request: &HttpRequest, mut payload: web::Payload, limit: usize, known: bool) -> Result<web::Bytes> {
        let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if declared.is_some_and(|length| length > limit as u64) {
            return Err(Error::TooLarge(limit));
        }
        let link = request.conn_data::<Arc<Link>>();
        link.inspect(|link| link.waits());
        let from = if known { &self.known } else { &self.strangers };
        let mut held = Held { bytes: Vec::new(), room: None };
        let read = loop {
            match payload.next().await {
                None => break Ok(()),
                Some(Err(_)) => break Err(Fault::new("body", "incomplete", "The body ended early.").into()),
                Some(Ok(chunk)) if held.bytes.len() + chunk.len() > limit => break Err(Error::TooLarge(limit)),
                Some(Ok(chunk)) => {
                    if let Err(error) = held.grow(chunk.len(), limit, from) {
                        break Err(error);
                    }
                    held.bytes.extend_from_slice(&chunk);
                    link.inspect(|link| link.moved(chunk.len()));
                }
            }
        };
        link.inspect(|link| link.works());
        read.map(|()| if held.bytes.is_empty() { web::Bytes::new() } else { web::Bytes::from_owner(held) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_taken_as_bytes_come_and_given_back_with_the_last_of_them() {
        let from = Arc::new(Semaphore::new(256));
        let mut held = Held { bytes: Vec::new(), room: None };
        held.grow(10, 1 << 20, &from).unwrap();
        assert_eq!(from.available_permits(), 255);
        held.bytes.extend_from_slice(&[0; 10]);
        held.grow(100 * 1024, 1 << 20, &from).unwrap();
        assert_eq!(from.available_permits(), 128);
        assert!(matches!(held.grow(260 * 1024, 1 << 20, &from), Err(Error::Busy(_))));
        let bytes = web::Bytes::from_owner(held);
        let copy = bytes.clone();
        drop(bytes);
        assert_eq!((from.available_permits(), copy.len()), (128, 10));
        drop(copy);
        assert_eq!(from.available_permits(), 256);
    }
}
