//! Blocks that lead on, arrange or hold something else.

pub mod button;
pub mod cards;
pub mod divider;
pub mod entries;
pub mod faq;
pub mod form;
pub mod layout_sidebar;
