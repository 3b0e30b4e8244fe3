//! What opens over a page by a link to `dialog:` and its id.

use crate::{
    domain::{
        content::{Column, Field, FieldType, Kind, Operations, Purpose, Status, kinds::field},
        project::app::AppType,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_dialog",
    wire_type: "dialog",
    shape: "WebsiteDialog",
    app_type: AppType::Website,
    purpose: Purpose::Part,
    segment: "dialogs",
    id_name: "dialogId",
    noun: "dialog",
    icon: "app-window",
    path_prefix: "",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_dialogs"),
        get: Some("get_website_dialog"),
        create: Some("create_website_dialog"),
        update: Some("update_website_dialog_meta"),
        delete: Some("delete_website_dialog"),
    },
};

/// How wide a dialog may become.
const WIDTHS: &[&str] = &["xs", "sm", "md", "lg", "xl"];

const FIELDS: &[Field] = &[
    field::NAME.filter(),
    Field::new("maxWidth", FieldType::Word(WIDTHS)).column(Column::MaxWidth).never_null().write().form().filter().sort(),
    Field::new("includeClose", FieldType::Bool).column(Column::IncludeClose).write().form().filter(),
    field::CONTENT,
    field::CREATED_AT,
    field::UPDATED_AT,
];
