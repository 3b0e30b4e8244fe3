//! An entry is made: a draft, unless its kind has none.

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        Error, Result,
        content::{Entry, Kind, Status},
        error::Fault,
        id::AppPath,
        project::project::Project,
    },
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        render::head,
        report::{standing, undo},
        tool::Tool,
    },
    service::content::{document, entry},
};

/// Makes an entry.
pub static CREATE_ENTRY: Tool = Tool::writes(
    "create_entry",
    "Create an entry",
    "Create an entry as a draft, with content as Markdown or as a document without ids. Never publishes.",
    &[
        Argument::new("kind", Holds::Kind, "").required(),
        Argument::new("title", Holds::Text, "").required(),
        Argument::new("slug", Holds::Text, "Default: made of the name, which is the title unless fields has another."),
        Argument::new("locale", Holds::Text, "Language of title and content; default: the project's."),
        Argument::new("markdown", Holds::Text, "Content, at most 50,000 characters."),
        Argument::new("fields", Holds::Object, "Other fields, such as seo, tags, excerpt."),
        Argument::new("app", Holds::Text, "Slug of the app, where the project has several for this kind."),
        Argument::new("live", Holds::Flag, "Required for a kind without drafts."),
    ],
    create,
);

fn create(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let project = invocation.project()?;
    let kinds = invocation.tx.kinds();
    let kind = invocation.arguments.kind(kinds)?.ok_or_else(|| Error::from(Fault::new("kind", "required", "kind is required.")))?;
    let at = app_of(&project, kind, invocation.arguments.text("app"))?;
    let body = body(invocation, kind, at)?;
    document::is_live(&Entry { status: Status::Draft, ..Entry::blank(kind) }, invocation.arguments.flag("live"))?;
    let made = entry::create_of(invocation.tx, &invocation.actor, at, kind, &body, None)?.found;
    let made = entry::get(invocation.tx, &invocation.actor, at, kind, made.id, None)?.found;
    let locale = invocation.arguments.text("locale").unwrap_or(&project.default_locale).to_owned();
    let said = if kind.has_status() { "Made as a draft." } else { "Made." };
    let answer = ToolAnswer::new(said).show(head(&made, made.version, &locale)).say(standing(invocation, at, &made)?);
    Ok(answer.back(undo(invocation, "trash_entry", json!({ "id": made.id, "version": made.version }))))
}

/// The app that holds entries of a kind.
fn app_of(project: &Project, kind: &'static Kind, named: Option<&str>) -> Result<AppPath> {
    let all: Vec<_> = project.apps.iter().filter(|app| app.app_type == kind.app_type).collect();
    let found = match (named, &all[..]) {
        (Some(named), all) => all.iter().find(|app| app.slug == named || app.id.to_string() == named).copied(),
        (None, [only]) => Some(*only),
        (None, _) => None,
    };
    found.map(|app| (project.org, project.id, app.id)).ok_or_else(|| {
        let slugs: Vec<_> = all.iter().map(|app| app.slug.as_str()).collect();
        let message = if slugs.is_empty() {
            format!("The project has no app for entries of the kind {}.", kind.content_type)
        } else {
            format!("Say in which app: {}.", slugs.join(", "))
        };
        Fault::new("app", "required", message).into()
    })
}

/// The body of the create.
fn body(invocation: &mut Invocation<'_, '_>, kind: &'static Kind, at: AppPath) -> Result<Map<String, Value>> {
    let arguments = invocation.arguments;
    let (title, locale) = (arguments.text("title").unwrap_or_default().trim(), arguments.text("locale"));
    let mut body = arguments.object("fields").cloned().unwrap_or_default();
    // A tree would be checked among the writes, and may be long; a text has its bound.
    if body.contains_key("content") {
        return Err(
            Fault::new("fields.content", "read_only", "Send the content as markdown, and change its blocks with edit_blocks.").into()
        );
    }
    if let Some(field) = kind.fields.iter().filter(|field| field.localized() && field.on_create).find(|field| field.name == "title") {
        body.insert(field.name.to_owned(), locale.map_or_else(|| json!(title), |locale| json!({ locale: title })));
    }
    body.entry("name").or_insert_with(|| json!(title));
    if kind.has_status() {
        body.insert("status".to_owned(), json!("draft"));
    }
    if let Some(slug) = arguments.text("slug").filter(|_| kind.has_slug()) {
        body.insert("slug".to_owned(), json!(slug.trim_start_matches('/')));
    }
    if let Some(text) = arguments.text("markdown") {
        if !kind.has_tree() {
            return Err(Fault::new("markdown", "no_content", format!("A {} has no content.", kind.noun)).into());
        }
        body.insert("content".to_owned(), document::parse_new_content(invocation.tx, &invocation.actor, at, kind, text, locale)?.into());
    }
    Ok(body)
}
