//! Where readers of what is closed sign in. It stands in no list, so it cannot be taken out of one.

use crate::{
    domain::{
        content::{Field, Kind, Operations, Purpose, Status, kinds::field},
        project::app::AppType,
    },
    kind_listing,
};

use super::BACKGROUND_COLOR;

/// The kind.
pub static KIND: Kind = Kind {
    content_type: "website_sign_in_page",
    wire_type: "signInPage",
    shape: "WebsiteSignInPage",
    app_type: AppType::Website,
    purpose: Purpose::Singleton,
    segment: "sign-in-page",
    id_name: "",
    noun: "sign-in page",
    icon: "log-in",
    path_prefix: "",
    default_status: Status::Published,
    fields: FIELDS,
    listing: kind_listing!(FIELDS),
    operations: Operations {
        list: None,
        get: Some("get_website_sign_in_page"),
        create: None,
        update: Some("update_website_sign_in_page_meta"),
        delete: None,
    },
};

const FIELDS: &[Field] = &[
    field::NAME,
    field::CONTENT,
    field::SEO,
    field::LAYOUT_ID,
    field::HEADER_ID,
    field::FOOTER_ID,
    BACKGROUND_COLOR,
    field::CREATED_AT,
    field::UPDATED_AT,
];
