//! What runs beside the requests: each task by itself, for as long as the server does.

use std::{sync::Arc, time::Duration};

use tokio::task::JoinHandle;

use crate::{
    domain::{Error, Result},
    http::{
        connections::{Connections, SWEPT_EVERY},
        state::State,
    },
    service::{
        idempotency,
        mail::{Mailer, Outbox},
        reminder, schedule, session, traffic, usage,
    },
    store::Tx,
};

/// How often uses of keys and counts of requests are written.
const NOTED_EVERY: Duration = Duration::from_secs(60);
/// Longest sleep of a background task; a clock that was set is noticed within it.
const NAP: Duration = Duration::from_secs(60);

/// Begins all of them. Letters are sent where there is something to send them by.
pub fn start(state: &Arc<State>, connections: &Arc<Connections>, mailer: Option<Arc<dyn Mailer>>) -> Vec<JoinHandle<()>> {
    let mut tasks = vec![
        tokio::spawn(keep_connections(connections.clone())),
        tokio::spawn(keep_noted(state.clone())),
        tokio::spawn(keep_schedule(state.clone())),
        tokio::spawn(keep_reminders(state.clone())),
    ];
    if let Some(mailer) = mailer {
        tasks.push(tokio::spawn(keep_mail(state.clone(), mailer)));
    }
    tasks
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
    let noted = Arc::new((state.usage.take(), state.seen.take(), state.traffic.take()));
    let (uses, seen, counts) = &*noted;
    let old = state.store.read(idempotency::any_old)?;
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
        state.traffic.add(counts);
    })
}

/// Publishes scheduled entries at their time, and at the start what fell due before.
async fn keep_schedule(state: Arc<State>) {
    loop {
        let asked = state.store.now();
        if let Err(error) = publish_due(&state).await {
            tracing::warn!(?error, "scheduled entries could not be read; tried again soon");
        }
        // What is due and could not be published does not hurry those that come.
        let next = state.store.read(|tx| schedule::next(tx, asked));
        let nap = next.ok().flatten().map_or(NAP, |due| due.since(state.store.now()).min(NAP));
        let _ = tokio::time::timeout(nap, state.store.wakers().schedule.notified()).await;
    }
}

async fn publish_due(state: &State) -> Result<()> {
    let mut behind = None;
    loop {
        let due = state.store.read(|tx| schedule::due(tx, behind))?;
        for (_, id) in &due {
            let id = *id;
            if let Err(error) = state.store.write(move |tx| schedule::publish(tx, id)).await {
                tracing::warn!(entry = %id, ?error, "a scheduled entry could not be published; tried again soon");
            }
        }
        match due.last() {
            Some(last) => behind = Some(*last),
            None => return Ok(()),
        }
    }
}

/// Reminds of keys that end soon. Most looks find nothing, so they only read.
async fn keep_reminders(state: Arc<State>) {
    loop {
        let sent = remind(&state).await.unwrap_or_else(|error| {
            tracing::warn!(?error, "reminders could not be read; tried again soon");
            0
        });
        if sent < 100 {
            tokio::time::sleep(NAP).await;
        }
    }
}

/// How many reminders were sent.
async fn remind(state: &State) -> Result<usize> {
    let mut sent = 0;
    for ending in state.store.read(reminder::due)? {
        let (url, mail, key) = (state.public_url.clone(), state.mail, ending.key);
        match state.store.write(move |tx| reminder::send(tx, &ending, &url, mail)).await {
            Ok(()) => sent += 1,
            Err(error) => tracing::warn!(%key, ?error, "a reminder could not be sent; tried again soon"),
        }
    }
    Ok(sent)
}

/// Sends letters as they come, and again later those that failed.
async fn keep_mail(state: Arc<State>, mailer: Arc<dyn Mailer>) {
    let outbox = Arc::new(Outbox::default());
    loop {
        let (sender, carrier, letters) = (state.clone(), mailer.clone(), outbox.clone());
        let sent = actix_web::web::block(move || letters.send_due(&sender.store, &*carrier)).await;
        let next = sent.unwrap_or_else(|error| Err(Error::Busy(error.to_string())));
        let nap = next.ok().flatten().map_or(NAP, |due| due.since(state.store.now()).min(NAP).max(Duration::from_secs(1)));
        let _ = tokio::time::timeout(nap, state.store.wakers().letters.notified()).await;
    }
}
