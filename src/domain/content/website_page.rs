//! A page of a website.

use super::{Column, Field, FieldType, Kind, Operations, Status, entry::TITLE_MAX, seo};
use crate::domain::{
    app::AppType,
    listing::{self, Holds, Order, Spec},
    text::NAME_MAX,
};

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_page",
    wire_type: "page",
    shape: "WebsitePage",
    app_type: AppType::Website,
    segment: "pages",
    noun: "page",
    noun_plural: "pages",
    path_prefix: "/",
    default_status: Status::Published,
    fields: FIELDS,
    listing: LISTING,
    operations: Operations {
        list: Some("list_website_pages"),
        get: Some("get_website_page"),
        create: Some("create_website_page"),
        update: Some("update_website_page_meta"),
        delete: Some("delete_website_page"),
    },
};

const FIELDS: &[Field] = &[
    Field::new("name", FieldType::Line { max: NAME_MAX }).column(Column::Name).required().write().searchable().sort(),
    Field::new("slug", FieldType::Slug).column(Column::Slug).required().write().searchable().filter().sort(),
    Field::new("title", FieldType::Localized { max: TITLE_MAX }).write().searchable(),
    Field::new("content", FieldType::Tree).column(Column::Content).create().heavy(),
    Field::new("status", FieldType::Status).column(Column::Status).create().filter().sort(),
    Field::new("seo", FieldType::Group(seo::FIELDS)).write(),
    Field::new("featuredImageUrl", FieldType::Link).write(),
    Field::new("tags", FieldType::Tags).write().searchable(),
    Field::new("layoutId", FieldType::Id).column(Column::LayoutId).write().filter(),
    Field::new("headerId", FieldType::Id).column(Column::HeaderId).write().filter(),
    Field::new("footerId", FieldType::Id).column(Column::FooterId).write().filter(),
    Field::new("scheduledPublishAt", FieldType::Instant).column(Column::ScheduledAt),
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
        listing::Field::filter("layoutId", Holds::Id),
        listing::Field::filter("headerId", Holds::Id),
        listing::Field::filter("footerId", Holds::Id),
        listing::Field::filter("isListed", Holds::Bool),
        listing::Field::both("createdAt", Holds::Instant),
        listing::Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name", "slug", "title", "tags"],
    order: Order::NEWEST,
};
