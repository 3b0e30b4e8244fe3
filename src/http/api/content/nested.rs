//! The list of entries that stand below each other: those at the top, each with all that is below it.

use actix_web::HttpResponse;
use serde_json::json;

use crate::{
    domain::{Result, content::Kind},
    http::{
        api::wire::Meta,
        base::{bearer::call::ApiCall, reply::raw, response_cache::CachedResponse},
    },
    service::content::place::nested,
    store::Tx,
};

use super::{
    entry_json::write_branches,
    params::{LOCALE, locale},
    remembered::{answer, in_language},
};

/// What is not seen from the shape of the answer.
pub(super) const ABOUT: &str = "Pages are of those at the top, and each holds all that is below it as `children`. A search or a filter finds \
    them wherever they stand; what is below one that was found is not told again. What is below something in the trash is shown where that stood.";

pub(super) async fn list(call: ApiCall, kind: &'static Kind) -> Result<HttpResponse> {
    let listing = call.listing(&kind.listing, LOCALE)?;
    let locale = locale(&call)?;
    let (store, caller) = (call.state().store.clone(), call.clone());
    let look = move |tx: &mut Tx<'_>| {
        answer(&caller, tx, kind, |tx, actor| {
            let (page, language) = nested::list(tx, actor, caller.app()?, kind, &listing, locale.as_deref())?;
            let mut body = String::from("{\"data\":");
            write_branches(&mut body, &page.items, listing.lite);
            body.push_str(",\"meta\":");
            body.push_str(&json!(Meta::of(&page)).to_string());
            body.push('}');
            Ok(Some(CachedResponse { tag: None, language, body: body.into() }))
        })
    };
    let found = call.reading(move || store.read_now(look)).await?;
    let found = found.ok_or_else(|| crate::domain::Error::Internal("a list was not told".into()))?;
    Ok(in_language(raw(200, found.body), found.language.as_deref()))
}
