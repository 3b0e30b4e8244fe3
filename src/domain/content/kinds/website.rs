//! Fields that several kinds of a website share. Each kind says in its own file what it has besides, and which of them its list filters by.

use crate::domain::{
    content::{Column, Field, FieldType, entry::TITLE_MAX, seo},
    text::NAME_MAX,
};

const NAME: Field =
    Field::new("name", FieldType::Line { max: NAME_MAX }).column(Column::Name).required().write().form().searchable().sort();
const SLUG: Field = Field::new("slug", FieldType::Slug).column(Column::Slug).required().write().form().searchable().filter().sort();
const TITLE: Field = Field::new("title", FieldType::Localized { max: TITLE_MAX }).write().form().searchable();
const CONTENT: Field = Field::new("content", FieldType::Tree).column(Column::Content).create().heavy();
const STATUS: Field = Field::new("status", FieldType::Status).column(Column::Status).create().filter().sort();
const SEO: Field = Field::new("seo", FieldType::Group(seo::FIELDS)).write().form();
pub(super) const FEATURED_IMAGE_URL: Field = Field::new("featuredImageUrl", FieldType::Link).write();
pub(super) const TAGS: Field = Field::new("tags", FieldType::Tags).write().form().searchable();
pub(super) const LAYOUT_ID: Field = Field::new("layoutId", FieldType::Id).column(Column::LayoutId).write();
pub(super) const HEADER_ID: Field = Field::new("headerId", FieldType::Id).column(Column::HeaderId).write();
pub(super) const FOOTER_ID: Field = Field::new("footerId", FieldType::Id).column(Column::FooterId).write();
pub(super) const SCHEDULED_PUBLISH_AT: Field = Field::new("scheduledPublishAt", FieldType::Instant).column(Column::ScheduledAt);
const IS_LISTED: Field = Field::new("isListed", FieldType::Bool).column(Column::IsListed).filter();
const REQUIRES_VIEWER_AUTH: Field = Field::new("requiresViewerAuth", FieldType::Bool).column(Column::RequiresViewerAuth);
const BACKGROUND_COLOR: Field = Field::new("backgroundColor", FieldType::Color);
const CREATED_AT: Field = Field::new("createdAt", FieldType::Instant).column(Column::CreatedAt).never_null().filter().sort();
const UPDATED_AT: Field = Field::new("updatedAt", FieldType::Instant).column(Column::UpdatedAt).never_null().filter().sort();

/// What every kind of a website has before its own fields, and behind them.
const FIRST: [Field; 6] = [NAME, SLUG, TITLE, CONTENT, STATUS, SEO];
const LAST: [Field; 5] = [IS_LISTED, REQUIRES_VIEWER_AUTH, BACKGROUND_COLOR, CREATED_AT, UPDATED_AT];

/// All fields of a kind with these of its own.
pub(super) const fn with<const OWN: usize, const ALL: usize>(own: [Field; OWN]) -> [Field; ALL] {
    assert!(FIRST.len() + OWN + LAST.len() == ALL, "as many fields as the kind says");
    let mut all = [NAME; ALL];
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
