//! API keys: one of them, and what ends it. The hash of a key is written here and never read out.

use serde::Serialize;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InOrg, InProject, Own},
        id::{KeyId, UserId},
        key::{
            key::{ApiKey, Checked},
            restriction::Restrictions,
            secret::{HashedSecret, PlainKey},
        },
        text,
        time::Instant,
    },
    store::{
        Tx,
        row::{Row, Value},
        sql,
    },
};

statements! {
    GET = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE k.id = $1 AND k.organization_id = $2");
    GET_OWN = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE k.id = $1 AND k.owner_id = $2");
    INSERT = "INSERT INTO api_keys (id, organization_id, owner_id, name, name_fold, hash, display, access, projects, expires_at, replaces, created_by, created_at, display_fold,
              networks, requests_per_minute, reads_submissions) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    RENAME = "UPDATE api_keys SET name = $2, name_fold = $3 WHERE id = $1";
    RESTRICT = "UPDATE api_keys SET networks = $2, requests_per_minute = $3, reads_submissions = $4 WHERE id = $1";
    REVOKE = "UPDATE api_keys SET revoked_at = $2, revoked_by = $3, revoke_reason = $4 WHERE id = $1 AND revoked_at IS NULL";
    GRACE = "UPDATE api_keys SET grace_ends_at = $2, revoked_by = $3, revoke_reason = $4
             WHERE id = $1 AND revoked_at IS NULL AND grace_ends_at IS NULL";
    SETTLE = "UPDATE api_keys SET revoked_at = grace_ends_at WHERE id = $1 AND revoked_at IS NULL AND grace_ends_at <= $2";
    SETTLE_OF_OWNER = "UPDATE api_keys SET revoked_at = grace_ends_at
                       WHERE owner_id = $1 AND organization_id = $2 AND revoked_at IS NULL AND grace_ends_at <= $3";
    REVOKE_OF_OWNER = "UPDATE api_keys SET revoked_at = $3, revoked_by = $4, revoke_reason = $5
                       WHERE owner_id = $1 AND organization_id = $2 AND revoked_at IS NULL";
    END_INVITATIONS = "UPDATE invitations SET ended_at = $2 WHERE key_id = $1 AND accepted_at IS NULL AND ended_at IS NULL";
    LIMIT_INVITATIONS = "UPDATE invitations SET expires_at = $2 WHERE key_id = $1 AND expires_at > $2 AND accepted_at IS NULL";
    SET_EXPIRY = "UPDATE api_keys SET expires_at = $2 WHERE id = $1";
    USE = "INSERT INTO key_uses (key_id, last_used_at, last_ip) SELECT k.id, $2, $3 FROM api_keys k WHERE k.id = $1
           ON CONFLICT (key_id) DO UPDATE SET last_used_at = excluded.last_used_at, last_ip = excluded.last_ip
           WHERE excluded.last_used_at >= key_uses.last_used_at";
}

/// A key of a row of `columns!()`.
pub(super) fn key(row: &mut Row) -> Result<ApiKey> {
    let table = "api_keys";
    Ok(ApiKey {
        id: row.take(table, "id")?,
        org: row.take(table, "organization_id")?,
        owner_id: row.take(table, "owner_id")?,
        owner_name: row.take("users", "name")?,
        of_service_account: row.take("users", "kind")?,
        name: row.take(table, "name")?,
        display: row.take(table, "display")?,
        access: row.take(table, "access")?,
        projects: row.take::<Option<String>>(table, "projects")?.map(|text| sql::json(&text, table, "projects")).transpose()?,
        restrictions: restrictions(row)?,
        expires_at: row.take(table, "expires_at")?,
        revoked_at: row.take(table, "revoked_at")?,
        grace_ends_at: row.take(table, "grace_ends_at")?,
        revoked_by: row.take(table, "revoked_by")?,
        revoke_reason: row.take(table, "revoke_reason")?,
        replaces: row.take(table, "replaces")?,
        created_by: row.take(table, "created_by")?,
        created_at: row.take(table, "created_at")?,
        last_used_at: row.take("key_uses", "last_used_at")?,
        last_ip: row.take("key_uses", "last_ip")?,
        created_by_name: row.take("users", "name")?,
        revoked_by_name: row.take("users", "name")?,
        replaces_display: row.take(table, "display")?,
        replaced_by: row.take(table, "display")?,
        successor: row.take(table, "id")?,
        successor_revoked: row.take(table, "successor_revoked")?,
    })
}

/// The restrictions of a key, of the next three columns of a row.
pub(in crate::store) fn restrictions(row: &mut Row) -> Result<Restrictions> {
    let table = "api_keys";
    let networks = row.take::<Option<String>>(table, "networks")?.map(|text| sql::json(&text, table, "networks")).transpose()?;
    let requests_per_minute = row.take(table, "requests_per_minute")?;
    Ok(Restrictions { networks, requests_per_minute, submissions: row.take(table, "reads_submissions")? })
}

/// A list as JSON, if there is one.
fn list<T: Serialize>(list: Option<&Vec<T>>) -> Result<Value> {
    let text = list.map(serde_json::to_string).transpose().map_err(|error| Error::Internal(error.to_string()))?;
    Ok(text.into())
}

/// The keys that somebody may reach, with the grant that says so.
#[derive(Debug)]
pub enum KeysOf {
    /// Those of an organization.
    Org(Granted<InOrg>),
    /// Those of somebody in it, such as of a service account.
    Owner(Granted<InOrg>, UserId),
    /// The caller's own; for a key as the caller, of its own organization only.
    Own(Granted<Own>),
    /// Those that reach a project.
    Project(Granted<InProject>),
}

/// One key of an organization.
///
/// # Errors
/// Not found.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: KeyId) -> Result<ApiKey> {
    let mut row = tx.one(&GET, &[id.into(), at.org().into()])?.ok_or(Error::NotFound("API key"))?;
    key(&mut row)
}

/// One of these keys.
///
/// # Errors
/// Not found.
pub fn find(tx: &mut Tx<'_>, of: &KeysOf, id: KeyId) -> Result<ApiKey> {
    let reached = match of {
        KeysOf::Org(at) => Some(get(tx, at, id)?),
        KeysOf::Owner(at, owner) => Some(get(tx, at, id)?).filter(|key| key.owner_id == *owner),
        KeysOf::Own(at) => own(tx, at, id)?,
        // A project has no keys; it has those that reach it, in lists.
        KeysOf::Project(_) => None,
    };
    reached.ok_or(Error::NotFound("API key"))
}

fn own(tx: &mut Tx<'_>, at: &Granted<Own>, id: KeyId) -> Result<Option<ApiKey>> {
    let actor = at.actor();
    let found = tx.one(&GET_OWN, &[id.into(), actor.id.into()])?.map(|mut row| key(&mut row)).transpose()?;
    // One that is limited to projects finds itself and no sibling.
    let is_sibling = actor.limits().is_some() && actor.key().is_none_or(|key| key.id != id);
    Ok(found.filter(|found| actor.reaches_org(found.org) && !is_sibling))
}

/// Stores a new key. What is stored of the secret is its hash and what lists show.
pub fn insert(
    tx: &mut Tx<'_>,
    at: &Granted<InOrg>,
    owner: UserId,
    checked: &Checked,
    secret: &PlainKey,
    replaces: Option<KeyId>,
) -> Result<KeyId> {
    let id = KeyId::new(tx.now(), tx.entropy());
    let now = tx.now();
    let args = [
        id.into(),
        at.org().into(),
        owner.into(),
        checked.name.as_str().into(),
        text::fold(&checked.name).into(),
        HashedSecret::as_str(&secret.hashed()).into(),
        secret.display().into(),
        checked.access.into(),
        list(checked.projects.as_ref())?,
        checked.expires_at.into(),
        replaces.into(),
        at.actor().user().into(),
        now.into(),
        shown_end(&secret.display()).into(),
        list(checked.restrictions.networks.as_ref())?,
        checked.restrictions.requests_per_minute.into(),
        checked.restrictions.submissions.into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(id)
}

/// What of a key is searched, folded: the last eleven characters of what lists show.
fn shown_end(display: &str) -> String {
    text::fold(display.get(display.len().saturating_sub(11)..).unwrap_or(display))
}

/// Renames a key that was found through the caller.
pub fn rename(tx: &mut Tx<'_>, key: &ApiKey, name: &str) -> Result<()> {
    tx.run_one(&RENAME, &[key.id.into(), name.into(), text::fold(name).into()], "API key")
}

/// Restricts a key that was found through the caller.
pub fn restrict(tx: &mut Tx<'_>, key: &ApiKey, to: &Restrictions) -> Result<()> {
    let args = [key.id.into(), list(to.networks.as_ref())?, to.requests_per_minute.into(), to.submissions.into()];
    tx.run_one(&RESTRICT, &args, "API key")
}

/// Revokes a key that was found through the caller: a fact that no clock undoes. Whether it did anything: what is dead stays as
/// it died.
pub fn revoke(tx: &mut Tx<'_>, key: &ApiKey, by: Option<UserId>, reason: Option<String>) -> Result<bool> {
    let now = tx.now();
    tx.run(&SETTLE, &[key.id.into(), now.into()])?;
    tx.run(&END_INVITATIONS, &[key.id.into(), now.into()])?;
    Ok(tx.run(&REVOKE, &[key.id.into(), now.into(), by.into(), reason.into()])? == 1)
}

/// Gives a key that was found through the caller, and is replaced, a last moment.
///
/// # Errors
/// Not found when it has one already or was revoked: of two that try, one wins.
pub fn let_end(tx: &mut Tx<'_>, key: &ApiKey, when: Instant, by: Option<UserId>, reason: &str) -> Result<()> {
    tx.run(&LIMIT_INVITATIONS, &[key.id.into(), when.into()])?;
    tx.run_one(&GRACE, &[key.id.into(), when.into(), by.into(), reason.into()], "API key")
}

/// Revokes all keys of an owner in the organization.
pub fn revoke_of_owner(tx: &mut Tx<'_>, at: &Granted<InOrg>, owner: UserId, reason: &str) -> Result<()> {
    let now = tx.now();
    tx.run(&SETTLE_OF_OWNER, &[owner.into(), at.org().into(), now.into()])?;
    let args = [owner.into(), at.org().into(), now.into(), at.actor().user().into(), reason.into()];
    tx.run(&REVOKE_OF_OWNER, &args)?;
    Ok(())
}

/// Notes that a key was used; written in batches by the server itself. A use that is older than what is known changes nothing.
pub fn unguarded_note_use(tx: &mut Tx<'_>, key: KeyId, at: Instant, ip: &str) -> Result<()> {
    tx.run(&USE, &[key.into(), at.into(), ip.into()])?;
    Ok(())
}

/// Sets when a key ends, in the past too; for the demo's expired key.
pub fn unguarded_set_expiry(tx: &mut Tx<'_>, id: KeyId, at: Instant) -> Result<()> {
    tx.run_one(&SET_EXPIRY, &[id.into(), at.into()], "API key")
}
