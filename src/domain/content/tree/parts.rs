//! The parts of a stored tree: found by their ids, taken out and put in.

use serde_json::{Map, Value, json};

use super::change::Edited;

/// Where a block is: the indices of its section, of its column there, and its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Of the section.
    pub section: usize,
    /// Of the column there.
    pub column: usize,
    /// Of the block there.
    pub block: usize,
}

/// The columns of a section.
pub fn columns(section: &Value) -> &[Value] {
    section.get("columns").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The blocks of a column.
pub fn blocks(column: &Value) -> &[Value] {
    column.get("blocks").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The id of a part; empty for one without.
pub fn id(part: &Value) -> &str {
    part.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// Every id of the tree.
pub fn ids(sections: &[Value]) -> impl Iterator<Item = &str> {
    let columns_of = |section| columns(section).iter().flat_map(|column| std::iter::once(column).chain(blocks(column)));
    sections.iter().flat_map(move |section| std::iter::once(section).chain(columns_of(section))).map(id)
}

/// The index of a section.
pub fn find_section(sections: &[Value], wanted: &str) -> Option<usize> {
    sections.iter().position(|section| id(section) == wanted)
}

/// Where a block is.
pub fn find_block(sections: &[Value], wanted: &str) -> Option<Spot> {
    sections.iter().enumerate().find_map(|(section, of)| {
        columns(of).iter().enumerate().find_map(|(column, of)| {
            let block = blocks(of).iter().position(|block| id(block) == wanted)?;
            Some(Spot { section, column, block })
        })
    })
}

/// Behind the last block of a column, which may have to be in one section.
pub fn end_of_column(sections: &[Value], wanted: &str, within: Option<usize>) -> Option<Spot> {
    sections.iter().enumerate().filter(|(at, _)| within.is_none_or(|within| within == *at)).find_map(|(section, of)| {
        let column = columns(of).iter().position(|column| id(column) == wanted)?;
        Some(Spot { section, column, block: blocks(&columns(of)[column]).len() })
    })
}

/// Behind the last block of the last column of a section.
pub fn end_of_section(sections: &[Value], section: usize) -> Spot {
    let all = sections.get(section).map_or(&[][..], columns);
    Spot { section, column: all.len().saturating_sub(1), block: all.last().map_or(0, |column| blocks(column).len()) }
}

/// The block at a place.
pub fn block<'t>(sections: &'t [Value], spot: &Spot) -> Option<&'t Value> {
    blocks(columns(sections.get(spot.section)?).get(spot.column)?).get(spot.block)
}

/// The members of the block at a place.
pub fn block_mut<'t>(sections: &'t mut [Value], spot: &Spot) -> Option<&'t mut Map<String, Value>> {
    blocks_mut(sections, spot)?.get_mut(spot.block)?.as_object_mut()
}

fn items<'t>(part: &'t mut Value, name: &str) -> Option<&'t mut Vec<Value>> {
    part.as_object_mut()?.entry(name).or_insert_with(|| json!([])).as_array_mut()
}

fn blocks_mut<'t>(sections: &'t mut [Value], spot: &Spot) -> Option<&'t mut Vec<Value>> {
    items(items(sections.get_mut(spot.section)?, "columns")?.get_mut(spot.column)?, "blocks")
}

/// Puts a block in at a place.
pub fn insert(sections: &mut [Value], spot: &Spot, block: Value) {
    if let Some(blocks) = blocks_mut(sections, spot) {
        blocks.insert(spot.block.min(blocks.len()), block);
    }
}

/// Takes the block at a place out.
pub fn remove(sections: &mut [Value], spot: &Spot) -> Option<Value> {
    let blocks = blocks_mut(sections, spot)?;
    (spot.block < blocks.len()).then(|| blocks.remove(spot.block))
}

/// Takes the column of a place out if it is empty, and then its section; which went.
pub fn prune(sections: &mut Vec<Value>, spot: &Spot) -> Edited {
    let mut removed = Edited::default();
    let Some(section) = sections.get_mut(spot.section) else { return removed };
    if let Some(columns) = items(section, "columns")
        && columns.get(spot.column).is_some_and(|column| blocks(column).is_empty())
    {
        removed.column_removed = Some(id(&columns.remove(spot.column)).to_owned());
    }
    if removed.column_removed.is_some() && columns(section).is_empty() {
        removed.section_removed = Some(id(&sections.remove(spot.section)).to_owned());
    }
    removed
}

/// Puts a column behind the last one of a section.
pub fn push_column(section: &mut Value, column: Value) {
    if let Some(columns) = items(section, "columns") {
        columns.push(column);
    }
}

/// Takes the column of a place out, and its section if that has no other; the column, and the section that went.
pub fn remove_column(sections: &mut Vec<Value>, spot: &Spot) -> (Value, Option<String>) {
    let Some(section) = sections.get_mut(spot.section) else { return (Value::Null, None) };
    let column = items(section, "columns").map(|columns| columns.remove(spot.column)).unwrap_or_default();
    let is_empty = columns(section).is_empty();
    let gone = is_empty.then(|| id(&sections.remove(spot.section)).to_owned());
    (column, gone)
}

/// Where the block at a place is, in ids.
pub fn around(sections: &[Value], spot: &Spot) -> Edited {
    let section = sections.get(spot.section);
    let column = section.and_then(|section| columns(section).get(spot.column));
    Edited {
        section: section.map(|section| id(section).to_owned()),
        column: column.map(|column| id(column).to_owned()),
        position: Some(spot.block),
        ..Edited::default()
    }
}
