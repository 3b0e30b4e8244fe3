//! The protocol over HTTP: both eras, who is let in, and under which names.

use reqwest::blocking::Client;
use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        key::rate_limit::Ceilings,
    },
};

use super::{
    agent::{Agent, OLD, stored},
    reading::agent,
};
use crate::support::{Site, machine};

#[test]
fn both_eras_find_the_same_tools() {
    let site = Site::new();
    let agent = Agent::new(&site.server, &site.admin.secret);
    let found = agent.ask("server/discover", json!({}));
    assert_eq!((&found["resultType"], &found["capabilities"]["tools"]), (&json!("complete"), &json!({})), "{found}");
    assert!(found["instructions"].as_str().is_some_and(|text| text.len() < 2_048));
    let list = agent.ask("tools/list", json!({}));
    assert_eq!((&list["cacheScope"], &list["resultType"]), (&json!("private"), &json!("complete")));
    assert!(list["ttlMs"].is_u64(), "{list}");

    let old = Agent { revision: OLD, ..Agent::new(&site.server, &site.token) };
    let hello = json!({ "protocolVersion": OLD, "capabilities": {}, "clientInfo": { "name": "old", "version": "1" } });
    let begun = old.ask("initialize", hello);
    assert_eq!((&begun["protocolVersion"], &begun["serverInfo"]["name"]), (&json!(OLD), &json!("stele")));
    let noted = old.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }), &[]);
    assert_eq!(noted.status(), 202);
    assert!(noted.headers().get("mcp-session-id").is_none(), "nothing is kept between calls");
    assert_eq!(old.tools(), agent.tools());
    assert!(!old.call("overview", json!({})).1);
    let unknown = agent.send(&agent.message("tools/forget", json!({})), &[]);
    assert_eq!(unknown.status(), 404);
    assert_eq!(unknown.json::<Value>().unwrap()["error"]["code"], -32601);
    let other = old.send(&agent.message("tools/list", json!({})), &[]);
    assert_eq!(other.status(), 400, "header and body say different things");
}

#[test]
fn a_dead_key_is_told_why_and_nothing_leads_to_oauth() {
    let site = Site::new();
    let agent = |bearer: &str| Agent::new(&site.server, bearer);
    let message = agent("").message("tools/list", json!({}));
    let token = site.server.token(&site.admin.secret);
    let missing = Client::new().post(format!("{}/mcp", site.server.url)).json(&message).send().unwrap();
    assert_eq!((missing.status().as_u16(), missing.headers()["www-authenticate"].to_str().unwrap()), (401, "Bearer"));
    let (id, secret) = (site.admin.key.to_string(), site.admin.secret.as_str());
    assert_eq!(site.server.oauth("revoke", &[("client_id", &id), ("client_secret", secret), ("token", secret)]), 200);
    for (bearer, reason) in [(site.admin.secret.as_str(), "key_revoked"), (&token, "key_revoked"), ("nonsense", "token_invalid")] {
        let refused = agent(bearer).send(&message, &[]);
        let told = refused.headers()["www-authenticate"].to_str().unwrap().to_owned();
        assert_eq!((refused.status().as_u16(), told.as_str()), (401, "Bearer error=\"invalid_token\""), "no resource_metadata");
        let body: Value = refused.json().unwrap();
        assert_eq!(body["reason"], reason, "{body}");
    }
    for path in
        ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-authorization-server"]
    {
        assert_eq!(Client::new().get(format!("{}{path}", site.server.url)).send().unwrap().status(), 404, "{path}");
    }
}

#[test]
fn there_is_no_stream_for_whoever_has_a_key() {
    let site = Site::new();
    let get = |bearer: &str| {
        Client::new().get(format!("{}/mcp", site.server.url)).header("accept", "text/event-stream").bearer_auth(bearer).send().unwrap()
    };
    assert_eq!(get("nonsense").status(), 401);
    let refused = get(&site.admin.secret);
    assert_eq!((refused.status().as_u16(), refused.headers()["allow"].to_str().unwrap()), (405, "POST"));
    assert_eq!(refused.json::<Value>().unwrap()["message"], "GET is not possible here. Allowed: POST.");
    let agent = Agent::new(&site.server, &site.token);
    let message = agent.message("tools/list", json!({}));
    let plain = Client::new().post(&agent.url).bearer_auth(&site.token).header("accept", "application/json").json(&message).send().unwrap();
    assert_eq!(plain.status(), 406, "both types must be accepted");
}

#[test]
fn only_pages_of_named_sites_call_and_only_by_its_own_name() {
    let site = Site::as_set(Config { cors_origins: vec!["https://app.example".into()], ..Config::default() });
    let agent = Agent::new(&site.server, &site.token);
    let message = agent.message("tools/list", json!({}));
    let status = |headers: &[(&str, &str)]| agent.send(&message, headers).status().as_u16();
    assert_eq!(status(&[("host", "stele.test")]), 200);
    assert_eq!(status(&[("host", "evil.example")]), 403);
    assert_eq!(status(&[("origin", "https://evil.example")]), 403);
    let named = agent.send(&message, &[("origin", "https://app.example")]);
    assert_eq!((named.status().as_u16(), named.headers()["access-control-allow-origin"].to_str().unwrap()), (200, "https://app.example"));
}

#[test]
fn a_key_sees_the_tools_that_it_may_use() {
    let site = Site::new();
    let tools = |role, access| Agent::new(&site.server, &machine(&site.server, site.here.org, role, access, None).secret).tools();
    let reading = tools(Role::Editor, Access::Read);
    assert_eq!(reading, tools(Role::Viewer, Access::Full));
    assert!(reading.contains(&"read_entry".to_owned()) && reading.contains(&"overview".to_owned()));
    let list = Agent::new(&site.server, &site.token).ask("tools/list", json!({}));
    for tool in list["tools"].as_array().unwrap() {
        let reads = tool["annotations"]["readOnlyHint"] == true;
        assert!(reads || !reading.iter().any(|name| tool["name"] == name.as_str()), "{tool}");
    }
}

#[test]
fn what_is_refused_to_a_living_key_is_an_answer() {
    let site = Site::new();
    let elsewhere = key_of(&site, json!({ "networks": ["192.0.2.0/24"] }));
    let agent = Agent::new(&site.server, &elsewhere);
    let text = agent.refused("overview", json!({}));
    assert!(text.contains("may not be used from this address"), "{text}");
    let busy = Agent::new(&site.server, &key_of(&site, json!({ "requestsPerMinute": 1 })));
    busy.done("overview", json!({}));
    let text = busy.refused("overview", json!({}));
    assert!(text.to_lowercase().contains("requests"), "{text}");
}

#[test]
fn an_agent_that_runs_in_a_circle_is_stopped() {
    let rate_limits = Ceilings { agent_write: Some(4), agent_publish: Some(1), ..Ceilings::default() };
    let site = Site::as_set(Config { rate_limits, ..Config::default() });
    let agent = agent(&site);
    let draft = |title: &str| json!({ "kind": "website_page", "title": title });
    let made = agent.done("create_entry", draft("First"));
    let id = stored(&made).split(' ').nth(1).unwrap().to_owned();
    agent.done("publish", json!({ "id": id, "version": 1 }));
    let live = json!({ "id": id, "version": 2, "fields": { "title": "Second" }, "live": true });
    let text = agent.refused("update_entry", live);
    assert!(text.contains("more than 1 changes") && text.contains("Nothing was changed"), "{text}");
    agent.done("create_entry", draft("Third"));
    let text = agent.refused("create_entry", draft("Fourth"));
    assert!(text.contains("more than 4 changes by agents with this API key a minute. Try again in"), "{text}");
    let dry = json!({ "kind": "website_page", "title": "Fifth", "dry_run": true });
    let text = agent.refused("create_entry", dry);
    assert!(text.contains("more than 4 changes"), "a dry run takes its turn among the writes: {text}");
    agent.done("overview", json!({}));
    let path = format!("{}/{id}", site.pages());
    assert_eq!(site.ask("PATCH", &path, Some(&json!({ "title": { "en": "Sixth" } }))).status, 200, "the API has limits of its own");
}

/// A key with these restrictions.
fn key_of(site: &Site, restrictions: Value) -> String {
    let mut body = json!({ "name": "Narrow", "access": "read" });
    body.as_object_mut().unwrap().extend(restrictions.as_object().unwrap().clone());
    let path = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, site.admin.account);
    let made = site.ask("POST", &path, Some(&body));
    assert_eq!(made.status, 201, "{}", made.body);
    made.body["key"].as_str().unwrap().to_owned()
}
