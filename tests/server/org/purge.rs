//! What was deleted for 30 days goes, with everything that hangs on it; nothing else does.

use std::{collections::BTreeSet, time::Duration};

use rusqlite::{Connection, types::ValueRef};
use serde_json::json;
use stele::{
    domain::{
        access::{Access, Actor, Role},
        id::{OrgId, ProjectId},
    },
    jobs,
    service::{self, org::purge, retention::Retention},
};

use crate::support::{SetClock, Site, machine, page, person, tenant, visitor};

const DAY: Duration = Duration::from_secs(86_400);

/// Something in every table that an organization can have rows in.
fn furnish(site: &Site) {
    let org = format!("/organizations/{}", site.here.org);
    let first = site.make(&site.pages(), &page("first"));
    let path = format!("{}/{}", site.pages(), first["id"].as_str().unwrap());
    site.change(&path, &json!({ "slug": "renamed" }));
    let trashed = site.make(&site.posts(), &page("trashed"));
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.posts(), trashed["id"].as_str().unwrap()), None).status, 200);
    let one = person(&site.server, site.here.org, Role::Editor, Access::Full);
    assert_eq!(site.server.ask("GET", "/whoami", Some(&site.server.token(&one.made.secret)), None).status, 200);
    let collaborator = machine(&site.server, site.here.org, Role::Collaborator, Access::Read, None);
    let guest = visitor(&site.server, "guest@acme.example");
    for at in [site.project(), format!("{}/apps/{}", site.project(), site.here.app)] {
        let joins = json!({ "userId": collaborator.account.to_string(), "role": "viewer" });
        site.make(&format!("{at}/members"), &joins);
        // Who is no member is invited.
        site.make(&format!("{at}/members"), &json!({ "userId": guest.to_string(), "role": "viewer" }));
    }
    let branding = site.make(&format!("{}/brandings", site.project()), &json!({ "name": "Journal", "colorPrimary": "#1d4e89" }));
    site.change(&format!("{}/apps/{}", site.project(), site.here.app), &json!({ "brandingId": branding["id"] }));
    site.make(&format!("{}/domains", site.project()), &json!({ "hostname": "journal.example.org", "appId": site.here.app.to_string() }));
    site.make(&format!("{}/webhooks", site.project()), &json!({ "url": "http://127.0.0.1:9/" }));
    site.make(&site.pages(), &page("told"));
    let website = format!("{}/apps/website/{}", site.project(), site.here.app);
    site.change(&format!("{website}/viewer-auth"), &json!({ "enabled": true }));
    site.make(&format!("{website}/viewers"), &json!({ "email": "reader@acme.example" }));
    site.make(&format!("{org}/invitations"), &json!({ "email": "late@acme.example", "role": "viewer" }));
    let account = site.make(&format!("{org}/service-accounts"), &json!({ "name": "Made by a machine", "role": "viewer" }));
    let keys = format!("{org}/service-accounts/{}/api-keys", account["id"].as_str().unwrap());
    let key = site.make(&keys, &json!({ "name": "Short", "expiresInDays": 1 }));
    let token = site.server.token(key["key"].as_str().unwrap());
    assert_eq!(site.server.oauth("revoke", &[("token", &token), ("client_secret", &token)]), 200);
    site.make(&format!("{org}/api-keys/{}/regenerate", key["id"].as_str().unwrap()), &json!({ "grace": "1h" }));
    site.server.once(&jobs::reminder::job(&site.server.store, "http://stele.test".into(), false));
    let folder = site.make(&format!("{}/files/folders", site.project()), &json!({ "name": "Photographs" }));
    site.make(&format!("{}/files/folders", site.project()), &json!({ "name": "Inside", "parentId": folder["id"] }));
    for (name, content) in [("a.txt", "words"), ("b.txt", "other words")] {
        let body = json!({ "filename": name, "content": content, "folderId": folder["id"] });
        assert_eq!(site.ask("POST", &format!("{}/files/save", site.project()), Some(&body)).status, 200);
    }
    site.make(&format!("{}/file-uploads", site.project()), &json!({ "filename": "film.mp4", "sizeBytes": 7 }));
    let forms = crate::form::forms(site);
    let form = site.make(&forms, &crate::form::contact());
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    for answers in [json!({ "name": "Ann", "email": "ann@example.org" }), json!({ "stele.website": "x", "stele.again": "1" })] {
        reqwest::blocking::Client::new().post(&address).json(&answers).send().unwrap();
    }
    let again = [("idempotency-key", "once")];
    assert_eq!(site.server.ask_with("POST", &site.pages(), Some(&site.token), Some(&page("repeated")), &again).status, 201);
}

fn tables(rows: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    rows.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn columns(rows: &Connection, table: &str) -> Vec<String> {
    rows.prepare(&format!("SELECT * FROM {table}")).unwrap().column_names().map(str::to_owned).collect()
}

/// The ids of all rows that name this in a column, by table.
fn ids(rows: &Connection, column: &str, value: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for table in tables(rows) {
        if ["id", column].iter().all(|name| columns(rows, &table).iter().any(|known| known == name)) {
            let mut query = rows.prepare(&format!("SELECT id FROM {table} WHERE {column} = ?1")).unwrap();
            found.extend(query.query_map([value], |row| row.get(0)).unwrap().map(|id| (table.clone(), id.unwrap())));
        }
    }
    found
}

/// All texts of a database, each with its table.
fn texts(rows: &Connection) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for table in tables(rows) {
        let mut query = rows.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = query.column_count();
        let mut lines = query.query([]).unwrap();
        while let Some(line) = lines.next().unwrap() {
            for at in 0..width {
                if let ValueRef::Text(text) = line.get_ref(at).unwrap() {
                    found.push((table.clone(), String::from_utf8_lossy(text).into_owned()));
                }
            }
        }
    }
    found
}

fn delete(site: &Site, org: OrgId) {
    site.server.write(move |tx| service::org::organization::delete(tx, &Actor::operator(), org, None));
}

#[test]
fn after_a_purge_no_table_holds_anything_of_the_organization() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let other = tenant(&site.server, "elsewhere");
    let stays = machine(&site.server, other.org, Role::Admin, Access::Full, None);
    furnish(&site);
    let sweep = jobs::sweep::job(&site.server.store, Retention::default());
    let org = site.here.org.to_string();
    let (own, others) = (ids(&site.raw(), "organization_id", &org), ids(&site.raw(), "organization_id", &other.org.to_string()));
    let named: BTreeSet<_> = own.iter().map(|(table, _)| table.as_str()).collect();
    for table in ["activities", "api_keys", "app_members", "apps", "entries", "invitations", "members", "notifications"] {
        assert!(named.contains(table), "{table} has nothing of the organization: {named:?}");
    }
    delete(&site, site.here.org);
    clock.pass(DAY * 29);
    site.server.once(&sweep);
    assert!(ids(&site.raw(), "organization_id", &org).is_superset(&own), "nothing goes before its time");
    clock.pass(DAY * 4);
    site.server.once(&sweep);
    let left = texts(&site.raw());
    for (table, id) in own.iter().map(|(table, id)| (table.as_str(), id)).chain([("organizations", &org)]) {
        // The e-mail addresses of people in tests name it, and people stay.
        let held: Vec<_> = left.iter().filter(|(_, text)| text.replace(&format!("@{org}"), "").contains(id.as_str())).collect();
        assert!(held.is_empty(), "{id} of {table} is still in {held:?}");
    }
    assert!(ids(&site.raw(), "organization_id", &other.org.to_string()).is_superset(&others), "nothing else goes");
    assert_eq!(site.server.exchange(&stays.secret).reason(), "key_expired");
}

#[test]
fn a_project_goes_in_small_steps_and_its_organization_stays() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    furnish(&site);
    (0..120).for_each(|n| drop(site.make(&site.pages(), &page(&format!("page-{n}")))));
    let (org, project): (OrgId, ProjectId) = (site.here.org, site.here.project);
    site.server.write(move |tx| service::project::project::delete(tx, &Actor::operator(), (org, project), None));
    clock.pass(DAY * 31);
    let mut steps = 0;
    while site.server.store.read_now(purge::any_project).unwrap() {
        let rows = site.server.write(purge::shrink_project);
        assert!((1..=500).contains(&rows), "{rows} at once");
        steps += 1;
    }
    assert!(steps > 5, "{steps}");
    let left: BTreeSet<_> = ids(&site.raw(), "project_id", &project.to_string()).into_iter().map(|(table, _)| table).collect();
    assert_eq!(left, BTreeSet::from(["activities".to_owned()]), "what the trail says of it is the organization's");
    let count = |sql: &str| site.count(sql, &org.to_string());
    assert_eq!(count("SELECT COUNT(*) FROM projects WHERE organization_id = ?1"), 1, "the other one");
    assert!(count("SELECT COUNT(*) FROM members WHERE organization_id = ?1") > 1);
}
