//! What stands above the pages of a website.

use crate::{
    domain::{
        content::{Field, Kind, Operations, Purpose, Status, kinds::field},
        project::app::AppType,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_header",
    wire_type: "header",
    shape: "WebsiteHeader",
    app_type: AppType::Website,
    purpose: Purpose::Part,
    segment: "headers",
    id_name: "headerId",
    noun: "header",
    icon: "panel-top",
    path_prefix: "",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_headers"),
        get: Some("get_website_header"),
        create: Some("create_website_header"),
        update: Some("update_website_header_meta"),
        delete: Some("delete_website_header"),
    },
};

const FIELDS: &[Field] = &[field::NAME.filter(), field::CONTENT, field::CREATED_AT, field::UPDATED_AT];
