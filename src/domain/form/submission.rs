//! What a visitor has sent to a form.

use core::net::IpAddr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::domain::{
    Result,
    error::Faults,
    fold::fold,
    id::{EntryId, SubmissionId},
    search::words::joined,
    text,
    time::Instant,
};

use super::{
    attachment::Attachment,
    check::Answers,
    definition::Definition,
    field::Input,
    settings::{Settings, StoredAddress},
};

/// Most characters of a note.
const NOTE_MAX: usize = 5_000;
/// Most characters of what a browser says of itself, and of the page that it was on.
const TOLD_MAX: usize = 500;
/// Bits of an address that are kept where it is truncated: those of a network, IPv4 and IPv6.
const KEPT_BITS: [u8; 2] = [24, 48];

/// What somebody made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Nothing yet.
    Unread,
    /// Somebody has read it.
    Read,
    /// Nobody needs it.
    Spam,
}

impl Mark {
    /// Whether nobody has read it.
    pub const fn is_unread(self) -> bool {
        matches!(self, Self::Unread)
    }

    /// Whether somebody has read it, and it is no spam.
    pub const fn is_read(self) -> bool {
        matches!(self, Self::Read)
    }

    /// Whether it is spam.
    pub const fn is_spam(self) -> bool {
        matches!(self, Self::Spam)
    }

    /// Every word, for filters and for the OpenAPI document.
    pub const WORDS: &[&str] = &["unread", "read", "spam"];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Spam => "spam",
        }
    }

    /// The mark of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Unread, Self::Read, Self::Spam].into_iter().find(|mark| mark.word() == word)
    }
}

/// What is known of how it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The address that it came from, as far as it is kept.
    pub ip: Option<String>,
    /// What the browser says of itself.
    pub user_agent: Option<String>,
    /// The page that it was sent from.
    pub referer: Option<String>,
    /// Tags of the form.
    pub tags: Vec<String>,
    /// Source of the form.
    pub source: Option<String>,
}

impl Metadata {
    /// What is kept of a request, as the settings of the form say.
    pub fn of(settings: &Settings, address: IpAddr, user_agent: Option<&str>, referer: Option<&str>) -> Self {
        let cut = |text: Option<&str>| text.map(|text| text::one_line(text).chars().take(TOLD_MAX).collect());
        let ip = match settings.stored_address {
            StoredAddress::None => None,
            StoredAddress::Full => Some(address.to_canonical().to_string()),
            StoredAddress::Truncated => Some(truncated(address)),
        };
        Self { ip, user_agent: cut(user_agent), referer: cut(referer), tags: settings.tags.clone(), source: settings.source.clone() }
    }
}

/// The network of an address, in the form of an address.
fn truncated(address: IpAddr) -> String {
    let address = address.to_canonical();
    let bits = KEPT_BITS[usize::from(address.is_ipv6())];
    ipnet::IpNet::new(address, bits).map_or_else(|_| String::new(), |net| net.network().to_string())
}

/// One submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// The form.
    pub form: EntryId,
    /// The version of the form that it answers.
    pub form_version: i64,
    /// The language in which it was filled in.
    pub locale: String,
    /// The answers by their names.
    pub data: Answers,
    /// What was agreed to, word by word, by the names of the fields.
    pub consents: Map<String, Value>,
    /// The files that came with it.
    pub files: Vec<Attachment>,
    /// How it came.
    pub metadata: Metadata,
    /// What somebody made of it.
    pub mark: Mark,
    /// What somebody wrote beside it.
    pub note: Option<String>,
    /// When it goes by itself.
    pub expires_at: Option<Instant>,
    /// When it came.
    pub created_at: Instant,
}

impl Submission {
    /// What it is found by: the words of all answers, folded and parted by blanks.
    pub fn words(&self) -> String {
        let mut lines = Vec::new();
        self.data.values().for_each(|value| gather(value, &mut lines));
        joined(&lines.join("\n"))
    }
}

fn gather(value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::String(text) => lines.push(text.clone()),
        Value::Number(number) => lines.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, lines)),
        Value::Null | Value::Bool(_) | Value::Object(_) => {}
    }
}

/// The words of each consent that was given.
pub fn consents(definition: &Definition, answers: &Answers) -> Map<String, Value> {
    let given = definition.fields.iter().filter(|field| answers.get(&field.name) == Some(&Value::Bool(true)));
    given
        .filter_map(|field| match &field.input {
            Input::Consent(markdown) => Some((field.name.clone(), json!({ "label": field.label, "text": markdown }))),
            _ => None,
        })
        .collect()
}

/// Whose it is: the answer to the first required field for an e-mail address.
pub fn address<'a>(definition: &Definition, answers: &'a Answers) -> Option<&'a str> {
    let field = definition.fields.iter().find(|field| field.is_required && field.input == Input::Email)?;
    answers.get(&field.name)?.as_str()
}

/// The same as it is compared.
pub fn email(definition: &Definition, answers: &Answers) -> Option<String> {
    address(definition, answers).map(fold)
}

/// A change; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = SubmissionPatch, example = json!({"mark": "read"}))]
pub struct Patch {
    /// What it is marked as.
    pub mark: Option<Mark>,
    /// What is noted beside it; `null` takes that away.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 5000, pattern = "{block}", value_type = Option<String>)]
    pub note: Option<Option<String>>,
}

impl Patch {
    /// Changes a submission; whether anything is different now.
    ///
    /// # Errors
    /// The fault of a note.
    pub fn apply(&self, submission: &mut Submission) -> Result<bool> {
        let (mut faults, before) = (Faults::default(), (submission.mark, submission.note.clone()));
        submission.mark = self.mark.unwrap_or(submission.mark);
        if let Some(note) = &self.note {
            let checked = text::optional(note, long);
            submission.note = faults.keep(checked).flatten().filter(|note| !note.is_empty());
        }
        faults.into_result()?;
        Ok(before != (submission.mark, submission.note.clone()))
    }
}

fn long(note: &str) -> std::result::Result<String, crate::domain::error::Fault> {
    text::block("note", note, NOTE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_its_network_is_kept() {
        for (address, kept) in [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2:3::4", "2001:db8:1::"), ("::ffff:192.0.2.77", "192.0.2.0")] {
            assert_eq!(truncated(address.parse().expect("an address")), kept);
        }
    }
}
