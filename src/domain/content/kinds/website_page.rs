//! A page of a website.

use crate::domain::{
    content::{Field, Kind, Operations, Status},
    project::app::AppType,
    spec::{self, Holds, Order, Spec},
};

use super::website;

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_page",
    wire_type: "page",
    shape: "WebsitePage",
    app_type: AppType::Website,
    segment: "pages",
    id_name: "pageId",
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
    website::NAME,
    website::SLUG,
    website::TITLE,
    website::CONTENT,
    website::STATUS,
    website::SEO,
    website::FEATURED_IMAGE_URL,
    website::TAGS,
    website::LAYOUT_ID.filter(),
    website::HEADER_ID.filter(),
    website::FOOTER_ID.filter(),
    website::SCHEDULED_PUBLISH_AT,
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
        spec::Field::filter("layoutId", Holds::Id),
        spec::Field::filter("headerId", Holds::Id),
        spec::Field::filter("footerId", Holds::Id),
        spec::Field::filter("isListed", Holds::Bool),
        spec::Field::both("createdAt", Holds::Instant),
        spec::Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name", "slug", "title", "tags"],
    order: Order::NEWEST,
};
