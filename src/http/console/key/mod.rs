//! The pages of API keys: the lists, a new one, and what is done with one.

pub mod calls;
pub mod key;
pub mod key_list;
pub mod key_new;
pub mod key_page;
pub mod restriction;
pub mod restriction_fields;
pub mod scope;
pub mod snippets;
