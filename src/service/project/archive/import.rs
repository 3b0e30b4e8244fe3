//! A project made of an archive. First the whole file is gone through and nothing is stored; then it is stored in many short writes, between
//! which others have their turn, in a project that nobody finds; last that is there at once. One that does not come to its end goes by itself
//! (`crate::store::project::archive`).

use std::{
    collections::HashMap,
    io::{BufRead, Seek, SeekFrom},
    sync::Arc,
};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        content::{Entry, Kind, singles_of, site::redirect::Redirect},
        file::folder::Folder,
        id::{AppId, OrgId, ProjectId, ProjectPath, RedirectId},
        org::activity::Note,
        project::{
            app::App,
            archive::{Report, arrival::Arrival, at_line, inventory::Inventory, line::ArchiveLine, survey::Survey},
            branding::Branding,
            domain::Domain,
            project::Project,
        },
        text,
    },
    service::{
        authorize::{self, ActorSource},
        content::{place::singleton, site::redirect as redirects},
        file::blob::bytes::Blobs,
        org::purge::KEPT,
    },
    store::{
        Store, Tx,
        content::{
            entry,
            site::redirect,
            version::{self, Source},
        },
        file::folder,
        project::{app, archive, branding, domain, project},
        unguarded,
    },
};

use super::{
    files::Files,
    here::{Here, LEASE},
    lines::Lines,
};

/// Most entries and redirects of one write: others wait no longer than that takes.
const BATCH: usize = 50;
/// Most bytes of their content.
const BATCH_BYTES: usize = 512 * 1024;

/// Does what ends an import, in its transaction: as it is, or once only.
pub type Ending =
    Arc<dyn Fn(&mut Tx<'_>, &Arc<Actor>, &Report, &mut dyn FnMut(&mut Tx<'_>) -> Result<Project>) -> Result<Project> + Send + Sync>;

/// What becomes of an archive, and by whom.
#[derive(Clone)]
pub struct ImportRequest {
    /// Who imports it.
    pub who: ActorSource,
    /// The organization of the new project.
    pub org: OrgId,
    /// The name that it gets instead of its own.
    pub name: Option<String>,
    /// Where the bytes of its files are kept.
    pub files: Arc<Blobs>,
}

/// Whether somebody may import into an organization at all.
pub fn authorize(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId) -> Result<()> {
    authorize::org(tx, actor, org, Permission::ProjectCreate).map(drop)
}

/// Whether they may import this archive: where an app of it announces what visitors send, who may read that, as for the setting itself.
///
/// # Errors
/// Those of the gate.
pub fn admit(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, inventory: &Inventory) -> Result<()> {
    authorize(tx, actor, org)?;
    if inventory.announces { authorize::org(tx, actor, org, Permission::SubmissionRead).map(drop) } else { Ok(()) }
}

/// Goes through an archive, and stores nothing.
///
/// # Errors
/// All that is wrong with it, each fault with its line.
fn survey(store: &Store, name: Option<&str>, source: &mut dyn BufRead) -> Result<Inventory> {
    let mut survey = Survey::new(store.kinds(), store.entropy(), store.now(), name);
    let mut lines = Lines::new(source);
    while lines.next(|line| survey.line(line))?.unwrap_or(false) {}
    survey.finish()
}

/// Goes through an archive twice, as an import does, and tells all that an import would.
///
/// # Errors
/// Those of [`survey`].
pub fn look_through(store: &Store, name: Option<&str>, source: &mut (impl BufRead + Seek)) -> Result<Inventory> {
    let begin = source.stream_position().map_err(unreadable)?;
    let mut inventory = survey(store, name, source)?;
    source.seek(SeekFrom::Start(begin)).map_err(unreadable)?;
    let (mut lines, mut number) = (Lines::new(source), 0);
    while let Some(read) = lines.next(|line| line.map(ArchiveLine::read))? {
        number += 1;
        if let Some(Ok(line)) = read {
            inventory.look(number, line, store.kinds());
        }
    }
    Ok(inventory)
}

/// Makes a project of an archive.
///
/// # Errors
/// Those of the gate; all that is wrong with the archive. Then there is no project.
pub fn import(store: &Store, wanted: &ImportRequest, source: &mut (impl BufRead + Seek)) -> Result<(Project, Report)> {
    import_ending(store, wanted, source, Arc::new(|tx, _, _, end| end(tx)))
}

/// The same with an end of its own.
///
/// # Errors
/// As [`import`], and those of the end. Then there is no project.
pub fn import_ending(
    store: &Store,
    wanted: &ImportRequest,
    source: &mut (impl BufRead + Seek),
    ending: Ending,
) -> Result<(Project, Report)> {
    let asking = wanted.clone();
    store.read_now(|tx| (asking.who)(tx).and_then(|actor| authorize(tx, &actor, asking.org)))?;
    let begin = source.stream_position().map_err(unreadable)?;
    let mut inventory = survey(store, wanted.name.as_deref(), source)?;
    store.read_now(|tx| (wanted.who)(tx).and_then(|actor| admit(tx, &actor, wanted.org, &inventory)))?;
    source.seek(SeekFrom::Start(begin)).map_err(unreadable)?;
    let mut report = std::mem::take(&mut inventory.report);
    let project = begun(store, wanted, &inventory)?;
    let done = Import::new(store, wanted, &inventory, &project).and_then(|import| import.run(source, &mut report, ending));
    match done {
        Ok(made) => Ok((made, report)),
        Err(error) => {
            // Where this fails, too, it goes when it falls due.
            let _ = store.write_now(move |tx| abandon(tx, (project.org, project.id)));
            Err(error)
        }
    }
}

fn unreadable(cause: std::io::Error) -> Error {
    Error::Internal(format!("the archive cannot be read: {cause}"))
}

/// Stores a project that nobody finds.
fn begun(store: &Store, wanted: &ImportRequest, inventory: &Inventory) -> Result<Project> {
    let surveyed = inventory.project.clone().ok_or_else(|| Error::Internal("an archive without a project was found good".into()))?;
    let wanted = wanted.clone();
    store.write_now(move |tx| {
        let actor = (wanted.who)(tx)?;
        let granted = authorize::org(tx, &actor, wanted.org, Permission::ProjectCreate)?;
        let made = Project { id: ProjectId::new(tx.now(), tx.entropy()), org: wanted.org, created_at: tx.now(), ..surveyed.clone() };
        let due = tx.now() - KEPT + LEASE;
        archive::insert(tx, &granted, &made, due)?;
        Ok(made)
    })
}

fn abandon(tx: &mut Tx<'_>, at: ProjectPath) -> Result<()> {
    let until = tx.now() - KEPT;
    let (granted, _) = authorize::arriving(tx, &Actor::operator(), at, until)?;
    archive::put_off(tx, &granted, until)
}

/// An archive on its way into a project.
struct Import<'a> {
    store: &'a Store,
    wanted: &'a ImportRequest,
    inventory: &'a Inventory,
    project: &'a Project,
    apps: HashMap<AppId, App>,
    key: [u8; 32],
    batch: Batch,
    files: Files,
}

/// What is stored in one write.
#[derive(Default)]
struct Batch {
    folders: Vec<Folder>,
    brandings: Vec<Branding>,
    domains: Vec<Domain>,
    apps: Vec<App>,
    entries: Vec<Entry>,
    redirects: Vec<Redirect>,
    bytes: usize,
}

impl Batch {
    fn len(&self) -> usize {
        let of_files = self.folders.len() + self.brandings.len() + self.domains.len();
        of_files + self.apps.len() + self.entries.len() + self.redirects.len()
    }
}

impl<'a> Import<'a> {
    fn new(store: &'a Store, wanted: &'a ImportRequest, inventory: &'a Inventory, project: &'a Project) -> Result<Self> {
        let mut key = [0; 32];
        store.entropy().fill(&mut key);
        Ok(Self {
            store,
            wanted,
            inventory,
            project,
            apps: HashMap::new(),
            key,
            batch: Batch::default(),
            files: Files::new(wanted.files.clone()),
        })
    }

    fn run(mut self, source: &mut dyn BufRead, report: &mut Report, ending: Ending) -> Result<Project> {
        let mut lines = Lines::new(source);
        let mut number = 0;
        while let Some(read) = lines.next(|line| line.map(ArchiveLine::read))? {
            number += 1;
            // Blank lines, and what the survey has passed over.
            let Some(Ok(line)) = read else { continue };
            let lost = self.line(line).map_err(|error| error_at_line(number, error))?;
            if let Some(notice) = Inventory::lost(lost) {
                report.notice(number, notice);
            }
            if self.batch.len() >= BATCH || self.batch.bytes >= BATCH_BYTES {
                self.flush()?;
            }
        }
        self.flush()?;
        self.complete(report, ending)
    }

    /// Takes a line into the batch; how many references of it lead out of the archive.
    fn line(&mut self, line: ArchiveLine) -> Result<usize> {
        let (entropy, now) = (self.store.entropy(), self.store.now());
        match line {
            ArchiveLine::Folder(line) => self.batch.folders.push(self.arrival().folder(&line, now)?),
            ArchiveLine::File(line) => {
                // Its folder is there before.
                self.flush()?;
                let file = self.arrival().file(&line, now)?;
                let here = self.here();
                self.files.begin(&here, file)?;
            }
            ArchiveLine::Bytes(line) => {
                let here = self.here();
                self.files.take(&here, &line)?;
            }
            ArchiveLine::Branding(line) => self.batch.brandings.push(self.arrival().branding(line, now)?),
            ArchiveLine::Domain(line) => self.batch.domains.push(self.arrival().domain(&line, entropy, now)?),
            ArchiveLine::App(line) => {
                let (old, Some(app_type)) = (line.id, line.app_type()) else { return Ok(0) };
                let worn = line.branding_id.map(|old| self.arrival().worn(old, now));
                let (mut made, _) = line.check(app_type, self.arrival().app(old, now), (self.project.org, self.project.id), now)?;
                made.branding = worn.flatten();
                let lost = made.rename_layouts(|layout| self.arrival().layout(old, layout, now)) + usize::from(worn == Some(None));
                self.batch.apps.push(made.clone());
                self.apps.insert(old, made);
                return Ok(lost);
            }
            ArchiveLine::Entry(line) => {
                if let Some((made, lost)) = self.arrival().entry(line, entropy, now)? {
                    self.batch.bytes += made.content.len() + made.fields.len();
                    self.batch.entries.push(made);
                    return Ok(lost);
                }
            }
            ArchiveLine::Redirect(line) => {
                if let Some(app) = self.apps.get(&line.app_id).filter(|_| self.inventory.refuses(&line).is_none()) {
                    self.batch.redirects.push(line.check(RedirectId::new(now, entropy), app.id, now)?);
                }
            }
            ArchiveLine::Archive(_) | ArchiveLine::Project(_) | ArchiveLine::End(_) | ArchiveLine::Other(_) => {}
        }
        Ok(0)
    }

    fn arrival(&self) -> Arrival<'_> {
        let Self { inventory, project, apps, key, .. } = self;
        Arrival { inventory, project, apps, key, kinds: self.store.kinds() }
    }

    /// The entries that each app has one of, where the archive has none.
    fn singles(&self) -> Vec<(AppId, &'static Kind)> {
        let of = |(old, app): (&AppId, &App)| {
            let missing = |kind: &&'static Kind| !self.inventory.singles.contains(&(*old, kind.content_type));
            singles_of(self.store.kinds(), app.app_type).filter(missing).map(|kind| (app.id, kind)).collect::<Vec<_>>()
        };
        self.apps.iter().flat_map(of).collect()
    }

    fn here(&self) -> Here<'a> {
        Here { store: self.store, who: self.wanted.who.clone(), at: (self.project.org, self.project.id) }
    }

    /// Stores the batch in one write.
    fn flush(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        if batch.len() == 0 {
            return Ok(());
        }
        self.here().write(move |tx, actor, granted| store_batch(tx, (actor, granted), &batch))
    }

    fn complete(&self, report: &Report, ending: Ending) -> Result<Project> {
        let (who, made) = (self.wanted.who.clone(), self.project.clone());
        let singles = self.singles();
        let report = report.clone();
        self.store.write_now(move |tx| {
            let actor = who(tx)?;
            ending(tx, &actor, &report, &mut |tx| end(tx, &actor, &made, (&singles, &report)))
        })
    }
}

/// The last that is written: from then on it is there.
fn end(tx: &mut Tx<'_>, actor: &Arc<Actor>, made: &Project, (singles, report): (&[(AppId, &'static Kind)], &Report)) -> Result<Project> {
    let until = tx.now() - KEPT;
    let (granted, _) = authorize::arriving(tx, actor, (made.org, made.id), until)?;
    for (app, kind) in singles {
        let in_app = authorize::arriving_app(tx, &granted, *app)?;
        singleton::make(tx, &in_app, kind)?;
    }
    let taken = |slug: &str| unguarded::unguarded_project_by_slug(tx, made.org, slug).map(|project| project.is_some());
    let slug = text::free_slug(&made.slug, taken)?;
    archive::complete(tx, &granted, &slug)?;
    let counts = [("apps", report.apps), ("entries", report.entries), ("redirects", report.redirects), ("files", report.files)];
    let note = Note::new("project.imported", "project").of(made.id, &made.name);
    tx.note(&granted, counts.into_iter().fold(note, |note, (name, count)| note.with(name, count)))?;
    project::get(tx, &granted)
}

/// The faults of a line, which name it.
fn error_at_line(number: u64, error: Error) -> Error {
    match error {
        Error::Invalid(mut faults) => {
            faults.0 = faults.0.into_iter().map(|fault| at_line(number, fault)).collect();
            Error::Invalid(faults)
        }
        other => other,
    }
}

fn store_batch(tx: &mut Tx<'_>, (actor, granted): (&Arc<Actor>, &Granted<InProject>), batch: &Batch) -> Result<()> {
    for made in &batch.folders {
        folder::insert(tx, granted, &Folder { created_by: Some(actor.id), ..made.clone() })?;
    }
    for made in &batch.brandings {
        branding::insert(tx, granted, &Branding { created_by: actor.id, ..made.clone() })?;
    }
    for made in &batch.apps {
        app::insert(tx, granted, made)?;
    }
    for made in &batch.entries {
        let mut made = Entry { created_by: actor.id, updated_by: actor.id, ..made.clone() };
        // Who wrote it stays where that is somebody here.
        if let Some(author) = made.author_id {
            made.author_id = archive::is_member(tx, granted, author)?.then_some(author);
        }
        let in_app = authorize::arriving_app(tx, granted, made.app)?;
        entry::insert(tx, &in_app, &made, None)?;
        version::keep(tx, &in_app, &made, Source::Import)?;
    }
    for made in &batch.redirects {
        let (in_app, mut made) = (authorize::arriving_app(tx, granted, made.app)?, made.clone());
        redirects::settle(tx, &in_app, &mut made)?;
        redirect::insert(tx, &in_app, &made)?;
        redirect::point_on(tx, &in_app, &made.from_path, &made.to_path)?;
    }
    for made in &batch.domains {
        domain::insert(tx, granted, made)?;
        // Where it is primary, others are not.
        domain::update(tx, granted, made)?;
    }
    Ok(())
}
