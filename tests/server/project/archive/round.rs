//! A project that was exported and imported is the same project, but for its ids.

use std::collections::HashMap;

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use regex::Regex;
use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Actor, Role},
        content::{
            FieldType, KINDS, Kind,
            blocks::BLOCKS,
            kinds::{website_layout, website_post},
        },
        id::AppId,
        project::app::{AppType, Draft},
    },
    service,
};

use crate::{
    file::{Form, noise},
    support::{Site, machine, page},
};

use super::{elsewhere, exported, imported, lines, make, named};

/// The archive with each id told by when it stands there first, without its first line, which tells when it was made.
pub(super) fn told(archive: &str) -> String {
    let (mut seen, uuid) = (HashMap::new(), Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").unwrap());
    let lines = archive.split_once('\n').unwrap().1;
    let number = |found: &regex::Captures<'_>| {
        let next = seen.len();
        format!("#{}", seen.entry(found[0].to_owned()).or_insert(next))
    };
    uuid.replace_all(lines, number).into_owned()
}

/// What is drawn of an entry: its kind, its blocks, what it refers to among those before, and whether it has a status of its own.
type Drawn = (usize, Vec<usize>, usize, bool);

/// A body of this kind with these blocks, which refers to entries that are there.
fn body(number: usize, kind: &'static Kind, drawn: &Drawn, made: &[(&'static Kind, String)], files: &[String]) -> Value {
    let mut body = json!({ "name": format!("Entry {number}") });
    let target = made.get(drawn.2 % made.len().max(1)).map(|(_, id)| id.clone());
    for field in kind.fields.iter().filter(|field| field.on_create) {
        let value = match field.holds {
            FieldType::Slug => json!(format!("entry-{number}")),
            FieldType::Localized { .. } => json!({ "en": format!("Title {number}"), "fr": format!("Titre {number}") }),
            FieldType::LocalizedBlock { .. } => json!({ "fr": target.as_ref().map_or("Rien".into(), |id| format!("[là](entry:{id})")) }),
            FieldType::Reference(wanted) => match made.iter().find(|(kind, _)| kind.content_type == wanted) {
                Some((_, id)) => json!(id),
                None => continue,
            },
            FieldType::References { of, .. } => {
                json!(made.iter().filter(|(kind, _)| kind.content_type == of).map(|(_, id)| id).collect::<Vec<_>>())
            }
            FieldType::Link if !files.is_empty() => json!(files[number % files.len()]),
            FieldType::Status if drawn.3 => json!("draft"),
            FieldType::Instant if drawn.3 => json!("2999-01-01T00:00:00Z"),
            _ => continue,
        };
        body[field.name] = value;
    }
    if kind.has_tree() {
        let stands = BLOCKS.iter().filter(|block| block.stands_in(kind)).collect::<Vec<_>>();
        let mut blocks: Vec<_> = drawn
            .1
            .iter()
            .map(|at| stands[at % stands.len()])
            .map(|block| {
                let data: Value = serde_json::from_str(block.example).unwrap();
                json!({ "type": block.name, "data": data })
            })
            .collect();
        // Files are asked for on the last page of a form.
        blocks.sort_by_key(|block| block["type"] == "fileField");
        if let Some(file) = files.first() {
            blocks.push(json!({ "type": "image", "data": { "file": file, "alt": { "en": "A" } } }));
            blocks.push(json!({ "type": "text", "data": { "markdown": { "fr": format!("[là]({file})") } } }));
        }
        if let Some(id) = target {
            blocks.push(json!({ "type": "text", "data": { "markdown": { "en": format!("[a](entry:{id}#x) and [b](dialog:{id})") } } }));
            blocks.push(json!({ "type": "button", "data": { "label": "Go", "link": format!("entry:{id}") } }));
        }
        body["content"] = json!([{ "columns": [{ "blocks": blocks }] }]);
    }
    body
}

fn apps(site: &Site) -> HashMap<AppType, AppId> {
    let (org, project) = (site.here.org, site.here.project);
    let mut all = HashMap::from([(AppType::Website, site.here.app)]);
    for app_type in [AppType::KnowledgeBase, AppType::Forms] {
        let draft = Draft { app_type, name: app_type.word().into(), slug: None, description: Some("Of a test".into()) };
        all.insert(app_type, site.server.write(move |tx| service::project::app::create(tx, &Actor::operator(), (org, project), &draft)).id);
    }
    all
}

#[test]
fn any_project_comes_back_as_it_was_exported() {
    let kinds: Vec<_> = KINDS.iter().copied().filter(|kind| !kind.is_single()).collect();
    let drawn = vec((0..kinds.len(), vec(0..BLOCKS.len(), 0..4), 0..40_usize, any::<bool>()), 1..12);
    let config = Config { cases: 6, failure_persistence: None, ..Config::default() };
    // Files: how long, and how deep; with each a branding that has it for its logo.
    let files = vec((0..600_000_usize, 0..3_usize), 0..4);
    let round = TestRunner::new(config).run(&(drawn, files), |(all, sent): (Vec<Drawn>, Vec<(usize, usize)>)| {
        let site = Site::new();
        let (there, apps) = (elsewhere(&site), apps(&site));
        let send = |(number, (long, deep)): (usize, &(usize, usize))| {
            let form = Form::default().field("folderPath", &"x/".repeat(*deep)).file(&format!("{number}.bin"), "x/y", &noise(*long));
            let file = format!("file:{}", site.upload(&form)[0]["id"].as_str().unwrap());
            site.make(&format!("{}/brandings", site.project()), &json!({ "name": format!("Look {number}"), "logoUrl": file }));
            file
        };
        let files: Vec<_> = sent.iter().enumerate().map(send).collect();
        let mut made = Vec::new();
        for (number, drawn) in all.iter().enumerate() {
            let kind = kinds[drawn.0];
            let at = (site.here.org, site.here.project, apps[&kind.app_type]);
            made.push((kind, make(&site.server, at, kind, body(number, kind, drawn, &made, &files))));
        }
        let first = exported(&site.server, (site.here.org, site.here.project));
        let (project, report) = imported(&site.server, there.org, &first).expect("it is good");
        let singles = KINDS.len() - kinds.len();
        prop_assert_eq!((report.entries, report.apps, report.left_out), ((all.len() + singles) as u64, 3, 0));
        prop_assert_eq!((report.files, report.brandings), (files.len() as u64, files.len() as u64));
        // What examples of blocks refer to is nowhere.
        prop_assert!(report.notices.iter().all(|one| one.code == "unknown_reference"), "{:?}", report.notices);
        let second = exported(&site.server, (there.org, project.id));
        // There is a project of this address already.
        prop_assert_eq!(told(&second).replacen("\"slug\":\"site-2\"", "\"slug\":\"site\"", 1), told(&first));
        let ids = |archive: &str| lines(archive, "entry").into_iter().map(|entry| entry["id"].clone()).collect::<Vec<_>>();
        prop_assert!(ids(&first).iter().all(|id| !second.contains(id.as_str().unwrap())), "every id is new, and every reference");
        Ok(())
    });
    round.unwrap();
}

#[test]
fn what_belongs_to_a_project_comes_along_and_what_does_not_stays() {
    let site = Site::new();
    let at = (site.here.org, site.here.project, site.here.app);
    let app = format!("{}/apps/website/{}", site.project(), site.here.app);
    site.change(&site.project(), &json!({ "unknownBlocks": "keep", "description": "About the sea", "logoUrl": "/logo.svg" }));
    assert_eq!(site.ask("PATCH", &format!("{app}/consent"), Some(&json!({ "bannerEnabled": true, "bannerTitle": "Cookies" }))).status, 200);
    let layout = make(&site.server, at, &website_layout::KIND, json!({ "name": "Wide" }));
    let renamed = site.make(&site.pages(), &json!({ "name": "Old", "slug": "old", "layoutId": layout }));
    site.change(&format!("{}/{}", site.pages(), renamed["id"].as_str().unwrap()), &json!({ "slug": "new" }));
    assert_eq!(
        site.ask("POST", &format!("{app}/redirects"), Some(&json!({ "fromPath": "/books", "toPath": "/new", "status": 302 }))).status,
        201
    );
    site.change(&format!("{app}/landing"), &json!({ "seo": { "title": { "fr": "Accueil" } }, "layoutId": layout }));
    let gone = site.make(&site.pages(), &page("in-the-trash"));
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), gone["id"].as_str().unwrap()), None).status, 200);
    let timed = json!({ "name": "Timed", "slug": "timed", "scheduledPublishAt": "2999-01-01T00:00:00Z", "authorName": "Ann" });
    make(&site.server, at, &website_post::KIND, timed);
    let (admin, stranger) =
        (site.admin.account, machine(&site.server, super::elsewhere(&site).org, Role::Editor, Access::Full, None).account);
    for (slug, author) in [("by-a-member", admin), ("by-a-stranger", stranger)] {
        let id = make(&site.server, at, &website_post::KIND, page(slug));
        site.alter("UPDATE entries SET author_id = ?1 WHERE id = ?2", [author.to_string(), id]);
    }
    site.server.notice();

    let archive = exported(&site.server, (at.0, at.1));
    for secret in [&site.admin.secret, "hash", "in-the-trash", "acme.example"] {
        assert!(!archive.contains(secret), "{secret}");
    }
    let (made, report) = named(&site.server, at.0, &archive, Some("A second sea")).expect("it is good");
    assert_eq!(
        (made.name.as_str(), made.slug.as_str(), made.description.as_deref()),
        ("A second sea", "a-second-sea", Some("About the sea"))
    );
    assert_eq!((report.entries, report.redirects, report.left_out, report.noticed), (9, 2, 0, 0));
    let again = exported(&site.server, (at.0, made.id));
    let of = |archive: &str, name: &str| lines(archive, name);
    let slugs = |archive: &str| of(archive, "entry").iter().map(|entry| entry["slug"].clone()).collect::<Vec<_>>();
    assert_eq!(slugs(&again), slugs(&archive));
    let found = |slug: &str| of(&again, "entry").into_iter().find(|entry| entry["slug"] == slug).unwrap();
    assert_eq!((&found("timed")["status"], &found("timed")["authorName"]), (&json!("scheduled"), &json!("Ann")));
    assert_eq!((&found("by-a-member")["authorId"], &found("by-a-stranger")["authorId"]), (&json!(admin.to_string()), &Value::Null));
    assert_eq!(found("new")["layoutId"], of(&again, "entry").iter().find(|entry| entry["contentType"] == "website_layout").unwrap()["id"]);
    let landing = of(&again, "entry").into_iter().filter(|entry| entry["contentType"] == "website_landing").collect::<Vec<_>>();
    assert_eq!(
        (landing.len(), &landing[0]["seo"], &landing[0]["layoutId"]),
        (1, &json!({ "title": { "fr": "Accueil" } }), &found("new")["layoutId"])
    );
    assert_eq!(of(&again, "project")[0]["unknownBlocks"], "keep");
    assert_eq!(of(&again, "app")[0]["settings"], of(&archive, "app")[0]["settings"]);
    let of_redirects = |archive: &str| {
        of(archive, "redirect")
            .into_iter()
            .map(|one| (one["fromPath"].clone(), one["toPath"].clone(), one["source"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of_redirects(&again), of_redirects(&archive));
    assert_eq!(site.count("SELECT count(*) FROM versions WHERE project_id = ?1 AND source = 'import'", &made.id.to_string()), 9);
    let noted =
        "SELECT count(*) FROM activities WHERE action = 'project.imported' AND resource_id = ?1 AND metadata LIKE '%\"entries\":9%'";
    assert_eq!(site.count(noted, &made.id.to_string()), 1);
}

#[test]
fn an_imported_entry_is_found_listed_and_counted_like_any_other() {
    let site = Site::new();
    let body = json!({
        "name": "Gale", "slug": "gale", "title": {"en": "Gale"}, "tags": ["weather"],
        "content": [{"columns": [{"blocks": [{"type": "text", "data": {"markdown": "A herring gull"}}]}]}],
    });
    site.make(&site.pages(), &body);
    let archive = exported(&site.server, (site.here.org, site.here.project));
    let (made, _) = named(&site.server, site.here.org, &archive, Some("Copy")).expect("it is good");
    let project = format!("/organizations/{}/projects/{}", site.here.org, made.id);
    let app = made.apps[0].id;
    let pages = site.get(&format!("{project}/apps/website/{app}/pages"));
    assert_eq!((&pages.body["meta"]["total"], &pages.body["data"][0]["slug"]), (&json!(1), &json!("gale")));
    let found = site.get(&format!("{project}/search?query=herring"));
    assert_eq!(found.status, 200, "{}", found.body);
    assert!(found.body.to_string().contains("gale"), "{}", found.body);
}
