//! API keys: lists by organization, owner and project, and what ends one. The hash of a key is written here and never read out.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InOrg, InProject, Own},
        id::{KeyId, UserId},
        key::{
            key::{ApiKey, Checked, Owner},
            secret::{HashedSecret, PlainKey},
        },
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        text,
        time::{DAY, Instant},
    },
    store::{
        Tx,
        row::{Row, Value},
        sql::{self, Table, column, nullable},
    },
};

macro_rules! columns {
    () => {
        "k.id, k.organization_id, k.owner_id, u.name, u.kind = 'service_account', k.name, k.display, k.access, k.projects, k.expires_at,
         k.revoked_at, k.grace_ends_at, k.revoked_by, k.revoke_reason, k.replaces, k.created_by, k.created_at, s.last_used_at, s.last_ip, c.name, r.name, o.display, n.display"
    };
}

macro_rules! from {
    () => {
        "api_keys k JOIN users u ON u.id = k.owner_id LEFT JOIN key_uses s ON s.key_id = k.id
         LEFT JOIN users c ON c.id = k.created_by LEFT JOIN users r ON r.id = k.revoked_by
         LEFT JOIN api_keys o ON o.id = k.replaces LEFT JOIN api_keys n ON n.replaces = k.id"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE k.id = $1 AND k.organization_id = $2");
    GET_OWN = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE k.id = $1 AND k.owner_id = $2");
    INSERT = "INSERT INTO api_keys (id, organization_id, owner_id, name, name_fold, hash, display, access, projects, expires_at, replaces, created_by, created_at, display_fold)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    RENAME = "UPDATE api_keys SET name = $2, name_fold = $3 WHERE id = $1";
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
    OWNERS = "SELECT DISTINCT u.id, u.name, u.kind = 'service_account' FROM api_keys k JOIN users u ON u.id = k.owner_id
              WHERE k.organization_id = $1 LIMIT $2";
    SET_EXPIRY = "UPDATE api_keys SET expires_at = $2 WHERE id = $1";
    USE = "INSERT INTO key_uses (key_id, last_used_at, last_ip) SELECT k.id, $2, $3 FROM api_keys k WHERE k.id = $1
           ON CONFLICT (key_id) DO UPDATE SET last_used_at = excluded.last_used_at, last_ip = excluded.last_ip
           WHERE excluded.last_used_at >= key_uses.last_used_at";
}

const FIELDS: &[Field] = &[
    Field::both("name", Holds::Text),
    Field::filter("userId", Holds::Id),
    Field::filter("ownerType", Holds::Word(&["user", "service_account"])),
    Field::both("access", Holds::Word(&["full", "write", "read"])),
    Field::both("createdAt", Holds::Instant),
    Field::both("expiresAt", Holds::Instant),
    Field::sort("lastUsedAt", Holds::Instant),
];

/// `list_organization_api_keys`.
pub const KEYS: Spec = Spec { fields: FIELDS, search: &["name", "owner", "keyPrefix"], order: Order::NEWEST };

/// The same as the console lists it: by the owner's name, too.
pub const BY_OWNER: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::filter("userId", Holds::Id),
        Field::filter("ownerType", Holds::Word(&["user", "service_account"])),
        Field::filter("access", Holds::Word(&["full", "write", "read"])),
        Field::sort("owner", Holds::Text),
        Field::sort("createdAt", Holds::Instant),
        Field::sort("expiresAt", Holds::Instant),
        Field::sort("lastUsedAt", Holds::Instant),
    ],
    ..KEYS
};

/// `list_my_api_keys`.
pub const MINE: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::filter("organizationId", Holds::Id),
        Field::both("access", Holds::Word(&["full", "write", "read"])),
        Field::both("createdAt", Holds::Instant),
        Field::both("expiresAt", Holds::Instant),
        Field::sort("lastUsedAt", Holds::Instant),
    ],
    search: &["name", "keyPrefix"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "k.id",
    columns: &[
        column("name", "k.name").folded("k.name_fold"),
        column("userId", "k.owner_id"),
        column("ownerType", "u.kind"),
        column("owner", "u.name").folded("u.name_fold"),
        column("organizationId", "k.organization_id"),
        column("access", "k.access"),
        column("createdAt", "k.created_at"),
        nullable("expiresAt", "k.expires_at"),
        nullable("lastUsedAt", "s.last_used_at"),
    ],
    // Of the key itself what tells keys apart: the four characters behind the prefix and the last four.
    search: &["k.name_fold", "u.search_fold", "k.display_fold"],
};

/// Keys without what is joined to them, to count them.
const BARE: Table = Table { select: "k.id", from: "api_keys k", id: "k.id", columns: &[column("createdAt", "k.created_at")], search: &[] };

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&KEYS, &TABLE), (&BY_OWNER, &TABLE), (&MINE, &TABLE)];

/// Which keys a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFilter {
    /// Those that work.
    Active,
    /// Those that work, but for no more than a week.
    Expiring,
    /// Those whose time is over.
    Expired,
    /// Those that were revoked.
    Revoked,
    /// All.
    All,
}

impl KeyFilter {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Active, Self::Expiring, Self::Expired, Self::Revoked, Self::All];

    /// What holds for its keys at this moment.
    fn condition(self, now: Instant) -> (&'static str, Vec<Value>) {
        let (text, moments) = match self {
            Self::Active => (
                "k.revoked_at IS NULL AND (k.grace_ends_at IS NULL OR k.grace_ends_at > ?) AND (k.expires_at IS NULL OR k.expires_at > ?)",
                vec![now, now],
            ),
            // What was replaced and works on for its grace period needs nobody.
            Self::Expiring => {
                ("k.revoked_at IS NULL AND k.grace_ends_at IS NULL AND k.expires_at > ? AND k.expires_at <= ?", vec![now, now + DAY * 7])
            }
            Self::Expired => {
                ("k.revoked_at IS NULL AND (k.grace_ends_at IS NULL OR k.grace_ends_at > ?) AND k.expires_at <= ?", vec![now, now])
            }
            Self::Revoked => ("(k.revoked_at IS NOT NULL OR k.grace_ends_at <= ?)", vec![now]),
            Self::All => ("", Vec::new()),
        };
        (text, moments.into_iter().map(Value::from).collect())
    }
}

/// How many keys there are of each kind, in the order of [`KeyFilter::ALL`].
pub type Counts = [u64; KeyFilter::ALL.len()];

fn key(row: &mut Row) -> Result<ApiKey> {
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
    })
}

/// One key of the organization.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: KeyId) -> Result<ApiKey> {
    let mut row = tx.one(&GET, &[id.into(), at.org().into()])?.ok_or(Error::NotFound("API key"))?;
    key(&mut row)
}

/// One of the caller's own keys; for a key as the caller, of its own organization only.
pub fn get_own(tx: &mut Tx<'_>, at: &Granted<Own>, id: KeyId) -> Result<ApiKey> {
    let mut row = tx.one(&GET_OWN, &[id.into(), at.actor().id.into()])?.ok_or(Error::NotFound("API key"))?;
    let found = key(&mut row)?;
    let actor = at.actor();
    // One that is limited to projects finds itself and no sibling.
    let sibling = actor.limits().is_some() && actor.key().is_none_or(|key| key.id != id);
    if actor.reaches_org(found.org) && !sibling { Ok(found) } else { Err(Error::NotFound("API key")) }
}

/// The keys of the organization, or of one of its service accounts.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InOrg>, owner: Option<UserId>, shown: KeyFilter, listing: &Listing) -> Result<Page<ApiKey>> {
    page(tx, &Scope::of_org(tx.now(), at, owner, shown), listing)
}

/// How many [`list`] finds of each kind, in the order of [`KeyFilter::ALL`].
pub fn counts(tx: &mut Tx<'_>, at: &Granted<InOrg>, owner: Option<UserId>, listing: &Listing) -> Result<Counts> {
    tally(tx, &Scope::of_org(tx.now(), at, owner, KeyFilter::All), listing)
}

/// How many keys work and reach a project. It looks at every key, so without what lists show of one.
pub fn in_use(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<u64> {
    let one = Listing { page_size: 1, ..Listing::default() };
    Ok(sql::list(tx, &BARE, &Scope::reaching(tx.now(), at, KeyFilter::Active).conditions(), &one, None)?.total)
}

/// The keys that reach a project.
pub fn list_reaching(tx: &mut Tx<'_>, at: &Granted<InProject>, shown: KeyFilter, listing: &Listing) -> Result<Page<ApiKey>> {
    page(tx, &Scope::reaching(tx.now(), at, shown), listing)
}

/// The caller's own keys.
pub fn list_own(tx: &mut Tx<'_>, at: &Granted<Own>, shown: KeyFilter, listing: &Listing) -> Result<Page<ApiKey>> {
    page(tx, &Scope::of_caller(tx.now(), at, shown), listing)
}

/// How many [`list_own`] finds of each kind.
pub fn counts_own(tx: &mut Tx<'_>, at: &Granted<Own>, listing: &Listing) -> Result<Counts> {
    tally(tx, &Scope::of_caller(tx.now(), at, KeyFilter::All), listing)
}

/// Who owns keys of the organization, people first, each by name; nobody where there are more than `most` to choose from.
pub fn owners(tx: &mut Tx<'_>, at: &Granted<InOrg>, most: u32) -> Result<Vec<Owner>> {
    let rows = tx.rows(&OWNERS, &[at.org().into(), (most + 1).into()])?;
    if rows.len() > most as usize {
        return Ok(Vec::new());
    }
    let owner = |mut row: Row| {
        let (id, name) = (row.take("users", "id")?, row.take("users", "name")?);
        Ok(Owner { id, name, of_service_account: row.take("users", "kind")? })
    };
    let mut owners = rows.into_iter().map(owner).collect::<Result<Vec<_>>>()?;
    owners.sort_by_cached_key(|owner| (owner.of_service_account, text::fold(&owner.name)));
    Ok(owners)
}

/// Keys that are not limited to other projects, of owners who reach this one: by their role, or because they were added to it or
/// to one of its apps.
const REACHES: &str = "(k.projects IS NULL OR k.projects LIKE ?) AND k.owner_id NOT IN (SELECT m.user_id FROM members m
    WHERE m.organization_id = ? AND m.role = 'collaborator'
    AND NOT EXISTS (SELECT 1 FROM project_members pm WHERE pm.user_id = m.user_id AND pm.project_id = ?)
    AND NOT EXISTS (SELECT 1 FROM app_members am WHERE am.user_id = m.user_id AND am.project_id = ?))";

/// Whose keys a list is about, and which of them.
struct Scope {
    shown: &'static str,
    moments: Vec<Value>,
    org: Vec<Value>,
    owner: Vec<Value>,
    project: Vec<Value>,
    only: Vec<Value>,
}

impl Scope {
    fn of_org(now: Instant, at: &Granted<InOrg>, owner: Option<UserId>, shown: KeyFilter) -> Self {
        Self::new(now, shown, Some(at.org().into()), owner.map(Value::from))
    }

    fn of_caller(now: Instant, at: &Granted<Own>, shown: KeyFilter) -> Self {
        let key = at.actor().key();
        let only = key.filter(|key| key.projects.is_some()).map(|key| key.id.into()).into_iter().collect();
        Self { only, ..Self::new(now, shown, key.map(|key| key.org.into()), Some(at.actor().id.into())) }
    }

    fn reaching(now: Instant, at: &Granted<InProject>, shown: KeyFilter) -> Self {
        let id = at.project();
        let project = vec![format!("%\"{id}\"%").into(), at.org().into(), id.into(), id.into()];
        Self { project, ..Self::new(now, shown, Some(at.org().into()), None) }
    }

    fn new(now: Instant, shown: KeyFilter, org: Option<Value>, owner: Option<Value>) -> Self {
        let (shown, moments) = shown.condition(now);
        Self { shown, moments, org: org.into_iter().collect(), owner: owner.into_iter().collect(), project: Vec::new(), only: Vec::new() }
    }

    fn conditions(&self) -> Vec<sql::Condition<'_>> {
        let whose =
            [("k.organization_id = ?", &self.org), ("k.owner_id = ?", &self.owner), (REACHES, &self.project), ("k.id = ?", &self.only)];
        let all = whose.into_iter().chain([(self.shown, &self.moments)]);
        all.filter(|(_, values)| !values.is_empty()).map(|(text, values)| (text, values.as_slice())).collect()
    }
}

fn tally(tx: &mut Tx<'_>, scope: &Scope, listing: &Listing) -> Result<Counts> {
    let cases = KeyFilter::ALL.map(|shown| shown.condition(tx.now()));
    sql::tally(tx, &TABLE, cases.each_ref().map(|(text, moments)| (*text, moments.as_slice())), &scope.conditions(), listing)
}

fn page(tx: &mut Tx<'_>, scope: &Scope, listing: &Listing) -> Result<Page<ApiKey>> {
    sql::list(tx, &TABLE, &scope.conditions(), listing, None)?.try_map(|mut row| key(&mut row))
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
    let projects = checked.projects.as_ref().map(serde_json::to_string).transpose().map_err(|error| Error::Internal(error.to_string()))?;
    let args = [
        id.into(),
        at.org().into(),
        owner.into(),
        checked.name.as_str().into(),
        text::fold(&checked.name).into(),
        HashedSecret::as_str(&secret.hashed()).into(),
        secret.display().into(),
        checked.access.into(),
        projects.into(),
        checked.expires_at.into(),
        replaces.into(),
        at.actor().user().into(),
        now.into(),
        shown_end(&secret.display()).into(),
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
