//! A project written out as an archive, piece by piece. Each piece may be a read of its own: then each entry, and each file, is told as it is when its
//! turn comes.

use std::{collections::HashSet, sync::Arc};

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        file::{
            blob::{Blob, BlobPlace, pieces},
            folder::Folder,
        },
        id::{AppId, EntryId, FileId, ProjectPath},
        listing::{Listing, PAGE_SIZE_MAX},
        org::activity::Note,
        project::{
            app::AppType,
            archive::line::{ArchiveLine, End},
        },
        spec::Order,
        time::Instant,
    },
    service::{authorize, file::blob::bytes::Blobs},
    store::{
        Tx,
        content::{entry, site::redirect},
        file::{file, folder},
        project::{app, archive, branding, domain, project},
    },
};

/// The order of domains.
const OLDEST: Order = Order { field: "createdAt", descending: false };
/// From so many bytes on a piece is long enough.
const PIECE: usize = 256 * 1024;
/// What writes archives.
const BY: &str = concat!("stele ", env!("STELE_VERSION"));

/// Notes that a project is exported; its slug, after which the archive is called.
pub fn begin(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<String> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let found = project::get_without_apps(tx, &granted)?;
    tx.note(&granted, Note::new("project.exported", "project").of(found.id, &found.name))?;
    Ok(found.slug)
}

/// An archive that is being written.
#[derive(Clone)]
pub struct Export {
    at: ProjectPath,
    /// Where the bytes of files are; none for an archive without them.
    files: Option<Arc<Blobs>>,
    apps: Vec<(AppId, AppType)>,
    next: Next,
    end: End,
}

/// What is written next.
#[derive(Debug, Clone)]
enum Next {
    Head,
    /// The file behind one of them.
    Files(Option<(Instant, FileId)>),
    /// The bytes of a file from a piece on, and the moment of the file.
    Bytes(FileId, Blob, u64, Instant),
    /// Brandings and apps.
    Looks,
    /// The entries of an app and of a kind, by their numbers, behind one of them.
    Entries(usize, usize, Option<(Instant, EntryId)>),
    /// The redirects of an app behind a path.
    Redirects(usize, String),
    Domains,
    End,
    Nothing,
}

impl Export {
    /// The archive of a project, of which nothing is written yet: with its files, or without them.
    pub fn new(at: ProjectPath, files: Option<Arc<Blobs>>) -> Self {
        Self { at, files, apps: Vec::new(), next: Next::Head, end: End::default() }
    }

    /// The next lines; none when all is written.
    ///
    /// # Errors
    /// Those of the gate, which is asked for each piece; not found, when an app goes meanwhile.
    pub fn piece(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Option<String>> {
        let mut out = String::new();
        while out.len() < PIECE {
            self.next = match std::mem::replace(&mut self.next, Next::Nothing) {
                Next::Head => self.head(tx, actor, &mut out)?,
                Next::Files(behind) => self.files(tx, actor, behind, &mut out)?,
                Next::Bytes(of, blob, n, moment) => self.bytes(tx, (of, &blob, n, moment), &mut out)?,
                Next::Looks => self.looks(tx, actor, &mut out)?,
                Next::Entries(app, kind, behind) => self.entries(tx, actor, (app, kind, behind), &mut out)?,
                Next::Redirects(app, behind) => self.redirects(tx, actor, (app, behind), &mut out)?,
                Next::Domains => self.domains(tx, actor, &mut out)?,
                Next::End => {
                    ArchiveLine::End(self.end).write(&mut out)?;
                    Next::Nothing
                }
                Next::Nothing => break,
            };
        }
        Ok(Some(out).filter(|out| !out.is_empty()))
    }

    fn head(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>, out: &mut String) -> Result<Next> {
        let granted = authorize::project(tx, actor, self.at, Permission::ProjectRead)?;
        ArchiveLine::head(tx.now(), BY).write(out)?;
        ArchiveLine::of_project(&project::get_without_apps(tx, &granted)?).write(out)?;
        if self.files.is_none() {
            return Ok(Next::Looks);
        }
        for folder in outer_first(folder::all(tx, &granted)?) {
            ArchiveLine::of_folder(&folder).write(out)?;
            self.end.folders += 1;
        }
        Ok(Next::Files(None))
    }

    /// A file; one whose bytes a backup left out is left out here, too.
    fn files(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>, behind: Option<(Instant, FileId)>, out: &mut String) -> Result<Next> {
        let granted = authorize::project(tx, actor, self.at, Permission::ProjectRead)?;
        let Some(found) = file::next(tx, &granted, behind)? else { return Ok(Next::Looks) };
        if found.blob.place == BlobPlace::Nowhere {
            return Ok(Next::Files(Some((found.created_at, found.id))));
        }
        ArchiveLine::of_file(&found).write(out)?;
        self.end.files += 1;
        Ok(Next::Bytes(found.id, found.blob, 0, found.created_at))
    }

    fn bytes(&self, tx: &mut Tx<'_>, (of, blob, n, moment): (FileId, &Blob, u64, Instant), out: &mut String) -> Result<Next> {
        if n == pieces(blob.size) {
            return Ok(Next::Files(Some((moment, of))));
        }
        if let Some(files) = &self.files {
            ArchiveLine::of_bytes(of, &files.piece_in(tx, blob, n)?).write(out)?;
        }
        Ok(Next::Bytes(of, blob.clone(), n + 1, moment))
    }

    fn looks(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>, out: &mut String) -> Result<Next> {
        let granted = authorize::project(tx, actor, self.at, Permission::ProjectRead)?;
        for branding in branding::all(tx, &granted)? {
            ArchiveLine::of_branding(&branding).write(out)?;
            self.end.brandings += 1;
        }
        for app in app::all(tx, &granted)? {
            ArchiveLine::of_app(&app).write(out)?;
            self.apps.push((app.id, app.app_type));
        }
        self.end.apps = self.apps.len() as u64;
        Ok(Next::Entries(0, 0, None))
    }

    fn entries(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Arc<Actor>,
        (app, kind, mut behind): (usize, usize, Option<(Instant, EntryId)>),
        out: &mut String,
    ) -> Result<Next> {
        let Some((id, app_type)) = self.apps.get(app) else { return Ok(Next::Redirects(0, String::new())) };
        let Some(of) = tx.kinds().get(kind) else { return Ok(Next::Entries(app + 1, 0, None)) };
        if of.app_type != *app_type {
            return Ok(Next::Entries(app, kind + 1, None));
        }
        let granted = authorize::app(tx, actor, (self.at.0, self.at.1, *id), None, Permission::ProjectRead)?;
        let found = archive::entries(tx, &granted, of, behind)?;
        if found.is_empty() {
            return Ok(Next::Entries(app, kind + 1, None));
        }
        for next in found {
            ArchiveLine::of_entry(&entry::get(tx, &granted, of, next.1)?)?.write(out)?;
            self.end.entries += 1;
            behind = Some(next);
            if out.len() >= PIECE {
                break;
            }
        }
        Ok(Next::Entries(app, kind, behind))
    }

    fn redirects(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>, (app, behind): (usize, String), out: &mut String) -> Result<Next> {
        let Some((id, _)) = self.apps.get(app) else { return Ok(Next::Domains) };
        let granted = authorize::app(tx, actor, (self.at.0, self.at.1, *id), None, Permission::ProjectRead)?;
        let mut last = None;
        for found in redirect::behind(tx, &granted, &behind)? {
            ArchiveLine::of_redirect(&found).write(out)?;
            self.end.redirects += 1;
            last = Some(found.from_path);
        }
        Ok(last.map_or_else(|| Next::Redirects(app + 1, String::new()), |last| Next::Redirects(app, last)))
    }

    fn domains(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>, out: &mut String) -> Result<Next> {
        let granted = authorize::project(tx, actor, self.at, Permission::ProjectRead)?;
        // There are no more than a page has.
        let all = domain::list(tx, &granted, &Listing { page_size: PAGE_SIZE_MAX, order: OLDEST, ..Listing::default() })?;
        for found in all.items {
            ArchiveLine::of_domain(&found).write(out)?;
            self.end.domains += 1;
        }
        Ok(Next::End)
    }
}

/// Folders, each behind the one that it lies in. One whose folder is in the trash is in the trash itself.
fn outer_first(folders: Vec<Folder>) -> Vec<Folder> {
    let (mut sorted, mut left) = (Vec::with_capacity(folders.len()), folders);
    let mut there = HashSet::new();
    while !left.is_empty() {
        let (now, later): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|folder: &Folder| folder.parent.is_none_or(|parent| there.contains(&parent)));
        if now.is_empty() {
            break;
        }
        there.extend(now.iter().map(|folder| folder.id));
        sorted.extend(now);
        left = later;
    }
    sorted
}
