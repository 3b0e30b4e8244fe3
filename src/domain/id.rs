//! Typed ids: UUID version 7 (RFC 9562), so that they sort by the time they were made.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::time::Instant;

/// Source of randomness, handed in so that rules stay repeatable in tests.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random ones.
    fn fill(&self, bytes: &mut [u8]);

    /// The moment that a new id tells: that of its making, unless the implementation has ids of its own.
    fn moment_of_id(&self, now: Instant) -> Instant {
        now
    }

    /// The place of a new id among those of its millisecond, in twelve bits: by chance, unless the implementation counts.
    fn place(&self, _now: Instant) -> u16 {
        let mut bytes = [0; 2];
        self.fill(&mut bytes);
        u16::from_be_bytes(bytes) & 0x0fff
    }
}

/// A new UUID v7 for this moment. The bits after the millisecond hold its place within it (RFC 9562 6.2, method 1), so that ids
/// sort as they were made.
pub fn uuid(now: Instant, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let now = entropy.moment_of_id(now);
    random[..2].copy_from_slice(&entropy.place(now).to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(now.millis().unsigned_abs(), &random).into_uuid()
}

/// What all ids of this file have in common.
pub trait Id: Copy + fmt::Display + FromStr {
    /// A new id.
    fn new(now: Instant, entropy: &dyn Entropy) -> Self;
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
                <Self as Id>::new(now, entropy)
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

        impl Id for $name {
            fn new(now: Instant, entropy: &dyn Entropy) -> Self {
                Self(uuid(now, entropy))
            }
        }
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
    /// A branding.
    BrandingId,
    /// A domain.
    DomainId,
    /// A webhook.
    WebhookId,
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
    /// What went to the trash with one delete.
    TrashBatchId,
    /// What a visitor sent to a form.
    SubmissionId,
    /// A file that came with it.
    AttachmentId,
    /// A redirect.
    RedirectId,
    /// A reader of a site who signs in.
    ViewerId,
    /// One line of the audit trail.
    ActivityId,
    /// A notification.
    NotificationId,
    /// A console session.
    SessionId,
    /// Something that leaves the house, such as an e-mail.
    DeliveryId,
    /// A file.
    FileId,
    /// Of what was in a file before.
    FileVersionId,
    /// A folder of files.
    FolderId,
    /// The bytes of a file.
    BlobId,
    /// A long upload that comes in parts.
    UploadId,
}

/// What leads to a project: its organization, and itself.
pub type ProjectPath = (OrgId, ProjectId);

/// What leads to an app: organization, project, and itself.
pub type AppPath = (OrgId, ProjectId, AppId);
