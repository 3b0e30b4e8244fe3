//! What is over stays as long as the operator says, and not longer.

use std::time::Duration;

use serde_json::json;
use stele::{
    domain::access::{Access, Role},
    jobs,
    service::retention::Retention,
};

use crate::support::{SetClock, Site, machine};

const DAY: Duration = Duration::from_secs(86_400);

/// A key of the admin that lives longer than the usual ones of tests: its text.
fn lasting(site: &Site) -> (String, String) {
    let path = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, site.admin.account);
    let made = site.make(&path, &json!({ "name": "Lasting", "access": "full", "expiresInDays": 90 }));
    (made["id"].as_str().unwrap().to_owned(), made["key"].as_str().unwrap().to_owned())
}

fn sweep(site: &Site, kept: Retention) {
    site.server.once(&jobs::sweep::job(&site.server.store, kept));
}

#[test]
fn keys_that_ended_go_after_their_time_and_those_that_live_stay() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let org = format!("/organizations/{}", site.here.org);
    let (living, living_secret) = lasting(&site);
    let [revoked, replaced] = [(); 2].map(|()| machine(&site.server, site.here.org, Role::Admin, Access::Full, None));
    let used = site.server.token(&revoked.secret);
    let email = json!({ "email": "late@acme.example", "role": "viewer" });
    assert_eq!(
        site.server.ask("POST", &format!("{org}/invitations"), Some(&used), Some(&email)).status,
        201,
        "something that refers to it"
    );
    site.make(&format!("{org}/api-keys/{}/revoke", revoked.key), &json!({}));
    let successor = site.make(&format!("{org}/api-keys/{}/regenerate", replaced.key), &json!({ "grace": "24h", "expiresAt": null }));
    let lives = |id: &str| site.count("SELECT COUNT(*) FROM api_keys WHERE id = ?1", id) == 1;
    let (revoked_id, replaced_id) = (revoked.key.to_string(), replaced.key.to_string());
    let kept = Retention { ended_keys: Some(DAY * 3), ..Retention::default() };
    clock.pass(DAY * 2);
    sweep(&site, kept);
    assert!(lives(&revoked_id) && lives(&replaced_id), "nothing goes before its time");
    clock.pass(DAY + DAY / 24);
    sweep(&site, Retention::default());
    assert!(lives(&revoked_id), "by default they stay for ever");
    sweep(&site, kept);
    assert!(!lives(&revoked_id) && lives(&replaced_id), "that of the grace period ended a day later");
    clock.pass(DAY);
    sweep(&site, kept);
    assert!(!lives(&replaced_id) && lives(&living));
    assert!(lives(successor["id"].as_str().unwrap()), "what replaced it stays");
    assert_eq!(site.server.exchange(&revoked.secret).reason(), "key_unknown");
    assert_eq!(site.server.exchange(&living_secret).status, 200);
}

#[test]
fn old_lines_of_the_activity_go_and_totals_follow() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let (_, secret) = lasting(&site);
    let rename = |name: &str| {
        let token = site.server.token(&secret);
        assert_eq!(site.server.ask("PATCH", &site.project(), Some(&token), Some(&json!({ "name": name }))).status, 200);
    };
    let asked = |path: &str| site.server.ask("GET", path, Some(&site.server.token(&secret)), None);
    let total = || asked("/me/activities").body["meta"]["total"].as_u64().unwrap();
    (0..3).for_each(|n| rename(&format!("Early {n}")));
    clock.pass(DAY * 4);
    let before = total();
    rename("Late");
    assert_eq!(total(), before + 1);
    let kept = Retention { activity: Some(DAY * 3), ..Retention::default() };
    sweep(&site, Retention::default());
    assert_eq!(total(), before + 1, "by default they stay for ever");
    sweep(&site, kept);
    assert_eq!(total(), 1, "the total is that of the lines that are left");
    let left = asked("/me/activities").body;
    assert_eq!((left["data"].as_array().unwrap().len(), &left["data"][0]["resourceName"]), (1, &json!("Late")));
    let old = (site.server.store.now() - DAY * 3).micros().to_string();
    assert_eq!(
        site.count("SELECT COUNT(*) FROM activities WHERE created_at < CAST(?1 AS INTEGER)", &old),
        0,
        "of nobody is there an older line"
    );
}
