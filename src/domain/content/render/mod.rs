//! Content as HTML: blocks in, HTML out, without IO. Where links and files lead is asked of a [`links::Links`].
//!
//! The HTML has no inline style and no script. Every block stands in an element with `data-block` (its type) and `data-id`; classes are
//! those of `content.css`. What is written is escaped where it is written ([`page::Page`]), Markdown is rendered without raw HTML
//! ([`markdown`]), and the HTML of the `html` block is cleaned ([`clean`]).

pub mod answers;
pub mod clean;
pub mod data;
pub mod document;
pub mod html;
pub mod links;
pub mod markdown;
mod measure;
#[cfg(test)]
mod output_tests;
pub mod page;
pub mod tree;
