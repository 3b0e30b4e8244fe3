//! The navigation of a page: where its parts lie, which tabs and places are offered, and which of them this page is.

use crate::domain::access::Permission;

use super::{
    chrome::Chrome,
    link::{AppLink, Link, PaletteItem},
};

impl Chrome {
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
        let open = tabs.into_iter().filter(|(_, _, permission)| self.org_can(*permission));
        open.map(|(path, words, _)| (format!("{}/{path}", self.settings()), words)).collect()
    }

    /// Whether a project may be created here.
    pub fn makes_projects(&self) -> bool {
        self.org_can(Permission::ProjectCreate)
    }

    /// Whether this project's members and settings are open.
    pub fn manages_project(&self) -> bool {
        self.can(Permission::ProjectManage)
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

    /// The places that the palette offers: what is near first.
    pub fn places(&self) -> Vec<PaletteItem> {
        let org = self.org.as_ref().map(|org| org.name.clone()).unwrap_or_default();
        let mut places = Vec::new();
        if let Some(project) = &self.project {
            let name = self.t("nav-dashboard").to_string();
            places.push(PaletteItem { to: self.project_base(), icon: "layout-dashboard", name, of: project.name.clone() });
            places.extend(self.places_in(&self.project_base(), &project.name, &project.apps, self.manages_project()));
        }
        let links = |links: &[Link], icon: &'static str, of: &str| -> Vec<PaletteItem> {
            let there = links.iter().filter(|link| link.to != self.project_base());
            there.map(|link| PaletteItem { to: link.to.clone(), icon, name: link.name.clone(), of: of.to_owned() }).collect()
        };
        places.extend(links(&self.projects, "layout-grid", &self.t("projects").to_string()));
        let tabs = self.settings_tabs().into_iter();
        places.extend(tabs.map(|(to, key)| PaletteItem { to, icon: "settings-2", name: self.t(key).to_string(), of: org.clone() }));
        places.extend(links(&self.orgs, "stele", &self.t("organizations").to_string()));
        let words = self.t("nav-account").to_string();
        let own = self.own_nav().into_iter().chain([("/help", "book-open", "nav-help")]);
        places.extend(own.map(|(to, icon, key)| PaletteItem { to: to.into(), icon, name: self.t(key).to_string(), of: words.clone() }));
        places
    }

    /// The places below one project: its apps that have content, and what those who manage it may open.
    pub fn places_in(&self, base: &str, project: &str, apps: &[AppLink], manages: bool) -> Vec<PaletteItem> {
        let mut places = Vec::new();
        for app in apps.iter().filter(|app| self.has_content(app)) {
            let to = format!("{base}/{}/{}", app.app_type.segment(), app.slug);
            let of = format!("{project} · {}", app.name);
            places.push(PaletteItem { to: to.clone(), icon: app.icon(), name: app.name.clone(), of: project.to_owned() });
            for kind in self.kinds_of(app) {
                let name = self.of_kind(kind, "many").to_string();
                places.push(PaletteItem { to: format!("{to}/{}", kind.segment), icon: kind.icon, name, of: of.clone() });
            }
        }
        // The settings of the others are the place where they are.
        for app in apps.iter().filter(|app| !self.has_content(app) && manages) {
            let to = format!("{base}/settings/apps/{}", app.id);
            places.push(PaletteItem { to, icon: app.icon(), name: app.name.clone(), of: project.to_owned() });
        }
        for (path, icon) in [("members", "users"), ("settings", "settings-2")].into_iter().filter(|_| manages) {
            places.push(PaletteItem { to: format!("{base}/{path}"), icon, name: self.t(path).to_string(), of: project.to_owned() });
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
