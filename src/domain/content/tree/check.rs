//! A new tree, or a new part of one: each part gets an id if it lacks one, and a block holds what its type allows.
//!
//! Keys of sections and columns that are not named here are kept as they are, as are blocks of unknown types where the project says so.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::domain::{
    error::{Fault, Faults},
    id::uuid,
};

use crate::domain::content::{
    Context, Kind,
    block::{self, UnknownBlocks},
    blocks::{self, styles},
    locale,
    path::Path,
    value::is_id,
};

/// Most sections of an entry.
pub(in crate::domain::content) const SECTIONS_MAX: usize = 200;
/// Most columns of a section.
pub(in crate::domain::content) const COLUMNS_MAX: usize = 12;
/// Most blocks of a column.
pub(in crate::domain::content) const BLOCKS_MAX: usize = 500;
/// Most blocks of an entry.
pub(super) const BLOCKS_IN_ALL: usize = 2_000;
/// Deepest nesting, the array of sections included.
const DEPTH_MAX: usize = 32;
/// Most bytes of a tree as JSON text.
pub(in crate::domain::content) const BYTES_MAX: usize = 1 << 20;

/// Pattern of a type.
pub(in crate::domain::content) const TYPE_PATTERN: &str = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";

/// Checks a tree for an entry of this kind, completes it, and returns its JSON text.
pub(in crate::domain::content) fn check(
    kind: &'static Kind,
    path: &Path,
    mut sections: Vec<Value>,
    context: &Context,
    faults: &mut Faults,
) -> Option<String> {
    if sections.len() > SECTIONS_MAX {
        return faults.keep(Err(path.fault("too_many", format_args!("must have at most {SECTIONS_MAX} sections"))));
    }
    let before = faults.0.len();
    let mut check = Check::new(kind, context, faults);
    for (index, section) in sections.iter_mut().enumerate() {
        let here = path.at(index);
        if check.plain(&here, section, 2) {
            check.section(&here, section);
        }
    }
    if check.blocks > BLOCKS_IN_ALL {
        check.fail(path.fault("too_many", format_args!("must have at most {BLOCKS_IN_ALL} blocks in all")));
    }
    let text = Value::Array(sections).to_string();
    if text.len() > BYTES_MAX {
        faults.push(path.fault("too_large", format_args!("must have at most {BYTES_MAX} bytes")));
    }
    (faults.0.len() == before).then_some(text)
}

/// What is checked, and what was found so far.
pub(super) struct Check<'a> {
    kind: &'static Kind,
    context: &'a Context<'a>,
    faults: &'a mut Faults,
    /// The ids that are taken.
    pub(super) ids: HashSet<String>,
    blocks: usize,
}

impl<'a> Check<'a> {
    pub(super) fn new(kind: &'static Kind, context: &'a Context<'a>, faults: &'a mut Faults) -> Self {
        Self { kind, context, faults, ids: HashSet::new(), blocks: 0 }
    }

    fn fail(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// No NUL in any text, and no nesting beyond the limit. Notes the first fault only: nothing deeper is looked at.
    pub(super) fn plain(&mut self, path: &Path, value: &Value, depth: usize) -> bool {
        let fault = first_fault(path, value, depth);
        let good = fault.is_none();
        fault.into_iter().for_each(|fault| self.faults.push(fault));
        good
    }

    pub(super) fn section(&mut self, path: &Path, section: &mut Value) {
        let Some(section) = self.object(path, section) else { return };
        self.id(path, section);
        self.word(path, section, false);
        self.styles(path, section);
        let Some(columns) = self.items(path, section, "columns", COLUMNS_MAX) else { return };
        if columns.is_empty() {
            columns.push(json!({}));
        }
        let path = path.key("columns");
        for (index, column) in columns.iter_mut().enumerate() {
            self.column(&path.at(index), column);
        }
    }

    fn column(&mut self, path: &Path, column: &mut Value) {
        let Some(column) = self.object(path, column) else { return };
        self.id(path, column);
        self.styles(path, column);
        let Some(blocks) = self.items(path, column, "blocks", BLOCKS_MAX) else { return };
        self.blocks += blocks.len();
        let path = path.key("blocks");
        for (index, block) in blocks.iter_mut().enumerate() {
            self.block(&path.at(index), block);
        }
    }

    pub(super) fn block(&mut self, path: &Path, block: &mut Value) {
        let Some(block) = self.object(path, block) else { return };
        self.id(path, block);
        let named = self.word(path, block, true);
        self.styles(path, block);
        block.entry("data").or_insert_with(|| json!({}));
        if block.get("data").is_some_and(|data| !data.is_object()) {
            self.fail(path.key("data").wrong_type("an object"));
        }
        let Some(name) = block.get("type").and_then(Value::as_str).filter(|_| named).map(str::to_owned) else { return };
        match blocks::of_type(&name) {
            Some(known) if known.stands_in(self.kind) => {
                let path = path.key("data");
                if let Some(data) = block.get_mut("data").and_then(Value::as_object_mut) {
                    let new = std::mem::take(data);
                    block::write(known, (data, new), &path, self.context, self.faults);
                }
            }
            Some(_) => self.fail(path.key("type").fault("misplaced_block", format_args!("must not be in a {}", self.kind.noun))),
            None if self.context.unknown_blocks == UnknownBlocks::Refuse => {
                self.fail(path.key("type").fault("unknown_block", "is not a type of block that is known here"));
            }
            None => {
                if let (Some(tag), Some(data)) = (self.context.locale, block.get_mut("data")) {
                    locale::spread_tree(data, tag);
                }
            }
        }
    }

    /// The `styles`, unless they are of a project that keeps what is unknown.
    pub(super) fn styles(&mut self, path: &Path, part: &mut Map<String, Value>) {
        let path = path.key("styles");
        match part.get_mut("styles") {
            Some(Value::Object(styles)) if self.context.unknown_blocks == UnknownBlocks::Refuse => {
                let new = std::mem::take(styles);
                styles::write((styles, new), &path, self.context, self.faults);
            }
            None | Some(Value::Object(_)) => {}
            Some(_) => self.fail(path.wrong_type("an object")),
        }
    }

    fn object<'v>(&mut self, path: &Path, value: &'v mut Value) -> Option<&'v mut Map<String, Value>> {
        self.faults.keep(value.as_object_mut().ok_or_else(|| path.wrong_type("an object")))
    }

    /// The array under `name`, made when it is missing.
    fn items<'v>(&mut self, path: &Path, parent: &'v mut Map<String, Value>, name: &str, max: usize) -> Option<&'v mut Vec<Value>> {
        let path = path.key(name);
        let items = parent.entry(name).or_insert_with(|| json!([])).as_array_mut().ok_or_else(|| path.wrong_type("an array"));
        let items = items.and_then(|items| {
            if items.len() > max { Err(path.fault("too_many", format_args!("must have at most {max} items"))) } else { Ok(items) }
        });
        self.faults.keep(items)
    }

    /// Keeps a good id, makes a missing one.
    fn id(&mut self, path: &Path, parent: &mut Map<String, Value>) {
        let path = path.key("id");
        let fault = match parent.get("id") {
            None => {
                let id = uuid(self.context.now, self.context.entropy).to_string();
                parent.shift_insert(0, "id".to_owned(), Value::String(id));
                return;
            }
            Some(Value::String(id)) if !is_id(id) => path.fault("malformed", "must have 1 to 64 letters, digits, - or _"),
            Some(Value::String(id)) if self.ids.contains(id) => path.fault("duplicate", "is used twice in this content"),
            Some(Value::String(id)) => {
                self.ids.insert(id.clone());
                return;
            }
            Some(_) => path.wrong_type("text"),
        };
        self.fail(fault);
    }

    /// Whether the `type`, which a block must have and a section may have, is well-formed.
    fn word(&mut self, path: &Path, parent: &Map<String, Value>, required: bool) -> bool {
        let path = path.key("type");
        let fault = match parent.get("type") {
            Some(Value::String(word)) if is_id(word) && word.starts_with(|c: char| c.is_ascii_alphabetic()) => return true,
            Some(Value::String(_)) => path.fault("malformed", "must begin with a letter and have at most 64 letters, digits, - or _"),
            Some(_) => path.wrong_type("text"),
            None if required => path.fault("required", "is required"),
            None => return true,
        };
        self.fail(fault);
        false
    }
}

fn first_fault(path: &Path, value: &Value, depth: usize) -> Option<Fault> {
    let nul = |text: &str| text.contains('\0').then(|| path.fault("control_character", "must not contain NUL characters"));
    match value {
        Value::Array(_) | Value::Object(_) if depth > DEPTH_MAX => {
            Some(path.fault("too_deep", format_args!("lies deeper than {DEPTH_MAX} levels")))
        }
        Value::Array(items) => items.iter().enumerate().find_map(|(index, item)| first_fault(&path.at(index), item, depth + 1)),
        Value::Object(map) => map.iter().find_map(|(key, member)| nul(key).or_else(|| first_fault(&path.key(key), member, depth + 1))),
        Value::String(text) => nul(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::{
        kinds::website_page,
        samples::{codes, context},
    };

    fn run(content: Value) -> Result<Value, Faults> {
        let mut faults = Faults::default();
        let sections = content.as_array().expect("an array").clone();
        let text = check(&website_page::KIND, &Path::root("content"), sections, &context(), &mut faults);
        text.map(|text| serde_json::from_str(&text).expect("JSON")).ok_or(faults)
    }

    fn refused(content: Value) -> Vec<(String, &'static str)> {
        run(content).expect_err("a fault").0.into_iter().map(|fault| (fault.field, fault.code)).collect()
    }

    #[test]
    fn completes_what_is_missing_and_keeps_the_rest() {
        let content =
            json!([{"role": "hero"}, {"id": "s2", "columns": [{"blocks": [{"type": "text", "data": {"markdown": "x"}, "note": null}]}]}]);
        let tree = run(content).expect("good");
        assert_eq!(tree[0]["role"], "hero");
        assert_eq!(tree[0]["columns"][0]["blocks"], json!([]));
        assert_eq!(tree[1]["id"], "s2");
        let block = &tree[1]["columns"][0]["blocks"][0];
        assert_eq!((&block["data"], &block["note"]), (&json!({"markdown": "x"}), &json!(null)));
        let mut ids: Vec<_> =
            [&tree[0], &tree[0]["columns"][0], &tree[1]["columns"][0], block].map(|part| part["id"].as_str().expect("an id")).to_vec();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 4);
        assert_eq!(run(tree.clone()), Ok(tree));
    }

    #[test]
    fn names_the_place_of_each_fault() {
        let blocks = json!([{"type": "text", "data": []}, {"data": {}}, {"type": "1", "styles": 7}, "x"]);
        let content = json!([{"columns": [{"blocks": []}, {"blocks": blocks}]}, {"id": "", "columns": {}}, {"id": 7}]);
        let wanted = [
            ("content[0].columns[1].blocks[0].data", "wrong_type"),
            ("content[0].columns[1].blocks[1].type", "required"),
            ("content[0].columns[1].blocks[2].type", "malformed"),
            ("content[0].columns[1].blocks[2].styles", "wrong_type"),
            ("content[0].columns[1].blocks[3]", "wrong_type"),
            ("content[1].id", "malformed"),
            ("content[1].columns", "wrong_type"),
            ("content[2].id", "wrong_type"),
        ];
        assert_eq!(codes(&run(content).expect_err("faults")), wanted);
    }

    #[test]
    fn refuses_ids_used_twice() {
        let content = json!([{"id": "a", "columns": [{"id": "b", "blocks": [{"id": "a", "type": "divider"}]}]}]);
        assert_eq!(refused(content), [("content[0].columns[0].blocks[0].id".to_owned(), "duplicate")]);
    }

    #[test]
    fn refuses_nul_wherever_it_stands() {
        let block = |data: Value| json!([{"columns": [{"blocks": [{"type": "text", "data": data}]}]}]);
        assert_eq!(refused(block(json!({"a": ["x\0"]})))[0].0, "content[0].columns[0].blocks[0].data.a[0]");
        assert_eq!(refused(block(json!({"a\0": 1})))[0].1, "control_character");
    }

    #[test]
    fn has_limits() {
        let deep = (0..40).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(refused(json!([{ "x": deep }]))[0].1, "too_deep");
        let fits = (0..DEPTH_MAX - 2).fold(json!(1), |inner, _| json!([inner]));
        assert!(run(json!([{ "x": fits }])).is_ok());
        assert_eq!(refused(json!(vec![json!({}); SECTIONS_MAX + 1]))[0], ("content".to_owned(), "too_many"));
        assert!(run(json!(vec![json!({}); SECTIONS_MAX])).is_ok());
        let columns = json!([{ "columns": vec![json!({}); COLUMNS_MAX + 1] }]);
        assert_eq!(refused(columns)[0], ("content[0].columns".to_owned(), "too_many"));
        let blocks = |count: usize| json!({ "blocks": vec![json!({"type": "divider"}); count] });
        assert_eq!(refused(json!([{ "columns": [blocks(BLOCKS_MAX + 1)] }]))[0].0, "content[0].columns[0].blocks");
        assert_eq!(refused(json!([{ "columns": vec![blocks(BLOCKS_MAX); 5] }])), [("content".to_owned(), "too_many")]);
        assert_eq!(refused(json!([{ "text": "x".repeat(BYTES_MAX) }])), [("content".to_owned(), "too_large")]);
    }
}
