//! Forms: switched on and off, and made once more.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        content::{Kind, Kinds},
        id::EntryId,
    },
    http::{
        api::{
            content::entry::{entry_schema, expected_version, write_response},
            idempotency,
            route::{Route, custom, group},
            schema::of,
        },
        base::{bearer::call::ApiCall, body},
    },
    service::{content::entry, form::form},
    store::Tx,
};

/// What a copy of a form is called.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FormDuplicate, example = json!({"name": "Contact in summer", "slug": "contact-in-summer"}))]
struct Duplicate {
    /// Its name.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: String,
    /// Its slug, unique in the app.
    #[schema(min_length = 1, max_length = 100, pattern = "{slug}")]
    pub slug: String,
}

/// The routes of this file.
pub fn routes(kinds: Kinds) -> Vec<Route> {
    kinds.iter().filter(|kind| kind.is_form()).flat_map(|kind| group(kind.app_type.segment(), of_kind(kind))).collect()
}

fn of_kind(kind: &'static Kind) -> Vec<Route> {
    let one = format!(
        "/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/{}/{{{}}}",
        kind.app_type.segment(),
        kind.segment,
        kind.id_name
    );
    let gate = move |call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>| entry::authorize_write(tx, actor, call.app()?, kind);
    let switch = |id, word: &str, summary: &str, to: bool| {
        let path = format!("{one}/{word}");
        custom(Method::POST, id, &path, summary.to_owned(), entry_schema(kind), move |call| set_active(call, kind, to))
            .versioned()
            .gate(gate)
    };
    let path = format!("{one}/duplicate");
    let copy =
        custom(Method::POST, "duplicate_form", &path, "Make a form that asks the same".to_owned(), entry_schema(kind), move |call| {
            duplicate(call, kind)
        });
    vec![
        switch("activate_form", "activate", "Let a form take what visitors send", true),
        switch("deactivate_form", "deactivate", "Let a form take nothing more", false),
        copy.status(201)
            .body(of::<Duplicate>())
            .repeatable(true)
            .gate(gate)
            .about("All languages, all settings and the ids of its blocks come along, what was sent to it does not."),
    ]
}

fn id_of(call: &ApiCall, kind: &Kind) -> Result<EntryId> {
    call.param(kind.id_name).parse().map_err(|_| Error::NotFound(kind.noun))
}

async fn set_active(call: ApiCall, kind: &'static Kind, is_active: bool) -> Result<HttpResponse> {
    call.only(&[])?;
    let state = call.state().clone();
    let work = move |tx: &mut Tx<'_>| {
        let actor = call.actor(tx)?;
        let seen = expected_version(&call, tx, &actor, kind)?;
        form::set_active(tx, &actor, call.app()?, (kind, id_of(&call, kind)?), is_active, seen)
    };
    Ok(write_response(200, &state.store.write(work).await?))
}

async fn duplicate(call: ApiCall, kind: &'static Kind) -> Result<HttpResponse> {
    call.only(&[])?;
    let wanted: Duplicate = body::json(call.body())?;
    let work = move |call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>| {
        form::duplicate(tx, actor, call.app()?, (kind, id_of(call, kind)?), (&wanted.name, Some(&wanted.slug)))
    };
    idempotency::create(call, &[], work, |made| Ok(write_response(201, made))).await
}
