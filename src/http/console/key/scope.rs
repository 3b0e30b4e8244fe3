//! Whose keys a page is about.

use crate::{
    domain::{Result, access::Permission, id::UserId},
    http::console::base::{chrome::Chrome, page_route::PageRoute, request::PageRequest},
    service::key::key::KeyScope,
    store::Tx,
};

/// What a dialog is told that one opens on the page of its key.
pub const FROM_PAGE: &str = "?from=key";

/// Whose keys a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All of an organization.
    Org,
    /// The person's own.
    Own,
}

impl Side {
    /// The keys that the page is about.
    ///
    /// # Errors
    /// Not found, when the person may not see the organization.
    pub fn keys(self, request: &PageRequest) -> Result<KeyScope> {
        match self {
            Self::Own => Ok(KeyScope::Own),
            Self::Org => request.org().map(KeyScope::Org),
        }
    }

    /// The page for those who may change these keys; their own everybody may.
    #[must_use]
    pub fn closed(self, page: PageRoute) -> PageRoute {
        match self {
            Self::Own => page,
            Self::Org => page.needs(Permission::KeyManage),
        }
    }

    /// Where one came from: the page of the key, or that of an account, where the path or the query names it; else the list.
    pub fn back(self, request: &PageRequest) -> String {
        let account = [request.param("account"), request.query("account").unwrap_or_default()].into_iter().find_map(|id| id.parse().ok());
        match (self, account) {
            _ if is_from_page(request) => format!("{}/{}", self.list(request), request.param("key")),
            (Self::Org, Some::<UserId>(id)) => format!("/o/{}/settings/accounts/{id}", request.param("org")),
            _ => self.list(request),
        }
    }

    /// Where the list of all these keys is.
    pub fn list(self, request: &PageRequest) -> String {
        match self {
            Self::Own => "/account/keys".into(),
            Self::Org => format!("/o/{}/settings/keys", request.param("org")),
        }
    }

    /// The frame of the page.
    ///
    /// # Errors
    /// Those of the frame.
    pub fn frame(self, request: &PageRequest, tx: &mut Tx<'_>) -> Result<Chrome> {
        match self {
            Self::Own => Chrome::own(request, tx),
            Self::Org => Chrome::org(request, tx).map(|(c, _)| c),
        }
    }
}

/// Whether a dialog was opened on the page of its key.
pub fn is_from_page(request: &PageRequest) -> bool {
    FROM_PAGE.ends_with(&format!("={}", request.query("from").unwrap_or("-")))
}
