//! The builder over the API: content changes by sections and blocks, and who may see it.

use serde_json::{Value, json};

use crate::support::{JsonAnswer, Site, page, tenant};

/// An entry and the calls that change it.
struct Built {
    site: Site,
    kind: &'static str,
    entry: Value,
}

impl Built {
    fn page() -> Self {
        let site = Site::new();
        let entry = site.make(&site.pages(), &page("built"));
        Self { site, kind: "website_page", entry }
    }

    fn id(&self) -> &str {
        self.entry["id"].as_str().unwrap()
    }

    fn call(&self, path: &str, mut body: Value) -> JsonAnswer {
        body["contentType"] = self.kind.into();
        body["contentId"] = self.entry["id"].clone();
        self.site.ask("POST", &format!("{}/content/{path}", self.site.project()), Some(&body))
    }

    fn done(&self, path: &str, body: Value) -> Value {
        let done = self.call(path, body);
        assert_eq!(done.status, 200, "{path}: {}", done.body);
        done.body
    }

    fn read(&self) -> Value {
        let path = format!("{}/content?contentType={}&contentId={}", self.site.project(), self.kind, self.id());
        let found = self.site.get(&path);
        assert_eq!(found.status, 200, "{}", found.body);
        found.body
    }

    fn versions(&self) -> i64 {
        self.site.count("SELECT count(*) FROM versions WHERE entry_id = ?", self.id())
    }
}

fn faults(answer: &JsonAnswer) -> Vec<String> {
    let all = answer.body["errors"].as_array().cloned().unwrap_or_default();
    all.iter().map(|fault| format!("{} {}", fault["field"].as_str().unwrap(), fault["code"].as_str().unwrap())).collect()
}

#[test]
fn a_page_is_built_section_by_section_and_block_by_block() {
    let built = Built::page();
    let section = built.done("sections/insert", json!({ "section": { "role": "hero" } }));
    let (section_id, column_id) = (section["section"]["id"].clone(), section["section"]["columns"][0]["id"].clone());
    assert_eq!((&section["position"], &section["section"]["role"]), (&json!(0), &json!("hero")));
    let heading = built.done("blocks/insert", json!({ "type": "heading", "data": { "text": "Tides" }, "intoSectionId": section_id }));
    assert_eq!((&heading["sectionId"], &heading["columnId"], &heading["position"]), (&section_id, &column_id, &json!(0)));
    let text = json!({ "type": "text", "data": { "markdown": { "en": "High", "fr": "Haute" } }, "afterBlockId": heading["block"]["id"] });
    let text = built.done("blocks/insert", text)["block"].clone();
    let update = json!({ "blockId": text["id"], "data": { "markdown": { "fr": "Basse" } }, "styles": { "width": "wide" } });
    let changed = built.done("blocks/update", update);
    assert_eq!(changed["block"]["data"], json!({ "markdown": { "en": "High", "fr": "Basse" } }));
    let moved = built.done("blocks/move", json!({ "blockId": text["id"], "beforeBlockId": heading["block"]["id"] }));
    assert_eq!((&moved["position"], &moved["block"]), (&json!(0), &changed["block"]));
    let read = built.read();
    assert_eq!(read["content"][0]["columns"][0]["blocks"], json!([changed["block"], heading["block"]]));
    assert_eq!((&read["version"], built.versions()), (&moved["version"], 6));
    let one = built.site.get(&format!("{}/{}", built.site.pages(), built.id()));
    assert_eq!(one.body["content"], read["content"]);
    assert!(one.header("etag").starts_with(&format!("\"{}-", read["version"])), "{}", one.header("etag"));
    let gone = built.done("blocks/delete", json!({ "blockId": text["id"] }));
    assert_eq!((&gone["block"], gone.get("columnRemoved"), gone.get("sectionRemoved")), (&changed["block"], None, None));
    let gone = built.done("blocks/delete", json!({ "blockId": heading["block"]["id"] }));
    assert_eq!((&gone["columnRemoved"], &gone["sectionRemoved"]), (&column_id, &section_id));
    assert_eq!(built.read()["content"], json!([]));
    let activities = built.site.count("SELECT count(*) FROM activities WHERE resource_id = ? AND action = 'entry.updated'", built.id());
    assert_eq!(activities, 7, "each change is in the audit trail");
}

#[test]
fn what_is_wrong_is_named_and_nothing_is_written() {
    let built = Built::page();
    let before = built.read();
    let heading = |data: Value| json!({ "type": "heading", "data": data });
    for (path, body, wanted) in [
        ("blocks/insert", heading(json!({ "level": 9 })), vec!["block.data.level out_of_range", "block.data.text required"]),
        ("blocks/insert", json!({ "type": "poll", "data": {} }), vec!["block.type unknown_block"]),
        ("blocks/insert", json!({ "type": "divider", "data": {}, "styles": { "size": 1 } }), vec!["block.styles.size unknown_field"]),
        ("blocks/insert", json!({ "type": "divider", "data": {}, "columnId": "none" }), vec!["columnId not_found"]),
        ("sections/insert", json!({ "section": { "columns": {} } }), vec!["section.columns wrong_type"]),
        ("sections/insert", json!({ "beforeSectionId": "none" }), vec!["beforeSectionId not_found"]),
        ("publish", json!({ "publishAt": "2001-01-01T00:00:00Z" }), vec!["publishAt past"]),
        ("publish", json!({ "publishAt": "soon" }), vec!["publishAt malformed"]),
        ("blocks/insert", json!({ "type": "divider", "data": {}, "locale": "de" }), vec!["locale unknown_locale"]),
    ] {
        let refused = built.call(path, body);
        assert_eq!((refused.status, faults(&refused)), (400, wanted.iter().map(ToString::to_string).collect()), "{path}: {}", refused.body);
    }
    assert_eq!(built.call("blocks/delete", json!({ "blockId": "none" })).status, 404);
    assert_eq!(built.call("sections/move", json!({ "sectionId": "none" })).status, 404);
    assert_eq!(built.read(), before);
    let body = json!({ "contentType": "page", "contentId": built.id(), "blockId": "x" });
    let refused = built.site.ask("POST", &format!("{}/content/blocks/delete", built.site.project()), Some(&body));
    assert_eq!((refused.status, faults(&refused)), (400, vec!["contentType unknown_kind".to_owned()]));
}

#[test]
fn a_change_of_what_has_changed_meanwhile_is_refused_if_it_says_so() {
    let built = Built::page();
    let first = built.done("blocks/insert", json!({ "type": "divider", "data": {} }));
    let body = json!({ "contentType": built.kind, "contentId": built.id(), "type": "divider", "data": {} });
    let path = format!("/api{}/content/blocks/insert", built.site.project());
    let ask = |tag: &str| {
        let request = reqwest::blocking::Client::new().post(format!("{}{path}", built.site.server.url)).bearer_auth(&built.site.token);
        request.header("If-Match", format!("\"{tag}\"")).json(&body).send().unwrap().status().as_u16()
    };
    assert_eq!(ask("1"), 412);
    assert_eq!(ask(&first["version"].to_string()), 200);
    assert_eq!(ask(&first["version"].to_string()), 412);
}

#[test]
fn a_text_in_one_language_keeps_the_others() {
    let built = Built::page();
    let block = built.done("blocks/insert", json!({ "type": "heading", "data": { "text": "Marées" }, "locale": "fr" }))["block"].clone();
    assert_eq!(block["data"], json!({ "text": { "fr": "Marées" } }));
    let changed = built.done("blocks/update", json!({ "blockId": block["id"], "data": { "text": "Tides" } }));
    assert_eq!(changed["block"]["data"], json!({ "text": { "fr": "Marées", "en": "Tides" } }));
}

#[test]
fn unknown_blocks_are_kept_where_the_project_says_so_and_stay_locked() {
    let built = Built::page();
    built.site.change(&built.site.project(), &json!({ "unknownBlocks": "keep" }));
    let poll = json!({ "type": "poll", "data": { "votes": [1, 2], "title": { "en": "A", "fr": "B" } } });
    let kept = built.done("blocks/insert", poll.clone())["block"].clone();
    assert_eq!((&kept["type"], &kept["data"]), (&poll["type"], &poll["data"]));
    built.site.change(&built.site.project(), &json!({ "unknownBlocks": "refuse" }));
    let refused = built.call("blocks/update", json!({ "blockId": kept["id"], "data": { "votes": [] } }));
    assert_eq!((refused.status, faults(&refused)), (400, vec!["blockId unknown_block".to_owned()]));
    built.done("blocks/insert", json!({ "type": "divider", "data": {}, "beforeBlockId": kept["id"] }));
    built.done("blocks/move", json!({ "blockId": kept["id"] }));
    assert_eq!(built.read()["content"][0]["columns"][0]["blocks"][1], kept);
}

#[test]
fn an_entry_is_published_scheduled_and_taken_back() {
    let mut built = Built::page();
    built.entry = built.site.make(&built.site.posts(), &page("news"));
    built.kind = "website_post";
    let wanted = |status: &str, already: bool, at: Value| json!({ "contentType": "website_post", "contentId": built.id(), "status": status, "alreadyInState": already, "scheduledPublishAt": at });
    let now = built.done("publish", json!({}));
    assert_eq!(now, wanted("published", false, Value::Null));
    assert_eq!(built.done("publish", json!({})), wanted("published", true, Value::Null));
    let at = json!("2031-01-01T00:00:00.000Z");
    assert_eq!(built.done("publish", json!({ "publishAt": at })), wanted("published", true, Value::Null), "it is out already");
    assert_eq!(built.done("unpublish", json!({})), wanted("draft", false, Value::Null));
    assert_eq!(built.done("publish", json!({ "publishAt": at })), wanted("draft", false, at.clone()));
    assert_eq!(built.done("publish", json!({ "publishAt": at })), wanted("draft", true, at.clone()));
    let one = built.site.get(&format!("{}/{}", built.site.posts(), built.id())).body;
    assert_eq!((&one["status"], &one["scheduledPublishAt"]), (&json!("scheduled"), &at));
    assert_eq!(built.done("unpublish", json!({})), wanted("draft", false, Value::Null), "the schedule is over");
    assert_eq!(built.done("unpublish", json!({})), wanted("draft", true, Value::Null));
    assert_eq!(built.done("publish", json!({})), wanted("published", false, Value::Null));
    let before = built.versions();
    assert_eq!(built.done("unpublish", json!({ "publishAt": at })), wanted("draft", false, at.clone()), "it waits, though it was public");
    assert_eq!(built.versions(), before + 1, "one call is one version");
    assert_eq!(built.done("unpublish", json!({ "publishAt": at })), wanted("draft", true, at));
    let seen = built.done("visibility", json!({ "isListed": false }));
    assert_eq!((&seen["isListed"], &seen["requiresViewerAuth"]), (&json!(false), &json!(false)));
    let seen = built.done("visibility", json!({ "requiresViewerAuth": true }));
    assert_eq!((&seen["isListed"], &seen["requiresViewerAuth"]), (&json!(false), &json!(true)));
}

#[test]
fn an_entry_of_another_project_is_not_there() {
    let built = Built::page();
    let elsewhere = tenant(&built.site.server, "elsewhere");
    let body = json!({ "contentType": built.kind, "contentId": built.id(), "type": "divider", "data": {} });
    for project in [built.site.here.other, elsewhere.project] {
        let path = format!("/organizations/{}/projects/{project}/content/blocks/insert", built.site.here.org);
        assert_eq!(built.site.ask("POST", &path, Some(&body)).status, 404);
    }
}

#[test]
fn the_catalog_says_what_content_can_be_made_of() {
    let site = Site::new();
    let kinds = site.get("/builder/content-types").body["contentTypes"].clone();
    let page = kinds.as_array().unwrap().iter().find(|kind| kind["contentType"] == "website_page").unwrap().clone();
    assert_eq!(page["context"], "website");
    for block in page["blocks"].as_array().unwrap() {
        let found = site.get(&format!("/builder/blocks/{}?contentType=website_page", block.as_str().unwrap()));
        assert_eq!((found.status, &found.body["type"]), (200, block), "{}", found.body);
        assert_eq!(found.body["schema"]["type"], "object");
        assert!(found.body["hints"]["example"].is_object(), "{}", found.body);
    }
    assert!(site.get("/builder/styles").body["styles"]["properties"]["width"]["enum"].is_array());
    assert_eq!(site.get("/builder/blocks/poll?contentType=website_page").status, 404);
    assert_eq!(site.get("/builder/blocks/text").status, 400);
}

#[test]
fn what_it_writes_is_used_where_it_stands_and_no_longer_where_it_was_taken_away() {
    let built = Built::page();
    let dialog = built.site.make(&built.site.pages().replace("/pages", "/dialogs"), &json!({ "name": "Terms" }));
    let dialog = dialog["id"].as_str().unwrap();
    let uses = || built.site.count("SELECT count(*) FROM refs WHERE to_id = ?", dialog);
    let section = built.done("sections/insert", json!({ "section": { "role": "hero" } }))["section"]["id"].clone();
    let text = json!({ "type": "text", "data": { "markdown": format!("[Terms](dialog:{dialog})") }, "intoSectionId": section });
    let block = built.done("blocks/insert", text);
    assert_eq!(uses(), 1);
    built.done("blocks/delete", json!({ "blockId": block["block"]["id"] }));
    assert_eq!(uses(), 0);
}
