//! The instance as its operators look after it: who and what is there. Names and numbers, never content.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        account::user::{self, User},
        listing::Listing,
        org::{
            activity::Activity,
            organization::{self, OrgCreation},
        },
        page::Page,
    },
    service::authorize,
    store::{Tx, account::user as users, instance, org::activity},
};

/// Most operators that are named to whoever needs one.
const NAMED: u32 = 5;

/// What links and tokens are sealed with that are not stored.
///
/// # Errors
/// Internal, where the instance has none.
pub fn sealing_secret(tx: &mut Tx<'_>) -> Result<Vec<u8>> {
    let found = instance::unguarded_get(tx)?.map(|found| found.secret).filter(|secret| !secret.is_empty());
    found.ok_or_else(|| Error::Internal("the instance has no secret".into()))
}

/// The people of the instance.
pub fn people(tx: &mut Tx<'_>, actor: &Arc<Actor>, listing: &Listing) -> Result<Page<user::Overview>> {
    let at = authorize::instance(tx, actor)?;
    instance::people(tx, &at, listing)
}

/// Its organizations.
pub fn organizations(tx: &mut Tx<'_>, actor: &Arc<Actor>, listing: &Listing) -> Result<Page<organization::Overview>> {
    let at = authorize::instance(tx, actor)?;
    instance::organizations(tx, &at, listing)
}

/// What was done to the instance itself, newest first, at most `most` lines.
pub fn activity(tx: &mut Tx<'_>, actor: &Arc<Actor>, most: u32) -> Result<Vec<Activity>> {
    let at = authorize::instance(tx, actor)?;
    activity::newest_of_instance(tx, &at, most)
}

/// Some of the operators, for whoever has to ask one.
pub fn operators(tx: &mut Tx<'_>) -> Result<Vec<User>> {
    users::unguarded_operators(tx, NAMED)
}

/// Whether somebody may make an organization. Only for what is shown; the gate asks again.
pub const fn may_found(user: &User, creation: OrgCreation) -> bool {
    user.is_operator || matches!(creation, OrgCreation::Anyone)
}
