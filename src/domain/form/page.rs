//! A form as a page that visitors fill in: what it asks within the form that is sent, and above it what is wrong.

use std::collections::HashMap;

use crate::domain::content::render::{answers::Answers, html::escape};

use super::{
    definition::Definition,
    public::puzzle::{BrowserWork, COST, Puzzle},
    rule::Wrong,
    sent::Sent,
};

/// What begins the names of fields that are ours. No field of a form begins so.
pub const OWN: &str = "stele.";
/// The token of the page.
pub const TOKEN: &str = "stele.token";
/// The language of the page.
pub const LOCALE: &str = "stele.locale";
/// Whether the page is sent once more because somebody was asked to.
pub const AGAIN: &str = "stele.again";
/// The number of the page, of a form that has several.
pub const STEP: &str = "stele.page";
/// Where a button leads that does not send the form: [`NEXT`] or [`BACK`].
pub const GO: &str = "stele.go";
/// To the page behind this one.
pub const NEXT: &str = "next";
/// To the page before this one.
pub const BACK: &str = "back";
/// What a browser has found by its work.
pub const SOLUTION: &str = "stele.captcha";
/// The field that nobody sees.
pub const TRAP: &str = "stele.website";

/// What was filled in so far, and what is said of it.
#[derive(Debug, Default)]
pub struct Filled {
    names: HashMap<String, String>,
    values: HashMap<String, Vec<String>>,
    faults: HashMap<String, String>,
    again: HashMap<String, String>,
    optional: String,
    within: String,
}

impl Filled {
    /// Nothing yet; `optional` stands behind the labels of what may be left out.
    pub fn empty(definition: &Definition, optional: &str) -> Self {
        let names = definition.fields.iter().map(|field| (field.id.clone(), field.name.clone())).collect();
        Self { names, optional: optional.to_owned(), ..Self::default() }
    }

    /// The same within another page, in which all its ids begin with this.
    #[must_use]
    pub fn within(self, prefix: &str) -> Self {
        Self { within: prefix.to_owned(), ..self }
    }

    /// What was sent, with a sentence for each wrong answer.
    #[must_use]
    pub fn with(mut self, sent: &Sent, wrong: &[(Wrong, String)]) -> Self {
        // What was not sent was not there, and is drawn as if nobody had answered yet.
        let given = self.names.iter().map(|(id, name)| (id, sent.all(name))).filter(|(_, values)| !values.is_empty());
        self.values = given.map(|(id, values)| (id.clone(), values.to_vec())).collect();
        self.faults = wrong.iter().map(|(wrong, said)| (wrong.block.clone(), said.clone())).collect();
        self
    }

    /// What is said of the files that are to be chosen again: a page cannot keep them.
    #[must_use]
    pub fn choosing(mut self, definition: &Definition, sent: &Sent, say: impl Fn(&str) -> String) -> Self {
        for field in definition.fields.iter().filter(|field| field.is_file()) {
            let names: Vec<_> = sent.files(&field.name).iter().map(|file| file.filename.as_str()).collect();
            if !names.is_empty() {
                self.again.insert(field.id.clone(), say(&names.join(", ")));
            }
        }
        self
    }
}

impl Answers for Filled {
    fn name(&self, id: &str) -> Option<String> {
        self.names.get(id).cloned()
    }

    fn values(&self, id: &str) -> Option<&[String]> {
        self.values.get(id).map(Vec::as_slice)
    }

    fn fault(&self, id: &str) -> Option<&str> {
        self.faults.get(id).map(String::as_str)
    }

    fn again(&self, id: &str) -> Option<&str> {
        self.again.get(id).map(String::as_str)
    }

    fn optional(&self) -> &str {
        &self.optional
    }

    fn within(&self) -> &str {
        &self.within
    }
}

/// Which of several pages it is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// Its number, from 1.
    pub at: usize,
    /// How many there are.
    pub of: usize,
    /// Whether somebody came here from another one: then it has the focus.
    pub page_changed: bool,
    /// Both, in words.
    pub said: &'a str,
    /// The words of the button that leads on, and of the one that leads back.
    pub buttons: (&'a str, &'a str),
    /// What was answered on the others.
    pub carried: &'a [(String, String)],
}

/// The work that is asked of the browser.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// What is asked.
    pub asked: &'a BrowserWork,
    /// What is said while it goes on, and where nothing does it.
    pub words: (&'a str, &'a str),
}

/// What stands around the fields.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Where it is sent to.
    pub action: &'a str,
    /// The token of the page; none on a page that others are shown, too.
    pub token: Option<&'a str>,
    /// The language.
    pub locale: &'a str,
    /// Whether it is sent once more because somebody was asked to.
    pub again: bool,
    /// Whether files are sent with it.
    pub has_files: bool,
    /// The words of the button.
    pub button: &'a str,
    /// The words of the field that nobody sees, for who finds it all the same.
    pub trap: &'a str,
    /// What is said above it; empty for nothing.
    pub notice: &'a str,
    /// The wrong answers: the id of the block, and what is said of it.
    pub wrong: &'a [(Wrong, String)],
    /// Which page it is, if there are several.
    pub progress: Option<Progress<'a>>,
    /// What is asked of the browser, if something is.
    pub work: Option<Work<'a>>,
}

impl Frame<'_> {
    /// The form around its fields. What is wrong is told first, in a list that leads to the fields and has the focus: so it is read out once.
    pub fn around(&self, fields: &str) -> String {
        let mut html = String::with_capacity(fields.len() + 2_048);
        if !self.notice.is_empty() {
            open(&mut html);
            html.push_str("<div class=\"form-summary\" id=\"form-summary\" tabindex=\"-1\" autofocus>\n<p>");
            escape(&mut html, self.notice);
            html.push_str("</p>\n");
            if !self.wrong.is_empty() {
                html.push_str("<ul>\n");
                self.wrong.iter().for_each(|(wrong, said)| lead(&mut html, wrong, said));
                html.push_str("</ul>\n");
            }
            html.push_str("</div>");
            close(&mut html);
        }
        if let Some(progress) = &self.progress {
            open(&mut html);
            html.push_str("<p class=\"form-progress\" tabindex=\"-1\"");
            html.push_str(if progress.page_changed && self.notice.is_empty() { " autofocus>" } else { ">" });
            escape(&mut html, progress.said);
            html.push_str("</p>");
            close(&mut html);
        }
        html.push_str("<form method=\"post\" accept-charset=\"utf-8\" novalidate");
        if self.has_files {
            html.push_str(" enctype=\"multipart/form-data\"");
        }
        html.push_str(" action=\"");
        escape(&mut html, self.action);
        html.push_str("\">\n");
        self.token.iter().for_each(|token| hidden(&mut html, TOKEN, token));
        hidden(&mut html, LOCALE, self.locale);
        if self.again {
            hidden(&mut html, AGAIN, "1");
        }
        if let Some(progress) = &self.progress {
            hidden(&mut html, STEP, &progress.at.to_string());
            progress.carried.iter().for_each(|(name, value)| hidden(&mut html, name, value));
        }
        html.push_str("<div class=\"form-trap\" aria-hidden=\"true\"><label>");
        escape(&mut html, self.trap);
        html.push_str(" <input name=\"");
        html.push_str(TRAP);
        html.push_str("\" tabindex=\"-1\" autocomplete=\"off\"></label></div>\n");
        html.push_str(fields);
        open(&mut html);
        self.work.iter().for_each(|work| work.write_input(&mut html));
        self.buttons(&mut html);
        close(&mut html);
        html.push_str("</form>\n");
        html
    }

    /// The one that leads on or sends stands first, which is where Enter leads.
    fn buttons(&self, html: &mut String) {
        html.push_str("<p class=\"form-buttons\">");
        match self.progress.filter(|progress| progress.at < progress.of) {
            Some(progress) => button(html, "primary", NEXT, progress.buttons.0),
            None => button(html, "primary", "", self.button),
        }
        if let Some(progress) = self.progress.filter(|progress| progress.at > 1) {
            html.push(' ');
            button(html, "secondary", BACK, progress.buttons.1);
        }
        html.push_str("</p>");
    }
}

impl Work<'_> {
    /// The input of what is found; a script fills it in, and says so meanwhile.
    fn write_input(&self, html: &mut String) {
        let (working, needs) = self.words;
        let Puzzle { salt, prefix, seal } = match self.asked {
            BrowserWork::Asked(puzzle) => puzzle,
            BrowserWork::Done(found) => return hidden(html, SOLUTION, found),
        };
        let told = format!("data-cost=\"{COST}\" data-salt=\"{salt}\" data-prefix=\"{prefix}\" data-seal=\"{seal}\"");
        html.extend(["<input type=\"hidden\" name=\"", SOLUTION, "\" value=\"\" ", &told, ">"]);
        html.push_str("<p class=\"form-work\" role=\"status\" data-said=\"");
        escape(html, working);
        html.push_str("\" data-needs=\"");
        escape(html, needs);
        html.push_str("\"></p><noscript><p>");
        escape(html, needs);
        html.push_str("</p></noscript>");
    }
}

/// A button that leads somewhere, or sends.
fn button(html: &mut String, variant: &str, to: &str, words: &str) {
    html.push_str("<button class=\"button button-");
    html.push_str(variant);
    html.push_str("\" type=\"submit\"");
    if !to.is_empty() {
        html.extend([" name=\"", GO, "\" value=\"", to, "\""]);
    }
    html.push('>');
    escape(html, words);
    html.push_str("</button>");
}

/// A sentence on its own.
pub fn paragraph(class: &str, text: &str) -> String {
    let mut html = format!("<p class=\"{class}\">");
    escape(&mut html, text);
    html.push_str("</p>");
    html
}

/// A line of the list of what is wrong, which leads to its field.
fn lead(html: &mut String, wrong: &Wrong, said: &str) {
    html.push_str("<li>");
    if wrong.block.is_empty() {
        escape(html, said);
    } else {
        html.push_str("<a href=\"#");
        escape(html, &wrong.block);
        html.push_str("-input\">");
        escape(html, said);
        html.push_str("</a>");
    }
    html.push_str("</li>\n");
}

/// A section of one column, so that what is in it stands where the fields do.
fn open(html: &mut String) {
    html.push_str("<div class=\"section\"><div class=\"columns columns-1\"><div class=\"column\">\n");
}

fn close(html: &mut String) {
    html.push_str("\n</div></div></div>\n");
}

fn hidden(html: &mut String, name: &str, value: &str) {
    html.push_str("<input type=\"hidden\" name=\"");
    escape(html, name);
    html.push_str("\" value=\"");
    escape(html, value);
    html.push_str("\">\n");
}
