//! What a change has done, in words: what is different, the version, who sees it, and the call that takes it back.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::{
    domain::{
        Result,
        content::{
            Entry,
            version::difference::{Difference, FieldChange, WordChange, Words},
            working::decision::{Conflict, ConflictPlace},
        },
        id::AppPath,
    },
    service::content::front::preview,
};

use super::{
    answer::{STORED_MAX, ToolAnswer},
    invocation::Invocation,
    render::{short, state},
};

/// Most characters of one text in an answer.
const TEXT_MAX: usize = 1_200;
/// Characters of text that is the same, around what is different.
const AROUND: usize = 60;

/// What is different, one line for each text or block; stored text.
pub fn differences(difference: &Difference) -> String {
    let mut out = String::new();
    difference.fields.iter().for_each(|change| line(&mut out, "", change));
    for block in &difference.blocks {
        let moved = if block.moved && block.change.word() != "moved" { ", moved" } else { "" };
        let _ = writeln!(out, "{} {} {}: {}{moved}", block.level, block.word.as_deref().unwrap_or_default(), block.id, block.change.word());
        block.fields.iter().for_each(|change| line(&mut out, "  ", change));
        if out.chars().count() > STORED_MAX {
            out.truncate(out.char_indices().nth(STORED_MAX).map_or(out.len(), |(end, _)| end));
            out.push_str("\n...\n");
            break;
        }
    }
    out
}

fn line(out: &mut String, indent: &str, change: &FieldChange) {
    let locale = change.locale.as_deref().map(|tag| format!(" ({tag})")).unwrap_or_default();
    let told =
        if change.words.is_empty() { format!("{} -> {}", value(&change.before), value(&change.after)) } else { marked(&change.words) };
    let _ = writeln!(out, "{indent}{}{locale}: {told}", change.field.trim_start_matches("data."));
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => short(text, TEXT_MAX),
        other => short(&other.to_string(), TEXT_MAX),
    }
}

/// Words with what became of them: `[-gone-]` and `{+new+}`.
fn marked(words: &[Words]) -> String {
    let piece = |(at, one): (usize, &Words)| match one.change {
        WordChange::Removed => format!("[-{}-]", one.text),
        WordChange::Added => format!("{{+{}+}}", one.text),
        WordChange::Same => same(&one.text, at == 0, at + 1 == words.len()),
    };
    short(&words.iter().enumerate().map(piece).collect::<String>(), TEXT_MAX)
}

/// What is the same, but for what is far from anything different.
fn same(text: &str, is_first: bool, is_last: bool) -> String {
    let signs: Vec<char> = text.chars().collect();
    if signs.len() <= AROUND * 2 {
        return text.to_owned();
    }
    let (start, end): (String, String) = (signs[..AROUND].iter().collect(), signs[signs.len() - AROUND..].iter().collect());
    match (is_first, is_last) {
        (true, _) => format!("...{end}"),
        (_, true) => format!("{start}..."),
        _ => format!("{start} ... {end}"),
    }
}

/// The call that takes a change back, as an agent makes it: in the project that was named, if one was.
pub fn undo(invocation: &Invocation<'_, '_>, tool: &str, mut arguments: Value) -> String {
    if let Some(project) = invocation.arguments.text("project") {
        arguments["project"] = project.into();
    }
    format!("Undo: {tool} {arguments}")
}

/// The arguments of a call about the entry as it is now; those of what readers see say that this is known.
pub fn about(entry: &Entry, mut more: Value) -> Value {
    let mut arguments = json!({ "id": entry.id, "version": entry.version });
    if let (Some(all), Some(more)) = (arguments.as_object_mut(), more.as_object_mut()) {
        all.append(more);
    }
    if entry.is_public() {
        arguments["live"] = true.into();
    }
    arguments
}

/// Where an entry stands now: its version, who sees it, and a link that shows it.
///
/// # Errors
/// Those of the gate.
pub fn standing(invocation: &mut Invocation<'_, '_>, at: AppPath, entry: &Entry) -> Result<String> {
    let mut told = format!("Now: version {}, {}.", entry.version, state(entry));
    if let Some(moment) = entry.scheduled_at {
        let _ = write!(told, " It publishes itself at {moment}.");
    }
    if entry.kind.has_tree() && !invocation.dry {
        let link = preview::link(invocation.tx, &invocation.actor, at, (entry.kind, entry.id))?;
        let _ = write!(told, " Preview for an hour: {}/preview/{}", invocation.public_url(), link.token.reveal());
    }
    Ok(told)
}

/// Both texts of what two have changed; nothing was stored.
pub fn conflicts(open: &[Conflict], now: i64) -> ToolAnswer {
    let mut stored = String::new();
    for one in open.iter().take(10) {
        let _ = writeln!(
            stored,
            "{}\n  before: {}\n  yours: {}\n  theirs: {}",
            place(&one.place),
            value(&one.base),
            value(&one.mine),
            value(&one.theirs)
        );
    }
    ToolAnswer::refusal("Somebody else has changed the same since the version that you read. Nothing was changed.")
        .show(stored)
        .say(format!("Decide with your user, and send the change again with version {now}."))
}

fn place(place: &ConflictPlace) -> String {
    match place {
        ConflictPlace::Field { name, locale } => {
            format!("field {name}{}", locale.as_deref().map(|tag| format!(" ({tag})")).unwrap_or_default())
        }
        ConflictPlace::Part { id, path } => format!("{id} {}", path.join(".")),
        ConflictPlace::Block { id } => format!("block {id}"),
    }
}
