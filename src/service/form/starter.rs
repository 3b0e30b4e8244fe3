//! A new form that begins with usual questions.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        error::Fault,
        form::starter,
        id::AppPath,
    },
    service::authorize,
    store::{Tx, project::project},
};

/// Puts what the form of this word asks into the body of a new one, in the languages of the project.
///
/// # Errors
/// Those of the gate; the fault of a word that is none.
pub fn begin(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, word: &str, body: &mut Map<String, Value>) -> Result<()> {
    let granted = authorize::project(tx, actor, (at.0, at.1), Permission::ProjectSee)?;
    let starter = starter::of(word).ok_or_else(|| Fault::new("starter", "malformed", "There is no such form to begin with."))?;
    let project = project::get_without_apps(tx, &granted)?;
    body.extend(starter.body(&project.default_locale, &project.locales)?);
    Ok(())
}
