//! The page that a knowledge base begins with.

use crate::{
    domain::{
        content::{Column, Field, FieldType, Kind, Operations, Purpose, Status, kinds::field, seo},
        project::app::AppType,
        text::NAME_MAX,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "kb_landing",
    wire_type: "landing",
    shape: "KbLanding",
    app_type: AppType::KnowledgeBase,
    purpose: Purpose::Singleton,
    segment: "landing",
    id_name: "",
    noun: "landing page",
    icon: "book-marked",
    path_prefix: "",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations { list: None, get: Some("get_kb_landing"), create: None, update: Some("update_kb_landing_meta"), delete: None },
};

/// Nobody calls it otherwise, and search engines are not kept out.
const NAME: Field = Field::new("name", FieldType::Line { max: NAME_MAX }).column(Column::Name).never_null().searchable();
const SEO: Field = Field::new("seo", FieldType::Group(seo::LISTED)).write().form();

const FIELDS: &[Field] = &[
    NAME,
    field::CONTENT,
    SEO,
    field::IS_LISTED,
    field::WEBSITE_APP_ID,
    field::LAYOUT_ID,
    field::HEADER_ID,
    field::FOOTER_ID,
    field::CREATED_AT,
    field::UPDATED_AT,
];
