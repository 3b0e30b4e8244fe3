//! Numbers about what was sent to a form. Views are not counted: nothing is known of who only looked.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::Kind,
        form::{definition::Definition, field::Input},
        id::{AppPath, EntryId},
        time::Instant,
    },
    service::{
        authorize,
        content::checked::{locales, project_of},
    },
    store::{Tx, content::entry, form::figures},
};

/// How many of the newest submissions are looked at for what was left out.
pub const LOOKED_AT: usize = 500;

/// How often a question that may be left out was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub label: String,
    /// How often.
    pub count: u64,
}

/// The numbers of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// How many were sent in each of the stretches that were asked for.
    pub sent: Vec<u64>,
    /// The questions that may be left out, in their order.
    pub optional: Vec<Answered>,
    /// How many submissions were looked at for these.
    pub looked_at: u64,
}

/// The numbers of a form; `starts` are where the stretches begin, each of which ends with the next, the last one with now.
///
/// # Errors
/// Those of the gate.
pub fn of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, form): (&'static Kind, EntryId), starts: &[Instant]) -> Result<Figures> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::SubmissionRead)?;
    let entry = entry::get(tx, &granted, kind, form)?;
    let project = project_of(tx, actor, at)?;
    let locales = locales(&project);
    let definition = Definition::read(&entry.content, locales.default, &locales)?;
    let ends = starts.iter().skip(1).copied().chain([tx.now() + std::time::Duration::from_micros(1)]);
    let stretches: Vec<_> = starts.iter().copied().zip(ends).collect();
    let sent = stretches.into_iter().map(|stretch| figures::between(tx, &granted, form, stretch)).collect::<Result<_>>()?;
    let newest = figures::newest(tx, &granted, form, LOOKED_AT)?;
    let may_be_left_out = definition.fields.iter().filter(|field| field.is_seen() && (!field.is_required || !field.conditions.is_empty()));
    let optional = may_be_left_out.map(|field| {
        // A box to tick is always answered; what counts is that it was ticked.
        let is_ticked = |value: &serde_json::Value| field.input != Input::Checkbox || value == true;
        let count = newest.iter().filter(|data| data.get(&field.name).is_some_and(is_ticked)).count();
        Answered { label: field.label.clone(), count: count as u64 }
    });
    Ok(Figures { sent, optional: optional.collect(), looked_at: newest.len() as u64 })
}

/// How many of those that were sent to the forms of an app nobody has read; none, where the caller may not read them.
///
/// # Errors
/// Those of the store.
pub fn unread(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<u64> {
    let may = authorize::app(tx, actor, at, None, Permission::SubmissionRead);
    Ok(match authorize::if_granted(may)? {
        Some(granted) => figures::unread(tx, &granted)?,
        None => 0,
    })
}
