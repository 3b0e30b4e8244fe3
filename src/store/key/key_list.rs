//! Lists of API keys: of an organization, of an owner, one's own, and those that reach a project.

use crate::{
    domain::{
        Result,
        access::{Granted, InInstance, InOrg},
        id::{OrgId, UserId},
        key::{
            key::{ApiKey, Owner},
            secret,
        },
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        text,
        time::{DAY, Instant},
    },
    store::{
        Tx,
        row::{Row, Value},
        sql::{self, Table, column, nullable},
    },
};

use super::key::{KeysOf, key};

statements! {
    OWNERS = "SELECT DISTINCT u.id, u.name, u.kind = 'service_account' FROM api_keys k JOIN users u ON u.id = k.owner_id
              WHERE k.organization_id = $1 LIMIT $2";
}

const FIELDS: &[Field] = &[
    Field::both("name", Holds::Text),
    Field::filter("userId", Holds::Id),
    Field::filter("ownerType", Holds::Word(&["user", "service_account"])),
    Field::both("access", Holds::Word(&["full", "write", "read"])),
    Field::both("createdAt", Holds::Instant),
    Field::both("expiresAt", Holds::Instant),
    Field::sort("lastUsedAt", Holds::Instant),
];

/// `list_organization_api_keys`.
pub const KEYS: Spec = Spec { fields: FIELDS, search: &["name", "owner", "keyPrefix"], order: Order::NEWEST };

/// The same as the console lists it: by the owner's name, too.
pub const BY_OWNER: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::filter("userId", Holds::Id),
        Field::filter("ownerType", Holds::Word(&["user", "service_account"])),
        Field::filter("access", Holds::Word(&["full", "write", "read"])),
        Field::sort("owner", Holds::Text),
        Field::sort("createdAt", Holds::Instant),
        Field::sort("expiresAt", Holds::Instant),
        Field::sort("lastUsedAt", Holds::Instant),
    ],
    ..KEYS
};

/// `list_my_api_keys`.
pub const MINE: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::filter("organizationId", Holds::Id),
        Field::both("access", Holds::Word(&["full", "write", "read"])),
        Field::both("createdAt", Holds::Instant),
        Field::both("expiresAt", Holds::Instant),
        Field::sort("lastUsedAt", Holds::Instant),
    ],
    search: &["name", "keyPrefix"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "k.id",
    columns: &[
        column("name", "k.name").folded("k.name_fold"),
        column("userId", "k.owner_id"),
        column("ownerType", "u.kind"),
        column("owner", "u.name").folded("u.name_fold"),
        column("organizationId", "k.organization_id"),
        column("access", "k.access"),
        column("createdAt", "k.created_at"),
        nullable("expiresAt", "k.expires_at"),
        nullable("lastUsedAt", "s.last_used_at"),
    ],
    // Of the key itself what tells keys apart: the four characters behind the prefix and the last four.
    search: &["k.name_fold", "u.search_fold", "k.display_fold"],
};

/// Keys without what is joined to them, to count them.
const BARE: Table = Table { select: "k.id", from: "api_keys k", id: "k.id", columns: &[column("createdAt", "k.created_at")], search: &[] };

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&KEYS, &TABLE), (&BY_OWNER, &TABLE), (&MINE, &TABLE)];

/// The owner is still a member, and neither they nor the organization is gone or disabled: without that no key works.
macro_rules! owner_works {
    () => {
        " AND EXISTS (SELECT 1 FROM members m JOIN users w ON w.id = m.user_id JOIN organizations h ON h.id = m.organization_id
          WHERE m.user_id = k.owner_id AND m.organization_id = k.organization_id AND w.disabled_at IS NULL AND h.deleted_at IS NULL)"
    };
}

/// That a key was neither revoked nor is over.
macro_rules! alive {
    () => {
        "k.revoked_at IS NULL AND (k.grace_ends_at IS NULL OR k.grace_ends_at > ?) AND (k.expires_at IS NULL OR k.expires_at > ?)"
    };
}

/// Which keys a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFilter {
    /// Those that are neither revoked nor over; one whose owner is disabled works again together with them.
    Active,
    /// Those that work, but for no more than a week.
    Expiring,
    /// Those whose time is over.
    Expired,
    /// Those that were revoked.
    Revoked,
    /// All.
    All,
    /// Those that work for their grace period only, while their successor was revoked; no list is narrowed to them.
    Orphaned,
    /// Those that work, whose owner does, too; they are counted only.
    Working,
}

impl KeyFilter {
    /// Those that are offered, in their order.
    pub const ALL: [Self; 5] = [Self::Active, Self::Expiring, Self::Expired, Self::Revoked, Self::All];

    /// What holds for its keys at this moment.
    fn condition(self, now: Instant) -> (&'static str, Vec<Value>) {
        let (text, moments) = match self {
            Self::Active => (alive!(), vec![now, now]),
            Self::Working => (concat!(alive!(), owner_works!()), vec![now, now]),
            // What was replaced and works on for its grace period needs nobody.
            Self::Expiring => (
                concat!("k.revoked_at IS NULL AND k.grace_ends_at IS NULL AND k.expires_at > ? AND k.expires_at <= ?", owner_works!()),
                vec![now, now + DAY * 7],
            ),
            Self::Expired => {
                ("k.revoked_at IS NULL AND (k.grace_ends_at IS NULL OR k.grace_ends_at > ?) AND k.expires_at <= ?", vec![now, now])
            }
            Self::Revoked => ("(k.revoked_at IS NOT NULL OR k.grace_ends_at <= ?)", vec![now]),
            Self::All => ("", Vec::new()),
            Self::Orphaned => (
                concat!(
                    "k.revoked_at IS NULL AND k.grace_ends_at > ? AND (k.expires_at IS NULL OR k.expires_at > ?)
                     AND EXISTS (SELECT 1 FROM api_keys x WHERE x.replaces = k.id AND x.revoked_at IS NOT NULL
                     AND NOT EXISTS (SELECT 1 FROM api_keys y WHERE y.replaces = x.id))",
                    owner_works!()
                ),
                vec![now, now],
            ),
        };
        (text, moments.into_iter().map(Value::from).collect())
    }
}

/// How many keys there are of each kind, in the order of [`KeyFilter::ALL`].
pub type Counts = [u64; KeyFilter::ALL.len()];

/// These keys.
pub fn list(tx: &mut Tx<'_>, of: &KeysOf, shown: KeyFilter, listing: &Listing) -> Result<Page<ApiKey>> {
    sql::list(tx, &TABLE, &Scope::of(tx.now(), of, shown).conditions(), &shortened(listing), None)?.try_map(|mut row| key(&mut row))
}

/// The same with what is looked for as it is stored: of a pasted key what stands behind its prefix, and no secret.
fn shortened(listing: &Listing) -> Listing {
    let words = |search: &String| search.split_whitespace().map(secret::behind_prefix).collect::<Vec<_>>().join(" ");
    Listing { search: listing.search.as_ref().map(words), ..listing.clone() }
}

/// How many [`list`] finds of each kind, in the order of [`KeyFilter::ALL`].
pub fn counts(tx: &mut Tx<'_>, of: &KeysOf, listing: &Listing) -> Result<Counts> {
    let cases = KeyFilter::ALL.map(|shown| shown.condition(tx.now()));
    let scope = Scope::of(tx.now(), of, KeyFilter::All);
    sql::tally(tx, &TABLE, cases.each_ref().map(|(text, moments)| (*text, moments.as_slice())), &scope.conditions(), &shortened(listing))
}

/// How many of these keys work. It looks at every key, so without what lists show of one.
pub fn in_use(tx: &mut Tx<'_>, of: &KeysOf) -> Result<u64> {
    let one = Listing { page_size: 1, ..Listing::default() };
    Ok(sql::list(tx, &BARE, &Scope::of(tx.now(), of, KeyFilter::Working).conditions(), &one, None)?.total)
}

/// Whose keys an operator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Those of an organization.
    Org(OrgId),
    /// Those that somebody owns.
    Owner(UserId),
}

/// How many keys of an organization, or of somebody, work: the number alone.
pub fn in_use_by(tx: &mut Tx<'_>, _: &Granted<InInstance>, holder: Holder) -> Result<u64> {
    let (text, id) = match holder {
        Holder::Org(id) => ("k.organization_id = ?", [id.into()]),
        Holder::Owner(id) => ("k.owner_id = ?", [id.into()]),
    };
    let (working, moments) = KeyFilter::Working.condition(tx.now());
    let one = Listing { page_size: 1, ..Listing::default() };
    Ok(sql::list(tx, &BARE, &[(text, &id), (working, &moments)], &one, None)?.total)
}

/// Who owns keys of the organization, people first, each by name; nobody where there are more than `most` to choose from.
pub fn owners(tx: &mut Tx<'_>, at: &Granted<InOrg>, most: u32) -> Result<Vec<Owner>> {
    let rows = tx.rows(&OWNERS, &[at.org().into(), (most + 1).into()])?;
    if rows.len() > most as usize {
        return Ok(Vec::new());
    }
    let owner = |mut row: Row| {
        let (id, name) = (row.take("users", "id")?, row.take("users", "name")?);
        Ok(Owner { id, name, of_service_account: row.take("users", "kind")? })
    };
    let mut owners = rows.into_iter().map(owner).collect::<Result<Vec<_>>>()?;
    owners.sort_by_cached_key(|owner| (owner.of_service_account, text::fold(&owner.name)));
    Ok(owners)
}

/// Keys that are not limited to other projects, of owners who reach this one: by their role, or because they were added to it or
/// to one of its apps.
const REACHES: &str = "(k.projects IS NULL OR k.projects LIKE ?) AND k.owner_id NOT IN (SELECT m.user_id FROM members m
    WHERE m.organization_id = ? AND m.role = 'collaborator'
    AND NOT EXISTS (SELECT 1 FROM project_members pm WHERE pm.user_id = m.user_id AND pm.project_id = ?)
    AND NOT EXISTS (SELECT 1 FROM app_members am WHERE am.user_id = m.user_id AND am.project_id = ?))";

/// Whose keys a list is about, and which of them.
struct Scope {
    shown: &'static str,
    moments: Vec<Value>,
    org: Vec<Value>,
    owner: Vec<Value>,
    project: Vec<Value>,
    only: Vec<Value>,
}

impl Scope {
    fn of(now: Instant, of: &KeysOf, shown: KeyFilter) -> Self {
        match of {
            KeysOf::Org(at) => Self::new(now, shown, Some(at.org().into()), None),
            KeysOf::Owner(at, owner) => Self::new(now, shown, Some(at.org().into()), Some((*owner).into())),
            KeysOf::Own(at) => {
                let key = at.actor().key();
                let only = key.filter(|key| key.projects.is_some()).map(|key| key.id.into()).into_iter().collect();
                Self { only, ..Self::new(now, shown, key.map(|key| key.org.into()), Some(at.actor().id.into())) }
            }
            KeysOf::Project(at) => {
                let id = at.project();
                let project = vec![format!("%\"{id}\"%").into(), at.org().into(), id.into(), id.into()];
                Self { project, ..Self::new(now, shown, Some(at.org().into()), None) }
            }
        }
    }

    fn new(now: Instant, shown: KeyFilter, org: Option<Value>, owner: Option<Value>) -> Self {
        let (shown, moments) = shown.condition(now);
        Self { shown, moments, org: org.into_iter().collect(), owner: owner.into_iter().collect(), project: Vec::new(), only: Vec::new() }
    }

    fn conditions(&self) -> Vec<sql::Condition<'_>> {
        let whose =
            [("k.organization_id = ?", &self.org), ("k.owner_id = ?", &self.owner), (REACHES, &self.project), ("k.id = ?", &self.only)];
        let all = whose.into_iter().chain([(self.shown, &self.moments)]);
        all.filter(|(_, values)| !values.is_empty()).map(|(text, values)| (text, values.as_slice())).collect()
    }
}
