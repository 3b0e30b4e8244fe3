//! An archive gone through line by line before anything of it is stored: all that is wrong with it, each fault with its line, and what
//! importing it needs to know: its project, its apps, and which entries are in it.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::domain::{
    Error, Result,
    content::{Kinds, archive::entry, of_type, place::nested::LEVELS_MAX},
    error::{FAULTS, Fault, Faults},
    id::{AppId, DomainId, Entropy, RedirectId},
    project::{app::AppType, domain},
    text,
    time::Instant,
};

use super::{
    APPS_MAX, FORMAT, LINE_MAX, LINES_MAX, at_line,
    context::{NOWHERE, Short, context, short},
    files::Files,
    inventory::Inventory,
    line::{
        AppLine, ArchiveLine, End, EntryLine, Header, ProjectLine, RedirectLine,
        file::FileLine,
        look::{BrandingLine, DomainLine},
    },
};

/// What the names of brandings and domains belong to, among the addresses that are taken.
const BRANDINGS: Uuid = Uuid::from_u128(1);
const DOMAINS: Uuid = Uuid::from_u128(2);

/// An archive that is being gone through.
pub struct Survey<'a> {
    kinds: Kinds,
    entropy: &'a dyn Entropy,
    now: Instant,
    /// The name that the project gets instead of its own.
    name: Option<&'a str>,
    faults: Faults,
    inventory: Inventory,
    /// Addresses that are taken, and paths that lead elsewhere, by a hash of each with its app.
    taken: HashSet<Short>,
    /// What stands below another one, with that and with its line.
    parents: HashMap<Uuid, (Uuid, u64)>,
    files: Files,
    counted: End,
    has_header: bool,
    has_end: bool,
    lines: u64,
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
            inventory: Inventory::default(),
            taken: HashSet::new(),
            parents: HashMap::new(),
            files: Files::default(),
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
            Some(text) => ArchiveLine::read(text),
        };
        let done = match read {
            Ok(ArchiveLine::Archive(header)) if self.lines == 1 => self.header(&header),
            _ if !self.has_header => Err(Fault::new("", "not_an_archive", "It is not the beginning of an archive.").into()),
            Ok(_) if self.has_end => Err(Fault::new("", "unexpected", "There is more behind the end of the archive.").into()),
            Ok(line) => self.check_known(line),
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
    pub fn finish(mut self) -> Result<Inventory> {
        if self.has_header && !self.has_end && self.faults.0.len() < FAULTS {
            let words = "The archive is cut off: its end is not there.";
            self.faults.push(at_line(self.lines + 1, Fault::new("", "incomplete", words)));
        }
        if self.lines == 0 {
            self.faults.push(at_line(1, Fault::new("", "not_an_archive", "The file is empty.")));
        }
        self.levels();
        self.faults.into_result()?;
        Ok(self.inventory)
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

    fn check_known(&mut self, line: ArchiveLine) -> Result<()> {
        if !matches!(line, ArchiveLine::Bytes(_)) {
            self.files.close()?;
        }
        match line {
            ArchiveLine::Archive(_) => Err(Fault::new("", "unexpected", "It is the beginning of another archive.").into()),
            ArchiveLine::Project(project) => self.project(&project),
            ArchiveLine::Folder(folder) => {
                self.counted.folders += 1;
                self.behind_project()?;
                self.files.folder(&folder, self.now)
            }
            ArchiveLine::File(file) => self.file(&file),
            ArchiveLine::Bytes(bytes) => self.files.bytes(&bytes),
            ArchiveLine::Branding(branding) => self.branding(branding),
            ArchiveLine::Domain(domain) => self.domain(&domain),
            ArchiveLine::App(app) => self.app(app),
            ArchiveLine::Entry(entry) => self.entry(entry),
            ArchiveLine::Redirect(redirect) => self.redirect(&redirect),
            ArchiveLine::End(end) => self.end(end),
            ArchiveLine::Other(name) => {
                self.leave_out(Fault::new(&name, "unknown_line", format!("{name:?} is left out: there is no such thing here.")));
                Ok(())
            }
        }
    }

    fn leave_out(&mut self, fault: Fault) {
        self.inventory.report.left_out += 1;
        self.inventory.report.notice(self.lines, fault);
    }

    fn project(&mut self, line: &ProjectLine) -> Result<()> {
        if self.inventory.project.is_some() {
            return Err(Fault::new("", "unexpected", "It is a second project.").into());
        }
        self.inventory.project = Some(line.check(self.name, NOWHERE.1, NOWHERE.0, self.now)?);
        Ok(())
    }

    fn behind_project(&self) -> Result<()> {
        match self.inventory.project {
            Some(_) => Ok(()),
            None => Err(Fault::new("", "unexpected", "It stands before the project.").into()),
        }
    }

    fn file(&mut self, line: &FileLine) -> Result<()> {
        self.counted.files += 1;
        self.behind_project()?;
        if !self.inventory.files.insert(line.id.uuid()) {
            return Err(Fault::new("id", "duplicate", "id is that of another file.").into());
        }
        self.files.file(line, self.now)?;
        self.inventory.report.files += 1;
        Ok(())
    }

    fn branding(&mut self, line: BrandingLine) -> Result<()> {
        self.counted.brandings += 1;
        self.behind_project()?;
        if !self.inventory.brandings.insert(line.id) {
            return Err(Fault::new("id", "duplicate", "id is that of another branding.").into());
        }
        let (id, files) = (line.id, &self.inventory.files);
        let (made, notices) = line.check(id, NOWHERE, self.now, &|file| files.contains(&file).then_some(file))?;
        self.take(BRANDINGS, &text::fold(&made.name), "name")?;
        notices.into_iter().for_each(|notice| self.inventory.report.notice(self.lines, notice));
        self.inventory.report.brandings += 1;
        Ok(())
    }

    fn domain(&mut self, line: &DomainLine) -> Result<()> {
        self.counted.domains += 1;
        self.behind_project()?;
        if self.counted.domains > domain::MOST as u64 {
            return Err(Fault::new("", "too_many", format!("A project has at most {} domains.", domain::MOST)).into());
        }
        if let Some(app) = line.app_id {
            self.app_of(app)?;
        }
        let made = line.check(DomainId::from_uuid(Uuid::nil()), NOWHERE, self.now)?;
        self.take(DOMAINS, &made.hostname, "hostname")?;
        self.inventory.report.domains += 1;
        Ok(())
    }

    fn app(&mut self, line: AppLine) -> Result<()> {
        self.counted.apps += 1;
        let (id, app_type) = (line.id, line.app_type());
        self.behind_project()?;
        if self.inventory.apps.len() == APPS_MAX {
            return Err(Fault::new("", "too_many", format!("A project has at most {APPS_MAX} apps here.")).into());
        }
        if self.inventory.apps.insert(id, app_type).is_some() {
            return Err(Fault::new("id", "duplicate", "id is that of another app.").into());
        }
        let Some(app_type) = app_type else {
            self.leave_out(Fault::new("appType", "unknown_app_type", "The app is left out: there is no such type here."));
            return Ok(());
        };
        let (made, notices) = line.check(app_type, id, NOWHERE, self.now)?;
        self.take(NOWHERE.1.uuid(), &made.slug, "slug")?;
        notices.into_iter().for_each(|notice| self.inventory.report.notice(self.lines, notice));
        self.inventory.announces |= made.notify_email().is_some();
        self.inventory.report.apps += 1;
        Ok(())
    }

    /// The type of an app that a line names; `None` where that is left out.
    fn app_of(&self, id: AppId) -> Result<Option<AppType>> {
        let unknown = || Fault::new("appId", "unknown_reference", "appId must be that of an app on a line before.");
        Ok(*self.inventory.apps.get(&id).ok_or_else(unknown)?)
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
        if self.inventory.entries.insert(line.id.uuid(), (kind, line.app_id)).is_some() {
            return Err(Fault::new("id", "duplicate", "id is that of another entry.").into());
        }
        let project = self.inventory.project.as_ref().ok_or_else(|| Fault::new("", "unexpected", "It stands before the project."))?;
        let read = entry::read(kind, line.fields, &context(project, self.kinds, self.entropy, self.now)).map_err(Error::Invalid)?;
        if kind.is_single() && !self.inventory.singles.insert((line.app_id, kind.content_type)) {
            return Err(Fault::new("contentType", "duplicate", format!("Its app has a {} already.", kind.noun)).into());
        }
        if let Some(parent) = read.entry.parent_id {
            self.parents.insert(line.id.uuid(), (parent.uuid(), self.lines));
        }
        if let Some(slug) = &read.entry.slug {
            self.take(line.app_id.uuid(), slug, "slug")?;
            self.inventory.paths.insert(short(line.app_id.uuid(), &format!("{}{slug}", kind.path_prefix)));
        }
        read.notices.into_iter().for_each(|notice| self.inventory.report.notice(self.lines, notice));
        self.inventory.report.entries += 1;
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
        if let Some(fault) = self.inventory.refuses(line) {
            self.leave_out(fault);
            return Ok(());
        }
        let made = line.check(RedirectId::from_uuid(Uuid::nil()), line.app_id, self.now)?;
        self.take(line.app_id.uuid(), &made.from_path, "fromPath")?;
        self.inventory.report.redirects += 1;
        Ok(())
    }

    fn end(&mut self, end: End) -> Result<()> {
        self.has_end = true;
        if self.inventory.project.is_none() {
            return Err(Fault::new("", "incomplete", "There is no project in the archive.").into());
        }
        if end != self.counted {
            let End { apps, entries, redirects, folders, files, brandings, domains } = end;
            let words = format!(
                "Lines are missing, or too many: there should be {apps} apps, {entries} entries, {redirects} redirects, {folders} folders, {files} files, \
                 {brandings} brandings and {domains} domains."
            );
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
