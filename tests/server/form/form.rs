//! Forms: what they ask, their settings, and whether they take anything.

use serde_json::{Value, json};
use stele::domain::access::Role;

use super::{asking, contact, faults, forms};
use crate::support::{Site, Visitor};

fn at(all: &str, form: &Value) -> String {
    format!("{all}/{}", form["id"].as_str().unwrap())
}

#[test]
fn one_is_made_active_with_what_it_asks_beside_its_content() {
    let site = Site::new();
    let all = forms(&site);
    let made = site.make(&all, &contact());
    assert_eq!((&made["type"], &made["isActive"], &made["path"]), (&json!("form"), &json!(true), &json!("/f/contact")));
    assert_eq!((&made["settings"], &made["description"], made.get("status")), (&json!({}), &Value::Null, None));
    let types: Vec<_> = made["fields"].as_array().unwrap().iter().map(|field| (&field["type"], &field["name"])).collect();
    let wanted = [("text", "name"), ("email", "email"), ("textarea", "message")].map(|(kind, name)| (json!(kind), json!(name)));
    assert_eq!(types, wanted.each_ref().map(|(kind, name)| (kind, name)));
    let one = at(&all, &made);
    assert_eq!(site.get(&one).body, made);
    assert_eq!(site.get(&format!("{one}?locale=fr")).body["fields"][0]["label"], "Votre nom");
    let listed = &site.items(&format!("{all}?lite=true&search=cont"))[0];
    assert_eq!((listed.get("fields"), listed.get("content"), &listed["slug"]), (None, None, &json!("contact")));
    assert_eq!(site.items(&all)[0]["fields"], made["fields"]);
}

#[test]
fn settings_are_merged_by_their_keys() {
    let site = Site::new();
    let all = forms(&site);
    let one = at(&all, &site.make(&all, &contact()));
    let settings = json!({
        "submitButtonText": { "en": "Send", "fr": "Envoyer" }, "successMessage": "Thanks", "tags": ["web"], "source": "site",
        "allowedOrigins": ["https://Example.org/", "http://localhost:3000"], "hideFormOnComplete": true,
    });
    site.change(&one, &json!({ "name": "Write to us", "description": "For readers", "settings": settings }));
    let changed =
        site.change(&one, &json!({ "settings": { "submitButtonText": { "fr": "Écrire" }, "source": null, "submissionLimit": "none" } }));
    assert_eq!((&changed["name"], &changed["description"]), (&json!("Write to us"), &json!("For readers")));
    let wanted = json!({
        "submitButtonText": { "en": "Send", "fr": "Écrire" }, "successMessage": "Thanks", "tags": ["web"],
        "allowedOrigins": ["https://example.org", "http://localhost:3000"], "hideFormOnComplete": true, "submissionLimit": "none",
    });
    assert_eq!(changed["settings"], wanted);
    for (setting, wrong, code) in [
        ("allowedOrigins", json!(["example.org"]), "malformed"),
        ("allowedOrigins", json!(["https://example.org/path"]), "malformed"),
        ("allowedOrigins", json!("https://example.org"), "wrong_type"),
        ("submissionLimit", json!("twice"), "malformed"),
        ("keepDays", json!(0), "out_of_range"),
        ("colour", json!("red"), "unknown_field"),
    ] {
        let found = faults(&site, "PATCH", &one, &json!({ "settings": { setting: wrong } }));
        assert!(found[0].0.starts_with(&format!("settings.{setting}")) && found[0].1 == code, "{setting}: {found:?}");
    }
    let fixed = faults(&site, "PATCH", &one, &json!({ "slug": "other", "content": [], "isActive": false, "fields": [] }));
    assert!(fixed.iter().all(|(_, code)| code == "unknown_field") && fixed.len() == 4, "{fixed:?}");
}

#[test]
fn it_is_switched_on_and_off_and_lists_tell_them_apart() {
    let site = Site::new();
    let all = forms(&site);
    let one = at(&all, &site.make(&all, &contact()));
    let mut closed = contact();
    closed["slug"] = json!("closed");
    closed["isActive"] = json!(false);
    site.make(&all, &closed);
    let slugs = |query: &str| site.items(&format!("{all}?{query}")).iter().map(|form| form["slug"].clone()).collect::<Vec<_>>();
    assert_eq!((slugs("isActive=true"), slugs("isActive=false")), (vec![json!("contact")], vec![json!("closed")]));
    assert_eq!(slugs("sort=isActive:asc"), [json!("closed"), json!("contact")]);
    let off = site.ask("POST", &format!("{one}/deactivate"), None);
    assert_eq!((off.status, &off.body["isActive"]), (200, &json!(false)));
    assert_eq!(slugs("isActive=true"), Vec::<Value>::new());
    let again = site.ask("POST", &format!("{one}/deactivate"), None);
    assert_eq!(again.body, off.body, "what is so already stays as it is");
    let stale = reqwest::blocking::Client::new().post(format!("{}/api{one}/activate", site.server.url)).header("If-Match", "\"1\"");
    assert_eq!(stale.bearer_auth(&site.token).send().unwrap().status(), 412, "it was changed since");
    assert_eq!(site.ask("POST", &format!("{one}/activate"), None).body["isActive"], true);
    let noted = "SELECT COUNT(*) FROM activities WHERE resource_id = ?1 AND action IN ('form.activated', 'form.deactivated')";
    assert_eq!(site.count(noted, one.rsplit('/').next().unwrap()), 2);
    let nowhere = format!("{all}/0190f4a2-0000-7000-8000-000000000000/activate");
    assert_eq!(site.ask("POST", &nowhere, None).message(), "There is no such form, or you may not see it.");
}

#[test]
fn a_copy_asks_the_same_under_another_address() {
    let site = Site::new();
    let all = forms(&site);
    let mut body = contact();
    body["settings"] = json!({ "successMessage": { "en": "Thanks", "fr": "Merci" } });
    let made = site.make(&all, &body);
    let path = format!("{}/duplicate", at(&all, &made));
    let copy = site.ask("POST", &path, Some(&json!({ "name": "Contact in summer", "slug": "summer" })));
    assert_eq!((copy.status, &copy.body["slug"]), (201, &json!("summer")));
    for same in ["settings", "isActive", "content", "fields"] {
        assert_eq!(copy.body[same], made[same], "{same}");
    }
    assert_ne!(copy.body["id"], made["id"]);
    assert_eq!(site.ask("POST", &path, Some(&json!({ "name": "x", "slug": "summer" }))).status, 409);
    assert_eq!(faults(&site, "POST", &path, &json!({ "name": "", "slug": "A b" })).len(), 2);
}

#[test]
fn fields_stand_in_forms_alone_and_what_they_hold_is_checked() {
    let site = Site::new();
    let all = forms(&site);
    let field = json!([{ "type": "textField", "data": { "label": "Name" } }]);
    let page = json!({ "name": "A page", "slug": "a-page", "content": asking(&field) });
    assert_eq!(faults(&site, "POST", &site.pages(), &page)[0].1, "misplaced_block");
    let form = |blocks: Value| json!({ "name": "A form", "slug": "a-form", "content": asking(&blocks) });
    let inner = json!([{ "type": "form", "data": { "formId": "0190f4a2-0000-7000-8000-000000000000" } }]);
    assert_eq!(faults(&site, "POST", &all, &form(inner))[0].1, "misplaced_block", "a form holds no form");
    for (kind, data, field, code) in [
        ("textField", json!({}), "label", "required"),
        ("textField", json!({ "label": "A", "pattern": "(" }), "pattern", "malformed"),
        ("textField", json!({ "label": "A", "pattern": "(?=a)" }), "pattern", "malformed"),
        ("textField", json!({ "label": "A", "maxLength": 0 }), "maxLength", "out_of_range"),
        ("textField", json!({ "label": "A", "name": "Big Name" }), "name", "malformed"),
        ("numberField", json!({ "label": "A", "min": "1" }), "min", "wrong_type"),
        ("numberField", json!({ "label": "A", "max": 1e300 }), "max", "out_of_range"),
        ("dateField", json!({ "label": "A", "earliest": "2026-02-30" }), "earliest", "malformed"),
        ("selectField", json!({ "label": "A" }), "options", "required"),
        ("selectField", json!({ "label": "A", "options": [{ "value": "x" }] }), "options[0].label", "required"),
        ("checkboxField", json!({ "label": "A", "showIf": [{ "field": "b", "is": "like" }] }), "showIf[0].is", "malformed"),
    ] {
        let found = faults(&site, "POST", &all, &form(json!([{ "type": kind, "data": data }])));
        assert_eq!(found[0], (format!("content[0].columns[0].blocks[0].data.{field}"), code.to_owned()), "{kind} {data}");
    }
}

#[test]
fn builder_versions_and_trash_know_it() {
    let site = Site::new();
    let all = forms(&site);
    let made = site.make(&all, &contact());
    let one = at(&all, &made);
    let about = json!({ "contentType": "form", "contentId": made["id"] });
    let mut insert = about.clone();
    insert["type"] = json!("ratingField");
    insert["data"] = json!({ "label": "How was it?", "name": "rating" });
    let inserted = site.ask("POST", &format!("{}/content/blocks/insert", site.project()), Some(&insert));
    assert!(inserted.status < 300, "{}", inserted.body);
    let fields = site.get(&one).body["fields"].as_array().unwrap().len();
    assert_eq!(fields, 4);
    let id = made["id"].as_str().unwrap();
    let versions = site.items(&format!("{}/content-versions?contentType=form&contentId={id}", site.project()));
    assert_eq!(versions.len(), 2);
    assert_eq!(site.ask("DELETE", &one, None).status, 200);
    assert_eq!(site.get(&one).status, 404);
    let published = site.ask("POST", &format!("{}/content/publish", site.project()), Some(&about));
    assert!(published.status >= 400, "{}", published.body);
}

#[test]
fn what_needs_an_address_keeps_one_however_the_form_is_changed() {
    let site = Site::new();
    let all = forms(&site);
    let mut body = contact();
    body["settings"] = json!({ "submissionLimit": "once_per_user" });
    let form = site.make(&all, &body);
    let (one, id) = (at(&all, &form), form["id"].as_str().unwrap());
    let change = |how: &str, more: Value| {
        let mut body = json!({ "contentType": "form", "contentId": id, "blockId": "mail" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        site.ask("POST", &format!("{}/content/blocks/{how}", site.project()), Some(&body))
    };
    for refused in [change("delete", json!({})), change("update", json!({ "data": { "required": false } }))] {
        let fault = &refused.body["errors"][0];
        assert_eq!((refused.status, &fault["field"], &fault["code"]), (400, &json!("settings.submissionLimit"), &json!("needs_email")));
    }
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let desk = format!("/o/acme/p/site/forms/forms/forms/{id}");
    let version = eva.get(&desk).is(200).hidden("version");
    eva.post(&format!("{desk}/draft"), &[("version", &version), ("locale", "en"), ("do", "delete:mail")]).is(303);
    let page = eva.get(&desk).is(200);
    let refused = eva.post(&desk, &[("version", &page.hidden("version")), ("locale", "en")]).is(422);
    assert!(refused.text.contains("is known by a required field for an e-mail address"), "{}", refused.text);
    // What an earlier release has stored can be changed all the same.
    site.alter("UPDATE entries SET content = '[]' WHERE id = ?1", [id]);
    site.change(&one, &json!({ "name": "Renamed" }));
    let more = json!({ "settings": { "confirmationEnabled": true } });
    assert_eq!(super::faults(&site, "PATCH", &one, &more), [("settings.confirmationEnabled".to_owned(), "needs_email".to_owned())]);
    let first = site.items(&format!("{}/content-versions?contentType=form&contentId={id}&sort=version:asc", site.project()))[0].clone();
    let restore = format!("{}/content-versions/{}/restore", site.project(), first["id"].as_str().unwrap());
    assert_eq!(site.ask("POST", &restore, None).status, 200);
    assert_eq!(change("delete", json!({})).status, 400);
}
