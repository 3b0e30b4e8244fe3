//! Members of a project or an app: the same functions for both, over the statements that each has in its own file.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, Role, Scope},
        id::{Id, UserId},
        listing::Listing,
        org::member::Membership,
        page::Page,
        spec::{Field, Holds, Order, Spec},
    },
    store::{
        Tx,
        engine::Sql,
        org::member::{already_member, membership, title_fold},
        row::Value,
        sql::{self, Column, Table, column, nullable},
    },
};

/// A scope that has members of its own.
pub trait Placed: Scope + Sized + 'static {
    /// The id of a membership.
    type Id: Id;
    /// The id of the place.
    type PlaceId: Id;
    /// Its statements.
    const STATEMENTS: Statements;

    /// The place that the grant is for.
    fn place(at: &Granted<Self>) -> Self::PlaceId;

    /// Where that is, from the organization down to itself, as it is inserted.
    fn path(at: &Granted<Self>) -> Vec<Value>;
}

/// What the functions of this file run, for one of the tables.
#[derive(Debug)]
pub struct Statements {
    /// The name of the table.
    pub table: &'static str,
    /// One membership, by its id and the place.
    pub get: &'static Sql,
    /// Id, user, role, title, inviter, now, the folded title, and the path.
    pub insert: &'static Sql,
    /// By id and place: role, title, now, the folded title.
    pub update: &'static Sql,
    /// By user and place.
    pub holds: &'static Sql,
    /// By id and place.
    pub delete: &'static Sql,
    /// What is listed.
    pub list: &'static Table,
    /// The condition of a list that names the place.
    pub here: &'static str,
}

/// A membership in a scope.
pub type Member<S> = Membership<<S as Placed>::Id, <S as Placed>::PlaceId>;

/// The list of explicit members.
pub const MEMBERS: Spec = Spec {
    fields: &[
        Field::both("role", Holds::Word(&["owner", "admin", "editor", "viewer"])),
        Field::both("title", Holds::Text),
        Field::filter("userId", Holds::Id),
        Field::both("joinedAt", Holds::Instant),
        Field::sort("createdAt", Holds::Instant),
        Field::sort("name", Holds::Text),
    ],
    search: &["name", "email"],
    order: Order::NEWEST,
};

/// The columns of [`MEMBERS`], where `m` is the membership and `u` the user.
pub(super) const COLUMNS: &[Column] = &[
    column("role", "m.role"),
    nullable("title", "m.title").folded("m.title_fold"),
    column("userId", "m.user_id"),
    column("joinedAt", "m.joined_at"),
    column("createdAt", "m.created_at"),
    column("name", "u.name").folded("u.name_fold"),
];

/// One member.
pub fn get<S: Placed>(tx: &mut Tx<'_>, at: &Granted<S>, id: S::Id) -> Result<Member<S>> {
    let mut row = tx.one(S::STATEMENTS.get, &[id.into(), S::place(at).into()])?.ok_or(Error::NotFound("member"))?;
    Ok(membership(&mut row, S::STATEMENTS.table)?)
}

/// The explicit members.
pub fn list<S: Placed>(tx: &mut Tx<'_>, at: &Granted<S>, listing: &Listing) -> Result<Page<Member<S>>> {
    let place = [S::place(at).into()];
    let page = sql::list(tx, S::STATEMENTS.list, &[(S::STATEMENTS.here, &place)], listing, None)?;
    Ok(page.try_map(|mut row| membership(&mut row, S::STATEMENTS.table))?)
}

/// Whether a user has a role of their own here.
pub fn holds<S: Placed>(tx: &mut Tx<'_>, at: &Granted<S>, user: UserId) -> Result<bool> {
    Ok(tx.one(S::STATEMENTS.holds, &[user.into(), S::place(at).into()])?.is_some())
}

/// Adds a member of the organization.
///
/// # Errors
/// Not found when the user is not in the organization; a conflict on `userId` when they are in here already.
pub fn insert<S: Placed>(tx: &mut Tx<'_>, at: &Granted<S>, user: UserId, role: Role, title: Option<String>) -> Result<S::Id> {
    let (now, id) = (tx.now(), S::Id::new(tx.now(), tx.entropy()));
    let fold = title_fold(title.as_deref());
    let mut args: Vec<Value> = vec![id.into(), user.into(), role.into(), title.into(), at.actor().user().into(), now.into(), fold];
    args.extend(S::path(at));
    match tx.run(S::STATEMENTS.insert, &args).map_err(already_member)? {
        1 => Ok(id),
        _ => Err(Error::NotFound("user")),
    }
}

/// Stores a changed membership.
pub fn update<S: Placed>(tx: &mut Tx<'_>, at: &Granted<S>, member: &Member<S>) -> Result<()> {
    let (now, fold) = (tx.now(), title_fold(member.title.as_deref()));
    let args = [member.id.into(), S::place(at).into(), member.role.into(), member.title.clone().into(), now.into(), fold];
    tx.run_one(S::STATEMENTS.update, &args, "member")
}

/// Ends a membership.
pub fn delete<S: Placed>(tx: &mut Tx<'_>, at: &Granted<S>, id: S::Id) -> Result<()> {
    tx.run_one(S::STATEMENTS.delete, &[id.into(), S::place(at).into()], "member")
}
