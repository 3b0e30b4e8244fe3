//! The OpenAPI 3.1 document, generated from the routes and their types.

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        content::schema::shared,
        listing, pattern,
        spec::{Field, Holds, Spec},
    },
    http::base::error,
};

use super::{
    route::{Param, Route},
    schema::{Components, reference},
};

/// The document. `server` is the address of the API.
pub fn document(routes: &[Route], server: &str) -> Value {
    let mut components = Components::default();
    components.of::<error::Body>();
    for (name, schema) in shared() {
        components.named(name, &|| schema.clone());
    }
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let operation = operation(route, &mut components);
        let item = paths.entry(route.path.clone()).or_insert_with(|| json!({}));
        item[route.method.as_str().to_lowercase()] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Stele",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The API of a Stele instance. Exchange an API key for an access token at /auth/token, then send it as a Bearer token.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": server }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": components.0,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "An access token, PASETO or JWT." } },
        },
    })
}

fn operation(route: &Route, components: &mut Components) -> Value {
    let mut parameters: Vec<Value> = path_names(&route.path).map(path_parameter).collect();
    parameters.extend(route.params.iter().map(own_parameter));
    if let Some(spec) = route.listing {
        parameters.extend(list_parameters(spec));
    }
    if route.repeatable {
        parameters.push(repeat_parameter());
    }
    if route.versioned && route.method != "GET" {
        parameters.push(precondition());
    }
    let mut operation = json!({
        "operationId": route.id,
        "tags": [route.tag],
        "summary": route.summary,
        "parameters": parameters,
        "responses": responses(route, components),
    });
    if route.public {
        operation["security"] = json!([]);
    }
    if let Some(body) = &route.body {
        let schema = body(components);
        operation["requestBody"] =
            json!({ "required": !route.body_optional, "content": { route.takes.media_type(): { "schema": schema } } });
    }
    operation
}

fn responses(route: &Route, components: &mut Components) -> Value {
    let request_id = json!({ "x-request-id": { "description": "The id of this request in the log.", "schema": { "type": "string" } } });
    let mut all = Map::new();
    let schema = (route.reply)(components);
    let mut headers = request_id.clone();
    if route.versioned {
        headers["etag"] = json!({ "description": "The version of the entry.", "schema": { "type": "string" } });
    }
    let success = json!({ "description": "Done.", "headers": headers, "content": { route.gives.media_type(): { "schema": schema } } });
    all.insert(route.status.to_string(), success);
    if route.versioned && route.method == "GET" {
        all.insert("304".into(), json!({ "description": "The caller has this version already." }));
    }
    for (status, sentence) in failures(route) {
        let schema = reference("Error");
        let failure = json!({ "description": sentence, "headers": request_id, "content": { "application/json": { "schema": schema } } });
        all.insert(status.to_string(), failure);
    }
    Value::Object(all)
}

/// Every error status that a route can answer.
fn failures(route: &Route) -> Vec<(u16, &'static str)> {
    let writes = route.method != "GET";
    let all = [
        (400, "Path, query or body are wrong; errors names the fields.", true),
        (401, "No token, or one that is not good any more; reason says why.", !route.public || route.id == "exchange_token"),
        (403, "The caller may see this but not do it.", !route.public),
        (404, "There is no such thing for this caller.", true),
        (409, "It collides with what is stored.", writes),
        (412, "It was changed since the caller read it.", route.versioned && writes),
        (422, "Its Idempotency-Key stands for another request.", route.repeatable),
        (413, "The body is too large.", true),
        (415, "The body is not JSON by its type.", writes),
        (500, "A defect; the log says more.", true),
        (503, "Nothing can be stored or read right now.", true),
    ];
    all.into_iter().filter(|(.., can)| *can).map(|(status, sentence, _)| (status, sentence)).collect()
}

fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn path_parameter(name: &str) -> Value {
    let schema =
        if name.ends_with("Id") { json!({ "type": "string", "format": "uuid" }) } else { json!({ "type": "string", "minLength": 1 }) };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

fn own_parameter(param: &Param) -> Value {
    let schema: Value = serde_json::from_str(param.schema).unwrap_or_default();
    json!({ "name": param.name, "in": "query", "required": param.required, "description": param.help, "schema": schema })
}

fn precondition() -> Value {
    let help = "The ETag of what was read: a change that was made since is refused with 412 instead of overwritten.";
    json!({ "name": "If-Match", "in": "header", "description": help, "schema": { "type": "string" } })
}

fn repeat_parameter() -> Value {
    let help = "A name for this request, chosen by the caller. Sent again within 24 hours, it makes nothing and gets the first answer, without \
                secrets, with Idempotency-Replayed: true. While the first is being answered: 409; with another body or path: 422.";
    let schema = json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" });
    json!({ "name": "Idempotency-Key", "in": "header", "description": help, "schema": schema })
}

fn list_parameters(spec: &Spec) -> Vec<Value> {
    let query = |name: &str, help: String, schema: Value| json!({ "name": name, "in": "query", "description": help, "schema": schema });
    let sorts: Vec<_> = spec.fields.iter().filter(|field| field.sort).map(|field| field.name).collect();
    let mut all = vec![
        query("page", "Page number, from 1.".into(), json!({ "type": "integer", "minimum": 1, "maximum": listing::PAGE_MAX })),
        query(
            "after",
            "Go on after the item that meta.next of the page before told, in the same order; instead of page.".into(),
            json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" }),
        ),
        query("pageSize", "Items on a page.".into(), json!({ "type": "integer", "minimum": 1, "maximum": listing::PAGE_SIZE_MAX })),
        query("lite", "Leave heavy fields out.".into(), json!({ "type": "boolean" })),
        query(
            "sort",
            "Field and direction.".into(),
            json!({ "type": "string", "pattern": format!("^({})(:(asc|desc))?$", sorts.join("|")) }),
        ),
    ];
    if !spec.search.is_empty() {
        let help = format!("Words to look for in {}.", spec.search.join(", "));
        all.push(query("search", help, json!({ "type": "string", "maxLength": listing::SEARCH_MAX, "pattern": pattern::LINE })));
    }
    for field in spec.fields.iter().filter(|field| field.filter) {
        all.push(query(field.name, format!("Only items with this {}.", field.name), holds(field)));
    }
    all
}

fn holds(field: &Field) -> Value {
    match field.holds {
        Holds::Text => json!({ "type": "string", "maxLength": 500, "pattern": pattern::LINE }),
        Holds::Word(words) => json!({ "type": "string", "enum": words }),
        Holds::Bool => json!({ "type": "boolean" }),
        Holds::Instant => json!({ "type": "string", "format": "date-time" }),
        Holds::Id => json!({ "type": "string", "format": "uuid" }),
        Holds::Int => json!({ "type": "integer" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::api::routes;

    #[test]
    fn every_pattern_is_spelled_out() {
        let text = document(&routes::all(crate::domain::content::KINDS), "").to_string();
        let patterns: Vec<_> = text.split("\"pattern\":\"").skip(1).collect();
        assert!(patterns.len() > 100, "{} patterns", patterns.len());
        for pattern in patterns {
            assert!(pattern.starts_with('^'), "{}", pattern.chars().take(40).collect::<String>());
        }
    }
}
