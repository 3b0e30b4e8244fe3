//! What was sent to a form as a file, as the list of it is narrowed.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};

use crate::{
    domain::{Result, access::Permission, form::submission::Mark, time::DAY},
    http::{
        api::form::exported::{self, Format},
        console::{
            base::{
                page_route::{PageRoute, custom},
                request::PageRequest,
            },
            content::{entry::id, entry_list::all},
        },
    },
    service::form::export::{self, ExportFilter},
    store::Tx,
};

use super::inbox::{PERIODS, of_forms};

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    let export = custom(Method::POST, all!("/{entry}/submissions/export"), download).needs(Permission::SubmissionRead);
    vec![export.fresh().shown_at(all!("/{entry}/submissions")).does("export-submissions")]
}

/// Each piece is a read of its own, as long as the session is there.
async fn download(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let (at, target) = (request.app()?, (of_forms(&request)?, id(&request)?));
    let form = &request.form;
    let (word, separator) = form.text("format").split_once('-').unwrap_or((form.text("format"), ""));
    let format = Format::of(word, separator)?;
    let days = form.text("days").parse().ok().filter(|days| PERIODS.contains(days));
    let search = Some(form.text("search")).filter(|text| !text.is_empty()).map(|text| text.chars().take(200).collect());
    let wanted =
        ExportFilter { mark: Mark::from_word(form.text("mark")), since: days.map(|days| request.state.store.now() - DAY * days), search };
    let beginning = request.clone();
    let begun = request.write(move |tx| export::begin(tx, beginning.actor()?, at, target, &wanted)).await?;
    let (state, caller) = (request.state.clone(), request.caller());
    let who = Arc::new(move |tx: &mut Tx<'_>| request.confirm_alive(tx).and_then(|()| request.actor().cloned()));
    exported::answer((state, caller), who, begun, (format, format.media_type())).await
}
