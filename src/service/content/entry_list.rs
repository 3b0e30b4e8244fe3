//! Entries of an app, a page at a time: for the API, and with more about each for the console.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, ActorKind, Permission},
        content::{Counts, Entry, InLanguage, Kind, Share, Written},
        id::{AppPath, EntryId},
        listing::Listing,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        content::{entry, entry_list, working::copy},
    },
};

use super::{
    checked::{locales, project_of},
    count::counts_of,
    entry::Localized,
    reference::{Frame, KnownNames, frame},
    working::copy::get_with_own_edits,
};

/// Which of the app's entries of a kind are on a page.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    listing: &Listing,
    locale: Option<&str>,
) -> Result<Localized<Page<EntryId>>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let found = entry_list::page(tx, &granted, kind, listing, None)?;
    let frame = Frame::default();
    let Some(locale) = locale else { return Ok(Localized { found, language: None, frame }) };
    let project = project_of(tx, actor, at)?;
    Ok(Localized { found, language: Some(locales(&project).nearest(locale).to_owned()), frame })
}

/// Reads entries of a page, in its order, and hands on each before the next is read, until `take` has had enough; how
/// many it went through. It may be asked for the rest in a later transaction: an entry then comes as it is at that time, also from
/// the trash.
pub fn each(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    (ids, lite): (&[EntryId], bool),
    locale: Option<&str>,
    mut take: impl FnMut(&Entry, &Frame) -> bool,
) -> Result<usize> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = locale.map(|_| project_of(tx, actor, at)).transpose()?;
    let mut known = KnownNames::default();
    entry_list::each(tx, &granted, kind, (ids, lite), |tx, mut found| {
        let frame = frame(tx, &granted, &mut found, &mut known)?;
        if let (Some(locale), Some(project)) = (locale, &project) {
            if found.content.is_empty() {
                found.content.push_str("[]");
            }
            found.flatten(locale, &locales(project))?;
        }
        Ok(take(&found, &frame))
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
    /// Whether whoever asks has changed it and not saved that yet.
    pub has_copy: bool,
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
    at: AppPath,
    kind: &'static Kind,
    listing: &Listing,
    language: Option<&InLanguage>,
) -> Result<(Page<Row>, Counts)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let locales = locales(&project);
    let page = entry_list::page(tx, &granted, kind, listing, language.map(|wanted| (wanted, locales.default)))?;
    let mut rows = Vec::with_capacity(page.items.len());
    entry_list::each(tx, &granted, kind, (&page.items, true), |_, mut entry| {
        let shares = Written::parse(&entry.written).shares(&locales);
        // Nobody lists them, and two hundred entries in fifty languages are long.
        entry.fields = String::new();
        rows.push(Row { entry, editor: None, shares, has_copy: false });
        Ok(true)
    })?;
    let editors = entry::editors(tx, &granted, rows.iter().map(|row| row.entry.updated_by))?;
    let copies = actor.user().map(|user| copy::own(tx, &granted, user)).transpose()?.unwrap_or_default();
    for row in &mut rows {
        row.editor = editors.get(&row.entry.updated_by).cloned();
        row.has_copy = copies.contains(&row.entry.id);
    }
    Ok((page.with(rows), counts_of(tx, &granted, kind, &locales)?))
}

/// One entry for its page in the console: as it is, who changed it last, and how complete it is in each language with what whoever asks has
/// written and not saved yet.
pub fn view(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind, id: EntryId) -> Result<Row> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let entry = entry::get(tx, &granted, kind, id)?;
    let editor = entry::editors(tx, &granted, [entry.updated_by])?.remove(&entry.updated_by);
    let copy = actor.user().map(|user| copy::get(tx, &granted, id, user)).transpose()?.flatten();
    let written = match &copy {
        Some(_) => Written::of(&get_with_own_edits(tx, actor, at, (kind, id))?)?,
        None => Written::parse(&entry.written),
    };
    Ok(Row { entry, editor, shares: written.shares(&locales(&project)), has_copy: copy.is_some() })
}
