//! A post of a website's blog.

use crate::{
    domain::{
        content::{Column, Field, FieldType, Kind, Operations, Purpose, Status, entry::EXCERPT_MAX, kinds::field},
        project::app::AppType,
        text::NAME_MAX,
    },
    kind_listing,
};

use super::with;

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_post",
    wire_type: "post",
    shape: "WebsitePost",
    app_type: AppType::Website,
    purpose: Purpose::Document,
    segment: "posts",
    id_name: "postId",
    noun: "post",
    icon: "newspaper",
    path_prefix: "/blog/",
    default_status: Status::Draft,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: Some("list_website_posts"),
        get: Some("get_website_post"),
        create: Some("create_website_post"),
        update: Some("update_website_post_meta"),
        delete: Some("delete_website_post"),
    },
};

const FIELDS: &[Field] = &with::<10, 21>([
    Field::new("excerpt", FieldType::LocalizedBlock { max: EXCERPT_MAX }).write().form().searchable(),
    Field::new("authorId", FieldType::Id).column(Column::AuthorId).filter(),
    Field::new("authorName", FieldType::Line { max: NAME_MAX }).column(Column::AuthorName).write().form().filter().sort(),
    field::FEATURED_IMAGE_URL,
    Field::new("publishDate", FieldType::Instant).column(Column::PublishDate).write().form().filter().sort(),
    field::SCHEDULED_PUBLISH_AT.create(),
    field::TAGS,
    field::LAYOUT_ID,
    field::HEADER_ID,
    field::FOOTER_ID,
]);
