//! Categories: a tree in an order, whose parts stay where they are when one of them is in the trash.

use serde_json::{Value, json};
use stele::{
    domain::{
        access::Actor,
        content::{KINDS, of_type, place::Move},
    },
    service::content::place::nested,
};

use super::{NOTHING, category, faults, help, id};
use crate::support::Site;

/// Those of the answer as `mail(boats) help`, by their slugs.
fn told(all: &[Value]) -> String {
    let one = |branch: &Value| {
        let below = told(branch["children"].as_array().unwrap());
        let slug = branch["slug"].as_str().unwrap();
        if below.is_empty() { slug.to_owned() } else { format!("{slug}({below})") }
    };
    all.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn tree(site: &Site, base: &str, query: &str) -> String {
    told(&site.items(&format!("{base}/categories?{query}")))
}

/// `mail(boats(late) lost) archive`, by their slugs.
fn grown(site: &Site, base: &str) -> [Value; 5] {
    let mail = category(site, base, "mail", None);
    let boats = category(site, base, "boats", Some(&mail));
    let late = category(site, base, "late", Some(&boats));
    let lost = category(site, base, "lost", Some(&mail));
    let archive = category(site, base, "archive", None);
    [mail, boats, late, lost, archive]
}

/// Moves one as the console does.
fn moved(site: &Site, base: &str, one: &Value, to: Move) -> Result<(), String> {
    let kind = of_type(KINDS, "kb_category").unwrap();
    let app = base.rsplit('/').next().unwrap().parse().unwrap();
    let (at, one) = ((site.here.org, site.here.project, app), id(one).parse().unwrap());
    site.server
        .write(move |tx| Ok(nested::set_place(tx, &Actor::operator(), at, (kind, one), to).map(drop).map_err(|error| format!("{error:?}"))))
}

#[test]
fn they_are_listed_as_a_tree_whose_roots_are_paged() {
    let (site, base) = help();
    let [mail, boats, late, ..] = grown(&site, &base);
    assert_eq!(tree(&site, &base, ""), "mail(boats(late) lost) archive");
    let page = site.get(&format!("{base}/categories?pageSize=1&page=2")).body;
    assert_eq!(
        (told(page["data"].as_array().unwrap()), &page["meta"]["total"], &page["meta"]["pageCount"]),
        ("archive".into(), &json!(2), &json!(2))
    );
    assert_eq!(
        (&mail["parentId"], &boats["parentId"], &boats["order"], &mail["children"]),
        (&Value::Null, &mail["id"], &json!(0), &json!([]))
    );
    let one = site.get(&format!("{base}/categories/{}", id(&boats))).body;
    assert_eq!((told(one["children"].as_array().unwrap()), &one["children"][0]["id"]), ("late".into(), &late["id"]));
    for key in ["id", "name", "title", "slug", "description", "parentId", "icon", "order", "children"] {
        assert!(one.get(key).is_some(), "{key}");
    }
    for (query, wanted) in [
        ("search=LATE", "late"),
        ("search=o", "boats(late) lost"),
        ("slug=boats", "boats(late)"),
        ("slug_like=a&sort=slug:desc", "mail(boats(late) lost) archive"),
        ("sort=name:asc", "archive mail(boats(late) lost)"),
        ("sort=createdAt:desc", "archive mail(boats(late) lost)"),
        ("slug=nothing", ""),
    ] {
        assert_eq!(tree(&site, &base, query), wanted, "{query}");
    }
    assert_eq!(site.get(&format!("{base}/categories?parentId={}", id(&mail))).status, 400);
}

#[test]
fn one_is_made_in_its_place_and_only_its_texts_are_changed() {
    let (site, base) = help();
    let all = format!("{base}/categories");
    let body = json!({ "name": "Mail", "slug": "mail", "title": { "en": "Mail", "fr": "Courrier" }, "description": "By boat", "icon": "ship", "order": 5 });
    let mail = site.make(&all, &body);
    assert_eq!((&mail["icon"], &mail["order"], &mail["title"]["fr"]), (&json!("ship"), &json!(5), &json!("Courrier")));
    let below = site.make(&all, &json!({ "name": "Late", "slug": "late", "parentId": id(&mail), "title": { "fr": "Retard" } }));
    assert_eq!(tree(&site, &base, "icon=ship"), "mail(late)");
    assert_eq!(tree(&site, &base, "icon_isnull=true"), "late");
    let french = site.items(&format!("{all}?locale=fr"));
    assert_eq!((&french[0]["title"], &french[0]["children"][0]["title"]), (&json!("Courrier"), &json!("Retard")));
    assert_eq!(site.get(&format!("{all}/{}?locale=fr", id(&mail))).body["children"][0]["title"], "Retard");
    let changed =
        site.change(&format!("{all}/{}", id(&mail)), &json!({ "name": "Post", "title": null, "description": { "fr": "Par bateau" } }));
    assert_eq!((&changed["name"], &changed["title"], &changed["children"][0]["id"]), (&json!("Post"), &Value::Null, &below["id"]));
    for field in ["slug", "icon", "order", "parentId", "children"] {
        assert_eq!(
            faults(&site, "PATCH", &format!("{all}/{}", id(&mail)), &json!({ field: null })),
            [(field.to_owned(), "unknown_field".to_owned())]
        );
    }
    for (field, wrong) in [("parentId", json!(NOTHING)), ("slug", json!("No")), ("order", json!("1"))] {
        let mut body = json!({ "name": "x", "slug": "x" });
        body[field] = wrong;
        assert_eq!(faults(&site, "POST", &all, &body)[0].0, field);
    }
    assert_eq!(site.ask("POST", &all, Some(&json!({ "name": "x", "slug": "mail" }))).status, 409);
    let (other, elsewhere) =
        (site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Other" })), "parentId");
    let path = format!("{}/apps/kb/{}/categories", site.project(), id(&other));
    assert_eq!(faults(&site, "POST", &path, &json!({ "name": "x", "slug": "x", elsewhere: id(&mail) }))[0].1, "unknown_reference");
}

#[test]
fn one_has_no_content_and_is_always_live() {
    let (site, base) = help();
    let mail = category(&site, &base, "mail", None);
    let of = |more: Value| {
        let mut body = json!({ "contentType": "kb_category", "contentId": id(&mail) });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let block = of(json!({ "type": "divider", "data": {} }));
    for (path, body, code) in [
        ("blocks/insert", block, "no_content"),
        ("sections/insert", of(json!({})), "no_content"),
        ("publish", of(json!({})), "always_live"),
    ] {
        let path = format!("{}/content/{path}", site.project());
        assert_eq!(faults(&site, "POST", &path, &body), [("contentType".to_owned(), code.to_owned())]);
    }
    let types = site.get("/builder/content-types").body;
    let types: Vec<_> = types["contentTypes"].as_array().unwrap().iter().map(|one| one["contentType"].as_str().unwrap()).collect();
    assert!(types.contains(&"kb_article") && types.contains(&"kb_landing") && !types.contains(&"kb_category"), "{types:?}");
}

#[test]
fn there_is_an_end_to_the_levels() {
    let (site, base) = help();
    let mut last: Option<Value> = None;
    for level in 0..32 {
        last = Some(category(&site, &base, &format!("level-{level}"), last.as_ref()));
    }
    let body = json!({ "name": "x", "slug": "x", "parentId": id(last.as_ref().unwrap()) });
    assert_eq!(faults(&site, "POST", &format!("{base}/categories"), &body), [("parentId".to_owned(), "too_deep".to_owned())]);
    assert_eq!(site.items(&format!("{base}/categories")).len(), 1);
}

#[test]
fn one_in_the_trash_changes_nothing_else_and_comes_back_where_it_was() {
    let (site, base) = help();
    let [mail, boats, late, ..] = grown(&site, &base);
    assert_eq!(site.ask("DELETE", &format!("{base}/categories/{}", id(&boats)), None).status, 200);
    assert_eq!(tree(&site, &base, ""), "mail(late lost) archive");
    let shown = site.get(&format!("{base}/categories/{}", id(&late))).body;
    assert_eq!(shown["parentId"], mail["id"], "it stands below the nearest that is there");
    assert_eq!(site.get(&format!("{base}/categories/{}", id(&boats))).status, 404);
    let trashed = site.items(&format!("{}/trash", site.project()));
    assert_eq!((&trashed[0]["entityType"], &trashed[0]["entityId"]), (&json!("kb_category"), &boats["id"]));
    // A circle through the trash is one, too.
    assert!(moved(&site, &base, &mail, Move::Into(Some(id(&late).parse().unwrap()))).unwrap_err().contains("circle"));
    site.ask("POST", &format!("{}/trash/{}/restore", site.project(), id(&boats)), None);
    assert_eq!(tree(&site, &base, ""), "mail(boats(late) lost) archive");
    // Gone for good, it leaves its place to what stood below it.
    site.ask("DELETE", &format!("{base}/categories/{}", id(&boats)), None);
    assert_eq!(site.ask("DELETE", &format!("{}/trash/{}", site.project(), id(&boats)), None).status, 200);
    assert_eq!(tree(&site, &base, ""), "mail(late lost) archive");
    assert_eq!(site.get(&format!("{base}/categories/{}", id(&late))).body["parentId"], mail["id"]);
}

#[test]
fn they_are_moved_and_each_move_is_noted() {
    let (site, base) = help();
    let [mail, boats, late, lost, archive] = grown(&site, &base);
    let to = |one: &Value| id(one).parse().unwrap();
    for (one, step, wanted) in [
        (&archive, Move::Up, "archive mail(boats(late) lost)"),
        (&archive, Move::Up, "archive mail(boats(late) lost)"),
        (&lost, Move::Before(to(&boats)), "archive mail(lost boats(late))"),
        (&late, Move::Out, "archive mail(lost boats late)"),
        (&late, Move::Into(None), "archive mail(lost boats) late"),
        (&mail, Move::In, "archive(mail(lost boats)) late"),
        (&boats, Move::Into(Some(to(&archive))), "archive(mail(lost) boats) late"),
    ] {
        moved(&site, &base, one, step).unwrap();
        assert_eq!(tree(&site, &base, ""), wanted);
    }
    assert!(moved(&site, &base, &archive, Move::Into(Some(to(&lost)))).unwrap_err().contains("circle"));
    let one = site.get(&format!("{base}/categories/{}", id(&boats))).body;
    assert_eq!((&one["parentId"], &one["order"]), (&archive["id"], &json!(1)));
    let versions = format!("{}/content-versions?contentType=kb_category&contentId={}", site.project(), id(&boats));
    assert_eq!(site.items(&versions).len(), 2, "only what somebody moved has a version more");
    // A version brings texts back, and leaves the place.
    let first = site.items(&versions).pop().unwrap();
    site.ask("POST", &format!("{}/content-versions/{}/restore", site.project(), id(&first)), None);
    assert_eq!(tree(&site, &base, ""), "archive(mail(lost) boats) late");
    let noted =
        site.count("SELECT COUNT(*) FROM activities WHERE action = 'entry.moved' AND project_id = ?1", &site.here.project.to_string());
    assert_eq!(noted, 6, "what stayed was not moved");
}
