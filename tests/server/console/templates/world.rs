//! A world in which everything that people can type holds the same text.

use std::{sync::Arc, time::Duration};

use rusqlite::{Connection, params_from_iter};
use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Actor, ActorKind, Role, Via},
        id::{SessionId, UserId},
        key::key,
        org::{member, organization},
        project::{
            app::{AppType, Draft as AppDraft},
            traffic::{self, Event, Kind, Subject},
        },
        text::{fold, one_line},
    },
    http::console::base::request::encode,
    service::{self, account::session, org::invitation::Post},
    store::{
        self, Tx,
        account::notification::{self, Notice},
    },
};

use crate::{
    file::{Form, PIXEL},
    form::send_files,
    support::{Browser, Page, Program, SetClock, Site, owner, person, visitor},
};

use super::samples::Request;

/// The text of the world with which others are compared.
pub const PLAIN: &str = "Plain";
/// Somebody with a password, whose address stays.
pub const PAULA: &str = "paula@acme.example";

/// Every column that holds what somebody typed or a program sent, by table. `$1` is the text, `$2` the
/// same as a search finds it.
const TYPED: [&str; 18] = [
    "UPDATE users SET name = $1, bio = $1, avatar_url = $1, phone = $1, timezone = $1, locale = $1, theme = $1, search_fold = $2,
     email = CASE WHEN email = 'paula@acme.example' THEN email ELSE id || $1 END",
    "UPDATE organizations SET name = $1, description = $1, website = $1, logo_url = $1",
    "UPDATE members SET title = $1",
    "UPDATE project_members SET title = $1",
    "UPDATE invitations SET email = $1",
    "UPDATE service_accounts SET description = $1",
    "UPDATE api_keys SET name = $1, name_fold = $2, revoke_reason = CASE WHEN revoked_at IS NULL THEN NULL ELSE $1 END",
    "UPDATE projects SET name = $1, name_fold = $2, description = $1, logo_url = $1",
    "UPDATE apps SET name = $1, name_fold = $2, description = $1",
    "UPDATE brandings SET name = $1, name_fold = $2",
    "UPDATE folders SET name = $1, name_fold = $2, slug = id || $1",
    "UPDATE files SET original_filename = $1, filename = $1, filename_fold = $2, description = $1, search = $2",
    "UPDATE webhooks SET url = 'https://' || $1, description = $1",
    "UPDATE webhook_deliveries SET event = $1, body = $1, reply = $1",
    "UPDATE notifications SET title = $1, body = $1, link = $1, subject = $1",
    "UPDATE sessions SET user_agent = $1",
    "UPDATE submission_files SET filename = $1",
    "UPDATE redirects SET from_path = id || $1, to_path = $1",
];

/// The server, and what its pages are about.
pub struct World {
    pub site: Site,
    pub account: String,
    pub key: String,
    pub own_key: String,
    pub member: String,
    pub invitation: String,
    pub invited: String,
    pub entry: String,
    /// Another one, of which the owner has a working copy.
    pub worked: String,
    /// A layout, which it uses.
    pub layout: String,
    /// A form, and what was sent to it.
    pub form: String,
    pub sent: String,
    /// A category with another one below it.
    pub category: String,
    pub branding: String,
    pub domain: String,
    /// A folder, and a picture in it.
    pub folder: String,
    pub file: String,
    pub webhook: String,
    /// A message of it.
    pub message: String,
    /// An entry in the trash whose address another one has taken.
    pub trashed: String,
    /// The token of Paula's link for a new password.
    pub reset: String,
    /// The text that everything holds.
    pub text: String,
    /// Another server, that nobody has set up.
    pub fresh: Program,
    owner: UserId,
    session: String,
    /// The session of Paula, who is in no organization.
    stray: String,
    clock: Arc<SetClock>,
    _dir: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        let clock = SetClock::new();
        let site = Site::with(&clock);
        let here = site.here;
        visitor(&site.server, PAULA);
        let admin = person(&site.server, here.org, Role::Admin, Access::Read);
        let olga = owner(&site.server, &here, "acme", Access::Full);
        let (olga_id, account) = (olga.made.account, site.admin.account);
        let dead = site.server.write(move |tx| {
            let operator = Actor::operator();
            let draft = |days| key::Draft { name: "Key".into(), access: None, expires_in_days: Some(days), ..key::Draft::default() };
            let dead = service::key::key::create(tx, &operator, (here.org, account), &draft(90), false)?.key.id;
            let why = key::Revoke { reason: Some("Lost".into()) };
            service::key::key::revoke(tx, &operator, stele::service::key::key::KeyScope::Org(here.org), dead, &why)?;
            let made = service::key::key::create(tx, &operator, (here.org, account), &draft(90), false)?.key.id;
            let draft = member::Draft { user_id: admin.made.account, role: Role::Editor, title: Some("Title".into()) };
            service::project::placed_member::create(tx, &operator, (here.org, here.project), &draft)?;
            let old = AppDraft { app_type: AppType::Website, name: "Old".into(), slug: Some("old".into()), description: None };
            let old = service::project::app::create(tx, &operator, (here.org, here.project), &old)?.id;
            service::project::app::delete(tx, &operator, (here.org, here.project, old))?;
            let second = organization::Draft { name: "Second".into(), slug: Some("second".into()), description: None, website: None };
            service::org::organization::create_owned(tx, olga_id, &second)?;
            let notice = Notice { kind: "test", title: "Told", body: Some("Told"), link: Some("/") };
            notification::unguarded_insert(tx, olga_id, here.org, notice)?;
            session::begin(tx, olga_id, "192.0.2.1", "Another browser")?;
            let via = Via::Session(SessionId::new(tx.now(), tx.entropy()));
            let (name, email) = ("Olga Owner".into(), "olga@acme.example".into());
            let inviter = Actor { id: olga_id, kind: ActorKind::User, name, email, via, access: Access::Full }.into();
            let post = Post { public_url: String::new(), mail: false };
            let (at, wish) = ((here.org, here.project), ("farid@acme.example", Role::Viewer));
            let invited = service::project::placed_member::add_by_email(tx, &inviter, at, wish, &post)?.unwrap();
            let (_, link) = service::org::invitation::link(tx, &inviter, here.org, invited.id, &post)?;
            Ok((made, invited.id, link.unwrap()))
        });
        let (key, invitation, link) = dead;
        let words = json!({"en": "Words"});
        let layouts = site.posts().replace("/posts", "/layouts");
        let layout = site.make(&layouts, &json!({"name": "Layout", "description": "About it"}))["id"].as_str().unwrap().to_owned();
        let post = json!({"name": "Post", "slug": "post", "layoutId": layout, "title": words, "excerpt": words, "tags": ["tag"],
            "seo": {"title": words, "description": words}});
        let entry = site.make(&site.posts(), &post)["id"].as_str().unwrap().to_owned();
        let worked =
            site.make(&site.posts(), &json!({"name": "Post", "slug": "worked", "title": words}))["id"].as_str().unwrap().to_owned();
        let twice = json!({"name": "Post", "slug": "twice"});
        let trashed = site.make(&site.posts(), &twice)["id"].as_str().unwrap().to_owned();
        assert_eq!(site.ask("DELETE", &format!("{}/{trashed}", site.posts()), None).status, 200);
        site.make(&site.posts(), &twice);
        let help = json!({"appType": "knowledgeBase", "name": "Help", "slug": "help"});
        let help = site.make(&format!("{}/apps", site.project()), &help)["id"].as_str().unwrap().to_owned();
        let categories = format!("{}/apps/kb/{help}/categories", site.project());
        let category = site.make(&categories, &json!({"name": "Category", "slug": "one"}))["id"].as_str().unwrap().to_owned();
        site.make(&categories, &json!({"name": "Category", "slug": "two", "parentId": category}));
        let article = json!({"name": "Article", "slug": "article", "categoryIds": [category]});
        site.make(&categories.replace("/categories", "/articles"), &article);
        let forms = json!({"appType": "forms", "name": "Forms", "slug": "forms"});
        let forms = site.make(&format!("{}/apps", site.project()), &forms)["id"].as_str().unwrap().to_owned();
        let field = json!({"id": "two", "type": "textField", "data": {"label": "Two"}});
        let file = json!({"id": "cv", "type": "fileField", "data": {"label": "CV", "name": "cv"}});
        let form = json!({"name": "Form", "slug": "form", "settings": {"submitButtonText": words, "successMessage": words},
            "description": "About it", "content": [{"columns": [{"blocks": [field, file]}]}]});
        let form = site.make(&format!("{}/apps/forms/{forms}/forms", site.project()), &form);
        let answers = Form::default().field("two", "Words").attach("cv", "cv.txt", "text/plain", b"Words");
        let sent = send_files(&site, &form, &answers).1["id"].as_str().unwrap().to_owned();
        let form = form["id"].as_str().unwrap().to_owned();
        let branding = site.make(&format!("{}/brandings", site.project()), &json!({"name": "Branding"}))["id"].as_str().unwrap().to_owned();
        let domain = json!({"hostname": "journal.example.org", "appId": here.app.to_string()});
        let domain = site.make(&format!("{}/domains", site.project()), &domain)["id"].as_str().unwrap().to_owned();
        // Else the job that looks for its record would change the page at some moment.
        site.server.write(|tx| service::project::domain::verify_as_operator(tx, "journal.example.org", None));
        let folder = site.make(&format!("{}/folders", site.files()), &json!({"name": "Folder"}))["id"].as_str().unwrap().to_owned();
        let picture = |name: &str| {
            site.saved(&json!({"filename": name, "base64Content": PIXEL, "folderId": folder}))["id"].as_str().unwrap().to_owned()
        };
        let (file, thrown) = (picture("picture.png"), picture("thrown.png"));
        let says = json!({"altText": words, "caption": words, "title": words, "focalPoint": {"x": 0.25, "y": 0.75}});
        assert_eq!(site.ask("PATCH", &format!("{}/{file}", site.files()), Some(&says)).status, 200);
        assert_eq!(site.ask("DELETE", &format!("{}/{thrown}", site.files()), None).status, 200);
        let (content, versions) = (format!("{}/{file}/content", site.files()), format!("{}/{file}/versions", site.files()));
        assert_eq!(site.form(&content, &Form::default().file("a.txt", "text/plain", b"a")).status, 200);
        let first = site.items(&versions)[0]["id"].as_str().unwrap().to_owned();
        assert_eq!(site.ask("POST", &format!("{versions}/{first}/restore"), None).status, 200);
        // It hears nothing here, so that its page stays as it is.
        let webhook = json!({"url": "https://example.org/hook", "events": ["member.removed"]});
        let webhook = site.make(&format!("{}/webhooks", site.project()), &webhook)["id"].as_str().unwrap().to_owned();
        let message = domain.clone();
        // It ended in 2100, so that the sweep leaves it alone.
        let sql = "INSERT INTO webhook_deliveries (id, webhook_id, event, body, state, attempts, status, miss, took, reply, tried_at, ended_at, created_at)
                   VALUES (?1, ?2, 'entry.created', '{}', 'failed', 10, 500, 'status', 12, 'broken', 0, 4102444800000000, 0)";
        site.alter(sql, [&message, &webhook]);
        let redirects = format!("{}/apps/website/{}/redirects", site.project(), here.app);
        site.make(&redirects, &json!({"fromPath": "/old", "toPath": "/new"}));
        // Else the first calls are shown once the job writes them down.
        let counted = move |tx: &mut Tx<'_>| {
            let calls = Kind { subject: Subject::Project(here.project, Some(key)), event: Event::Answered, hour: traffic::hour(tx.now()) };
            store::project::traffic::unguarded_add(tx, &[(calls, 1)])
        };
        site.server.write(counted);
        let dir = tempfile::tempdir().unwrap();
        Self {
            account: account.to_string(),
            key: key.to_string(),
            own_key: olga.made.key.to_string(),
            member: admin.member.unwrap(),
            invitation: invitation.to_string(),
            invited: link.split_once("token=").unwrap().1.to_owned(),
            entry,
            worked,
            layout,
            form,
            sent,
            category,
            branding,
            domain,
            folder,
            file,
            webhook,
            message,
            trashed,
            reset: String::new(),
            text: String::new(),
            fresh: Program::start(&dir.path().join("fresh.db"), &[]),
            owner: olga_id,
            session: String::new(),
            stray: String::new(),
            clock,
            site,
            _dir: dir,
        }
    }

    /// Puts the text into everything. Some hours have passed, so that failed tries of before do not count.
    pub fn rename(&mut self, text: &str) {
        self.clock.pass(Duration::from_secs(2 * 60 * 60));
        let owner = self.owner;
        (self.session, self.stray, self.reset) = self.site.server.write(move |tx| {
            session::ask_reset(tx, PAULA, "")?;
            let (paula, until) = (service::account::user::by_email(tx, PAULA)?.id, tx.now() + Duration::from_secs(60 * 60));
            let reset = session::link_secret(tx, paula, until)?.unwrap_or_default();
            let mut begin = |user| session::begin(tx, user, "192.0.2.1", "A browser").map(|secret| secret.reveal().to_owned());
            Ok((begin(owner)?, begin(paula)?, reset))
        });
        let raw = self.site.raw();
        for sql in TYPED {
            let both = [text, &fold(text)];
            assert!(raw.execute(sql, params_from_iter(&both[..if sql.contains("$2") { 2 } else { 1 }])).unwrap() > 0, "{sql}");
        }
        relabel(
            &raw,
            "SELECT id, fields FROM entries",
            "UPDATE entries SET name = $1, author_name = $1, search = $1, fields = $2 WHERE id = $3",
            text,
        );
        for column in ["title", "alt_text", "caption"] {
            let update = format!("UPDATE files SET original_filename = $1, {column} = $2 WHERE id = $3");
            relabel(&raw, &format!("SELECT id, {column} FROM files"), &update, text);
        }
        relabel(&raw, "SELECT id, fields FROM versions", "UPDATE versions SET summary = $1, fields = $2 WHERE id = $3", text);
        let sql = "UPDATE activities SET actor_name = $1, actor_email = $1, resource_name = $1, metadata = $2 WHERE id = $3";
        relabel(&raw, "SELECT id, metadata FROM activities", sql, text);
        self.work_on(&raw, text);
        self.ask(&raw, text);
        text.clone_into(&mut self.text);
    }

    /// Puts the text into a working copy of the owner, whose title is another than that of the entry by now.
    fn work_on(&self, raw: &Connection, text: &str) {
        let changes = json!([{"field": "title", "locale": "en", "from": "Base", "to": format!("{text} again")}]);
        let heading = json!({"id": "h", "type": "heading", "data": {"text": {"en": text}, "anchor": text}});
        let questions = json!({"id": "f", "type": "faq", "data": {"items": [{"id": "i", "question": text, "answer": text}]}});
        let strange = json!({"id": "x", "type": text, "data": {"text": text}});
        let content = json!([{"id": "s", "name": text, "columns": [{"id": "c", "blocks": [heading, questions, strange]}]}]);
        let sql = "INSERT INTO working_copies (entry_id, user_id, base_version, changes, content, updated_at)
                   SELECT id, ?2, version, ?3, ?4, updated_at FROM entries WHERE id = ?1
                   ON CONFLICT (entry_id, user_id) DO UPDATE SET changes = excluded.changes, content = excluded.content";
        let args = [self.worked.clone(), self.owner.to_string(), changes.to_string(), content.to_string()];
        raw.execute(sql, params_from_iter(&args)).unwrap();
    }

    /// Puts the text into what the form asks.
    fn ask(&self, raw: &Connection, text: &str) {
        let option = json!({"id": "o", "label": text, "value": text});
        let condition = json!({"id": "i", "field": "one", "is": "equals", "value": text});
        let one = json!({"id": "one", "type": "selectField", "data": {"label": text, "name": "one", "help": text, "options": [option]}});
        let two =
            json!({"id": "two", "type": "textField", "data": {"label": text, "pattern": text, "patternHelp": text, "showIf": [condition]}});
        let content = json!([{"id": "s", "columns": [{"id": "c", "blocks": [one, two]}]}]);
        assert_eq!(raw.execute("UPDATE entries SET content = ?2 WHERE id = ?1", [&self.form, &content.to_string()]).unwrap(), 1);
        let told = "UPDATE submissions SET note = $1, referer = $1, user_agent = $1, ip = $1, data = $2 WHERE id = $3";
        relabel(raw, "SELECT id, data FROM submissions", told, text);
        let consents = json!({"three": {"label": text, "text": text}}).to_string();
        assert_eq!(raw.execute("UPDATE submissions SET consents = ?1", [consents]).unwrap(), 1);
    }

    /// A page as it comes to the browser of the owner or of somebody who is not signed in.
    pub fn send(&self, asked: &Request) -> Page {
        let mut browser = if asked.fresh { Browser::at(&self.fresh.url) } else { Browser::new(&self.site.server) };
        browser.session = asked.signed.then(|| if asked.stray { self.stray.clone() } else { self.session.clone() });
        browser.language = asked.language;
        let flash = format!("stele-flash={}", encode(&self.text));
        let headers: &[(&str, &str)] = if asked.method == "GET" { &[("Cookie", &flash)] } else { &[("Sec-Fetch-Site", "same-origin")] };
        let form: Vec<_> = asked.form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.send(asked.method, &asked.path, &form, headers)
    }

    /// The value of a hidden field on a page of the owner.
    pub fn hidden(&self, path: &str, name: &str) -> String {
        let page = self.send(&Request::get(path));
        let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{path}: {}", page.body));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The text as it may stand in a name.
    pub fn name(&self) -> String {
        let line = one_line(&self.text);
        format!("k{}", line.trim().chars().take(70).collect::<String>())
    }

    /// The text as a search takes it.
    pub fn query(&self) -> String {
        encode(&one_line(&self.text).chars().take(150).collect::<String>())
    }

    /// The text as it is.
    pub fn raw_query(&self) -> String {
        encode(&self.text)
    }
}

/// Sets the texts of a row and every text in its JSON.
fn relabel(raw: &Connection, select: &str, update: &str, text: &str) {
    let mut query = raw.prepare(select).unwrap();
    let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))).unwrap();
    let rows: Vec<_> = rows.map(Result::unwrap).collect();
    assert!(!rows.is_empty());
    for (id, data) in rows {
        let data = data.map(|data| {
            let mut data: Value = serde_json::from_str(&data).unwrap();
            fill(&mut data, text);
            data.to_string()
        });
        assert_eq!(raw.execute(update, rusqlite::params![text, data, id]).unwrap(), 1);
    }
}

fn fill(data: &mut Value, text: &str) {
    match data {
        Value::String(old) => text.clone_into(old),
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, text)),
        Value::Object(map) => map.values_mut().for_each(|value| fill(value, text)),
        _ => {}
    }
}
