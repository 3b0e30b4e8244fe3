//! One request or more for every template: what a new page adds here is a line.

use super::world::{PAULA, World};
use crate::support::PASSWORD;

/// A request.
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub form: Vec<(String, String)>,
    /// Whether the owner asks; else somebody who is not signed in.
    pub signed: bool,
    /// Whether somebody asks who is in no organization.
    pub stray: bool,
    /// Whether the server is asked that nobody has set up.
    pub fresh: bool,
    pub language: &'static str,
}

impl Request {
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), form: Vec::new(), signed: true, stray: false, fresh: false, language: "en" }
    }

    fn post(path: impl Into<String>, form: &[(&str, &str)]) -> Self {
        let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { method: "POST", form, ..Self::get(path) }
    }

    pub fn nobody(self) -> Self {
        Self { signed: false, ..self }
    }

    fn stray(self) -> Self {
        Self { stray: true, ..self }
    }

    fn fresh(self) -> Self {
        Self { signed: false, fresh: true, ..self }
    }

    pub fn french(self) -> Self {
        Self { language: "fr", ..self.nobody() }
    }
}

/// A template, and a request that shows it.
pub struct Sample {
    pub template: &'static str,
    pub status: u16,
    /// What shows that this template was rendered, where it has no piece and no words of its own.
    pub proof: &'static [&'static str],
    pub ask: fn(&World) -> Request,
}

pub const fn shown(template: &'static str, ask: fn(&World) -> Request) -> Sample {
    Sample { template, status: 200, proof: &[], ask }
}

/// A form that comes back with what was typed.
pub const fn refused(template: &'static str, ask: fn(&World) -> Request) -> Sample {
    Sample { status: 422, ..shown(template, ask) }
}

pub const fn proven(sample: Sample, proof: &'static [&'static str]) -> Sample {
    Sample { proof, ..sample }
}

pub fn at(rest: &str) -> Request {
    Request::get(format!("/o/acme{rest}"))
}

pub fn sent(rest: &str, form: &[(&str, &str)]) -> Request {
    Request::post(format!("/o/acme{rest}"), form)
}

pub fn help(page: &str) -> Request {
    Request::get(format!("/help/{page}"))
}

const POSTS: &str = "/p/site/website/web/posts";
const LAYOUTS: &str = "/p/site/website/web/layouts";
const CATEGORIES: &str = "/p/site/kb/help/categories";
const REDIRECTS: &str = "/p/site/website/web/redirects";
const KEYS: &str = "/settings/keys";

/// Every template that is a page, at least once.
pub const SAMPLES: &[Sample] = &[
    shown("org/service_account/list.html", |_| at("/settings/accounts")),
    shown("org/service_account/list.html", |w| at(&format!("/settings/accounts?search={}", w.query()))),
    shown("org/service_account/one.html", |w| at(&format!("/settings/accounts/{}?status=all", w.account))),
    shown("org/service_account/edit.html", |w| at(&format!("/settings/accounts/{}/edit", w.account))),
    refused("org/service_account/edit.html", |w| {
        sent("/settings/accounts/new", &[("name", ""), ("role", &w.text), ("description", &w.text)])
    }),
    shown("org/service_account/end.html", |w| at(&format!("/settings/accounts/{}/delete", w.account))),
    shown("org/activity/list.html", |_| at("/settings/activity")),
    shown("org/activity/list.html", |w| at(&format!("/settings/activity?search={0}&person={0}", w.query()))),
    shown("org/activity/list.html", |_| at("/settings/activity?page=2&pageSize=1")),
    shown("content/entry/list.html", |_| at(POSTS)),
    shown("content/entry/list.html", |w| at(&format!("{POSTS}?search={}", w.query()))),
    proven(shown("content/entry/new.html", |_| at(&format!("{POSTS}/new"))), &["<h1 id=\"dialog-title\">New post</h1>"]),
    proven(
        refused("content/entry/new.html", |w| sent(&format!("{POSTS}/new"), &[("name", &w.name()), ("slug", &format!("No {}", w.text))])),
        &["<h1 id=\"dialog-title\">New post</h1>", "slug-fault"],
    ),
    shown("content/entry/edit.html", |w| at(&format!("{POSTS}/{}", w.entry))),
    refused("content/entry/edit.html", |w| {
        let path = format!("{POSTS}/{}", w.entry);
        let version = w.hidden(&format!("/o/acme{path}"), "version");
        let typed = ["title", "excerpt", "seo.title", "seo.description", "tags", "name"].map(|name| (name, w.text.as_str()));
        let slug = format!("No {}", w.text);
        sent(&path, &[&[("version", version.as_str()), ("locale", "en"), ("slug", &slug)], &typed[..]].concat())
    }),
    proven(shown("content/editor/pieces.html", |w| at(&format!("{POSTS}/{}?open=f", w.worked))), &["name=\"data.items.0.question\""]),
    proven(shown("content/entry/edit.html", |w| at(&format!("{POSTS}/{}?open=s", w.worked))), &["name=\"section.name\""]),
    proven(shown("content/entry/edit.html", |w| at(&format!("{POSTS}/{}?adding=column:c", w.worked))), &["value=\"add:heading\""]),
    proven(shown("content/editor/text.html", |w| at(&format!("{POSTS}/{}?open=h&beside=fr", w.worked))), &["name=\"data.text.fr\""]),
    proven(shown("content/editor/conflict.html", |w| at(&format!("{POSTS}/{}/conflict", w.worked))), &["choice-field-title-en"]),
    refused("content/editor/conflict.html", |w| {
        let path = format!("{POSTS}/{}/conflict", w.worked);
        let version = w.hidden(&format!("/o/acme{path}"), "version");
        sent(&path, &[("version", version.as_str()), ("text-field-title-en", &w.text)])
    }),
    proven(
        shown("content/editor/blocks.html", |w| at(&format!("{POSTS}/{}?open=h&blocks=h", w.worked))),
        &["<ul data-blocks>", "name=\"data.text\""],
    ),
    shown("content/editor/links.html", |w| at(&format!("{POSTS}/{}/links?search={}", w.worked, w.query()))),
    proven(shown("content/editor/preview.html", |w| at(&format!("{POSTS}/{}/preview", w.worked))), &["sandbox=\"\""]),
    shown("content/entry/edit.html", |w| at(&format!("{LAYOUTS}/{}", w.layout))),
    shown("content/entry/trash.html", |w| at(&format!("{LAYOUTS}/{}/trash", w.layout))),
    shown("content/version/list.html", |w| at(&format!("{POSTS}/{}/versions", w.entry))),
    shown("content/find/list.html", |_| at("/p/site/find")),
    shown("content/find/list.html", |w| at(&format!("/p/site/find?search={}", w.query()))),
    shown("content/trash/list.html", |_| at("/p/site/trash")),
    shown("content/trash/list.html", |w| at(&format!("/p/site/trash?search={}", w.query()))),
    proven(shown("content/trash/empty.html", |_| at("/p/site/trash/empty")), &["<h1 id=\"dialog-title\">Empty the trash?</h1>"]),
    shown("content/nested/list.html", |_| at(CATEGORIES)),
    refused("content/nested/list.html", |w| sent(&format!("{CATEGORIES}/{}/move", w.category), &[("to", &w.text)])),
    shown("content/entry/list.html", |_| at("/p/site/kb/help/articles")),
    proven(
        shown("content/entry/new.html", |w| at(&format!("{CATEGORIES}/new?parentId={}", w.category))),
        &["<h1 id=\"dialog-title\">New category</h1>"],
    ),
    shown("content/entry/trash.html", |w| at(&format!("{CATEGORIES}/{}/trash", w.category))),
    shown("content/singleton/list.html", |_| at("/p/site/website/web/special")),
    shown("content/redirect/list.html", |_| at(REDIRECTS)),
    shown("content/redirect/list.html", |w| at(&format!("{REDIRECTS}?search={}", w.query()))),
    shown("content/redirect/new.html", |_| at(&format!("{REDIRECTS}/new"))),
    refused("content/redirect/new.html", |w| {
        sent(&format!("{REDIRECTS}/new"), &[("fromPath", &w.text), ("toPath", &w.text), ("status", "308")])
    }),
    refused("content/entry/restore.html", |w| sent(&format!("{POSTS}/{}/restore", w.trashed), &[("undo", &w.text)])),
    Sample { status: 400, ..shown("base/error-inside.html", |w| at(&format!("?search=%01{}", w.raw_query()))) },
    Sample { status: 404, ..shown("base/error-inside.html", |w| Request::get(format!("/o/{}", w.raw_query()))) },
    Sample { status: 404, ..shown("base/error.html", |w| Request::get(format!("/nowhere?next={}", w.raw_query())).nobody()) },
    shown("help/page.html", |_| Request::get("/help")),
    shown("help/page.html", |w| Request::get(format!("/help?search={}", w.query()))),
    proven(shown("help/prose.html", |_| help("questions")), &["<h2 id=\"lost\"><a href=\"#lost\">"]),
    proven(shown("help/place.html", |_| Request::get("/help/api-keys?at=acme")), &["href=\"/o/acme/settings/keys\">"]),
    proven(shown("help/picture.html", |_| help("api-keys")), &["<figure>"]),
    proven(shown("help/inside.html", |_| help("roles")), &["class=\"sidebar\"", "<article class=\"prose\">"]),
    shown("help/outside.html", |_| help("roles").nobody()),
    proven(shown("reference/layout.html", |_| Request::get("/docs").nobody()), &["class=\"sidebar\"", "href=\"/docs/website-pages\""]),
    shown("reference/index.html", |_| Request::get("/docs").nobody()),
    shown("reference/index.html", |w| Request::get(format!("/docs?search={}", w.query()))),
    shown("reference/group.html", |_| Request::get("/docs/website-pages").nobody()),
    proven(shown("reference/trial.html", |_| Request::get("/docs/try")), &["data-token=\"stele_try_"]),
    proven(shown("reference/fields.html", |_| Request::get("/docs/builder").nobody()), &["<dl class=\"params\">"]),
    proven(shown("help/guide.html", |_| help("roles").nobody()), &["<details class=\"guide\">", "Keys and people</h2>"]),
    shown("help/permissions.html", |_| help("roles")),
    shown("help/reasons.html", |_| help("api-keys")),
    shown("help/snippets.html", |_| help("getting-started").nobody()),
    proven(shown("help/en/keys/api-keys.html", |_| help("api-keys").nobody()), &["<a href=\"#where\">Where keys live</a></h2>"]),
    shown("help/oauth.html", |_| help("clients")),
    proven(
        shown("help/en/develop/agents.html", |_| help("agents").nobody()),
        &["<a href=\"#key\">A key of its own</a></h2>", "codex mcp add stele"],
    ),
    proven(shown("help/en/develop/clients.html", |_| help("clients").nobody()), &["<a href=\"#addresses\">Addresses</a></h2>"]),
    proven(shown("help/en/keys/builds.html", |_| help("builds").nobody()), &["<a href=\"#account\">Whose key it is</a></h2>"]),
    shown("help/build.html", |_| help("builds")),
    proven(shown("help/en/develop/front-ends.html", |_| help("front-ends").nobody()), &["<a href=\"#changes\">What has changed</a></h2>"]),
    proven(shown("help/en/content/elsewhere.html", |_| help("elsewhere").nobody()), &["<a href=\"#scripts\">With a script</a></h2>"]),
    proven(shown("help/en/content/writing.html", |_| help("content").nobody()), &["<a href=\"#parts\">Sections, columns, blocks</a></h2>"]),
    proven(shown("help/en/content/frames.html", |_| help("frames").nobody()), &["<a href=\"#layouts\">Layouts, headers, footers</a></h2>"]),
    proven(shown("help/en/forms/forms.html", |_| help("forms").nobody()), &["<a href=\"#begin\">Begin a form</a></h2>"]),
    proven(
        shown("help/en/content/redirects.html", |_| help("redirects").nobody()),
        &["<a href=\"#changed\">When an address changes</a></h2>"],
    ),
    proven(shown("help/en/content/moving.html", |_| help("moving").nobody()), &["<a href=\"#export\">Export a project</a></h2>"]),
    proven(shown("help/en/start/console.html", |_| help("console").nobody()), &["<a href=\"#ways\">Find your way</a></h2>"]),
    proven(
        shown("help/en/start/getting-started.html", |_| help("getting-started").nobody()),
        &["<a href=\"#steps\">Four steps to the first call</a></h2>"],
    ),
    proven(shown("help/en/keys/roles.html", |_| help("roles").nobody()), &["<a href=\"#how\">How roles work</a></h2>"]),
    proven(shown("help/en/develop/sandbox.html", |_| help("sandbox").nobody()), &["<a href=\"#start\">Start one</a></h2>"]),
    proven(shown("help/en/keys/which-key.html", |_| help("which-key").nobody()), &["<a href=\"#short\">In short</a></h2>"]),
    proven(shown("help/en/keys/tokens.html", |_| help("tokens").nobody()), &["<a href=\"#exchange\">From key to token</a></h2>"]),
    proven(
        shown("help/en/start/questions.html", |_| help("questions").nobody()),
        &["<a href=\"#lost\">I lost a key. Can I see it again?</a></h2>"],
    ),
    proven(shown("help/fr/keys/api-keys.html", |_| help("api-keys").french()), &["<a href=\"#where\">Où sont les clés</a></h2>"]),
    proven(shown("help/fr/develop/agents.html", |_| help("agents").french()), &["<a href=\"#key\">Une clé à lui</a></h2>"]),
    proven(shown("help/fr/develop/clients.html", |_| help("clients").french()), &["<a href=\"#addresses\">Adresses</a></h2>"]),
    proven(shown("help/fr/keys/builds.html", |_| help("builds").french()), &["<a href=\"#account\">À qui est la clé</a></h2>"]),
    proven(shown("help/fr/develop/front-ends.html", |_| help("front-ends").french()), &["<a href=\"#changes\">Ce qui a changé</a></h2>"]),
    proven(shown("help/fr/content/elsewhere.html", |_| help("elsewhere").french()), &["<a href=\"#scripts\">Avec un script</a></h2>"]),
    proven(shown("help/fr/content/writing.html", |_| help("content").french()), &["<a href=\"#parts\">Sections, colonnes, blocs</a></h2>"]),
    proven(
        shown("help/fr/content/frames.html", |_| help("frames").french()),
        &["<a href=\"#layouts\">Mises en page, en-têtes, pieds de page</a></h2>"],
    ),
    proven(
        shown("help/fr/content/redirects.html", |_| help("redirects").french()),
        &["<a href=\"#changed\">Quand une adresse change</a></h2>"],
    ),
    proven(shown("help/fr/forms/forms.html", |_| help("forms").french()), &["<a href=\"#begin\">Commencer un formulaire</a></h2>"]),
    proven(shown("help/fr/content/moving.html", |_| help("moving").french()), &["<a href=\"#export\">Exporter un projet</a></h2>"]),
    proven(shown("help/fr/start/console.html", |_| help("console").french()), &["<a href=\"#ways\">S’orienter</a></h2>"]),
    proven(
        shown("help/fr/start/getting-started.html", |_| help("getting-started").french()),
        &["<a href=\"#steps\">Quatre étapes jusqu’au premier appel</a></h2>"],
    ),
    proven(shown("help/fr/keys/roles.html", |_| help("roles").french()), &["<a href=\"#how\">Comment vont les rôles</a></h2>"]),
    proven(shown("help/fr/develop/sandbox.html", |_| help("sandbox").french()), &["<a href=\"#start\">En démarrer un</a></h2>"]),
    proven(shown("help/fr/keys/which-key.html", |_| help("which-key").french()), &["<a href=\"#short\">En bref</a></h2>"]),
    proven(shown("help/fr/keys/tokens.html", |_| help("tokens").french()), &["<a href=\"#exchange\">De la clé au jeton</a></h2>"]),
    proven(
        shown("help/fr/start/questions.html", |_| help("questions").french()),
        &["<a href=\"#lost\">J’ai perdu une clé. Puis-je la revoir ?</a></h2>"],
    ),
    shown("org/invitation/list.html", |_| at("/settings/invitations")),
    shown("org/invitation/link.html", |w| at(&format!("/settings/invitations/{}/link", w.invitation))),
    shown("org/invitation/cancel.html", |w| at(&format!("/settings/invitations/{}/cancel", w.invitation))),
    Sample {
        status: 404,
        ..shown("org/invitation/over.html", |w| Request::get(format!("/invitations/accept?token={}", w.raw_query())).nobody())
    },
    shown("org/invitation/new.html", |_| at("/settings/invitations/new")),
    refused("org/invitation/new.html", |w| sent("/settings/invitations/new", &[("email", &w.text), ("role", "viewer")])),
    shown("org/invitation/accept.html", |w| Request::get(format!("/invitations/accept?token={}", w.invited)).nobody()),
    refused("org/invitation/accept.html", |w| {
        Request::post("/invitations/accept", &[("token", &w.invited), ("name", &w.text), ("password", "short")]).nobody()
    }),
    shown("key/key/list.html", |_| at(KEYS)),
    shown("key/key/list.html", |w| at(&format!("{KEYS}?status=all&search={}", w.query()))),
    shown("key/key/list.html", |_| Request::get("/account/keys")),
    shown("key/key/owner.html", |_| at(&format!("{KEYS}/new"))),
    shown("key/key/new.html", |_| Request::get("/account/keys/new")),
    refused("key/key/new.html", |w| {
        let path = format!("/settings/accounts/{}/keys/new", w.account);
        let once = w.hidden(&format!("/o/acme{path}"), "once");
        sent(&path, &[("once", &once), ("name", ""), ("expiry", "date"), ("until", &w.text), ("access", &w.text)])
    }),
    shown("key/key/shown.html", |w| {
        let path = format!("/settings/accounts/{}/keys/new", w.account);
        let once = w.hidden(&format!("/o/acme{path}"), "once");
        sent(&path, &[("once", &once), ("name", &w.name()), ("expiry", "90"), ("access", "read"), ("reach", "all")])
    }),
    shown("key/key/one.html", |w| at(&format!("{KEYS}/{}", w.key))),
    shown("key/key/one.html", |w| Request::get(format!("/account/keys/{}?span=24h", w.own_key))),
    shown("key/key/regenerate.html", |w| at(&format!("{KEYS}/{}/regenerate", w.key))),
    refused("key/key/regenerate.html", |w| {
        sent(&format!("{KEYS}/{}/regenerate", w.key), &[("once", "0"), ("until", &w.text), ("grace", &w.text)])
    }),
    shown("key/key/rename.html", |w| at(&format!("{KEYS}/{}/rename", w.key))),
    refused("key/key/rename.html", |w| sent(&format!("{KEYS}/{}/rename", w.key), &[("name", &format!("{}{}", w.text, "x".repeat(81)))])),
    shown("key/key/rename.html", |w| Request::get(format!("/account/keys/{}/rename", w.own_key))),
    shown("key/key/restrict.html", |w| at(&format!("{KEYS}/{}/restrict", w.key))),
    refused("key/key/restrict.html", |w| {
        sent(&format!("{KEYS}/{}/restrict", w.key), &[("networks", &w.text), ("requestsPerMinute", &w.text)])
    }),
    shown("key/key/restrict.html", |w| Request::get(format!("/account/keys/{}/restrict", w.own_key))),
    shown("key/key/revoke.html", |w| at(&format!("{KEYS}/{}/revoke", w.key))),
    refused("key/key/revoke.html", |w| sent(&format!("{KEYS}/{}/revoke", w.key), &[("reason", &format!("{}{}", w.text, "x".repeat(600)))])),
    shown("account/me/notifications.html", |_| Request::get("/account/notifications")),
    shown("account/me/password.html", |_| Request::get("/account/password")),
    refused("account/me/password.html", |w| Request::post("/account/password", &[("password", &w.text), ("new-password", "short")])),
    shown("account/me/profile.html", |_| Request::get("/account/profile")),
    refused("account/me/profile.html", |w| {
        let typed = ["bio", "phone", "timezone", "locale"].map(|name| (name, w.text.as_str()));
        Request::post("/account/profile", &[&[("name", "")], &typed[..]].concat())
    }),
    shown("account/me/sessions.html", |_| Request::get("/account/sessions")),
    shown("instance/people.html", |_| Request::get("/instance/people")),
    shown("instance/people.html", |w| Request::get(format!("/instance/people?search={}", w.query()))),
    shown("instance/backups.html", |_| Request::get("/instance/backups")),
    shown("instance/organizations.html", |_| Request::get("/instance/organizations")),
    shown("instance/organizations.html", |w| Request::get(format!("/instance/organizations?search={}", w.query()))),
    shown("org/member/list.html", |_| at("/settings/members")),
    shown("org/member/list.html", |w| at(&format!("/settings/members?search={}", w.query()))),
    shown("org/member/remove.html", |w| at(&format!("/settings/members/{}/remove", w.member))),
    shown("org/organization/none.html", |_| Request::get("/").stray()),
    shown("org/organization/new.html", |_| Request::get("/organizations/new")),
    refused("org/organization/new.html", |w| {
        Request::post("/organizations/new", &[("name", &w.text), ("slug", &format!("No {}", w.text))])
    }),
    shown("org/organization/profile.html", |_| at("/settings/profile")),
    refused("org/organization/profile.html", |w| {
        let seen = w.hidden("/o/acme/settings/profile", "seen");
        let typed = ["description", "website", "slug"].map(|name| (name, w.text.as_str()));
        sent("/settings/profile", &[&[("seen", seen.as_str()), ("name", "")], &typed[..]].concat())
    }),
    shown("org/organization/transfer.html", |_| at("/settings/profile/transfer")),
    refused("org/organization/transfer.html", |w| sent("/settings/profile/transfer", &[("to", &w.text)])),
    shown("org/organization/delete.html", |_| at("/settings/profile/delete")),
    refused("org/organization/delete.html", |w| sent("/settings/profile/delete", &[("typed", &format!("{}x", w.text))])),
    shown("org/policy/edit.html", |_| at("/settings/policies")),
    shown("org/policy/edit.html", |w| {
        let seen = w.hidden("/o/acme/settings/policies", "seen");
        sent("/settings/policies", &[("seen", &seen), ("days", "1"), ("personal", "")])
    }),
    refused("org/policy/edit.html", |w| sent("/settings/policies", &[("seen", &w.text), ("days", &w.text)])),
    shown("project/project/list.html", |_| at("")),
    shown("project/project/list.html", |w| at(&format!("?search={}", w.query()))),
    shown("project/project/new.html", |_| at("/projects/new")),
    refused("project/project/new.html", |w| {
        let typed = ["slug", "defaultLocale", "enabledLocales"].map(|name| (name, w.text.as_str()));
        sent("/projects/new", &[&[("name", "")], &typed[..]].concat())
    }),
    shown("project/archive/import.html", |_| at("/projects/import")),
    shown("project/dashboard/page.html", |_| at("/p/site")),
    shown("project/project/settings.html", |_| at("/p/site/settings")),
    refused("project/project/settings.html", |w| {
        let seen = w.hidden("/o/acme/p/site/settings", "seen");
        let typed = ["slug", "description", "defaultLocale", "enabledLocales"].map(|name| (name, w.text.as_str()));
        sent("/p/site/settings", &[&[("seen", seen.as_str()), ("name", "")], &typed[..]].concat())
    }),
    refused("project/project/settings.html", |w| {
        sent("/p/site/settings/apps", &[("appType", "website"), ("appName", &"x".repeat(201)), ("x", &w.text)])
    }),
    shown("project/app/settings.html", |w| at(&format!("/p/site/settings/apps/{}", w.site.here.app))),
    refused("project/app/settings.html", |w| {
        let path = format!("/p/site/settings/apps/{}", w.site.here.app);
        let seen = w.hidden(&format!("/o/acme{path}"), "seen");
        sent(&path, &[("seen", &seen), ("name", ""), ("slug", &w.text), ("description", &w.text), ("settings.pageDesign", &w.text)])
    }),
    shown("project/branding/list.html", |_| at("/p/site/branding")),
    shown("project/branding/list.html", |w| at(&format!("/p/site/branding?search={}", w.query()))),
    shown("project/branding/new.html", |_| at("/p/site/branding/new")),
    refused("project/branding/new.html", |w| sent("/p/site/branding/new", &[("name", ""), ("x", &w.text)])),
    shown("project/branding/delete.html", |w| at(&format!("/p/site/branding/{}/delete", w.branding))),
    shown("project/branding/edit.html", |w| at(&format!("/p/site/branding/{}", w.branding))),
    refused("project/branding/edit.html", |w| {
        let path = format!("/p/site/branding/{}", w.branding);
        let seen = w.hidden(&format!("/o/acme{path}"), "seen");
        let typed = ["colorPrimary", "borderRadius", "fontBody", "buttonStyle", "logoUrl"].map(|name| (name, w.text.as_str()));
        sent(&path, &[&[("seen", seen.as_str()), ("name", "")], &typed[..]].concat())
    }),
    shown("project/domain/list.html", |_| at("/p/site/domains")),
    shown("project/domain/list.html", |w| at(&format!("/p/site/domains?search={}", w.query()))),
    shown("project/domain/new.html", |_| at("/p/site/domains/new")),
    refused("project/domain/new.html", |w| sent("/p/site/domains/new", &[("hostname", &w.text), ("appId", "")])),
    shown("project/domain/delete.html", |w| at(&format!("/p/site/domains/{}/delete", w.domain))),
    proven(
        shown("project/project/delete.html", |_| at("/p/site/settings/delete")),
        &["aria-current=\"page\">Delete project", "name=\"typed\""],
    ),
    proven(
        refused("project/project/delete.html", |w| sent("/p/site/settings/delete", &[("typed", &format!("{}x", w.text))])),
        &["aria-current=\"page\">Delete project", "typed-fault"],
    ),
    shown("project/project_member/list.html", |_| at("/p/site/members")),
    shown("project/project_member/new.html", |_| at("/p/site/members/new")),
    refused("project/project_member/new.html", |w| sent("/p/site/members/new", &[("email", &w.text), ("role", "viewer")])),
    shown("base/search.html", |_| at("/search")),
    shown("base/search.html", |w| at(&format!("/search?search={}", w.query()))),
    shown("account/session/forgot.html", |_| Request::get("/password/forgot").nobody()),
    shown("account/session/forgot.html", |_| Request::get("/password/forgot?sent=yes").nobody()),
    shown("account/session/reset.html", |w| Request::get(format!("/password/reset?token={}", w.reset)).nobody()),
    refused("account/session/reset.html", |w| Request::post("/password/reset", &[("token", &w.reset), ("password", "short")]).nobody()),
    shown("account/session/resume.html", |w| {
        let carried = format!("carry.{}", w.text);
        let form =
            [("email", PAULA), ("password", PASSWORD), ("carry-to", "/account/profile"), ("carry.name", &w.text), (&carried, &w.text)];
        Request::post("/sign-in", &form).nobody()
    }),
    shown("account/session/sign-in.html", |w| Request::get(format!("/sign-in?next=/{}", w.raw_query())).nobody()),
    shown("account/session/sign-in.html", |w| Request::get(format!("/confirm?next=/{}", w.raw_query()))),
    refused("account/session/sign-in.html", |w| {
        Request::post("/sign-in", &[("email", &w.text), ("password", &w.text), ("next", &format!("/{}", w.text))]).nobody()
    }),
    Sample {
        status: 401,
        ..shown("account/session/sign-in.html", |w| Request::post("/account/profile", &[("name", &w.text), (&w.text, "typed")]).nobody())
    },
    shown("account/setup/waiting.html", |w| Request::get(format!("/sign-in?next=/{}", w.raw_query())).fresh()),
    Sample { status: 404, ..shown("account/setup/waiting.html", |w| Request::get(format!("/set-up?token={}", w.raw_query())).fresh()) },
    Sample { status: 404, ..shown("account/setup/done.html", |w| Request::get(format!("/set-up?token={}", w.raw_query())).nobody()) },
    shown("account/setup/page.html", |w| Request::get(format!("/set-up?token={}", w.fresh.set_up_token())).fresh()),
    refused("account/setup/page.html", |w| {
        let typed = ["name", "email", "organization", "slug"].map(|name| (name, w.text.as_str()));
        Request::post("/set-up", &[&[("token", w.fresh.set_up_token()), ("password", "short")], &typed[..]].concat()).fresh()
    }),
];
