//! The inbox of a form: what was sent is found, read, marked, noted beside and deleted, by whoever may.

use std::time::Duration;

use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use super::{contact, forms, send};
use crate::support::{SetClock, Site, Visitor, machine};

const FORMS: &str = "/o/acme/p/site/forms/forms/forms";

/// A form to which three have written, one a day: where the API has what they sent, and where the console has it.
fn written() -> (Site, String, String) {
    let clock = SetClock::new();
    let mut site = Site::with(&clock);
    let all = forms(&site);
    let form = site.make(&all, &contact());
    for (name, message) in [("Ann", "Où est la Straße ?"), ("Bo", "Two\n\nlines"), ("Cy", "Buy <b>now</b>")] {
        assert_eq!(
            send(&site, &form, &json!({ "name": name, "email": format!("{}@example.org", name.to_lowercase()), "message": message })).0,
            201
        );
        clock.pass(Duration::from_secs(5 * 86_400));
    }
    let id = form["id"].as_str().unwrap();
    // The key of the beginning has ended.
    let key = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    site.token = site.server.token(&key.secret);
    (site, format!("{all}/{id}/submissions"), format!("{FORMS}/{id}/submissions"))
}

fn ids(site: &Site, api: &str) -> Vec<String> {
    site.items(api).iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn marks(site: &Site, api: &str) -> Vec<Value> {
    site.items(api).iter().map(|one| one["mark"].clone()).collect()
}

#[test]
fn it_lists_searches_and_narrows_what_was_sent_and_shows_one_beside() {
    let (site, api, at) = written();
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let ids = ids(&site, &api);
    let page = eva.get(&at).is(200).text;
    let names: Vec<_> = ["<b>Cy</b>", "<b>Bo</b>", "<b>Ann</b>"].iter().map(|name| page.find(name).unwrap()).collect();
    assert!(names.is_sorted() && page.contains("3 are unread") && page.contains("Buy &#60;b&#62;now"), "newest first: {page}");
    let found = |query: &str| eva.get(&format!("{at}?{query}")).is(200).text.matches("class=\"pick\"").count();
    assert_eq!((found("search=STRASSE"), found("mark=spam"), found("mark=unread"), found("days=7"), found("days=30")), (1, 0, 3, 1, 3));
    eva.get(&format!("{at}?days=8")).is(400);
    assert!(!page.contains("Turned away"));
    let form = at.rsplit('/').nth(1).unwrap();
    let sql = "INSERT INTO blocked_submissions (form_id, reason, day, n, last_at) VALUES (?1, ?2, 99999, ?3, 0)";
    for (reason, n) in [("honeypot", 187), ("too_fast", 17)] {
        site.alter(sql, (form, reason, n));
    }
    site.server.notice();
    let page = eva.get(&at).is(200).text;
    assert!(page.contains("Turned away") && page.contains("A field that only programs fill in</b><span>187</span>"), "{page}");
    assert!(page.contains("<rect width=\"100%\"") && page.contains("<rect width=\"9%\""), "{page}");
    let shown = eva.get(&format!("{at}?show={}&search=example", ids[1])).is(200).text;
    let beside = shown.split("<article").nth(1).unwrap();
    assert!(beside.contains("Two\n\nlines") && beside.contains("mailto:bo@example.org") && beside.contains("<h3>Message</h3>"), "{beside}");
    assert!(
        beside.contains(&format!("?search=example&#38;show={}", ids[0])) && beside.contains("rel=\"next\""),
        "the way keeps the search: {beside}"
    );
    eva.get(&format!("{at}?show=0190f4a2-0000-7000-8000-000000000000")).is(404);
    let form = eva.get(at.strip_suffix("/submissions").unwrap()).is(200).text;
    assert!(form.contains(&format!("href=\"{at}\"")), "{form}");
    let post = site.make(&site.posts(), &json!({ "name": "Post", "slug": "post" }))["id"].as_str().unwrap().to_owned();
    eva.get(&format!("/o/acme/p/site/website/web/posts/{post}/submissions")).is(404);
}

#[test]
fn one_and_several_are_marked_noted_beside_and_deleted() {
    let (site, api, at) = written();
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let ids = ids(&site, &api);
    let one = |id: &str| site.get(&format!("{api}/{id}")).body;
    let to = eva.post(&format!("{at}/mark"), &[("one", &ids[0]), ("mark", "read"), ("query", &format!("show={}", ids[0]))]).is(303).to;
    assert_eq!((to, &one(&ids[0])["mark"]), (format!("{at}?show={}", ids[0]), &json!("read")));
    eva.post(&format!("{at}/mark"), &[("one", &ids[0]), ("mark", "lost")]).is(422);
    eva.post(&format!("{at}/note"), &[("one", &ids[1]), ("note", "Answered\nby phone")]).is(303);
    assert_eq!(one(&ids[1])["note"], json!("Answered\nby phone"));
    assert!(eva.get(&at).text.contains("With a note"));
    eva.post(&format!("{at}/note"), &[("one", &ids[1]), ("note", " ")]).is(303);
    assert_eq!(one(&ids[1])["note"], Value::Null);
    eva.post(&format!("{at}/several"), &[("mark", "spam")]).is(422);
    let many: Vec<_> = (0..201).map(|n| format!("0190f4a2-0000-7000-8000-{n:012}")).collect();
    let many: Vec<_> = many.iter().map(|id| ("one", id.as_str())).chain([("mark", "spam")]).collect();
    assert!(eva.post(&format!("{at}/several"), &many).is(422).text.contains("These are too many."));
    eva.post(&format!("{at}/several"), &[("one", &ids[1]), ("one", many[0].1), ("mark", "spam")]).is(404);
    assert_eq!(one(&ids[1])["mark"], json!("unread"), "all of them, or none");
    eva.post(&format!("{at}/several"), &[("one", &ids[1]), ("one", &ids[2]), ("one", &ids[2]), ("mark", "spam")]).is(303);
    assert_eq!(marks(&site, &api), [json!("read"), json!("spam"), json!("spam")]);
    assert!(eva.get(&format!("{at}/{}/delete", ids[0])).is(200).text.contains("Delete what Cy has sent?"));
    eva.post(&format!("{at}/{}/delete", ids[0]), &[]).is(303);
    eva.post(&format!("{at}/several"), &[("all", "on"), ("shown", &ids[1]), ("shown", &ids[2]), ("mark", "delete")]).is(303);
    assert!(site.items(&api).is_empty() && eva.get(&at).is(200).text.contains("Nothing has been sent yet"));
}

#[test]
fn the_list_of_forms_says_which_takes_something_and_how_much_nobody_has_read() {
    let (site, api, at) = written();
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let link = format!("<a href=\"{at}?mark=unread\">3 new</a>");
    let list = || eva.get(FORMS).is(200).text;
    assert!(list().contains(&link) && list().contains("<span class=\"status on\">Live</span>"), "{}", list());
    let all = ids(&site, &api);
    eva.post(&format!("{at}/mark"), &[("one", &all[0]), ("mark", "read")]).is(303);
    assert!(list().contains("unread\">2 new</a></small>"), "{}", list());
    all[1..].iter().for_each(|id| drop(eva.post(&format!("{at}/mark"), &[("one", id), ("mark", "spam")]).is(303)));
    assert!(!list().contains(" new</a>"), "{}", list());
    site.ask("POST", api.replace("/submissions", "/deactivate").as_str(), None);
    assert!(list().contains("<span class=\"status\">Switched off</span>"), "{}", list());
    let vic = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    let seen = vic.get(FORMS).is(200).text;
    assert!(seen.contains("Switched off") && !seen.contains("/submissions"), "{seen}");
}

#[test]
fn a_viewer_reads_nothing_of_it() {
    let (site, api, at) = written();
    let vic = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    vic.get(&at).is(403);
    let id = &ids(&site, &api)[0];
    vic.post(&format!("{at}/mark"), &[("one", id), ("mark", "read")]).is(403);
    assert!(!vic.get(at.strip_suffix("/submissions").unwrap()).is(200).text.contains(&format!("href=\"{at}\"")));
}
