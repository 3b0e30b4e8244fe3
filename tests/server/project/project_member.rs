//! Members of a project in the console: added by their address, changed, removed; and for whom the page is.

use stele::domain::access::Role;

use crate::support::{Server, Visitor, tenant};

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
    let here = tenant(&server, "acme");
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
    guest.get(&format!("{MEMBERS}/new")).is(403);
    let list = admin.get(&format!("{MEMBERS}?search=carl")).is(200);
    let one = first(&list.text);
    assert!(!admin.get(&format!("{MEMBERS}?search=nobody")).is(200).text.contains("Carl"));
    let page = "/o/acme/p/site/website/web/pages/new";
    guest.post(page, &[("name", "Mine")]).is(403);
    admin.post(&format!("{one}/role"), &[("was", "viewer"), ("role", "editor")]).is(303);
    let told = admin.post(&format!("{one}/role"), &[("was", "viewer"), ("role", "admin")]).is(412);
    assert!(told.text.contains("role=\"alert\""), "the second of two tabs is told: {}", told.text);
    guest.post(page, &[("name", "Mine")]).is(303);
    guest.post(&format!("{one}/role"), &[("role", "admin")]).is(403);
    admin.post(&format!("{one}/remove"), &[]).is(303);
    guest.get("/o/acme/p/site").is(404);
}

#[test]
fn who_is_no_member_and_what_is_no_role_is_said_beside_what_was_typed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna Admin", Role::Admin);
    let new = format!("{MEMBERS}/new");
    for (email, role, says) in [("no address", "viewer", "aria-invalid"), ("stranger@elsewhere.example", "", "class=\"fault\"")] {
        let refused = admin.post(&new, &[("email", email), ("role", role)]).is(422);
        assert!(refused.text.contains(says) && refused.text.contains(&format!("value=\"{email}\"")), "{email} {role}: {}", refused.text);
    }
    admin.post(&new, &[("email", "stranger@elsewhere.example"), ("role", "owner")]).is(403);
    assert!(admin.get("/o/acme/settings/invitations").is(200).text.contains("Nobody is invited yet"));
    let email = format!("admin-{}@person.example", here.org);
    admin.post(&new, &[("email", &email), ("role", "viewer")]).is(303);
    let twice = admin.post(&new, &[("email", &email), ("role", "editor")]).is(422);
    assert!(twice.text.contains("class=\"fault\""), "{}", twice.text);
    admin.post(&new, &[("email", "olga@acme.example"), ("role", "owner")]).is(403);
}

#[test]
fn who_is_an_admin_of_the_project_alone_adds_members_without_seeing_those_of_the_organization() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let guest = Visitor::new(&server, &here, "Carl Collaborator", Role::Collaborator);
    let editor = Visitor::new(&server, &here, "Edith Editor", Role::Editor);
    let new = format!("{MEMBERS}/new");
    let email = |role: &str| format!("{role}-{}@person.example", here.org);
    owner.post(&new, &[("email", &email("collaborator")), ("role", "admin")]).is(303);
    assert!(guest.get(MEMBERS).is(200).text.contains(&format!("href=\"{new}\"")));
    guest.get("/o/acme/settings/members").is(403);
    let form = guest.get(&new).is(200);
    assert!(form.text.contains("name=\"email\"") && !form.text.contains("offered") && !form.text.contains("Edith"), "{}", form.text);
    let unknown = guest.post(&new, &[("email", "stranger@elsewhere.example"), ("role", "viewer")]).is(422);
    assert!(unknown.text.contains("Nobody with this address"), "{}", unknown.text);
    // Elsewhere there are other people, and in this organization they are nobody.
    tenant(&server, "elsewhere");
    guest.post(&new, &[("email", "olga@elsewhere.example"), ("role", "viewer")]).is(422);
    assert_eq!(guest.post(&new, &[("email", &email("editor").to_uppercase()), ("role", "admin")]).is(303).to, MEMBERS);
    assert!(editor.get(MEMBERS).is(200).text.contains("Edith Editor"));
    guest.get("/o/acme/p/other/members/new").is(404);
}

#[test]
fn who_is_in_no_organization_is_invited_to_the_project_by_the_same_form() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna Admin", Role::Admin);
    let new = format!("{MEMBERS}/new");
    assert!(admin.get(&new).is(200).text.contains("Anybody else gets an invitation"));
    let made = admin.post(&new, &[("email", "Nina@New.example"), ("role", "editor")]).is(303);
    assert!(made.to.starts_with("/o/acme/settings/invitations/") && made.to.ends_with("/link"), "{}", made.to);
    let shown = admin.get(&made.to).is(200).text;
    assert!(shown.contains("It is for site alone") && shown.contains("Role: Editor"), "{shown}");
    let (_, rest) = shown.split_once("/invitations/accept?token=").expect("the link");
    let token: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    assert!(!admin.get(MEMBERS).is(200).text.contains("nina@new.example"));
    let twice = admin.post(&new, &[("email", "nina@new.example"), ("role", "viewer")]).is(422);
    assert!(twice.text.contains("class=\"fault\""), "{}", twice.text);
    let joined = [("token", token.as_str()), ("name", "Nina New"), ("password", "a long passphrase")];
    let joined = Visitor::nobody(&server).post("/invitations/accept", &joined).is(303);
    let nina = Visitor::nobody(&server).signed(&joined);
    nina.get("/o/acme/p/site").is(200);
    nina.get("/o/acme/p/other").is(404);
    nina.post("/o/acme/p/site/website/web/pages/new", &[("name", "Mine")]).is(303);
    assert!(admin.get(MEMBERS).is(200).text.contains("Nina New"));
}
