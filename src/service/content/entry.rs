//! Entries of every kind: read, make, change, publish.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Creation, Draft, Entry, Kind, Locales, Patch,
            kinds::reference::{References, references_of},
        },
        form::{public::step, settings::Settings},
        id::{AppPath, EntryId},
        org::activity::Note,
        text,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            count::Before,
            entry,
            site::redirect,
            version::{self, Source},
        },
    },
};

use super::{
    checked::{self, Checked, locales, project_of},
    place::nested,
    reference::{self, Frame, KnownNames, frame},
};

/// Whether the actor may read entries of this kind there.
pub fn authorize_read(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind) -> Result<()> {
    authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead).map(drop)
}

/// Whether the actor may write them.
pub fn authorize_write(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind) -> Result<()> {
    authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite).map(drop)
}

/// What was found or written, and in which language its texts are, if one was asked for.
#[derive(Debug, Clone)]
pub struct Localized<T> {
    /// The entries.
    pub found: T,
    /// The language of the project that is nearest to the one that was asked for.
    pub language: Option<String>,
    /// What frames the entry.
    pub frame: Frame,
}

/// One entry; in one language, if one is asked for.
pub fn get(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    id: EntryId,
    locale: Option<&str>,
) -> Result<Localized<Entry>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let mut found = entry::get(tx, &granted, kind, id)?;
    let frame = frame(tx, &granted, &mut found, &mut KnownNames::default())?;
    in_language(tx, actor, at, Localized { found, language: None, frame }, locale)
}

/// An entry that was read in all languages, in one of them, if one is asked for.
pub(super) fn in_language(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    read: Localized<Entry>,
    locale: Option<&str>,
) -> Result<Localized<Entry>> {
    let Some(locale) = locale else { return Ok(read) };
    localize(&locales(&project_of(tx, actor, at)?), (read.found, read.frame), Some(locale))
}

/// The only entry of a kind of which each app has exactly one.
pub fn singleton_id(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind) -> Result<EntryId> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    entry::singleton_id(tx, &granted, kind)
}

/// The entry of any kind that has an address in the app, for whoever may write there.
pub fn at_slug(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind, slug: &str) -> Result<Option<Entry>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    entry::at_slug(tx, &granted, slug)
}

/// The entry with its texts in one language, if one is asked for.
fn localize(locales: &Locales<'_>, (mut found, mut frame): (Entry, Frame), locale: Option<&str>) -> Result<Localized<Entry>> {
    if let Some(locale) = locale {
        found.flatten(locale, locales)?;
        nested::flatten(&mut frame.children, locale, locales)?;
    }
    Ok(Localized { found, language: locale.map(|locale| locales.nearest(locale).to_owned()), frame })
}

/// Checks a body, which need not have a slug, and makes an entry of it in the same transaction; see [`create`].
pub fn create_of(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    body: &Map<String, Value>,
    locale: Option<&str>,
) -> Result<Localized<Entry>> {
    let draft = checked::check(tx, actor, at, (kind, Draft::with_slug), body.clone(), locale.map(str::to_owned))?;
    create(tx, actor, at, &draft)
}

/// Makes an entry with its first version. It is answered in the language that its plain texts are in, if one was named.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, draft: &Checked<Draft>) -> Result<Localized<Entry>> {
    let granted = checked::authorize_write(tx, actor, at, draft.kind())?;
    let draft = draft.within(tx, actor, at)?;
    let (now, id) = (tx.now(), EntryId::new(tx.now(), tx.entropy()));
    let mut made = draft.parsed().entry(&Creation { id, org: at.0, project: at.1, app: at.2, by: actor.id, now });
    reference::check(tx, &granted, &References::default(), &made)?;
    Settings::check(None, &made)?;
    pages_of_form(&made)?;
    nested::place(tx, &granted, &mut made)?;
    let has_other_slug = draft.parsed().picks_slug() && pick_slug(tx, &granted, &mut made)?;
    entry::insert(tx, &granted, &made, draft.parsed().derived().filter(|_| !has_other_slug))?;
    if let Some(path) = made.path() {
        redirect::free(tx, &granted, &path)?;
    }
    version::keep(tx, &granted, &made, Source::Create)?;
    tx.note(&granted, audit_note("entry.created", &made).with("status", made.status.word()))?;
    let frame = frame(tx, &granted, &mut made, &mut KnownNames::default())?;
    localize(&draft.locales(), (made, frame), draft.locale())
}

/// Gives an entry the next slug that no other of the app has, since nobody chose the one it has; whether it is another now.
fn pick_slug(tx: &mut Tx<'_>, granted: &Granted<InApp>, made: &mut Entry) -> Result<bool> {
    let base = made.slug.clone().unwrap_or_default();
    let free = text::free_slug(&base, |slug| Ok::<_, Error>(entry::at_slug(tx, granted, slug)?.is_some()))?;
    let is_other = free != base;
    made.set_slug(free)?;
    Ok(is_other)
}

/// Whether the pages of a form that is made are such as visitors can fill in.
fn pages_of_form(made: &Entry) -> Result<()> {
    let fault = if made.kind.is_form() { step::check(&[], &made.tree()?, |_| "content".to_owned()) } else { None };
    fault.map_or(Ok(()), |fault| Err(fault.into()))
}

/// Changes what is not content, status or visibility. `seen` is the version that the caller has read (`If-Match`).
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    id: EntryId,
    patch: &Checked<Patch>,
    seen: Option<i64>,
) -> Result<Localized<Entry>> {
    let kind = patch.kind();
    let granted = checked::authorize_write(tx, actor, at, kind)?;
    let mut changed = current(tx, &granted, (kind, id), seen)?;
    let before = changed.clone();
    let patch = patch.within(tx, actor, at)?;
    if !apply(tx, &granted, &mut changed, (patch.parsed(), &patch.locales()))? {
        let frame = frame(tx, &granted, &mut changed, &mut KnownNames::default())?;
        return localize(&patch.locales(), (changed, frame), patch.locale());
    }
    put(tx, &granted, actor, &before, &mut changed)?;
    let mut stored = entry::get(tx, &granted, kind, id)?;
    let frame = frame(tx, &granted, &mut stored, &mut KnownNames::default())?;
    localize(&patch.locales(), (stored, frame), patch.locale())
}

/// Changes an entry; tells whether anything is different now. What it refers to and is in the trash was not told, so it is not missing in what
/// the caller sends: it stays, and comes back with what is restored.
pub(super) fn apply(
    tx: &mut Tx<'_>,
    granted: &Granted<InApp>,
    entry: &mut Entry,
    (patch, locales): (&Patch, &Locales<'_>),
) -> Result<bool> {
    let gone = reference::forget_gone(tx, granted, entry, &mut KnownNames::default())?;
    let has_changed = patch.apply(entry, locales)?;
    if !gone.is_empty() {
        let named: Vec<_> = entry.references().into_iter().filter(|id| !gone.contains(id)).collect();
        entry.set_references(&[named, gone].concat())?;
    }
    Ok(has_changed)
}

/// Stores an entry that was read in this transaction as `before`: its fields and its content, with a version, a redirect from the address
/// that it had, and a line of the activity.
pub(super) fn put(tx: &mut Tx<'_>, granted: &Granted<InApp>, actor: &Arc<Actor>, before: &Entry, changed: &mut Entry) -> Result<()> {
    reference::check(tx, granted, &references_of(before)?, changed)?;
    changed.touch(actor.id, tx.now());
    write(tx, granted, before, changed)?;
    if let (Some(from), Some(to)) = (before.path(), changed.path())
        && from != to
    {
        redirect::record(tx, granted, &from, &to)?;
    }
    version::keep(tx, granted, changed, Source::Edit)?;
    tx.note(granted, audit_note("entry.updated", changed))
}

/// Writes an entry over the one that was read in this transaction. Whoever changes fields or content comes through here: what one part of an entry
/// needs of another is asked of the whole.
///
/// # Errors
/// The faults of what does not go together; stale; a conflict on the address.
pub(super) fn write(tx: &mut Tx<'_>, granted: &Granted<InApp>, before: &Entry, changed: &Entry) -> Result<()> {
    Settings::check(Some(before), changed)?;
    entry::update(tx, granted, changed, &Before::from(before))
}

/// The entry that is changed, as its caller has seen it.
pub(super) fn current(tx: &mut Tx<'_>, at: &Granted<InApp>, target: (&'static Kind, EntryId), seen: Option<i64>) -> Result<Entry> {
    let found = entry::get(tx, at, target.0, target.1)?;
    if seen.is_some_and(|seen| seen != found.version) { Err(Error::Stale) } else { Ok(found) }
}

/// The audit line of an entry; which kind of entry, its resource type says.
pub(in crate::service) fn audit_note(action: &'static str, entry: &Entry) -> Note {
    Note::new(action, entry.kind.content_type).of(entry.id, &entry.name)
}
