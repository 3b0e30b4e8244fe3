//! What content is made of: kinds, blocks, and how they may look.

use std::fmt::Write;

use crate::{
    domain::{
        Result,
        content::{
            Block, Field, FieldType, Kind, Shape,
            blocks::{BLOCKS, of_type, styles::STYLES},
            document::{body_of, labels_of},
        },
        error::Fault,
    },
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        tool::Tool,
    },
};

/// Tells what blocks there are.
pub static DESCRIBE_BLOCKS: Tool = Tool::reads(
    "describe_blocks",
    "Describe blocks and fields",
    "What blocks of these types hold, with an example of each; of all types but their names and fields. With a kind, the fields that update_entry changes.",
    &[Argument::new("kind", Holds::Kind, ""), Argument::new("types", Holds::Texts, "Such as heading, faq.")],
    describe,
);

fn describe(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let kinds = invocation.tx.kinds();
    let kind = invocation.arguments.kind(kinds)?;
    let named = invocation.arguments.texts("types");
    let blocks = named.iter().map(|name| {
        of_type(name).ok_or_else(|| {
            let known: Vec<_> = BLOCKS.iter().map(|block| block.name).collect();
            Fault::new("types", "unknown_block", format!("There is no block {name:?}; there are {}.", known.join(", ")))
        })
    });
    let blocks = blocks.collect::<std::result::Result<Vec<_>, Fault>>()?;
    let fits = |block: &&Block| kind.is_none_or(|kind| block.stands_in(kind));
    Ok(ToolAnswer::new(if blocks.is_empty() {
        palette(kind, BLOCKS.iter().copied().filter(fits))
    } else {
        palette(kind, blocks.into_iter()) + &examples(&named)
    }))
}

/// The fields of a kind, blocks with what they hold, and styles.
pub fn palette(kind: Option<&'static Kind>, blocks: impl Iterator<Item = &'static Block>) -> String {
    let mut out = String::new();
    if let Some(kind) = kind {
        let _ = writeln!(out, "Fields of {}, for update_entry:", kind.content_type);
        kind.fields.iter().filter(|field| field.on_update && field.holds != FieldType::Tree).for_each(|field| {
            let _ = writeln!(out, "- {}", field_text(field));
        });
        let content = if kind.has_tree() { "" } else { "It has no content." };
        let _ = writeln!(out, "{content}");
    }
    out.push_str("Blocks; (text) is per language, * is required, the text below a block is named first:\n");
    for block in blocks {
        let body = body_of(block);
        let rest = block.fields.iter().filter(|field| Some(*field) != body);
        let fields: Vec<_> = body.into_iter().chain(rest).map(field_text).collect();
        let _ = writeln!(out, "- {}: {}", block.name, if fields.is_empty() { "nothing".to_owned() } else { fields.join("; ") });
    }
    let styles: Vec<_> = STYLES.iter().map(field_text).collect();
    let _ = writeln!(out, "Styles of every block and section, `style.name=value` in a document: {}.", styles.join("; "));
    out
}

fn examples(names: &[String]) -> String {
    let known = names.iter().filter_map(|name| of_type(name));
    known.map(|block| format!("Example of the data of {}, for edit_blocks: {}\n", block.name, block.example)).collect()
}

/// A field with what it holds.
fn field_text(field: &Field) -> String {
    let star = if field.required { "*" } else { "" };
    let holds = match field.holds {
        FieldType::Localized { .. } | FieldType::LocalizedBlock { .. } | FieldType::LocalizedLink if field.markdown => {
            "(text) Markdown".to_owned()
        }
        FieldType::Localized { .. } => "(text) one line".to_owned(),
        FieldType::LocalizedBlock { .. } => "(text)".to_owned(),
        FieldType::LocalizedLink => "file: and an id, or an address, per language".to_owned(),
        FieldType::Line { .. } | FieldType::Block { .. } => "text".to_owned(),
        FieldType::Slug => "slug".to_owned(),
        FieldType::Status | FieldType::PlainStatus => "draft or published".to_owned(),
        FieldType::Bool => "true or false".to_owned(),
        FieldType::Id => "id".to_owned(),
        FieldType::Instant => "date".to_owned(),
        FieldType::Tags => "array of words".to_owned(),
        FieldType::Tree => "content".to_owned(),
        FieldType::Link => "address, path, or file: and an id".to_owned(),
        FieldType::Href => "address, path, or entry:, file:, dialog: and an id".to_owned(),
        FieldType::Color => "#rrggbb".to_owned(),
        FieldType::Integer { min, max } => format!("{min} to {max}"),
        FieldType::Number => "number".to_owned(),
        FieldType::Shaped(Shape::Pattern) => "regular expression".to_owned(),
        FieldType::Shaped(Shape::Day) => "day".to_owned(),
        FieldType::Shaped(Shape::Time) => "time".to_owned(),
        FieldType::Shaped(Shape::FileTypes) => "endings and types of files".to_owned(),
        FieldType::Origins => "array of origins".to_owned(),
        FieldType::Word(words) => words.join(" | "),
        FieldType::Reference(kind) => format!("id of a {kind}"),
        FieldType::References { of, .. } => format!("ids of {of}"),
        FieldType::App(app) => format!("id of an app for a {}", app.word()),
        FieldType::ContentType => "a kind".to_owned(),
        FieldType::Group(fields) => format!("{{{}}}", fields.iter().map(field_text).collect::<Vec<_>>().join("; ")),
        FieldType::Items { fields, max } => {
            let texts = labels_of(fields).count();
            let how = if texts > 0 { ", each `- ` with its id" } else { "" };
            format!("at most {max}{how}: {{{}}}", fields.iter().map(field_text).collect::<Vec<_>>().join("; "))
        }
    };
    format!("{}{star} {holds}", field.name)
}
