//! What the page of an entry shows of its content.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Result,
        content::{
            Block, Entry, Field, FieldType, Kind, Locales,
            blocks::{self, BLOCKS, form::groups::GROUPS, styles::STYLES},
            held_by,
            kinds::names::link_scheme,
            tree::{copied::Copied, parts},
            working::copy::WorkingCopy,
        },
        error::{Fault, Faults},
        form::definition::Definition,
        id::AppPath,
        time::Instant,
    },
    http::console::{
        base::{chrome::Chrome, form::Form, request::PageRequest},
        content::{
            choices,
            form::asked::{self, FieldExtras},
            inputs::{Input, Named},
        },
        file::{
            frame::{self, ShownFile},
            pick,
        },
    },
    service::content::{reference, working},
    store::Tx,
};

use super::{
    fields::{self, Piece, Tags},
    outline::{self, BlockLine, Section},
};

/// The content of an entry, as it is worked on.
pub struct Editor {
    pub outline: Vec<Section>,
    pub open: Option<Open>,
    /// Where a block is to be added: `column:` and its id, or `after:` and that of a block. Empty while none is.
    pub adding: String,
    /// The blocks that may be.
    pub offered: Vec<&'static Block>,
    pub can_undo: bool,
    /// What there is to paste.
    pub copied: Option<Copied>,
    /// When what is not saved was last kept.
    pub kept: Option<Instant>,
    /// Whether others have saved since that was begun.
    pub is_behind: bool,
    /// Until when it is kept, if others have and nobody goes on with it.
    pub kept_until: Option<Instant>,
    /// What a link may lead to: value and name.
    pub places: Vec<(String, String)>,
    /// The files that its inputs name, by what stands in them.
    pub files: HashMap<String, ShownFile>,
    /// The language beside that of the page.
    pub beside: Option<String>,
    /// What the fields of the entry are to be, if they are changed.
    changes: Vec<(String, String)>,
}

/// The block or the section that is open.
pub struct Open {
    pub id: String,
    /// Its type; none of a section.
    pub block: Option<&'static Block>,
    pub pieces: Vec<Piece>,
    /// Of a field of a form, what only some want.
    pub asked: Option<FieldExtras>,
    pub styles: Vec<Piece>,
    pub form: Form,
}

impl Open {
    /// What stands in its inputs that name files.
    fn file_values(&self) -> Vec<String> {
        let inputs = self.pieces.iter().flat_map(|piece| match piece {
            Piece::Input(one) => std::slice::from_ref(one),
            Piece::Items(_) => &[],
        });
        let items = self.pieces.iter().flat_map(|piece| match piece {
            Piece::Items(items) => &items.rows[..],
            Piece::Input(_) => &[],
        });
        let all = inputs.chain(items.flat_map(|row| &row.inputs)).filter(|one| one.is_file());
        all.map(|one| self.form.text(&one.name).to_owned()).collect()
    }
}

/// What is shown, and to whom.
pub struct Page<'a> {
    pub request: &'a PageRequest,
    pub at: AppPath,
    pub entry: &'a Entry,
    pub named: &'a [Named],
    pub locales: Locales<'a>,
    pub tags: Tags,
}

impl Editor {
    /// For whoever may write; `typed` is what they have typed, if it was refused.
    pub fn of(tx: &mut Tx<'_>, c: &Chrome, shown: &Page<'_>, typed: Option<&Form>) -> Result<Self> {
        let Page { request, at, entry, .. } = shown;
        let asked = |name: &str| typed.map_or_else(|| request.query(name).unwrap_or_default(), |form| form.text(name)).to_owned();
        let target = (entry.kind, entry.id);
        let found = working::copy::open(tx, request.actor()?, *at, target)?;
        let faults =
            if request.query("checked").is_some() { working::save::faults(tx, request.actor()?, *at, target)? } else { Faults::default() };
        let open = open(tx, c, shown, (&found.tree, &asked("open")), (typed, faults))?;
        let files = open.as_ref().map(Open::file_values).unwrap_or_default();
        let links = open.as_ref().is_some_and(|open| open.block.is_some_and(|block| has_links(block.fields)));
        Ok(Self {
            outline: outline::of(c, &found.tree, &shown.tags.main, &shown.locales),
            adding: asked("adding"),
            offered: BLOCKS.iter().copied().filter(|block| block.stands_in(entry.kind)).collect(),
            can_undo: found.can_undo,
            copied: found.copied,
            kept: found.copy.as_ref().map(|copy| copy.updated_at),
            kept_until: found.copy.as_ref().zip(request.state.retention.working_copies).map(|(copy, kept)| copy.updated_at + kept),
            is_behind: found.copy.as_ref().is_some_and(|copy| copy.base != entry.version),
            places: if links { places(tx, c, shown)? } else { Vec::new() },
            files: frame::find_files(request, tx, &files)?,
            beside: shown.tags.beside.clone(),
            changes: found.copy.map(|copy| changes(&copy, shown)).unwrap_or_default(),
            open,
        })
    }

    /// The form of the entry with what is changed and not saved.
    pub fn over(&self, stored: Form) -> Form {
        let stored = self.changes.iter().fold(stored, |form, (name, _)| form.without(name));
        self.changes.iter().fold(stored, |form, (name, text)| form.and(name, text.as_str()))
    }

    /// Looks up the files that these inputs of the entry name, too.
    pub fn know(&mut self, request: &PageRequest, tx: &mut Tx<'_>, form: &Form, inputs: &[Input]) -> Result<()> {
        let values: Vec<_> = inputs.iter().filter(|one| one.is_file()).map(|one| form.text(&one.name).to_owned()).collect();
        self.files.extend(frame::find_files(request, tx, &values)?);
        Ok(())
    }

    /// The file that stands in an input.
    pub fn file(&self, value: &str) -> Option<&ShownFile> {
        self.files.get(value)
    }

    /// What a link leads to, by name.
    pub fn place(&self, link: &str) -> Option<&str> {
        let to = link.split('#').next().unwrap_or_default();
        self.places.iter().find(|(value, _)| value == to).map(|(_, name)| name.as_str())
    }

    /// The column, and its blocks, of content that is one plain list; none of content with more than that.
    pub fn only_column(&self) -> Option<(&str, &[BlockLine])> {
        match &self.outline[..] {
            [] => Some(("", &[])),
            [section] if section.name.is_empty() => match &section.columns[..] {
                [column] => Some((&column.id, &column.blocks)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a form may hold, in groups: the word of each and its blocks. What every app has comes last.
    pub fn groups(&self) -> Vec<(&'static str, Vec<&'static Block>)> {
        let own = GROUPS.iter().map(|(word, blocks)| (*word, blocks.to_vec()));
        let rest = self.offered.iter().copied().filter(|block| block.only.is_none()).collect();
        own.chain([("shown", rest)]).collect()
    }

    /// What the line of a part does: opens or closes it.
    pub fn toggles(&self, id: &str) -> String {
        if self.is_open(id) { "close".to_owned() } else { format!("open:{id}") }
    }

    /// Whether a language stands beside that of the page.
    pub fn is_beside(&self, tag: &str) -> bool {
        self.beside.as_deref() == Some(tag)
    }

    /// What the button of a language does: puts it beside that of the page, or takes it away.
    pub fn sets_beside(&self, tag: &str) -> String {
        if self.is_beside(tag) { "beside:".to_owned() } else { format!("beside:{tag}") }
    }

    /// Whether there is a block to paste.
    pub const fn has_block(&self) -> bool {
        matches!(self.copied, Some(Copied::Block(_)))
    }

    /// Whether there is a section to paste.
    pub const fn has_section(&self) -> bool {
        matches!(self.copied, Some(Copied::Section(_)))
    }

    /// Whether this part is open.
    pub fn is_open(&self, id: &str) -> bool {
        self.open.as_ref().is_some_and(|open| open.id == id)
    }
}

/// Changed fields by the names of their inputs.
fn changes(copy: &WorkingCopy, shown: &Page<'_>) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "on".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(tags) => tags.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let mut all = Vec::new();
    for (name, field) in shown.named {
        if field.localized() {
            let names = shown.tags.names(name);
            all.extend(names.filter_map(|(tag, input)| Some((input, text(copy.value(name, Some(tag))?)))));
        } else if let (FieldType::References { .. }, Some(Value::Array(ids))) = (field.holds, copy.value(name, None)) {
            // The empty one stands for what was stored, if none is chosen any more.
            all.push((name.clone(), String::new()));
            all.extend(ids.iter().map(|id| (name.clone(), text(id))));
        } else {
            all.extend(copy.value(name, None).map(|value| (name.clone(), text(value))));
        }
    }
    let flags = shown.entry.kind.visibility();
    all.extend(flags.filter_map(|field| Some((field.name.to_owned(), text(copy.value(field.name, None)?)))));
    all
}

/// The part that is open, if it is there, with its faults.
fn open(
    tx: &mut Tx<'_>,
    c: &Chrome,
    shown: &Page<'_>,
    (tree, id): (&[Value], &str),
    (typed, faults): (Option<&Form>, Faults),
) -> Result<Option<Open>> {
    let part = parts::find_block(tree, id)
        .and_then(|spot| parts::block(tree, &spot))
        .or_else(|| tree.iter().find(|section| !id.is_empty() && parts::id(section) == id));
    let Some(part) = part.and_then(Value::as_object) else { return Ok(None) };
    let block = part.get("type").and_then(Value::as_str).and_then(blocks::of_type).filter(|_| !part.contains_key("columns"));
    if block.is_none() && !part.contains_key("columns") {
        return Ok(None);
    }
    let stored = |name: &str| part.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
    let form = match typed {
        Some(typed) => typed.clone(),
        None => with_chosen_file(stored_form(part, block, &stored, &shown.tags), shown.request).with_faults_of(Some(&faulty(id, faults))),
    };
    let own: &'static [Field] = block.map_or(&[], |block| block.fields);
    let kinds = held_by(shown.request.state.store.kinds(), shown.entry.kind.app_type).filter(|kind| kind.has_slug());
    let kinds: Vec<_> = kinds.map(|kind| (kind.content_type.to_owned(), c.of_kind(kind, "many").to_string())).collect();
    let mut named = Vec::new();
    for content_type in own.iter().filter_map(|field| if let FieldType::Reference(of) = field.holds { Some(of) } else { None }) {
        named.push((content_type, choices::entries(shown.request, tx, shown.at, shown.entry.kind, content_type)?));
    }
    let held: Vec<_> = own.iter().map(|field| Value::from(form.text(&format!("data.{}", field.name)))).collect();
    let names = reference::names(tx, shown.request.actor()?, shown.at, &held)?;
    let others = |holds: FieldType, held: &str| match holds {
        FieldType::ContentType => kinds.clone(),
        FieldType::Reference(of) => {
            let all = named.iter().find(|(content_type, _)| *content_type == of).map(|(_, all)| all.clone()).unwrap_or_default();
            choices::with_stored(c, all, &[held], &names)
        }
        _ => Vec::new(),
    };
    let mut pieces = fields::pieces(c, ("data", "block-field"), own, &form, &others);
    let mut asked = None;
    if block.is_some_and(|block| block.only.is_some()) {
        let definition = Definition::of(tree, &shown.tags.main, &shown.locales);
        let (first, rest) = asked::split(pieces, &form, (&definition, id), &shown.tags);
        (pieces, asked) = (first, Some(rest));
    }
    Ok(Some(Open { id: id.to_owned(), pieces, asked, styles: fields::pieces(c, ("styles", "style"), STYLES, &form, &others), block, form }))
}

/// The form with a file that was chosen for one of its inputs just now, without a script.
pub fn with_chosen_file(form: Form, request: &PageRequest) -> Form {
    match pick::chosen_file(request) {
        Some((input, file)) => form.without(input).and(input, file),
        None => form,
    }
}

fn stored_form(part: &Map<String, Value>, block: Option<&Block>, stored: &dyn Fn(&str) -> Map<String, Value>, tags: &Tags) -> Form {
    let name = part.get("name").and_then(Value::as_str).unwrap_or_default();
    let form = Form::of([("section.name", name.to_owned())]);
    let form = block.map_or_else(|| form.clone(), |block| fields::fill(form.clone(), "data", block.fields, &stored("data"), tags));
    fields::fill(form, "styles", STYLES, &stored("styles"), tags)
}

/// The faults of the part that is open, each at its input; of others only that they are there.
fn faulty(id: &str, faults: Faults) -> Form {
    let own = format!("part-{id}.");
    let at_input = |fault: Fault| match fault.field.strip_prefix(&own) {
        Some(field) => Fault { field: field.to_owned(), ..fault },
        None => fault,
    };
    Form::default().again(&Faults(faults.0.into_iter().map(at_input).collect()))
}

fn has_links(fields: &[Field]) -> bool {
    fields.iter().any(|field| match field.holds {
        FieldType::Items { fields, .. } => has_links(fields),
        FieldType::Href => true,
        _ => field.markdown,
    })
}

/// What a link may lead to in this app, by name.
fn places(tx: &mut Tx<'_>, c: &Chrome, shown: &Page<'_>) -> Result<Vec<(String, String)>> {
    let actor = shown.request.actor()?;
    let mut all = Vec::new();
    let kinds = held_by(shown.request.state.store.kinds(), shown.entry.kind.app_type);
    for (kind, scheme) in kinds.filter_map(|kind: &'static Kind| Some((kind, link_scheme(kind)?))) {
        let noun = c.of_kind(kind, "one").to_string();
        let choices = reference::choices(tx, actor, shown.at, shown.entry.kind, kind.content_type)?;
        all.extend(choices.into_iter().map(|(id, name)| (format!("{scheme}:{id}"), format!("{name} · {noun}"))));
    }
    Ok(all)
}
