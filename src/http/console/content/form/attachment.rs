//! Files that came with submissions, as downloads.

use std::{str::FromStr, sync::Arc};

use actix_web::{HttpResponse, http::Method};

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        id::{AttachmentId, SubmissionId},
    },
    http::{
        base::transport::file::download::download,
        console::{
            base::{
                page_route::{PageRoute, custom},
                request::PageRequest,
            },
            content::{
                entry::id,
                entry_list::{all, kind},
            },
        },
    },
    service::form::attachment,
    store::Tx,
};

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    let file = custom(Method::GET, all!("/{entry}/submissions/{submission}/files/{file}"), hand_out);
    vec![file.needs(Permission::SubmissionRead)]
}

async fn hand_out(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let kind = kind(&request).ok().filter(|kind| kind.is_form()).ok_or(Error::NotFound("page"))?;
    let (at, target) = (request.app()?, (kind, id(&request)?));
    let of = SubmissionId::from_str(request.param("submission")).map_err(|_| Error::NotFound("submission"))?;
    let file = AttachmentId::from_str(request.param("file")).map_err(|_| Error::NotFound("file"))?;
    let asking = request.clone();
    let find = move |tx: &mut Tx<'_>| {
        asking.confirm_alive(tx)?;
        attachment::get(tx, asking.actor()?, at, target, (of, file))
    };
    let found = request.state.store.read(find).await?;
    download(&request.state, request.caller(), &found.blob, &found.filename)
}
