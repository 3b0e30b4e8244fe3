//! What webhooks are told: the events, which lines of the audit trail are one, and what is said of it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::domain::{
    access::ActorKind,
    id::{AppId, OrgId, ProjectId, UserId},
    org::activity::Note,
    time::Instant,
};

/// The type of the message that somebody has sent to see whether it arrives.
pub const PING: &str = "webhook.ping";

/// Something that a webhook may be told. The words are those of the wire and of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Event {
    /// An entry was made.
    EntryCreated,
    /// One was changed, moved, taken back to an older version, or out of the trash.
    EntryUpdated,
    /// Readers see it from now on.
    EntryPublished,
    /// They do not any more.
    EntryUnpublished,
    /// It was put into the trash.
    EntryDeleted,
    /// A file was made.
    FileCreated,
    /// One was changed, got other bytes, or came out of the trash.
    FileUpdated,
    /// It was put into the trash.
    FileDeleted,
    /// A key that reaches the project was made.
    KeyCreated,
    /// One got a successor.
    KeyRegenerated,
    /// One was revoked.
    KeyRevoked,
    /// Somebody has come into the organization, the project, or one of its apps.
    MemberAdded,
    /// Somebody has left one of them.
    MemberRemoved,
    /// A visitor has sent a form.
    FormSubmitted,
}

/// Which actions of the audit trail are which event. What visitors send is none: it is told by whoever stores it.
const ACTIONS: &[(&str, Event)] = &[
    ("entry.created", Event::EntryCreated),
    ("entry.updated", Event::EntryUpdated),
    ("entry.moved", Event::EntryUpdated),
    ("entry.reverted", Event::EntryUpdated),
    ("entry.restored", Event::EntryUpdated),
    ("entry.published", Event::EntryPublished),
    ("entry.unpublished", Event::EntryUnpublished),
    ("entry.deleted", Event::EntryDeleted),
    ("file.created", Event::FileCreated),
    ("file.updated", Event::FileUpdated),
    ("file.replaced", Event::FileUpdated),
    ("file.reverted", Event::FileUpdated),
    ("file.restored", Event::FileUpdated),
    ("file.deleted", Event::FileDeleted),
    ("key.created", Event::KeyCreated),
    ("key.regenerated", Event::KeyRegenerated),
    ("key.revoked", Event::KeyRevoked),
    ("member.added", Event::MemberAdded),
    ("project-member.added", Event::MemberAdded),
    ("app-member.added", Event::MemberAdded),
    ("invitation.accepted", Event::MemberAdded),
    ("member.removed", Event::MemberRemoved),
    ("project-member.removed", Event::MemberRemoved),
    ("app-member.removed", Event::MemberRemoved),
];

impl Event {
    /// All of them, in the order of the docs.
    pub const ALL: &[Self] = &[
        Self::EntryCreated,
        Self::EntryUpdated,
        Self::EntryPublished,
        Self::EntryUnpublished,
        Self::EntryDeleted,
        Self::FileCreated,
        Self::FileUpdated,
        Self::FileDeleted,
        Self::KeyCreated,
        Self::KeyRegenerated,
        Self::KeyRevoked,
        Self::MemberAdded,
        Self::MemberRemoved,
        Self::FormSubmitted,
    ];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::EntryCreated => "entry.created",
            Self::EntryUpdated => "entry.updated",
            Self::EntryPublished => "entry.published",
            Self::EntryUnpublished => "entry.unpublished",
            Self::EntryDeleted => "entry.deleted",
            Self::FileCreated => "file.created",
            Self::FileUpdated => "file.updated",
            Self::FileDeleted => "file.deleted",
            Self::KeyCreated => "key.created",
            Self::KeyRegenerated => "key.regenerated",
            Self::KeyRevoked => "key.revoked",
            Self::MemberAdded => "member.added",
            Self::MemberRemoved => "member.removed",
            Self::FormSubmitted => "form.submitted",
        }
    }

    /// The event of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.word() == word)
    }

    /// What an action of the audit trail is to webhooks.
    pub fn of_action(action: &str) -> Option<Self> {
        ACTIONS.iter().find(|(name, _)| *name == action).map(|(_, event)| *event)
    }

    /// What it is about: `entry`, `file`, `key`, `member` or `form`.
    pub fn noun(self) -> &'static str {
        self.word().split('.').next().unwrap_or_default()
    }
}

impl TryFrom<String> for Event {
    type Error = String;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        Self::from_word(&word).ok_or_else(|| format!("there is no event {word:?}"))
    }
}

impl From<Event> for String {
    fn from(event: Event) -> Self {
        event.word().to_owned()
    }
}

impl utoipa::PartialSchema for Event {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let words = Self::ALL.iter().map(|event| event.word());
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String).enum_values(Some(words)).into()
    }
}

impl utoipa::ToSchema for Event {
    fn name() -> std::borrow::Cow<'static, str> {
        "WebhookEvent".into()
    }
}

/// Something that was done, as the audit trail has it.
#[derive(Debug)]
pub struct Deed<'n> {
    /// What.
    pub note: &'n Note,
    /// By whom: what sort of caller, and which.
    pub by: (ActorKind, Option<UserId>),
    /// The app in which it was done, if that is known.
    pub app: Option<AppId>,
    /// When.
    pub at: Instant,
    /// Whether it was done to the whole organization: whoever looks after one of its projects is not told names then.
    pub beyond: bool,
}

impl Deed<'_> {
    /// What a webhook of this project is told of it.
    pub fn body(&self, event: Event, org: OrgId, project: ProjectId) -> String {
        let note = self.note;
        let mut data = Map::new();
        let mut say = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                data.insert(name.to_owned(), value);
            }
        };
        say("id", note.resource_id.as_deref().map(Value::from));
        say("resourceType", Some(note.resource_type.into()));
        say("name", note.resource_name.as_deref().filter(|_| !self.beyond).map(Value::from));
        say("changed", note.metadata.get("changed").cloned());
        say("userId", self.member(event));
        say("organizationId", Some(org.to_string().into()));
        say("projectId", Some(project.to_string().into()));
        say("appId", self.app.map(|app| app.to_string().into()));
        say("actor", Some(json!({ "type": self.by.0.word(), "id": self.by.1.map(|id| id.to_string()) })));
        message(event.word(), self.at, &Value::Object(data))
    }

    /// Who came or left: whoever takes an invitation comes by themselves.
    fn member(&self, event: Event) -> Option<Value> {
        let told = self.note.metadata.get("userId").cloned();
        let own = || self.by.1.map(|id| Value::from(id.to_string()));
        matches!(event, Event::MemberAdded | Event::MemberRemoved).then(|| told.or_else(own)).flatten()
    }
}

/// A message as it is sent.
pub fn message(kind: &str, at: Instant, data: &Value) -> String {
    json!({ "type": kind, "timestamp": at.to_string(), "data": data }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(n: u8) -> T {
        format!("0190f4a2-0000-7000-8000-0000000000{n:02}").parse().expect("an id")
    }

    fn event_of(note: &Note, beyond: bool) -> Value {
        let deed = Deed { note, by: (ActorKind::User, Some(id(1))), app: Some(id(2)), at: Instant::from_seconds(0), beyond };
        let event = Event::of_action(note.action).expect("an event");
        serde_json::from_str(&deed.body(event, id(3), id(4))).expect("JSON")
    }

    #[test]
    fn every_event_has_a_word_of_its_own_and_an_action() {
        for event in Event::ALL {
            assert_eq!(Event::from_word(event.word()), Some(*event));
            let is_done = ACTIONS.iter().any(|(_, of)| of == event);
            assert_eq!(is_done, *event != Event::FormSubmitted, "{}", event.word());
        }
        assert_eq!((Event::of_action("app.created"), Event::from_word(PING)), (None, None));
    }

    #[test]
    fn a_message_is_thin_and_says_what_was_done_to_what() {
        let long = "é".repeat(2000);
        let note = Note::new("entry.moved", "page").of("7", &long).with("changed", vec!["name"]).with("status", "draft");
        let said = event_of(&note, false);
        assert_eq!((&said["type"], &said["timestamp"]), (&json!("entry.updated"), &json!("1970-01-01T00:00:00.000Z")));
        let data = &said["data"];
        assert_eq!((&data["id"], &data["resourceType"], &data["name"]), (&json!("7"), &json!("page"), &json!(long)));
        assert_eq!(data["actor"], json!({ "type": "user", "id": id::<UserId>(1).to_string() }));
        assert_eq!((&data["changed"], &data["status"], &data["userId"]), (&json!(["name"]), &Value::Null, &Value::Null));
        assert!(said.to_string().len() < 20_000);
    }

    #[test]
    fn who_came_is_said_and_no_name_of_what_belongs_to_the_whole_organization() {
        let joined = event_of(&Note::new("invitation.accepted", "invitation").of("7", "farid@example.com"), true);
        assert_eq!((&joined["data"]["userId"], &joined["data"]["name"]), (&json!(id::<UserId>(1).to_string()), &Value::Null));
        let added = event_of(&Note::new("member.added", "member").of("7", "Farid").with("userId", "9"), true);
        assert_eq!((&added["data"]["userId"], &added["type"]), (&json!("9"), &json!("member.added")));
    }
}
