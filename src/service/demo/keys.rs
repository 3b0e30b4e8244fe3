//! Keys in every state for the demo: in use, ending soon, expired, revoked.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Access, Actor},
        id::{KeyId, OrgId, UserId},
        key::key::{Draft, Revoke},
        time::DAY,
    },
    service::key::key::{self, KeyScope},
    store::{self, Tx},
};

/// Makes the keys of the service accounts, and tells those that work, the busiest first.
pub fn seed(tx: &mut Tx<'_>, by: &Arc<Actor>, org: OrgId, machines: &[UserId]) -> Result<Vec<KeyId>> {
    let make = |tx: &mut Tx<'_>, owner: usize, name: &str, access: Access, days: u32| {
        let draft = Draft { name: name.into(), access: Some(access), expires_in_days: Some(days), ..Draft::default() };
        key::create(tx, by, (org, machines[owner]), &draft, true).map(|issued| issued.key.id)
    };
    let build = make(tx, 2, "Production build", Access::Read, 90)?;
    let drafts = make(tx, 1, "Drafts for review", Access::Write, 30)?;
    let feed = make(tx, 3, "Partner feed", Access::Read, 90)?;
    let export = make(tx, 2, "Issue export", Access::Read, 7)?;
    let (lost, summer) = (make(tx, 1, "Lost laptop", Access::Write, 30)?, make(tx, 1, "Summer import", Access::Write, 30)?);
    let (now, from) = (tx.now(), "203.0.113.7");
    for (key, minutes) in [(build, 2), (drafts, 14), (export, 360)] {
        store::key::key::unguarded_note_use(tx, key, now - DAY / (24 * 60) * minutes, from)?;
    }
    store::key::key::unguarded_set_expiry(tx, export, now + DAY * 3)?;
    store::key::key::unguarded_set_expiry(tx, summer, now - DAY)?;
    key::revoke(tx, by, KeyScope::Org(org), lost, &Revoke { reason: Some("The laptop was lost".into()) })?;
    Ok(vec![build, drafts, export, feed])
}
