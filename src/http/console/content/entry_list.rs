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
        done::Done,
        form::Form,
        link::AppLink,
        page_route::{PageRoute, custom, form_prepared, get, read},
        pager::{Pager, Segment, Sorts},
        request::PageRequest,
        response::{render, see},
    },
    service::content::{
        checked::{self, Checked},
        entry::{self, At},
        entry_list::{self, Row},
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
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        custom(Method::GET, "/o/{org}/p/{project}/website/{app}", |request| async move {
            read(&request, place).await?;
            Ok(see(&format!("{}/pages", request.path())))
        }),
        get(all!(""), list),
    ];
    pages.extend(form_prepared(all!("/new"), new_page, draft, make));
    pages
}

/// The kind of the path.
pub(super) fn kind(request: &PageRequest) -> Result<&'static Kind> {
    let segment = request.param("kind");
    let found = KINDS.iter().find(|kind| kind.app_type == AppType::Website && kind.segment == segment);
    found.copied().ok_or(Error::NotFound("page"))
}

/// The frame, the app of the path, and where all entries of the kind are.
pub(super) fn frame(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Chrome, AppLink, At, String)> {
    let (mut c, org, project) = Chrome::project(request, tx)?;
    let slug = request.param("app");
    let app =
        project.apps.iter().find(|app| app.slug == slug && app.app_type == AppType::Website).cloned().ok_or(Error::NotFound("app"))?;
    let base = format!("{}/{}", c.app_base(&app), request.param("kind"));
    let at = (org.id, project.id, app.id);
    c.app_role = crate::service::project::app::role(tx, request.actor()?, at)?;
    Ok((c, app, at, base))
}

/// Where the path points, for a form that was sent.
pub(super) fn place(request: &PageRequest, tx: &mut Tx<'_>) -> Result<At> {
    let (org, project) = chrome::project_id(request, tx)?;
    let app = crate::service::project::app::get_by_slug(tx, request.actor()?, (org, project), request.param("app"))?;
    Ok((org, project, app.id))
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, base) = frame(request, tx)?;
    let listing = listing(request, kind)?;
    let language = language(request, &c)?;
    let (page, counts) = entry_list::overview(tx, request.actor()?, at, kind, &listing, language.as_ref())?;
    let text = |name: &str| request.query(name).unwrap_or_default().to_owned();
    render(&List {
        pager: Pager::of(request, &page)?,
        rows: page.items,
        segments: segments(request, &c, kind, &counts),
        sorts: Sorts::of(request, &listing),
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
fn listing(request: &PageRequest, kind: &Kind) -> Result<Listing> {
    let parsed = Listing::parse(&kind.listing, &["language"], &request.filled_query()).map_err(Error::Invalid)?;
    let order = if request.query("sort").is_some() { parsed.order } else { Order { field: "updatedAt", descending: true } };
    Ok(Listing { lite: true, order, ..parsed })
}

/// The language that the list is narrowed to.
fn language(request: &PageRequest, c: &Chrome) -> Result<Option<InLanguage>> {
    let Some(word) = request.query("language") else { return Ok(None) };
    let all = c.project.as_ref().map(|project| project.locales.as_slice()).unwrap_or_default();
    let locales = Locales { default: all.first().map_or("", String::as_str), enabled: all };
    let found = InLanguage::from_word(word, &locales);
    Ok(Some(found.ok_or_else(|| Fault::new("language", "unknown_locale", "This is not a language of the project."))?))
}

fn segments(request: &PageRequest, c: &Chrome, kind: &Kind, counts: &Counts) -> Vec<Segment> {
    let chosen = request.query("status").unwrap_or_default();
    let all = [("", counts.total), ("published", counts.published), ("draft", counts.draft), ("scheduled", counts.scheduled)];
    let segment = |(word, count): (&str, u64)| {
        let words = if word.is_empty() { c.word("content-all", kind.segment) } else { c.word("content-are", word) };
        Segment { words: words.to_string(), to: request.with("status", word), count, here: word == chosen }
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

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, _, back) = frame(request, tx)?;
    c.needs(Permission::EntryWrite)?;
    render(&New { c, app, kind, form: typed.cloned().unwrap_or_default(), back })
}

fn draft(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(At, Checked<Draft>)> {
    let (kind, at) = (kind(request)?, place(request, tx)?);
    let name = request.form.text("name");
    let slug = request.form.optional("slug").unwrap_or_else(|| crate::domain::text::slug_from(name, kind.noun));
    let body = Map::from_iter([("name".to_owned(), name.into()), ("slug".to_owned(), slug.into())]);
    Ok((at, checked::check(tx, request.actor()?, at, (kind, Draft::parse), body, None)?))
}

fn make(request: &PageRequest, tx: &mut Tx<'_>, (at, draft): &(At, Checked<Draft>)) -> Result<Done> {
    let made = entry::create(tx, request.actor()?, *at, draft)?.found;
    let base = request.path().strip_suffix("/new").unwrap_or_default().to_owned();
    Ok(Done::Say(format!("{base}/{}", made.id), request.locale.lang.t("content-made").s("name", made.name).to_string()))
}
