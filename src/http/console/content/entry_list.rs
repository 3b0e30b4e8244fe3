//! Entries of every kind: the list of an app, and a new one. One file for all kinds, made from their descriptors.

use std::collections::HashMap;

use actix_web::http::Method;
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::{Counts, Draft, FieldType, InLanguage, Kind, Locales, Status, held_by},
        error::Fault,
        form::starter::{STARTERS, Starter},
        id::{AppPath, EntryId},
        language,
        listing::Listing,
        project::app::AppType,
        spec::Order,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        link::AppLink,
        page_route::{PageRoute, custom, form_prepared, post},
        pager::{Pager, Segment, Sorts},
        request::PageRequest,
        response::{render, see},
    },
    service::{
        authorize,
        content::{
            checked::{self, Checked},
            entry,
            entry_list::{self, Row},
            publication::{self, Publication},
            trash,
        },
        form::{starter, submission},
    },
    store::Tx,
};

use super::{
    choices,
    inputs::{self, Input},
    several::{self, Back, BulkOutcome, Chosen, Task},
};

/// Where all entries of a kind are.
macro_rules! all {
    ($more:literal) => {
        concat!("/o/{org}/p/{project}/{type}/{app}/{kind}", $more)
    };
}
pub(super) use all;

/// The input that says what a new form begins with.
const STARTER: &str = "starter";

/// The orders that are offered where the kind has the field, with their words.
const ORDERS: [(&str, &str); 4] = [
    ("createdAt:desc", "content-newest"),
    ("name:asc", "content-by-name"),
    ("slug:asc", "content-by-address"),
    ("status:asc", "content-by-status"),
];

#[derive(Template)]
#[template(path = "content/entry/list.html")]
struct List {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    base: String,
    rows: Vec<Row>,
    /// How much of what was sent to a form nobody has read, for whoever may.
    unread: HashMap<EntryId, u64>,
    pager: Pager,
    segments: Vec<Segment>,
    sorts: Sorts,
    /// What can be chosen of languages: word and words; none where the project has only one.
    languages: Vec<(String, String)>,
    search: String,
    sort: String,
    /// How it can be sorted: word and words.
    orders: Vec<(&'static str, &'static str)>,
    language: String,
    /// By what entry that others name it can be narrowed.
    naming: Option<Naming>,
    filtered: bool,
    /// What was wrong with the form that does something to several of them, and what came of it.
    form: Form,
    outcome: BulkOutcome,
}

/// An entry that others name: the parameter of a list, what is chosen, and what can be.
struct Naming {
    parameter: &'static str,
    chosen: String,
    choices: Vec<(String, String)>,
}

impl List {
    /// Where what is to be done to several of them is sent: its answer shows the same page of the list.
    fn several(&self) -> String {
        let query = self.c.here.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
        format!("{}/several{query}", self.base)
    }

    /// Whether the form has an input of its own for this parameter.
    fn is_chosen_here(&self, name: &str) -> bool {
        self.naming.as_ref().is_some_and(|own| own.parameter == name)
    }
}

#[derive(Template)]
#[template(path = "content/entry/new.html")]
struct New {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    inputs: Vec<Input>,
    /// What a form may begin with.
    starters: &'static [Starter],
    form: Form,
    /// Who has the address that was typed: the name, and where that entry is.
    holder: Option<(String, String)>,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![custom(Method::GET, "/o/{org}/p/{project}/{type}/{app}", |request| async move {
        request.app()?;
        let first = kinds(&request).next().ok_or(Error::NotFound("page"))?;
        Ok(see(&format!("{}/{}", request.path(), first.segment)))
    })];
    let several = custom(Method::POST, all!("/several"), |request| async move {
        let task = task(&request)?;
        several::answer(request, task, list_with).await
    });
    pages.push(several.shown_at(all!("")).does("several").needs(Permission::EntryWrite));
    let again =
        post(all!("/several/{ids}/undo"), |request, tx, typed| list_with(request, tx, typed, &BulkOutcome::default()), publish_again);
    pages.push(again.shown_at(all!("")).does("status").needs(Permission::EntryWrite));
    pages.extend(form_prepared(all!("/new"), new_page, draft, make).map(|page| page.needs(Permission::EntryWrite)));
    pages
}

/// The kinds that apps of the path's type have.
fn kinds(request: &PageRequest) -> impl Iterator<Item = &'static Kind> {
    let app_type = AppType::from_segment(request.param("type"));
    app_type.into_iter().flat_map(|app_type| held_by(request.state.store.kinds(), app_type))
}

/// The kind of the path.
pub(super) fn kind(request: &PageRequest) -> Result<&'static Kind> {
    kinds(request).find(|kind| kind.segment == request.param("kind")).ok_or(Error::NotFound("page"))
}

/// The frame, the app of the path, and where all entries of the kind are.
pub(super) fn frame(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Chrome, AppLink, AppPath, String)> {
    let (c, app, at) = frame_of_app(request, tx)?;
    let base = format!("{}/{}", c.app_base(&app), request.param("kind"));
    Ok((c, app, at, base))
}

/// The frame and the app of the path.
pub(super) fn frame_of_app(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Chrome, AppLink, AppPath)> {
    let (mut c, org, project) = Chrome::project(request, tx)?;
    let slug = request.param("app");
    let of_type = |app: &&AppLink| app.app_type.segment() == request.param("type");
    let app = project.apps.iter().filter(of_type).find(|app| app.slug == slug).cloned().ok_or(Error::NotFound("app"))?;
    let at = (org.id, project.id, app.id);
    c.app_role = authorize::app_role(tx, request.actor()?, at)?;
    Ok((c, app, at))
}

/// The list of a kind.
pub(super) fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    list_with(request, tx, None, &BulkOutcome::default())
}

/// The same after something was to be done to several of its entries.
fn list_with(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>, outcome: &BulkOutcome) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, base) = frame(request, tx)?;
    let listing = listing(request, kind)?;
    let language = language(request, &c)?;
    let (page, counts) = entry_list::overview(tx, request.actor()?, at, kind, &listing, language.as_ref())?;
    let text = |name: &str| request.query(name).unwrap_or_default().to_owned();
    let naming = match kind.references().map(|field| field.holds) {
        Some(FieldType::References { of, one }) => {
            let choices = choices::entries(request, tx, at, kind, of)?;
            (!choices.is_empty()).then(|| Naming { parameter: one, chosen: text(one), choices })
        }
        _ => None,
    };
    let forms: Vec<_> = page.items.iter().map(|row| &row.entry).filter(|entry| entry.kind.is_form()).collect();
    render(&List {
        unread: if forms.is_empty() { HashMap::new() } else { submission::unread(tx, request.actor()?, at, forms)? },
        naming,
        pager: Pager::of(request, &page)?,
        rows: page.items,
        segments: segments(request, &c, kind, &counts),
        sorts: Sorts::of(request, &listing),
        languages: if kind.has_texts() { languages(&c, &counts) } else { Vec::new() },
        language: language.as_ref().map(ToString::to_string).unwrap_or_default(),
        filtered: listing.search.is_some() || !listing.filters.is_empty() || language.is_some(),
        search: text("search"),
        sort: text("sort"),
        form: typed.cloned().unwrap_or_default(),
        outcome: outcome.clone(),
        orders: ORDERS.into_iter().filter(|(order, _)| order.split(':').next().is_some_and(|name| kind.sorts_by(name))).collect(),
        c,
        app,
        kind,
        base,
    })
}

/// What is asked for; what changed last comes first unless the reader wants it otherwise.
fn listing(request: &PageRequest, kind: &Kind) -> Result<Listing> {
    let parsed = request.listing(&kind.listing, &["language"])?;
    let order = if request.query("sort").is_some() { parsed.order } else { Order { field: "updatedAt", descending: true } };
    Ok(Listing { lite: true, order, ..parsed })
}

/// The language that the list is narrowed to.
pub(super) fn language(request: &PageRequest, c: &Chrome) -> Result<Option<InLanguage>> {
    let Some(word) = request.query("language") else { return Ok(None) };
    let all = c.project.as_ref().map(|project| project.locales.as_slice()).unwrap_or_default();
    let locales = Locales { default: all.first().map_or("", String::as_str), enabled: all };
    let found = InLanguage::from_word(word, &locales);
    Ok(Some(found.ok_or_else(|| Fault::new("language", "unknown_locale", "This is not a language of the project."))?))
}

fn segments(request: &PageRequest, c: &Chrome, kind: &Kind, counts: &Counts) -> Vec<Segment> {
    let chosen = request.query("status").unwrap_or_default();
    let all = [("", counts.total), ("published", counts.published), ("draft", counts.draft), ("scheduled", counts.scheduled)];
    let told = |(word, _): &(&str, u64)| *word != "scheduled" || kind.tells_scheduled();
    let drafts = if kind.tells_scheduled() { counts.draft } else { counts.draft + counts.scheduled };
    let all = all.map(|(word, count)| (word, if word == "draft" { drafts } else { count }));
    let segment = |(word, count): (&str, u64)| {
        let words = if word.is_empty() { c.of_kind(kind, "all") } else { c.word("content-are", word) };
        Segment { words: words.to_string(), to: request.with("status", word), count, here: word == chosen }
    };
    all.into_iter().filter(told).map(segment).collect()
}

/// Each language of the project, and each in which a text is missing.
pub(super) fn languages(c: &Chrome, counts: &Counts) -> Vec<(String, String)> {
    if counts.lacking.len() < 2 {
        return Vec::new();
    }
    let words = |key: &str, tag: &str| c.t(key).s("language", language::name(tag)).to_string();
    let complete = counts.lacking.iter().map(|(tag, _)| (tag.clone(), words("content-in-language", tag)));
    let lacking = counts.lacking.iter().map(|(tag, n)| {
        let text = c.t("content-lacks-language").s("language", language::name(tag)).n("n", n).to_string();
        (InLanguage::Lacking(tag.clone()).to_string(), text)
    });
    complete.chain(lacking).collect()
}

/// What a button does to each entry that was chosen.
fn task(request: &PageRequest) -> Result<Task> {
    kind(request)?;
    match request.form.text("do") {
        "publish" => Ok(Task::new("several-published", |request, tx, one| {
            let target = (kind(request)?, one.id);
            publication::set(tx, request.actor()?, request.app()?, target, Publication::Now, Some(one.version)).map(|_| false)
        })),
        "unpublish" => Ok(Task { back: Back::Each, ..Task::new("several-unpublished", unpublish) }),
        "trash" => Ok(Task { back: Back::Trash, ..Task::new("content-trashed-some", to_trash) }),
        _ => Err(Error::NotFound("page")),
    }
}

/// What was published can be published again; what was a draft, or waited for its time, not.
fn unpublish(request: &PageRequest, tx: &mut Tx<'_>, one: &Chosen) -> Result<bool> {
    let (actor, at, kind) = (request.actor()?, request.app()?, kind(request)?);
    let became = publication::set(tx, actor, at, (kind, one.id), Publication::Never, Some(one.version))?;
    Ok(became.before == Status::Published)
}

/// What somebody has moved to the trash meanwhile stays there.
fn publish_again(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let kind = kind(request)?;
    let id = |id: &str| id.parse::<EntryId>().map_err(|_| Error::NotFound(kind.noun));
    let ids: Vec<_> = request.param("ids").split('.').take(several::EACH_MAX).map(id).collect::<Result<_>>()?;
    let done = publication::publish_again(tx, request.actor()?, request.app()?, kind, &ids)?;
    let list = request.path().rsplitn(4, '/').nth(3).unwrap_or("/").to_owned();
    Ok(Done::Say(list, request.locale.lang.t("several-published").n("n", done).to_string()))
}

fn to_trash(request: &PageRequest, tx: &mut Tx<'_>, one: &Chosen) -> Result<bool> {
    let target = (kind(request)?, one.id);
    trash::delete_unused(tx, request.actor()?, request.app()?, target, (Some(one.version), one.batch)).map(|_| true)
}

/// The kind of the path, of which new ones are made.
fn creatable_kind(request: &PageRequest) -> Result<&'static Kind> {
    kind(request).ok().filter(|kind| kind.operations.create.is_some()).ok_or(Error::NotFound("page"))
}

/// What the address says already of a new one: `?parentId=` and the like.
fn form_of_query(request: &PageRequest, kind: &Kind) -> Form {
    let named = inputs::first(kind).into_iter().filter_map(|(name, _)| request.query(&name).map(|value| (name.clone(), value.to_owned())));
    named.fold(Form::default(), |form, (name, value)| form.and(&name, value))
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = creatable_kind(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let form = typed.cloned().unwrap_or_else(|| form_of_query(request, kind));
    let inputs = choices::inputs(request, tx, (&c, at), (kind, inputs::first(kind)), &form)?;
    let holder = holder(request, tx, &c, (&app, at), &form)?;
    let starters = if kind.is_form() { STARTERS } else { &[] };
    render(&New { c, app, kind, inputs, starters, form, holder, back })
}

/// The entry that has an address which was refused, if it is there: its name, and where it is.
pub(super) fn holder(
    request: &PageRequest,
    tx: &mut Tx<'_>,
    c: &Chrome,
    (app, at): (&AppLink, AppPath),
    form: &Form,
) -> Result<Option<(String, String)>> {
    let kind = kind(request)?;
    if form.fault("slug").is_none_or(|fault| fault.code != "taken") {
        return Ok(None);
    }
    let Some(slug) = form.optional("slug") else { return Ok(None) };
    let found = entry::at_slug(tx, request.actor()?, at, kind, &slug)?;
    Ok(found.map(|found| (found.name, format!("{}/{}/{}", c.app_base(app), found.kind.segment, found.id))))
}

fn draft(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(AppPath, Checked<Draft>)> {
    let (kind, at) = (creatable_kind(request)?, request.app()?);
    let mut body = inputs::body(&request.form, &inputs::first(kind), None);
    if request.form.optional("slug").is_none() {
        body.shift_remove("slug");
    }
    if let Some(word) = request.form.optional(STARTER).filter(|_| kind.is_form()) {
        starter::begin(tx, request.actor()?, at, &word, &mut body)?;
    }
    // The API makes some kinds published at once; here one writes first.
    if kind.has_status() {
        body.insert("status".into(), Status::Draft.word().into());
    }
    Ok((at, checked::check(tx, request.actor()?, at, (kind, Draft::with_slug), body, None)?))
}

fn make(request: &PageRequest, tx: &mut Tx<'_>, (at, draft): &(AppPath, Checked<Draft>)) -> Result<Done> {
    let made = entry::create(tx, request.actor()?, *at, draft)?.found;
    let base = request.path().strip_suffix("/new").unwrap_or_default().to_owned();
    let words = if made.status == Status::Draft { "content-made-draft" } else { "content-made" };
    Ok(Done::Say(format!("{base}/{}", made.id), request.locale.lang.t(words).s("name", made.name).to_string()))
}
