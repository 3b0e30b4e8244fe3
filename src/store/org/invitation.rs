//! Invitations: open, accepted, taken back, and found by the secret of their link.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InOrg, Own, Scope},
        error::Fault,
        id::{InvitationId, ProjectId, UserId},
        key::secret::HashedSecret,
        listing::Listing,
        org::invitation::{Counts, Invitation, InvitationFilter, InvitationRequest, NamedAssignment, RoleAssignment},
        page::Page,
        spec::{Field, Holds, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        error::StoreError,
        row::{Row, Value},
        sql::{self, Table, column, nullable},
    },
};

macro_rules! columns {
    () => {
        "i.id, i.organization_id, i.email, i.role, i.invited_by, i.key_id, i.title, i.ended_at, i.accepted_at, i.expires_at, i.created_at,
         o.name, o.slug, u.name, u.email, i.project_id, i.app_id, i.place_role, p.name, p.deleted_at, a.name, a.deleted_at"
    };
}

macro_rules! from {
    () => {
        "invitations i JOIN organizations o ON o.id = i.organization_id JOIN users u ON u.id = i.invited_by
         LEFT JOIN projects p ON p.id = i.project_id LEFT JOIN apps a ON a.id = i.app_id"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE i.id = $1 AND i.organization_id = $2");
    BY_TOKEN = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE i.token_hash = $1 AND o.deleted_at IS NULL");
    BY_ID = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE i.id = $1 AND o.deleted_at IS NULL");
    INSERT = "INSERT INTO invitations (id, organization_id, email, role, token_hash, invited_by, expires_at, created_at, key_id, title,
              project_id, app_id, place_role) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    EXTEND = "UPDATE invitations SET expires_at = $3 WHERE id = $1 AND organization_id = $2 AND accepted_at IS NULL AND ended_at IS NULL";
    ACCEPT = "UPDATE invitations SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL AND ended_at IS NULL";
    OF_INVITER = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE i.invited_by = $1 AND i.organization_id = $2 AND i.accepted_at IS NULL AND i.ended_at IS NULL AND i.expires_at > $3");
    END = "UPDATE invitations SET ended_at = $3 WHERE id = $1 AND organization_id = $2 AND accepted_at IS NULL AND ended_at IS NULL";
    DELETE = "DELETE FROM invitations WHERE id = $1 AND organization_id = $2 AND accepted_at IS NULL";
    COUNTS = "SELECT CAST(COALESCE(SUM(CASE WHEN accepted_at IS NULL AND ended_at IS NULL AND expires_at > $2 THEN 1 ELSE 0 END), 0) AS BIGINT),
              CAST(COALESCE(SUM(CASE WHEN accepted_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT),
              CAST(COALESCE(SUM(CASE WHEN accepted_at IS NULL AND (ended_at IS NOT NULL OR expires_at <= $2) THEN 1 ELSE 0 END), 0) AS BIGINT)
              FROM invitations WHERE organization_id = $1";
    IS_MEMBER = "SELECT 1 FROM members m JOIN users u ON u.id = m.user_id WHERE m.organization_id = $1 AND u.email = $2";
}

/// `list_organization_invitations`.
pub const INVITATIONS: Spec = Spec {
    fields: &[
        Field::both("role", Holds::Word(&["admin", "editor", "viewer", "collaborator"])),
        Field::both("email", Holds::Text),
        Field::filter("acceptedAt", Holds::Instant),
        Field::sort("expiresAt", Holds::Instant),
        Field::sort("createdAt", Holds::Instant),
    ],
    search: &["email"],
    order: Order::NEWEST,
};

/// `list_my_invitations`: pending ones that are addressed to the caller.
pub const MINE: Spec = Spec {
    fields: &[
        Field::both("role", Holds::Word(&["admin", "editor", "viewer", "collaborator"])),
        Field::sort("expiresAt", Holds::Instant),
        Field::sort("createdAt", Holds::Instant),
    ],
    search: &[],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "i.id",
    columns: &[
        column("role", "i.role"),
        column("email", "i.email"),
        nullable("acceptedAt", "i.accepted_at"),
        column("expiresAt", "i.expires_at"),
        column("createdAt", "i.created_at"),
    ],
    search: &["i.email"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&INVITATIONS, &TABLE), (&MINE, &TABLE)];

fn invitation(row: &mut Row) -> std::result::Result<Invitation, StoreError> {
    Ok(Invitation {
        id: row.take("invitations", "id")?,
        org: row.take("invitations", "organization_id")?,
        email: row.take("invitations", "email")?,
        role: row.take("invitations", "role")?,
        invited_by: row.take("invitations", "invited_by")?,
        key: row.take("invitations", "key_id")?,
        title: row.take("invitations", "title")?,
        ended_at: row.take("invitations", "ended_at")?,
        accepted_at: row.take("invitations", "accepted_at")?,
        expires_at: row.take("invitations", "expires_at")?,
        created_at: row.take("invitations", "created_at")?,
        organization: (row.take("organizations", "name")?, row.take("organizations", "slug")?),
        inviter: (row.take("users", "name")?, row.take("users", "email")?),
        place: place(row)?,
    })
}

fn place(row: &mut Row) -> std::result::Result<Option<NamedAssignment>, StoreError> {
    let Some(project) = row.take::<Option<ProjectId>>("invitations", "project_id")? else { return Ok(None) };
    let at = RoleAssignment { project, app: row.take("invitations", "app_id")?, role: row.take("invitations", "place_role")? };
    let (project, deleted): (String, Option<Instant>) = (row.take("projects", "name")?, row.take("projects", "deleted_at")?);
    let (app, trashed): (Option<String>, Option<Instant>) = (row.take("apps", "name")?, row.take("apps", "deleted_at")?);
    Ok(Some(NamedAssignment { at, project, app, gone: deleted.or(trashed).is_some() }))
}

/// One invitation.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: InvitationId) -> Result<Invitation> {
    let mut row = tx.one(&GET, &[id.into(), at.org().into()])?.ok_or(Error::NotFound("invitation"))?;
    Ok(invitation(&mut row)?)
}

/// The invitation behind the secret of a link.
pub fn unguarded_by_token(tx: &mut Tx<'_>, token: &HashedSecret) -> Result<Option<Invitation>> {
    Ok(tx.one(&BY_TOKEN, &[token.as_str().into()])?.map(|mut row| invitation(&mut row)).transpose()?)
}

/// The invitation that an e-mail is about.
pub fn unguarded_by_id(tx: &mut Tx<'_>, id: InvitationId) -> Result<Option<Invitation>> {
    Ok(tx.one(&BY_ID, &[id.into()])?.map(|mut row| invitation(&mut row)).transpose()?)
}

/// The invitations of the organization that are in this state.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InOrg>, shown: InvitationFilter, listing: &Listing) -> Result<Page<Invitation>> {
    let (org, now) = ([at.org().into()], [tx.now().into()]);
    let mut scope: Vec<sql::Condition<'_>> = vec![("i.organization_id = ?", &org)];
    match shown {
        InvitationFilter::Pending => scope.push(("i.accepted_at IS NULL AND i.ended_at IS NULL AND i.expires_at > ?", &now)),
        InvitationFilter::Accepted => scope.push(("i.accepted_at IS NOT NULL", &[])),
        InvitationFilter::Expired => scope.push(("i.accepted_at IS NULL AND (i.ended_at IS NOT NULL OR i.expires_at <= ?)", &now)),
        InvitationFilter::All => {}
    }
    sql::read(tx, &TABLE, &scope, listing, invitation)
}

/// How many invitations the organization has of each state.
pub fn counts(tx: &mut Tx<'_>, at: &Granted<InOrg>) -> Result<Counts> {
    let now = tx.now();
    let Some(mut row) = tx.one(&COUNTS, &[at.org().into(), now.into()])? else { return Ok(Counts::default()) };
    let table = "invitations";
    Ok(Counts { pending: row.take(table, "pending")?, accepted: row.take(table, "accepted")?, expired: row.take(table, "expired")? })
}

/// Pending invitations addressed to the caller, on any organization of the instance; a key hears of its own alone.
pub fn list_mine(tx: &mut Tx<'_>, at: &Granted<Own>, listing: &Listing) -> Result<Page<Invitation>> {
    let args = [at.actor().email.as_str().into(), tx.now().into()];
    let org: Vec<Value> = at.actor().key().map(|key| key.org.into()).into_iter().collect();
    let open = "i.email = ? AND i.accepted_at IS NULL AND i.ended_at IS NULL AND i.expires_at > ? AND o.deleted_at IS NULL";
    let mut scope: Vec<sql::Condition<'_>> = vec![(open, &args)];
    if !org.is_empty() {
        scope.push(("i.organization_id = ?", &org));
    }
    // A key that is limited to some projects hears of no other.
    if at.actor().limits().is_some() {
        scope.push(("i.project_id IS NULL", &[]));
    }
    sql::read(tx, &TABLE, &scope, listing, invitation)
}

/// Stores a new invitation.
///
/// # Errors
/// A conflict on `email` when there is a pending one, or the person is a member already.
pub fn insert(
    tx: &mut Tx<'_>,
    at: &Granted<InOrg>,
    id: InvitationId,
    request: &InvitationRequest,
    token: &HashedSecret,
    until: Instant,
) -> Result<()> {
    let taken = |message: &str| Error::Conflict(Fault::new("email", "taken", message));
    if tx.one(&IS_MEMBER, &[at.org().into(), request.email.as_str().into()])?.is_some() {
        return Err(taken("This person is a member already."));
    }
    let now = tx.now();
    let args = [
        id.into(),
        at.org().into(),
        request.email.as_str().into(),
        request.role.into(),
        token.as_str().into(),
        at.actor().user().into(),
        until.into(),
        now.into(),
        at.actor().key().map(|key| key.id).into(),
        request.title.clone().into(),
        request.place.map(|place| place.project).into(),
        request.place.and_then(|place| place.app).into(),
        request.place.map(|place| place.role).into(),
    ];
    match tx.run(&INSERT, &args) {
        Err(StoreError::Unique(_)) => Err(taken("This address has an invitation already. Send it again instead.")),
        other => other.map(|_| ()).map_err(Error::from),
    }
}

/// Gives a pending invitation a new end.
pub fn extend(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: InvitationId, until: Instant) -> Result<()> {
    tx.run_one(&EXTEND, &[id.into(), at.org().into(), until.into()], "invitation")
}

/// The invitations to an organization that somebody made and that can still be accepted.
pub fn open_of_inviter<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>, inviter: UserId) -> Result<Vec<Invitation>> {
    let now = tx.now();
    let rows = tx.rows(&OF_INVITER, &[inviter.into(), at.scope().org_id().into(), now.into()])?;
    Ok(rows.into_iter().map(|mut row| invitation(&mut row)).collect::<std::result::Result<_, _>>()?)
}

/// Ends an invitation whose inviter may not make it any more: a fact, whatever becomes of them later.
pub fn end<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>, id: InvitationId) -> Result<()> {
    let now = tx.now();
    tx.run_one(&END, &[id.into(), at.scope().org_id().into(), now.into()], "invitation")
}

/// Marks an invitation as accepted.
pub fn unguarded_accept(tx: &mut Tx<'_>, id: InvitationId) -> Result<()> {
    let now = tx.now();
    tx.run_one(&ACCEPT, &[id.into(), now.into()], "invitation")
}

/// Takes a pending invitation back.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: InvitationId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.org().into()], "invitation")
}
