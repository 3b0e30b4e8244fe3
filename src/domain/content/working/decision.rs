//! What two have changed in different ways, and what somebody decides of it.

use std::collections::HashMap;

use serde_json::Value;

/// What is taken where two have changed the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// What the working copy has.
    Mine,
    /// What the entry has.
    Theirs,
    /// A text of both.
    Text(String),
}

/// What somebody has chosen.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// By the [`ConflictPlace::key`] of what they decide.
    each: HashMap<String, Choice>,
    /// For all others.
    others: Option<Choice>,
}

impl Choices {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same everywhere.
    pub fn all(choice: Choice) -> Self {
        Self { each: HashMap::new(), others: Some(choice) }
    }

    fn get(&self, place: &ConflictPlace) -> Option<&Choice> {
        self.each.get(&place.key()).or(self.others.as_ref())
    }
}

impl FromIterator<(String, Choice)> for Choices {
    fn from_iter<I: IntoIterator<Item = (String, Choice)>>(choices: I) -> Self {
        Self { each: choices.into_iter().collect(), others: None }
    }
}

/// Where a conflict is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictPlace {
    /// A field of the entry.
    Field {
        /// Its name; that of a member of a group has the group's before it: `seo.title`.
        name: String,
        /// The language.
        locale: Option<String>,
    },
    /// Something in a block, a column or a section.
    Part {
        /// The id.
        id: String,
        /// The names on the way to it: `data`, `text`, `fr`.
        path: Vec<String>,
    },
    /// A block that one has changed and the other deleted.
    Block {
        /// The id.
        id: String,
    },
}

impl ConflictPlace {
    /// A word for it that is the same each time.
    pub fn key(&self) -> String {
        match self {
            Self::Field { name, locale: None } => format!("field-{name}"),
            Self::Field { name, locale: Some(tag) } => format!("field-{name}-{tag}"),
            Self::Part { id, path } => format!("part-{id}-{}", path.join(".")),
            Self::Block { id } => format!("block-{id}"),
        }
    }
}

/// What two have changed in different ways. What is not there is null.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Where.
    pub place: ConflictPlace,
    /// What it was before.
    pub base: Value,
    /// What the working copy has.
    pub mine: Value,
    /// What the entry has.
    pub theirs: Value,
}

/// What is decided, and what is still open.
#[derive(Debug, Default)]
pub struct Decisions {
    choices: Choices,
    /// The language that plain texts are in.
    pub(super) default: String,
    /// What nobody has decided.
    pub open: Vec<Conflict>,
}

impl Decisions {
    /// With these choices; `default` is the language that plain texts are in.
    pub fn new(choices: Choices, default: &str) -> Self {
        Self { choices, default: default.to_owned(), open: Vec::new() }
    }

    /// What is taken; mine, as long as nobody has decided. A text of both replaces texts only.
    pub(super) fn take(&mut self, conflict: Conflict) -> Value {
        match self.choices.get(&conflict.place) {
            Some(Choice::Theirs) => conflict.theirs,
            Some(Choice::Text(text)) if conflict.mine.is_string() || conflict.theirs.is_string() => Value::String(text.clone()),
            Some(_) => conflict.mine,
            None => {
                let mine = conflict.mine.clone();
                self.open.push(conflict);
                mine
            }
        }
    }
}
