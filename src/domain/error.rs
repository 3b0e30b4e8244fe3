//! The one error type of the product.
//!
//! Two audiences: the variant and its public sentence are for the caller, the cause inside [`Error::Internal`],
//! [`Error::Busy`] and [`Error::Moved`] is for the log only. `Display` is always the public sentence, since a web framework may print it.

use std::fmt;

use super::{access::Permission, key::rate_limit::RateLimit};

/// Result of every domain rule and of every operation.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something was refused or failed.
#[derive(Debug, Clone)]
pub enum Error {
    /// The input is wrong; every fault found is listed, and nothing was stored.
    Invalid(Faults),
    /// Nobody, or nobody any more, stands behind the request.
    Unauthenticated(Reason),
    /// The caller may see the thing but not do this.
    Denied(Denial),
    /// There is no such thing for this caller; holds the noun, such as "project".
    NotFound(&'static str),
    /// Readers of this site do not sign in, so nobody is invited to.
    ViewerAuthDisabled,
    /// The request collides with what is stored.
    Conflict(Fault),
    /// The request contradicts an earlier one that it claims to repeat.
    Unprocessable(Fault),
    /// What was told since this cursor is not known any more.
    CursorExpired,
    /// The thing changed since the caller read it (`If-Match`).
    Stale,
    /// The body is over its limit, in bytes.
    TooLarge(usize),
    /// A file has more bytes than one may have here.
    FileTooLarge(u64),
    /// The files of the project would have more bytes together than they may.
    QuotaReached(u64),
    /// The file does not have the bytes that are asked for; holds how many it has.
    NotInRange(u64),
    /// Too many wrong passwords; try again after so many seconds.
    Limited(u32),
    /// More requests than a limit lets through.
    RateLimited(RateLimit),
    /// Others have what this needs at this moment: the places of files on their way in.
    Occupied,
    /// The store cannot take this now (full disk, read-only file, lock); holds the cause, for the log.
    Busy(String),
    /// The files of the database were moved, replaced or deleted while it was open; holds which, for the log.
    Moved(String),
    /// A defect or a broken file; holds the cause, for the log.
    Internal(String),
}

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field as the caller named it, with dots and indices for nested ones: `content[0].columns`.
    pub field: String,
    /// Machine word, such as `required`, `too_long`, `taken`.
    pub code: &'static str,
    /// Sentence for a person.
    pub message: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { field: field.into(), code, message: message.into() }
    }
}

/// Most faults that are told at once: nobody mends more in one go.
pub const FAULTS: usize = 100;

/// All faults of one input, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Adds one fault.
    pub fn add(&mut self, field: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.push(Fault::new(field, code, message));
    }

    /// Adds a fault, unless there are more than enough.
    pub fn push(&mut self, fault: Fault) {
        if self.0.len() < FAULTS {
            self.0.push(fault);
        }
    }

    /// Whether one of them is about this field.
    pub fn names(&self, field: &str) -> bool {
        self.0.iter().any(|fault| fault.field == field)
    }

    /// Keeps the value of a check that passed; notes the fault of one that did not.
    pub fn keep<T>(&mut self, checked: std::result::Result<T, Fault>) -> Option<T> {
        checked.map_err(|fault| self.push(fault)).ok()
    }

    /// `Ok` when nothing was wrong.
    pub fn into_result(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Invalid(Faults(vec![fault]))
    }
}

/// An enum whose every value has a machine word and a sentence.
macro_rules! sentences {
    ($(#[$about:meta])* $enum:ident { $($(#[$doc:meta])* $name:ident $word:literal $sentence:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$doc])* $name,)*
        }

        impl $enum {
            /// Every one; the help page lists them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The machine word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What happened and what to do about it.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

sentences! {
    /// Why a caller is nobody. The words are part of the API (`reason`).
    Reason {
        /// No `Authorization: Bearer` header.
        TokenMissing "token_missing"
            "Send an access token: Authorization: Bearer TOKEN. POST your API key to /api/auth/token to get one.",
        /// Not a token of this instance, or a tampered one.
        TokenInvalid "token_invalid"
            "This access token was not issued by this server. Exchange your API key again at /api/auth/token.",
        /// The token's time is over.
        TokenExpired "token_expired"
            "The access token has expired. Exchange your API key again at /api/auth/token.",
        /// The token, or the key it came from, was revoked.
        TokenRevoked "token_revoked"
            "The access token was revoked, or the key that it came from was. Use a key that is still active.",
        /// Wrong shape or checksum.
        KeyMalformed "key_malformed"
            "This is not a complete API key: its form or its checksum is wrong. Copy the whole key again.",
        /// Well formed but not known here.
        KeyUnknown "key_unknown"
            "This API key is not known here. Check that it belongs to this server.",
        /// The key's time is over.
        KeyExpired "key_expired"
            "The API key has expired. Make a new one or regenerate it.",
        /// The key was revoked.
        KeyRevoked "key_revoked"
            "The API key was revoked. Use another key.",
        /// A key was sent where a token belongs.
        KeyNotExchanged "key_not_exchanged"
            "An API key is not an access token. POST it to /api/auth/token as {\"apiKey\": \"...\"} and send the token you get.",
        /// The owner was disabled, deleted or is no longer a member.
        OwnerInactive "owner_inactive"
            "The owner of this API key is disabled or no longer a member of the organization.",
        /// The session ended.
        SessionEnded "session_ended"
            "The session has ended. Sign in again.",
        /// Wrong e-mail address or password.
        WrongPassword "wrong_password"
            "The e-mail address or the password is wrong.",
    }
}

sentences! {
    /// What nobody may do, whatever their role. The words are part of the API (`reason`).
    Rule {
        /// A key is used from an address that it is not restricted to.
        AddressNotAllowed "address_not_allowed" "The key may not be used from this address. Whoever manages the key says from which networks it may.",
        /// A key wants to give a key more than it has.
        WiderThanOwn "wider_than_own" "A restricted API key gives no key more addresses or requests a minute than it has itself.",
        /// A key is not to read what visitors sent.
        SubmissionsOff "submissions_off"
            "This API key does not read submissions of forms. Whoever manages the key says so, by its option submissions.",
        /// A page of another site sent it.
        CrossSite "cross_site" "This was not sent by a page of this instance.",
        /// A service account wants what is for people.
        PersonOnly "person_only" "Only a person can make an organization.",
        /// Somebody wants to make an organization where only operators do.
        OperatorOnly "operator_only" "On this instance only an operator makes organizations. Ask one.",
        /// A key wants to make a personal key.
        NotByKey "not_by_key" "An API key cannot make personal keys. Make them in the console.",
        /// Somebody else's personal key is to be regenerated.
        ByItsOwner "by_its_owner" "A personal key is regenerated by its owner, in the console.",
        /// The policy of the organization.
        PersonalKeysOff "personal_keys_off" "This organization does not allow personal keys.",
        /// The owner is to become something else.
        OwnerIsFixed "owner_is_fixed" "The owner's role cannot be changed; transfer the organization instead.",
        /// The owner is to be removed.
        OwnerStays "owner_stays" "The owner cannot be removed; transfer the organization first.",
        /// A service account is to be removed like a person.
        AccountIsDeleted "account_is_deleted" "A service account is not removed but deleted.",
        /// Somebody wants to give or take more than they have.
        RoleAboveOwn "role_above_own" "Nobody can give or take a role above their own.",
        /// Somebody is to be made a member without being asked.
        ByInvitation "by_invitation" "People become members by accepting an invitation.",
        /// Whoever invited may not do so any more.
        InviterGone "inviter_gone" "Whoever invited you may not invite people any more. Ask for a new invitation.",
        /// What an invitation leads to was deleted.
        PlaceGone "place_gone" "The project or the app that you were invited to is not there any more. Ask for a new invitation.",
    }
}

/// What was missing for an action on something that the caller may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The permission that the role or the key lacks; `None` where no permission would help.
    pub permission: Option<Permission>,
    /// The project it was about, as its id.
    pub project: Option<String>,
    /// Whether the role would do but the key's access does not.
    pub by_key: bool,
    /// The rule, where no permission would help.
    pub rule: Option<Rule>,
}

impl Denial {
    /// A permission that the caller's role does not include.
    pub const fn role(permission: Permission) -> Self {
        Self { permission: Some(permission), project: None, by_key: false, rule: None }
    }

    /// A rule that no role lifts, such as "an API key cannot make personal keys".
    pub const fn rule(rule: Rule) -> Self {
        Self { permission: None, project: None, by_key: false, rule: Some(rule) }
    }
}

impl From<Rule> for Error {
    fn from(rule: Rule) -> Self {
        Self::Denied(Denial::rule(rule))
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            return out.write_str(rule.sentence());
        }
        let who = if self.by_key { "The access of this API key" } else { "Your role" };
        write!(out, "{who} does not include the permission {}", self.permission.map_or("needed", Permission::word))?;
        match &self.project {
            Some(project) => write!(out, " in project {project}."),
            None => out.write_str("."),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(Faults(faults)) => match faults.as_slice() {
                [one] => out.write_str(&one.message),
                many => write!(out, "{} fields are wrong.", many.len()),
            },
            Self::Unauthenticated(reason) => out.write_str(reason.sentence()),
            Self::Denied(denial) => denial.fmt(out),
            Self::NotFound(noun) => write!(out, "There is no such {noun}, or you may not see it."),
            Self::ViewerAuthDisabled => out.write_str("Readers of this site do not sign in. Turn that on first: PATCH .../viewer-auth."),
            Self::Conflict(fault) | Self::Unprocessable(fault) => out.write_str(&fault.message),
            Self::CursorExpired => out.write_str("What has changed since this cursor is not known any more. Begin anew, without since."),
            Self::Stale => out.write_str("This was changed by somebody else since you read it. Read it again."),
            Self::TooLarge(limit) => write!(out, "The body is too large: the limit is {limit} bytes."),
            Self::FileTooLarge(most) => write!(
                out,
                "The file is too large: the setting max-file of this server allows {most} bytes. A proxy before it may allow less, and then answers itself."
            ),
            Self::QuotaReached(most) => write!(
                out,
                "The files of this project would have more than {most} bytes together, which the setting max-project-files of this server allows. \
                 Delete some for good first."
            ),
            Self::NotInRange(size) => write!(out, "The file has {size} bytes, and none of those that were asked for."),
            Self::Limited(seconds) => write!(out, "Too many tries. Try again in {seconds} seconds."),
            Self::RateLimited(limit) => limit.fmt(out),
            Self::Occupied => out.write_str("Other files are on their way in at this moment. Nothing was changed; try again soon."),
            Self::Busy(_) => out.write_str("The server cannot store anything right now. Nothing was changed; try again later."),
            Self::Moved(_) => out.write_str(
                "The database file was moved, replaced or deleted while the server runs, so nothing can be stored. Nothing was changed. \
                 The operator has to put it back, or to start the server again.",
            ),
            Self::Internal(_) => out.write_str("Something went wrong on the server. The request id tells the operator what."),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Seconds after which another try is worth while, where that can be said.
    pub const fn wait(&self) -> Option<u32> {
        match self {
            Self::Limited(seconds) => Some(*seconds),
            Self::RateLimited(limit) => Some(limit.reset),
            Self::Occupied => Some(10),
            Self::Busy(_) | Self::Moved(_) => Some(5),
            _ => None,
        }
    }
}
