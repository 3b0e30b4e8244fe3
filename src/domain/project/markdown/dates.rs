//! Dates as people write them in front matter.

use jiff::{Timestamp, civil::Date, fmt::strtime};

use crate::domain::time::Instant;

/// A moment with an offset.
const WITH_OFFSET: [&str; 3] = ["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M %z", "%a, %d %b %Y %H:%M:%S %z"];
/// A moment without one: it is taken to be in UTC.
const WITHOUT_OFFSET: [&str; 4] = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];
/// A day, which begins at midnight UTC.
const DAYS: [&str; 7] = ["%Y-%m-%d", "%Y/%m/%d", "%b %d %Y", "%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%d %b %Y"];

/// The moment of a text; none for what is no date.
pub fn read(text: &str) -> Option<Instant> {
    let text = text.trim();
    let moment =
        text.parse::<Timestamp>().ok().or_else(|| WITH_OFFSET.iter().find_map(|form| strtime::parse(form, text).ok()?.to_timestamp().ok()));
    let utc = |date: jiff::civil::DateTime| date.in_tz("UTC").ok().map(|zoned| zoned.timestamp());
    let moment = moment.or_else(|| WITHOUT_OFFSET.iter().find_map(|form| utc(strtime::parse(form, text).ok()?.to_datetime().ok()?)));
    let moment = moment.or_else(|| {
        DAYS.iter().find_map(|form| utc(Date::to_datetime(strtime::parse(form, text).ok()?.to_date().ok()?, Default::default())))
    });
    moment.map(|at| Instant::from_micros(at.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_that_generators_take() {
        let day = "2022-07-08T00:00:00.000Z";
        for (text, wanted) in [
            ("2022-07-08", day),
            ("Jul 08 2022", day),
            ("July 8, 2022", day),
            ("8 July 2022", day),
            ("2022-07-08 02:00:00 +0200", day),
            ("2022-07-08T02:00:00+02:00", day),
            ("2022-07-08 00:00", day),
            ("2022-07-08T00:00:00", day),
        ] {
            assert_eq!(read(text).map(|at| at.to_string()).as_deref(), Some(wanted), "{text}");
        }
        for text in ["", "soon", "2022", "2022-13-01", "32 July 2022"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
