//! What all requests share: the store, what is kept in memory, and the room for bodies, answers and hashing.

use std::{net::IpAddr, path::PathBuf, sync::Arc};

use parking_lot::Mutex;

use crate::{
    domain::{Error, Result, id::UserId, key::secret::PlainToken, org::organization::OrgCreation},
    service::{
        account::{
            device::Devices,
            password,
            session::{self, Proof},
            throttle::{Asker, Throttle, Try},
        },
        backup::Downloads,
        file::blob::bytes::Blobs,
        gauges::Gauges,
        idempotency::InFlight,
        key::{rate_limit::RateLimits, token::Tokens},
        org::invitation::Post,
        project::{domain::Names, hosts::Hosts},
        retention::Retention,
        sandbox::Reset,
        write_behind::WriteBehind,
    },
    store::Store,
};

use super::{
    client::Proxies,
    hashing::{Hashing, QueueKey},
    observed::meter::Meters,
    reply::blocking,
    response_cache::ResponseCache,
    transport::{
        incoming::Incoming,
        outgoing::Outgoing,
        room::{self, Shared},
        upload::Uploads,
    },
};

/// What all requests share.
pub struct State {
    /// The database.
    pub store: Store,
    /// Room for bodies on their way in.
    pub incoming: Incoming,
    /// Files on their way in.
    pub uploads: Uploads,
    /// Files that visitors send with forms, on their way in.
    pub visitors_uploads: Uploads,
    /// The bytes of files.
    pub files: Arc<Blobs>,
    /// As many requests with files as may come in at once.
    pub file_turns: Shared,
    /// Room for long answers on their way out.
    pub outgoing: Outgoing,
    /// As many long reads as may run at once: the workers find read connections beside them.
    pub long_reads: Shared,
    /// Signing, verifying, remembering.
    pub tokens: Tokens,
    /// Creations under a name that are not answered yet.
    pub in_flight: InFlight,
    /// Answers of content that can be sent again.
    pub response_cache: ResponseCache,
    /// Last uses and counts, until they are written.
    pub write_behind: Arc<WriteBehind>,
    /// Where the instance is reached from outside; no `/` at the end.
    pub public_url: String,
    /// When the server started, for request ids.
    pub started: String,
    /// The header by which browsers are told to come encrypted only, if they are.
    pub hsts: Option<&'static str>,
    /// Who makes organizations.
    pub org_creation: OrgCreation,
    /// Whether mail can be sent.
    pub mail: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Proxies,
    /// The lines in which passwords wait to be hashed.
    pub hashing: Hashing,
    /// Failed tries of passwords.
    pub throttle: Throttle,
    /// The names of projects.
    pub hosts: Hosts,
    /// What is asked for the records of domains.
    pub names: Arc<dyn Names>,
    /// Limits of requests.
    pub rate_limits: RateLimits,
    /// E-mails that were asked for by people who forgot their password.
    pub forgotten: Throttle,
    /// Browsers in which somebody signed in before.
    pub devices: Devices,
    /// Whether every request has its line in the log.
    pub log_all: bool,
    /// Counts of requests.
    pub meters: Meters,
    /// How the jobs go.
    pub gauges: Arc<Gauges>,
    /// How long is kept what is over.
    pub retention: Retention,
    /// Restores the start; only in a sandbox.
    pub sandbox: Option<Arc<dyn Reset>>,
    /// What the console alone asks for.
    pub console: ConsoleState,
}

/// What only pages ask for.
pub struct ConsoleState {
    /// The secret of the set-up address, while nobody is set up.
    pub setup: Mutex<Option<PlainToken>>,
    /// Backups that operators download.
    pub downloads: Downloads,
    /// The folder in which the server keeps backups, if it does.
    pub backup_folder: Option<PathBuf>,
}

/// How the check of a password went.
pub struct Verified {
    /// The person with the address; none where there is none, or they are disabled.
    pub user: Option<UserId>,
    /// The proof that it was their password; none where it was not.
    pub proof: Option<Proof>,
}

impl State {
    /// When the server started, in a few characters.
    pub fn started(&self) -> &str {
        &self.started
    }

    /// Whether a password is the one of the person with this address; `asker` says who tries, if there is such a person. After
    /// some failures each next try has to wait longer.
    ///
    /// # Errors
    /// Limited or rate-limited, with the seconds to wait; Busy, when too many try at once.
    pub async fn verify(&self, email: &str, ip: IpAddr, typed: String, asker: impl Fn(UserId) -> Asker) -> Result<Verified> {
        let address = email.to_owned();
        let (user, hash) = self.store.read(move |tx| session::credentials(tx, &address)).await?.unzip();
        let tried = Try::new(email, user, ip, user.map_or(Asker::Stranger, asker));
        // What strangers try keeps nobody out who was let in before.
        if !tried.is_known() {
            self.rate_limits.sign_in(ip)?;
        }
        self.throttle.check(&tried, self.store.now())?;
        let (account, network) = (QueueKey::Account(tried.account()), QueueKey::Network(tried.network()));
        let turn =
            if tried.is_known() { self.hashing.turn(true, &[account]).await } else { self.hashing.turn(false, &[account, network]).await };
        let turn = turn?;
        // Once more: of many that came at the same moment, the first may have failed meanwhile.
        self.throttle.begin(&tried, self.store.now())?;
        let hash = hash.flatten();
        let tried_hash = hash.clone();
        let right = turn.run(move || password::verify(&typed, tried_hash.as_deref())).await?;
        if right {
            self.throttle.forgive(&tried);
        }
        Ok(Verified { user, proof: user.zip(hash).filter(|_| right).map(|(user, hash)| Proof::new(user, hash)) })
    }

    /// The hash of a new password, for somebody whom a link or a session has let in.
    ///
    /// # Errors
    /// Busy, when too many set one at once.
    pub async fn hashed(self: &Arc<Self>, caller: &[QueueKey], typed: String) -> Result<String> {
        let turn = self.hashing.turn(true, caller).await?;
        let state = self.clone();
        turn.run(move || password::hash(&typed, state.store.entropy())).await
    }

    /// Runs a read that may take long off the workers, when its turn comes: nobody has more than half of those that run at once.
    ///
    /// # Errors
    /// Those of the read.
    pub async fn reading<T: Send + 'static>(&self, caller: room::Caller, read: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let turn = self.long_reads.turn(caller).await.ok_or_else(|| Error::Busy("no long read can be run any more".into()))?;
        blocking(move || {
            // Also when nobody waits for it any more, the turn ends with the read.
            let _turn = turn;
            read()
        })
        .await
    }

    /// How invitations are delivered.
    pub fn post(&self) -> Post {
        Post { public_url: self.public_url.clone(), mail: self.mail }
    }

    /// Whether this is a sandbox, whose keys say so.
    pub const fn is_sandbox(&self) -> bool {
        self.sandbox.is_some()
    }
}
