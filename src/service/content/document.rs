//! Changes that agents make of an entry: worked out against the version that the agent has read, put together with what others have
//! changed since, and stored as one version.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Context, Entry, FieldType, Kind, Locales,
            document::{Operation, PlannedEdit, ShownLocales, TextEdit, operation, parse, plan, replaced},
            tree::{change::Edit, changed, edit},
            version::{
                difference::{self, Difference},
                snapshot::Snapshot,
            },
            working::{
                copy::{WorkingChange, WorkingCopy, value_of},
                decision::{Choices, Conflict},
            },
        },
        error::{Fault, Faults},
        id::{AppPath, EntryId, ProjectPath, VersionId, uuid},
        project::project::Project,
    },
    service::authorize,
    store::{
        Tx,
        content::{entry as entries, version},
        project::project,
    },
};

use super::{
    checked::{self, authorize_write, project_of},
    entry::put,
    place::located::{ById, Located, located},
    working::save::apply,
};

/// What is to be changed.
#[derive(Debug, Clone)]
pub enum EditRequest {
    /// Pieces of texts.
    Texts(Vec<TextEdit>),
    /// What a document says, and the ids of what goes.
    Document(String, Vec<String>),
    /// Blocks, each in a language of its own, if one is named.
    Blocks(Vec<(Operation, Option<String>)>),
    /// Fields, as the body of an update.
    Fields(Map<String, Value>),
}

/// How it is to be changed.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    /// The version that the agent has read.
    pub seen: i64,
    /// The language that plain texts are in.
    pub locale: Option<&'a str>,
    /// Whether it is known that readers see the change at once.
    pub live: bool,
}

/// What became of it.
#[derive(Debug, Clone)]
pub enum EditOutcome {
    /// It was changed.
    Changed(Box<Changed>),
    /// Others have changed the same meanwhile.
    Open(Vec<Conflict>),
}

/// A change of an entry.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Where it lies.
    pub at: AppPath,
    /// The entry as it was just before.
    pub before: Entry,
    /// The entry as it is stored.
    pub after: Entry,
    /// What is different.
    pub difference: Difference,
    /// What the fields were that were changed one by one, as the body of the update that takes it back.
    pub undo: Map<String, Value>,
    /// Whether somebody else had changed it since the version that was seen.
    pub merged: bool,
}

/// What a change makes of an entry, and of what that was worked out.
#[derive(Debug, Clone)]
pub struct EditPlan {
    project: Project,
    before: Entry,
    after: Entry,
    difference: Difference,
    undo: Map<String, Value>,
    /// What others have changed in another way; while there is any, nothing is stored.
    open: Vec<Conflict>,
}

/// Works a change of an entry out, which is the long part of it. For whoever reads: there nobody waits.
///
/// # Errors
/// Those of the gate; all faults of what is asked; stale, when nothing says what the entry was.
pub fn plan_change(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    place: ProjectPath,
    id: EntryId,
    asked: &EditRequest,
    how: How<'_>,
) -> Result<EditPlan> {
    let Located { kind, project, app: granted, .. } = located(tx, actor, place, ById::Entry(id), Permission::EntryWrite)?;
    let found = entries::get(tx, &granted, kind, id)?;
    let project = project::get_without_apps(tx, &project)?;
    made_of(tx, &granted, (project, found), asked, how)
}

/// Changes an entry, as it was planned if that still is the entry; else it is worked out anew.
///
/// # Errors
/// As [`plan_change`]; a conflict on `live`, where readers would see the change and nobody said that they may.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    place: ProjectPath,
    id: EntryId,
    (asked, plan): (&EditRequest, Option<&EditPlan>),
    how: How<'_>,
) -> Result<EditOutcome> {
    let Located { at, kind, project, app: granted, .. } = located(tx, actor, place, ById::Entry(id), Permission::EntryWrite)?;
    let found = entries::get(tx, &granted, kind, id)?;
    let project = project::get_without_apps(tx, &project)?;
    let plan = match plan.filter(|plan| plan.before == found && plan.project == project) {
        Some(plan) => plan.clone(),
        None => made_of(tx, &granted, (project, found), asked, how)?,
    };
    let EditPlan { before, mut after, difference, undo, open, .. } = plan;
    if !open.is_empty() {
        return Ok(EditOutcome::Open(open));
    }
    if after != before {
        is_live(&before, how.live)?;
        put(tx, &granted, actor, &before, &mut after)?;
        after = entries::get(tx, &granted, kind, id)?;
    }
    let merged = how.seen != before.version;
    Ok(EditOutcome::Changed(Box::new(Changed { at, before, after, difference, undo, merged })))
}

/// What a change makes of an entry of this project.
fn made_of(
    tx: &mut Tx<'_>,
    granted: &Granted<InApp>,
    (project, before): (Project, Entry),
    asked: &EditRequest,
    how: How<'_>,
) -> Result<EditPlan> {
    let context = checked::context(tx, &project, how.locale)?;
    let base = match how.seen {
        seen if seen == before.version => Snapshot::of(&before),
        seen if seen > before.version => {
            return Err(Fault::new("version", "malformed", format!("The entry is at version {}.", before.version)).into());
        }
        seen => version::numbered(tx, granted, before.id, seen)?.ok_or(Error::Stale)?.1,
    };
    let copy = worked_out(asked, &before, &base, (how.seen, &context))?;
    let merged = copy.merge(&before, &base, &context.locales, Choices::new())?;
    let undo = taken_back(&copy);
    let plain = Context { locale: None, ..context };
    let after = if merged.open.is_empty() {
        apply(tx, (granted, &before), &merged, &plain)?.map_err(|fault| Error::from(at_block(fault)))?
    } else {
        before.clone()
    };
    let difference = difference::between(&Snapshot::of(&before), &Snapshot::of(&after), &plain.locales)?;
    Ok(EditPlan { before, after, difference, undo, open: merged.open, project })
}

/// Lets a change through that readers see at once, if it was said that they may.
///
/// # Errors
/// A conflict on `live`.
pub fn is_live(entry: &Entry, live: bool) -> Result<()> {
    if live || !entry.is_public() {
        return Ok(());
    }
    let what = if entry.kind.has_status() { "is published" } else { "is of a kind that is always public" };
    let message =
        format!("This {} {what}: readers would see it at once. If that is meant, send the same with live: true.", entry.kind.noun);
    Err(Error::Conflict(Fault::new("live", "live_required", message)))
}

/// What is asked, done to the entry as the agent has read it.
fn worked_out(asked: &EditRequest, found: &Entry, base: &Snapshot, (seen, context): (i64, &Context<'_>)) -> Result<WorkingCopy> {
    let mut copy = WorkingCopy::new(seen, context.now);
    // What a version does not keep is as it is now.
    let mut members = found.writable()?;
    members.extend(base.members()?);
    let tree: Vec<Value> = serde_json::from_str(&base.content).map_err(|_| Error::Internal("a content tree is no JSON".into()))?;
    let mut after = tree.clone();
    match asked {
        EditRequest::Fields(body) => {
            changes_of(found.kind, body, &members, context).into_iter().for_each(|change| copy.changes.push(change))
        }
        _ if !found.kind.has_tree() => {
            return Err(
                Fault::new("id", "no_content", format!("A {} has no content, only fields: use update_entry.", found.kind.noun)).into()
            );
        }
        EditRequest::Texts(edits) => texts(edits, (found.kind, &members), (&mut after, &mut copy), context)?,
        EditRequest::Document(text, delete) => after = overwrite(found, &tree, (text, delete), context)?,
        EditRequest::Blocks(operations) => blocks(operations, found.kind, &mut after, context)?,
    }
    if after != tree {
        copy.content = Some(Value::Array(after).to_string());
    }
    Ok(copy)
}

fn shown_locales<'a>(context: &Context<'a>) -> ShownLocales<'a> {
    ShownLocales { locale: context.locale.unwrap_or(context.locales.default), second: None, locales: context.locales }
}

fn texts(
    edits: &[TextEdit],
    (kind, members): (&'static Kind, &Map<String, Value>),
    (tree, copy): (&mut Vec<Value>, &mut WorkingCopy),
    context: &Context<'_>,
) -> Result<()> {
    let shown = shown_locales(context);
    for (index, one) in edits.iter().enumerate() {
        let at = format!("edits[{index}]");
        let own = one.field.as_deref().filter(|_| one.block.is_none()).and_then(|name| kind.field(name)).filter(|field| field.localized());
        if let Some(field) = own {
            let was = value_of(members, field.name, Some(shown.locale), &shown.locales);
            let now = copy.value(field.name, Some(shown.locale)).unwrap_or(&was).clone();
            let text = now.as_str().unwrap_or_default();
            if one.old.is_empty() != text.is_empty() || (!text.is_empty() && text.matches(one.old.as_str()).count() != 1) {
                let message = format!("old must occur exactly once in {} in {}.", field.name, shown.locale);
                return Err(Fault::new(format!("{at}.old"), "not_found", message).into());
            }
            let new = if text.is_empty() { one.new.clone() } else { text.replacen(one.old.as_str(), &one.new, 1) };
            copy.note(field.name, Some(shown.locale), was, new.into());
            continue;
        }
        let change = replaced(tree, one, &at, &shown)?;
        apply_edit(kind, tree, &change, (&at, &Context { locale: None, ..*context }))?;
    }
    Ok(())
}

fn blocks(operations: &[(Operation, Option<String>)], kind: &'static Kind, tree: &mut Vec<Value>, context: &Context<'_>) -> Result<()> {
    for (index, (one, locale)) in operations.iter().enumerate() {
        let at = format!("ops[{index}]");
        let locale = locale.as_deref().or(context.locale);
        context.locales.check_tag(locale).map_err(|fault| Fault { field: format!("{at}.locale"), ..fault })?;
        let context = Context { locale, ..*context };
        let change = operation(tree, one, &at, &shown_locales(&context))?;
        apply_edit(kind, tree, &change, (&at, &context))?;
    }
    Ok(())
}

/// The tree after a document was written over it.
fn overwrite(found: &Entry, tree: &[Value], (text, delete): (&str, &[String]), context: &Context<'_>) -> Result<Vec<Value>> {
    let document = parse(text)?;
    let shown = shown_locales(context);
    if let Some(head) = &document.head {
        if !found.id.to_string().starts_with(&head.id) {
            return Err(
                Fault::new("markdown", "other_entry", format!("The document is of the entry {}, not of {}.", head.id, found.id)).into()
            );
        }
        if let Some(locale) = head.locale.as_deref().filter(|locale| *locale != shown.locale) {
            let message = format!(
                "The document was read in {locale}, and is to be written in {}. Change its first line, if that is meant.",
                shown.locale
            );
            return Err(Fault::new("locale", "other_locale", message).into());
        }
    }
    let mut new_id = || uuid(context.now, context.entropy).to_string();
    let steps = plan(tree, &document, delete, &shown, &mut new_id)?;
    let mut after = tree.to_vec();
    for PlannedEdit { line, edit } in steps {
        let at = if line == 0 { "delete".to_owned() } else { format!("line {line}") };
        apply_edit(found.kind, &mut after, &edit, (&at, &Context { locale: None, ..*context }))?;
    }
    Ok(after)
}

/// The content of a new entry.
///
/// # Errors
/// All faults of the document, each with its line.
pub fn parse_new_content(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    text: &str,
    locale: Option<&str>,
) -> Result<Vec<Value>> {
    authorize_write(tx, actor, at, kind)?;
    let project = project_of(tx, actor, at)?;
    let context = checked::context(tx, &project, locale)?;
    overwrite(&Entry::blank(kind), &[], (text, &[]), &context)
}

/// Makes a change; a fault names what asked for it.
fn apply_edit(kind: &'static Kind, tree: &mut Vec<Value>, change: &Edit, (at, context): (&str, &Context<'_>)) -> Result<()> {
    edit::apply(kind, tree, change, context).map(drop).map_err(|error| match error {
        Error::Invalid(faults) => {
            let told = |fault: Fault| Fault { field: format!("{at}: {}", fault.field), ..fault };
            Error::Invalid(Faults(faults.0.into_iter().map(told).collect()))
        }
        Error::NotFound(noun) => Fault::new(at, "not_found", format!("There is no such {noun} any more.")).into(),
        other => other,
    })
}

/// The changes of single fields, and of single languages, that a body stands for.
fn changes_of(kind: &'static Kind, body: &Map<String, Value>, members: &Map<String, Value>, context: &Context<'_>) -> Vec<WorkingChange> {
    let mut all = Vec::new();
    let mut push = |field: String, locale: Option<&str>, to: &Value| {
        let from = value_of(members, &field, locale, &context.locales);
        all.push(WorkingChange { field, locale: locale.map(str::to_owned), from, to: to.clone() });
    };
    let language = context.locale.unwrap_or(context.locales.default);
    for (name, value) in body {
        let field = kind.field(name);
        match (field.map(|field| field.holds), value) {
            (Some(FieldType::Group(fields)), Value::Object(group)) => {
                for (member, value) in group {
                    let is_localized = fields.iter().any(|field| field.name == member && field.localized());
                    each(is_localized, value, language, |locale, to| push(format!("{name}.{member}"), locale, to));
                }
            }
            _ => each(field.is_some_and(|field| field.localized()), value, language, |locale, to| push(name.clone(), locale, to)),
        }
    }
    all
}

/// A value in each of its languages; plain text is in `language`.
fn each(is_localized: bool, value: &Value, language: &str, mut push: impl FnMut(Option<&str>, &Value)) {
    match value {
        Value::Object(map) if is_localized => map.iter().for_each(|(tag, text)| push(Some(tag), text)),
        Value::String(_) | Value::Null if is_localized => push(Some(language), value),
        value => push(None, value),
    }
}

/// The body of the update that takes changes of fields back.
fn taken_back(copy: &WorkingCopy) -> Map<String, Value> {
    let back = copy.changes.iter().map(|change| WorkingChange { from: change.to.clone(), to: change.from.clone(), ..change.clone() });
    WorkingCopy { changes: back.collect(), ..copy.clone() }.body()
}

/// A fault of a block, which names the block.
fn at_block(fault: Fault) -> Fault {
    match changed::part_of(&fault) {
        Some(id) => Fault { field: format!("block {id}"), ..fault },
        None => fault,
    }
}

/// The id of a version by its number.
///
/// # Errors
/// Those of the gate; not found.
pub fn version_id(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
    number: i64,
) -> Result<VersionId> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    Ok(version::numbered(tx, &granted, id, number)?.ok_or(Error::NotFound("version"))?.0.id)
}

/// What is different between an entry before and after.
///
/// # Errors
/// Internal, when something stored is no JSON.
pub fn compared(before: &Entry, after: &Entry, locales: &Locales<'_>) -> Result<Difference> {
    difference::between(&Snapshot::of(before), &Snapshot::of(after), locales)
}
