//! What each app has one of: its landing page and the like. They are always there and always live.

use serde_json::{Value, json};
use stele::domain::{
    access::Role,
    content::{Column, KINDS, Kind, singles_of},
    project::app::AppType,
};

use crate::support::{Site, Visitor, page};

const NOTHING: &str = "0190f4a2-0000-7000-8000-000000000000";

/// Each with where it is, in a website and in a knowledge base.
fn singles(site: &Site) -> Vec<(&'static Kind, String)> {
    let help = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Help" }));
    let web = site.here.app.to_string();
    let of = |app_type: AppType, app: &str| {
        let base = format!("{}/apps/{}/{app}", site.project(), app_type.segment());
        singles_of(KINDS, app_type).map(move |kind| (kind, format!("{base}/{}", kind.segment))).collect::<Vec<_>>()
    };
    [of(AppType::Website, &web), of(AppType::KnowledgeBase, help["id"].as_str().unwrap())].concat()
}

fn target(kind: &Kind, entry: &Value) -> Value {
    json!({ "contentType": kind.content_type, "contentId": entry["id"] })
}

fn with(mut body: Value, more: Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn each_app_has_its_own_from_the_start() {
    let site = Site::new();
    let all = singles(&site);
    assert_eq!(all.len(), 5);
    for (kind, one) in &all {
        let there = site.get(one).body;
        assert_eq!((&there["name"], &there["content"], &there["seo"]), (&json!(kind.first_name()), &json!([]), &json!({})), "{kind:?}");
        assert_eq!((&there["type"], &there["draftId"], &there["layoutId"]), (&json!(kind.wire_type), &Value::Null, &Value::Null));
        assert_eq!(there.get("isListed").is_some(), kind.has(Column::IsListed));
        assert!(there.get("slug").or(there.get("status")).is_none(), "{there}");
        for method in ["POST", "DELETE"] {
            assert_eq!(site.ask(method, one, Some(&json!({}))).status, 405, "{method} {one}");
        }
        assert_eq!(site.get(&format!("{one}/{}", there["id"].as_str().unwrap())).reason(), "no_route");
    }
    let other = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "website", "name": "Other" }));
    let elsewhere = format!("{}/apps/website/{}/landing", site.project(), other["id"].as_str().unwrap());
    assert_ne!(site.get(&elsewhere).body["id"], site.get(&all[0].1).body["id"]);
}

#[test]
fn it_is_changed_but_never_without_knowing_of_a_draft() {
    let site = Site::new();
    let layout = site.make(&format!("{}/apps/website/{}/layouts", site.project(), site.here.app), &json!({ "name": "Wide" }));
    for (kind, one) in singles(&site) {
        let changed = site.change(&one, &json!({ "seo": { "title": { "fr": "Accueil" } }, "layoutId": layout["id"] }));
        assert_eq!((&changed["seo"]["title"]["fr"], &changed["layoutName"]), (&json!("Accueil"), &json!("Wide")), "{kind:?}");
        assert_eq!(site.get(&format!("{one}?locale=fr")).body["seo"]["title"], "Accueil");
        assert_eq!(site.get(&one).body, changed);
        for method in ["GET", "PATCH"] {
            let of_draft = site.ask(method, &format!("{one}?draftId={NOTHING}"), (method == "PATCH").then(|| json!({})).as_ref());
            assert_eq!((of_draft.status, of_draft.message()), (404, "There is no such draft, or you may not see it."));
        }
        for field in ["content", "isListed", "slug", "status"] {
            assert_eq!(site.ask("PATCH", &one, Some(&json!({ field: null }))).body["errors"][0]["code"], "unknown_field", "{field}");
        }
        let tag = site.get(&one).header("etag").to_owned();
        site.change(&one, &json!({ "seo": null }));
        let stale = site.server.ask_with("PATCH", &one, Some(&site.token), Some(&json!({ "layoutId": null })), &[("if-match", &tag)]);
        assert_eq!(stale.status, 412);
    }
}

#[test]
fn a_landing_of_a_knowledge_base_names_the_website_that_frames_it() {
    let site = Site::new();
    let (_, landing) = singles(&site).pop().unwrap();
    let changed = site.change(&landing, &json!({ "websiteAppId": site.here.app.to_string() }));
    assert_eq!(changed["websiteAppId"], site.here.app.to_string());
    for (field, wrong) in [("websiteAppId", json!(NOTHING)), ("websiteAppId", changed["appId"].clone()), ("headerId", json!(NOTHING))] {
        let refused = site.ask("PATCH", &landing, Some(&json!({ field: wrong })));
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field)));
    }
    for (field, code) in [(json!({ "name": "Other" }), "name"), (json!({ "seo": { "noindex": true } }), "seo.noindex")] {
        assert_eq!(site.ask("PATCH", &landing, Some(&field)).body["errors"][0]["field"], code);
    }
    assert_eq!(site.change(&landing, &json!({ "websiteAppId": null }))["websiteAppId"], Value::Null);
}

#[test]
fn its_content_is_built_and_brought_back_and_it_is_always_live() {
    let site = Site::new();
    let build = |path: &str, body: Value| site.ask("POST", &format!("{}/content/{path}", site.project()), Some(&body));
    for (kind, one) in singles(&site) {
        let there = site.get(&one).body;
        let new = json!({ "type": "text", "data": { "markdown": "Lighthouse" } });
        assert_eq!(build("blocks/insert", with(target(kind, &there), new)).status, 200, "{kind:?}");
        let built = site.get(&format!("{one}?render=html")).body;
        assert!(built["html"].as_str().unwrap().contains("Lighthouse"), "{built}");
        let found = site.items(&format!("{}/search?query=lighthouse&sourceTypes={}", site.project(), kind.content_type));
        assert_eq!(found[0]["sourceId"], there["id"]);
        let versions =
            format!("{}/content-versions?contentType={}&contentId={}", site.project(), kind.content_type, there["id"].as_str().unwrap());
        let first = site.items(&versions).pop().unwrap();
        assert_eq!((&first["version"], &first["source"]), (&json!(1), &json!("create")));
        let restored = site.ask("POST", &format!("{}/content-versions/{}/restore", site.project(), first["id"].as_str().unwrap()), None);
        assert_eq!(restored.status, 200, "{}", restored.body);
        assert_eq!(site.get(&one).body["content"], json!([]));
        for path in ["publish", "unpublish"] {
            let refused = build(path, target(kind, &there));
            assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!("always_live")), "{path} {kind:?}");
            assert_eq!(refused.body["errors"][0]["message"], format!("A {} is always live.", kind.noun));
        }
        let hidden = build("visibility", with(target(kind, &there), json!({ "isListed": false })));
        assert_eq!(hidden.status, if kind.has(Column::IsListed) { 200 } else { 400 }, "{kind:?}");
    }
    assert_eq!(site.get(&format!("{}/trash", site.project())).body["meta"]["total"], 0);
}

#[test]
fn they_have_their_place_in_the_console() {
    let site = Site::new();
    site.make(&site.pages(), &page("plain"));
    let all = singles(&site);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let base = "/o/acme/p/site/website/web";
    assert!(editor.get(&format!("{base}/pages")).is(200).text.contains(&format!("href=\"{base}/special\"")));
    let list = editor.get(&format!("{base}/special")).is(200).text;
    for (kind, one) in &all[..4] {
        let id = site.get(one).body["id"].as_str().unwrap().to_owned();
        let at = format!("{base}/{}/{id}", kind.segment);
        assert!(list.contains(&format!("href=\"{at}\"")), "{kind:?}");
        assert_eq!(editor.get(&format!("{base}/{}", kind.segment)).is(303).to, at);
        let shown = editor.get(&at).is(200);
        assert!(!shown.text.contains(&format!("{at}/trash")) && !shown.text.contains("Publish<"), "{}", shown.text);
        let typed = [("version", shown.hidden("version")), ("locale", "en".into()), ("name", "Mine".into()), ("seo.title", "Sea".into())];
        editor.post(&at, &typed.each_ref().map(|(name, value)| (*name, value.as_str()))).is(303);
        let stored = site.get(one).body;
        assert_eq!((&stored["name"], &stored["seo"]["title"]), (&json!("Mine"), &json!({ "en": "Sea" })));
        for (path, form) in [("/trash", "trash"), ("/new", "new")] {
            let to = if form == "new" { format!("{base}/{}{path}", kind.segment) } else { format!("{at}{path}") };
            editor.get(&to).is(404);
            editor.post(&to, &[("name", "x")]).is(404);
        }
        editor.get(&format!("{at}/versions")).is(200);
    }
    // A knowledge base has one, to which its navigation leads at once.
    let help = "/o/acme/p/site/kb/help";
    let start = editor.get(&format!("{help}/redirects")).is(200).text;
    assert!(start.contains(&format!("href=\"{help}/landing\"")), "{start}");
    let at = editor.get(&format!("{help}/landing")).is(303).to;
    assert!(editor.get(&at).is(200).text.contains(&format!("<option value=\"{}\">Web</option>", site.here.app)));
    editor.get("/o/acme/p/site/forms/none/special").is(404);
}
