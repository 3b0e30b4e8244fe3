//! A page of a website.

use crate::{
    domain::{
        content::{Field, Kind, Operations, Purpose, Status, kinds::field},
        project::app::AppType,
    },
    kind_listing,
};

use super::with;

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_page",
    wire_type: "page",
    shape: "WebsitePage",
    app_type: AppType::Website,
    purpose: Purpose::Document,
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

const FIELDS: &[Field] = &with::<6, 17>([
    field::FEATURED_IMAGE_URL,
    field::TAGS,
    field::LAYOUT_ID.filter(),
    field::HEADER_ID.filter(),
    field::FOOTER_ID.filter(),
    field::SCHEDULED_PUBLISH_AT,
]);
