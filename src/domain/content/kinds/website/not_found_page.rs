//! What readers see where nothing is.

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
    content_type: "website_not_found_page",
    wire_type: "notFoundPage",
    shape: "WebsiteNotFoundPage",
    app_type: AppType::Website,
    purpose: Purpose::Singleton,
    segment: "not-found-page",
    id_name: "",
    noun: "not-found page",
    icon: "search-x",
    path_prefix: "",
    default_status: Status::Published,
    fields: SINGLE,
    listing: kind_listing!(SINGLE),
    operations: Operations {
        list: None,
        get: Some("get_website_not_found_page"),
        create: None,
        update: Some("update_website_not_found_page_meta"),
        delete: None,
    },
};
