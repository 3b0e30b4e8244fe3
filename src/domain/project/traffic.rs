//! What is counted of the traffic: requests to projects, exchanges of keys, failed sign-ins; by hour.

use std::time::Duration;

use crate::domain::{
    id::{KeyId, ProjectId, UserId},
    time::{DAY, Instant},
};

/// How long counts by hour are kept: a month, and the day that began before it.
pub const KEPT: Duration = DAY.saturating_mul(32);

/// How long an hour is, in microseconds.
const HOUR: i64 = 3_600_000_000;
/// Hours of a day.
const DAY_HOURS: i64 = 24;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A request that got what it asked for (2xx, 3xx).
    Answered,
    /// A request that was refused (4xx).
    Refused,
    /// A request that failed for a reason of the server (5xx).
    Failed,
    /// A key that was exchanged for a token.
    Exchanged,
    /// A key that was known and yet got no token.
    ExchangeRefused,
    /// A wrong password for a person that there is.
    SignInFailed,
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 6] = [Self::Answered, Self::Refused, Self::Failed, Self::Exchanged, Self::ExchangeRefused, Self::SignInFailed];

    /// What happened to a request that was answered with this status (RFC 9110 15).
    pub const fn of_status(status: u16) -> Self {
        match status {
            0..400 => Self::Answered,
            400..500 => Self::Refused,
            _ => Self::Failed,
        }
    }

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Exchanged => "exchanged",
            Self::ExchangeRefused => "exchange_refused",
            Self::SignInFailed => "sign_in_failed",
        }
    }

    /// The event of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }
}

/// Whom an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A project that was asked for something, and the key that asked, if one was known.
    Project(ProjectId, Option<KeyId>),
    /// A key that was exchanged.
    Key(KeyId),
    /// A person whose password was typed.
    User(UserId),
}

/// One kind of event within one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    /// Whom it is about.
    pub subject: Subject,
    /// What happened.
    pub event: Event,
    /// When the hour began.
    pub hour: Instant,
}

/// How often something happened in the hour that begins at `start`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Begin of the hour.
    pub start: Instant,
    /// What happened.
    pub event: Event,
    /// How often.
    pub n: u64,
}

/// How many requests of a project came with one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// The key.
    pub key: KeyId,
    /// Its name.
    pub name: String,
    /// Name of its owner.
    pub owner: String,
    /// Requests.
    pub n: u64,
}

/// How often a wrong password was typed for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Their name.
    pub name: String,
    /// How often.
    pub n: u64,
}

/// How far back a chart goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// 24 hours, by hour.
    Day,
    /// 30 days, by day.
    Month,
}

impl Span {
    /// Every span, the usual one last.
    pub const ALL: [Self; 2] = [Self::Day, Self::Month];

    /// The word in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "24h",
            Self::Month => "30d",
        }
    }

    /// The span of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.word() == word)
    }
}

/// Counts of one stretch of time, an hour or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// When it begins.
    pub start: Instant,
    n: [u64; Event::ALL.len()],
}

impl Bucket {
    /// How often `event` happened in it.
    pub const fn of(&self, event: Event) -> u64 {
        self.n[event as usize]
    }
}

/// Sums counts up into stretches that begin at `starts`, in their order; each ends where the next begins.
pub fn buckets(counts: &[Count], starts: &[Instant]) -> Vec<Bucket> {
    let mut buckets: Vec<_> = starts.iter().map(|start| Bucket { start: *start, n: [0; Event::ALL.len()] }).collect();
    for count in counts {
        let before = starts.partition_point(|start| *start <= count.start);
        if let Some(bucket) = before.checked_sub(1).and_then(|at| buckets.get_mut(at)) {
            bucket.n[count.event as usize] += count.n;
        }
    }
    buckets
}

/// Begin of the hour (UTC) of `at`.
pub const fn hour(at: Instant) -> Instant {
    floor(at, HOUR)
}

/// Begin of the day (UTC) of `at`.
pub const fn day(at: Instant) -> Instant {
    floor(at, HOUR * DAY_HOURS)
}

const fn floor(at: Instant, unit: i64) -> Instant {
    Instant::from_micros(at.micros() - at.micros().rem_euclid(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_begin_where_they_do() {
        let at: Instant = "2026-11-24T17:45:12.345Z".parse().expect("an instant");
        assert_eq!(hour(at).to_string(), "2026-11-24T17:00:00.000Z");
        assert_eq!(day(at).to_string(), "2026-11-24T00:00:00.000Z");
        assert_eq!(hour(hour(at)), hour(at));
    }

    #[test]
    fn counts_are_summed_up_where_they_belong() {
        let at = |seconds| Instant::from_seconds(seconds);
        let count = |start, event, n| Count { start: at(start), event, n };
        let counts =
            [count(50, Event::Answered, 9), count(100, Event::Answered, 2), count(199, Event::Answered, 3), count(200, Event::Refused, 1)];
        let buckets = buckets(&counts, &[at(100), at(200)]);
        let told: Vec<_> = buckets.iter().map(|one| (one.start, one.of(Event::Answered), one.of(Event::Refused))).collect();
        assert_eq!(told, [(at(100), 5, 0), (at(200), 0, 1)], "what is older than the first is not counted");
    }

    #[test]
    fn a_status_says_what_happened() {
        let events = [200, 304, 400, 404, 429, 500, 503].map(Event::of_status);
        let (good, bad, broken) = (Event::Answered, Event::Refused, Event::Failed);
        assert_eq!(events, [good, good, bad, bad, bad, broken, broken]);
        assert!(Event::ALL.into_iter().all(|event| Event::from_word(event.word()) == Some(event)));
    }
}
