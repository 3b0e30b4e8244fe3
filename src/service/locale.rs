//! Dates and times as one reader wants them told: in their language and time zone.

use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use crate::domain::{
    error::Fault,
    time::{DAY, Instant, TOO_FAR, is_too_far},
};

use super::i18n::Lang;

/// A language and a time zone: how one reader wants things told.
#[derive(Debug, Clone)]
pub struct Locale {
    /// The language.
    pub lang: Lang,
    zone: TimeZone,
    now: Instant,
}

impl Locale {
    /// A reader of this language and IANA zone at this moment; UTC when the zone is unknown.
    pub fn new(lang: Lang, zone: Option<&str>, now: Instant) -> Self {
        Self { lang, zone: zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC), now }
    }

    /// This moment.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// `21 February 2027`
    pub fn date(&self, at: Instant) -> String {
        self.with_month(at, "month", "date")
    }

    /// `21 Feb 2027`
    pub fn day(&self, at: Instant) -> String {
        self.with_month(at, "month-short", "date")
    }

    /// `21 Feb`, and with the year where that is not this one.
    pub fn near_day(&self, at: Instant) -> String {
        let year = |at: Instant| Timestamp::from_microsecond(at.micros()).map(|stamp| stamp.to_zoned(self.zone.clone()).year()).ok();
        if year(at) == year(self.now) { self.short_day(at) } else { self.day(at) }
    }

    /// `21 Feb 2027, 14:30`
    pub fn exact(&self, at: Instant) -> String {
        self.with_month(at, "month-short", "date-time")
    }

    /// `21 February 2027 at 14:30 (Europe/Paris)`, for who reads it elsewhere and later.
    pub fn moment(&self, at: Instant) -> String {
        self.with_month(at, "month", "email-at")
    }

    /// [`Self::start_of`] of what somebody typed into this field.
    ///
    /// # Errors
    /// The fault: it is no day, or one too far ahead.
    pub fn typed_day(&self, field: &str, typed: &str, later: i32) -> Result<Instant, Fault> {
        if is_too_far(typed) {
            return Err(Fault::new(field, "too_far", format!("{field} {TOO_FAR}.")));
        }
        self.start_of(typed, later).ok_or_else(|| Fault::new(field, "malformed_date", "Choose a date."))
    }

    /// The moment that somebody typed into this field, `2027-02-21T14:30` where they are. What a clock there skips is the hour after it.
    ///
    /// # Errors
    /// The fault: it is none, or one too far ahead.
    pub fn typed_moment(&self, field: &str, typed: &str) -> Result<Instant, Fault> {
        if is_too_far(typed) {
            return Err(Fault::new(field, "too_far", format!("{field} {TOO_FAR}.")));
        }
        let there = typed.parse::<DateTime>().and_then(|at| at.to_zoned(self.zone.clone()));
        let at = there.map(|at| Instant::from_micros(at.timestamp().as_microsecond()));
        at.map_err(|_| Fault::new(field, "malformed_moment", "Choose a date and a time."))
    }

    /// What an input that [`Self::typed_moment`] reads begins with: seconds only where there are some.
    pub fn to_type(&self, at: Instant) -> String {
        let Ok(stamp) = Timestamp::from_microsecond(at.micros()) else { return String::new() };
        let there = stamp.to_zoned(self.zone.clone()).datetime();
        let text = format!("{there:.3}");
        let text = text.strip_suffix(".000").unwrap_or(&text);
        text.strip_suffix(":00").unwrap_or(text).to_owned()
    }

    /// What the time zone is called: `Europe/Paris`.
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The moment at which a day such as `2027-02-21` begins where the reader is, so many days later.
    pub fn start_of(&self, day: &str, later: i32) -> Option<Instant> {
        let day = day.parse::<Date>().ok()?.checked_add(Span::new().days(later)).ok()?;
        day.to_zoned(self.zone.clone()).ok().map(|at| Instant::from_micros(at.timestamp().as_microsecond()))
    }

    /// `Monday, 23 November`
    pub fn weekday(&self, at: Instant) -> String {
        let Ok(stamp) = Timestamp::from_microsecond(at.micros()) else { return String::new() };
        let there = stamp.to_zoned(self.zone.clone());
        let weekday = self.lang.t(&format!("weekday-{}", there.weekday().to_monday_one_offset()));
        let month = self.lang.t(&format!("month-{}", there.month()));
        self.lang.t("date-weekday").s("weekday", weekday).s("day", self.lang.day(there.day())).s("month", month).to_string()
    }

    /// `14:30`
    pub fn clock(&self, at: Instant) -> String {
        let Ok(stamp) = Timestamp::from_microsecond(at.micros()) else { return String::new() };
        let there = stamp.to_zoned(self.zone.clone());
        format!("{:02}:{:02}", there.hour(), there.minute())
    }

    /// `23 Nov`
    pub fn short_day(&self, at: Instant) -> String {
        self.with_month(at, "month-short", "date-short")
    }

    /// When each of the last `n` days began where the reader is, today last.
    pub fn days(&self, n: i32) -> Vec<Instant> {
        let Ok(stamp) = Timestamp::from_microsecond(self.now.micros()) else { return Vec::new() };
        let today = stamp.to_zoned(self.zone.clone()).date();
        let start = |back: i32| {
            let day = today.checked_sub(Span::new().days(back)).ok()?.to_zoned(self.zone.clone()).ok()?;
            Some(Instant::from_micros(day.timestamp().as_microsecond()))
        };
        (0..n).rev().filter_map(start).collect()
    }

    /// `4k`, `1.5M`: a number of which only the size matters.
    pub fn about(&self, n: f64) -> String {
        let (n, unit) = match n {
            n if n >= 1e6 => (n / 1e6, "M"),
            n if n >= 1e3 => (n / 1e3, "k"),
            n => (n, ""),
        };
        let digits = if n.fract() < 0.05 { format!("{n:.0}") } else { format!("{n:.1}") };
        match self.lang {
            Lang::En => format!("{digits}{unit}"),
            Lang::Fr if unit.is_empty() => digits.replace('.', ","),
            Lang::Fr => format!("{}\u{202f}{unit}", digits.replace('.', ",")),
        }
    }

    /// `6.4 MB`, `18 KB`: how much room something takes.
    pub fn size(&self, bytes: u64) -> String {
        let (mut amount, mut unit) = (bytes as f64, 0);
        while amount >= 999.5 && unit < 3 {
            (amount, unit) = (amount / 1000.0, unit + 1);
        }
        let digits = if unit < 2 || amount >= 99.95 { format!("{amount:.0}") } else { format!("{amount:.1}") };
        match self.lang {
            Lang::En => format!("{digits}\u{a0}{}", ["B", "KB", "MB", "GB"][unit]),
            Lang::Fr => format!("{}\u{a0}{}", digits.replace('.', ","), ["o", "Ko", "Mo", "Go"][unit]),
        }
    }

    fn with_month(&self, at: Instant, months: &str, form: &str) -> String {
        let Ok(stamp) = Timestamp::from_microsecond(at.micros()) else { return String::new() };
        let there = stamp.to_zoned(self.zone.clone());
        let month = self.lang.t(&format!("{months}-{}", there.month()));
        let time = format!("{:02}:{:02}", there.hour(), there.minute());
        self.lang
            .t(form)
            .s("day", self.lang.day(there.day()))
            .s("month", month)
            .s("year", there.year())
            .s("time", time)
            .s("zone", self.zone())
            .to_string()
    }

    /// `2 minutes ago`
    pub fn ago(&self, at: Instant) -> String {
        let (unit, n) = span(self.now.since(at).as_secs());
        self.lang.t(&format!("ago-{unit}")).n("n", n).to_string()
    }

    /// `in 3 days`; for what is over, the same as [`Locale::ago`].
    pub fn until(&self, at: Instant) -> String {
        if at <= self.now {
            return self.ago(at);
        }
        // To the nearest unit, so that what was set to three days from now does not say two at once.
        let left = at.since(self.now).as_secs();
        let (unit, n) = span(
            left + if left < 3_600 {
                30
            } else if left < 86_400 {
                1_800
            } else {
                43_200
            },
        );
        self.lang.t(&format!("until-{unit}")).n("n", n).to_string()
    }

    /// Whether it comes within so many days.
    pub fn within(&self, at: Instant, days: u32) -> bool {
        at > self.now && at <= self.now + DAY * days
    }
}

/// The largest unit that fits, and how many of it.
const fn span(seconds: u64) -> (&'static str, u64) {
    match seconds {
        0..60 => ("now", 0),
        60..3_600 => ("minutes", seconds / 60),
        3_600..86_400 => ("hours", seconds / 3_600),
        86_400..31_536_000 => ("days", seconds / 86_400),
        _ => ("years", seconds / 31_536_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_spans_are_told_in_each_language() {
        let now: Instant = "2026-11-23T14:30:00.000Z".parse().expect("a date");
        let (en, fr) = (Locale::new(Lang::En, None, now), Locale::new(Lang::Fr, Some("Europe/Paris"), now));
        assert_eq!(en.date(now), "23 November 2026");
        assert_eq!(fr.exact(now), "23 nov. 2026 à 15:30");
        assert_eq!(en.ago(now - std::time::Duration::from_secs(120)), "2 minutes ago");
        assert_eq!(fr.until(now + DAY * 3), "dans 3 jours");
        assert_eq!(en.until(now + DAY), "in 1 day");
        assert_eq!((en.weekday(now).as_str(), fr.weekday(now).as_str()), ("Monday, 23 November", "lundi 23 novembre"));
        assert_eq!((fr.clock(now).as_str(), en.short_day(now).as_str()), ("15:30", "23 Nov"));
        assert_eq!(fr.days(2).iter().map(Instant::to_string).collect::<Vec<_>>(), ["2026-11-21T23:00:00.000Z", "2026-11-22T23:00:00.000Z"]);
        assert_eq!([en.about(4000.0), en.about(1500.0), fr.about(2_500_000.0), fr.about(3.0)], ["4k", "1.5k", "2,5\u{202f}M", "3"]);
        assert_eq!((en.near_day(now).as_str(), en.near_day(now + DAY * 90).as_str()), ("23 Nov", "21 Feb 2027"));
        assert_eq!(en.until(now + DAY * 3 - std::time::Duration::from_secs(60)), "in 3 days");
        let midnight = fr.start_of("2026-11-23", 1).map(|at| at.to_string());
        assert_eq!(midnight.as_deref(), Some("2026-11-23T23:00:00.000Z"));
        assert!(en.start_of("23.11.2026", 0).is_none());
    }

    #[test]
    fn a_moment_is_typed_where_its_reader_is() {
        let paris = Locale::new(Lang::Fr, Some("Europe/Paris"), Instant::default());
        let typed = |text: &str| paris.typed_moment("at", text).map(|at| at.to_string()).map_err(|fault| fault.code);
        for (text, at) in [("2027-02-21T14:30", "2027-02-21T13:30:00.000Z"), ("2027-07-01T00:00:01.500", "2027-06-30T22:00:01.500Z")] {
            assert_eq!(typed(text).as_deref(), Ok(at));
            assert_eq!(paris.to_type(at.parse().expect("a moment")), text);
        }
        assert_eq!(typed("2027-03-28T02:30").as_deref(), Ok("2027-03-28T01:30:00.000Z"), "no clock shows that");
        for (text, code) in [("", "malformed_moment"), ("tomorrow", "malformed_moment"), ("3000-01-01T00:00", "too_far")] {
            assert_eq!(typed(text), Err(code), "{text}");
        }
        assert_eq!((paris.zone(), Locale::new(Lang::En, None, Instant::default()).zone()), ("Europe/Paris", "UTC"));
    }
}
