//! Limits of requests a minute: what each counts, and how much of one is left.

use std::fmt;

/// The time that limits are about, in seconds.
pub const WINDOW: u32 = 60;

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Requests with one key.
    Key,
    /// Requests from one address.
    Address,
    /// Exchanges of keys from one address.
    Exchange,
    /// Passwords that strangers type at one address.
    SignIn,
    /// Changes that agents make with one key.
    AgentWrite,
    /// What agents show to readers with one key.
    AgentPublish,
    /// What is sent to one form from one address.
    Submission,
}

impl Policy {
    /// Its name in headers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Address => "address",
            Self::Exchange => "exchange",
            Self::SignIn => "sign-in",
            Self::AgentWrite => "agent-write",
            Self::AgentPublish => "agent-publish",
            Self::Submission => "submission",
        }
    }

    /// What too much of it was.
    const fn excess(self) -> &'static str {
        match self {
            Self::Key => "requests with this API key",
            Self::Address => "requests from this address",
            Self::Exchange => "exchanges of keys from this address",
            Self::SignIn => "passwords from this address",
            Self::AgentWrite => "changes by agents with this API key",
            Self::AgentPublish => "changes by agents with this API key that readers see at once",
            Self::Submission => "submissions of this form from this address",
        }
    }
}

/// How much of a limit is left at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// What it counts.
    pub policy: Policy,
    /// So much a minute, and so much at once after a minute without any.
    pub limit: u32,
    /// So much is left.
    pub remaining: u32,
    /// Seconds until all of it is there again; where nothing is left, until something is.
    pub reset: u32,
}

impl fmt::Display for RateLimit {
    /// The sentence of a refusal.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { policy, limit, reset, .. } = self;
        let seconds = if *reset == 1 { "second" } else { "seconds" };
        write!(out, "There were more than {limit} {} a minute. Try again in {reset} {seconds}.", policy.excess())
    }
}

/// The limits of an instance, each a minute; none where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceilings {
    /// Requests with one key. A lower one of the key itself counts instead.
    pub key: Option<u32>,
    /// Requests from one address.
    pub address: Option<u32>,
    /// Exchanges of keys from one address.
    pub exchange: Option<u32>,
    /// Passwords that strangers type at one address.
    pub sign_in: Option<u32>,
    /// Changes that agents make with one key.
    pub agent_write: Option<u32>,
    /// Those of them that readers see at once.
    pub agent_publish: Option<u32>,
    /// What is sent to one form from one address.
    pub submission: Option<u32>,
}

impl Default for Ceilings {
    /// More than an honest client comes to, also one that measures how fast the server is; and more than an agent does whom somebody looks after.
    fn default() -> Self {
        let (agent_write, agent_publish) = (Some(600), Some(60));
        let (address, exchange, sign_in, submission) = (Some(6_000_000), Some(3_000_000), Some(600), Some(20));
        Self { key: Some(6_000_000), address, exchange, sign_in, agent_write, agent_publish, submission }
    }
}
