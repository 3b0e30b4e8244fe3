//! Settings of a website that have routes of their own: consent, tracking, and whether readers sign in. Each is an object in the settings of
//! the app, and is read with its defaults where nobody has set it.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::domain::{
    Error, Result,
    error::{Fault, Faults},
    text,
};

/// Most characters of a title, and of a description.
const TITLE_MAX: usize = 200;
const DESCRIPTION_MAX: usize = 2_000;

/// A setting with a route of its own.
pub trait SiteSetting: Default + Serialize + DeserializeOwned {
    /// Its key in the settings of the app.
    const KEY: &'static str;
    /// What changes it; what is left out stays.
    type Patch;

    /// Puts a change on it.
    ///
    /// # Errors
    /// All faults.
    fn apply(&mut self, patch: &Self::Patch) -> Result<()>;
}

/// The setting as it is stored among those of an app.
///
/// # Errors
/// [`Error::Internal`] when it is not of its form.
pub fn read<S: SiteSetting>(settings: &Map<String, Value>) -> Result<S> {
    let stored = settings.get(S::KEY).cloned().map(serde_json::from_value).transpose();
    Ok(stored.map_err(|_| Error::Internal(format!("unexpected value in apps.settings.{}", S::KEY)))?.unwrap_or_default())
}

/// Stores the setting among those of an app.
///
/// # Errors
/// [`Error::Internal`] when it is no JSON.
pub fn write<S: SiteSetting>(settings: &mut Map<String, Value>, setting: &S) -> Result<()> {
    let value = serde_json::to_value(setting).map_err(|error| Error::Internal(error.to_string()))?;
    settings.insert(S::KEY.to_owned(), value);
    Ok(())
}

/// What readers are asked before cookies are set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = ConsentChoices)]
pub struct Consent {
    /// Whether they are asked.
    pub banner_enabled: bool,
    /// The heading.
    pub banner_title: Option<String>,
    /// What it says.
    pub banner_description: Option<String>,
    /// The address of the privacy policy.
    pub privacy_policy_url: Option<String>,
    /// The address of the cookie policy.
    pub cookie_policy_url: Option<String>,
    /// Whether cookies for statistics are offered.
    pub statistics_cookies_enabled: bool,
    /// Whether cookies for marketing are offered.
    pub marketing_cookies_enabled: bool,
    /// Whether only readers are asked whose law wants it.
    pub auto_detect_region: bool,
}

/// Changes [`Consent`]; what is left out stays, `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = ConsentPatch, example = json!({"bannerEnabled": true}))]
pub struct ConsentPatch {
    /// Whether readers are asked.
    pub banner_enabled: Option<bool>,
    /// The heading.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 200, pattern = "{line}", value_type = Option<String>)]
    pub banner_title: Option<Option<String>>,
    /// What it says.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{block}", value_type = Option<String>)]
    pub banner_description: Option<Option<String>>,
    /// The address of the privacy policy.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{link}", value_type = Option<String>)]
    pub privacy_policy_url: Option<Option<String>>,
    /// The address of the cookie policy.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{link}", value_type = Option<String>)]
    pub cookie_policy_url: Option<Option<String>>,
    /// Whether cookies for statistics are offered.
    pub statistics_cookies_enabled: Option<bool>,
    /// Whether cookies for marketing are offered.
    pub marketing_cookies_enabled: Option<bool>,
    /// Whether only readers are asked whose law wants it.
    pub auto_detect_region: Option<bool>,
}

impl SiteSetting for Consent {
    const KEY: &'static str = "consent";
    type Patch = ConsentPatch;

    fn apply(&mut self, patch: &ConsentPatch) -> Result<()> {
        let mut faults = Faults::default();
        for (flag, wanted) in [
            (&mut self.banner_enabled, patch.banner_enabled),
            (&mut self.statistics_cookies_enabled, patch.statistics_cookies_enabled),
            (&mut self.marketing_cookies_enabled, patch.marketing_cookies_enabled),
            (&mut self.auto_detect_region, patch.auto_detect_region),
        ] {
            *flag = wanted.unwrap_or(*flag);
        }
        text::set_optional(&mut self.banner_title, &patch.banner_title, &mut faults, |it| {
            text::optional_line("bannerTitle", it, TITLE_MAX)
        });
        let description = |it: &str| text::block("bannerDescription", it, DESCRIPTION_MAX);
        text::set_optional(&mut self.banner_description, &patch.banner_description, &mut faults, description);
        text::set_optional(&mut self.privacy_policy_url, &patch.privacy_policy_url, &mut faults, |it| text::link("privacyPolicyUrl", it));
        text::set_optional(&mut self.cookie_policy_url, &patch.cookie_policy_url, &mut faults, |it| text::link("cookiePolicyUrl", it));
        faults.into_result()
    }
}

/// What counts the readers of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = TrackingIds)]
pub struct Tracking {
    /// The container of Google Tag Manager.
    pub google_tag_manager_id: Option<String>,
}

/// Changes [`Tracking`]; what is left out stays, `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = TrackingPatch, example = json!({"googleTagManagerId": "GTM-ABC123"}))]
pub struct TrackingPatch {
    /// The container of Google Tag Manager: `GTM-` and capital letters or digits.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(pattern = "^(GTM-[A-Z0-9]{4,12})?$", value_type = Option<String>)]
    pub google_tag_manager_id: Option<Option<String>>,
}

impl SiteSetting for Tracking {
    const KEY: &'static str = "tracking";
    type Patch = TrackingPatch;

    fn apply(&mut self, patch: &TrackingPatch) -> Result<()> {
        let mut faults = Faults::default();
        text::set_optional(&mut self.google_tag_manager_id, &patch.google_tag_manager_id, &mut faults, container);
        faults.into_result()
    }
}

fn container(text: &str) -> std::result::Result<String, Fault> {
    let id = text.strip_prefix("GTM-").unwrap_or_default();
    let good = (4..=12).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if good {
        Ok(text.to_owned())
    } else {
        Err(Fault::new("googleTagManagerId", "malformed", "googleTagManagerId must be like GTM-ABC123."))
    }
}

/// How somebody becomes a reader who signs in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AccessModel {
    /// They are invited.
    #[default]
    Invite,
    /// They leave their address.
    Capture,
    /// They register themselves.
    Registration,
}

/// Whether readers of a site sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = ViewerAuth)]
pub struct ViewerAuth {
    /// Whether they do.
    pub enabled: bool,
    /// Always null: there is no provider outside of this server.
    pub tenant_id: Option<String>,
    /// How somebody becomes one.
    pub access_model: AccessModel,
}

/// Changes [`ViewerAuth`]; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = ViewerAuthPatch, example = json!({"enabled": true}))]
pub struct ViewerAuthPatch {
    /// Whether readers sign in.
    pub enabled: Option<bool>,
    /// How somebody becomes one.
    pub access_model: Option<AccessModel>,
}

impl SiteSetting for ViewerAuth {
    const KEY: &'static str = "viewerAuth";
    type Patch = ViewerAuthPatch;

    fn apply(&mut self, patch: &ViewerAuthPatch) -> Result<()> {
        self.enabled = patch.enabled.unwrap_or(self.enabled);
        self.access_model = patch.access_model.unwrap_or(self.access_model);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_as_it_was_written_and_has_defaults() {
        let mut settings = Map::new();
        let mut consent: Consent = read(&settings).expect("the defaults");
        assert_eq!(consent, Consent::default());
        let patch = ConsentPatch { banner_enabled: Some(true), banner_title: Some(Some(" Cookies ".into())), ..ConsentPatch::default() };
        consent.apply(&patch).expect("good");
        write(&mut settings, &consent).expect("JSON");
        assert_eq!(read::<Consent>(&settings).expect("stored").banner_title.as_deref(), Some("Cookies"));
        assert!(consent.apply(&ConsentPatch { privacy_policy_url: Some(Some("x:y".into())), ..ConsentPatch::default() }).is_err());
    }

    #[test]
    fn a_container_has_its_form() {
        let mut tracking = Tracking::default();
        for wrong in ["GTM-", "GTM-abc1", "UA-12345", "GTM-ABC<"] {
            assert!(tracking.apply(&TrackingPatch { google_tag_manager_id: Some(Some(wrong.into())) }).is_err(), "{wrong}");
        }
        tracking.apply(&TrackingPatch { google_tag_manager_id: Some(Some("GTM-ABC123".into())) }).expect("good");
        tracking.apply(&TrackingPatch { google_tag_manager_id: Some(None) }).expect("cleared");
        assert_eq!(tracking, Tracking::default());
    }
}
