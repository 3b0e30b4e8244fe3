//! Languages as tools name them.

use crate::{
    domain::{Result, error::Fault, project::project::Project},
    service::content::checked::locales,
};

/// A language of the project; its default one, if none is named.
///
/// # Errors
/// The fault of a language that it does not have.
pub fn language<'p>(project: &'p Project, named: Option<&'p str>, argument: &str) -> Result<&'p str> {
    let Some(named) = named else { return Ok(&project.default_locale) };
    locales(project).check_tag(Some(named)).map_err(|fault| Fault { field: argument.to_owned(), ..fault })?;
    Ok(named)
}
