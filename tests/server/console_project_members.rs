//! Members of a project in the console: added by their address, changed, removed; and for whom the page is.

use stele::domain::access::Role;

use crate::support::{Server, Visitor, place};

const MEMBERS: &str = "/o/acme/p/site/members";

/// The address under which the list changes the first member.
fn first(text: &str) -> String {
    let (_, rest) = text.split_once(&format!("action=\"{MEMBERS}/")).expect("a member");
    format!("{MEMBERS}/{}", rest.split('/').next().unwrap())
}

#[test]
fn a_collaborator_sees_a_project_from_when_they_are_added_until_they_are_removed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = place(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna Admin", Role::Admin);
    let guest = Visitor::new(&server, &here, "Carl Collaborator", Role::Collaborator);
    let email = format!("collaborator-{}@person.example", here.org);
    guest.get("/o/acme/p/site").is(404);
    let offered = admin.get(&format!("{MEMBERS}/new")).is(200);
    assert!(offered.text.contains(&format!("<option value=\"{email}\">Carl Collaborator")), "{}", offered.text);
    let added = admin.post(&format!("{MEMBERS}/new"), &[("email", &email), ("role", "viewer")]).is(303);
    assert_eq!(added.to, MEMBERS);
    guest.get("/o/acme/p/site").is(200);
    guest.get("/o/acme/p/other").is(404);
    guest.get(&format!("{MEMBERS}/new")).is(404);
    let list = admin.get(&format!("{MEMBERS}?search=carl")).is(200);
    let one = first(&list.text);
    assert!(!admin.get(&format!("{MEMBERS}?search=nobody")).is(200).text.contains("Carl"));
    let page = "/o/acme/p/site/website/web/pages/new";
    guest.post(page, &[("name", "Mine")]).is(403);
    admin.post(&format!("{one}/role"), &[("role", "editor")]).is(303);
    guest.post(page, &[("name", "Mine")]).is(303);
    guest.post(&format!("{one}/role"), &[("role", "admin")]).is(403);
    admin.post(&format!("{one}/remove"), &[]).is(303);
    guest.get("/o/acme/p/site").is(404);
}

#[test]
fn who_is_no_member_and_what_is_no_role_is_said_beside_what_was_typed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = place(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna Admin", Role::Admin);
    let new = format!("{MEMBERS}/new");
    for (email, role, says) in [
        ("stranger@elsewhere.example", "viewer", "Nobody with this address"),
        ("no address", "viewer", "aria-invalid"),
        ("stranger@elsewhere.example", "", "class=\"fault\""),
    ] {
        let refused = admin.post(&new, &[("email", email), ("role", role)]).is(422);
        assert!(refused.text.contains(says) && refused.text.contains(&format!("value=\"{email}\"")), "{email} {role}: {}", refused.text);
    }
    let email = format!("admin-{}@person.example", here.org);
    admin.post(&new, &[("email", &email), ("role", "viewer")]).is(303);
    let twice = admin.post(&new, &[("email", &email), ("role", "editor")]).is(422);
    assert!(twice.text.contains("class=\"fault\""), "{}", twice.text);
    admin.post(&new, &[("email", "olga@acme.example"), ("role", "owner")]).is(403);
}
