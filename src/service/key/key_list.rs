//! What the console shows of keys: a page of them with what is told around it, and what a new one reaches.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use crate::{
    domain::{
        Error, Result,
        access::{Access, Actor, Permission, Role},
        id::{KeyId, OrgId, ProjectId, UserId},
        key::key::{ApiKey, Owner},
        listing::{Filter, Listing, PAGE_SIZE_MAX, Test},
        page::Page,
        spec::Order,
    },
    service::authorize,
    store::{
        Tx,
        key::{
            key::KeysOf,
            key_list::{self, Counts, KeyFilter},
        },
        org::{member, service_account},
        project::project,
    },
};

use super::key::{KeyScope, READ, keys_of};

/// Keys that end within a week and are named.
const ENDING: u32 = 3;
/// Owners that a list can be narrowed to by choosing; the search finds the keys of any.
const OWNERS: u32 = 200;

/// Keys as the console lists them: one page and what is told around it.
#[derive(Debug)]
pub struct KeyOverview {
    /// The page.
    pub page: Page<ApiKey>,
    /// How many each narrowing of the list shows, in the order of [`KeyFilter::ALL`].
    pub counts: Counts,
    /// The next keys that end within a week, whatever the list is narrowed to; not all of many.
    pub ending: Page<ApiKey>,
    /// Keys that work for their grace period only, while their successor was revoked; not all of many.
    pub orphaned: Page<ApiKey>,
    /// The keys of the page that reach nothing, since their owner is a collaborator without a project.
    pub nowhere: HashSet<KeyId>,
    /// The names of the projects that keys of the page are limited to.
    pub projects: HashMap<ProjectId, String>,
    /// Who owns keys of the organization; nobody where there are too many to choose from.
    pub owners: Vec<Owner>,
}

/// Keys for the console.
pub fn overview(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, shown: KeyFilter, listing: &Listing) -> Result<KeyOverview> {
    let of = keys_of(tx, actor, scope, READ)?;
    let soonest = Listing { page_size: ENDING, order: Order { field: "expiresAt", descending: false }, ..Listing::default() };
    let (page, counts) = (key_list::list(tx, &of, shown, listing)?, key_list::counts(tx, &of, listing)?);
    let ending = key_list::list(tx, &of, KeyFilter::Expiring, &soonest)?;
    let owners = if let KeysOf::Org(at) = &of { key_list::owners(tx, at, OWNERS)? } else { Vec::new() };
    let orphaned = key_list::list(tx, &of, KeyFilter::Orphaned, &Listing { page_size: ENDING, ..Listing::default() })?;
    let (mut projects, mut nowhere) = (HashMap::new(), HashSet::new());
    for org in page.items.iter().map(|key| key.org).collect::<BTreeSet<_>>() {
        let at = match authorize::org(tx, actor, org, Permission::OrganizationSee) {
            Ok(at) => at,
            // One's own dead keys of an organization that one has left are listed, too.
            Err(Error::NotFound(_)) => continue,
            Err(other) => return Err(other),
        };
        let limited = page.items.iter().filter(|key| key.org == org).flat_map(|key| key.projects.iter().flatten().copied());
        projects.extend(project::names(tx, &at, limited)?);
        let here = || page.items.iter().filter(|key| key.org == org);
        let placeless = member::placeless(tx, &at, here().map(|key| key.owner_id))?;
        nowhere.extend(here().filter(|key| placeless.contains(&key.owner_id)).map(|key| key.id));
    }
    Ok(KeyOverview { page, counts, ending, orphaned, nowhere, projects, owners })
}

/// What a key that was just made reaches, for the page that shows it.
#[derive(Debug, Default)]
pub struct Reach {
    /// The names of the projects that it is limited to.
    pub names: Vec<String>,
    /// The projects that its owner may see with it, with their names; not all of many.
    pub seen: Vec<(ProjectId, String)>,
    /// One of them; none where there is none yet.
    pub example: Option<ProjectId>,
}

/// What a key of this owner in this organization reaches, which is limited to `chosen` projects, or to none. The caller's own key
/// has no other owner.
pub fn reach(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, account: Option<UserId>, chosen: Option<&[ProjectId]>) -> Result<Reach> {
    let at = authorize::org(tx, actor, org, Permission::OrganizationSee)?;
    let all = Listing { page_size: PAGE_SIZE_MAX, lite: true, ..Listing::default() };
    let owner = account.map(|account| service_account::get(tx, &at, account)).transpose()?;
    let mut seen: Vec<(ProjectId, String)> = match owner.filter(|owner| owner.role.implied_in_projects().is_none()) {
        Some(owner) => {
            let given =
                Listing { filters: vec![Filter { field: "role", test: Test::IsNull(false) }], order: member::PROJECT_ROLES.order, ..all };
            member::list_project_roles(tx, &at, owner.member_id, &given)?
                .items
                .into_iter()
                .map(|one| (one.project_id, one.project_name))
                .collect()
        }
        None => project::list(tx, &at, &all)?.items.into_iter().map(|one| (one.id, one.name)).collect(),
    };
    let mut names: Vec<_> = project::names(tx, &at, chosen.unwrap_or_default().iter().copied())?.into_values().collect();
    names.sort_unstable();
    if let Some(chosen) = chosen {
        seen.retain(|(id, _)| chosen.contains(id));
        seen.sort_by_key(|(id, _)| chosen.iter().position(|one| one == id));
    }
    let example = seen.first().map(|(id, _)| *id);
    Ok(Reach { names, seen, example })
}

/// The widest access that a personal key of the caller can use: what the highest of their roles there includes.
pub fn own_access(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId) -> Result<Access> {
    let at = authorize::org(tx, actor, org, Permission::OrganizationSee)?;
    let roles = member::own_place_roles(tx, &at)?;
    let highest = roles.into_iter().fold(at.role(), Role::max);
    Ok(Access::ALL.into_iter().find(|access| access.is_used_by(highest)).unwrap_or(Access::Read))
}

/// Whether a key reaches nothing, since its owner is a collaborator without a project.
pub fn is_nowhere(tx: &mut Tx<'_>, actor: &Arc<Actor>, key: &ApiKey) -> Result<bool> {
    match authorize::org(tx, actor, key.org, Permission::OrganizationSee) {
        Ok(at) => Ok(!member::placeless(tx, &at, [key.owner_id].into_iter())?.is_empty()),
        Err(Error::NotFound(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// The names of these projects of an organization, as far as they are still there.
pub fn names(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, projects: &[ProjectId]) -> Result<HashMap<ProjectId, String>> {
    let at = authorize::org(tx, actor, org, Permission::OrganizationSee)?;
    project::names(tx, &at, projects.iter().copied())
}
