//! Webhooks: addresses of other programs that are told what happens in a project.

mod address;
pub mod delivery;
pub mod event;
pub mod secret;

pub use address::is_public;

use std::time::Duration;

use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    error::{Fault, Faults},
    id::{OrgId, ProjectId, ProjectPath, WebhookId},
    org::activity,
    text,
    time::{DAY, Instant},
};
use event::Event;

/// Most webhooks of a project.
pub const MOST: usize = 20;
/// Most characters of an address, and of a description.
const URL_MAX: usize = 2000;
const DESCRIPTION_MAX: usize = 500;
/// How long the secret before the last change of it signs as well.
pub const OVERLAP: Duration = DAY;
/// A webhook that fails for so long is switched off.
pub const PATIENCE: Duration = DAY.saturating_mul(5);
/// The longest that a webhook which fails is left alone, and some hours: what failed before that says nothing of now.
const SILENCE: Duration = Duration::from_secs(30 * 60 * 60);

/// Why the server has switched a webhook off. The words are those of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Off {
    /// Its receiver said that it is gone (410).
    Gone,
    /// Nothing has arrived for days.
    Failing,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Id.
    pub id: WebhookId,
    /// Its organization.
    pub org: OrgId,
    /// Its project.
    pub project: ProjectId,
    /// Where it is sent to.
    pub url: String,
    /// What people say of it.
    pub description: String,
    /// What it is told; empty for everything.
    pub events: Vec<Event>,
    /// Whether it is told anything.
    pub is_active: bool,
    /// Why the server has switched it off, if it did.
    pub off: Option<Off>,
    /// How often its secret was changed.
    pub generation: u32,
    /// When that was last.
    pub rotated_at: Option<Instant>,
    /// Since when every try has failed.
    pub failing_since: Option<Instant>,
    /// When one failed last.
    pub failed_at: Option<Instant>,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}

/// What makes a webhook.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = WebhookNew, example = json!({"url": "https://example.org/hooks/stele", "events": ["entry.published"]}))]
pub struct Draft {
    /// An http or https address without a user name.
    #[schema(min_length = 1, max_length = 2000)]
    pub url: String,
    /// What it is told; empty, or left out, for everything.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Whether it is told anything.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub active: bool,
    /// For people.
    #[schema(max_length = 500)]
    pub description: Option<String>,
}

const fn yes() -> bool {
    true
}

/// Changes a webhook; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = WebhookPatch, example = json!({"active": false}))]
pub struct Patch {
    /// An http or https address without a user name.
    #[schema(min_length = 1, max_length = 2000)]
    pub url: Option<String>,
    /// What it is told; empty for everything.
    pub events: Option<Vec<Event>>,
    /// Whether it is told anything. What waits is given up when it is switched off.
    pub active: Option<bool>,
    /// For people.
    #[schema(max_length = 500)]
    pub description: Option<String>,
}

impl Off {
    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Failing => "failing",
        }
    }

    /// The reason of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Gone, Self::Failing].into_iter().find(|off| off.word() == word)
    }
}

/// An address as it is stored.
fn address(typed: &str) -> std::result::Result<String, Fault> {
    let malformed =
        || Fault::new("url", "malformed", "url must be an http or https address without a user name, such as https://example.org/hook.");
    let typed = typed.trim();
    if typed.chars().count() > URL_MAX {
        return Err(Fault::new("url", "too_long", format!("url may have {URL_MAX} characters.")));
    }
    let read = Url::parse(typed).map_err(|_| malformed())?;
    let is_plain = read.username().is_empty() && read.password().is_none() && read.fragment().is_none();
    let is_good = matches!(read.scheme(), "http" | "https") && read.has_host() && is_plain && read.as_str().len() <= URL_MAX;
    if is_good { Ok(read.into()) } else { Err(malformed()) }
}

/// Events as they are stored: each once, in the order of the list.
fn in_order(events: &[Event]) -> Vec<Event> {
    Event::ALL.iter().copied().filter(|event| events.contains(event)).collect()
}

impl Webhook {
    /// Where it leads, without a path: that may hold a secret.
    pub fn origin(&self) -> String {
        Url::parse(&self.url).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
    }

    /// The host in it, with its port where it names one.
    pub fn host(&self) -> String {
        self.origin().split_once("://").map_or_else(String::new, |(_, host)| host.to_owned())
    }

    /// Until when the secret before the last change signs as well, if it still does.
    pub fn overlap_ends(&self, now: Instant) -> Option<Instant> {
        self.rotated_at.map(|at| at + OVERLAP).filter(|end| now < *end)
    }

    /// Whether it is told this, while it is told anything.
    pub fn hears(&self, event: Event) -> bool {
        self.events.is_empty() || self.events.contains(&event)
    }

    /// What differs from `before`, as people change it.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        activity::changes(&[
            ("url", self.url != before.url),
            ("events", self.events != before.events),
            ("active", self.is_active != before.is_active),
            ("description", self.description != before.description),
        ])
    }

    /// Something has arrived.
    pub const fn note_success(&mut self) {
        (self.failing_since, self.failed_at) = (None, None);
    }

    /// A try has failed; whether that was one too many, or the receiver said that it is `gone`.
    pub fn count_miss(&mut self, gone: bool, now: Instant) -> Option<Off> {
        let goes_on = self.failed_at.is_some_and(|last| now.since(last) < SILENCE);
        let since = *self.failing_since.get_or_insert(now);
        let since = if goes_on { since } else { now };
        (self.failing_since, self.failed_at) = (Some(since), Some(now));
        let off = if gone { Some(Off::Gone) } else { (since + PATIENCE <= now).then_some(Off::Failing) };
        if off.is_some() {
            (self.is_active, self.off) = (false, off);
        }
        off
    }
}

impl Draft {
    /// The webhook that the draft asks for.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: WebhookId, place: ProjectPath, now: Instant) -> Result<Webhook> {
        let mut faults = Faults::default();
        let url = faults.keep(address(&self.url)).unwrap_or_default();
        let description = self.description.as_deref().unwrap_or_default();
        let description = faults.keep(text::optional_line("description", description, DESCRIPTION_MAX)).unwrap_or_default();
        faults.into_result()?;
        Ok(Webhook {
            id,
            org: place.0,
            project: place.1,
            url,
            description,
            events: in_order(&self.events),
            is_active: self.active,
            off: None,
            generation: 0,
            rotated_at: None,
            failing_since: None,
            failed_at: None,
            created_at: now,
            updated_at: now,
        })
    }
}

impl Patch {
    /// The webhook with the changes. One that is switched on again begins anew.
    ///
    /// # Errors
    /// All faults.
    pub fn apply(&self, before: &Webhook) -> Result<Webhook> {
        let (mut changed, mut faults) = (before.clone(), Faults::default());
        text::set(&mut changed.url, &self.url, &mut faults, address);
        text::set(&mut changed.description, &self.description, &mut faults, |typed| {
            text::optional_line("description", typed, DESCRIPTION_MAX)
        });
        faults.into_result()?;
        if let Some(events) = &self.events {
            changed.events = in_order(events);
        }
        changed.is_active = self.active.unwrap_or(before.is_active);
        if changed.is_active && !before.is_active {
            changed.off = None;
            changed.note_success();
        }
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn fresh(url: &str) -> Result<Webhook> {
        let org: OrgId = "0190f4a2-0000-7000-8000-000000000002".parse().expect("an id");
        let project: ProjectId = "0190f4a2-0000-7000-8000-000000000001".parse().expect("an id");
        let id = "0190f4a2-0000-7000-8000-000000000003".parse().expect("an id");
        let events = vec![Event::FileCreated, Event::EntryCreated, Event::FileCreated];
        Draft { url: url.into(), events, active: true, description: None }.check(id, (org, project), Instant::from_seconds(0))
    }

    #[test]
    fn an_address_is_one_of_the_web_without_a_name_in_it() {
        let made = fresh(" https://EXAMPLE.org/hook?a=b ").expect("a webhook");
        assert_eq!((made.url.as_str(), made.is_active), ("https://example.org/hook?a=b", true));
        assert_eq!(made.events, [Event::EntryCreated, Event::FileCreated]);
        // What is no number of an address to people is one to systems: it has one form.
        assert_eq!(fresh("http://2130706433/").expect("a webhook").url, "http://127.0.0.1/");
        let long = format!("https://example.org/{}", "a".repeat(URL_MAX));
        for wrong in [
            "",
            "example.org",
            "/hook",
            "ftp://example.org",
            "https://",
            "https://a:b@example.org",
            "https://a@example.org",
            "https://example.org/#a",
            "javascript:alert(1)",
            "file:///etc/passwd",
            long.as_str(),
        ] {
            assert!(matches!(fresh(wrong), Err(crate::domain::Error::Invalid(faults)) if faults.0[0].field == "url"), "{wrong:?}");
        }
    }

    #[test]
    fn one_that_fails_for_five_days_is_switched_off_and_one_that_is_gone_at_once() {
        let mut hook = fresh("https://example.org").expect("a webhook");
        let at = |hours: u32| Instant::from_seconds(0) + HOUR * hours;
        for day in 0..5 {
            assert_eq!(hook.count_miss(false, at(day * 24)), None, "{day}");
        }
        let mut other = hook.clone();
        assert_eq!(hook.count_miss(false, at(120)), Some(Off::Failing));
        assert_eq!((hook.is_active, hook.off), (false, Some(Off::Failing)));
        let mut quiet = other.clone();
        assert_eq!(quiet.count_miss(false, at(24 * 30)), None, "what failed a month ago says nothing of now");
        assert_eq!(quiet.failing_since, Some(at(24 * 30)));
        other.note_success();
        assert_eq!((other.count_miss(false, at(120)), other.failing_since), (None, Some(at(120))));
        assert_eq!(other.count_miss(true, at(121)), Some(Off::Gone));
        let on = Patch { active: Some(true), ..Patch::default() }.apply(&hook).expect("a webhook");
        assert_eq!((on.is_active, on.off, on.failing_since, on.changes(&hook)), (true, None, None, vec!["active"]));
    }

    #[test]
    fn the_old_secret_signs_for_a_day() {
        let mut hook = fresh("https://example.org").expect("a webhook");
        assert_eq!(hook.overlap_ends(Instant::from_seconds(9)), None);
        hook.rotated_at = Some(Instant::from_seconds(0));
        let end = Instant::from_seconds(0) + OVERLAP;
        assert_eq!((hook.overlap_ends(Instant::from_seconds(9)), hook.overlap_ends(end)), (Some(end), None));
    }
}
