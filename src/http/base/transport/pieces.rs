//! Long answers, made while they are read.

use std::sync::Arc;

use actix_web::body::{BodyStream, BoxBody};
use futures_util::stream;

use crate::{
    domain::{Error, Result},
    http::base::state::State,
};

use super::{outgoing::PIECE_MAX, room::Caller};

/// A body of which the next piece is made when the client has read the one before, off the workers. One that fails ends the
/// connection, so that nobody takes the beginning for the whole.
pub fn pieces(state: Arc<State>, caller: Caller, next: impl FnMut() -> Result<Option<String>> + Send + 'static) -> BoxBody {
    let pieces = stream::try_unfold((state, next), move |(state, mut next)| async move {
        let room = state.outgoing.room(caller, PIECE_MAX).await?;
        let (piece, next) =
            state.reading(caller, move || Ok((next()?, next))).await.inspect_err(|error| tracing::warn!(?error, "an answer was cut"))?;
        Ok::<_, Error>(piece.map(|piece| (room.piece(piece), (state, next))))
    });
    BoxBody::new(BodyStream::new(pieces))
}
