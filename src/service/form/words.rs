//! What is said around the fields of a form, in the language of those who fill it in.

use crate::{
    domain::{
        content::Locales,
        form::{
            page::{Frame, Progress, paragraph},
            settings::Settings,
        },
    },
    service::i18n::Lang,
};

/// The words of a form that is drawn.
#[derive(Debug, Clone)]
pub struct Words {
    /// The language that is nearest to that of the form.
    pub lang: Lang,
    /// What stands behind the label of what may be left out.
    pub optional: String,
    locale: String,
    button: String,
    trap: String,
}

impl Words {
    /// Those of a form with these settings.
    pub fn of(settings: &Settings, locale: &str, locales: &Locales<'_>) -> Self {
        let lang = Lang::from_tag(locale).unwrap_or(Lang::En);
        let word = |key| lang.t(key).to_string();
        let own = settings.button(locale, locales);
        let button = if own.is_empty() { word("submit-send") } else { own.to_owned() };
        Self { lang, optional: word("submit-optional"), locale: locale.to_owned(), button, trap: word("submit-trap") }
    }

    /// What stands around the fields of a form that is sent to `action`, which nobody has filled in yet.
    pub fn frame<'a>(&'a self, action: &'a str, token: Option<&'a str>) -> Frame<'a> {
        Frame {
            action,
            token,
            locale: &self.locale,
            again: false,
            has_files: false,
            button: &self.button,
            trap: &self.trap,
            notice: "",
            wrong: &[],
            progress: None,
            work: None,
        }
    }

    /// The first of so many pages around its fields, as nobody has filled it in yet. It has no token: the page may be kept, and shown to many.
    pub fn blank(&self, action: &str, (of, has_files): (usize, bool), fields: &str) -> String {
        let [said, on, back] = self.progress(1, of);
        let progress = Progress { at: 1, of, page_changed: false, said: &said, buttons: (&on, &back), carried: &[] };
        let progress = Some(progress).filter(|progress| progress.of > 1);
        Frame { has_files, progress, ..self.frame(action, None) }.around(fields)
    }

    /// What is said of the work of a browser: while it goes on, and where nothing does it.
    pub fn work(&self) -> [String; 2] {
        ["submit-working", "submit-needs-script"].map(|key| self.lang.t(key).to_string())
    }

    /// The words of one of several pages: which it is, how to go on, how to go back.
    pub fn progress(&self, at: usize, of: usize) -> [String; 3] {
        let said = self.lang.t("submit-page").n("at", at).n("of", of).to_string();
        [said, self.lang.t("submit-next").to_string(), self.lang.t("submit-back").to_string()]
    }

    /// What stands in the place of a form that takes nothing.
    pub fn closed_text(&self) -> String {
        paragraph("form-closed", &self.lang.t("submit-closed").to_string())
    }
}
