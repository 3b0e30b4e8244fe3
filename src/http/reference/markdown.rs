//! The reference as Markdown, for agents and for whoever reads without a browser.

use std::fmt::Write;

use super::{
    field::Field,
    group::{Group, Reference},
    operation::{Operation, Security},
    sample::{SampleTarget, Samples},
};

/// All groups with their operations, each a link to the Markdown of its group.
pub fn index(reference: &Reference, place: &SampleTarget) -> String {
    let mut out = format!(
        "# API reference\n\nEvery call of {url}/api. The same as OpenAPI 3.1: {url}/docs/openapi.json\n\nExchange an API key for a token at \
         `POST /api/auth/token`, and send it as `Authorization: Bearer`.\n",
        url = place.url
    );
    for (area, groups) in &reference.areas {
        let _ = write!(out, "\n## {area}\n\n");
        for group in groups {
            let _ = writeln!(out, "- [{}]({}/docs/{}.md): {}", group.title, place.url, group.slug, group.lead);
        }
    }
    out
}

/// One group with all of its operations.
pub fn group(group: &Group, place: &SampleTarget) -> String {
    let mut out = format!("# {}\n\n{}\n", group.title, group.lead);
    for one in &group.operations {
        operation(&mut out, one, place);
    }
    out
}

fn operation(out: &mut String, one: &Operation, place: &SampleTarget) {
    let _ = write!(out, "\n## {}\n\n`{} {}`\n\n", one.title, one.method, one.path);
    if !one.text.is_empty() {
        let _ = write!(out, "{}\n\n", one.text);
    }
    let security = match one.security {
        Security::Token => "Needs a token.",
        Security::Client => "Needs the id of a client and an API key as its secret.",
        Security::Nobody => "Needs no token.",
    };
    let _ = writeln!(out, "{security}");
    fields(out, "In the query", &one.query);
    fields(out, "In the head", &one.head);
    if let Some(body) = &one.body {
        fields(out, &format!("Body ({})", body.media_type), &body.fields);
        if body.media_type == "application/json" {
            let _ = write!(out, "\n### Example of a body\n\n```json\n{:#}\n```\n", body.example);
        }
    }
    fields(out, &format!("Answer {}", one.status), &one.reply);
    if !one.example.is_null() {
        let _ = write!(out, "\n### Example of an answer\n\n```json\n{:#}\n```\n", one.example);
    }
    let _ = write!(out, "\n### Statuses\n\n");
    for answer in &one.answers {
        let _ = writeln!(out, "- {}: {}", answer.status, answer.help);
    }
    let samples = Samples::of(one, place);
    for (name, text) in [("shell", &samples.curl), ("python", &samples.python), ("typescript", &samples.typescript)] {
        let _ = write!(out, "\n```{name}\n{text}\n```\n");
    }
}

fn fields(out: &mut String, title: &str, all: &[Field]) {
    if !all.is_empty() {
        let _ = write!(out, "\n### {title}\n\n");
        inner(out, all, 0);
    }
}

fn inner(out: &mut String, all: &[Field], depth: usize) {
    for field in all {
        let (needed, colon) = (if field.required { ", required" } else { "" }, if field.help.is_empty() { "" } else { ": " });
        let _ = writeln!(out, "{}- `{}` ({}{needed}){colon}{}", "  ".repeat(depth), field.name, field.kind, field.help);
        inner(out, &field.inner, depth + 1);
    }
}
