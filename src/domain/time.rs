//! Instants, and the clock as an argument.

use std::{fmt, ops, str::FromStr, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Source of the current time, handed in.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Instant;
}

/// A moment in UTC, in microseconds since 1970. On the wire RFC 3339 with milliseconds: `2026-01-01T00:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(i64);

impl Instant {
    /// From microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From whole seconds since 1970, as tokens carry them.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Whole seconds since 1970, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// As people read it on a terminal, to the minute: `2026-01-01 00:00 UTC`.
    pub fn plain(self) -> String {
        let text = self.to_string();
        format!("{} UTC", text.get(..16).unwrap_or(&text).replace('T', " "))
    }

    /// As a part of a file's name, in whole seconds: `20260101T000000Z` (ISO 8601, basic format). It is read back by `parse`.
    pub fn compact(self) -> String {
        let text = self.to_string();
        let whole = text.split_once('.').map_or(text.as_str(), |(whole, _)| whole);
        format!("{}Z", whole.replace(['-', ':'], ""))
    }

    /// The time from `earlier` to here; zero if it lies later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// A clock for waits: it only goes forwards. Where the clock that it follows is set back, that step counts as no time at all, so
/// that nobody waits for the old time to come again.
#[derive(Debug, Default)]
pub struct Forward {
    latest: Option<Instant>,
    /// How much it was set back in all.
    ahead: Duration,
}

impl Forward {
    /// A smaller step back is none: those who read the clock at the same moment come in any order.
    const STEP: Duration = Duration::from_secs(1);

    /// This moment, when the clock that it follows says `now`.
    pub fn at(&mut self, now: Instant) -> Instant {
        let latest = self.latest.unwrap_or(now);
        let back = latest.since(now);
        if back > Self::STEP {
            self.ahead = self.ahead.saturating_add(back);
        }
        let latest = if back > Self::STEP { now } else { latest.max(now) };
        self.latest = Some(latest);
        latest + self.ahead
    }
}

impl ops::Add<Duration> for Instant {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl ops::Sub<Duration> for Instant {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = Timestamp::from_microsecond(self.0).map_err(|_| fmt::Error)?;
        write!(out, "{at:.3}")
    }
}

/// Why a text is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is no date.
    Malformed,
    /// It is one, but in the year 3000 or later, where no date here has a meaning.
    TooFar,
}

/// What is said of a date that lies too far ahead, behind the name of its field.
pub const TOO_FAR: &str = "lies too far ahead; dates go up to the year 2999";

/// Whether a text begins as a date in the year 3000 or later.
pub fn is_too_far(text: &str) -> bool {
    let mut parts = text.strip_prefix('+').unwrap_or(text).split('-');
    let mut digits = |len: std::ops::RangeInclusive<usize>| {
        parts.next().filter(|part| len.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let (year, month) = (digits(4..=9), digits(2..=2));
    month.is_some() && year.and_then(|year| year.parse::<u32>().ok()).is_some_and(|year| year >= 3000)
}

impl FromStr for Instant {
    type Err = Unread;

    /// Reads RFC 3339 with `Z` or an offset.
    fn from_str(text: &str) -> Result<Self, Unread> {
        if is_too_far(text) {
            return Err(Unread::TooFar);
        }
        text.parse::<Timestamp>().map(|at| Self(at.as_microsecond())).map_err(|_| Unread::Malformed)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(input)?;
        text.parse().map_err(|unread| match unread {
            Unread::Malformed => D::Error::custom("expected a date such as 2026-01-01T00:00:00.000Z"),
            Unread::TooFar => D::Error::custom(TOO_FAR),
        })
    }
}

impl utoipa::PartialSchema for Instant {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .examples(["2026-01-01T00:00:00.000Z"])
            .into()
    }
}

impl utoipa::ToSchema for Instant {}

/// One day.
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_too_far_ahead_is_told_from_none() {
        for far in ["3000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "+012026-01-01T00:00:00Z", "10000-01-01", "4000-02-30"] {
            assert_eq!(far.parse::<Instant>(), Err(Unread::TooFar), "{far}");
        }
        for none in ["", "3000", "30000101", "9999-1-1", "next year", "2026-02-30T00:00:00Z"] {
            assert_eq!(none.parse::<Instant>(), Err(Unread::Malformed), "{none}");
        }
        assert!("2999-12-31T23:59:59Z".parse::<Instant>().is_ok());
    }

    #[test]
    fn the_name_of_a_file_tells_its_moment() {
        let at = Instant::from_micros(1_790_000_000_123_000);
        assert_eq!(at.compact(), "20260921T141320Z");
        assert_eq!(at.compact().parse(), Ok(Instant::from_seconds(at.seconds())));
    }

    #[test]
    fn people_read_a_moment_to_the_minute_with_the_name_of_its_zone() {
        assert_eq!(Instant::from_micros(1_790_000_000_123_000).plain(), "2026-09-21 14:13 UTC");
    }

    #[test]
    fn a_step_back_is_no_time_and_what_follows_it_is() {
        let mut forward = Forward::default();
        let mut at = |millis: i64| forward.at(Instant::from_micros(millis * 1_000)).millis();
        assert_eq!([1_000_000, 1_003_000, 1_002_500, 1_003_100].map(&mut at), [1_000_000, 1_003_000, 1_003_000, 1_003_100]);
        assert_eq!([500_000, 501_000, 400_000, 400_500].map(&mut at), [1_003_100, 1_004_100, 1_004_100, 1_004_600]);
    }
}
