//! The instance itself: its id, the secret from which invitation links are derived, and who and what is there, for its operators.

use uuid::Uuid;

use crate::domain::{
    Result,
    access::{Granted, InInstance},
    account::user,
    id,
    listing::Listing,
    org::organization,
    page::Page,
    spec::{Field, Holds, Order, Spec},
};

use super::{
    Tx,
    key::key_list::{self, Holder},
    sql::{self, Table, column, nullable},
};

statements! {
    GET = "SELECT id, secret FROM instance";
    CHECKED = "UPDATE instance SET checked_at = $1 WHERE one = 1";
    INSERT = "INSERT INTO instance (id, secret, created_at) VALUES ($1, $2, $3)";
}

/// The people of the instance.
pub const PEOPLE: Spec = Spec {
    fields: &[
        Field::sort("name", Holds::Text),
        Field::both("email", Holds::Text),
        Field::sort("signedInAt", Holds::Instant),
        Field::sort("createdAt", Holds::Instant),
    ],
    search: &["name", "email"],
    order: Order::NEWEST,
};

const PEOPLE_TABLE: Table = Table {
    select: "u.id, u.name, u.email, u.is_operator, u.disabled_at, u.created_at, s.signed_in_at,
        (SELECT COUNT(*) FROM members m JOIN organizations o ON o.id = m.organization_id WHERE m.user_id = u.id AND o.deleted_at IS NULL)",
    from: "users u LEFT JOIN sign_ins s ON s.user_id = u.id",
    id: "u.id",
    columns: &[
        column("name", "u.name").folded("u.name_fold"),
        column("email", "u.email"),
        nullable("signedInAt", "s.signed_in_at"),
        column("createdAt", "u.created_at"),
    ],
    search: &["u.search_fold"],
};

/// Its organizations.
pub const ORGANIZATIONS: Spec = Spec {
    fields: &[Field::sort("name", Holds::Text), Field::both("slug", Holds::Text), Field::sort("createdAt", Holds::Instant)],
    search: &["name", "slug"],
    order: Order::NEWEST,
};

const ORGANIZATIONS_TABLE: Table = Table {
    select: "o.id, o.name, o.slug, u.name, u.email, o.created_at,
        (SELECT MAX(s.signed_in_at) FROM members m JOIN sign_ins s ON s.user_id = m.user_id WHERE m.organization_id = o.id),
        (SELECT COUNT(*) FROM members m JOIN users p ON p.id = m.user_id WHERE m.organization_id = o.id AND p.kind = 'user'),
        (SELECT COUNT(*) FROM projects p WHERE p.organization_id = o.id AND p.deleted_at IS NULL)",
    from: "organizations o JOIN users u ON u.id = o.owner_id",
    id: "o.id",
    columns: &[column("name", "o.name").folded("o.name_fold"), column("slug", "o.slug"), column("createdAt", "o.created_at")],
    search: &["o.name_fold", "o.slug"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&PEOPLE, &PEOPLE_TABLE), (&ORGANIZATIONS, &ORGANIZATIONS_TABLE)];

/// What an instance is.
#[derive(Clone)]
pub struct Instance {
    /// Its id.
    pub id: Uuid,
    /// Its secret.
    pub secret: Vec<u8>,
}

/// Reads the instance; makes it at the very first start.
pub fn unguarded_get_or_make(tx: &mut Tx<'_>) -> Result<Instance> {
    if let Some(found) = unguarded_get(tx)? {
        return Ok(found);
    }
    let mut secret = vec![0; 32];
    tx.entropy().fill(&mut secret);
    let (id, now) = (id::uuid(tx.now(), tx.entropy()), tx.now());
    tx.run(&INSERT, &[id.to_string().into(), secret.clone().into(), now.into()])?;
    Ok(Instance { id, secret })
}

/// Notes that it was asked whether anything can be stored: the answer is whether this can.
pub fn unguarded_check(tx: &mut Tx<'_>) -> Result<()> {
    tx.run(&CHECKED, &[tx.now().into()])?;
    Ok(())
}

/// The instance, if it was made.
pub fn unguarded_get(tx: &mut Tx<'_>) -> Result<Option<Instance>> {
    let Some(mut row) = tx.one(&GET, &[])? else { return Ok(None) };
    let id: String = row.take("instance", "id")?;
    Ok(Some(Instance { id: id.parse().unwrap_or_default(), secret: row.take("instance", "secret")? }))
}

/// The people, each with how much they have.
pub fn people(tx: &mut Tx<'_>, at: &Granted<InInstance>, listing: &Listing) -> Result<Page<user::Overview>> {
    let page = sql::list(tx, &PEOPLE_TABLE, &[("u.kind = 'user'", &[])], listing, None)?;
    page.try_map(|mut row| {
        let id = row.take("users", "id")?;
        Ok(user::Overview {
            id,
            name: row.take("users", "name")?,
            email: row.take("users", "email")?,
            is_operator: row.take("users", "is_operator")?,
            disabled_at: row.take("users", "disabled_at")?,
            created_at: row.take("users", "created_at")?,
            signed_in_at: row.take("sign_ins", "signed_in_at")?,
            organizations: row.take("members", "count")?,
            keys: key_list::in_use_by(tx, at, Holder::Owner(id))?,
        })
    })
}

/// The organizations, each with how much is in it.
pub fn organizations(tx: &mut Tx<'_>, at: &Granted<InInstance>, listing: &Listing) -> Result<Page<organization::Overview>> {
    let page = sql::list(tx, &ORGANIZATIONS_TABLE, &[("o.deleted_at IS NULL", &[])], listing, None)?;
    page.try_map(|mut row| {
        let id = row.take("organizations", "id")?;
        Ok(organization::Overview {
            id,
            name: row.take("organizations", "name")?,
            slug: row.take("organizations", "slug")?,
            owner_name: row.take("users", "name")?,
            owner_email: row.take("users", "email")?,
            created_at: row.take("organizations", "created_at")?,
            signed_in_at: row.take("sign_ins", "signed_in_at")?,
            members: row.take("members", "count")?,
            projects: row.take("projects", "count")?,
            keys: key_list::in_use_by(tx, at, Holder::Org(id))?,
        })
    })
}
