//! The words that people read, in each language, and dates and times as that language writes them.

use std::{fmt, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::domain::time::{DAY, Instant};

/// The folder `templates/lang/`: one folder a language, one file a noun.
#[derive(RustEmbed)]
#[folder = "templates/lang"]
struct Texts;

/// A language of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    En,
    /// French.
    Fr,
}

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| Lang::ALL.map(bundle));

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = lang.tag();
    let id = tag.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // A formatter is a bare function, so each language has its own. Only what is written is grouped: a plural is chosen by the
    // number itself.
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| written(Lang::En, value),
        Lang::Fr => |value, _| written(Lang::Fr, value),
    }));
    // The marks that isolate directions would be copied along with an address or a name.
    bundle.set_use_isolating(false);
    for name in Texts::iter().filter(|name| name.split('/').next() == Some(tag)) {
        let text = Texts::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
        // What is wrong in a file is found by a test; the rest of it still counts.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn written(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    if let FluentValue::Number(number) = value { Some(lang.number(number.as_string())) } else { None }
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The language tag, as in `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// Its own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// The language of a tag such as `fr` or `fr-CA`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or(tag);
        Self::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
    }

    /// The one that an `Accept-Language` header likes best (RFC 9110 12.5.4).
    pub fn accepted(header: &str) -> Option<Self> {
        let weighed = header.split(',').filter_map(|part| {
            let mut parts = part.split(';').map(str::trim);
            let lang = Self::from_tag(parts.next()?)?;
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
            (weight > 0.0).then_some((weight, lang))
        });
        // Of equal weights the first counts.
        weighed
            .fold(None, |best: Option<(f32, Self)>, one| if best.is_none_or(|best| one.0 > best.0) { Some(one) } else { best })
            .map(|(_, lang)| lang)
    }

    /// A whole number with its digits in groups of three: `1,204`, in French with a narrow no-break space.
    pub fn number(self, number: impl fmt::Display) -> String {
        let plain = number.to_string();
        let (sign, digits) = plain.split_at(usize::from(plain.starts_with('-')));
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return plain;
        }
        let mark = if self == Self::Fr { '\u{202f}' } else { ',' };
        let mut out = sign.to_owned();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// A phrase; its arguments are added to it.
    pub fn t(self, key: &str) -> Phrase {
        Phrase { lang: self, key: key.to_owned(), args: FluentArgs::new() }
    }

    /// A day of a month as it is written: the first is an ordinal in French.
    fn day(self, day: i8) -> String {
        if day == 1 && self == Self::Fr { "1er".to_owned() } else { day.to_string() }
    }

    fn find(self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = &BUNDLES[self as usize];
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }

    /// Whether there are words for this key.
    pub fn has(self, key: &str) -> bool {
        BUNDLES[self as usize].get_message(key).is_some_and(|message| message.value().is_some())
    }
}

/// A phrase of one language with its arguments.
#[derive(Debug)]
pub struct Phrase {
    lang: Lang,
    key: String,
    args: FluentArgs<'static>,
}

impl Phrase {
    /// With a whole number, of any type that templates hand out.
    #[must_use]
    pub fn n(mut self, name: &'static str, number: impl fmt::Display) -> Self {
        self.args.set(name, FluentValue::from(number.to_string().parse().unwrap_or(i64::MAX)));
        self
    }

    /// With a text.
    #[must_use]
    pub fn s(mut self, name: &'static str, text: impl fmt::Display) -> Self {
        self.args.set(name, FluentValue::from(text.to_string()));
        self
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // English stands in for what is missing; a test keeps that from happening.
        let found = self.lang.find(&self.key, &self.args).or_else(|| Lang::En.find(&self.key, &self.args));
        out.write_str(found.as_deref().unwrap_or(&self.key))
    }
}

/// A language and a time zone: how one reader wants things told.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The language.
    pub lang: Lang,
    zone: TimeZone,
    now: Instant,
}

impl Reader {
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

    /// `21 Feb 2027, 14:30`
    pub fn exact(&self, at: Instant) -> String {
        self.with_month(at, "month-short", "date-time")
    }

    /// `21 February 2027 at 14:30 (Europe/Paris)`, for who reads it elsewhere and later.
    pub fn moment(&self, at: Instant) -> String {
        self.with_month(at, "month", "letter-at")
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
            .s("zone", self.zone.iana_name().unwrap_or("UTC"))
            .to_string()
    }

    /// `2 minutes ago`
    pub fn ago(&self, at: Instant) -> String {
        let (unit, n) = span(self.now.since(at).as_secs());
        self.lang.t(&format!("ago-{unit}")).n("n", n).to_string()
    }

    /// `in 3 days`; for what is over, the same as [`Reader::ago`].
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
/// The tests of the words, and what they read, for the test of the icons.
pub mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every template and every file of the console, by name.
    pub fn sources() -> Vec<(String, String)> {
        let mut found = Vec::new();
        for folder in ["templates", "src/http/console", "src/service"] {
            collect(std::path::Path::new(folder), &mut found);
        }
        found
    }

    fn collect(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.extension().and_then(|extension| extension.to_str()) {
                None if path.is_dir() => collect(&path, found),
                Some("html" | "rs") => found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("text"))),
                _ => {}
            }
        }
    }

    fn keys(folder: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for name in Texts::iter().filter(|name| name.starts_with(folder)) {
            let text = String::from_utf8(Texts::get(&name).expect("a file").data.into_owned()).expect("text");
            FluentResource::try_new(text.clone()).map_err(|(_, errors)| format!("{name}: {errors:?}")).expect("a good file");
            let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            for key in lines.filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned())) {
                assert!(found.insert(key.clone()), "{name}: {key} is there twice");
            }
        }
        found
    }

    #[test]
    fn every_key_is_there_in_each_language() {
        assert_eq!(keys("en/"), keys("fr/"));
    }

    #[test]
    fn every_key_that_is_used_is_there() {
        for (file, text) in sources().into_iter().filter(|(file, _)| !file.ends_with("words.rs")) {
            for key in text.split(".t(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(Lang::En.has(key), "{file}: there are no words for {key}");
            }
        }
    }

    #[test]
    fn the_accepted_language_with_the_highest_weight_wins() {
        assert_eq!(Lang::accepted("de, fr-CA;q=0.8, en;q=0.5"), Some(Lang::Fr));
        assert_eq!(Lang::accepted("en,fr"), Some(Lang::En));
        assert_eq!(Lang::accepted("fr;q=0, de"), None);
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does_and_plurals_go_by_the_number() {
        let numbers = [0, 7, 999, 1_000, 1_204, 1_234_567];
        assert_eq!(numbers.map(|n| Lang::En.number(n)), ["0", "7", "999", "1,000", "1,204", "1,234,567"]);
        assert_eq!(Lang::Fr.number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!((Lang::En.number(-1_204), Lang::En.number("v1204")), ("-1,204".to_owned(), "v1204".to_owned()));
        let drafts = |lang: Lang, n| lang.t("dashboard-drafts-pages").n("n", n).to_string();
        assert_eq!((drafts(Lang::En, 1), drafts(Lang::En, 1_204)), ("1 page is a draft".into(), "1,204 pages are drafts".into()));
        assert!(drafts(Lang::Fr, 1_204).starts_with("1\u{202f}204 pages"), "{}", drafts(Lang::Fr, 1_204));
    }

    #[test]
    fn dates_and_spans_are_told_in_each_language() {
        let now: Instant = "2026-11-23T14:30:00.000Z".parse().expect("a date");
        let (en, fr) = (Reader::new(Lang::En, None, now), Reader::new(Lang::Fr, Some("Europe/Paris"), now));
        assert_eq!(en.date(now), "23 November 2026");
        assert_eq!(fr.exact(now), "23 nov. 2026 à 15:30");
        assert_eq!(en.ago(now - std::time::Duration::from_secs(120)), "2 minutes ago");
        assert_eq!(fr.until(now + DAY * 3), "dans 3 jours");
        assert_eq!(en.until(now + DAY), "in 1 day");
        assert_eq!((en.weekday(now).as_str(), fr.weekday(now).as_str()), ("Monday, 23 November", "lundi 23 novembre"));
        assert_eq!((fr.clock(now).as_str(), en.short_day(now).as_str()), ("15:30", "23 Nov"));
        assert_eq!(fr.days(2).iter().map(Instant::to_string).collect::<Vec<_>>(), ["2026-11-21T23:00:00.000Z", "2026-11-22T23:00:00.000Z"]);
        assert_eq!([en.about(4000.0), en.about(1500.0), fr.about(2_500_000.0), fr.about(3.0)], ["4k", "1.5k", "2,5\u{202f}M", "3"]);
        assert_eq!(en.until(now + DAY * 3 - std::time::Duration::from_secs(60)), "in 3 days");
        let midnight = fr.start_of("2026-11-23", 1).map(|at| at.to_string());
        assert_eq!(midnight.as_deref(), Some("2026-11-23T23:00:00.000Z"));
        assert!(en.start_of("23.11.2026", 0).is_none());
    }
}
