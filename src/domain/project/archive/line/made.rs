//! Lines of an archive that is made of something else than a project.

use serde_json::{Map, Value};

use crate::domain::{
    content::block::UnknownBlocks,
    id::{AppId, EntryId},
    project::app::AppType,
};

use super::{AppLine, ArchiveLine, EntryLine, ProjectLine, RedirectLine};

/// A project of this name in these languages, the default first.
pub fn project(name: &str, languages: &[String]) -> ArchiveLine {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(200).collect();
    ArchiveLine::Project(ProjectLine {
        name: if name.is_empty() { "Website".to_owned() } else { name },
        slug: None,
        description: None,
        logo_url: None,
        default_locale: languages.first().cloned().unwrap_or_else(|| "en".to_owned()),
        enabled_locales: languages.to_vec(),
        unknown_blocks: UnknownBlocks::Refuse,
    })
}

/// Its website.
pub fn website(id: AppId) -> ArchiveLine {
    let (name, slug) = ("Website".to_owned(), AppType::SITE.segment().to_owned());
    ArchiveLine::App(AppLine {
        id,
        app_type: AppType::SITE.word().to_owned(),
        name,
        slug,
        description: None,
        settings: Map::new(),
        branding_id: None,
        created_at: None,
    })
}

/// An entry of a kind, with these fields.
pub fn entry(id: EntryId, app_id: AppId, content_type: &str, fields: Map<String, Value>) -> ArchiveLine {
    ArchiveLine::Entry(EntryLine { id, app_id, content_type: content_type.to_owned(), fields })
}

/// A redirect.
pub fn redirect(app_id: AppId, from: &str, to: &str) -> ArchiveLine {
    let (from_path, to_path) = (from.to_owned(), to.to_owned());
    ArchiveLine::Redirect(RedirectLine { app_id, from_path, to_path, status: None, source: None, created_at: None, updated_at: None })
}
