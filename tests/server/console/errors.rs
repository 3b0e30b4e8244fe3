//! The pages of errors in both languages, and what pages load.

use std::time::Duration;

use stele::domain::access::{Access, Role};

use crate::support::{Browser, PASSWORD, Page, Server, SetClock, Tenant, Visitor, tenant, visitor};

const EMAIL: &str = "paula@acme.example";
/// What tells of the inside.
const INSIDE: [&str; 8] = ["panicked", "sqlite", "SELECT", "UPDATE", "src/", ".rs:", "column", "Internal"];

struct World {
    server: Server,
    here: Tenant,
    session: String,
    dir: tempfile::TempDir,
}

fn world() -> World {
    let dir = tempfile::tempdir().unwrap();
    let clock = SetClock::new();
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let here = tenant(&server, "acme");
    visitor(&server, EMAIL);
    let owner = server.write(move |tx| {
        let owner = stele::service::org::organization::get(tx, &stele::domain::access::Actor::operator(), here.org)?.owner_id;
        Ok(stele::service::account::session::begin(tx, owner, "127.0.0.1", "a test")?.reveal().to_owned())
    });
    clock.pass(Duration::from_secs(1));
    World { server, here, session: owner, dir }
}

/// The page of an error for somebody who is not signed in, and where the store fails.
fn is_page(page: &Page, status: u16, language: &str, title: &str) {
    is_page_in("gate", page, status, language, title);
}

/// The same for somebody who is: it keeps the frame.
fn is_framed(page: &Page, status: u16, language: &str, title: &str) {
    is_page_in("console", page, status, language, title);
    let name = if page.body.contains("action=\"/sign-out\"") { "the person" } else { "nobody" };
    assert_eq!(name, "the person", "{status} in {language}: {}", page.body);
}

fn is_page_in(frame: &str, page: &Page, status: u16, language: &str, title: &str) {
    let place = format!("{status} in {language}");
    assert_eq!(page.status, status, "{place}: {}", page.body);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{place}");
    assert!(
        page.body.contains(&format!("<html lang=\"{language}\"")) && page.body.contains(&format!("<body class=\"{frame}\">")),
        "{place}: {}",
        page.body
    );
    assert!(page.body.contains(title), "{place}: {}", page.body);
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"), "{place}");
    assert_eq!(page.header("cache-control"), "no-store", "{place}");
    let words = page.body.split("</head>").nth(1).unwrap();
    for inside in INSIDE {
        assert!(!words.contains(inside), "{place} tells {inside:?}: {words}");
    }
    if status != 401 {
        assert!(words.contains(page.header("x-request-id")), "{place}: the number by which the log is searched");
    }
}

/// The browser of somebody who only reads.
fn viewer<'a>(server: &'a Server, here: &Tenant, language: &'static str) -> Browser<'a> {
    let member = crate::support::person(server, here.org, Role::Viewer, Access::Read).made.account;
    let secret =
        server.write(move |tx| Ok(stele::service::account::session::begin(tx, member, "127.0.0.1", "a test")?.reveal().to_owned()));
    let mut browser = Browser::new(server);
    (browser.session, browser.language) = (Some(secret), language);
    browser
}

#[test]
fn every_error_is_a_page_in_the_look_of_the_console_in_both_languages() {
    for (language, titles) in [
        ("en", ["cannot be read", "Sign in", "may not do this", "nothing here", "Not possible here", "Too large", "Too many"]),
        ("fr", ["Illisible", "Connexion", "pas le droit", "Il n’y a rien ici", "Impossible ici", "Trop volumineux", "Trop d’essais"]),
    ] {
        let World { server, here, session, dir: _dir } = world();
        let needs = if language == "en" { "It needs: " } else { "Il faut\u{a0}: " };
        let [read, sign_in, may, nothing, method, large, many] = titles;
        let mut owner = Browser::new(&server);
        (owner.session, owner.language) = (Some(session), language);
        is_framed(&owner.get("/o/acme?search=%01"), 400, language, read);
        let mut nobody = Browser::new(&server);
        nobody.language = language;
        is_page(&nobody.post("/account/profile", &[("name", "x")]), 401, language, sign_in);
        let forged = owner.send("POST", "/account/profile", &[("name", "x")], &[("Sec-Fetch-Site", "cross-site")]);
        is_framed(&forged, 403, language, may);
        let rule = if language == "en" { "not sent by a page of this" } else { "pas été envoyé par une page de cette" };
        assert!(forged.body.contains(rule), "{}", forged.body);
        is_framed(&viewer(&server, &here, language).post("/o/acme/projects/new", &[("name", "x")]), 403, language, needs);
        let lost = owner.get("/o/acme/p/site/settings/apps/0190f4a2-0000-7000-8000-000000000000");
        is_framed(&lost, 404, language, nothing);
        assert!(lost.body.contains("href=\"/o/acme/p/site/members\""), "the frame is that of the place: {}", lost.body);
        is_framed(&owner.get("/o/elsewhere"), 404, language, nothing);
        let wrong = owner.get("/sign-out");
        is_framed(&wrong, 405, language, method);
        assert_eq!(wrong.header("allow"), "POST");
        let pages = "/o/acme/p/site/website/web/pages";
        let made = owner.post(&format!("{pages}/new"), &[("name", "Page"), ("slug", "page")]);
        assert_eq!(made.status, 303, "{}", made.body);
        let stale = [("version", "99"), ("locale", "en"), ("name", "Mine"), ("slug", "page"), ("title", "Mine")];
        // The form itself may come back; what matters is that nothing was changed.
        assert_eq!(owner.post(made.to().split('?').next().unwrap(), &stale).status, 412);
        is_framed(&owner.post("/account/profile", &[("name", &"x".repeat(600 * 1024))]), 413, language, large);
        for _ in 0..5 {
            assert_eq!(nobody.sign_in(EMAIL, "not the password", "").status, 422);
        }
        let waits = nobody.sign_in(EMAIL, PASSWORD, "");
        assert_eq!(waits.status, 429);
        // The form stays, with what was typed and how long to wait.
        assert!(waits.body.contains(many) && waits.body.contains(&format!("value=\"{EMAIL}\"")), "{}", waits.body);
        assert!(waits.header("retry-after").parse::<u32>().is_ok());
    }
}

#[test]
fn what_breaks_inside_stays_inside() {
    for (language, broken, closed) in
        [("en", "Something broke", "Not at the moment"), ("fr", "Quelque chose a cassé", "Pas pour le moment")]
    {
        let World { server, here, session, dir } = world();
        let mut owner = Browser::new(&server);
        (owner.session, owner.language) = (Some(session), language);
        let raw = rusqlite::Connection::open(dir.path().join("stele.db")).unwrap();
        raw.execute("UPDATE projects SET locales = 'no list' WHERE id = $1", [here.project.to_string()]).unwrap();
        server.notice();
        is_page(&owner.get("/o/acme/p/site/settings"), 500, language, broken);
        server.store.stop();
        let refused = owner.post("/account/profile", &[("name", "Paula")]);
        is_page(&refused, 503, language, closed);
        assert!(refused.header("retry-after").parse::<u32>().is_ok());
    }
}

#[test]
fn a_head_has_the_headers_of_its_page_and_nothing_more() {
    let World { server, session, dir: _dir, .. } = world();
    let mut owner = Browser::new(&server);
    owner.session = Some(session);
    for (path, status) in [("/account/profile", 200), ("/help", 200), ("/o/nowhere", 404), ("/", 303)] {
        let (head, full) = (owner.send("HEAD", path, &[], &[]), owner.get(path));
        assert_eq!((head.status, full.status, head.body.as_str()), (status, status, ""), "{path}");
        assert_eq!((head.to(), head.header("content-type")), (full.to(), full.header("content-type")), "{path}");
        assert!(head.headers.contains_key("content-security-policy"), "{path}");
    }
    let style = style(&owner);
    let (head, full) = (owner.send("HEAD", &style, &[], &[]), owner.get(&style));
    assert_eq!((head.status, head.body.as_str(), head.header("etag")), (200, "", full.header("etag")));
    assert_eq!(head.header("content-length"), full.body.len().to_string());
}

/// The address of the stylesheet.
fn style(browser: &Browser<'_>) -> String {
    let page = browser.get("/sign-in").body;
    let (_, rest) = page.split_once("rel=\"stylesheet\" href=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn what_pages_load_is_kept_for_ever_and_sent_small() {
    let World { server, dir: _dir, .. } = world();
    let browser = Browser::new(&server);
    let style = style(&browser);
    let get = |path: &str, headers: &[(&str, &str)]| browser.send("GET", path, &[], headers);
    let plain = get(&style, &[]);
    assert_eq!((plain.status, plain.header("content-type"), plain.header("content-encoding")), (200, "text/css; charset=utf-8", ""));
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((plain.header("vary"), plain.header("x-content-type-options")), ("Accept-Encoding", "nosniff"));
    let codings = [
        ("br, gzip", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", ""),
        ("br;q=0,gzip;q=0.0", ""),
    ];
    for (accepted, coding) in codings {
        let answer = get(&style, &[("Accept-Encoding", accepted)]);
        assert_eq!((answer.status, answer.header("content-encoding")), (200, coding), "{accepted}");
        assert_eq!(answer.header("content-length").parse::<usize>().unwrap() < plain.body.len() / 2, !coding.is_empty(), "{accepted}");
    }
    let tag = plain.header("etag");
    for known in [tag.to_owned(), format!("\"other\", {tag}"), format!("W/{tag}")] {
        let same = get(&style, &[("If-None-Match", &known)]);
        assert_eq!((same.status, same.body.as_str(), same.header("etag")), (304, "", tag), "{known}");
    }
    assert_eq!(get(&style, &[("If-None-Match", "\"other\"")]).status, 200);
    let old = get("/static/0123456789abcdef/console.css", &[]);
    assert_eq!((old.status, old.header("cache-control")), (200, "no-cache"), "the address of another build is not kept");
    for unknown in ["/static/x/no-such.css", "/static/console.css", "/static/", "/static/x/../console.css", "/static/x/%2e%2e/Cargo.toml"] {
        assert_eq!(get(unknown, &[]).status, 404, "{unknown}");
    }
    let fonts = get("/static/x/fonts/inter-latin.woff2", &[("Accept-Encoding", "br, gzip")]);
    assert_eq!((fonts.status, fonts.header("content-type"), fonts.header("content-encoding")), (200, "font/woff2", ""));
    assert_eq!(browser.post(&style, &[]).status, 405);
    let page = get("/sign-in", &[]).body;
    let script = page.split("<script type=\"module\" src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    // What it imports, relative to itself, is kept as long as it is.
    for module in [script.to_owned(), script.replace("main.js", "dom.js")] {
        let answer = get(&module, &[]);
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/javascript; charset=utf-8"), "{module}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{module}");
    }
}

#[test]
fn a_form_that_was_accepted_leads_on_so_that_a_reload_repeats_nothing() {
    let World { server, here, dir: _dir, .. } = world();
    let owner = Visitor::owner(&server, &here);
    let forms: [(&str, &[(&str, &str)]); 6] = [
        ("/account/profile", &[("name", "Olga")]),
        ("/organizations/new", &[("name", "New"), ("slug", "new")]),
        ("/o/acme/settings/accounts/new", &[("name", "Build"), ("role", "viewer")]),
        ("/o/acme/projects/new", &[("name", "New"), ("slug", "new"), ("defaultLocale", "en")]),
        ("/o/acme/p/site/website/web/posts/new", &[("name", "New"), ("slug", "new")]),
        ("/o/acme/p/site/settings/apps", &[("appType", "website"), ("appName", "Second")]),
    ];
    for (path, form) in forms {
        let done = owner.post(path, form).is(303);
        assert!(done.to.starts_with('/') && done.text.is_empty(), "{path}: {}", done.to);
        assert_eq!(owner.get(done.to.split('?').next().unwrap()).status, 200, "{path} leads to {}", done.to);
    }
}
