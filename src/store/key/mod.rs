//! API keys, signing keys and revoked tokens.

/// The columns of a key as it is read, with the names that are joined to it.
macro_rules! columns {
    () => {
        "k.id, k.organization_id, k.owner_id, u.name, u.kind = 'service_account', k.name, k.display, k.access, k.projects, k.networks, k.requests_per_minute, k.reads_submissions, k.expires_at,
         k.revoked_at, k.grace_ends_at, k.revoked_by, k.revoke_reason, k.replaces, k.created_by, k.created_at, s.last_used_at, s.last_ip, c.name, r.name, o.display, n.display, n.id,
         n.revoked_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM api_keys y WHERE y.replaces = n.id)"
    };
}

/// What they are read from.
macro_rules! from {
    () => {
        "api_keys k JOIN users u ON u.id = k.owner_id LEFT JOIN key_uses s ON s.key_id = k.id
         LEFT JOIN users c ON c.id = k.created_by LEFT JOIN users r ON r.id = k.revoked_by
         LEFT JOIN api_keys o ON o.id = k.replaces LEFT JOIN api_keys n ON n.replaces = k.id"
    };
}

pub mod calls;
pub mod key;
pub mod key_list;
pub mod reminder;
pub mod retention;
pub mod token;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("key/calls", calls::STATEMENTS, &[]),
    Registered::new("key/key", key::STATEMENTS, &[]),
    Registered::new("key/key_list", key_list::STATEMENTS, key_list::LISTS),
    Registered::new("key/reminder", reminder::STATEMENTS, &[]),
    Registered::new("key/retention", retention::STATEMENTS, &[]),
    Registered::new("key/token", token::STATEMENTS, &[]),
];
