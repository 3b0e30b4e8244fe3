//! The addresses of a site: what is published, its tags, and whether search engines are told.

use actix_web::http::Method;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{content::of_type, error::Fault, id::EntryId},
    http::api::route::{Route, get, group, list, write},
    service::content::site::address,
    store::content::site::tag,
};

use super::settings::site;

/// What is published on a site.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebsiteUrls {
    /// Their paths, without the `/` at the beginning.
    slugs: Vec<String>,
    entries: Vec<WebsiteUrl>,
    /// Whether there are more than are told.
    truncated: bool,
}

/// An entry that is published.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebsiteUrl {
    slug: String,
    name: String,
    layout_id: Option<EntryId>,
}

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
#[serde(transparent)]
pub struct WebsiteTag(String);

/// What search engines are to be told of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchIndexSubmission {
    /// The kind of the entry.
    #[schema(pattern = "{contentType}")]
    content_type: String,
    /// The entry.
    content_id: EntryId,
}

/// Whether they were told.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchIndexSubmitted {
    submitted: bool,
    /// Why not.
    reason: &'static str,
}

const UNSERVED: &str = "This server does not serve sites yet, so a search engine would find nothing at the address.";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    const SUBMIT: &str = "/organizations/{organizationId}/projects/{projectId}/content/search-index";
    group(
        "website",
        vec![
            list("list_website_tags", site!("tags"), "The tags of all entries of a site", &tag::LISTED, &[], |call, tx, actor, listing| {
                Ok(address::tags(tx, actor, call.app()?, listing)?.map(WebsiteTag))
            }),
            get("get_website_urls", site!("urls"), "The paths of all that is published on a site", |call, tx, actor| {
                let (found, truncated) = address::published(tx, actor, call.app()?)?;
                let slugs = found.iter().map(|one| one.slug.clone()).collect();
                let entries =
                    found.into_iter().map(|one| WebsiteUrl { slug: one.slug, name: one.name, layout_id: one.layout_id }).collect();
                Ok(WebsiteUrls { slugs, entries, truncated })
            })
            .about("Of each kind at most the 10,000 that were changed last."),
            write(
                Method::POST,
                "submit_content_to_search_engines",
                SUBMIT,
                "Tell search engines of an entry",
                |call, tx, actor, wanted: &SearchIndexSubmission| {
                    let kind = of_type(tx.kinds(), &wanted.content_type).filter(|kind| kind.app_type.has_redirects());
                    let kind = kind.ok_or_else(|| Fault::new("contentType", "unknown", "There is no such content type."))?;
                    address::submit(tx, actor, call.project()?, (kind, wanted.content_id))?;
                    Ok(SearchIndexSubmitted { submitted: false, reason: UNSERVED })
                },
            )
            .about("Nobody is told before sites are served; the answer says so."),
        ],
    )
}
