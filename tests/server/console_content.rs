//! Pages and posts in the console.

use stele::domain::access::Role;

use crate::support::{HOSTILE, Place, Server, Visitor, place};

const PAGES: &str = "/o/acme/p/site/website/web/pages";
const POSTS: &str = "/o/acme/p/site/website/web/posts";

fn start() -> (tempfile::TempDir, Server, Place) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = place(&server, "acme");
    (dir, server, here)
}

fn edited<'a>(version: &'a str, name: &'a str, slug: &'a str, title: &'a str) -> [(&'a str, &'a str); 6] {
    [("version", version), ("locale", "en"), ("name", name), ("slug", slug), ("title", title), ("tags", "sea, sky")]
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
    assert!(refused.text.contains("value=\"High tide\"") && refused.text.contains("class=\"fault\""));
    editor.post(&made, &edited(&version, "Tides", "tides", "High tide")).is(303);
    let told = editor.post(&made, &edited(&version, "Second tab", "tides", "Low tide")).is(412);
    assert!(told.text.contains("role=\"alert\"") && told.text.contains("value=\"Low tide\""), "what was typed stays");
    assert_ne!(told.hidden("version"), version, "sending it again is a decision");
    let now = editor.get(&made).is(200).text;
    assert!(now.contains("value=\"High tide\"") && now.contains("value=\"sea, sky\"") && !now.contains("Second tab"));
    editor.post(&format!("{PAGES}/new"), &[("name", "Other"), ("slug", "tides")]).is(422);
    assert_eq!(editor.post(&format!("{made}/delete"), &[]).is(303).to, PAGES);
    editor.get(&made).is(404);
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
}

#[test]
fn who_only_reads_is_offered_nothing_and_may_change_nothing() {
    let (_dir, server, here) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let made = editor.post(&format!("{PAGES}/new"), &[("name", "Tides"), ("slug", "tides")]).is(303).to;
    let viewer = Visitor::new(&server, &here, "Vic", Role::Viewer);
    let page = viewer.get(&made).is(200);
    assert!(!page.text.contains("button primary") && !page.text.contains("/delete"));
    let version = page.hidden("version");
    viewer.post(&made, &edited(&version, "Changed", "tides", "")).is(403);
    viewer.post(&format!("{made}/delete"), &[]).is(403);
    viewer.post(&format!("{PAGES}/new"), &[("name", "New"), ("slug", "new")]).is(403);
    Visitor::new(&server, &here, "Cleo", Role::Collaborator).get(&made).is(404);
    assert!(viewer.get(&made).is(200).text.contains("value=\"Tides\""));
}

#[test]
fn a_project_is_made_with_a_website_and_deleted_by_its_name() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let form = [("name", "Journal"), ("slug", ""), ("defaultLocale", "fr"), ("enabledLocales", "en"), ("website", "on")];
    assert_eq!(admin.post("/o/acme/projects/new", &form).is(303).to, "/o/acme/p/journal");
    admin.get("/o/acme/p/journal/website/website/pages").is(200);
    let refused = admin.post("/o/acme/p/journal/settings/delete", &[("typed", "journal")]).is(422);
    assert!(refused.text.contains("Type Journal to confirm"));
    admin.get("/o/acme/p/journal").is(200);
    admin.post("/o/acme/p/journal/settings/delete", &[("typed", "Journal")]).is(303);
    admin.get("/o/acme/p/journal").is(404);
}
