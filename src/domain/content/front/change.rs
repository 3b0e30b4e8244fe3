//! Changes of what is published, in the order of a number that each project has: clocks step, numbers do not.
//!
//! A front-end that applies them in this order has what is published. It goes on from the cursor that it was told last.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::domain::{
    Error, Result,
    cursor::Mark,
    error::Fault,
    id::{AppId, EntryId},
    text,
    time::{DAY, Instant},
};

/// How long it is told that something is not published any more.
pub const KEPT: Duration = DAY.saturating_mul(90);
/// Changes that are told at once, unless asked otherwise.
pub const PAGE_SIZE: u32 = 100;

/// Why an entry is not published any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It was taken back.
    Unpublished,
    /// It is in the trash, or beyond it.
    Deleted,
}

impl Gone {
    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unpublished => "unpublished",
            Self::Deleted => "deleted",
        }
    }

    /// The reason of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Unpublished, Self::Deleted].into_iter().find(|gone| gone.word() == word)
    }
}

/// The newest change of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedItem {
    /// Its number in the project.
    pub n: i64,
    /// The entry.
    pub entry: EntryId,
    /// Its app.
    pub app: AppId,
    /// Its content type.
    pub content_type: String,
    /// Why it is not published any more; none where it is.
    pub gone: Option<Gone>,
    /// When that was.
    pub at: Instant,
}

/// What became of an entry in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Its app.
    pub app: AppId,
    /// Its content type.
    pub content_type: &'static str,
    /// Why it is not published any more; none where it is.
    pub gone: Option<Gone>,
}

/// The numbers of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// That of the last change.
    pub last: i64,
    /// That of the last change of which nothing is told any more: who was told less must begin anew.
    pub dropped: i64,
}

/// How far somebody was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedPosition {
    /// The number of the last change that they were told.
    pub after: i64,
    /// The number at which they began: what was gone by then they never had.
    pub begun: i64,
}

impl FeedPosition {
    /// Where all that is published is told first.
    pub const fn start(numbers: Numbers) -> Self {
        Self { after: 0, begun: numbers.last }
    }

    /// The same after this number.
    #[must_use]
    pub const fn at(self, after: i64) -> Self {
        Self { after, ..self }
    }

    /// Refuses a place from which nobody can go on.
    ///
    /// # Errors
    /// The cursor has expired.
    pub fn check(self, numbers: Numbers) -> Result<Self> {
        let lacks = self.after.max(self.begun) < numbers.dropped;
        if lacks || self.after > numbers.last || self.begun > numbers.last { Err(Error::CursorExpired) } else { Ok(self) }
    }

    /// The text that a caller sends back, for the feed with this mark.
    pub fn encode(self, feed: Mark) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{}.{}", text::hex(feed.bytes()), self.after, self.begun))
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// The fault of `since`: it is no cursor, or one of another feed.
    pub fn decode(since: &str, feed: Mark) -> std::result::Result<Self, Fault> {
        let malformed = || Fault::new("since", "malformed", "since must be what cursor said in an answer of this route.");
        let bytes = URL_SAFE_NO_PAD.decode(since).map_err(|_| malformed())?;
        let told = String::from_utf8(bytes).map_err(|_| malformed())?;
        let mut parts = told.split('.');
        let mark = parts.next().filter(|mark| mark.len() == 2 * feed.bytes().len()).ok_or_else(malformed)?;
        let mut number = || parts.next()?.parse::<i64>().ok().filter(|n| *n >= 0);
        let (after, begun) = (number().ok_or_else(malformed)?, number().ok_or_else(malformed)?);
        if parts.next().is_some() {
            return Err(malformed());
        }
        if mark != text::hex(feed.bytes()) {
            return Err(Fault::new("since", "other_feed", "since is of another project, or was asked for with another appId."));
        }
        Ok(Self { after, begun })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(since: &str) -> Option<&'static str> {
        FeedPosition::decode(since, Mark::of("/a")).err().map(|fault| fault.code)
    }

    #[test]
    fn a_place_of_another_feed_is_refused() {
        let elsewhere = FeedPosition { after: 3, begun: 2 }.encode(Mark::of("/b"));
        assert_eq!(code(&elsewhere), Some("other_feed"));
        let own = FeedPosition { after: 3, begun: 2 }.encode(Mark::of("/a"));
        assert_eq!(code(&own), None);
        for bad in ["", "x", "!", &own[..own.len() - 1], &format!("{own}="), &URL_SAFE_NO_PAD.encode("0011223344556677.1.-1")] {
            assert_eq!(code(bad), Some("malformed"), "{bad}");
        }
    }

    #[test]
    fn who_lacks_what_was_dropped_and_who_knows_more_than_there_is_must_begin_anew() {
        let numbers = Numbers { last: 9, dropped: 5 };
        for (after, begun, good) in [(4, 0, false), (5, 0, true), (9, 0, true), (10, 0, false), (1, 6, true), (1, 4, false), (3, 10, false)]
        {
            assert_eq!(FeedPosition { after, begun }.check(numbers).is_ok(), good, "{after} {begun}");
        }
        assert_eq!(FeedPosition::start(numbers).check(numbers).ok(), Some(FeedPosition { after: 0, begun: 9 }));
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_read_back(after in 0..i64::MAX, begun in 0..i64::MAX) {
            let place = FeedPosition { after, begun };
            prop_assert_eq!(FeedPosition::decode(&place.encode(Mark::of("/a")), Mark::of("/A")), Ok(place));
        }

        #[test]
        fn never_panics(text in ".{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = FeedPosition::decode(&text, Mark::of("/a"));
            let _ = FeedPosition::decode(&URL_SAFE_NO_PAD.encode(bytes), Mark::of("/a"));
        }
    }
}
