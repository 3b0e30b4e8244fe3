//! What other programs are told, carried to them over HTTP: to addresses on the Internet, and to those of a house that its operator has opened.

use std::{
    io::{ErrorKind, Read},
    sync::OnceLock,
    time::Duration,
};

use ureq::{
    Agent, Error,
    config::Config,
    http::{Uri, header},
    tls::{Certificate, RootCerts, TlsConfig},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::{
    domain::{
        network::Network,
        project::webhook::{
            delivery::{DeliveryAttempt, Miss, PATIENCE, REPLY},
            is_public,
        },
        text,
    },
    service::project::webhook::carrying::{Carrier, WebhookRequest},
    system,
};

/// Carries messages of webhooks.
pub struct Outbound {
    open: Vec<Network>,
    patience: Duration,
    /// Made when it is first needed: it reads what this system trusts.
    agent: OnceLock<Agent>,
}

/// Addresses of names, but for those that lead into the house. Connections are made to what it has found, and to nothing else; addresses that stand in
/// an URL themselves pass it, too.
#[derive(Debug)]
struct Outside<R> {
    open: Vec<Network>,
    names: R,
}

/// No address of a name may be reached.
#[derive(Debug)]
struct NotOpen;

impl std::fmt::Display for NotOpen {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("no address of it may be reached")
    }
}

impl std::error::Error for NotOpen {}

impl<R: Resolver> Resolver for Outside<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut reached = self.empty();
        for at in found.iter().filter(|at| is_public(at.ip()) || self.open.iter().any(|open| open.contains(at.ip()))) {
            reached.push(*at);
        }
        if reached.is_empty() { Err(Error::Other(Box::new(NotOpen))) } else { Ok(reached) }
    }
}

impl Outbound {
    /// Reaches these networks besides the Internet.
    pub const fn new(open: Vec<Network>) -> Self {
        Self { open, patience: PATIENCE, agent: OnceLock::new() }
    }

    fn agent(&self) -> Agent {
        let config = Agent::config_builder()
            // What a proxy reaches, nobody here could know.
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(self.patience))
            .user_agent(concat!("stele/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots()).build())
            .build();
        let outside = Outside { open: self.open.clone(), names: DefaultResolver::default() };
        Agent::with_parts(config, DefaultConnector::default(), outside)
    }
}

impl Carrier for Outbound {
    fn carry(&self, message: &WebhookRequest) -> DeliveryAttempt {
        let took = system::ticks();
        let request = self
            .agent
            .get_or_init(|| self.agent())
            .post(&message.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "*/*");
        let request = request.header("webhook-id", message.id.to_string()).header("webhook-timestamp", message.timestamp.to_string());
        match request.header("webhook-signature", &message.signature).send(&message.body) {
            Err(error) => DeliveryAttempt::miss(miss(&error), took()),
            Ok(mut answer) => {
                let retry_after = answer.headers().get(header::RETRY_AFTER).and_then(|said| said.to_str().ok()).map(str::to_owned);
                let (status, mut reply) = (answer.status().as_u16(), Vec::new());
                // What it says has no effect: whatever came of it is kept.
                let _ = answer.body_mut().as_reader().take(REPLY as u64).read_to_end(&mut reply);
                DeliveryAttempt::with_answer(status, text::without_nul(&String::from_utf8_lossy(&reply)), retry_after, took())
            }
        }
    }
}

/// Why nobody has answered.
fn miss(error: &Error) -> Miss {
    match error {
        Error::Timeout(_) => Miss::Timeout,
        Error::HostNotFound => Miss::Unresolved,
        Error::Other(cause) if cause.is::<NotOpen>() => Miss::Closed,
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired => Miss::Tls,
        Error::Io(cause) => of_system(cause),
        _ => Miss::Unreachable,
    }
}

/// The same for an error of the system; encryption and names tell theirs as such, too.
fn of_system(cause: &std::io::Error) -> Miss {
    match cause.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Miss::Timeout,
        ErrorKind::InvalidData => Miss::Tls,
        _ if cause.to_string().starts_with("failed to lookup address") => Miss::Unresolved,
        _ => Miss::Unreachable,
    }
}

/// What this system trusts; where it trusts nothing, as in a container, what Mozilla does.
pub fn roots() -> RootCerts {
    let certs = rustls_native_certs::load_native_certs().certs;
    if certs.is_empty() { RootCerts::WebPki } else { certs.iter().map(|cert| Certificate::from_der(cert).to_owned()).into() }
}
