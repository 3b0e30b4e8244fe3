//! What stands around pages: headers, footers, layouts, sidebars, dialogs; what refers to them, and where they are used.

use serde_json::{Value, json};
use stele::domain::{
    access::Role,
    content::{Field, FieldType, KINDS, Kind, Purpose, held_by},
    project::app::AppType,
};

use crate::support::{Site, Visitor, page};

const NOTHING: &str = "0190f4a2-0000-7000-8000-000000000000";

fn web(site: &Site, segment: &str) -> String {
    format!("{}/apps/website/{}/{segment}", site.project(), site.here.app)
}

fn parts() -> impl Iterator<Item = &'static Kind> {
    held_by(KINDS, AppType::Website).filter(|kind| kind.purpose == Purpose::Part)
}

fn id(entry: &Value) -> &str {
    entry["id"].as_str().unwrap()
}

/// Another value for a field.
fn other(field: &Field) -> Value {
    match field.holds {
        FieldType::Word(words) => json!(words.last().unwrap()),
        FieldType::Bool => json!(false),
        FieldType::Line { .. } | FieldType::Block { .. } => json!("Another"),
        _ => Value::Null,
    }
}

#[test]
fn each_is_made_read_listed_changed_and_deleted() {
    let site = Site::new();
    for kind in parts() {
        let all = web(&site, kind.segment);
        let tree = json!([{ "columns": [{ "blocks": [{ "type": "text", "data": { "markdown": "Hello" } }] }] }]);
        let made = site.make(&all, &json!({ "name": "First", "content": tree }));
        let one = format!("{all}/{}", id(&made));
        assert_eq!((&made["name"], &made["type"], &made["draftId"]), (&json!("First"), &json!(kind.wire_type), &Value::Null), "{kind:?}");
        assert!(made.get("slug").or(made.get("path")).or(made.get("status")).is_none(), "{made}");
        assert_eq!(made["content"][0]["columns"][0]["blocks"][0]["data"]["markdown"], "Hello");
        assert_eq!(site.get(&one).body, made);
        site.make(&all, &json!({ "name": "First" }));
        assert_eq!(site.items(&format!("{all}?name=First&sort=name:asc")).len(), 2, "a name may stand twice");
        assert_eq!(site.items(&format!("{all}?search=fir&lite=true"))[0].get("content"), None);
        for field in kind.fields.iter().filter(|field| field.on_update) {
            let changed = site.change(&one, &json!({ field.name: other(field) }));
            assert_eq!(changed[field.name], other(field), "{kind:?}");
        }
        let refused = site.ask("PATCH", &one, Some(&json!({ "content": [], "slug": "a" })));
        assert_eq!((refused.status, refused.body["errors"].as_array().unwrap().len()), (400, 2));
        assert_eq!(site.ask("POST", &all, Some(&json!({}))).body["errors"][0]["field"], "name");
        assert_eq!(site.ask("DELETE", &one, None).body["success"], true);
        assert_eq!(site.get(&one).status, 404);
        assert_eq!(site.get(&format!("{all}?page=1")).body["meta"]["total"], 1);
    }
}

#[test]
fn a_dialog_is_as_wide_as_it_says_and_can_be_closed() {
    let site = Site::new();
    let all = web(&site, "dialogs");
    let made = site.make(&all, &json!({ "name": "Terms" }));
    assert_eq!((&made["maxWidth"], &made["includeClose"]), (&json!("sm"), &json!(true)));
    let wide = site.make(&all, &json!({ "name": "Wide", "maxWidth": "xl", "includeClose": false }));
    for filter in ["maxWidth=xl", "includeClose=false"] {
        let found = site.items(&format!("{all}?{filter}"));
        assert_eq!((found.len(), &found[0]["id"]), (1, &wide["id"]), "{filter}");
    }
    for wrong in [json!("huge"), json!(7), Value::Null] {
        assert_eq!(site.ask("POST", &all, Some(&json!({ "name": "x", "maxWidth": wrong }))).body["errors"][0]["field"], "maxWidth");
    }
}

#[test]
fn a_page_tells_the_names_of_what_frames_it() {
    let site = Site::new();
    let [layout, header, footer] =
        ["layouts", "headers", "footers"].map(|segment| site.make(&web(&site, segment), &json!({ "name": segment })));
    let mut body = page("framed");
    body["layoutId"] = layout["id"].clone();
    body["headerId"] = header["id"].clone();
    let names = |page: &Value| [&page["layoutName"], &page["headerName"], &page["footerName"]].map(Clone::clone);
    let made = site.make(&site.pages(), &body);
    assert_eq!(names(&made), [json!("layouts"), json!("headers"), Value::Null]);
    let one = format!("{}/{}", site.pages(), id(&made));
    assert_eq!(site.get(&one).body, made);
    assert_eq!(site.items(&site.pages())[0], made);
    let changed = site.change(&one, &json!({ "footerId": footer["id"], "headerId": null }));
    assert_eq!(names(&changed), [json!("layouts"), Value::Null, json!("footers")]);
    // Who asks with what they have sees that a layout is called otherwise, though the page is the same.
    let tag = site.get(&one).header("etag").to_owned();
    site.change(&format!("{}/{}", web(&site, "layouts"), id(&layout)), &json!({ "name": "Wide" }));
    let again = site.server.ask_with("GET", &one, Some(&site.token), None, &[("if-none-match", &tag)]);
    assert_eq!((again.status, &again.body["layoutName"]), (200, &json!("Wide")));
    // What is in the trash has no name; it comes back with it.
    site.ask("DELETE", &format!("{}/{}", web(&site, "layouts"), id(&layout)), None);
    let without = site.get(&one).body;
    assert_eq!((&without["layoutId"], &without["layoutName"]), (&layout["id"], &Value::Null));
    // Something else can be changed all the same.
    assert_eq!(site.change(&one, &json!({ "name": "Other" }))["name"], "Other");
    let paired = site.make(&web(&site, "layouts"), &json!({ "name": "Pair", "headerId": header["id"], "footerId": footer["id"] }));
    assert_eq!((&paired["headerName"], &paired["footerName"]), (&json!("headers"), &json!("footers")));
}

#[test]
fn what_is_referred_to_must_be_there() {
    let site = Site::new();
    let header = site.make(&web(&site, "headers"), &json!({ "name": "A header" }));
    let refused = |path: &str, method: &str, body: &Value| {
        let refused = site.ask(method, path, Some(body));
        assert_eq!(refused.status, 400, "{}", refused.body);
        refused.body["errors"].as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut body = page("framed");
    body["layoutId"] = header["id"].clone();
    body["footerId"] = json!(NOTHING);
    assert_eq!(refused(&site.pages(), "POST", &body), ["layoutId", "footerId"]);
    let made = site.make(&site.pages(), &page("plain"));
    assert_eq!(refused(&format!("{}/{}", site.pages(), id(&made)), "PATCH", &json!({ "headerId": NOTHING })), ["headerId"]);
    let blog = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "website", "name": "Blog" }));
    let elsewhere = format!("{}/apps/website/{}/pages", site.project(), id(&blog));
    let mut body = page("elsewhere");
    body["headerId"] = header["id"].clone();
    assert_eq!(refused(&elsewhere, "POST", &body), ["headerId"], "a header of another app");
}

#[test]
fn the_console_arranges_them_and_says_where_they_are_used_before_they_go() {
    let site = Site::new();
    let dialog = site.make(&web(&site, "dialogs"), &json!({ "name": "Terms" }));
    let header = site.make(&web(&site, "headers"), &json!({ "name": "Top" }));
    let mut body = page("linking");
    body["name"] = json!("The linking page");
    body["headerId"] = header["id"].clone();
    body["content"] =
        json!([{ "columns": [{ "blocks": [{ "type": "text", "data": { "markdown": format!("[Terms](dialog:{})", id(&dialog)) } }] }] }]);
    let linking = site.make(&site.pages(), &body);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let base = "/o/acme/p/site/website/web";
    let start = editor.get(&format!("{base}/pages")).is(200).text;
    for kind in parts() {
        assert!(start.contains(&format!("href=\"{base}/{}\"", kind.segment)), "the navigation leads to {}", kind.segment);
        let made = editor.post(&format!("{base}/{}/new", kind.segment), &[("name", "Made here")]).is(303).to;
        let shown = editor.get(&made).is(200).text;
        assert!(shown.contains("It is used nowhere.") && !shown.contains("Publish<"), "{shown}");
        let list = editor.get(&format!("{base}/{}", kind.segment)).is(200).text;
        assert!(list.contains("Made here") && !list.contains("Published"), "{list}");
    }
    for (segment, one) in [("dialogs", &dialog), ("headers", &header)] {
        let at = format!("{base}/{segment}/{}", id(one));
        assert!(editor.get(&at).is(200).text.contains("The linking page"));
        assert!(editor.get(&format!("{at}/trash")).is(200).text.contains("The linking page"));
        assert_eq!(editor.post(&format!("{at}/trash"), &[]).is(303).to, format!("{base}/{segment}"));
        editor.get(&at).is(404);
    }
    // A page that does not link any more is no longer told.
    editor.post(&format!("{base}/dialogs/{}/restore", id(&dialog)), &[]).is(303);
    site.ask("DELETE", &format!("{}/{}", site.pages(), id(&linking)), None);
    assert!(editor.get(&format!("{base}/dialogs/{}", id(&dialog))).is(200).text.contains("It is used nowhere."));
}

#[test]
fn the_form_of_a_page_offers_them() {
    let site = Site::new();
    let layout = site.make(&web(&site, "layouts"), &json!({ "name": "Wide" }));
    let made = site.make(&site.pages(), &page("plain"));
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let at = format!("/o/acme/p/site/website/web/pages/{}", id(&made));
    let shown = editor.get(&at).is(200);
    assert!(shown.text.contains(&format!("<option value=\"{}\">Wide</option>", id(&layout))), "{}", shown.text);
    let version = shown.hidden("version");
    let typed = [("version", version.as_str()), ("locale", "en"), ("name", "Plain"), ("slug", "plain"), ("layoutId", id(&layout))];
    editor.post(&at, &typed).is(303);
    let stored = site.get(&format!("{}/{}", site.pages(), id(&made))).body;
    assert_eq!((&stored["layoutId"], &stored["layoutName"]), (&layout["id"], &json!("Wide")));
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    assert!(viewer.get(&at).is(200).text.contains("<p class=\"value\">Wide</p>"));
    // What nothing offers any more stays chosen: a form that left it out would take it away.
    site.ask("DELETE", &format!("{}/{}", web(&site, "layouts"), id(&layout)), None);
    let shown = editor.get(&at).is(200);
    let option = format!("<option value=\"{}\" selected>Wide (chosen now)</option>", id(&layout));
    assert!(shown.text.contains(&option), "{}", shown.text);
}
