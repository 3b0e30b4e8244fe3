//! A working copy is saved: put together with what others have saved meanwhile, checked, and stored as one version.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp},
        content::{
            Context, Entry, Patch, Status,
            front::visibility::Visibility,
            tree::{changed, edit},
            version::snapshot::Snapshot,
            working::{
                copy::Merged,
                decision::{Choices, Conflict},
                settled::{Side, settled_sides},
            },
        },
        error::{Fault, Faults},
        form::public::step,
        id::AppPath,
    },
    service::content::{
        checked, entry,
        publication::{self, Publication},
    },
    store::{Tx, content::working::copy},
};

use super::copy::{EditSession, Target, Typed};

/// What became of a working copy that was to be saved.
#[derive(Debug, Clone)]
pub enum Saved {
    /// It is the entry now; whether what others had saved meanwhile is in it, too.
    Done(Box<Entry>, bool),
    /// It is the entry now, with what others had saved meanwhile, which the actor has not seen: so nobody else sees it yet.
    NotPublished(Box<Entry>),
    /// Somebody has to decide first. Nothing is lost: what was typed is in the working copy.
    Open(Vec<Conflict>),
    /// A block lacks something. What was typed is in the working copy.
    Faulty(Fault),
}

/// Saves what was typed with all else in the actor's working copy, and publishes or schedules the entry if so asked.
///
/// # Errors
/// Those of the gate; all faults of the fields, of the block that was typed into, and of the moment to publish at; stale, when the entry is
/// another and nothing says what it was.
pub fn save(tx: &mut Tx<'_>, mut session: EditSession, typed: &Typed, to: Option<Publication>) -> Result<Saved> {
    let (actor, at, target) = (session.actor.clone(), session.at(), session.target());
    session.take_in(tx, typed)?;
    let is_stale = typed.seen != session.entry.version || session.copy.base != session.entry.version;
    let was = session.entry.status;
    let (now, is_changed) = match put(tx, session, Choices::new())? {
        Ok(put) => put,
        Err(open) => return Ok(open),
    };
    let Some(to) = to else { return Ok(Saved::Done(Box::new(now), is_stale)) };
    if is_stale && !is_changed {
        return Err(Error::Stale);
    }
    if is_stale && was != Status::Published {
        return Ok(Saved::NotPublished(Box::new(now)));
    }
    let seen = Some(now.version);
    publication::set(tx, &actor, at, target, to, seen).map(|became| Saved::Done(Box::new(became.entry), is_stale))
}

/// Keeps what was typed in the actor's working copy, and makes a draft of the entry as it is.
///
/// # Errors
/// Those of the gate and of what was typed; stale, when the entry is another than the actor has seen.
pub fn take_back(tx: &mut Tx<'_>, mut session: EditSession, typed: &Typed) -> Result<Entry> {
    session.take_in(tx, typed)?;
    let (at, target) = (session.at(), session.target());
    let now = publication::set(tx, &session.actor, at, target, Publication::Never, Some(typed.seen))?.entry;
    keep_behind(tx, session, &now)?;
    Ok(now)
}

/// Keeps a working copy where the status of the entry has changed: no part of it in which a working copy could differ.
fn keep_behind(tx: &mut Tx<'_>, mut session: EditSession, now: &Entry) -> Result<()> {
    if session.copy.base == session.entry.version {
        session.copy.base = now.version;
    }
    session.entry = now.clone();
    session.keep(tx)
}

/// Saves the actor's working copy with what they have decided about the conflicts in it. `seen` is the version that they have decided about.
///
/// # Errors
/// Those of [`save`].
pub fn decide(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: Target, seen: i64, choices: Choices) -> Result<Saved> {
    let session = EditSession::open(tx, actor, at, target)?;
    if session.entry.version != seen {
        return Err(Error::Stale);
    }
    Ok(put(tx, session, choices)?.map_or_else(|open| open, |(now, _)| Saved::Done(Box::new(now), true)))
}

/// A working copy beside what others have saved since it was begun.
#[derive(Debug, Clone)]
pub struct Review {
    /// What has to be decided.
    pub open: Vec<Conflict>,
    /// What the actor has changed besides.
    pub mine: Side,
    /// What others have.
    pub theirs: Side,
    /// The content in the working copy, in the entry, and before both.
    pub trees: [Vec<Value>; 3],
}

/// What becomes of the actor's working copy when it is saved: what is in conflict, and what fits together.
///
/// # Errors
/// Those of the gate; stale, when nothing says what the entry was.
pub fn review(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: Target) -> Result<Review> {
    let session = EditSession::open(tx, actor, at, target)?;
    let open = merged(tx, &session, Choices::new())?.open;
    let base = session.snapshot(tx, session.copy.base)?;
    let (mine, theirs) = settled_sides(&session.copy, &base, &Snapshot::of(&session.entry), &open, &session.locales())?;
    let tree = |content: &str| serde_json::from_str(content).unwrap_or_default();
    let trees = [session.tree(tx)?, tree(&session.entry.content), tree(&base.content)];
    Ok(Review { open, mine, theirs, trees })
}

/// What a working copy lacks before it can be saved: the faults of its blocks, each with `part-` and the block's id.
pub fn faults(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: Target) -> Result<Faults> {
    let session = EditSession::open(tx, actor, at, target)?;
    let context = checked::context(tx, &session.project, None)?;
    let merged = merged(tx, &session, Choices::new())?;
    Ok(merged.content.map_or_else(Faults::default, |content| block_faults(&session.entry, &content, &context)))
}

fn merged(tx: &mut Tx<'_>, session: &EditSession, choices: Choices) -> Result<Merged> {
    let base = if session.copy.content.is_some() { session.copy.base } else { session.entry.version };
    let base = session.snapshot(tx, base)?;
    session.copy.merge(&session.entry, &base, &session.locales(), choices)
}

/// Makes the entry of the working copy, which is gone then, and whether it is another now. If that cannot be, the copy is kept.
fn put(tx: &mut Tx<'_>, session: EditSession, choices: Choices) -> Result<std::result::Result<(Entry, bool), Saved>> {
    let merged = merged(tx, &session, choices)?;
    if !merged.open.is_empty() {
        session.keep(tx)?;
        return Ok(Err(Saved::Open(merged.open)));
    }
    let mut now = match apply_at(tx, &session, &merged)? {
        Ok(changed) => changed,
        Err(fault) => {
            session.keep(tx)?;
            return Ok(Err(Saved::Faulty(fault)));
        }
    };
    let is_changed = now != session.entry;
    if is_changed {
        entry::put(tx, &session.granted, &session.actor, &session.entry, &mut now)?;
    }
    copy::delete(tx, &session.granted, &now, session.actor.id)?;
    Ok(Ok((now, is_changed)))
}

/// The entry of an edit session with what is merged; or the first fault of a block.
fn apply_at(tx: &mut Tx<'_>, session: &EditSession, merged: &Merged) -> Result<std::result::Result<Entry, Fault>> {
    let context = checked::context(tx, &session.project, None)?;
    let mut merged = merged.clone();
    let seen_by = Visibility::taken_from(session.entry.kind, &mut merged.body);
    let mut applied = apply(tx, (&session.granted, &session.entry), &merged, &context)?;
    if let Ok(changed) = &mut applied {
        seen_by.apply(changed);
    }
    Ok(applied)
}

/// An entry with what is merged; or the first fault of a block.
pub(in crate::service::content) fn apply(
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
    if let Some(fault) = step::check(&stored, content, |id| format!("{}.data.label", changed::of_part(id))).filter(|_| found.kind.is_form())
    {
        faults.push(fault);
    }
    faults
}
