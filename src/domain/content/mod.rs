//! Content: what a kind of entry is, what may stand in one, and how a create or an update changes it.
//!
//! A kind is one constant ([`Kind`]). Routes, JSON shapes, filters, validation, the OpenAPI document and the console go through the
//! kinds that the server is put together with: [`KINDS`], unless a test adds its own. So a new kind is one new file in `kinds`, one
//! line there, and its words.

pub mod archive;
pub mod block;
pub mod blocks;
mod date;
mod derived;
pub mod document;
mod draft;
mod entry;
pub mod front;
mod kind;
pub mod kinds;
pub mod languages;
mod locale;
mod merge;
mod patch;
mod path;
pub mod place;
pub mod render;
pub mod schema;
mod seo;
pub mod site;
pub mod texts;
pub mod tree;
mod value;
pub mod version;
pub mod working;

#[cfg(test)]
mod samples;

pub use block::Block;
pub use derived::Derived;
pub use draft::{Creation, Draft};
pub use entry::{Entry, Status};
pub use kind::{Column, Field, FieldType, Kind, Kinds, Operations, Purpose, Shape, regex};
pub use kinds::KINDS;
pub use languages::{Counts, InLanguage, Share, Written};
pub use locale::Locales;
use merge::Target;
pub use patch::Patch;

use crate::domain::{error::Fault, id::Entropy, project::app::AppType, time::Instant};

/// The kind with this content type, such as `website_page`.
pub fn of_type(kinds: Kinds, content_type: &str) -> Option<&'static Kind> {
    kinds.iter().copied().find(|kind| kind.content_type == content_type)
}

/// Reads a date of a body: RFC 3339 with an offset, or a day, which begins at midnight UTC.
///
/// # Errors
/// The fault of `field`.
pub fn date(field: &str, text: &str) -> Result<Instant, Fault> {
    date::read(&path::Path::root(field), text)
}

/// The kinds that apps of this type hold.
pub fn held_by(kinds: Kinds, app: AppType) -> impl Iterator<Item = &'static Kind> {
    kinds.iter().copied().filter(move |kind| kind.app_type == app)
}

/// Those among them of which each app has exactly one.
pub fn singles_of(kinds: Kinds, app: AppType) -> impl Iterator<Item = &'static Kind> {
    held_by(kinds, app).filter(|kind| kind.is_single())
}

/// Those among them that readers come for.
pub fn documents_of(kinds: Kinds, app: AppType) -> impl Iterator<Item = &'static Kind> {
    held_by(kinds, app).filter(|kind| kind.purpose == Purpose::Document)
}

/// What a check needs from outside: the moment, randomness for new ids, and the project's languages.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// This moment.
    pub now: Instant,
    /// For the ids of sections, columns and blocks.
    pub entropy: &'a dyn Entropy,
    /// The project's languages.
    pub locales: Locales<'a>,
    /// The one that plain text is in; the default one unless it is named.
    pub locale: Option<&'a str>,
    /// The kinds that there are.
    pub kinds: Kinds,
    /// What is done with new blocks of an unknown type.
    pub unknown_blocks: block::UnknownBlocks,
    /// Whether blocks must have what they require. Those that somebody still works on need not.
    pub complete: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::spec::Holds;

    #[test]
    fn no_two_kinds_share_a_name_or_a_route() {
        for (index, kind) in KINDS.iter().enumerate() {
            assert_eq!(of_type(KINDS, kind.content_type), Some(*kind));
            assert_eq!(held_by(KINDS, kind.app_type).find(|found| found.segment == kind.segment), Some(*kind));
            assert!(KINDS[..index].iter().all(|other| other.shape != kind.shape), "{kind:?}");
        }
        assert_eq!((of_type(KINDS, "page"), KINDS.iter().find(|kind| kind.wire_type == "nothing")), (None, None));
    }

    #[test]
    fn lists_offer_what_there_is_a_column_for() {
        for kind in KINDS {
            for field in kind.listing.fields {
                let linked =
                    kind.references().is_some_and(|all| matches!(all.holds, FieldType::References { one, .. } if one == field.name));
                let is_read = kind.is_nested() || linked || kind.column(field.name).is_some();
                assert!(is_read, "{kind:?} {} has no column to search by", field.name);
            }
            assert!(kind.sorts_by(kind.listing.order.field), "{kind:?}");
        }
        let status = KINDS[0].listing.fields.iter().find(|field| field.name == "status").expect("a status");
        assert_eq!((status.holds, status.filter, status.sort), (Holds::Word(Status::WORDS), true, true));
        assert_eq!(KINDS[0].listing.search, ["name", "slug", "title", "tags"]);
    }

    #[test]
    fn every_kind_has_the_columns_that_all_entries_need() {
        for kind in KINDS {
            assert!(kind.has(Column::Name) && kind.has(Column::CreatedAt) && kind.has(Column::UpdatedAt), "{kind:?}");
            assert_eq!(kind.has_slug(), !kind.path_prefix.is_empty(), "{kind:?}");
            assert!(kind.has_status() || kind.default_status == Status::Published, "{kind:?}");
            let trees = kind.fields.iter().filter(|field| field.holds == FieldType::Tree);
            assert!(trees.clone().all(|field| field.column == Some(Column::Content) && field.heavy) && trees.count() <= 1, "{kind:?}");
            let editable = |field: &Field| !matches!(field.holds, FieldType::Status | FieldType::Id | FieldType::Tree);
            let written = |field: &Field| field.on_update || field.on_create;
            let form: Vec<_> = kind.fields.iter().filter(|field| field.in_form).collect();
            assert!(form.iter().all(|field| written(field) && editable(field)), "{kind:?}");
            assert!(kind.fields.iter().all(|field| field.in_form || !field.required), "{kind:?}: the console could make none");
            let written = kind.fields.iter().filter(|field| field.required || field.on_update);
            assert!(written.clone().all(|field| field.on_create), "{kind:?}");
        }
    }
}
