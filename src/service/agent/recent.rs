//! The entries that were changed last, wherever the caller reads them.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::Actor,
        content::{Entry, documents_of},
        listing::Listing,
        project::project::Project,
        spec::Order,
    },
    service::{authorize, content::entry_list, project::project},
    store::Tx,
};

use super::directory;

/// Projects that are looked through at most.
const PROJECTS: usize = 10;

/// At most `most` entries that readers come for, the last changed first, each with its project.
pub fn recent(tx: &mut Tx<'_>, actor: &Arc<Actor>, most: u32) -> Result<Vec<(Project, Entry)>> {
    let newest = Listing { page_size: most, order: Order { field: "updatedAt", descending: true }, lite: true, ..Listing::default() };
    let mut all = Vec::new();
    for found in directory::projects(tx, actor)?.into_iter().take(PROJECTS) {
        let found = project::get(tx, actor, (found.org, found.id))?;
        for app in &found.apps {
            for kind in documents_of(tx.kinds(), app.app_type).filter(|kind| kind.sorts_by("updatedAt")) {
                let listed = entry_list::overview(tx, actor, (found.org, found.id, app.id), kind, &newest, None);
                let items = authorize::if_granted(listed)?.into_iter().flat_map(|(page, _)| page.items);
                all.extend(items.map(|row| (found.clone(), row.entry)));
            }
        }
    }
    all.sort_by_key(|(_, entry)| std::cmp::Reverse((entry.updated_at, entry.id)));
    all.truncate(most as usize);
    Ok(all)
}
