//! Where what is in an archive goes, and who it is from then on.

use std::collections::HashMap;

use uuid::Uuid;

use crate::domain::{
    Error, Result,
    content::{
        Entry, Kinds,
        archive::{entry, renaming},
        of_type,
    },
    file::{file::File, folder::Folder},
    id::{AppId, BrandingId, DomainId, Entropy, EntryId, FileId, FolderId},
    project::{
        app::App,
        branding::Branding,
        domain::{Domain, Leads},
        project::Project,
    },
    time::Instant,
};

use super::{
    context::context,
    inventory::Inventory,
    line::{
        EntryLine,
        file::{FileLine, FolderLine},
        look::{BrandingLine, DomainLine},
    },
};

/// Where the entries of an archive go, and who they are from then on.
pub struct Arrival<'a> {
    /// What is known of the archive.
    pub inventory: &'a Inventory,
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
    fn new_id(&self, old: Uuid, now: Instant) -> Uuid {
        renaming::renamed(old, self.key, now)
    }

    /// The new id of an app.
    pub fn app(&self, old: AppId, now: Instant) -> AppId {
        AppId::from_uuid(self.new_id(old.uuid(), now))
    }

    /// The new id of a layout that an app of the archive has.
    pub fn layout(&self, of: AppId, old: EntryId, now: Instant) -> Option<EntryId> {
        self.inventory.has_layout(of, old).then(|| EntryId::from_uuid(self.new_id(old.uuid(), now)))
    }

    /// The new id of a branding that is in the archive.
    pub fn worn(&self, old: BrandingId, now: Instant) -> Option<BrandingId> {
        self.inventory.brandings.contains(&old).then(|| BrandingId::from_uuid(self.new_id(old.uuid(), now)))
    }

    /// The entry of a line in its new place, all that it refers to by its new id, and how many references lead out of the archive; `None`
    /// for one that is left out.
    ///
    /// # Errors
    /// All faults, which the survey would have found.
    pub fn entry(&self, mut line: EntryLine, entropy: &dyn Entropy, now: Instant) -> Result<Option<(Entry, usize)>> {
        let Some(app) = self.apps.get(&line.app_id) else { return Ok(None) };
        let Some(kind) = of_type(self.kinds, &line.content_type).filter(|kind| kind.app_type == app.app_type) else { return Ok(None) };
        let lost = self.inventory.rename(kind, &mut line, &|old| self.new_id(old, now));
        let read = entry::read(kind, line.fields, &context(self.project, self.kinds, entropy, now)).map_err(Error::Invalid)?;
        let id = EntryId::from_uuid(self.new_id(line.id.uuid(), now));
        Ok(Some((Entry { id, org: app.org, project: app.project, app: app.id, ..read.entry }, lost)))
    }

    /// A folder in its new place.
    ///
    /// # Errors
    /// All faults, which the survey would have found.
    pub fn folder(&self, line: &FolderLine, now: Instant) -> Result<Folder> {
        let new = |old: FolderId| FolderId::from_uuid(self.new_id(old.uuid(), now));
        line.check(new(line.id), line.parent_id.map(new), (self.project.org, self.project.id), now)
    }

    /// A file in its new place, without its bytes.
    ///
    /// # Errors
    /// All faults, which the survey would have found.
    pub fn file(&self, line: &FileLine, now: Instant) -> Result<File> {
        let folder = line.folder_id.map(|old| FolderId::from_uuid(self.new_id(old.uuid(), now)));
        let id = FileId::from_uuid(self.new_id(line.id.uuid(), now));
        line.check(id, folder, (self.project.org, self.project.id), now)
    }

    /// A branding in its new place.
    ///
    /// # Errors
    /// All faults, which the survey would have found.
    pub fn branding(&self, line: BrandingLine, now: Instant) -> Result<Branding> {
        let id = BrandingId::from_uuid(self.new_id(line.id.uuid(), now));
        let file = |old: Uuid| self.inventory.files.contains(&old).then(|| self.new_id(old, now));
        Ok(line.check(id, (self.project.org, self.project.id), now, &file)?.0)
    }

    /// A domain in its new place, with the app that it leads to.
    ///
    /// # Errors
    /// All faults, which the survey would have found.
    pub fn domain(&self, line: &DomainLine, entropy: &dyn Entropy, now: Instant) -> Result<Domain> {
        let made = line.check(DomainId::new(now, entropy), (self.project.org, self.project.id), now)?;
        let app = line.app_id.and_then(|old| self.apps.get(&old));
        let leads = |app: &App| Leads { id: app.id, app_type: app.app_type, name: app.name.clone(), slug: app.slug.clone() };
        Ok(Domain { app: app.map(leads), ..made })
    }
}
