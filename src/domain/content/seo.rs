//! What search engines are told about an entry: a group of fields that kinds share.

use super::{Field, FieldType, entry::TITLE_MAX};

/// Most characters of a description in one language.
pub(super) const DESCRIPTION_MAX: usize = 1_000;

/// The members of `seo`.
pub(super) const FIELDS: &[Field] = &[
    Field::new("title", FieldType::Localized { max: TITLE_MAX }).write().form().visible(60),
    Field::new("description", FieldType::LocalizedBlock { max: DESCRIPTION_MAX }).write().form().visible(160),
    Field::new("image", FieldType::Link).write().form().media("image"),
    Field::new("noindex", FieldType::Bool).write().nullable(),
];

/// The members of `seo` where search engines are not kept out.
pub(super) const LISTED: &[Field] = &[FIELDS[0], FIELDS[1], FIELDS[2]];
