//! What follows from the texts and the content of an entry, and is stored beside them. Of a new one it is worked out with the check of its body, before
//! it waits for its turn among the writes.

use std::collections::BTreeSet;

use crate::domain::Result;

use super::{Entry, Written, kinds::reference, texts::LocaleText};

/// What follows from the texts and the content of an entry, wherever it stands and whatever its status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derived {
    /// How much of it is written in each language.
    pub written: Written,
    /// What it is found by, in each language. Of what each app has from its start on and nobody has written in, nothing: its name is that of its kind.
    pub documents: Vec<LocaleText>,
    /// The types of its blocks.
    pub blocks: BTreeSet<String>,
    /// What it refers to, with the field in which it does.
    pub references: BTreeSet<(String, String)>,
}

impl Entry {
    /// What follows from its texts and its content.
    ///
    /// # Errors
    /// Those of [`Entry::texts`].
    pub fn derived(&self) -> Result<Derived> {
        let texts = self.texts()?;
        let is_untouched = self.kind.is_single() && self.name == self.kind.first_name() && texts.all().len() == 1;
        Ok(Derived {
            written: Written::of(self)?,
            documents: if is_untouched { Vec::new() } else { texts.documents() },
            blocks: texts.blocks().map(|block| block.kind.to_owned()).collect(),
            references: reference::all(self),
        })
    }
}
