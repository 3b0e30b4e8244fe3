//! People, their sessions, and the mail and notifications that they get.

pub mod delivery;
pub mod notification;
pub mod session;
pub mod user;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("account/delivery", delivery::STATEMENTS, &[]),
    Registered::new("account/notification", notification::STATEMENTS, notification::LISTS),
    Registered::new("account/session", session::STATEMENTS, &[]),
    Registered::new("account/user", user::STATEMENTS, user::LISTS),
];
