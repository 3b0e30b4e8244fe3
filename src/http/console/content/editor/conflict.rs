//! What two have changed in different ways: both texts side by side, and somebody decides.

use askama::Template;
use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::{
            Kind, Locales,
            tree::changed::part_of,
            working::decision::{Choice, Choices, Conflict, ConflictPlace},
        },
        error::{Fault, Faults},
        time::Instant,
    },
    http::console::{
        base::{
            chrome::Chrome,
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
        entry_list, reference,
        working::{self, save::Saved},
    },
    store::Tx,
};

use super::words::{EditorWords, Settled};

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
    /// Who decides.
    me: String,
    /// Who has saved meanwhile, and when.
    other: String,
    saved_at: Instant,
    version: i64,
    questions: Vec<Question>,
    /// What needs no decision.
    settled: Vec<Settled>,
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
    let review = working::save::review(tx, request.actor()?, at, target)?;
    let enabled: Vec<_> = row.shares.iter().map(|share| share.tag.clone()).collect();
    let locales = Locales { default: enabled.first().map_or("", String::as_str), enabled: &enabled };
    let values = review.open.iter().flat_map(|conflict| [&conflict.base, &conflict.mine, &conflict.theirs]);
    let names = reference::names(tx, request.actor()?, at, values)?;
    let told = EditorWords { c: &c, kind, trees: &review.trees, locales, names };
    let questions = review.open.iter().map(|conflict| question(&told, conflict)).collect();
    let settled = told.settled_lines(&review.mine, true).into_iter().chain(told.settled_lines(&review.theirs, false)).collect();
    let other = row.editor().0.to_owned();
    let at = format!("{back}/{}", target.1);
    render(&Page {
        form: typed.cloned().unwrap_or_default(),
        me: c.person.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        name: row.entry.name,
        saved_at: row.entry.updated_at,
        version: row.entry.version,
        c,
        app,
        kind,
        other,
        questions,
        settled,
        back,
        at,
    })
}

fn question(told: &EditorWords<'_>, conflict: &Conflict) -> Question {
    let is_language = |tag: &&String| told.locales.enabled.contains(tag);
    let (label, block, locale) = match &conflict.place {
        ConflictPlace::Field { name, locale } => (told.field(name), None, locale.clone()),
        ConflictPlace::Part { id, path } => {
            let locale = path.last().filter(|_| path.len() > 1).filter(is_language).cloned();
            let names = &path[..path.len() - usize::from(locale.is_some())];
            (told.part_field(&names.join(".")), told.block(id).map(|(name, _)| name), locale)
        }
        ConflictPlace::Block { id } => (told.block(id).map(|(name, _)| name).unwrap_or_default(), None, None),
    };
    let before = told.value_text(conflict, &conflict.base);
    let side = |value: &Value| {
        let text = told.value_text(conflict, value);
        Side { is_gone: value.is_null(), pieces: pieces(&before, &text), text }
    };
    let is_text = !told.is_moment(conflict) && (conflict.mine.is_string() || conflict.theirs.is_string());
    let key = conflict.place.key();
    let (choice, text) = (format!("choice-{key}"), format!("text-{key}"));
    Question { key, choice, text, label, block, locale, mine: side(&conflict.mine), theirs: side(&conflict.theirs), is_text }
}

/// Saves with what was decided.
fn decide(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let target = (kind(request)?, id(request)?);
    let seen = request.form.text("version").parse().unwrap_or(0);
    let saved = working::save::decide(tx, request.actor()?, request.app()?, target, seen, choices(&request.form))?;
    let entry = request.path().strip_suffix("/conflict").unwrap_or_default();
    Ok(match saved {
        Saved::Done(found, _) | Saved::NotPublished(found) => {
            Done::Say(entry.to_owned(), request.locale.lang.t("content-saved").s("name", &found.name).to_string())
        }
        Saved::Open(open) => {
            let fault = |one: Conflict| Fault::new(format!("choice-{}", one.place.key()), "required", "Choose what stays.");
            return Err(Error::Invalid(Faults(open.into_iter().map(fault).collect())));
        }
        Saved::Faulty(fault) => {
            let id = part_of(&fault).unwrap_or_default();
            Done::See(format!("{entry}?checked=1&open={id}#part-{id}"))
        }
    })
}

/// What was chosen.
fn choices(form: &Form) -> Choices {
    let choice = |word: &str, key: &str| match word {
        "mine" => Some(Choice::Mine),
        "theirs" => Some(Choice::Theirs),
        "both" => Some(Choice::Text(form.raw(&format!("text-{key}")).trim_end().to_owned())),
        _ => None,
    };
    let each = || form.under("choice-").filter_map(|(key, word)| Some((key.to_owned(), choice(word, key)?))).collect();
    choice(form.text("all"), "").map_or_else(each, Choices::all)
}
