//! Typed ids: UUID version 7 (RFC 9562), so that they sort by the time they were made.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::time::Instant;

/// Source of randomness, handed in so that rules stay repeatable in tests.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random ones.
    fn fill(&self, bytes: &mut [u8]);
}

/// A new UUID v7 for this moment. What it is past the millisecond stands in the twelve bits after it (RFC 9562 6.2, method
/// 3), so that ids of one millisecond sort as they were made and lists by "newest" agree with the clock.
pub fn uuid(now: Instant, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let fraction = now.micros().rem_euclid(1000) * 4096 / 1000;
    random[..2].copy_from_slice(&(fraction as u16).to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(now.millis().unsigned_abs(), &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id.
            pub fn new(now: Instant, entropy: &dyn Entropy) -> Self {
                Self(uuid(now, entropy))
            }

            /// The id with this UUID, as it was stored or sent.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            /// Reads the hyphenated form only, so that one thing has one address.
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                uuid::fmt::Hyphenated::from_str(text).map(|id| Self(id.into_uuid()))
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::Custom("uuid".to_owned())))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    )*};
}

ids! {
    /// A person or a service account.
    UserId,
    /// An organization.
    OrgId,
    /// A membership in an organization.
    MemberId,
    /// An invitation.
    InvitationId,
    /// An API key.
    KeyId,
    /// An issued access token.
    TokenId,
    /// A project.
    ProjectId,
    /// A membership in a project.
    ProjectMemberId,
    /// An app of a project.
    AppId,
    /// A membership in an app.
    AppMemberId,
    /// A content entry.
    EntryId,
    /// A stored version of an entry.
    VersionId,
    /// A redirect.
    RedirectId,
    /// One line of the audit trail.
    ActivityId,
    /// A notification.
    NotificationId,
    /// A console session.
    SessionId,
    /// A letter that waits to be sent.
    LetterId,
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nines;

    impl Entropy for Nines {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0x99);
        }
    }

    #[test]
    fn ids_sort_as_they_were_made_also_within_a_millisecond() {
        let start = 1_790_000_000_000_000;
        let ids: Vec<_> = (start..start + 3000).map(|at| uuid(Instant::from_micros(at), &Nines)).collect();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.get_version_num() == 7));
        let read = ids[1500].get_timestamp().expect("a time").to_unix();
        assert_eq!((read.0, read.1 / 1_000_000), (1_790_000_000, 1), "the first 48 bits are milliseconds");
    }
}
