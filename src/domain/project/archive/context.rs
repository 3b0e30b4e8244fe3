//! What all of an archive goes by.

use uuid::Uuid;

use crate::domain::{
    content::{Context, Kinds, Locales},
    id::{Entropy, OrgId, ProjectId, ProjectPath},
    project::project::Project,
    time::Instant,
};

/// Nobody's ids: what is checked before it is stored gets its own then.
pub(super) const NOWHERE: ProjectPath = (OrgId::from_uuid(Uuid::nil()), ProjectId::from_uuid(Uuid::nil()));

/// The begin of a hash.
pub(super) type Short = [u8; 16];

/// A hash of an address or a name, with what it belongs to.
pub(super) fn short(of: Uuid, address: &str) -> Short {
    let hash = blake3::Hasher::new().update(of.as_bytes()).update(address.as_bytes()).finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&hash.as_bytes()[..16]);
    short
}

/// What the check of an entry of the project needs.
pub(super) fn context<'p>(project: &'p Project, kinds: Kinds, entropy: &'p dyn Entropy, now: Instant) -> Context<'p> {
    let locales = Locales { default: &project.default_locale, enabled: &project.locales };
    Context { now, entropy, locales, locale: None, kinds, unknown_blocks: project.unknown_blocks, complete: true }
}
