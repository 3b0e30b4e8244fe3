//! A working copy is saved: put together with what others have saved meanwhile, checked, and stored as one version.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp},
        content::{
            Context, Entry, Patch, Status,
            tree::{changed, edit},
            working::{
                copy::Merged,
                decision::{Choices, Conflict},
            },
        },
        error::{Fault, Faults},
    },
    service::content::{
        checked::{self, At, enter_write, project_of},
        entry,
        publication::{self, Publication},
    },
    store::{
        Tx,
        content::{entry as entries, working::copy},
    },
};

use super::copy::{Desk, Target, Typed};

/// What became of a working copy that was to be saved.
#[derive(Debug, Clone)]
pub enum Saved {
    /// It is the entry now; whether what others had saved meanwhile is in it, too.
    Done(Box<Entry>, bool),
    /// It is the entry now, with what others had saved meanwhile, which the actor has not seen: so it was not published.
    NotPublished(Box<Entry>),
    /// Somebody has to decide first. Nothing is lost: what was typed is in the working copy.
    Open,
    /// A block lacks something. What was typed is in the working copy.
    Faulty(Fault),
}

/// Saves what was typed with all else in the actor's working copy, and publishes the entry if so asked. `choices` decide conflicts.
///
/// # Errors
/// Those of the gate; all faults of the fields, and of the block that was typed into; stale, when the entry is another and nothing says
/// what it was.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    (kind, id): Target,
    typed: &Typed,
    (publish, choices): (bool, Choices),
) -> Result<Saved> {
    let granted = enter_write(tx, actor, at, kind)?;
    let found = entries::get(tx, &granted, kind, id)?;
    let project = project_of(tx, actor, at)?;
    let mut desk = Desk::open(tx, &granted, actor, &found, &project)?;
    desk.typed(tx, typed)?;
    let is_stale = typed.seen != found.version || desk.copy.base != found.version;
    let merged = merged(tx, &desk, choices)?;
    if !merged.open.is_empty() {
        desk.keep(tx)?;
        return Ok(Saved::Open);
    }
    let context = checked::context(tx, &project, None)?;
    let changed = match apply(tx, (&granted, &found), &merged, &context)? {
        Ok(changed) => changed,
        Err(fault) => {
            desk.keep(tx)?;
            return Ok(Saved::Faulty(fault));
        }
    };
    let mut now = changed;
    if now != found {
        entry::put(tx, &granted, actor, &found, &mut now)?;
    } else if publish && is_stale {
        return Err(Error::Stale);
    }
    copy::delete(tx, &granted, id, actor.id)?;
    if !publish {
        return Ok(Saved::Done(Box::new(now), is_stale));
    }
    if is_stale && found.status != Status::Published {
        return Ok(Saved::NotPublished(Box::new(now)));
    }
    let seen = Some(now.version);
    publication::set(tx, actor, at, (kind, id), Publication::Now, seen).map(|(now, _)| Saved::Done(Box::new(now), is_stale))
}

/// What the actor's working copy and the entry are in conflict about.
///
/// # Errors
/// Those of the gate; stale, when nothing says what the entry was.
pub fn conflicts(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, (kind, id): Target) -> Result<Vec<Conflict>> {
    let granted = enter_write(tx, actor, at, kind)?;
    let found = entries::get(tx, &granted, kind, id)?;
    let project = project_of(tx, actor, at)?;
    let desk = Desk::open(tx, &granted, actor, &found, &project)?;
    merged(tx, &desk, Choices::new()).map(|merged| merged.open)
}

/// What a working copy lacks before it can be saved: the faults of its blocks, each with `part-` and the block's id.
pub fn faults(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, (kind, id): Target) -> Result<Faults> {
    let granted = enter_write(tx, actor, at, kind)?;
    let found = entries::get(tx, &granted, kind, id)?;
    let project = project_of(tx, actor, at)?;
    let desk = Desk::open(tx, &granted, actor, &found, &project)?;
    let context = checked::context(tx, &project, None)?;
    let merged = merged(tx, &desk, Choices::new())?;
    Ok(merged.content.map_or_else(Faults::default, |content| block_faults(&found, &content, &context)))
}

fn merged(tx: &mut Tx<'_>, desk: &Desk<'_>, choices: Choices) -> Result<Merged> {
    let base = if desk.copy.content.is_some() { desk.copy.base } else { desk.entry.version };
    let base = desk.snapshot(tx, base)?;
    desk.copy.merge(desk.entry, &base, &desk.locales(), choices)
}

/// The entry with what is merged; or the first fault of a block.
fn apply(
    tx: &mut Tx<'_>,
    (granted, found): (&Granted<InApp>, &Entry),
    merged: &Merged,
    context: &Context<'_>,
) -> Result<std::result::Result<Entry, Fault>> {
    let mut changed = found.clone();
    let patch = Patch::parse(found.kind, merged.body.clone(), context).map_err(Error::Invalid)?;
    entry::apply(tx, granted, &mut changed, (&patch, &context.locales))?;
    if let Some(content) = &merged.content {
        if let Some(fault) = block_faults(found, content, context).0.into_iter().next() {
            return Ok(Err(fault));
        }
        edit::within(content)?;
        changed.content = Value::from(content.clone()).to_string();
        edit::fits(&changed.content)?;
    }
    Ok(Ok(changed))
}

fn block_faults(found: &Entry, content: &[Value], context: &Context<'_>) -> Faults {
    let mut faults = Faults::default();
    let stored: Vec<Value> = serde_json::from_str(&found.content).unwrap_or_default();
    changed::check(found.kind, &stored, content, context, &mut faults);
    faults
}
