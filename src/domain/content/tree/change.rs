//! A change of a tree as data, and what it has done.

use serde_json::{Map, Value};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A new section; without columns it gets an empty one.
    InsertSection {
        /// What it holds.
        section: Map<String, Value>,
        /// Where it goes; to the end when neither is given.
        place: SectionPlace,
    },
    /// Members of a section, `null` takes one away; its styles are merged.
    UpdateSection {
        /// The section.
        id: String,
        /// All but `id`, `type` and `columns`.
        patch: Map<String, Value>,
    },
    /// A section goes elsewhere.
    MoveSection {
        /// The section.
        id: String,
        /// Where it goes.
        place: SectionPlace,
    },
    /// A section goes, with all that it holds.
    DeleteSection {
        /// The section.
        id: String,
    },
    /// A new, empty column at the end of a section.
    InsertColumn {
        /// The section.
        section: String,
    },
    /// A column goes, with all that it holds; with the last one its section.
    DeleteColumn {
        /// The column.
        id: String,
    },
    /// A new block.
    InsertBlock {
        /// Its `type`, `data` and `styles`.
        block: Map<String, Value>,
        /// Where it goes; to the end of the last column when nothing is given.
        to: BlockPlace,
    },
    /// Data and styles of a block: merged field by field, and by language; `null` takes a field away.
    UpdateBlock {
        /// The block.
        id: String,
        /// New data.
        data: Option<Map<String, Value>>,
        /// New styles.
        styles: Option<Map<String, Value>>,
    },
    /// A block goes elsewhere.
    MoveBlock {
        /// The block.
        id: String,
        /// Where it goes.
        to: BlockPlace,
    },
    /// A block goes.
    DeleteBlock {
        /// The block.
        id: String,
    },
}

/// Where a section goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionPlace {
    /// Behind this section.
    pub after: Option<String>,
    /// Before this one.
    pub before: Option<String>,
}

/// Where a block goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockPlace {
    /// Behind this block.
    pub after: Option<String>,
    /// Before this one.
    pub before: Option<String>,
    /// To the end of a column of this section: of its last one, unless the column is named.
    pub section: Option<String>,
    /// To the end of this column.
    pub column: Option<String>,
}

/// What a change has done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edited {
    /// The section or block, as it is now or as it was.
    pub part: Value,
    /// The section that holds a block.
    pub section: Option<String>,
    /// The column that holds a block.
    pub column: Option<String>,
    /// Its place among its siblings, from 0.
    pub position: Option<usize>,
    /// The column that went because it was empty.
    pub column_removed: Option<String>,
    /// The section that went because it was empty.
    pub section_removed: Option<String>,
}
