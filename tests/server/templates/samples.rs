//! One request or more for every template: what a new page adds here is a line.

use super::world::{PAULA, World};
use crate::support::PASSWORD;

/// A request.
pub struct Asked {
    pub method: &'static str,
    pub path: String,
    pub form: Vec<(String, String)>,
    /// Whether the owner asks; else somebody who is not signed in.
    pub signed: bool,
    /// Whether the server is asked that nobody has set up.
    pub fresh: bool,
    pub language: &'static str,
}

impl Asked {
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), form: Vec::new(), signed: true, fresh: false, language: "en" }
    }

    fn post(path: impl Into<String>, form: &[(&str, &str)]) -> Self {
        let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { method: "POST", form, ..Self::get(path) }
    }

    fn nobody(self) -> Self {
        Self { signed: false, ..self }
    }

    fn fresh(self) -> Self {
        Self { signed: false, fresh: true, ..self }
    }

    fn french(self) -> Self {
        Self { language: "fr", ..self.nobody() }
    }
}

/// A template, and a request that shows it.
pub struct Sample {
    pub template: &'static str,
    pub status: u16,
    /// What shows that this template was rendered, where it has no piece and no words of its own.
    pub proof: &'static [&'static str],
    pub ask: fn(&World) -> Asked,
}

const fn shown(template: &'static str, ask: fn(&World) -> Asked) -> Sample {
    Sample { template, status: 200, proof: &[], ask }
}

/// A form that comes back with what was typed.
const fn refused(template: &'static str, ask: fn(&World) -> Asked) -> Sample {
    Sample { status: 422, ..shown(template, ask) }
}

const fn proven(sample: Sample, proof: &'static [&'static str]) -> Sample {
    Sample { proof, ..sample }
}

fn at(rest: &str) -> Asked {
    Asked::get(format!("/o/acme{rest}"))
}

fn sent(rest: &str, form: &[(&str, &str)]) -> Asked {
    Asked::post(format!("/o/acme{rest}"), form)
}

fn help(page: &str) -> Asked {
    Asked::get(format!("/help/{page}"))
}

const POSTS: &str = "/p/site/website/web/posts";
const KEYS: &str = "/settings/keys";

/// Every template that is a page, at least once.
pub const SAMPLES: &[Sample] = &[
    shown("account/list.html", |_| at("/settings/accounts")),
    shown("account/list.html", |w| at(&format!("/settings/accounts?search={}", w.query()))),
    shown("account/one.html", |w| at(&format!("/settings/accounts/{}?status=all", w.account))),
    shown("account/edit.html", |w| at(&format!("/settings/accounts/{}/edit", w.account))),
    refused("account/edit.html", |w| sent("/settings/accounts/new", &[("name", ""), ("role", &w.text), ("description", &w.text)])),
    shown("account/end.html", |w| at(&format!("/settings/accounts/{}/delete", w.account))),
    shown("activity/list.html", |_| at("/settings/activity")),
    shown("activity/list.html", |w| at(&format!("/settings/activity?search={0}&person={0}", w.query()))),
    shown("activity/list.html", |_| at("/settings/activity?page=2&pageSize=1")),
    shown("content/list.html", |_| at(POSTS)),
    shown("content/list.html", |w| at(&format!("{POSTS}?search={}", w.query()))),
    proven(shown("content/new.html", |_| at(&format!("{POSTS}/new"))), &["<h1 id=\"dialog-title\">New post</h1>"]),
    proven(
        refused("content/new.html", |w| sent(&format!("{POSTS}/new"), &[("name", &w.name()), ("slug", &format!("No {}", w.text))])),
        &["<h1 id=\"dialog-title\">New post</h1>", "slug-fault"],
    ),
    shown("content/edit.html", |w| at(&format!("{POSTS}/{}", w.entry))),
    refused("content/edit.html", |w| {
        let path = format!("{POSTS}/{}", w.entry);
        let version = w.hidden(&format!("/o/acme{path}"), "version");
        let typed = ["title", "excerpt", "seo.title", "seo.description", "tags", "name"].map(|name| (name, w.text.as_str()));
        let slug = format!("No {}", w.text);
        sent(&path, &[&[("version", version.as_str()), ("locale", "en"), ("slug", &slug)], &typed[..]].concat())
    }),
    refused("content/restore.html", |w| sent(&format!("{POSTS}/{}/restore", w.trashed), &[("undo", &w.text)])),
    Sample { status: 400, ..shown("error.html", |w| at(&format!("?search=%01{}", w.raw_query()))) },
    Sample { status: 404, ..shown("error.html", |w| Asked::get(format!("/o/{}", w.raw_query()))) },
    Sample { status: 404, ..shown("error.html", |w| Asked::get(format!("/nowhere?next={}", w.raw_query())).nobody()) },
    shown("help/page.html", |_| Asked::get("/help")),
    proven(shown("help/inside.html", |_| help("roles")), &["class=\"sidebar\"", "<article class=\"prose\">"]),
    shown("help/outside.html", |_| help("roles").nobody()),
    proven(shown("help/tabs.html", |_| help("roles").nobody()), &["<nav class=\"tabs\" aria-label=\"Help\">"]),
    shown("help/permissions.html", |_| help("roles")),
    shown("help/reasons.html", |_| help("api-keys")),
    shown("help/snippets.html", |_| help("getting-started")),
    shown("help/en/api-keys.html", |_| help("api-keys").nobody()),
    shown("help/en/console.html", |_| help("console").nobody()),
    shown("help/en/getting-started.html", |_| help("getting-started").nobody()),
    shown("help/en/roles.html", |_| help("roles").nobody()),
    shown("help/en/sandbox.html", |_| help("sandbox").nobody()),
    shown("help/fr/api-keys.html", |_| help("api-keys").french()),
    shown("help/fr/console.html", |_| help("console").french()),
    shown("help/fr/getting-started.html", |_| help("getting-started").french()),
    shown("help/fr/roles.html", |_| help("roles").french()),
    shown("help/fr/sandbox.html", |_| help("sandbox").french()),
    shown("invitation/list.html", |_| at("/settings/invitations")),
    shown("invitation/link.html", |w| at(&format!("/settings/invitations/{}/link", w.invitation))),
    shown("invitation/cancel.html", |w| at(&format!("/settings/invitations/{}/cancel", w.invitation))),
    Sample {
        status: 404,
        ..shown("invitation/over.html", |w| Asked::get(format!("/invitations/accept?token={}", w.raw_query())).nobody())
    },
    shown("invitation/new.html", |_| at("/settings/invitations/new")),
    refused("invitation/new.html", |w| sent("/settings/invitations/new", &[("email", &w.text), ("role", "viewer")])),
    shown("invitation/accept.html", |w| Asked::get(format!("/invitations/accept?token={}", w.invited)).nobody()),
    refused("invitation/accept.html", |w| {
        Asked::post("/invitations/accept", &[("token", &w.invited), ("name", &w.text), ("password", "short")]).nobody()
    }),
    shown("key/list.html", |_| at(KEYS)),
    shown("key/list.html", |w| at(&format!("{KEYS}?status=all&search={}", w.query()))),
    shown("key/list.html", |_| Asked::get("/account/keys")),
    shown("key/owner.html", |_| at(&format!("{KEYS}/new"))),
    shown("key/new.html", |_| Asked::get("/account/keys/new")),
    refused("key/new.html", |w| {
        let path = format!("/settings/accounts/{}/keys/new", w.account);
        let once = w.hidden(&format!("/o/acme{path}"), "once");
        sent(&path, &[("once", &once), ("name", ""), ("expiry", "date"), ("until", &w.text), ("access", &w.text)])
    }),
    shown("key/shown.html", |w| {
        let path = format!("/settings/accounts/{}/keys/new", w.account);
        let once = w.hidden(&format!("/o/acme{path}"), "once");
        sent(&path, &[("once", &once), ("name", &w.name()), ("expiry", "90"), ("access", "read"), ("reach", "all")])
    }),
    shown("key/regenerate.html", |w| at(&format!("{KEYS}/{}/regenerate", w.key))),
    refused("key/regenerate.html", |w| {
        sent(&format!("{KEYS}/{}/regenerate", w.key), &[("once", "0"), ("until", &w.text), ("grace", &w.text)])
    }),
    shown("key/rename.html", |w| at(&format!("{KEYS}/{}/rename", w.key))),
    refused("key/rename.html", |w| sent(&format!("{KEYS}/{}/rename", w.key), &[("name", &format!("{}{}", w.text, "x".repeat(81)))])),
    shown("key/rename.html", |w| Asked::get(format!("/account/keys/{}/rename", w.own_key))),
    shown("key/revoke.html", |w| at(&format!("{KEYS}/{}/revoke", w.key))),
    refused("key/revoke.html", |w| sent(&format!("{KEYS}/{}/revoke", w.key), &[("reason", &format!("{}{}", w.text, "x".repeat(600)))])),
    shown("me/notifications.html", |_| Asked::get("/account/notifications")),
    shown("me/password.html", |_| Asked::get("/account/password")),
    refused("me/password.html", |w| Asked::post("/account/password", &[("password", &w.text), ("new-password", "short")])),
    shown("me/profile.html", |_| Asked::get("/account/profile")),
    refused("me/profile.html", |w| {
        let typed = ["bio", "phone", "timezone", "locale"].map(|name| (name, w.text.as_str()));
        Asked::post("/account/profile", &[&[("name", "")], &typed[..]].concat())
    }),
    shown("me/sessions.html", |_| Asked::get("/account/sessions")),
    shown("member/list.html", |_| at("/settings/members")),
    shown("member/list.html", |w| at(&format!("/settings/members?search={}", w.query()))),
    shown("member/remove.html", |w| at(&format!("/settings/members/{}/remove", w.member))),
    shown("org/new.html", |_| Asked::get("/organizations/new")),
    refused("org/new.html", |w| Asked::post("/organizations/new", &[("name", &w.text), ("slug", &format!("No {}", w.text))])),
    shown("org/profile.html", |_| at("/settings/profile")),
    refused("org/profile.html", |w| {
        let seen = w.hidden("/o/acme/settings/profile", "seen");
        let typed = ["description", "website", "slug"].map(|name| (name, w.text.as_str()));
        sent("/settings/profile", &[&[("seen", seen.as_str()), ("name", "")], &typed[..]].concat())
    }),
    shown("org/transfer.html", |_| at("/settings/profile/transfer")),
    refused("org/transfer.html", |w| sent("/settings/profile/transfer", &[("to", &w.text)])),
    shown("org/delete.html", |_| at("/settings/profile/delete")),
    refused("org/delete.html", |w| sent("/settings/profile/delete", &[("typed", &format!("{}x", w.text))])),
    shown("policy/edit.html", |_| at("/settings/policies")),
    shown("policy/edit.html", |w| {
        let seen = w.hidden("/o/acme/settings/policies", "seen");
        sent("/settings/policies", &[("seen", &seen), ("days", "1"), ("personal", "")])
    }),
    refused("policy/edit.html", |w| sent("/settings/policies", &[("seen", &w.text), ("days", &w.text)])),
    shown("project/list.html", |_| at("")),
    shown("project/list.html", |w| at(&format!("?search={}", w.query()))),
    shown("project/new.html", |_| at("/projects/new")),
    refused("project/new.html", |w| {
        let typed = ["slug", "defaultLocale", "enabledLocales"].map(|name| (name, w.text.as_str()));
        sent("/projects/new", &[&[("name", "")], &typed[..]].concat())
    }),
    shown("dashboard/page.html", |_| at("/p/site")),
    shown("project/settings.html", |_| at("/p/site/settings")),
    refused("project/settings.html", |w| {
        let seen = w.hidden("/o/acme/p/site/settings", "seen");
        let typed = ["slug", "description", "defaultLocale", "enabledLocales"].map(|name| (name, w.text.as_str()));
        sent("/p/site/settings", &[&[("seen", seen.as_str()), ("name", "")], &typed[..]].concat())
    }),
    refused("project/settings.html", |w| {
        sent("/p/site/settings/apps", &[("appType", "website"), ("appName", &"x".repeat(201)), ("x", &w.text)])
    }),
    shown("project/app.html", |w| at(&format!("/p/site/settings/apps/{}", w.site.here.app))),
    refused("project/app.html", |w| {
        let path = format!("/p/site/settings/apps/{}", w.site.here.app);
        let seen = w.hidden(&format!("/o/acme{path}"), "seen");
        sent(&path, &[("seen", &seen), ("name", ""), ("slug", &w.text), ("description", &w.text), ("settings.pageDesign", &w.text)])
    }),
    proven(shown("project/delete.html", |_| at("/p/site/settings/delete")), &["<title>Delete project", "name=\"typed\""]),
    proven(
        refused("project/delete.html", |w| sent("/p/site/settings/delete", &[("typed", &format!("{}x", w.text))])),
        &["<title>Delete project", "typed-fault"],
    ),
    shown("project_member/list.html", |_| at("/p/site/members")),
    shown("project_member/new.html", |_| at("/p/site/members/new")),
    refused("project_member/new.html", |w| sent("/p/site/members/new", &[("email", &w.text), ("role", "viewer")])),
    shown("search/page.html", |_| at("/search")),
    shown("search/page.html", |w| at(&format!("/search?search={}", w.query()))),
    shown("session/forgot.html", |_| Asked::get("/password/forgot").nobody()),
    shown("session/forgot.html", |_| Asked::get("/password/forgot?sent=yes").nobody()),
    shown("session/reset.html", |w| Asked::get(format!("/password/reset?token={}", w.reset)).nobody()),
    refused("session/reset.html", |w| Asked::post("/password/reset", &[("token", &w.reset), ("password", "short")]).nobody()),
    shown("session/resume.html", |w| {
        let carried = format!("carry.{}", w.text);
        let form =
            [("email", PAULA), ("password", PASSWORD), ("carry-to", "/account/profile"), ("carry.name", &w.text), (&carried, &w.text)];
        Asked::post("/sign-in", &form).nobody()
    }),
    shown("session/sign-in.html", |w| Asked::get(format!("/sign-in?next=/{}", w.raw_query())).nobody()),
    shown("session/sign-in.html", |w| Asked::get(format!("/confirm?next=/{}", w.raw_query()))),
    refused("session/sign-in.html", |w| {
        Asked::post("/sign-in", &[("email", &w.text), ("password", &w.text), ("next", &format!("/{}", w.text))]).nobody()
    }),
    Sample {
        status: 401,
        ..shown("session/sign-in.html", |w| Asked::post("/account/profile", &[("name", &w.text), (&w.text, "typed")]).nobody())
    },
    shown("setup.html", |w| Asked::get(format!("/set-up?token={}", w.fresh.set_up_token())).fresh()),
    refused("setup.html", |w| {
        let typed = ["name", "email", "organization", "slug"].map(|name| (name, w.text.as_str()));
        Asked::post("/set-up", &[&[("token", w.fresh.set_up_token()), ("password", "short")], &typed[..]].concat()).fresh()
    }),
];
