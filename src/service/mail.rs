//! The outbox's postman: sends letters after their commit, and again later when that fails.

use crate::{
    domain::{Result, time::Instant},
    store::{Store, letter},
};

/// Something that sends a letter: SMTP, or a test's list.
pub trait Mailer: Send + Sync {
    /// Sends one; the error is for the log.
    fn send(&self, recipient: &str, subject: &str, body: &str) -> std::result::Result<(), String>;
}

/// Sends what is due. Blocking; returns when the next letter is due.
///
/// # Errors
/// Those of the store; a letter that could not be sent is not one.
pub fn send_due(store: &Store, mailer: &dyn Mailer) -> Result<Option<Instant>> {
    for letter in store.read(letter::unguarded_due)? {
        match mailer.send(&letter.recipient, &letter.subject, &letter.body) {
            Ok(()) => store.write_now(move |tx| letter::unguarded_sent(tx, letter.id))?,
            Err(cause) => {
                tracing::warn!(letter = %letter.id, %cause, "a letter could not be sent; it is tried again");
                store.write_now(move |tx| letter::unguarded_failed(tx, &letter))?;
            }
        }
    }
    store.read(letter::unguarded_next)
}
