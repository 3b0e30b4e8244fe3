//! The trash of files: what was deleted, its way back, and its end.

use std::time::Duration;

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        file::trash::{ItemId, TrashItem},
        id::{FileId, FolderId},
        time::Instant,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form, get, post},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::file::trash,
    store::{Tx, file::trash::TRASH},
};

use super::frame::{frame, library};

const LIST: &str = "/o/{org}/p/{project}/files/trash";

/// What lies in it.
struct Line {
    item: TrashItem,
    id: String,
    expires_at: Option<Instant>,
}

#[derive(Template)]
#[template(path = "file/trash.html")]
struct List {
    c: Chrome,
    form: Form,
    lines: Vec<Line>,
    pager: Pager,
    search: String,
    days: Option<u64>,
    list: String,
    here: String,
}

#[derive(Template)]
#[template(path = "file/empty.html")]
struct Empty {
    c: Chrome,
    total: u64,
    list: String,
    back: String,
}

impl Line {
    fn of(item: TrashItem, kept: Option<Duration>) -> Self {
        let id = match item.id {
            ItemId::File(id) => id.to_string(),
            ItemId::Folder(id) => id.to_string(),
        };
        Self { id, expires_at: kept.map(|kept| item.deleted_at + kept), item }
    }

    const fn is_folder(&self) -> bool {
        matches!(self.item.id, ItemId::Folder(_))
    }
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let show = |request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>| list(request, tx, typed);
    let [asked, emptied] =
        form("/o/{org}/p/{project}/files/trash/empty", empty_page, empty).map(|page| page.needs(Permission::ProjectManage));
    vec![
        get(LIST, |request, tx| list(request, tx, None)).needs(Permission::ProjectRead),
        post("/o/{org}/p/{project}/files/trash/{type}/{id}/restore", show, restore)
            .shown_at(LIST)
            .does("restore")
            .needs(Permission::EntryWrite),
        post("/o/{org}/p/{project}/files/trash/{type}/{id}/erase", show, erase)
            .shown_at(LIST)
            .does("erase")
            .needs(Permission::ProjectManage),
        asked,
        emptied,
    ]
}

fn list(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let kept = request.state.retention.trash;
    let page = trash::list(tx, request.actor()?, at, &request.listing(&TRASH, &[])?)?;
    let pager = Pager::of(request, &page)?;
    let lines = page.items.into_iter().map(|item| Line::of(item, kept)).collect();
    let search = request.query("search").unwrap_or_default().to_owned();
    let (days, here) = (kept.map(|kept| kept.as_secs() / 86_400), format!("{list}/trash"));
    render(&List { c, form: typed.cloned().unwrap_or_default(), lines, pager, search, days, list, here })
}

/// What the path names.
fn item(request: &PageRequest) -> Result<ItemId> {
    match request.param("type") {
        "file" => request.id_of::<FileId>("id", "file in the trash").map(ItemId::File),
        "folder" => request.id_of::<FolderId>("id", "folder in the trash").map(ItemId::Folder),
        _ => Err(Error::NotFound("page")),
    }
}

fn say(request: &PageRequest, words: &str) -> Done {
    Done::Say(format!("{}/trash", library(request, None)), request.locale.lang.t(words).to_string())
}

fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (actor, at) = (request.actor()?, request.project()?);
    match item(request)? {
        ItemId::File(id) => {
            trash::restore_file(tx, actor, at, id)?;
            Ok(say(request, "file-restored"))
        }
        ItemId::Folder(id) => {
            trash::restore_folder(tx, actor, at, id, true)?;
            Ok(say(request, "file-folder-restored"))
        }
    }
}

/// Of a folder as much as one step deletes; whoever sees that it is there still sends it again.
fn erase(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (actor, at) = (request.actor()?, request.project()?);
    let is_done = match item(request)? {
        ItemId::File(id) => trash::erase_file(tx, actor, at, id).map(|()| true)?,
        ItemId::Folder(id) => trash::erase_folder(tx, actor, at, id)?,
    };
    Ok(say(request, if is_done { "file-erased" } else { "trash-emptied-some" }))
}

fn empty_page(request: &PageRequest, tx: &mut Tx<'_>, _: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let total = trash::list(tx, request.actor()?, at, &request.listing(&TRASH, &[])?)?.total;
    let back = format!("{list}/trash");
    render(&Empty { c, total, list, back })
}

fn empty(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let is_done = trash::empty_some(tx, request.actor()?, request.project()?)?;
    Ok(say(request, if is_done { "trash-emptied" } else { "trash-emptied-some" }))
}
