//! Readers of a site who sign in.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        content::site::viewer::Viewer,
        id::ViewerId,
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
    },
    store::{
        Tx,
        error::StoreError,
        row::Row,
        sql::{self, Table, column, nullable},
    },
};

macro_rules! columns {
    () => {
        "v.id, v.app_id, v.email, v.display_name, v.invited_at, v.signed_in_at, v.last_activity_at"
    };
}

statements! {
    BY_EMAIL = concat!("SELECT ", columns!(), " FROM viewers v WHERE v.app_id = $1 AND v.email = $2");
    INSERT = "INSERT INTO viewers (id, organization_id, project_id, app_id, email, invited_by, invited_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INVITE_AGAIN = "UPDATE viewers SET invited_at = $3, invited_by = $4 WHERE id = $1 AND app_id = $2";
    GET = concat!("SELECT ", columns!(), " FROM viewers v WHERE v.id = $1 AND v.app_id = $2");
    DELETE = "DELETE FROM viewers WHERE id = $1 AND app_id = $2";
}

/// `list_website_viewers`.
pub const VIEWERS: Spec = Spec {
    fields: &[
        Field::both("invitedAt", Holds::Instant),
        Field::both("signedInAt", Holds::Instant),
        Field::both("email", Holds::Text),
        Field::sort("displayName", Holds::Text),
    ],
    search: &["email", "displayName"],
    order: Order { field: "invitedAt", descending: true },
};

const TABLE: Table = Table {
    select: columns!(),
    from: "viewers v",
    id: "v.id",
    columns: &[
        column("invitedAt", "v.invited_at"),
        nullable("signedInAt", "v.signed_in_at"),
        column("email", "v.email"),
        nullable("displayName", "v.display_name").folded("v.display_name_fold"),
    ],
    search: &["v.email", "v.display_name_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&VIEWERS, &TABLE)];

fn viewer(row: &mut Row) -> std::result::Result<Viewer, StoreError> {
    let table = "viewers";
    Ok(Viewer {
        id: row.take(table, "id")?,
        app: row.take(table, "app_id")?,
        email: row.take(table, "email")?,
        display_name: row.take(table, "display_name")?,
        invited_at: row.take(table, "invited_at")?,
        signed_in_at: row.take(table, "signed_in_at")?,
        last_activity_at: row.take(table, "last_activity_at")?,
    })
}

/// The readers of a site.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InApp>, listing: &Listing) -> Result<Page<Viewer>> {
    sql::read(tx, &TABLE, &[("v.app_id = ?", &[at.app().into()])], listing, viewer)
}

/// One of them.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, id: ViewerId) -> Result<Viewer> {
    let mut row = tx.one(&GET, &[id.into(), at.app().into()])?.ok_or(Error::NotFound("viewer"))?;
    Ok(viewer(&mut row)?)
}

/// The one with this address, if there is one.
pub fn by_email(tx: &mut Tx<'_>, at: &Granted<InApp>, email: &str) -> Result<Option<Viewer>> {
    Ok(tx.one(&BY_EMAIL, &[at.app().into(), email.into()])?.map(|mut row| viewer(&mut row)).transpose()?)
}

/// Stores somebody who was invited.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InApp>, viewer: &Viewer) -> Result<()> {
    let args = [
        viewer.id.into(),
        at.org().into(),
        at.project().into(),
        at.app().into(),
        viewer.email.as_str().into(),
        at.actor().id.into(),
        viewer.invited_at.into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(())
}

/// Stores that somebody was invited again.
pub fn invited_again(tx: &mut Tx<'_>, at: &Granted<InApp>, id: ViewerId) -> Result<()> {
    let now = tx.now();
    tx.run_one(&INVITE_AGAIN, &[id.into(), at.app().into(), now.into(), at.actor().id.into()], "viewer")
}

/// Takes somebody off.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InApp>, id: ViewerId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.app().into()], "viewer")
}
