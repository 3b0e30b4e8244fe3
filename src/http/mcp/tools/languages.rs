//! How complete content is in its languages.

use std::fmt::Write;

use crate::{
    domain::{
        Result,
        content::{
            Entry,
            document::{ShownLocales, pieces},
        },
        project::project::Project,
    },
    http::mcp::base::{
        answer::{STORED_MAX, ToolAnswer},
        argument::{Argument, Holds},
        invocation::Invocation,
        language::language,
        render::{head, shares},
        tool::Tool,
    },
    service::{
        agent::{directory, entry},
        content::checked::locales,
    },
};

/// Tells what lacks in a language.
pub static TRANSLATION_STATUS: Tool = Tool::reads(
    "translation_status",
    "Translation status",
    "What lacks in a language: in one entry its fields and blocks, with the text to translate; without an id how many entries of each kind lack texts.",
    &[Argument::new("locale", Holds::Text, "").required(), Argument::new("id", Holds::Text, "")],
    status,
);

fn status(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let project = invocation.project()?;
    let locale = language(&project, invocation.arguments.text("locale"), "locale")?;
    if invocation.arguments.text("id").is_none() {
        return of_project(invocation, &project, locale);
    }
    let found = entry::read(invocation.tx, &invocation.actor, (project.org, project.id), invocation.id()?, None)?;
    of_entry(&found.entry, &project, locale)
}

fn of_project(invocation: &mut Invocation<'_, '_>, project: &Project, locale: &str) -> Result<ToolAnswer> {
    let mut out = String::new();
    for (_, kinds) in directory::app_counts(invocation.tx, &invocation.actor, project)? {
        for (kind, counts) in kinds.iter().filter(|(kind, counts)| counts.total > 0 && kind.has_texts()) {
            let lacking = counts.lacking.iter().find(|(tag, _)| tag == locale).map_or(0, |(_, lacking)| *lacking);
            let _ = writeln!(out, "- {}: {lacking} of {} lack texts in {locale}", kind.content_type, counts.total);
        }
    }
    Ok(ToolAnswer::new(out).say("Which: `list_entries` with `missing_locale`. What in one: this tool with its id."))
}

/// The lines of a document that say what lacks.
fn of_entry(entry: &Entry, project: &Project, locale: &str) -> Result<ToolAnswer> {
    let mut stored = head(entry, entry.version, locale);
    let shown = ShownLocales { locale, second: None, locales: locales(project) };
    let mut lacking = 0;
    for piece in pieces(&entry.tree()?, &shown) {
        let mut lines = piece.text.lines().skip_while(|line| !is_missing(line)).peekable();
        if lines.peek().is_none() || stored.chars().count() > STORED_MAX - 5_000 {
            continue;
        }
        lacking += piece.text.lines().filter(|line| is_missing(line)).count();
        let _ = writeln!(stored, "{}", piece.text.lines().next().unwrap_or_default());
        let mut within = false;
        for line in lines {
            within = is_missing(line) || (within && (line.trim_start().starts_with("%%") || line.starts_with("- ")));
            if within {
                let _ = writeln!(stored, "{line}");
            }
        }
    }
    // The share counts the texts of blocks, too.
    let shares = shares(entry, project);
    let all = shares.iter().find(|share| share.tag == locale).map(|share| share.missing()).unwrap_or_default();
    let fields = all.saturating_sub(lacking);
    let said = format!("{lacking} texts of the content and {fields} fields are not written in {locale}.");
    let next = "Write texts with edit_text: block, field, empty `old`, `new`. Fields with update_entry.";
    Ok(ToolAnswer::new(said).show(stored).say(next))
}

fn is_missing(line: &str) -> bool {
    line.trim_start().starts_with("%% missing in ")
}
