//! What is sent to forms.

pub mod blocked;
pub mod place;
pub mod submission;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("form/blocked", blocked::STATEMENTS, &[]),
    Registered::new("form/place", place::STATEMENTS, &[]),
    Registered::new("form/submission", submission::STATEMENTS, submission::LISTS),
];
