//! Dates in bodies: RFC 3339 with an offset, or a day, which begins at midnight UTC.

use crate::domain::{
    error::Fault,
    time::{Instant, TOO_FAR, is_too_far},
};

use super::path::Path;

/// Pattern of a day; the years 1000 to 2999.
pub(super) const DAY_PATTERN: &str = "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$";

/// Pattern of a moment.
pub(super) const MOMENT_PATTERN: &str =
    r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

/// Reads a date. Narrower than the parser behind it, which takes many forms and years.
pub(super) fn read(path: &Path, text: &str) -> Result<Instant, Fault> {
    if is_too_far(text) {
        return Err(path.fault("too_far", TOO_FAR));
    }
    let form: String = text.chars().take(40).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let moment = if form == "0000-00-00" {
        format!("{text}T00:00:00Z").parse().ok()
    } else if is_moment(text, &form) {
        text.parse().ok()
    } else {
        None
    };
    moment
        .filter(|_| text.starts_with(['1', '2']))
        .ok_or_else(|| path.fault("malformed", "must be a date such as 2026-01-01T00:00:00.000Z"))
}

/// Whether the text has the form of a moment, and none of what the parser would forgive: leap seconds, offsets of a day.
fn is_moment(text: &str, form: &str) -> bool {
    let Some(rest) = form.strip_prefix("0000-00-00T00:00:00") else { return false };
    let zone = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => {
            let zone = fraction.trim_start_matches('0');
            if !(1..=9).contains(&(fraction.len() - zone.len())) {
                return false;
            }
            zone
        }
    };
    let zone_fits = match zone {
        "Z" => true,
        "+00:00" | "-00:00" => &text[text.len() - 5..] < "24",
        _ => false,
    };
    zone_fits && &text[17..19] < "60"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_form_of_a_moment_and_of_a_day() {
        for (text, read_as) in [
            ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00.000Z"),
            ("2026-01-31T10:00:00.1234567+02:30", "2026-01-31T07:30:00.123Z"),
            ("2026-01-31T10:00:00-00:00", "2026-01-31T10:00:00.000Z"),
            ("2026-01-31", "2026-01-31T00:00:00.000Z"),
            ("1000-01-01T00:00:00+23:59", "0999-12-31T00:01:00.000Z"),
        ] {
            assert_eq!(read(&Path::root("x"), text).map(|at| at.to_string()).ok().as_deref(), Some(read_as), "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-02-30",
            "2026-02-30T00:00:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T10:00:60Z",
            "2026-01-31T10:00:00",
            "2026-01-31 10:00:00Z",
            "2026-01-31T10:00:00+24:00",
            "2026-01-31T10:00:00.Z",
            "2026-01-31T10:00:00.1234567890Z",
            "2026-01-31T10:00:00Z[UTC]",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-01-31T10:00:00z",
            "é026-01-31T10:00:00Z",
        ] {
            assert!(read(&Path::root("x"), text).is_err(), "{text}");
        }
        for text in ["9999-12-31T23:59:59Z", "3000-01-01"] {
            assert_eq!(read(&Path::root("x"), text).map_err(|fault| fault.code), Err("too_far"), "{text}");
        }
    }
}
