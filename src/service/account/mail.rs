//! E-mails on their way out: which are due, what they say, and what became of them. Who carries them is a job.

use crate::{
    domain::{Result, id::EmailId, time::Instant},
    service::org::invitation,
    store::{
        Tx,
        account::email::{self, Email, Link},
    },
};

use super::{email::SECRET, session};

/// Something that sends an e-mail: SMTP, or a test's list.
pub trait Mailer: Send + Sync {
    /// Sends one.
    ///
    /// # Errors
    /// Why it did not go out, for the log.
    fn send(&self, email: &Email) -> std::result::Result<(), String>;
}

/// An e-mail as it is sent, with the secret of its link; none when that leads to nothing any more.
///
/// # Errors
/// Those of the store.
pub fn ready(tx: &mut Tx<'_>, id: EmailId) -> Result<Option<Email>> {
    let Some(mut email) = email::unguarded_one(tx, id)? else { return Ok(None) };
    if let Some(link) = email.link {
        let secret = match link {
            Link::Invitation(id) => invitation::link_secret(tx, id)?,
            Link::Reset(user, until) => session::link_secret(tx, user, until)?,
        };
        let Some(secret) = secret else { return Ok(None) };
        email.body = email.body.replace(SECRET, &secret);
    }
    Ok(Some(email))
}

/// Whether an e-mail waits for the time of a clock that was set back.
///
/// # Errors
/// Those of the store.
pub fn any_ahead(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    email::unguarded_any_ahead(tx, now)
}

/// Nothing does any more.
///
/// # Errors
/// Those of the store.
pub fn hasten(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    email::unguarded_hasten(tx, now)
}

/// E-mails that are due, those behind one of them.
///
/// # Errors
/// Those of the store.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EmailId)>) -> Result<Vec<(Instant, EmailId)>> {
    email::unguarded_due(tx, now, behind)
}

/// When the next one is due after a moment.
///
/// # Errors
/// Those of the store.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    email::unguarded_next(tx, after)
}

/// Takes an e-mail that is due still in hand: from here on, until its next try is due, nobody else sends it. How often it was tried
/// before; none where there is nothing to do any more.
///
/// # Errors
/// Those of the store.
pub fn claim(tx: &mut Tx<'_>, id: EmailId) -> Result<Option<u32>> {
    email::unguarded_claim(tx, id)
}

/// Whether a try after so many is the last.
pub const fn is_last(attempts: u32) -> bool {
    email::is_last(attempts)
}

/// Takes it out: it was sent, or is given up.
///
/// # Errors
/// Those of the store.
pub fn take_out(tx: &mut Tx<'_>, id: EmailId) -> Result<()> {
    email::unguarded_take_out(tx, id)
}
