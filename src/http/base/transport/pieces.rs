//! Long answers, made while they are read.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    body::{BodyStream, BoxBody, SizedStream},
    http::header,
    web::Bytes,
};
use futures_util::stream::{self, Stream};

use crate::{
    domain::{Error, Result},
    http::base::state::State,
};

use super::{
    outgoing::{Holder, PIECE_MAX},
    room::Caller,
};

/// A body of which the next piece is made when the client has read the one before, off the workers. One that fails ends the
/// connection, so that nobody takes the beginning for the whole.
pub fn pieces(state: Arc<State>, caller: Caller, next: impl FnMut() -> Result<Option<String>> + Send + 'static) -> BoxBody {
    BoxBody::new(BodyStream::new(streamed(state, caller, next)))
}

/// The same behind a first piece, which is made before anything is answered, so that a refusal is one.
pub fn pieces_after(
    first: String,
    state: Arc<State>,
    caller: Caller,
    mut next: impl FnMut() -> Result<Option<String>> + Send + 'static,
) -> BoxBody {
    let mut first = Some(first);
    pieces(state, caller, move || first.take().map_or_else(&mut next, |first| Ok(Some(first))))
}

/// A long answer that whoever asks for it keeps as a file of this name.
pub fn attachment(media: &str, filename: &str, caller: Caller, body: BoxBody) -> HttpResponse {
    let named = format!("attachment; filename=\"{filename}\"");
    let mut answer = HttpResponse::Ok().content_type(media).insert_header((header::CONTENT_DISPOSITION, named)).body(body);
    answer.extensions_mut().insert(Holder(caller));
    answer
}

/// The same of so many bytes, which its reader is told before.
pub fn sized_pieces(
    bytes: u64,
    state: Arc<State>,
    caller: Caller,
    next: impl FnMut() -> Result<Option<Vec<u8>>> + Send + 'static,
) -> BoxBody {
    BoxBody::new(SizedStream::new(bytes, streamed(state, caller, next)))
}

fn streamed<P: Into<Vec<u8>> + Send + 'static>(
    state: Arc<State>,
    caller: Caller,
    next: impl FnMut() -> Result<Option<P>> + Send + 'static,
) -> impl Stream<Item = Result<Bytes>> + 'static {
    Box::pin(stream::try_unfold((state, next), move |(state, mut next)| async move {
        let room = state.outgoing.room(caller, PIECE_MAX).await?;
        let (piece, next) =
            state.reading(caller, move || Ok((next()?, next))).await.inspect_err(|error| tracing::warn!(?error, "an answer was cut"))?;
        Ok::<_, Error>(piece.map(|piece| (room.piece(piece), (state, next))))
    }))
}
