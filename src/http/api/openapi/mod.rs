//! The OpenAPI 3.1 document, generated from the routes and their types.

mod describe;
pub mod header;
pub mod oauth;
mod operation;

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        content::{Kinds, schema::shared},
        pattern::CONTENT_TYPE,
    },
    http::base::error,
};

use super::{route::Route, schema::Components};

/// The document of a server that knows these kinds. `server` is the address of the instance: the paths begin at its root, so that those of the API and those of OAuth
/// are reached by one client.
pub fn document(routes: &[Route], kinds: Kinds, server: &str) -> Value {
    let mut components = Components::default();
    components.of::<error::Body>();
    for (name, schema) in shared() {
        components.refer(name, &|| schema.clone());
    }
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let item = paths.entry(format!("/api{}", route.path)).or_insert_with(|| json!({}));
        item[route.method.as_str().to_lowercase()] = operation::of(route, &mut components);
    }
    paths.extend(oauth::paths(&mut components));
    let mut contact = json!({ "name": "The operator of this instance" });
    if server.contains("://") {
        contact["url"] = server.into();
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Stele",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "A content server that is reached by API keys.",
            "description": describe::API,
            "contact": contact,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": server, "description": "This instance." }],
        "security": [{ "token": [] }],
        "tags": describe::tags(routes.iter().map(|route| route.tag).chain([oauth::TAG])),
        "x-tagGroups": describe::areas(),
        "paths": paths,
        "components": {
            "schemas": components.0,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "An access token, PASETO or JWT: of /api/auth/token or /oauth/token." },
                "client": {
                    "type": "http",
                    "scheme": "basic",
                    "description": "client_id is the id of a service account, a person or a key, the secret an API key. Both may stand in the form instead.",
                },
            },
        },
    });
    enumerate(&mut document, &kinds.iter().map(|kind| kind.content_type).collect::<Vec<_>>());
    document
}

/// Puts the content types where their pattern stands.
fn enumerate(schema: &mut Value, content_types: &[&str]) {
    match schema {
        Value::Object(members) => {
            if members.get("pattern").is_some_and(|pattern| pattern == CONTENT_TYPE) {
                members.remove("pattern");
                members.insert("enum".into(), json!(content_types));
            }
            members.values_mut().for_each(|member| enumerate(member, content_types));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| enumerate(item, content_types)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        domain::content::KINDS,
        http::{api::routes, base::observed::meter::STATUSES},
    };

    fn whole() -> Value {
        document(&routes::all(KINDS), KINDS, "https://content.example.com")
    }

    fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
        value.as_object().into_iter().flatten()
    }

    /// `(method and path, operation)` of everything in the document.
    fn operations(document: &Value) -> Vec<(String, &Value)> {
        let all = members(&document["paths"]);
        all.flat_map(|(path, item)| members(item).map(move |(method, operation)| (format!("{method} {path}"), operation))).collect()
    }

    #[test]
    fn what_is_one_of_a_few_says_of_which() {
        let document = whole();
        let schemas = &document["components"]["schemas"];
        let all: Vec<_> = KINDS.iter().map(|kind| kind.content_type).collect();
        for body in ["InsertBlock", "Publish", "SetVisibility"] {
            assert_eq!(schemas[body]["properties"]["contentType"]["enum"], json!(all), "{body}");
        }
        let asked = operations(&document).into_iter().find(|(_, of)| of["operationId"] == "list_content_versions").expect("a list").1;
        let content_type = asked["parameters"].as_array().into_iter().flatten().find(|param| param["name"] == "contentType");
        assert_eq!(content_type.expect("a parameter")["schema"]["enum"], json!(all));
    }

    #[test]
    fn every_pattern_is_spelled_out() {
        let text = whole().to_string();
        let patterns: Vec<_> = text.split("\"pattern\":\"").skip(1).collect();
        assert!(patterns.len() > 100, "{} patterns", patterns.len());
        for pattern in patterns {
            assert!(pattern.starts_with('^'), "{}", pattern.chars().take(40).collect::<String>());
        }
    }

    /// Names that a generator makes of those of the document: of each component, and of each part of one that has no name of its own.
    fn made_up(name: &str, schema: &Value, place: &str, all: &mut BTreeMap<String, Vec<String>>) {
        if schema.get("$ref").is_some() {
            return;
        }
        let known = all.entry(name.to_lowercase()).or_default();
        if !known.iter().any(|known| known == place) {
            known.push(place.to_owned());
        }
        for (property, schema) in members(&schema["properties"]) {
            made_up(&format!("{name}{property}"), schema, &format!("{place}.{property}"), all);
        }
        made_up(&format!("{name}Item"), schema.get("items").unwrap_or(&json!({ "$ref": "" })), &format!("{place}[]"), all);
    }

    #[test]
    fn no_two_names_of_a_generated_client_are_one() {
        let document = whole();
        let mut all = BTreeMap::new();
        for (name, schema) in members(&document["components"]["schemas"]) {
            made_up(name, schema, name, &mut all);
        }
        let twice: Vec<_> = all.iter().filter(|(_, places)| places.len() > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn every_status_is_told_apart_by_the_metrics() {
        let document = whole();
        let operations = members(&document["paths"]).flat_map(|(_, path)| members(path));
        let statuses = operations.flat_map(|(_, operation)| members(&operation["responses"])).map(|(status, _)| status);
        let other: Vec<_> = statuses.filter(|status| !STATUSES.iter().any(|known| known.to_string() == **status)).collect();
        assert!(other.is_empty(), "{other:?}");
    }

    #[test]
    fn nothing_refers_to_itself() {
        fn walk(document: &Value, schema: &Value, above: &mut Vec<String>) {
            if let Some(name) = schema["$ref"].as_str() {
                let name = name.trim_start_matches('#').to_owned();
                assert!(!above.contains(&name), "{name} refers to itself");
                let meant = document.pointer(&name).unwrap_or_else(|| panic!("{name} is not there"));
                above.push(name);
                walk(document, meant, above);
                above.pop();
            }
            match schema {
                Value::Object(members) => members.values().for_each(|member| walk(document, member, above)),
                Value::Array(items) => items.iter().for_each(|item| walk(document, item, above)),
                _ => {}
            }
        }
        let document = whole();
        walk(&document, &document["paths"], &mut Vec::new());
    }

    #[test]
    fn of_two_paths_that_fit_an_address_one_is_closer() {
        let document = whole();
        let paths: Vec<Vec<&str>> = members(&document["paths"]).map(|(path, _)| path.split('/').collect()).collect();
        let open = |part: &str| part.starts_with('{');
        for one in &paths {
            for other in paths.iter().filter(|other| *other != one && other.len() == one.len()) {
                let parted = one.iter().zip(other).any(|(a, b)| a != b && !open(a) && !open(b));
                // An id with an ending, such as `{brandingId}.css`, is closer than one without: no id has a dot.
                let [few, many] = [one, other].map(|path| path.iter().filter(|part| open(part) && part.ends_with('}')).count());
                assert!(parted || few != many, "{} and {}", one.join("/"), other.join("/"));
            }
        }
    }

    #[test]
    fn everything_is_described() {
        let document = whole();
        let tags: Vec<_> = document["tags"].as_array().into_iter().flatten().collect();
        for (name, operation) in operations(&document) {
            let text = operation["description"].as_str().unwrap_or_default();
            assert!(text.len() > 20 && text.ends_with('.') && text.is_ascii(), "{name}: {text:?}");
            let tag = &operation["tags"][0];
            assert!(tags.iter().any(|known| known["name"] == *tag && known["description"].is_string()), "{name}: {tag}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{name}: {parameter}");
            }
            assert!(members(&operation["responses"]).all(|(_, answer)| answer["description"].is_string()), "{name}");
        }
    }

    #[test]
    fn it_says_what_answers_and_requests_have_beside_a_body() {
        let document = whole();
        let page = "/api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages/{pageId}";
        let (read, change) = (&document["paths"][page]["get"], &document["paths"][page]["patch"]);
        let takes =
            |operation: &Value, name: &str| operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == name));
        assert!(takes(read, "If-None-Match") && takes(change, "If-Match"));
        assert!(read["responses"]["200"]["headers"]["ETag"].is_object() && change["responses"]["412"].is_object());
        assert!(read["responses"]["304"]["headers"]["ETag"].is_object());
        let create = &document["paths"]["/api/organizations/{organizationId}/projects"]["post"];
        assert!(takes(create, "Idempotency-Key") && create["responses"]["201"]["headers"]["Idempotency-Replayed"].is_object());
        assert!(create["responses"]["401"]["headers"]["WWW-Authenticate"].is_object());
        assert!(create["responses"]["503"]["headers"]["Retry-After"].is_object());
        let form = &document["paths"]["/oauth/token"]["post"]["requestBody"]["content"];
        assert!(form["application/x-www-form-urlencoded"]["schema"].is_object());
        assert_eq!(document["info"]["contact"]["url"], "https://content.example.com");
    }
}
