//! The outbox's postman: sends letters after their commit, and again later when that fails. No letter holds up another.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
};

use parking_lot::Mutex;

use crate::{
    domain::{Result, id::LetterId, time::Instant},
    service::org::invitation,
    store::{
        Store, Tx,
        account::letter::{self, Due, Letter, Link},
    },
};

use super::{letter::SECRET, session};

/// Something that sends a letter: SMTP, or a test's list.
pub trait Mailer: Send + Sync {
    /// Sends one.
    ///
    /// # Errors
    /// Why it did not go out, for the log.
    fn send(&self, letter: &Letter) -> std::result::Result<(), String>;
}

/// A letter as it is sent, with the secret of its link; none when that leads to nothing any more.
fn ready(tx: &mut Tx<'_>, id: LetterId) -> Result<Option<Letter>> {
    let Some(mut letter) = letter::unguarded_one(tx, id)? else { return Ok(None) };
    if let Some(link) = letter.link {
        let secret = match link {
            Link::Invitation(id) => invitation::letter_secret(tx, id)?,
            Link::Reset(user, until) => session::letter_secret(tx, user, until)?,
        };
        let Some(secret) = secret else { return Ok(None) };
        letter.body = letter.body.replace(SECRET, &secret);
    }
    Ok(Some(letter))
}

/// The postman's own memory.
#[derive(Debug, Default)]
pub struct Outbox {
    /// The letters that went out though that could not be stored: they are taken out later, and not sent again.
    sent: Mutex<HashSet<LetterId>>,
    closed: AtomicBool,
}

impl Outbox {
    /// From now on no letter is begun to be sent.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Whether none is.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Sends what is due. Blocking; returns when the next letter is due.
    ///
    /// # Errors
    /// Those of reading the store; a letter that could not be sent or stored is not one.
    pub fn send_due(&self, store: &Store, mailer: &dyn Mailer) -> Result<Option<Instant>> {
        let (asked, mut behind) = (store.now(), None);
        // Nothing waits for the time of a clock that was set back.
        if store.read(|tx| letter::unguarded_any_ahead(tx, asked))? {
            store.write_now(move |tx| letter::unguarded_hasten(tx, asked))?;
        }
        loop {
            let due = store.read(|tx| letter::unguarded_due(tx, asked, behind))?;
            for Due { id, attempts, .. } in &due {
                if self.is_closed() {
                    return Ok(None);
                }
                if let Err(error) = self.send(store, mailer, *id, *attempts) {
                    tracing::warn!(letter = %id, ?error, "what became of a letter could not be stored; it is tried again later");
                }
            }
            behind = due.last().copied();
            if behind.is_none() {
                // What is due and still there could not be stored: it does not hurry those that come.
                return store.read(|tx| letter::unguarded_next(tx, asked));
            }
        }
    }

    /// Its next try is stored before it is sent: whatever happens then, it is not sent again at once.
    fn send(&self, store: &Store, mailer: &dyn Mailer, id: LetterId, attempts: u32) -> Result<()> {
        store.write_now(move |tx| letter::unguarded_begin(tx, id, attempts))?;
        if self.sent.lock().contains(&id) {
            return self.take_out(store, id);
        }
        let sent = match store.read(|tx| ready(tx, id)) {
            Ok(Some(letter)) => mailer.send(&letter),
            Ok(None) => return self.take_out(store, id),
            Err(error) => Err(format!("it could not be read: {error:?}")),
        };
        match sent {
            Ok(()) => {
                self.sent.lock().insert(id);
                self.take_out(store, id)
            }
            Err(cause) if letter::is_last(attempts) => {
                tracing::error!(letter = %id, %cause, "a letter could not be sent for hours; it is given up");
                self.take_out(store, id)
            }
            Err(cause) => {
                tracing::warn!(letter = %id, %cause, "a letter could not be sent; it is tried again");
                Ok(())
            }
        }
    }

    fn take_out(&self, store: &Store, id: LetterId) -> Result<()> {
        store.write_now(move |tx| letter::unguarded_take_out(tx, id))?;
        self.sent.lock().remove(&id);
        Ok(())
    }
}
