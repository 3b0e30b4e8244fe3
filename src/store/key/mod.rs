//! API keys, signing keys and revoked tokens.

pub mod key;
pub mod reminder;
pub mod token;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("key/key", key::STATEMENTS, key::LISTS),
    Registered::new("key/reminder", reminder::STATEMENTS, &[]),
    Registered::new("key/token", token::STATEMENTS, &[]),
];
