//! Forms in the console: the page of a form is the editor of its content, with what a form has besides.

mod answers;
pub(super) mod asked;
pub(in crate::http::console) mod attachment;
pub(super) mod embed;
pub(in crate::http::console) mod export;
pub(in crate::http::console) mod figures;
pub(in crate::http::console) mod inbox;
pub(super) mod lines;
pub(super) mod page;
pub(super) mod row;
pub(in crate::http::console) mod sender;
pub(in crate::http::console) mod switch;
