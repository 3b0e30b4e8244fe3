//! A page of a website.

use crate::{
    domain::{
        content::{Field, Kind, Operations, Status},
        project::app::AppType,
    },
    kind_listing,
};

use super::website;

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_page",
    wire_type: "page",
    shape: "WebsitePage",
    app_type: AppType::Website,
    segment: "pages",
    id_name: "pageId",
    noun: "page",
    icon: "file-text",
    path_prefix: "/",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_pages"),
        get: Some("get_website_page"),
        create: Some("create_website_page"),
        update: Some("update_website_page_meta"),
        delete: Some("delete_website_page"),
    },
};

const FIELDS: &[Field] = &website::with::<6, 17>([
    website::FEATURED_IMAGE_URL,
    website::TAGS,
    website::LAYOUT_ID.filter(),
    website::HEADER_ID.filter(),
    website::FOOTER_ID.filter(),
    website::SCHEDULED_PUBLISH_AT,
]);
