//! Texts, blocks and fields of an entry are changed.

use serde_json::json;

use crate::{
    domain::{
        Result,
        content::document::{Operation, TextEdit},
        error::Faults,
    },
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Arguments, Holds},
        told::{about, conflicts, differences, standing, undo},
        tool::Tool,
        turn::Turn,
    },
    service::{
        agent::entry,
        content::document::{self, EditRequest, How, Outcome},
    },
};

const ID: Argument = Argument::new("id", Holds::Text, "").required();
const VERSION: Argument = Argument::new("version", Holds::Number(i64::MAX), "The version that you read.").required();
const LOCALE: Argument = Argument::new("locale", Holds::Text, "Language of the texts; default: the project's.");
const LIVE: Argument = Argument::new("live", Holds::Flag, "Required to change what is public already.");

const EDIT: &[Argument] = &[
    Argument::new("block", Holds::Text, "Id of a block or of an item."),
    Argument::new("field", Holds::Text, "Name of the text; without a block one of the entry, such as title."),
    Argument::new("old", Holds::Text, "Exact text, which occurs once; empty where nothing is written yet in this language."),
    Argument::new("new", Holds::Text, "").required(),
];

const OPERATION: &[Argument] = &[
    Argument::new("op", Holds::Word(&["insert", "update", "move", "delete"]), "").required(),
    Argument::new("block", Holds::Text, "Id of the block, section or item."),
    Argument::new("type", Holds::Text, "Of a new block; `section` for a section."),
    Argument::new("data", Holds::Object, "What the block holds; null takes a field away, items left out stay. See describe_blocks."),
    Argument::new("styles", Holds::Object, ""),
    Argument::new("before", Holds::Text, "Id."),
    Argument::new("after", Holds::Text, "Id."),
    Argument::new("section", Holds::Text, "At the end of this section."),
    Argument::new("locale", Holds::Text, ""),
];

/// Replaces pieces of texts.
pub static EDIT_TEXT: Tool = Tool::writes(
    "edit_text",
    "Edit text",
    "The default way to change or translate text: replace pieces of texts in one language. All ids and all other languages stay.",
    &[ID, VERSION, LOCALE, Argument::new("edits", Holds::Objects(EDIT, 100), "").required(), LIVE],
    |turn| {
        let edit = |one: &Arguments| {
            let text = |name: &str| one.text(name).map(str::to_owned);
            TextEdit {
                block: text("block"),
                field: text("field"),
                old: text("old").unwrap_or_default(),
                new: text("new").unwrap_or_default(),
            }
        };
        let edits = turn.arguments.objects("edits").iter().map(edit).collect();
        run(turn, EditRequest::Texts(edits))
    },
)
.always();

/// Writes a document over an entry.
pub static WRITE_DOCUMENT: Tool = Tool::writes(
    "write_document",
    "Write a document",
    "Write content in one language as `read_entry` shows it, whole or some blocks of it. Unchanged is untouched, a block without id is new, what is \
     left out stays unless `delete` names it.",
    &[
        ID,
        VERSION,
        LOCALE,
        Argument::new("markdown", Holds::Text, "The document, at most 50,000 characters.").required(),
        Argument::new("delete", Holds::Texts, "Ids of sections, blocks and items that go."),
        LIVE,
    ],
    |turn| {
        let asked = EditRequest::Document(turn.arguments.text("markdown").unwrap_or_default().to_owned(), turn.arguments.texts("delete"));
        run(turn, asked)
    },
);

/// Changes blocks one by one.
pub static EDIT_BLOCKS: Tool = Tool::writes(
    "edit_blocks",
    "Edit blocks",
    "Insert, update, move and delete blocks, sections and items by their ids, in order; all or nothing.",
    &[ID, VERSION, LOCALE, Argument::new("ops", Holds::Objects(OPERATION, 100), "").required(), LIVE],
    |turn| {
        let operation = |one: &Arguments| {
            let text = |name: &str| one.text(name).map(str::to_owned);
            let operation = Operation {
                op: text("op").unwrap_or_default(),
                block: text("block"),
                kind: text("type"),
                data: one.object("data").cloned(),
                styles: one.object("styles").cloned(),
                before: text("before"),
                after: text("after"),
                section: text("section"),
            };
            (operation, text("locale"))
        };
        let operations = turn.arguments.objects("ops").iter().map(operation).collect();
        run(turn, EditRequest::Blocks(operations))
    },
);

/// Changes fields.
pub static UPDATE_ENTRY: Tool = Tool::writes(
    "update_entry",
    "Update fields",
    "Change fields of an entry that are not its content, such as title, slug, seo, tags: a text is in `locale`, or a map by language; null takes it away.",
    &[ID, VERSION, LOCALE, Argument::new("fields", Holds::Object, "").required(), LIVE],
    |turn| {
        let fields = turn.arguments.object("fields").cloned().unwrap_or_default();
        let elsewhere = [("status", "publish, unpublish"), ("content", "edit_text, write_document or edit_blocks")];
        let mut faults = Faults::default();
        for (name, tools) in elsewhere.iter().filter(|(name, _)| fields.contains_key(*name)) {
            faults.add(format!("fields.{name}"), "read_only", format!("{name} is changed by {tools}."));
        }
        faults.into_result()?;
        run(turn, EditRequest::Fields(fields))
    },
);

/// Changes the entry, and tells what is different.
fn run(turn: &mut Turn<'_, '_>, asked: EditRequest) -> Result<ToolAnswer> {
    let (at, id) = (turn.at()?, turn.id()?);
    let arguments = turn.arguments;
    let seen = arguments.number("version").unwrap_or_default();
    let how = How { seen, locale: arguments.text("locale"), live: arguments.flag("live") };
    let done = match document::change(turn.tx, &turn.actor, at, id, &asked, how)? {
        Outcome::Changed(done) => done,
        Outcome::Open(open) => {
            let now = entry::read(turn.tx, &turn.actor, at, id, None)?.entry.version;
            return Ok(conflicts(&open, now));
        }
    };
    let told = differences(&done.difference);
    if told.is_empty() {
        return Ok(ToolAnswer::new(format!("Nothing is different: the entry stays at version {}.", done.before.version)));
    }
    let mut answer = ToolAnswer::new("Changed:").show(told);
    if done.merged {
        answer = answer.say("Somebody else had changed the entry meanwhile; both changes are in it.");
    }
    answer = answer.say(standing(turn, done.at, &done.after)?);
    let back = match &asked {
        EditRequest::Fields(_) => undo(turn, "update_entry", about(&done.after, json!({ "fields": done.undo }))),
        _ => {
            let mut back = json!({ "id": done.after.id, "version": done.before.version });
            if done.after.is_public() {
                back["live"] = true.into();
            }
            undo(turn, "restore", back)
        }
    };
    Ok(answer.back(back))
}
