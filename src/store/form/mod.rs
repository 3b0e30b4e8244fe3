//! What is sent to forms.

pub mod attachment;
pub mod blocked;
pub mod figures;
pub mod mail;
pub mod path;
pub mod sender;
pub mod submission;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("form/attachment", attachment::STATEMENTS, &[]),
    Registered::new("form/blocked", blocked::STATEMENTS, &[]),
    Registered::new("form/mail", mail::STATEMENTS, mail::LISTS),
    Registered::new("form/figures", figures::STATEMENTS, &[]),
    Registered::new("form/path", path::STATEMENTS, &[]),
    Registered::new("form/sender", sender::STATEMENTS, &[]),
    Registered::new("form/submission", submission::STATEMENTS, submission::LISTS),
];
