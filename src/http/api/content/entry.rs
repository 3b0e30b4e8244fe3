//! Entries: the same routes for every kind, made from the descriptors.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{Method, header},
};
use serde_json::{Map, Value, json};

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        content::{Draft, Entry, Kind, Kinds, Patch, render::tree::Rendered, schema},
        id::EntryId,
    },
    http::{
        api::{
            idempotency,
            query::Param,
            route::{Route, custom, delete, group},
            schema::{Components, Schema, component},
        },
        base::{
            bearer::call::ApiCall,
            body,
            document::fingerprint,
            reply::raw,
            response_cache::CachedResponse,
            transport::outgoing::{PIECE, Room},
        },
    },
    service::content::{
        checked::{self, Checked, Parse},
        entry::{self, Localized},
        render, trash,
    },
    store::Tx,
};

use super::{
    entry_json::{Around, write_entry},
    entry_list, nested,
    params::{LOCALE, as_html, locale, render_param},
    remembered::{answer, in_language},
};

/// Bytes of a body that is checked on the worker: the way off it would take as long.
const SHORT: usize = 16 * 1024;

const RENDER: Param =
    render_param("`html` adds the content as `html`, in the language or the project's default one, and its headings as `toc`.");

const READ: &[Param] = &[LOCALE[0], RENDER];
const READ_SINGLE: &[Param] = &[LOCALE[0], RENDER, DRAFT];
const WRITE_SINGLE: &[Param] = &[LOCALE[0], DRAFT];

/// What an entry of which there is one besides takes in its address.
const DRAFT: Param = Param {
    name: "draftId",
    help: "A draft of it. There are none yet, so whatever is named is not found.",
    schema: r#"{"type": "string", "maxLength": 64}"#,
    required: false,
};

/// The routes of this file.
pub fn routes(kinds: Kinds) -> Vec<Route> {
    kinds.iter().flat_map(|kind| group(kind.app_type.segment(), of_kind(kind))).collect()
}

fn of_kind(kind: &'static Kind) -> Vec<Route> {
    let all =
        format!("/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/{}", kind.app_type.segment(), kind.segment);
    let one = if kind.is_single() { all.clone() } else { format!("{all}/{{{}}}", kind.id_name) };
    let (entry, noun) = (entry_schema(kind), kind.noun);
    let gate = move |call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>| entry::authorize_write(tx, actor, call.app()?, kind);
    let read = move |call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>| entry::authorize_read(tx, actor, call.app()?, kind);
    let mut routes = Vec::new();
    if let Some(id) = kind.operations.list {
        let page: Schema = {
            let entry = entry.clone();
            Arc::new(move |components: &mut Components| {
                let item = entry(components);
                components.list_of(&item)
            })
        };
        routes.push(if kind.is_nested() {
            let list = custom(Method::GET, id, &all, format!("The tree of {} of an app, in order", kind.segment), page, move |call| {
                nested::list(call, kind)
            });
            list.listing(&kind.listing).params(LOCALE).about(nested::ABOUT).gate(read)
        } else {
            let list = custom(Method::GET, id, &all, format!("The {noun}s of an app, newest first"), page, move |call| {
                entry_list::list(call, kind)
            });
            list.listing(&kind.listing).params(LOCALE).gate(read)
        });
    }
    if let Some(id) = kind.operations.create {
        let new = component_of(kind, "New", schema::schema_new);
        let create = custom(Method::POST, id, &all, format!("Make a {noun}"), entry.clone(), move |call| create(call, kind));
        routes.push(create.status(201).body(new).params(LOCALE).repeatable(true).gate(gate));
    }
    if let Some(id) = kind.operations.get {
        let get = custom(Method::GET, id, &one, format!("A {noun}"), entry.clone(), move |call| get(call, kind));
        routes.push(get.params(of_read(kind)).versioned().gate(read));
    }
    if let Some(id) = kind.operations.update {
        let patch = component_of(kind, "Meta", schema::schema_patch);
        let update =
            custom(Method::PATCH, id, &one, format!("Change a {noun}: all but content, status and visibility"), entry, move |call| {
                update(call, kind)
            });
        routes.push(update.body(patch).body_optional(true).params(of_write(kind)).versioned().gate(gate));
    }
    if let Some(id) = kind.operations.delete {
        let gone = delete(id, &one, format!("Move a {noun} to the trash"), move |call, tx, actor| {
            let seen = expected_version(call, tx, actor, kind)?;
            let target = (kind, id_of(call, tx, actor, kind)?);
            trash::delete(tx, actor, call.app()?, target, seen).map(drop)
        });
        routes.push(gone.versioned());
    }
    routes
}

/// What a read of one takes in its address.
fn of_read(kind: &Kind) -> &'static [Param] {
    match (kind.has_tree(), kind.is_single()) {
        (true, true) => READ_SINGLE,
        (true, false) => READ,
        (false, true) => WRITE_SINGLE,
        (false, false) => LOCALE,
    }
}

/// What a write of one does.
fn of_write(kind: &Kind) -> &'static [Param] {
    if kind.is_single() { WRITE_SINGLE } else { LOCALE }
}

/// The entry of the path, or the only one of its kind.
fn id_of(call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>, kind: &'static Kind) -> Result<EntryId> {
    if kind.is_single() {
        return match call.query(DRAFT.name) {
            Some(_) => Err(Error::NotFound("draft")),
            None => entry::singleton_id(tx, actor, call.app()?, kind),
        };
    }
    call.param(kind.id_name).parse().map_err(|_| Error::NotFound(kind.noun))
}

pub(in crate::http::api) fn entry_schema(kind: &'static Kind) -> Schema {
    component(kind.shape, move || schema::schema_entry(kind))
}

fn component_of(kind: &'static Kind, suffix: &'static str, make: fn(&Kind) -> Value) -> Schema {
    let name = format!("{}{suffix}", kind.shape);
    Arc::new(move |components: &mut Components| components.refer(&name, &|| make(kind)))
}

/// The version that a change must find, where `If-Match` names one.
///
/// # Errors
/// Stale, where the tag is not that of the entry as it is; not found.
pub fn expected_version(call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>, kind: &'static Kind) -> Result<Option<i64>> {
    call.if_match(|| {
        let id = id_of(call, tx, actor, kind)?;
        Ok(entry::get(tx, actor, call.app()?, kind, id, None)?.found.version)
    })
}

fn rendered(of: &Localized<Entry>) -> String {
    let mut out = String::new();
    write_entry(&mut out, &of.found, false, &Around::of(&of.frame));
    out
}

/// The tag of an answer about an entry of this version, without quotes.
fn tag_of(version: i64, answer: &str) -> String {
    format!("{version}-{}", fingerprint(answer.as_bytes()))
}

fn tagged(mut answer: HttpResponse, tag: &str) -> HttpResponse {
    if let Ok(tag) = header::HeaderValue::from_str(&format!("\"{tag}\"")) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-cache"));
    answer
}

/// An entry that was written.
pub(in crate::http::api) fn write_response(status: u16, made: &Localized<Entry>) -> HttpResponse {
    let body = rendered(made);
    let tag = tag_of(made.found.version, &body);
    in_language(tagged(raw(status, body), &tag), made.language.as_deref())
}

async fn get(call: ApiCall, kind: &'static Kind) -> Result<HttpResponse> {
    call.only(of_read(kind))?;
    let locale = locale(&call)?;
    let as_html = as_html(&call)?;
    let caller = call.clone();
    let look = move |tx: &mut Tx<'_>| {
        answer(&caller, tx, kind, |tx, actor| {
            let (at, id) = (caller.app()?, id_of(&caller, tx, actor, kind)?);
            let (got, html) = if as_html {
                let (got, html) = render::get(tx, actor, at, (kind, id), (locale.as_deref(), &caller.state().public_url))?;
                (got, Some(html))
            } else {
                (entry::get(tx, actor, at, kind, id, locale.as_deref())?, None)
            };
            let mut body = rendered(&got);
            html.iter().for_each(|html| add_html(&mut body, html));
            let tag = Some(tag_of(got.found.version, &body));
            Ok(Some(CachedResponse { tag, language: got.language, body: body.into() }))
        })
    };
    let store = call.state().store.clone();
    let found = if as_html { call.reading(move || store.read_now(look)).await? } else { store.read(look).await? };
    let found = found.ok_or(Error::NotFound(kind.noun))?;
    let tag = found.tag.unwrap_or_default();
    let answer = if call.has(&tag) { HttpResponse::NotModified().finish() } else { raw(200, found.body) };
    Ok(in_language(tagged(answer, &tag), found.language.as_deref()))
}

/// Adds the content as HTML to an entry's JSON.
pub(super) fn add_html(body: &mut String, page: &Rendered) {
    let toc: Vec<_> = page.toc.iter().map(|it| json!({"level": it.level, "id": it.id, "text": it.text})).collect();
    body.truncate(body.len() - 1);
    body.push_str(&format!(",\"html\":{},\"toc\":{}}}", Value::from(page.html.as_str()), Value::from(toc)));
}

/// Room for what a write answers, taken before it: afterwards it is done, and its answer is in memory.
async fn room(call: &ApiCall, bytes: usize) -> Result<Option<Room>> {
    if bytes < PIECE / 8 { Ok(None) } else { call.state().outgoing.room(call.caller(), bytes + PIECE / 4).await.map(Some) }
}

fn with_room(room: Option<Room>, answer: HttpResponse) -> HttpResponse {
    match room {
        Some(room) => room.hold(answer),
        None => answer,
    }
}

/// How long an entry is, about.
fn size(call: &ApiCall, tx: &mut Tx<'_>, kind: &'static Kind) -> Result<usize> {
    let actor = call.actor(tx)?;
    let id = id_of(call, tx, &actor, kind)?;
    let entry = entry::get(tx, &actor, call.app()?, kind, id, None)?.found;
    Ok(entry.fields.len() + entry.content.len())
}

async fn create(call: ApiCall, kind: &'static Kind) -> Result<HttpResponse> {
    let mut draft = check_body(&call, (kind, Draft::parse)).await?;
    if call.idempotency_key()?.is_none() {
        // It need not wait for a turn in which it is refused. A repeat must: what was good is answered as before, though a date in it
        // has passed meanwhile.
        draft = Ok(draft?);
    }
    let work = move |call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>| {
        let draft = draft.as_ref().map_err(Error::clone)?;
        entry::create(tx, actor, call.app()?, draft)
    };
    let room = room(&call, call.body().len()).await?;
    let answer = idempotency::create(call, &[], work, |made| Ok(write_response(201, made))).await?;
    Ok(with_room(room, answer))
}

async fn update(call: ApiCall, kind: &'static Kind) -> Result<HttpResponse> {
    let patch = check_body(&call, (kind, Patch::parse)).await?;
    let state = call.state().clone();
    let caller = call.clone();
    let size = state.store.read(move |tx| size(&caller, tx, kind)).await.unwrap_or_default();
    let room = room(&call, size + call.body().len()).await?;
    let work = move |tx: &mut Tx<'_>| {
        let actor = call.actor(tx)?;
        let seen = expected_version(&call, tx, &actor, kind)?;
        let id = id_of(&call, tx, &actor, kind)?;
        entry::update(tx, &actor, call.app()?, id, patch.as_ref().map_err(Error::clone)?, seen)
    };
    let changed = state.store.write(work).await?;
    Ok(with_room(room, write_response(200, &changed)))
}

/// The body, checked before its turn among the writes. Inside is what is wrong with it.
async fn check_body<T: Send + 'static>(call: &ApiCall, kind: (&'static Kind, Parse<T>)) -> Result<Result<Checked<T>>> {
    call.only(of_write(kind.0))?;
    let locale = locale(call)?;
    let reading = call.clone();
    let check = move |tx: &mut Tx<'_>, body: &Map<String, Value>| {
        let actor = reading.actor(tx)?;
        checked::check(tx, &actor, reading.app()?, kind, body.clone(), locale.clone())
    };
    let store = call.state().store.clone();
    if call.body().len() < SHORT {
        let body = body::json(call.body())?;
        return Ok(store.read(move |tx| check(tx, &body)).await);
    }
    let sent = call.clone();
    let work = move || {
        let body = body::json(sent.body())?;
        Ok(store.read_now(|tx| check(tx, &body)))
    };
    call.reading(work).await
}
