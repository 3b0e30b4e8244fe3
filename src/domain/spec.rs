//! What a list offers: its fields, what may be looked for, and its order.

use super::time::Instant;

/// What a field holds, and so how a filter on it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, compared exactly.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// A date.
    Instant,
    /// A UUID.
    Id,
    /// The UUID of one of several that are linked to it; no column holds it.
    Linked,
    /// A whole number.
    Int,
}

/// One field of a list.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether `?name=value` filters by it.
    pub filter: bool,
    /// Whether `sort=name:asc` works.
    pub sort: bool,
}

impl Field {
    /// A field to filter and to sort by.
    pub const fn both(name: &'static str, holds: Holds) -> Self {
        Self { name, holds, filter: true, sort: true }
    }

    /// A field to filter by only.
    pub const fn filter(name: &'static str, holds: Holds) -> Self {
        Self { name, holds, filter: true, sort: false }
    }

    /// A field to sort by only.
    pub const fn sort(name: &'static str, holds: Holds) -> Self {
        Self { name, holds, filter: false, sort: true }
    }
}

/// What one list offers.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// Its fields.
    pub fields: &'static [Field],
    /// The names of the fields that `search` looks into, for the docs; empty when there is no search.
    pub search: &'static [&'static str],
    /// The order unless asked otherwise.
    pub order: Order,
}

/// Sort order: field and direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The field's wire name.
    pub field: &'static str,
    /// Largest or newest first.
    pub descending: bool,
}

impl Order {
    /// Newest first.
    pub const NEWEST: Self = Self { field: "createdAt", descending: true };
}

/// A value that a filter compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// Text, a word, or an id.
    Text(String),
    /// A flag.
    Bool(bool),
    /// A moment.
    Instant(Instant),
    /// A number.
    Int(i64),
}
