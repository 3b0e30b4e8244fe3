//! Organizations: the way in, and their pages.

use crate::{domain::listing::Listing, service::org};

use super::page::{Page, custom, see};

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    vec![custom(actix_web::http::Method::GET, "/", |visit| async move {
        let actor = visit.actor()?;
        let mine = visit.state.store.read(|tx| org::list_mine(tx, actor, &Listing { page_size: 1, ..Listing::default() }))?;
        Ok(see(&mine.items.first().map_or_else(|| "/organizations/new".to_owned(), |(org, _)| format!("/o/{}", org.slug))))
    })]
}
