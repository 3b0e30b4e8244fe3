//! What is around every page: its language and theme, the person, where they are, and where they can go from here.

use std::{collections::HashMap, fmt, sync::LazyLock};

use crate::{
    domain::{
        Error, Result,
        access::{Allowed, Role},
        content::Kinds,
        id::AppId,
        language,
        listing::Listing,
        project::app::AppType,
        time::Instant,
    },
    http::base::assets,
    service::{
        account::me,
        authorize,
        form::figures,
        i18n::{Lang, Phrase},
        instance,
        locale::Locale,
        org::organization,
        project::{app, project},
    },
    store::Tx,
};

use super::{
    link::{self, AppLink, Icon, Link, OrgPlace, Person, ProjectPlace},
    request::PageRequest,
};

/// Most organizations, projects and apps in the navigation; the lists have all.
const NAV: u32 = 50;

static STYLE: LazyLock<String> = LazyLock::new(|| assets::address("console.css"));
static SCRIPT: LazyLock<String> = LazyLock::new(|| assets::address("console/main.js"));
static MARK: LazyLock<String> = LazyLock::new(|| assets::address("mark.svg"));

/// The frame of a page. Templates call it `c`.
#[derive(Clone)]
pub struct Chrome {
    locale: Locale,
    /// The nonce of the scripts.
    pub nonce: String,
    /// `light`, `dark`, or empty for the system's.
    pub theme: String,
    /// Who is signed in.
    pub person: Option<Person>,
    /// Their organizations.
    pub orgs: Vec<Link>,
    /// Whether one of them allows personal keys.
    pub personal_keys: bool,
    /// The organization of this page.
    pub org: Option<OrgPlace>,
    /// Its projects, not all of many.
    pub projects: Vec<Link>,
    /// How many there are.
    pub projects_total: u64,
    /// The project of this page.
    pub project: Option<ProjectPlace>,
    /// What was sent to its forms and nobody has read, by their apps.
    pub unread_sent: HashMap<AppId, u64>,
    /// The person's role in the app of this page, where it is a page of one.
    pub app_role: Option<Role>,
    /// Whether the person is an operator. Only for what is shown; the gate asks again.
    pub is_operator: bool,
    /// Whether they may make organizations.
    pub may_found: bool,
    /// Notifications that nobody has read.
    pub unread: u64,
    /// What the page before has done.
    pub flash: Option<String>,
    /// Where that is taken back.
    pub undo: Option<String>,
    /// The address of this page.
    pub here: String,
    /// The host that is shown below the gate.
    pub host: String,
    /// The same without its query: where a form goes that narrows what is shown.
    pub(in crate::http::console) path: String,
    /// The kinds of content that there are.
    pub(in crate::http::console) kinds: Kinds,
}

impl Chrome {
    /// The frame of a page outside of all organizations: the gate, and errors.
    pub fn plain(request: &PageRequest) -> Self {
        let theme = request.signed.as_ref().map_or_else(|| request.theme.clone(), |signed| signed.user.theme.clone());
        let theme = theme.filter(|theme| matches!(theme.as_str(), "light" | "dark"));
        let person = request.signed.as_ref().map(|signed| Person { name: signed.user.name.clone(), email: signed.user.email.clone() });
        let flash = request.flash.as_deref().map(|flash| flash.split_once('\n').unwrap_or((flash, "")));
        let undo = flash.map(|(_, restore)| restore.to_owned()).filter(|to| super::flash::is_restore(to));
        let user = request.signed.as_ref().map(|signed| &signed.user);
        let host = request.state.public_url.split_once("://").map_or("", |(_, host)| host).to_owned();
        Self {
            locale: request.locale.clone(),
            nonce: request.nonce.clone(),
            theme: theme.unwrap_or_default(),
            person,
            orgs: Vec::new(),
            personal_keys: false,
            org: None,
            projects: Vec::new(),
            projects_total: 0,
            project: None,
            unread_sent: HashMap::new(),
            app_role: None,
            is_operator: user.is_some_and(|user| user.is_operator),
            may_found: user.is_some_and(|user| instance::may_found(user, request.state.org_creation)),
            unread: 0,
            flash: flash.map(|(words, _)| words.to_owned()),
            undo,
            here: request.here(),
            host,
            kinds: request.state.store.kinds(),
            path: request.page_path().to_owned(),
        }
    }

    /// The frame of the person's own pages.
    ///
    /// # Errors
    /// Unauthenticated.
    pub fn own(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Self> {
        let mut chrome = Self::plain(request);
        let mine = organization::list_mine(tx, request.actor()?, &listing())?;
        chrome.orgs = mine.items.iter().map(|(org, _)| Link { name: org.name.clone(), to: format!("/o/{}", org.slug) }).collect();
        chrome.personal_keys = mine.items.iter().any(|(org, _)| org.policy.personal_keys_allowed);
        chrome.unread = me::unread(tx, request.actor()?)?;
        Ok(chrome)
    }

    /// The frame of a page of the organization in the path.
    ///
    /// # Errors
    /// Not found, when the person is no member of it.
    pub fn org(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Self, OrgPlace)> {
        let mut chrome = Self::own(request, tx)?;
        let (found, role) = organization::mine(tx, request.actor()?, request.org()?)?;
        let place = OrgPlace { id: found.id, name: found.name, slug: found.slug, role };
        let projects = project::list(tx, request.actor()?, place.id, &listing())?;
        let mut called: HashMap<&str, usize> = HashMap::new();
        projects.items.iter().for_each(|project| *called.entry(&project.name).or_default() += 1);
        let shown = |name: &str, slug: &str| if called.get(name) == Some(&1) { name.to_owned() } else { link::alike(name, slug) };
        let link = |name: &str, slug: &str| Link { name: shown(name, slug), to: format!("/o/{}/p/{slug}", place.slug) };
        chrome.projects_total = projects.total;
        chrome.projects = projects.items.iter().map(|project| link(&project.name, &project.slug)).collect();
        chrome.org = Some(place.clone());
        Ok((chrome, place))
    }

    /// The frame of a page of the project in the path.
    ///
    /// # Errors
    /// Not found, when the person may not see it.
    pub fn project(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Self, OrgPlace, ProjectPlace)> {
        let (mut chrome, at) = Self::org(request, tx)?;
        let actor = request.actor()?;
        let found = project::get(tx, actor, request.project()?)?;
        let role = authorize::project_role(tx, actor, (at.id, found.id))?.ok_or(Error::NotFound("project"))?;
        let apps = app::list(tx, actor, (at.id, found.id), &listing())?;
        for app in apps.items.iter().filter(|app| app.app_type == AppType::Forms) {
            chrome.unread_sent.insert(app.id, figures::unread(tx, actor, (at.id, found.id, app.id))?);
        }
        let link = |app: crate::domain::project::app::App| AppLink { id: app.id, name: app.name, slug: app.slug, app_type: app.app_type };
        let place = ProjectPlace {
            id: found.id,
            role,
            apps: apps.items.into_iter().map(link).collect(),
            locales: found.locales,
            name: found.name,
            slug: found.slug,
        };
        chrome.project = Some(place.clone());
        Ok((chrome, at, place))
    }

    /// The frame of the place that the path leads to, or `at` in the query, as far as the person sees it.
    ///
    /// # Errors
    /// Those of the store; unauthenticated.
    pub fn around(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Self> {
        let nearest = match Self::project(request, tx) {
            Err(Error::NotFound(_)) => Self::org(request, tx).map(|(chrome, _)| chrome),
            found => found.map(|(chrome, ..)| chrome),
        };
        match nearest {
            Err(Error::NotFound(_)) => Self::own(request, tx),
            found => found,
        }
    }

    /// How much that was sent to the forms of an app nobody has read.
    pub fn unread_of(&self, app: &AppLink) -> u64 {
        self.unread_sent.get(&app.id).copied().unwrap_or_default()
    }

    /// Words in the reader's language.
    pub fn t(&self, key: &str) -> Phrase {
        self.locale.lang.t(key)
    }

    /// Words that begin a line, as they stand within one: "Pages" is "pages", and "API keys" stays.
    pub fn amid(&self, words: impl fmt::Display) -> String {
        let words = words.to_string();
        let mut letters = words.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain([second]).chain(letters).collect(),
            _ => words,
        }
    }

    /// Words whose key ends with a word of the domain, such as a role.
    pub fn word(&self, prefix: &str, word: impl fmt::Display) -> Phrase {
        self.locale.lang.t(&format!("{prefix}-{}", word.to_string().replace('_', "-").to_lowercase()))
    }

    /// A path with the query of this page, so that its answer shows the same page of a list.
    pub fn with_query(&self, path: &str) -> String {
        self.here.split_once('?').map_or_else(|| path.to_owned(), |(_, query)| format!("{path}?{query}"))
    }

    /// Who did something, as it stands within a sentence: a name, or the command line, which has none.
    pub fn who(&self, name: &Option<String>) -> String {
        name.clone().unwrap_or_else(|| self.t("command-line-by").to_string())
    }

    /// What is wrong with a field, in the reader's language where there are words for it.
    pub fn fault(&self, fault: &crate::domain::error::Fault) -> String {
        let (key, field) = (format!("fault-{}", fault.code.replace('_', "-")), key_of(&fault.field));
        // What would be right depends on the field: an address is malformed in another way than a language.
        let known = [format!("{key}-in-{field}"), key].into_iter().find(|key| self.locale.lang.has(key));
        known.map_or_else(|| fault.message.clone(), |key| self.t(&key).to_string())
    }

    /// What its field is called, where that is known.
    pub fn field(&self, fault: &crate::domain::error::Fault) -> Option<String> {
        let key = format!("field-{}", key_of(&fault.field));
        let known = [key.clone(), format!("content-{key}")].into_iter().find(|key| self.locale.lang.has(key))?;
        Some(self.t(&known).to_string())
    }

    /// The language of the page.
    pub fn lang(&self) -> &'static str {
        self.locale.lang.tag()
    }

    /// The other languages: tag and name.
    pub fn other_langs(&self) -> Vec<(&'static str, &'static str)> {
        Lang::ALL.into_iter().filter(|lang| *lang != self.locale.lang).map(|lang| (lang.tag(), lang.name())).collect()
    }

    /// How the reader wants times told.
    pub const fn locale(&self) -> &Locale {
        &self.locale
    }

    /// `1,204`
    pub fn number(&self, number: impl fmt::Display) -> String {
        self.locale.lang.number(number)
    }

    /// `6.4 MB`
    pub fn size(&self, bytes: &u64) -> String {
        self.locale.size(*bytes)
    }

    /// `2 minutes ago`
    pub fn ago(&self, at: &Instant) -> String {
        self.locale.ago(*at)
    }

    /// `in 3 days`
    pub fn until(&self, at: &Instant) -> String {
        self.locale.until(*at)
    }

    /// `21 Feb 2027`
    pub fn day(&self, at: &Instant) -> String {
        self.locale.day(*at)
    }

    /// `21 Feb`, and with the year where that is not this one.
    pub fn near_day(&self, at: &Instant) -> String {
        self.locale.near_day(*at)
    }

    /// `21 Feb 2027, 14:30`
    pub fn exact(&self, at: &Instant) -> String {
        self.locale.exact(*at)
    }

    /// `21 February 2027 at 14:30 (Europe/Paris)`
    pub fn moment(&self, at: &Instant) -> String {
        self.locale.moment(*at)
    }

    /// Whether it comes within a week.
    pub fn soon(&self, at: &Instant) -> bool {
        self.locale.within(*at, 7)
    }

    /// An icon of 16 px.
    pub fn icon<'a>(&self, name: &'a str) -> Icon<'a> {
        Icon { name, size: "" }
    }

    /// A larger one: `lg` or `xl`.
    pub fn icon_sized<'a>(&self, name: &'a str, size: &str) -> Icon<'a> {
        Icon { name, size: if size == "xl" { " xl" } else { " lg" } }
    }

    /// The icon of a type of app.
    pub const fn app_icon(&self, app_type: &AppType) -> &'static str {
        link::app_icon(app_type)
    }

    /// The first two initials of a name.
    pub fn initials(&self, name: &str) -> String {
        link::initials(name)
    }

    /// The first letter of a name.
    pub fn initial(&self, name: &str) -> String {
        link::initials(name).chars().take(1).collect()
    }

    /// What a language is called by those who speak it.
    pub fn language<'a>(&self, tag: &'a str) -> &'a str {
        language::name(tag)
    }

    /// The address of whoever is signed in.
    pub fn own_email(&self) -> &str {
        self.person.as_ref().map_or("", |person| person.email.as_str())
    }

    /// The name of the organization of the page; empty outside of organizations.
    pub fn org_name(&self) -> &str {
        self.org.as_ref().map_or("", |org| org.name.as_str())
    }

    /// The name of the project of the page; empty outside of projects.
    pub fn project_name(&self) -> &str {
        self.project.as_ref().map_or("", |project| project.name.as_str())
    }

    /// Address of the stylesheet.
    pub fn style(&self) -> &'static str {
        &STYLE
    }

    /// Address of the script.
    pub fn script(&self) -> &'static str {
        &SCRIPT
    }

    /// Address of the mark.
    pub fn mark(&self) -> &'static str {
        &MARK
    }

    /// What the person may here, by their role in the app or the project where there is one, else in the organization.
    pub fn can(&self) -> Allowed {
        Allowed(self.app_role.or_else(|| self.project.as_ref().map(|at| at.role)).or_else(|| self.org.as_ref().map(|at| at.role)))
    }

    /// The person's role where they are in the project: in the app of this page, or in all of it.
    pub fn role_at(&self, project: &ProjectPlace) -> Role {
        self.app_role.unwrap_or(project.role)
    }

    /// The same, by the role in the organization alone.
    pub fn org_can(&self) -> Allowed {
        Allowed(self.org.as_ref().map(|at| at.role))
    }
}

/// A field such as `settings.notifyEmail` or `projects[3]` as keys of words spell it.
pub fn key_of(field: &str) -> String {
    field.split('[').next().unwrap_or_default().to_lowercase().replace('.', "-")
}

/// The key of the words of a field of an entry.
pub fn field_key(field: &str) -> String {
    format!("content-field-{}", key_of(field))
}

fn listing() -> Listing {
    Listing { page_size: NAV, ..Listing::default() }
}
