//! What became of an entry, and where old addresses lead.

use std::fmt::Write;

use crate::{
    domain::{Error, Result, access::Permission, error::Fault},
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        paging::{CURSOR, Paging},
        render::short,
        report::differences,
        tool::Tool,
    },
    service::content::{
        document::version_id,
        place::located::{ById, Located, located},
        site::redirect,
        version,
    },
    store::content::{site::redirect::REDIRECTS, version::VERSIONS},
};

/// Lines of an answer.
const PAGE: u32 = 100;

/// The versions of an entry.
pub static HISTORY: Tool = Tool::reads(
    "history",
    "History",
    "The versions of an entry: who made them, when and how. With `to`, what is different in that version, from the one before or from `from`.",
    &[
        Argument::new("id", Holds::Text, "").required(),
        Argument::new("from", Holds::Number(i64::MAX), ""),
        Argument::new("to", Holds::Number(i64::MAX), ""),
        CURSOR,
    ],
    history,
);

/// The redirects of a site.
pub static LIST_REDIRECTS: Tool = Tool::reads(
    "list_redirects",
    "List redirects",
    "Where old paths of a site lead.",
    &[Argument::new("app", Holds::Text, "Slug; default: the first site."), CURSOR],
    redirects,
);

fn history(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let (place, id) = (invocation.at()?, invocation.id()?);
    let Located { at, kind, .. } = located(invocation.tx, &invocation.actor, place, ById::Entry(id), Permission::ProjectRead)?;
    let (from, to) = (invocation.arguments.number("from"), invocation.arguments.number("to"));
    if let Some(to) = to {
        let to = version_id(invocation.tx, &invocation.actor, at, (kind, id), to)?;
        let from = from.map(|from| version_id(invocation.tx, &invocation.actor, at, (kind, id), from)).transpose()?;
        let compared = version::compare(invocation.tx, &invocation.actor, place, to, from)?;
        let against = compared.against.map_or_else(|| "nothing".to_owned(), |against| format!("version {}", against.version));
        let told = differences(&compared.difference);
        let said = format!("Version {} beside {against}:", compared.version.version);
        return Ok(if told.is_empty() { ToolAnswer::new(said).say("Nothing is different.") } else { ToolAnswer::new(said).show(told) });
    }
    if from.is_some() {
        return Err(Fault::new("to", "required", "to is required beside from.").into());
    }
    let paging = Paging::of(invocation.arguments, PAGE)?;
    let (found, editors) = version::list_with_editors(invocation.tx, &invocation.actor, at, (kind, id), &paging.listing(&VERSIONS))?;
    let lines: String = found
        .items
        .iter()
        .map(|one| {
            let by = editors.get(&one.created_by).map_or("Stele", |(name, _)| name.as_str());
            format!("- version {} | {} | {} | {}\n", one.version, one.source, one.created_at, short(by, 100))
        })
        .collect();
    let answer = ToolAnswer::new(format!("{} of {} versions.", found.items.len(), found.total)).show(lines);
    Ok(paging.more(answer, found.total))
}

fn redirects(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let project = invocation.project()?;
    let named = invocation.arguments.text("app");
    let app = project.apps.iter().filter(|app| app.app_type.has_redirects()).find(|app| named.is_none_or(|named| app.slug == named));
    let app = app.ok_or(Error::NotFound("app"))?;
    let paging = Paging::of(invocation.arguments, PAGE)?;
    let at = (project.org, project.id, app.id);
    let found = redirect::list(invocation.tx, &invocation.actor, (at, app.app_type), &paging.listing(&REDIRECTS))?;
    let mut lines = String::new();
    for one in &found.items {
        let _ =
            writeln!(lines, "- {} -> {} | {} | {}", short(&one.from_path, 500), short(&one.to_path, 500), one.status, one.source.word());
    }
    let answer = ToolAnswer::new(format!("{} of {} redirects of the app {}.", found.items.len(), found.total, app.slug)).show(lines);
    Ok(paging.more(answer, found.total))
}
