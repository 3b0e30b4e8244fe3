//! How a form gets onto a page: each way, ready to be pasted, with the addresses that this instance has.

use crate::{
    domain::{
        Result,
        content::{Entry, Locales},
        form::{
            definition::Definition,
            public::snippet::{Reached, WAYS},
            settings::Settings,
        },
        id::AppPath,
        listing::Listing,
    },
    http::console::base::request::PageRequest,
    service::project::domain,
    store::Tx,
};

/// Most names of a project that are told.
const HOSTS: u32 = 25;

/// What the page tells.
pub struct Embed {
    /// Its own page.
    pub page: String,
    /// The same on the names of its project.
    pub named: Vec<String>,
    /// What is pasted: the word of the way, and the text.
    pub snippets: Vec<(&'static str, String)>,
    /// The sites that may send and show it; all for none.
    pub allowed: Vec<String>,
}

/// How a form is reached.
///
/// # Errors
/// Those of the gate.
pub fn of(request: &PageRequest, tx: &mut Tx<'_>, at: AppPath, entry: &Entry, locales: &Locales<'_>) -> Result<Embed> {
    let base = request.state.public_url.as_str();
    let (id, path) = (entry.id.to_string(), format!("/f/{}", entry.id));
    let definition = Definition::read(&entry.content, locales.default, locales)?;
    let snippets = Reached { base, path: &path, id: &id, name: &entry.name }.snippets(&definition);
    let listing = Listing { page_size: HOSTS, ..Listing::default() };
    let domains = domain::list(tx, request.actor()?, (at.0, at.1), &listing)?.items;
    let slug = entry.slug.as_deref().unwrap_or(&id);
    let served = domains.into_iter().filter(|domain| domain.verified_at.is_some());
    Ok(Embed {
        page: format!("{base}{path}"),
        named: served.map(|domain| format!("https://{}/f/{slug}", domain.hostname)).collect(),
        snippets: WAYS.into_iter().zip(snippets).collect(),
        allowed: Settings::of(entry)?.allowed_origins,
    })
}

/// Whether an address is one where browsers have no keys to work with: neither encrypted nor of this machine (W3C, secure contexts).
pub fn is_open(address: &str) -> bool {
    let host = address.strip_prefix("http://").map(|rest| rest.split([':', '/']).next().unwrap_or_default());
    host.is_some_and(|host| host != "localhost" && !host.ends_with(".localhost") && !host.starts_with("127."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_and_local_addresses_are_not_open() {
        for closed in ["https://stele.example", "http://localhost:7878", "http://127.0.0.1:7878", "http://a.localhost"] {
            assert!(!is_open(closed), "{closed}");
        }
        assert!(is_open("http://stele.example") && is_open("http://192.168.1.4:7878") && is_open("http://localhost.example"));
    }
}
