//! Bodies of entries, checked before their turn among the writes: that is the long part of writing one, and there nobody else waits
//! for it.

use std::{borrow::Cow, sync::Arc};

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{Context, Kind, Locales, block::UnknownBlocks},
        error::Faults,
        id::AppPath,
        project::project::Project,
    },
    service::authorize,
    store::{Tx, project::project},
};

/// What reads a body.
pub type Parse<T> = fn(&'static Kind, Map<String, Value>, &Context<'_>) -> std::result::Result<T, Faults>;

/// A body that was checked against the languages that its project had then.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    kind: &'static Kind,
    body: Map<String, Value>,
    locale: Option<String>,
    parse: Parse<T>,
    parsed: T,
    default: String,
    enabled: Vec<String>,
    unknown_blocks: UnknownBlocks,
    /// What is remembered of access was of this epoch; while it still is, the project is as it was.
    epoch: Option<u64>,
}

/// Checks the body of a new entry (`Draft::parse`) or of a change (`Patch::parse`). Plain texts are in the default language, or in
/// `locale`.
///
/// # Errors
/// Those of the gate, and all faults at once.
pub fn check<T>(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, parse): (&'static Kind, Parse<T>),
    body: Map<String, Value>,
    locale: Option<String>,
) -> Result<Checked<T>> {
    authorize_write(tx, actor, at, kind)?;
    let project = project_of(tx, actor, at)?;
    let parsed = parse(kind, body.clone(), &context(tx, &project, locale.as_deref())?).map_err(Error::Invalid)?;
    let epoch = tx.epoch();
    let Project { default_locale: default, locales: enabled, unknown_blocks, .. } = project;
    Ok(Checked { kind, body, locale, parse, parsed, default, enabled, unknown_blocks, epoch })
}

/// Whether the actor may write entries of this kind there.
pub(super) fn authorize_write(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind) -> Result<Granted<InApp>> {
    authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)
}

impl<T: Clone> Checked<T> {
    /// The kind of the entry.
    pub(super) const fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// The language that it is in, if one was named.
    pub(super) fn locale(&self) -> Option<&str> {
        self.locale.as_deref()
    }

    /// What the body says.
    pub(super) const fn parsed(&self) -> &T {
        &self.parsed
    }

    /// The languages of its project.
    pub(super) fn locales(&self) -> Locales<'_> {
        Locales { default: &self.default, enabled: &self.enabled }
    }

    /// The same, checked anew where what the project says of its content is something else by now.
    pub(super) fn within(&self, tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<Cow<'_, Self>> {
        if self.epoch.is_some() && self.epoch == tx.epoch() {
            return Ok(Cow::Borrowed(self));
        }
        let project = project_of(tx, actor, at)?;
        let now = (&project.default_locale, &project.locales, project.unknown_blocks);
        if (&self.default, &self.enabled, self.unknown_blocks) == now {
            return Ok(Cow::Borrowed(self));
        }
        check(tx, actor, at, (self.kind, self.parse), self.body.clone(), self.locale.clone()).map(Cow::Owned)
    }
}

/// What the check of a body needs.
pub(super) fn context<'a, 't: 'a>(tx: &Tx<'t>, project: &'a Project, locale: Option<&'a str>) -> Result<Context<'a>> {
    let locales: Locales<'a> = locales(project);
    locales.check_tag(locale)?;
    let unknown_blocks = project.unknown_blocks;
    Ok(Context { now: tx.now(), entropy: tx.entropy(), locales, locale, kinds: tx.kinds(), unknown_blocks, complete: true })
}

/// The project's languages are needed by whoever may enter one of its apps.
pub(in crate::service) fn project_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<Project> {
    let granted = authorize::project(tx, actor, (at.0, at.1), Permission::ProjectSee)?;
    project::get_without_apps(tx, &granted)
}

/// The languages of a project.
pub fn locales(project: &Project) -> Locales<'_> {
    Locales { default: &project.default_locale, enabled: &project.locales }
}
