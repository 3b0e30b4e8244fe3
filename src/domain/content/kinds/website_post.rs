//! A post of a website's blog.

use crate::domain::{
    content::{Column, Field, FieldType, Kind, Operations, Status, entry::EXCERPT_MAX},
    project::app::AppType,
    spec::{self, Holds, Order, Spec},
    text::NAME_MAX,
};

use super::website;

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_post",
    wire_type: "post",
    shape: "WebsitePost",
    app_type: AppType::Website,
    segment: "posts",
    id_name: "postId",
    noun: "post",
    noun_plural: "posts",
    path_prefix: "/blog/",
    default_status: Status::Draft,
    fields: FIELDS,
    listing: LISTING,
    operations: Operations {
        list: Some("list_website_posts"),
        get: Some("get_website_post"),
        create: Some("create_website_post"),
        update: Some("update_website_post_meta"),
        delete: Some("delete_website_post"),
    },
};

const FIELDS: &[Field] = &[
    website::NAME,
    website::SLUG,
    website::TITLE,
    website::CONTENT,
    website::STATUS,
    website::SEO,
    Field::new("excerpt", FieldType::LocalizedBlock { max: EXCERPT_MAX }).write().form().searchable(),
    Field::new("authorId", FieldType::Id).column(Column::AuthorId).filter(),
    Field::new("authorName", FieldType::Line { max: NAME_MAX }).column(Column::AuthorName).write().filter().sort(),
    website::FEATURED_IMAGE_URL,
    Field::new("publishDate", FieldType::Instant).column(Column::PublishDate).write().filter().sort(),
    website::SCHEDULED_PUBLISH_AT.create(),
    website::TAGS,
    website::LAYOUT_ID,
    website::HEADER_ID,
    website::FOOTER_ID,
    website::IS_LISTED,
    website::REQUIRES_VIEWER_AUTH,
    website::BACKGROUND_COLOR,
    website::CREATED_AT,
    website::UPDATED_AT,
];

const LISTING: Spec = Spec {
    fields: &[
        spec::Field::sort("name", Holds::Text),
        spec::Field::both("slug", Holds::Text),
        spec::Field::both("status", Holds::Word(Status::WORDS)),
        spec::Field::filter("authorId", Holds::Id),
        spec::Field::both("authorName", Holds::Text),
        spec::Field::both("publishDate", Holds::Instant),
        spec::Field::filter("isListed", Holds::Bool),
        spec::Field::both("createdAt", Holds::Instant),
        spec::Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name", "slug", "title", "excerpt", "tags"],
    order: Order::NEWEST,
};
