//! Descriptors: a [`Kind`] of content and its [`Field`]s.

use std::fmt;

use crate::domain::{project::app::AppType, spec::Spec};

use super::Status;

mod field;
mod shape;

pub use field::{Column, Field};
pub use shape::{Shape, regex};

/// A kind of content.
pub struct Kind {
    /// The word in `contentType` and in the database: `website_page`.
    pub content_type: &'static str,
    /// The word in an entry's own `type`: `page`.
    pub wire_type: &'static str,
    /// The name of its shape in the OpenAPI document; `New` and `Meta` are appended for its bodies.
    pub shape: &'static str,
    /// The type of app that holds it.
    pub app_type: AppType,
    /// What its entries are to their app.
    pub purpose: Purpose,
    /// Its segment in routes: `pages`.
    pub segment: &'static str,
    /// The parameter of a route that names one: `pageId`.
    pub id_name: &'static str,
    /// The noun for one, in sentences: `page`.
    pub noun: &'static str,
    /// Its icon in the console.
    pub icon: &'static str,
    /// What precedes the slug in the path of a published entry: `/`; empty where there is no slug.
    pub path_prefix: &'static str,
    /// The status of an entry that is created without one.
    pub default_status: Status,
    /// Its fields, in the order of an answer and of the faults of a body.
    pub fields: &'static [Field],
    /// What its list offers.
    pub listing: Spec,
    /// The names of its operations.
    pub operations: Operations,
}

/// What the entries of a kind are to their app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// What readers come for: pages, posts.
    Document,
    /// What stands around documents, or sorts them: headers, layouts.
    Part,
    /// What each app has one of, from its start to its end: its landing page.
    Singleton,
}

impl Purpose {
    /// Whether it stands around documents.
    pub const fn is_part(self) -> bool {
        matches!(self, Self::Part)
    }
}

/// The kinds that a server knows.
pub type Kinds = &'static [&'static Kind];

/// Operation ids as the SDK names its methods; `None` where the kind has no such operation.
#[derive(Debug, Clone, Copy)]
pub struct Operations {
    /// Lists entries.
    pub list: Option<&'static str>,
    /// Reads one.
    pub get: Option<&'static str>,
    /// Creates one.
    pub create: Option<&'static str>,
    /// Changes all but content, status and visibility.
    pub update: Option<&'static str>,
    /// Moves one to the trash.
    pub delete: Option<&'static str>,
}

impl Kind {
    /// The field of this wire name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The database column behind a filter or a sort field.
    pub fn column(&self, name: &str) -> Option<Column> {
        self.field(name).and_then(|field| field.column)
    }

    /// Whether its entries have a content tree.
    pub fn has_tree(&self) -> bool {
        self.has(Column::Content)
    }

    /// Whether there is something to translate in its entries.
    pub fn has_texts(&self) -> bool {
        fn is_text(field: &Field) -> bool {
            field.localized()
                || matches!(field.holds, FieldType::Tree)
                || matches!(field.holds, FieldType::Group(all) if all.iter().any(is_text))
        }
        self.fields.iter().any(is_text)
    }

    /// Whether its entries have a status; those of other kinds are always published.
    pub fn has_status(&self) -> bool {
        self.has(Column::Status)
    }

    /// The fields that say who may see its entries: each is true or false.
    pub fn visibility(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().filter(|field| field.column.is_some_and(Column::is_visibility))
    }

    /// Whether its entries have a slug, unique in their app.
    pub fn has_slug(&self) -> bool {
        self.has(Column::Slug)
    }

    /// Whether its entries stand below each other.
    pub fn is_nested(&self) -> bool {
        self.has(Column::ParentId)
    }

    /// Whether an entry that waits for its date is told as scheduled; else as a draft.
    pub fn tells_scheduled(&self) -> bool {
        self.fields.iter().any(|field| field.holds == FieldType::Status)
    }

    /// Whether visitors fill its entries in and send them.
    pub fn is_form(&self) -> bool {
        self.has(Column::IsActive)
    }

    /// The field that names several entries, if it has one.
    pub fn references(&self) -> Option<&'static Field> {
        self.fields.iter().find(|field| matches!(field.holds, FieldType::References { .. }))
    }

    /// Whether each app has exactly one.
    pub fn is_single(&self) -> bool {
        self.purpose == Purpose::Singleton
    }

    /// What the only one of an app is called at first: `Landing page`.
    pub fn first_name(&self) -> String {
        let mut rest = self.noun.chars();
        rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
    }

    /// Whether its list sorts by a field.
    pub fn sorts_by(&self, name: &str) -> bool {
        self.listing.fields.iter().any(|field| field.name == name && field.sort)
    }

    /// Whether its list filters by a field.
    pub fn filters_by(&self, name: &str) -> bool {
        self.listing.fields.iter().any(|field| field.name == name && field.filter)
    }

    /// Its content type as keys of words spell it: `website-page`.
    pub fn key(&self) -> String {
        self.content_type.replace('_', "-")
    }

    /// Whether its entries have this column.
    pub fn has(&self, column: Column) -> bool {
        self.fields.iter().any(|field| field.column == Some(column))
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.content_type)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.content_type == other.content_type
    }
}

impl Eq for Kind {}

/// What a field holds, and so what is accepted for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// One line of text.
    Line {
        /// Most characters.
        max: usize,
    },
    /// Text of several lines.
    Block {
        /// Most characters.
        max: usize,
    },
    /// One line, plain or for each language.
    Localized {
        /// Most characters of one language.
        max: usize,
    },
    /// Text of several lines, plain or for each language.
    LocalizedBlock {
        /// Most characters of one language.
        max: usize,
    },
    /// The last part of an address.
    Slug,
    /// `draft` or `published`; `scheduled` follows from a date.
    Status,
    /// `draft` or `published`; what waits for its date is told as a draft.
    PlainStatus,
    /// A flag.
    Bool,
    /// The UUID of a person.
    Id,
    /// A date.
    Instant,
    /// A list of words.
    Tags,
    /// An object of these fields, each of which an update changes on its own; see [`super::seo`].
    Group(&'static [Field]),
    /// Sections, columns and blocks.
    Tree,
    /// The address of an image: http(s), a path, or `file:` and a UUID.
    Link,
    /// Where a link leads: an address, a path, or `entry:`, `file:` or `dialog:` and a UUID.
    Href,
    /// The address of a file, plain or for each language.
    LocalizedLink,
    /// `#rgb`, `#rrggbb` or `#rrggbbaa`.
    Color,
    /// A whole number.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number, with or without a fraction.
    Number,
    /// One line in a form of its own, such as a day.
    Shaped(Shape),
    /// Web origins, such as `https://example.org`.
    Origins,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The UUID of an entry of this content type.
    Reference(&'static str),
    /// The UUIDs of entries of a content type.
    References {
        /// The content type.
        of: &'static str,
        /// What a list filters by one of them.
        one: &'static str,
    },
    /// The UUID of an app of this type.
    App(AppType),
    /// The content type of a kind whose entries have addresses.
    ContentType,
    /// Objects of these fields, each with an id.
    Items {
        /// What each holds beside its id.
        fields: &'static [Field],
        /// Most of them.
        max: usize,
    },
}
