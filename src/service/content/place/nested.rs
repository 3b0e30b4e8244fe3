//! Entries that stand below each other: listed as a tree, and moved in it.

use std::{
    collections::{HashMap, HashSet, hash_map},
    sync::Arc,
};

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Column, Entry, InLanguage, Kind, Locales, Share, Written,
            place::{Forest, Move, Placed},
        },
        id::{AppId, AppPath, EntryId},
        listing::Listing,
        org::activity::Note,
        page::Page,
    },
    service::{
        authorize,
        content::checked::{locales, project_of},
    },
    store::{
        Tx,
        content::{
            entry,
            place::nested,
            version::{self, Source},
        },
    },
};

/// One with all that is below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The entry; what it stands below is the nearest that is there.
    pub entry: Entry,
    /// Those below it, in their order.
    pub children: Vec<Self>,
}

impl Branch {
    /// Turns every localized text into that of one language.
    fn flatten(&mut self, locale: &str, locales: &Locales<'_>) -> Result<()> {
        if self.entry.content.is_empty() {
            self.entry.content.push_str("[]");
        }
        self.entry.flatten(locale, locales)?;
        self.children.iter_mut().try_for_each(|child| child.flatten(locale, locales))
    }
}

/// Turns all texts below an entry into those of one language.
pub(in crate::service::content) fn flatten(below: &mut [Branch], locale: &str, locales: &Locales<'_>) -> Result<()> {
    below.iter_mut().try_for_each(|branch| branch.flatten(locale, locales))
}

/// How all of a kind stand in an app, and those of them that were read, not yet put together.
#[derive(Debug)]
pub(in crate::service::content) struct Grown {
    forest: Forest,
    entries: HashMap<EntryId, Entry>,
}

impl Grown {
    fn of(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind) -> Result<Self> {
        let mut grown = Self { forest: nested::forest(tx, at, kind)?, entries: HashMap::new() };
        nested::all(tx, at, kind)?.into_iter().for_each(|one| grown.keep(one));
        Ok(grown)
    }

    fn keep(&mut self, mut one: Entry) {
        one.parent_id = self.forest.parent(one.id);
        self.entries.insert(one.id, one);
    }

    /// Reads those below one that were not read yet.
    fn read_below(&mut self, tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<()> {
        let (mut missing, mut waiting) = (Vec::new(), self.forest.visible_below(Some(id)));
        while let Some(id) = waiting.pop() {
            missing.extend(Some(id).filter(|id| !self.entries.contains_key(id)));
            waiting.extend(self.forest.visible_below(Some(id)));
        }
        nested::by_ids(tx, at, &missing)?.into_iter().for_each(|one| self.keep(one));
        Ok(())
    }

    /// Those below one, with all that is below them. As deep as the levels that there may be.
    fn below(&self, id: Option<EntryId>) -> Vec<Branch> {
        self.forest.visible_below(id).into_iter().filter_map(|id| self.branch(id)).collect()
    }

    fn branch(&self, id: EntryId) -> Option<Branch> {
        Some(Branch { entry: self.entries.get(&id)?.clone(), children: self.below(Some(id)) })
    }

    /// All in the order in which they are shown.
    fn in_order(&self) -> Vec<&Entry> {
        let (mut all, mut waiting) = (Vec::new(), self.forest.visible_below(None));
        waiting.reverse();
        while let Some(id) = waiting.pop() {
            all.extend(self.entries.get(&id));
            waiting.extend(self.forest.visible_below(Some(id)).into_iter().rev());
        }
        all
    }
}

/// What stands below an entry, which is told to stand below the nearest that is there.
pub(in crate::service::content) fn below(tx: &mut Tx<'_>, at: &Granted<InApp>, of: &mut Entry, known: &mut All) -> Result<Vec<Branch>> {
    let grown = match known.entry((at.app(), of.kind.content_type)) {
        hash_map::Entry::Occupied(known) => known.into_mut(),
        hash_map::Entry::Vacant(new) => new.insert(Grown { forest: nested::forest(tx, at, of.kind)?, entries: HashMap::new() }),
    };
    of.parent_id = grown.forest.parent(of.id);
    grown.read_below(tx, at, of.id)?;
    Ok(grown.below(Some(of.id)))
}

/// Those that were read already, by their app and their content type.
pub(in crate::service::content) type All = HashMap<(AppId, &'static str), Grown>;

/// A page of those at the top, each with all that is below it; in one language, if one is asked for. What a search or a filter finds is told
/// with what is below it, wherever it stands, but not again below another that was found.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    listing: &Listing,
    locale: Option<&str>,
) -> Result<(Page<Branch>, Option<String>)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let grown = Grown::of(tx, &granted, kind)?;
    let found: Vec<&Entry> = grown.in_order().into_iter().filter(|one| listing.shows(*one)).collect();
    let ids: HashSet<EntryId> = found.iter().map(|one| one.id).collect();
    let is_first = |one: &&Entry| {
        let mut above = std::iter::successors(one.parent_id, |id| grown.forest.parent(*id));
        !above.any(|id| ids.contains(&id))
    };
    let mut first: Vec<&Entry> = found.into_iter().filter(is_first).collect();
    // Their own order is that of the tree, which no number says across its levels.
    if kind.column(listing.order.field) != Some(Column::Position) {
        first.sort_by(|a, b| listing.compare(*a, *b));
    } else if listing.order.descending {
        first.reverse();
    }
    let page = listing.page_of(first);
    let mut page = page.with(page.items.iter().filter_map(|one| grown.branch(one.id)).collect());
    let mut language = None;
    if let Some(locale) = locale {
        let project = project_of(tx, actor, at)?;
        let locales = locales(&project);
        flatten(&mut page.items, locale, &locales)?;
        language = Some(locales.nearest(locale).to_owned());
    }
    Ok((page, language))
}

/// One of them in the order in which they are shown, as the console lists it.
#[derive(Debug, Clone)]
pub struct NestedRow {
    /// The entry; what it stands below is the nearest that is there.
    pub entry: Entry,
    /// How complete it is in each language of the project.
    pub shares: Vec<Share>,
    /// How many other entries name it.
    pub naming: u64,
    /// How many stand right below it.
    pub below: usize,
    /// Its place among those beside it, from 1, and how many these are.
    pub place: (usize, usize),
    /// How many levels end with it.
    pub ends: usize,
}

/// All of them, one line each; narrowed to a language, those alone that it shows, as if none stood below another.
pub fn overview(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    language: Option<&InLanguage>,
) -> Result<Vec<NestedRow>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let branches = Grown::of(tx, &granted, kind)?.below(None);
    let mut naming = HashMap::new();
    for field in tx.kinds().iter().filter(|other| other.app_type == kind.app_type).filter_map(|other| other.references()) {
        for (id, n) in nested::all_named(tx, &granted, field.name)? {
            *naming.entry(id).or_default() += n;
        }
    }
    let mut lines = Vec::new();
    rows_of(branches, &locales(&project), &naming, &mut lines);
    if let Some(wanted) = language {
        lines.retain(|line| line.shares.iter().any(|share| wanted.shows_share(share)));
        lines.iter_mut().for_each(|line| (line.below, line.ends) = (0, 0));
        lines.last_mut().into_iter().for_each(|last| last.ends = 1);
    }
    Ok(lines)
}

/// As deep as the levels that there may be.
fn rows_of(branches: Vec<Branch>, locales: &Locales<'_>, naming: &HashMap<EntryId, u64>, into: &mut Vec<NestedRow>) {
    let of = branches.len();
    if of == 0 {
        return;
    }
    for (at, Branch { entry, children }) in branches.into_iter().enumerate() {
        let (shares, naming_it) = (Written::parse(&entry.written).shares(locales), naming.get(&entry.id).copied().unwrap_or_default());
        into.push(NestedRow { entry, shares, naming: naming_it, below: children.len(), place: (at + 1, of), ends: 0 });
        rows_of(children, locales, naming, into);
    }
    if let Some(last) = into.last_mut() {
        last.ends += 1;
    }
}

/// All of them, for a page that shows the whole.
pub fn all(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind) -> Result<Vec<Branch>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    Ok(Grown::of(tx, &granted, kind)?.below(None))
}

/// Gives a new entry its number among those beside it, if its body gave it none.
///
/// # Errors
/// The fault of one that would stand too deep.
pub(in crate::service::content) fn place(tx: &mut Tx<'_>, at: &Granted<InApp>, made: &mut Entry) -> Result<()> {
    if !made.kind.has(Column::Position) {
        return Ok(());
    }
    let last = if made.kind.is_nested() {
        let forest = nested::forest(tx, at, made.kind)?;
        if let Some(parent) = made.parent_id {
            forest.has_room("parentId", parent)?;
        }
        forest.last(made.parent_id)
    } else if made.position.is_none() {
        nested::last(tx, at, made.kind)?
    } else {
        None
    };
    made.position = made.position.or(Some(last.map_or(0, |last| last + 1)));
    Ok(())
}

/// Where one stands now that was moved.
#[derive(Debug, Clone)]
pub struct Moved {
    /// The entry.
    pub entry: Entry,
    /// The name of what it stands below, if not at the top.
    pub below: Option<String>,
    /// Its place among those beside it, from 1, and how many these are.
    pub place: (usize, usize),
}

/// Moves one, and tells where it stands then.
///
/// # Errors
/// Those of [`set_place`].
pub fn move_to(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): (&'static Kind, EntryId), to: Move) -> Result<Moved> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    let entry = placed(tx, actor, &granted, (kind, id), to)?;
    let forest = nested::forest(tx, &granted, kind)?;
    let parent = forest.parent(id);
    let below = parent.map(|parent| entry::get(tx, &granted, kind, parent).map(|found| found.name)).transpose()?;
    let beside = forest.visible_below(parent);
    let place = beside.iter().position(|other| *other == id).map_or(0, |at| at + 1);
    Ok(Moved { entry, below, place: (place, beside.len()) })
}

/// All that stand below one, and it, the deepest last.
pub(in crate::service::content) fn with_all_below(
    tx: &mut Tx<'_>,
    granted: &Granted<InApp>,
    kind: &'static Kind,
    id: EntryId,
) -> Result<Vec<EntryId>> {
    let forest = nested::forest(tx, granted, kind)?;
    let (mut all, mut next) = (vec![id], 0);
    while let Some(one) = all.get(next) {
        all.extend(forest.visible_below(Some(*one)));
        next += 1;
    }
    Ok(all)
}

/// Moves one; what it is now. What cannot go further stays, and is not changed.
///
/// # Errors
/// Those of the gate; not found; the fault of a circle, or of too many levels.
pub fn set_place(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): (&'static Kind, EntryId), to: Move) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    placed(tx, actor, &granted, (kind, id), to)
}

fn placed(tx: &mut Tx<'_>, actor: &Actor, granted: &Granted<InApp>, (kind, id): (&'static Kind, EntryId), to: Move) -> Result<Entry> {
    let mut moved = entry::get(tx, granted, kind, id)?;
    let placed = nested::forest(tx, granted, kind)?.plan_move(id, to)?;
    if placed.is_empty() {
        return Ok(moved);
    }
    nested::set_numbers(tx, granted, placed.iter().filter(|placed| placed.id != id))?;
    if let Some(Placed { parent, position, .. }) = placed.iter().find(|placed| placed.id == id) {
        (moved.parent_id, moved.position) = (*parent, Some(*position));
    }
    moved.touch(actor.id, tx.now());
    nested::set_place(tx, granted, &moved)?;
    version::keep(tx, granted, &moved, Source::Edit)?;
    tx.note(granted, Note::new("entry.moved", kind.content_type).of(id, &moved.name))?;
    Ok(moved)
}

/// How many other entries name one, and how many stand right below it.
pub fn counts(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): (&'static Kind, EntryId)) -> Result<(u64, u64)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    entry::get(tx, &granted, kind, id)?;
    let below = nested::forest(tx, &granted, kind)?.visible_below(Some(id)).len() as u64;
    let mut naming = 0;
    for field in tx.kinds().iter().filter_map(|kind| kind.references()) {
        naming += nested::count_naming(tx, &granted, id, field.name)?;
    }
    Ok((naming, below))
}
