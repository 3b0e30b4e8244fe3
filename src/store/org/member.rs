//! Members of an organization.

use std::collections::HashSet;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InOrg, InProject, Own, Role},
        error::Fault,
        id::{MemberId, OrgId, UserId},
        listing::Listing,
        org::member::{AppRole, Departure, Membership, Person, ProjectRole},
        page::Page,
        project::app::AppType,
        spec::{Field, Holds, Order, Spec},
        text,
    },
    store::{
        Tx,
        error::StoreError,
        row::{FromCell, Row, Value},
        sql::{self, Table, column, nullable},
    },
};

macro_rules! columns {
    () => {
        "m.id, m.organization_id, m.user_id, m.role, m.title, m.invited_by, m.invited_at, m.joined_at, m.created_at, m.updated_at,
         u.kind, u.name, u.email, u.avatar_url, u.bio, u.phone"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM members m JOIN users u ON u.id = m.user_id WHERE m.id = $1 AND m.organization_id = $2");
    OF_USER = concat!("SELECT ", columns!(), " FROM members m JOIN users u ON u.id = m.user_id WHERE m.user_id = $1 AND m.organization_id = $2");
    ID_BY_EMAIL = "SELECT m.user_id FROM members m JOIN users u ON u.id = m.user_id WHERE m.organization_id = $1 AND u.email = $2";
    INSERT = "INSERT INTO members (id, organization_id, user_id, role, title, invited_by, invited_at, joined_at, created_at, updated_at, title_fold)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, $9)";
    UPDATE = "UPDATE members SET role = $3, title = $4, updated_at = $5, title_fold = $6 WHERE id = $1 AND organization_id = $2";
    DELETE = "DELETE FROM members WHERE id = $1 AND organization_id = $2";
    DELETE_IN_PROJECTS = "DELETE FROM project_members WHERE user_id = $1 AND organization_id = $2";
    DELETE_IN_APPS = "DELETE FROM app_members WHERE user_id = $1 AND organization_id = $2";
    REMOVED = "SELECT o.name, n.created_at FROM notifications n JOIN organizations o ON o.id = n.organization_id
               WHERE n.user_id = $1 AND n.type = 'member.removed' ORDER BY n.created_at DESC, n.id DESC LIMIT 1";
    DELETED = "SELECT o.name, o.deleted_at FROM members m JOIN organizations o ON o.id = m.organization_id
               WHERE m.user_id = $1 AND o.deleted_at IS NOT NULL ORDER BY o.deleted_at DESC, o.id DESC LIMIT 1";
    PLACE_ROLES = "SELECT role FROM project_members WHERE user_id = $1 AND organization_id = $2
                   UNION SELECT role FROM app_members WHERE user_id = $1 AND organization_id = $2";
    SET_ROLE = "UPDATE members SET role = $3, updated_at = $4 WHERE user_id = $1 AND organization_id = $2";
}

/// `list_organization_members`: people and service accounts, since both are members.
pub const MEMBERS: Spec = Spec {
    fields: &[
        Field::both("role", Holds::Word(&["owner", "admin", "editor", "viewer", "collaborator"])),
        Field::both("title", Holds::Text),
        Field::filter("userId", Holds::Id),
        Field::filter("invitedBy", Holds::Id),
        Field::both("joinedAt", Holds::Instant),
        Field::both("invitedAt", Holds::Instant),
        Field::sort("createdAt", Holds::Instant),
        Field::sort("name", Holds::Text),
    ],
    search: &["name", "email"],
    order: Order::NEWEST,
};

/// The same as the console lists it: people first, the owner before all, then by role and name.
pub const PEOPLE_FIRST: Spec = Spec {
    fields: &[Field::sort("rank", Holds::Text), Field::sort("name", Holds::Text), Field::sort("joinedAt", Holds::Instant)],
    search: &["name", "email"],
    order: Order { field: "rank", descending: false },
};

const MEMBERS_TABLE: Table = Table {
    select: columns!(),
    from: "members m JOIN users u ON u.id = m.user_id",
    id: "m.id",
    columns: &[
        column("role", "m.role"),
        nullable("title", "m.title").folded("m.title_fold"),
        column("userId", "m.user_id"),
        nullable("invitedBy", "m.invited_by"),
        column("joinedAt", "m.joined_at"),
        nullable("invitedAt", "m.invited_at"),
        column("createdAt", "m.created_at"),
        column("name", "u.name").folded("u.name_fold"),
        column(
            "rank",
            "CASE u.kind WHEN 'user' THEN '0' ELSE '1' END || CASE m.role WHEN 'owner' THEN '0' WHEN 'admin' THEN '1'
             WHEN 'editor' THEN '2' WHEN 'viewer' THEN '3' ELSE '4' END || u.name_fold",
        ),
    ],
    search: &["u.search_fold"],
};

/// The organization, and the ids.
const PLACELESS: &str = "SELECT m.user_id FROM members m WHERE m.organization_id = ? AND m.role = 'collaborator' AND m.user_id IN (?*)
    AND NOT EXISTS (SELECT 1 FROM project_members pm JOIN projects p ON p.id = pm.project_id AND p.deleted_at IS NULL
        WHERE pm.user_id = m.user_id AND pm.organization_id = m.organization_id)
    AND NOT EXISTS (SELECT 1 FROM app_members am JOIN apps a ON a.id = am.app_id AND a.deleted_at IS NULL
        JOIN projects p ON p.id = am.project_id AND p.deleted_at IS NULL
        WHERE am.user_id = m.user_id AND am.organization_id = m.organization_id)";

/// `list_member_project_memberships`: every project, with the member's role where one was given.
pub const PROJECT_ROLES: Spec = Spec {
    fields: &[
        Field::both("role", Holds::Word(&["owner", "admin", "editor", "viewer"])),
        Field::both("joinedAt", Holds::Instant),
        Field::sort("projectName", Holds::Text),
    ],
    search: &[],
    order: Order { field: "projectName", descending: false },
};

const PROJECT_ROLES_TABLE: Table = Table {
    select: "p.id, p.name, p.slug, pm.id, pm.role, pm.joined_at",
    from: "members m JOIN projects p ON p.organization_id = m.organization_id AND p.deleted_at IS NULL
           LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = m.user_id",
    id: "p.id",
    columns: &[nullable("role", "pm.role"), nullable("joinedAt", "pm.joined_at"), column("projectName", "p.name").folded("p.name_fold")],
    search: &[],
};

/// `list_member_app_memberships`: every app, with the member's role where one was given.
pub const APP_ROLES: Spec = Spec {
    fields: &[
        Field::both("appType", Holds::Word(AppType::WORDS)),
        Field::both("role", Holds::Word(&["owner", "admin", "editor", "viewer"])),
        Field::filter("projectId", Holds::Id),
        Field::sort("appName", Holds::Text),
    ],
    search: &[],
    order: Order { field: "appName", descending: false },
};

const APP_ROLES_TABLE: Table = Table {
    select: "a.id, a.name, a.app_type, p.id, p.name, am.id, am.role",
    from: "members m JOIN apps a ON a.organization_id = m.organization_id AND a.deleted_at IS NULL
           JOIN projects p ON p.id = a.project_id AND p.deleted_at IS NULL
           LEFT JOIN app_members am ON am.app_id = a.id AND am.user_id = m.user_id",
    id: "a.id",
    columns: &[
        column("appType", "a.app_type"),
        nullable("role", "am.role"),
        column("projectId", "p.id"),
        column("appName", "a.name").folded("a.name_fold"),
    ],
    search: &[],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] =
    &[(&MEMBERS, &MEMBERS_TABLE), (&PEOPLE_FIRST, &MEMBERS_TABLE), (&PROJECT_ROLES, &PROJECT_ROLES_TABLE), (&APP_ROLES, &APP_ROLES_TABLE)];

/// A member of an organization.
pub type OrgMember = Membership<MemberId, OrgId>;

/// A membership from a row whose columns are in the order of `columns!`; `table` names them in errors.
pub(in crate::store) fn membership<I: FromCell, P: FromCell>(
    row: &mut Row,
    table: &'static str,
) -> std::result::Result<Membership<I, P>, StoreError> {
    Ok(Membership {
        id: row.take(table, "id")?,
        place: row.take(table, "place")?,
        user_id: row.take(table, "user_id")?,
        role: row.take(table, "role")?,
        title: row.take(table, "title")?,
        invited_by: row.take(table, "invited_by")?,
        invited_at: row.take(table, "invited_at")?,
        joined_at: row.take(table, "joined_at")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
        person: Person {
            kind: row.take("users", "kind")?,
            name: row.take("users", "name")?,
            email: row.take("users", "email")?,
            avatar_url: row.take("users", "avatar_url")?,
            bio: row.take("users", "bio")?,
            phone: row.take("users", "phone")?,
        },
    })
}

/// One member.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: MemberId) -> Result<OrgMember> {
    let mut row = tx.one(&GET, &[id.into(), at.org().into()])?.ok_or(Error::NotFound("member"))?;
    Ok(membership(&mut row, "members")?)
}

/// The membership of a user.
pub fn of_user(tx: &mut Tx<'_>, at: &Granted<InOrg>, user: UserId) -> Result<OrgMember> {
    let mut row = tx.one(&OF_USER, &[user.into(), at.org().into()])?.ok_or(Error::NotFound("member"))?;
    Ok(membership(&mut row, "members")?)
}

/// Who in the organization has this address, for somebody who gives roles in one of its projects.
pub fn id_by_email(tx: &mut Tx<'_>, at: &Granted<InProject>, email: &str) -> Result<Option<UserId>> {
    let row = tx.one(&ID_BY_EMAIL, &[at.org().into(), email.into()])?;
    Ok(row.map(|mut row| row.take("members", "user_id")).transpose()?)
}

/// The roles that the caller was given in projects and apps of the organization.
pub fn own_place_roles(tx: &mut Tx<'_>, at: &Granted<InOrg>) -> Result<Vec<Role>> {
    let rows = tx.rows(&PLACE_ROLES, &[at.actor().id.into(), at.org().into()])?;
    Ok(rows.into_iter().map(|mut row| row.take("members", "role")).collect::<std::result::Result<_, _>>()?)
}

/// Those of these users who are collaborators of the organization and were added to none of its projects and apps: they, and
/// their keys, reach nothing.
pub fn placeless(tx: &mut Tx<'_>, at: &Granted<InOrg>, users: impl Iterator<Item = UserId>) -> Result<HashSet<UserId>> {
    let values: Vec<Value> = [at.org().into()].into_iter().chain(users.map(Value::from)).collect();
    if values.len() == 1 {
        return Ok(HashSet::new());
    }
    let rows = sql::among(tx, (PLACELESS, &values))?;
    Ok(rows.into_iter().map(|mut row| row.take("members", "user_id")).collect::<std::result::Result<_, _>>()?)
}

/// The members of the organization.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InOrg>, listing: &Listing) -> Result<Page<OrgMember>> {
    let org = [at.org().into()];
    Ok(sql::list(tx, &MEMBERS_TABLE, &[("m.organization_id = ?", &org)], listing, None)?
        .try_map(|mut row| membership(&mut row, "members"))?)
}

/// Every project with the member's role in it.
pub fn list_project_roles(tx: &mut Tx<'_>, at: &Granted<InOrg>, member: MemberId, listing: &Listing) -> Result<Page<ProjectRole>> {
    let scope = [member.into(), at.org().into()];
    let page = sql::list(tx, &PROJECT_ROLES_TABLE, &[("m.id = ? AND m.organization_id = ?", &scope)], listing, None)?;
    Ok(page.try_map(|mut row| {
        Ok::<_, StoreError>(ProjectRole {
            project_id: row.take("projects", "id")?,
            project_name: row.take("projects", "name")?,
            project_slug: row.take("projects", "slug")?,
            membership_id: row.take("project_members", "id")?,
            role: row.take("project_members", "role")?,
            joined_at: row.take("project_members", "joined_at")?,
        })
    })?)
}

/// Every app with the member's role in it.
pub fn list_app_roles(tx: &mut Tx<'_>, at: &Granted<InOrg>, member: MemberId, listing: &Listing) -> Result<Page<AppRole>> {
    let scope = [member.into(), at.org().into()];
    let page = sql::list(tx, &APP_ROLES_TABLE, &[("m.id = ? AND m.organization_id = ?", &scope)], listing, None)?;
    Ok(page.try_map(|mut row| {
        Ok::<_, StoreError>(AppRole {
            app_id: row.take("apps", "id")?,
            app_name: row.take("apps", "name")?,
            app_type: row.take("apps", "app_type")?,
            project_id: row.take("projects", "id")?,
            project_name: row.take("projects", "name")?,
            membership_id: row.take("app_members", "id")?,
            role: row.take("app_members", "role")?,
        })
    })?)
}

/// Adds a user to the organization.
///
/// # Errors
/// A conflict on `userId` when they are in it already.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InOrg>, user: UserId, role: Role, title: Option<String>) -> Result<MemberId> {
    insert_as(tx, at.org(), user, role, title, at.actor().user())
}

/// The owner of a new organization.
pub(super) fn unguarded_insert_owner(tx: &mut Tx<'_>, org: OrgId, user: UserId) -> Result<MemberId> {
    insert_as(tx, org, user, Role::Owner, None, None)
}

/// Whoever accepted an invitation.
pub fn unguarded_insert_invited(
    tx: &mut Tx<'_>,
    org: OrgId,
    user: UserId,
    (role, title): (Role, Option<String>),
    by: UserId,
) -> Result<MemberId> {
    insert_as(tx, org, user, role, title, Some(by))
}

fn insert_as(tx: &mut Tx<'_>, org: OrgId, user: UserId, role: Role, title: Option<String>, by: Option<UserId>) -> Result<MemberId> {
    let id = MemberId::new(tx.now(), tx.entropy());
    let now = tx.now();
    let invited_at = by.map(|_| now);
    let fold = title_fold(title.as_deref());
    let args = [id.into(), org.into(), user.into(), role.into(), title.into(), by.into(), invited_at.into(), now.into(), fold];
    tx.run(&INSERT, &args).map_err(already_member)?;
    Ok(id)
}

/// Stores a changed membership.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InOrg>, member: &OrgMember) -> Result<()> {
    let now = tx.now();
    let fold = title_fold(member.title.as_deref());
    let args = [member.id.into(), at.org().into(), member.role.into(), member.title.clone().into(), now.into(), fold];
    tx.run_one(&UPDATE, &args, "member")
}

pub(in crate::store) fn title_fold(title: Option<&str>) -> Value {
    title.map(text::fold).into()
}

/// Ends a membership, and those in the organization's projects and apps with it.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InOrg>, member: &OrgMember) -> Result<()> {
    let who: [Value; 2] = [member.user_id.into(), at.org().into()];
    tx.run(&DELETE_IN_APPS, &who)?;
    tx.run(&DELETE_IN_PROJECTS, &who)?;
    tx.run_one(&DELETE, &[member.id.into(), at.org().into()], "member")
}

/// Sets the role of a user; for the transfer of ownership.
pub fn set_role(tx: &mut Tx<'_>, at: &Granted<InOrg>, user: UserId, role: Role) -> Result<()> {
    let now = tx.now();
    tx.run_one(&SET_ROLE, &[user.into(), at.org().into(), role.into(), now.into()], "member")
}

/// The conflict of adding somebody twice.
pub(in crate::store) fn already_member(error: StoreError) -> Error {
    match error {
        StoreError::Unique(_) => Error::Conflict(Fault::new("userId", "taken", "This user is a member already.")),
        StoreError::Foreign => Error::NotFound("user"),
        other => other.into(),
    }
}

/// Where the caller was a member last, if that is known still.
pub fn last_departure(tx: &mut Tx<'_>, at: &Granted<Own>) -> Result<Option<Departure>> {
    let mut found = Vec::new();
    for (sql, is_deleted) in [(&REMOVED, false), (&DELETED, true)] {
        if let Some(mut row) = tx.one(sql, &[at.actor().id.into()])? {
            found.push(Departure {
                organization: row.take("organizations", "name")?,
                at: row.take("organizations", "deleted_at")?,
                is_deleted,
            });
        }
    }
    Ok(found.into_iter().max_by_key(|one| one.at))
}
