//! The composition root: builds the server on a store, mounts the routes. `main` and the tests use it.

use std::{
    io::Write,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    path::Path,
    sync::Arc,
};

use actix_web::{App, HttpServer, dev::ServerHandle};
use parking_lot::Mutex;
use serde_json::json;
use tokio::task::JoinHandle;

pub use crate::system::{SystemClock, SystemEntropy};
use crate::{
    config::Config,
    database,
    domain::{id::Entropy, key::secret::PlainToken},
    http::{
        api::routes,
        base::{
            client::Proxies,
            hashing::Hashing,
            observed::meter::Meters,
            response_cache::ResponseCache,
            router::Router,
            state::{ConsoleState, State},
            transport::{
                connections::{Connections, Ticks},
                incoming::Incoming,
                outgoing::Outgoing,
                room::Shared,
                upload::Uploads,
            },
        },
        monitor::{self, health::Health, routes::Monitor},
        pages,
        server::{self, Surfaces},
    },
    jobs::{self, Given, backup::Backups, runner::Runner},
    outbound::Outbound,
    service::{
        account::{device::Devices, mail::Mailer, throttle::Throttle},
        backup::{Downloads, MakeCopy},
        file::blob::{
            bytes::{self, Blobs},
            folder::Folder,
            store::BlobStore,
        },
        idempotency::InFlight,
        key::{
            rate_limit::RateLimits,
            signing::Signer,
            token::{self, Tokens},
        },
        project::{domain::Names, hosts::Hosts},
        sandbox::Reset,
        write_behind,
    },
    store::{Store, account::user, backup::leave_out},
    system,
};

/// Most requests with files that come in at once: each has two pieces of one in memory.
const FILES_AT_ONCE: usize = 32;

/// A running server.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it is reached from outside.
    pub public_url: String,
    /// Where its metrics are read, if that is an address of its own.
    pub metrics: Option<SocketAddr>,
    metrics_handle: Option<ServerHandle>,
    connections: Arc<Connections>,
    handle: ServerHandle,
    state: Arc<State>,
    server: Mutex<Option<actix_web::dev::Server>>,
    jobs: Runner,
    /// What watches the connections.
    watch: JoinHandle<()>,
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
        self.watch.abort();
        if let Some(metrics) = &self.metrics_handle {
            metrics.stop(false).await;
        }
        self.jobs.end().await;
        // All that was acknowledged is stored; counts and times of last use are not worth a failure, say on a full disk.
        if let Err(error) = write_behind::flush(&self.state.write_behind, &self.state.store).await {
            tracing::warn!(?error, "the last uses of keys could not be written");
        }
        self.state.store.stop();
        Ok(())
    }

    /// Stops it in order: what is in flight may finish, but nobody is waited for long.
    pub fn stop(&self) -> impl Future<Output = ()> + 'static {
        let (connections, handle, jobs) = (self.connections.clone(), self.handle.clone(), self.jobs.stopping());
        async move {
            jobs.set();
            connections.stop();
            handle.stop(true).await;
        }
    }

    /// What it serves.
    pub fn store(&self) -> Store {
        self.state.store.clone()
    }

    /// The bytes of files.
    pub fn files(&self) -> Arc<Blobs> {
        self.state.files.clone()
    }

    /// What makes it sign with the newest keys of the database.
    pub fn reload_signing_keys(&self) -> impl Fn() -> std::result::Result<(), String> + Send + Sync + 'static {
        let (state, public_url) = (self.state.clone(), self.public_url.clone());
        move || signer(&state.store, &public_url).map(|signer| state.tokens.sign_with(signer))
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
    names: Arc<dyn Names>,
) -> std::result::Result<Running, String> {
    let listener = std::net::TcpListener::bind(config.listen).map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let public_url = if config.public_url.is_empty() { reached_at(address) } else { config.public_url.clone() };
    let every = config.public_url.is_empty() && address.ip().is_unspecified();
    let elsewhere = own_address().filter(|_| every).map(|ip| format!("http://{}", SocketAddr::new(ip, address.port())));
    if every {
        tracing::warn!("no public-url is set: links and tokens say {public_url}, which others cannot open");
    }
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let setup = setup_secret(&store, &public_url, elsewhere.as_deref(), config.log_json)?;
    let ticks: Ticks = Arc::new(system::ticks());
    let connections = Connections::new(config.limits, ticks.clone(), Proxies::new(&config.trusted_proxies));
    let kinds = store.kinds();
    store.write(bytes::abandon_all).await.map_err(|error| format!("{error:?}"))?;
    let mut state = state(config, store, (&public_url, names.clone()), workers, &connections, ticks)?;
    (state.console.setup, state.mail, state.sandbox) = (Mutex::new(setup), mailer.is_some(), sandbox);
    let state = Arc::new(state);
    let monitor = Arc::new(Monitor {
        health: Health::new(config.min_free_disk),
        token: config.metrics_token.as_ref().map(|token| blake3::hash(token.as_bytes())),
    });
    let numbers = config.metrics_listen.map(|at| monitor::routes::listen(at, &state, &monitor)).transpose()?;
    let surfaces = Surfaces {
        api: Arc::new(Router::new(state.meters.measured("/api", routes::by_path(kinds)))?),
        pages: Arc::new(Router::new(state.meters.measured("", pages::by_path()))?),
        monitor,
        origins: config.cors_origins.clone(),
    };
    let (accepting, mounted) = (connections.clone(), state.clone());
    let server = HttpServer::new(move || App::new().wrap_fn(server::paced).configure(|config| server::mount(config, &mounted, &surfaces)))
        .on_connect(move |accepted, data| accepting.accept(accepted, data))
        .max_connections(config.limits.accepted(workers))
        .workers(workers)
        // How long who may be silent is told by their connection.
        .keep_alive(config.limits.patience + config.limits.idle)
        .client_request_timeout(config.limits.patience)
        .disable_signals()
        .shutdown_timeout(config.limits.grace.as_secs() + 2)
        .listen(listener)
        .map_err(|error| error.to_string())?
        .run();
    let watch = tokio::spawn(connections.clone().watch());
    let backups = config.backups.clone().map(|(folder, every, keep)| {
        let data = config.data.clone();
        let make = move |to: &Path| database::backup(&data, to, leave_out);
        Backups { folder, every, keep, make: Arc::new(make) }
    });
    let given = Given {
        backups,
        files: state.files.clone(),
        retention: config.retention,
        write_behind: state.write_behind.clone(),
        public_url: public_url.clone(),
        mailer,
        names,
        carrier: Arc::new(Outbound::new(config.webhook_networks.clone())),
    };
    let jobs = Runner::start(&state.store, jobs::all(&state.store, given), &state.gauges);
    let (handle, server) = (server.handle(), Mutex::new(Some(server)));
    let (metrics, metrics_handle) = numbers.map(|(at, server)| (at, begun(server))).unzip();
    Ok(Running { address, public_url, metrics, metrics_handle, connections, handle, state, server, jobs, watch })
}

/// A server that runs beside the one that is waited for.
fn begun(server: actix_web::dev::Server) -> ServerHandle {
    let handle = server.handle();
    drop(tokio::spawn(server));
    handle
}

/// The secret by which the first person sets the instance up, printed with its link; none once there is somebody.
fn setup_secret(store: &Store, public_url: &str, elsewhere: Option<&str>, json: bool) -> std::result::Result<Option<PlainToken>, String> {
    if store.read_now(user::unguarded_anybody).map_err(|error| format!("{error:?}"))? {
        return Ok(None);
    }
    let secret = PlainToken::new(&SystemEntropy);
    // The one secret that is printed: without it nobody could begin.
    let link = |url: &str| format!("{url}/set-up?token={}", secret.reveal());
    let told = if json {
        let fields = json!({ "message": "nobody is set up yet: open this address once", "address": link(public_url), "elsewhere": elsewhere.map(link) });
        json!({ "timestamp": store.now().to_string(), "level": "INFO", "fields": fields }).to_string()
    } else {
        let other = elsewhere.map_or_else(String::new, |url| format!("\nFrom elsewhere: {}", link(url)));
        format!("Nobody is set up yet. Open this address once: {}{other}", link(public_url))
    };
    // Not `eprintln`, which panics when nobody reads.
    let _ = writeln!(std::io::stderr(), "{told}");
    Ok(Some(secret))
}

/// What all requests share, before anybody has asked for anything.
fn state(
    config: &Config,
    store: Store,
    (public_url, names): (&str, Arc<dyn Names>),
    workers: usize,
    connections: &Arc<Connections>,
    ticks: Ticks,
) -> std::result::Result<State, String> {
    let outside = blob_store(config.files_dir.as_deref())?;
    let devices = Devices::new(&store).map_err(|error| format!("{error:?}"))?;
    let signer = signer(&store, public_url)?;
    let mut id = [0; 4];
    SystemEntropy.fill(&mut id);
    Ok(State {
        tokens: Tokens::new(signer, config.token_ttl, config.token_format, config.allow_key_as_bearer),
        rate_limits: RateLimits::new(config.rate_limits, &store),
        store: store.clone(),
        response_cache: ResponseCache::default(),
        in_flight: InFlight::default(),
        hosts: Hosts::new(public_url),
        names,
        throttle: Throttle::default(),
        forgotten: Throttle::default(),
        devices,
        write_behind: Arc::default(),
        public_url: public_url.to_owned(),
        started: format!("{:08x}", u32::from_le_bytes(id)),
        org_creation: config.org_creation,
        mail: false,
        proxies: Proxies::new(&config.trusted_proxies),
        hashing: Hashing::default(),
        incoming: Incoming::new(config.limits.bodies),
        uploads: Uploads::beside(&config.data),
        visitors_uploads: Uploads::of_visitors(&config.data),
        files: Arc::new(Blobs::new(store.clone(), config.files, outside).leaving(config.min_free_disk)),
        file_turns: Shared::places(FILES_AT_ONCE),
        outgoing: Outgoing::new(config.limits.answers, connections.clone()),
        long_reads: Shared::turns(workers + 2),
        hsts: config.hsts,
        log_all: config.log_all,
        meters: Meters::new(ticks),
        gauges: Arc::default(),
        retention: config.retention,
        sandbox: None,
        console: ConsoleState {
            setup: Mutex::default(),
            downloads: Downloads::new(downloads(&config.data)),
            backup_folder: config.backups.as_ref().map(|(folder, ..)| folder.clone()),
        },
    })
}

/// Where bytes of files lie outside of the database, if a folder is set for them.
///
/// # Errors
/// Why it cannot be used, as a sentence.
pub fn blob_store(path: Option<&Path>) -> std::result::Result<Option<Arc<dyn BlobStore>>, String> {
    let Some(path) = path else { return Ok(None) };
    let folder = Folder::open(path).map_err(|cause| format!("the folder of files {}: {cause}", path.display()))?;
    Ok(Some(Arc::new(folder)))
}

/// How backups are made that operators download.
fn downloads(data: &Path) -> Box<MakeCopy> {
    const KIND: &str = "download";
    // This process has the database, and nobody else makes these.
    database::remove_leftovers(data, KIND);
    let data = data.to_owned();
    Box::new(move |random| database::unnamed_copy(&data, KIND, random, leave_out))
}

fn signer(store: &Store, public_url: &str) -> std::result::Result<Signer, String> {
    let keys = token::signing_keys(store).map_err(|error| format!("{error:?}"))?;
    Signer::new(keys, format!("{public_url}/oauth"), format!("{public_url}/api"))
}

/// Where a server that listens there is reached from this machine: no browser can go to "every address".
fn reached_at(address: SocketAddr) -> String {
    let host = if address.ip().is_unspecified() { format!("localhost:{}", address.port()) } else { address.to_string() };
    // As browsers write it.
    format!("http://{}", host.strip_suffix(":80").unwrap_or(&host))
}

/// The address by which this machine reaches others. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_that_is_told_is_one_that_can_be_opened() {
        for (listen, told) in [
            ("0.0.0.0:4010", "http://localhost:4010"),
            ("[::]:4010", "http://localhost:4010"),
            ("0.0.0.0:80", "http://localhost"),
            ("127.0.0.1:4010", "http://127.0.0.1:4010"),
            ("[::1]:4010", "http://[::1]:4010"),
        ] {
            assert_eq!(reached_at(listen.parse().expect("an address")), told);
        }
    }
}
