//! Who may see an entry.

use serde_json::{Map, Value};

use crate::domain::{
    Result,
    content::{Column, Entry, Field, Kind},
    error::Faults,
};

/// Who may see an entry; what is left out stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visibility {
    /// Whether lists and search engines may show it.
    pub is_listed: Option<bool>,
    /// Whether a reader must sign in.
    pub requires_viewer_auth: Option<bool>,
}

/// The fields of a kind that say who may see its entries: each is true or false.
pub fn fields(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|field| matches!(field.column, Some(Column::IsListed | Column::RequiresViewerAuth)))
}

/// What these say of an entry, by their names.
pub fn of(entry: &Entry) -> impl Iterator<Item = (String, Value)> {
    fields(entry.kind).filter_map(|field| Some((field.name.to_owned(), entry.value(field.column?))))
}

impl Visibility {
    /// Takes out of the body of a change what it says of who may see the entry: an update alone says nothing of that.
    pub fn taken_from(kind: &'static Kind, body: &mut Map<String, Value>) -> Self {
        let mut taken = Self::default();
        for field in fields(kind) {
            let flag = body.shift_remove(field.name).and_then(|value| value.as_bool());
            match field.column {
                Some(Column::IsListed) => taken.is_listed = flag,
                _ => taken.requires_viewer_auth = flag,
            }
        }
        taken
    }

    /// Whether entries of a kind can be seen so.
    ///
    /// # Errors
    /// The faults of what the kind does not have.
    pub fn check(self, kind: &Kind) -> Result<()> {
        let mut faults = Faults::default();
        let mut refuse = |name: &str| faults.add(name, "unknown_field", format!("A {} has no {name}.", kind.noun));
        if self.is_listed.is_some() && !kind.has(Column::IsListed) {
            refuse("isListed");
        }
        if self.requires_viewer_auth.is_some() && !kind.has(Column::RequiresViewerAuth) {
            refuse("requiresViewerAuth");
        }
        faults.into_result()
    }

    /// Makes an entry be seen so; whether it was not before.
    pub fn apply(self, entry: &mut Entry) -> bool {
        let before = (entry.is_listed, entry.requires_viewer_auth);
        entry.is_listed = self.is_listed.unwrap_or(entry.is_listed);
        entry.requires_viewer_auth = self.requires_viewer_auth.unwrap_or(entry.requires_viewer_auth);
        before != (entry.is_listed, entry.requires_viewer_auth)
    }
}
