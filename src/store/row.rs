//! Values on their way into a database and rows on their way out, and what they are in Rust.

use crate::domain::{id::Id, time::Instant};

use super::error::StoreError;

/// One value of an argument list.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// True or false; an engine without such a type stores 1 and 0.
    Bool(bool),
    /// Whole number; instants are microseconds.
    Int(i64),
    /// Floating point.
    Real(f64),
    /// Text; ids are hyphenated UUIDs, hashes are hex.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// One value of a row, borrowed from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'r> {
    /// SQL NULL.
    Null,
    /// As [`Value::Bool`]; an engine without such a type tells 1 and 0.
    Bool(bool),
    /// As [`Value::Int`].
    Int(i64),
    /// As [`Value::Real`].
    Real(f64),
    /// As [`Value::Text`].
    Text(&'r str),
    /// As [`Value::Bytes`].
    Bytes(&'r [u8]),
}

/// One result row: its cells are taken from the front, in the order of the SELECT list. All its text lies in one piece, so a
/// row costs two allocations and not one for each cell.
#[derive(Debug)]
pub struct Row {
    cells: Vec<Packed>,
    taken: usize,
    text: String,
    bytes: Vec<u8>,
}

/// A cell whose text or bytes lie at `from..to` of the row's.
#[derive(Debug, Clone, Copy)]
enum Packed {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(usize, usize),
    Bytes(usize, usize),
}

impl<'r> Cell<'r> {
    /// The text, if it is one.
    const fn text(self) -> Option<&'r str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Row {
    /// An empty row with room for this many cells and bytes of text.
    pub fn with_room(cells: usize, text: usize) -> Self {
        Self { cells: Vec::with_capacity(cells), taken: 0, text: String::with_capacity(text), bytes: Vec::new() }
    }

    /// Appends a cell.
    pub fn push(&mut self, cell: Cell<'_>) {
        self.cells.push(match cell {
            Cell::Null => Packed::Null,
            Cell::Bool(flag) => Packed::Bool(flag),
            Cell::Int(number) => Packed::Int(number),
            Cell::Real(number) => Packed::Real(number),
            Cell::Text(text) => {
                let from = self.text.len();
                self.text.push_str(text);
                Packed::Text(from, self.text.len())
            }
            Cell::Bytes(bytes) => {
                let from = self.bytes.len();
                self.bytes.extend_from_slice(bytes);
                Packed::Bytes(from, self.bytes.len())
            }
        });
    }

    /// Bytes of text in it.
    pub const fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The next cell; `table` and `column` go into the error when it is of another kind.
    pub fn take<T: FromCell>(&mut self, table: &'static str, column: &'static str) -> Result<T, StoreError> {
        self.next().and_then(T::from_cell).ok_or(StoreError::Shape(table, column))
    }

    /// The cell so many from the end, which is not taken: the list builder puts some behind those of the SELECT list.
    pub fn from_end(&self, back: usize) -> Option<Cell<'_>> {
        self.cells.len().checked_sub(back).and_then(|index| self.unpacked(*self.cells.get(index)?))
    }

    fn next(&mut self) -> Option<Cell<'_>> {
        let packed = *self.cells.get(self.taken)?;
        self.taken += 1;
        self.unpacked(packed)
    }

    fn unpacked(&self, packed: Packed) -> Option<Cell<'_>> {
        Some(match packed {
            Packed::Null => Cell::Null,
            Packed::Bool(flag) => Cell::Bool(flag),
            Packed::Int(number) => Cell::Int(number),
            Packed::Real(number) => Cell::Real(number),
            Packed::Text(from, to) => Cell::Text(self.text.get(from..to)?),
            Packed::Bytes(from, to) => Cell::Bytes(self.bytes.get(from..to)?),
        })
    }
}

/// A Rust type that a cell becomes.
pub trait FromCell: Sized {
    /// The cell as this type; `None` when it is of another kind.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

macro_rules! plain_values {
    ($($kind:ident $type:ty;)*) => {$(
        impl FromCell for $type {
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                match cell {
                    Cell::$kind(inner) => Some(inner.into()),
                    _ => None,
                }
            }
        }

        impl From<$type> for Value {
            fn from(inner: $type) -> Self {
                Self::$kind(inner)
            }
        }
    )*};
}

plain_values! { Int i64; Real f64; Text String; Bytes Vec<u8>; }

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(inner: Option<T>) -> Self {
        inner.map_or(Self::Null, Into::into)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Bool(flag) => Some(flag),
            Cell::Int(0) => Some(false),
            Cell::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl From<Instant> for Value {
    fn from(at: Instant) -> Self {
        Self::Int(at.micros())
    }
}

impl FromCell for Instant {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).map(Self::from_micros)
    }
}

macro_rules! counted_values {
    ($($type:ty)*) => {$(
        impl FromCell for $type {
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                i64::from_cell(cell).and_then(|n| Self::try_from(n).ok())
            }
        }

        impl From<$type> for Value {
            fn from(n: $type) -> Self {
                Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
    )*};
}

counted_values! { u32 u64 usize }

impl<T: Id> FromCell for T {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        cell.text()?.parse().ok()
    }
}

impl<T: Id> From<T> for Value {
    fn from(id: T) -> Self {
        Self::Text(id.to_string())
    }
}

macro_rules! word_values {
    ($($type:path)*) => {$(
        impl FromCell for $type {
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                cell.text().and_then(Self::from_word)
            }
        }

        impl From<$type> for Value {
            fn from(one: $type) -> Self {
                Self::from(one.word())
            }
        }
    )*};
}

word_values! {
    crate::domain::access::Role
    crate::domain::access::Access
    crate::domain::access::ActorKind
    crate::domain::account::delivery::Channel
    crate::domain::form::submission::Mark
    crate::domain::account::delivery::DeliveryState
    crate::domain::account::delivery::FormEmail
    crate::domain::project::app::AppType
    crate::domain::project::domain::Status
    crate::domain::project::domain::Wrong
    crate::domain::project::webhook::Off
    crate::domain::project::webhook::delivery::Miss
    crate::domain::project::webhook::delivery::State
    crate::domain::content::Status
    crate::domain::content::site::redirect::RedirectSource
    crate::domain::content::front::change::Gone
    crate::domain::content::block::UnknownBlocks
    crate::domain::key::token::Format
    crate::domain::project::traffic::Event
    crate::domain::file::blob::BlobPlace
    crate::domain::file::file::Grounding
    crate::domain::file::trash::ItemType
    crate::domain::file::picture::variant::Variant
    crate::domain::file::picture::variant::State
    crate::domain::file::picture::variant::Undrawn
}
