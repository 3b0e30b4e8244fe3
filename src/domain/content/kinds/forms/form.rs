//! A form: its content is what it asks, each field a block.

use crate::{
    domain::{
        content::{
            Column, Field, FieldType, Kind, Operations, Purpose, Status,
            block::LINE_MAX,
            kinds::{field, names::FORM},
            seo::DESCRIPTION_MAX,
        },
        project::app::AppType,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: FORM,
    wire_type: "form",
    shape: "Form",
    app_type: AppType::Forms,
    purpose: Purpose::Part,
    segment: "forms",
    id_name: "formId",
    noun: "form",
    icon: "clipboard-list",
    path_prefix: "/f/",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_forms"),
        get: Some("get_form"),
        create: Some("create_form"),
        update: Some("update_form_meta"),
        delete: Some("delete_form"),
    },
};

/// Most characters of what is said after a submission.
const MESSAGE_MAX: usize = 5_000;

/// How often one may send the form.
const LIMITS: &[&str] = &["none", "once_per_user"];
/// What is kept of the address of who sends.
const ADDRESSES: &[&str] = &["truncated", "none", "full"];

const SETTINGS: &[Field] = &[
    Field::new("submitButtonText", FieldType::Localized { max: 100 }).write().form(),
    Field::new("successMessage", FieldType::LocalizedBlock { max: MESSAGE_MAX }).write().form(),
    Field::new("gcUrlRedirect", FieldType::Href).write().form(),
    Field::new("hideFormOnComplete", FieldType::Bool).write().nullable().form(),
    Field::new("closeDialogOnComplete", FieldType::Bool).write().nullable().form(),
    Field::new("confirmationEnabled", FieldType::Bool).write().nullable().form(),
    Field::new("confirmationMessage", FieldType::LocalizedBlock { max: MESSAGE_MAX }).write().form(),
    Field::new("captchaEnabled", FieldType::Bool).write().nullable().form(),
    Field::new("submissionLimit", FieldType::Word(LIMITS)).write().form(),
    Field::new("tags", FieldType::Tags).write().form(),
    Field::new("source", FieldType::Line { max: LINE_MAX }).write().form(),
    Field::new("allowedOrigins", FieldType::Origins).write().form(),
    Field::new("storedAddress", FieldType::Word(ADDRESSES)).write().form(),
    Field::new("keepDays", FieldType::Integer { min: 1, max: 3_650 }).write().form(),
];

const FIELDS: &[Field] = &[
    field::NAME,
    field::SLUG.fixed(),
    Field::new("description", FieldType::Block { max: DESCRIPTION_MAX }).write().form(),
    field::CONTENT,
    Field::new("settings", FieldType::Group(SETTINGS)).write().form(),
    Field::new("isActive", FieldType::Bool).column(Column::IsActive).create().filter().sort(),
    field::CREATED_AT,
    field::UPDATED_AT,
];
