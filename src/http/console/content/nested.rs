//! Entries that stand below each other: the page with all of them, and one address for every way to move one: by a button, a key, or a hand.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::Permission,
        content::{Kind, place::Move},
        error::Fault,
        id::EntryId,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        link::AppLink,
        page_route::{PageRoute, post},
        request::PageRequest,
        response::render,
    },
    service::content::{
        count,
        place::nested::{self, Moved, NestedRow},
    },
    store::Tx,
};

use super::entry_list::{self, all, frame, kind};

#[derive(Template)]
#[template(path = "content/nested/list.html")]
struct Tree {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    form: Form,
    base: String,
    lines: Vec<NestedRow>,
    /// What can be chosen of languages: word and words; none where the project has only one.
    languages: Vec<(String, String)>,
    language: String,
    /// The kind whose entries name these: its list, and the parameter by which that is narrowed.
    naming: Option<(&'static Kind, &'static str)>,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let moved = post(all!("/{entry}/move"), tree_with, set_place).shown_at(all!("")).does("move");
    vec![moved.needs(Permission::EntryWrite)]
}

fn tree_with(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    tree(request, tx, typed)
}

/// All of them.
pub(super) fn tree(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, base) = frame(request, tx)?;
    let language = entry_list::language(request, &c)?;
    let lines = nested::overview(tx, request.actor()?, at, kind, language.as_ref())?;
    let counts = count::counts(tx, request.actor()?, at, kind)?;
    let languages = if kind.has_texts() { entry_list::languages(&c, &counts) } else { Vec::new() };
    let language = language.map(|wanted| wanted.to_string()).unwrap_or_default();
    let naming = super::choices::naming(tx.kinds(), kind);
    render(&Tree { c, app, kind, form: typed.cloned().unwrap_or_default(), base, lines, languages, language, naming })
}

/// Where the form says that it goes.
fn move_of(form: &Form) -> Result<Move> {
    let beside = || form.text("beside").parse::<EntryId>().map_err(|_| Fault::new("beside", "required", "Say beside which one."));
    Ok(match form.text("to") {
        "up" => Move::Up,
        "down" => Move::Down,
        "in" => Move::In,
        "out" => Move::Out,
        "before" => Move::Before(beside()?),
        "after" => Move::After(beside()?),
        "into" => Move::Into(Some(beside()?)),
        _ => return Err(Fault::new("to", "required", "Say where it is to go.").into()),
    })
}

fn set_place(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, id) = (kind(request)?, request.id_of::<EntryId>("entry", "entry")?);
    let Moved { entry, below, place: (place, of) } =
        nested::move_to(tx, request.actor()?, request.app()?, (kind, id), move_of(&request.form)?)?;
    let words = request.locale.lang.t(if below.is_some() { "nested-moved-below" } else { "nested-moved" });
    let words = words.s("name", entry.name).n("place", place).n("of", of).s("below", below.unwrap_or_default());
    let base = request.path().rsplitn(3, '/').nth(2).unwrap_or("/").to_owned();
    Ok(Done::Say(base, words.to_string()))
}
