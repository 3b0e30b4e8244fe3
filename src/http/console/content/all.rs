//! All entries of a kind, at one address: as a list, as a tree, or the only one that there is.

use actix_web::http::Method;

use crate::{
    domain::Result,
    http::console::base::{
        page_route::{PageRoute, custom, read},
        request::PageRequest,
        response::{html, see},
    },
    service::content::entry,
    store::Tx,
};

use super::{
    entry_list::{self, all, kind},
    nested,
};

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![custom(Method::GET, all!(""), |request| async move {
        if let Some(kind) = kind(&request).ok().filter(|kind| kind.is_single()) {
            let id = read(&request, move |request, tx| entry::singleton_id(tx, request.actor()?, request.app()?, kind)).await?;
            return Ok(see(&format!("{}/{id}", request.path())));
        }
        Ok(html(200, read(&request, page).await?))
    })]
}

fn page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    if kind(request)?.is_nested() { nested::tree(request, tx, None) } else { entry_list::list(request, tx) }
}
