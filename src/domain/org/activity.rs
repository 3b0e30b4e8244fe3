//! The audit trail: one line for each thing that somebody changed.

use serde_json::{Map, Value};

use crate::domain::{
    access::{Actor, ActorKind},
    id::{ActivityId, OrgId},
    time::Instant,
};

/// The name under which the server itself does something. Another one of a [`ActorKind::System`] is the command line.
pub const SERVER: &str = "Stele";

/// One line. What it says of the actor is what was true then.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Id.
    pub id: ActivityId,
    /// Who.
    pub actor_id: Option<String>,
    /// Person, service account or the server.
    pub actor_type: ActorKind,
    /// The name at that time.
    pub actor_name: Option<String>,
    /// The address at that time.
    pub actor_email: Option<String>,
    /// What was done: `noun.verb`.
    pub action: String,
    /// To what kind of thing.
    pub resource_type: String,
    /// To which.
    pub resource_id: Option<String>,
    /// Its name at that time.
    pub resource_name: Option<String>,
    /// Where.
    pub org: Option<OrgId>,
    /// The organization's name.
    pub organization_name: Option<String>,
    /// The name that the project has now, for what was done in one.
    pub project_name: Option<String>,
    /// Its word in addresses, while it is there.
    pub project_slug: Option<String>,
    /// More, as JSON text.
    pub metadata: Option<String>,
    /// When.
    pub created_at: Instant,
}

impl Activity {
    /// Whether somebody did it by the command line, which has no name of a person.
    pub fn is_by_command_line(&self) -> bool {
        self.actor_type == ActorKind::System && self.actor_name.as_deref() != Some(SERVER)
    }
}

/// The names of the fields that differ, as the API spells them: for the trail, and to see whether a change is one at all.
pub fn changes(fields: &[(&'static str, bool)]) -> Vec<&'static str> {
    fields.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect()
}

/// What an operation notes: `Note::new("key.revoked", "apiKey").of(id, name).with("reason", ...)`.
#[derive(Debug, Clone)]
pub struct Note {
    /// `noun.verb`
    pub action: &'static str,
    /// The noun as on the wire.
    pub resource_type: &'static str,
    /// Which.
    pub resource_id: Option<String>,
    /// Its name.
    pub resource_name: Option<String>,
    /// More.
    pub metadata: Map<String, Value>,
}

impl Note {
    /// A note of this action.
    pub fn new(action: &'static str, resource_type: &'static str) -> Self {
        Self { action, resource_type, resource_id: None, resource_name: None, metadata: Map::new() }
    }

    /// On this thing.
    #[must_use]
    pub fn of(mut self, id: impl ToString, name: &str) -> Self {
        self.resource_id = Some(id.to_string());
        self.resource_name = Some(name.to_owned());
        self
    }

    /// With one more fact.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.metadata.insert(key.to_owned(), value.into());
        self
    }

    /// By a tool, if an agent does it.
    #[must_use]
    pub fn by_tool(self, by: Option<&ByTool>) -> Self {
        match by {
            Some(by) => self.with("tool", by.tool).with("client", by.client.as_str()).with("key", by.key.as_deref()),
            None => self,
        }
    }
}

/// What a line says of an agent beside the owner of its key.
#[derive(Debug, Clone)]
pub struct ByTool {
    tool: &'static str,
    client: String,
    key: Option<String>,
}

impl ByTool {
    /// A tool that this caller calls over a client.
    pub fn new(actor: &Actor, tool: &'static str, client: &str) -> Self {
        Self { tool, client: client.to_owned(), key: actor.key().map(|key| key.id.to_string()) }
    }
}
