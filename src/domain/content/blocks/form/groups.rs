//! The blocks that only a form holds, in the groups in which they are offered.

use crate::domain::content::Block;

use super::{checkbox, choice, file, hidden, line, moment, number, page_break, rating, textarea};

/// Each group under its word.
pub const GROUPS: &[(&str, &[&Block])] = &[
    ("text", &[&line::TEXT, &textarea::BLOCK, &line::EMAIL, &line::PHONE, &line::URL]),
    ("choice", &[&choice::SELECT, &choice::RADIO, &choice::CHECKBOXES, &checkbox::CHECKBOX, &rating::BLOCK]),
    ("number", &[&number::BLOCK, &moment::DATE, &moment::TIME]),
    ("more", &[&checkbox::CONSENT, &file::BLOCK, &hidden::BLOCK, &page_break::BLOCK]),
];
