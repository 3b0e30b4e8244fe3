//! Entries of every kind: read, list, make, change, delete.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Granted, InApp, Permission},
        content::{Counts, Draft, Entry, InLanguage, Kind, Locales, Patch, Place, Share, Status, languages},
        id::EntryId,
        listing::Listing,
        org::activity::Note,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            count::{self, Before},
            entry, entry_list, redirect,
            version::{self, Source},
        },
    },
};

use super::checked::{self, Checked, locales, project_of};

pub use super::checked::At;

/// Whether the actor may read entries of this kind there.
pub fn enter_read(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind) -> Result<()> {
    authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead).map(drop)
}

/// Whether the actor may write them.
pub fn enter_write(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind) -> Result<()> {
    authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite).map(drop)
}

/// What was found or written, and in which language its texts are, if one was asked for.
#[derive(Debug, Clone)]
pub struct Spoken<T> {
    /// The entries.
    pub found: T,
    /// The language of the project that is nearest to the one that was asked for.
    pub language: Option<String>,
}

/// One entry; in one language, if one is asked for.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind, id: EntryId, locale: Option<&str>) -> Result<Spoken<Entry>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let found = entry::get(tx, &granted, kind, id)?;
    let Some(locale) = locale else { return Ok(Spoken { found, language: None }) };
    spoken(&locales(&project_of(tx, actor, at)?), found, Some(locale))
}

/// The entry with its texts in one language, if one is asked for.
fn spoken(locales: &Locales<'_>, mut found: Entry, locale: Option<&str>) -> Result<Spoken<Entry>> {
    if let Some(locale) = locale {
        found.flatten(locale, locales)?;
    }
    Ok(Spoken { found, language: locale.map(|locale| locales.nearest(locale).to_owned()) })
}

/// Which of the app's entries of a kind are on a page.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    kind: &'static Kind,
    listing: &Listing,
    locale: Option<&str>,
) -> Result<Spoken<Page<EntryId>>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let found = entry_list::page(tx, &granted, kind, listing, None)?;
    let Some(locale) = locale else { return Ok(Spoken { found, language: None }) };
    let project = project_of(tx, actor, at)?;
    Ok(Spoken { found, language: Some(locales(&project).nearest(locale).to_owned()) })
}

/// Reads entries of a page, in its order, and hands on each before the next is read, until `take` has had enough; how
/// many it went through. It may be asked for the rest in a later transaction: an entry then comes as it is at that time, also from
/// the trash.
pub fn each(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    kind: &'static Kind,
    (ids, lite): (&[EntryId], bool),
    locale: Option<&str>,
    mut take: impl FnMut(&Entry) -> bool,
) -> Result<usize> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = locale.map(|_| project_of(tx, actor, at)).transpose()?;
    entry_list::each(tx, &granted, kind, (ids, lite), |mut found| {
        if let (Some(locale), Some(project)) = (locale, &project) {
            if found.content.is_empty() {
                found.content.push_str("[]");
            }
            found.flatten(locale, &locales(project))?;
        }
        Ok(take(&found))
    })
}

/// An entry as the console lists it: who changed it last, and how complete it is in each language of the project.
#[derive(Debug, Clone)]
pub struct Row {
    /// The entry, without its content.
    pub entry: Entry,
    /// The name and kind of who changed it last.
    pub editor: Option<(String, ActorKind)>,
    /// Its languages, the default first.
    pub shares: Vec<Share>,
}

impl Row {
    /// The name of who changed it last, and whether that was a machine.
    pub fn editor(&self) -> (&str, bool) {
        self.editor.as_ref().map_or(("Stele", true), |(name, kind)| (name.as_str(), *kind != ActorKind::User))
    }
}

/// The app's entries of a kind as the console lists them: narrowed to a language, if so asked, with what there is of each status.
pub fn overview(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    kind: &'static Kind,
    listing: &Listing,
    language: Option<&InLanguage>,
) -> Result<(Page<Row>, Counts)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let locales = locales(&project);
    let page = entry_list::page(tx, &granted, kind, listing, language.map(|wanted| (wanted, locales.default)))?;
    let mut rows = Vec::with_capacity(page.items.len());
    entry_list::each(tx, &granted, kind, (&page.items, true), |mut entry| {
        let shares = languages::shares(&entry, &locales)?;
        // Nobody lists them, and two hundred entries in fifty languages are long.
        entry.fields = String::new();
        rows.push(Row { entry, editor: None, shares });
        Ok(true)
    })?;
    let editors = entry::editors(tx, &granted, rows.iter().map(|row| row.entry.updated_by))?;
    rows.iter_mut().for_each(|row| row.editor = editors.get(&row.entry.updated_by).cloned());
    Ok((page.with(rows), counted(tx, &granted, kind, &locales)?))
}

/// How many entries of a kind the app has, by status, and how many have no title in a language of the project. Nothing is
/// counted for it: the numbers are kept at each write.
pub fn counts(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind) -> Result<Counts> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    counted(tx, &granted, kind, &locales(&project))
}

fn counted(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, locales: &Locales<'_>) -> Result<Counts> {
    let mut of = |status| count::with_status(tx, at, kind, status);
    let (published, draft, scheduled) = (of(Status::Published)?, of(Status::Draft)?, of(Status::Scheduled)?);
    let sets = count::sets(tx, at, kind)?;
    let lacking = |tag: &String| {
        let without = sets.iter().filter(|(set, _)| !languages::has(set, tag, locales.default));
        (tag.clone(), without.map(|(_, n)| n).sum())
    };
    let lacking = locales.enabled.iter().map(lacking).collect();
    Ok(Counts { total: published + draft + scheduled, published, draft, scheduled, lacking })
}

/// One entry for its page in the console: as it is, who changed it last, and how complete it is in each language.
pub fn view(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind, id: EntryId) -> Result<Row> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let entry = entry::get(tx, &granted, kind, id)?;
    let editor = entry::editors(tx, &granted, [entry.updated_by])?.remove(&entry.updated_by);
    let shares = languages::shares(&entry, &locales(&project))?;
    Ok(Row { entry, editor, shares })
}

/// Checks a body, and makes an entry of it in the same transaction; see [`create`].
pub fn create_of(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    kind: &'static Kind,
    body: &Map<String, Value>,
    locale: Option<&str>,
) -> Result<Spoken<Entry>> {
    let draft = checked::check(tx, actor, at, (kind, Draft::parse), body.clone(), locale.map(str::to_owned))?;
    create(tx, actor, at, &draft)
}

/// Makes an entry with its first version. It is answered in the language that its plain texts are in, if one was named.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, draft: &Checked<Draft>) -> Result<Spoken<Entry>> {
    let granted = checked::enter_write(tx, actor, at, draft.kind())?;
    let draft = draft.within(tx, actor, at)?;
    let (now, id) = (tx.now(), EntryId::new(tx.now(), tx.entropy()));
    let made = draft.parsed().entry(&Place { id, org: at.0, project: at.1, app: at.2, by: actor.id, now });
    entry::insert(tx, &granted, &made)?;
    if let Some(path) = made.path() {
        redirect::free(tx, &granted, &path)?;
    }
    version::keep(tx, &granted, &made, Source::Create)?;
    tx.note(&granted, noted("entry.created", &made).with("status", made.status.word()))?;
    spoken(&draft.locales(), made, draft.locale())
}

/// Changes what is not content, status or visibility. `seen` is the version that the caller has read (`If-Match`).
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    id: EntryId,
    patch: &Checked<Patch>,
    seen: Option<i64>,
) -> Result<Spoken<Entry>> {
    let kind = patch.kind();
    let granted = checked::enter_write(tx, actor, at, kind)?;
    let mut changed = current(tx, &granted, (kind, id), seen)?;
    let (before, path) = (Before::from(&changed), changed.path());
    let patch = patch.within(tx, actor, at)?;
    if !patch.parsed().apply(&mut changed, &patch.locales())? {
        return spoken(&patch.locales(), changed, patch.locale());
    }
    changed.touch(actor.id, tx.now());
    entry::update(tx, &granted, &changed, &before)?;
    if let (Some(from), Some(to)) = (path, changed.path())
        && from != to
    {
        redirect::record(tx, &granted, &from, &to)?;
    }
    version::keep(tx, &granted, &changed, Source::Edit)?;
    tx.note(&granted, noted("entry.updated", &changed))?;
    let stored = entry::get(tx, &granted, kind, id)?;
    spoken(&patch.locales(), stored, patch.locale())
}

/// The same from the page of an entry, whose button may publish what was typed.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    id: EntryId,
    patch: &Checked<Patch>,
    (seen, publish): (i64, bool),
) -> Result<Entry> {
    let changed = update(tx, actor, at, id, patch, Some(seen))?.found;
    if publish { set_published(tx, actor, at, (patch.kind(), id), true, Some(changed.version)) } else { Ok(changed) }
}

/// Publishes an entry, or takes it back to a draft. What is so already stays as it is.
pub fn set_published(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    target: (&'static Kind, EntryId),
    published: bool,
    seen: Option<i64>,
) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let mut changed = current(tx, &granted, target, seen)?;
    let status = if published { Status::Published } else { Status::Draft };
    if changed.status == status {
        return Ok(changed);
    }
    let before = Before::from(&changed);
    changed.status = status;
    changed.published_at = if published { Some(tx.now()) } else { changed.published_at };
    changed.scheduled_at = None;
    changed.touch(actor.id, tx.now());
    entry::set_status(tx, &granted, &changed, &before)?;
    let (source, action) = if published { (Source::Publish, "entry.published") } else { (Source::Unpublish, "entry.unpublished") };
    version::keep(tx, &granted, &changed, source)?;
    tx.note(&granted, noted(action, &changed))?;
    Ok(changed)
}

/// Moves an entry to the trash; what it was.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, target: (&'static Kind, EntryId), seen: Option<i64>) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let gone = current(tx, &granted, target, seen)?;
    entry::trash(tx, &granted, &gone)?;
    tx.note(&granted, noted("entry.deleted", &gone))?;
    Ok(gone)
}

/// Takes an entry out of the trash, as it was: with its status, its address and its versions.
///
/// # Errors
/// A conflict on `slug` when another entry has its address by now.
pub fn restore(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, target: (&'static Kind, EntryId)) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let found = entry::get_trashed(tx, &granted, target.0, target.1)?;
    entry::restore(tx, &granted, &found)?;
    if let Some(path) = found.path() {
        redirect::free(tx, &granted, &path)?;
    }
    tx.note(&granted, noted("entry.restored", &found))?;
    Ok(found)
}

fn current(tx: &mut Tx<'_>, at: &Granted<InApp>, target: (&'static Kind, EntryId), seen: Option<i64>) -> Result<Entry> {
    let found = entry::get(tx, at, target.0, target.1)?;
    if seen.is_some_and(|seen| seen != found.version) { Err(Error::Stale) } else { Ok(found) }
}

/// The audit line of an entry; which kind of entry, its resource type says.
fn noted(action: &'static str, entry: &Entry) -> Note {
    Note::new(action, entry.kind.content_type).of(entry.id, &entry.name)
}
