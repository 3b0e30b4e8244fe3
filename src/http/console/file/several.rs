//! What is done to several files at once: all of them, or none.

use crate::{
    domain::{Error, Result, access::Permission, file::draft::Patch, id::FileId},
    http::console::base::{
        done::Done,
        form,
        page_route::{PageRoute, post},
        request::PageRequest,
    },
    service::file::{file, trash},
    store::Tx,
};

use super::{
    frame::{LIST, library as address},
    library,
};

/// Most of them whose way back fits into an address.
const BACK_MAX: usize = 50;

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let back = [
        post("/o/{org}/p/{project}/files/several", library::show, act).does("several"),
        post("/o/{org}/p/{project}/files/several/{ids}/restore", library::show, restore).does("restore"),
    ];
    back.into_iter().map(|page| page.shown_at(LIST).needs(Permission::EntryWrite)).collect()
}

fn act(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (actor, at, ids) = (request.actor()?, request.project()?, request.form.chosen_ids::<FileId>("file")?);
    let say = |words: &str| Done::Say(request.here(), request.locale.lang.t(words).n("n", ids.len()).to_string());
    match request.form.text("do") {
        "move" => {
            let to = request.form.optional("to").map(|id| id.parse().map_err(|_| Error::NotFound("folder"))).transpose()?;
            file::update_all(tx, actor, at, &ids, &Patch { folder_id: Some(to), ..Patch::default() })?;
            Ok(say("file-several-moved"))
        }
        visibility @ ("public" | "private") => {
            let patch = Patch { is_public: Some(visibility == "public"), ..Patch::default() };
            file::update_all(tx, actor, at, &ids, &patch)?;
            Ok(say(if visibility == "public" { "file-several-public" } else { "file-several-private" }))
        }
        "trash" => {
            trash::delete_files(tx, actor, at, &ids)?;
            Ok(if ids.len() > BACK_MAX { say("file-several-trashed") } else { undo(request, &ids) })
        }
        _ => Err(Error::NotFound("page")),
    }
}

/// What is said of files that went to the trash, with their way back.
pub(super) fn undo(request: &PageRequest, ids: &[FileId]) -> Done {
    let all = ids.iter().map(FileId::to_string).collect::<Vec<_>>().join(".");
    let words = request.locale.lang.t("file-several-trashed").n("n", ids.len()).to_string();
    Done::Undo(request.here(), words, format!("{}/several/{all}/restore", address(request, None)))
}

fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let ids: Vec<FileId> =
        request.param("ids").split('.').map(|id| id.parse().map_err(|_| Error::NotFound("file in the trash"))).collect::<Result<_>>()?;
    let ids = form::bounded("ids", ids)?;
    let folder = trash::restore_files(tx, request.actor()?, request.project()?, &ids)?;
    let words = request.locale.lang.t("file-several-restored").n("n", ids.len()).to_string();
    Ok(Done::Say(address(request, folder), words))
}
