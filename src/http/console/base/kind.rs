//! What pages say of the kinds of content: which an app has, and their words, whose keys begin with the kind's own.

use crate::{
    domain::content::{Kind, Purpose, documents_of, held_by, singles_of},
    service::i18n::Phrase,
};

use super::{chrome::Chrome, link::AppLink};

/// What there are words for, of each kind; the key is that of the kind with one of these behind it: `website-page-new`.
pub const WORDS: [&str; 10] = ["many", "one", "new", "lead", "all", "write", "first", "drafts", "lacking", "published"];

impl Chrome {
    /// The kinds that an app has, by what they are to it: the heading of each group, which one of a single kind goes without.
    pub fn kinds_of(&self, app: &AppLink) -> Vec<(Option<&'static str>, Vec<&'static Kind>)> {
        let groups = [(Purpose::Document, None), (Purpose::Part, Some("nav-parts"))];
        let group = |(purpose, words): (Purpose, Option<&'static str>)| {
            let kinds: Vec<_> = held_by(self.kinds, app.app_type).filter(|kind| kind.purpose == purpose).collect();
            (words.filter(|_| kinds.len() > 1), kinds)
        };
        groups.into_iter().map(group).filter(|(_, kinds)| !kinds.is_empty()).collect()
    }

    /// The kinds of which an app has exactly one.
    pub fn singles_of(&self, app: &AppLink) -> Vec<&'static Kind> {
        singles_of(self.kinds, app.app_type).collect()
    }

    /// Where all of those are.
    pub fn singles_at(&self, app: &AppLink) -> String {
        format!("{}/special", self.app_base(app))
    }

    /// Whether this page is about what an app has one of.
    pub fn is_single(&self, app: &AppLink) -> bool {
        let here = self.app_base(app);
        self.is_at(self.singles_at(app)) || self.singles_of(app).iter().any(|kind| self.is_in(&here, kind.segment))
    }

    /// The kinds of an app that readers come for.
    pub fn documents_of(&self, app: &AppLink) -> impl Iterator<Item = &'static Kind> {
        documents_of(self.kinds, app.app_type)
    }

    /// Whether an app has content that is shown here; some types have none yet.
    pub fn has_content(&self, app: &AppLink) -> bool {
        held_by(self.kinds, app.app_type).next().is_some()
    }

    /// Words of a kind.
    pub fn of_kind(&self, kind: &Kind, what: &str) -> Phrase {
        self.t(&format!("{}-{what}", kind.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::content::KINDS,
        service::i18n::{Lang, tests::sources},
    };

    /// Only what is a document is drafted and counted, and only what can be made has a list.
    fn is_needed(kind: &Kind, what: &str) -> bool {
        match what {
            "write" | "first" | "drafts" | "lacking" | "published" => kind.purpose == Purpose::Document,
            "new" | "all" => kind.operations.create.is_some(),
            _ => true,
        }
    }

    #[test]
    fn every_kind_has_all_its_words_in_each_language() {
        for (lang, kind) in Lang::ALL.into_iter().flat_map(|lang| KINDS.iter().map(move |kind| (lang, kind))) {
            for what in WORDS.into_iter().filter(|what| is_needed(kind, what)) {
                assert!(lang.has(&format!("{}-{what}", kind.key())), "{}: there is no {}-{what}", lang.tag(), kind.key());
            }
        }
    }

    #[test]
    fn every_kind_has_an_icon_of_its_own() {
        let icons = include_str!("../../../../static/icons.svg");
        for (at, kind) in KINDS.iter().enumerate() {
            assert!(icons.contains(&format!("<symbol id=\"{}\"", kind.icon)), "there is no icon {}", kind.icon);
            assert!(KINDS[..at].iter().all(|other| other.icon != kind.icon), "{} is the icon of two kinds", kind.icon);
        }
    }

    #[test]
    fn what_is_asked_of_a_kind_is_there_and_nothing_else() {
        let all = sources();
        let asked = |text: &'static str| all.iter().filter(move |(_, source)| source.contains(text)).count();
        for what in WORDS {
            assert!(all.iter().any(|(_, text)| text.contains(&format!("kind, \"{what}\")"))), "nobody asks for {what}");
        }
        assert!(asked("of_kind(") > 4);
        for (file, text) in all.iter().filter(|(file, _)| !file.ends_with("base/kind.rs")) {
            for rest in text.split("of_kind(").skip(1) {
                let what = rest.split(')').next().and_then(|call| call.split('"').nth(1)).unwrap_or_default();
                assert!(WORDS.contains(&what), "{file}: {what} is no word of a kind");
            }
        }
    }
}
