//! The addresses and the tags of a site.

use std::{borrow::Cow, sync::Arc};

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::{Kind, held_by},
        id::{AppPath, EntryId, ProjectPath},
        listing::{Listing, in_memory::Listable},
        page::Page,
        project::app::AppType,
        spec::Operand,
        text,
    },
    service::{
        authorize,
        content::place::located::{ById, located},
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
pub fn published(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<(Vec<Address>, bool)> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    let (mut all, mut more) = (Vec::new(), false);
    for kind in held_by(tx.kinds(), AppType::SITE).filter(|kind| kind.has_slug()) {
        let mut found = address::published(tx, &granted, kind, MOST + 1)?;
        more |= found.len() > MOST;
        found.truncate(MOST);
        all.extend(found);
    }
    Ok((all, more))
}

/// A tag; the only field of its list is itself.
struct Tag(String);

impl Listable for Tag {
    fn words(&self) -> Cow<'_, str> {
        text::fold(&self.0).into()
    }

    fn values(&self, _: &str) -> Vec<Operand> {
        vec![Operand::Text(self.0.clone())]
    }

    fn id(&self) -> Cow<'_, str> {
        self.0.as_str().into()
    }
}

/// The tags that entries of the site have. They are few, so their list is made here.
pub fn tags(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, listing: &Listing) -> Result<Page<String>> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    let mut all: Vec<_> = tag::all(tx, &granted)?.into_iter().map(Tag).filter(|tag| listing.shows(tag)).collect();
    all.sort_by(|a, b| listing.compare(a, b));
    Ok(listing.page_of(all).map(|tag| tag.0))
}

/// Whether somebody who may publish an entry may tell search engines of it; that nobody does so yet is the caller's to say.
pub fn submit(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, (kind, id): (&'static Kind, EntryId)) -> Result<()> {
    let found = located(tx, actor, at, ById::Kept(kind, id), Permission::EntryWrite)?;
    entry::get(tx, &found.app, kind, id).map(drop)
}
