//! The policies of an organization, and which of its keys they would not allow any more.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        id::OrgId,
        key::key::ApiKey,
        listing::Listing,
        org::organization::{Organization, Patch, Policy},
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        key::{
            key::KeysOf,
            key_list::{self, KeyFilter},
        },
        org::organization as organizations,
    },
};

use super::organization;

/// Most living keys that are looked at before a stricter policy is saved.
const LOOKED_AT: u32 = 20_000;

/// What became of policies that were sent.
#[derive(Debug)]
pub enum Decision {
    /// They were saved.
    Saved(Box<Organization>),
    /// They are stricter than living keys: these. Nothing was saved.
    Unconfirmed(Vec<ApiKey>),
}

/// Saves the policies; those that are stricter for living keys only when they are `confirmed`.
///
/// # Errors
/// Stale, when the organization was changed since `seen`.
pub fn decide(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, policy: Policy, confirmed: bool, seen: Instant) -> Result<Decision> {
    let at = authorize::org(tx, actor, org, Permission::OrganizationManage)?;
    if !confirmed {
        let (now, old) = (tx.now(), organizations::get(tx, &at)?.policy);
        let all = Listing { page_size: LOOKED_AT, ..Listing::default() };
        let living = key_list::list(tx, &KeysOf::Org(at), KeyFilter::Active, &all)?.items.into_iter();
        let touched: Vec<_> = living.filter(|key| key.is_beyond(&policy, now) && !key.is_beyond(&old, now)).collect();
        if !touched.is_empty() {
            return Ok(Decision::Unconfirmed(touched));
        }
    }
    let patch = Patch { policy: Some(policy), ..Patch::default() };
    organization::update(tx, actor, org, &patch, Some(seen)).map(|saved| Decision::Saved(Box::new(saved)))
}
