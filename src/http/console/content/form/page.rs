//! The page of a form: its fields, what happens after sending, its protection, and what is known of it; beside them what visitors see.

use askama::Template;

use crate::{
    domain::content::{Entry, Kind, Share, blocks::form::IS},
    http::console::{
        base::{chrome::Chrome, form::Form, link::AppLink},
        content::{editor::page::Editor, inputs::Input, version::Newest},
    },
    service::form::submission::Counts,
};

use super::embed::Embed;

/// The settings of what happens after sending, and of who may send how often.
const SENDING: [&str; 7] = [
    "settings.submitButtonText",
    "settings.successMessage",
    "settings.gcUrlRedirect",
    "settings.hideFormOnComplete",
    "settings.closeDialogOnComplete",
    "settings.confirmationEnabled",
    "settings.confirmationMessage",
];
const PROTECTION: [&str; 5] =
    ["settings.captchaEnabled", "settings.submissionLimit", "settings.allowedOrigins", "settings.storedAddress", "settings.keepDays"];

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What is asked.
    Fields,
    /// What happens after sending.
    Sending,
    /// Who may send, how often, and what is kept of them.
    Protection,
    /// How it gets onto a page.
    Embed,
    /// What it is called, and its past.
    About,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Fields, Self::Sending, Self::Protection, Self::Embed, Self::About];

    const fn is_fields(self) -> bool {
        matches!(self, Self::Fields)
    }

    const fn is_protection(self) -> bool {
        matches!(self, Self::Protection)
    }

    const fn is_embed(self) -> bool {
        matches!(self, Self::Embed)
    }

    const fn is_about(self) -> bool {
        matches!(self, Self::About)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Sending => "sending",
            Self::Protection => "protection",
            Self::Embed => "embed",
            Self::About => "about",
        }
    }

    /// The part of this word; the first for any other.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.word() == word).unwrap_or(Self::Fields)
    }

    /// Where the input of a field of the form stands.
    fn with(name: &str) -> Self {
        if SENDING.contains(&name) {
            Self::Sending
        } else if PROTECTION.contains(&name) {
            Self::Protection
        } else {
            Self::About
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "content/form/edit.html")]
pub struct Builder {
    pub c: Chrome,
    pub app: AppLink,
    pub tab: Tab,
    pub form: Form,
    /// The texts that visitors are shown, where this language has none.
    pub fallback: Form,
    pub entry: Entry,
    /// Who changed it last.
    pub changed_by: String,
    /// What may be done with its content; none for whoever only reads.
    pub content: Option<Editor>,
    pub locale: String,
    pub shares: Vec<Share>,
    pub kind: &'static Kind,
    pub inputs: Vec<Input>,
    pub newest: Newest,
    /// Where it is used.
    pub uses: Vec<FormUse>,
    /// How it is reached, on that part of the page.
    pub embed: Option<Embed>,
    /// Whether the server is reached in a way in which browsers do no work for a form.
    pub is_open: bool,
    /// How many were sent; none for whoever may not read them.
    pub sent: Option<Counts>,
    pub back: String,
    pub at: String,
}

/// Where something is used.
pub struct FormUse {
    pub name: String,
    /// What stands there.
    pub what: String,
    pub icon: &'static str,
    pub to: String,
}

impl Builder {
    const fn tabs(&self) -> [Tab; 5] {
        Tab::ALL
    }

    /// Shown again with faults of settings, the page is the part in which the first of them stands.
    pub fn at_fault(mut self) -> Self {
        let named = self.form.faults().iter().find(|fault| self.inputs.iter().any(|input| fault.field.starts_with(&input.name)));
        self.tab = named.map_or(self.tab, |fault| Tab::with(&fault.field));
        self
    }

    /// The inputs of this part of the page.
    fn own_inputs(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| Tab::with(&input.name) == self.tab)
    }

    /// Whether it has texts of a language.
    fn speaks(&self) -> bool {
        self.shares.len() > 1 && matches!(self.tab, Tab::Fields | Tab::Sending)
    }
}
