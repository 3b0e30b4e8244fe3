//! What a new form may begin with: usual questions, in two languages, of which a project takes those that it has.

use serde_json::{Map, Value};

use crate::domain::{Error, Result};

/// The language of those texts that a project lacks.
const FALLBACK: &str = "en";
/// The languages that all of them are written in.
const WRITTEN: [&str; 2] = [FALLBACK, "fr"];

/// A form to begin with.
pub struct Starter {
    /// Its word.
    pub word: &'static str,
    json: &'static str,
}

/// All of them, in the order in which they are offered.
pub const STARTERS: &[Starter] = &[
    Starter { word: "contact", json: include_str!("starters/contact.json") },
    Starter { word: "registration", json: include_str!("starters/registration.json") },
    Starter { word: "feedback", json: include_str!("starters/feedback.json") },
    Starter { word: "application", json: include_str!("starters/application.json") },
    Starter { word: "newsletter", json: include_str!("starters/newsletter.json") },
];

/// The one of this word.
pub fn of(word: &str) -> Option<&'static Starter> {
    STARTERS.iter().find(|starter| starter.word == word)
}

impl Starter {
    /// The settings and the content of a form, in the languages of a project; in English, where the default language is none of those
    /// that it is written in.
    ///
    /// # Errors
    /// [`Error::Internal`] when what is written is no JSON.
    pub fn body(&self, default: &str, enabled: &[String]) -> Result<Map<String, Value>> {
        let mut body = serde_json::from_str(self.json).map_err(|_| Error::Internal(format!("{} is no JSON", self.word)))?;
        translate(&mut body, default, enabled);
        match body {
            Value::Object(body) => Ok(body),
            _ => Err(Error::Internal(format!("{} is no object", self.word))),
        }
    }
}

/// Leaves of each text the languages of the project.
fn translate(value: &mut Value, default: &str, enabled: &[String]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| translate(item, default, enabled)),
        Value::Object(members) if WRITTEN.iter().all(|tag| members.contains_key(*tag)) => {
            let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
            let text = |tag: &str| members.get(&primary(tag)).or_else(|| members.get(FALLBACK).filter(|_| tag == default)).cloned();
            *value = Value::Object(enabled.iter().filter_map(|tag| Some((tag.clone(), text(tag)?))).collect());
        }
        Value::Object(members) => members.values_mut().for_each(|member| translate(member, default, enabled)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_are_those_of_the_languages_of_the_project() {
        let label = |default: &str, enabled: &[&str]| {
            let enabled: Vec<_> = enabled.iter().map(|tag| (*tag).to_owned()).collect();
            let body = of("contact").expect("a form").body(default, &enabled).expect("JSON");
            body["content"][0]["columns"][0]["blocks"][0]["data"]["label"].clone()
        };
        assert_eq!(label("en", &["en", "fr"]), json!({"en": "Your name", "fr": "Votre nom"}));
        assert_eq!(label("fr-CH", &["fr-CH"]), json!({"fr-CH": "Votre nom"}));
        assert_eq!(label("de", &["de", "fr", "it"]), json!({"de": "Your name", "fr": "Votre nom"}));
    }

    #[test]
    fn each_text_is_there_in_every_language() {
        for starter in STARTERS {
            let both = starter.json.matches("\"en\":").count();
            assert!(both > 5 && both == starter.json.matches("\"fr\":").count(), "{}", starter.word);
        }
    }
}
