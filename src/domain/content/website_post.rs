//! A post of a website's blog.

use super::{
    Column, Field, FieldType, Kind, Operations, Status,
    entry::{EXCERPT_MAX, TITLE_MAX},
    seo,
};
use crate::domain::{
    app::AppType,
    listing::{self, Holds, Order, Spec},
    text::NAME_MAX,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_post",
    wire_type: "post",
    shape: "WebsitePost",
    app_type: AppType::Website,
    segment: "posts",
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
    Field::new("name", FieldType::Line { max: NAME_MAX }).column(Column::Name).required().write().searchable().sort(),
    Field::new("slug", FieldType::Slug).column(Column::Slug).required().write().searchable().filter().sort(),
    Field::new("title", FieldType::Localized { max: TITLE_MAX }).write().searchable(),
    Field::new("content", FieldType::Tree).column(Column::Content).create().heavy(),
    Field::new("status", FieldType::Status).column(Column::Status).create().filter().sort(),
    Field::new("seo", FieldType::Group(seo::FIELDS)).write(),
    Field::new("excerpt", FieldType::LocalizedBlock { max: EXCERPT_MAX }).write().searchable(),
    Field::new("authorId", FieldType::Id).column(Column::AuthorId).filter(),
    Field::new("authorName", FieldType::Line { max: NAME_MAX }).column(Column::AuthorName).write().filter().sort(),
    Field::new("featuredImageUrl", FieldType::Link).write(),
    Field::new("publishDate", FieldType::Instant).column(Column::PublishDate).write().filter().sort(),
    Field::new("scheduledPublishAt", FieldType::Instant).column(Column::ScheduledAt).create(),
    Field::new("tags", FieldType::Tags).write().searchable(),
    Field::new("layoutId", FieldType::Id).column(Column::LayoutId).write(),
    Field::new("headerId", FieldType::Id).column(Column::HeaderId).write(),
    Field::new("footerId", FieldType::Id).column(Column::FooterId).write(),
    Field::new("isListed", FieldType::Bool).column(Column::IsListed).filter(),
    Field::new("requiresViewerAuth", FieldType::Bool).column(Column::RequiresViewerAuth),
    Field::new("backgroundColor", FieldType::Color),
    Field::new("createdAt", FieldType::Instant).column(Column::CreatedAt).never_null().filter().sort(),
    Field::new("updatedAt", FieldType::Instant).column(Column::UpdatedAt).never_null().filter().sort(),
];

const LISTING: Spec = Spec {
    fields: &[
        listing::Field::sort("name", Holds::Text),
        listing::Field::both("slug", Holds::Text),
        listing::Field::both("status", Holds::Word(Status::WORDS)),
        listing::Field::filter("authorId", Holds::Id),
        listing::Field::both("authorName", Holds::Text),
        listing::Field::both("publishDate", Holds::Instant),
        listing::Field::filter("isListed", Holds::Bool),
        listing::Field::both("createdAt", Holds::Instant),
        listing::Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name", "slug", "title", "excerpt", "tags"],
    order: Order::NEWEST,
};
