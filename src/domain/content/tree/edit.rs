//! Changes of a tree by the ids of its sections and blocks. Only what a change names is touched; a column, and then a section, that is
//! left without blocks goes with the last one.

use serde_json::{Map, Value, json};

use crate::domain::{
    Error, Result,
    content::{
        Context, Kind,
        block::{self, UnknownBlocks},
        blocks::{self, styles},
        path::Path,
    },
    error::Faults,
    id::uuid,
};

use super::{
    change::{BlockPlace, Edit, Edited, SectionPlace},
    check::{BLOCKS_IN_ALL, BLOCKS_MAX, BYTES_MAX, COLUMNS_MAX, Check, SECTIONS_MAX},
    parts::{self, Spot},
};

/// Makes one change to the content of an entry of this kind, and tells what it did.
///
/// # Errors
/// [`Error::NotFound`] for an id that the change is about, and all faults of what it gives; the tree may be half-changed then.
pub fn apply(kind: &'static Kind, sections: &mut Vec<Value>, edit: &Edit, context: &Context) -> Result<Edited> {
    let mut faults = Faults::default();
    let done = Editor { kind, sections, context, faults: &mut faults }.apply(edit)?;
    within_limits(sections, &mut faults);
    faults.into_result()?;
    Ok(done)
}

/// Refuses a tree that has too many parts.
///
/// # Errors
/// The faults of `content`.
pub fn within(sections: &[Value]) -> Result<()> {
    let mut faults = Faults::default();
    within_limits(sections, &mut faults);
    faults.into_result()
}

fn within_limits(sections: &[Value], faults: &mut Faults) {
    let path = Path::root("content");
    if sections.len() > SECTIONS_MAX {
        faults.push(path.fault("too_many", format_args!("must have at most {SECTIONS_MAX} sections")));
    }
    let columns = || sections.iter().flat_map(parts::columns);
    if columns().any(|column| parts::blocks(column).len() > BLOCKS_MAX) {
        faults.push(path.fault("too_many", format_args!("must have at most {BLOCKS_MAX} blocks in a column")));
    }
    if columns().map(|column| parts::blocks(column).len()).sum::<usize>() > BLOCKS_IN_ALL {
        faults.push(path.fault("too_many", format_args!("must have at most {BLOCKS_IN_ALL} blocks in all")));
    }
}

/// Refuses a tree whose text is too long.
///
/// # Errors
/// The fault of `content`.
pub fn fits(text: &str) -> Result<()> {
    if text.len() <= BYTES_MAX {
        return Ok(());
    }
    Err(Error::from(Path::root("content").fault("too_large", format_args!("must have at most {BYTES_MAX} bytes"))))
}

struct Editor<'a> {
    kind: &'static Kind,
    sections: &'a mut Vec<Value>,
    context: &'a Context<'a>,
    faults: &'a mut Faults,
}

impl Editor<'_> {
    fn apply(&mut self, edit: &Edit) -> Result<Edited> {
        match edit {
            Edit::InsertSection { section, place } => self.insert_section(section.clone(), place),
            Edit::UpdateSection { id, patch } => self.update_section(id, patch.clone()),
            Edit::MoveSection { id, place } => self.move_section(id, place),
            Edit::DeleteSection { id } => {
                let at = self.section(id)?;
                Ok(Edited { part: self.sections.remove(at), ..Edited::default() })
            }
            Edit::InsertColumn { section } => self.insert_column(section),
            Edit::DeleteColumn { id } => self.delete_column(id),
            Edit::InsertBlock { block, to } => self.insert_block(block.clone(), to),
            Edit::UpdateBlock { id, data, styles } => self.update_block(id, data.clone(), styles.clone()),
            Edit::MoveBlock { id, to } => self.move_block(id, to),
            Edit::DeleteBlock { id } => {
                let spot = self.block(id)?;
                let (part, removed) = self.take(&spot);
                Ok(Edited { part, ..removed })
            }
        }
    }

    fn insert_section(&mut self, section: Map<String, Value>, place: &SectionPlace) -> Result<Edited> {
        let mut section = Value::Object(section);
        self.check_part("section", &mut section, |check, path, part| check.section(path, part))?;
        let at = self.place(place)?.unwrap_or(self.sections.len());
        self.sections.insert(at, section.clone());
        Ok(Edited { part: section, position: Some(at), ..Edited::default() })
    }

    fn update_section(&mut self, id: &str, mut patch: Map<String, Value>) -> Result<Edited> {
        let at = self.section(id)?;
        let path = Path::root("patch");
        for name in ["id", "type", "columns"] {
            if patch.contains_key(name) {
                self.faults.push(path.key(name).fault("read_only", "cannot be changed"));
            }
        }
        Check::new(self.kind, self.context, self.faults).plain(&path, &Value::Object(patch.clone()), 2);
        self.stop()?;
        let Some(section) = self.sections[at].as_object_mut() else { return Err(Error::NotFound("section")) };
        if let Some(styles) = patch.shift_remove("styles") {
            write_styles(section, styles, &path.key("styles"), self.context, self.faults);
        }
        for (name, value) in patch {
            match value {
                Value::Null => drop(section.shift_remove(&name)),
                value => drop(section.insert(name, value)),
            }
        }
        self.stop()?;
        Ok(Edited { part: self.sections[at].clone(), position: Some(at), ..Edited::default() })
    }

    fn move_section(&mut self, id: &str, place: &SectionPlace) -> Result<Edited> {
        let from = self.section(id)?;
        let to = self.place(place)?.unwrap_or(self.sections.len());
        let section = self.sections.remove(from);
        let to = if to > from { to - 1 } else { to };
        self.sections.insert(to, section.clone());
        Ok(Edited { part: section, position: Some(to), ..Edited::default() })
    }

    fn insert_column(&mut self, section: &str) -> Result<Edited> {
        let at = self.section(section)?;
        let position = parts::columns(&self.sections[at]).len();
        if position >= COLUMNS_MAX {
            return Err(Error::from(Path::root("columns").fault("too_many", format_args!("must have at most {COLUMNS_MAX} items"))));
        }
        let column = json!({"id": uuid(self.context.now, self.context.entropy).to_string(), "blocks": []});
        parts::push_column(&mut self.sections[at], column.clone());
        Ok(Edited { part: column, section: Some(section.to_owned()), position: Some(position), ..Edited::default() })
    }

    fn delete_column(&mut self, id: &str) -> Result<Edited> {
        let spot = parts::end_of_column(self.sections, id, None).ok_or(Error::NotFound("column"))?;
        let (part, section_removed) = parts::remove_column(self.sections, &spot);
        Ok(Edited { part, section_removed, ..Edited::default() })
    }

    fn insert_block(&mut self, block: Map<String, Value>, to: &BlockPlace) -> Result<Edited> {
        let mut block = Value::Object(block);
        self.check_part("block", &mut block, |check, path, part| check.block(path, part))?;
        let spot = self.block_place(to)?;
        Ok(self.put(&spot, block))
    }

    fn update_block(&mut self, id: &str, data: Option<Map<String, Value>>, styles: Option<Map<String, Value>>) -> Result<Edited> {
        let spot = self.block(id)?;
        let given = json!({"data": data, "styles": styles});
        for name in ["data", "styles"] {
            Check::new(self.kind, self.context, self.faults).plain(&Path::root(name), &given[name], 2);
        }
        self.stop()?;
        let Some(block) = parts::block_mut(self.sections, &spot) else { return Err(Error::NotFound("block")) };
        let name = block.get("type").and_then(Value::as_str).unwrap_or_default();
        let Some(known) = blocks::of_type(name) else {
            return Err(Error::from(Path::root("blockId").fault("unknown_block", "is a block of an unknown type, which is locked")));
        };
        if let Some(data) = data {
            let slot = block.entry("data").or_insert_with(|| json!({}));
            if !slot.is_object() {
                *slot = json!({});
            }
            if let Some(stored) = slot.as_object_mut() {
                block::write(known, (stored, data), &Path::root("data"), self.context, self.faults);
            }
        }
        if let Some(styles) = styles {
            write_styles(block, Value::Object(styles), &Path::root("styles"), self.context, self.faults);
        }
        let part = Value::Object(block.clone());
        self.stop()?;
        Ok(Edited { part, ..parts::around(self.sections, &spot) })
    }

    fn move_block(&mut self, id: &str, to: &BlockPlace) -> Result<Edited> {
        let from = self.block(id)?;
        if [&to.after, &to.before].into_iter().any(|anchor| anchor.as_deref() == Some(id)) {
            return Ok(Edited {
                part: parts::block(self.sections, &from).cloned().unwrap_or_default(),
                ..parts::around(self.sections, &from)
            });
        }
        let mut target = self.block_place(to)?;
        let Some(block) = parts::remove(self.sections, &from) else { return Err(Error::NotFound("block")) };
        if (target.section, target.column) == (from.section, from.column) && target.block > from.block {
            target.block -= 1;
        }
        let moved = self.put(&target, block);
        let removed = parts::prune(self.sections, &from);
        // What went may have been before it.
        let now = parts::find_block(self.sections, id).map(|spot| parts::around(self.sections, &spot)).unwrap_or_default();
        Ok(Edited { part: moved.part, column_removed: removed.column_removed, section_removed: removed.section_removed, ..now })
    }

    fn take(&mut self, spot: &Spot) -> (Value, Edited) {
        let part = parts::remove(self.sections, spot).unwrap_or_default();
        (part, parts::prune(self.sections, spot))
    }

    fn put(&mut self, spot: &Spot, block: Value) -> Edited {
        parts::insert(self.sections, spot, block.clone());
        Edited { part: block, ..parts::around(self.sections, spot) }
    }

    /// Checks a new part as a body is; its ids must be new.
    fn check_part(&mut self, name: &str, part: &mut Value, check: impl Fn(&mut Check<'_>, &Path, &mut Value)) -> Result<()> {
        let path = Path::root(name);
        let mut checker = Check::new(self.kind, self.context, self.faults);
        checker.ids = parts::ids(self.sections).map(str::to_owned).collect();
        if checker.plain(&path, part, 2) {
            check(&mut checker, &path, part);
        }
        self.stop()
    }

    /// Ends with the faults so far.
    fn stop(&mut self) -> Result<()> {
        std::mem::take(self.faults).into_result()
    }

    fn section(&self, id: &str) -> Result<usize> {
        parts::find_section(self.sections, id).ok_or(Error::NotFound("section"))
    }

    fn block(&self, id: &str) -> Result<Spot> {
        parts::find_block(self.sections, id).ok_or(Error::NotFound("block"))
    }

    /// The index that a section is to have, before it is taken from where it is.
    fn place(&mut self, place: &SectionPlace) -> Result<Option<usize>> {
        let find = |id: &str| parts::find_section(self.sections, id);
        anchored(&place.after, &place.before, ["afterSectionId", "beforeSectionId"], find, |at| at + 1)
    }

    /// Where a block is to be, before it is taken from where it is.
    fn block_place(&mut self, to: &BlockPlace) -> Result<Spot> {
        let find = |id: &str| parts::find_block(self.sections, id);
        let behind = |spot: Spot| Spot { block: spot.block + 1, ..spot };
        if let Some(spot) = anchored(&to.after, &to.before, ["afterBlockId", "beforeBlockId"], find, behind)? {
            return Ok(spot);
        }
        if let Some(column) = &to.column {
            let within =
                to.section.as_deref().map(|id| absent("intoSectionId", "section", parts::find_section(self.sections, id))).transpose()?;
            return absent("columnId", "column", parts::end_of_column(self.sections, column, within));
        }
        if let Some(section) = &to.section {
            let at = absent("intoSectionId", "section", parts::find_section(self.sections, section))?;
            return Ok(parts::end_of_section(self.sections, at));
        }
        if self.sections.is_empty() {
            self.insert_section(Map::new(), &SectionPlace::default())?;
        }
        Ok(parts::end_of_section(self.sections, self.sections.len() - 1))
    }
}

/// What one of two anchors says; both together say nothing.
fn anchored<T>(
    after: &Option<String>,
    before: &Option<String>,
    names: [&'static str; 2],
    find: impl Fn(&str) -> Option<T>,
    behind: impl Fn(T) -> T,
) -> Result<Option<T>> {
    let noun = if names[0].contains("Block") { "block" } else { "section" };
    match (after, before) {
        (Some(_), Some(_)) => {
            Err(Error::from(Path::root(names[1]).fault("conflict", format_args!("must not be given together with {}", names[0]))))
        }
        (Some(id), None) => absent(names[0], noun, find(id)).map(|at| Some(behind(at))),
        (None, Some(id)) => absent(names[1], noun, find(id)).map(Some),
        (None, None) => Ok(None),
    }
}

fn absent<T>(field: &str, noun: &str, found: Option<T>) -> Result<T> {
    found.ok_or_else(|| Error::from(Path::root(field).fault("not_found", format_args!("names no {noun} of this content"))))
}

fn write_styles(part: &mut Map<String, Value>, styles: Value, path: &Path, context: &Context, faults: &mut Faults) {
    let Value::Object(styles) = styles else { return faults.push(path.wrong_type("an object")) };
    let had = part.contains_key("styles");
    let slot = part.entry("styles").or_insert_with(|| json!({}));
    let Some(stored) = slot.as_object_mut() else { return faults.push(path.wrong_type("an object")) };
    if context.unknown_blocks == UnknownBlocks::Keep {
        for (name, value) in styles {
            if value.is_null() { drop(stored.shift_remove(&name)) } else { drop(stored.insert(name, value)) }
        }
    } else {
        styles::write((stored, styles), path, context, faults);
    }
    if !had && stored.is_empty() {
        part.shift_remove("styles");
    }
}
