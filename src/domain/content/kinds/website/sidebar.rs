//! What stands beside a text; a block `layoutSidebar` places it.

use crate::{
    domain::{
        content::{Field, Kind, Operations, Purpose, Status, kinds::field},
        project::app::AppType,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_sidebar",
    wire_type: "sidebar",
    shape: "WebsiteSidebar",
    app_type: AppType::Website,
    purpose: Purpose::Part,
    segment: "sidebars",
    id_name: "sidebarId",
    noun: "sidebar",
    icon: "panel-left",
    path_prefix: "",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_sidebars"),
        get: Some("get_website_sidebar"),
        create: Some("create_website_sidebar"),
        update: Some("update_website_sidebar_meta"),
        delete: Some("delete_website_sidebar"),
    },
};

const FIELDS: &[Field] = &[field::NAME.filter(), field::CONTENT, field::CREATED_AT, field::UPDATED_AT];
