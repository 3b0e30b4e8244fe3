//! Service accounts.

use crate::domain::{
    Error, Result,
    access::{ActorKind, Granted, InOrg},
    account::{Draft, ServiceAccount},
    id::UserId,
    listing::{Field, Holds, Listing, Order, Page, Spec},
    text,
};

use super::{
    Tx,
    engine::StoreError,
    row::Row,
    sql::{self, Table, column},
    user,
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
    INSERT = "INSERT INTO service_accounts (id, organization_id, description, created_by, created_at) VALUES ($1, $2, $3, $4, $5)";
    UPDATE = "UPDATE service_accounts SET description = $3 WHERE id = $1 AND organization_id = $2 AND deleted_at IS NULL";
    UPDATE_USER = "UPDATE users SET name = $2, search_fold = $3, disabled_at = $4, updated_at = $5 WHERE id = $1 AND kind = 'service_account'";
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

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "s.id",
    columns: &[column("name", "u.name"), column("email", "u.email"), column("role", "m.role"), column("createdAt", "s.created_at")],
    search: &["u.search_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&ACCOUNTS, &TABLE)];

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
    Ok(sql::list(tx, &TABLE, &scope, listing, None)?.try_map(|mut row| account(&mut row))?)
}

/// Stores a new service account with its membership.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InOrg>, draft: &Draft) -> Result<UserId> {
    let mut random = [0; 4];
    tx.entropy().fill(&mut random);
    let tag = u32::from_le_bytes(random);
    let email = format!("{}-{tag:08x}@service-account.stele.internal", text::slug_from(&draft.name, "account"));
    let id = user::unguarded_insert(tx, ActorKind::ServiceAccount, &draft.name, &email, None)?;
    let now = tx.now();
    let args = [id.into(), at.org().into(), draft.description.clone().into(), at.actor().user().into(), now.into()];
    tx.run(&INSERT, &args)?;
    super::member::insert(tx, at, id, draft.role, None)?;
    Ok(id)
}

/// Stores a changed service account; the role lies in its membership.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InOrg>, account: &ServiceAccount) -> Result<()> {
    let now = tx.now();
    tx.run_one(&UPDATE, &[account.id.into(), at.org().into(), account.description.clone().into()], "service account")?;
    let fold = user::search_fold(&account.name, &account.email);
    let args = [account.id.into(), account.name.as_str().into(), fold.into(), account.disabled_at.into(), now.into()];
    tx.run_one(&UPDATE_USER, &args, "service account")?;
    super::member::set_role(tx, at, account.id, account.role)
}

/// Deletes a service account: its membership goes, its row stays for the lists of its keys.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: UserId) -> Result<()> {
    let now = tx.now();
    let member = super::member::of_user(tx, at, id)?;
    tx.run_one(&DELETE, &[id.into(), at.org().into(), now.into()], "service account")?;
    super::member::delete(tx, at, &member)?;
    user::unguarded_set_disabled(tx, id, true)
}
