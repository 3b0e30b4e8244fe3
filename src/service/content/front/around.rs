//! What stands around an entry: the header and the footer that it names, or else those of its layout, or of the default layout of its website; and
//! the sidebars of that layout.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{Column, Entry, kinds::reference, render::tree},
        id::EntryId,
    },
    service::authorize,
    store::{
        Tx,
        content::link::{self, Layout},
        project::app,
    },
};

/// The content trees of what stands around an entry; empty where there is none.
#[derive(Debug, Clone, Default)]
pub struct Trees {
    /// Above it.
    pub header: String,
    /// Beside it.
    pub beside: String,
    /// Below it.
    pub footer: String,
}

/// What stands around an entry that the caller has read.
///
/// # Errors
/// [`Error::Internal`] when what is stored is not of its form.
pub fn of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: &Granted<InApp>, entry: &Entry) -> Result<Trees> {
    let layout = match layout_of(tx, actor, at, entry)? {
        Some(id) => link::layout(tx, at, id)?.unwrap_or_default(),
        None => Layout::default(),
    };
    let mut part = |id: Option<EntryId>| Ok::<_, Error>(id.map(|id| link::tree(tx, at, id)).transpose()?.flatten().unwrap_or_default());
    let (header, footer) = (part(entry.header_id.or(layout.header))?, part(entry.footer_id.or(layout.footer))?);
    let beside = if layout.content.is_empty() { Ok(String::new()) } else { tree::beside(&layout.content) };
    let beside = beside.map_err(|_| Error::Internal("unexpected value in entries.content".into()))?;
    Ok(Trees { header, beside, footer })
}

/// The layout that an entry names, or the default one; none for what has no layout.
fn layout_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: &Granted<InApp>, entry: &Entry) -> Result<Option<EntryId>> {
    if !entry.kind.fields.iter().any(|field| field.column == Some(Column::LayoutId)) {
        return Ok(None);
    }
    if entry.layout_id.is_some() {
        return Ok(entry.layout_id);
    }
    if entry.kind.app_type.has_layouts() {
        return Ok(app::get(tx, at)?.default_layout());
    }
    // What is in another type of app has the frame of the website that it names.
    let apps = reference::references_of(entry)?.apps;
    let Some((_, of, framing)) = apps.into_iter().find(|(_, of, _)| of.has_layouts()) else { return Ok(None) };
    let there = authorize::app(tx, actor, (entry.org, entry.project, framing), Some(of), Permission::ProjectRead);
    let Some(there) = authorize::if_granted(there)? else { return Ok(None) };
    Ok(app::get(tx, &there)?.default_layout())
}
