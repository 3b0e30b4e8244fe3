//! A key stays in its organization and, where it is limited to some, in its projects: on the routes about the caller, too.

use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use crate::support::{Site, Visitor, machine, tenant};

/// A key of the site's admin account.
struct Key {
    id: String,
    token: String,
}

fn key(site: &Site, projects: Option<&str>) -> Key {
    let path = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, site.admin.account);
    let mut wish = json!({ "name": projects.map_or("Wide", |_| "Narrow"), "access": "full" });
    if let Some(project) = projects {
        wish["projects"] = json!([project]);
    }
    let made = site.make(&path, &wish);
    Key { id: made["id"].as_str().unwrap().to_owned(), token: site.server.token(made["key"].as_str().unwrap()) }
}

#[test]
fn a_limited_key_sees_of_the_caller_only_what_lies_in_its_projects() {
    let site = Site::new();
    let org = format!("/organizations/{}", site.here.org);
    let (here, other) = (site.here.project.to_string(), format!("{org}/projects/{}", site.here.other));
    let (narrow, twin, wide) = (key(&site, Some(&here)), key(&site, Some(&here)), key(&site, None));
    site.change(&other, &json!({ "description": "Beside" }));
    site.change(&site.project(), &json!({ "description": "Here" }));
    let get = |path: &str| site.server.ask("GET", path, Some(&narrow.token), None);
    let told = |path: &str, field: &str| -> Vec<Value> {
        let answer = get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body["data"].as_array().unwrap().iter().map(|one| one[field].clone()).collect()
    };
    let activities = told("/me/activities?pageSize=100", "resourceId");
    assert!(!activities.is_empty() && activities.iter().all(|id| *id == here.as_str()), "{activities:?}");
    assert!(site.get("/me/activities?pageSize=100").body["data"].to_string().contains(&site.here.other.to_string()));
    assert_eq!(told("/me/api-keys?status=all", "id"), [narrow.id.as_str()]);
    assert_eq!(get("/me/api-keys?status=all").body["meta"]["total"], 1);
    assert!(told("/me/notifications", "id").is_empty());
    for whole in ["/me", "/whoami"] {
        let answer = get(whole).body;
        assert_eq!(answer["projects"].as_array().unwrap().len(), 1, "{answer}");
        assert!(!answer.to_string().contains(&site.here.other.to_string()));
    }
    for (method, path, body) in [
        ("POST", format!("/me/api-keys/{}/revoke", wide.id), json!({})),
        ("POST", format!("/me/api-keys/{}/revoke", twin.id), json!({})),
        ("POST", format!("/me/api-keys/{}/regenerate", wide.id), json!({})),
        ("PATCH", format!("/me/api-keys/{}", wide.id), json!({ "name": "Mine" })),
    ] {
        assert_eq!(site.server.ask(method, &path, Some(&narrow.token), Some(&body)).status, 404, "{method} {path}");
    }
    for (method, path) in [("GET", "members"), ("GET", "api-keys"), ("GET", "invitations"), ("POST", "projects")] {
        let body = (method == "POST").then(|| json!({ "name": "New" }));
        let answer = site.server.ask(method, &format!("{org}/{path}"), Some(&narrow.token), body.as_ref());
        assert_eq!(answer.status, 403, "{method} {path}: {}", answer.body);
    }
    assert_eq!(site.server.ask("GET", "/whoami", Some(&wide.token), None).status, 200);
    // It may give itself up.
    let own = format!("/me/api-keys/{}/revoke", narrow.id);
    assert_eq!(site.server.ask("POST", &own, Some(&narrow.token), Some(&json!({}))).status / 100, 2);
    assert_eq!(get("/whoami").reason(), "key_revoked");
}

#[test]
fn a_key_of_one_organization_learns_nothing_of_another() {
    let site = Site::new();
    let elsewhere = tenant(&site.server, "elsewhere");
    let paula = Visitor::new(&site.server, &site.here, "Paula Person", Role::Viewer);
    let token = site.server.token(&paula.key(site.here.org));
    let email = format!("viewer-{}@person.example", site.here.org);
    let owner = Visitor::owner(&site.server, &elsewhere);
    owner.invite("elsewhere", &email, "editor");
    let get = |path: &str| site.server.ask("GET", path, Some(&token), None).body;
    assert_eq!(get("/me/invitations")["meta"]["total"], 0, "{}", get("/me/invitations"));
    assert!(!get("/me/notifications").to_string().contains("elsewhere"), "{}", get("/me/notifications"));
    assert!(paula.get("/account/notifications").is(200).text.contains("elsewhere"), "she herself is told");
    // The same once she has joined.
    let theirs = site.server.token(&machine(&site.server, elsewhere.org, Role::Admin, Access::Full, None).secret);
    let all = format!("/organizations/{}/invitations", elsewhere.org);
    let made = site.server.ask("GET", &all, Some(&theirs), None).body["data"][0]["id"].as_str().unwrap().to_owned();
    let page = owner.get(&format!("/o/elsewhere/settings/invitations/{made}/link")).is(200).text;
    let secret: String = page.split("token=").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
    paula.post("/invitations/accept", &[("token", &secret)]).is(303);
    for list in ["/me", "/whoami", "/me/organizations", "/me/activities", "/me/invitations", "/me/notifications", "/me/api-keys"] {
        let answer = get(list).to_string();
        assert!(!answer.contains("elsewhere") && !answer.contains(&elsewhere.org.to_string()), "{list}: {answer}");
    }
}

#[test]
fn a_key_is_not_limited_to_projects_that_its_owner_cannot_see() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Collaborator, Access::Read, None);
    let keys = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, made.account);
    let wish = json!({ "name": "Narrow", "projects": [site.here.project.to_string()] });
    let refused = site.ask("POST", &keys, Some(&wish));
    let fault = &refused.body["errors"][0];
    assert_eq!((refused.status, &fault["field"], &fault["code"]), (400, &json!("projects"), &json!("not_seen")), "{}", refused.body);
    assert!(refused.message().contains("may not see site"), "{}", refused.message());
    site.make(&format!("{}/members", site.project()), &json!({ "userId": made.account.to_string(), "role": "viewer" }));
    site.make(&keys, &wish);
}
