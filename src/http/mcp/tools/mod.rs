//! Every tool, by what it is about.

mod create;
pub mod describe;
mod files;
mod find;
mod history;
mod languages;
mod overview;
mod read;
mod state;
mod submission;
pub mod write;

use serde_json::Value;

use crate::{
    domain::access::{ActorKind, Permission},
    http::mcp::base::refusal::Refusal,
    service::agent::directory,
    store::Tx,
};

use super::base::{caller::Caller, tool::Tool};

/// The tools, in the order in which they are told.
pub const TOOLS: &[&Tool] = &[
    &overview::OVERVIEW,
    &find::SEARCH,
    &find::LIST_ENTRIES,
    &read::READ_ENTRY,
    &describe::DESCRIBE_BLOCKS,
    &languages::TRANSLATION_STATUS,
    &history::HISTORY,
    &history::LIST_REDIRECTS,
    &files::FIND_FILES,
    &submission::READ_SUBMISSIONS,
    &create::CREATE_ENTRY,
    &write::EDIT_TEXT,
    &write::WRITE_DOCUMENT,
    &write::EDIT_BLOCKS,
    &write::UPDATE_ENTRY,
    &state::PUBLISH,
    &state::UNPUBLISH,
    &state::TRASH_ENTRY,
    &state::RESTORE,
    &submission::MARK_SUBMISSION,
    &files::CREATE_UPLOAD,
];

/// The tool of this name.
pub fn of_name(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().copied().find(|tool| tool.name == name)
}

/// The tools that the caller may use somewhere, as `tools/list` tells them.
///
/// # Errors
/// Those of the store.
pub async fn listed(caller: &Caller) -> Result<Vec<Value>, Refusal> {
    let asking = caller.call.clone();
    let read = move |tx: &mut Tx<'_>| {
        let actor = asking.actor(tx)?;
        let projects = directory::projects(tx, &actor)?;
        let mut known = Vec::new();
        let mut all = Vec::new();
        let facts = (projects.len() != 1, actor.kind == ActorKind::User);
        for tool in TOOLS {
            let may = match known.iter().find(|(needs, _)| *needs == tool.needs) {
                Some((_, may)) => *may,
                None => {
                    let may = tool.needs == Permission::ProjectSee || directory::may(tx, &actor, &projects, tool.needs)?;
                    known.push((tool.needs, may));
                    may
                }
            };
            if may {
                all.push(tool.listing(tx.kinds(), facts));
            }
        }
        Ok(all)
    };
    let store = caller.state().store.clone();
    Ok(caller.call.reading(move || store.read_now(read)).await?)
}
