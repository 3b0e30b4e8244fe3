//! How an operation is called, in curl, Python and TypeScript. What a reader has ids for stands in the samples; else there is a variable.

use std::fmt::Write;

use serde_json::Value;

use crate::domain::content::KINDS;

use super::{
    beyond::is_beyond,
    field::Field,
    operation::{Body, Operation, Security},
};

/// Where samples call, and as whom.
#[derive(Debug, Clone, Default)]
pub struct SampleTarget {
    /// The address of the instance.
    pub url: String,
    /// What is known of the parameters of paths: name, and id. One of `appId` is that of the app that `app` names.
    pub ids: Vec<(&'static str, String)>,
    /// The apps: the word of their type in a path, and their id.
    pub apps: Vec<(&'static str, String)>,
}

/// A piece of a path.
enum Piece<'p> {
    Text(&'p str),
    Parameter(&'p str),
}

/// The same operation in three languages.
#[derive(Debug)]
pub struct Samples {
    /// For a shell.
    pub curl: String,
    /// For Python: the SDK where it has a method, else `httpx`.
    pub python: String,
    /// For TypeScript: the client in `clients/typescript`.
    pub typescript: String,
}

impl Samples {
    /// Those of an operation.
    pub fn of(operation: &Operation, place: &SampleTarget) -> Self {
        Self { curl: curl(operation, place), python: python(operation, place), typescript: typescript(operation, place) }
    }
}

impl SampleTarget {
    /// The id that is known of a parameter of a path.
    fn id(&self, path: &str, name: &str) -> Option<&str> {
        let of_app = || self.apps.iter().find(|(word, _)| path.contains(&format!("/apps/{word}/{{appId}}")));
        let known = self.ids.iter().find(|(known, _)| *known == name).or_else(|| of_app().filter(|_| name == "appId"));
        known.map(|(_, id)| id.as_str())
    }
}

fn pieces(path: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut rest = path;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        all.extend([Piece::Text(text), Piece::Parameter(name)]);
        rest = after;
    }
    all.push(Piece::Text(rest));
    all
}

/// The path with what is known of its parameters, and of the others what `variable` makes of their names.
fn path(operation: &Operation, place: &SampleTarget, variable: impl Fn(&str) -> String) -> String {
    let one = |piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Parameter(name) => place.id(&operation.path, name).map_or_else(|| variable(name), str::to_owned),
    };
    pieces(&operation.path).into_iter().map(one).collect()
}

/// `organizationId` as a constant: `ORGANIZATION`.
fn constant(name: &str) -> String {
    snake(name.strip_suffix("Id").unwrap_or(name)).to_uppercase()
}

/// `afterBlockId` as Python spells it: `after_block_id`.
fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// `create_website_page` as JavaScript spells it: `createWebsitePage`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + &part[..1].to_uppercase() + &part[1..])
}

/// What a required parameter of the query has in an example.
fn value(field: &Field) -> &str {
    match field.name.as_str() {
        "query" | "search" => "tide",
        "contentType" => KINDS.first().map_or("", |kind| kind.content_type),
        _ if field.kind == "id" => super::example::ID,
        "base" => "https://northwind.example",
        _ => field.kind.split(", ").next().filter(|word| !word.contains(' ') && *word != "text").unwrap_or("tide"),
    }
}

/// What is asked for in the query: what is required, and the words of a search, which needs some.
fn required(operation: &Operation) -> impl Iterator<Item = (&str, &str)> {
    operation.query.iter().filter(|field| field.required || field.name == "query").map(|field| (field.name.as_str(), value(field)))
}

/// The query of an address with what is required.
fn query(operation: &Operation) -> String {
    let all: Vec<_> = required(operation).map(|(name, value)| format!("{name}={value}")).collect();
    if all.is_empty() { String::new() } else { format!("?{}", all.join("&")) }
}

fn is_form(body: &Body) -> bool {
    body.media_type == "application/x-www-form-urlencoded"
}

/// Whether files are sent with a form.
fn has_files(body: &Body) -> bool {
    body.media_type == "multipart/form-data"
}

/// The file whose bytes are a body that is neither JSON nor a form.
fn bytes(operation: &Operation) -> &'static str {
    if operation.tag == "projects" { "site.jsonl" } else { "part.bin" }
}

fn members(example: &Value) -> impl Iterator<Item = (&String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    example.as_object().into_iter().flatten().map(move |(name, value)| (name, text(value)))
}

fn curl(operation: &Operation, place: &SampleTarget) -> String {
    let at = path(operation, place, |name| format!("${}", constant(name)));
    let mut lines = vec![format!("curl \"{}{at}{}\"", place.url, query(operation))];
    let sends = operation.body.is_some() && operation.method == "POST";
    if operation.method != "GET" && !sends {
        lines.push(format!("-X {}", operation.method));
    }
    match operation.security {
        Security::Token => lines.push("-H \"Authorization: Bearer $TOKEN\"".into()),
        Security::Client => lines.push("-u \"$CLIENT_ID:$STELE_KEY\"".into()),
        Security::Nobody => {}
    }
    if let Some(body) = &operation.body {
        if is_form(body) {
            lines.extend(members(&body.example).map(|(name, value)| format!("-d {name}=\"{value}\"")));
        } else if has_files(body) {
            lines.push("-F file=@press.jpg".into());
        } else {
            lines.push(format!("-H 'Content-Type: {}'", body.media_type));
            lines.push(if body.media_type == "application/json" {
                format!("-d '{}'", pretty(&body.example).replace('\'', "'\\''"))
            } else {
                format!("--data-binary @{}", bytes(operation))
            });
        }
    }
    lines.join(" \\\n  ")
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn python(operation: &Operation, place: &SampleTarget) -> String {
    if is_beyond(&operation.id) { with_httpx(operation, place) } else { with_sdk(operation, place) }
}

fn with_sdk(operation: &Operation, place: &SampleTarget) -> String {
    let of_path = pieces(&operation.path).into_iter().filter_map(|piece| match piece {
        Piece::Parameter(name) => Some(place.id(&operation.path, name).map_or_else(|| constant(name), |id| format!("\"{id}\""))),
        Piece::Text(_) => None,
    });
    let of_query = required(operation).map(|(name, value)| format!("{}=\"{value}\"", snake(name)));
    let body = operation.body.iter().map(|body| format!("data={}", literal(&body.example, 1)));
    let arguments: Vec<_> = of_path.chain(of_query).chain(body).collect();
    let mut out = format!("result = await gc.{}.{}(", operation.tag, operation.id);
    for argument in &arguments {
        let _ = write!(out, "\n    {argument},");
    }
    out.push_str(if arguments.is_empty() { ")" } else { "\n)" });
    out
}

fn with_httpx(operation: &Operation, place: &SampleTarget) -> String {
    let at = path(operation, place, |name| format!("{{{}}}", constant(name)));
    let mut out = format!("answer = httpx.request(\n    \"{}\",\n    f\"{}{at}{}\",", operation.method, place.url, query(operation));
    match operation.security {
        Security::Token => out.push_str("\n    headers={\"Authorization\": f\"Bearer {TOKEN}\"},"),
        Security::Client => out.push_str("\n    auth=(CLIENT_ID, STELE_KEY),"),
        Security::Nobody => {}
    }
    if let Some(body) = &operation.body {
        let _ = match body.media_type.as_str() {
            "application/json" => write!(out, "\n    json={},", literal(&body.example, 1)),
            _ if is_form(body) => write!(out, "\n    data={},", literal(&body.example, 1)),
            _ if has_files(body) => write!(out, "\n    files={{\"file\": open(\"press.jpg\", \"rb\")}},"),
            _ => write!(out, "\n    content=open(\"{}\", \"rb\"),", bytes(operation)),
        };
    }
    out.push_str("\n)\nresult = answer.json()");
    out
}

/// JSON as Python writes it.
fn literal(value: &Value, depth: usize) -> String {
    let (open, close) = ("\n".to_owned() + &"    ".repeat(depth + 1), "\n".to_owned() + &"    ".repeat(depth));
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Array(all) if !all.is_empty() => {
            let items: Vec<_> = all.iter().map(|one| literal(one, depth + 1)).collect();
            format!("[{open}{}{close}]", items.join(&format!(",{open}")))
        }
        Value::Object(all) if !all.is_empty() => {
            let items: Vec<_> = all.iter().map(|(name, one)| format!("\"{name}\": {}", literal(one, depth + 1))).collect();
            format!("{{{open}{}{close}}}", items.join(&format!(",{open}")))
        }
        other => other.to_string(),
    }
}

fn typescript(operation: &Operation, place: &SampleTarget) -> String {
    let of_path = pieces(&operation.path).into_iter().filter_map(|piece| match piece {
        Piece::Parameter(name) => Some(place.id(&operation.path, name).map_or_else(|| name.to_owned(), |id| format!("{name}: \"{id}\""))),
        Piece::Text(_) => None,
    });
    let of_query = required(operation).map(|(name, value)| format!("{name}: \"{value}\""));
    let body = operation.body.iter().map(|body| match body.media_type.as_str() {
        "application/json" | "application/x-www-form-urlencoded" => format!("data: {}", pretty(&body.example).replace('\n', "\n  ")),
        _ if has_files(body) => "data: form".into(),
        _ => format!("data: readFileSync(\"{}\")", bytes(operation)),
    });
    let arguments: Vec<_> = of_path.chain(of_query).chain(body).collect();
    let mut out = String::new();
    if operation.body.as_ref().is_some_and(has_files) {
        out.push_str("const form = new FormData();\nform.append(\"file\", await openAsBlob(\"press.jpg\"), \"press.jpg\");\n");
    }
    let _ = write!(out, "const result = await client.{}.{}(", camel(&operation.tag), camel(&operation.id));
    if !arguments.is_empty() {
        out.push('{');
        for argument in &arguments {
            let _ = write!(out, "\n  {argument},");
        }
        out.push_str("\n}");
    }
    out.push_str(");");
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn operation(id: &str, method: &str, path: &str, body: Option<Value>) -> Operation {
        let shape = json!({ "type": "object", "required": ["name"], "properties": { "name": { "type": "string", "example": "It's" } } });
        let mut from = json!({ "operationId": id, "tags": ["website"], "summary": "One", "responses": {} });
        if body.is_some() {
            from["requestBody"] = json!({ "content": { "application/json": { "schema": shape } } });
        }
        Operation::read(&json!({}), (path, method), &from)
    }

    #[test]
    fn an_operation_is_called_in_three_languages() {
        let one =
            operation("create_website_page", "post", "/api/organizations/{organizationId}/apps/website/{appId}/pages", Some(json!({})));
        let place = SampleTarget {
            url: "https://x.example".into(),
            ids: vec![("organizationId", "o1".into())],
            apps: vec![("website", "a1".into())],
        };
        let samples = Samples::of(&one, &place);
        assert!(samples.curl.starts_with("curl \"https://x.example/api/organizations/o1/apps/website/a1/pages\" \\\n"), "{}", samples.curl);
        assert!(samples.curl.contains(r#""name": "It'\''s""#), "{}", samples.curl);
        assert!(
            samples.python.starts_with("result = await gc.website.create_website_page(\n    \"o1\",\n    \"a1\",\n    data={"),
            "{}",
            samples.python
        );
        let begins = "const result = await client.website.createWebsitePage({\n  organizationId: \"o1\",\n  appId: \"a1\",\n  data: {";
        assert!(samples.typescript.starts_with(begins), "{}", samples.typescript);
    }

    #[test]
    fn what_nobody_knows_is_a_variable() {
        let one = operation("delete_project", "delete", "/api/organizations/{organizationId}/projects/{projectId}", None);
        let samples = Samples::of(&one, &SampleTarget { url: "https://x.example".into(), ..SampleTarget::default() });
        assert!(samples.curl.contains("/organizations/$ORGANIZATION/projects/$PROJECT\" \\\n  -X DELETE"), "{}", samples.curl);
        assert!(
            samples.python.contains("f\"https://x.example/api/organizations/{ORGANIZATION}/projects/{PROJECT}\""),
            "{}",
            samples.python
        );
        assert_eq!(samples.typescript, "const result = await client.website.deleteProject({\n  organizationId,\n  projectId,\n});");
    }
}
