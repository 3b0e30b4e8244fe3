//! The layout of what names none: set for the app, checked, offered by its page, and told where it is used.

use serde_json::{Value, json};
use stele::domain::access::Role;

use crate::support::{Site, Visitor, page};

fn settings(site: &Site) -> String {
    format!("{}/apps/{}/settings", site.project(), site.here.app)
}

fn set(id: &Value) -> Value {
    json!({ "settings": { "defaultLayoutId": id } })
}

fn layout(site: &Site, name: &str) -> Value {
    site.make(&format!("{}/apps/website/{}/layouts", site.project(), site.here.app), &json!({ "name": name }))
}

#[test]
fn it_is_a_layout_of_the_app_that_is_there() {
    let site = Site::new();
    let (made, at) = (layout(&site, "Wide"), settings(&site));
    let told = site.change(&at, &set(&made["id"]));
    assert_eq!(told["settings"], json!({ "defaultLayoutId": made["id"] }));
    assert_eq!(told["schema"]["properties"]["defaultLayoutId"]["format"], "uuid");
    assert_eq!(site.get(&at).body, told);
    let other = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "website", "name": "Blog" }));
    let foreign = format!("{}/apps/website/{}/layouts", site.project(), other["id"].as_str().unwrap());
    let foreign = site.make(&foreign, &json!({ "name": "Elsewhere" }));
    let a_page = site.make(&site.pages(), &page("a"));
    for (wrong, code) in [
        (&foreign["id"], "unknown_reference"),
        (&a_page["id"], "unknown_reference"),
        (&json!("0190f4a2-0000-7000-8000-000000000000"), "unknown_reference"),
        (&json!("wide"), "malformed"),
        (&json!(7), "wrong_type"),
    ] {
        let refused = site.ask("PATCH", &at, Some(&set(wrong)));
        let fault = &refused.body["errors"][0];
        assert_eq!((refused.status, &fault["field"], &fault["code"]), (400, &json!("settings.defaultLayoutId"), &json!(code)), "{wrong}");
    }
    // What is in the trash meanwhile is in the way of no other setting.
    site.ask("DELETE", &format!("{}/apps/website/{}/layouts/{}", site.project(), site.here.app, made["id"].as_str().unwrap()), None);
    site.change(&at, &json!({ "settings": { "pageDesign": "Plain" } }));
    assert_eq!(site.change(&at, &set(&Value::Null))["settings"], json!({ "pageDesign": "Plain" }));
    // A page that names none tells none.
    assert_eq!((&a_page["layoutId"], &a_page["layoutName"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_page_of_the_app_offers_it_and_its_own_page_tells_of_it() {
    let site = Site::new();
    let (made, admin) = (layout(&site, "Wide"), Visitor::new(&site.server, &site.here, "Anna", Role::Admin));
    let id = made["id"].as_str().unwrap();
    let at = format!("/o/acme/p/site/settings/apps/{}", site.here.app);
    let form = |seen: &str, chosen: &str| {
        let typed = [("seen", seen), ("name", "Web"), ("slug", "web"), ("settings.defaultLayoutId", chosen)];
        typed.map(|(name, value)| (name, value.to_owned()))
    };
    let send = |chosen: &str| {
        let typed = form(&admin.get(&at).is(200).hidden("seen"), chosen);
        admin.post(&at, &typed.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    assert!(admin.get(&at).is(200).text.contains(&format!("<option value=\"{id}\">Wide</option>")));
    assert!(send("0190f4a2-0000-7000-8000-000000000000").is(422).text.contains("settings.defaultLayoutId-fault"));
    send(id).is(303);
    assert!(admin.get(&at).is(200).text.contains(&format!("<option value=\"{id}\" selected>Wide</option>")));
    let layout = format!("/o/acme/p/site/website/web/layouts/{id}");
    for path in [layout.clone(), format!("{layout}/trash")] {
        let shown = admin.get(&path).is(200).text;
        assert!(shown.contains("the default layout") && shown.contains(&format!("href=\"{at}\"")), "{shown}");
    }
    send("").is(303);
    assert!(admin.get(&layout).is(200).text.contains("It is used nowhere."));
}
