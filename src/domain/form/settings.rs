//! The settings of a form, as they are used; what is not set is as usual.

use serde::Deserialize;
use serde_json::Value;

use crate::domain::{
    Error, Result,
    content::{Entry, Locales},
    error::Faults,
};

use super::definition::field_list;

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
    confirmation_message: Option<Value>,
    /// Whether visitors are told by e-mail that it has arrived.
    pub confirmation_enabled: bool,
    /// Where it leads after sending, as a link.
    pub gc_url_redirect: Option<String>,
    /// Whether nothing but the thanks are shown after sending.
    pub hide_form_on_complete: bool,
    /// Whether a dialog closes in which it was sent.
    pub close_dialog_on_complete: bool,
    /// Whether browsers do some work before they send it.
    pub captcha_enabled: bool,
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
        Self::read(&form.fields)
    }

    /// Those among the stored fields of a form.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn read(fields: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Fields {
            #[serde(default)]
            settings: Settings,
        }
        let fields: Fields = serde_json::from_str(fields).map_err(|error| Error::Internal(format!("settings of a form: {error}")))?;
        Ok(fields.settings)
    }

    /// Whether a form may have the settings that it has: whoever may send it once, and who is told that it has arrived, is known by a required
    /// field for an e-mail address. What it lacked as it was `before` is no fault, so that it can still be changed.
    ///
    /// # Errors
    /// The faults of settings that could not be kept; [`Error::Internal`] when what is stored is not of its form.
    pub fn check(before: Option<&Entry>, form: &Entry) -> Result<()> {
        if !form.kind.is_form() {
            return Ok(());
        }
        let lacks = Self::without_email(form)?;
        let known = if lacks.is_empty() { Vec::new() } else { before.map(Self::without_email).transpose()?.unwrap_or_default() };
        let mut faults = Faults::default();
        for name in lacks.into_iter().filter(|name| !known.contains(name)) {
            faults.add(name, "needs_email", format!("{name} needs a required field for an e-mail address."));
        }
        faults.into_result()
    }

    /// The settings of a form that need an e-mail address, where it asks for none.
    fn without_email(form: &Entry) -> Result<Vec<&'static str>> {
        let own = Self::of(form)?;
        let needs =
            [("settings.submissionLimit", own.submission_limit != Limit::None), ("settings.confirmationEnabled", own.confirmation_enabled)];
        let needs: Vec<_> = needs.into_iter().filter(|(_, needs)| *needs).map(|(name, _)| name).collect();
        let has_email = |content: &str| -> Result<bool> {
            Ok(field_list(content)?.iter().any(|field| field["type"] == "email" && field["required"] == true))
        };
        if needs.is_empty() || has_email(&form.content)? { Ok(Vec::new()) } else { Ok(needs) }
    }

    /// The words of the button, in a language; empty for the usual ones.
    pub fn button<'s>(&'s self, locale: &str, locales: &Locales<'_>) -> &'s str {
        in_language(self.submit_button_text.as_ref(), locale, locales)
    }

    /// What is said after sending, in a language; empty for the usual words.
    pub fn thanks<'s>(&'s self, locale: &str, locales: &Locales<'_>) -> &'s str {
        in_language(self.success_message.as_ref(), locale, locales)
    }

    /// What visitors are told by e-mail, in a language; empty for the usual words.
    pub fn confirmation<'s>(&'s self, locale: &str, locales: &Locales<'_>) -> &'s str {
        in_language(self.confirmation_message.as_ref(), locale, locales)
    }

    /// Whether a site may send what was filled in there, and show the form in a frame.
    pub fn allows(&self, origin: &str) -> bool {
        self.allowed_origins.is_empty() || self.allowed_origins.iter().any(|allowed| allowed == origin)
    }
}

fn in_language<'s>(value: Option<&'s Value>, locale: &str, locales: &Locales<'_>) -> &'s str {
    value.and_then(|value| locales.text(value, locale)).unwrap_or_default()
}
