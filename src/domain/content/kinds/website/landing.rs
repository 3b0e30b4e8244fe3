//! The page that a website begins with.

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
    content_type: "website_landing",
    wire_type: "landing",
    shape: "WebsiteLanding",
    app_type: AppType::Website,
    purpose: Purpose::Singleton,
    segment: "landing",
    id_name: "",
    noun: "landing page",
    icon: "house",
    path_prefix: "",
    default_status: Status::Published,
    fields: SINGLE,
    listing: kind_listing!(SINGLE),
    operations: Operations {
        list: None,
        get: Some("get_website_landing"),
        create: None,
        update: Some("update_website_landing_meta"),
        delete: None,
    },
};
