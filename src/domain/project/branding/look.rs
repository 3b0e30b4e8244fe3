//! What was set of a branding, and what of it is hard to read.

use serde_json::{Map, Value};

use crate::domain::error::Faults;

use super::{
    color::{Color, TEXT},
    field::{self, FIELDS, Field, Holds},
    font::{Chosen, font},
    scheme::ink,
};

/// The values that somebody has set, by the names of their fields. All have passed their checks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look(Map<String, Value>);

/// A colour that is hard to read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The field of the colour.
    pub field: &'static Field,
    /// That of the ground below it.
    pub on: &'static Field,
    /// How much contrast there is, from 1 to 21.
    pub ratio: f64,
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Look {
    /// The look with these values, as they were stored.
    pub const fn stored(values: Map<String, Value>) -> Self {
        Self(values)
    }

    /// What is stored.
    pub const fn values(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Puts values on it; `null` takes one back to what is usual. What is wrong is added to the faults.
    pub fn change(&mut self, change: &Map<String, Value>, faults: &mut Faults) {
        for (name, value) in change {
            let Some(field) = Field::by_name(name) else {
                faults.add(name, "unknown_field", format!("A branding has no field {name:?}."));
                continue;
            };
            match faults.keep(field.check(value)) {
                Some(Some(checked)) => drop(self.0.insert(name.clone(), checked)),
                Some(None) => drop(self.0.shift_remove(name)),
                None => {}
            }
        }
    }

    /// What holds: what was set, and for the other fields what is usual.
    pub fn effective(&self) -> Map<String, Value> {
        FIELDS.iter().filter_map(|field| Some((field.name.to_owned(), self.value(field)?))).collect()
    }

    /// What holds for a field.
    pub fn value(&self, field: &Field) -> Option<Value> {
        self.0.get(field.name).cloned().or_else(|| field.usual())
    }

    /// The fields that differ from those of another.
    pub fn changed(&self, before: &Self) -> Vec<&'static str> {
        FIELDS.iter().filter(|field| self.0.get(field.name) != before.0.get(field.name)).map(|field| field.name).collect()
    }

    /// What a field says: a word, a colour, an address, a text; empty for nothing.
    pub fn text(&self, field: &Field) -> String {
        match self.value(field) {
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// A colour.
    pub fn color(&self, field: &Field) -> Color {
        let usual = if let Holds::Color(parts) = field.holds { Color(parts) } else { Color::BLACK };
        Color::from_hex(&self.text(field)).unwrap_or(usual)
    }

    /// A number.
    pub fn number(&self, field: &Field) -> f64 {
        self.value(field).and_then(|value| value.as_f64()).unwrap_or_default()
    }

    /// A font.
    pub fn font(&self, field: &Field) -> Chosen {
        font(&self.text(field))
    }

    /// How well each colour is read where it stands: coloured words on the light ground, the ink of a ground on its paper. In the dark,
    /// colours are lightened until they are read, so there is nothing to say of them.
    pub fn contrasts(&self) -> Vec<Contrast> {
        let light = self.color(field::GROUND_LIGHT);
        let colors = [field::PRIMARY, field::SECONDARY, field::INFO, field::WARNING, field::SUCCESS, field::ERROR];
        let colors = colors.map(|field| Contrast { field, on: field::GROUND_LIGHT, ratio: self.color(field).contrast(light) });
        let papers = [(field::PAPER_LIGHT, field::GROUND_LIGHT), (field::PAPER_DARK, field::GROUND_DARK)];
        let papers = papers.map(|(paper, on)| Contrast { field: paper, on, ratio: ink(self.color(on)).contrast(self.color(paper)) });
        colors.into_iter().chain(papers).collect()
    }

    /// Those of them that are hard to read.
    pub fn warnings(&self) -> Vec<Contrast> {
        self.contrasts().into_iter().filter(|contrast| contrast.ratio < TEXT).collect()
    }
}
