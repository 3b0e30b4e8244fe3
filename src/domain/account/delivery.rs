//! Deliveries: what leaves the house after a commit, such as an e-mail. What waits, what was sent, and what failed and why.

use std::time::Duration;

use crate::domain::{
    id::{DeliveryId, InvitationId, SubmissionId, UserId},
    time::Instant,
};

/// Why a delivery was cancelled whose link leads nowhere any more.
pub const LINK_IS_OVER: &str = "the link in it was over before it could be sent";

/// After so many failures a delivery is given up.
pub const ATTEMPTS: u32 = 8;

/// How long the next try waits after so many: twice as long each time.
pub const fn wait(attempts: u32) -> Duration {
    match attempts {
        0 => Duration::ZERO,
        n => Duration::from_secs(60 << if n > ATTEMPTS { ATTEMPTS } else { n - 1 }),
    }
}

/// Whether a try after so many is the last.
pub const fn is_last(attempts: u32) -> bool {
    attempts + 1 >= ATTEMPTS
}

/// How it leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// As an e-mail.
    Email,
}

impl Channel {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
        }
    }

    /// The channel of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Email].into_iter().find(|channel| channel.word() == word)
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It waits for its first try or the next one.
    Queued,
    /// Somebody has taken it.
    Sent,
    /// It was given up.
    Failed,
    /// What it was about was over before anybody had tried in vain: there is nothing to mend.
    Cancelled,
}

impl DeliveryState {
    const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Failed, Self::Cancelled];
    /// Their words.
    pub const WORDS: &[&str] = &[Self::Queued.word(), Self::Sent.word(), Self::Failed.word(), Self::Cancelled.word()];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What a delivery is about: the secret of its link is made from it when it is sent. One that is about nothing any more is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Somebody may join an organization.
    Invitation(InvitationId),
    /// Somebody may choose a new password, until then.
    Reset(UserId, Instant),
    /// A visitor has sent this. It has no link with a secret; what it says is read when it is sent.
    Submission(SubmissionId, FormEmail),
}

/// Which e-mail about something that a visitor has sent. The words are those of the wire and of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormEmail {
    /// Whoever looks after the app is told.
    Notice,
    /// The visitor is told that it has arrived.
    Confirmation,
}

impl FormEmail {
    /// Their words.
    pub const WORDS: &[&str] = &[Self::Notice.word(), Self::Confirmation.word()];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Confirmation => "confirmation",
        }
    }

    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Notice, Self::Confirmation].into_iter().find(|kind| kind.word() == word)
    }
}

/// A delivery that waits.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Id.
    pub id: DeliveryId,
    /// To whom.
    pub recipient: String,
    /// One line that says what it is; of an e-mail its subject.
    pub title: String,
    /// What is sent besides, as JSON.
    pub payload: String,
    /// What it is about, if that may end.
    pub about: Option<About>,
}

/// A delivery that failed, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedDelivery {
    /// How it was to leave.
    pub channel: Channel,
    /// To whom.
    pub recipient: String,
    /// What it was.
    pub title: String,
    /// Why it failed.
    pub reason: String,
    /// When it was given up.
    pub ended_at: Instant,
}

/// What became of deliveries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many wait.
    pub queued: u64,
    /// How many were sent within the days in which that is kept.
    pub sent: u64,
    /// How many failed within them.
    pub failed: u64,
    /// The last of those that failed.
    pub last: Vec<FailedDelivery>,
}
