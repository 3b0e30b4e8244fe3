//! The life of a key beyond making and revoking it: names, successors, owners, and whose it is.

use std::time::Duration;

use serde_json::{Value, json};
use stele::domain::{
    access::{Access, Role},
    key::secret::{KeyKind, PlainKey},
};

use crate::support::{Made, Server, SetClock, Tenant, machine, person, tenant};

const HOUR: Duration = Duration::from_secs(60 * 60);

struct Scene {
    _dir: tempfile::TempDir,
    server: Server,
    here: Tenant,
    admin: String,
    clock: std::sync::Arc<SetClock>,
}

fn scene() -> Scene {
    let (dir, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let here = tenant(&server, "acme");
    let admin = machine(&server, here.org, Role::Admin, Access::Full, None).secret;
    let admin = server.token(&admin);
    Scene { _dir: dir, server, here, admin, clock }
}

impl Scene {
    fn of(&self, made: &Made, what: &str) -> String {
        format!("/organizations/{}/api-keys/{}{what}", self.here.org, made.key)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let answer = self.server.ask("POST", path, Some(&self.admin), Some(body));
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body
    }

    #[track_caller]
    fn dead(&self, key: &str, reason: &str) {
        let answer = self.server.exchange(key);
        assert_eq!((answer.status, answer.reason()), (401, reason), "{}", answer.body);
    }
}

#[test]
fn a_key_that_was_never_issued_is_unknown_and_one_over_its_time_says_so() {
    let scene = scene();
    let stray = PlainKey::new(KeyKind::Service, false, &stele::app::SystemEntropy);
    scene.dead(stray.reveal(), "key_unknown");
    let made = machine(&scene.server, scene.here.org, Role::Viewer, Access::Read, None);
    let token = scene.server.token(&made.secret);
    scene.clock.pass(24 * HOUR);
    scene.dead(&made.secret, "key_expired");
    let answer = scene.server.ask("GET", "/whoami", Some(&token), None);
    assert_eq!((answer.status, answer.reason()), (401, "token_expired"));
}

#[test]
fn a_key_reaches_no_other_organization() {
    let scene = scene();
    let other = tenant(&scene.server, "elsewhere");
    let stranger = machine(&scene.server, other.org, Role::Admin, Access::Full, None);
    let token = scene.server.token(&stranger.secret);
    let own = machine(&scene.server, scene.here.org, Role::Viewer, Access::Read, None);
    for (method, path) in [
        ("GET", format!("/organizations/{}", scene.here.org)),
        ("GET", scene.of(&own, "")),
        ("POST", scene.of(&own, "/revoke")),
        ("POST", scene.of(&own, "/regenerate")),
        ("GET", format!("/organizations/{}/api-keys/{}", other.org, own.key)),
        ("POST", format!("/organizations/{}/api-keys/{}/revoke", other.org, own.key)),
    ] {
        let body = (method == "POST").then(|| json!({}));
        assert_eq!(scene.server.ask(method, &path, Some(&token), body.as_ref()).status, 404, "{method} {path}");
    }
    assert_eq!(scene.server.exchange(&own.secret).status, 200, "it lives");
}

#[test]
fn a_name_is_changed_and_the_key_stays_what_it_was() {
    let scene = scene();
    let made = machine(&scene.server, scene.here.org, Role::Viewer, Access::Read, None);
    let renamed = scene.server.ask("PATCH", &scene.of(&made, ""), Some(&scene.admin), Some(&json!({ "name": "Nightly" })));
    assert_eq!((renamed.status, &renamed.body["name"]), (200, &json!("Nightly")), "{}", renamed.body);
    let refused = scene.server.ask("PATCH", &scene.of(&made, ""), Some(&scene.admin), Some(&json!({ "name": "x".repeat(81) })));
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!("name")));
    assert_eq!(scene.server.exchange(&made.secret).status, 200);
}

#[test]
fn a_successor_is_the_same_key_with_another_secret_shown_once() {
    let scene = scene();
    let made = machine(&scene.server, scene.here.org, Role::Editor, Access::Write, Some(vec![scene.here.project]));
    let old_token = scene.server.token(&made.secret);
    let next = scene.post(&scene.of(&made, "/regenerate"), &json!({}));
    let before = scene.server.ask("GET", &scene.of(&made, ""), Some(&scene.admin), None).body;
    for same in ["name", "access", "projects", "expiresAt", "userId"] {
        assert_eq!(next[same], before[same], "{same}: {next}");
    }
    assert_eq!(next["replaces"], json!(made.key.to_string()), "{next}");
    scene.dead(&made.secret, "key_revoked");
    assert_eq!(scene.server.ask("GET", "/whoami", Some(&old_token), None).reason(), "key_revoked");
    let secret = next["key"].as_str().or(next["apiKey"].as_str()).expect("the secret").to_owned();
    assert_eq!(scene.server.exchange(&secret).status, 200);
    let id = next["id"].as_str().unwrap();
    let again = scene.server.ask("GET", &format!("/organizations/{}/api-keys/{id}", scene.here.org), Some(&scene.admin), None);
    let list = scene.server.ask("GET", &format!("/organizations/{}/api-keys?status=all", scene.here.org), Some(&scene.admin), None);
    for shown in [again, list] {
        assert_eq!(shown.status, 200);
        assert!(!shown.body.to_string().contains(&secret[16..40]), "shown once only");
    }
}

#[test]
fn with_a_grace_period_both_keys_work_until_it_is_over() {
    let scene = scene();
    let made = machine(&scene.server, scene.here.org, Role::Viewer, Access::Read, None);
    let next = scene.post(&scene.of(&made, "/regenerate"), &json!({ "grace": "1h", "expiresInDays": 30 }));
    let secret = next["key"].as_str().or(next["apiKey"].as_str()).expect("the secret").to_owned();
    let second = scene.server.ask("POST", &scene.of(&made, "/regenerate"), Some(&scene.admin), Some(&json!({})));
    assert_eq!(second.status, 409, "a key has one successor: {}", second.body);
    scene.clock.pass(HOUR - Duration::from_secs(1));
    assert_eq!(scene.server.exchange(&made.secret).status, 200);
    assert_eq!(scene.server.exchange(&secret).status, 200);
    scene.clock.pass(Duration::from_secs(1));
    scene.dead(&made.secret, "key_revoked");
    assert_eq!(scene.server.exchange(&secret).status, 200);
}

#[test]
fn a_grace_period_never_outlives_the_old_key() {
    let scene = scene();
    let made = machine(&scene.server, scene.here.org, Role::Viewer, Access::Read, None);
    scene.post(&scene.of(&made, "/regenerate"), &json!({ "grace": "7d", "expiresInDays": 90 }));
    scene.clock.pass(24 * HOUR - Duration::from_secs(1));
    assert_eq!(scene.server.exchange(&made.secret).status, 200);
    scene.clock.pass(Duration::from_secs(1));
    assert_eq!(scene.server.exchange(&made.secret).status, 401);
}

#[test]
fn whoever_holds_a_key_can_end_it() {
    let scene = scene();
    let made = machine(&scene.server, scene.here.org, Role::Viewer, Access::Read, None);
    let token = scene.server.token(&made.secret);
    assert_eq!(scene.server.oauth("revoke", &[("token", &made.secret), ("client_secret", &made.secret)]), 200);
    scene.dead(&made.secret, "key_revoked");
    assert_eq!(scene.server.ask("GET", "/whoami", Some(&token), None).reason(), "key_revoked");
}

#[test]
fn people_are_let_through_by_their_roles() {
    let scene = scene();
    let org = scene.here.org;
    let project = format!("/organizations/{org}/projects/{}", scene.here.project);
    let pages = format!("{project}/apps/website/{}/pages", scene.here.app);
    let page = |slug: &str| json!({ "name": slug, "slug": slug });
    for (role, see, read, write, manage) in [
        (Role::Admin, 200, 200, 201, 200),
        (Role::Editor, 200, 200, 201, 403),
        (Role::Viewer, 200, 200, 403, 403),
        (Role::Collaborator, 404, 404, 404, 403),
    ] {
        let token = scene.server.token(&person(&scene.server, org, role, Access::Full).made.secret);
        let status = |method: &str, path: &str, body: Option<Value>| scene.server.ask(method, path, Some(&token), body.as_ref()).status;
        assert_eq!(status("GET", &project, None), see, "{role:?}");
        assert_eq!(status("GET", &pages, None), read, "{role:?}");
        assert_eq!(status("POST", &pages, Some(page(role.word()))), write, "{role:?}");
        assert_eq!(status("GET", &format!("/organizations/{org}/api-keys"), None), manage, "{role:?}");
    }
}

#[test]
fn a_collaborator_has_in_a_project_the_role_that_was_given_there() {
    let scene = scene();
    let org = scene.here.org;
    let token = scene.server.token(&person(&scene.server, org, Role::Collaborator, Access::Full).made.secret);
    let user = scene.server.ask("GET", "/whoami", Some(&token), None).body;
    let id = user["id"].as_str().expect("an id").to_owned();
    let project = format!("/organizations/{org}/projects/{}", scene.here.project);
    let pages = format!("{project}/apps/website/{}/pages", scene.here.app);
    let status = |method: &str, path: &str, body: Option<&Value>| scene.server.ask(method, path, Some(&token), body).status;
    let new = json!({ "name": "New", "slug": "new" });
    assert_eq!(status("GET", &pages, None), 404);
    let member = scene.post(&format!("{project}/members"), &json!({ "userId": id, "role": "viewer" }));
    assert_eq!((status("GET", &pages, None), status("POST", &pages, Some(&new))), (200, 403));
    let one = format!("{project}/members/{}", member["id"].as_str().unwrap());
    assert_eq!(scene.server.ask("PATCH", &one, Some(&scene.admin), Some(&json!({ "role": "editor" }))).status, 200);
    assert_eq!(status("POST", &pages, Some(&new)), 201);
    let other = format!("/organizations/{org}/projects/{}", scene.here.other);
    assert_eq!(status("GET", &other, None), 404);
    assert_eq!(scene.server.ask("DELETE", &one, Some(&scene.admin), None).status, 200);
    assert_eq!(status("GET", &pages, None), 404);
}

#[test]
fn a_use_that_is_written_late_says_nothing_of_where_a_key_was_used_last() {
    let scene = scene();
    let made = machine(&scene.server, scene.here.org, Role::Viewer, Access::Read, None);
    let note = |back: Duration, ip: &'static str| {
        let key = made.key;
        scene.server.write(move |tx| stele::store::key::key::unguarded_note_use(tx, key, tx.now() - back, ip));
        let shown = scene.server.ask("GET", &scene.of(&made, ""), Some(&scene.admin), None).body;
        (shown["lastUsedAt"].clone(), shown["lastUsedIp"].clone())
    };
    let first = note(HOUR, "192.0.2.1");
    assert_eq!(first.1, "192.0.2.1");
    assert_eq!(note(2 * HOUR, "192.0.2.2"), first, "of two nodes, one writes later what was earlier");
    assert_eq!(note(Duration::ZERO, "192.0.2.3").1, "192.0.2.3");
}
