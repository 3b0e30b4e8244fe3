//! Two trees that come from one, put together: by the ids of sections, columns and blocks.
//!
//! What is there of the entry is the ground, and what the working copy has changed is done to it again. So what others have moved, added
//! or deleted stays so, unless the working copy says something else of the very same thing.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::domain::content::tree::parts::{self, Spot, blocks, columns, id};

use super::{
    decision::{Conflict, ConflictPlace, Decisions},
    values::{members, merge as merge_values},
};

/// Puts the working copy (`mine`) and the entry as it is now (`theirs`) together; both come from `base`.
pub fn merge(base: &[Value], mine: &[Value], theirs: &[Value], decisions: &mut Decisions) -> Vec<Value> {
    if mine == base || mine == theirs {
        return theirs.to_vec();
    }
    if theirs == base {
        return mine.to_vec();
    }
    let (before, now) = (Index::of(base), Index::of(theirs));
    let mut merger = Merger { before, own: Index::of(mine), now, mine, tree: theirs.to_vec(), decisions };
    merger.sections();
    merger.blocks();
    merger.deleted();
    merger.tree
}

/// The parts of a tree by their ids.
struct Index<'t> {
    sections: Vec<&'t str>,
    shells: HashMap<&'t str, &'t Value>,
    /// Each column with its section and its blocks.
    columns: HashMap<&'t str, (&'t str, Vec<&'t str>)>,
    /// Each block with its column.
    blocks: HashMap<&'t str, (&'t Value, &'t str)>,
}

impl<'t> Index<'t> {
    fn of(tree: &'t [Value]) -> Self {
        let mut index = Self { sections: Vec::new(), shells: HashMap::new(), columns: HashMap::new(), blocks: HashMap::new() };
        for section in tree {
            index.sections.push(id(section));
            index.shells.insert(id(section), section);
            for column in columns(section) {
                index.shells.insert(id(column), column);
                index.columns.insert(id(column), (id(section), blocks(column).iter().map(id).collect()));
                index.blocks.extend(blocks(column).iter().map(|block| (id(block), (block, id(column)))));
            }
        }
        index
    }
}

struct Merger<'t, 'd> {
    before: Index<'t>,
    own: Index<'t>,
    now: Index<'t>,
    mine: &'t [Value],
    tree: Vec<Value>,
    decisions: &'d mut Decisions,
}

impl Merger<'_, '_> {
    /// Sections and columns without what they hold: what they say, those that are new, and their order.
    fn sections(&mut self) {
        let mut previous = None;
        for section in self.mine {
            let own = id(section);
            if self.now.shells.contains_key(own) {
                self.shell(own);
            } else if !self.before.shells.contains_key(own) {
                self.put_section(section, previous);
            } else {
                continue;
            }
            previous = Some(own);
            for column in columns(section) {
                if self.now.columns.contains_key(id(column)) {
                    self.shell(id(column));
                } else if !self.before.columns.contains_key(id(column)) {
                    self.put_column(own, column);
                }
            }
        }
        let all = [&self.before, &self.own, &self.now];
        let is_kept = |id: &&str| all.iter().all(|tree| tree.sections.contains(id));
        let [before, own, now] = all.map(|tree| tree.sections.iter().copied().filter(is_kept).collect::<Vec<_>>());
        if own != before && now == before {
            reorder(&mut self.tree, &own);
        }
    }

    /// What a section or a column says beside what it holds.
    fn shell(&mut self, wanted: &str) {
        let said = |index: &Index<'_>| index.shells.get(wanted).and_then(|part| part.as_object()).map(without_held).unwrap_or_default();
        let three = [said(&self.before), said(&self.own), said(&self.now)];
        let merged = members([&three[0], &three[1], &three[2]], wanted, &mut Vec::new(), self.decisions);
        if merged == three[2] {
            return;
        }
        if let Some(part) = shell_mut(&mut self.tree, wanted) {
            let held = part.iter().filter(|(name, _)| is_held(name)).map(|(name, value)| (name.clone(), value.clone()));
            *part = merged.into_iter().chain(held.collect::<Vec<_>>()).collect();
        }
    }

    fn put_section(&mut self, section: &Value, previous: Option<&str>) {
        let at = previous.and_then(|previous| parts::find_section(&self.tree, previous)).map_or(0, |at| at + 1);
        let mut shell = section.as_object().map(without_held).unwrap_or_default();
        shell.insert("columns".to_owned(), json!([]));
        self.tree.insert(at, Value::Object(shell));
        let new = |column: &&Value| !self.before.columns.contains_key(id(column));
        columns(section).iter().filter(new).collect::<Vec<_>>().into_iter().for_each(|column| self.put_column(id(section), column));
    }

    fn put_column(&mut self, section: &str, column: &Value) {
        let Some(at) = parts::find_section(&self.tree, section) else { return };
        if columns(&self.tree[at]).iter().any(|there| id(there) == id(column)) {
            return;
        }
        let mut shell = column.as_object().map(without_held).unwrap_or_default();
        shell.insert("blocks".to_owned(), json!([]));
        parts::push_column(&mut self.tree[at], Value::Object(shell));
    }

    /// Blocks that the working copy has: changed, moved, or new.
    fn blocks(&mut self) {
        for (section, column) in self.mine.iter().flat_map(|section| columns(section).iter().map(move |column| (section, column))) {
            let reordered = self.is_reordered(column);
            let mut previous: Vec<&str> = Vec::new();
            for block in blocks(column) {
                self.block((section, column), block, &previous, reordered);
                previous.push(id(block));
            }
        }
    }

    /// Whether the blocks of a column that were there before stand in another order in the working copy, and in no other in the entry.
    fn is_reordered(&self, column: &Value) -> bool {
        let own: Vec<&str> = blocks(column).iter().map(id).collect();
        let held = |index: &Index<'_>| {
            let all = index.columns.get(id(column)).map(|(_, blocks)| blocks.clone()).unwrap_or_default();
            all.into_iter().filter(|id| own.contains(id)).map(str::to_owned).collect::<Vec<_>>()
        };
        let before = held(&self.before);
        let own: Vec<_> = own.iter().filter(|id| before.iter().any(|one| one == *id)).map(|id| (*id).to_owned()).collect();
        let now: Vec<_> = held(&self.now).into_iter().filter(|id| before.contains(id)).collect();
        let kept: Vec<_> = before.iter().filter(|id| now.contains(id)).cloned().collect();
        own != before && now == kept
    }

    fn block(&mut self, (section, column): (&Value, &Value), block: &Value, previous: &[&str], reordered: bool) {
        let own = id(block);
        let (before, now) = (self.before.blocks.get(own).copied(), self.now.blocks.get(own).copied());
        match (before, now) {
            (_, Some((now, stands))) => {
                let base = before.map(|(block, _)| block);
                let merged =
                    merge_values([base, Some(block), Some(now)], own, &mut Vec::new(), self.decisions).unwrap_or_else(|| now.clone());
                self.replace(own, merged.clone());
                let has_moved = before.is_some_and(|(_, before)| before != id(column) && stands == before) && stands != id(column);
                if has_moved || (reordered && stands == id(column)) {
                    self.take(own);
                    self.put((section, column), merged, previous);
                }
            }
            (Some((base, _)), None) if base == block => {}
            (Some((base, _)), None) => {
                let conflict = Conflict {
                    place: ConflictPlace::Block { id: own.to_owned() },
                    base: base.clone(),
                    mine: block.clone(),
                    theirs: Value::Null,
                };
                let taken = self.decisions.take(conflict);
                if !taken.is_null() {
                    self.put((section, column), taken, previous);
                }
            }
            (None, None) => self.put((section, column), block.clone(), previous),
        }
    }

    /// Puts a block where it stands in the working copy: behind the nearest of those before it that is there.
    fn put(&mut self, (section, column): (&Value, &Value), block: Value, previous: &[&str]) {
        if parts::find_section(&self.tree, id(section)).is_none() && parts::end_of_column(&self.tree, id(column), None).is_none() {
            let own = self.own.sections.iter().take_while(|one| **one != id(section));
            let behind = own.filter(|one| parts::find_section(&self.tree, one).is_some()).last().copied();
            self.put_section(section, behind);
        }
        if parts::end_of_column(&self.tree, id(column), None).is_none() {
            self.put_column(id(section), column);
        }
        let Some(end) = parts::end_of_column(&self.tree, id(column), None) else { return };
        let place =
            |wanted: &&str| parts::find_block(&self.tree, wanted).filter(|spot| (spot.section, spot.column) == (end.section, end.column));
        let at = previous.iter().rev().find_map(place).map_or(0, |spot| spot.block + 1);
        parts::insert(&mut self.tree, &Spot { block: at, ..end }, block);
    }

    fn take(&mut self, wanted: &str) {
        if let Some(spot) = parts::find_block(&self.tree, wanted) {
            parts::remove(&mut self.tree, &spot);
        }
    }

    fn replace(&mut self, wanted: &str, with: Value) {
        if let Some(block) = parts::find_block(&self.tree, wanted).and_then(|spot| parts::block_mut(&mut self.tree, &spot))
            && let Value::Object(with) = with
        {
            *block = with;
        }
    }

    /// What the working copy does not have any more: blocks, then columns and sections that hold nothing.
    fn deleted(&mut self) {
        let mut gone: Vec<_> = self.before.blocks.keys().filter(|id| !self.own.blocks.contains_key(*id)).copied().collect();
        gone.sort_by_key(|id| parts::find_block(&self.tree, id).map(|spot| (spot.section, spot.column, spot.block)));
        for wanted in gone {
            let Some((now, _)) = self.now.blocks.get(wanted).copied() else { continue };
            let base = self.before.blocks.get(wanted).map(|(block, _)| (*block).clone()).unwrap_or_default();
            let keeps = base != *now && {
                let place = ConflictPlace::Block { id: wanted.to_owned() };
                !self.decisions.take(Conflict { place, base, mine: Value::Null, theirs: now.clone() }).is_null()
            };
            if !keeps {
                self.take(wanted);
            }
        }
        let dropped = |id: &str| self.before.shells.contains_key(id) && !self.own.shells.contains_key(id);
        let empty: HashSet<String> = self
            .tree
            .iter()
            .flat_map(columns)
            .filter(|column| dropped(id(column)) && blocks(column).is_empty())
            .map(|column| id(column).to_owned())
            .collect();
        for column in &empty {
            if let Some(spot) = parts::end_of_column(&self.tree, column, None) {
                parts::remove_column(&mut self.tree, &spot);
            }
        }
        let is_empty = |section: &Value| columns(section).iter().all(|column| blocks(column).is_empty());
        let gone: Vec<_> = self.tree.iter().map(|section| dropped(id(section)) && is_empty(section)).collect();
        let mut gone = gone.into_iter();
        self.tree.retain(|_| !gone.next().unwrap_or_default());
    }
}

fn is_held(name: &str) -> bool {
    matches!(name, "columns" | "blocks")
}

/// A section or a column without what it holds.
fn without_held(part: &Map<String, Value>) -> Map<String, Value> {
    part.iter().filter(|(name, _)| !is_held(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn shell_mut<'t>(tree: &'t mut [Value], wanted: &str) -> Option<&'t mut Map<String, Value>> {
    for section in tree {
        if id(section) == wanted {
            return section.as_object_mut();
        }
        let columns = section.get_mut("columns").and_then(Value::as_array_mut).map(Vec::as_mut_slice).unwrap_or_default();
        if let Some(column) = columns.iter_mut().find(|column| id(column) == wanted) {
            return column.as_object_mut();
        }
    }
    None
}

/// Puts the sections that are named into this order; the others stay where they are.
fn reorder(tree: &mut [Value], order: &[&str]) {
    let mut named: HashMap<String, Value> = HashMap::new();
    for section in tree.iter_mut().filter(|section| order.contains(&id(section))) {
        named.insert(id(section).to_owned(), section.take());
    }
    let mut next = order.iter().filter_map(|id| named.remove(*id));
    for section in tree.iter_mut().filter(|section| section.is_null()) {
        *section = next.next().unwrap_or_default();
    }
}
