//! Organizations with their policies: read, listed by member, made, changed, handed over, deleted.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InOrg, Own, Role},
        id::{OrgId, UserId},
        listing::Listing,
        org::organization::{Organization, Policy},
        page::Page,
        spec::{Field, Holds, Order, Spec},
        text,
    },
    store::{
        Tx,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "o.id, o.name, o.slug, o.description, o.logo_url, o.brand_color, o.website, o.address, o.owner_id, o.max_key_days,
         o.key_expiry_required, o.personal_keys_allowed, o.created_at, o.updated_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM organizations o WHERE o.id = $1 AND o.deleted_at IS NULL");
    INSERT = "INSERT INTO organizations (id, name, slug, description, website, owner_id, key_expiry_required, personal_keys_allowed, created_at, updated_at, name_fold)
              VALUES ($1, $2, $3, $4, $5, $6, FALSE, TRUE, $7, $7, $8)";
    UPDATE = "UPDATE organizations SET name = $2, slug = $3, description = $4, logo_url = $5, brand_color = $6, website = $7, address = $8,
              max_key_days = $9, key_expiry_required = $10, personal_keys_allowed = $11, updated_at = $12, name_fold = $13
              WHERE id = $1 AND deleted_at IS NULL";
    SET_OWNER = "UPDATE organizations SET owner_id = $2, updated_at = $3 WHERE id = $1 AND deleted_at IS NULL";
    DELETE = "UPDATE organizations SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL";
    ALL = concat!("SELECT ", columns!(), " FROM organizations o WHERE o.deleted_at IS NULL ORDER BY o.created_at, o.id");
}

/// `list_my_organizations`.
pub const MINE: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::both("slug", Holds::Text),
        Field::filter("plan", Holds::Text),
        Field::filter("subscriptionStatus", Holds::Text),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name", "slug"],
    order: Order::NEWEST,
};

const MINE_TABLE: Table = Table {
    select: concat!(columns!(), ", m.role"),
    from: "members m JOIN organizations o ON o.id = m.organization_id",
    id: "o.id",
    columns: &[
        column("name", "o.name").folded("o.name_fold"),
        column("slug", "o.slug"),
        column("plan", "'self-hosted'"),
        column("subscriptionStatus", "'active'"),
        column("createdAt", "o.created_at"),
        column("updatedAt", "o.updated_at"),
    ],
    search: &["o.name_fold", "o.slug"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&MINE, &MINE_TABLE)];

fn organization(row: &mut Row) -> Result<Organization> {
    let table = "organizations";
    Ok(Organization {
        id: row.take(table, "id")?,
        name: row.take(table, "name")?,
        slug: row.take(table, "slug")?,
        description: row.take(table, "description")?,
        logo_url: row.take(table, "logo_url")?,
        brand_color: row.take(table, "brand_color")?,
        website: row.take(table, "website")?,
        address: row.take::<Option<String>>(table, "address")?.map(|text| sql::json(&text, table, "address")).transpose()?,
        owner_id: row.take(table, "owner_id")?,
        policy: Policy {
            max_key_days: row.take(table, "max_key_days")?,
            key_expiry_required: row.take(table, "key_expiry_required")?,
            personal_keys_allowed: row.take(table, "personal_keys_allowed")?,
        },
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
    })
}

/// The organization.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InOrg>) -> Result<Organization> {
    let mut row = tx.one(&GET, &[at.org().into()])?.ok_or(Error::NotFound("organization"))?;
    organization(&mut row)
}

/// The organizations that the caller is a member of (a key: only its own), with the role there.
pub fn list_mine(tx: &mut Tx<'_>, at: &Granted<Own>, listing: &Listing) -> Result<Page<(Organization, Role)>> {
    let user = [at.actor().id.into()];
    let bound: Vec<Value> = at.actor().key().map(|key| key.org.into()).into_iter().collect();
    let mut scope: Vec<sql::Condition<'_>> = vec![("m.user_id = ?", &user), ("o.deleted_at IS NULL", &[])];
    if !bound.is_empty() {
        scope.push(("o.id = ?", &bound));
    }
    sql::list(tx, &MINE_TABLE, &scope, listing, None)?.try_map(|mut row| {
        let organization = organization(&mut row)?;
        Ok((organization, row.take("members", "role")?))
    })
}

/// Every organization, for the command line.
pub fn unguarded_all(tx: &mut Tx<'_>) -> Result<Vec<Organization>> {
    tx.rows(&ALL, &[])?.iter_mut().map(organization).collect()
}

/// Stores a new organization; its owner becomes a member in the same transaction.
///
/// # Errors
/// A conflict on `slug`.
pub fn unguarded_insert(tx: &mut Tx<'_>, draft: &crate::domain::org::organization::Checked, owner: UserId) -> Result<OrgId> {
    let id = OrgId::new(tx.now(), tx.entropy());
    let now = tx.now();
    let args = [
        id.into(),
        draft.profile.name.as_str().into(),
        draft.profile.slug.as_str().into(),
        draft.profile.description.clone().into(),
        draft.website.clone().into(),
        owner.into(),
        now.into(),
        text::fold(&draft.profile.name).into(),
    ];
    tx.run(&INSERT, &args).map_err(|error| error.on_slug(&draft.profile.slug, ""))?;
    super::member::unguarded_insert_owner(tx, id, owner)?;
    Ok(id)
}

/// Stores a changed organization.
///
/// # Errors
/// A conflict on `slug`.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InOrg>, org: &Organization) -> Result<()> {
    let now = tx.now();
    let address = org.address.as_ref().map(serde_json::to_string).transpose().map_err(|error| Error::Internal(error.to_string()))?;
    let args = [
        at.org().into(),
        org.name.as_str().into(),
        org.slug.as_str().into(),
        org.description.clone().into(),
        org.logo_url.clone().into(),
        org.brand_color.clone().into(),
        org.website.clone().into(),
        address.into(),
        org.policy.max_key_days.into(),
        org.policy.key_expiry_required.into(),
        org.policy.personal_keys_allowed.into(),
        now.into(),
        text::fold(&org.name).into(),
    ];
    let touched = tx.run(&UPDATE, &args).map_err(|error| error.on_slug(&org.slug, ""))?;
    if touched == 1 { Ok(()) } else { Err(Error::NotFound("organization")) }
}

/// Hands the organization to another user. The memberships are changed by `member::swap_owner`.
pub fn set_owner(tx: &mut Tx<'_>, at: &Granted<InOrg>, owner: UserId) -> Result<()> {
    let now = tx.now();
    tx.run_one(&SET_OWNER, &[at.org().into(), owner.into(), now.into()], "organization")
}

/// Ends the organization: from now on nobody finds it or anything in it.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InOrg>) -> Result<()> {
    let now = tx.now();
    tx.run_one(&DELETE, &[at.org().into(), now.into()], "organization")
}
