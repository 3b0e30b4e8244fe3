//! API keys: issue, list, change, regenerate, revoke.
//!
//! Keys of service accounts are managed by admins with `full` access. Personal keys are made by their owner in the
//! console only: no key makes a personal key, whatever its access.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Access, Actor, Granted, InOrg, Permission},
        error::{Fault, Rule},
        id::{KeyId, OrgId, UserId},
        key::{
            ends::KeyStatus,
            key::{ApiKey, Checked, Draft, Issued, Patch, Regenerate, Revoke},
            restriction::Restrictions,
            secret::{KeyKind, PlainKey},
        },
        listing::Listing,
        org::activity::Note,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        key::{
            key::{self, KeysOf},
            key_list::{self, KeyFilter},
        },
        org::{organization, service_account},
        project::project,
        unguarded,
    },
};

use super::reminder;

/// Whose keys are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyScope {
    /// All of an organization.
    Org(OrgId),
    /// Those of one of its service accounts.
    Account(OrgId, UserId),
    /// The caller's own.
    Own,
}

/// The rights that an operation on keys asks for: on those of an organization, and on one's own.
pub(super) type Needed = [Permission; 2];

pub(super) const READ: Needed = [Permission::AccessRead, Permission::OrganizationSee];
const MANAGE: Needed = [Permission::KeyManage, Permission::KeyManage];
const REGENERATE: Needed = [Permission::KeyManage, Permission::OrganizationSee];

/// The grant for the keys of a scope.
pub(super) fn keys_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, [of_org, own]: Needed) -> Result<KeysOf> {
    match scope {
        KeyScope::Own => authorize::own(tx, actor, own).map(KeysOf::Own),
        KeyScope::Org(org) => authorize::org(tx, actor, org, of_org).map(KeysOf::Org),
        KeyScope::Account(org, account) => {
            let at = authorize::org(tx, actor, org, of_org)?;
            let owner = service_account::get(tx, &at, account)?.id;
            Ok(KeysOf::Owner(at, owner))
        }
    }
}

/// One key of the scope.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, id: KeyId) -> Result<ApiKey> {
    let of = keys_of(tx, actor, scope, READ)?;
    key::find(tx, &of, id)
}

/// The same to change it, and the grant in whose name that is done.
fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, id: KeyId, needed: Needed) -> Result<(Granted<InOrg>, ApiKey)> {
    let of = keys_of(tx, actor, scope, needed)?;
    let found = key::find(tx, &of, id)?;
    let at = match of {
        KeysOf::Org(at) | KeysOf::Owner(at, _) => at,
        KeysOf::Own(_) | KeysOf::Project(_) => authorize::org(tx, actor, found.org, Permission::OrganizationSee)?,
    };
    Ok((at, found))
}

/// The keys of the scope.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, shown: KeyFilter, listing: &Listing) -> Result<Page<ApiKey>> {
    let of = keys_of(tx, actor, scope, READ)?;
    key_list::list(tx, &of, shown, listing)
}

/// Issues a key for a service account.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, UserId), draft: &Draft, sandbox: bool) -> Result<Issued> {
    let (org, owner) = at;
    let at = authorize::org(tx, actor, org, Permission::KeyManage)?;
    service_account::get(tx, &at, owner)?;
    check_owner_sees_projects(tx, &at, owner, draft)?;
    let secret = PlainKey::new(KeyKind::Service, sandbox, tx.entropy());
    issue(tx, &at, owner, draft, secret)
}

/// Issues a personal key of the caller in one of their organizations.
pub fn create_personal(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft, sandbox: bool) -> Result<Issued> {
    no_key(actor)?;
    let at = authorize::org(tx, actor, org, Permission::OrganizationSee)?;
    personal_allowed(tx, &at)?;
    check_owner_sees_projects(tx, &at, actor.id, draft)?;
    let secret = PlainKey::new(KeyKind::Personal, sandbox, tx.entropy());
    issue(tx, &at, actor.id, draft, secret)
}

/// Whether the owner sees the projects that a new key is limited to: it would reach nothing there.
fn check_owner_sees_projects(tx: &mut Tx<'_>, at: &Granted<InOrg>, owner: UserId, draft: &Draft) -> Result<()> {
    let chosen = draft.projects.as_deref().unwrap_or_default();
    if !project::all_in_org(tx, at, chosen)? {
        return Err(unknown());
    }
    let mut blind = Vec::new();
    for id in chosen {
        if !unguarded::unguarded_sees_project(tx, owner, *id)? {
            blind.push(*id);
        }
    }
    if blind.is_empty() {
        return Ok(());
    }
    let mut names: Vec<_> = project::names(tx, at, blind.into_iter())?.into_values().collect();
    names.sort_unstable();
    let message = format!("The owner of the key may not see {}. Add them there first, or leave it out.", names.join(", "));
    Err(Fault::new("projects", "not_seen", message).into())
}

fn unknown() -> Error {
    Fault::new("projects", "unknown", "projects names a project that is not in this organization.").into()
}

/// Stores a key with a given secret: a new one, or the one that a sandbox was told to use.
pub fn issue(tx: &mut Tx<'_>, at: &Granted<InOrg>, owner: UserId, draft: &Draft, secret: PlainKey) -> Result<Issued> {
    let policy = organization::get(tx, at)?.policy;
    let checked = draft.check(&policy, tx.now())?;
    if !project::all_in_org(tx, at, checked.projects.as_deref().unwrap_or_default())? {
        return Err(unknown());
    }
    within_own(at.actor(), &checked.restrictions)?;
    let id = key::insert(tx, at, owner, &checked, &secret, None)?;
    let issued = key::get(tx, at, id)?;
    let note = audit_note("key.created", &issued).with("access", issued.access.word());
    tx.note(at, if issued.restrictions == Restrictions::default() { note } else { restricted(note, &issued.restrictions) })?;
    Ok(Issued { key: issued, secret })
}

/// Changes a key. What was changed since the caller has seen it is not overwritten unseen: `is_seen` says of the key as it is now
/// whether it is as the caller saw it.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    scope: KeyScope,
    id: KeyId,
    patch: &Patch,
    is_seen: impl FnOnce(&ApiKey) -> bool,
) -> Result<ApiKey> {
    let (at, found) = find(tx, actor, scope, id, MANAGE)?;
    if !is_seen(&found) {
        return Err(Error::Stale);
    }
    let (name, restrictions) = patch.apply(&found)?;
    if name != found.name {
        key::rename(tx, &found, &name)?;
        tx.note(&at, audit_note("key.renamed", &found).with("name", name))?;
    }
    if restrictions != found.restrictions {
        within_own(actor, &restrictions)?;
        key::restrict(tx, &found, &restrictions)?;
        tx.note(&at, restricted(audit_note("key.restricted", &found), &restrictions))?;
    }
    key::get(tx, &at, id)
}

/// A key gives no key more than it is restricted to itself, or it would be restricted to nothing.
fn within_own(actor: &Actor, restrictions: &Restrictions) -> Result<()> {
    match actor.key() {
        Some(key) if !restrictions.is_within(&key.restrictions) => Err(Rule::WiderThanOwn.into()),
        _ => Ok(()),
    }
}

fn restricted(note: Note, to: &Restrictions) -> Note {
    let networks = to.networks.is_some().then(|| to.networks_text());
    let note = note.with("networks", networks).with("requestsPerMinute", to.requests_per_minute);
    if to.submissions.is_some() { note.with("submissions", to.submissions) } else { note }
}

/// Replaces a key by a new one with the same owner, access, projects and restrictions. The old one dies now, or after the grace
/// period. Of several that try at once, exactly one gets a key. A personal key is replaced by its owner alone, in the console.
pub fn regenerate(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, id: KeyId, change: &Regenerate, sandbox: bool) -> Result<Issued> {
    let (mut at, old) = find(tx, actor, scope, id, REGENERATE)?;
    match scope {
        KeyScope::Own if old.of_service_account => at = authorize::org(tx, actor, old.org, Permission::KeyManage)?,
        KeyScope::Own => {
            no_key(actor)?;
            personal_allowed(tx, &at)?;
        }
        _ if !old.of_service_account => return Err(Rule::ByItsOwner.into()),
        _ => {}
    }
    replace(tx, &at, &old, change, sandbox)
}

fn replace(tx: &mut Tx<'_>, at: &Granted<InOrg>, old: &ApiKey, change: &Regenerate, sandbox: bool) -> Result<Issued> {
    let now = tx.now();
    // A key that was replaced but lives on for its grace period has an end already.
    if old.dead_from().is_some() {
        return Err(revoked_already());
    }
    let expires_at = change.expiry(old.expires_at, &organization::get(tx, at)?.policy, now)?;
    let kind = if old.of_service_account { KeyKind::Service } else { KeyKind::Personal };
    let secret = PlainKey::new(kind, sandbox, tx.entropy());
    let same = Checked {
        name: old.name.clone(),
        access: old.access,
        expires_at,
        projects: old.projects.clone(),
        restrictions: old.restrictions.clone(),
    };
    within_own(at.actor(), &same.restrictions)?;
    let ends = change.old_ends(old.expires_at, now);
    if ends > now {
        key::let_end(tx, old, ends, at.actor().user(), "Regenerated")?;
    } else {
        key::revoke(tx, old, at.actor().user(), Some("Regenerated".into()))?;
    }
    let id = key::insert(tx, at, old.owner_id, &same, &secret, Some(old.id))?;
    let issued = key::get(tx, at, id)?;
    tx.note(at, audit_note("key.regenerated", &issued).with("replaces", old.id.to_string()).with("oldKeyEnds", ends.to_string()))?;
    Ok(Issued { key: issued, secret })
}

/// Revokes a key, and with it every token that was issued from it. What is dead stays as it died, with its reason.
pub fn revoke(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, id: KeyId, change: &Revoke) -> Result<ApiKey> {
    let (at, found) = find(tx, actor, scope, id, MANAGE)?;
    end(tx, &at, &found, change).map(|(key, _)| key)
}

/// The same for somebody who was shown a living key: another reason would be dropped in silence. The key, and the one that it replaced
/// where that works on and has no successor now.
///
/// # Errors
/// A conflict, when it was revoked or replaced meanwhile.
pub fn revoke_living(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, id: KeyId, change: &Revoke) -> Result<(ApiKey, Option<ApiKey>)> {
    let (at, found) = find(tx, actor, scope, id, MANAGE)?;
    if found.status(tx.now()) == KeyStatus::Revoked {
        return Err(revoked_already());
    }
    end(tx, &at, &found, change)
}

fn end(tx: &mut Tx<'_>, at: &Granted<InOrg>, found: &ApiKey, change: &Revoke) -> Result<(ApiKey, Option<ApiKey>)> {
    let reason = change.check()?;
    let mut orphan = None;
    if key::revoke(tx, found, at.actor().user(), reason.clone())? {
        tx.note(at, audit_note("key.revoked", found).with("reason", reason))?;
        orphan = found.replaces.map(|id| key::get(tx, at, id)).transpose()?.filter(|old| old.is_orphaned(tx.now()));
        if let Some(old) = &orphan {
            let org = organization::get(tx, at)?;
            reminder::tell_orphaned(tx, &org, old)?;
        }
    }
    Ok((key::get(tx, at, found.id)?, orphan))
}

fn revoked_already() -> Error {
    Error::Conflict(Fault::new("keyId", "revoked", "This key was revoked or replaced already."))
}

fn audit_note(action: &'static str, key: &ApiKey) -> Note {
    Note::new(action, "apiKey").of(key.id, &key.name).with("owner", key.owner_name.as_str())
}

/// A key is made neither with a key nor with a token that may do less than the person whose session it is of: what is made may do more.
fn no_key(actor: &Actor) -> Result<()> {
    if actor.key().is_none() && actor.access == Access::Full { Ok(()) } else { Err(Rule::NotByKey.into()) }
}

fn personal_allowed(tx: &mut Tx<'_>, at: &Granted<InOrg>) -> Result<()> {
    if organization::get(tx, at)?.policy.personal_keys_allowed {
        return Ok(());
    }
    Err(Rule::PersonalKeysOff.into())
}
