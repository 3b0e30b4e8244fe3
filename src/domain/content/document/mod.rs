//! The content of an entry as a document: text that an agent, or a person, reads and writes without loss.
//!
//! ```text
//! id: 0190a1b2-... | website_page about | published | version 12 | en
//! ::section s1
//! ::heading 7f31c2d4 level=1
//! About us
//! ::faq e002aa10
//! - 88b1ff00 question: Free?
//!   answer: Yes
//! ```
//!
//! A block begins with `::`, its type and its id; what it holds beside text are attributes. The text that a block is for stands below as it is,
//! every other text behind its name; lines that go on with such a text are indented by two more blanks. Lines that begin with `%%` are for the
//! reader alone. Of content lines that would be taken for something else the first sign is escaped with `\`.
//!
//! Read back, a document says only what it says: a text that is as it was shown stays as it is stored, what is left out stays, and what has no id
//! is new ([`plan`]). A block of an unknown type is shown as `::locked` and is never changed.

mod attribute;
mod boundary;
#[cfg(test)]
mod document_tests;
mod edits;
mod ids;
mod items;
mod line;
mod parse;
mod plan;
mod shape;
mod show;

pub use boundary::{fence, unfenced};
pub use edits::{Operation, TextEdit, operation, replaced};
pub use ids::{Ids, MISSING};
pub use parse::parse;
pub use plan::{PlannedEdit, plan};
pub use shape::{Document, Head, body_of, labels_of};
pub use show::{Piece, ShownLocales, pieces};
