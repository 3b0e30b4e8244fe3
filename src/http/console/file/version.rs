//! What was in a file before: all of it, the way back to it, and its end.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::Permission,
        file::{file::File, version::FileVersion},
        id::FileVersionId,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, get, post},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::file::{link, version},
    store::{Tx, file::version::VERSIONS},
};

use super::frame::{file_id, frame, library};

const LIST: &str = "/o/{org}/p/{project}/files/{file}/versions";

/// A version in the list.
struct Line {
    version: FileVersion,
    /// Where its bytes are saved from.
    download: String,
}

#[derive(Template)]
#[template(path = "file/versions.html")]
struct List {
    c: Chrome,
    form: Form,
    file: File,
    lines: Vec<Line>,
    pager: Pager,
    /// Where the file is, and the library.
    back: String,
    list: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let show = |request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>| list(request, tx, typed);
    vec![
        get(LIST, |request, tx| list(request, tx, None)).needs(Permission::ProjectRead),
        post("/o/{org}/p/{project}/files/{file}/versions/{version}/restore", show, restore)
            .shown_at(LIST)
            .does("restore-version")
            .needs(Permission::EntryWrite),
        post("/o/{org}/p/{project}/files/{file}/versions/{version}/erase", show, erase)
            .shown_at(LIST)
            .does("erase")
            .needs(Permission::ProjectManage),
    ]
}

fn list(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let (file, page) = version::list(tx, request.actor()?, at, file_id(request)?, &request.listing(&VERSIONS, &[])?)?;
    let pager = Pager::of(request, &page)?;
    let line = |version: FileVersion| Ok(Line { download: format!("{}&download", link::shown_version(tx, &file, &version)?), version });
    let lines = page.items.into_iter().map(line).collect::<Result<_>>()?;
    let back = format!("{list}/{}", file.id);
    render(&List { c, form: typed.cloned().unwrap_or_default(), file, lines, pager, back, list })
}

fn version_id(request: &PageRequest) -> Result<FileVersionId> {
    request.id_of("version", "version")
}

fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let of = (file_id(request)?, version_id(request)?);
    let back = version::restore(tx, request.actor()?, request.project()?, of, &request.state.files)?;
    let words = request.locale.lang.t("file-version-back").s("name", &back.original_filename).to_string();
    Ok(Done::Say(format!("{}/{}", library(request, None), back.id), words))
}

fn erase(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let of = (file_id(request)?, version_id(request)?);
    version::erase(tx, request.actor()?, request.project()?, of)?;
    let words = request.locale.lang.t("file-erased").to_string();
    Ok(Done::Say(format!("{}/{}/versions", library(request, None), of.0), words))
}
