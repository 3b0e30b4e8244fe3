//! Service accounts.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        account::{Draft, Patch, ServiceAccount},
        activity::Note,
        id::{OrgId, UserId},
        listing::{Listing, Page},
    },
    store::{Tx, account, key},
};

use super::enter;

/// One service account.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId) -> Result<ServiceAccount> {
    let at = enter::org(tx, actor, org, Permission::AccessRead)?;
    account::get(tx, &at, id)
}

/// The service accounts of the organization.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<ServiceAccount>> {
    let at = enter::org(tx, actor, org, Permission::AccessRead)?;
    account::list(tx, &at, listing)
}

/// Makes one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft) -> Result<ServiceAccount> {
    let at = enter::org(tx, actor, org, Permission::AccountManage)?;
    let id = account::insert(tx, &at, &draft.check()?)?;
    let made = account::get(tx, &at, id)?;
    tx.note(&at, Note::new("service-account.created", "serviceAccount").of(id, &made.name).with("role", made.role.word()))?;
    Ok(made)
}

/// Changes its name, role or description; disables it or enables it again.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId, patch: &Patch) -> Result<ServiceAccount> {
    let at = enter::org(tx, actor, org, Permission::AccountManage)?;
    let mut changed = account::get(tx, &at, id)?;
    patch.apply(&mut changed, tx.now())?;
    account::update(tx, &at, &changed)?;
    let note = Note::new("service-account.updated", "serviceAccount").of(id, &changed.name);
    tx.note(&at, note.with("role", changed.role.word()).with("disabled", changed.disabled_at.is_some()))?;
    account::get(tx, &at, id)
}

/// Deletes it; its keys and their tokens are dead at once.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId) -> Result<()> {
    let at = enter::org(tx, actor, org, Permission::AccountManage)?;
    let gone = account::get(tx, &at, id)?;
    key::revoke_of_owner(tx, &at, id, "The service account was deleted")?;
    account::delete(tx, &at, id)?;
    tx.note(&at, Note::new("service-account.deleted", "serviceAccount").of(id, &gone.name))
}
