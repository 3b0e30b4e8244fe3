//! Resources: what an agent, or whoever works with it, points at: the entries that were changed last, and what content is made of.

use serde_json::{Map, Value, json};

use crate::{domain::content::blocks::BLOCKS, service::agent::recent::recent, store::Tx};

use super::{
    base::{caller::Caller, refusal::Refusal, render::short},
    run,
    tools::{self, describe::palette},
};

/// Entries that are listed.
const RECENT: u32 = 20;
/// Where the palette of blocks is.
const BLOCKS_URI: &str = "stele://blocks";
/// Before the slug of a project and the id of an entry.
const ENTRY_URI: &str = "stele://entry/";
const MARKDOWN: &str = "text/markdown";

/// What there is.
///
/// # Errors
/// Those of the store.
pub async fn list(caller: &Caller) -> Result<Value, Refusal> {
    let asking = caller.call.clone();
    let read = move |tx: &mut Tx<'_>| {
        let actor = asking.actor(tx)?;
        recent(tx, &actor, RECENT)
    };
    let store = caller.state().store.clone();
    let found = caller.call.reading(move || store.read_now(read)).await?;
    let blocks = json!({ "uri": BLOCKS_URI, "name": "blocks", "title": "Blocks and styles", "description": "What content is made of.", "mimeType": MARKDOWN });
    let entry = |(project, entry): &(_, crate::domain::content::Entry)| {
        let project: &crate::domain::project::project::Project = project;
        let path = entry.path().unwrap_or_default();
        json!({
            "uri": format!("{ENTRY_URI}{}/{}", project.slug, entry.id),
            "name": format!("{} {path}", entry.kind.content_type).trim(),
            "title": short(&entry.name, 120),
            "mimeType": MARKDOWN,
        })
    };
    let all: Vec<_> = std::iter::once(blocks).chain(found.iter().map(entry)).collect();
    Ok(json!({ "resources": all }))
}

/// One of them.
///
/// # Errors
/// Of one that there is not, and why an entry cannot be read.
pub async fn read(caller: &Caller, uri: &str) -> Result<Value, Refusal> {
    let text = if uri == BLOCKS_URI {
        palette(None, BLOCKS.iter().copied())
    } else {
        let named = uri.strip_prefix(ENTRY_URI).and_then(|rest| rest.split_once('/'));
        let (project, id) = named.ok_or_else(|| Refusal::resource(uri))?;
        let arguments = Map::from_iter([("project".to_owned(), json!(project)), ("id".to_owned(), json!(id))]);
        let tool = tools::of_name("read_entry").ok_or_else(|| Refusal::resource(uri))?;
        let (text, is_refusal) = run::run(caller, tool, arguments).await;
        if is_refusal {
            return Err(Refusal::resource(uri));
        }
        text
    };
    Ok(json!({ "contents": [{ "uri": uri, "mimeType": MARKDOWN, "text": text }] }))
}
