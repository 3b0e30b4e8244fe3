//! Settings of an app in an archive: those of its type, and those with routes of their own, each checked as there.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::domain::{
    Error, Result,
    content::site::settings::{self, Consent, SiteSetting, Tracking, ViewerAuth},
    error::{Fault, Faults},
    project::app::App,
};

/// Gives an app the settings of its archive. Tells which are not known here: they are left out.
///
/// # Errors
/// All faults.
pub(super) fn put(app: &mut App, given: Map<String, Value>) -> Result<Vec<Fault>> {
    let (mut faults, mut notices, mut own) = (Faults::default(), Vec::new(), Map::new());
    for (name, value) in given {
        let checked = match name.as_str() {
            Consent::KEY => site::<Consent>(app, value),
            Tracking::KEY => site::<Tracking>(app, value),
            ViewerAuth::KEY => site::<ViewerAuth>(app, value),
            known if app.app_type.settings().iter().any(|setting| setting.name == known) => {
                own.insert(name, value);
                Ok(())
            }
            other => {
                let field = format!("settings.{}", other.chars().take(64).collect::<String>());
                let words = format!("{field} is left out: apps of this type have no such setting here.");
                notices.push(Fault::new(field, "unknown_field", words));
                Ok(())
            }
        };
        gather(checked, &mut faults)?;
    }
    let merged = app.merge_settings(&own);
    gather(merged, &mut faults)?;
    faults.into_result()?;
    Ok(notices)
}

fn gather(checked: Result<()>, faults: &mut Faults) -> Result<()> {
    match checked {
        Err(Error::Invalid(more)) => faults.0.extend(more.0),
        other => other?,
    }
    Ok(())
}

/// What is stored has the form of the setting, and is what a change to it could be.
fn site<S: SiteSetting>(app: &mut App, value: Value) -> Result<()>
where
    S::Patch: DeserializeOwned,
{
    let malformed =
        || Error::from(Fault::new(format!("settings.{}", S::KEY), "malformed", format!("settings.{} is not of its form.", S::KEY)));
    let stored: S = serde_json::from_value(value).map_err(|_| malformed())?;
    let mut patch = serde_json::to_value(&stored).map_err(|_| malformed())?;
    if let Some(members) = patch.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    let mut checked = S::default();
    checked.apply(&serde_json::from_value(patch).map_err(|_| malformed())?)?;
    settings::write(&mut app.settings, &checked)
}
