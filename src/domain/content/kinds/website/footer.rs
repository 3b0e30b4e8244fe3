//! What stands below the pages of a website.

use crate::{
    domain::{
        content::{Field, Kind, Operations, Purpose, Status, kinds::field},
        project::app::AppType,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_footer",
    wire_type: "footer",
    shape: "WebsiteFooter",
    app_type: AppType::Website,
    purpose: Purpose::Part,
    segment: "footers",
    id_name: "footerId",
    noun: "footer",
    icon: "panel-bottom",
    path_prefix: "",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_footers"),
        get: Some("get_website_footer"),
        create: Some("create_website_footer"),
        update: Some("update_website_footer_meta"),
        delete: Some("delete_website_footer"),
    },
};

const FIELDS: &[Field] = &[field::NAME.filter(), field::CONTENT, field::CREATED_AT, field::UPDATED_AT];
