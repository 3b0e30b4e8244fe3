//! An article of a knowledge base.

use crate::{
    domain::{
        content::{
            Column, Field, FieldType, Kind, Operations, Purpose, Status,
            entry::EXCERPT_MAX,
            kinds::{field, names::CATEGORY},
        },
        project::app::AppType,
    },
    kind_listing,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "kb_article",
    wire_type: "article",
    shape: "KbArticle",
    app_type: AppType::KnowledgeBase,
    purpose: Purpose::Document,
    segment: "articles",
    id_name: "articleId",
    noun: "article",
    icon: "book-text",
    path_prefix: "/articles/",
    default_status: Status::Draft,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_kb_articles"),
        get: Some("get_kb_article"),
        create: Some("create_kb_article"),
        update: Some("update_kb_article_meta"),
        delete: Some("delete_kb_article"),
    },
};

const FIELDS: &[Field] = &[
    field::NAME.filter(),
    field::SLUG,
    field::TITLE,
    field::CONTENT,
    Field::new("status", FieldType::PlainStatus).column(Column::Status).create().filter().sort(),
    field::SEO,
    Field::new("excerpt", FieldType::LocalizedBlock { max: EXCERPT_MAX }).write().form().searchable(),
    field::IS_LISTED.create(),
    field::ORDER,
    field::TAGS,
    field::FEATURED_IMAGE_URL,
    Field::new("categoryIds", FieldType::References { of: CATEGORY, one: "categoryId" }).write().form().filter(),
    field::WEBSITE_APP_ID,
    field::LAYOUT_ID,
    field::HEADER_ID,
    field::FOOTER_ID,
    field::SCHEDULED_PUBLISH_AT,
    Field::new("publishedAt", FieldType::Instant).column(Column::PublishedAt).filter().sort(),
    field::CREATED_AT,
    field::UPDATED_AT,
];
