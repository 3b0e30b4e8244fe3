//! Search over the content of a project: entries that answer a query, and the places in them where it occurs.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InProject, Permission},
        content::{
            Entry, Kind, Status,
            texts::{BlockAt, Text},
        },
        id::{AppId, EntryId, ProjectPath},
        page::Page,
        search::{Query, Snippet, plain_text, query::Words},
        spec::{Field, Holds, Order, Spec},
    },
    service::authorize,
    store::{
        Tx,
        content::search::find::{self, Narrowed},
        project::project,
    },
};

/// Entries that are looked into for the places of what was found: beyond them nothing is counted.
const LOOKED_INTO: usize = 200;
/// Entries that are read at once.
const BATCH: usize = 25;

/// What a search asks for.
#[derive(Debug, Clone, Default)]
pub struct ContentSearch {
    /// Words.
    pub query: Query,
    /// Only these kinds.
    pub kinds: Option<Vec<&'static Kind>>,
    /// Only this entry.
    pub id: Option<EntryId>,
    /// Only this app.
    pub app: Option<AppId>,
    /// Only entries with this status.
    pub status: Option<Status>,
    /// Only what is written in this language.
    pub locale: Option<String>,
    /// Only what answers as well as this, of the best.
    pub similarity: Option<f64>,
    /// The least similar first.
    pub reversed: bool,
    /// The number of the page, from 1, and how many are on one.
    pub page: (u32, u32),
}

/// An entry that was found.
#[derive(Debug, Clone)]
pub struct Find {
    /// The entry.
    pub entry: Entry,
    /// How well it answers, from 0 to 1.
    pub similarity: f64,
    /// The language in which it does so best.
    pub locale: String,
    /// The field in which it does.
    pub field: String,
    /// The block that has the field, if one does: its id and its type.
    pub block: Option<(String, String)>,
    /// What is written there.
    pub snippet: Snippet,
}

/// What a search has found.
#[derive(Debug, Clone)]
pub struct Finds {
    /// A page of the entries, the best first.
    pub page: Page<Find>,
    /// Whether no entry holds all words, and these hold some.
    pub is_part: bool,
    /// Whether only the newest of all that match were looked at.
    pub is_cut: bool,
}

/// What the entries that a search finds can be sorted by.
pub static FOUND: Spec =
    Spec { fields: &[Field::sort("similarity", Holds::Int)], search: &["content"], order: Order { field: "similarity", descending: true } };

/// Entries that hold all words of a query; where none does, those that hold some. The best first, of the newest that there are.
pub fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, wanted: &ContentSearch) -> Result<Page<Find>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    Ok(found_in(tx, &at, wanted)?.page)
}

/// The same for the console, where whoever was added to single apps of the project finds what is in these.
pub fn find_own(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, wanted: &ContentSearch) -> Result<Finds> {
    let at = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    found_in(tx, &at, wanted)
}

fn found_in(tx: &mut Tx<'_>, at: &Granted<InProject>, wanted: &ContentSearch) -> Result<Finds> {
    let (number, size) = wanted.page;
    let page = Page { items: Vec::new(), total: 0, page: number, page_size: size, next: None };
    let mut found = Finds { page, is_part: false, is_cut: false };
    if wanted.query.is_empty() {
        return Ok(found);
    }
    let default = project::get_without_apps(tx, at)?.default_locale;
    let locale = wanted.locale.as_ref().map(|tag| (tag.clone(), *tag == default));
    let (kinds, status, app) = (wanted.kinds.clone(), wanted.status, wanted.app);
    let mut narrowed = Narrowed { kinds, status, app, locale, ..Narrowed::default() };
    let mut places = find::find(tx, at, &wanted.query, &narrowed)?;
    if places.all.is_empty() && wanted.query.terms().len() > 1 {
        narrowed.any = true;
        places = find::find(tx, at, &wanted.query, &narrowed)?;
        found.is_part = true;
    }
    found.is_cut = places.is_cut;
    let mut places = places.all;
    places.retain(|place| wanted.id.is_none_or(|id| id == place.id));
    if wanted.reversed {
        places.reverse();
    }
    let (size, from) = (size as usize, (number as usize - 1) * size as usize);
    let finds = |tx: &mut Tx<'_>, places: &[find::FoundEntry]| -> Result<Vec<Find>> {
        let read = find::read(tx, at, places)?.into_iter();
        let mut finds = read.map(|(entry, locale)| one(&wanted.query, entry, &locale, &default)).collect::<Result<Vec<_>>>()?;
        finds.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        if wanted.reversed {
            finds.reverse();
        }
        Ok(finds)
    };
    if let Some(least) = wanted.similarity {
        places.truncate(LOOKED_INTO);
        let good: Vec<_> = finds(tx, &places)?.into_iter().filter(|find| find.similarity >= least).collect();
        found.page.total = good.len() as u64;
        found.page.items = good.into_iter().skip(from).take(size).collect();
    } else {
        found.page.total = places.len() as u64;
        found.page.items = finds(tx, places.get(from..).map_or(&[], |rest| &rest[..rest.len().min(size)]))?;
    }
    Ok(found)
}

/// How well one language of an entry answers, and where best.
fn one(query: &Query, entry: Entry, locale: &str, default: &str) -> Result<Find> {
    let texts = entry.texts()?;
    let all: Vec<Text<'_>> = texts.all().into_iter().filter(|text| text.locale.is_none_or(|tag| tag == locale)).collect();
    let of = |title: bool| Words::of(all.iter().filter(|text| text.place.is_title() == title).map(|text| &*text.text));
    let similarity = query.similarity(&of(true), &of(false));
    // Where most of it stands; a text that people read tells more than a name does.
    let rank = |text: &&Text<'_>| (query.count_in(&Words::of([&*text.text])), text.place.block().is_some());
    let best = all.iter().rev().max_by_key(rank);
    let (field, block, snippet) = best.map_or_else(Default::default, |text| {
        let block = text.place.block().map(|block| (block.id.to_owned(), block.kind.to_owned()));
        (text.place.field().to_owned(), block, Snippet::of(&plain_text(&text.text), query))
    });
    let locale = if locale.is_empty() { default } else { locale }.to_owned();
    Ok(Find { similarity, locale, field, block, snippet, entry })
}

/// What a search for places asks for.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Words, all of which must stand in an entry; the places are those that hold most of them.
    pub query: Query,
    /// Only blocks of these types; all of them, where no words are given.
    pub blocks: Vec<String>,
    /// Only these kinds.
    pub kinds: Option<Vec<&'static Kind>>,
    /// Only entries with this status.
    pub status: Option<Status>,
    /// At most so many places.
    pub limit: usize,
}

/// A place in an entry.
#[derive(Debug, Clone)]
pub struct Occurrence {
    /// The entry.
    pub entry: EntryId,
    /// Its kind.
    pub kind: &'static Kind,
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: Option<String>,
    /// The block, if it is one.
    pub block: Option<OccurredIn>,
    /// The text, if one was looked for.
    pub text: Option<FoundText>,
}

/// The block of a place.
#[derive(Debug, Clone)]
pub struct OccurredIn {
    /// The id of its section.
    pub section: String,
    /// What the section is.
    pub role: Option<String>,
    /// The id of its column.
    pub column: String,
    /// Its id.
    pub id: String,
    /// Its type.
    pub kind: String,
}

/// The text of a place.
#[derive(Debug, Clone)]
pub struct FoundText {
    /// The field that it stands in.
    pub field: String,
    /// Its language.
    pub locale: String,
    /// What it says.
    pub snippet: Snippet,
}

/// The places that were found.
#[derive(Debug, Clone, Default)]
pub struct Occurrences {
    /// At most as many as were wanted.
    pub places: Vec<Occurrence>,
    /// How many there are in the entries that were looked into.
    pub total: usize,
    /// Whether there may be more than `places`.
    pub truncated: bool,
}

/// The places where words occur, or blocks of a type stand.
pub fn occurrences(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, sought: &Sought) -> Result<Occurrences> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let default = project::get_without_apps(tx, &at)?.default_locale;
    let narrowed = Narrowed { kinds: sought.kinds.clone(), status: sought.status, blocks: sought.blocks.clone(), ..Narrowed::default() };
    let entries = find::find(tx, &at, &sought.query, &narrowed)?;
    let mut all = Occurrences { truncated: entries.is_cut || entries.all.len() > LOOKED_INTO, ..Occurrences::default() };
    let entries = entries.all;
    for some in entries[..entries.len().min(LOOKED_INTO)].chunks(BATCH) {
        look_into(tx, &at, some, (sought, &default), &mut all)?;
    }
    all.truncated |= all.total > all.places.len();
    Ok(all)
}

fn look_into(
    tx: &mut Tx<'_>,
    at: &Granted<InProject>,
    some: &[find::FoundEntry],
    (sought, default): (&Sought, &str),
    all: &mut Occurrences,
) -> Result<()> {
    for (entry, _) in find::read(tx, at, some)? {
        let texts = entry.texts()?;
        let places = if sought.query.is_empty() { blocks(sought, texts.blocks()) } else { best_texts(sought, &texts.all(), default) };
        all.total += places.len();
        let room = sought.limit - all.places.len();
        all.places.extend(places.into_iter().take(room).map(|(block, text)| Occurrence {
            entry: entry.id,
            kind: entry.kind,
            name: entry.name.clone(),
            slug: entry.slug.clone(),
            block,
            text,
        }));
    }
    Ok(())
}

/// The blocks of the types that are sought.
fn blocks<'e>(sought: &Sought, all: impl Iterator<Item = BlockAt<'e>>) -> Vec<(Option<OccurredIn>, Option<FoundText>)> {
    all.filter(|block| sought.has(block)).map(|block| (Some((&block).into()), None)).collect()
}

/// The texts that hold most of the words.
fn best_texts(sought: &Sought, all: &[Text<'_>], default: &str) -> Vec<(Option<OccurredIn>, Option<FoundText>)> {
    let in_sought = |text: &&Text<'_>| sought.blocks.is_empty() || text.place.block().is_some_and(|block| sought.has(block));
    let held = all.iter().filter(in_sought).map(|text| (sought.query.count_in(&Words::of([&*text.text])), text));
    let held: Vec<_> = held.filter(|(held, _)| *held > 0).collect();
    let most = held.iter().map(|(held, _)| *held).max();
    let best = held.into_iter().filter(|(held, _)| Some(*held) == most).map(|(_, text)| text);
    best.map(|text| {
        let (field, locale) = (text.place.field().to_owned(), text.locale.unwrap_or(default).to_owned());
        let snippet = Snippet::of(&plain_text(&text.text), &sought.query);
        (text.place.block().map(Into::into), Some(FoundText { field, locale, snippet }))
    })
    .collect()
}

impl Sought {
    /// Whether a block is of a type that is sought.
    fn has(&self, block: &BlockAt<'_>) -> bool {
        self.blocks.iter().any(|word| word == block.kind)
    }
}

impl From<&BlockAt<'_>> for OccurredIn {
    fn from(block: &BlockAt<'_>) -> Self {
        Self {
            section: block.section.to_owned(),
            role: block.role.map(str::to_owned),
            column: block.column.to_owned(),
            id: block.id.to_owned(),
            kind: block.kind.to_owned(),
        }
    }
}
