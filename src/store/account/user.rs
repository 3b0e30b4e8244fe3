//! Users: people with their profile, found by id and address, and the hash of their password.

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Granted, InInstance, Own, Via},
        account::user::User,
        error::Fault,
        id::UserId,
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        text,
    },
    store::{
        Tx,
        account::delivery,
        error::StoreError,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "u.id, u.kind, u.name, u.email, u.bio, u.avatar_url, u.phone, u.timezone, u.locale, u.browser_locale, u.theme, u.is_operator, u.disabled_at, u.created_at, u.updated_at"
    };
}

statements! {
    OWN = concat!("SELECT ", columns!(), " FROM users u WHERE u.id = $1");
    PASSWORD = "SELECT password_hash FROM users WHERE id = $1 AND disabled_at IS NULL";
    ANYBODY = "SELECT 1 FROM users WHERE kind = 'user' LIMIT 1";
    BY_EMAIL = concat!("SELECT ", columns!(), ", u.password_hash FROM users u WHERE u.email = $1 AND u.kind = 'user'");
    INSERT = "INSERT INTO users (id, kind, name, email, search_fold, password_hash, created_at, updated_at, name_fold)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)";
    UPDATE = "UPDATE users SET name = $2, search_fold = $3, bio = $4, timezone = $5, locale = $6, theme = $7, updated_at = $8, phone = $9, name_fold = $10 WHERE id = $1";
    SET_OWN_PASSWORD = "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1 AND kind = 'user'";
    SET_LOCALE = "UPDATE users SET locale = $2 WHERE id = $1";
    SET_BROWSER_LOCALE = "UPDATE users SET browser_locale = $2 WHERE id = $1 AND (browser_locale IS NULL OR browser_locale <> $2)";
    SET_PASSWORD = "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1 AND kind = 'user'";
    END_INVITATIONS = "UPDATE invitations SET ended_at = $2 WHERE invited_by = $1 AND accepted_at IS NULL AND ended_at IS NULL";
    IS_OPERATOR = "SELECT 1 FROM users WHERE id = $1 AND is_operator AND disabled_at IS NULL";
    OPERATORS = concat!("SELECT ", columns!(), " FROM users u WHERE u.is_operator AND u.disabled_at IS NULL ORDER BY u.created_at, u.id LIMIT $1");
    SET_OPERATOR = "UPDATE users SET is_operator = $2, updated_at = $3 WHERE id = $1 AND kind = 'user'";
    SET_DISABLED = "UPDATE users SET disabled_at = $2, updated_at = $3 WHERE id = $1";
}

const SPEC: Spec = Spec {
    fields: &[Field::both("email", Holds::Text), Field::sort("createdAt", Holds::Instant)],
    search: &["name", "email"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "users u",
    id: "u.id",
    columns: &[column("email", "u.email"), column("createdAt", "u.created_at")],
    search: &["u.search_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&SPEC, &TABLE)];

fn user(row: &mut Row) -> std::result::Result<User, StoreError> {
    Ok(User {
        id: row.take("users", "id")?,
        kind: row.take("users", "kind")?,
        name: row.take("users", "name")?,
        email: row.take("users", "email")?,
        bio: row.take("users", "bio")?,
        avatar_url: row.take("users", "avatar_url")?,
        phone: row.take("users", "phone")?,
        timezone: row.take("users", "timezone")?,
        locale: row.take("users", "locale")?,
        browser_locale: row.take("users", "browser_locale")?,
        theme: row.take("users", "theme")?,
        is_operator: row.take("users", "is_operator")?,
        disabled_at: row.take("users", "disabled_at")?,
        created_at: row.take("users", "created_at")?,
        updated_at: row.take("users", "updated_at")?,
    })
}

/// The folded text by which members and users are found.
pub fn search_fold(name: &str, email: &str) -> String {
    text::fold(&format!("{name} {email}"))
}

/// The caller.
pub fn own(tx: &mut Tx<'_>, at: &Granted<Own>) -> Result<User> {
    let mut row = tx.one(&OWN, &[at.actor().id.into()])?.ok_or(Error::NotFound("user"))?;
    Ok(user(&mut row)?)
}

/// Stores what the caller changed of themselves.
pub fn update_own(tx: &mut Tx<'_>, at: &Granted<Own>, user: &User) -> Result<()> {
    let now = tx.now();
    let args = [
        at.actor().id.into(),
        user.name.as_str().into(),
        search_fold(&user.name, &user.email).into(),
        user.bio.clone().into(),
        user.timezone.clone().into(),
        user.locale.clone().into(),
        user.theme.clone().into(),
        now.into(),
        user.phone.clone().into(),
        text::fold(&user.name).into(),
    ];
    tx.run_one(&UPDATE, &args, "user")
}

/// Sets the caller's password.
pub fn set_own_password(tx: &mut Tx<'_>, at: &Granted<Own>, hash: &str) -> Result<()> {
    let now = tx.now();
    delivery::unguarded_cancel_resets(tx, at.actor().id)?;
    tx.run_one(&SET_OWN_PASSWORD, &[at.actor().id.into(), hash.into(), now.into()], "user")
}

/// The user of this id, for a session or a cookie that names them.
pub fn unguarded_by_id(tx: &mut Tx<'_>, id: UserId) -> Result<Option<User>> {
    Ok(tx.one(&OWN, &[id.into()])?.map(|mut row| user(&mut row)).transpose()?)
}

/// The hash of a user's password; none for who has none or is disabled.
pub fn unguarded_password_hash(tx: &mut Tx<'_>, id: UserId) -> Result<Option<String>> {
    Ok(tx.one(&PASSWORD, &[id.into()])?.map(|mut row| row.take::<Option<String>>("users", "password_hash")).transpose()?.flatten())
}

/// Whether the instance has a person at all.
pub fn unguarded_anybody(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.one(&ANYBODY, &[])?.is_some())
}

/// The person of this address with the hash of their password, for sign-in and invitations.
pub fn unguarded_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<(User, Option<String>)>> {
    let Some(mut row) = tx.one(&BY_EMAIL, &[email.into()])? else { return Ok(None) };
    Ok(Some((user(&mut row)?, row.take("users", "password_hash")?)))
}

/// Stores a new user.
///
/// # Errors
/// A conflict on `email` when somebody has it.
pub fn unguarded_insert(tx: &mut Tx<'_>, kind: ActorKind, name: &str, email: &str, password_hash: Option<&str>) -> Result<UserId> {
    let id = UserId::new(tx.now(), tx.entropy());
    let now = tx.now();
    let fold = search_fold(name, email);
    let args = [
        id.into(),
        kind.into(),
        name.into(),
        email.into(),
        fold.into(),
        password_hash.map(str::to_owned).into(),
        now.into(),
        text::fold(name).into(),
    ];
    match tx.run(&INSERT, &args) {
        Err(StoreError::Unique(_)) => {
            Err(Error::Conflict(Fault::new("email", "taken", format!("There is already a user with the address {email}."))))
        }
        other => other.map(|_| id).map_err(Error::from),
    }
}

/// Sets the language that somebody reads, a tag such as `fr`.
pub fn unguarded_set_locale(tx: &mut Tx<'_>, id: UserId, tag: &str) -> Result<()> {
    tx.run_one(&SET_LOCALE, &[id.into(), tag.into()], "user")
}

/// Sets the language in which the console spoke to somebody last.
pub fn unguarded_set_browser_locale(tx: &mut Tx<'_>, id: UserId, tag: &str) -> Result<()> {
    tx.run(&SET_BROWSER_LOCALE, &[id.into(), tag.into()])?;
    Ok(())
}

/// Sets a person's password. An e-mail that still waits with a link for a new one is not sent: it would be about the old one.
pub fn unguarded_set_password(tx: &mut Tx<'_>, id: UserId, hash: &str) -> Result<()> {
    let now = tx.now();
    delivery::unguarded_cancel_resets(tx, id)?;
    tx.run_one(&SET_PASSWORD, &[id.into(), hash.into(), now.into()], "user")
}

/// Whether somebody is an operator, however they came in; the command line is one.
pub fn unguarded_is_operator(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool> {
    Ok(actor.via == Via::Operator || tx.one(&IS_OPERATOR, &[actor.id.into()])?.is_some())
}

/// The operators, the oldest first, at most `most`.
pub fn unguarded_operators(tx: &mut Tx<'_>, most: u32) -> Result<Vec<User>> {
    tx.rows(&OPERATORS, &[most.into()])?.iter_mut().map(|row| Ok(user(row)?)).collect()
}

/// Makes a person an operator; for the first of an instance.
pub fn unguarded_make_operator(tx: &mut Tx<'_>, id: UserId) -> Result<()> {
    let now = tx.now();
    tx.run_one(&SET_OPERATOR, &[id.into(), true.into(), now.into()], "user")
}

/// Makes a person an operator, or one no more.
pub fn set_operator(tx: &mut Tx<'_>, _: &Granted<InInstance>, id: UserId, is_operator: bool) -> Result<()> {
    let now = tx.now();
    tx.run_one(&SET_OPERATOR, &[id.into(), is_operator.into(), now.into()], "user")
}

/// Disables a user, or enables them again.
pub fn unguarded_set_disabled(tx: &mut Tx<'_>, id: UserId, disabled: bool) -> Result<()> {
    let now = tx.now();
    let at = if disabled { now.into() } else { Value::Null };
    if disabled {
        tx.run(&END_INVITATIONS, &[id.into(), now.into()])?;
    }
    tx.run_one(&SET_DISABLED, &[id.into(), at, now.into()], "user")
}

/// The people of the instance, for the command line.
pub fn unguarded_list(tx: &mut Tx<'_>, listing: &Listing) -> Result<Page<User>> {
    sql::read(tx, &TABLE, &[("u.kind = 'user'", &[])], listing, user)
}
