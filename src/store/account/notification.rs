//! Notifications of a user: written, listed, counted, marked as read.

use crate::{
    domain::{
        Result,
        access::{Granted, Own},
        account::notification::Notification,
        id::{NotificationId, OrgId, UserId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        text,
    },
    store::{
        Tx,
        error::StoreError,
        row::{Row, Value},
        sql::{self, Table, column, nullable},
    },
};

statements! {
    READ_ALL = "UPDATE notifications SET status = 'read', updated_at = $2 WHERE user_id = $1 AND status = 'unread'";
    READ_ONE = "UPDATE notifications SET status = 'read', updated_at = $3 WHERE id = $1 AND user_id = $2";
    UNREAD = "SELECT COUNT(*) AS n FROM notifications WHERE user_id = $1 AND status = 'unread'";
    INSERT = "INSERT INTO notifications (id, user_id, organization_id, title, body, type, status, link, scope_kind, scope_id, data, created_at, updated_at,
              search_fold) VALUES ($1, $2, $3, $4, $5, $6, 'unread', $7, $8, $9, '{}', $10, $10, $11)";
}

/// `list_my_notifications`.
pub const NOTIFICATIONS: Spec = Spec {
    fields: &[
        Field::both("status", Holds::Word(&["unread", "read"])),
        Field::both("type", Holds::Text),
        Field::filter("kind", Holds::Text),
        Field::filter("scopeKind", Holds::Text),
        Field::filter("scopeId", Holds::Text),
        Field::filter("subject", Holds::Text),
        Field::sort("createdAt", Holds::Instant),
    ],
    search: &["title", "body"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: "n.id, n.user_id, n.organization_id, n.title, n.body, n.type, n.status, n.link, n.scope_kind, n.scope_id, n.data, n.created_at, n.updated_at",
    from: "notifications n",
    id: "n.id",
    columns: &[
        column("status", "n.status"),
        column("type", "n.type"),
        column("kind", "n.type"),
        nullable("scopeKind", "n.scope_kind"),
        nullable("scopeId", "n.scope_id"),
        nullable("subject", "n.subject"),
        column("createdAt", "n.created_at"),
    ],
    search: &["n.search_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&NOTIFICATIONS, &TABLE)];

fn notification(row: &mut Row) -> std::result::Result<Notification, StoreError> {
    let table = "notifications";
    Ok(Notification {
        id: row.take(table, "id")?,
        user_id: row.take(table, "user_id")?,
        org: row.take(table, "organization_id")?,
        title: row.take(table, "title")?,
        body: row.take(table, "body")?,
        kind: row.take(table, "type")?,
        status: row.take(table, "status")?,
        link: row.take(table, "link")?,
        scope: Option::zip(row.take(table, "scope_kind")?, row.take(table, "scope_id")?),
        data: row.take(table, "data")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
    })
}

/// The caller's notifications; for a key, those of its organization, and of its projects where it is limited to some.
pub fn list_own(tx: &mut Tx<'_>, at: &Granted<Own>, listing: &Listing) -> Result<Page<Notification>> {
    let user = [at.actor().id.into()];
    let org: Vec<Value> = at.actor().key().map(|key| key.org.into()).into_iter().collect();
    let mut scope: Vec<sql::Condition<'_>> = vec![("n.user_id = ?", &user)];
    if !org.is_empty() {
        scope.push(("n.organization_id = ?", &org));
    }
    let chosen: Vec<Value> = at.actor().limits().into_iter().flatten().copied().map(Value::from).collect();
    if !chosen.is_empty() {
        scope.push(("n.scope_kind = 'project' AND n.scope_id IN (?*)", &chosen));
    }
    sql::read(tx, &TABLE, &scope, listing, notification)
}

/// How many of the caller's notifications were not read.
pub fn unread(tx: &mut Tx<'_>, at: &Granted<Own>) -> Result<u64> {
    sql::number(tx.one(&UNREAD, &[at.actor().id.into()])?, "notifications")
}

/// Marks all of the caller's notifications as read.
pub fn read_all(tx: &mut Tx<'_>, at: &Granted<Own>) -> Result<()> {
    let now = tx.now();
    tx.run(&READ_ALL, &[at.actor().id.into(), now.into()])?;
    Ok(())
}

/// Marks one of the caller's notifications as read.
///
/// # Errors
/// Not found, when it is not theirs.
pub fn read_one(tx: &mut Tx<'_>, at: &Granted<Own>, id: NotificationId) -> Result<()> {
    let now = tx.now();
    tx.run_one(&READ_ONE, &[id.into(), at.actor().id.into(), now.into()], "notification")
}

/// What a notification says.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// What it is about, such as `member.added`.
    pub kind: &'a str,
    /// One line.
    pub title: &'a str,
    /// More.
    pub body: Option<&'a str>,
    /// Where it leads in the console.
    pub link: Option<&'a str>,
}

/// Tells a user something that the server decided to tell: nobody writes to another's notifications by themselves.
pub fn unguarded_insert(tx: &mut Tx<'_>, user: UserId, org: OrgId, notice: Notice<'_>) -> Result<NotificationId> {
    let id = NotificationId::new(tx.now(), tx.entropy());
    let now = tx.now();
    let args = [
        id.into(),
        user.into(),
        org.into(),
        notice.title.into(),
        notice.body.map(str::to_owned).into(),
        notice.kind.into(),
        notice.link.map(str::to_owned).into(),
        "organization".into(),
        org.into(),
        now.into(),
        text::fold(&format!("{} {}", notice.title, notice.body.unwrap_or_default())).into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(id)
}
