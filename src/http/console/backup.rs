//! Backups, for operators: which the server keeps, one to download, and what was done to the instance.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{Result, access::Permission, time::Instant},
    http::{
        base::{
            reply::blocking,
            transport::{
                outgoing::PIECE,
                pieces::{attachment, sized_pieces},
            },
        },
        console::{
            base::{
                chrome::Chrome,
                form::Form,
                page_route::{PageRoute, again, custom, get},
                request::PageRequest,
                response::render,
            },
            org::activity::{ActivityRow, line},
        },
    },
    service::{backup, instance},
    store::Tx,
};

/// Its page, where the button stands, too: whoever types the password first comes back to it.
const PAGE: &str = "/instance/backups";
/// Most kept backups, and most lines, that are shown.
const SHOWN: u32 = 10;

#[derive(Template)]
#[template(path = "instance/backups.html")]
struct Backups {
    c: Chrome,
    form: Form,
    /// Whether the server keeps any by itself.
    is_kept: bool,
    /// The newest of them: when they were made, and how many megabytes they have.
    kept: Vec<(Instant, u64)>,
    lines: Vec<ActivityRow>,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    [get(PAGE, |request, tx| show(request, tx, &Form::default())), custom(Method::POST, PAGE, download).fresh()]
        .map(|page| page.needs(Permission::InstanceManage))
        .into()
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, form: &Form) -> Result<String> {
    let told = instance::activity(tx, request.actor()?, SHOWN)?;
    let lines = told.into_iter().map(|one| line(request.locale.lang, ("", ""), one)).collect();
    let folder = request.state.console.backup_folder.as_deref();
    // A folder that is not there yet holds none.
    let found = folder.and_then(|folder| backup::list(folder).ok()).unwrap_or_default();
    let size = |path: &std::path::Path| path.metadata().map_or(0, |data| data.len()).div_ceil(1_000_000);
    let kept = found.iter().rev().take(SHOWN as usize).map(|(at, path)| (*at, size(path))).collect();
    render(&Backups { c: Chrome::own(request, tx)?, form: form.clone(), is_kept: folder.is_some(), kept, lines })
}

/// Sends a finished copy, so that a reader who is slow holds nothing of the database.
async fn download(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let making = request.clone();
    let mut copy = match blocking(move || making.state.console.downloads.begin(making.state.store.entropy())).await {
        Ok(copy) => copy,
        Err(why) => return again(&request, why, show).await,
    };
    let (bytes, noting) = (copy.bytes, request.clone());
    request.write(move |tx| backup::note_download(tx, noting.actor()?, bytes)).await?;
    tracing::info!(user = %request.actor()?.id, address = %request.ip, bytes, id = request.id, "a backup is downloaded");
    let (caller, name) = (request.caller(), format!("stele-{}.db", request.locale.now().compact()));
    let body = sized_pieces(bytes, request.state.clone(), caller, move || copy.piece(PIECE as u64));
    Ok(attachment("application/vnd.sqlite3", &name, caller, body))
}
