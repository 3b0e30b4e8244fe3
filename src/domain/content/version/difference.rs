//! What differs between two versions, block by block: a block is the same where it has the same id, wherever it went.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use utoipa::ToSchema;

use crate::domain::{Result, content::Locales};

use super::{
    nodes::{self, Level, Node},
    snapshot::Snapshot,
    values,
};

pub use super::values::{FieldChange, WordChange, Words, words};

/// What became of a section or a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere, and says the same.
    Moved,
    /// It says something else; it may have moved, too.
    Changed,
}

impl ChangeKind {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Changed => "changed",
        }
    }
}

/// A section, a column or a block that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = BlockChange)]
pub struct NodeChange {
    /// Its id.
    pub id: String,
    /// `section`, `column` or `block`.
    pub level: &'static str,
    /// Its type, as it is now, or was.
    #[serde(rename = "type")]
    pub word: Option<String>,
    /// What became of it.
    pub change: ChangeKind,
    /// Whether it stands elsewhere.
    pub moved: bool,
    /// What it says otherwise.
    pub fields: Vec<FieldChange>,
}

/// What differs between two versions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// In the fields of the entry.
    pub fields: Vec<FieldChange>,
    /// In its content, in the order of the page; what is gone stands where it was.
    pub blocks: Vec<NodeChange>,
}

impl Difference {
    /// All that a field was or is, of the entry and of its blocks.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let fields = self.fields.iter().chain(self.blocks.iter().flat_map(|block| &block.fields));
        fields.flat_map(|field| [&field.before, &field.after])
    }
}

/// What is different in `after`.
///
/// # Errors
/// Internal when a version is no JSON.
pub fn between(before: &Snapshot, after: &Snapshot, locales: &Locales) -> Result<Difference> {
    let mut fields = Vec::new();
    values::compare(&before.members()?, &after.members()?, locales, &mut fields);
    let (before, after) = (Tree::new(nodes::of(&before.tree()?)), Tree::new(nodes::of(&after.tree()?)));
    let mut walk = Walk { before: &before, after: &after, locales, found: Vec::new() };
    walk.level("", "");
    Ok(Difference { fields, blocks: walk.found })
}

/// The nodes of a tree, by their ids and by what holds them.
struct Tree {
    all: Vec<Node>,
    by_id: HashMap<String, usize>,
    held: HashMap<String, Vec<String>>,
}

impl Tree {
    fn new(all: Vec<Node>) -> Self {
        let (mut by_id, mut held) = (HashMap::new(), HashMap::<_, Vec<_>>::new());
        for (at, node) in all.iter().enumerate() {
            // Of two with one id, as nobody checked what was stored long ago, the first is meant.
            if !by_id.contains_key(&node.id) {
                by_id.insert(node.id.clone(), at);
                held.entry(node.parent.clone()).or_default().push(node.id.clone());
            }
        }
        Self { all, by_id, held }
    }

    fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    fn node(&self, id: &str) -> Option<&Node> {
        self.by_id.get(id).and_then(|at| self.all.get(*at))
    }

    fn below(&self, id: &str) -> &[String] {
        self.held.get(id).map_or(&[], Vec::as_slice)
    }
}

struct Walk<'t> {
    before: &'t Tree,
    after: &'t Tree,
    locales: &'t Locales<'t>,
    found: Vec<NodeChange>,
}

impl<'t> Walk<'t> {
    /// Goes through what the nodes of these ids hold, side by side.
    fn level(&mut self, was: &str, is: &str) {
        let (old, new): (&'t [String], &'t [String]) = (self.before.below(was), self.after.below(is));
        for op in capture_diff_slices(Algorithm::Myers, old, new) {
            match op {
                DiffOp::Equal { new_index, len, .. } => new[new_index..new_index + len].iter().for_each(|id| self.both(id, false)),
                DiffOp::Delete { old_index, old_len, .. } => self.note_gone(&old[old_index..old_index + old_len]),
                DiffOp::Insert { new_index, new_len, .. } => self.come(&new[new_index..new_index + new_len]),
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    self.note_gone(&old[old_index..old_index + old_len]);
                    self.come(&new[new_index..new_index + new_len]);
                }
            }
        }
    }

    fn note_gone(&mut self, ids: &[String]) {
        let (before, after) = (self.before, self.after);
        for node in ids.iter().filter(|id| !after.has(id)).filter_map(|id| before.node(id)) {
            self.push(node, ChangeKind::Removed, false, Vec::new());
            self.note_gone(before.below(&node.id));
        }
    }

    fn come(&mut self, ids: &[String]) {
        let (before, after) = (self.before, self.after);
        for id in ids {
            match after.node(id) {
                _ if before.has(id) => self.both(id, true),
                Some(node) => {
                    self.push(node, ChangeKind::Added, false, Vec::new());
                    self.level("#nothing", id);
                }
                None => {}
            }
        }
    }

    /// One that was there before.
    fn both(&mut self, id: &str, moved: bool) {
        let (before, after) = (self.before, self.after);
        if let Some((old, new)) = before.node(id).zip(after.node(id)) {
            let mut fields = Vec::new();
            values::compare(&old.own, &new.own, self.locales, &mut fields);
            if !fields.is_empty() {
                self.push(new, ChangeKind::Changed, moved, fields);
            } else if moved {
                self.push(new, ChangeKind::Moved, moved, fields);
            }
        }
        self.level(id, id);
    }

    fn push(&mut self, node: &Node, change: ChangeKind, moved: bool, fields: Vec<FieldChange>) {
        let level = match node.level {
            Level::Section => "section",
            // Columns come and go with their section; only what they say is news.
            Level::Column if change != ChangeKind::Changed => return,
            Level::Column => "column",
            Level::Block => "block",
        };
        self.found.push(NodeChange { id: node.id.clone(), level, word: node.word().map(str::to_owned), change, moved, fields });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::content::samples::LOCALES;

    fn block(id: &str, text: &str) -> Value {
        json!({ "id": id, "type": "quote", "data": { "text": { "en": text } } })
    }

    fn section(id: &str, blocks: &[Value]) -> Value {
        json!({ "id": id, "columns": [{ "id": format!("{id}-column"), "blocks": blocks }] })
    }

    fn changes_of(before: &[Value], after: &[Value]) -> Vec<(String, &'static str, bool)> {
        let of = |sections: &[Value]| Snapshot { fields: "{}".into(), content: json!(sections).to_string() };
        let found = between(&of(before), &of(after), &LOCALES).expect("JSON");
        found.blocks.into_iter().map(|one| (one.id, one.change.word(), one.moved)).collect()
    }

    fn one(id: &str, change: &'static str, moved: bool) -> (String, &'static str, bool) {
        (id.to_owned(), change, moved)
    }

    #[test]
    fn blocks_are_added_removed_moved_and_changed() {
        let [a, b, c] = [block("a", "A"), block("b", "B"), block("c", "C")];
        let before = [section("s", &[a.clone(), b.clone(), c.clone()])];
        assert_eq!(changes_of(&before, &before), []);
        assert_eq!(changes_of(&before, &[section("s", &[a.clone(), c.clone()])]), [one("b", "removed", false)]);
        assert_eq!(changes_of(&before, &[section("s", &[c.clone(), a.clone(), b.clone()])]), [one("c", "moved", true)]);
        let changed = [section("s", &[a.clone(), block("new", "N"), block("b", "Bee"), c.clone()])];
        assert_eq!(changes_of(&before, &changed), [one("new", "added", false), one("b", "changed", false)]);
        let elsewhere = [section("s", &[a.clone(), b.clone()]), section("t", &[block("c", "Sea")])];
        assert_eq!(changes_of(&before, &elsewhere), [one("t", "added", false), one("c", "changed", true)]);
        assert_eq!(changes_of(&elsewhere, &before), [one("c", "changed", true), one("t", "removed", false)]);
    }

    #[test]
    fn what_a_moved_section_holds_did_not_move() {
        let (s, t) = (section("s", &[block("a", "A")]), section("t", &[block("b", "B"), block("c", "C")]));
        assert_eq!(changes_of(&[s.clone(), t.clone()], &[t.clone(), s.clone()]).len(), 1);
        assert_eq!(changes_of(&[s, t.clone()], &[t]), [one("s", "removed", false), one("a", "removed", false)]);
    }

    #[test]
    fn a_column_that_goes_takes_its_blocks_along() {
        let two = json!({ "id": "s", "columns": [{ "id": "x", "blocks": [block("a", "A")] }, { "id": "y", "blocks": [block("b", "B"), block("c", "C")] }] });
        let one_left = json!({ "id": "s", "columns": [{ "id": "x", "blocks": [block("a", "A"), block("c", "C")] }] });
        assert_eq!(changes_of(&[two], std::slice::from_ref(&one_left)), [one("c", "moved", true), one("b", "removed", false)]);
        let mut styled = one_left.clone();
        styled["columns"][0]["styles"] = json!({ "width": "half" });
        assert_eq!(changes_of(&[one_left], &[styled]), [one("x", "changed", false)]);
    }

    #[test]
    fn a_tree_without_any_form_is_compared_all_the_same() {
        assert_eq!(changes_of(&[json!(1), json!({ "columns": [{ "blocks": [3, {}] }] })], &[json!({ "columns": "x" })]).len(), 3);
    }
}
