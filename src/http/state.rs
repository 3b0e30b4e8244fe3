//! What all requests share.

use std::{net::IpAddr, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::{Notify, Semaphore};

use crate::{
    domain::{Error, Result, secret::PlainToken},
    service::{attempt::Attempts, invitation::Post, password, session::Seen, token::Tokens, traffic::Traffic, usage::Usage},
    store::Store,
};

use super::{answers::Answers, client::Proxies, console::once::Once, route::blocking, sandbox::Reset};

/// What all requests share.
pub struct State {
    /// The database.
    pub store: Store,
    /// Signing, verifying, remembering.
    pub tokens: Tokens,
    /// Answers of content that can be sent again.
    pub answers: Answers,
    /// When keys were last used.
    pub usage: Usage,
    /// What is counted.
    pub traffic: Traffic,
    /// Wakes the task that writes uses and counts.
    pub usage_new: Notify,
    /// Where the instance is reached from outside; no `/` at the end.
    pub public_url: String,
    /// When the server started, for request ids.
    pub started: String,
    /// Whether mail can be sent.
    pub mail: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Proxies,
    /// Password hashes computed at once: each takes 19 MiB.
    pub hashing: Semaphore,
    /// When sessions were last used.
    pub seen: Seen,
    /// Failed tries to sign in.
    pub attempts: Attempts,
    /// The secret of the set-up address, while nobody is set up.
    pub setup: Mutex<Option<PlainToken>>,
    /// Forms that make a key and were not sent yet.
    pub once: Once,
    /// Restores the start; only in a sandbox.
    pub sandbox: Option<Arc<dyn Reset>>,
}

impl State {
    /// When the server started, in a few characters.
    pub fn started(&self) -> &str {
        &self.started
    }

    /// Whether a password is right. Passwords are checked off the workers and a few at a time; after some failures of the
    /// account or from the address, each next try has to wait longer.
    ///
    /// # Errors
    /// Limited, with the seconds to wait.
    pub async fn verify(&self, account: &str, ip: IpAddr, typed: String, hash: Option<String>) -> Result<bool> {
        self.attempts.check(account, ip, self.store.now())?;
        let _turn = self.hashing.acquire().await.map_err(|error| Error::Busy(error.to_string()))?;
        // Once more: of many that came at the same moment, the first may have failed meanwhile.
        self.attempts.check(account, ip, self.store.now())?;
        let right = blocking(move || password::verify(&typed, hash.as_deref())).await?;
        self.attempts.note(account, ip, self.store.now(), right);
        Ok(right)
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
