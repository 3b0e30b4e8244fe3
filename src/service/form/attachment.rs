//! Files that come with what visitors send: kept in the transaction of the submission, and read by whoever may read that.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InApp, InProject, Permission},
        content::Kind,
        form::attachment::Attachment,
        id::{AppPath, AttachmentId, EntryId, ProjectPath, SubmissionId},
    },
    service::{
        authorize,
        file::{
            blob::{
                bytes::Blobs,
                staging::{Staged, Staging},
            },
            file::Incoming,
        },
    },
    store::{Tx, form::attachment},
};

use super::submission;

/// A file that came with a form, whose bytes are whole.
#[derive(Clone)]
pub struct Attached {
    /// The name of the field that asked for it.
    pub field: String,
    /// What it was called where it comes from.
    pub filename: String,
    /// Its type.
    pub mime_type: String,
    /// Its bytes.
    pub bytes: Arc<Staged>,
}

/// Begins the bytes of a file that a visitor sent: visitors are nobody, the server itself keeps them.
///
/// # Errors
/// Those of the store.
pub async fn begin(blobs: &Arc<Blobs>, at: ProjectPath) -> Result<Staging> {
    Staging::begin(blobs, at, |_| Ok(Actor::operator())).await
}

fn authorize(tx: &mut Tx<'_>, at: ProjectPath) -> Result<Granted<InProject>> {
    authorize::project(tx, &Actor::operator(), at, Permission::EntryWrite)
}

/// Whether the project may keep so many bytes more.
///
/// # Errors
/// The quota is reached.
pub fn admit(tx: &mut Tx<'_>, at: ProjectPath, blobs: &Blobs, bytes: u64) -> Result<()> {
    let granted = authorize(tx, at)?;
    blobs.bounds.admit_more(tx, &granted, bytes)
}

/// Keeps the files of a new submission, and tells them.
///
/// # Errors
/// The quota is reached.
pub(super) fn keep(tx: &mut Tx<'_>, at: &Granted<InApp>, of: SubmissionId, files: &[Attached]) -> Result<Vec<Attachment>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let (granted, mut kept) = (authorize(tx, (at.org(), at.project()))?, Vec::new());
    for (n, file) in files.iter().enumerate() {
        let blob = Incoming::from(&*file.bytes).keep(tx, &granted)?;
        let id = AttachmentId::new(tx.now(), tx.entropy());
        let new = Attachment { id, field: file.field.clone(), filename: file.filename.clone(), mime_type: file.mime_type.clone(), blob };
        attachment::insert(tx, &granted, of, (n, &new))?;
        kept.push(new);
    }
    Ok(kept)
}

/// A file that came with a submission, for whoever may read that.
///
/// # Errors
/// Those of the gate; not found.
pub fn get(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    (of, id): (SubmissionId, AttachmentId),
) -> Result<Attachment> {
    // The submission is one of this form, and so is what came with it.
    submission::get(tx, actor, at, target, of)?;
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::SubmissionRead)?;
    attachment::get(tx, &granted, of, id)
}

/// Whether some are left of submissions that are gone.
///
/// # Errors
/// Those of the store.
pub fn any_left(tx: &mut Tx<'_>) -> Result<bool> {
    attachment::unguarded_any_left(tx)
}

/// Drops some of them; how many.
///
/// # Errors
/// Those of the store.
pub fn forget_left(tx: &mut Tx<'_>) -> Result<usize> {
    attachment::unguarded_drop_left(tx)
}
