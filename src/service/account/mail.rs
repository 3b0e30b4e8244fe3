//! The outbox's postman: sends e-mails after their commit, and again later when that fails. No e-mail holds up another.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
};

use parking_lot::Mutex;

use crate::{
    domain::{Result, id::EmailId, time::Instant},
    service::org::invitation,
    store::{
        Store, Tx,
        account::email::{self, Due, Email, Link},
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
fn ready(tx: &mut Tx<'_>, id: EmailId) -> Result<Option<Email>> {
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

/// The postman's own memory.
#[derive(Debug, Default)]
pub struct Outbox {
    /// The e-mails that went out though that could not be stored: they are taken out later, and not sent again.
    sent: Mutex<HashSet<EmailId>>,
    closed: AtomicBool,
}

impl Outbox {
    /// From now on no e-mail is begun to be sent.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Whether none is.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Sends what is due. Blocking; returns when the next e-mail is due.
    ///
    /// # Errors
    /// Those of reading the store; an e-mail that could not be sent or stored is not one.
    pub fn send_due(&self, store: &Store, mailer: &dyn Mailer) -> Result<Option<Instant>> {
        let (asked, mut behind) = (store.now(), None);
        // Nothing waits for the time of a clock that was set back.
        if store.read(|tx| email::unguarded_any_ahead(tx, asked))? {
            store.write_now(move |tx| email::unguarded_hasten(tx, asked))?;
        }
        loop {
            let due = store.read(|tx| email::unguarded_due(tx, asked, behind))?;
            for Due { id, attempts, .. } in &due {
                if self.is_closed() {
                    return Ok(None);
                }
                if let Err(error) = self.send(store, mailer, *id, *attempts) {
                    tracing::warn!(email = %id, ?error, "what became of an e-mail could not be stored; it is tried again later");
                }
            }
            behind = due.last().copied();
            if behind.is_none() {
                // What is due and still there could not be stored: it does not hurry those that come.
                return store.read(|tx| email::unguarded_next(tx, asked));
            }
        }
    }

    /// Its next try is stored before it is sent: whatever happens then, it is not sent again at once.
    fn send(&self, store: &Store, mailer: &dyn Mailer, id: EmailId, attempts: u32) -> Result<()> {
        store.write_now(move |tx| email::unguarded_begin(tx, id, attempts))?;
        if self.sent.lock().contains(&id) {
            return self.take_out(store, id);
        }
        let sent = match store.read(|tx| ready(tx, id)) {
            Ok(Some(email)) => mailer.send(&email),
            Ok(None) => return self.take_out(store, id),
            Err(error) => Err(format!("it could not be read: {error:?}")),
        };
        match sent {
            Ok(()) => {
                self.sent.lock().insert(id);
                self.take_out(store, id)
            }
            Err(cause) if email::is_last(attempts) => {
                tracing::error!(email = %id, %cause, "an e-mail could not be sent for hours; it is given up");
                self.take_out(store, id)
            }
            Err(cause) => {
                tracing::warn!(email = %id, %cause, "an e-mail could not be sent; it is tried again");
                Ok(())
            }
        }
    }

    fn take_out(&self, store: &Store, id: EmailId) -> Result<()> {
        store.write_now(move |tx| email::unguarded_take_out(tx, id))?;
        self.sent.lock().remove(&id);
        Ok(())
    }
}
