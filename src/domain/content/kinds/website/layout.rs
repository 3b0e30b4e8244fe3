//! A frame for pages: it pairs a header with a footer, and may have content of its own.

use crate::{
    domain::{
        content::{Field, FieldType, Kind, Operations, Purpose, Status, kinds::field, seo::DESCRIPTION_MAX},
        project::app::AppType,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_layout",
    wire_type: "layout",
    shape: "WebsiteLayout",
    app_type: AppType::Website,
    purpose: Purpose::Part,
    segment: "layouts",
    id_name: "layoutId",
    noun: "layout",
    icon: "panels-top-left",
    path_prefix: "",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_layouts"),
        get: Some("get_website_layout"),
        create: Some("create_website_layout"),
        update: Some("update_website_layout_meta"),
        delete: Some("delete_website_layout"),
    },
};

const FIELDS: &[Field] = &[
    field::NAME.filter(),
    Field::new("description", FieldType::Block { max: DESCRIPTION_MAX }).write().form().searchable(),
    field::HEADER_ID,
    field::FOOTER_ID,
    field::CONTENT,
    field::CREATED_AT,
    field::UPDATED_AT,
];
