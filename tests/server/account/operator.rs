//! Operators: what they see of the instance, who may not, and who makes organizations.

use serde_json::json;
use stele::{
    config::Config,
    domain::{
        access::{Access, Actor, Role},
        org::organization::OrgCreation,
    },
    service::{self, account::user},
};

use crate::support::{PASSWORD, Server, Site, Tenant, Visitor, machine, owner, person, tenant, visitor};

const PAGES: [&str; 4] = ["/instance", "/instance/people", "/instance/organizations", "/instance/backups"];

fn start() -> (tempfile::TempDir, Server, Tenant) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    (dir, server, here)
}

/// The row of a table in which this stands.
fn row<'p>(page: &'p str, name: &str) -> &'p str {
    let rows = page.split("<tbody>").nth(1).unwrap_or_default().split("<tr>");
    rows.into_iter().find(|row| row.contains(name)).unwrap_or_else(|| panic!("{name}: {page}"))
}

#[test]
fn an_operator_sees_names_and_numbers_and_nobody_else_finds_the_pages() {
    let (_dir, server, here) = start();
    let elsewhere = tenant(&server, "elsewhere");
    machine(&server, here.org, Role::Admin, Access::Full, None);
    person(&server, here.org, Role::Viewer, Access::Read);
    let (operator, other) = (Visitor::owner(&server, &here), Visitor::owner(&server, &elsewhere));
    let people = operator.get("/instance/people").is(200).text;
    let olga = row(&people, "olga@acme.example");
    assert!(olga.contains(">Operator<") && olga.contains("<time"), "{olga}");
    let other_row = row(&people, "olga@elsewhere.example");
    assert!(!other_row.contains(">Operator<") && row(&people, "viewer.read@").contains(">Never<"), "{people}");
    assert!(row(&people, "viewer.read@").matches("<td class=\"num\"").count() == 2 && row(&people, "viewer.read@").contains(">1</td>"));
    assert!(!people.contains("@service-account"), "machines are no people");
    let all = operator.get("/instance/organizations").is(200).text;
    let acme = row(&all, "<small>acme</small>");
    // Olga and a viewer; two projects; a key of each, that of the viewer and that of the machine.
    assert_eq!(acme.matches(">2</td>").count(), 3, "{acme}");
    assert!(acme.contains("olga@acme.example"));
    assert!(all.contains("<small>elsewhere</small>") && !all.contains("gct_"), "no part of a key");
    operator.get("/o/elsewhere").is(404);
    let found = operator.get("/instance/organizations?search=else&sort=name:asc").is(200).text;
    assert!(found.contains("<small>elsewhere</small>") && !found.contains("<small>acme</small>"));
    for page in PAGES {
        other.get(page).is(404);
        assert!(Visitor::nobody(&server).get(page).is(303).to.starts_with("/sign-in"));
    }
    let link = "href=\"/instance";
    assert!(operator.get("/o/acme").is(200).text.contains(link) && operator.get("/account/profile").is(200).text.contains(link));
    assert!(!other.get("/o/elsewhere").is(200).text.contains(link) && !other.get("/account/profile").is(200).text.contains(link));
}

#[test]
fn the_first_person_is_the_operator_and_the_last_one_stays() {
    let (_dir, server, here) = start();
    let second = visitor(&server, "paula@acme.example");
    let set = |email: &'static str, is_operator| server.store.write_now(move |tx| user::set_operator(tx, email, is_operator));
    let refused = set("olga@acme.example", false).unwrap_err().to_string();
    assert_eq!(refused, "olga@acme.example is the last operator. Add another one first.");
    let (first, second) = (Visitor::owner(&server, &here), Visitor::of(&server, second));
    second.get("/instance/people").is(404);
    set("Paula@acme.example", true).unwrap();
    second.get("/instance/people").is(200);
    set("olga@acme.example", false).unwrap();
    first.get("/instance/people").is(404);
    set("paula@acme.example", false).unwrap_err();
    set("paula@acme.example", true).unwrap();
    let told = server.store.read_now(|tx| service::instance::activity(tx, &Actor::operator(), 10)).unwrap();
    let told: Vec<_> = told.iter().map(|one| (one.action.as_str(), one.resource_name.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, [("operator.removed", "Olga Owner"), ("operator.added", "Paula Person")], "what changes nothing is not noted");
}

#[test]
fn only_an_operator_makes_organizations_unless_a_setting_says_otherwise() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let form = [("name", "New"), ("slug", "new")];
    for refused in [admin.get("/organizations/new").is(403), admin.post("/organizations/new", &form).is(403)] {
        assert!(refused.text.contains("On this instance only an operator makes organizations. Ask one."), "{}", refused.text);
    }
    assert!(!admin.get("/o/acme").is(200).text.contains("/organizations/new"));
    let make = |token: &str, slug: &str| server.ask("POST", "/organizations", Some(token), Some(&json!({ "name": "New", "slug": slug })));
    let refused = make(&server.token(&person(&server, here.org, Role::Admin, Access::Full).made.secret), "by-key");
    assert_eq!((refused.status, refused.reason()), (403, "operator_only"), "{}", refused.body);
    let olga = owner(&server, &here, "acme", Access::Full).made;
    assert_eq!(make(&server.token(&olga.secret), "by-key").status, 201);
    let open = Site::as_set(Config { org_creation: OrgCreation::Anyone, ..Config::default() });
    let editor = Visitor::new(&open.server, &open.here, "Eva", Role::Editor);
    assert!(editor.get("/o/acme").is(200).text.contains("/organizations/new"));
    assert_eq!(editor.post("/organizations/new", &form).is(303).to, "/o/new");
}

#[test]
fn a_repeat_of_what_an_operator_made_is_for_an_operator() {
    let (_dir, server, here) = start();
    visitor(&server, "paula@acme.example");
    let token = server.token(&owner(&server, &here, "acme", Access::Full).made.secret);
    let body = json!({ "name": "New" });
    let make = || server.ask_with("POST", "/organizations", Some(&token), Some(&body), &[("Idempotency-Key", "once")]);
    let made = make();
    assert_eq!((made.status, make().body), (201, made.body));
    server.write(|tx| {
        user::set_operator(tx, "paula@acme.example", true)?;
        user::set_operator(tx, "olga@acme.example", false)
    });
    let refused = make();
    assert_eq!(refused.status / 100, 4, "{}", refused.body);
}

#[test]
fn whoever_is_in_no_organization_reads_why_and_what_to_do() {
    let (_dir, server, here) = start();
    let paula = Visitor::of(&server, visitor(&server, "paula@acme.example"));
    let told = |visitor: &Visitor<'_>| visitor.get("/").is(200).text;
    let page = told(&paula);
    assert!(page.contains("nobody has taken you into an organization yet") && page.contains("can invite paula@acme.example"), "{page}");
    assert!(page.contains("mailto:olga@acme.example") && !page.contains("/organizations/new"), "{page}");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    admin.invite("acme", "paula@acme.example", "viewer");
    assert!(told(&paula).contains("acme invites you"));
    let vera = Visitor::new(&server, &here, "Vera", Role::Viewer);
    assert_eq!(vera.get("/").is(303).to, "/o/acme");
    admin.post(&format!("/o/acme/settings/members/{}/remove", vera.member.unwrap()), &[]).is(303);
    assert!(told(&vera).contains("You were removed from acme on "));
    let owner = Visitor::owner(&server, &here);
    owner.post("/o/acme/settings/profile/delete", &[("typed", "acme")]).is(303);
    assert!(told(&admin).contains("acme was deleted on "));
    let own = told(&owner);
    assert!(own.contains("href=\"/organizations/new\"") && !own.contains("mailto:"), "an operator makes another one: {own}");
}

#[test]
fn a_sign_in_is_remembered_after_its_session() {
    let (_dir, server, here) = start();
    visitor(&server, "paula@acme.example");
    let mut browser = crate::support::Browser::new(&server);
    assert_eq!(browser.sign_in("paula@acme.example", PASSWORD, "").status, 303);
    assert_eq!(browser.post("/sign-out", &[]).status, 303);
    let people = Visitor::owner(&server, &here).get("/instance/people?search=paula").is(200).text;
    assert!(row(&people, "paula@acme.example").contains("<time"), "{people}");
}
