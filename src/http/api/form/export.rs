//! What was sent to a form as a file: its route.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use serde_json::json;

use crate::{
    domain::{
        Error, Result,
        content::{Kind, Kinds},
        error::Fault,
        form::submission::Mark,
        id::EntryId,
    },
    http::{
        api::{
            form::exported::{self, Format},
            query::Param,
            route::{Route, custom, group},
            schema::{Components, Schema},
        },
        base::{bearer::call::ApiCall, transport::media::Transport},
    },
    service::form::export::{self, ExportFilter},
};

const PARAMS: &[Param] = &[
    Param {
        name: "format",
        help: "How the file is written: `csv` when left out.",
        schema: r#"{"type": "string", "enum": ["csv", "xlsx", "jsonl"]}"#,
        required: false,
    },
    Param {
        name: "separator",
        help: "What parts the cells of CSV: `comma` when left out.",
        schema: r#"{"type": "string", "enum": ["comma", "semicolon"]}"#,
        required: false,
    },
    Param {
        name: "mark",
        help: "Only those with this mark.",
        schema: r#"{"type": "string", "enum": ["unread", "read", "spam"]}"#,
        required: false,
    },
    Param {
        name: "search",
        help: "Only those that are found by these words: the newest 2,000.",
        schema: r#"{"type": "string", "minLength": 1, "maxLength": 200}"#,
        required: false,
    },
];

/// Most characters of a search.
const SEARCH_MAX: usize = 200;

/// The routes of this file.
pub fn routes(kinds: Kinds) -> Vec<Route> {
    kinds.iter().filter(|kind| kind.is_form()).flat_map(|kind| group(kind.app_type.segment(), vec![of_kind(kind)])).collect()
}

fn of_kind(kind: &'static Kind) -> Route {
    let path = format!(
        "/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/{}/{{{}}}/submissions/export",
        kind.app_type.segment(),
        kind.segment,
        kind.id_name
    );
    let bytes: Schema = Arc::new(|_: &mut Components| json!({ "type": "string", "format": "binary" }));
    custom(Method::POST, "export_form_submissions", &path, "What was sent to a form as a file, newest first", bytes, move |call| {
        answer(call, kind)
    })
    .travels(Transport::Json, Transport::Bytes)
    .params(PARAMS)
    .about(
        "CSV begins with a byte order mark; a text in it that a spreadsheet would take for a formula gets a quote in front. Columns are the fields \
         that the form has, and those of older answers. A key needs the option `submissions`.",
    )
}

fn export_filter(call: &ApiCall) -> Result<ExportFilter> {
    let mark = call.query("mark").map(|word| {
        Mark::from_word(word).ok_or_else(|| Error::from(Fault::new("mark", "malformed", "mark must be unread, read or spam.")))
    });
    let search = call.query("search").map(str::to_owned);
    if search.as_ref().is_some_and(|text| text.is_empty() || text.chars().count() > SEARCH_MAX) {
        return Err(Fault::new("search", "too_long", format!("search must have 1 to {SEARCH_MAX} characters.")).into());
    }
    Ok(ExportFilter { mark: mark.transpose()?, since: None, search })
}

async fn answer(call: ApiCall, kind: &'static Kind) -> Result<HttpResponse> {
    call.only(PARAMS)?;
    let format = Format::of(call.query("format").unwrap_or_default(), call.query("separator").unwrap_or_default())?;
    let form: EntryId = call.param(kind.id_name).parse().map_err(|_| Error::NotFound(kind.noun))?;
    let (wanted, at, state) = (export_filter(&call)?, call.app()?, call.state().clone());
    let (began, asking) = (state.store.now(), call.clone());
    let begun = state.store.write(move |tx| {
        let actor = asking.actor(tx)?;
        export::begin(tx, &actor, at, (kind, form), &wanted)
    });
    let (begun, caller) = (begun.await?, call.caller());
    let who = Arc::new(move |tx: &mut crate::store::Tx<'_>| call.actor_since(tx, began));
    exported::answer((state, caller), who, begun, (format, Transport::Bytes.media_type())).await
}
