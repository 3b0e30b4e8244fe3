//! One operation of the API, as the reference tells it.

use serde_json::Value;

use super::field::{Field, Schemas};

/// What the body of a request is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its media type.
    pub media_type: String,
    /// Whether it has to be there.
    pub required: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// One that is accepted.
    pub example: Value,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseDoc {
    /// The status (RFC 9110 15).
    pub status: String,
    /// When.
    pub help: String,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its id, which is the name of the SDK's method where there is one.
    pub id: String,
    /// The group of its method in the SDK.
    pub tag: String,
    /// The method.
    pub method: String,
    /// The path from the root of the instance, with `{parameters}`.
    pub path: String,
    /// What it does, in a line.
    pub title: String,
    /// What more there is to say.
    pub text: String,
    /// How one signs in: a token, the client's id and secret, or not at all.
    pub security: Security,
    /// Whether an `Idempotency-Key` is read.
    pub repeatable: bool,
    /// What stands in the query.
    pub query: Vec<Field>,
    /// What stands in the head.
    pub head: Vec<Field>,
    /// What is sent.
    pub body: Option<Body>,
    /// The status of success.
    pub status: String,
    /// The fields of its answer.
    pub reply: Vec<Field>,
    /// An answer.
    pub example: Value,
    /// All statuses.
    pub answers: Vec<ResponseDoc>,
}

/// How one signs in for an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// By an access token.
    Token,
    /// By the id and the secret of a client (RFC 6749 2.3.1).
    Client,
    /// It is for everybody.
    Nobody,
}

impl Security {
    /// The end of the key of its words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Client => "client",
            Self::Nobody => "nobody",
        }
    }
}

impl Operation {
    /// The operation of this method and path.
    pub fn read(document: &Value, (path, method): (&str, &str), from: &Value) -> Self {
        let schemas = Schemas(document);
        let title = string(&from["summary"]);
        let answers = from["responses"].as_object().into_iter().flatten();
        let answers: Vec<_> =
            answers.map(|(status, told)| ResponseDoc { status: status.clone(), help: string(&told["description"]) }).collect();
        let status = answers.iter().map(|one| &one.status).find(|status| status.starts_with('2')).cloned().unwrap_or_default();
        let reply = content(&from["responses"][&*status]).map(|(_, schema)| schema);
        let body = content(&from["requestBody"]).map(|(media_type, schema)| Body {
            media_type: media_type.to_owned(),
            required: from["requestBody"]["required"] == true,
            fields: schemas.fields(schema),
            example: schemas.body_example(schema),
        });
        Self {
            id: string(&from["operationId"]),
            tag: string(&from["tags"][0]),
            method: method.to_uppercase(),
            path: path.to_owned(),
            text: sentences(&string(&from["description"]), &title),
            title,
            security: security(&from["security"]),
            repeatable: parameters(from, "header").any(|one| one["name"] == "Idempotency-Key"),
            query: fields_of(schemas, from, "query"),
            head: fields_of(schemas, from, "header"),
            body,
            status,
            reply: reply.map(|schema| schemas.fields(schema)).unwrap_or_default(),
            example: reply.map(|schema| schemas.reply_example(schema)).unwrap_or_default(),
            answers,
        }
    }

    /// The anchor of it on its page.
    pub fn anchor(&self) -> String {
        self.id.replace('_', "-")
    }

    /// Whether every folded word is in what is told of it: its title, its path, its text, or the name of a field.
    pub fn tells(&self, words: &[&str]) -> bool {
        let fields = self.query.iter().chain(self.body.iter().flat_map(|body| &body.fields)).map(|one| one.name.to_lowercase());
        let text = [self.title.to_lowercase(), self.id.clone(), self.path.to_lowercase(), self.text.to_lowercase()];
        let all = text.into_iter().chain(fields).collect::<Vec<_>>().join(" ");
        words.iter().all(|word| all.contains(word))
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The first media type of a body or an answer, with its schema.
fn content(of: &Value) -> Option<(&str, &Value)> {
    let (media_type, told) = of["content"].as_object()?.iter().next()?;
    Some((media_type, &told["schema"]))
}

fn parameters<'d>(from: &'d Value, place: &str) -> impl Iterator<Item = &'d Value> {
    let place = place.to_owned();
    from["parameters"].as_array().into_iter().flatten().filter(move |one| one["in"] == *place)
}

fn fields_of(schemas: Schemas<'_>, from: &Value, place: &str) -> Vec<Field> {
    let one = |parameter: &Value| Field {
        name: string(&parameter["name"]),
        kind: Schemas(schemas.0).kind(&parameter["schema"]),
        required: parameter["required"] == true,
        help: string(&parameter["description"]),
        inner: Vec::new(),
    };
    parameters(from, place).map(one).collect()
}

/// The description without what the title and the facts beside it say already.
fn sentences(description: &str, title: &str) -> String {
    let rest = description.strip_prefix(title).map_or(description, |rest| rest.trim_start_matches('.'));
    let ends = ["Needs a token.", "Needs no token."];
    ends.iter().fold(rest.trim(), |text, end| text.trim_end_matches(end).trim_end()).to_owned()
}

fn security(of: &Value) -> Security {
    match of.as_array() {
        Some(ways) if ways.iter().all(|way| way.as_object().is_none_or(serde_json::Map::is_empty)) => Security::Nobody,
        Some(ways) if ways.iter().any(|way| way.get("client").is_some()) => Security::Client,
        _ => Security::Token,
    }
}
