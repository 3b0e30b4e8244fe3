//! Answers of content from memory, and in which language they are.

use std::sync::Arc;

use actix_web::{HttpResponse, http::header};

use crate::{
    domain::{Result, access::Actor, content::Kind},
    http::base::{bearer::call::ApiCall, response_cache::CachedResponse},
    service::content::entry,
    store::Tx,
};

/// An answer from memory, if nothing was committed since it was made; the caller must be let in either way.
pub(super) fn answer(
    call: &ApiCall,
    tx: &mut Tx<'_>,
    kind: &'static Kind,
    make: impl FnOnce(&mut Tx<'_>, &Arc<Actor>) -> Result<Option<CachedResponse>>,
) -> Result<Option<CachedResponse>> {
    let actor = call.actor(tx)?;
    entry::authorize_read(tx, &actor, call.app()?, kind)?;
    call.state().response_cache.get(tx.commits(), call.target(), || make(tx, &actor))
}

/// The answer says in which language it is, if in one.
pub(super) fn in_language(mut answer: HttpResponse, language: Option<&str>) -> HttpResponse {
    if let Some(tag) = language.and_then(|tag| header::HeaderValue::from_str(tag).ok()) {
        answer.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
    }
    answer
}
