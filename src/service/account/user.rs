//! Users, for the command line: whoever holds the database file makes them and resets their passwords.

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind},
        account::user::{self, User},
        error::{Fault, Faults},
        id::UserId,
        listing::Listing,
        org::{
            activity::Note,
            organization::{self, Organization},
        },
        page::Page,
        text,
    },
    service::authorize,
    store::{
        Tx,
        account::{session, user as users},
    },
};

/// A new person, checked; the password is hashed by the caller, outside the writer.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Name.
    pub name: String,
    /// Address, lower-cased.
    pub email: String,
}

/// Checks name, address and password together.
///
/// # Errors
/// All faults.
pub fn check(name: &str, email: &str, password: &str) -> Result<NewUser> {
    let mut faults = Faults::default();
    let checked = (faults.keep(text::name("name", name)), faults.keep(text::email("email", email)));
    faults.keep(user::password("password", password, (name, email)));
    faults.into_result()?;
    Ok(NewUser { name: checked.0.unwrap_or_default(), email: checked.1.unwrap_or_default() })
}

/// Makes a person. The first of an instance is its operator.
pub fn create(tx: &mut Tx<'_>, new: &NewUser, password_hash: &str) -> Result<UserId> {
    let is_first = !users::unguarded_anybody(tx)?;
    let id = users::unguarded_insert(tx, ActorKind::User, &new.name, &new.email, Some(password_hash))?;
    if is_first {
        users::unguarded_make_operator(tx, id)?;
    }
    Ok(id)
}

/// Makes a person an operator, or one no more; for the command line. The last one stays.
///
/// # Errors
/// Those of the address; a fault when nobody would be left.
pub fn set_operator(tx: &mut Tx<'_>, email: &str, is_operator: bool) -> Result<User> {
    let operator = Actor::operator();
    let at = authorize::instance(tx, &operator)?;
    let found = by_email(tx, email)?;
    if found.is_operator == is_operator {
        return Ok(found);
    }
    if !is_operator && users::unguarded_operators(tx, 2)?.iter().all(|one| one.id == found.id) {
        return Err(Fault::new("email", "last_operator", format!("{} is the last operator. Add another one first.", found.email)).into());
    }
    users::set_operator(tx, &at, found.id, is_operator)?;
    let action = if is_operator { "operator.added" } else { "operator.removed" };
    tx.note(&at, Note::new(action, "instance").of(found.id, &found.name))?;
    Ok(found)
}

/// Makes the first person of an instance, who reads the language `locale`, and their organization. Of two forms that come
/// at once the first counts.
///
/// # Errors
/// Not found, when there is somebody already.
pub fn set_up(
    tx: &mut Tx<'_>,
    new: &NewUser,
    password_hash: &str,
    locale: &str,
    draft: &organization::Draft,
) -> Result<(UserId, Organization)> {
    if users::unguarded_anybody(tx)? {
        return Err(Error::NotFound("page"));
    }
    let owner = create(tx, new, password_hash)?;
    users::unguarded_set_locale(tx, owner, locale)?;
    let acting = Actor::founding(owner, &new.name, &new.email);
    Ok((owner, crate::service::org::organization::create_by(tx, &acting, owner, draft)?))
}

/// Whether there is anybody.
pub fn is_set_up(tx: &mut Tx<'_>) -> Result<bool> {
    users::unguarded_anybody(tx)
}

/// The people of the instance.
pub fn list(tx: &mut Tx<'_>, listing: &Listing) -> Result<Page<User>> {
    users::unguarded_list(tx, listing)
}

/// The person of this address.
pub fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<User> {
    let found = users::unguarded_by_email(tx, &text::email("email", email).map_err(Error::from)?)?;
    found.map(|(user, _)| user).ok_or_else(|| Fault::new("email", "unknown", format!("There is no user with the address {email}.")).into())
}

/// Sets a new password; all sessions of the person end.
pub fn reset_password(tx: &mut Tx<'_>, id: UserId, hash: &str) -> Result<()> {
    users::unguarded_set_password(tx, id, hash)?;
    session::unguarded_delete_of_user(tx, id)
}
