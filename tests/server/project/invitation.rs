//! Whoever is added to a project or an app from outside the organization is invited: to that place alone, and as long as it is
//! there and whoever gave it may give it.

use serde_json::{Value, json};
use stele::domain::{
    access::{Access, Role},
    id::UserId,
};

use crate::support::{JsonAnswer, Made, Site, Visitor, machine, owner, person, visitor};

const EMAIL: &str = "paula@elsewhere.example";

/// A site and somebody who is in no organization.
struct World {
    site: Site,
    paula: UserId,
}

impl World {
    fn new() -> Self {
        let site = Site::new();
        let paula = visitor(&site.server, EMAIL);
        Self { site, paula }
    }

    fn project(&self) -> String {
        format!("{}/members", self.site.project())
    }

    fn app(&self) -> String {
        format!("{}/apps/{}/members", self.site.project(), self.site.here.app)
    }

    fn org(&self) -> String {
        format!("/organizations/{}", self.site.here.org)
    }

    fn add_by(&self, inviter: &Made, place: &str, role: &str) -> JsonAnswer {
        let wish = json!({ "userId": self.paula.to_string(), "role": role });
        self.site.server.ask("POST", place, Some(&self.site.server.token(&inviter.secret)), Some(&wish))
    }

    /// Adds Paula as the site's admin account; the secret of the invitation's link.
    fn add(&self, place: &str, role: &str) -> String {
        secret(&self.add_by(&self.site.admin, place, role))
    }

    fn in_org(&self) -> Option<Value> {
        let members = self.site.items(&format!("{}/members?pageSize=100", self.org()));
        members.into_iter().find(|one| one["userId"] == self.paula.to_string().as_str())
    }

    fn role_in(&self, place: &str) -> Option<String> {
        let found = self.site.items(place).into_iter().find(|one| one["userId"] == self.paula.to_string().as_str());
        found.map(|one| one["role"].as_str().unwrap().to_owned())
    }

    fn visits(&self) -> Visitor<'_> {
        Visitor::of(&self.site.server, self.paula)
    }

    fn accepts(&self, secret: &str, status: u16) -> String {
        self.visits().post("/invitations/accept", &[("token", secret)]).is(status).text
    }

    /// Paula may not accept, by the page and by the API, and is in nothing.
    fn refused(&self, secret: &str, reason: &str, says: &str) {
        let page = self.visits().get(&format!("/invitations/accept?token={secret}")).is(403).text;
        assert!(page.contains(says) && !page.contains("name=\"token\""), "{page}");
        assert!(self.accepts(secret, 403).contains(says));
        let wish = json!({ "token": secret, "password": "not the password" });
        let answer = self.site.server.ask("POST", "/invitations/accept", None, Some(&wish));
        assert_eq!((answer.status, answer.reason()), (403, reason), "{}", answer.body);
        assert!(self.in_org().is_none());
    }
}

fn secret(added: &JsonAnswer) -> String {
    assert_eq!(added.status, 201, "{}", added.body);
    added.body["invitation"]["link"].as_str().unwrap().split_once("token=").unwrap().1.to_owned()
}

#[test]
fn whoever_is_added_to_a_project_is_invited_to_it_and_sees_nothing_else() {
    let world = World::new();
    let site = &world.site;
    let added = world.add_by(&site.admin, &world.project(), "editor");
    let link = secret(&added);
    let told = &added.body;
    assert_eq!((&told["role"], &told["projectId"]), (&json!("editor"), &json!(site.here.project.to_string())), "{told}");
    assert!(told["joinedAt"].is_null() && told["projectAppId"].is_null());
    // It is listed as what it is, and nobody is a member yet.
    let listed = &site.items(&format!("{}/invitations", world.org()))[0];
    let place = &listed["place"];
    assert_eq!(
        (&listed["role"], &place["role"], &place["projectName"]),
        (&json!("collaborator"), &json!("editor"), &json!("site")),
        "{listed}"
    );
    assert_eq!((&place["deleted"], &place["appId"]), (&json!(false), &Value::Null));
    assert!(world.in_org().is_none() && world.role_in(&world.project()).is_none());
    world.visits().get("/o/acme/p/site").is(404);
    let list = Visitor::owner(&site.server, &site.here).get("/o/acme/settings/invitations").is(200).text;
    assert!(list.contains("Editor<small>site</small>"), "{list}");
    let page = world.visits().get(&format!("/invitations/accept?token={link}")).is(200).text;
    assert!(page.contains("Join site (acme)") && page.contains("Your role: Editor"), "{page}");
    world.accepts(&link, 303);
    assert_eq!(world.in_org().unwrap()["role"], "collaborator");
    assert_eq!(world.role_in(&world.project()).as_deref(), Some("editor"));
    world.visits().get("/o/acme/p/site").is(200);
    world.visits().get("/o/acme/p/other").is(404);
    world.visits().get("/o/acme/settings/members").is(403);
    world.visits().post("/o/acme/p/site/website/web/pages/new", &[("name", "Mine")]).is(303);
    // The trail tells it where it was.
    let trail = Visitor::owner(&site.server, &site.here).get("/o/acme/settings/activity?action=invitation.accepted").is(200).text;
    assert!(trail.contains("joined as Editor") && trail.contains("site"), "{trail}");
}

#[test]
fn whoever_is_added_to_an_app_is_invited_to_that_app() {
    let world = World::new();
    let added = world.add_by(&world.site.admin, &world.app(), "viewer");
    assert_eq!(added.body["projectAppId"], world.site.here.app.to_string().as_str(), "{}", added.body);
    let own = &world.site.items(&format!("{}/invitations", world.org()))[0]["place"];
    assert_eq!((&own["projectName"], &own["appName"], &own["role"]), (&json!("site"), &json!("Web"), &json!("viewer")));
    world.accepts(&secret(&added), 303);
    assert_eq!((world.role_in(&world.app()).as_deref(), world.role_in(&world.project())), (Some("viewer"), None));
    world.visits().get("/o/acme/p/site/website/web/pages").is(200);
    world.visits().post("/o/acme/p/site/website/web/pages/new", &[("name", "Mine")]).is(403);
    world.visits().get("/o/acme/p/site/members").is(403);
}

#[test]
fn a_role_in_an_app_counts_on_its_pages() {
    let world = World::new();
    world.accepts(&secret(&world.add_by(&world.site.admin, &world.app(), "editor")), 303);
    let list = world.visits().get("/o/acme/p/site/website/web/pages").is(200).text;
    assert!(list.contains("/o/acme/p/site/website/web/pages/new") && list.contains("<small>Editor</small>"), "{list}");
    world.visits().get("/o/acme/p/site/website/web/pages/new").is(200);
    world.visits().post("/o/acme/p/site/website/web/pages/new", &[("name", "Mine")]).is(303);
    world.visits().get("/o/acme/p/site/settings").is(403);
}

#[test]
fn whoever_types_a_wrong_password_too_often_keeps_the_form_of_the_invitation() {
    let world = World::new();
    let link = world.add(&world.project(), "editor");
    let guess = || Visitor::nobody(&world.site.server).post("/invitations/accept", &[("token", link.as_str()), ("password", "a guess")]);
    let shown = (0..20).map(|_| guess()).find(|shown| shown.status == 429).unwrap();
    assert!(shown.text.contains("name=\"token\"") && shown.text.contains("Try again in"), "{}", shown.text);
}

#[test]
fn each_place_has_one_open_invitation() {
    let world = World::new();
    let other = format!("{}/projects/{}/members", world.org(), world.site.here.other);
    let links = [world.add(&world.project(), "editor"), world.add(&other, "viewer"), world.add(&world.app(), "viewer")];
    assert_eq!(world.add_by(&world.site.admin, &world.project(), "viewer").status, 409);
    for link in &links {
        world.accepts(link, 303);
    }
    assert_eq!((world.role_in(&world.project()).as_deref(), world.role_in(&other).as_deref()), (Some("editor"), Some("viewer")));
    assert_eq!(world.in_org().unwrap()["role"], "collaborator");
    assert!(world.accepts(&links[0], 404).contains("was accepted"));
    // A member is added at once, and only once.
    assert_eq!(world.add_by(&world.site.admin, &world.project(), "viewer").status, 409);
}

#[test]
fn whoever_is_a_member_by_then_keeps_what_they_have() {
    let world = World::new();
    let site = &world.site;
    let whole = json!({ "email": EMAIL, "role": "viewer" });
    let whole =
        site.make(&format!("{}/invitations", world.org()), &whole)["link"].as_str().unwrap().split_once("token=").unwrap().1.to_owned();
    let (project, app) = (world.add(&world.project(), "editor"), world.add(&world.app(), "editor"));
    world.accepts(&project, 303);
    // Somebody gave them another role in the app meanwhile.
    let given = site.make(&world.app(), &json!({ "userId": world.paula.to_string(), "role": "viewer" }));
    assert!(given["joinedAt"].is_string(), "{given}");
    world.accepts(&app, 303);
    assert_eq!(world.role_in(&world.app()).as_deref(), Some("viewer"));
    // The invitation to the whole organization says more than the place alone did.
    world.accepts(&whole, 303);
    assert_eq!(world.in_org().unwrap()["role"], "viewer");
    assert_eq!(world.role_in(&world.project()).as_deref(), Some("editor"));
}

#[test]
fn an_invitation_to_a_place_never_gives_back_what_was_taken() {
    let world = World::new();
    let site = &world.site;
    let whole = json!({ "email": EMAIL, "role": "admin" });
    let whole =
        site.make(&format!("{}/invitations", world.org()), &whole)["link"].as_str().unwrap().split_once("token=").unwrap().1.to_owned();
    world.accepts(&world.add(&world.project(), "editor"), 303);
    // An admin decides on their role in the organization: twice, so that it is what it was.
    let member = format!("{}/members/{}", world.org(), world.in_org().unwrap()["id"].as_str().unwrap());
    site.change(&member, &json!({ "role": "viewer" }));
    site.change(&member, &json!({ "role": "collaborator" }));
    world.accepts(&whole, 409);
    assert_eq!(world.in_org().unwrap()["role"], "collaborator");
}

#[test]
fn what_was_deleted_is_said_and_what_came_back_can_be_joined() {
    let world = World::new();
    let site = &world.site;
    let (project, app) = (world.add(&world.project(), "editor"), world.add(&world.app(), "editor"));
    let trash = format!("{}/apps/{}", site.project(), site.here.app);
    assert_eq!(site.ask("DELETE", &trash, None).status, 200);
    world.refused(&app, "place_gone", "site / Web (acme) was deleted");
    let listed = site.items(&format!("{}/invitations", world.org()));
    let gone = listed.iter().find(|one| one["place"]["appName"] == "Web").unwrap();
    assert_eq!(gone["place"]["deleted"], true, "{gone}");
    let again = site.ask("POST", &format!("{}/invitations/{}/resend", world.org(), gone["id"].as_str().unwrap()), None);
    assert_eq!((again.status, &again.body["errors"][0]["code"]), (400, &json!("place_gone")), "{}", again.body);
    let owner = Visitor::owner(&site.server, &site.here);
    let list = owner.get("/o/acme/settings/invitations").is(200).text;
    assert!(list.contains("What it is for was deleted") && list.matches("/resend\"").count() == 1, "{list}");
    assert_eq!(site.ask("POST", &format!("{}/apps/trash/{}/restore", site.project(), site.here.app), None).status, 200);
    world.accepts(&app, 303);
    assert_eq!(site.ask("DELETE", &site.project(), None).status, 200);
    let page = world.visits().get(&format!("/invitations/accept?token={project}")).is(403).text;
    assert!(page.contains("site (acme) was deleted"), "{page}");
    assert_eq!(world.in_org().unwrap()["role"], "collaborator");
}

#[test]
fn an_invitation_to_a_place_ends_when_its_inviter_may_not_invite_any_more() {
    let ends: [fn(&World, &Made, &str); 3] = [
        |world, _, member| drop(world.site.change(&format!("{}/members/{member}", world.org()), &json!({ "role": "editor" }))),
        |world, _, member| assert_eq!(world.site.ask("DELETE", &format!("{}/members/{member}", world.org()), None).status, 200),
        |world, inviter, _| {
            let path = format!("{}/api-keys/{}/revoke", world.org(), inviter.key);
            assert_eq!(world.site.ask("POST", &path, Some(&json!({}))).status / 100, 2);
        },
    ];
    for end in ends {
        let world = World::new();
        let inviter = person(&world.site.server, world.site.here.org, Role::Admin, Access::Full);
        let link = secret(&world.add_by(&inviter.made, &world.project(), "editor"));
        end(&world, &inviter.made, &inviter.member.unwrap());
        world.refused(&link, "inviter_gone", "may not invite people to");
        // Somebody else invites her to the same place.
        world.accepts(&world.add(&world.project(), "viewer"), 303);
        assert_eq!(world.role_in(&world.project()).as_deref(), Some("viewer"));
    }
}

#[test]
fn a_role_is_given_by_whoever_has_it_in_the_place_when_it_is_taken() {
    let world = World::new();
    let site = &world.site;
    let olga = owner(&site.server, &site.here, "acme", Access::Full).made;
    let heir = person(&site.server, site.here.org, Role::Admin, Access::Full).made;
    assert_eq!(world.add_by(&heir, &world.project(), "owner").reason(), "role_above_own");
    let link = secret(&world.add_by(&olga, &world.project(), "owner"));
    let token = site.server.token(&olga.secret);
    let to = json!({ "userId": heir.account.to_string() });
    assert_eq!(site.server.ask("POST", &format!("{}/transfer", world.org()), Some(&token), Some(&to)).status / 100, 2);
    // She is an admin now: she invites still, but gives no owner's role.
    world.refused(&link, "inviter_gone", "may not invite people to");
    // The same for a role of her own in the project, which is taken from her; given back, it gives nothing back.
    let heirs = site.server.token(&heir.secret);
    let ask = |method: &str, path: &str, body: Option<&Value>| site.server.ask(method, path, Some(&heirs), body);
    let own = json!({ "userId": olga.account.to_string(), "role": "owner" });
    let given = ask("POST", &world.project(), Some(&own));
    assert_eq!(given.status, 201, "{}", given.body);
    let link = secret(&world.add_by(&olga, &world.project(), "owner"));
    assert_eq!(ask("DELETE", &format!("{}/{}", world.project(), given.body["id"].as_str().unwrap()), None).status, 200);
    assert_eq!(ask("POST", &world.project(), Some(&own)).status, 201);
    world.refused(&link, "inviter_gone", "may not invite people to");
}

#[test]
fn whoever_may_not_invite_to_the_organization_adds_nobody_from_outside() {
    let world = World::new();
    let site = &world.site;
    let here = Some(vec![site.here.project]);
    let narrow = machine(&site.server, site.here.org, Role::Admin, Access::Full, here);
    let guest = machine(&site.server, site.here.org, Role::Collaborator, Access::Full, None);
    site.make(&world.project(), &json!({ "userId": guest.account.to_string(), "role": "admin" }));
    let writing = machine(&site.server, site.here.org, Role::Admin, Access::Write, None);
    for (inviter, status) in [(&narrow, 404), (&guest, 404), (&writing, 403)] {
        assert_eq!(world.add_by(inviter, &world.project(), "viewer").status, status);
        assert_eq!(world.add_by(inviter, &world.app(), "viewer").status, status);
    }
    assert!(site.items(&format!("{}/invitations", world.org())).is_empty());
    // Members of the organization they add as before.
    let one = person(&site.server, site.here.org, Role::Collaborator, Access::Full).made;
    let wish = json!({ "userId": one.account.to_string(), "role": "viewer" });
    let added = site.server.ask("POST", &world.project(), Some(&site.server.token(&guest.secret)), Some(&wish));
    assert!(added.status == 201 && added.body["joinedAt"].is_string(), "{}", added.body);
    // A service account of another organization is nobody here, and what nobody has is none.
    let elsewhere = crate::support::tenant(&site.server, "elsewhere");
    let machine = machine(&site.server, elsewhere.org, Role::Viewer, Access::Full, None);
    for id in [machine.account.to_string(), "0190f4a2-0000-7000-8000-000000000000".into()] {
        assert_eq!(site.ask("POST", &world.project(), Some(&json!({ "userId": id, "role": "viewer" }))).status, 404);
    }
}

#[test]
fn a_limited_key_hears_of_no_invitation_to_another_project() {
    let world = World::new();
    let site = &world.site;
    world.accepts(&world.add(&world.project(), "editor"), 303);
    // An invitation that was open before she joined.
    let other = format!("{}/projects/{}/members", world.org(), site.here.other);
    let member = format!("{}/members/{}", world.org(), world.in_org().unwrap()["id"].as_str().unwrap());
    assert_eq!(site.ask("DELETE", &member, None).status, 200);
    let links = [world.add(&other, "viewer"), world.add(&world.project(), "viewer")];
    world.accepts(&links[1], 303);
    let key = site.server.token(&world.visits().key(site.here.org));
    let own = |token: &str| site.server.ask("GET", "/me/invitations", Some(token), None).body;
    assert_eq!(own(&key)["data"][0]["place"]["projectName"], "other");
    let actor = world.visits().actor();
    let (org, project) = (site.here.org, site.here.project);
    let narrow = site.server.write(move |tx| {
        let projects = Some(vec![project]);
        let draft = stele::domain::key::key::Draft {
            name: "Narrow".into(),
            access: None,
            expires_in_days: Some(1),
            projects,
            ..Default::default()
        };
        Ok(stele::service::key::key::create_personal(tx, &actor, org, &draft, false)?.secret.reveal().to_owned())
    });
    assert_eq!(own(&site.server.token(&narrow))["meta"]["total"], 0);
}

#[test]
fn a_repeat_under_an_idempotency_key_invites_once_and_tells_no_link() {
    let world = World::new();
    let site = &world.site;
    let add = |wish: &Value, name: &str| {
        let headers = [("Idempotency-Key", name)];
        site.server.ask_with("POST", &world.project(), Some(&site.token), Some(wish), &headers)
    };
    let wish = json!({ "userId": world.paula.to_string(), "role": "viewer" });
    let first = add(&wish, "outsider");
    let again = add(&wish, "outsider");
    let link = secret(&first);
    assert_eq!((again.status, &again.body["id"], &again.body["invitation"]), (201, &first.body["id"], &Value::Null));
    let kept = "SELECT body || headers FROM idempotency_keys WHERE key = 'outsider'";
    let kept: String = site.raw().query_row(kept, [], |row| row.get(0)).unwrap();
    assert!(!kept.contains(&link) && site.items(&format!("{}/invitations", world.org())).len() == 1);
    // Of a member, who was added at once, the whole answer comes again.
    let one = person(&site.server, site.here.org, Role::Collaborator, Access::Full).made;
    let wish = json!({ "userId": one.account.to_string(), "role": "viewer" });
    assert_eq!(add(&wish, "member").body, add(&wish, "member").body);
}

#[test]
fn whoever_has_an_account_is_told_of_the_place() {
    let world = World::new();
    world.add(&world.app(), "editor");
    let told = world.visits().get("/account/notifications").is(200).text;
    assert!(told.contains("invites you to site / Web (acme)"), "{told}");
}
