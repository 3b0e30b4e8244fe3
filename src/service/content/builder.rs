//! Content, one section or block at a time: by anybody who names the entry by its kind, its id and its project.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{
            Entry, Kind,
            tree::{
                change::{Edit, Edited},
                edit,
            },
        },
        error::Fault,
        form::public::step,
        id::{AppPath, EntryId, ProjectPath},
    },
    service::authorize,
    store::{
        Tx,
        content::version::{self, Source},
    },
};

use super::{
    checked::{self, project_of},
    entry::{audit_note, current, write},
};

/// Whether the actor may see the project, whose entries are named in the body.
pub fn authorize(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<()> {
    authorize::project(tx, actor, at, Permission::ProjectSee).map(drop)
}

/// Makes one change to the content of an entry, and keeps a version. `seen` is the version that the caller has read; plain texts are in the
/// default language, or in `locale`.
///
/// # Errors
/// Those of the gate; the fault of a kind without content; not found, for a section or block that there is not; all faults of what is given.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
    edit: &Edit,
    (seen, locale): (Option<i64>, Option<&str>),
) -> Result<(Entry, Edited)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    if !kind.has_tree() {
        return Err(Fault::new("contentType", "no_content", format!("A {} has no content.", kind.noun)).into());
    }
    let mut changed = current(tx, &granted, (kind, id), seen)?;
    let before = changed.clone();
    let project = project_of(tx, actor, at)?;
    let mut sections: Vec<Value> =
        serde_json::from_str(&changed.content).map_err(|_| Error::Internal("unexpected value in entries.content".into()))?;
    let context = checked::context(tx, &project, locale)?;
    let stored = if kind.is_form() { Some(sections.clone()) } else { None };
    let edited = edit::apply(kind, &mut sections, edit, &context)?;
    if let Some(fault) = stored.and_then(|stored| step::check(&stored, &sections, |_| "content".to_owned())) {
        return Err(fault.into());
    }
    changed.content = Value::Array(sections).to_string();
    edit::fits(&changed.content)?;
    changed.touch(actor.id, tx.now());
    write(tx, &granted, &before, &changed)?;
    version::keep(tx, &granted, &changed, Source::Edit)?;
    tx.note(&granted, audit_note("entry.updated", &changed))?;
    Ok((changed, edited))
}
