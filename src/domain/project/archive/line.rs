//! The lines of an archive, written and read.

pub mod file;
pub mod look;
pub mod made;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::domain::{
    Error, Result,
    content::{
        Entry,
        archive::entry,
        block::UnknownBlocks,
        site::redirect::{self, Redirect, RedirectSource},
    },
    error::{Fault, Faults},
    file::{file::File, folder::Folder},
    id::{AppId, BrandingId, EntryId, FileId, OrgId, ProjectId, ProjectPath, RedirectId},
    project::{
        app::{self, App, AppType},
        branding::Branding,
        domain::Domain,
        project::{self, LOCALES_MAX, Project},
    },
    text,
    time::Instant,
};

use super::{FORMAT, VALUES_MAX, settings};

use file::{BytesLine, FileLine, FolderLine};
use look::{BrandingLine, DomainLine};

/// What a file says of itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// The version of its format.
    pub version: u32,
    /// When it was made.
    pub made_at: Option<Instant>,
    /// By what.
    pub made_by: Option<String>,
}

/// A project.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProjectLine {
    name: String,
    slug: Option<String>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    logo_url: Option<String>,
    default_locale: String,
    #[serde(default)]
    enabled_locales: Vec<String>,
    #[serde(default)]
    unknown_blocks: UnknownBlocks,
}

/// An app.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppLine {
    /// Its id, to which its entries and redirects refer.
    pub id: AppId,
    app_type: String,
    name: String,
    slug: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    settings: Map<String, Value>,
    /// The branding that it is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branding_id: Option<BrandingId>,
    created_at: Option<Instant>,
}

/// An entry: where it belongs, what it is, and all else that it holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryLine {
    /// Its id, by which others refer to it.
    pub id: EntryId,
    /// The app that it is in.
    pub app_id: AppId,
    /// Its kind.
    pub content_type: String,
    /// Its fields.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

/// A redirect.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RedirectLine {
    /// The app whose site it is on.
    pub app_id: AppId,
    from_path: String,
    to_path: String,
    status: Option<i64>,
    source: Option<String>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

/// The end: how much there was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Apps.
    pub apps: u64,
    /// Entries.
    pub entries: u64,
    /// Redirects.
    pub redirects: u64,
    /// Folders of files.
    #[serde(default)]
    pub folders: u64,
    /// Files.
    #[serde(default)]
    pub files: u64,
    /// Brandings.
    #[serde(default)]
    pub brandings: u64,
    /// Domains.
    #[serde(default)]
    pub domains: u64,
}

/// A line.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ArchiveLine {
    /// What the file is.
    Archive(Header),
    /// The project.
    Project(ProjectLine),
    /// A folder of files.
    Folder(FolderLine),
    /// A file.
    File(Box<FileLine>),
    /// Bytes of the file before.
    Bytes(BytesLine),
    /// A branding.
    Branding(BrandingLine),
    /// An app.
    App(AppLine),
    /// An entry.
    Entry(EntryLine),
    /// A redirect.
    Redirect(RedirectLine),
    /// A domain.
    Domain(DomainLine),
    /// The end.
    End(End),
    /// Something that is not known here, by its name.
    #[serde(skip)]
    Other(String),
}

impl ArchiveLine {
    /// The first line of a file that is made now, by this program.
    pub fn head(now: Instant, by: &str) -> Self {
        Self::Archive(Header { version: FORMAT, made_at: Some(now), made_by: Some(by.to_owned()) })
    }

    /// A project.
    pub fn of_project(project: &Project) -> Self {
        let Project { name, slug, description, logo_url, default_locale, locales, unknown_blocks, .. } = project.clone();
        let (slug, enabled_locales) = (Some(slug), locales);
        Self::Project(ProjectLine { name, slug, description, logo_url, default_locale, enabled_locales, unknown_blocks })
    }

    /// An app.
    pub fn of_app(app: &App) -> Self {
        let App { id, name, slug, description, settings, branding, .. } = app.clone();
        Self::App(AppLine {
            id,
            app_type: app.app_type.word().to_owned(),
            name,
            slug,
            description,
            settings,
            branding_id: branding,
            created_at: Some(app.created_at),
        })
    }

    /// An entry.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is stored in a form that nobody can read.
    pub fn of_entry(entry: &Entry) -> Result<Self> {
        let content_type = entry.kind.content_type.to_owned();
        Ok(Self::Entry(EntryLine { id: entry.id, app_id: entry.app, content_type, fields: entry::fields_of(entry)? }))
    }

    /// A redirect.
    pub fn of_redirect(redirect: &Redirect) -> Self {
        Self::Redirect(RedirectLine {
            app_id: redirect.app,
            from_path: redirect.from_path.clone(),
            to_path: redirect.to_path.clone(),
            status: Some(redirect.status),
            source: Some(redirect.source.word().to_owned()),
            created_at: Some(redirect.created_at),
            updated_at: Some(redirect.updated_at),
        })
    }

    /// A folder of files.
    pub fn of_folder(folder: &Folder) -> Self {
        Self::Folder(FolderLine::of(folder))
    }

    /// A file, without its bytes.
    pub fn of_file(file: &File) -> Self {
        Self::File(Box::new(FileLine::of(file)))
    }

    /// Some bytes of a file.
    pub fn of_bytes(of: FileId, bytes: &[u8]) -> Self {
        Self::Bytes(BytesLine::of(of, bytes))
    }

    /// A branding.
    pub fn of_branding(branding: &Branding) -> Self {
        Self::Branding(BrandingLine::of(branding))
    }

    /// A domain.
    pub fn of_domain(domain: &Domain) -> Self {
        Self::Domain(DomainLine::of(domain))
    }

    /// Appends the line with its end.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is no JSON.
    pub fn write(&self, out: &mut String) -> Result<()> {
        out.push_str(&serde_json::to_string(self).map_err(|error| Error::Internal(error.to_string()))?);
        out.push('\n');
        Ok(())
    }

    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with its form.
    pub fn read(line: &str) -> std::result::Result<Self, Fault> {
        let no_line = || Fault::new("", "not_json", "It is no JSON object with one member that says what it is.");
        if values(line) > VALUES_MAX {
            return Err(Fault::new("", "too_many_values", format!("It may hold at most {VALUES_MAX} values.")));
        }
        let read: Map<String, Value> = serde_json::from_str(line).map_err(|_| no_line())?;
        let mut members = read.into_iter();
        let (Some((name, value)), None) = (members.next(), members.next()) else { return Err(no_line()) };
        match name.as_str() {
            "archive" => deserialize(value).map(Self::Archive),
            "project" => deserialize(value).map(Self::Project),
            "app" => deserialize(value).map(Self::App),
            "entry" => deserialize(value).map(Self::Entry),
            "redirect" => deserialize(value).map(Self::Redirect),
            "folder" => deserialize(value).map(Self::Folder),
            "file" => deserialize(value).map(Self::File),
            "bytes" => deserialize(value).map(Self::Bytes),
            "branding" => deserialize(value).map(Self::Branding),
            "domain" => deserialize(value).map(Self::Domain),
            "end" => deserialize(value).map(Self::End),
            _ => Ok(Self::Other(name.chars().take(64).collect())),
        }
    }
}

/// How many values a line holds at most, which is seen without reading them.
fn values(line: &str) -> usize {
    let (mut inside, mut escaped, mut count) = (false, false, 1);
    for byte in line.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b',' | b'[' | b'{' if !inside => count += 1,
            _ => {}
        }
    }
    count
}

fn deserialize<T: DeserializeOwned>(value: Value) -> std::result::Result<T, Fault> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let text = error.inner().to_string();
        let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let path = error.path().to_string();
        match (missing, path.as_str()) {
            (Some(name), _) => Fault::new(name, "required", format!("{name} is required.")),
            (None, "." | "?") => Fault::new("", "malformed", "It is not of the right form."),
            (None, path) => Fault::new(path, "malformed", format!("{path} is not of the right form.")),
        }
    })
}

impl ProjectLine {
    /// The project that it describes, under another name if one is given.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, name: Option<&str>, id: ProjectId, org: OrgId, now: Instant) -> Result<Project> {
        let draft = project::Draft {
            name: name.unwrap_or(&self.name).to_owned(),
            // Another name has an address of its own.
            slug: self.slug.clone().filter(|_| name.is_none()),
            description: self.description.clone(),
            default_locale: None,
            enabled_locales: None,
        };
        let mut faults = Faults::default();
        let made = draft.check(id, org, now);
        // As they are spelled there: entries name their languages so.
        let mut locales = Vec::new();
        for (field, tag) in
            std::iter::once(("defaultLocale", &self.default_locale)).chain(self.enabled_locales.iter().map(|tag| ("enabledLocales", tag)))
        {
            locales.extend(faults.keep(text::locale(field, tag)).map(|_| tag.clone()).filter(|tag| !locales.contains(tag)));
        }
        if locales.len() > LOCALES_MAX {
            faults.add("enabledLocales", "too_many", format!("enabledLocales may hold at most {LOCALES_MAX} languages."));
        }
        let logo = self.logo_url.as_deref().filter(|link| !link.is_empty());
        let logo_url = logo.and_then(|link| faults.keep(text::link("logoUrl", link)));
        let mut made = match made {
            Err(Error::Invalid(more)) => {
                faults.0.extend(more.0);
                return Err(Error::Invalid(faults));
            }
            made => made?,
        };
        faults.into_result()?;
        made.default_locale.clone_from(&self.default_locale);
        (made.locales, made.logo_url, made.unknown_blocks) = (locales, logo_url, self.unknown_blocks);
        Ok(made)
    }
}

impl AppLine {
    /// Its type; none for one that is not known here.
    pub fn app_type(&self) -> Option<AppType> {
        AppType::from_word(&self.app_type)
    }

    /// The app that it describes, with what is told of its settings.
    ///
    /// # Errors
    /// All faults.
    pub fn check(self, app_type: AppType, id: AppId, place: ProjectPath, now: Instant) -> Result<(App, Vec<Fault>)> {
        let draft = app::Draft { app_type, name: self.name, slug: Some(self.slug), description: self.description };
        let mut made = draft.check(id, place, self.created_at.unwrap_or(now))?;
        made.updated_at = now;
        let notices = settings::put(&mut made, self.settings)?;
        Ok((made, notices))
    }
}

impl RedirectLine {
    /// The redirect that it describes.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: RedirectId, app: AppId, now: Instant) -> Result<Redirect> {
        let draft = redirect::Draft { from_path: self.from_path.clone(), to_path: self.to_path.clone(), status: self.status };
        let mut made = draft.check(id, app, now)?;
        made.source = match self.source.as_deref() {
            None => RedirectSource::Manual,
            Some(word) => RedirectSource::from_word(word)
                .ok_or_else(|| Fault::new("source", "malformed", format!("source must be one of {}.", RedirectSource::WORDS.join(", "))))?,
        };
        made.created_at = self.created_at.unwrap_or(now);
        made.updated_at = self.updated_at.unwrap_or(made.created_at);
        Ok(made)
    }

    /// Whether it comes of an earlier release, and would not be made any more.
    pub fn is_of_before(&self) -> bool {
        redirect::was_taken(&self.from_path, &self.to_path)
    }

    /// The path that it leads away from.
    pub fn from_path(&self) -> &str {
        &self.from_path
    }
}
