//! The page that lists the posts of a blog.

use crate::{
    domain::{
        content::{Kind, Operations, Purpose, Status},
        project::app::AppType,
    },
    kind_listing,
};

use super::SINGLE;

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_blog_page",
    wire_type: "blogPage",
    shape: "WebsiteBlogPage",
    app_type: AppType::Website,
    purpose: Purpose::Singleton,
    segment: "blog-page",
    id_name: "",
    noun: "blog page",
    icon: "rss",
    path_prefix: "",
    default_status: Status::Published,
    fields: SINGLE,
    listing: kind_listing!(SINGLE),
    operations: Operations {
        list: None,
        get: Some("get_website_blog_page"),
        create: None,
        update: Some("update_website_blog_page_meta"),
        delete: None,
    },
};
