//! What all pages of the console have in common.

mod errors;
mod frame;
mod help;
mod ids;
mod links;
mod pages;
mod reference;
mod search;
mod search_names;
mod security;
mod templates;
