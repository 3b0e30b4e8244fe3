//! The addresses and the tags of a site.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::{Kind, held_by},
        id::{EntryId, OrgId, ProjectId},
        listing::{Listing, Test},
        page::Page,
        project::app::AppType,
        spec::Operand,
        text,
    },
    service::{
        authorize,
        content::{
            checked::At,
            place::located::{ById, located},
        },
    },
    store::{
        Tx,
        content::{
            entry,
            site::{
                address::{self, Address},
                tag,
            },
        },
    },
};

/// Most addresses of one kind that are told at once.
pub const MOST: usize = 10_000;

/// The addresses of all that is published, kind by kind, and whether there are more.
pub fn published(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At) -> Result<(Vec<Address>, bool)> {
    let granted = authorize::app(tx, actor, at, Some(AppType::Website), Permission::ProjectRead)?;
    let (mut all, mut more) = (Vec::new(), false);
    for kind in held_by(tx.kinds(), AppType::Website).filter(|kind| kind.has_slug()) {
        let mut found = address::published(tx, &granted, kind, MOST + 1)?;
        more |= found.len() > MOST;
        found.truncate(MOST);
        all.extend(found);
    }
    Ok((all, more))
}

/// The tags that entries of the site have. They are few, so their list is made here.
pub fn tags(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, listing: &Listing) -> Result<Page<String>> {
    let granted = authorize::app(tx, actor, at, Some(AppType::Website), Permission::ProjectRead)?;
    let mut all = tag::all(tx, &granted)?;
    all.retain(|tag| is_wanted(tag, listing));
    all.sort_by_key(|tag| text::fold(tag));
    if listing.order.descending {
        all.reverse();
    }
    let total = all.len() as u64;
    let items = all.into_iter().skip(usize::try_from(listing.offset()).unwrap_or(usize::MAX)).take(listing.page_size as usize);
    Ok(Page { items: items.collect(), total, page: listing.page, page_size: listing.page_size, next: None })
}

fn is_wanted(tag: &str, listing: &Listing) -> bool {
    let folded = text::fold(tag);
    let found = listing.search.iter().flat_map(|search| search.split_whitespace()).all(|word| folded.contains(word));
    found
        && listing.filters.iter().all(|filter| match &filter.test {
            Test::Is(Operand::Text(wanted)) => wanted == tag,
            Test::Like(part) => folded.contains(part.as_str()),
            Test::IsNull(wanted) => !wanted,
            _ => false,
        })
}

/// Whether somebody who may publish an entry may tell search engines of it; that nobody does so yet is the caller's to say.
pub fn submit(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), (kind, id): (&'static Kind, EntryId)) -> Result<()> {
    let found = located(tx, actor, at, ById::Kept(kind, id), Permission::EntryWrite)?;
    entry::get(tx, &found.app, kind, id).map(drop)
}
