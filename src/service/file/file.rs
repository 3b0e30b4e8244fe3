//! Files: made of bytes that came in, changed, found, and deleted.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        content::Locales,
        error::{Fault, Faults},
        file::{
            blob::Blob,
            draft::{About, Patch},
            file::{File, Grounding},
            media_type, name,
            only::Only,
            picture::variant::{State, Variants},
            text,
        },
        id::{BlobId, FileId, ProjectPath},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::project::Project,
    },
    service::authorize,
    store::{
        Tx,
        file::{blob, file},
        project::project,
    },
};

use super::{
    blob::{bytes::Bounds, staging::Staged},
    folder,
};

/// Bytes that are whole and that a file takes: those that came in in one piece or in parts.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'b> {
    /// Their rows.
    pub id: BlobId,
    /// BLAKE3 of all of them, in hexadecimal digits.
    pub hash: &'b str,
    /// How many they are.
    pub size: u64,
    /// The first of them: a piece.
    pub first: &'b [u8],
    /// Whether they are a picture that is shown turned by a quarter.
    pub is_turned: bool,
    /// How many may be kept.
    pub bounds: Bounds,
}

impl<'b> From<&'b Staged> for Incoming<'b> {
    fn from(staged: &'b Staged) -> Self {
        Self {
            id: staged.id(),
            hash: &staged.hash,
            size: staged.size,
            first: &staged.first,
            is_turned: staged.is_turned,
            bounds: staged.bounds(),
        }
    }
}

impl Incoming<'_> {
    /// Keeps them, unless the project has the same; whoever calls it refers to them in the same transaction.
    ///
    /// # Errors
    /// The quota is reached.
    pub(in crate::service) fn keep(&self, tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<Blob> {
        if blob::find_by_hash(tx, at, self.hash)?.is_none() {
            self.bounds.admit_more(tx, at, self.size)?;
        }
        blob::ready(tx, at, self.id, (self.hash, self.size))
    }

    fn text(&self, kind: &str) -> Option<String> {
        text_of(kind, self.first)
    }

    fn dimensions(&self, kind: &str) -> Option<(u32, u32)> {
        if !media_type::is_image(kind) || kind == media_type::SVG {
            return None;
        }
        let size = imagesize::blob_size(self.first).ok()?;
        let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
        Some(if self.is_turned { (height, width) } else { (width, height) })
    }
}

/// Whether the caller may send files to a project: asked before they do.
///
/// # Errors
/// Those of the gate.
pub fn authorize(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<()> {
    authorize::project(tx, actor, at, Permission::EntryWrite).map(drop)
}

/// Makes a file of bytes that came in.
///
/// # Errors
/// Those of the gate; all faults; the quota is reached.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, about: &About, bytes: &Incoming<'_>) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let about = about.check()?;
    let folder = folder::of(tx, &granted, &about)?;
    let mime_type = media_type::of(&about.filename, about.mime_type.as_deref(), bytes.first);
    let blob = bytes.keep(tx, &granted)?;
    let now = tx.now();
    let made = File {
        id: FileId::new(now, tx.entropy()),
        org: at.0,
        project: at.1,
        folder,
        filename: name::safe(&about.filename),
        dimensions: bytes.dimensions(&mime_type),
        variants: Variants::begin(&mime_type),
        references: 0,
        is_public: about.public(),
        grounding: about.grounding.unwrap_or(Grounding::Fact),
        original_filename: about.filename,
        mime_type,
        blob,
        permission_group: about.permission_group,
        focal_point: None,
        title: about.title.map_or(serde_json::Value::Null, Into::into),
        alt_text: serde_json::Value::Null,
        caption: serde_json::Value::Null,
        description: about.description,
        created_at: now,
        created_by: Some(actor.id),
        updated_at: now,
        deleted_at: None,
    };
    file::insert(tx, &granted, &made, bytes.text(&made.mime_type).as_deref())?;
    tx.note(&granted, audit_note("file.created", &made))?;
    Ok(made)
}

/// Stores a file that comes with an archive, which says all of it but what its bytes are.
///
/// # Errors
/// The quota is reached.
pub(in crate::service) fn arrive(tx: &mut Tx<'_>, at: &Granted<InProject>, told: File, bytes: &Incoming<'_>) -> Result<()> {
    let mime_type = media_type::of(&told.original_filename, Some(&told.mime_type), bytes.first);
    let blob = bytes.keep(tx, at)?;
    let (dimensions, variants) = (bytes.dimensions(&mime_type), Variants::begin(&mime_type));
    let made = File { dimensions, variants, mime_type, blob, ..told };
    file::insert(tx, at, &made, bytes.text(&made.mime_type).as_deref())
}

/// Puts other bytes in the place of those of a file: its id and its address stay, and what was in it is kept as a version.
///
/// # Errors
/// Those of the gate; the quota is reached.
pub fn replace(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId, bytes: &Incoming<'_>) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let before = file::get(tx, &granted, id)?;
    let mime_type = media_type::of(&before.original_filename, Some(&before.mime_type), bytes.first);
    put(tx, &granted, &before, mime_type, bytes)
}

/// The same with a text in the place of a text.
///
/// # Errors
/// The same; invalid, where the file is none.
pub fn replace_text(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId, bytes: &Incoming<'_>) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let before = file::get(tx, &granted, id)?;
    if !media_type::is_text(&before.mime_type) {
        return Err(Fault::new("content", "not_a_text", "Only the content of a text can be replaced by a text.").into());
    }
    let mime_type = media_type::of(&before.original_filename, Some(&before.mime_type), bytes.first);
    put(tx, &granted, &before, mime_type, bytes)
}

fn put(tx: &mut Tx<'_>, granted: &Granted<InProject>, before: &File, mime_type: String, bytes: &Incoming<'_>) -> Result<File> {
    let blob = bytes.keep(tx, granted)?;
    if blob == before.blob {
        return Ok(before.clone());
    }
    let (dimensions, variants) = (bytes.dimensions(&mime_type), Variants::begin(&mime_type));
    let changed = File { dimensions, variants, mime_type, blob, updated_at: tx.now(), ..before.clone() };
    file::update(tx, granted, &changed, before, Some(bytes.text(&changed.mime_type).as_deref()))?;
    tx.note(granted, audit_note("file.replaced", &changed))?;
    Ok(changed)
}

/// Changes what is said of a file, and where it lies.
///
/// # Errors
/// Those of the gate; all faults.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId, patch: &Patch) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    Change::of(tx, &granted, patch)?.apply(tx, &granted, id)
}

/// The same for several: all of them, or none.
///
/// # Errors
/// The same.
pub fn update_all(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, ids: &[FileId], patch: &Patch) -> Result<()> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let change = Change::of(tx, &granted, patch)?;
    ids.iter().try_for_each(|id| change.apply(tx, &granted, *id).map(drop))
}

/// A change of files of a project, with what is the same for each of them.
struct Change<'p> {
    patch: &'p Patch,
    project: Project,
    /// What is wrong with the folder that they go to.
    faults: Faults,
}

impl<'p> Change<'p> {
    fn of(tx: &mut Tx<'_>, granted: &Granted<InProject>, patch: &'p Patch) -> Result<Self> {
        let mut faults = Faults::default();
        folder::check(tx, granted, "folderId", patch.folder_id.flatten(), &mut faults)?;
        Ok(Self { patch, project: project::get_without_apps(tx, granted)?, faults })
    }

    fn apply(&self, tx: &mut Tx<'_>, granted: &Granted<InProject>, id: FileId) -> Result<File> {
        let before = file::get(tx, granted, id)?;
        let mut changed = before.clone();
        let mut faults = Faults::default();
        match self.patch.apply(&mut changed, &Locales { default: &self.project.default_locale, enabled: &self.project.locales }) {
            Err(Error::Invalid(more)) => faults = more,
            other => other?,
        }
        faults.0.extend(self.faults.0.iter().cloned());
        faults.into_result()?;
        store(tx, granted, &before, changed)
    }
}

fn store(tx: &mut Tx<'_>, granted: &Granted<InProject>, before: &File, changed: File) -> Result<File> {
    let changes = changed.changes(before);
    if changes.is_empty() {
        return Ok(changed);
    }
    let mut changed = File { updated_at: tx.now(), ..changed };
    if changed.focal_point != before.focal_point && changed.variants.state != State::None {
        (changed.variants.state, changed.variants.fault) = (State::Pending, None);
    }
    file::update(tx, granted, &changed, before, None)?;
    tx.note(granted, audit_note("file.updated", &changed).with("changed", changes))?;
    Ok(changed)
}

/// A file.
///
/// # Errors
/// Those of the gate; not found.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    file::get(tx, &granted, id)
}

/// The files of a project.
///
/// # Errors
/// Those of the gate.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<File>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    file::list(tx, &granted, listing)
}

/// The files of a project that are of this sort.
///
/// # Errors
/// Those of the gate.
pub fn list_only(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing, only: Only) -> Result<Page<File>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    file::list_only(tx, &granted, listing, only)
}

/// How many bytes the files of a project have together; the same bytes count once.
///
/// # Errors
/// Those of the gate.
pub fn bytes_used(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<u64> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    blob::bytes_used(tx, &granted)
}

/// What is written in bytes of this type, where they are a text: their first piece is looked into.
pub(super) fn text_of(kind: &str, first: &[u8]) -> Option<String> {
    media_type::is_text(kind).then(|| text::of(kind, first))
}

pub(super) fn audit_note(action: &'static str, file: &File) -> Note {
    Note::new(action, "file").of(file.id, &file.original_filename)
}
