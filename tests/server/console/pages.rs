//! Every page of the console as every kind of visitor, and with names that try to break out of the page.

use reqwest::{blocking::Client, header, redirect::Policy};
use stele::{
    domain::{
        access::{Access, Actor, Role, allows},
        id::UserId,
        org::{member, organization},
    },
    http::{
        console::base::page_route::{PageRoute, Takes},
        pages,
    },
    service::{
        self,
        account::{session, user::NewUser},
    },
};

use crate::support::{Server, Tenant, machine, tenant};

/// An id of nothing.
const NOTHING: &str = "0190f4a2-0000-7000-8000-000000000000";
/// A name that would run, or end an attribute, if it were not escaped.
const HOSTILE: &str = "\"><script>alert(1)</script><b x='&amp;";

/// A person of this role, and the secret of their session.
fn person(server: &Server, here: &Tenant, role: Role) -> String {
    let org = here.org;
    server.write(move |tx| {
        let new = NewUser { name: HOSTILE.into(), email: format!("{}@acme.example", role.word()) };
        let id = service::account::user::create(tx, &new, "no password")?;
        let draft = member::Draft { user_id: id, role, title: None };
        service::org::member::create(tx, &Actor::operator(), org, &draft)?;
        begin(tx, id)
    })
}

fn begin(tx: &mut stele::store::Tx<'_>, id: UserId) -> stele::domain::Result<String> {
    session::begin(tx, id, "127.0.0.1", "a test").map(|secret| secret.reveal().to_owned())
}

struct Browser<'a> {
    server: &'a Server,
    cookie: Option<String>,
    client: Client,
}

impl<'a> Browser<'a> {
    fn new(server: &'a Server, session: Option<&str>) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { server, cookie: session.map(|secret| format!("stele={secret}")), client }
    }

    /// Status, location and body of a page; a form is sent as a page of this instance sends it, unless `foreign`.
    fn ask(&self, method: &str, path: &str, foreign: bool) -> (u16, String, String) {
        self.sends(method, path, foreign, &[("name", "x")])
    }

    fn sends(&self, method: &str, path: &str, foreign: bool, form: &[(&str, &str)]) -> (u16, String, String) {
        let mut request = self.client.request(method.parse().unwrap(), format!("{}{path}", self.server.url));
        request = request.header(header::ACCEPT, "text/html");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if method == "POST" {
            let site = if foreign { "cross-site" } else { "same-origin" };
            request = request.header("Sec-Fetch-Site", site).form(form);
        }
        let answer = request.send().unwrap();
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "x-request-id", "cross-origin-opener-policy"] {
            assert!(answer.headers().contains_key(name), "{method} {path} has no {name}");
        }
        assert_eq!(answer.headers()["cache-control"], "no-store", "{method} {path}");
        let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status().as_u16(), location, answer.text().unwrap())
    }
}

fn path(page: &PageRoute, here: &[(&str, String)]) -> String {
    let mut path = page.path.to_owned();
    for (name, value) in here {
        path = path.replace(name, value);
    }
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        path.replace_range(from..=to, NOTHING);
    }
    path
}

fn places(here: &Tenant, account: UserId) -> [(&'static str, String); 7] {
    [
        ("{org}", "acme".into()),
        ("{project}", "site".into()),
        ("{type}", "website".into()),
        ("{app}", "web".into()),
        ("{kind}", "pages".into()),
        ("{account}", account.to_string()),
        ("{id}", here.app.to_string()),
    ]
}

#[test]
fn a_page_is_for_whom_it_is_and_a_form_comes_from_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let account = machine(&server, here.org, Role::Viewer, Access::Read, None).account;
    let elsewhere = tenant(&server, "elsewhere");
    let (nobody, stranger) = (Browser::new(&server, None), person(&server, &elsewhere, Role::Admin));
    let stranger = Browser::new(&server, Some(&stranger));
    for page in pages::all() {
        let (method, path) = (page.method.as_str(), path(&page, &places(&here, account)));
        let (status, to, _) = nobody.ask(method, &path, false);
        match (page.open, method) {
            (true, _) => assert!(status < 500, "{method} {path}: {status}"),
            (false, "GET") => assert!((status, to.starts_with("/sign-in?next=")) == (303, true), "{method} {path}: {status} {to}"),
            // A password that was to be typed again is typed when signing in.
            (false, _) if path == "/confirm" => assert_eq!((status, to.as_str()), (303, "/sign-in?next=%2F")),
            // Of a file nothing is kept until somebody has signed in.
            (false, _) if page.takes != Takes::Form && page.does.is_none() => {
                assert!((status, to.starts_with("/sign-in?next=")) == (303, true), "{method} {path}: {status} {to}")
            }
            (false, _) => assert_eq!(status, 401, "{method} {path}"),
        }
        if method == "POST" {
            assert_eq!(stranger.ask(method, &path, true).0, 403, "{method} {path} from another site");
        }
        if path.starts_with("/o/") {
            let (status, to, text) = stranger.ask(method, &path, false);
            assert_eq!(status, 404, "{method} {path}: a stranger got {to}");
            // What is there is told from what is not by nothing: neither an organization, nor what lies in it.
            let made_up = stranger.ask(method, &path.replacen("acme", "nowhere", 1), false);
            let words = |text: &str| text.replace("nowhere", "acme").replace(|c: char| c.is_ascii_hexdigit(), "");
            let of_pages = |text: &str| text.split_once("<main").map(|(_, page)| words(page));
            assert_eq!((made_up.0, of_pages(&made_up.2)), (status, of_pages(&text)), "{method} {path}");
        }
    }
}

/// The sentence that says which right is missing.
fn missing(text: &str) -> &str {
    text.split_once("It needs: ").map_or("", |(_, rest)| rest.split('<').next().unwrap_or_default())
}

#[test]
fn who_may_not_send_a_form_is_told_so_before_anything_that_is_wrong_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let account = machine(&server, here.org, Role::Viewer, Access::Read, None).account;
    let viewer = person(&server, &here, Role::Viewer);
    let viewer = Browser::new(&server, Some(&viewer));
    let all = pages::all();
    let may_not = |page: &&PageRoute| page.needs.is_some_and(|permission| !allows(Role::Viewer, permission));
    for page in all.iter().filter(|page| page.method == "POST" && page.path.starts_with("/o/")).filter(may_not) {
        let path = path(page, &places(&here, account));
        for form in [&[][..], &[("name", "x")], &[("resumed", "on")], &[("role", "none"), ("status", "none"), ("locale", "none")]] {
            let (status, _, text) = viewer.sends("POST", &path, false, form);
            assert_eq!((status, missing(&text).is_empty()), (403, false), "POST {path} {form:?}: {text}");
            // Its page says the same, unless there is something to read on it.
            if all.iter().any(|shown| shown.method == "GET" && shown.path == page.path && shown.needs.is_some()) {
                let (shown, _, says) = viewer.ask("GET", &path, false);
                assert_eq!((shown, missing(&says)), (status, missing(&text)), "GET {path}");
            }
        }
    }
}

#[test]
fn each_form_in_an_organization_says_who_may_send_it_and_its_page_asks_for_no_other_right() {
    let all = pages::all();
    for page in all.iter().filter(|page| page.method == "POST" && page.path.starts_with("/o/")) {
        assert!(page.needs.is_some(), "POST {} is for everybody", page.path);
        let shown = all.iter().find(|shown| shown.method == "GET" && shown.path == page.path);
        assert!(shown.is_none_or(|shown| shown.needs.is_none() || shown.needs == page.needs), "GET and POST of {} differ", page.path);
    }
}

#[test]
fn no_name_breaks_out_of_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let account = machine(&server, here.org, Role::Viewer, Access::Read, None).account;
    let (org, project, app) = (here.org, here.project, here.app);
    server.write(move |tx| {
        let operator = Actor::operator();
        let name = Some(HOSTILE.to_owned());
        let words = Some(Some(HOSTILE.to_owned()));
        let patch = organization::Patch { name: name.clone(), description: words.clone(), ..organization::Patch::default() };
        service::org::organization::update(tx, &operator, org, &patch, None)?;
        let patch = stele::domain::project::project::Patch { name: name.clone(), description: words.clone(), ..Default::default() };
        service::project::project::update(tx, &operator, (org, project), &patch, None)?;
        let patch = stele::domain::project::app::Patch { name: name.clone(), ..Default::default() };
        service::project::app::update(tx, &operator, (org, project, app), &patch)?;
        let patch = stele::domain::org::service_account::Patch { name, description: words, ..Default::default() };
        service::org::service_account::update(tx, &operator, org, account, &patch).map(drop)
    });
    let admin = person(&server, &here, Role::Admin);
    let admin = Browser::new(&server, Some(&admin));
    let mut shown = 0;
    // A file of lines is no page: a browser saves it and runs nothing in it.
    for page in pages::all().into_iter().filter(|page| page.method == "GET" && !page.path.contains("/export.")) {
        let path = path(&page, &places(&here, account));
        let (status, _, body) = admin.ask("GET", &path, false);
        assert!(status < 500, "{path}: {status}");
        assert!(!body.contains("<script>alert") && !body.contains("<b x="), "{path} lets a name out");
        shown += usize::from(body.contains("&#34;&#62;&#60;script"));
    }
    assert!(shown > 0, "the names were shown");
}
