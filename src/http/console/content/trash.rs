//! The trash of a project: what was deleted, of every kind; back, or gone for good.

use std::time::Duration;

use actix_web::http::Method;
use askama::Template;

use crate::{
    domain::{Error, Result, access::Permission, content::of_type, id::EntryId, listing::Listing, time::Instant},
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, custom, form, get, post},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::content::trash,
    store::{
        Tx,
        content::trash::{TRASH, TrashItem},
    },
};

use super::several::{self, BulkOutcome, Task};

const LIST: &str = "/o/{org}/p/{project}/trash";

/// A line of the list.
pub struct TrashRow {
    item: TrashItem,
    /// Its icon, and what it is called.
    icon: &'static str,
    kind: String,
    /// When it goes for good.
    expires_at: Option<Instant>,
}

#[derive(Template)]
#[template(path = "content/trash/list.html")]
struct List {
    c: Chrome,
    form: Form,
    lines: Vec<TrashRow>,
    pager: Pager,
    search: String,
    /// The content type that the list is narrowed to, and what can be chosen: word and words.
    chosen: String,
    kinds: Vec<(&'static str, String)>,
    /// Days that things stay; none where they stay for ever.
    days: Option<u64>,
    here: String,
    /// What came of what was to be done to several.
    outcome: BulkOutcome,
}

impl List {
    /// Where that is sent: its answer shows the same page of the list.
    fn several(&self) -> String {
        self.c.with_query(&format!("{}/several", self.here))
    }
}

#[derive(Template)]
#[template(path = "content/trash/empty.html")]
struct Empty {
    c: Chrome,
    form: Form,
    total: u64,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let back = [
        post("/o/{org}/p/{project}/trash/{entry}/restore", list, restore).shown_at(LIST).does("restore").needs(Permission::ProjectSee),
        post("/o/{org}/p/{project}/trash/batches/{batch}/restore", list, restore_batch)
            .shown_at(LIST)
            .does("restore")
            .needs(Permission::ProjectSee),
        post("/o/{org}/p/{project}/trash/{entry}/erase", list, erase).shown_at(LIST).does("erase").needs(Permission::ProjectManage),
    ];
    let several = custom(Method::POST, "/o/{org}/p/{project}/trash/several", |request| async move {
        let task = match request.form.text("do") {
            "restore" => Task::new("several-restored", |request, tx, one| {
                trash::restore_item(tx, request.actor()?, request.project()?, one.id).map(|_| false)
            }),
            "erase" => Task::new("several-erased", |request, tx, one| {
                trash::erase(tx, request.actor()?, request.project()?, one.id).map(|_| false)
            }),
            _ => return Err(Error::NotFound("page")),
        };
        several::answer(request, task, list_with).await
    });
    let several = several.shown_at(LIST).does("several").needs(Permission::ProjectSee);
    let emptied = form("/o/{org}/p/{project}/trash/empty", empty_page, empty).map(|page| page.needs(Permission::ProjectManage));
    [get(LIST, |request, tx| list(request, tx, None)).needs(Permission::ProjectRead)]
        .into_iter()
        .chain(back)
        .chain([several])
        .chain(emptied)
        .collect()
}

fn list(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    list_with(request, tx, typed, &BulkOutcome::default())
}

fn list_with(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>, outcome: &BulkOutcome) -> Result<String> {
    let (c, org, project) = Chrome::project(request, tx)?;
    let kept = request.state.retention.trash;
    let listing = request.listing(&TRASH, &[])?;
    let page = trash::list(tx, request.actor()?, (org.id, project.id), &listing)?;
    let pager = Pager::of(request, &page)?;
    let lines = page.items.into_iter().map(|item| line(&c, item, kept)).collect();
    let kinds = c.kinds.iter().map(|kind| (kind.content_type, c.of_kind(kind, "many").to_string())).collect();
    let text = |name: &str| request.query(name).unwrap_or_default().to_owned();
    let days = kept.map(|kept| kept.as_secs() / 86_400);
    let here = format!("{}/trash", c.project_base());
    let (search, chosen) = (text("search"), text("entityType"));
    render(&List { form: typed.cloned().unwrap_or_default(), c, lines, pager, search, chosen, kinds, days, here, outcome: outcome.clone() })
}

fn line(c: &Chrome, item: TrashItem, kept: Option<Duration>) -> TrashRow {
    let kind = of_type(c.kinds, &item.content_type);
    let expires_at = trash::expires_at(item.deleted_at, kept);
    let words = kind.map_or_else(|| item.content_type.clone(), |kind| c.of_kind(kind, "one").to_string());
    TrashRow { icon: kind.map_or("file-text", |kind| kind.icon), kind: words, expires_at, item }
}

fn id(request: &PageRequest) -> Result<EntryId> {
    request.id_of("entry", "entry")
}

/// Where the list is.
fn list_of(request: &PageRequest) -> String {
    format!("/o/{}/p/{}/trash", request.param("org"), request.param("project"))
}

fn done_with(request: &PageRequest, words: &str, name: &str) -> Done {
    Done::Say(list_of(request), request.locale.lang.t(words).s("name", name.to_owned()).to_string())
}

fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let back = trash::restore_item(tx, request.actor()?, request.project()?, id(request)?)?;
    Ok(done_with(request, "content-restored", &back.name))
}

/// What went together comes back together.
fn restore_batch(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let batch = request.id_of("batch", "batch in the trash")?;
    let back = trash::restore_batch(tx, request.actor()?, request.project()?, batch)?;
    Ok(Done::Say(list_of(request), request.locale.lang.t("content-restored-some").n("n", back.len()).to_string()))
}

fn erase(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let gone = trash::erase(tx, request.actor()?, request.project()?, id(request)?)?;
    Ok(done_with(request, "trash-erased", &gone.name))
}

fn empty_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, org, project) = Chrome::project(request, tx)?;
    let all = Listing { order: TRASH.order, ..Listing::default() };
    let total = trash::list(tx, request.actor()?, (org.id, project.id), &all)?.total;
    let back = format!("{}/trash", c.project_base());
    render(&Empty { c, form: typed.cloned().unwrap_or_default(), total, back })
}

/// As much as one step deletes; whoever sees that something is left sends it again.
fn empty(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let now = tx.now();
    let (_, is_all) = trash::empty(tx, request.actor()?, request.project()?, (now, true))?;
    let words = if is_all { "trash-emptied" } else { "trash-emptied-some" };
    Ok(Done::Say(list_of(request), request.locale.lang.t(words).to_string()))
}
