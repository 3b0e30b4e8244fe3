//! Sends e-mails as they come, and again later those that failed.

use std::{collections::HashSet, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{
    domain::{Result, id::EmailId, time::Instant},
    service::account::mail::{self, Mailer},
    store::{Store, Tx, account::email::Email},
};

use super::{
    items::{self, Items, Outcome},
    runner::Job,
};

struct Emails {
    mailer: Arc<dyn Mailer>,
    /// Those that went out though that could not be stored: it is stored later, and they are not sent again.
    sent: Mutex<HashSet<EmailId>>,
}

/// The job.
pub fn job(store: &Store, mailer: Arc<dyn Mailer>) -> Job {
    items::job("email", store, Emails { mailer, sent: Mutex::default() }).woken_by(|wakers| &wakers.emails)
}

impl Items for Emails {
    type Id = EmailId;

    async fn begin(&self, store: &Store, now: Instant) -> Result<()> {
        if store.read(move |tx| mail::any_ahead(tx, now)).await? {
            store.write(move |tx| mail::hasten(tx, now)).await?;
        }
        Ok(())
    }

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EmailId)>) -> Result<Vec<(Instant, EmailId)>> {
        mail::due(tx, now, behind)
    }

    /// Its next try is stored before it is sent: whatever happens then, it is not sent again at once, nor by anybody else.
    async fn one(&self, store: &Store, id: EmailId) -> Result<Outcome> {
        let Some(attempts) = store.write(move |tx| mail::claim(tx, id)).await? else { return Ok(Outcome::Nothing) };
        if self.sent.lock().contains(&id) {
            return self.take_out(store, id).await;
        }
        let sent = match store.read(move |tx| mail::ready(tx, id)).await {
            Ok(Some(email)) => carry(self.mailer.clone(), email).await,
            Ok(None) => return self.take_out(store, id).await,
            Err(error) => Err(format!("it could not be read: {error:?}")),
        };
        match sent {
            Ok(()) => {
                self.sent.lock().insert(id);
                self.take_out(store, id).await
            }
            Err(cause) if mail::is_last(attempts) => {
                tracing::error!(email = %id, %cause, "an e-mail could not be sent for hours; it is given up");
                self.take_out(store, id).await
            }
            Err(cause) => {
                tracing::warn!(email = %id, %cause, "an e-mail could not be sent; it is tried again");
                Ok(Outcome::Later)
            }
        }
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        mail::next(tx, after)
    }
}

impl Emails {
    async fn take_out(&self, store: &Store, id: EmailId) -> Result<Outcome> {
        store.write(move |tx| mail::take_out(tx, id)).await?;
        self.sent.lock().remove(&id);
        Ok(Outcome::Done)
    }
}

/// Sends one, on a thread of its own: the runtime would wait at its end for one of its own threads, for as long as a mail server lets it.
async fn carry(mailer: Arc<dyn Mailer>, email: Email) -> std::result::Result<(), String> {
    let (told, heard) = oneshot::channel();
    // Nobody hears it any more where the server has ended.
    let carrying = std::thread::Builder::new().name("postman".into()).spawn(move || drop(told.send(mailer.send(&email))));
    carrying.map_err(|error| error.to_string())?;
    heard.await.unwrap_or_else(|_| Err("it was not carried to its end".into()))
}
