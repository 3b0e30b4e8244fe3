//! Folders of files: a new one, its name and place, its way to the trash and back.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        file::folder::{Draft, Folder, Patch},
        id::FolderId,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form, post},
        request::PageRequest,
        response::render,
    },
    service::file::{folder, trash},
    store::Tx,
};

use super::{
    frame::{LIST, destinations, folder_id, frame, in_folder, library as address},
    library,
};

const NEW: &str = "/o/{org}/p/{project}/files/folders/new";
const EDIT: &str = "/o/{org}/p/{project}/files/folders/{folder}/edit";

#[derive(Template)]
#[template(path = "file/folder.html")]
struct Page {
    c: Chrome,
    form: Form,
    /// The folder; none of a new one.
    folder: Option<Folder>,
    /// The name of the one in which a new one is made.
    within: String,
    destinations: Vec<(FolderId, String)>,
    back: String,
    here: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let back = |request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>| library::show(request, tx, typed);
    let moved = [
        post("/o/{org}/p/{project}/files/folders/{folder}/trash", back, put_in_trash).does("trash-folder"),
        post("/o/{org}/p/{project}/files/folders/{folder}/restore", back, restore).does("restore"),
    ];
    let dialogs = form(NEW, new_page, add).into_iter().chain(form(EDIT, edit_page, change));
    dialogs.chain(moved.map(|page| page.shown_at(LIST))).map(|page| page.needs(Permission::EntryWrite)).collect()
}

/// The folder that a page is about, or that it makes something in.
pub(super) fn within(request: &PageRequest) -> Option<FolderId> {
    request.query("folder").and_then(|id| id.parse().ok())
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let parent = within(request);
    let name = parent.map(|id| folder::get(tx, request.actor()?, at, id)).transpose()?.map(|(folder, _)| folder.name);
    let (form, back) = (typed.cloned().unwrap_or_default(), in_folder(&here, parent));
    render(&Page { c, form, folder: None, within: name.unwrap_or_default(), destinations: Vec::new(), back, here })
}

fn add(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let draft = Draft { name: request.form.text("name").to_owned(), parent_id: within(request) };
    let (made, _) = folder::create(tx, request.actor()?, request.project()?, &draft)?;
    let words = request.locale.lang.t("file-folder-made").s("name", &made.name).to_string();
    Ok(Done::Say(address(request, made.parent), words))
}

fn edit_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let (found, around) = folder::get(tx, request.actor()?, at, folder_id(request)?)?;
    let parent = found.parent.map(|id| id.to_string()).unwrap_or_default();
    let stored = Form::of([("name", found.name.clone()), ("parentId", parent)]);
    let form = typed.map_or(stored.clone(), |typed| typed.over(stored));
    // It cannot lie in itself, nor in what lies in it.
    let below = format!("{}/", around.path);
    let can = |(id, path): &(FolderId, String)| *id != found.id && !path.starts_with(&below);
    let destinations = destinations(request, tx, at)?.into_iter().filter(can).collect();
    let back = in_folder(&here, Some(found.id));
    render(&Page { c, form, folder: Some(found), within: String::new(), destinations, back, here })
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let parent = request.form.optional("parentId").map(|id| id.parse().map_err(|_| Error::NotFound("folder"))).transpose()?;
    let patch = Patch { name: Some(request.form.text("name").to_owned()), parent_id: Some(parent) };
    let (changed, _) = folder::update(tx, request.actor()?, request.project()?, folder_id(request)?, &patch)?;
    let words = request.locale.lang.t("file-folder-changed").s("name", &changed.name).to_string();
    Ok(Done::Say(address(request, Some(changed.id)), words))
}

fn put_in_trash(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (gone, moved) = trash::delete_folder(tx, request.actor()?, request.project()?, folder_id(request)?)?;
    let words = request.locale.lang.t("file-folder-trashed").s("name", &gone.name).n("n", moved.files).to_string();
    let restore = format!("{}/folders/{}/restore", address(request, None), gone.id);
    Ok(Done::Undo(address(request, gone.parent), words, restore))
}

/// With all that went with it.
fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let id = folder_id(request)?;
    trash::restore_folder(tx, request.actor()?, request.project()?, id, true)?;
    Ok(Done::Say(address(request, Some(id)), request.locale.lang.t("file-folder-restored").to_string()))
}
