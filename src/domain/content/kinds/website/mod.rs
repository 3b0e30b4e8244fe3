//! The kinds of a website, and the fields that several of them share. Each kind says in its own file what it has besides, and which of
//! them its list filters by.

pub mod blog_page;
pub mod dialog;
pub mod footer;
pub mod header;
pub mod landing;
pub mod layout;
pub mod not_found_page;
pub mod page;
pub mod post;
pub mod sidebar;
pub mod sign_in_page;

use crate::domain::content::{Column, Field, FieldType};

use super::field;

const REQUIRES_VIEWER_AUTH: Field = Field::new("requiresViewerAuth", FieldType::Bool).column(Column::RequiresViewerAuth);
const BACKGROUND_COLOR: Field = Field::new("backgroundColor", FieldType::Color);

/// What a page has of which each website has one.
const SINGLE: &[Field] = &[
    field::NAME,
    field::CONTENT,
    field::SEO,
    field::IS_LISTED,
    field::LAYOUT_ID,
    field::HEADER_ID,
    field::FOOTER_ID,
    BACKGROUND_COLOR,
    field::CREATED_AT,
    field::UPDATED_AT,
];

/// What pages and posts have before their own fields, and behind them.
const FIRST: [Field; 6] = [field::NAME, field::SLUG, field::TITLE, field::CONTENT, field::STATUS, field::SEO];
const LAST: [Field; 5] = [field::IS_LISTED, REQUIRES_VIEWER_AUTH, BACKGROUND_COLOR, field::CREATED_AT, field::UPDATED_AT];

/// All fields of a kind with these of its own.
const fn with<const OWN: usize, const ALL: usize>(own: [Field; OWN]) -> [Field; ALL] {
    assert!(FIRST.len() + OWN + LAST.len() == ALL, "as many fields as the kind says");
    let mut all = [field::NAME; ALL];
    let mut at = 0;
    while at < ALL {
        all[at] = if at < FIRST.len() {
            FIRST[at]
        } else if at < FIRST.len() + OWN {
            own[at - FIRST.len()]
        } else {
            LAST[at - FIRST.len() - OWN]
        };
        at += 1;
    }
    all
}
