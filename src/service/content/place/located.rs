//! An entry that is named by an id of its own in a project: where it lies, and the grant to do something with it there.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, InProject, Permission},
        content::Kind,
        id::{AppPath, EntryId, ProjectPath, VersionId},
    },
    service::authorize,
    store::{
        Tx,
        content::{
            place::located::{self, Whereabouts},
            trash,
        },
    },
};

/// By what it is named.
#[derive(Debug, Clone, Copy)]
pub enum ById {
    /// An entry of any kind.
    Entry(EntryId),
    /// One of this kind.
    Of(&'static Kind, EntryId),
    /// One of this kind, also in the trash.
    Kept(&'static Kind, EntryId),
    /// Something in the trash.
    Trashed(EntryId),
    /// A version of an entry, also of one in the trash.
    Version(VersionId),
}

/// An entry that was found.
pub struct Located {
    /// Where it lies.
    pub at: AppPath,
    /// Its kind.
    pub kind: &'static Kind,
    /// Its id.
    pub entry: EntryId,
    /// That its project may be seen.
    pub(in crate::service) project: Granted<InProject>,
    /// What was asked for, in its app.
    pub(in crate::service) app: Granted<InApp>,
}

/// Finds an entry, for whoever may do this with it.
///
/// # Errors
/// Those of the gate, of the project where there is no such entry; then not found.
pub fn located(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, named: ById, may: Permission) -> Result<Located> {
    let project = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    let found = named.look(tx, &project)?;
    let app = authorize::app_of_found(tx, actor, at, (found.map(|found| found.app), named.noun()), may)?;
    let Whereabouts { entry, kind, .. } = found.ok_or(Error::NotFound(named.noun()))?;
    Ok(Located { at: (at.0, at.1, app.app()), kind, entry, project, app })
}

impl ById {
    fn look(self, tx: &mut Tx<'_>, project: &Granted<InProject>) -> Result<Option<Whereabouts>> {
        let found = match self {
            Self::Version(id) => located::of_version(tx, project, id)?,
            Self::Entry(id) | Self::Of(_, id) | Self::Kept(_, id) | Self::Trashed(id) => located::of_entry(tx, project, id)?,
        };
        Ok(found.filter(|found| match self {
            Self::Entry(_) => !found.is_deleted,
            Self::Of(kind, _) => !found.is_deleted && found.kind.content_type == kind.content_type,
            Self::Kept(kind, _) => found.kind.content_type == kind.content_type,
            Self::Trashed(_) => found.is_deleted,
            Self::Version(_) => true,
        }))
    }

    /// What is not there, if it is not.
    const fn noun(self) -> &'static str {
        match self {
            Self::Entry(_) => "entry",
            Self::Of(kind, _) | Self::Kept(kind, _) => kind.noun,
            Self::Trashed(_) => trash::NOUN,
            Self::Version(_) => "version",
        }
    }
}
