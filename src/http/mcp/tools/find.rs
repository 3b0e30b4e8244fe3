//! Entries are found: by words, and in lists.

use std::fmt::Write;

use crate::{
    domain::{
        Error, Result,
        content::{InLanguage, Kind, Status},
        error::Fault,
        listing::Listing,
        project::project::Project,
        search::Query,
        time::Instant,
    },
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        paging::{CURSOR, Paging},
        render::{line, short, state},
        tool::Tool,
    },
    service::{
        content::checked::locales,
        content::{
            entry_list,
            search::{self, ContentSearch},
            trash,
        },
    },
    store::content::trash::TRASH,
};

const KIND: Argument = Argument::new("kind", Holds::Kind, "");
const STATUS: Argument = Argument::new("status", Holds::Word(Status::WORDS), "");

/// Looks for words.
pub static SEARCH: Tool = Tool::reads(
    "search",
    "Search content",
    "Find entries by words in any language, the best first: each with a piece of the text and the block that it stands in.",
    &[
        Argument::new("query", Holds::Text, "Words that people would read there.").required(),
        KIND,
        STATUS,
        Argument::new("locale", Holds::Text, "Only texts in this language."),
        Argument::new("limit", Holds::Number(50), "Default 20."),
        CURSOR,
    ],
    find,
)
.always();

/// Lists entries.
pub static LIST_ENTRIES: Tool = Tool::reads(
    "list_entries",
    "List entries",
    "List the entries of a kind, the last changed first: id, name, status, path, version, languages. Or list the trash.",
    &[
        Argument::new("kind", Holds::Kind, "Required but for the trash."),
        Argument::new("status", Holds::Word(&["draft", "published", "scheduled", "trash"]), ""),
        Argument::new("missing_locale", Holds::Text, "Only entries that lack texts in this language."),
        Argument::new("updated_since", Holds::Text, "Only entries changed at this date or later: 2026-01-31."),
        CURSOR,
    ],
    list,
);

/// Entries of a page of a list.
const PAGE: u32 = 50;

fn find(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let at = invocation.at()?;
    let arguments = invocation.arguments;
    let size = arguments.number("limit").and_then(|limit| u32::try_from(limit).ok()).unwrap_or(20);
    let paging = Paging::of(arguments, size)?;
    let wanted = ContentSearch {
        query: Query::of(arguments.text("query").unwrap_or_default()),
        kinds: arguments.kind(invocation.tx.kinds())?.map(|kind| vec![kind]),
        status: arguments.text("status").and_then(Status::from_word),
        locale: arguments.text("locale").map(str::to_owned),
        page: (paging.page, size),
        ..ContentSearch::default()
    };
    let found = search::find(invocation.tx, &invocation.actor, at, &wanted)?;
    let mut stored = String::new();
    for one in &found.items {
        let entry = &one.entry;
        let path = entry.path().map(|path| format!(" | {path}")).unwrap_or_default();
        let kind = entry.kind.content_type;
        let _ =
            writeln!(stored, "- {} | {kind} | {}{path} | {} | version {}", entry.id, short(&entry.name, 120), state(entry), entry.version);
        let block = one.block.as_ref().map(|(id, _)| format!("block {id}, ")).unwrap_or_default();
        let _ = writeln!(stored, "  {block}{}, {}: {}", one.field, one.locale, one.snippet.text);
    }
    let answer = ToolAnswer::new(format!("{} of {} entries that answer.", stored.lines().count() / 2, found.total)).show(stored);
    Ok(paging.more(answer, found.total))
}

fn list(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    if invocation.arguments.text("status") == Some("trash") {
        return in_trash(invocation);
    }
    let project = invocation.project()?;
    let kinds = invocation.tx.kinds();
    let kind = invocation
        .arguments
        .kind(kinds)?
        .ok_or_else(|| Error::from(Fault::new("kind", "required", "kind is required, but for the trash.")))?;
    let language = invocation.arguments.text("missing_locale").map(|tag| {
        let filter = InLanguage::from_word(&format!("lacks:{tag}"), &locales(&project));
        filter.ok_or_else(|| Error::from(Fault::new("missing_locale", "unknown_locale", "This is not a language of the project.")))
    });
    let language = language.transpose()?;
    let apps: Vec<_> = project.apps.iter().filter(|app| app.app_type == kind.app_type).collect();
    let (first, paging) = place_of(invocation.arguments.text("cursor"))?;
    let Some(app) = apps.get(first) else {
        return Ok(ToolAnswer::new(format!("The project has no app for entries of the kind {}.", kind.content_type)));
    };
    let listing = listing(invocation, kind, paging)?;
    let at = (project.org, project.id, app.id);
    let (found, _) = entry_list::overview(invocation.tx, &invocation.actor, at, kind, &listing, language.as_ref())?;
    let lines: String = found.items.iter().map(|row| line(&row.entry, &row.shares) + "\n").collect();
    let answer = ToolAnswer::new(format!(
        "{} of {} entries of the kind {} in the app {}.",
        found.items.len(),
        found.total,
        kind.content_type,
        app.slug
    ));
    let answer = answer.show(lines);
    let next = match paging.is_last(found.total) {
        true => (first + 1 < apps.len()).then(|| format!("{}.1", first + 1)),
        false => Some(format!("{first}.{}", paging.page + 1)),
    };
    Ok(match next {
        Some(next) => answer.say(format!("More: the same with cursor {next}.")),
        None => answer,
    })
}

fn listing(invocation: &Invocation<'_, '_>, kind: &'static Kind, paging: Paging) -> Result<Listing> {
    let mut query = Vec::new();
    if kind.sorts_by("updatedAt") {
        query.push(("sort".to_owned(), "updatedAt:desc".to_owned()));
    }
    if let Some(status) = invocation.arguments.text("status").filter(|_| kind.filters_by("status")) {
        query.push(("status".to_owned(), status.to_owned()));
    }
    if let Some(since) = invocation.arguments.text("updated_since") {
        let since: Instant = crate::domain::content::date("updated_since", since)?;
        query.push(("updatedAt_gte".to_owned(), since.to_string()));
    }
    let parsed = Listing::parse(&kind.listing, &[], &query).map_err(Error::Invalid)?;
    Ok(Listing { page: paging.page, page_size: paging.size, ..parsed })
}

/// The app and the page that a cursor stands for.
fn place_of(cursor: Option<&str>) -> Result<(usize, Paging)> {
    let paging = |page| Paging { page, size: PAGE };
    let Some(cursor) = cursor else { return Ok((0, paging(1))) };
    let read = cursor
        .split_once('.')
        .and_then(|(app, page)| Some((app.parse().ok()?, paging(page.parse().ok().filter(|page| (1..=100_000).contains(page))?))));
    read.ok_or_else(|| Fault::new("cursor", "malformed", "cursor must be what the answer before said.").into())
}

fn in_trash(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let project: Project = invocation.project()?;
    let paging = Paging::of(invocation.arguments, PAGE)?;
    let kind = invocation.arguments.kind(invocation.tx.kinds())?;
    let of_kind = kind.map(|kind| ("entityType".to_owned(), kind.content_type.to_owned()));
    let parsed = Listing::parse(&TRASH, &[], of_kind.as_slice()).map_err(Error::Invalid)?;
    let listing = Listing { page: paging.page, page_size: paging.size, ..parsed };
    let found = trash::list(invocation.tx, &invocation.actor, (project.org, project.id), &listing)?;
    let lines = found.items.iter().map(|item| {
        let by = item.deleted_by_name.as_deref().map(|name| format!(" by {}", short(name, 80))).unwrap_or_default();
        format!("- {} | {} | {} | deleted {}{by}\n", item.id, item.content_type, short(&item.name, 120), item.deleted_at)
    });
    let answer = ToolAnswer::new(format!("{} of {} entries in the trash.", found.items.len(), found.total)).show(lines.collect::<String>());
    Ok(paging.more(answer, found.total).say("`restore` takes one out of the trash."))
}
