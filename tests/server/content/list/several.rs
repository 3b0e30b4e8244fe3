//! Several entries at once, in the lists and in the trash: each is done by itself, and the answer names those that were refused.

use serde_json::{Value, json};
use stele::domain::access::Role;

use crate::support::{Site, Visitor, page};

const PAGES: &str = "/o/acme/p/site/website/web/pages";
const TRASH: &str = "/o/acme/p/site/trash";

fn made(site: &Site, slugs: &[&str]) -> Vec<String> {
    slugs.iter().map(|slug| site.make(&site.pages(), &page(slug))["id"].as_str().unwrap().to_owned()).collect()
}

/// The values of the boxes of these entries, as the list has them.
fn boxes(visitor: &Visitor<'_>, list: &str, ids: &[String]) -> Vec<String> {
    let text = visitor.get(list).is(200).text;
    let value = |id: &String| {
        let (_, rest) = text.split_once(&format!("name=\"one\" value=\"{id} ")).expect("its box");
        format!("{id} {}", rest.split('"').next().unwrap())
    };
    ids.iter().map(value).collect()
}

fn form<'a>(act: &'a str, boxes: &'a [String]) -> Vec<(&'a str, &'a str)> {
    [("do", act)].into_iter().chain(boxes.iter().map(|one| ("one", one.as_str()))).collect()
}

fn states(site: &Site) -> Vec<String> {
    let mut all: Vec<_> =
        site.items(&site.pages()).iter().map(|one| format!("{} {}", one["slug"], one["status"]).replace('"', "")).collect();
    all.sort();
    all
}

#[test]
fn those_that_are_chosen_are_published_taken_back_and_moved_to_the_trash() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let ids = made(&site, &["a", "b", "c"]);
    let act = |act: &str, some: &[String]| {
        let boxes = boxes(&editor, PAGES, some);
        editor.post(&format!("{PAGES}/several?sort=name:asc"), &form(act, &boxes)).is(303)
    };
    let done = act("unpublish", &ids[..2]);
    assert_eq!(done.to, format!("{PAGES}?sort=name%3Aasc"), "the same page of the list");
    let told = done.next(&editor).text;
    assert!(told.contains("2 are drafts again."));
    assert_eq!(states(&site), ["a draft", "b draft", "c published"]);
    // One button publishes them again, since when they were.
    let dates = || site.items(&site.pages()).iter().map(|one| one["publishedAt"].clone()).collect::<Vec<_>>();
    let before = dates();
    let undo = told.split("class=\"toast\" method=\"post\" action=\"").nth(1).expect("a toast").split('"').next().unwrap().to_owned();
    assert!(undo.ends_with("/undo"), "{undo}");
    assert!(editor.post(&undo, &[]).is(303).next(&editor).text.contains("2 are published."));
    assert_eq!(states(&site), ["a published", "b published", "c published"]);
    assert_eq!(dates(), before);
    act("unpublish", &ids[..2]).is(303);
    assert!(!act("unpublish", &ids[..2]).next(&editor).text.contains("class=\"toast\""), "drafts have nothing to take back");
    assert!(act("publish", &ids[..1]).next(&editor).text.contains("1 is published."));
    let gone = act("trash", &ids[1..]).next(&editor).text;
    assert!(gone.contains("2 are in the trash."));
    assert_eq!(states(&site), ["a published"]);
    let (_, undo) = gone.split_once("/trash/batches/").expect("a button that takes it back");
    editor.post(&format!("{TRASH}/batches/{}", undo.split('"').next().unwrap()), &[]).is(303);
    assert_eq!(states(&site), ["a published", "b draft", "c published"]);
    act("trash", &ids[1..]).is(303);
    // All on the page, by one box and without a script.
    let text = editor.get(PAGES).is(200).text;
    let shown = text.split("name=\"shown\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    editor.post(&format!("{PAGES}/several"), &[("do", "unpublish"), ("all", "on"), ("shown", shown)]).is(303);
    assert_eq!(states(&site), ["a draft"]);
    // Out of the trash, and gone for good, which editors may not do.
    let some = boxes(&editor, TRASH, &ids[1..]);
    editor.post(&format!("{TRASH}/several"), &form("restore", &some[..1])).is(303);
    assert_eq!(states(&site).len(), 2);
    let refused = editor.post(&format!("{TRASH}/several"), &form("erase", &some[1..])).is(422).text;
    assert!(refused.contains("<b>c</b>: You may not do this."), "{refused}");
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    let erased = admin.post(&format!("{TRASH}/several"), &form("erase", &some[1..])).is(303);
    assert!(erased.next(&admin).text.contains("1 is gone for good."));
    assert_eq!(site.count("SELECT COUNT(*) FROM entries WHERE id = ?", &ids[2]), 0);
}

#[test]
fn of_each_that_is_refused_the_answer_says_why_and_the_others_are_done() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let ids = made(&site, &["a", "b", "c"]);
    let boxes_of = boxes(&editor, PAGES, &ids);
    site.change(&format!("{}/{}", site.pages(), ids[0]), &json!({ "name": "Changed" }));
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), ids[1]), None).status, 200);
    let refused = editor.post(&format!("{PAGES}/several"), &form("unpublish", &boxes_of)).is(422).text;
    assert!(refused.contains("1 is a draft again. 2 were not done:"), "{refused}");
    assert!(
        refused.contains("<b>a</b>: Somebody has changed this meanwhile.") && refused.contains("<b>b</b>: This is not there any more.")
    );
    assert_eq!(states(&site), ["a published", "c draft"]);
    let first = refused.split(&format!("name=\"one\" value=\"{} ", ids[0])).nth(1).unwrap().split('>').next().unwrap();
    assert!(first.contains("checked"), "what was refused is still chosen: {first}");
    let nothing = editor.post(&format!("{PAGES}/several"), &[("do", "publish")]).is(422).text;
    assert!(nothing.contains("Choose at least one first."), "{nothing}");
    editor.post(&format!("{PAGES}/several"), &[("do", "nothing"), ("one", &boxes_of[2])]).is(404);
    // A place taken meanwhile keeps one in the trash.
    made(&site, &["b"]);
    let in_trash = boxes(&editor, TRASH, &ids[1..2]);
    let refused = editor.post(&format!("{TRASH}/several"), &form("restore", &in_trash)).is(422).text;
    assert!(refused.contains("0 are back, as they were. 1 was not done:") && refused.contains("<b>b</b>: "), "{refused}");
}

#[test]
fn each_is_asked_of_the_gate_and_what_is_used_elsewhere_goes_by_itself_alone() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let viewer = Visitor::new(&site.server, &site.here, "Vera", Role::Viewer);
    let ids = made(&site, &["a"]);
    let boxes_of = boxes(&editor, PAGES, &ids);
    viewer.post(&format!("{PAGES}/several"), &form("trash", &boxes_of)).is(403);
    assert!(!viewer.get(PAGES).is(200).text.contains("name=\"one\""), "whoever may not write chooses nothing");
    assert_eq!(states(&site), ["a published"]);
    let app = format!("{}/apps/website/{}", site.project(), site.here.app);
    let header = site.make(&format!("{app}/headers"), &json!({ "name": "Top" }));
    site.make(&format!("{app}/headers"), &json!({ "name": "Spare" }));
    site.make(&format!("{app}/layouts"), &json!({ "name": "Plain", "headerId": header["id"] }));
    let headers = "/o/acme/p/site/website/web/headers";
    let all: Vec<_> = site.items(&format!("{app}/headers")).iter().map(|one: &Value| one["id"].as_str().unwrap().to_owned()).collect();
    let refused = editor.post(&format!("{headers}/several"), &form("trash", &boxes(&editor, headers, &all))).is(422).text;
    assert!(refused.contains("One is in the trash. 1 was not done:") && refused.contains("<b>Top</b>: It is used elsewhere."), "{refused}");
    // Somebody else's entry is not there: an id of another project does nothing.
    let other = format!("{} 1 theirs", site.here.other);
    let refused = editor.post(&format!("{PAGES}/several"), &[("do", "trash"), ("one", &other)]).is(422).text;
    assert!(refused.contains("<b>theirs</b>: This is not there any more."), "{refused}");
    // Whoever must sign in first sees the list again, and nothing was done.
    let resumed = editor.post(&format!("{PAGES}/several"), &[&form("trash", &boxes_of)[..], &[("resumed", "on")]].concat()).is(200).text;
    assert!(resumed.contains("Nothing was changed yet") && resumed.contains("checked"), "{resumed}");
    assert_eq!(states(&site), ["a published"]);
}
