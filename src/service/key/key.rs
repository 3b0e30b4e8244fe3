//! API keys: issue, list, rename, regenerate, revoke.
//!
//! Keys of service accounts are managed by admins with `full` access. Personal keys are made by their owner in the
//! console only: no key makes a personal key, whatever its access.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InOrg, Permission},
        error::{Fault, Rule},
        id::{KeyId, OrgId, ProjectId, UserId},
        key::{
            key::{ApiKey, Checked, Draft, Issued, Owner, Patch, Regenerate, Revoke},
            secret::{KeyKind, PlainKey},
        },
        listing::{Filter, Listing, PAGE_SIZE_MAX, Test},
        org::activity::Note,
        page::Page,
        spec::Order,
        text,
    },
    service::authorize,
    store::{
        Tx,
        key::key::{self, Counts, KeyFilter},
        org::{member, organization, service_account},
        project::project,
        unguarded,
    },
};

/// Keys that end within a week and are named.
const ENDING: u32 = 3;
/// Owners that a list can be narrowed to by choosing; the search finds the keys of any.
const OWNERS: u32 = 200;

/// One key of the organization.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: KeyId) -> Result<ApiKey> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    key::get(tx, &at, id)
}

/// The keys of the organization, or of one of its service accounts.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    org: OrgId,
    owner: Option<UserId>,
    shown: KeyFilter,
    listing: &Listing,
) -> Result<Page<ApiKey>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    if let Some(owner) = owner {
        service_account::get(tx, &at, owner)?;
    }
    key::list(tx, &at, owner, shown, listing)
}

/// KeyScope keys a board shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyScope {
    /// All of an organization.
    Org(OrgId),
    /// Those of one of its service accounts.
    Account(OrgId, UserId),
    /// The caller's own.
    Own,
}

/// Keys as the console lists them: one page and what is told around it.
#[derive(Debug)]
pub struct Board {
    /// The page.
    pub page: Page<ApiKey>,
    /// How many each narrowing of the list shows, in the order of [`KeyFilter::ALL`].
    pub counts: Counts,
    /// The next keys that end within a week, whatever the list is narrowed to; not all of many.
    pub ending: Page<ApiKey>,
    /// The names of the projects that keys of the page and ending ones are limited to.
    pub projects: HashMap<ProjectId, String>,
    /// Who owns keys of the organization; nobody where there are too many to choose from.
    pub owners: Vec<Owner>,
}

/// Keys for the console.
pub fn board(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, shown: KeyFilter, listing: &Listing) -> Result<Board> {
    let soonest = Listing { page_size: ENDING, order: Order { field: "expiresAt", descending: false }, ..Listing::default() };
    let (page, counts, ending, owners) = match scope {
        KeyScope::Own => {
            let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
            let (page, counts) = (key::list_own(tx, &at, shown, listing)?, key::counts_own(tx, &at, listing)?);
            (page, counts, key::list_own(tx, &at, KeyFilter::Expiring, &soonest)?, Vec::new())
        }
        KeyScope::Org(org) | KeyScope::Account(org, _) => {
            let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
            let owner = if let KeyScope::Account(_, owner) = scope { Some(service_account::get(tx, &at, owner)?.id) } else { None };
            let (page, counts) = (key::list(tx, &at, owner, shown, listing)?, key::counts(tx, &at, owner, listing)?);
            let owners = if owner.is_none() { key::owners(tx, &at, OWNERS)? } else { Vec::new() };
            (page, counts, key::list(tx, &at, owner, KeyFilter::Expiring, &soonest)?, owners)
        }
    };
    let mut projects = HashMap::new();
    for org in page.items.iter().map(|key| key.org).collect::<BTreeSet<_>>() {
        let at = match authorize::org(tx, actor, org, Permission::OrganizationSee) {
            Ok(at) => at,
            // One's own dead keys of an organization that one has left are listed, too.
            Err(Error::NotFound(_)) => continue,
            Err(other) => return Err(other),
        };
        let limited = page.items.iter().filter(|key| key.org == org).flat_map(|key| key.projects.iter().flatten().copied());
        projects.extend(project::names(tx, &at, limited)?);
    }
    Ok(Board { page, counts, ending, projects, owners })
}

/// What a key that was just made reaches, for the page that shows it.
#[derive(Debug)]
pub struct Reach {
    /// The names of the projects that it is limited to.
    pub names: Vec<String>,
    /// One project that its owner may see with it; none where there is none yet.
    pub example: Option<ProjectId>,
}

/// What a key reaches.
pub fn reach(tx: &mut Tx<'_>, actor: &Arc<Actor>, key: &ApiKey) -> Result<Reach> {
    let at = authorize::org(tx, actor, key.org, Permission::OrganizationSee)?;
    let all = Listing { page_size: PAGE_SIZE_MAX, lite: true, ..Listing::default() };
    let owner = if key.of_service_account { Some(service_account::get(tx, &at, key.owner_id)?) } else { None };
    let seen: Vec<ProjectId> = match owner.filter(|owner| owner.role.implied_in_projects().is_none()) {
        Some(owner) => {
            let given =
                Listing { filters: vec![Filter { field: "role", test: Test::IsNull(false) }], order: member::PROJECT_ROLES.order, ..all };
            member::list_project_roles(tx, &at, owner.member_id, &given)?.items.into_iter().map(|one| one.project_id).collect()
        }
        None => project::list(tx, &at, &all)?.items.into_iter().map(|one| one.id).collect(),
    };
    let mut names: Vec<_> = project::names(tx, &at, key.projects.iter().flatten().copied())?.into_values().collect();
    names.sort_unstable();
    let example = match &key.projects {
        Some(chosen) => chosen.iter().copied().find(|id| seen.contains(id)),
        None => seen.first().copied(),
    };
    Ok(Reach { names, example })
}

/// The caller's own keys.
pub fn list_own(tx: &mut Tx<'_>, actor: &Arc<Actor>, shown: KeyFilter, listing: &Listing) -> Result<Page<ApiKey>> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    key::list_own(tx, &at, shown, listing)
}

/// One of the caller's own keys.
pub fn get_own(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: KeyId) -> Result<ApiKey> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    key::get_own(tx, &at, id)
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
pub fn create_own(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft, sandbox: bool) -> Result<Issued> {
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
    let id = key::insert(tx, at, owner, &checked, &secret, None)?;
    let issued = key::get(tx, at, id)?;
    tx.note(at, audit_note("key.created", &issued).with("access", issued.access.word()))?;
    Ok(Issued { key: issued, secret })
}

/// Renames a key.
pub fn rename(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: KeyId, patch: &Patch) -> Result<ApiKey> {
    let at = authorize::org(tx, actor, org, Permission::KeyManage)?;
    let found = key::get(tx, &at, id)?;
    give_name(tx, &at, &found, patch)?;
    key::get(tx, &at, id)
}

/// Replaces a key by a new one with the same owner, access and projects. The old one dies now, or after the grace
/// period. Of several that try at once, exactly one gets a key.
pub fn regenerate(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: KeyId, change: &Regenerate, sandbox: bool) -> Result<Issued> {
    let at = authorize::org(tx, actor, org, Permission::KeyManage)?;
    let old = key::get(tx, &at, id)?;
    if !old.of_service_account {
        return Err(Rule::ByItsOwner.into());
    }
    replace(tx, &at, &old, change, sandbox)
}

/// Replaces one of the caller's own keys.
pub fn regenerate_own(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: KeyId, change: &Regenerate, sandbox: bool) -> Result<Issued> {
    let own = authorize::own(tx, actor, Permission::OrganizationSee)?;
    let old = key::get_own(tx, &own, id)?;
    if old.of_service_account {
        return regenerate(tx, actor, old.org, id, change, sandbox);
    }
    no_key(actor)?;
    let at = authorize::org(tx, actor, old.org, Permission::OrganizationSee)?;
    personal_allowed(tx, &at)?;
    replace(tx, &at, &old, change, sandbox)
}

fn replace(tx: &mut Tx<'_>, at: &Granted<InOrg>, old: &ApiKey, change: &Regenerate, sandbox: bool) -> Result<Issued> {
    let now = tx.now();
    // A key that was replaced but lives on for its grace period has an end already.
    if old.dead_from().is_some() {
        return Err(Error::Conflict(Fault::new("keyId", "revoked", "This key was revoked or replaced already.")));
    }
    let expires_at = change.expiry(old.expires_at, &organization::get(tx, at)?.policy, now)?;
    let kind = if old.of_service_account { KeyKind::Service } else { KeyKind::Personal };
    let secret = PlainKey::new(kind, sandbox, tx.entropy());
    let same = Checked { name: old.name.clone(), access: old.access, expires_at, projects: old.projects.clone() };
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

/// Revokes a key of the organization, and with it every token that was issued from it.
pub fn revoke(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: KeyId, change: &Revoke) -> Result<ApiKey> {
    let at = authorize::org(tx, actor, org, Permission::KeyManage)?;
    let found = key::get(tx, &at, id)?;
    end(tx, &at, &found, change)
}

/// Revokes one of the caller's own keys.
pub fn revoke_own(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: KeyId, change: &Revoke) -> Result<ApiKey> {
    let own = authorize::own(tx, actor, Permission::KeyManage)?;
    let found = key::get_own(tx, &own, id)?;
    let at = authorize::org(tx, actor, found.org, Permission::OrganizationSee)?;
    end(tx, &at, &found, change)
}

/// Renames one of the caller's own keys.
pub fn rename_own(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: KeyId, patch: &Patch) -> Result<ApiKey> {
    let own = authorize::own(tx, actor, Permission::KeyManage)?;
    let found = key::get_own(tx, &own, id)?;
    let at = authorize::org(tx, actor, found.org, Permission::OrganizationSee)?;
    give_name(tx, &at, &found, patch)?;
    key::get_own(tx, &own, id)
}

/// Gives a key another name; its own is no change.
fn give_name(tx: &mut Tx<'_>, at: &Granted<InOrg>, found: &ApiKey, patch: &Patch) -> Result<()> {
    let name = text::line("name", &patch.name, 80)?;
    if name == found.name {
        return Ok(());
    }
    key::rename(tx, found, &name)?;
    tx.note(at, audit_note("key.renamed", found).with("name", name))
}

fn end(tx: &mut Tx<'_>, at: &Granted<InOrg>, found: &ApiKey, change: &Revoke) -> Result<ApiKey> {
    let reason = change.check()?;
    if key::revoke(tx, found, at.actor().user(), reason.clone())? {
        tx.note(at, audit_note("key.revoked", found).with("reason", reason))?;
    }
    key::get(tx, at, found.id)
}

fn audit_note(action: &'static str, key: &ApiKey) -> Note {
    Note::new(action, "apiKey").of(key.id, &key.name).with("owner", key.owner_name.as_str())
}

fn no_key(actor: &Actor) -> Result<()> {
    match actor.key() {
        None => Ok(()),
        Some(_) => Err(Rule::NotByKey.into()),
    }
}

fn personal_allowed(tx: &mut Tx<'_>, at: &Granted<InOrg>) -> Result<()> {
    if organization::get(tx, at)?.policy.personal_keys_allowed {
        return Ok(());
    }
    Err(Rule::PersonalKeysOff.into())
}
