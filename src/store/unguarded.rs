//! Every query that needs no [`Granted`](crate::domain::access::Granted), because it comes before the gate
//! (who is this, what is their role) or serves the server itself. A test compares this list with an allow-list.

use std::sync::Arc;

use uuid::Uuid;

use crate::domain::{
    Result,
    access::{Actor, KeyFacts, Role, Via},
    id::{AppId, KeyId, OrgId, ProjectId, TokenId, UserId},
    key::secret::HashedSecret,
    time::Instant,
};

use super::{Tx, access_cache::ScopedRole, key::key::restrictions, row::Row, sql};

statements! {
    KEY = "SELECT k.id, k.organization_id, k.access, k.projects, k.networks, k.requests_per_minute, k.reads_submissions, k.expires_at, k.revoked_at, k.grace_ends_at, u.id, u.kind, u.name, u.email, u.disabled_at, m.role
           FROM api_keys k JOIN users u ON u.id = k.owner_id JOIN organizations o ON o.id = k.organization_id
           LEFT JOIN members m ON m.user_id = k.owner_id AND m.organization_id = k.organization_id AND o.deleted_at IS NULL
           WHERE k.id = $1";
    KEY_BY_HASH = "SELECT id FROM api_keys WHERE hash = $1";
    REVOKED_TOKENS = "SELECT id FROM revoked_tokens WHERE key_id = $1";
    ORG_ROLE = "SELECT m.role FROM members m JOIN organizations o ON o.id = m.organization_id JOIN users u ON u.id = m.user_id
                WHERE m.organization_id = $1 AND m.user_id = $2 AND o.deleted_at IS NULL AND u.disabled_at IS NULL";
    ORG_LIVES = "SELECT 1 FROM organizations WHERE id = $1 AND deleted_at IS NULL";
    PROJECT = "SELECT p.organization_id, m.role, pm.role,
               EXISTS (SELECT 1 FROM app_members am JOIN apps a ON a.id = am.app_id
                       WHERE am.user_id = $2 AND am.project_id = p.id AND a.deleted_at IS NULL)
               FROM projects p JOIN organizations o ON o.id = p.organization_id
               LEFT JOIN members m ON m.organization_id = p.organization_id AND m.user_id = $2
               LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = $2
               WHERE p.id = $1 AND p.deleted_at IS NULL AND o.deleted_at IS NULL";
    APP = "SELECT a.organization_id, a.project_id, a.app_type, m.role, pm.role, am.role
           FROM apps a JOIN projects p ON p.id = a.project_id JOIN organizations o ON o.id = a.organization_id
           LEFT JOIN members m ON m.organization_id = a.organization_id AND m.user_id = $2
           LEFT JOIN project_members pm ON pm.project_id = a.project_id AND pm.user_id = $2
           LEFT JOIN app_members am ON am.app_id = a.id AND am.user_id = $2
           WHERE a.id = $1 AND a.deleted_at IS NULL AND p.deleted_at IS NULL AND o.deleted_at IS NULL";
    ORG_BY_SLUG = "SELECT id FROM organizations WHERE slug = $1 AND deleted_at IS NULL";
    PROJECT_BY_SLUG = "SELECT id FROM projects WHERE organization_id = $1 AND slug = $2 AND deleted_at IS NULL";
    APP_BY_SLUG = "SELECT id FROM apps WHERE project_id = $1 AND slug = $2 AND deleted_at IS NULL";
}

/// What a key is at this moment: as it is remembered, or from the rows, which a write asks from where it has changed access.
pub fn unguarded_key_facts(tx: &mut Tx<'_>, id: KeyId) -> Result<Option<Arc<KeyFacts>>> {
    if let Some(known) = tx.cache().and_then(|(cache, epoch)| cache.key(epoch, id)) {
        return Ok(Some(known));
    }
    let Some(mut row) = tx.one(&KEY, &[id.into()])? else { return Ok(None) };
    let mut facts = key_facts(&mut row)?;
    for mut row in tx.rows(&REVOKED_TOKENS, &[id.into()])? {
        facts.revoked_tokens.push(row.take::<TokenId>("revoked_tokens", "id")?);
    }
    let facts = Arc::new(facts);
    if let Some((cache, epoch)) = tx.cache() {
        cache.keep_key(epoch, &facts);
    }
    Ok(Some(facts))
}

fn key_facts(row: &mut Row) -> Result<KeyFacts> {
    let (id, org, access) = (row.take("api_keys", "id")?, row.take("api_keys", "organization_id")?, row.take("api_keys", "access")?);
    let projects: Option<String> = row.take("api_keys", "projects")?;
    let projects = projects.map(|text| sql::json(&text, "api_keys", "projects")).transpose()?;
    let restrictions = restrictions(row)?;
    let expires_at = row.take("api_keys", "expires_at")?;
    let revoked = row.take::<Option<Instant>>("api_keys", "revoked_at")?.is_some();
    let grace_ends_at = row.take("api_keys", "grace_ends_at")?;
    let (owner, owner_kind) = (row.take("users", "id")?, row.take("users", "kind")?);
    let (owner_name, owner_email) = (row.take("users", "name")?, row.take("users", "email")?);
    let disabled: Option<i64> = row.take("users", "disabled_at")?;
    let role = row.take::<Option<Role>>("members", "role")?.filter(|_| disabled.is_none());
    let revoked_tokens = Vec::new();
    Ok(KeyFacts {
        id,
        org,
        access,
        projects,
        restrictions,
        expires_at,
        revoked,
        grace_ends_at,
        owner,
        owner_kind,
        owner_name,
        owner_email,
        role,
        revoked_tokens,
    })
}

/// The key of this hash.
pub fn unguarded_key_by_hash(tx: &mut Tx<'_>, hash: &HashedSecret) -> Result<Option<KeyId>> {
    Ok(tx.one(&KEY_BY_HASH, &[hash.as_str().into()])?.map(|mut row| row.take("api_keys", "id")).transpose()?)
}

/// The actor's role in an organization. The operator owns every one.
pub fn unguarded_org_role(tx: &mut Tx<'_>, actor: &Actor, org: OrgId) -> Result<Option<Role>> {
    if actor.via == Via::Operator {
        return Ok(tx.one(&ORG_LIVES, &[org.into()])?.map(|_| Role::Owner));
    }
    if tx.cache().is_some()
        && let Some(key) = actor.key().filter(|key| key.org == org)
    {
        return Ok(key.role);
    }
    Ok(tx.one(&ORG_ROLE, &[org.into(), actor.id.into()])?.map(|mut row| row.take("members", "role")).transpose()?)
}

/// A project and the actor's effective role in it: the highest of what the organization role implies and what was
/// given; whoever has only a role in one of its apps sees the project as a collaborator does.
pub fn unguarded_project_role(tx: &mut Tx<'_>, actor: &Actor, project: ProjectId) -> Result<Option<ScopedRole>> {
    scoped_role(tx, actor, project.uuid(), |tx| {
        let Some((org, role)) = project_role(tx, actor.id, project)? else { return Ok(None) };
        Ok(Some(ScopedRole { org, project, app_type: None, role: operator_or(actor, role) }))
    })
}

/// Whether somebody, such as the owner of a new key, sees a project.
pub fn unguarded_sees_project(tx: &mut Tx<'_>, user: UserId, project: ProjectId) -> Result<bool> {
    Ok(project_role(tx, user, project)?.is_some_and(|(_, role)| role.is_some()))
}

fn project_role(tx: &mut Tx<'_>, user: UserId, project: ProjectId) -> Result<Option<(OrgId, Option<Role>)>> {
    let Some(mut row) = tx.one(&PROJECT, &[project.into(), user.into()])? else { return Ok(None) };
    let org = row.take("projects", "organization_id")?;
    let (member, given): (Option<Role>, Option<Role>) = (row.take("members", "role")?, row.take("project_members", "role")?);
    let in_an_app = row.take::<bool>("app_members", "exists")?.then_some(Role::Collaborator);
    Ok(Some((org, member.and_then(|member| member.implied_in_projects().max(given).max(in_an_app)))))
}

/// An app and the actor's effective role in it.
pub fn unguarded_app_role(tx: &mut Tx<'_>, actor: &Actor, app: AppId) -> Result<Option<ScopedRole>> {
    scoped_role(tx, actor, app.uuid(), |tx| {
        let Some(mut row) = tx.one(&APP, &[app.into(), actor.id.into()])? else { return Ok(None) };
        let (org, project) = (row.take("apps", "organization_id")?, row.take("apps", "project_id")?);
        let app_type = Some(row.take("apps", "app_type")?);
        let member: Option<Role> = row.take("members", "role")?;
        let (in_project, in_app): (Option<Role>, Option<Role>) = (row.take("project_members", "role")?, row.take("app_members", "role")?);
        let role = member.and_then(|member| member.implied_in_projects().max(in_project).max(in_app));
        Ok(Some(ScopedRole { org, project, app_type, role: operator_or(actor, role) }))
    })
}

fn operator_or(actor: &Actor, role: Option<Role>) -> Option<Role> {
    if actor.via == Via::Operator { Some(Role::Owner) } else { role }
}

/// A role from the access cache, or read and remembered.
fn scoped_role(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: Uuid,
    read: impl FnOnce(&mut Tx<'_>) -> Result<Option<ScopedRole>>,
) -> Result<Option<ScopedRole>> {
    if let Some(known) = tx.cache().and_then(|(cache, epoch)| cache.role(epoch, actor.id, scope)) {
        return Ok(Some(known));
    }
    let found = read(tx)?;
    if let (Some((cache, epoch)), Some(role)) = (tx.cache(), found) {
        cache.keep_role(epoch, actor.id, scope, role);
    }
    Ok(found)
}

/// The organization of this slug; whether the caller may see it, the gate says.
pub fn unguarded_org_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Option<OrgId>> {
    Ok(tx.one(&ORG_BY_SLUG, &[slug.into()])?.map(|mut row| row.take("organizations", "id")).transpose()?)
}

/// The project of this slug; whether the caller may see it, the gate says.
pub fn unguarded_project_by_slug(tx: &mut Tx<'_>, org: OrgId, slug: &str) -> Result<Option<ProjectId>> {
    Ok(tx.one(&PROJECT_BY_SLUG, &[org.into(), slug.into()])?.map(|mut row| row.take("projects", "id")).transpose()?)
}

/// The app of this slug; whether the caller may see it, the gate says.
pub fn unguarded_app_by_slug(tx: &mut Tx<'_>, project: ProjectId, slug: &str) -> Result<Option<AppId>> {
    Ok(tx.one(&APP_BY_SLUG, &[project.into(), slug.into()])?.map(|mut row| row.take("apps", "id")).transpose()?)
}
