//! Lists of entries: first which, in which order; then the entries themselves, one after the other.
//!
//! An entry may take a megabyte. So the database never sorts whole ones, and whoever goes through a list decides how many of them
//! are in memory at once. Rejected: a page in one query, two hundred entries in a single answer.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::{Entry, Field, FieldType, InLanguage, KINDS, Kind, Status},
        id::EntryId,
        listing::{Listing, Test},
        page::Page,
        spec::{Operand, Spec},
    },
    store::{
        Tx,
        row::Value,
        sql::{self, Column, Condition, Table, column, like, nullable},
    },
};

use super::{
    count,
    entry::{self, lite, whole},
};

statements! {
    WHOLE = concat!("SELECT ", whole!(), " FROM entries e WHERE e.id = $1 AND e.app_id = $2 AND e.kind = $3");
    LITE = concat!("SELECT ", lite!(), " FROM entries e WHERE e.id = $1 AND e.app_id = $2 AND e.kind = $3");
}

/// Whether an entry names one that is there in a field that holds several: the name of the field.
macro_rules! names_one {
    ($exists:literal, $which:literal) => {
        concat!(
            $exists,
            " (SELECT 1 FROM refs r JOIN entries c ON c.id = r.to_id AND c.deleted_at IS NULL WHERE r.from_id = e.id AND r.via = ?",
            $which,
            ")"
        )
    };
}

// Which name a certain one is asked of that one, the others of each entry: both follow an index, and neither leaves the app.
const NAMES: &str =
    "e.id IN (SELECT r.from_id FROM refs r JOIN entries c ON c.id = r.to_id AND c.deleted_at IS NULL WHERE r.via = ? AND r.to_id = ?)";
const NAMES_LIKE: &str = names_one!("EXISTS", " AND r.to_id LIKE ? ESCAPE '\\'");
const NAMES_ANY: &str = names_one!("EXISTS", "");
const NAMES_NONE: &str = names_one!("NOT EXISTS", "");

macro_rules! columns {
    ($name:literal, $created_at:literal) => {
        &[
            column("name", "e.name").folded($name),
            column("slug", "e.slug"),
            column("status", "e.status"),
            column("isListed", "e.is_listed"),
            nullable("authorId", "e.author_id"),
            nullable("authorName", "e.author_name").folded("e.author_name_fold"),
            nullable("publishDate", "e.publish_date"),
            nullable("layoutId", "e.layout_id"),
            nullable("headerId", "e.header_id"),
            nullable("footerId", "e.footer_id"),
            nullable("maxWidth", "e.max_width"),
            column("includeClose", "e.include_close"),
            column("isActive", "e.is_active"),
            column("createdAt", $created_at),
            column("updatedAt", "e.updated_at"),
            nullable("publishedAt", "e.published_at"),
            nullable("order", "e.position"),
        ]
    };
}

const COLUMNS: &[Column] = columns!("e.name_fold", "e.created_at");
/// The same, but no index has the order of these names and times, so that the entries of a status are looked up and then sorted.
const SORTED: &[Column] = columns!("COALESCE(e.name_fold, '')", "COALESCE(e.created_at, 0)");
/// Most entries of one status that are sorted. Of more, a page is found sooner along the order.
const FEW: u64 = 1000;

/// Which entries are on a page.
pub const PAGE: Table = Table { select: "e.id", from: "entries e", id: "e.id", columns: COLUMNS, search: &["e.search"] };
/// The same, for the few entries of a status.
pub const FEW_PAGE: Table = Table { columns: SORTED, ..PAGE };

/// The live entries of a kind in an app.
pub const IN_APP: &str = "e.app_id = ? AND e.kind = ? AND e.deleted_at IS NULL";

/// Every list of this file, for the test that prepares them.
pub fn lists() -> impl Iterator<Item = (&'static Spec, &'static Table)> {
    // Nested ones are few, and their list is made in memory.
    KINDS.iter().filter(|kind| !kind.is_nested()).flat_map(|kind| [&PAGE, &FEW_PAGE].map(|table| (&kind.listing, table)))
}

/// A page of the app's entries of this kind; of those in some languages, if so asked, beside the project's default language. The
/// total is a counter unless the list is searched or filtered by more than one thing.
pub fn page(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    kind: &'static Kind,
    listing: &Listing,
    language: Option<(&InLanguage, &str)>,
) -> Result<Page<EntryId>> {
    let listing = &as_stored(kind, listing);
    let place = [at.app().into(), kind.content_type.into()];
    let mut scope: Vec<Condition<'_>> = vec![(IN_APP, &place)];
    let mut total = count::total(tx, at, kind, listing)?;
    let few = !listing.filters.is_empty() && total.is_some_and(|total| total <= FEW);
    let (listed, naming) = without_links(kind, listing);
    scope.extend(naming.iter().map(|(text, values)| (*text, values.as_slice())));
    let mut values = Vec::new();
    if let Some((wanted, default)) = language {
        let sets = count::sets(tx, at, kind)?.into_iter();
        let all = sets.filter(|(set, _)| wanted.shows(set, default)).map(|(_, n)| n).sum();
        total = Some(all).filter(|all| *all == 0 || (listing.search.is_none() && listing.filters.is_empty()));
        values = count::matching(at, kind, wanted, default);
    }
    if let Some((wanted, _)) = language {
        scope.push((count::condition(wanted), &values));
    }
    let table = if few { &FEW_PAGE } else { &PAGE };
    Ok(sql::page_with_total(tx, table, &scope, &listed, total)?.try_map(|mut row| row.take("entries", "id"))?)
}

/// The list without its filters by what entries link to, and those as conditions.
fn without_links(kind: &'static Kind, listing: &Listing) -> (Listing, Vec<(&'static str, Vec<Value>)>) {
    let mut listed = listing.clone();
    let Some(Field { name: via, holds: FieldType::References { one, .. }, .. }) = kind.references() else { return (listed, Vec::new()) };
    let links = listed.filters.extract_if(.., |filter| filter.field == *one).map(|filter| match &filter.test {
        Test::Is(Operand::Text(id)) => (NAMES, vec![(*via).into(), id.as_str().into()]),
        Test::Like(part) => (NAMES_LIKE, vec![(*via).into(), like(part)]),
        Test::IsNull(true) => (NAMES_NONE, vec![(*via).into()]),
        Test::IsNull(false) => (NAMES_ANY, vec![(*via).into()]),
        // No id is any other value.
        Test::Is(_) | Test::Since(_) | Test::Among(_) => ("1 = 0", Vec::new()),
    });
    let links = links.collect();
    (listed, links)
}

/// The list as the table has it: where what waits for its date is told as a draft, it is among the drafts.
fn as_stored(kind: &'static Kind, listing: &Listing) -> Listing {
    let mut stored = listing.clone();
    for filter in stored.filters.iter_mut().filter(|filter| filter.field == "status" && !kind.tells_scheduled()) {
        if filter.test == Test::Is(Operand::Text(Status::Draft.word().into())) {
            filter.test = Test::Among(vec![Status::Draft.word(), Status::Scheduled.word()]);
        }
    }
    stored
}

/// Reads these entries, in this order, and hands on each before the next is read, until `take` has had enough; how
/// many it went through. What went into the trash after the page was looked up is still told, since the page counts it; what is gone
/// altogether is left out.
pub fn each(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    kind: &'static Kind,
    (ids, lite): (&[EntryId], bool),
    mut take: impl FnMut(&mut Tx<'_>, Entry) -> Result<bool>,
) -> Result<usize> {
    let (statement, kinds) = (if lite { &LITE } else { &WHOLE }, tx.kinds());
    let mut args = [Value::Null, at.app().into(), kind.content_type.into()];
    for (at, id) in ids.iter().enumerate() {
        args[0] = (*id).into();
        let Some(mut row) = tx.one(statement, &args)? else { continue };
        let found = entry::entry(kinds, &mut row, !lite)?;
        drop(row);
        if !take(tx, found)? {
            return Ok(at + 1);
        }
    }
    Ok(ids.len())
}
