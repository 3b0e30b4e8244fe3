//! Versions, the trash and redirects in the console, as a person without a script uses them.

use serde_json::{Value, json};
use stele::domain::access::Role;

use crate::support::{HOSTILE, Site, Visitor, page};

const PROJECT: &str = "/o/acme/p/site";
const PAGES: &str = "/o/acme/p/site/website/web/pages";
const REDIRECTS: &str = "/o/acme/p/site/website/web/redirects";

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

#[test]
fn an_editor_sees_what_is_different_and_brings_a_version_back() {
    let site = Site::new();
    let made = site.make(&site.pages(), &json!({ "name": "Tides", "slug": "tides", "title": { "en": "The wide sea", "fr": "La mer" } }));
    let one = format!("{}/{}", site.pages(), id(&made));
    site.change(&one, &json!({ "title": { "en": "The deep sea" } }));
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let versions = format!("{PAGES}/{}/versions", id(&made));
    assert!(editor.get(&format!("{PAGES}/{}", id(&made))).is(200).text.contains(&format!("href=\"{versions}\"")), "the way to them");
    let shown = editor.get(&versions).is(200).text;
    assert!(shown.contains("<del><span class=\"sr-only\">[was] </span>wide</del>"), "{shown}");
    assert!(shown.contains("[new] </span>deep</ins>") && shown.contains("Version 1</b>") && !shown.contains("/restore\""), "{shown}");
    let list = format!("{}/content-versions?contentType={}&contentId={}", site.project(), "website_page", id(&made));
    let first = site.items(&list)[1]["id"].as_str().unwrap().to_owned();
    let shown = editor.get(&format!("{versions}?show={first}")).is(200);
    assert!(shown.text.contains(&format!("{versions}/{first}/restore")), "{}", shown.text);
    let restore = format!("{versions}/{first}/restore");
    assert!(editor.post(&restore, &[("version", "1")]).is(412).text.contains("role=\"alert\""));
    let done = editor.post(&restore, &[("version", "2")]).is(303);
    assert_eq!(done.to, format!("{PAGES}/{}", id(&made)));
    assert!(done.next(&editor).text.contains("Version 1 is back."));
    assert_eq!(site.get(&one).body["title"], made["title"]);
    let viewer = Visitor::new(&site.server, &site.here, "Vera", Role::Viewer);
    assert!(!viewer.get(&format!("{versions}?show={first}")).is(200).text.contains("/restore\""));
    assert_eq!(viewer.post(&restore, &[("version", "3")]).status, 403);
    let other = site.make(&site.pages(), &page("other"));
    assert_eq!(editor.get(&format!("{PAGES}/{}/versions?show={first}", id(&other))).status, 404);
}

#[test]
fn the_trash_of_a_project_gives_back_and_deletes_for_good() {
    let site = Site::new();
    for path in [site.pages(), site.posts(), site.pages()] {
        let made = site.make(&path, &json!({ "name": HOSTILE, "slug": format!("gone-{}", site.items(&path).len()) }));
        assert_eq!(site.ask("DELETE", &format!("{path}/{}", id(&made)), None).status, 200);
    }
    let trash = format!("{PROJECT}/trash");
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let shown = editor.get(&trash).is(200).text;
    assert!(shown.matches("/restore\"").count() == 3 && !shown.contains("/erase\"") && !shown.contains("<script>alert"), "{shown}");
    assert_eq!(editor.get(&format!("{trash}?entityType=website_post")).is(200).text.matches("/restore\"").count(), 1);
    assert!(editor.get(&format!("{trash}?search=nothing")).is(200).text.contains("class=\"empty\""));
    let all = site.items(&format!("{}/trash?sort=deletedAt:asc", site.project()));
    let holder = site.make(&site.pages(), &page("gone-0"));
    let refused = editor.post(&format!("{trash}/{}/restore", id(&all[0])), &[]).is(422);
    assert!(refused.text.contains("role=\"alert\""), "{}", refused.text);
    site.change(&format!("{}/{}", site.pages(), id(&holder)), &json!({ "slug": "elsewhere" }));
    assert_eq!(editor.post(&format!("{trash}/{}/restore", id(&all[0])), &[]).is(303).to, trash);
    assert_eq!(editor.post(&format!("{trash}/{}/erase", id(&all[1])), &[]).status, 403);
    let admin = Visitor::new(&site.server, &site.here, "Adam", Role::Admin);
    admin.post(&format!("{trash}/{}/erase", id(&all[1])), &[]).is(303);
    assert!(admin.get(&format!("{trash}/empty")).is(200).text.contains("One entry is deleted for good"));
    let done = admin.post(&format!("{trash}/empty"), &[]).is(303);
    assert!(done.next(&admin).text.contains("The trash is empty"));
    assert_eq!(site.items(&format!("{}/trash", site.project())).len(), 0);
}

#[test]
fn redirects_are_made_and_ended_by_hand() {
    let site = Site::new();
    site.make(&site.pages(), &page("taken"));
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    assert!(editor.get(PAGES).is(200).text.contains(&format!("href=\"{REDIRECTS}\"")), "the way to them");
    let form = |from: &'static str| [("fromPath", from), ("toPath", "/new"), ("status", "302")];
    let new = format!("{REDIRECTS}/new");
    assert!(editor.get(REDIRECTS).is(200).text.contains(&format!("href=\"{new}\" data-dialog")));
    let refused = editor.post(&new, &form("old")).is(422);
    assert!(refused.text.contains("id=\"fromPath-fault\"") && refused.text.contains("value=\"/new\""), "{}", refused.text);
    assert!(editor.post(&new, &form("/taken")).is(422).text.contains("An entry or another redirect has this path"));
    assert!(editor.post(&new, &form("/old")).is(303).next(&editor).text.contains("/old leads to /new."));
    let made = &site.items(&format!("{}/apps/website/{}/redirects", site.project(), site.here.app))[0];
    assert_eq!((&made["status"], &made["source"]), (&json!(302), &json!("manual")));
    let viewer = Visitor::new(&site.server, &site.here, "Vera", Role::Viewer);
    let shown = viewer.get(REDIRECTS).is(200).text;
    assert!(shown.contains("/old") && !shown.contains("/redirects/new") && shown.contains("Temporary <small>302</small>"), "{shown}");
    viewer.get(&new).is(403);
    editor.post(&format!("{REDIRECTS}/{}/end", id(made)), &[]).is(303);
    assert!(editor.get(REDIRECTS).is(200).text.contains("No redirects yet"));
}

#[test]
fn lines_of_the_activity_say_what_they_are_about_and_lead_there() {
    let site = Site::new();
    let [made, gone] = ["a", "b"].map(|slug| site.make(&site.pages(), &page(slug)));
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), id(&gone)), None).status, 200);
    let admin = Visitor::new(&site.server, &site.here, "Adam", Role::Admin);
    let there = |entry: &Value| format!("/o/acme/p/site/entries/website_page/{}", id(entry));
    for list in ["/o/acme/settings/activity", "/o/acme/p/site"] {
        let text = admin.get(list).is(200).text;
        // The name is a letter of the sentence, too.
        assert!(text.contains(&format!("created <a class=\"plain\" href=\"{}\">a</a>", there(&made))), "{list}: {text}");
        assert!(text.contains("moved b to the trash") && text.contains("· Page"), "{list}: {text}");
    }
    assert_eq!(admin.get(&there(&made)).is(303).to, format!("{PAGES}/{}", id(&made)));
    admin.get(&there(&gone)).is(404);
    admin.get(&there(&made).replace("website_page", "website_post")).is(404);
    Visitor::new(&site.server, &site.here, "Cleo", Role::Collaborator).get(&there(&made)).is(404);
}
