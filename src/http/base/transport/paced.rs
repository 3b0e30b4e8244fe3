//! The body of an answer, handed over in pieces, so that each tells that the client has read what was before it.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use actix_web::{
    body::{BodySize, BoxBody, MessageBody},
    web::Bytes,
};

use super::connections::Connection;

/// Bytes of an answer that are handed over at once.
const PIECE: usize = 32 * 1024;

/// An answer's body that is handed over in pieces, so that each tells that the client has read what was before it.
pub struct Paced {
    body: BoxBody,
    rest: Bytes,
    connection: Arc<Connection>,
}

impl Paced {
    /// The body of an answer on this connection.
    pub fn body(body: BoxBody, connection: Arc<Connection>) -> BoxBody {
        connection.end_answer();
        match body.size() {
            BodySize::None => body,
            BodySize::Sized(size) if size <= PIECE as u64 => body,
            _ => BoxBody::new(Self { body, rest: Bytes::new(), connection }),
        }
    }
}

impl MessageBody for Paced {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.rest.is_empty() {
            let found = Pin::new(&mut self.body).poll_next(context);
            if found.is_pending() {
                // The next piece is still being made.
                self.connection.works();
            }
            match ready!(found) {
                Some(Ok(piece)) => self.rest = piece,
                other => {
                    self.connection.end_answer();
                    return Poll::Ready(other);
                }
            }
        }
        let length = self.rest.len().min(PIECE);
        self.connection.credit_taken(length);
        Poll::Ready(Some(Ok(self.rest.split_to(length))))
    }
}
