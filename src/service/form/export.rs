//! All that was sent to a form, some of it at a time: each some is a read of its own, so that nobody holds a snapshot for as long as a client reads.

use std::{collections::HashSet, sync::Arc};

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::{Kind, Locales},
        form::{
            columns::Columns,
            definition::Definition,
            submission::{Mark, Submission},
        },
        id::{AppPath, EntryId, SubmissionId},
        org::activity::Note,
        time::Instant,
    },
    service::authorize,
    store::{Tx, content::entry, form::submission, project::project},
};

/// Which submissions are wanted.
#[derive(Debug, Clone, Default)]
pub struct ExportFilter {
    /// Those with this mark.
    pub mark: Option<Mark>,
    /// Those that came then or later.
    pub since: Option<Instant>,
    /// Those that are found by this: the newest of them.
    pub search: Option<String>,
}

/// An export on its way, from the newest to the oldest.
#[derive(Debug, Clone)]
pub struct Export {
    at: AppPath,
    target: (&'static Kind, EntryId),
    wanted: ExportFilter,
    found: Option<Arc<HashSet<SubmissionId>>>,
    /// It goes on behind this one.
    behind: (Instant, String),
    is_over: bool,
}

/// Begins one, of what is there now; with the columns of the fields that the form has, and its slug. The audit trail tells it.
///
/// # Errors
/// Those of the gate.
pub fn begin(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    wanted: &ExportFilter,
) -> Result<(Export, Columns, String)> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::SubmissionRead)?;
    let form = entry::get(tx, &granted, target.0, target.1)?;
    let within = authorize::project(tx, actor, (at.0, at.1), Permission::ProjectSee)?;
    let project = project::get_without_apps(tx, &within)?;
    let locales = Locales { default: &project.default_locale, enabled: &project.locales };
    let definition = Definition::read(&form.content, &project.default_locale, &locales)?;
    let found = match wanted.search.as_deref() {
        Some(text) => Some(Arc::new(submission::having(tx, &form, text)?.into_iter().collect())),
        None => None,
    };
    tx.note(&granted, Note::new("submission.exported", target.0.content_type).of(form.id, &form.name))?;
    // No id comes behind this one.
    let behind = (tx.now(), "~".to_owned());
    let export = Export { at, target, wanted: wanted.clone(), found, behind, is_over: false };
    Ok((export, Columns::of(&definition), form.slug.unwrap_or_else(|| form.id.to_string())))
}

impl Export {
    /// The next of them, which may be none; nothing where it is over.
    ///
    /// # Errors
    /// Those of the gate.
    pub fn next(&mut self, tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Option<Vec<Submission>>> {
        if self.is_over {
            return Ok(None);
        }
        let granted = authorize::app(tx, actor, self.at, Some(self.target.0.app_type), Permission::SubmissionRead)?;
        let some = submission::older(tx, &granted, self.target.1, &self.behind)?;
        let Some(last) = some.last() else {
            self.is_over = true;
            return Ok(None);
        };
        self.behind = (last.created_at, last.id.to_string());
        self.is_over = self.wanted.since.is_some_and(|since| last.created_at < since);
        Ok(Some(some.into_iter().filter(|one| self.wants(one)).collect()))
    }

    fn wants(&self, one: &Submission) -> bool {
        self.wanted.mark.is_none_or(|mark| one.mark == mark)
            && self.wanted.since.is_none_or(|since| one.created_at >= since)
            && self.found.as_ref().is_none_or(|found| found.contains(&one.id))
    }
}
