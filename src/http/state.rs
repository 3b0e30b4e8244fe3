//! What all requests share.

use std::{net::IpAddr, sync::Arc};

use tokio::sync::{Notify, Semaphore};

use crate::{
    service::{invitation::Post, token::Tokens, usage::Usage},
    store::Store,
};

use super::{answers::Answers, sandbox::Reset};

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
    /// Wakes the task that writes uses.
    pub usage_new: Notify,
    /// Where the instance is reached from outside; no `/` at the end.
    pub public_url: String,
    /// When the server started, for request ids.
    pub started: String,
    /// Whether mail can be sent.
    pub mail: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Password hashes computed at once: each takes 19 MiB.
    pub hashing: Semaphore,
    /// Restores the start; only in a sandbox.
    pub sandbox: Option<Arc<dyn Reset>>,
}

impl State {
    /// When the server started, in a few characters.
    pub fn started(&self) -> &str {
        &self.started
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
