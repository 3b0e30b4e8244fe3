//! An entry as its readers will see it, also before they do: for whoever may read it, and by a link for an hour.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission, Via},
        content::{
            Entry, Kind,
            front::preview::{LIFE, Pass, With},
            render::{
                document::{Around, PageDocument},
                links::Loads,
                tree::Rendered,
            },
        },
        id::{AppPath, EntryId},
        key::secret::PlainToken,
        time::Instant,
    },
    service::{
        authorize,
        content::{
            checked::{locales, project_of},
            render,
        },
        instance::sealing_secret,
        key::token,
        project::branding,
    },
    store::{
        Tx,
        account::session,
        content::{entry, front::change},
    },
};

use super::around;

/// What a link shows that leads nowhere, or not any more.
const NOUN: &str = "preview";

/// A link.
#[derive(Debug)]
pub struct Link {
    /// What makes its address.
    pub token: PlainToken,
    /// When it ends.
    pub ends_at: Instant,
}

/// Makes a link to an entry that the caller may read.
///
/// # Errors
/// Those of the gate.
pub fn link(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): (&'static Kind, EntryId)) -> Result<Link> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    entry::get(tx, &granted, kind, id)?;
    let with = match &actor.via {
        Via::Session(session) => With::Session(*session),
        _ => With::Key(actor.key().ok_or(Error::NotFound(NOUN))?.id),
    };
    let ends_at = tx.now() + LIFE;
    let token = Pass { at, entry: id, maker: actor.id, with, ends_at }.seal(&sealing_secret(tx)?);
    Ok(Link { token, ends_at })
}

/// What a link shows, in the language that is nearest to the one asked for, or in the project's default one.
///
/// # Errors
/// Not found: the link has ended, or the session or key that it was made with; its maker may not read the entry any more; the entry is gone.
pub fn follow(tx: &mut Tx<'_>, token: &str, locale: Option<&str>) -> Result<PageDocument> {
    let nowhere = || Error::NotFound(NOUN);
    let pass = Pass::open(token, &sealing_secret(tx)?, tx.now()).ok_or_else(nowhere)?;
    let maker = match pass.with {
        With::Key(key) => token::living_key(tx, key)?,
        With::Session(id) if session::unguarded_exists(tx, id)? => authorize::actor_of(tx, pass.maker)?,
        With::Session(_) => None,
    };
    let maker = maker.ok_or_else(nowhere)?;
    let may = authorize::app(tx, &maker, pass.at, None, Permission::ProjectRead);
    let granted = authorize::if_granted(may)?.ok_or_else(nowhere)?;
    let entry = change::entry(tx, &granted, pass.entry)?.ok_or_else(nowhere)?;
    document(tx, &maker, &entry, locale)
}

/// An entry as a page: the stored one, or one with what somebody is still working on.
///
/// # Errors
/// Those of the gate.
pub fn document(tx: &mut Tx<'_>, actor: &Arc<Actor>, entry: &Entry, locale: Option<&str>) -> Result<PageDocument> {
    let at = (entry.org, entry.project, entry.app);
    let granted = authorize::app(tx, actor, at, Some(entry.kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let locales = locales(&project);
    let language = locale.map_or(locales.default, |locale| locales.nearest(locale)).to_owned();
    let title = entry.title(&language, &locales)?;
    let trees = around::of(tx, actor, &granted, entry)?;
    let mut html = |tree: &str| {
        if tree.is_empty() {
            Ok(Rendered::default())
        } else {
            render::tree(tx, &granted, tree, (&language, &locales), Loads::OwnAlone(None))
        }
    };
    let content = html(&entry.content)?;
    let around = Around { header: html(&trees.header)?.html, beside: html(&trees.beside)?.html, footer: html(&trees.footer)?.html };
    let branding = branding::worn(tx, &granted)?;
    let marks = render::marks(tx, &granted, branding.as_ref())?;
    Ok(PageDocument { title, language, content, around, branding, marks, ..PageDocument::default() })
}
