//! Whose keys a page is about.

use crate::{
    domain::{Result, access::Permission, id::UserId},
    http::console::base::{
        chrome::Chrome,
        page_route::PageRoute,
        request::{PageRequest, encode},
        response::local,
    },
    service::key::key::KeyScope,
    store::Tx,
};

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
    pub fn restrict(self, page: PageRoute) -> PageRoute {
        match self {
            Self::Own => page,
            Self::Org => page.needs(Permission::KeyManage),
        }
    }

    /// Where one came from, as the query tells: a list as it was narrowed, or the page of the key; else the page of the account that the
    /// path names, or the list.
    pub fn back(self, request: &PageRequest) -> String {
        let account = request.param("account").parse::<UserId>().ok();
        match (self, request.query("from").filter(|from| is_of_keys(from)), account) {
            (_, Some(from), _) => from.to_owned(),
            (Self::Org, None, Some(id)) => format!("/o/{}/settings/accounts/{id}", request.param("org")),
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

/// What a dialog of a key is told of where it is opened, to lead back there.
pub fn from(request: &PageRequest) -> String {
    format!("?from={}", encode(&request.here()))
}

/// Whether an address is one of this instance on which keys are shown.
fn is_of_keys(to: &str) -> bool {
    local(to) == to && (to.starts_with("/account/keys") || to.starts_with("/o/") && to.contains("/settings/"))
}

/// Whether a dialog was opened on the page of its key.
pub fn is_from_page(request: &PageRequest) -> bool {
    let key = request.param("key");
    !key.is_empty()
        && request.query("from").is_some_and(|from| is_of_keys(from) && from.split('?').next().is_some_and(|path| path.ends_with(key)))
}
