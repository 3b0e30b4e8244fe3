//! Pages and posts in the console.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
};

use serde_json::json;
use stele::{
    domain::access::{Actor, Role},
    service,
};

use crate::support::{HOSTILE, Server, Site, Tenant, Visitor, tenant};

const PAGES: &str = "/o/acme/p/site/website/web/pages";
const POSTS: &str = "/o/acme/p/site/website/web/posts";

fn start() -> (tempfile::TempDir, Server, Tenant) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    (dir, server, here)
}

fn edited<'a>(version: &'a str, name: &'a str, slug: &'a str, title: &'a str) -> [(&'a str, &'a str); 6] {
    [("version", version), ("locale", "en"), ("name", name), ("slug", slug), ("title", title), ("tags", "sea, sky")]
}

/// The form of a post, with these texts instead of good ones.
fn post<'a>(version: &'a str, typed: &[(&str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let good =
        [("name", "Tides"), ("slug", "tides"), ("title", "T"), ("tags", ""), ("excerpt", ""), ("seo.title", ""), ("seo.description", "")];
    let texts = good.map(|(name, good)| (name, typed.iter().find(|(of, _)| *of == name).map_or(good, |(_, text)| *text)));
    [("version", version), ("locale", "en")].into_iter().chain(texts).collect()
}

#[test]
fn a_page_is_made_changed_and_moved_to_the_trash() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let made = editor.post(&format!("{PAGES}/new"), &[("name", HOSTILE), ("slug", "tides")]).is(303).to;
    let page = editor.get(&made).is(200);
    assert!(page.text.contains("&#60;script") && !page.text.contains("<script>alert"));
    let version = page.hidden("version");
    let refused = editor.post(&made, &edited(&version, "Tides", "Not a slug!", "High tide")).is(422);
    assert!(refused.text.contains(">High tide</textarea>") && refused.text.contains("class=\"fault\""));
    editor.post(&made, &edited(&version, "Tides", "tides", "High tide")).is(303);
    let now = editor.get(&made).is(200).text;
    assert!(now.contains(">High tide</textarea>") && now.contains("value=\"sea, sky\""));
    editor.post(&format!("{PAGES}/new"), &[("name", "Other"), ("slug", "tides")]).is(422);
    assert_eq!(editor.post(&format!("{made}/trash"), &[("list", "on")]).is(303).to, PAGES);
    editor.get(&made).is(404);
}

#[test]
fn each_fault_of_an_entry_is_shown_at_its_input_and_none_is_dropped() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let made = editor.post(&format!("{POSTS}/new"), &[("name", "Tides"), ("slug", "tides")]).is(303).to;
    let version = editor.get(&made).is(200).hidden("version");
    for (name, typed) in [
        ("name", "\u{202e}"),
        ("slug", "Not a slug!"),
        ("title", "\u{202e}"),
        ("tags", &"t".repeat(500)),
        ("excerpt", "a\u{b}b"),
        ("seo.title", "\u{202e}"),
        ("seo.description", "a\u{b}b"),
    ] {
        let form = post(&version, &[(name, typed)]);
        let refused = editor.post(&made, &form).is(422).text;
        let (_, input) = refused.split_once(&format!(" id=\"{name}\"")).expect(name);
        assert!(input.split_once('>').unwrap().0.contains("aria-invalid=\"true\""), "{name} is not marked");
        assert!(refused.contains(&format!("id=\"{name}-fault\"")) || input.contains("class=\"fault\""), "{name} says nothing");
    }
    let tags = "t".repeat(500);
    let both = post(&version, &[("title", "\u{202e}"), ("tags", &tags), ("seo.title", "\u{202e}")]);
    let refused = editor.post(&made, &both).is(422).text;
    for link in ["href=\"#title\"", "href=\"#tags\"", "href=\"#seo.title\""] {
        assert!(refused.contains(link), "{link}");
    }
    assert!(refused.contains("Tags: ") && refused.contains("Title for search engines: "), "the list names its fields");
    // A line that ends is one character, as the browser counts it.
    let long = "x\r\n".repeat(1000);
    let lines = post(&version, &[("excerpt", long.trim_end())]);
    editor.post(&made, &lines).is(303);
}

#[test]
fn an_entry_comes_back_from_the_trash_unless_its_address_is_taken() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let made = editor.post(&format!("{PAGES}/new"), &[("name", "Tides"), ("slug", "tides")]).is(303).to;
    let (trash, restore) = (format!("{made}/trash"), format!("{made}/restore"));
    let shown = editor.post(&trash, &[("list", "on")]).is(303).next(&editor);
    assert!(shown.text.contains(&format!("action=\"{restore}\"")), "the message offers to take it back: {}", shown.text);
    assert_eq!(editor.post(&restore, &[("undo", "on")]).is(303).to, made);
    editor.get(&made).is(200);
    editor.post(&restore, &[("undo", "on")]).is(404);
    editor.post(&trash, &[("list", "on")]).is(303);
    let other = editor.post(&format!("{PAGES}/new"), &[("name", "Other"), ("slug", "tides")]).is(303).to;
    let refused = editor.post(&restore, &[("undo", "on")]).is(422);
    assert!(
        refused.text.contains("Tides comes back with its address, /tides.") && !refused.text.contains("Choose another"),
        "{}",
        refused.text
    );
    assert!(refused.text.contains("Give Other another address") && refused.text.contains(&format!("href=\"{other}\"")), "{}", refused.text);
    assert_eq!(editor.post(&restore, &[("resumed", "on")]).is(200).text.matches("Nothing was changed yet").count(), 1);
    editor.post(&format!("{other}/restore"), &[("resumed", "on")]).is(404);
    editor.get(&made).is(404);
    editor.post(&format!("{other}/trash"), &[("list", "on")]).is(303);
    let viewer = Visitor::new(&server, &here, "Vic", Role::Viewer);
    viewer.post(&restore, &[("undo", "on")]).is(403);
    editor.post(&restore, &[("undo", "on")]).is(303);
    let (org, noted) = (here.org, "entry.restored");
    let listing = stele::domain::listing::Listing::default();
    let times = (stele::domain::time::Instant::default(), server.store.now() + std::time::Duration::from_secs(60));
    let lines =
        server.write(move |tx| service::org::organization::list_activities(tx, &Actor::operator(), org, times, &listing, None)).items;
    assert_eq!(lines.iter().filter(|line| line.action == noted).count(), 2);
}

#[test]
fn a_post_is_published_and_taken_back_once() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let made = editor.post(&format!("{POSTS}/new"), &[("name", "News"), ("slug", "")]).is(303).to;
    let version = editor.get(&made).is(200).hidden("version");
    let form = |version: &str, status: &'static str| [("version", version.to_owned()), ("status", status.to_owned())];
    let send = |form: [(&'static str, String); 2]| {
        let pairs: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        editor.post(&format!("{made}/status"), &pairs).status
    };
    assert_eq!(send(form(&version, "published")), 303);
    assert!(editor.get(POSTS).is(200).text.contains("status on"));
    assert_eq!(send(form(&version, "draft")), 412, "the second tab is told");
    let told = editor.post(&format!("{made}/status"), &[("version", &version), ("status", "draft")]);
    assert!(told.text.contains("value=\"News\""), "the page is whole where nothing else was typed");
    let version = editor.get(&made).is(200).hidden("version");
    assert_eq!(send(form(&version, "draft")), 303);
    assert!(!editor.get(POSTS).is(200).text.contains("status on"));
    // The button of the page saves what was typed and publishes it in one go.
    let version = editor.get(&made).is(200).hidden("version");
    let typed =
        [("version", version.as_str()), ("locale", "en"), ("name", "News"), ("slug", "news"), ("title", "Typed"), ("then", "publish")];
    editor.post(&made, &typed).is(303);
    let now = editor.get(&made).is(200).text;
    assert!(now.contains("status on") && now.contains(">Typed</textarea>"));
}

#[test]
fn a_list_is_narrowed_by_status_and_language_and_sorted() {
    let site = Site::new();
    site.make(&site.pages(), &json!({ "name": "Both", "slug": "both", "title": { "en": "Both", "fr": "Deux" } }));
    site.make(&site.pages(), &json!({ "name": "Plain", "slug": "plain", "title": "Plain" }));
    site.make(&site.pages(), &json!({ "name": "French", "slug": "french", "title": { "fr": "Seul" }, "status": "draft" }));
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let names = |query: &str| {
        let text = editor.get(&format!("{PAGES}?{query}")).is(200).text;
        let found = |name: &str| text.find(&format!("<b>{name}</b>"));
        let mut all: Vec<_> = ["Both", "Plain", "French"].into_iter().filter_map(|name| Some((found(name)?, name))).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(""), ["French", "Plain", "Both"], "what changed last comes first");
    assert_eq!(names("sort=name:asc"), ["Both", "French", "Plain"]);
    assert_eq!(names("status=draft"), ["French"]);
    assert_eq!(names("language=en&sort=name:asc"), ["Both", "Plain"], "plain text is in the default language");
    assert_eq!(names("language=fr&sort=name:asc"), ["Both", "French"]);
    assert_eq!(names("language=lacks:fr"), ["Plain"]);
    assert_eq!(names("language=lacks:en"), ["French"]);
    assert_eq!(names("language=lacks:fr&status=draft"), Vec::<&str>::new());
    assert_eq!(names("language=fr&search=seul"), ["French"]);
    let page = editor.get(&format!("{PAGES}?sort=name:desc")).is(200).text;
    assert!(page.contains("aria-sort=\"descending\"") && page.contains("sort=name:asc"), "{page}");
    for mark in ["lang full", "lang none"] {
        assert!(page.contains(mark), "{mark}");
    }
    editor.get(&format!("{PAGES}?language=de")).is(400);
    editor.get(&format!("{PAGES}?language=lacks:%25")).is(400);
    // The API knows no such filter: an unknown one is refused, not passed over.
    assert_eq!(site.get(&format!("{}?language=fr", site.pages())).status, 400);
    // With another default language, plain text is in that one.
    site.change(&site.project(), &json!({ "defaultLocale": "fr" }));
    assert_eq!(names("language=lacks:en&sort=name:asc"), ["French", "Plain"]);
}

#[test]
fn who_only_reads_is_offered_nothing_and_may_change_nothing() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let made = editor.post(&format!("{PAGES}/new"), &[("name", "Tides"), ("slug", "tides")]).is(303).to;
    let viewer = Visitor::new(&server, &here, "Vic", Role::Viewer);
    let page = viewer.get(&made).is(200);
    assert!(!page.text.contains("button primary") && !page.text.contains(&format!("{made}/trash")) && page.text.contains("Read-only"));
    let shown = page.text.split_once("<main").unwrap().1.split("</main>").next().unwrap();
    assert!(["<input", "<textarea", "<select", "<form"].iter().all(|tag| !shown.contains(tag)), "nothing looks as if it could be changed");
    viewer.post(&made, &edited("1", "Changed", "tides", "")).is(403);
    viewer.post(&format!("{made}/trash"), &[("list", "on")]).is(403);
    viewer.post(&format!("{PAGES}/new"), &[("name", "New"), ("slug", "new")]).is(403);
    Visitor::new(&server, &here, "Cleo", Role::Collaborator).get(&made).is(404);
    assert!(viewer.get(&made).is(200).text.contains(">Tides</p>"));
}

#[test]
fn a_new_entry_of_the_console_is_a_draft_and_says_so() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    for list in [PAGES, POSTS] {
        let new = format!("{list}/new");
        assert!(editor.get(&new).is(200).text.contains("It starts as a draft"));
        let made = editor.post(&new, &[("name", "Tides"), ("slug", list.rsplit('/').next().unwrap())]).is(303);
        let page = made.next(&editor).text;
        assert!(page.contains("Tides is there, as a draft.") && page.contains("<span class=\"status\">Draft</span>"), "{page}");
    }
}

#[test]
fn after_a_refusal_the_focus_is_where_the_fault_is() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let focused = |text: &str| {
        let tags = text.split('<').filter(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(" autofocus")));
        tags.filter(|tag| !tag.contains("type=\"search\"")).map(|tag| tag.split('>').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let new = format!("{PAGES}/new");
    let first = focused(&editor.get(&new).is(200).text);
    assert!(first.len() == 1 && first[0].contains("id=\"name\""), "{first:?}");
    let refused = focused(&editor.post(&new, &[("name", "Tides"), ("slug", "Not a slug!")]).is(422).text);
    assert!(refused.len() == 1 && refused[0].contains("id=\"slug\""), "{refused:?}");
    let both = focused(&editor.post(&new, &[("name", "\u{202e}"), ("slug", "Not a slug!")]).is(422).text);
    assert!(both[0].contains("role=\"alert\""), "the list of faults comes first: {both:?}");
}

#[test]
fn a_language_that_the_project_lost_is_told_once_and_what_was_typed_stays_in_it() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let made = editor.post(&format!("{PAGES}/new"), &[("name", "Tides"), ("slug", "tides")]).is(303).to;
    let version = editor.get(&format!("{made}?locale=fr")).is(200).hidden("version");
    let changed = site.ask("PATCH", &site.project(), Some(&json!({ "enabledLocales": ["en"] })));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let typed =
        [("version", &*version), ("locale", "fr"), ("name", "Tides"), ("slug", "tides"), ("title", "Les marées"), ("seo.title", "Marées")];
    let refused = editor.post(&made, &typed).is(422);
    assert_eq!(refused.text.matches("The project does not have this language any more").count(), 1, "{}", refused.text);
    assert!(!refused.text.contains("aria-invalid") && refused.text.contains(">Les marées</textarea>"), "{}", refused.text);
    assert_eq!(refused.hidden("locale"), "fr", "sent again, it is not put over another language");
}

#[test]
fn a_session_that_ends_while_a_form_is_on_its_way_is_shown_nothing_any_more() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let body = "name=&slug=Not+a+slug";
    let answer = |has_ended: bool| {
        let stream = TcpStream::connect(server.url.strip_prefix("http://").unwrap()).unwrap();
        let (mut sent, mut heard) = (&stream, BufReader::new(&stream).lines().map(Result::unwrap));
        let head = format!(
            "POST {PAGES}/new HTTP/1.1\r\nHost: stele.test\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            editor.cookie,
            body.len()
        );
        sent.write_all(head.as_bytes()).unwrap();
        assert_eq!(heard.next().unwrap(), "HTTP/1.1 100 Continue");
        if has_ended {
            let id = editor.id;
            server.write(move |tx| stele::store::account::session::unguarded_delete_of_user(tx, id));
        }
        sent.write_all(body.as_bytes()).unwrap();
        heard.find(|line| line.starts_with("HTTP/1.1")).unwrap()
    };
    assert_eq!(answer(false), "HTTP/1.1 422 Unprocessable Entity");
    assert_eq!(answer(true), "HTTP/1.1 401 Unauthorized");
}

#[test]
fn an_address_that_is_taken_leads_to_the_entry_that_has_it() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let pages = "/o/acme/p/site/website/web/pages";
    let first = editor.post(&format!("{pages}/new"), &[("name", "Opening hours"), ("slug", "hours")]).is(303).to;
    let refused = editor.post(&format!("{pages}/new"), &[("name", "Hours"), ("slug", "hours")]).is(422).text;
    assert!(refused.contains(&format!("<a href=\"{first}\">")) && refused.contains("Another entry has this address."), "{refused}");
    let second = editor.post(&format!("{pages}/new"), &[("name", "Other"), ("slug", "other")]).is(303).to;
    let edit = editor.post(&second, &edited("1", "Other", "hours", "Other")).is(422).text;
    assert!(edit.contains(&format!("<a href=\"{first}\">")), "{edit}");
    assert!(!editor.get(&second).is(200).text.contains("Another entry has this address."));
}
