//! A document as it was written: read, each fault with its line.

use crate::domain::{
    content::{
        Field,
        block::Block,
        blocks::{BLOCKS, of_type, styles::STYLES},
    },
    error::Fault,
};

use super::{
    attribute::{next, value},
    boundary::unfenced,
    line::{fault, is_sign, label},
    shape::{Column, Document, Head, Item, Part, Section, body_of, is_text, items_of, labels_of, plain},
    show::ROLE,
};

/// Most characters of a document that is written.
const LONGEST: usize = 50_000;

/// The block that text without one becomes.
const TEXT: &str = "text";

/// Reads a document.
///
/// # Errors
/// The first fault, which names its line.
pub fn parse(text: &str) -> Result<Document, Fault> {
    if text.chars().count() > LONGEST {
        let message = format!("A document that is written has at most {LONGEST} characters: send some of its blocks at a time.");
        return Err(Fault::new("markdown", "too_long", message));
    }
    let (text, before) = unfenced(text);
    let mut reader = LineReader { document: Document::default(), open: Open::Nothing };
    for (at, line) in text.lines().enumerate() {
        reader.line(before + at + 1, line)?;
    }
    reader.close();
    Ok(reader.document)
}

/// The text that lines go on with.
enum Open {
    Nothing,
    /// The body of the last block.
    Body(&'static Field, Vec<String>),
    /// A named text of the last block, or of its last item.
    Label(&'static Field, Vec<String>),
}

struct LineReader {
    document: Document,
    open: Open,
}

impl LineReader {
    fn line(&mut self, at: usize, line: &str) -> Result<(), Fault> {
        if line.starts_with("%%") {
            return Ok(());
        }
        if let Some(rest) = line.strip_prefix("::") {
            self.close();
            return self.directive(at, rest);
        }
        if self.document.sections.is_empty() && self.document.head.is_none() {
            if line.trim().is_empty() {
                return Ok(());
            }
            if let Some(head) = head(line) {
                self.document.head = Some(head);
                return Ok(());
            }
        }
        self.content(at, line)
    }

    /// A line that begins with `::`.
    fn directive(&mut self, at: usize, rest: &str) -> Result<(), Fault> {
        let (name, mut rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        match name {
            "section" => {
                let id = own_id(&mut rest, at)?;
                let mut section = Section { id, line: at, ..Section::default() };
                while let Some((name, raw)) = next(&mut rest, at)? {
                    let field = if name == ROLE.name { Some(ROLE) } else { style(name).copied() };
                    let (Some(field), Some(raw)) = (field, raw) else { return Err(unknown(at, "a section", name)) };
                    section.attributes.push((name.to_owned(), value(Some(&field), raw)));
                }
                self.document.sections.push(section);
            }
            "column" => {
                let id = own_id(&mut rest, at)?;
                if let Some((name, _)) = next(&mut rest, at)? {
                    return Err(unknown(at, "a column", name));
                }
                self.section(at).columns.push(Column { id, line: at, ..Column::default() });
            }
            "locked" => {
                let id = own_id(&mut rest, at)?;
                if id.is_none() {
                    return Err(fault(at, "a block of an unknown type is not made here; send its id to keep or to move it."));
                }
                let part = Part { id, line: at, block: None, fields: Vec::new(), styles: Vec::new(), items: Vec::new() };
                self.column(at).blocks.push(part);
            }
            name => {
                let part = block(at, name, rest)?;
                self.column(at).blocks.push(part);
            }
        }
        Ok(())
    }

    /// A line of a text, or of an item.
    fn content(&mut self, at: usize, line: &str) -> Result<(), Fault> {
        let is_empty =
            self.document.sections.last().and_then(|section| section.columns.last()).is_none_or(|column| column.blocks.is_empty());
        if is_empty {
            if line.trim().is_empty() {
                return Ok(());
            }
            let part = block(at, TEXT, "")?;
            self.column(at).blocks.push(part);
        }
        let part = self.column(at).blocks.last_mut();
        let Some(block) = part.and_then(|part| part.block) else {
            return if line.trim().is_empty() { Ok(()) } else { Err(fault(at, "a locked block holds nothing that can be written.")) };
        };
        if let Some(text) = line.strip_prefix('\\') {
            return self.body(at, block, text);
        }
        if let Some((_, fields)) = items_of(block) {
            if let Some(rest) = line.strip_prefix("- ").or((line == "-").then_some("")) {
                self.close();
                return self.item(at, fields, rest);
            }
            if self.column(at).blocks.last().is_some_and(|part| !part.items.is_empty()) {
                return self.in_item(at, fields, line);
            }
        }
        if let Some((field, rest)) = label(labels_of(block.fields), line) {
            self.close();
            let lines = vec![rest.to_owned()];
            self.open = if body_of(block) == Some(field) { Open::Body(field, lines) } else { Open::Label(field, lines) };
            return Ok(());
        }
        if let Open::Label(_, lines) = &mut self.open {
            if line.trim().is_empty() {
                lines.push(String::new());
                return Ok(());
            }
            if let Some(rest) = line.strip_prefix("  ") {
                lines.push(rest.to_owned());
                return Ok(());
            }
        }
        self.body(at, block, line)
    }

    /// A line of the text that a block is for.
    fn body(&mut self, at: usize, block: &'static Block, line: &str) -> Result<(), Fault> {
        if let Open::Body(_, lines) = &mut self.open {
            lines.push(line.to_owned());
            return Ok(());
        }
        if line.trim().is_empty() {
            return Ok(());
        }
        let names = labels_of(block.fields).map(|field| format!("`{}:`", field.name)).collect::<Vec<_>>();
        let Some(field) = body_of(block) else {
            let how = match (items_of(block), names.is_empty()) {
                (Some(_), _) => "its items begin with `- `".to_owned(),
                (None, true) => "it has no text".to_owned(),
                (None, false) => format!("its texts stand behind {}", names.join(", ")),
            };
            return Err(fault(at, format!("a {} block has no text of its own: {how}.", block.name)));
        };
        self.close();
        if self.column(at).blocks.last().is_some_and(|part| part.fields.iter().any(|(had, _)| *had == field)) {
            return Err(fault(
                at,
                format!("the text of this {} block ended above; indent what goes on with a named text by two blanks.", block.name),
            ));
        }
        self.open = Open::Body(field, vec![line.to_owned()]);
        Ok(())
    }

    /// A line that begins an item.
    fn item(&mut self, at: usize, fields: &'static [Field], rest: &str) -> Result<(), Fault> {
        let mut item = Item { line: at, ..Item::default() };
        let mut rest = rest.trim_start();
        if label(labels_of(fields), rest).is_none() {
            let mut ahead = rest;
            if let Some((word, None)) = next(&mut ahead, at)? {
                item.id = Some(word.to_owned());
                rest = ahead.trim_start();
            }
        }
        while !rest.is_empty() && label(labels_of(fields), rest).is_none() {
            let Some((name, raw)) = next(&mut rest, at)? else { break };
            let field = fields.iter().find(|field| field.name == name && !is_text(field));
            let (Some(field), Some(raw)) = (field, raw) else {
                let names: Vec<_> = labels_of(fields).map(|field| format!("`{}:`", field.name)).collect();
                return Err(fault(at, format!("{name:?} is nothing that an item has here; its texts stand behind {}.", names.join(", "))));
            };
            item.fields.push((field, value(Some(field), raw)));
            rest = rest.trim_start();
        }
        if let Some((field, first)) = label(labels_of(fields), rest) {
            self.open = Open::Label(field, vec![first.to_owned()]);
        }
        if let Some(part) = self.column(at).blocks.last_mut() {
            part.items.push(item);
        }
        Ok(())
    }

    /// A line behind one that begins an item.
    fn in_item(&mut self, at: usize, fields: &'static [Field], line: &str) -> Result<(), Fault> {
        if let (Some(rest), Open::Label(_, lines)) = (line.strip_prefix("    "), &mut self.open) {
            lines.push(rest.to_owned());
            return Ok(());
        }
        if line.trim().is_empty() {
            if let Open::Label(_, lines) = &mut self.open {
                lines.push(String::new());
            }
            return Ok(());
        }
        let Some(rest) = line.strip_prefix("  ") else {
            return Err(fault(
                at,
                "what belongs to an item is indented: its named texts by two blanks, the lines that go on with them by four.",
            ));
        };
        if rest.starts_with("%%") {
            return Ok(());
        }
        let Some((field, first)) = label(labels_of(fields), rest) else {
            return Err(fault(at, "an item goes on with one of its named texts, or, indented by four blanks, with the text above."));
        };
        self.close();
        self.open = Open::Label(field, vec![first.to_owned()]);
        Ok(())
    }

    /// The text that is open is whole.
    fn close(&mut self) {
        let (field, lines) = match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => return,
            Open::Body(field, lines) | Open::Label(field, lines) => (field, lines),
        };
        let Some(part) = self.column(0).blocks.last_mut() else { return };
        let fields = part.items.last_mut().map_or(&mut part.fields, |item| &mut item.fields);
        let text = plain(&lines.join("\n"));
        fields.push((field, if text.is_empty() { serde_json::Value::Null } else { text.into() }));
    }

    /// The section that is open; a new one where none is.
    fn section(&mut self, line: usize) -> &mut Section {
        if self.document.sections.is_empty() {
            self.document.sections.push(Section { line, implied: true, ..Section::default() });
        }
        let last = self.document.sections.len() - 1;
        &mut self.document.sections[last]
    }

    fn column(&mut self, line: usize) -> &mut Column {
        let section = self.section(line);
        if section.columns.is_empty() {
            section.columns.push(Column { line, implied: true, ..Column::default() });
        }
        let last = section.columns.len() - 1;
        &mut section.columns[last]
    }
}

/// The first line of a document, if it is one.
fn head(line: &str) -> Option<Head> {
    let mut words = line.strip_prefix("id:")?.split('|').map(str::trim);
    let id = words.next()?.to_owned();
    let locale = words.next_back().map(str::to_owned);
    Some(Head { id, locale })
}

/// The id behind the word of a line, if the next word is one.
fn own_id(rest: &mut &str, at: usize) -> Result<Option<String>, Fault> {
    let mut ahead = *rest;
    match next(&mut ahead, at)? {
        Some((word, None)) => {
            *rest = ahead;
            Ok(Some(word.to_owned()))
        }
        _ => Ok(None),
    }
}

/// A style by its name in a line: `style.width`.
pub(super) fn style(name: &str) -> Option<&'static Field> {
    let name = name.strip_prefix("style.")?;
    STYLES.iter().find(|field| field.name == name)
}

/// The line of a block.
fn block(at: usize, name: &str, mut rest: &str) -> Result<Part, Fault> {
    let block = of_type(name).ok_or_else(|| {
        let known: Vec<_> = BLOCKS.iter().map(|block| block.name).collect();
        let how = if is_sign(name) { " Begin a line of content with \\ where it would begin with a sign." } else { "" };
        fault(at, format!("there is no block {name:?}; there are {}.{how}", known.join(", ")))
    })?;
    let id = own_id(&mut rest, at)?;
    let mut part = Part { id, line: at, block: Some(block), fields: Vec::new(), styles: Vec::new(), items: Vec::new() };
    while let Some((name, raw)) = next(&mut rest, at)? {
        let what = || format!("a {} block", block.name);
        let Some(raw) = raw else { return Err(unknown(at, &what(), name)) };
        if let Some(field) = style(name) {
            part.styles.push((field.name.to_owned(), value(Some(field), raw)));
            continue;
        }
        let field =
            block.field(name).filter(|field| super::show::items_field(field).is_none()).ok_or_else(|| unknown(at, &what(), name))?;
        part.fields.push((field, value(Some(field), raw)));
    }
    Ok(part)
}

fn unknown(at: usize, what: &str, name: &str) -> Fault {
    fault(at, format!("{name:?} is nothing that {what} has on its line; text stands on the lines below."))
}
