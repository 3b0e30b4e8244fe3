//! The sections, columns and blocks of a tree, one after the other. The tree may be of any age: what has no form is passed over.

use serde_json::{Map, Value};

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It holds columns.
    Section,
    /// It holds blocks.
    Column,
    /// It holds data.
    Block,
}

/// A section, a column or a block.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub level: Level,
    /// Its id, or where it stands if it has none.
    pub id: String,
    /// The id of what holds it; empty for a section.
    pub parent: String,
    /// What it says itself, without what it holds.
    pub own: Map<String, Value>,
}

impl Node {
    /// Its `type`, if it has one.
    pub fn word(&self) -> Option<&str> {
        self.own.get("type").and_then(Value::as_str)
    }
}

/// All nodes, in the order of the page.
pub fn of(sections: &[Value]) -> Vec<Node> {
    let mut all = Vec::new();
    walk(sections, Level::Section, "", &mut all);
    all
}

fn walk(values: &[Value], level: Level, parent: &str, all: &mut Vec<Node>) {
    for (at, value) in values.iter().enumerate() {
        let Value::Object(members) = value else { continue };
        let mut own = members.clone();
        let id = own.shift_remove("id").and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_else(|| format!("{parent}#{at}"));
        let held = match level {
            Level::Section => Some(("columns", Level::Column)),
            Level::Column => Some(("blocks", Level::Block)),
            Level::Block => None,
        };
        let inner = held.and_then(|(name, below)| match own.get(name) {
            Some(Value::Array(_)) => own.shift_remove(name).map(|inner| (inner, below)),
            _ => None,
        });
        all.push(Node { level, id: id.clone(), parent: parent.to_owned(), own });
        if let Some((Value::Array(inner), below)) = inner {
            walk(&inner, below, &id, all);
        }
    }
}
