//! Entries of every kind: the list of an app, and a new one. One file for all kinds, made from their descriptors.

use actix_web::http::Method;
use askama::Template;
use serde_json::Map;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::{Counts, Draft, InLanguage, KINDS, Kind, Locales, Status},
        error::Fault,
        language,
        listing::Listing,
        project::app::AppType,
        spec::Order,
    },
    http::console::base::{
        chrome::{self, Chrome},
        form::Form,
        page::{Done, Page, custom, form_prepared, get, read, render, see},
        pager::{Pager, Segment, Sorts},
        place::AppLink,
        visit::Visit,
    },
    service::content::{
        checked::{self, Checked},
        entry::{self, At, Row},
    },
    store::Tx,
};

/// Where all entries of a kind are.
macro_rules! all {
    ($more:literal) => {
        concat!("/o/{org}/p/{project}/website/{app}/{kind}", $more)
    };
}
pub(super) use all;

#[derive(Template)]
#[template(path = "content/entry/list.html")]
struct List {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    base: String,
    rows: Vec<Row>,
    pager: Pager,
    segments: Vec<Segment>,
    sorts: Sorts,
    /// What can be chosen of languages: word and words; none where the project has only one.
    languages: Vec<(String, String)>,
    search: String,
    sort: String,
    language: String,
    filtered: bool,
}

#[derive(Template)]
#[template(path = "content/entry/new.html")]
struct New {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    form: Form,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        custom(Method::GET, "/o/{org}/p/{project}/website/{app}", |visit| async move {
            read(&visit, place).await?;
            Ok(see(&format!("{}/pages", visit.path())))
        }),
        get(all!(""), list),
    ];
    pages.extend(form_prepared(all!("/new"), new_page, draft, make));
    pages
}

/// The kind of the path.
pub(super) fn kind(visit: &Visit) -> Result<&'static Kind> {
    let segment = visit.param("kind");
    let found = KINDS.iter().find(|kind| kind.app_type == AppType::Website && kind.segment == segment);
    found.copied().ok_or(Error::NotFound("page"))
}

/// The frame, the app of the path, and where all entries of the kind are.
pub(super) fn frame(visit: &Visit, tx: &mut Tx<'_>) -> Result<(Chrome, AppLink, At, String)> {
    let (mut c, org, project) = Chrome::project(visit, tx)?;
    let slug = visit.param("app");
    let app =
        project.apps.iter().find(|app| app.slug == slug && app.app_type == AppType::Website).cloned().ok_or(Error::NotFound("app"))?;
    let base = format!("{}/{}", c.app_base(&app), visit.param("kind"));
    let at = (org.id, project.id, app.id);
    c.app_role = crate::service::project::app::role(tx, visit.actor()?, at)?;
    Ok((c, app, at, base))
}

/// Where the path points, for a form that was sent.
pub(super) fn place(visit: &Visit, tx: &mut Tx<'_>) -> Result<At> {
    let (org, project) = chrome::project_id(visit, tx)?;
    let app = crate::service::project::app::get_by_slug(tx, visit.actor()?, (org, project), visit.param("app"))?;
    Ok((org, project, app.id))
}

fn list(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let kind = kind(visit)?;
    let (c, app, at, base) = frame(visit, tx)?;
    let listing = listing(visit, kind)?;
    let language = language(visit, &c)?;
    let (page, counts) = entry::overview(tx, visit.actor()?, at, kind, &listing, language.as_ref())?;
    let text = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    render(&List {
        pager: Pager::of(visit, &page)?,
        rows: page.items,
        segments: segments(visit, &c, kind, &counts),
        sorts: Sorts::of(visit, &listing),
        languages: languages(&c, &counts),
        language: language.as_ref().map(ToString::to_string).unwrap_or_default(),
        filtered: listing.search.is_some() || !listing.filters.is_empty() || language.is_some(),
        search: text("search"),
        sort: text("sort"),
        c,
        app,
        kind,
        base,
    })
}

/// What is asked for; what changed last comes first unless the reader wants it otherwise.
fn listing(visit: &Visit, kind: &Kind) -> Result<Listing> {
    let parsed = Listing::parse(&kind.listing, &["language"], &visit.filled_query()).map_err(Error::Invalid)?;
    let order = if visit.query("sort").is_some() { parsed.order } else { Order { field: "updatedAt", descending: true } };
    Ok(Listing { lite: true, order, ..parsed })
}

/// The language that the list is narrowed to.
fn language(visit: &Visit, c: &Chrome) -> Result<Option<InLanguage>> {
    let Some(word) = visit.query("language") else { return Ok(None) };
    let all = c.project.as_ref().map(|project| project.locales.as_slice()).unwrap_or_default();
    let locales = Locales { default: all.first().map_or("", String::as_str), enabled: all };
    let found = InLanguage::from_word(word, &locales);
    Ok(Some(found.ok_or_else(|| Fault::new("language", "unknown_locale", "This is not a language of the project."))?))
}

fn segments(visit: &Visit, c: &Chrome, kind: &Kind, counts: &Counts) -> Vec<Segment> {
    let chosen = visit.query("status").unwrap_or_default();
    let all = [("", counts.total), ("published", counts.published), ("draft", counts.draft), ("scheduled", counts.scheduled)];
    let segment = |(word, count): (&str, u64)| {
        let words = if word.is_empty() { c.word("content-all", kind.segment) } else { c.word("content-are", word) };
        Segment { words: words.to_string(), to: visit.with("status", word), count, here: word == chosen }
    };
    all.into_iter().map(segment).collect()
}

/// Each language of the project, and each in which something is missing.
fn languages(c: &Chrome, counts: &Counts) -> Vec<(String, String)> {
    if counts.lacking.len() < 2 {
        return Vec::new();
    }
    let words = |key: &str, tag: &str| c.t(key).s("language", language::name(tag)).to_string();
    let written = counts.lacking.iter().map(|(tag, _)| (tag.clone(), words("content-in-language", tag)));
    let missing = counts.lacking.iter().map(|(tag, n)| {
        let text = c.t("content-lacks-language").s("language", language::name(tag)).n("n", n).to_string();
        (InLanguage::Missing(tag.clone()).to_string(), text)
    });
    written.chain(missing).collect()
}

fn new_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(visit)?;
    let (c, app, _, back) = frame(visit, tx)?;
    c.needs(Permission::EntryWrite)?;
    render(&New { c, app, kind, form: typed.cloned().unwrap_or_default(), back })
}

fn draft(visit: &Visit, tx: &mut Tx<'_>) -> Result<(At, Checked<Draft>)> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let name = visit.form.text("name");
    let slug = visit.form.optional("slug").unwrap_or_else(|| crate::domain::text::slug_from(name, kind.noun));
    let body = Map::from_iter([("name".to_owned(), name.into()), ("slug".to_owned(), slug.into())]);
    Ok((at, checked::check(tx, visit.actor()?, at, (kind, Draft::parse), body, None)?))
}

fn make(visit: &Visit, tx: &mut Tx<'_>, (at, draft): &(At, Checked<Draft>)) -> Result<Done> {
    let made = entry::create(tx, visit.actor()?, *at, draft)?.found;
    let base = visit.path().strip_suffix("/new").unwrap_or_default().to_owned();
    Ok(Done::Say(format!("{base}/{}", made.id), visit.reader.lang.t("content-made").s("name", made.name).to_string()))
}
