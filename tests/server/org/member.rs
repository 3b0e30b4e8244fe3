//! The people of an organization in the console.

use stele::domain::{
    access::{Actor, Role},
    id::MemberId,
};

use crate::support::{HOSTILE, Server, Tenant, Visitor, tenant};

const MEMBERS: &str = "/o/acme/settings/members";

fn start() -> (tempfile::TempDir, Server, Tenant) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    (dir, server, here)
}

fn role(server: &Server, here: &Tenant, id: MemberId) -> Role {
    let org = here.org;
    server.write(move |tx| Ok(stele::service::org::member::get(tx, &Actor::operator(), org, id)?.role))
}

fn owner_member(server: &Server, here: &Tenant) -> MemberId {
    let org = here.org;
    server.write(move |tx| {
        let all = stele::service::org::member::list(tx, &Actor::operator(), org, &Default::default())?;
        Ok(all.items.into_iter().find(|one| one.role == Role::Owner).expect("an owner").id)
    })
}

#[test]
fn a_role_is_changed_and_a_wrong_one_is_refused() {
    let (_dir, server, here) = start();
    let (admin, guest) = (Visitor::new(&server, &here, "Anna", Role::Admin), Visitor::new(&server, &here, HOSTILE, Role::Viewer));
    crate::support::machine(&server, here.org, Role::Admin, stele::domain::access::Access::Read, None);
    let id = guest.member.unwrap();
    let change = format!("{MEMBERS}/{id}/role");
    assert_eq!(admin.post(&change, &[("role", "editor")]).is(303).to, MEMBERS);
    assert_eq!(role(&server, &here, id), Role::Editor);
    for wrong in ["owner", "king", ""] {
        admin.post(&change, &[("role", wrong)]).is(422);
        assert_eq!(role(&server, &here, id), Role::Editor, "{wrong}");
    }
    let list = admin.get(MEMBERS).is(200).text;
    assert!(!list.contains("<script>alert") && list.contains("&#60;script"), "the name is escaped");
    let accounts = list.find("Service account</small>");
    assert!(accounts.is_some_and(|at| list[at..].find("@person.example").is_none()), "people first");
    let newest = admin.get(&format!("{MEMBERS}?sort=joinedAt:desc")).is(200).text;
    assert!(newest.contains("aria-sort=\"descending\"") && newest.contains("sort=joinedAt:asc"), "sorted by a click, and back by another");
    let found = admin.get(&format!("{MEMBERS}?search=anna")).is(200).text;
    assert!(found.contains("Anna") && !found.contains("&#60;script"), "the search narrows the list");
}

#[test]
fn the_owner_keeps_their_role_and_cannot_be_removed() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let owner = owner_member(&server, &here);
    assert!(!admin.get(MEMBERS).is(200).text.contains(&format!("{owner}/role")), "no form for it");
    admin.post(&format!("{MEMBERS}/{owner}/role"), &[("role", "viewer")]).is(403);
    admin.post(&format!("{MEMBERS}/{owner}/remove"), &[("sure", "on")]).is(403);
    assert_eq!(role(&server, &here, owner), Role::Owner);
}

#[test]
fn a_removed_member_and_their_personal_key_are_out_at_once() {
    let (_dir, server, here) = start();
    let (admin, editor) = (Visitor::new(&server, &here, "Anna", Role::Admin), Visitor::new(&server, &here, "Eva", Role::Editor));
    let key = editor.key(here.org);
    let token = server.token(&key);
    assert_eq!(server.ask("GET", "/me", Some(&token), None).status, 200);
    let remove = format!("{MEMBERS}/{}/remove", editor.member.unwrap());
    assert!(admin.get(&remove).is(200).text.contains("personal keys"), "the page says what stops");
    assert_eq!(admin.post(&remove, &[("sure", "on")]).is(303).to, MEMBERS);
    assert_eq!(server.ask("GET", "/me", Some(&token), None).status, 401);
    assert_eq!(server.exchange(&key).status, 401);
    editor.get("/o/acme").is(404);
    assert!(!admin.get(MEMBERS).is(200).text.contains("Eva"));
}

#[test]
fn a_viewer_reads_and_a_stranger_finds_nothing() {
    let (_dir, server, here) = start();
    let elsewhere = tenant(&server, "elsewhere");
    let (viewer, editor) = (Visitor::new(&server, &here, "Vera", Role::Viewer), Visitor::new(&server, &here, "Eva", Role::Editor));
    let stranger = Visitor::new(&server, &elsewhere, "Sam", Role::Admin);
    let id = editor.member.unwrap();
    assert!(!viewer.get(MEMBERS).is(200).text.contains(&format!("{id}/role")));
    let forms = [(format!("{MEMBERS}/{id}/role"), ("role", "viewer")), (format!("{MEMBERS}/{id}/remove"), ("sure", "on"))];
    for (path, field) in &forms {
        viewer.post(path, &[*field]).is(403);
        if path.ends_with("/remove") {
            viewer.get(path).is(403);
        }
        stranger.post(path, &[*field]).is(404);
        // The member of another organization is not reached from one's own either.
        stranger.post(&path.replace("/acme/", "/elsewhere/"), &[*field]).is(404);
    }
    stranger.get(MEMBERS).is(404);
    assert_eq!(role(&server, &here, id), Role::Editor);
}

#[test]
fn whoever_chose_no_language_is_told_in_that_of_their_browser() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    crate::support::visitor(&server, "paula@acme.example");
    let mut paula = crate::support::Browser::new(&server);
    paula.language = "fr-FR,fr;q=0.9,en;q=0.5";
    assert_eq!(paula.sign_in("paula@acme.example", crate::support::PASSWORD, "").status, 303);
    Visitor::owner(&server, &here).invite("acme", "paula@acme.example", "viewer");
    let seen = paula.get("/account/notifications").body;
    assert!(seen.contains("Olga Owner vous invite à rejoindre acme"), "{seen}");
}

#[test]
fn whoever_is_invited_changed_or_removed_is_told_in_their_language() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let paula = crate::support::visitor(&server, "paula@acme.example");
    server.write(move |tx| {
        let patch = stele::domain::account::user::Patch { locale: Some(Some("fr".into())), ..Default::default() };
        let actor = stele::domain::access::Actor {
            id: paula,
            kind: stele::domain::access::ActorKind::User,
            name: "Paula".into(),
            email: "paula@acme.example".into(),
            via: stele::domain::access::Via::Operator,
            access: stele::domain::access::Access::Full,
        };
        stele::service::account::me::update(tx, &actor.into(), &patch).map(drop)
    });
    let told = |words: &str| {
        let seen = Visitor::of(&server, paula).get("/account/notifications").is(200).text;
        assert!(seen.contains(words), "{words}: {seen}");
    };
    let link = owner.invite("acme", "paula@acme.example", "viewer").text;
    told("Olga Owner vous invite à rejoindre acme");
    let token = link.split("token=").nth(1).and_then(|rest| rest.split(['<', '"']).next()).unwrap().to_owned();
    Visitor::of(&server, paula).post("/invitations/accept", &[("token", &token)]).is(303);
    assert!(owner.get("/account/notifications").is(200).text.contains("Paula Person has joined acme"));
    let list = owner.get(&format!("{MEMBERS}?search=paula")).is(200).text;
    let member = list.split(&format!("action=\"{MEMBERS}/")).nth(1).unwrap().split('/').next().unwrap().to_owned();
    owner.post(&format!("{MEMBERS}/{member}/role"), &[("role", "editor")]).is(303);
    told("Votre rôle dans acme est désormais\u{a0}: Rédacteur");
    owner.post(&format!("{MEMBERS}/{member}/remove"), &[]).is(303);
    told("Vous n’êtes plus membre de acme");
}

#[test]
fn the_second_of_two_tabs_on_a_role_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let vera = Visitor::new(&server, &here, "Vera Viewer", Role::Viewer);
    let role = format!("{MEMBERS}/{}/role", vera.member.unwrap());
    assert!(owner.get(MEMBERS).is(200).text.contains("name=\"was\" value=\"viewer\""));
    owner.post(&role, &[("was", "viewer"), ("role", "collaborator")]).is(303);
    let told = owner.post(&role, &[("was", "viewer"), ("role", "admin")]).is(412);
    assert!(told.text.contains("role=\"alert\"") && told.text.contains("value=\"collaborator\" selected"), "{}", told.text);
}
