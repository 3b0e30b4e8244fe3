//! Whose keys a page is about.

use crate::{
    domain::{Result, id::UserId},
    http::console::base::{chrome::Chrome, request::PageRequest},
    store::Tx,
};

/// Whose keys a page is about, and so which operations it calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All of an organization.
    Org,
    /// The person's own.
    Own,
}

/// The frame of a page about keys, and where the list is from which one came.
pub fn frame(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<(Chrome, String)> {
    match side {
        Side::Own => Ok((Chrome::own(request, tx)?, "/account/keys".into())),
        Side::Org => {
            let (c, _) = Chrome::org(request, tx)?;
            let account = request.query("account").and_then(|id| id.parse::<UserId>().ok());
            let back = account.map_or_else(|| format!("{}/keys", c.settings()), |id| format!("{}/accounts/{id}", c.settings()));
            Ok((c, back))
        }
    }
}
