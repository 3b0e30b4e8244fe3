//! Files that answer a query.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        error::Faults,
        id::FileId,
        listing::PAGE_SIZE_MAX,
        search::Query,
        spec::{Field, Holds, Order, Spec},
    },
    http::{
        api::{
            query::Param,
            route::{Route, custom, group},
            schema::{Components, Schema},
            wire::Paged,
        },
        base::{bearer::call::ApiCall, reply::json},
    },
    service::file::search::{self, FileSearch, Find},
    store::Tx,
};

/// A file that was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileHit {
    file_id: FileId,
    filename: String,
    original_filename: String,
    mime_type: String,
    url: String,
    /// The share of the words that are there: 1 where all stand in its names.
    similarity: f64,
    /// A piece of the text that was found.
    matching_content: String,
}

impl FileHit {
    fn of(find: Find, public_url: &str) -> Self {
        let Find { file, similarity, snippet } = find;
        Self {
            file_id: file.id,
            url: file.url(public_url, false),
            filename: file.filename,
            original_filename: file.original_filename,
            mime_type: file.mime_type,
            similarity,
            matching_content: snippet,
        }
    }
}

/// Order and page of what is found.
static FOUND: Spec =
    Spec { fields: &[Field::sort("similarity", Holds::Int)], search: &[], order: Order { field: "similarity", descending: true } };

const PATH: &str = "/organizations/{organizationId}/projects/{projectId}/files/search";
const ASKED: &[Param] = &[
    Param { name: "query", help: "Words.", schema: r#"{"type": "string", "minLength": 1, "maxLength": 200}"#, required: true },
    Param {
        name: "mimeType",
        help: "Only files whose type begins so, such as image/.",
        schema: r#"{"type": "string", "maxLength": 200}"#,
        required: false,
    },
    Param {
        name: "filename",
        help: "Only files with this in their names.",
        schema: r#"{"type": "string", "maxLength": 200}"#,
        required: false,
    },
    Param {
        name: "similarity",
        help: "Only what answers as well as this, from 0 to 1.",
        schema: r#"{"type": "number", "minimum": 0, "maximum": 1}"#,
        required: false,
    },
    Param { name: "limit", help: "The same as pageSize.", schema: r#"{"type": "integer", "minimum": 1, "maximum": 200}"#, required: false },
];

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let reply: Schema = Arc::new(|components: &mut Components| {
        let item = components.of::<FileHit>();
        components.list_of(&item)
    });
    let about = "Names, titles, texts instead of pictures, captions, descriptions, and what is written in texts, Markdown and pages. The best first.";
    let find = custom(Method::GET, "search_files", PATH, "Find files by words", reply, find).about(about).listing(&FOUND).params(ASKED);
    group("project_files", vec![find.gate(|call, tx, actor| search::find(tx, actor, call.project()?, &FileSearch::default()).map(drop))])
}

async fn find(call: ApiCall) -> Result<HttpResponse> {
    let listing = call.listing(&FOUND, ASKED)?;
    let (at, caller) = (call.project()?, call.clone());
    let wanted = file_search(&call, (listing.page, listing.page_size))?;
    let store = call.state().store.clone();
    let find = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        search::find(tx, &actor, at, &wanted)
    };
    let found = call.reading(move || store.read_now(find)).await?;
    let public_url = &call.state().public_url;
    json(200, &Paged::from(found.map(|find| FileHit::of(find, public_url))))
}

fn file_search(call: &ApiCall, page: (u32, u32)) -> Result<FileSearch> {
    let mut faults = Faults::default();
    let query = call.query("query").unwrap_or_default();
    if query.trim().is_empty() {
        faults.add("query", "required", "query is required.");
    }
    let similarity = call.query("similarity").map(|text| text.parse::<f64>().ok().filter(|least| (0.0..=1.0).contains(least)));
    if similarity == Some(None) {
        faults.add("similarity", "malformed", "similarity must be a number from 0 to 1.");
    }
    let limit = call.query("limit").map(|text| text.parse::<u32>().ok().filter(|limit| (1..=PAGE_SIZE_MAX).contains(limit)));
    if limit == Some(None) {
        faults.add("limit", "malformed", format!("limit must be a number from 1 to {PAGE_SIZE_MAX}."));
    }
    faults.into_result()?;
    Ok(FileSearch {
        query: Query::of(query),
        mime_type: call.query("mimeType").map(str::to_owned),
        filename: call.query("filename").map(str::to_owned),
        similarity: similarity.flatten(),
        page: (page.0, limit.flatten().unwrap_or(page.1)),
    })
}
