//! The settings of a form, as they are used; what is not set is as usual.

use serde::Deserialize;
use serde_json::Value;

use crate::domain::{
    Error, Result,
    content::{Entry, Locales},
    error::Fault,
};

use super::definition::told;

/// What is kept of the address of who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoredAddress {
    /// Its network.
    #[default]
    Truncated,
    /// Nothing.
    None,
    /// All of it.
    Full,
}

/// How often one may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// As often as one likes.
    #[default]
    None,
    /// Once for each e-mail address.
    OncePerUser,
}

/// The settings.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    submit_button_text: Option<Value>,
    success_message: Option<Value>,
    /// Where it leads after sending, as a link.
    pub gc_url_redirect: Option<String>,
    /// Whether nothing but the thanks are shown after sending.
    pub hide_form_on_complete: bool,
    /// How often one may send.
    pub submission_limit: Limit,
    /// Tags of what is sent.
    pub tags: Vec<String>,
    /// Source of what is sent.
    pub source: Option<String>,
    /// The sites that may send and frame it; all for none.
    pub allowed_origins: Vec<String>,
    /// What is kept of the address of who sends.
    pub stored_address: StoredAddress,
    /// For how many days what is sent is kept; none for ever.
    pub keep_days: Option<u32>,
}

impl Settings {
    /// Those of a form.
    ///
    /// # Errors
    /// [`Error::Internal`] when what is stored is not of its form.
    pub fn of(form: &Entry) -> Result<Self> {
        #[derive(Deserialize)]
        struct Fields {
            #[serde(default)]
            settings: Settings,
        }
        let fields: Fields = serde_json::from_str(&form.fields).map_err(|error| Error::Internal(format!("settings of a form: {error}")))?;
        Ok(fields.settings)
    }

    /// Whether a form may have the settings that it has: whoever may send it once is known by a required field for an e-mail address.
    ///
    /// # Errors
    /// The fault of a limit that nobody could keep; [`Error::Internal`] when what is stored is not of its form.
    pub fn check(form: &Entry) -> Result<()> {
        if !form.kind.is_form() || Self::of(form)?.submission_limit == Limit::None {
            return Ok(());
        }
        let asks = told(&form.content)?.iter().any(|field| field["type"] == "email" && field["required"] == true);
        let rule = "settings.submissionLimit needs a required field for an e-mail address.";
        if asks { Ok(()) } else { Err(Fault::new("settings.submissionLimit", "needs_email", rule).into()) }
    }

    /// The words of the button, in a language; empty for the usual ones.
    pub fn button<'s>(&'s self, locale: &str, locales: &Locales<'_>) -> &'s str {
        in_language(self.submit_button_text.as_ref(), locale, locales)
    }

    /// What is said after sending, in a language; empty for the usual words.
    pub fn thanks<'s>(&'s self, locale: &str, locales: &Locales<'_>) -> &'s str {
        in_language(self.success_message.as_ref(), locale, locales)
    }

    /// Whether a site may send what was filled in there, and show the form in a frame.
    pub fn allows(&self, origin: &str) -> bool {
        self.allowed_origins.is_empty() || self.allowed_origins.iter().any(|allowed| allowed == origin)
    }
}

fn in_language<'s>(value: Option<&'s Value>, locale: &str, locales: &Locales<'_>) -> &'s str {
    value.and_then(|value| locales.text(value, locale)).unwrap_or_default()
}
