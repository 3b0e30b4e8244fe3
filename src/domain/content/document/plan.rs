//! What a document changes of a content tree: the edits that make the tree say what the document says, and touch nothing else.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::domain::{
    content::tree::{
        change::{BlockPlace, Edit, SectionPlace},
        parts::{self, Spot, id},
    },
    error::Fault,
};

use super::{
    attribute::looks_same,
    ids::{Ids, MISSING},
    items,
    line::fault,
    parse::style,
    shape::{Column, Document, Part, Section, items_of},
    show::{ROLE, ShownLocales, writable},
};

/// A change, and the line that asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedEdit {
    /// The line; 0 where none does.
    pub line: usize,
    /// The change.
    pub edit: Edit,
}

/// The changes that a document asks for, in the order in which they are made. What it leaves out stays; `delete` names the ids of sections,
/// blocks and items that go.
///
/// # Errors
/// The fault of the first line that cannot be followed.
pub fn plan(
    tree: &[Value],
    document: &Document,
    delete: &[String],
    shown: &ShownLocales<'_>,
    new_id: &mut dyn FnMut() -> String,
) -> Result<Vec<PlannedEdit>, Fault> {
    let mut planner = Planner { tree, ids: Ids::new(parts::ids(tree)), shown, new_id, seen: HashSet::new(), steps: Vec::new() };
    let gone = planner.find_gone(delete)?;
    let homes = planner.sections(&document.sections)?;
    for (section, home) in document.sections.iter().zip(&homes) {
        for (at, column) in section.columns.iter().enumerate() {
            let home = planner.home(section, column, home, at)?;
            planner.blocks(column, &home, &gone)?;
        }
    }
    planner.deleted(&gone)?;
    Ok(planner.steps)
}

/// What goes.
#[derive(Default)]
struct Gone {
    sections: Vec<String>,
    blocks: Vec<String>,
    /// Items, with those of their blocks.
    items: Vec<(String, HashSet<String>)>,
}

impl Gone {
    fn of_block(&self, block: &str) -> HashSet<String> {
        self.items.iter().find(|(id, _)| id == block).map(|(_, items)| items.clone()).unwrap_or_default()
    }
}

/// Where the blocks of a column are to be.
#[derive(Debug, Clone, Default)]
struct Home {
    section: Option<String>,
    column: Option<String>,
}

struct Planner<'a, 'f> {
    tree: &'a [Value],
    ids: Ids<'a>,
    shown: &'a ShownLocales<'a>,
    new_id: &'f mut dyn FnMut() -> String,
    /// Ids that the document has named.
    seen: HashSet<&'a str>,
    steps: Vec<PlannedEdit>,
}

impl<'a> Planner<'a, '_> {
    fn push(&mut self, line: usize, edit: Edit) {
        self.steps.push(PlannedEdit { line, edit });
    }

    /// The part that a line means, which none above may have meant.
    fn claim(&mut self, line: usize, meant: &str) -> Result<&'a str, Fault> {
        let found = self.ids.find(&format!("line {line}"), meant)?;
        if self.seen.insert(found) { Ok(found) } else { Err(fault(line, format!("{meant} stands above already."))) }
    }

    fn find_gone(&self, delete: &[String]) -> Result<Gone, Fault> {
        let mut gone = Gone::default();
        for meant in delete {
            match self.ids.find("delete", meant) {
                Ok(id) if parts::find_section(self.tree, id).is_some() => gone.sections.push(id.to_owned()),
                Ok(id) if parts::find_block(self.tree, id).is_some() => gone.blocks.push(id.to_owned()),
                Ok(_) => {
                    return Err(Fault::new(
                        "delete",
                        "malformed",
                        "delete names sections, blocks and items; a column goes with its section.",
                    ));
                }
                Err(missing) if missing.code == MISSING => {
                    let (block, item) = item_of(self.tree, meant)?.ok_or(missing)?;
                    match gone.items.iter_mut().find(|(id, _)| id == block) {
                        Some((_, items)) => drop(items.insert(item.to_owned())),
                        None => gone.items.push((block.to_owned(), HashSet::from([item.to_owned()]))),
                    }
                }
                Err(other) => return Err(other),
            }
        }
        Ok(gone)
    }

    /// Makes and moves sections; the id of each, none for one that the document does not name.
    fn sections(&mut self, all: &[Section]) -> Result<Vec<Option<String>>, Fault> {
        let mut found = Vec::with_capacity(all.len());
        for section in all {
            let id = section.id.as_deref().map(|meant| self.claim(section.line, meant)).transpose()?;
            let at = id.map(|id| parts::find_section(self.tree, id).ok_or_else(|| fault(section.line, "this is the id of no section.")));
            found.push(at.transpose()?);
        }
        let is_sorted = found.iter().flatten().is_sorted();
        let mut behind: Option<String> = None;
        let mut homes = Vec::with_capacity(all.len());
        for (index, section) in all.iter().enumerate() {
            if section.implied {
                homes.push(None);
                continue;
            }
            let name = if let Some(at) = found[index] {
                let name = id(&self.tree[at]).to_owned();
                if !is_sorted && behind.is_some() {
                    self.push(
                        section.line,
                        Edit::MoveSection { id: name.clone(), place: SectionPlace { after: behind.clone(), before: None } },
                    );
                }
                self.section(section, &self.tree[at], &name);
                name
            } else {
                let next = found[index..].iter().flatten().next().map(|at| id(&self.tree[*at]).to_owned());
                let place = SectionPlace { before: if behind.is_none() { next } else { None }, after: behind.clone() };
                self.new_section(section, place)
            };
            behind = Some(name.clone());
            homes.push(Some(name));
        }
        Ok(homes)
    }

    /// What a section says beside its blocks.
    fn section(&mut self, section: &Section, stored: &Value, name: &str) {
        let mut patch = self
            .styles(&section.attributes, stored)
            .map(|styles| Map::from_iter([("styles".to_owned(), styles.into())]))
            .unwrap_or_default();
        let role = section.attributes.iter().find(|(name, _)| name == ROLE.name).map(|(_, value)| value);
        if let Some(role) = role.filter(|role| !looks_same(&ROLE, stored.get(ROLE.name).unwrap_or(&Value::Null), role)) {
            patch.insert(ROLE.name.to_owned(), role.clone());
        }
        if !patch.is_empty() {
            self.push(section.line, Edit::UpdateSection { id: name.to_owned(), patch });
        }
    }

    /// Styles that are to be others; a name may begin with `style.`.
    fn styles(&self, given: &[(String, Value)], stored: &Value) -> Option<Map<String, Value>> {
        let known = |name: &str| stored.get("styles").and_then(|styles| styles.get(name)).unwrap_or(&Value::Null);
        let named = given.iter().filter_map(|(name, value)| {
            let field = style(name).or_else(|| style(&format!("style.{name}")))?;
            Some((field, value))
        });
        let changed: Map<_, _> = named
            .filter(|(field, value)| !looks_same(field, known(field.name), value))
            .map(|(field, value)| (field.name.to_owned(), value.clone()))
            .collect();
        (!changed.is_empty()).then_some(changed)
    }

    fn new_section(&mut self, section: &Section, place: SectionPlace) -> String {
        let name = (self.new_id)();
        let columns: Vec<_> = (0..section.columns.len().max(1)).map(|_| json!({ "id": (self.new_id)(), "blocks": [] })).collect();
        let mut members = Map::from_iter([("id".to_owned(), json!(name)), ("columns".to_owned(), json!(columns))]);
        if let Some(styles) = self.styles(&section.attributes, &Value::Null) {
            members.insert("styles".to_owned(), styles.into());
        }
        if let Some((_, role)) = section.attributes.iter().find(|(name, value)| name == ROLE.name && !value.is_null()) {
            members.insert(ROLE.name.to_owned(), role.clone());
        }
        self.push(section.line, Edit::InsertSection { section: members, place });
        name
    }

    /// Where the blocks of a column belong.
    fn home(&mut self, section: &Section, column: &Column, home: &Option<String>, index: usize) -> Result<Home, Fault> {
        let Some(name) = home else { return Ok(Home::default()) };
        let is_new = section.id.is_none();
        let column = match (&column.id, is_new) {
            (Some(_), true) => return Err(fault(column.line, "a column does not leave its section.")),
            (Some(meant), false) => {
                let found = self.claim(column.line, meant)?;
                let at = parts::find_section(self.tree, name).unwrap_or_default();
                parts::end_of_column(self.tree, found, Some(at)).ok_or_else(|| fault(column.line, "this section has no such column."))?;
                Some(found.to_owned())
            }
            (None, false) if !column.implied => {
                return Err(fault(
                    column.line,
                    "a new column comes with a new section: begin one with ::section, and its columns with ::column.",
                ));
            }
            (None, false) => None,
            (None, true) => self.new_column(name, index),
        };
        Ok(Home { section: Some(name.clone()), column })
    }

    /// The id of a column of a section that the document makes.
    fn new_column(&self, section: &str, index: usize) -> Option<String> {
        self.steps.iter().find_map(|step| match &step.edit {
            Edit::InsertSection { section: made, .. } if made.get("id").is_some_and(|id| id == section) => {
                Some(made.get("columns")?.get(index)?.get("id")?.as_str()?.to_owned())
            }
            _ => None,
        })
    }

    fn blocks(&mut self, column: &Column, home: &Home, gone: &Gone) -> Result<(), Fault> {
        let mut found: Vec<Option<(&'a str, Spot)>> = Vec::with_capacity(column.blocks.len());
        for part in &column.blocks {
            let name = part.id.as_deref().map(|meant| self.claim(part.line, meant)).transpose()?;
            let spot = name.map(|name| {
                let spot = parts::find_block(self.tree, name).ok_or_else(|| fault(part.line, "this is the id of no block."))?;
                Ok((name, spot))
            });
            found.push(spot.transpose()?);
        }
        let stays = |spot: &Spot| {
            let section = &self.tree[spot.section];
            home.section.as_deref().is_none_or(|section_id| section_id == id(section))
                && home.column.as_deref().is_none_or(|column| parts::columns(section).get(spot.column).is_some_and(|one| id(one) == column))
        };
        let staying: Vec<_> = found.iter().flatten().filter(|(_, spot)| stays(spot)).map(|(_, spot)| *spot).collect();
        let is_sorted = home.section.is_none() || staying.is_sorted_by_key(|spot| (spot.section, spot.column, spot.block));
        let moves: Vec<bool> = found.iter().map(|one| one.is_some_and(|(_, spot)| !is_sorted || !stays(&spot))).collect();
        let mut behind: Option<String> = None;
        for (index, part) in column.blocks.iter().enumerate() {
            let next = || (index..found.len()).filter(|at| !moves[*at]).find_map(|at| found[at].map(|(name, _)| name.to_owned()));
            let to = || BlockPlace {
                before: if behind.is_none() { next() } else { None },
                after: behind.clone(),
                section: home.section.clone(),
                column: home.column.clone(),
            };
            let name = match found[index] {
                Some((name, spot)) => {
                    if moves[index] && (behind.is_some() || !stays(&spot)) {
                        let to = to();
                        self.push(part.line, Edit::MoveBlock { id: name.to_owned(), to });
                    }
                    self.update(part, &spot, gone)?;
                    name.to_owned()
                }
                None => {
                    let (to, name) = (to(), (self.new_id)());
                    let block = self.new_block(part, &name)?;
                    self.push(part.line, Edit::InsertBlock { block, to });
                    name
                }
            };
            behind = Some(name);
        }
        Ok(())
    }

    fn new_block(&self, part: &Part, name: &str) -> Result<Map<String, Value>, Fault> {
        let Some(block) = part.block else { return Err(fault(part.line, "a locked block is not made here.")) };
        let given = part.fields.iter().filter(|(_, value)| !value.is_null());
        let mut data: Map<_, _> = given.map(|(field, value)| (field.name.to_owned(), items::as_change(field, value, self.shown))).collect();
        if let Some((field, fields)) = items_of(block)
            && let Some(all) = items::merged(fields, &[], (&part.items, &HashSet::new()), self.shown)?
        {
            data.insert(field.name.to_owned(), all);
        }
        let mut members =
            Map::from_iter([("id".to_owned(), json!(name)), ("type".to_owned(), json!(block.name)), ("data".to_owned(), data.into())]);
        if let Some(styles) = self.styles(&part.styles, &Value::Null) {
            members.insert("styles".to_owned(), styles.into());
        }
        Ok(members)
    }

    /// What a block says that it has not said before.
    fn update(&mut self, part: &Part, spot: &Spot, gone: &Gone) -> Result<(), Fault> {
        let Some(stored) = parts::block(self.tree, spot) else { return Ok(()) };
        let Some(block) = part.block else {
            return if writable(stored).is_none() { Ok(()) } else { Err(fault(part.line, "this block is not locked; write its type.")) };
        };
        let Some((known, data)) = writable(stored) else { return Err(fault(part.line, "this block is locked: it stays as it is.")) };
        if known != block {
            return Err(fault(part.line, format!("this block is a {}; a {} is a new block, without an id.", known.name, block.name)));
        }
        let mut changes = items::changes(&part.fields, data, self.shown);
        if let Some((field, fields)) = items_of(block) {
            let held = data.get(field.name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            if let Some(all) = items::merged(fields, held, (&part.items, &gone.of_block(id(stored))), self.shown)? {
                changes.insert(field.name.to_owned(), all);
            }
        }
        let styles = self.styles(&part.styles, stored);
        if !changes.is_empty() || styles.is_some() {
            let data = (!changes.is_empty()).then_some(changes);
            self.push(part.line, Edit::UpdateBlock { id: id(stored).to_owned(), data, styles });
        }
        Ok(())
    }

    /// What goes, last: until then others may stand beside it.
    fn deleted(&mut self, gone: &Gone) -> Result<(), Fault> {
        for (block, items) in gone.items.iter().filter(|(block, _)| !self.seen.contains(block.as_str())) {
            let stored = parts::find_block(self.tree, block).and_then(|spot| parts::block(self.tree, &spot)).and_then(writable);
            let Some((known, data)) = stored else { continue };
            if let Some((field, fields)) = items_of(known) {
                let stored = data.get(field.name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                if let Some(all) = items::merged(fields, stored, (&[], items), self.shown)? {
                    let data = Some(Map::from_iter([(field.name.to_owned(), all)]));
                    self.steps.push(PlannedEdit { line: 0, edit: Edit::UpdateBlock { id: block.clone(), data, styles: None } });
                }
            }
        }
        let named = gone.blocks.iter().chain(&gone.sections).find(|id| self.seen.contains(id.as_str()));
        if let Some(both) = named {
            return Err(Fault::new("delete", "conflict", format!("{both} stands in the document and in delete.")));
        }
        gone.blocks.iter().for_each(|id| self.steps.push(PlannedEdit { line: 0, edit: Edit::DeleteBlock { id: id.clone() } }));
        gone.sections.iter().for_each(|id| self.steps.push(PlannedEdit { line: 0, edit: Edit::DeleteSection { id: id.clone() } }));
        Ok(())
    }
}

/// The item with an id of which this is the begin, and its block; none where there is none.
///
/// # Errors
/// The fault of an id that several items have.
pub(super) fn item_of<'t>(tree: &'t [Value], meant: &str) -> Result<Option<(&'t str, &'t str)>, Fault> {
    let blocks = tree.iter().flat_map(parts::columns).flat_map(parts::blocks);
    let held = |block: &'t Value| {
        let items = writable(block).and_then(|(known, data)| data.get(items_of(known)?.0.name)?.as_array());
        items.into_iter().flatten().map(move |item| (id(block), id(item)))
    };
    let all: Vec<_> = blocks.flat_map(held).collect();
    match Ids::new(all.iter().map(|(_, item)| *item)).find("id", meant) {
        Err(missing) if missing.code == MISSING => Ok(None),
        found => {
            let found = found?;
            let mut of = all.into_iter().filter(|(_, item)| *item == found);
            match (of.next(), of.next()) {
                (one, None) => Ok(one),
                _ => Err(Fault::new("id", "ambiguous", format!("Several blocks have an item with the id {meant:?}; name the block, too."))),
            }
        }
    }
}
