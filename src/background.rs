//! What runs beside the requests: each task by itself, for as long as the server does.

use std::{sync::Arc, time::Duration};

use tokio::{sync::oneshot, task::JoinHandle};

use crate::{
    domain::{Error, Result},
    http::base::{
        state::State,
        transport::connections::{Connections, SWEPT_EVERY},
    },
    service::{
        account::{
            mail::{Mailer, Outbox},
            session,
        },
        content::schedule,
        idempotency,
        key::{reminder, usage},
        project::traffic,
    },
    store::{Store, Tx},
};

/// How often uses of keys and counts of requests are written.
const NOTED_EVERY: Duration = Duration::from_secs(60);
/// Longest sleep of a background task; a clock that was set is noticed within it.
const NAP: Duration = Duration::from_secs(60);
/// How long the e-mail in hand may take when the server ends.
const LAST_EMAIL: Duration = Duration::from_secs(1);

/// What runs.
pub struct Tasks {
    all: Vec<JoinHandle<()>>,
    outbox: Arc<Outbox>,
    /// Ends when the postman has put down the e-mail in hand.
    postman: Option<JoinHandle<()>>,
}

/// Begins all of them. E-mails are sent where there is something to send them by.
pub fn start(state: &Arc<State>, connections: &Arc<Connections>, mailer: Option<Arc<dyn Mailer>>) -> Tasks {
    let all = vec![
        tokio::spawn(keep_connections(connections.clone())),
        tokio::spawn(keep_noted(state.clone())),
        tokio::spawn(keep_schedule(state.clone())),
        tokio::spawn(keep_reminders(state.clone())),
    ];
    let outbox = Arc::new(Outbox::default());
    let postman = mailer.map(|mailer| tokio::spawn(keep_mail(state.clone(), mailer, outbox.clone())));
    Tasks { all, outbox, postman }
}

impl Tasks {
    /// What makes the postman begin no other e-mail.
    pub fn outbox(&self) -> Arc<Outbox> {
        self.outbox.clone()
    }

    /// Ends all. A mail server that does not answer is not waited for: the e-mail's next try was stored before.
    pub async fn end(&mut self, store: &Store) {
        self.outbox.close();
        store.wakers().emails.notify_one();
        if let Some(postman) = self.postman.as_mut() {
            let _ = tokio::time::timeout(LAST_EMAIL, postman).await;
        }
        self.all.drain(..).chain(self.postman.take()).for_each(|task| task.abort());
    }
}

/// Closes connections whose clients have gone silent, also while the server stops.
async fn keep_connections(connections: Arc<Connections>) {
    loop {
        tokio::time::sleep(SWEPT_EVERY).await;
        connections.sweep();
    }
}

/// Writes what requests noted in memory: new uses of keys at once, the rest each minute.
async fn keep_noted(state: Arc<State>) {
    loop {
        let _ = tokio::time::timeout(NOTED_EVERY, state.usage_new.notified()).await;
        if let Err(error) = write_noted(&state).await {
            tracing::warn!(?error, "uses of keys and counts of requests could not be written; tried again soon");
        }
    }
}

/// One commit for all; what could not be written is kept for the next time.
pub async fn write_noted(state: &State) -> Result<()> {
    let old = state.store.read(idempotency::any_old)?;
    let noted = Arc::new((state.usage.take(), state.seen.take(), state.traffic.take()));
    let (uses, seen, counts) = &*noted;
    if uses.is_empty() && seen.is_empty() && counts.is_empty() && !old {
        return Ok(());
    }
    let writing = noted.clone();
    let work = move |tx: &mut Tx<'_>| {
        usage::write(tx, &writing.0)?;
        if old {
            idempotency::forget(tx)?;
        }
        session::write_seen(tx, &writing.1)?;
        traffic::write(tx, &writing.2)
    };
    state.store.write(work).await.inspect_err(|_| {
        state.usage.put_back(uses);
        state.seen.put_back(seen);
        state.traffic.add(counts);
    })
}

/// Publishes scheduled entries at their time, and at the start what fell due before.
async fn keep_schedule(state: Arc<State>) {
    loop {
        let asked = state.store.now();
        if let Err(error) = schedule::publish_due(&state.store).await {
            tracing::warn!(?error, "scheduled entries could not be read; tried again soon");
        }
        // What is due and could not be published does not hurry those that come.
        let next = state.store.read(|tx| schedule::next(tx, asked));
        let nap = next.ok().flatten().map_or(NAP, |due| due.since(state.store.now()).min(NAP));
        let _ = tokio::time::timeout(nap, state.store.wakers().schedule.notified()).await;
    }
}

/// Reminds of keys that end soon. Most looks find nothing, so they only read.
async fn keep_reminders(state: Arc<State>) {
    loop {
        if let Err(error) = reminder::send_due(&state.store, &state.public_url, state.mail).await {
            tracing::warn!(?error, "reminders could not be read; tried again soon");
        }
        tokio::time::sleep(NAP).await;
    }
}

/// Sends e-mails as they come, and again later those that failed. The postman's rounds are on threads of their own: the runtime
/// would wait at its end for one of its own threads, for as long as a mail server lets it.
async fn keep_mail(state: Arc<State>, mailer: Arc<dyn Mailer>, outbox: Arc<Outbox>) {
    loop {
        let (told, heard) = oneshot::channel();
        let (sender, carrier, emails) = (state.clone(), mailer.clone(), outbox.clone());
        let round = std::thread::Builder::new().name("postman".into()).spawn(move || {
            // Nobody hears it any more where the server has ended.
            let _ = told.send(emails.send_due(&sender.store, &*carrier));
        });
        let next = match round {
            Ok(_) => heard.await.unwrap_or_else(|error| Err(Error::Busy(error.to_string()))),
            Err(error) => Err(Error::Busy(error.to_string())),
        };
        if outbox.is_closed() {
            return;
        }
        let nap = next.ok().flatten().map_or(NAP, |due| due.since(state.store.now()).min(NAP).max(Duration::from_secs(1)));
        let _ = tokio::time::timeout(nap, state.store.wakers().emails.notified()).await;
    }
}
