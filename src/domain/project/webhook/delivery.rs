//! Messages of webhooks on their way: when one is tried again, and what became of a try.

use std::time::Duration;

use crate::domain::{
    id::{DeliveryId, WebhookId},
    time::{DAY, Instant},
};

/// How long a receiver may take.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// How long whoever has taken a message in hand keeps it: longer than a receiver may take.
pub const CLAIM: Duration = Duration::from_secs(20);
/// How long it is known what became of a message.
pub const KEPT: Duration = DAY.saturating_mul(30);
/// Bytes of an answer that are kept.
pub const REPLY: usize = 1024;

const fn hours(n: u64) -> Duration {
    Duration::from_secs(n * 60 * 60)
}

/// How long is waited after each try but the last.
const WAITS: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    hours(2),
    hours(5),
    hours(10),
    hours(14),
    hours(20),
    hours(24),
];

/// How far a message is. The words are those of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for its first try, or the next one.
    Queued,
    /// It has arrived.
    Delivered,
    /// It was given up.
    Failed,
}

/// Why a try has failed. The words are those of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// The receiver said something else than that it has taken it.
    Status,
    /// It leads elsewhere, and is not followed.
    Redirect,
    /// It took too long.
    Timeout,
    /// The address is one of a house, which the operator has not opened.
    Closed,
    /// The name has no address.
    Unresolved,
    /// Nobody answered there.
    Unreachable,
    /// The connection could not be encrypted, or not to whom it should.
    Tls,
    /// The webhook was switched off.
    Off,
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryAttempt {
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// Why it has failed; none where it has arrived.
    pub miss: Option<Miss>,
    /// The beginning of the answer.
    pub reply: String,
    /// What the receiver said of when to try again (RFC 9110 10.2.3).
    pub retry_after: Option<String>,
    /// How long it took.
    pub took: Duration,
}

/// A message, and what became of it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, the same at each try.
    pub id: DeliveryId,
    /// Its webhook.
    pub webhook: WebhookId,
    /// The type of its message.
    pub event: String,
    /// What it says.
    pub body: String,
    /// How far it is.
    pub state: State,
    /// How often it was tried since it was queued.
    pub attempts: u32,
    /// When it is tried next.
    pub due_at: Option<Instant>,
    /// The status of the last answer.
    pub status: Option<u32>,
    /// Why the last try has failed.
    pub miss: Option<Miss>,
    /// Milliseconds that the last try took.
    pub took: Option<u64>,
    /// The beginning of the last answer.
    pub reply: Option<String>,
    /// When it was tried last.
    pub tried_at: Option<Instant>,
    /// When it had arrived or was given up.
    pub ended_at: Option<Instant>,
    /// When the deed was done.
    pub created_at: Instant,
}

impl State {
    /// Their words.
    pub const WORDS: &[&str] = &[Self::Queued.word(), Self::Delivered.word(), Self::Failed.word()];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Queued, Self::Delivered, Self::Failed].into_iter().find(|state| state.word() == word)
    }
}

impl Miss {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Status, Self::Redirect, Self::Timeout, Self::Closed, Self::Unresolved, Self::Unreachable, Self::Tls, Self::Off];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Redirect => "redirect",
            Self::Timeout => "timeout",
            Self::Closed => "address_not_allowed",
            Self::Unresolved => "name_not_found",
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::Off => "switched_off",
        }
    }

    /// The reason of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|miss| miss.word() == word)
    }
}

impl DeliveryAttempt {
    /// Without an answer.
    pub const fn miss(miss: Miss, took: Duration) -> Self {
        Self { status: None, miss: Some(miss), reply: String::new(), retry_after: None, took }
    }

    /// With an answer of this status.
    pub const fn with_answer(status: u16, reply: String, retry_after: Option<String>, took: Duration) -> Self {
        let miss = match status {
            200..=299 => None,
            300..=399 => Some(Miss::Redirect),
            _ => Some(Miss::Status),
        };
        Self { status: Some(status), miss, reply, retry_after, took }
    }

    /// Whether the receiver says that nobody will ever take a message there.
    pub const fn is_gone(&self) -> bool {
        matches!(self.status, Some(410))
    }

    /// When a message is tried again whose try, one of so many, has this outcome; none when it was the last. `chance` spreads those that failed at
    /// one moment over a tenth of the wait.
    pub fn again(&self, attempts: u32, chance: u8, now: Instant) -> Option<Instant> {
        let wait = *WAITS.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
        let spread = wait / 10 * u32::from(chance) / u32::from(u8::MAX);
        let asked = self.retry_after.as_deref().and_then(|said| retry_after(said, now)).unwrap_or_default();
        Some(now + (wait + spread).max(asked.min(DAY)))
    }
}

/// How long a receiver asks to wait: seconds, or a date of HTTP.
fn retry_after(said: &str, now: Instant) -> Option<Duration> {
    let said = said.trim();
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(said).ok()?;
    Some(Instant::from_micros(date.as_microsecond()).since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, retry_after: Option<&str>) -> DeliveryAttempt {
        DeliveryAttempt::with_answer(status, String::new(), retry_after.map(str::to_owned), Duration::ZERO)
    }

    #[test]
    fn only_a_status_of_success_is_an_arrival() {
        let miss = |status| refused(status, None).miss;
        assert_eq!([200, 204, 299].map(miss), [None; 3]);
        assert_eq!([301, 307].map(miss), [Some(Miss::Redirect); 2]);
        assert_eq!([199, 400, 404, 410, 500, 503].map(miss), [Some(Miss::Status); 6]);
        assert!(refused(410, None).is_gone() && !refused(404, None).is_gone());
    }

    #[test]
    fn it_is_tried_ten_times_over_three_days() {
        let mut now = Instant::from_seconds(0);
        let mut waits = Vec::new();
        for attempts in 1.. {
            let Some(next) = refused(500, None).again(attempts, 0, now) else { break };
            waits.push(next.since(now).as_secs());
            now = next;
        }
        assert_eq!(waits, [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
        let late = refused(500, None).again(4, u8::MAX, Instant::from_seconds(0));
        assert_eq!(late, Some(Instant::from_seconds(7200 + 720)), "spread by a tenth");
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_but_not_for_days() {
        let now = Instant::from_seconds(784_111_777);
        let wait = |said_: &str| refused(503, Some(said_)).again(1, 0, now).map(|at| at.since(now).as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("1"), Some(5), "no sooner than else");
        assert_eq!(wait("Sun, 06 Nov 1994 08:59:37 GMT"), Some(600));
        assert_eq!([wait("99999999"), wait("99999999999999999999"), wait("soon"), wait("-5")], [Some(86_400), Some(5), Some(5), Some(5)]);
    }
}
