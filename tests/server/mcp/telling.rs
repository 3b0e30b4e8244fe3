//! What agents are told of tools, resources and prompts: in schemas that all clients understand, and in few words.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stele::domain::{
    access::{Access, Role},
    content::blocks::BLOCKS,
};

use super::{
    agent::{Agent, stored},
    reading::{about, agent},
};
use crate::support::{SetClock, Site, machine, person};

/// Most bytes of a tool, and of all of them.
const TOOL_MAX: usize = 2_600;
const ALL_MAX: usize = 20_000;

fn tools(agent: &Agent) -> Vec<Value> {
    agent.ask("tools/list", json!({}))["tools"].as_array().unwrap().clone()
}

/// What clients stumble over in a schema.
fn lint(at: &str, schema: &Value, faults: &mut Vec<String>) {
    let Some(members) = schema.as_object() else { return faults.push(format!("{at} is no object")) };
    for word in ["oneOf", "anyOf", "allOf", "if", "not", "$ref", "format", "const", "nullable"] {
        if members.contains_key(word) {
            faults.push(format!("{at} has {word}"));
        }
    }
    match members.get("type").and_then(Value::as_str) {
        Some("object") => match members.get("properties") {
            Some(Value::Object(properties)) => {
                properties.iter().for_each(|(name, property)| lint(&format!("{at}.{name}"), property, faults))
            }
            _ => faults.push(format!("{at} has no properties")),
        },
        Some("array") => lint(&format!("{at}[]"), &members["items"], faults),
        Some("string" | "integer" | "boolean") => {}
        other => faults.push(format!("{at} is {other:?}")),
    }
}

#[test]
fn all_clients_understand_the_tools() {
    let site = Site::new();
    let wide = Agent::new(&site.server, &site.token);
    let all = tools(&wide);
    assert_eq!(all.len(), 21);
    let mut faults = Vec::new();
    for tool in &all {
        let name = tool["name"].as_str().unwrap();
        lint(name, &tool["inputSchema"], &mut faults);
        assert!(tool.get("outputSchema").is_none(), "{name}");
        assert!(name.len() <= 37 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        let bytes = tool.to_string().len();
        assert!(bytes <= TOOL_MAX, "{name} has {bytes} bytes");
        let takes = &tool["inputSchema"]["properties"];
        let is_write = tool["annotations"]["readOnlyHint"] == false;
        assert_eq!(takes.get("dry_run").is_some(), is_write, "{name}");
        let required: Vec<_> = tool["inputSchema"]["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let versioned = is_write && !["create_entry", "restore", "create_upload", "mark_submission"].contains(&name);
        assert_eq!(required.contains(&"version"), versioned, "{name}: no change without the version that was read");
    }
    assert!(faults.is_empty(), "{faults:?}");
    let bytes = json!(all).to_string().len();
    assert!(bytes < ALL_MAX, "{bytes} bytes");
    let always: Vec<_> =
        all.iter().filter(|tool| tool["_meta"]["anthropic/alwaysLoad"] == true).map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(always, ["overview", "search", "read_entry", "edit_text"]);
    let destructive: Vec<_> =
        all.iter().filter(|tool| tool["annotations"]["destructiveHint"] == true).map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(destructive, ["unpublish", "trash_entry"]);
}

#[test]
fn the_list_of_tools_is_as_it_was() {
    let site = Site::new();
    let told: String = tools(&agent(&site)).iter().map(|tool| serde_json::to_string_pretty(tool).unwrap() + "\n").collect();
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server/mcp/tools.golden.json");
    if std::env::var_os("STELE_GOLDEN").is_some() {
        std::fs::write(golden, &told).unwrap();
    }
    assert_eq!(
        told,
        std::fs::read_to_string(golden).unwrap(),
        "if that is meant: STELE_GOLDEN=1 cargo test --test server the_list_of_tools"
    );
}

#[test]
fn every_argument_may_come_as_text() {
    let site = Site::with(&SetClock::new());
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let agent = agent(&site);
    let calls = [
        ("search", json!({"query": "servers", "limit": 5})),
        ("read_entry", json!({"id": id, "outline": true, "blocks": ["b1"], "version": 1})),
        ("describe_blocks", json!({"types": ["faq"]})),
        ("edit_text", json!({"id": id, "version": 1, "edits": [{"old": "small", "new": "big"}], "dry_run": true})),
        ("write_document", json!({"id": id, "version": 1, "markdown": "", "delete": ["b1"], "dry_run": true})),
        ("edit_blocks", json!({"id": id, "version": 1, "ops": [{"op": "update", "block": "b1", "data": {"level": 2}}], "dry_run": true})),
        ("update_entry", json!({"id": id, "version": 1, "fields": {"tags": ["x"]}, "dry_run": true})),
        ("publish", json!({"id": id, "version": 1, "dry_run": true})),
    ];
    for (tool, arguments) in calls {
        let mut texts = arguments.clone();
        for value in texts.as_object_mut().unwrap().values_mut().filter(|value| !value.is_string()) {
            *value = value.to_string().into();
        }
        let plain = |text: String| text.split('\n').filter(|line| !line.contains("stored ")).collect::<Vec<_>>().join("\n");
        assert_eq!(plain(agent.done(tool, arguments)), plain(agent.done(tool, texts)), "{tool}");
    }
}

#[test]
fn blocks_and_fields_are_described_by_their_descriptors() {
    let site = Site::new();
    let agent = agent(&site);
    let all = agent.done("describe_blocks", json!({"kind": "website_post"}));
    for block in BLOCKS.iter().filter(|block| block.only.is_none()) {
        assert!(all.contains(&format!("- {}: ", block.name)), "{block:?}: {all}");
    }
    assert!(all.contains("- title (text) one line") && all.contains("- excerpt"), "{all}");
    let faq = agent.done("describe_blocks", json!({"types": "[\"faq\"]"}));
    assert!(faq.contains("question* (text) one line") && faq.contains("Example of the data of faq"), "{faq}");
    assert!(agent.refused("describe_blocks", json!({"types": ["x"]})).contains("there are heading"));
    assert!(!agent.done("translation_status", json!({"locale": "fr"})).contains("website_page"), "there is no page yet");
    about(&site);
    assert!(agent.done("translation_status", json!({"locale": "fr"})).contains("- website_page: 1 of 1 lack texts in fr"));
    assert!(agent.refused("translation_status", json!({"locale": "xx"})).contains("not a language"));
}

#[test]
fn old_addresses_are_told() {
    let site = Site::new();
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let agent = agent(&site);
    agent.done("publish", json!({"id": id, "version": 1}));
    agent.done("update_entry", json!({"id": id, "version": 2, "fields": {"slug": "us"}, "live": true}));
    let told = agent.done("list_redirects", json!({}));
    assert!(stored(&told).contains("- /about -> /us | "), "{told}");
}

#[test]
fn resources_are_what_changed_last_and_prompts_are_the_same_for_all() {
    let site = Site::new();
    let id = about(&site)["id"].as_str().unwrap().to_owned();
    let agent = agent(&site);
    let list = agent.ask("resources/list", json!({}));
    let uris: Vec<_> = list["resources"].as_array().unwrap().iter().map(|one| one["uri"].as_str().unwrap().to_owned()).collect();
    assert_eq!(uris, ["stele://blocks".to_owned(), format!("stele://entry/site/{id}")]);
    let text = |uri: &str| agent.ask("resources/read", json!({"uri": uri}))["contents"][0]["text"].as_str().unwrap().to_owned();
    assert!(text(&uris[0]).contains("- heading: ") && stored(&text(&uris[1])).contains("About us"));
    let stranger = machine(&site.server, site.here.org, Role::Admin, Access::Full, Some(vec![site.here.other]));
    let stranger = Agent::new(&site.server, &stranger.secret);
    assert_eq!(stranger.ask("resources/list", json!({}))["resources"].as_array().unwrap().len(), 1);
    for uri in [uris[1].as_str(), "stele://entry/x", "https://example.org"] {
        let answer: Value = stranger.send(&stranger.message("resources/read", json!({"uri": uri})), &[]).json().unwrap();
        assert!(answer["error"]["message"].as_str().unwrap().contains("There is no resource"), "{answer}");
    }
    let prompts = agent.ask("prompts/list", json!({}));
    let names: BTreeSet<_> = prompts["prompts"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, BTreeSet::from(["write_post", "translate_missing", "review_drafts"]));
    let got = agent.ask("prompts/get", json!({"name": "translate_missing", "arguments": {"locale": "fr"}}));
    assert!(got["messages"][0]["content"]["text"].as_str().unwrap().starts_with("Translate into fr"), "{got}");
}

#[test]
fn a_person_is_asked_before_something_is_published() {
    let site = Site::new();
    let asks = |bearer: &str| {
        tools(&Agent::new(&site.server, bearer)).into_iter().find(|tool| tool["name"] == "publish").unwrap()["_meta"].clone()
    };
    assert_eq!(asks(&site.admin.secret), Value::Null, "nobody sits before a service account");
    let own = person(&site.server, site.here.org, Role::Editor, Access::Write).made.secret;
    assert_eq!(asks(&own)["anthropic/requiresUserInteraction"], true);
}
