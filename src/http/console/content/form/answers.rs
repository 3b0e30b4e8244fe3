//! What somebody has answered, beside what was asked: the words of the questions and of the choices.

use serde_json::Value;

use crate::{
    domain::{
        Result,
        content::{Entry, Locales},
        form::{
            attachment::Attachment,
            definition::Definition,
            field::{Field, Input},
            submission::Submission,
            telling::mail::words,
        },
    },
    http::console::base::chrome::Chrome,
};

/// Most characters of an answer on the line of a list.
const LINE: usize = 160;

/// What a form asks, in the default language of its project.
pub struct Questions {
    definition: Definition,
}

/// What somebody has sent, as it is read.
pub struct Answered {
    pub sent: Submission,
    /// Who it is from, as far as that was asked: a name, else an address, else nothing.
    pub from: String,
    /// The e-mail address, where one was asked for.
    pub email: String,
    /// The beginning of the longest text.
    pub line: String,
    /// The short answers: question and answer.
    pub facts: Vec<(String, String)>,
    /// The files, each with the question that asked for it.
    pub files: Vec<(String, Attachment)>,
    /// The long ones.
    pub texts: Vec<(String, String)>,
    /// What was agreed to.
    pub consents: Vec<String>,
}

impl Questions {
    /// What this form asks.
    pub fn of(c: &Chrome, form: &Entry) -> Result<Self> {
        let enabled = c.project.as_ref().map(|project| project.locales.as_slice()).unwrap_or_default();
        let default = enabled.first().map_or("", String::as_str);
        Ok(Self { definition: Definition::read(&form.content, default, &Locales { default, enabled })? })
    }

    /// A submission beside it; what the form does not ask any more stands under the name that it was sent with.
    pub fn describe(&self, c: &Chrome, sent: Submission) -> Answered {
        let (mut facts, mut texts) = (Vec::new(), Vec::new());
        for (name, value) in &sent.data {
            let field = self.definition.fields.iter().find(|field| field.name == *name);
            let is_of_files = sent.files.iter().any(|file| file.field == *name);
            if is_of_files || matches!(field.map(|field| &field.input), Some(Input::Consent(_))) {
                continue;
            }
            let question = field.map_or_else(|| name.clone(), |field| field.label.clone());
            let is_long = matches!(field.map(|field| &field.input), Some(Input::Text { is_long: true, .. }));
            if is_long { &mut texts } else { &mut facts }.push((question, value_text(c, field, value)));
        }
        let fields = &self.definition.fields;
        let question =
            |name: &str| fields.iter().find(|field| field.name == name).map_or_else(|| name.to_owned(), |field| field.label.clone());
        let files = sent.files.iter().map(|file| (question(&file.field), file.clone())).collect();
        let text_of = |is: fn(&Input) -> bool| {
            let field = self.definition.fields.iter().find(|field| is(&field.input) && sent.data.contains_key(&field.name));
            field.and_then(|field| sent.data[&field.name].as_str()).unwrap_or_default().to_owned()
        };
        let email = text_of(|input| *input == Input::Email);
        let name = text_of(|input| matches!(input, Input::Text { is_long: false, .. }));
        let from = if name.is_empty() { email.clone() } else { name };
        let line = texts.first().or(facts.last()).map(|(_, text)| beginning(text)).unwrap_or_default();
        let consents = sent.consents.values().filter_map(|one| one["label"].as_str().map(str::to_owned)).collect();
        Answered { from, email, line, facts, files, texts, consents, sent }
    }
}

impl Answered {
    /// Who it is from; somebody, where nothing says who.
    pub fn by(&self, c: &Chrome) -> String {
        if self.from.is_empty() { c.t("form-sent-somebody").to_string() } else { self.from.clone() }
    }
}

/// An answer in words.
fn value_text(c: &Chrome, field: Option<&Field>, value: &Value) -> String {
    words(field, value, (&c.t("content-yes").to_string(), &c.t("content-no").to_string()))
}

/// The beginning of a text, in one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
