//! How a visitor meets a form: on a page of its own, in a frame on another site, or drawn into a page of another site by our script.

use crate::domain::{content::render::links::Loads, id::EntryId};

/// One of the ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Presentation {
    /// A page of its own, `/f/{id}`.
    Page,
    /// The same in a frame that has its height, `?frame`.
    Frame,
    /// Drawn into another page, `?part`; with where this server is reached from there.
    Part(String),
}

impl Presentation {
    /// What a query asks for.
    pub(super) fn of(query: &[(String, String)], base: &str) -> Self {
        let asks = |name: &str| query.iter().any(|(key, _)| key == name);
        match (asks("part"), asks("frame")) {
            (true, _) => Self::Part(base.to_owned()),
            (_, true) => Self::Frame,
            _ => Self::Page,
        }
    }

    /// Where a form is met, and sent to, in this way.
    pub(super) fn address(&self, form: EntryId) -> String {
        match self {
            Self::Page => format!("/f/{form}"),
            Self::Frame => format!("/f/{form}?frame"),
            Self::Part(base) => format!("{base}/f/{form}"),
        }
    }

    /// Where it is thanked for.
    pub(super) fn thanks(&self, form: EntryId, language: &str) -> String {
        format!("/f/{form}?sent&locale={language}{}", if *self == Self::Frame { "&frame" } else { "" })
    }

    /// What it may load by itself.
    pub(super) fn loads(&self) -> Loads<'_> {
        if let Self::Part(base) = self { Loads::All(base) } else { Loads::OwnAlone(None) }
    }
}
