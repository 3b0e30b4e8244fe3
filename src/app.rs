//! The composition root: opens the engine, builds the store, mounts the routes. `main` and the tests use it.

#![allow(clippy::disallowed_methods, reason = "the one place that reads the clock and makes randomness")]

use std::{
    io::Write,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use actix_web::{App, HttpServer, dev::ServerHandle};
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::{
    config::Config,
    domain::{
        Error, Result,
        id::Entropy,
        secret::PlainToken,
        time::{Clock, Instant},
    },
    http::{
        answers::Answers,
        api::idempotency::InFlight,
        client::Proxies,
        connections::{Connections, SWEPT_EVERY},
        console::{self, once::Once},
        hashing::Hashing,
        incoming::Incoming,
        router::Router,
        routes,
        sandbox::Reset,
        server,
        state::State,
    },
    service::{
        device::Devices,
        idempotency,
        mail::{self, Mailer},
        reminder, schedule,
        session::{self, Seen},
        signing::Signer,
        throttle::Throttle,
        token::{self, Tokens},
        traffic::{self, Traffic},
        usage::{self, Usage},
    },
    store::{Store, Tx, sqlite::Sqlite, user},
};

/// How often uses of keys and counts of requests are written.
const NOTED_EVERY: Duration = Duration::from_secs(60);
/// Longest sleep of a background task; a clock that was set is noticed within it.
const NAP: Duration = Duration::from_secs(60);

/// The system's clock, in whole milliseconds as the wire shows them.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant::from_micros(i64::try_from(since.as_millis()).unwrap_or(0) * 1000)
    }
}

/// The system's randomness.
#[derive(Debug, Clone, Copy)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness every secret would be guessable: better no server than that.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }

    /// Counts from a random begin in the lower half (RFC 9562 6.2), so that a millisecond has room for two thousand ids in order.
    fn place(&self, now: Instant) -> u16 {
        /// The last millisecond, above the twelve bits of its last place.
        static LAST: AtomicU64 = AtomicU64::new(0);
        let mut begin = [0; 2];
        self.fill(&mut begin);
        let first = (now.millis().unsigned_abs() << 12) | u64::from(u16::from_be_bytes(begin) & 0x07ff);
        let before = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(following(last, first)));
        (following(before.unwrap_or_default(), first) & 0xfff) as u16
    }
}

/// The millisecond and place after `last`; `first` where that was another millisecond. What finds no place any more shares the
/// last one, and sorts by chance.
const fn following(last: u64, first: u64) -> u64 {
    match (last >> 12 == first >> 12, last & 0xfff == 0xfff) {
        (true, true) => last,
        (true, false) => last + 1,
        (false, _) => first,
    }
}

/// A store on the database at `path`; `who` is told to others who find it in use.
///
/// # Errors
/// Why the file cannot be used, as a sentence.
pub fn open(path: &Path, who: &str) -> std::result::Result<(Store, Arc<Sqlite>), String> {
    let options = crate::store::sqlite::Options { who: who.to_owned(), ..Default::default() };
    let engine = Arc::new(Sqlite::open(path, options).map_err(|error| error.to_string())?);
    let store = Store::new(engine.clone(), Arc::new(SystemClock), Arc::new(SystemEntropy));
    Ok((store, engine))
}

/// A running server.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it is reached from outside.
    pub public_url: String,
    connections: Arc<Connections>,
    handle: ServerHandle,
    state: Arc<State>,
    stopping: Arc<Notify>,
    server: Mutex<Option<actix_web::dev::Server>>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Running {
    /// Serves until it is stopped; then requests in flight finish, and what is in memory is written.
    ///
    /// # Errors
    /// When the server failed.
    pub async fn wait(mut self) -> std::result::Result<(), String> {
        let server = self.server.lock().take();
        if let Some(server) = server {
            server.await.map_err(|error| error.to_string())?;
        }
        self.stopping.notify_waiters();
        for task in self.tasks.drain(..) {
            task.abort();
        }
        // All that was acknowledged is stored; counts and times of last use are not worth a failure, say on a full disk.
        if let Err(error) = write_noted(&self.state).await {
            tracing::warn!(?error, "the last uses of keys could not be written");
        }
        self.state.store.stop();
        Ok(())
    }

    /// Stops it in order: what is in flight may finish, but nobody is waited for long.
    pub fn stop(&self) -> impl Future<Output = ()> + 'static {
        let (connections, handle) = (self.connections.clone(), self.handle.clone());
        async move {
            connections.stop();
            handle.stop(true).await;
        }
    }

    /// What stops it at once.
    pub fn handle(&self) -> ServerHandle {
        self.handle.clone()
    }
}

/// Starts a server on an open store.
///
/// # Errors
/// Why it cannot start, as a sentence.
pub async fn start(
    config: &Config,
    store: Store,
    sandbox: Option<Arc<dyn Reset>>,
    mailer: Option<Arc<dyn Mailer>>,
) -> std::result::Result<Running, String> {
    let listener = std::net::TcpListener::bind(config.listen).map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let public_url = if config.public_url.is_empty() { format!("http://{address}") } else { config.public_url.clone() };
    let keys = token::signing_keys(&store).map_err(|error| format!("{error:?}"))?;
    let devices = Devices::new(&store).map_err(|error| format!("{error:?}"))?;
    let signer = Signer::new(keys, format!("{public_url}/oauth"), format!("{public_url}/api"))?;
    let mut id = [0; 4];
    SystemEntropy.fill(&mut id);
    let anybody = store.read(user::unguarded_anybody).map_err(|error| format!("{error:?}"))?;
    let setup = (!anybody).then(|| PlainToken::new(&SystemEntropy));
    if let Some(secret) = &setup {
        // The one secret that is printed: without it nobody could begin.
        let line = format!("Nobody is set up yet. Open this address once: {public_url}/set-up?token={}", secret.reveal());
        // Not `eprintln`, which panics when nobody reads.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
    let state = Arc::new(State {
        tokens: Tokens::new(signer, config.token_ttl, config.token_format, config.allow_key_as_bearer),
        store,
        answers: Answers::default(),
        in_flight: InFlight::default(),
        seen: Seen::default(),
        throttle: Throttle::default(),
        forgotten: Throttle::default(),
        devices,
        setup: Mutex::new(setup),
        once: Once::default(),
        usage: Usage::default(),
        traffic: Traffic::default(),
        usage_new: Notify::new(),
        public_url: public_url.clone(),
        started: format!("{:08x}", u32::from_le_bytes(id)),
        mail: mailer.is_some(),
        proxies: Proxies::new(&config.trusted_proxies),
        hashing: Hashing::default(),
        incoming: Incoming::new(config.limits.bodies),
        sandbox,
    });
    let router = Arc::new(Router::new(routes::by_path())?);
    let pages = Arc::new(Router::new(console::routes::by_path())?);
    let mounted = state.clone();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let began = std::time::Instant::now();
    let connections = Connections::new(config.limits, Arc::new(move || began.elapsed()));
    let accepting = connections.clone();
    let server =
        HttpServer::new(move || App::new().wrap_fn(server::paced).configure(|config| server::mount(config, &mounted, &router, &pages)))
            .on_connect(move |accepted, data| accepting.accept(accepted, data))
            .max_connections(config.limits.accepted(workers))
            .workers(workers)
            .disable_signals()
            .shutdown_timeout(config.limits.grace.as_secs() + 2)
            .listen(listener)
            .map_err(|error| error.to_string())?
            .run();
    let mut tasks = vec![
        tokio::spawn(keep_connections(connections.clone())),
        tokio::spawn(keep_noted(state.clone())),
        tokio::spawn(keep_schedule(state.clone())),
        tokio::spawn(keep_reminders(state.clone())),
    ];
    if let Some(mailer) = mailer {
        tasks.push(tokio::spawn(keep_mail(state.clone(), mailer)));
    }
    let (handle, server) = (server.handle(), Mutex::new(Some(server)));
    Ok(Running { address, public_url, connections, handle, state, stopping: Arc::default(), server, tasks })
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
async fn write_noted(state: &State) -> Result<()> {
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
        let published = state.store.write(schedule::publish_due).await;
        let next = state.store.read(schedule::next);
        let nap = match (&published, next) {
            (Ok(100..), _) => Duration::ZERO,
            (Ok(_), Ok(Some(due))) => due.since(state.store.now()).min(NAP),
            _ => NAP,
        };
        if let Err(error) = published {
            tracing::warn!(?error, "scheduled entries could not be published; tried again soon");
        }
        let _ = tokio::time::timeout(nap, state.store.wakers().schedule.notified()).await;
    }
}

/// Reminds of keys that end soon. Most looks find nothing, so they only read.
async fn keep_reminders(state: Arc<State>) {
    loop {
        let mut more = false;
        match remind(&state).await {
            Ok(sent) => more = sent >= 100,
            Err(error) => tracing::warn!(?error, "reminders could not be sent; tried again soon"),
        }
        if !more {
            tokio::time::sleep(NAP).await;
        }
    }
}

async fn remind(state: &State) -> Result<usize> {
    if !state.store.read(reminder::any_due)? {
        return Ok(0);
    }
    let (url, mail) = (state.public_url.clone(), state.mail);
    state.store.write(move |tx| reminder::send_due(tx, &url, mail)).await
}

/// Sends letters as they come, and again later those that failed.
async fn keep_mail(state: Arc<State>, mailer: Arc<dyn Mailer>) {
    loop {
        let (sender, carrier) = (state.clone(), mailer.clone());
        let sent = actix_web::web::block(move || mail::send_due(&sender.store, &*carrier)).await;
        let next = sent.unwrap_or_else(|error| Err(Error::Busy(error.to_string())));
        let nap = next.ok().flatten().map_or(NAP, |due| due.since(state.store.now()).min(NAP).max(Duration::from_secs(1)));
        let _ = tokio::time::timeout(nap, state.store.wakers().letters.notified()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::uuid;

    #[test]
    fn ids_are_counted_within_a_millisecond() {
        let first = (7 << 12) | 0x07f0;
        assert_eq!(following(6 << 12, first), first);
        assert_eq!(following(first, (7 << 12) | 1), first + 1);
        assert_eq!(following((7 << 12) | 0xfff, first), (7 << 12) | 0xfff, "the last place is shared");
        let id = uuid(Instant::from_micros(1_790_000_000_123_000), &SystemEntropy);
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_timestamp().map(|at| at.to_unix()), Some((1_790_000_000, 123_000_000)));
    }
}
