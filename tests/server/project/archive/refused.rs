//! What is wrong with an archive is told with its line, and leaves nothing.

use std::io::Cursor;

use serde_json::{Value, json};
use stele::domain::{
    Error,
    content::{Column, KINDS},
    project::archive::LINE_MAX,
};

use crate::support::{Site, page};

use super::{exported, imported, line, lines, look_through, named};

const APP: &str = "0190a1b2-0000-7000-8000-00000000000a";

fn head() -> String {
    line("archive", json!({ "version": 1 })) + &line("project", json!({ "name": "Sea", "defaultLocale": "en" }))
}

fn website() -> String {
    line("app", json!({ "id": APP, "appType": "website", "name": "Web", "slug": "web" }))
}

fn entry(n: u8, members: Value) -> String {
    let mut entry = json!({ "id": format!("0190a1b2-0000-7000-8000-0000000000{n:02}"), "appId": APP, "contentType": "website_page" });
    entry.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    line("entry", entry)
}

fn end(apps: u8, entries: u8) -> String {
    line("end", json!({ "apps": apps, "entries": entries, "redirects": 0 }))
}

/// The faults of an archive, of which nothing stays.
fn faults(site: &Site, archive: &str) -> Vec<(String, &'static str)> {
    let before = site.count("SELECT count(*) FROM projects WHERE name <> ?1", "");
    let Err(Error::Invalid(faults)) = imported(&site.server, site.here.org, archive) else { panic!("no faults: {archive}") };
    assert_eq!(site.count("SELECT count(*) FROM projects WHERE name <> ?1", ""), before);
    assert!(faults.0.iter().all(|fault| fault.message.starts_with("Line ")), "{faults:?}");
    faults.0.into_iter().map(|fault| (fault.field, fault.code)).collect()
}

fn one(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), code)]
}

#[test]
fn each_fault_names_its_line() {
    let site = Site::new();
    let page = |slug: &str| json!({ "name": "A", "slug": slug });
    let no_text = json!({ "name": "A", "slug": "b", "content": [{ "columns": [{ "blocks": [{ "type": "text", "data": {} }] }] }] });
    let archive = head()
        + &website()
        + "{\"entry\": oh\n"
        + &entry(1, page("a"))
        + &entry(2, json!({ "name": "", "slug": "a" }))
        + &entry(3, no_text)
        + &entry(4, page("a"))
        + &entry(1, page("c"))
        + &end(1, 6);
    let wanted = [
        ("line 4", "not_json"),
        ("line 6: name", "required"),
        ("line 7: content[0].columns[0].blocks[0].data.markdown", "required"),
        ("line 8: slug", "duplicate"),
        ("line 9: id", "duplicate"),
        ("line 10", "incomplete"),
    ];
    assert_eq!(faults(&site, &archive), wanted.map(|(field, code)| (field.to_owned(), code)));
}

#[test]
fn nothing_stands_below_itself() {
    let site = Site::new();
    let kind = KINDS.iter().find(|kind| kind.has(Column::ParentId)).expect("one that stands below others");
    let help = line("app", json!({ "id": APP, "appType": kind.app_type.word(), "name": "Help", "slug": "help" }));
    let below = |n: u8, parent: u8| {
        let parent = format!("0190a1b2-0000-7000-8000-0000000000{parent:02}");
        entry(n, json!({ "contentType": kind.content_type, "name": "A", "slug": format!("a{n}"), "parentId": parent }))
    };
    let circle = head() + &help + &below(1, 2) + &below(2, 1) + &end(1, 2);
    let mut told = faults(&site, &circle);
    told.sort();
    assert_eq!(told, [("line 4: parentId".to_owned(), "too_deep"), ("line 5: parentId".to_owned(), "too_deep")]);
    assert!(imported(&site.server, site.here.org, &(head() + &help + &below(1, 2) + &below(2, 9) + &end(1, 2))).is_ok());
}

#[test]
fn of_what_an_app_has_one_of_there_is_one() {
    let site = Site::new();
    let landing = |n| entry(n, json!({ "contentType": "website_landing", "name": "Landing page" }));
    assert_eq!(faults(&site, &(head() + &website() + &landing(1) + &landing(2) + &end(1, 2))), one("line 5: contentType", "duplicate"));
    let (made, _) = imported(&site.server, site.here.org, &(head() + &website() + &landing(1) + &end(1, 1))).expect("good");
    let there = lines(&exported(&site.server, (site.here.org, made.id)), "entry");
    assert_eq!(there.iter().filter(|entry| entry["name"] == "Landing page").count(), 1);
}

#[test]
fn what_is_no_archive_is_refused_at_once() {
    let site = Site::new();
    for (text, field, code) in [
        ("", "line 1", "not_an_archive"),
        ("hello\n", "line 1", "not_an_archive"),
        ("{\"project\": {\"name\": \"x\", \"defaultLocale\": \"en\"}}\n", "line 1", "not_an_archive"),
        ("PK\u{3}\u{4}", "line 1", "not_an_archive"),
    ] {
        assert_eq!(faults(&site, text), one(field, code), "{text}");
    }
    let newer = line("archive", json!({ "version": 2 })) + &end(0, 0);
    assert_eq!(faults(&site, &newer)[0], ("line 1: version".to_owned(), "too_new"));
}

#[test]
fn a_file_that_was_cut_anywhere_makes_no_project() {
    let site = Site::new();
    for slug in ["a", "b"] {
        site.make(&site.pages(), &page(slug));
    }
    let whole = exported(&site.server, (site.here.org, site.here.project));
    let ends = whole.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < whole.len());
    let inside = (1..whole.len()).step_by(97).filter(|at| whole.is_char_boundary(*at));
    for cut in ends.chain(inside) {
        assert!(!faults(&site, &whole[..cut]).is_empty(), "cut at {cut}");
    }
    let last = whole[..whole.len() - 1].rfind('\n').unwrap() + 1;
    let without_one = whole[..last].lines().filter(|line| !line.contains("\"slug\":\"b\"")).collect::<Vec<_>>().join("\n");
    assert_eq!(faults(&site, &format!("{without_one}\n{}", &whole[last..]))[0].1, "incomplete");
    assert_eq!(faults(&site, &format!("{whole}{}", head()))[0].1, "unexpected");
}

#[test]
fn a_line_beyond_all_measure_is_refused_and_the_next_one_is_read() {
    let site = Site::new();
    let huge = format!("{{\"entry\": \"{}\"}}\n", "x".repeat(LINE_MAX));
    let deep = format!("{{\"entry\": {}1{}}}\n", "[".repeat(200), "]".repeat(200));
    let many = format!("{{\"entry\": [{}0]}}\n", "0,".repeat(300_000));
    let archive = head() + &huge + &deep + &many + &website() + &end(1, 3);
    let wanted = [("line 3", "too_long"), ("line 4", "not_json"), ("line 5", "too_many_values"), ("line 7", "incomplete")];
    assert_eq!(faults(&site, &archive), wanted.map(|(field, code)| (field.to_owned(), code)));
}

#[test]
fn settings_are_checked_as_where_they_are_set() {
    let site = Site::new();
    let app = |settings: Value| {
        let app = json!({ "id": APP, "appType": "website", "name": "Web", "slug": "web", "settings": settings });
        head() + &line("app", app) + &end(1, 0)
    };
    let field = "line 3: settings.consent";
    assert_eq!(faults(&site, &app(json!({ "consent": { "bannerEnabled": "yes" } }))), one(field, "malformed"));
    assert_eq!(faults(&site, &app(json!({ "consent": { "privacyPolicyUrl": "javascript:x" } }))).len(), 1);
    assert_eq!(faults(&site, &app(json!({ "pageDesign": 7 }))), one("line 3: settings.pageDesign", "wrong_type"));
    let (made, report) = imported(&site.server, site.here.org, &app(json!({ "ofAnotherRelease": 1, "pageDesign": "Calm" }))).expect("good");
    assert_eq!((report.noticed, report.notices[0].code), (1, "unknown_field"));
    assert_eq!(lines(&exported(&site.server, (site.here.org, made.id)), "app")[0]["settings"], json!({ "pageDesign": "Calm" }));
}

#[test]
fn what_another_release_had_is_kept_or_left_out_and_told() {
    let site = Site::new();
    let strange = json!({
        "name": "A", "slug": "a", "mood": "calm", "title": {"en": "Sea", "nl": "Zee"}, "layoutId": "0190a1b2-0000-7000-8000-000000000099",
        "content": [{"id": "s", "columns": [{"id": "c", "blocks": [{"id": "b", "type": "hologram", "data": {"page": "0190a1b2-0000-7000-8000-000000000002"}}]}]}],
    });
    let of_kind = |n, kind: &str| entry(n, json!({ "contentType": kind, "name": "B", "slug": "b" }));
    let other = "0190a1b2-0000-7000-8000-00000000000b";
    let archive = head()
        + &line("webhook", json!({ "url": "x" }))
        + &website()
        + &line("app", json!({ "id": other, "appType": "shop", "name": "Shop", "slug": "shop" }))
        + &entry(1, strange)
        + &of_kind(2, "website_page")
        + &of_kind(3, "website_event")
        + &entry(4, json!({ "appId": other, "name": "C", "slug": "c" }))
        + &end(2, 4);
    let (made, report) = named(&site.server, site.here.org, &archive, Some("Kept")).expect("good");
    let told: Vec<_> = report.notices.iter().map(|one| (one.field.as_str(), one.code)).collect();
    let wanted = [
        ("line 3: webhook", "unknown_line"),
        ("line 5: appType", "unknown_app_type"),
        ("line 6: title", "unknown_locale"),
        ("line 6: mood", "unknown_field"),
        ("line 6: content[0].columns[0].blocks[0]", "unknown_block"),
        ("line 8: contentType", "unknown_kind"),
        ("line 9: appId", "unknown_app_type"),
        ("line 6", "unknown_reference"),
    ];
    assert_eq!(told, wanted);
    assert_eq!((report.apps, report.entries, report.left_out), (1, 2, 4));
    let again = exported(&site.server, (site.here.org, made.id));
    let entries = lines(&again, "entry");
    let singles = entries.iter().filter(|entry| entry.get("slug").is_none()).count();
    assert_eq!((singles, entries.len()), (4, 6), "what an app has one of is there, though the archive had none");
    let kept = entries.iter().find(|entry| entry["slug"] == "a").unwrap();
    assert_eq!((&kept["mood"], &kept["title"]["nl"]), (&json!("calm"), &json!("Zee")));
    let leads_to = &kept["content"][0]["columns"][0]["blocks"][0]["data"]["page"];
    assert_eq!(*leads_to, entries.iter().find(|entry| entry["slug"] == "b").unwrap()["id"]);
}

#[test]
fn a_redirect_does_not_lead_in_a_circle_nor_away_from_an_entry() {
    let site = Site::new();
    let redirect = |from: &str, to: &str| line("redirect", json!({ "appId": APP, "fromPath": from, "toPath": to }));
    let archive = |redirects: &str| {
        let count = redirects.lines().count();
        head() + &website() + &entry(1, page("a")) + redirects + &line("end", json!({ "apps": 1, "entries": 1, "redirects": count }))
    };
    assert_eq!(faults_late(&site, &archive(&(redirect("/x", "/y") + &redirect("/y", "/x")))), ["toPath"]);
    assert_eq!(faults(&site, &archive(&(redirect("/x", "/y") + &redirect("/x/", "/z")))), one("line 6: fromPath", "duplicate"));
    assert_eq!(faults(&site, &archive(&redirect("x", "/y"))), one("line 5: fromPath", "malformed"));
}

#[test]
fn what_a_field_may_not_refer_to_is_taken_out_and_told_by_a_dry_run_too() {
    let site = Site::new();
    let id = |n: u8| format!("0190a1b2-0000-7000-8000-0000000000{n:02}");
    let of = |n: u8, kind: &str, name: &str, more: Value| {
        let mut members = json!({ "contentType": kind, "name": name });
        members.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        entry(n, members)
    };
    let stranger =
        site.make(&format!("{}/apps/website/{}/layouts", site.project(), site.here.app), &json!({ "name": "Of another project" }));
    let archive = head()
        + &website()
        + &of(1, "website_page", "Wrong", json!({ "slug": "wrong", "layoutId": id(2), "headerId": id(1) }))
        + &of(2, "website_page", "Foreign", json!({ "slug": "foreign", "layoutId": stranger["id"] }))
        + &of(3, "website_layout", "Own", json!({}))
        + &of(4, "website_page", "Right", json!({ "slug": "right", "layoutId": id(3) }))
        + &line("redirect", json!({ "appId": APP, "fromPath": "/Old", "toPath": "/old" }))
        + &line("redirect", json!({ "appId": APP, "fromPath": "/RIGHT", "toPath": "/elsewhere" }))
        + &line("redirect", json!({ "appId": APP, "fromPath": "/a%2Fb", "toPath": "/c" }))
        + &line("redirect", json!({ "appId": APP, "fromPath": "/good", "toPath": "/right" }))
        + &line("end", json!({ "apps": 1, "entries": 4, "redirects": 4 }));
    let seen = look_through(&site.server.store, None, &mut Cursor::new(archive.as_bytes())).expect("good");
    let (made, report) = imported(&site.server, site.here.org, &archive).expect("good");
    assert_eq!(seen.report, report);
    let told: Vec<_> = report.notices.iter().map(|one| (one.field.as_str(), one.code)).collect();
    let wanted = [
        ("line 8: fromPath", "loop"),
        ("line 9: fromPath", "taken"),
        ("line 10: fromPath", "loop"),
        ("line 4", "unknown_reference"),
        ("line 5", "unknown_reference"),
    ];
    assert_eq!((told.as_slice(), report.left_out, report.redirects), (&wanted[..], 3, 1));
    let again = exported(&site.server, (site.here.org, made.id));
    let entries = lines(&again, "entry");
    let of = |name: &str| entries.iter().find(|entry| entry["name"] == name).unwrap();
    assert_eq!(
        (&of("Wrong")["layoutId"], &of("Wrong")["headerId"], &of("Foreign")["layoutId"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(of("Right")["layoutId"], of("Own")["id"]);
}

/// The fields of faults that only storing finds; no project is there then.
fn faults_late(site: &Site, archive: &str) -> Vec<String> {
    let visible = |site: &Site| site.get(&format!("/organizations/{}/projects", site.here.org)).body["meta"]["total"].clone();
    let before = visible(site);
    let refused = imported(&site.server, site.here.org, archive);
    assert_eq!(visible(site), before);
    match refused {
        Err(Error::Invalid(faults)) => faults.0.into_iter().map(|fault| fault.field).collect(),
        Err(Error::Conflict(fault)) => vec![fault.field],
        other => panic!("{other:?}"),
    }
}
