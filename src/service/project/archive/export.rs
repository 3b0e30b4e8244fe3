//! A project written out as an archive, piece by piece. Each piece may be a read of its own: then each entry is told as it is when its turn
//! comes.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        id::{AppId, EntryId, OrgId, ProjectId},
        org::activity::Note,
        project::{
            app::AppType,
            archive::line::{End, Line},
        },
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        content::{entry, redirect},
        project::{app, archive, project},
    },
};

/// From so many bytes on a piece is long enough.
const PIECE: usize = 256 * 1024;
/// What writes archives.
const BY: &str = concat!("stele ", env!("STELE_VERSION"));

/// Notes that a project is exported; its slug, after which the archive is called.
pub fn begin(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId)) -> Result<String> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let found = project::plain(tx, &granted)?;
    tx.note(&granted, Note::new("project.exported", "project").of(found.id, &found.name))?;
    Ok(found.slug)
}

/// An archive that is being written.
#[derive(Debug, Clone)]
pub struct Export {
    at: (OrgId, ProjectId),
    apps: Vec<(AppId, AppType)>,
    next: Next,
    end: End,
}

/// What is written next.
#[derive(Debug, Clone)]
enum Next {
    Head,
    /// The entries of an app and of a kind, by their numbers, behind one of them.
    Entries(usize, usize, Option<(Instant, EntryId)>),
    /// The redirects of an app behind a path.
    Redirects(usize, String),
    End,
    Nothing,
}

impl Export {
    /// The archive of a project, of which nothing is written yet.
    pub const fn new(at: (OrgId, ProjectId)) -> Self {
        Self { at, apps: Vec::new(), next: Next::Head, end: End { apps: 0, entries: 0, redirects: 0 } }
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
                Next::Entries(app, kind, behind) => self.entries(tx, actor, (app, kind, behind), &mut out)?,
                Next::Redirects(app, behind) => self.redirects(tx, actor, (app, behind), &mut out)?,
                Next::End => {
                    Line::End(self.end).write(&mut out)?;
                    Next::Nothing
                }
                Next::Nothing => break,
            };
        }
        Ok(Some(out).filter(|out| !out.is_empty()))
    }

    fn head(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>, out: &mut String) -> Result<Next> {
        let granted = authorize::project(tx, actor, self.at, Permission::ProjectRead)?;
        Line::head(tx.now(), BY).write(out)?;
        Line::of_project(&project::plain(tx, &granted)?).write(out)?;
        for app in app::all(tx, &granted)? {
            Line::of_app(&app).write(out)?;
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
            Line::of_entry(&entry::get(tx, &granted, of, next.1)?)?.write(out)?;
            self.end.entries += 1;
            behind = Some(next);
            if out.len() >= PIECE {
                break;
            }
        }
        Ok(Next::Entries(app, kind, behind))
    }

    fn redirects(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>, (app, behind): (usize, String), out: &mut String) -> Result<Next> {
        let Some((id, _)) = self.apps.get(app) else { return Ok(Next::End) };
        let granted = authorize::app(tx, actor, (self.at.0, self.at.1, *id), None, Permission::ProjectRead)?;
        let mut last = None;
        for found in redirect::behind(tx, &granted, &behind)? {
            Line::of_redirect(&found).write(out)?;
            self.end.redirects += 1;
            last = Some(found.from_path);
        }
        Ok(last.map_or_else(|| Next::Redirects(app + 1, String::new()), |last| Next::Redirects(app, last)))
    }
}
