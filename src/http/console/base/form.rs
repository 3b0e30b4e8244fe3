//! What was typed into a form, and what is wrong with it.

use std::{collections::BTreeSet, str::FromStr};

use actix_web::web;

use crate::domain::{
    Error, Result,
    access::Role,
    error::{Fault, Faults},
    listing::PAGE_SIZE_MAX,
};

/// Most bytes of a form.
pub const LIMIT: usize = 512 * 1024;
/// Most fields of a form: each takes more memory than its text.
const FIELDS: usize = 5_000;

/// Field and code of the fault of a form that was filled from what has changed since.
const STALE: &str = "stale";
/// Field of a form that waited until its person signed in; and field and code of what is said of it.
pub const RESUMED: &str = "resumed";
/// The fields that say from what a form was filled.
const SEEN: [&str; 2] = ["seen", "version"];

/// Something that can be chosen in a form.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its value.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Fields by name, as a form sent them or as a page fills them in; and the faults of a form that is shown again.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    faults: Vec<Fault>,
}

impl Form {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// Invalid when it is not that.
    pub fn read(body: &[u8]) -> Result<Self> {
        if body.iter().filter(|byte| **byte == b'&').count() >= FIELDS {
            return Err(malformed());
        }
        let text = std::str::from_utf8(body).map_err(|_| malformed())?;
        let read = web::Query::<Vec<(String, String)>>::from_query(text).map_err(|_| malformed())?;
        // Browsers end the lines of a form by two characters, and count them as one.
        let unix = |(name, value): (String, String)| (name, if value.contains('\r') { value.replace("\r\n", "\n") } else { value });
        Ok(Self { fields: read.into_inner().into_iter().map(unix).collect(), faults: Vec::new() })
    }

    /// The fields that came with a file.
    pub fn beside_file(fields: Vec<(String, String)>) -> Self {
        Self { fields, faults: Vec::new() }
    }

    /// A form with these values.
    pub fn of<const N: usize>(fields: [(&str, String); N]) -> Self {
        Self { fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(), faults: Vec::new() }
    }

    /// With one more value.
    #[must_use]
    pub fn and(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// Without a value.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self
    }

    /// With other names; a field without one is dropped.
    #[must_use]
    pub fn renamed(mut self, name_of: impl Fn(&str) -> Option<String>) -> Self {
        self.fields = self.fields.into_iter().filter_map(|(name, value)| Some((name_of(&name)?, value))).collect();
        self
    }

    /// The same, shown again with its faults; passwords are dropped. What was stale is filled from what is there now, so that
    /// sending it once more puts what was typed over it.
    #[must_use]
    pub fn again(&self, faults: &Faults) -> Self {
        let stale = faults.0.iter().any(|fault| fault.code == STALE);
        let dropped = |name: &str| is_secret(name) || name == RESUMED || (stale && SEEN.contains(&name));
        let kept = self.fields.iter().filter(|(name, _)| !dropped(name));
        let faults = faults.0.iter().map(|fault| Fault { field: self.input_of(&fault.field).to_owned(), ..fault.clone() });
        Self { fields: kept.cloned().collect(), faults: faults.collect() }
    }

    /// The input that a fault is shown at: a part of a field, such as `title.fr` or `tags[3]`, is typed into the field's input.
    fn input_of<'a>(&self, field: &'a str) -> &'a str {
        let sent = |name: &str| self.fields.iter().any(|(known, _)| known == name);
        let mut name = field;
        while !sent(name) {
            match name.rsplit_once(['.', '[']) {
                Some((longer, _)) => name = longer,
                None => return field,
            }
        }
        name
    }

    /// The fault, if it is the only one, of something that no input of this form is about: nothing else would show it.
    pub fn stray(&self) -> Option<&Fault> {
        let [fault] = &self.faults[..] else { return None };
        let has_input = self.fields.iter().any(|(name, _)| fault.field.starts_with(name.as_str()));
        (!has_input).then_some(fault)
    }

    /// The text of a field as it was typed, without blanks around it; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The text of a field with its blanks, as a password needs it.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The text, if there is any.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.text(name), "on" | "true" | "1" | "yes")
    }

    /// What the form was filled from, to be sent along: as it was typed, or as it is now.
    pub fn filled_from(&self, name: &str, now: impl ToString) -> String {
        self.optional(name).unwrap_or_else(|| now.to_string())
    }

    /// The faults of another form on this one.
    #[must_use]
    pub fn with_faults_of(mut self, other: Option<&Self>) -> Self {
        self.faults.extend(other.into_iter().flat_map(|other| other.faults.iter().cloned()));
        self
    }

    /// What an input was when the page was made, where a hidden one beside it says so.
    pub fn was(&self, name: &str) -> &str {
        self.text(&was(name))
    }

    /// The role that was chosen.
    ///
    /// # Errors
    /// The fault of `role`, where none was.
    pub fn role(&self) -> std::result::Result<Role, Fault> {
        Role::from_word(self.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role."))
    }

    /// What was chosen in a list: by the box of each, `name`, or by the box for all that the page has shown.
    pub fn chosen(&self, name: &str) -> Vec<&str> {
        self.all(if self.ticked("all") { "shown" } else { name })
    }

    /// The ids among them, each once, of something that is done to all at once. One that nobody could have chosen is none.
    ///
    /// # Errors
    /// There are none; they are too many.
    pub fn chosen_ids<T: FromStr + Ord>(&self, name: &str) -> Result<Vec<T>> {
        let ids: BTreeSet<T> = self.chosen(name).into_iter().filter_map(|id| id.parse().ok()).collect();
        bounded(name, ids.into_iter().collect())
    }

    /// Every value of a field that may be sent several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The fields whose names begin with this, without it.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(name, text)| Some((name.strip_prefix(prefix)?, text.trim())))
    }

    /// Whether a field has this value among its values.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(key, found)| key == name && found == value)
    }

    /// The fields to carry over a sign-in: all that is no secret.
    pub fn carried(&self) -> Vec<(String, String)> {
        self.fields.iter().filter(|(name, _)| !is_secret(name) && name != "carry-to").cloned().collect()
    }

    /// The fault of a field.
    pub fn fault(&self, name: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == name || fault.field.starts_with(&format!("{name}[")))
    }

    /// The attributes of an input that may ask for the focus. After a refusal that belongs to what is wrong.
    pub fn attributes(&self, given: &str) -> String {
        if self.faults.is_empty() { given.to_owned() } else { given.replace("autofocus", "") }
    }

    /// Whether the first fault is shown at this input.
    pub fn begins_at(&self, name: &str) -> bool {
        let first = self.faults.first();
        first.is_some_and(|first| self.fault(name).is_some_and(|fault| std::ptr::eq(fault, first)))
    }

    /// Whether it was refused because somebody else was faster. It is then shown with what they made of it as its ground, so
    /// that sending it again is a decision.
    pub fn is_stale(&self) -> bool {
        self.fault(STALE).is_some()
    }

    /// What was typed, over what is stored.
    #[must_use]
    pub fn over(&self, stored: Self) -> Self {
        let fields = self.fields.iter().cloned().chain(stored.fields).collect();
        Self { fields, faults: self.faults.clone() }
    }

    /// All faults.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

/// The hidden input beside another one that says what that was.
pub fn was(name: &str) -> String {
    format!("{name}.was")
}

/// Whether a field holds something that is never sent back.
fn is_secret(name: &str) -> bool {
    name.contains("password")
}

fn malformed() -> Error {
    Fault::new("form", "malformed", "The form is not well formed.").into()
}

/// The faults of an error that a form can be shown again with.
pub fn faults(error: &Error) -> Option<Faults> {
    match error {
        Error::Invalid(faults) => Some(faults.clone()),
        Error::Conflict(fault) => Some(Faults(vec![fault.clone()])),
        Error::Stale => Some(Faults(vec![Fault::new(STALE, STALE, error.to_string())])),
        _ => None,
    }
}

/// What is said of a form that comes back after signing in.
pub fn resumed() -> Faults {
    Faults(vec![Fault::new(RESUMED, RESUMED, "Nothing was changed yet. Look at it once more, then send it.")])
}

/// What is done at once to several that were chosen by the box `name`: to one at least, and to as many as a page may show.
///
/// # Errors
/// None; too many.
pub fn bounded<T>(name: &str, all: Vec<T>) -> Result<Vec<T>> {
    match all.len() {
        0 => Err(Fault::new(name, "none_chosen", "Choose at least one.").into()),
        many if many > PAGE_SIZE_MAX as usize => Err(Fault::new(name, "too_many", format!("At most {PAGE_SIZE_MAX} at once.")).into()),
        _ => Ok(all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of_stale(body: &[u8]) -> Form {
        Form::read(body).expect("a form").again(&faults(&Error::Stale).expect("a fault"))
    }

    #[test]
    fn what_was_typed_comes_back_but_for_passwords() {
        let form = Form::read(b"name=+A+%26+B&password=x&project=1&project=2").expect("a form");
        assert_eq!((form.text("name"), form.raw("password")), ("A & B", "x"));
        assert_eq!(form.all("project"), ["1", "2"]);
        let mut faults = Faults::default();
        faults.add("name", "taken", "Taken.");
        let again = form.again(&faults);
        assert_eq!((again.text("name"), again.raw("password")), ("A & B", ""));
        assert_eq!(again.fault("name").map(|fault| fault.code), Some("taken"));
        let stale = faults_of_stale(b"name=A&version=3");
        assert_eq!((stale.text("name"), stale.filled_from("version", 4), stale.filled_from("name", "B")), ("A", "4".into(), "A".into()));
        assert!(Form::read(b"name=%FF").is_ok_and(|form| !form.text("name").contains('\u{ff}')));
    }
}
