//! The outbox's postman: sends letters after their commit, and again later when that fails.

use crate::{
    domain::{Result, time::Instant},
    store::{
        Store, Tx,
        letter::{self, Letter, Link},
    },
};

use super::{invitation, letter::SECRET, session};

/// Something that sends a letter: SMTP, or a test's list.
pub trait Mailer: Send + Sync {
    /// Sends one.
    ///
    /// # Errors
    /// Why it did not go out, for the log.
    fn send(&self, letter: &Letter) -> std::result::Result<(), String>;
}

/// The secret of a link, as it is now.
fn secret(tx: &mut Tx<'_>, link: Link) -> Result<Option<String>> {
    match link {
        Link::Invitation(id) => invitation::letter_secret(tx, id),
        Link::Reset(user, until) => session::letter_secret(tx, user, until),
    }
}

/// Sends what is due. Blocking; returns when the next letter is due.
///
/// # Errors
/// Those of the store; a letter that could not be sent is not one.
pub fn send_due(store: &Store, mailer: &dyn Mailer) -> Result<Option<Instant>> {
    for mut letter in store.read(letter::unguarded_due)? {
        if let Some(link) = letter.link {
            match store.read(|tx| secret(tx, link))? {
                Some(secret) => letter.body = letter.body.replace(SECRET, &secret),
                // What it leads to is over.
                None => {
                    store.write_now(move |tx| letter::unguarded_sent(tx, letter.id))?;
                    continue;
                }
            }
        }
        match mailer.send(&letter) {
            Ok(()) => store.write_now(move |tx| letter::unguarded_sent(tx, letter.id))?,
            Err(cause) => {
                let id = letter.id;
                if store.write_now(move |tx| letter::unguarded_failed(tx, &letter))? {
                    tracing::warn!(letter = %id, %cause, "a letter could not be sent; it is tried again");
                } else {
                    tracing::error!(letter = %id, %cause, "a letter could not be sent for hours; it is given up");
                }
            }
        }
    }
    store.read(letter::unguarded_next)
}
