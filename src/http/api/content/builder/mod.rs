//! The builder: content by sections and blocks, who may see it, and what it can be made of.

mod catalog;
mod part;
mod publication;
pub mod target;

use crate::{
    http::api::route::{Route, group},
    service::content::builder,
};

/// The routes of the builder.
pub fn routes() -> Vec<Route> {
    let gated = |route: Route| route.gate(|call, tx, actor| builder::authorize(tx, actor, call.project()?));
    let writes = part::routes().into_iter().chain(publication::routes()).map(gated);
    group("builder", catalog::routes().into_iter().chain(writes).collect())
}
