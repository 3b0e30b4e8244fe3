//! One operation of the OpenAPI document: its parameters, its body and its answers.

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        listing, pattern,
        spec::{Field, Holds, Spec},
    },
    http::api::{
        query::Param,
        route::Route,
        schema::{Components, reference},
    },
};

use super::{describe, header};

/// The operation of a route.
pub(super) fn of(route: &Route, components: &mut Components) -> Value {
    let mut parameters: Vec<Value> = path_names(&route.path).map(path_parameter).collect();
    parameters.extend(route.params.iter().map(own_parameter));
    if let Some(spec) = route.listing {
        parameters.extend(list_parameters(spec));
    }
    if route.repeatable {
        parameters.push(repeat_parameter());
    }
    if route.versioned {
        parameters.push(if route.method == "GET" { known_version() } else { precondition() });
    }
    let mut operation = json!({
        "operationId": route.id,
        "tags": [route.tag],
        "summary": route.summary,
        "description": describe::operation(route),
        "parameters": parameters,
        "responses": responses(route, components),
    });
    if route.public {
        operation["security"] = json!([]);
    }
    if let Some(alias) = route.alias {
        operation["x-alias"] = format!("/api{alias}").into();
    }
    if let Some(body) = &route.body {
        let schema = body(components);
        operation["requestBody"] =
            json!({ "required": !route.body_optional, "content": { route.takes.media_type(): { "schema": schema } } });
    }
    operation
}

fn responses(route: &Route, components: &mut Components) -> Value {
    let mut all = Map::new();
    let schema = (route.reply)(components);
    let mut about = header::limited();
    if route.versioned {
        about["ETag"] = header::of("The version of the entry, and behind a dash the fingerprint of this answer.");
    }
    if route.repeatable {
        about["Idempotency-Replayed"] = header::of("true, where the answer is that of an earlier request with the same Idempotency-Key.");
    }
    if route.params.iter().any(|param| param.name == "locale") && route.listing.is_none() {
        about["Content-Language"] = header::of("The language that was asked for.");
    }
    let success = json!({ "description": "Done.", "headers": about, "content": { route.gives.media_type(): { "schema": schema } } });
    all.insert(route.status.to_string(), success);
    if route.versioned && route.method == "GET" {
        all.insert("304".into(), json!({ "description": "The caller has this version already.", "headers": about }));
    }
    for (status, sentence) in failures(route) {
        let mut about = header::limited();
        match status {
            401 => about["WWW-Authenticate"] = header::of("Bearer, and what was wrong with the token that was sent."),
            429 | 503 => about["Retry-After"] = header::retry_after(),
            _ => {}
        }
        let failure =
            json!({ "description": sentence, "headers": about, "content": { "application/json": { "schema": reference("Error") } } });
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
        (403, "The caller may see this but not do it, or not from this address.", !route.public),
        (403, "The key may not be used from this address.", route.id == "exchange_token"),
        (404, "There is no such thing for this caller.", true),
        (409, "It collides with what is stored.", writes),
        (410, "The cursor has expired: begin anew, without since.", route.id == "list_project_changes"),
        (412, "It was changed since the caller read it.", route.versioned && writes),
        (422, "Its Idempotency-Key stands for another request.", route.repeatable),
        (413, "The body is too large.", true),
        (415, "The body is not JSON by its type.", writes),
        (429, "More requests than a limit lets through, of the key, the address or the instance.", true),
        (500, "A defect; the log says more.", true),
        (503, "Nothing can be stored or read right now.", true),
    ];
    all.into_iter().filter(|(.., can)| *can).map(|(status, sentence, _)| (status, sentence)).collect()
}

fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn path_parameter(name: &str) -> Value {
    let id = name.strip_suffix("Id");
    let schema = if id.is_some() { json!({ "type": "string", "format": "uuid" }) } else { json!({ "type": "string", "minLength": 1 }) };
    let help = id.map_or_else(|| "The slug.".to_owned(), |noun| format!("The id of the {noun}."));
    json!({ "name": name, "in": "path", "required": true, "description": help, "schema": schema })
}

fn own_parameter(param: &Param) -> Value {
    let schema: Value = serde_json::from_str(param.schema).unwrap_or_default();
    json!({ "name": param.name, "in": "query", "required": param.required, "description": param.help, "schema": schema })
}

fn precondition() -> Value {
    let help = "The ETag of what was read: a change that was made since is refused with 412 instead of overwritten.";
    json!({ "name": "If-Match", "in": "header", "description": help, "schema": { "type": "string" } })
}

fn known_version() -> Value {
    let help = "The ETag of what the caller has: while that is the answer there is, it is 304 without a body.";
    json!({ "name": "If-None-Match", "in": "header", "description": help, "schema": { "type": "string" } })
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
        if field.holds == Holds::Instant {
            let help = format!("Only items with this {} or a later one.", field.name);
            all.push(query(&format!("{}_gte", field.name), help, holds(field)));
        }
    }
    all
}

fn holds(field: &Field) -> Value {
    match field.holds {
        Holds::Text => json!({ "type": "string", "maxLength": 500, "pattern": pattern::LINE }),
        Holds::Word(words) => json!({ "type": "string", "enum": words }),
        Holds::Bool => json!({ "type": "boolean" }),
        Holds::Instant => json!({ "type": "string", "format": "date-time" }),
        Holds::Id | Holds::Linked => json!({ "type": "string", "format": "uuid" }),
        Holds::Int => json!({ "type": "integer", "format": "int64", "minimum": i64::MIN, "maximum": i64::MAX }),
    }
}
