//! HTML that is being written: elements with their attributes and escaped text.

use std::{collections::HashMap, fmt::Write as _, ops::Range};

use uuid::Uuid;

use super::{
    answers::{Answers, Unanswered},
    clean,
    html::{Heading, escape},
    links::{self, Links, Picture, resolve},
    markdown,
};

/// No attributes.
pub const PLAIN: &[(&str, &str)] = &[];

/// Most bytes of a page: what is written, and the Markdown, HTML and sidebars that were read for it. What is beyond is left out.
pub const BYTES_MAX: usize = 8 << 20;

/// How wide images are shown: as wide as they turn out to be, and where a browser cannot wait for that, as the window (HTML, `sizes`).
const SIZES: &str = "auto, 100vw";

/// What is written so far.
pub struct Page<'a> {
    html: String,
    /// Bytes that were read for it.
    read: usize,
    is_full: bool,
    /// Where the sidebars stand that were written.
    sidebars: HashMap<Uuid, Range<usize>>,
    headings: Vec<Heading>,
    links: &'a dyn Links,
    answers: &'a dyn Answers,
    /// What begins the ids of the block that is being written.
    prefix: String,
}

impl<'a> Page<'a> {
    /// Nothing yet.
    pub fn new(links: &'a dyn Links) -> Self {
        Self {
            html: String::new(),
            read: 0,
            is_full: false,
            sidebars: HashMap::new(),
            headings: Vec::new(),
            links,
            answers: &Unanswered,
            prefix: String::new(),
        }
    }

    /// The same, of a form that somebody fills in.
    pub fn with_answers(self, answers: &'a dyn Answers) -> Self {
        Self { answers, ..self }
    }

    /// What was answered so far.
    pub fn answers(&self) -> &'a dyn Answers {
        self.answers
    }

    /// The id of the block that is being written.
    pub fn block(&self) -> &str {
        let prefix = self.prefix.strip_prefix(self.answers.within()).unwrap_or(&self.prefix);
        prefix.strip_suffix('-').unwrap_or_default()
    }

    /// What was written, and its headings.
    pub fn finish(self) -> (String, Vec<Heading>) {
        (self.html, self.headings)
    }

    /// Who finds what content refers to.
    pub fn links(&self) -> &'a dyn Links {
        self.links
    }

    /// Whether it is as long as a page may be. It stays so.
    pub fn is_full(&mut self) -> bool {
        self.is_full |= self.html.len() + self.read > BYTES_MAX;
        self.is_full
    }

    /// Writes a part if the page holds it, and says whether it does. Of one that it does not hold, nothing stays.
    pub fn fits(&mut self, part: impl FnOnce(&mut Self)) -> bool {
        let (before, told) = (self.html.len(), self.headings.len());
        if !self.is_full() {
            part(self);
        }
        if self.is_full() {
            self.html.truncate(before);
            self.headings.truncate(told);
        }
        !self.is_full
    }

    /// A sidebar. The second time it is copied from where it stands, and its headings are told no second time.
    pub fn sidebar(&mut self, id: Uuid, write: impl FnOnce(&mut Self)) {
        if let Some(there) = self.sidebars.get(&id) {
            self.html.extend_from_within(there.clone());
        } else {
            let begin = self.html.len();
            write(self);
            self.sidebars.insert(id, begin..self.html.len());
        }
    }

    /// Whether there is room for what is made of a source.
    pub fn reads(&mut self, source: &str) -> bool {
        self.read += source.len();
        !self.is_full()
    }

    /// What begins the ids of what follows, so that no two blocks have the same. What is no id begins none.
    pub fn set_prefix(&mut self, id: &str) {
        let good = id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        self.prefix = if good { format!("{}{id}-", self.answers.within()) } else { String::new() };
    }

    /// An element: its name, its attributes of which empty ones are left out, and what it holds.
    pub fn element<V: AsRef<str>>(&mut self, name: &str, attributes: &[(&str, V)], inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        inside(self);
        let _ = write!(self.html, "</{name}>");
    }

    /// An element that holds nothing.
    pub fn open<V: AsRef<str>>(&mut self, name: &str, attributes: &[(&str, V)]) {
        let _ = write!(self.html, "<{name}");
        for (name, value) in attributes.iter().map(|(name, value)| (name, value.as_ref())).filter(|(_, value)| !value.is_empty()) {
            let _ = write!(self.html, " {name}=\"");
            escape(&mut self.html, value);
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// An image, for which the browser keeps its place, and takes the smallest picture that is sharp there. It has an `alt` even if that is empty:
    /// then it only decorates.
    pub fn image(&mut self, picture: &Picture, alt: &str) {
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let (width, height) = picture.size.unzip();
        let widths: Vec<_> = picture.widths.iter().map(|(width, address)| format!("{address} {width}w")).collect();
        self.html.push_str("<img src=\"");
        escape(&mut self.html, &picture.address);
        self.html.push_str("\" alt=\"");
        escape(&mut self.html, alt);
        self.html.push('"');
        let sizes = if widths.is_empty() { "" } else { SIZES };
        let rest = [("width", number(width)), ("height", number(height)), ("srcset", widths.join(", ")), ("sizes", sizes.to_owned())];
        for (name, value) in rest.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(self.html, " {name}=\"");
            escape(&mut self.html, value);
            self.html.push('"');
        }
        self.html.push_str(" loading=\"lazy\">");
    }

    /// The picture that a link leads to.
    pub fn picture(&self, to: &str) -> Option<Picture> {
        links::picture(self.links, to)
    }

    /// One of the options of a list, its value even if that is empty.
    pub fn option(&mut self, value: &str, is_chosen: bool, text: &str) {
        self.html.push_str("<option value=\"");
        escape(&mut self.html, value);
        self.html.push_str(if is_chosen { "\" selected>" } else { "\">" });
        escape(&mut self.html, text);
        self.html.push_str("</option>");
    }

    /// Plain text.
    pub fn text(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// An element with nothing but a text; nothing, when that is empty.
    pub fn line(&mut self, name: &str, class: &str, text: &str) {
        if !text.is_empty() {
            self.element(name, &[("class", class)], |page| page.text(text));
        }
    }

    /// Markdown.
    pub fn markdown(&mut self, source: &str) {
        if self.reads(source) {
            markdown::render(source, &self.prefix, self.links, &mut self.html, &mut self.headings);
        }
    }

    /// A form of the project in the block that is being written; whether it is there.
    pub fn form(&mut self, id: &str) -> bool {
        let found = id.parse().ok().and_then(|id| self.links.form(id, &self.prefix));
        // It was written as the page is: what is in it is escaped.
        found.filter(|html| self.reads(html)).map(|html| self.html.push_str(&html)).is_some()
    }

    /// HTML by hand, cleaned.
    pub fn cleaned(&mut self, html: &str) {
        if self.reads(html) {
            clean::clean(html, self.links, &mut self.html);
        }
    }

    /// What it holds within a link; without one, when that leads nowhere.
    pub fn link(&mut self, to: &str, class: &str, inside: impl FnOnce(&mut Self)) {
        match resolve(self.links, to) {
            Some(href) => self.element("a", &[("class", class), ("href", &href)], inside),
            None => inside(self),
        }
    }

    /// Where a link leads.
    pub fn resolve(&self, to: &str) -> Option<String> {
        resolve(self.links, to)
    }

    /// A heading that the table of contents has.
    pub fn heading(&mut self, level: u8, anchor: &str, text: &str) {
        let id = if anchor.is_empty() { self.prefix.trim_end_matches('-').to_owned() } else { anchor.to_owned() };
        let name = format!("h{}", level.clamp(1, 6));
        self.element(&name, &[("id", &id)], |page| page.text(text));
        self.headings.push(Heading { level, id, text: text.to_owned() });
    }
}
