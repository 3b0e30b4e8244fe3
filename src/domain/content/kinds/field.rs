//! Fields that kinds of several types of app share.

use crate::domain::{
    content::{Column, Field, FieldType, entry::TITLE_MAX, seo},
    project::app::AppType,
    text::NAME_MAX,
};

use super::names;

pub(super) const NAME: Field =
    Field::new("name", FieldType::Line { max: NAME_MAX }).column(Column::Name).required().write().form().searchable().sort();
pub(super) const SLUG: Field =
    Field::new("slug", FieldType::Slug).column(Column::Slug).required().write().form().searchable().filter().sort();
pub(super) const TITLE: Field = Field::new("title", FieldType::Localized { max: TITLE_MAX }).write().form().searchable();
pub(super) const CONTENT: Field = Field::new("content", FieldType::Tree).column(Column::Content).create().heavy();
pub(super) const STATUS: Field = Field::new("status", FieldType::Status).column(Column::Status).create().filter().sort();
pub(super) const SEO: Field = Field::new("seo", FieldType::Group(seo::FIELDS)).write().form();
pub(super) const FEATURED_IMAGE_URL: Field = Field::new("featuredImageUrl", FieldType::Link).write().form().media("image");
pub(super) const TAGS: Field = Field::new("tags", FieldType::Tags).write().form().searchable();
pub(super) const SCHEDULED_PUBLISH_AT: Field = Field::new("scheduledPublishAt", FieldType::Instant).column(Column::ScheduledAt);
pub(super) const IS_LISTED: Field = Field::new("isListed", FieldType::Bool).column(Column::IsListed).filter();
/// Its number among those beside it; without one it comes last.
pub(super) const ORDER: Field =
    Field::new("order", FieldType::Integer { min: 0, max: 1_000_000_000 }).column(Column::Position).never_null().create().sort();
pub(super) const CREATED_AT: Field = Field::new("createdAt", FieldType::Instant).column(Column::CreatedAt).never_null().filter().sort();
pub(super) const UPDATED_AT: Field = Field::new("updatedAt", FieldType::Instant).column(Column::UpdatedAt).never_null().filter().sort();

/// The website whose layouts, headers and footers frame what an app of another type shows.
pub(super) const WEBSITE_APP_ID: Field = Field::new("websiteAppId", FieldType::App(AppType::Website)).write().form();

/// The layout, header and footer of a website that frame an entry; without one, those of the app do.
pub(super) const LAYOUT_ID: Field = Field::new("layoutId", FieldType::Reference(names::LAYOUT)).column(Column::LayoutId).write().form();
pub(super) const HEADER_ID: Field = Field::new("headerId", FieldType::Reference("website_header")).column(Column::HeaderId).write().form();
pub(super) const FOOTER_ID: Field = Field::new("footerId", FieldType::Reference("website_footer")).column(Column::FooterId).write().form();
