//! Answers of content from memory, and in which language they are.

use std::sync::Arc;

use actix_web::{HttpResponse, http::header};

use crate::{
    domain::{Result, access::Actor, content::Kind, text},
    http::{
        api::{call::ApiCall, query::Param},
        base::response_cache::CachedResponse,
    },
    service::content::entry,
    store::Tx,
};

/// The language in which texts are asked for, or written.
pub(super) const LOCALE: &[Param] = &[Param {
    name: "locale",
    help: "Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored.",
    schema: r#"{"type": "string", "maxLength": 35, "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}"#,
    required: false,
}];

/// An answer from memory, if nothing was committed since it was made; the caller must be let in either way.
pub(super) fn answer(
    call: &ApiCall,
    tx: &mut Tx<'_>,
    kind: &'static Kind,
    make: impl FnOnce(&mut Tx<'_>, &Arc<Actor>) -> Result<Option<CachedResponse>>,
) -> Result<Option<CachedResponse>> {
    let actor = call.actor(tx)?;
    entry::enter_read(tx, &actor, call.app()?, kind)?;
    call.state().response_cache.get(tx.commits(), call.target(), || make(tx, &actor))
}

pub(super) fn locale(call: &ApiCall) -> Result<Option<String>> {
    Ok(call.query("locale").map(|tag| text::locale("locale", tag)).transpose()?)
}

/// The answer says in which language it is, if in one.
pub(super) fn spoken(mut answer: HttpResponse, language: Option<&str>) -> HttpResponse {
    if let Some(tag) = language.and_then(|tag| header::HeaderValue::from_str(tag).ok()) {
        answer.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
    }
    answer
}
