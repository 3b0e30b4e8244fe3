//! The inputs of an open block or section. They are drawn by code of their own: each is of many kinds and stands at many places, and a page
//! that had them as parts of itself would be as large many times over.

use askama::Template;

use crate::http::console::{
    base::{chrome::Chrome, form::Form},
    content::inputs::Input,
};

use super::{fields::Piece, page::Editor};

/// Inputs, one below the other.
#[derive(Template)]
#[template(path = "content/editor/pieces.html")]
pub struct Pieces<'p> {
    c: &'p Chrome,
    e: &'p Editor,
    form: &'p Form,
    all: &'p [Piece],
    locale: &'p str,
}

impl askama::filters::HtmlSafe for Pieces<'_> {}

/// One of them that is no choice.
#[derive(Template)]
#[template(path = "content/editor/text.html")]
pub struct Text<'p> {
    c: &'p Chrome,
    e: &'p Editor,
    form: &'p Form,
    one: &'p Input,
    tag: &'p str,
}

impl askama::filters::HtmlSafe for Text<'_> {}

impl Editor {
    /// The inputs of what is open, with what the form has for them, in this language.
    pub const fn pieces<'p>(&'p self, c: &'p Chrome, form: &'p Form, all: &'p [Piece], locale: &'p str) -> Pieces<'p> {
        Pieces { c, e: self, form, all, locale }
    }

    /// An input with what the form has for it; a text of a language says which one that is.
    pub const fn text<'p>(&'p self, c: &'p Chrome, form: &'p Form, one: &'p Input, tag: &'p str) -> Text<'p> {
        Text { c, e: self, form, one, tag }
    }
}
