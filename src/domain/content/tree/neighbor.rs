//! One place up or down: where a block or a section goes that somebody moves without dragging it.

use serde_json::Value;

use super::{
    change::{BlockPlace, SectionPlace},
    parts::{self, blocks, columns, id},
};

/// Towards the beginning, or the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The beginning.
    Up,
    /// The end.
    Down,
}

/// Where a block goes that moves one place: past its neighbor, or out of its column into the one before or behind. None at the ends.
pub fn block(sections: &[Value], wanted: &str, to: Direction) -> Option<BlockPlace> {
    let spot = parts::find_block(sections, wanted)?;
    let own = columns(sections.get(spot.section)?).get(spot.column)?;
    let neighbor = |at: Option<usize>| at.and_then(|at| blocks(own).get(at)).map(|block| id(block).to_owned());
    let past = match to {
        Direction::Up => BlockPlace { before: neighbor(spot.block.checked_sub(1)), ..BlockPlace::default() },
        Direction::Down => BlockPlace { after: neighbor(Some(spot.block + 1)), ..BlockPlace::default() },
    };
    if past != BlockPlace::default() {
        return Some(past);
    }
    let all: Vec<&Value> = sections.iter().flat_map(columns).collect();
    let here = all.iter().position(|column| id(column) == id(own))?;
    let next = match to {
        Direction::Up => all.get(here.checked_sub(1)?)?,
        Direction::Down => all.get(here + 1)?,
    };
    match (to, blocks(next).first()) {
        (Direction::Down, Some(first)) => Some(BlockPlace { before: Some(id(first).to_owned()), ..BlockPlace::default() }),
        _ => Some(BlockPlace { column: Some(id(next).to_owned()), ..BlockPlace::default() }),
    }
}

/// Where a section goes that moves one place. None at the ends.
pub fn section(sections: &[Value], wanted: &str, to: Direction) -> Option<SectionPlace> {
    let here = parts::find_section(sections, wanted)?;
    Some(match to {
        Direction::Up => SectionPlace { before: Some(id(sections.get(here.checked_sub(1)?)?).to_owned()), after: None },
        Direction::Down => SectionPlace { after: Some(id(sections.get(here + 1)?).to_owned()), before: None },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_block_goes_past_its_neighbor_then_into_the_next_column() {
        let column = |id: &str, blocks: &[&str]| json!({"id": id, "blocks": blocks.iter().map(|id| json!({"id": id})).collect::<Vec<_>>()});
        let tree = [
            json!({"id": "a", "columns": [column("a1", &["x", "y"]), column("a2", &[])]}),
            json!({"id": "b", "columns": [column("b1", &["z"])]}),
        ];
        let place = |name: &str, id: &str| {
            let id = Some(id.to_owned());
            match name {
                "before" => BlockPlace { before: id, ..BlockPlace::default() },
                "after" => BlockPlace { after: id, ..BlockPlace::default() },
                _ => BlockPlace { column: id, ..BlockPlace::default() },
            }
        };
        assert_eq!(block(&tree, "y", Direction::Up), Some(place("before", "x")));
        assert_eq!(block(&tree, "x", Direction::Down), Some(place("after", "y")));
        assert_eq!(block(&tree, "y", Direction::Down), Some(place("column", "a2")));
        assert_eq!(block(&tree, "z", Direction::Up), Some(place("column", "a2")));
        assert_eq!((block(&tree, "x", Direction::Up), block(&tree, "z", Direction::Down)), (None, None));
        assert_eq!(section(&tree, "b", Direction::Up), Some(SectionPlace { before: Some("a".into()), after: None }));
        assert_eq!((section(&tree, "a", Direction::Up), section(&tree, "b", Direction::Down)), (None, None));
    }
}
