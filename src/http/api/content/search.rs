//! Search over the content of a project: entries that answer a query, and the places in them.

use std::{fmt::Display, str::FromStr, sync::Arc};

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        access::Actor,
        content::{Kind, Kinds, Status, blocks, of_type},
        error::Fault,
        id::{AppId, EntryId},
        listing::PAGE_SIZE_MAX,
        search::Query,
    },
    http::{
        api::{
            query::Param,
            route::{Route, custom, group},
            schema::Components,
            wire::Paged,
        },
        base::{bearer::call::ApiCall, reply::json},
    },
    service::content::search::{self, ContentSearch, FOUND, Find, Occurrence, Occurrences, Sought},
    store::Tx,
};

/// Places of an answer unless asked otherwise.
const LIMIT: usize = 50;

const WORDS: Param = Param {
    name: "query",
    help: "Words. Each may stand in a name, a title, a slug, tags, or the blocks; the last may not be complete yet.",
    schema: r#"{"type": "string", "maxLength": 200}"#,
    required: false,
};
const LIMITED: Param =
    Param { name: "limit", help: "At most so many.", schema: r#"{"type": "integer", "minimum": 1, "maximum": 200}"#, required: false };
const SOURCES: &[Param] = &[
    Param { required: true, schema: r#"{"type": "string", "minLength": 1, "maxLength": 200}"#, ..WORDS },
    LIMITED,
    Param {
        name: "sourceTypes",
        help: "Content types, parted by commas.",
        schema: r#"{"type": "string", "maxLength": 500}"#,
        required: false,
    },
    Param { name: "sourceType", help: "One content type.", schema: r#"{"type": "string", "maxLength": 500}"#, required: false },
    Param { name: "sourceId", help: "Only this entry.", schema: r#"{"type": "string", "format": "uuid"}"#, required: false },
    Param {
        name: "similarity",
        help: "Of the best, only those that are as similar as this.",
        schema: r#"{"type": "number", "minimum": 0, "maximum": 1}"#,
        required: false,
    },
];
const PLACES: &[Param] = &[
    WORDS,
    Param {
        name: "blockTypes",
        help: "Types of blocks, parted by commas.",
        schema: r#"{"type": "string", "maxLength": 500}"#,
        required: false,
    },
    Param {
        name: "contentTypes",
        help: "Content types, parted by commas.",
        schema: r#"{"type": "string", "maxLength": 500}"#,
        required: false,
    },
    Param {
        name: "status",
        help: "Only entries with this status.",
        schema: r#"{"enum": ["draft", "published", "scheduled"]}"#,
        required: false,
    },
    LIMITED,
];

/// Something that a search found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    source_type: &'static str,
    source_id: EntryId,
    /// A piece of the text that was found.
    content: String,
    /// The share of the words that are there: 1 where all stand in the name or the title.
    similarity: f64,
    metadata: SourceMetadata,
}

/// More about what was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SourceMetadata {
    name: String,
    app_id: AppId,
    slug: Option<String>,
    status: &'static str,
    /// The language of the piece.
    locale: String,
    /// The field that the piece is of.
    field: String,
    /// The block that has this field; null for a field of the entry.
    block: Option<String>,
    snippet: String,
}

impl From<Find> for Source {
    fn from(find: Find) -> Self {
        let Find { entry, similarity, locale, field, block, snippet } = find;
        let status = entry.told_status().word();
        let metadata = SourceMetadata {
            name: entry.name,
            app_id: entry.app,
            slug: entry.slug,
            status,
            locale,
            field,
            block: block.map(|(id, _)| id),
            snippet: snippet.text.clone(),
        };
        Self { source_type: entry.kind.content_type, source_id: entry.id, content: snippet.text, similarity, metadata }
    }
}

/// The places that were found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentMatches {
    matches: Vec<ContentMatch>,
    /// How many there are here.
    count: usize,
    /// How many there are.
    total: usize,
    /// Whether there may be more than are here.
    truncated: bool,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentMatch {
    content_id: EntryId,
    content_type: &'static str,
    name: String,
    slug: Option<String>,
    section_id: Option<String>,
    column_id: Option<String>,
    section_role: Option<String>,
    block_id: Option<String>,
    block_type: Option<String>,
    /// `block` or `entry`: whose field it is.
    match_in: &'static str,
    field: Option<String>,
    locale: Option<String>,
    snippet: Option<String>,
}

impl From<Occurrences> for ContentMatches {
    fn from(found: Occurrences) -> Self {
        let matches: Vec<_> = found.places.into_iter().map(ContentMatch::from).collect();
        Self { count: matches.len(), total: found.total, truncated: found.truncated, matches }
    }
}

impl From<Occurrence> for ContentMatch {
    fn from(place: Occurrence) -> Self {
        let Occurrence { entry, kind, name, slug, block, text } = place;
        let match_in = if block.is_some() { "block" } else { "entry" };
        let (section_id, column_id, section_role, block_id, block_type) = block
            .map_or_else(Default::default, |block| (Some(block.section), Some(block.column), block.role, Some(block.id), Some(block.kind)));
        let (field, locale, snippet) =
            text.map_or_else(Default::default, |said| (Some(said.field), Some(said.locale), Some(said.snippet.text)));
        Self {
            content_id: entry,
            content_type: kind.content_type,
            name,
            slug,
            section_id,
            column_id,
            section_role,
            block_id,
            block_type,
            match_in,
            field,
            locale,
            snippet,
        }
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let sources = |components: &mut Components| {
        let item = components.of::<Source>();
        components.list_of(&item)
    };
    let of_project = |below: &str| format!("/organizations/{{organizationId}}/projects/{{projectId}}/{below}");
    let found =
        custom(Method::GET, "search_sources", &of_project("search"), "Entries that hold all words", Arc::new(sources), |call| async move {
            let (project, wanted) = (call.project()?, content_search(&call)?);
            let page = reading(call, move |tx, actor| search::find(tx, actor, project, &wanted)).await?;
            json(200, &Paged::from(page.map(Source::from)))
        });
    let found = found.gate(|call, tx, actor| search::find(tx, actor, call.project()?, &ContentSearch::default()).map(drop));
    let found = found.listing(&FOUND).params(SOURCES).about(
        "The best first, of the 2,000 that were changed last. Where no entry holds all words, those that hold some. Drafts are found, too.",
    );
    let places = Arc::new(|components: &mut Components| components.of::<ContentMatches>());
    let places = custom(
        Method::GET,
        "search_content",
        &of_project("content/search"),
        "Where words occur, or blocks of a type stand",
        places,
        |call| async move {
            let (project, asked) = (call.project()?, call.clone());
            let found = reading(call, move |tx, actor| search::occurrences(tx, actor, project, &sought(&asked)?)).await?;
            json(200, &ContentMatches::from(found))
        },
    );
    let mut routes = group("projects", vec![found]);
    let places =
        places.params(PLACES).gate(|call, tx, actor| search::find(tx, actor, call.project()?, &ContentSearch::default()).map(drop));
    routes.extend(group("builder", vec![places]));
    routes
}

/// Runs a search off the workers: it may read many entries.
async fn reading<T: Send + 'static>(
    call: ApiCall,
    mut work: impl FnMut(&mut Tx<'_>, &Arc<Actor>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (caller, store) = (call.clone(), call.state().store.clone());
    let run = move || store.read_now(|tx| call.actor(tx).and_then(|actor| work(tx, &actor)));
    caller.reading(run).await
}

/// What `search_sources` is asked for.
fn content_search(call: &ApiCall) -> Result<ContentSearch> {
    let listing = call.listing(&FOUND, SOURCES)?;
    let query = words(call).ok_or_else(|| Fault::new("query", "required", "query must have 1 to 200 characters."))?;
    let limit = limit(call)?.unwrap_or(listing.page_size);
    let kinds = call.state().store.kinds();
    let similarity: Option<f64> = number(call, "similarity", 0.0, 1.0)?;
    Ok(ContentSearch {
        query: Query::of(&[query, listing.search.as_deref().unwrap_or_default()].join(" ")),
        kinds: kinds_in(kinds, ["sourceTypes", "sourceType"].map(|name| list_of(call, name))),
        id: call.query("sourceId").map(|id| id.parse().map_err(|_| malformed("sourceId", "a UUID"))).transpose()?,
        similarity,
        reversed: !listing.order.descending,
        page: (listing.page, limit),
        ..ContentSearch::default()
    })
}

/// What `search_content` is asked for.
fn sought(call: &ApiCall) -> Result<Sought> {
    call.only(PLACES)?;
    let (query, wanted) = (words(call).map(Query::of).unwrap_or_default(), list_of(call, "blockTypes").unwrap_or_default());
    if query.is_empty() && wanted.is_empty() {
        return Err(Fault::new("query", "required", "query or blockTypes must be given.").into());
    }
    if let Some(unknown) = wanted.iter().find(|word| blocks::of_type(word).is_none()) {
        return Err(malformed("blockTypes", &format!("types of blocks; {unknown:?} is none")).into());
    }
    let kinds = call.state().store.kinds();
    let types = list_of(call, "contentTypes");
    if let Some(unknown) = types.iter().flatten().find(|word| of_type(kinds, word).is_none()) {
        return Err(malformed("contentTypes", &format!("content types; {unknown:?} is none")).into());
    }
    let status =
        call.query("status").map(|word| Status::from_word(word).ok_or_else(|| malformed("status", "draft, published or scheduled")));
    let limit = limit(call)?.map_or(LIMIT, |limit| limit as usize);
    Ok(Sought { query, blocks: wanted, kinds: kinds_in(kinds, [types]), status: status.transpose()?, limit })
}

/// The words that are looked for, if there are any.
fn words(call: &ApiCall) -> Option<&str> {
    call.query("query").map(str::trim).filter(|query| !query.is_empty())
}

fn limit(call: &ApiCall) -> Result<Option<u32>> {
    number(call, "limit", 1, PAGE_SIZE_MAX)
}

fn number<T: FromStr + PartialOrd + Display>(call: &ApiCall, name: &'static str, least: T, most: T) -> Result<Option<T>> {
    let Some(text) = call.query(name) else { return Ok(None) };
    let read = text.parse().ok().filter(|number| (&least..=&most).contains(&number));
    read.map_or_else(
        || Err(Fault::new(name, "out_of_range", format!("{name} must be from {least} to {most}.")).into()),
        |found| Ok(Some(found)),
    )
}

/// The words of a parameter, parted by commas; none where it is not given.
fn list_of(call: &ApiCall, name: &str) -> Option<Vec<String>> {
    let words = call.query(name)?.split(',').map(str::trim).filter(|word| !word.is_empty());
    Some(words.map(str::to_owned).collect::<Vec<_>>()).filter(|words| !words.is_empty())
}

/// The kinds that are in all of these lists of names; all kinds, where none is given. A name that no kind has is that of none.
fn kinds_in<const N: usize>(kinds: Kinds, lists: [Option<Vec<String>>; N]) -> Option<Vec<&'static Kind>> {
    let given: Vec<_> = lists.into_iter().flatten().collect();
    let is_named = |kind: &&&'static Kind| given.iter().all(|names| names.iter().any(|name| name == kind.content_type));
    (!given.is_empty()).then(|| kinds.iter().filter(is_named).copied().collect())
}

fn malformed(name: &'static str, what: &str) -> Fault {
    Fault::new(name, "malformed", format!("{name} must be {what}."))
}
