//! Who sees an entry, and its way into the trash and back.

use serde_json::json;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::{Entry, Kind, date},
        id::{AppPath, EntryId},
    },
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        render::line,
        report::{differences, standing, undo},
        tool::Tool,
    },
    service::{
        content::checked::locales,
        content::{
            document::{compared, is_live, version_id},
            entry,
            place::located::{ById, Located, located},
            publication::{self, Publication, StatusChange},
            trash, version,
        },
    },
};

const ID: Argument = Argument::new("id", Holds::Text, "").required();
const VERSION: Argument = Argument::new("version", Holds::Number(i64::MAX), "The version that you read.").required();

/// Publishes.
pub static PUBLISH: Tool = Tool::writes(
    "publish",
    "Publish",
    "Make an entry public, now or at a moment. Do this only if your user asked for it.",
    &[ID, VERSION, Argument::new("at", Holds::Text, "Later: 2026-01-31T09:00:00Z.")],
    |invocation| {
        let at = invocation.arguments.text("at").map(|moment| date("at", moment)).transpose()?;
        set(invocation, at.map_or(Publication::Now, Publication::At))
    },
)
.asks()
.publishes();

/// Takes back to a draft.
pub static UNPUBLISH: Tool = Tool::writes(
    "unpublish",
    "Unpublish",
    "Take an entry back to a draft: readers do not find it any more.",
    &[ID, VERSION],
    |invocation| set(invocation, Publication::Never),
)
.destructive();

/// Moves into the trash.
pub static TRASH_ENTRY: Tool = Tool::writes(
    "trash_entry",
    "Move to the trash",
    "Move an entry to the trash, from where `restore` takes it back.",
    &[ID, VERSION],
    discard,
)
.destructive();

/// Brings back.
pub static RESTORE: Tool = Tool::writes(
    "restore",
    "Restore",
    "Without a version: take an entry out of the trash. With one: make content and fields, in all languages, what they were in it.",
    &[
        ID,
        Argument::new("version", Holds::Number(i64::MAX), "The version to go back to."),
        Argument::new("live", Holds::Flag, "Required where readers would see it at once."),
    ],
    restore,
);

fn locate_entry(invocation: &mut Invocation<'_, '_>) -> Result<(AppPath, (&'static Kind, EntryId))> {
    let (place, id) = (invocation.at()?, invocation.id()?);
    let Located { at, kind, .. } = located(invocation.tx, &invocation.actor, place, ById::Entry(id), Permission::EntryWrite)?;
    Ok((at, (kind, id)))
}

fn get_unchanged(invocation: &mut Invocation<'_, '_>, at: AppPath, target: (&'static Kind, EntryId)) -> Result<Entry> {
    let now = entry::get(invocation.tx, &invocation.actor, at, target.0, target.1, None)?.found;
    if invocation.arguments.number("version") == Some(now.version) { Ok(now) } else { Err(Error::Stale) }
}

fn set(invocation: &mut Invocation<'_, '_>, to: Publication) -> Result<ToolAnswer> {
    let (at, target) = locate_entry(invocation)?;
    let before = get_unchanged(invocation, at, target)?;
    let StatusChange { entry: after, was_so: is_so, .. } =
        publication::set(invocation.tx, &invocation.actor, at, target, to, Some(before.version))?;
    let answer = ToolAnswer::new(if is_so { "It was so already; nothing was changed." } else { "Done." }).show(line(&after, &[]));
    let mut answer = answer.say(standing(invocation, at, &after)?);
    if is_so {
        return Ok(answer);
    }
    let mut arguments = json!({ "id": after.id, "version": after.version });
    let back = match before.scheduled_at {
        // What is published is not scheduled: it is a draft first.
        Some(moment) if after.is_public() => {
            answer =
                answer.say(format!("It was to publish itself at {moment}. For that: what undoes this, and then publish with at {moment}."));
            "unpublish"
        }
        Some(moment) => {
            arguments["at"] = json!(moment);
            "publish"
        }
        None if before.is_public() => "publish",
        None => "unpublish",
    };
    Ok(answer.back(undo(invocation, back, arguments)))
}

fn discard(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let (at, target) = locate_entry(invocation)?;
    let before = get_unchanged(invocation, at, target)?;
    trash::delete(invocation.tx, &invocation.actor, at, target, Some(before.version))?;
    let item = trash::item(invocation.tx, &invocation.actor, (at.0, at.1), target.1)?.1;
    let mut back = json!({ "id": item.id });
    if before.is_public() {
        back["live"] = true.into();
    }
    Ok(ToolAnswer::new("In the trash:").show(line(&item, &[])).back(undo(invocation, "restore", back)))
}

fn restore(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let Some(number) = invocation.arguments.number("version") else { return from_trash(invocation) };
    let project = invocation.project()?;
    let (at, target) = locate_entry(invocation)?;
    let before = entry::get(invocation.tx, &invocation.actor, at, target.0, target.1, None)?.found;
    let version = version_id(invocation.tx, &invocation.actor, at, target, number)?;
    is_live(&before, invocation.arguments.flag("live"))?;
    let done = version::restore(invocation.tx, &invocation.actor, (at.0, at.1), version, Some(before.version))?;
    let after = entry::get(invocation.tx, &invocation.actor, at, target.0, target.1, None)?.found;
    let told = differences(&compared(&before, &after, &locales(&project))?);
    let mut answer = ToolAnswer::new(format!("Version {} came back, as a new one.", done.from)).show(told);
    if !done.missing.is_empty() {
        answer = answer.say(format!("It leads to {} things that are not there any more.", done.missing.len()));
    }
    answer = answer.say(standing(invocation, at, &after)?);
    let mut back = json!({ "id": after.id, "version": before.version });
    if after.is_public() {
        back["live"] = true.into();
    }
    Ok(answer.back(undo(invocation, "restore", back)))
}

fn from_trash(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let (place, id) = (invocation.at()?, invocation.id()?);
    let (_, gone) = trash::item(invocation.tx, &invocation.actor, place, id)?;
    is_live(&gone, invocation.arguments.flag("live"))?;
    let taken = trash::restore_item(invocation.tx, &invocation.actor, place, id)?;
    let at = (place.0, place.1, taken.app);
    let after = entry::get(invocation.tx, &invocation.actor, at, taken.kind, id, None)?.found;
    let answer = ToolAnswer::new("Out of the trash:").show(line(&after, &[])).say(standing(invocation, at, &after)?);
    Ok(answer.back(undo(invocation, "trash_entry", json!({ "id": after.id, "version": after.version }))))
}
