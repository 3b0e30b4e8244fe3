//! Service accounts: users that never sign in, with their role, their projects and how many keys they have.

use std::collections::HashMap;

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Granted, InOrg},
        id::UserId,
        listing::Listing,
        org::service_account::{AccountFilter, Draft, ServiceAccount, Summary},
        page::Page,
        spec::{Field, Holds, Order, Spec},
        text,
    },
    store::{
        Tx,
        account::user,
        error::StoreError,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "s.id, u.name, u.email, s.description, s.organization_id, m.id, m.role, u.disabled_at, s.created_by, s.created_at"
    };
}

macro_rules! from {
    () => {
        "service_accounts s JOIN users u ON u.id = s.id JOIN members m ON m.user_id = s.id AND m.organization_id = s.organization_id"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE s.id = $1 AND s.organization_id = $2 AND s.deleted_at IS NULL");
    INSERT = "INSERT INTO service_accounts (id, organization_id, description, description_fold, created_by, created_at)
              VALUES ($1, $2, $3, $4, $5, $6)";
    UPDATE = "UPDATE service_accounts SET description = $3, description_fold = $4 WHERE id = $1 AND organization_id = $2 AND deleted_at IS NULL";
    UPDATE_USER = "UPDATE users SET name = $2, search_fold = $3, disabled_at = $4, updated_at = $5, name_fold = $6 WHERE id = $1 AND kind = 'service_account'";
    DELETE = "UPDATE service_accounts SET deleted_at = $3 WHERE id = $1 AND organization_id = $2 AND deleted_at IS NULL";
}

/// `list_service_accounts`.
pub const ACCOUNTS: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::both("email", Holds::Text),
        Field::sort("role", Holds::Text),
        Field::both("createdAt", Holds::Instant),
    ],
    search: &["name", "email"],
    order: Order::NEWEST,
};

/// The same as the console lists it: found by purpose, too, and in more orders.
pub const ROSTER: Spec = Spec {
    fields: &[
        Field::sort("name", Holds::Text),
        Field::filter("role", Holds::Word(&["admin", "editor", "viewer", "collaborator"])),
        Field::sort("rank", Holds::Int),
        Field::sort("lastUsedAt", Holds::Instant),
        Field::sort("createdAt", Holds::Instant),
    ],
    search: &["name", "description"],
    order: Order { field: "name", descending: false },
};

const ROSTER_TABLE: Table = Table {
    columns: &[
        column("name", "u.name").folded("u.name_fold"),
        column("role", "m.role"),
        column("rank", "CASE m.role WHEN 'admin' THEN 0 WHEN 'editor' THEN 1 WHEN 'viewer' THEN 2 ELSE 3 END"),
        // What was never used counts as used longest ago.
        column(
            "lastUsedAt",
            "COALESCE((SELECT MAX(x.last_used_at) FROM api_keys k JOIN key_uses x ON x.key_id = k.id WHERE k.owner_id = s.id), 0)",
        ),
        column("createdAt", "s.created_at"),
    ],
    search: &["u.search_fold", "s.description_fold"],
    ..TABLE
};

/// What a list tells of accounts besides, in one statement: its moments are now, now, now; then the organization, and the ids.
const SUMMARIES: &str = "SELECT s.id,
    (SELECT c.name FROM users c WHERE c.id = s.created_by),
    (SELECT COUNT(*) FROM api_keys k WHERE k.owner_id = s.id
        AND k.revoked_at IS NULL AND (k.grace_ends_at IS NULL OR k.grace_ends_at > ?) AND (k.expires_at IS NULL OR k.expires_at > ?)),
    (SELECT MIN(k.expires_at) FROM api_keys k WHERE k.owner_id = s.id AND k.revoked_at IS NULL AND k.grace_ends_at IS NULL AND k.expires_at > ?),
    (SELECT COUNT(*) FROM project_members pm JOIN projects p ON p.id = pm.project_id AND p.deleted_at IS NULL WHERE pm.user_id = s.id),
    (SELECT COUNT(DISTINCT am.project_id) FROM app_members am JOIN apps a ON a.id = am.app_id AND a.deleted_at IS NULL
        JOIN projects p ON p.id = am.project_id AND p.deleted_at IS NULL WHERE am.user_id = s.id
        AND NOT EXISTS (SELECT 1 FROM project_members pm WHERE pm.user_id = s.id AND pm.project_id = am.project_id)),
    (SELECT MAX(x.last_used_at) FROM api_keys k JOIN key_uses x ON x.key_id = k.id WHERE k.owner_id = s.id),
    (SELECT x.last_ip FROM api_keys k JOIN key_uses x ON x.key_id = k.id WHERE k.owner_id = s.id ORDER BY x.last_used_at DESC LIMIT 1)
    FROM service_accounts s WHERE s.organization_id = ? AND s.id IN (?*)";

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "s.id",
    columns: &[
        column("name", "u.name").folded("u.name_fold"),
        column("email", "u.email"),
        column("role", "m.role"),
        column("createdAt", "s.created_at"),
    ],
    search: &["u.search_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&ACCOUNTS, &TABLE), (&ROSTER, &ROSTER_TABLE)];

fn account(row: &mut Row) -> std::result::Result<ServiceAccount, StoreError> {
    Ok(ServiceAccount {
        id: row.take("service_accounts", "id")?,
        name: row.take("users", "name")?,
        email: row.take("users", "email")?,
        description: row.take("service_accounts", "description")?,
        org: row.take("service_accounts", "organization_id")?,
        member_id: row.take("members", "id")?,
        role: row.take("members", "role")?,
        disabled_at: row.take("users", "disabled_at")?,
        created_by: row.take("service_accounts", "created_by")?,
        created_at: row.take("service_accounts", "created_at")?,
    })
}

/// One service account.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: UserId) -> Result<ServiceAccount> {
    let mut row = tx.one(&GET, &[id.into(), at.org().into()])?.ok_or(Error::NotFound("service account"))?;
    Ok(account(&mut row)?)
}

/// The service accounts of the organization.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InOrg>, listing: &Listing) -> Result<Page<ServiceAccount>> {
    let org = [at.org().into()];
    let scope: [sql::Condition<'_>; 2] = [("s.organization_id = ?", &org), ("s.deleted_at IS NULL", &[])];
    sql::read(tx, &TABLE, &scope, listing, account)
}

/// The same as the console shows it: those that are `shown`, each with what is told besides.
pub fn roster(tx: &mut Tx<'_>, at: &Granted<InOrg>, shown: AccountFilter, listing: &Listing) -> Result<Page<Summary>> {
    let org = [at.org().into()];
    let found = sql::list(tx, &ROSTER_TABLE, &of_shown(shown, &org), listing, None)?;
    let Page { items, total, page, page_size, next } = found.try_map(|mut row| account(&mut row))?;
    Ok(Page { items: summaries(tx, at, items)?, total, page, page_size, next })
}

/// How many [`roster`] finds: all, active, disabled.
pub fn counts(tx: &mut Tx<'_>, at: &Granted<InOrg>, listing: &Listing) -> Result<[u64; 3]> {
    let cases = [AccountFilter::All, AccountFilter::Active, AccountFilter::Disabled].map(|shown| (condition(shown), &[] as &[Value]));
    sql::tally(tx, &ROSTER_TABLE, cases, &of_shown(AccountFilter::All, &[at.org().into()]), listing)
}

const fn condition(shown: AccountFilter) -> &'static str {
    match shown {
        AccountFilter::All => "",
        AccountFilter::Active => "u.disabled_at IS NULL",
        AccountFilter::Disabled => "u.disabled_at IS NOT NULL",
    }
}

fn of_shown(shown: AccountFilter, org: &[Value]) -> Vec<sql::Condition<'_>> {
    let scope: [sql::Condition<'_>; 3] = [("s.organization_id = ?", org), ("s.deleted_at IS NULL", &[]), (condition(shown), &[])];
    scope.into_iter().filter(|(text, _)| !text.is_empty()).collect()
}

/// What is told of these accounts besides, in their order.
pub fn summaries(tx: &mut Tx<'_>, at: &Granted<InOrg>, accounts: Vec<ServiceAccount>) -> Result<Vec<Summary>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![tx.now().into(), tx.now().into(), tx.now().into(), at.org().into()];
    values.extend(accounts.iter().map(|account| Value::from(account.id)));
    let mut told = HashMap::new();
    for mut row in sql::among(tx, (SUMMARIES, &values))? {
        told.insert(row.take::<UserId>("service_accounts", "id")?, row);
    }
    accounts
        .into_iter()
        .map(|account| {
            let mut row = told.remove(&account.id).ok_or(Error::NotFound("service account"))?;
            let (created_by_name, keys) = (row.take("users", "name")?, row.take("api_keys", "count")?);
            // Of a disabled account nothing ends that works.
            let next_end = row.take::<Option<_>>("api_keys", "expires_at")?.filter(|_| account.disabled_at.is_none());
            let given = row.take::<u64>("project_members", "count")? + row.take::<u64>("app_members", "count")?;
            let (last_used_at, last_ip) = (row.take("key_uses", "last_used_at")?, row.take("key_uses", "last_ip")?);
            Ok(Summary { account, created_by_name, keys, next_end, given, last_used_at, last_ip })
        })
        .collect()
}

/// Stores a new service account with its membership.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InOrg>, draft: &Draft) -> Result<UserId> {
    let mut random = [0; 4];
    tx.entropy().fill(&mut random);
    let tag = u32::from_le_bytes(random);
    let email = format!("{}-{tag:08x}@service-account.stele.internal", text::slug_from(&draft.name, "account"));
    let id = user::unguarded_insert(tx, ActorKind::ServiceAccount, &draft.name, &email, None)?;
    let now = tx.now();
    let (description, fold) = (draft.description.clone(), description_fold(draft.description.as_deref()));
    let args = [id.into(), at.org().into(), description.into(), fold, at.actor().user().into(), now.into()];
    tx.run(&INSERT, &args)?;
    super::member::insert(tx, at, id, draft.role, None)?;
    Ok(id)
}

/// Stores a changed service account; the role lies in its membership.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InOrg>, account: &ServiceAccount) -> Result<()> {
    let now = tx.now();
    let fold = description_fold(account.description.as_deref());
    tx.run_one(&UPDATE, &[account.id.into(), at.org().into(), account.description.clone().into(), fold], "service account")?;
    let fold = user::search_fold(&account.name, &account.email);
    let name_fold = text::fold(&account.name);
    let args = [account.id.into(), account.name.as_str().into(), fold.into(), account.disabled_at.into(), now.into(), name_fold.into()];
    tx.run_one(&UPDATE_USER, &args, "service account")?;
    super::member::set_role(tx, at, account.id, account.role)
}

fn description_fold(description: Option<&str>) -> Value {
    text::fold(description.unwrap_or_default()).into()
}

/// Deletes a service account: its membership goes, its row stays for the lists of its keys.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: UserId) -> Result<()> {
    let now = tx.now();
    let member = super::member::of_user(tx, at, id)?;
    tx.run_one(&DELETE, &[id.into(), at.org().into(), now.into()], "service account")?;
    super::member::delete(tx, at, &member)?;
    user::unguarded_set_disabled(tx, id, true)
}
