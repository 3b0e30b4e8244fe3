//! Domains: names under which what is public of a project is reached, once whoever owns the name has said so in its zone.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    error::{Fault, Faults},
    id::{AppId, DomainId, OrgId, ProjectId, ProjectPath},
    org::activity,
    project::app::AppType,
    time::Instant,
};

/// Most domains of a project.
pub const MOST: usize = 100;
/// Most characters of a name (RFC 1035 2.3.4), without the dot at its end.
const HOST_MAX: usize = 253;
/// What stands before a name to make that of its record.
const BELOW: &str = "_stele-challenge.";
/// How long a name is still served whose record is gone.
const GRACE: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 60 * 60);
/// How long after the last look a name that is verified is looked at again.
const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);
/// The same for one that is not, and where nobody answered.
const HOUR: std::time::Duration = std::time::Duration::from_secs(60 * 60);

/// What is known of a domain. The words are those of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its record was not found yet.
    PendingDns,
    /// It is served.
    Active,
    /// It is not: the error says why.
    Failed,
}

/// What is wrong with a domain. The words are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The record is not there, or says something else.
    Missing,
    /// No server of names answered.
    Unreachable,
    /// Another project has verified the same name.
    Taken,
}

/// What was found where the record should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DnsAnswer {
    /// These texts; none where there is no such record.
    Texts(Vec<String>),
    /// No server of names answered.
    Nobody,
}

/// The app that a domain leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads {
    /// Its id.
    pub id: AppId,
    /// Its type.
    pub app_type: AppType,
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: String,
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Id.
    pub id: DomainId,
    /// Its organization.
    pub org: OrgId,
    /// Its project.
    pub project: ProjectId,
    /// The app that it leads to, if it is one alone.
    pub app: Option<Leads>,
    /// The name, in small letters and without characters beyond ASCII (RFC 5891).
    pub hostname: String,
    /// Whether it is the one of its app, or of the project, that is named where one is.
    pub is_primary: bool,
    /// What is known of it.
    pub status: Status,
    /// What is wrong with it.
    pub wrong: Option<Wrong>,
    /// Whether an operator said that it is good: then no record is looked for.
    pub by_operator: bool,
    /// Since when it is served; none while it is not.
    pub verified_at: Option<Instant>,
    /// Since when its record is gone.
    pub missing_since: Option<Instant>,
    /// When its record is looked for next.
    pub next_check_at: Option<Instant>,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}

/// What makes a domain.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DomainNew, example = json!({"hostname": "journal.example.org"}))]
pub struct Draft {
    /// The name, without a scheme or a port.
    #[schema(max_length = 253)]
    pub hostname: String,
    /// The app that it leads to; without one it is the project's.
    pub app_id: Option<AppId>,
}

/// Changes a domain; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = DomainPatch, example = json!({"isPrimary": true}))]
pub struct Patch {
    /// Whether it is the primary one of its app, or of the project; then no other is.
    pub is_primary: Option<bool>,
    /// The app that it leads to; `null` makes it the project's.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<AppId>)]
    pub app_id: Option<Option<AppId>>,
}

impl Status {
    /// Their words.
    pub const WORDS: &[&str] = &[Self::PendingDns.word(), Self::Active.word(), Self::Failed.word()];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PendingDns => "pending_dns",
            Self::Active => "active",
            Self::Failed => "failed",
        }
    }

    /// The status of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::PendingDns, Self::Active, Self::Failed].into_iter().find(|status| status.word() == word)
    }
}

impl Wrong {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "record_missing",
            Self::Unreachable => "dns_unreachable",
            Self::Taken => "taken",
        }
    }

    /// What is wrong, as a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "The TXT record was not found, or says something else. Changes of a zone may take an hour.",
            Self::Unreachable => "No name server answered. It is asked again within the hour.",
            Self::Taken => "Another project has verified this name already.",
        }
    }

    /// The error of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Missing, Self::Unreachable, Self::Taken].into_iter().find(|wrong| wrong.word() == word)
    }
}

/// A name as it is stored: in small letters, without the dot at its end, characters beyond ASCII as Punycode (UTS 46).
///
/// # Errors
/// A fault of `hostname`: not a name with a dot, or an address.
pub fn hostname(typed: &str) -> std::result::Result<String, Fault> {
    let malformed =
        || Fault::new("hostname", "malformed", "hostname must be a name such as journal.example.org, without https:// or a port.");
    let typed = typed.trim().trim_end_matches('.');
    let ascii = idna::domain_to_ascii_strict(typed).map_err(|_| malformed())?;
    let label = |label: &str| {
        let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !label.is_empty() && label.len() <= 63 && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    let last = ascii.rsplit('.').next().unwrap_or_default();
    // What ends with a number is an address (WHATWG URL 3.5).
    let is_name = ascii.contains('.') && !last.bytes().all(|b| b.is_ascii_digit());
    if is_name && ascii.len() + BELOW.len() <= HOST_MAX && ascii.split('.').all(label) { Ok(ascii) } else { Err(malformed()) }
}

/// What the record of a project says. Whoever puts it into the zone of a name says which project may have that name; what stands in it is no
/// secret.
pub fn token(project: ProjectId) -> String {
    format!("stele-project={project}")
}

impl Domain {
    /// The name of its record.
    pub fn record(&self) -> String {
        format!("{BELOW}{}", self.hostname)
    }

    /// The name as people write it.
    pub fn display(&self) -> String {
        idna::domain_to_unicode(&self.hostname).0
    }

    /// Whether it is served.
    pub const fn is_verified(&self) -> bool {
        self.verified_at.is_some()
    }

    /// What differs from `before`, as people change it.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        let app = |domain: &Self| domain.app.as_ref().map(|app| app.id);
        activity::changes(&[("isPrimary", self.is_primary != before.is_primary), ("appId", app(self) != app(before))])
    }

    /// Takes note of what was found; `is_taken` says whether another project has the name.
    pub fn settle(&mut self, found: &DnsAnswer, is_taken: bool, now: Instant) {
        let is_there = matches!(found, DnsAnswer::Texts(texts) if texts.iter().any(|text| text.trim() == token(self.project)));
        let next = match found {
            _ if self.by_operator => None,
            DnsAnswer::Nobody => Some(HOUR),
            DnsAnswer::Texts(_) if is_there && !is_taken => Some(DAY),
            // One that nobody cares for is not asked for each hour for ever.
            DnsAnswer::Texts(_) if !self.is_verified() && now < self.created_at + GRACE => Some(HOUR),
            DnsAnswer::Texts(_) => Some(DAY),
        };
        self.next_check_at = next.map(|wait| now + wait);
        if self.by_operator {
            return;
        }
        match found {
            DnsAnswer::Nobody => self.wrong = Some(Wrong::Unreachable),
            DnsAnswer::Texts(_) if is_there && is_taken && !self.is_verified() => self.refuse(Wrong::Taken),
            DnsAnswer::Texts(_) if is_there => self.verify(now),
            DnsAnswer::Texts(_) => {
                let since = *self.missing_since.get_or_insert(now);
                if self.is_verified() && now < since + GRACE {
                    self.wrong = Some(Wrong::Missing);
                } else {
                    self.refuse(Wrong::Missing);
                }
            }
        }
    }

    /// It is served from now on.
    pub fn verify(&mut self, now: Instant) {
        self.verified_at.get_or_insert(now);
        (self.status, self.wrong, self.missing_since) = (Status::Active, None, None);
    }

    fn refuse(&mut self, wrong: Wrong) {
        (self.status, self.wrong, self.verified_at) = (Status::Failed, Some(wrong), None);
    }
}

impl Draft {
    /// The domain that the draft asks for. `own` is the name of the instance, under which no project is reached.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: DomainId, place: ProjectPath, own: &str, now: Instant) -> Result<Domain> {
        let mut faults = Faults::default();
        let hostname = faults.keep(hostname(&self.hostname)).unwrap_or_default();
        if hostname == own && !own.is_empty() {
            faults.add("hostname", "not_allowed", "This is the name of the instance itself.");
        }
        faults.into_result()?;
        Ok(Domain {
            id,
            org: place.0,
            project: place.1,
            app: None,
            hostname,
            is_primary: false,
            status: Status::PendingDns,
            wrong: None,
            by_operator: false,
            verified_at: None,
            missing_since: None,
            next_check_at: Some(now + HOUR),
            created_at: now,
            updated_at: now,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh() -> Domain {
        let id = |text: &str| text.parse().expect("an id");
        let project: ProjectId = "0190f4a2-0000-7000-8000-000000000001".parse().expect("an id");
        let org: OrgId = "0190f4a2-0000-7000-8000-000000000002".parse().expect("an id");
        let draft = Draft { hostname: "Journal.Example.org".into(), app_id: None };
        draft
            .check(id("0190f4a2-0000-7000-8000-000000000003"), (org, project), "stele.example.org", Instant::from_micros(0))
            .expect("a domain")
    }

    #[test]
    fn names_have_one_form_and_addresses_are_none() {
        for (typed, stored) in [
            (" Journal.Example.ORG. ", "journal.example.org"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("a-1.b.example", "a-1.b.example"),
        ] {
            assert_eq!(hostname(typed).as_deref(), Ok(stored), "{typed}");
        }
        for wrong in [
            "",
            "localhost",
            "192.0.2.1",
            "[2001:db8::1]",
            "2001:db8::1",
            "https://example.org",
            "example.org:443",
            "example.org/a",
            "*.example.org",
            "-a.example",
            "a-.example",
            "a..example",
            "a_b.example",
            "a b.example",
            "user@example.org",
            "example.org\u{0}",
            "a\u{202e}.example",
            "0x7f.1",
        ] {
            assert_eq!(hostname(wrong).map_err(|fault| fault.code), Err("malformed"), "{wrong:?}");
        }
        assert!(hostname(&format!("{}.example", "a".repeat(64))).is_err());
        assert!(hostname(&[vec!["a"; 130].join("."), "example".into()].join(".")).is_err());
    }

    #[test]
    fn the_name_of_the_instance_is_no_ones() {
        let id = "0190f4a2-0000-7000-8000-000000000003".parse().expect("an id");
        let domain = fresh();
        let draft = Draft { hostname: "STELE.example.org.".into(), app_id: None };
        let refused = draft.check(id, (domain.org, domain.project), "stele.example.org", Instant::from_micros(0));
        assert!(matches!(refused, Err(crate::domain::Error::Invalid(faults)) if faults.0[0].code == "not_allowed"));
    }

    #[test]
    fn a_record_verifies_and_one_that_goes_has_a_week() {
        let mut domain = fresh();
        assert_eq!(domain.record(), "_stele-challenge.journal.example.org");
        let at = |days: u64| Instant::from_micros(0) + DAY * u32::try_from(days).expect("small");
        let there = DnsAnswer::Texts(vec!["v=spf1 -all".into(), token(domain.project)]);
        let none = DnsAnswer::Texts(vec!["stele-project=another".into()]);
        domain.settle(&none, false, at(1));
        assert_eq!((domain.status, domain.wrong, domain.next_check_at), (Status::Failed, Some(Wrong::Missing), Some(at(1) + HOUR)));
        domain.settle(&there, true, at(2));
        assert_eq!((domain.status, domain.wrong), (Status::Failed, Some(Wrong::Taken)));
        domain.settle(&there, false, at(3));
        assert_eq!(
            (domain.status, domain.wrong, domain.verified_at, domain.next_check_at),
            (Status::Active, None, Some(at(3)), Some(at(4)))
        );
        // Nobody who answers says nothing of the record.
        domain.settle(&DnsAnswer::Nobody, false, at(4));
        assert_eq!((domain.status, domain.wrong, domain.missing_since), (Status::Active, Some(Wrong::Unreachable), None));
        domain.settle(&none, false, at(5));
        assert_eq!((domain.status, domain.wrong, domain.is_verified()), (Status::Active, Some(Wrong::Missing), true));
        domain.settle(&there, false, at(6));
        assert_eq!((domain.wrong, domain.missing_since), (None, None));
        domain.settle(&none, false, at(7));
        domain.settle(&none, false, at(13));
        assert!(domain.is_verified());
        domain.settle(&none, false, at(14));
        assert_eq!((domain.status, domain.is_verified()), (Status::Failed, false));
    }

    #[test]
    fn what_an_operator_said_stays() {
        let mut domain = fresh();
        domain.by_operator = true;
        domain.verify(Instant::from_micros(5));
        domain.settle(&DnsAnswer::Texts(Vec::new()), false, Instant::from_micros(9));
        assert_eq!((domain.status, domain.wrong, domain.next_check_at), (Status::Active, None, None));
    }
}
