//! The navigation of a page: where its parts lie, which tabs and places are offered, and which of them this page is.

use askama::Template;

use crate::domain::access::Permission;

use super::{
    chrome::Chrome,
    link::{AppLink, Link, PaletteItem},
};

/// Most projects that the navigation shows without a search.
const FEW: u64 = 12;

/// The sidebar. It is drawn by code of its own: a page that had it as a part of itself would be as large once more.
#[derive(Template)]
#[template(path = "part/nav/sidebar.html")]
pub struct Sidebar<'c> {
    c: &'c Chrome,
}

impl askama::filters::HtmlSafe for Sidebar<'_> {}

/// The palette of what there is, drawn so as well.
#[derive(Template)]
#[template(path = "part/nav/palette.html")]
pub struct Palette<'c> {
    c: &'c Chrome,
}

impl askama::filters::HtmlSafe for Palette<'_> {}

impl Chrome {
    /// The sidebar of a page.
    pub const fn sidebar(&self) -> Sidebar<'_> {
        Sidebar { c: self }
    }

    /// The palette of a page.
    pub const fn palette(&self) -> Palette<'_> {
        Palette { c: self }
    }

    /// Where the organization's pages begin.
    pub fn base(&self) -> String {
        self.org.as_ref().map_or_else(String::new, |org| format!("/o/{}", org.slug))
    }

    /// Where the project's pages begin.
    pub fn project_base(&self) -> String {
        self.project.as_ref().map_or_else(String::new, |project| format!("{}/p/{}", self.base(), project.slug))
    }

    /// Where the organization's settings begin.
    pub fn settings(&self) -> String {
        format!("{}/settings", self.base())
    }

    /// Where an app's pages begin.
    pub fn app_base(&self, app: &AppLink) -> String {
        format!("{}/{}/{}", self.project_base(), app.app_type.segment(), app.slug)
    }

    /// The slugs of this place, for a page that belongs to none and keeps its navigation: `acme`, `acme/site`.
    pub fn slugs(&self) -> Option<String> {
        let project = self.project.as_ref().map_or_else(String::new, |project| format!("/{}", project.slug));
        self.org.as_ref().map(|org| format!("{}{project}", org.slug))
    }

    /// The same as the query of an address.
    pub fn at(&self) -> String {
        self.slugs().map_or_else(String::new, |slugs| format!("?at={slugs}"))
    }

    /// Address of a page of the help, which keeps the navigation of this one: empty, or `/` and its name.
    pub fn help(&self, page: &str) -> String {
        format!("/help{page}{}", self.at())
    }

    /// Address of a page of the organization's settings, or of one's own account, if it is open to the reader.
    pub fn open_place(&self, path: &str) -> Option<String> {
        if path.starts_with("/account/") {
            return self.person.is_some().then(|| path.to_owned());
        }
        self.settings_tabs().into_iter().map(|(to, _)| to).find(|to| *to == format!("{}{path}", self.base()))
    }

    /// The tabs of the organization's settings that this person may open: path and words.
    pub fn settings_tabs(&self) -> Vec<(String, &'static str)> {
        let tabs = [
            ("profile", "profile", Permission::OrganizationManage),
            ("members", "members", Permission::MemberRead),
            ("invitations", "invitations", Permission::AccessRead),
            ("accounts", "service-accounts", Permission::AccessRead),
            ("keys", "api-keys", Permission::AccessRead),
            ("policies", "policies", Permission::OrganizationManage),
            ("activity", "activity", Permission::ActivityRead),
        ];
        let open = tabs.into_iter().filter(|(_, _, permission)| self.org_can().includes(*permission));
        open.map(|(path, words, _)| (format!("{}/{path}", self.settings()), words)).collect()
    }

    /// Whether there are more projects than one looks through.
    pub const fn has_many_projects(&self) -> bool {
        self.projects_total > FEW
    }

    /// The projects that the navigation shows: the newest, where there are many.
    pub fn near_projects(&self) -> &[Link] {
        let shown = if self.has_many_projects() { self.projects.len().min(FEW as usize) } else { self.projects.len() };
        &self.projects[..shown]
    }

    /// Whether a project may be created here.
    pub fn makes_projects(&self) -> bool {
        self.org_can().project_create()
    }

    /// Whether this project's members and settings are open.
    pub fn manages_project(&self) -> bool {
        self.can().project_manage()
    }

    /// Whether what is in this project is open to read, its trash too.
    pub fn reads_project(&self) -> bool {
        self.can().project_read()
    }

    /// The person's own pages: path, icon, words.
    pub fn own_nav(&self) -> [(&'static str, &'static str, &'static str); 5] {
        [
            ("/account/profile", "circle-user", "nav-profile"),
            ("/account/password", "lock", "nav-password"),
            ("/account/sessions", "globe", "nav-sessions"),
            ("/account/notifications", "inbox", "nav-inbox"),
            ("/account/keys", "key-round", "nav-own-keys"),
        ]
    }

    /// The pages about the instance, for its operators: path, icon, words.
    pub fn instance_nav(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        let pages = &[
            ("/instance/people", "users", "instance-people"),
            ("/instance/organizations", "stele", "organizations"),
            ("/instance/backups", "download", "instance-backups"),
        ];
        if self.is_operator { pages } else { &[] }
    }

    /// The places that the palette offers: what is near first.
    pub fn places(&self) -> Vec<PaletteItem> {
        let mut places = Vec::new();
        if let Some(project) = &self.project {
            places.push(self.place(self.project_base(), "layout-dashboard", "nav-dashboard", &project.name));
            places.extend(self.places_in(&self.project_base(), &project.name, &project.apps, |permission| self.can().includes(permission)));
        }
        let links = |links: &[Link], icon: &'static str, of: &str| -> Vec<PaletteItem> {
            let there = links.iter().filter(|link| link.to != self.project_base());
            let item = |link: &Link| PaletteItem::new(link.to.clone(), icon, link.name.clone(), self.t(of).to_string()).known_as(&[of]);
            there.map(item).collect()
        };
        places.extend(links(&self.projects, "layout-grid", "projects"));
        places.extend(self.actions());
        if let Some(org) = &self.org {
            let tabs = self.settings_tabs().into_iter();
            places.extend(tabs.map(|(to, key)| self.place(to, "settings-2", key, &org.name).known_as(&[key, "settings"])));
        }
        places.extend(links(&self.orgs, "stele", "organizations"));
        let words = self.t("nav-account").to_string();
        let own = self.own_nav().into_iter().chain([("/help", "book-open", "nav-help"), ("/docs", "braces", "docs")]);
        places.extend(own.map(|(to, icon, key)| self.place(to.into(), icon, key, &words).known_as(&[key, "nav-account"])));
        let (instance, words) = (self.instance_nav().iter(), self.t("instance").to_string());
        places.extend(instance.map(|(to, icon, key)| self.place((*to).into(), icon, key, &words).known_as(&[key, "instance"])));
        places
    }

    /// A place that is called by words.
    pub fn place(&self, to: String, icon: &'static str, key: &str, of: &str) -> PaletteItem {
        PaletteItem::new(to, icon, self.t(key).to_string(), of.to_owned()).known_as(&[key])
    }

    /// What this person may begin from anywhere.
    fn actions(&self) -> Vec<PaletteItem> {
        let mut actions = Vec::new();
        if let Some(org) = &self.org {
            let here = [
                ("settings/keys/new", "key-round", "key-create", Permission::KeyManage),
                ("settings/invitations/new", "user-plus", "member-invite", Permission::InvitationManage),
                ("settings/accounts/new", "bot", "account-new", Permission::AccountManage),
                ("projects/new", "plus", "project-new", Permission::ProjectCreate),
                ("projects/import", "upload", "archive-import", Permission::ProjectCreate),
            ];
            let open = here.into_iter().filter(|(.., permission)| self.org_can().includes(*permission));
            actions.extend(open.map(|(path, icon, key, _)| self.action(format!("{}/{path}", self.base()), icon, key, &org.name)));
        }
        let (own, account) = (self.t("nav-own-keys").to_string(), self.t("nav-account").to_string());
        if self.personal_keys {
            actions.push(self.action("/account/keys/new".into(), "key-round", "key-create", &own));
        }
        if self.may_found {
            actions.push(self.action("/organizations/new".into(), "plus", "org-new", &account));
        }
        actions
    }

    /// Something that can be done; whatever it is called, it is found by the usual words for that, too.
    fn action(&self, to: String, icon: &'static str, key: &str, of: &str) -> PaletteItem {
        self.place(to, icon, key, of).known_as(&[key, "jump-new"])
    }

    /// The places below one project: its apps that have content, and what those who `may` can open and begin there.
    pub fn places_in(&self, base: &str, project: &str, apps: &[AppLink], may: impl Fn(Permission) -> bool) -> Vec<PaletteItem> {
        let mut places = vec![self.place(format!("{base}/find"), "search", "find", project)];
        let (manages, writes) = (may(Permission::ProjectManage), may(Permission::EntryWrite));
        for app in apps.iter().filter(|app| self.has_content(app)) {
            let to = format!("{base}/{}/{}", app.app_type.segment(), app.slug);
            let of = format!("{project} · {}", app.name);
            places.push(PaletteItem::new(to.clone(), app.icon(), app.name.clone(), project.to_owned()));
            for kind in self.kinds_of(app).into_iter().flat_map(|(_, kinds)| kinds) {
                let (list, name) = (format!("{to}/{}", kind.segment), |what| format!("{}-{what}", kind.key()));
                places.push(self.place(list.clone(), kind.icon, &name("many"), &of));
                if writes && kind.operations.create.is_some() {
                    places.push(self.action(format!("{list}/new"), "plus", &name("new"), &of));
                }
            }
            if app.app_type.has_redirects() {
                places.push(self.place(format!("{to}/redirects"), "corner-down-right", "redirects", &of));
            }
            let singles = self.singles_of(app).into_iter();
            places.extend(singles.map(|kind| self.place(format!("{to}/{}", kind.segment), kind.icon, &format!("{}-one", kind.key()), &of)));
        }
        if writes {
            places.push(self.action(format!("{base}/files/upload"), "upload", "file-upload", project));
        }
        // The settings of the others are the place where they are.
        for app in apps.iter().filter(|app| !self.has_content(app) && manages) {
            places.push(PaletteItem::new(format!("{base}/settings/apps/{}", app.id), app.icon(), app.name.clone(), project.to_owned()));
        }
        if may(Permission::ProjectRead) {
            places.push(self.place(format!("{base}/files"), "folder-open", "files", project));
            places.push(self.place(format!("{base}/trash"), "trash-2", "trash", project));
        }
        for (path, icon) in
            [("members", "users"), ("branding", "swatch-book"), ("domains", "link"), ("webhooks", "webhook"), ("settings", "settings-2")]
                .into_iter()
                .filter(|_| manages)
        {
            places.push(self.place(format!("{base}/{path}"), icon, path, project));
        }
        places
    }

    /// The theme after this one: system, light, dark.
    pub fn next_theme(&self) -> &'static str {
        match self.theme.as_str() {
            "light" => "dark",
            "dark" => "system",
            _ => "light",
        }
    }

    /// Whether this page is `to` or lies below it.
    pub fn is_at(&self, to: impl AsRef<str>) -> bool {
        let to = to.as_ref();
        self.path == to || self.path.strip_prefix(to).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether this page is the one called `name` below `base`, or lies below that.
    pub fn is_in(&self, base: impl AsRef<str>, name: &str) -> bool {
        self.is_at(format!("{}/{name}", base.as_ref()))
    }

    /// Whether this page is `to` itself.
    pub fn is(&self, to: impl AsRef<str>) -> bool {
        self.path == to.as_ref()
    }
}
