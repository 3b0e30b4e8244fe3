//! The open field of a form: what stands first, and what only some want.

use crate::{
    domain::form::{
        definition::Definition,
        field::{Choice, Input as Holds},
    },
    http::console::{
        base::form::Form,
        content::{
            editor::fields::{Items, Piece, Tags},
            inputs::Input,
        },
    },
};

use super::lines::CHOICES;

/// The inputs that stand first, in this order; the others are limits and names.
const FIRST: [&str; 6] = ["data.label", "data.help", CHOICES, "data.markdown", "data.value", "data.title"];
const REQUIRED: &str = "data.required";
const CONDITIONS: &str = "data.showIf";

/// What the form of a field has beside its first inputs.
pub struct FieldExtras {
    /// The choices one on each line, where their words are typed in the default language alone.
    pub choices: Option<String>,
    pub required: Option<Input>,
    pub limits: Vec<Piece>,
    /// Whether something is wrong in them.
    pub has_faults: bool,
    pub conditions: Option<Items>,
    /// The fields before it, which conditions may name.
    pub earlier: Vec<Earlier>,
}

/// A field that stands before the open one.
pub struct Earlier {
    pub name: String,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// The inputs that stand first, and the rest. `id` is the open block.
pub(in crate::http::console) fn split(
    pieces: Vec<Piece>,
    form: &Form,
    (definition, id): (&Definition, &str),
    tags: &Tags,
) -> (Vec<Piece>, FieldExtras) {
    let mut asked = FieldExtras {
        choices: None,
        required: None,
        limits: Vec::new(),
        has_faults: false,
        conditions: None,
        earlier: earlier(definition, id),
    };
    let mut first = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Input(input) if input.name == REQUIRED => asked.required = Some(input),
            Piece::Items(items) if items.name == CONDITIONS => asked.conditions = Some(items),
            Piece::Items(items) if items.name == CHOICES && tags.main == tags.default && tags.beside.is_none() => {
                let labels = items.rows.iter().map(|row| form.text(&format!("{}.label", row.name)));
                let joined = labels.collect::<Vec<_>>().join("\n");
                asked.choices = Some(if form.all(CHOICES).is_empty() { joined } else { form.raw(CHOICES).to_owned() });
            }
            piece if FIRST.contains(&piece.name()) => first.push(piece),
            piece => asked.limits.push(piece),
        }
    }
    asked.has_faults = asked.limits.iter().any(|piece| form.fault(piece.name()).is_some());
    (first, asked)
}

fn earlier(definition: &Definition, id: &str) -> Vec<Earlier> {
    let before = definition.fields.iter().take_while(|field| field.id != id);
    let field = before.map(|field| Earlier {
        name: field.name.clone(),
        label: field.label.clone(),
        choices: match &field.input {
            Holds::One(choices) | Holds::Some(choices) => choices.clone(),
            _ => Vec::new(),
        },
    });
    field.collect()
}

impl FieldExtras {
    /// What the answer to a field may be compared with, where it is chosen from a list.
    pub fn choices_of(&self, name: &str) -> &[Choice] {
        self.earlier.iter().find(|field| field.name == name).map_or(&[], |field| &field.choices)
    }

    /// Whether a field of this name stands before this one.
    pub fn has_earlier(&self, name: &str) -> bool {
        self.earlier.iter().any(|field| field.name == name)
    }
}
