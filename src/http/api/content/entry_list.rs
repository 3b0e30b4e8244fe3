//! The list of entries. Where it is short it is one piece, and may be kept. A long one is written in pieces of bounded size, each
//! from a read of its own: which entries are on the page is decided once, and each is told as it is when its turn comes.

use std::sync::Arc;

use actix_web::HttpResponse;
use serde_json::json;

use crate::{
    domain::{Result, access::Actor, content::Kind, id::EntryId, page::Page, time::Instant},
    http::{
        api::{route::is_long, wire::Meta},
        base::{
            bearer::call::ApiCall,
            reply::raw,
            response_cache::CachedResponse,
            transport::{outgoing::PIECE, pieces::pieces},
        },
    },
    service::content::{entry::Localized, entry_list},
    store::Tx,
};

use super::{
    entry_json::{Around, write_entry},
    params::{LOCALE, locale},
    remembered::{answer, in_language},
};

/// What a list tells.
struct List {
    call: ApiCall,
    kind: &'static Kind,
    lite: bool,
    locale: Option<String>,
    page: Page<EntryId>,
}

/// How far a list is told.
#[derive(Clone, Copy, Default)]
struct Progress {
    /// Entries that were gone through.
    entries: usize,
    /// Whether there was one among them.
    any: bool,
    /// Whether it is told to its end.
    all: bool,
}

impl List {
    /// The next piece, and how far it goes.
    fn piece(&self, tx: &mut Tx<'_>, actor: &Arc<Actor>, progress: Progress) -> Result<(String, Progress)> {
        let mut out = String::new();
        let Progress { entries, mut any, .. } = progress;
        if entries == 0 {
            out.push_str("{\"data\":[");
        }
        let ids = self.page.items.get(entries..).unwrap_or_default();
        let went = entry_list::each(tx, actor, self.call.app()?, self.kind, (ids, self.lite), self.locale.as_deref(), |entry, frame| {
            if any {
                out.push(',');
            }
            any = true;
            write_entry(&mut out, entry, self.lite, &Around::of(frame));
            out.len() < PIECE
        })?;
        let (entries, all) = (entries + went, went == ids.len());
        if all {
            out.push_str("],\"meta\":");
            out.push_str(&json!(Meta::of(&self.page)).to_string());
            out.push('}');
        }
        Ok((out, Progress { entries, any, all }))
    }

    /// The same in a read of its own, for a caller who was let in at `began` and still would be.
    fn next(&self, began: Instant, progress: &mut Progress) -> Result<Option<String>> {
        if progress.all {
            return Ok(None);
        }
        let (piece, now) = self.call.state().store.read_now(|tx| {
            let actor = self.call.actor_since(tx, began)?;
            self.piece(tx, &actor, *progress)
        })?;
        *progress = now;
        Ok(Some(piece))
    }
}

/// A list that was looked up.
enum Found {
    Short(CachedResponse),
    Long(List, Option<String>),
}

pub(super) async fn list(call: ApiCall, kind: &'static Kind) -> Result<HttpResponse> {
    let listing = call.listing(&kind.listing, LOCALE)?;
    let locale = locale(&call)?;
    let (state, began, caller) = (call.state().clone(), call.state().store.now(), call.clone());
    let long = is_long(&listing) || locale.is_some();
    let look = move |tx: &mut Tx<'_>| {
        let mut long = None;
        let short = answer(&call, tx, kind, |tx, actor| {
            let Localized { found: page, language, .. } = entry_list::list(tx, actor, call.app()?, kind, &listing, locale.as_deref())?;
            let list = List { call: call.clone(), kind, lite: listing.lite, locale: locale.clone(), page };
            let (body, progress) = list.piece(tx, actor, Progress::default())?;
            if progress.all {
                return Ok(Some(CachedResponse { tag: None, language, body: body.into() }));
            }
            long = Some(Found::Long(list, language));
            Ok(None)
        })?;
        short.map(Found::Short).or(long).ok_or_else(|| crate::domain::Error::Internal("a list was neither short nor long".into()))
    };
    let store = state.store.clone();
    let found = if long { caller.reading(move || store.read_now(look)).await? } else { store.read(look).await? };
    Ok(match found {
        Found::Short(found) => in_language(raw(200, found.body), found.language.as_deref()),
        Found::Long(list, language) => {
            let mut progress = Progress::default();
            let body = pieces(state, caller.caller(), move || list.next(began, &mut progress));
            in_language(raw(200, "").map_body(|_, _| body), language.as_deref())
        }
    })
}
