//! Which bytes of a file are asked for (RFC 9110 14).

/// What an answer holds of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeRequest {
    /// All of it.
    All,
    /// The bytes from the first of these to the last, both counted from 0 and included.
    Part(u64, u64),
    /// Bytes that it does not have.
    Nothing,
}

/// Reads a `Range` header for a file of so many bytes. What is no range of bytes, and several of them at once, count as if nothing were
/// asked for: a server may ignore them, and an answer in parts costs more than it saves.
pub fn parse(range: &str, size: u64) -> RangeRequest {
    let Some((unit, set)) = range.split_once('=') else { return RangeRequest::All };
    if !unit.trim().eq_ignore_ascii_case("bytes") || set.contains(',') {
        return RangeRequest::All;
    }
    let Some((first, last)) = set.trim().split_once('-') else { return RangeRequest::All };
    match (number(first), number(last)) {
        // The last so many.
        (Number::None, Number::Some(0)) => RangeRequest::Nothing,
        (Number::None, Number::Some(_)) if size == 0 => RangeRequest::Nothing,
        (Number::None, Number::Some(tail)) => RangeRequest::Part(size.saturating_sub(tail), size - 1),
        (Number::Some(first), Number::None) => part(first, u64::MAX, size),
        (Number::Some(first), Number::Some(last)) => part(first, last, size),
        _ => RangeRequest::All,
    }
}

const fn part(first: u64, last: u64, size: u64) -> RangeRequest {
    if first > last {
        RangeRequest::All
    } else if first >= size {
        RangeRequest::Nothing
    } else {
        RangeRequest::Part(first, if last < size { last } else { size - 1 })
    }
}

enum Number {
    None,
    Some(u64),
    Malformed,
}

/// A number of digits alone; what is too large for one is the largest.
fn number(text: &str) -> Number {
    match text.trim() {
        "" => Number::None,
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => Number::Some(digits.parse().unwrap_or(u64::MAX)),
        _ => Number::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_what_the_file_has_of_it() {
        for (range, found) in [
            ("bytes=0-1", RangeRequest::Part(0, 1)),
            ("bytes=0-0", RangeRequest::Part(0, 0)),
            ("bytes=5-", RangeRequest::Part(5, 9)),
            ("bytes=-3", RangeRequest::Part(7, 9)),
            ("bytes=-30", RangeRequest::Part(0, 9)),
            ("Bytes = 2-100", RangeRequest::Part(2, 9)),
            ("bytes=0-99999999999999999999999", RangeRequest::Part(0, 9)),
            ("bytes=10-", RangeRequest::Nothing),
            ("bytes=99999999999999999999999-", RangeRequest::Nothing),
            ("bytes=-0", RangeRequest::Nothing),
        ] {
            assert_eq!(parse(range, 10), found, "{range}");
        }
        assert_eq!((parse("bytes=-1", 0), parse("bytes=0-", 0)), (RangeRequest::Nothing, RangeRequest::Nothing));
    }

    #[test]
    fn what_is_no_single_range_counts_as_none() {
        for range in
            ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "lines=0-1", "bytes=0-1,3-4", "bytes=5-2", "bytes=+1-2", "bytes=--1"]
        {
            assert_eq!(parse(range, 10), RangeRequest::All, "{range}");
        }
        let many = format!("bytes={}", vec!["0-"; 2_000].join(","));
        assert_eq!(parse(&many, 10), RangeRequest::All);
    }
}
