//! Folders of files.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        error::{Fault, Faults},
        file::{
            draft::About,
            folder::{self as rules, Around, DEEPEST, Draft, Folder, Patch},
        },
        id::{FolderId, ProjectPath},
        listing::Listing,
        org::activity::Note,
        page::Page,
    },
    service::authorize,
    store::{Tx, file::folder},
};

/// A folder with what there is to say of it.
pub type FolderAround = (Folder, Around);

/// The folders of a project.
///
/// # Errors
/// Those of the gate.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<FolderAround>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let page = folder::list(tx, &granted, listing)?;
    let around = folder::around(tx, &granted, &page.items)?;
    let mut around = around.into_iter();
    Ok(page.map(|folder| (folder, around.next().unwrap_or_default())))
}

/// A folder.
///
/// # Errors
/// Those of the gate; not found.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FolderId) -> Result<FolderAround> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let found = folder::get(tx, &granted, id)?;
    with_counts(tx, &granted, found)
}

/// The folders from the root down to this one, itself last, as a path of links shows them.
///
/// # Errors
/// Those of the gate.
pub fn line(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FolderId) -> Result<Vec<(FolderId, String)>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let mut line = folder::line(tx, &granted, id)?;
    line.reverse();
    Ok(line)
}

fn with_counts(tx: &mut Tx<'_>, at: &Granted<InProject>, found: Folder) -> Result<FolderAround> {
    let around = folder::around(tx, at, std::slice::from_ref(&found))?.pop().unwrap_or_default();
    Ok((found, around))
}

/// Makes a folder.
///
/// # Errors
/// Those of the gate; all faults; a conflict on `name`.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, draft: &Draft) -> Result<FolderAround> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let made = draft.check(FolderId::new(tx.now(), tx.entropy()), at, actor.id, tx.now())?;
    let mut faults = Faults::default();
    check(tx, &granted, "parentId", made.parent, &mut faults)?;
    faults.into_result()?;
    place(tx, &granted, &made)?;
    folder::insert(tx, &granted, &made)?;
    tx.note(&granted, audit_note("file-folder.created", &made))?;
    with_counts(tx, &granted, made)
}

/// Renames or moves a folder, with all that is in it.
///
/// # Errors
/// Those of the gate; all faults; a conflict on `name`.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FolderId, patch: &Patch) -> Result<FolderAround> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let before = folder::get(tx, &granted, id)?;
    let mut changed = before.clone();
    patch.apply(&mut changed)?;
    if changed.parent != before.parent {
        let mut faults = Faults::default();
        check(tx, &granted, "parentId", changed.parent, &mut faults)?;
        faults.into_result()?;
        if let Some(parent) = changed.parent
            && folder::line(tx, &granted, parent)?.iter().any(|(above, _)| *above == id)
        {
            return Err(Fault::new("parentId", "circle", "A folder cannot lie in itself.").into());
        }
    }
    if changed != before {
        place(tx, &granted, &changed)?;
        changed.updated_at = tx.now();
        folder::update(tx, &granted, &changed)?;
        tx.note(&granted, audit_note("file-folder.updated", &changed))?;
    }
    with_counts(tx, &granted, changed)
}

/// Refuses a folder that is not there.
pub(super) fn check(tx: &mut Tx<'_>, at: &Granted<InProject>, field: &str, id: Option<FolderId>, faults: &mut Faults) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    match folder::get(tx, at, id) {
        Err(Error::NotFound(_)) => faults.add(field, "unknown_reference", format!("{field} must be the id of a folder that is there.")),
        found => drop(found?),
    }
    Ok(())
}

/// Whether a folder lies not too deep there, with all that lies in it.
pub(super) fn fits(tx: &mut Tx<'_>, at: &Granted<InProject>, wanted: &Folder) -> Result<bool> {
    let Some(parent) = wanted.parent else { return Ok(true) };
    let above = folder::line(tx, at, parent)?.len();
    Ok(above < DEEPEST && above + folder::height(tx, at, wanted.id)? <= DEEPEST)
}

/// Refuses a place that is too deep, and a name that another folder has there.
fn place(tx: &mut Tx<'_>, at: &Granted<InProject>, wanted: &Folder) -> Result<()> {
    if !fits(tx, at, wanted)? {
        return Err(rules::too_deep("parentId").into());
    }
    match folder::find_by_name(tx, at, wanted.parent, &wanted.name)? {
        Some(other) if other.id != wanted.id => {
            Err(Error::Conflict(Fault::new("name", "taken", format!("There is a folder {:?} here already.", wanted.name))))
        }
        _ => Ok(()),
    }
}

/// The names of the folders below that of `folderId` in which a new file is to lie.
///
/// # Errors
/// The folder is not there; the path is none.
pub(super) fn check_path(tx: &mut Tx<'_>, at: &Granted<InProject>, about: &About) -> Result<Vec<String>> {
    let mut faults = Faults::default();
    check(tx, at, "folderId", about.folder_id, &mut faults)?;
    let names = about.folder_path.as_deref().and_then(|path| faults.keep(rules::names("folderPath", path)));
    faults.into_result()?;
    Ok(names.unwrap_or_default())
}

/// The folder that a new file is to lie in; those of a path that are missing are made.
pub(super) fn of(tx: &mut Tx<'_>, at: &Granted<InProject>, about: &About) -> Result<Option<FolderId>> {
    let names = check_path(tx, at, about)?;
    let mut parent = about.folder_id;
    for name in names {
        let found = match folder::find_by_name(tx, at, parent, &name)? {
            Some(found) => found,
            None => {
                let draft = Draft { name, parent_id: parent };
                let made = draft.check(FolderId::new(tx.now(), tx.entropy()), (at.org(), at.project()), at.actor().id, tx.now())?;
                folder::insert(tx, at, &made)?;
                tx.note(at, audit_note("file-folder.created", &made))?;
                made
            }
        };
        parent = Some(found.id);
    }
    Ok(parent)
}

pub(super) fn audit_note(action: &'static str, folder: &Folder) -> Note {
    Note::new(action, "fileFolder").of(folder.id, &folder.name)
}
