//! Who may see an entry.

use serde_json::{Map, Value};

use crate::domain::{
    Result,
    content::{Entry, Kind},
    error::Faults,
};

/// Who may see an entry: what each field is to be that says so, by its name. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visibility(Vec<(&'static str, bool)>);

/// What the fields that say so say of an entry, by their names.
pub fn of(entry: &Entry) -> impl Iterator<Item = (String, Value)> {
    entry.kind.visibility().filter_map(|field| Some((field.name.to_owned(), entry.value(field.column?))))
}

impl Visibility {
    /// What fields are to be, of which some are left out.
    pub fn new(fields: impl IntoIterator<Item = (&'static str, Option<bool>)>) -> Self {
        Self(fields.into_iter().filter_map(|(name, to)| Some((name, to?))).collect())
    }

    /// Takes out of the body of a change what it says of who may see the entry: an update alone says nothing of that.
    pub fn taken_from(kind: &Kind, body: &mut Map<String, Value>) -> Self {
        Self::new(kind.visibility().map(|field| (field.name, body.shift_remove(field.name).and_then(|value| value.as_bool()))))
    }

    /// Whether entries of a kind can be seen so.
    ///
    /// # Errors
    /// The faults of what the kind does not have.
    pub fn check(&self, kind: &Kind) -> Result<()> {
        let mut faults = Faults::default();
        for (name, _) in self.0.iter().filter(|(name, _)| kind.visibility().all(|field| field.name != *name)) {
            faults.add(*name, "unknown_field", format!("{name} is no field of this kind, {}.", kind.content_type));
        }
        faults.into_result()
    }

    /// Makes an entry be seen so; whether it was not before.
    pub fn apply(&self, entry: &mut Entry) -> bool {
        let mut is_changed = false;
        for field in entry.kind.visibility() {
            let to = self.0.iter().find(|(name, _)| *name == field.name);
            if let (Some(column), Some((_, to))) = (field.column, to) {
                is_changed |= entry.set(column, (*to).into());
            }
        }
        is_changed
    }
}
