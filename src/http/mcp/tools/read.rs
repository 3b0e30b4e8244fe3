//! One entry is read, as a document.

use crate::{
    domain::{Result, content::document::ShownLocales, error::Fault},
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        language::language,
        render::{self, ContentView, content, fields, head, room},
        tool::Tool,
    },
    service::{agent::entry, content::checked::locales},
};

/// Reads an entry.
pub static READ_ENTRY: Tool = Tool::reads(
    "read_entry",
    "Read an entry",
    "Read an entry in one language as a document: lines `::type id` begin blocks, their text stands below; `%%` lines are remarks, such as texts \
     that lack in this language. Ids may be shortened to what is shown. `outline` shows only how each block begins.",
    &[
        Argument::new("id", Holds::Text, "").required(),
        Argument::new("locale", Holds::Text, "Default: the project's."),
        Argument::new("second_locale", Holds::Text, "Also show this language, to translate from."),
        Argument::new("outline", Holds::Flag, ""),
        Argument::new("blocks", Holds::Texts, "Only these blocks."),
        Argument::new("version", Holds::Number(i64::MAX), "As it was in this version."),
        Argument::new("cursor", Holds::Text, "Where an answer ended."),
    ],
    read,
)
.always();

fn read(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let project = invocation.project()?;
    let arguments = invocation.arguments;
    let found = entry::read(invocation.tx, &invocation.actor, (project.org, project.id), invocation.id()?, arguments.number("version"))?;
    let (locale, second) = (language(&project, arguments.text("locale"), "locale")?, arguments.text("second_locale"));
    let second = second.map(|tag| language(&project, Some(tag), "second_locale")).transpose()?;
    let from = arguments.text("cursor").map(|cursor| cursor.parse::<usize>());
    let from = from.transpose().map_err(|_| Fault::new("cursor", "malformed", "cursor must be what the answer before said."))?;
    let version = found.version.as_ref().map_or(found.entry.version, |version| version.version);
    let mut stored = head(&found.entry, version, locale);
    if from.is_none() && arguments.texts("blocks").is_empty() {
        stored.push_str(&fields(&found.entry, locale)?);
    }
    let shown = ShownLocales { locale, second, locales: locales(&project) };
    let blocks = arguments.texts("blocks");
    let wanted = ContentView { outline: arguments.flag("outline"), blocks: &blocks, from: from.unwrap_or_default() };
    let (text, next) = content(&found.entry, &shown, &wanted, room(&stored))?;
    stored.push_str(&text);
    let shares: Vec<_> =
        render::shares(&found.entry, &project).iter().map(|share| format!("{} {}/{}", share.tag, share.written, share.of)).collect();
    let mut answer = ToolAnswer::new(format!("Texts written by language: {}.", shares.join(", "))).show(stored);
    if let Some(next) = next {
        answer = answer.say(format!("The content goes on: the same with cursor {next}."));
    }
    if let Some(version) = &found.version {
        answer = answer
            .say(format!("This is version {} of {}; now it is version {}.", version.version, version.created_at, found.entry.version));
    }
    Ok(answer)
}
