//! What two have changed in different ways: both texts side by side, and somebody decides.

use askama::Template;
use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::{
            Kind, blocks,
            tree::{changed::part_of, parts},
            version::difference::WordChange,
            working::decision::{Choice, Choices, Conflict, Place},
        },
        error::Fault,
        time::Instant,
    },
    http::console::{
        base::{
            chrome::{Chrome, key_of},
            done::Done,
            form::Form,
            link::AppLink,
            page_route::{PageRoute, form},
            request::PageRequest,
            response::render,
        },
        content::{
            entry::id,
            entry_list::{all, frame, kind},
            version::{Piece, pieces},
        },
    },
    service::content::{
        entry_list,
        working::{self, copy::Typed, save::Saved},
    },
    store::Tx,
};

/// One of them.
struct Question {
    key: String,
    /// The names of its inputs.
    choice: String,
    text: String,
    label: String,
    /// The block that it is about.
    block: Option<String>,
    locale: Option<String>,
    mine: Side,
    theirs: Side,
    /// Whether a text of both can be written.
    is_text: bool,
}

/// What one side has.
struct Side {
    /// Whether it is gone there.
    is_gone: bool,
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "content/editor/conflict.html")]
struct Page {
    c: Chrome,
    app: AppLink,
    form: Form,
    kind: &'static Kind,
    name: String,
    /// Who has saved meanwhile, and when.
    other: String,
    saved_at: Instant,
    version: i64,
    questions: Vec<Question>,
    back: String,
    at: String,
}

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    form(all!("/{entry}/conflict"), page, decide).map(|page| page.needs(Permission::EntryWrite)).into()
}

fn page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let target = (kind, id(request)?);
    let row = entry_list::view(tx, request.actor()?, at, kind, target.1)?;
    let open = working::save::conflicts(tx, request.actor()?, at, target)?;
    let tree = working::copy::open(tx, request.actor()?, at, target, None)?.tree;
    let theirs: Vec<Value> = serde_json::from_str(&row.entry.content).unwrap_or_default();
    let questions = open.iter().map(|conflict| question(&c, conflict, [&tree, &theirs])).collect();
    let other = row.editor().0.to_owned();
    let at = format!("{back}/{}", target.1);
    render(&Page {
        form: typed.cloned().unwrap_or_default(),
        name: row.entry.name,
        saved_at: row.entry.updated_at,
        version: row.entry.version,
        c,
        app,
        kind,
        other,
        questions,
        back,
        at,
    })
}

fn question(c: &Chrome, conflict: &Conflict, trees: [&Vec<Value>; 2]) -> Question {
    let block = |id: &str| {
        let found = trees.into_iter().find_map(|tree| parts::find_block(tree, id).and_then(|spot| parts::block(tree, &spot)));
        let word = found.and_then(|block| block.get("type")).and_then(Value::as_str);
        word.map(|word| c.word("block", word).to_string())
    };
    let is_language = |tag: &String| c.project.as_ref().is_some_and(|project| project.locales.contains(tag));
    let (label, block, locale) = match &conflict.place {
        Place::Field { name, locale } => (words(c, &format!("content-field-{}", key_of(name)), name), None, locale.clone()),
        Place::Part { id, path } => {
            let locale = path.last().filter(|tag| path.len() > 1 && is_language(tag)).cloned();
            let names = path.iter().rev().skip(usize::from(locale.is_some()));
            let name = names.clone().next().map_or("", String::as_str);
            let words_of = if path.first().is_some_and(|first| first == "styles") { "style" } else { "block-field" };
            (words(c, &format!("{words_of}-{}", name.to_lowercase()), name), block(id), locale)
        }
        Place::Block { id } => (block(id).unwrap_or_default(), None, None),
    };
    let before = said(&conflict.base);
    let side = |value: &Value| Side { is_gone: value.is_null(), text: said(value), pieces: pieces(&before, &said(value)) };
    let is_text = conflict.mine.is_string() || conflict.theirs.is_string();
    let key = conflict.place.key();
    let (choice, text) = (format!("choice-{key}"), format!("text-{key}"));
    Question { key, choice, text, label, block, locale, mine: side(&conflict.mine), theirs: side(&conflict.theirs), is_text }
}

fn words(c: &Chrome, key: &str, name: &str) -> String {
    if c.locale().lang.has(key) { c.t(key).to_string() } else { name.to_owned() }
}

/// A value as text: of a block what it says first.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(block) if block.contains_key("type") => {
            let known = block.get("type").and_then(Value::as_str).and_then(blocks::of_type);
            let texts = known.map(|known| known.fields.iter().filter(|field| field.localized())).into_iter().flatten();
            let found = texts.filter_map(|field| block.get("data")?.get(field.name)).map(texts_of).collect::<Vec<_>>();
            found.join(" · ")
        }
        other => other.to_string(),
    }
}

fn texts_of(value: &Value) -> String {
    match value {
        Value::Object(map) => map.values().filter_map(Value::as_str).collect::<Vec<_>>().join(" · "),
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}

/// Saves with what was decided.
fn decide(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let target = (kind(request)?, id(request)?);
    let (actor, at) = (request.actor()?, request.app()?);
    let here = request.path();
    let open = working::save::conflicts(tx, actor, at, target)?;
    let choices = choices(&request.form, &open)?;
    let now = entry_list::view(tx, actor, at, target.0, target.1)?.entry;
    if request.form.text("version").parse() != Ok(now.version) {
        return Err(Error::Stale);
    }
    let typed = Typed { seen: now.version, ..Typed::default() };
    let entry = here.strip_suffix("/conflict").unwrap_or_default();
    Ok(match working::save::save(tx, actor, at, target, &typed, (false, choices))? {
        Saved::Done(found, _) | Saved::NotPublished(found) => {
            Done::Say(entry.to_owned(), request.locale.lang.t("content-saved").s("name", &found.name).to_string())
        }
        Saved::Open => Done::See(here.to_owned()),
        Saved::Faulty(fault) => {
            let id = part_of(&fault).unwrap_or_default();
            Done::See(format!("{entry}?checked=1&open={id}#part-{id}"))
        }
    })
}

/// What was chosen for each conflict.
fn choices(form: &Form, open: &[Conflict]) -> Result<Choices> {
    let all = match form.text("all") {
        "mine" => Some(Choice::Mine),
        "theirs" => Some(Choice::Theirs),
        _ => None,
    };
    let mut choices = Choices::new();
    for key in open.iter().map(|conflict| conflict.place.key()) {
        let chosen = match form.text(&format!("choice-{key}")) {
            _ if all.is_some() => all.clone(),
            "mine" => Some(Choice::Mine),
            "theirs" => Some(Choice::Theirs),
            "both" => Some(Choice::Text(form.raw(&format!("text-{key}")).trim_end().to_owned())),
            _ => None,
        };
        let name = format!("choice-{key}");
        choices.insert(key, chosen.ok_or_else(|| Fault::new(name, "required", "Choose what stays."))?);
    }
    Ok(choices)
}
