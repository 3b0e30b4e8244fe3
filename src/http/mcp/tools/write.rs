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
        invocation::Invocation,
        report::{about, conflicts, differences, standing, undo},
        tool::Tool,
    },
    service::{
        agent::entry,
        content::document::{self, EditOutcome, EditPlan, EditRequest, How},
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
pub static EDIT_TEXT: Tool = Tool::edits(
    "edit_text",
    "Edit text",
    "The default way to change or translate text: replace pieces of texts in one language. All ids and all other languages stay.",
    &[ID, VERSION, LOCALE, Argument::new("edits", Holds::Objects(EDIT, 100), "").required(), LIVE],
    |arguments| {
        let edit = |one: &Arguments| {
            let text = |name: &str| one.text(name).map(str::to_owned);
            TextEdit {
                block: text("block"),
                field: text("field"),
                old: text("old").unwrap_or_default(),
                new: text("new").unwrap_or_default(),
            }
        };
        let edits = arguments.objects("edits").iter().map(edit).collect();
        Ok(EditRequest::Texts(edits))
    },
)
.always();

/// Writes a document over an entry.
pub static WRITE_DOCUMENT: Tool = Tool::edits(
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
    |arguments| Ok(EditRequest::Document(arguments.text("markdown").unwrap_or_default().to_owned(), arguments.texts("delete"))),
);

/// Changes blocks one by one.
pub static EDIT_BLOCKS: Tool = Tool::edits(
    "edit_blocks",
    "Edit blocks",
    "Insert, update, move and delete blocks, sections and items by their ids, in order; all or nothing.",
    &[ID, VERSION, LOCALE, Argument::new("ops", Holds::Objects(OPERATION, 100), "").required(), LIVE],
    |arguments| {
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
        let operations = arguments.objects("ops").iter().map(operation).collect();
        Ok(EditRequest::Blocks(operations))
    },
);

/// Changes fields.
pub static UPDATE_ENTRY: Tool = Tool::edits(
    "update_entry",
    "Update fields",
    "Change fields of an entry that are not its content, such as title, slug, seo, tags: a text is in `locale`, or a map by language; null takes it away.",
    &[ID, VERSION, LOCALE, Argument::new("fields", Holds::Object, "").required(), LIVE],
    |arguments| {
        let fields = arguments.object("fields").cloned().unwrap_or_default();
        let elsewhere = [("status", "publish, unpublish"), ("content", "edit_text, write_document or edit_blocks")];
        let mut faults = Faults::default();
        for (name, tools) in elsewhere.iter().filter(|(name, _)| fields.contains_key(*name)) {
            faults.add(format!("fields.{name}"), "read_only", format!("{name} is changed by {tools}."));
        }
        faults.into_result()?;
        Ok(EditRequest::Fields(fields))
    },
);

fn how(arguments: &Arguments) -> How<'_> {
    let seen = arguments.number("version").unwrap_or_default();
    How { seen, locale: arguments.text("locale"), live: arguments.flag("live") }
}

/// Works out what becomes of the entry.
///
/// # Errors
/// Those of [`document::plan_change`].
pub fn plan_change(invocation: &mut Invocation<'_, '_>, asked: &EditRequest) -> Result<EditPlan> {
    let (at, id) = (invocation.at()?, invocation.id()?);
    document::plan_change(invocation.tx, &invocation.actor, at, id, asked, how(invocation.arguments))
}

/// Changes the entry, and tells what is different.
///
/// # Errors
/// Those of [`document::change`].
pub fn change(invocation: &mut Invocation<'_, '_>, asked: &EditRequest, plan: Option<&EditPlan>) -> Result<ToolAnswer> {
    let (at, id) = (invocation.at()?, invocation.id()?);
    let how = how(invocation.arguments);
    let done = match document::change(invocation.tx, &invocation.actor, at, id, (asked, plan), how)? {
        EditOutcome::Changed(done) => done,
        EditOutcome::Open(open) => {
            let now = entry::read(invocation.tx, &invocation.actor, at, id, None)?.entry.version;
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
    answer = answer.say(standing(invocation, done.at, &done.after)?);
    let back = match asked {
        EditRequest::Fields(_) => undo(invocation, "update_entry", about(&done.after, json!({ "fields": done.undo }))),
        _ => {
            let mut back = json!({ "id": done.after.id, "version": done.before.version });
            if done.after.is_public() {
                back["live"] = true.into();
            }
            undo(invocation, "restore", back)
        }
    };
    Ok(answer.back(back))
}
