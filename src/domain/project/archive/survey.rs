//! An archive gone through line by line before anything of it is stored: all that is wrong with it, each fault with its line, and what
//! importing it needs to know: its project, its apps, and which entries are in it.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::domain::{
    Error, Result,
    content::{
        Context, Entry, FieldType, Kind, Kinds, Locales,
        archive::{entry, renaming},
        kinds::names,
        of_type,
        place::nested::LEVELS_MAX,
        site::redirect::compared,
    },
    error::{FAULTS, Fault, Faults},
    id::{AppId, Entropy, EntryId, OrgId, ProjectId, RedirectId},
    project::{
        app::{App, AppType},
        project::Project,
    },
    time::Instant,
};

use super::{
    APPS_MAX, FORMAT, LINE_MAX, LINES_MAX, Report, at_line,
    line::{AppLine, End, EntryLine, Header, Line, ProjectLine, RedirectLine},
};

/// Nobody's ids: what is checked here gets its own when it is stored.
const NOWHERE: (OrgId, ProjectId) = (OrgId::from_uuid(Uuid::nil()), ProjectId::from_uuid(Uuid::nil()));

/// The begin of a hash.
type Short = [u8; 16];

/// An archive that is being gone through.
pub struct Survey<'a> {
    kinds: Kinds,
    entropy: &'a dyn Entropy,
    now: Instant,
    /// The name that the project gets instead of its own.
    name: Option<&'a str>,
    faults: Faults,
    seen: Seen,
    /// Addresses that are taken, and paths that lead elsewhere, by a hash of each with its app.
    taken: HashSet<Short>,
    /// What stands below another one, with that and with its line.
    parents: HashMap<Uuid, (Uuid, u64)>,
    counted: End,
    has_header: bool,
    has_end: bool,
    lines: u64,
}

/// What is known of an archive.
#[derive(Debug, Default)]
pub struct Seen {
    /// The project, without ids.
    pub project: Option<Project>,
    /// Its apps with the ids that they have in the archive; `None` for one that is left out.
    pub apps: HashMap<AppId, Option<AppType>>,
    /// Its entries: what each is, and in which app.
    pub entries: HashMap<Uuid, (&'static Kind, AppId)>,
    /// The paths of those with an address, by a hash of each with its app.
    paths: HashSet<Short>,
    /// Which of the entries that each app has one of are there, by app and kind.
    pub singles: HashSet<(AppId, &'static str)>,
    /// What is told of it.
    pub report: Report,
}

impl<'a> Survey<'a> {
    /// A survey of an archive that becomes a project with this name, if one is given.
    pub fn new(kinds: Kinds, entropy: &'a dyn Entropy, now: Instant, name: Option<&'a str>) -> Self {
        Self {
            kinds,
            entropy,
            now,
            name,
            faults: Faults::default(),
            seen: Seen::default(),
            taken: HashSet::new(),
            parents: HashMap::new(),
            counted: End::default(),
            has_header: false,
            has_end: false,
            lines: 0,
        }
    }

    /// Goes through the next line; `None` is one that is too long, or no text. Tells whether there is more to find out.
    pub fn line(&mut self, text: Option<&str>) -> bool {
        self.lines += 1;
        if self.has_header && text.is_some_and(|text| text.trim().is_empty()) {
            return true;
        }
        let read = match text {
            None => Err(Fault::new("", "too_long", format!("It must be text of at most {LINE_MAX} bytes."))),
            Some(_) if self.lines > LINES_MAX => Err(Fault::new("", "too_many", format!("An archive has at most {LINES_MAX} lines."))),
            Some(text) => Line::read(text),
        };
        let done = match read {
            Ok(Line::Archive(header)) if self.lines == 1 => self.header(&header),
            _ if !self.has_header => Err(Fault::new("", "not_an_archive", "It is not the beginning of an archive.").into()),
            Ok(_) if self.has_end => Err(Fault::new("", "unexpected", "There is more behind the end of the archive.").into()),
            Ok(line) => self.known(line),
            Err(fault) => Err(fault.into()),
        };
        if let Err(error) = done {
            let faults =
                if let Error::Invalid(faults) = error { faults } else { Faults(vec![Fault::new("", "malformed", error.to_string())]) };
            faults.0.into_iter().for_each(|fault| self.faults.push(at_line(self.lines, fault)));
        }
        self.has_header && self.faults.0.len() < FAULTS && self.lines <= LINES_MAX
    }

    /// What was found out, once there are no more lines.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn finish(mut self) -> Result<Seen> {
        if self.has_header && !self.has_end && self.faults.0.len() < FAULTS {
            let words = "The archive is cut off: its end is not there.";
            self.faults.push(at_line(self.lines + 1, Fault::new("", "incomplete", words)));
        }
        if self.lines == 0 {
            self.faults.push(at_line(1, Fault::new("", "not_an_archive", "The file is empty.")));
        }
        self.levels();
        self.faults.into_result()?;
        Ok(self.seen)
    }

    /// Nothing stands below itself, or too deep.
    fn levels(&mut self) {
        for (id, (_, number)) in &self.parents {
            let above = std::iter::successors(Some(*id), |id| self.parents.get(id).map(|(parent, _)| *parent));
            if above.take(LEVELS_MAX + 1).count() > LEVELS_MAX {
                let words = format!("There are at most {LEVELS_MAX} levels, and nothing stands below itself.");
                self.faults.push(at_line(*number, Fault::new("parentId", "too_deep", words)));
            }
        }
    }

    fn header(&mut self, header: &Header) -> Result<()> {
        self.has_header = true;
        if header.version > FORMAT {
            let words = format!("The archive has version {} of the format; this program reads {FORMAT} and before.", header.version);
            return Err(Fault::new("version", "too_new", words).into());
        }
        Ok(())
    }

    fn known(&mut self, line: Line) -> Result<()> {
        match line {
            Line::Archive(_) => Err(Fault::new("", "unexpected", "It is the beginning of another archive.").into()),
            Line::Project(project) => self.project(&project),
            Line::App(app) => self.app(app),
            Line::Entry(entry) => self.entry(entry),
            Line::Redirect(redirect) => self.redirect(&redirect),
            Line::End(end) => self.end(end),
            Line::Other(name) => {
                self.leave_out(Fault::new(&name, "unknown_line", format!("{name:?} is left out: there is no such thing here.")));
                Ok(())
            }
        }
    }

    fn leave_out(&mut self, fault: Fault) {
        self.seen.report.left_out += 1;
        self.seen.report.notice(self.lines, fault);
    }

    fn project(&mut self, line: &ProjectLine) -> Result<()> {
        if self.seen.project.is_some() {
            return Err(Fault::new("", "unexpected", "It is a second project.").into());
        }
        self.seen.project = Some(line.check(self.name, NOWHERE.1, NOWHERE.0, self.now)?);
        Ok(())
    }

    fn app(&mut self, line: AppLine) -> Result<()> {
        self.counted.apps += 1;
        let (id, app_type) = (line.id, line.app_type());
        if self.seen.project.is_none() {
            return Err(Fault::new("", "unexpected", "It stands before the project.").into());
        }
        if self.seen.apps.len() == APPS_MAX {
            return Err(Fault::new("", "too_many", format!("A project has at most {APPS_MAX} apps here.")).into());
        }
        if self.seen.apps.insert(id, app_type).is_some() {
            return Err(Fault::new("id", "duplicate", "id is that of another app.").into());
        }
        let Some(app_type) = app_type else {
            self.leave_out(Fault::new("appType", "unknown_app_type", "The app is left out: there is no such type here."));
            return Ok(());
        };
        let (made, notices) = line.check(app_type, id, NOWHERE, self.now)?;
        self.take(NOWHERE.1.uuid(), &made.slug, "slug")?;
        notices.into_iter().for_each(|notice| self.seen.report.notice(self.lines, notice));
        self.seen.report.apps += 1;
        Ok(())
    }

    /// The type of an app that a line names; `None` where that is left out.
    fn app_of(&self, id: AppId) -> Result<Option<AppType>> {
        let unknown = || Fault::new("appId", "unknown_reference", "appId must be that of an app on a line before.");
        Ok(*self.seen.apps.get(&id).ok_or_else(unknown)?)
    }

    fn entry(&mut self, line: EntryLine) -> Result<()> {
        self.counted.entries += 1;
        let Some(app_type) = self.app_of(line.app_id)? else {
            self.leave_out(Fault::new("appId", "unknown_app_type", "The entry is left out as its app is."));
            return Ok(());
        };
        let Some(kind) = of_type(self.kinds, &line.content_type).filter(|kind| kind.app_type == app_type) else {
            self.leave_out(Fault::new("contentType", "unknown_kind", "The entry is left out: apps of this type hold no such thing here."));
            return Ok(());
        };
        if self.seen.entries.insert(line.id.uuid(), (kind, line.app_id)).is_some() {
            return Err(Fault::new("id", "duplicate", "id is that of another entry.").into());
        }
        let project = self.seen.project.as_ref().ok_or_else(|| Fault::new("", "unexpected", "It stands before the project."))?;
        let read = entry::read(kind, line.fields, &context(project, self.kinds, self.entropy, self.now)).map_err(Error::Invalid)?;
        if kind.is_single() && !self.seen.singles.insert((line.app_id, kind.content_type)) {
            return Err(Fault::new("contentType", "duplicate", format!("Its app has a {} already.", kind.noun)).into());
        }
        if let Some(parent) = read.entry.parent_id {
            self.parents.insert(line.id.uuid(), (parent.uuid(), self.lines));
        }
        if let Some(slug) = &read.entry.slug {
            self.take(line.app_id.uuid(), slug, "slug")?;
            self.seen.paths.insert(short(line.app_id.uuid(), &format!("{}{slug}", kind.path_prefix)));
        }
        read.notices.into_iter().for_each(|notice| self.seen.report.notice(self.lines, notice));
        self.seen.report.entries += 1;
        Ok(())
    }

    fn redirect(&mut self, line: &RedirectLine) -> Result<()> {
        self.counted.redirects += 1;
        let Some(app_type) = self.app_of(line.app_id)? else {
            self.leave_out(Fault::new("appId", "unknown_app_type", "The redirect is left out as its app is."));
            return Ok(());
        };
        if !app_type.has_redirects() {
            return Err(Fault::new("appId", "unknown_reference", "appId must be that of an app with addresses.").into());
        }
        if let Some(fault) = self.seen.refuses(line) {
            self.leave_out(fault);
            return Ok(());
        }
        let made = line.check(RedirectId::from_uuid(Uuid::nil()), line.app_id, self.now)?;
        self.take(line.app_id.uuid(), &made.from_path, "fromPath")?;
        self.seen.report.redirects += 1;
        Ok(())
    }

    fn end(&mut self, end: End) -> Result<()> {
        self.has_end = true;
        if self.seen.project.is_none() {
            return Err(Fault::new("", "incomplete", "There is no project in the archive.").into());
        }
        if end != self.counted {
            let End { apps, entries, redirects } = end;
            let words =
                format!("Lines are missing, or too many: there should be {apps} apps, {entries} entries and {redirects} redirects.");
            return Err(Fault::new("", "incomplete", words).into());
        }
        Ok(())
    }

    /// Takes an address, which nothing else of its app may have. Slugs hold no slash, paths begin with one.
    fn take(&mut self, of: Uuid, address: &str, field: &str) -> Result<()> {
        if self.taken.insert(short(of, address)) {
            return Ok(());
        }
        Err(Fault::new(field, "duplicate", format!("{field} {address:?} is used twice.")).into())
    }
}

fn short(of: Uuid, address: &str) -> Short {
    let hash = blake3::Hasher::new().update(of.as_bytes()).update(address.as_bytes()).finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&hash.as_bytes()[..16]);
    short
}

impl Seen {
    /// Why a redirect that an earlier release has taken is left out here, if it is.
    pub fn refuses(&self, line: &RedirectLine) -> Option<Fault> {
        if line.is_of_before() {
            let words = "The redirect is left out: for some servers it leads to itself, or away from another path.";
            return Some(Fault::new("fromPath", "loop", words));
        }
        let path = compared(line.from_path());
        let is_page = path != line.from_path().trim_end_matches('/') && self.paths.contains(&short(line.app_id.uuid(), &path));
        is_page.then(|| Fault::new("fromPath", "taken", "The redirect is left out: a page has its path, spelled in another way."))
    }

    /// Gives what an entry refers to its new id, and takes out what its fields may not refer to; how many references lead to nothing of the
    /// archive, or to another thing than they should.
    pub fn rename(&self, kind: &'static Kind, line: &mut EntryLine, new: &dyn Fn(Uuid) -> Uuid) -> usize {
        let app = |id: Uuid| self.apps.get(&AppId::from_uuid(id)).copied().flatten();
        let fits = |holds: FieldType, id: Uuid| match holds {
            FieldType::Reference(of) | FieldType::References { of, .. } => {
                // What is in another type of app may be in any of the project.
                let there = self.entries.get(&id);
                there.is_some_and(|(found, at)| found.content_type == of && (found.app_type != kind.app_type || *at == line.app_id))
            }
            FieldType::App(of) => app(id) == Some(of),
            _ => true,
        };
        let renamed = |id: Uuid| (self.entries.contains_key(&id) || app(id).is_some()).then(|| new(id));
        renaming::rename(kind, &mut line.fields, &fits, &renamed)
    }

    /// The notice of an entry that refers to so many things in vain; none where all is there.
    pub fn lost(lost: usize) -> Option<Fault> {
        let words = format!("refers to {lost} entries that are not in the archive, or are something else than they should be.");
        (lost > 0).then(|| Fault::new("", "unknown_reference", words))
    }

    /// Whether this is a layout of this app.
    fn has_layout(&self, of: AppId, id: EntryId) -> bool {
        self.entries.get(&id.uuid()).is_some_and(|(kind, app)| kind.content_type == names::LAYOUT && *app == of)
    }

    /// What the second look at a line finds, without storing it.
    pub fn look(&mut self, number: u64, line: Line, kinds: Kinds) {
        let lost = match line {
            Line::App(line) => self.look_at_app(line),
            Line::Entry(line) => self.look_at_entry(line, kinds),
            _ => None,
        };
        lost.and_then(Self::lost).into_iter().for_each(|notice| self.report.notice(number, notice));
    }

    fn look_at_app(&self, line: AppLine) -> Option<usize> {
        let (id, app_type) = (line.id, line.app_type()?);
        let (mut made, _) = line.check(app_type, id, NOWHERE, Instant::from_micros(0)).ok()?;
        Some(made.rename_layouts(|layout| self.has_layout(id, layout).then_some(layout)))
    }

    fn look_at_entry(&self, mut line: EntryLine, kinds: Kinds) -> Option<usize> {
        let app_type = self.apps.get(&line.app_id).copied().flatten()?;
        let kind = of_type(kinds, &line.content_type).filter(|kind| kind.app_type == app_type)?;
        Some(self.rename(kind, &mut line, &|id| id))
    }
}

/// What the check of an entry of the project needs.
fn context<'p>(project: &'p Project, kinds: Kinds, entropy: &'p dyn Entropy, now: Instant) -> Context<'p> {
    let locales = Locales { default: &project.default_locale, enabled: &project.locales };
    Context { now, entropy, locales, locale: None, kinds, unknown_blocks: project.unknown_blocks, complete: true }
}

/// Where the entries of an archive go, and who they are from then on.
pub struct Arrival<'a> {
    /// What is known of the archive.
    pub seen: &'a Seen,
    /// The project that it becomes.
    pub project: &'a Project,
    /// Its apps, by the ids that they have in the archive.
    pub apps: &'a HashMap<AppId, App>,
    /// From which the new ids follow.
    pub key: &'a [u8; 32],
    /// The kinds that there are.
    pub kinds: Kinds,
}

impl Arrival<'_> {
    /// The new id of an app.
    pub fn app(&self, old: AppId, now: Instant) -> AppId {
        AppId::from_uuid(renaming::renamed(old.uuid(), self.key, now))
    }

    /// The new id of a layout that an app of the archive has.
    pub fn layout(&self, of: AppId, old: EntryId, now: Instant) -> Option<EntryId> {
        self.seen.has_layout(of, old).then(|| EntryId::from_uuid(renaming::renamed(old.uuid(), self.key, now)))
    }

    /// The entry of a line in its new place, all that it refers to by its new id, and how many references lead out of the archive; `None`
    /// for one that is left out.
    ///
    /// # Errors
    /// All faults, which the survey would have found.
    pub fn entry(&self, mut line: EntryLine, entropy: &dyn Entropy, now: Instant) -> Result<Option<(Entry, usize)>> {
        let Some(app) = self.apps.get(&line.app_id) else { return Ok(None) };
        let Some(kind) = of_type(self.kinds, &line.content_type).filter(|kind| kind.app_type == app.app_type) else { return Ok(None) };
        let lost = self.seen.rename(kind, &mut line, &|old| renaming::renamed(old, self.key, now));
        let read = entry::read(kind, line.fields, &context(self.project, self.kinds, entropy, now)).map_err(Error::Invalid)?;
        let id = EntryId::from_uuid(renaming::renamed(line.id.uuid(), self.key, now));
        Ok(Some((Entry { id, org: app.org, project: app.project, app: app.id, ..read.entry }, lost)))
    }
}
