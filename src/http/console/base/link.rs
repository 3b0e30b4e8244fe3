//! What a page's frame names: the person, organizations, projects, apps, and icons.

use std::{fmt, sync::LazyLock};

use crate::{
    domain::{
        access::Role,
        id::{AppId, OrgId, ProjectId},
        project::app::AppType,
    },
    http::base::assets,
    service::i18n::Lang,
};

static ICONS: LazyLock<String> = LazyLock::new(|| assets::address("icons.svg"));

/// Somebody.
#[derive(Debug, Clone)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// A thing in the navigation.
#[derive(Debug, Clone)]
pub struct Link {
    /// Name.
    pub name: String,
    /// Where it is.
    pub to: String,
}

/// An organization and what the person is in it.
#[derive(Debug, Clone)]
pub struct OrgPlace {
    /// Id.
    pub id: OrgId,
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// The person's role.
    pub role: Role,
}

/// A project and what the person is in it.
#[derive(Debug, Clone)]
pub struct ProjectPlace {
    /// Id.
    pub id: ProjectId,
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// The person's effective role.
    pub role: Role,
    /// Its apps.
    pub apps: Vec<AppLink>,
    /// Its languages, the default first.
    pub locales: Vec<String>,
}

/// An app in the navigation.
#[derive(Debug, Clone)]
pub struct AppLink {
    /// Id.
    pub id: AppId,
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// Type.
    pub app_type: AppType,
}

/// A place that the palette offers.
#[derive(Debug, Clone)]
pub struct PaletteItem {
    /// Where it is.
    pub to: String,
    /// Its icon.
    pub icon: &'static str,
    /// Its name.
    pub name: String,
    /// What it belongs to.
    pub of: String,
    /// The keys of the words that it is found by in every language.
    keys: Vec<String>,
}

impl PaletteItem {
    /// Something that has a name.
    pub const fn new(to: String, icon: &'static str, name: String, of: String) -> Self {
        Self { to, icon, name, of, keys: Vec::new() }
    }

    /// The same where its name is the words of these keys: it is found by those of every language.
    #[must_use]
    pub fn known_as(mut self, keys: &[&str]) -> Self {
        self.keys = keys.iter().map(|key| (*key).to_owned()).collect();
        self
    }

    /// What is seen of it.
    pub fn display(&self) -> String {
        format!("{} {}", self.name, self.of)
    }

    /// All that it is found by.
    pub fn text(&self) -> String {
        let words = Lang::ALL.into_iter().flat_map(|lang| self.keys.iter().map(move |key| lang.t(key).to_string()));
        [self.name.clone(), self.of.clone()].into_iter().chain(words).collect::<Vec<_>>().join(" ")
    }
}

impl AppLink {
    /// The icon of its type.
    pub const fn icon(&self) -> &'static str {
        app_icon(&self.app_type)
    }
}

/// The icon of a type of app.
pub const fn app_icon(app_type: &AppType) -> &'static str {
    match app_type {
        AppType::Website => "globe",
        AppType::Forms => "clipboard-list",
        AppType::KnowledgeBase => "book-open",
    }
}

/// An icon of the sprite.
#[derive(Debug, Clone, Copy)]
pub struct Icon<'a> {
    pub(super) name: &'a str,
    pub(super) size: &'a str,
}

impl fmt::Display for Icon<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<svg class=\"icon{}\" aria-hidden=\"true\"><use href=\"{}#{}\"></use></svg>", self.size, *ICONS, self.name)
    }
}

impl askama::filters::HtmlSafe for Icon<'_> {}

/// What a project is called beside another one of its name: with its slug.
pub fn alike(name: &str, slug: &str) -> String {
    format!("{name} ({slug})")
}

/// The first two initials of a name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}
