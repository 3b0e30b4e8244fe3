//! Members of a project or an app, by one macro for both.

/// The members of a project or an app: the same table and the same functions but for the place.
macro_rules! placed_members {
    ($table:literal, $place:literal, $scope:ty, $id:ty, $place_id:ty, $of:ident, insert: $columns:literal $values:literal) => {
        use crate::{domain::{Error, Result, access::{Granted, Role}, id::UserId, listing::Listing, org::member::Membership, page::Page, spec::{Field, Holds, Order, Spec}}, store::{Tx, org::member::{already_member, membership, title_fold}, row::Value, sql::{self, Table, column, nullable}}};

        macro_rules! columns {
            () => {
                concat!("m.id, m.", $place, ", m.user_id, m.role, m.title, m.invited_by, NULL, m.joined_at, m.created_at, m.updated_at,
                u.kind, u.name, u.email, u.avatar_url, u.bio, u.phone")
            };
        }

        statements! {
            GET = concat!("SELECT ", columns!(), " FROM ", $table, " m JOIN users u ON u.id = m.user_id WHERE m.id = $1 AND m.", $place, " = $2");
            INSERT = concat!("INSERT INTO ", $table, " (id, user_id, role, title, invited_by, joined_at, created_at, updated_at, ", $columns,
                ") SELECT $1, u.user_id, $3, $4, $5, $6, $6, $6, ", $values, " FROM members u WHERE u.user_id = $2 AND u.organization_id = $7");
            UPDATE = concat!("UPDATE ", $table, " SET role = $3, title = $4, updated_at = $5, title_fold = $6 WHERE id = $1 AND ", $place, " = $2");
            HOLDS = concat!("SELECT 1 FROM ", $table, " WHERE user_id = $1 AND ", $place, " = $2");
            DELETE = concat!("DELETE FROM ", $table, " WHERE id = $1 AND ", $place, " = $2");
        }

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

        const TABLE: Table = Table {
            select: columns!(),
            from: concat!($table, " m JOIN users u ON u.id = m.user_id"),
            id: "m.id",
            columns: &[
                column("role", "m.role"),
                nullable("title", "m.title").folded("m.title_fold"),
                column("userId", "m.user_id"),
                column("joinedAt", "m.joined_at"),
                column("createdAt", "m.created_at"),
                column("name", "u.name").folded("u.name_fold"),
            ],
            search: &["u.search_fold"],
        };

        /// Every list of this file, for the test that prepares them.
        pub const LISTS: &[(&Spec, &Table)] = &[(&MEMBERS, &TABLE)];

        /// One membership.
        pub type Member = Membership<$id, $place_id>;

        /// One member.
        pub fn get(tx: &mut Tx<'_>, at: &Granted<$scope>, id: $id) -> Result<Member> {
            let mut row = tx.one(&GET, &[id.into(), at.$of().into()])?.ok_or(Error::NotFound("member"))?;
            Ok(membership(&mut row, $table)?)
        }

        /// The explicit members.
        pub fn list(tx: &mut Tx<'_>, at: &Granted<$scope>, listing: &Listing) -> Result<Page<Member>> {
            let place = [at.$of().into()];
            let page = sql::list(tx, &TABLE, &[(concat!("m.", $place, " = ?"), &place)], listing, None)?;
            Ok(page.try_map(|mut row| membership(&mut row, $table))?)
        }

        /// Whether a user has a role of their own here.
        pub fn holds(tx: &mut Tx<'_>, at: &Granted<$scope>, user: UserId) -> Result<bool> {
            Ok(tx.one(&HOLDS, &[user.into(), at.$of().into()])?.is_some())
        }

        /// Adds a member of the organization.
        ///
        /// # Errors
        /// Not found when the user is not in the organization; a conflict on `userId` when they are in here already.
        pub fn insert(tx: &mut Tx<'_>, at: &Granted<$scope>, user: UserId, role: Role, title: Option<String>) -> Result<$id> {
            let id = <$id>::new(tx.now(), tx.entropy());
            let now = tx.now();
            let fold = title_fold(title.as_deref());
            let mut args: Vec<Value> = vec![id.into(), user.into(), role.into(), title.into(), at.actor().user().into(), now.into()];
            args.extend([at.org().into(), at.project().into()]);
            args.extend(extra(at));
            args.push(fold);
            match tx.run(&INSERT, &args).map_err(already_member)? {
                1 => Ok(id),
                _ => Err(Error::NotFound("user")),
            }
        }

        /// Stores a changed membership.
        pub fn update(tx: &mut Tx<'_>, at: &Granted<$scope>, member: &Member) -> Result<()> {
            let now = tx.now();
            let args = [member.id.into(), at.$of().into(), member.role.into(), member.title.clone().into(), now.into(), title_fold(member.title.as_deref())];
            tx.run_one(&UPDATE, &args, "member")
        }

        /// Ends a membership.
        pub fn delete(tx: &mut Tx<'_>, at: &Granted<$scope>, id: $id) -> Result<()> {
            tx.run_one(&DELETE, &[id.into(), at.$of().into()], "member")
        }
    };
}

pub(super) use placed_members;
