//! The addresses of a site: what is published there.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::Kind,
        id::EntryId,
    },
    store::Tx,
};

statements! {
    PUBLISHED = "SELECT e.slug, e.name, e.layout_id FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.status = 'published'
                 AND e.deleted_at IS NULL AND e.slug IS NOT NULL ORDER BY e.updated_at DESC, e.id DESC LIMIT $3";
}

/// An entry that is published, by its address.
#[derive(Debug, Clone)]
pub struct Address {
    /// The path on the site, without the `/` at its beginning.
    pub slug: String,
    /// The entry's name.
    pub name: String,
    /// Its layout.
    pub layout_id: Option<EntryId>,
}

/// The published entries of a kind in the app, those that were changed last first; at most so many.
pub fn published(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, most: usize) -> Result<Vec<Address>> {
    let rows = tx.rows(&PUBLISHED, &[at.app().into(), kind.content_type.into(), most.into()])?;
    let address = |mut row: crate::store::row::Row| {
        let slug: String = row.take("entries", "slug")?;
        let path = format!("{}{slug}", kind.path_prefix);
        let slug = path.strip_prefix('/').unwrap_or(&path).to_owned();
        Ok(Address { slug, name: row.take("entries", "name")?, layout_id: row.take("entries", "layout_id")? })
    };
    rows.into_iter().map(address).collect()
}
