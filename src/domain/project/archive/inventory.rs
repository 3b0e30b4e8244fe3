//! What is known of an archive that was gone through, and what its lines refer to.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::domain::{
    content::{FieldType, Kind, Kinds, archive::renaming, kinds::names, of_type, site::redirect::compared},
    error::Fault,
    id::{AppId, BrandingId, EntryId},
    project::{app::AppType, project::Project},
    time::Instant,
};

use super::{
    Report,
    context::{NOWHERE, Short, short},
    line::{AppLine, ArchiveLine, EntryLine, RedirectLine},
};

/// What is known of an archive.
#[derive(Debug, Default)]
pub struct Inventory {
    /// The project, without ids.
    pub project: Option<Project>,
    /// Its apps with the ids that they have in the archive; `None` for one that is left out.
    pub apps: HashMap<AppId, Option<AppType>>,
    /// Its entries: what each is, and in which app.
    pub entries: HashMap<Uuid, (&'static Kind, AppId)>,
    /// The paths of those with an address, by a hash of each with its app.
    pub(super) paths: HashSet<Short>,
    /// Which of the entries that each app has one of are there, by app and kind.
    pub singles: HashSet<(AppId, &'static str)>,
    /// Its files.
    pub files: HashSet<Uuid>,
    /// Whether one of its apps announces what visitors send.
    pub announces: bool,
    /// Its brandings.
    pub brandings: HashSet<BrandingId>,
    /// What is told of it.
    pub report: Report,
}

impl Inventory {
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
        let renamed = |id: Uuid| (self.entries.contains_key(&id) || self.files.contains(&id) || app(id).is_some()).then(|| new(id));
        renaming::rename(kind, &mut line.fields, &fits, &renamed)
    }

    /// The notice of an entry that refers to so many things in vain; none where all is there.
    pub fn lost(lost: usize) -> Option<Fault> {
        let words = format!("refers to {lost} entries or files that are not in the archive, or are something else than they should be.");
        (lost > 0).then(|| Fault::new("", "unknown_reference", words))
    }

    /// Whether this is a layout of this app.
    pub(super) fn has_layout(&self, of: AppId, id: EntryId) -> bool {
        self.entries.get(&id.uuid()).is_some_and(|(kind, app)| kind.content_type == names::LAYOUT && *app == of)
    }

    /// What the second look at a line finds, without storing it.
    pub fn look(&mut self, number: u64, line: ArchiveLine, kinds: Kinds) {
        let lost = match line {
            ArchiveLine::App(line) => self.look_at_app(line),
            ArchiveLine::Entry(line) => self.look_at_entry(line, kinds),
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
