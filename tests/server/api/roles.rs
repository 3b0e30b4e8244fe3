//! People with personal keys: every route as each role, what only an owner does, and roles that were given in one place.

use serde_json::{Value, json};
use stele::domain::access::{
    Access::{self, Full, Read, Write},
    Role::{self, Admin, Collaborator, Editor, Owner, Viewer},
};

use super::gates::{Caller, walk};
use crate::support::{JsonAnswer, Server, Site, Tenant, owner, person, tenant};

fn caller(server: &Server, here: &Tenant, name: &'static str, role: Role, access: Access) -> Caller {
    let made = if role == Owner { owner(server, here, "acme", access) } else { person(server, here.org, role, access) };
    let token = Some(server.token(&made.made.secret));
    Caller { name, token, role: Some(role), access, member: true, reaches: role != Collaborator }
}

fn walked(who: &[(&'static str, Role, Access)]) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let callers: Vec<_> = who.iter().map(|(name, role, access)| caller(&server, &here, name, *role, *access)).collect();
    walk(&server, &here, &callers);
}

#[test]
fn every_route_lets_people_through_by_their_role_and_the_access_of_their_key() {
    walked(&[
        ("a collaborator", Collaborator, Full),
        ("a viewer", Viewer, Full),
        ("an editor", Editor, Full),
        ("a reading editor", Editor, Read),
        ("a reading admin", Admin, Read),
        ("a writing admin", Admin, Write),
        ("an admin", Admin, Full),
    ]);
}

#[test]
fn every_route_lets_an_owner_through_as_far_as_the_key_goes() {
    walked(&[("a reading owner", Owner, Read), ("a writing owner", Owner, Write), ("the owner", Owner, Full)]);
}

#[track_caller]
fn denied(answer: &JsonAnswer, word: &str) {
    assert_eq!((answer.status, answer.reason()), (403, "permission_missing"), "{}", answer.body);
    assert!(answer.message().contains(word), "{}", answer.message());
}

#[test]
fn an_organization_is_handed_over_by_its_owner_only_and_just_once() {
    let site = Site::new();
    let olga = owner(&site.server, &site.here, "acme", Full).made;
    let heir = person(&site.server, site.here.org, Admin, Full).made;
    let (old, new) = (site.server.token(&olga.secret), site.server.token(&heir.secret));
    let org = format!("/organizations/{}", site.here.org);
    let give = |token: &str, to: &str| site.server.ask("POST", &format!("{org}/transfer"), Some(token), Some(&json!({ "userId": to })));
    denied(&give(&new, &heir.account.to_string()), "Your role does not include the permission organization:transfer");
    denied(&site.server.ask("DELETE", &org, Some(&new), None), "organization:delete");
    let narrow = owner(&site.server, &site.here, "acme", Write).made;
    let narrow = give(&site.server.token(&narrow.secret), &heir.account.to_string());
    denied(&narrow, "The access of this API key does not include the permission organization:transfer");
    let machine = give(&old, &site.admin.account.to_string());
    assert_eq!(machine.status / 100, 4, "a service account owns nothing: {}", machine.body);
    let given = give(&old, &heir.account.to_string());
    assert_eq!((given.status / 100, &given.body["ownerId"]), (2, &json!(heir.account.to_string())), "{}", given.body);
    denied(&give(&old, &olga.account.to_string()), "organization:transfer");
    denied(&site.server.ask("DELETE", &org, Some(&old), None), "organization:delete");
    let role = |token: &str| site.server.ask("GET", "/whoami", Some(token), None).body["organizations"][0]["role"].clone();
    assert_eq!((role(&old), role(&new)), (json!("admin"), json!("owner")));
    assert_eq!(site.server.ask("DELETE", &org, Some(&new), None).status, 200);
}

#[test]
fn the_owner_is_not_lowered_nor_removed_and_nobody_is_made_a_second_one() {
    let site = Site::new();
    let members = format!("/organizations/{}/members", site.here.org);
    let people = site.items(&members);
    let of = |role: &str| people.iter().find(|one| one["role"] == role).map(|one| format!("{members}/{}", one["id"].as_str().unwrap()));
    let olga = of("owner").expect("the owner is a member");
    assert_eq!(site.ask("PATCH", &olga, Some(&json!({ "role": "viewer" }))).status, 403);
    assert_eq!(site.ask("DELETE", &olga, None).status, 403);
    let other = person(&site.server, site.here.org, Admin, Full);
    let one = format!("{members}/{}", other.member.unwrap());
    assert_eq!(site.ask("PATCH", &one, Some(&json!({ "role": "owner" }))).status, 400);
    let stray = site.ask("POST", &members, Some(&json!({ "userId": other.made.account.to_string(), "role": "owner" })));
    assert_eq!(stray.status, 400, "{}", stray.body);
    assert_eq!(site.get(&one).body["role"], "admin");
}

#[test]
fn a_role_in_one_app_opens_that_app_and_no_other() {
    let site = Site::new();
    let one = person(&site.server, site.here.org, Collaborator, Full).made;
    let token = site.server.token(&one.secret);
    let apps = format!("{}/apps", site.project());
    let second = site.make(&apps, &json!({ "appType": "website", "name": "Second" }));
    let other = format!("{apps}/website/{}/pages", second["id"].as_str().unwrap());
    let status = |method: &str, path: &str, body: Option<&Value>| site.server.ask(method, path, Some(&token), body).status;
    let new = json!({ "name": "New", "slug": "new" });
    assert_eq!((status("GET", &site.pages(), None), status("GET", &site.project(), None)), (404, 404));
    let members = format!("{apps}/{}/members", site.here.app);
    let added = site.make(&members, &json!({ "userId": one.account.to_string(), "role": "editor" }));
    assert_eq!((status("GET", &site.pages(), None), status("POST", &site.pages(), Some(&new))), (200, 201));
    assert_eq!((status("GET", &other, None), status("POST", &other, Some(&new))), (404, 404));
    assert_eq!(status("GET", &site.project(), None), 200, "the project can be seen around it");
    assert_eq!(status("PATCH", &site.project(), Some(&json!({ "name": "Mine" }))), 403);
    assert_eq!(status("GET", &members, None), 200);
    assert_eq!(status("DELETE", &format!("{members}/{}", added["id"].as_str().unwrap()), None), 403);
    assert_eq!(site.ask("DELETE", &format!("{members}/{}", added["id"].as_str().unwrap()), None).status, 200);
    assert_eq!((status("GET", &site.pages(), None), status("GET", &site.project(), None)), (404, 404));
}

#[test]
fn a_role_given_in_a_project_adds_to_the_one_in_the_organization_and_takes_nothing() {
    let site = Site::new();
    let members = format!("{}/members", site.project());
    for (role, given, write, manage) in [(Viewer, "editor", 201, 403), (Viewer, "admin", 201, 200), (Admin, "viewer", 201, 200)] {
        let access = if given == "editor" { Write } else { Full };
        let one = person(&site.server, site.here.org, role, access).made;
        let token = site.server.token(&one.secret);
        site.make(&members, &json!({ "userId": one.account.to_string(), "role": given }));
        let slug = format!("{}-{given}", role.word());
        let status = |method: &str, path: &str, body: &Value| site.server.ask(method, path, Some(&token), Some(body)).status;
        assert_eq!(status("POST", &site.pages(), &json!({ "name": "New", "slug": slug })), write, "{slug}");
        assert_eq!(status("PATCH", &site.project(), &json!({ "description": "New" })), manage, "{slug}");
        let other = format!("/organizations/{}/projects/{}", site.here.org, site.here.other);
        let elsewhere = if role == Admin { 200 } else { 403 };
        assert_eq!(status("PATCH", &other, &json!({ "description": "New" })), elsewhere, "{slug}");
    }
}
