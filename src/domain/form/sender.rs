//! Somebody who has sent something, known by their e-mail address alone.

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::{Result, fold::fold, id::SubmissionId, text};

use super::submission::Submission;

/// Whose submissions are meant.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FormSender, example = json!({"email": "ann@example.org"}))]
pub struct Draft {
    /// The address that somebody has typed into a field of a form.
    #[schema(format = "email", max_length = 254)]
    pub email: String,
    /// What stands before this submission was looked at already: `next` of the answer before.
    #[serde(default)]
    pub after: Option<SubmissionId>,
}

impl Draft {
    /// The sender.
    ///
    /// # Errors
    /// The fault of what is no address.
    pub fn check(&self) -> Result<Sender> {
        Ok(Sender { folded: fold(&text::email("email", &self.email)?) })
    }
}

/// Somebody, by their folded address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    folded: String,
}

impl Sender {
    /// The address as it is compared.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether they have sent this: one of the answers is their address, and nothing else.
    pub fn has_sent(&self, one: &Submission) -> bool {
        one.data.values().any(|answer| match answer {
            Value::String(text) => fold(text.trim()) == self.folded,
            _ => false,
        })
    }
}
