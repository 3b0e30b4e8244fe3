//! What became of the calls with a key: counted by hour, and what was refused by its reason.

use std::collections::BTreeMap;

use crate::domain::{
    Error,
    error::{Denial, Rule},
    project::traffic::{self, Event},
    time::Instant,
};

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallOutcome {
    /// It got what it asked for.
    Answered,
    /// The server failed.
    Failed,
    /// The key was exchanged for a token.
    Exchanged,
    /// It was refused, for the reason of this word.
    Refused(&'static str),
}

impl CallOutcome {
    /// What an answer with this status says that is no [`Error`].
    pub const fn of_status(status: u16) -> Self {
        match Event::of_status(status) {
            Event::Failed => Self::Failed,
            Event::Refused => Self::Refused("invalid"),
            _ => Self::Answered,
        }
    }

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Exchanged => "exchanged",
            Self::Refused(reason) => reason,
        }
    }
}

impl From<&Error> for CallOutcome {
    fn from(error: &Error) -> Self {
        Self::Refused(match error {
            Error::Occupied | Error::Busy(_) | Error::Moved(_) | Error::Internal(_) => return Self::Failed,
            Error::Unauthenticated(reason) => reason.word(),
            Error::Denied(Denial { rule: Some(rule), .. }) => rule.word(),
            Error::Denied(Denial { by_key: true, .. }) => "access_too_narrow",
            Error::Denied(_) => "role_too_low",
            Error::Invalid(_) | Error::Unprocessable(_) | Error::NotInRange(_) => "invalid",
            Error::NotFound(_) | Error::ViewerAuthDisabled => "not_found",
            Error::Conflict(_) => "conflict",
            Error::CursorExpired => "cursor_expired",
            Error::Stale => "stale",
            Error::TooLarge(_) | Error::FileTooLarge(_) | Error::QuotaReached(_) => "too_large",
            Error::Limited(_) | Error::RateLimited(_) => "rate_limited",
        })
    }
}

/// The status of an answer that was refused for the reason of this word (RFC 9110 15.5).
pub fn status_of(reason: &str) -> u16 {
    match reason {
        "invalid" => 400,
        "access_too_narrow" | "role_too_low" => 403,
        "not_found" => 404,
        "conflict" => 409,
        "cursor_expired" => 410,
        "stale" => 412,
        "too_large" => 413,
        "rate_limited" => 429,
        rule if Rule::ALL.iter().any(|one| one.word() == rule) => 403,
        _ => 401,
    }
}

/// How often something became of the calls in the hour that begins at `start`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Begin of the hour.
    pub start: Instant,
    /// What became of them: the word of a [`CallOutcome`].
    pub outcome: String,
    /// How often.
    pub n: u64,
}

/// Calls that were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The word of the reason.
    pub reason: String,
    /// How often.
    pub n: u64,
    /// The hour in which it happened last.
    pub last: Instant,
}

impl Count {
    /// What a chart shows of it; exchanges are no calls.
    pub fn event(&self) -> Option<Event> {
        match self.outcome.as_str() {
            "answered" => Some(Event::Answered),
            "failed" => Some(Event::Failed),
            "exchanged" => None,
            _ => Some(Event::Refused),
        }
    }
}

/// The same as a chart counts them.
pub fn of_chart(counts: &[Count]) -> Vec<traffic::Count> {
    counts.iter().filter_map(|count| Some(traffic::Count { start: count.start, event: count.event()?, n: count.n })).collect()
}

/// What was refused since a moment, by its reason, the most frequent first.
pub fn refusals(counts: &[Count], since: Instant) -> Vec<Refused> {
    let mut by_reason: BTreeMap<&str, (u64, Instant)> = BTreeMap::new();
    for count in counts.iter().filter(|count| count.start >= since && count.event() == Some(Event::Refused)) {
        let (n, last) = by_reason.entry(&count.outcome).or_default();
        (*n, *last) = (*n + count.n, count.start.max(*last));
    }
    let mut all: Vec<_> = by_reason.into_iter().map(|(reason, (n, last))| Refused { reason: reason.to_owned(), n, last }).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.n));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        access::Permission,
        error::{Fault, Reason},
    };

    #[test]
    fn a_refusal_has_its_reason_and_a_failure_has_none() {
        let narrow = Denial { by_key: true, ..Denial::role(Permission::EntryWrite) };
        for (error, outcome, status) in [
            (Error::Unauthenticated(Reason::TokenExpired), CallOutcome::Refused("token_expired"), 401),
            (Error::Denied(narrow), CallOutcome::Refused("access_too_narrow"), 403),
            (Error::Denied(Denial::role(Permission::EntryWrite)), CallOutcome::Refused("role_too_low"), 403),
            (Rule::NotByKey.into(), CallOutcome::Refused("not_by_key"), 403),
            (Error::NotFound("page"), CallOutcome::Refused("not_found"), 404),
            (Error::Conflict(Fault::new("slug", "taken", "Taken.")), CallOutcome::Refused("conflict"), 409),
            (Error::CursorExpired, CallOutcome::Refused("cursor_expired"), 410),
            (Error::Stale, CallOutcome::Refused("stale"), 412),
        ] {
            assert_eq!((CallOutcome::from(&error), status_of(outcome.word())), (outcome, status));
        }
        assert_eq!(CallOutcome::from(&Error::Busy(String::new())), CallOutcome::Failed);
        assert_eq!([200, 304, 415, 500].map(|status| CallOutcome::of_status(status).word()), ["answered", "answered", "invalid", "failed"]);
    }

    #[test]
    fn refusals_are_summed_up_by_their_reason_and_exchanges_are_no_calls() {
        let count = |hour: i64, outcome: &str, n| Count { start: Instant::from_seconds(hour * 3600), outcome: outcome.into(), n };
        let counts =
            [count(1, "not_found", 9), count(2, "not_found", 1), count(2, "exchanged", 5), count(3, "stale", 4), count(3, "answered", 7)];
        let found = refusals(&counts, Instant::from_seconds(7200));
        let told: Vec<_> = found.iter().map(|one| (one.reason.as_str(), one.n, one.last.seconds() / 3600)).collect();
        assert_eq!(told, [("stale", 4, 3), ("not_found", 1, 2)]);
        assert_eq!(of_chart(&counts).iter().map(|one| one.n).sum::<u64>(), 21);
    }
}
