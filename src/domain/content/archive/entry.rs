//! One entry in an archive: all its fields by the names that they have on the wire, in all languages, with its status and its dates.

use serde_json::{Map, Value};

use crate::domain::{
    Result,
    content::{
        Column, Context, Entry, Field, FieldType, Kind, Locales, Status, Target,
        block::UnknownBlocks,
        date,
        entry::broken,
        patch::write,
        path::Path,
        tree::check::{self, BYTES_MAX},
        value::ValueReader,
    },
    error::{Fault, Faults},
    time::Instant,
};

use super::unknown;

/// When it was published, which is no field of a kind.
const PUBLISHED_AT: &str = "publishedAt";

/// An entry that was read.
#[derive(Debug)]
pub struct Archived {
    /// The entry, without a place of its own.
    pub entry: Entry,
    /// What was kept though nobody knows it here.
    pub notices: Vec<Fault>,
}

/// All that an archive keeps of an entry, beside its id and its app.
///
/// # Errors
/// [`crate::domain::Error::Internal`] when a stored text is not JSON.
pub fn fields_of(entry: &Entry) -> Result<Map<String, Value>> {
    let mut members = entry.members()?;
    let mut told = Map::new();
    for field in entry.kind.fields {
        let value = match field.column {
            Some(column) => of_column(entry, column)?,
            None => members.shift_remove(field.name).unwrap_or_default(),
        };
        told.insert(field.name.to_owned(), value);
    }
    if entry.kind.has_status() {
        told.insert(PUBLISHED_AT.to_owned(), moment(entry.published_at));
    }
    // What another release has stored beside the fields.
    members.into_iter().for_each(|(name, value)| {
        told.entry(name).or_insert(value);
    });
    Ok(told)
}

/// Reads an entry of this kind. What is wrong is a fault; what nobody knows here (fields, types of blocks, languages) is kept and told.
///
/// # Errors
/// All faults at once.
pub fn read(kind: &'static Kind, mut body: Map<String, Value>, context: &Context<'_>) -> std::result::Result<Archived, Faults> {
    let mut faults = Faults::default();
    let strange = unknown::take(kind, &mut body, &[PUBLISHED_AT], &context.locales, &mut faults);
    let enabled: Vec<String> = context.locales.enabled.iter().cloned().chain(strange.locales).collect();
    let locales = Locales { default: context.locales.default, enabled: &enabled };
    let lenient = Context { locales, unknown_blocks: UnknownBlocks::Keep, ..*context };
    let mut entry = Entry::blank(kind);
    entry.status = status(kind, &mut body, &mut faults);
    entry.published_at = instant(PUBLISHED_AT, body.shift_remove(PUBLISHED_AT), &mut faults);
    let tree = |path: &Path, sections, faults: &mut Faults| check::check(kind, path, sections, &lenient, faults);
    let mut reader = ValueReader::new(&lenient).with_tree(&tree);
    let changes = reader.body(None, kind.fields.iter().filter(|field| !is_status(field)), body, true);
    faults.0.append(&mut reader.faults.0);
    let mut members = entry.members().unwrap_or_default();
    for (field, value) in changes {
        match field.column {
            Some(Column::CreatedAt) => entry.created_at = parsed(&value).unwrap_or(context.now),
            Some(Column::UpdatedAt) => entry.updated_at = parsed(&value).unwrap_or(context.now),
            _ => drop(write(&mut entry, &mut members, field, value, Target { locale: None, locales: &locales })),
        }
    }
    complete(&mut entry, context.now, &mut faults);
    faults
        .into_result_of(|| {
            entry.index(&members);
            let mut fields = Value::Object(members);
            if !strange.members.is_empty() {
                let mut content = serde_json::from_str(&entry.content).unwrap_or_default();
                unknown::put_back(strange.members, &mut fields, &mut content);
                entry.content = content.to_string();
            }
            entry.fields = fields.to_string();
            Archived { entry, notices: strange.notices }
        })
        .and_then(fits)
}

/// A tree with what was put back into it is no longer than any other.
fn fits(read: Archived) -> std::result::Result<Archived, Faults> {
    if read.entry.content.len() <= BYTES_MAX {
        return Ok(read);
    }
    Err(Faults(vec![Path::root("content").fault("too_large", format_args!("must have at most {BYTES_MAX} bytes"))]))
}

/// Dates that nobody gave, and a status that agrees with them.
fn complete(entry: &mut Entry, now: Instant, faults: &mut Faults) {
    let unset = Instant::default();
    if entry.name.is_empty() && entry.kind.is_single() {
        entry.name = entry.kind.first_name();
    }
    if entry.kind.has(Column::Position) {
        entry.position = entry.position.or(Some(0));
    }
    entry.created_at = if entry.created_at == unset { now } else { entry.created_at };
    entry.updated_at = if entry.updated_at == unset { entry.created_at } else { entry.updated_at };
    match entry.status {
        Status::Scheduled if entry.scheduled_at.is_none() => {
            faults.push(Path::root("status").fault("contradiction", "must not be scheduled without a date"));
        }
        Status::Scheduled => {}
        Status::Published => {
            entry.scheduled_at = None;
            entry.published_at = entry.published_at.or_else(|| entry.kind.has_status().then_some(entry.created_at));
        }
        Status::Draft => entry.scheduled_at = None,
    }
}

/// The status by its word; that of the kind when none is given, and where there is none.
fn status(kind: &'static Kind, body: &mut Map<String, Value>, faults: &mut Faults) -> Status {
    let Some(field) = kind.fields.iter().find(|field| is_status(field)) else { return kind.default_status };
    let Some(word) = body.shift_remove(field.name) else { return kind.default_status };
    let found = word.as_str().and_then(Status::from_word);
    let found = found.ok_or_else(|| Path::root(field.name).fault("malformed", format_args!("must be one of {}", Status::WORDS.join(", "))));
    faults.keep(found).unwrap_or(kind.default_status)
}

const fn is_status(field: &Field) -> bool {
    matches!(field.holds, FieldType::Status | FieldType::PlainStatus)
}

fn instant(name: &str, value: Option<Value>, faults: &mut Faults) -> Option<Instant> {
    match value? {
        Value::Null => None,
        Value::String(text) => faults.keep(date::read(&Path::root(name), &text)),
        _ => faults.keep(Err(Path::root(name).wrong_type("text or null"))),
    }
}

fn parsed(value: &Value) -> Option<Instant> {
    value.as_str().and_then(|text| text.parse().ok())
}

fn text(value: Option<impl ToString>) -> Value {
    value.map_or(Value::Null, |value| Value::String(value.to_string()))
}

fn moment(at: Option<Instant>) -> Value {
    text(at)
}

/// The value of a column, in the form that [`Entry::set`] reads; also of those that nobody writes.
fn of_column(entry: &Entry, column: Column) -> Result<Value> {
    Ok(match column {
        Column::PublishedAt => moment(entry.published_at),
        Column::CreatedAt => moment(Some(entry.created_at)),
        Column::UpdatedAt => moment(Some(entry.updated_at)),
        Column::Content => serde_json::from_str(&entry.content).map_err(|_| broken("content"))?,
        written => entry.value(written),
    })
}

impl Faults {
    /// What `made` makes, when nothing was wrong.
    fn into_result_of<T>(self, made: impl FnOnce() -> T) -> std::result::Result<T, Self> {
        if self.0.is_empty() { Ok(made()) } else { Err(self) }
    }
}
