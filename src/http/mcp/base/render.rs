//! Entries in words: one line in a list, and their content as a document, a part at a time.

use crate::{
    domain::{
        Result,
        content::{
            Entry,
            document::{Piece, ShownLocales, pieces},
            languages::{Share, Written},
        },
        error::Fault,
        project::project::Project,
        text::one_line,
    },
    service::content::checked::locales,
};

use super::answer::STORED_MAX;

/// Most characters of a name in a line.
const NAME_MAX: usize = 120;

/// The first line of a document: which entry this is, and which of it.
pub fn head(entry: &Entry, version: i64, locale: &str) -> String {
    let slug = entry.path().map(|path| format!(" {path}")).unwrap_or_default();
    let kind = entry.kind.content_type;
    format!("id: {} | {kind}{slug} | {} | version {version} | {locale}\n", entry.id, state(entry))
}

/// Who may see it.
pub fn state(entry: &Entry) -> &'static str {
    if entry.kind.has_status() { entry.told_status().word() } else { "always public" }
}

/// The line of an entry in a list; stored text.
pub fn line(entry: &Entry, shares: &[Share]) -> String {
    let slug = entry.path().map(|path| format!(" | {path}")).unwrap_or_default();
    let languages: Vec<_> = shares.iter().map(share).collect();
    let languages = if languages.is_empty() { String::new() } else { format!(" | {}", languages.join(", ")) };
    let name = short(&entry.name, NAME_MAX);
    format!("- {} | {} | {}{slug} | version {} | {}{languages}", entry.id, name, state(entry), entry.version, entry.updated_at)
}

/// How complete a language is.
fn share(share: &Share) -> String {
    match (share.written, share.missing()) {
        (0, _) => format!("{} none", share.tag),
        (_, 0) => share.tag.clone(),
        (written, _) => format!("{} {written} of {}", share.tag, share.of),
    }
}

/// A text on one line, of at most so many characters.
pub fn short(text: &str, most: usize) -> String {
    let line = one_line(text);
    let line = line.trim();
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}

/// What is shown of the content of an entry.
#[derive(Debug, Default)]
pub struct ContentView<'a> {
    /// Only the first signs of each block.
    pub outline: bool,
    /// Only these blocks; all when empty.
    pub blocks: &'a [String],
    /// From this block on, counted from 0.
    pub from: usize,
}

/// Signs of a block in an outline.
const OUTLINE: usize = 100;

/// The content as a document, as much as fits; and where it goes on, if it does.
///
/// # Errors
/// The fault of a block that there is not; internal, when the content is no JSON.
pub fn content(entry: &Entry, shown: &ShownLocales<'_>, wanted: &ContentView<'_>, room: usize) -> Result<(String, Option<usize>)> {
    let tree: Vec<serde_json::Value> = entry.tree()?;
    let mut all = pieces(&tree, shown);
    if !wanted.blocks.is_empty() {
        let ids = crate::domain::content::document::Ids::new(all.iter().map(|piece| piece.id.as_str()));
        let named = wanted.blocks.iter().map(|meant| ids.find("blocks", meant).map(str::to_owned));
        let named = named.collect::<std::result::Result<Vec<_>, Fault>>()?;
        all.retain(|piece| named.contains(&piece.id));
    }
    let (mut out, mut section, mut column) = (String::new(), "", "");
    for (at, piece) in all.iter().enumerate().skip(wanted.from) {
        let mut text = String::new();
        if piece.section != section {
            text.push_str(&piece.section);
            column = "";
        }
        if piece.column != column {
            text.push_str(&piece.column);
        }
        text.push_str(&if wanted.outline { outlined(piece) } else { piece.text.clone() });
        if at > wanted.from && out.chars().count() + text.chars().count() > room {
            return Ok((out, Some(at)));
        }
        out.push_str(&text);
        (section, column) = (&piece.section, &piece.column);
    }
    Ok((out, None))
}

fn outlined(piece: &Piece) -> String {
    let (line, rest) = piece.text.split_once('\n').unwrap_or((&piece.text, ""));
    let kind = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    if kind.is_empty() { String::new() } else { format!("{kind} %% {}\n", short(rest, OUTLINE)) }
}

/// The fields of an entry, each language of which is one line, for the reader alone: `update_entry` changes them.
///
/// # Errors
/// Internal, when the stored fields are no JSON.
pub fn fields(entry: &Entry, locale: &str) -> Result<String> {
    let mut out = String::new();
    let all = entry.writable()?;
    for field in entry.kind.fields.iter().filter(|field| field.on_update) {
        let value = all.get(field.name).unwrap_or(&serde_json::Value::Null);
        let told = match value {
            serde_json::Value::Object(map) if field.localized() => map.get(locale).cloned().unwrap_or_default(),
            other => other.clone(),
        };
        if !told.is_null() && told != serde_json::json!({}) && told != serde_json::json!([]) {
            out.push_str(&format!(
                "%% {}: {}\n",
                field.name,
                short(&told.as_str().map_or_else(|| told.to_string(), str::to_owned), OUTLINE * 5)
            ));
        }
    }
    Ok(out)
}

/// How complete an entry that was read is in each language of its project.
pub fn shares(entry: &Entry, project: &Project) -> Vec<Share> {
    Written::parse(&entry.written).shares(&locales(project))
}

/// Characters of stored text that fit into an answer beside what was written already.
pub fn room(written: &str) -> usize {
    STORED_MAX.saturating_sub(written.chars().count())
}
