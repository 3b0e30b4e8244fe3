//! Projects: the content, apps and languages of one site or product.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    content::block::UnknownBlocks,
    error::Faults,
    id::{AppId, OrgId, ProjectId},
    org::activity,
    profile::{self, Profile},
    text,
    time::Instant,
};

use super::app::AppType;

/// Most languages of a project.
pub const LOCALES_MAX: usize = 50;

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Id.
    pub id: ProjectId,
    /// Its organization.
    pub org: OrgId,
    /// Name.
    pub name: String,
    /// Unique in the organization.
    pub slug: String,
    /// What it is.
    pub description: Option<String>,
    /// Address of its logo.
    pub logo_url: Option<String>,
    /// The language that plain texts are in and that others fall back to.
    pub default_locale: String,
    /// All its languages, the default among them.
    pub locales: Vec<String>,
    /// What is done with new blocks of an unknown type.
    pub unknown_blocks: UnknownBlocks,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
    /// Its apps that the caller may see.
    pub apps: Vec<AppLite>,
}

/// What a project's answer shows of an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppLite {
    /// Id.
    pub id: AppId,
    /// Type.
    pub app_type: AppType,
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
}

/// What makes a project.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ProjectNew, example = json!({"name": "Northwind site", "defaultLocale": "en", "enabledLocales": ["en", "fr"]}))]
pub struct Draft {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: String,
    /// Unique in the organization; made from the name when left out.
    #[schema(min_length = 1, max_length = 60, pattern = "{slug}")]
    pub slug: Option<String>,
    /// What it is.
    #[schema(max_length = 2000, pattern = "{block}")]
    pub description: Option<String>,
    /// Default language; `en` when left out.
    #[schema(max_length = 35, pattern = "{locale}")]
    pub default_locale: Option<String>,
    /// Languages; the default is added when it is not among them.
    #[schema(max_items = 49)]
    pub enabled_locales: Option<Vec<String>>,
}

/// Changes a project; what is left out stays, `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = ProjectPatch, example = json!({"name": "Northwind website"}))]
pub struct Patch {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: Option<String>,
    /// Unique in the organization.
    #[schema(min_length = 1, max_length = 60, pattern = "{slug}")]
    pub slug: Option<String>,
    /// What it is.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{block}", value_type = Option<String>)]
    pub description: Option<Option<String>>,
    /// Address of its logo.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{link}", value_type = Option<String>)]
    pub logo_url: Option<Option<String>>,
    /// Default language; it is added to the languages when it is not among them.
    #[schema(max_length = 35, pattern = "{locale}")]
    pub default_locale: Option<String>,
    /// Languages. What is stored in a language that is taken out stays stored.
    #[schema(max_items = 49)]
    pub enabled_locales: Option<Vec<String>>,
    /// What is done with new blocks of a type that is not known here: they are refused, or kept as they are.
    pub unknown_blocks: Option<UnknownBlocks>,
}

impl Draft {
    /// The project that the draft asks for.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: ProjectId, org: OrgId, now: Instant) -> Result<Project> {
        let mut faults = Faults::default();
        let profile = Profile::check(&self.name, self.slug.as_deref(), &self.description, "project", &mut faults);
        let default_locale = spelled(self.default_locale.as_deref().unwrap_or("en"), &[]);
        let locales = locales(&default_locale, self.enabled_locales.as_deref().unwrap_or_default(), &[], &mut faults);
        faults.into_result()?;
        Ok(Project {
            id,
            org,
            name: profile.name,
            slug: profile.slug,
            description: profile.description,
            logo_url: None,
            default_locale,
            locales,
            unknown_blocks: UnknownBlocks::default(),
            created_at: now,
            updated_at: now,
            apps: Vec::new(),
        })
    }
}

impl Patch {
    /// Puts the change on `project`.
    ///
    /// # Errors
    /// All faults of the patch.
    pub fn apply(&self, project: &mut Project) -> Result<()> {
        let mut faults = Faults::default();
        let target = (&mut project.name, &mut project.slug, &mut project.description);
        profile::change(target, (&self.name, &self.slug, &self.description), &mut faults);
        text::set_optional(&mut project.logo_url, &self.logo_url, &mut faults, |it| text::link("logoUrl", it));
        if let Some(default_locale) = &self.default_locale {
            project.default_locale = spelled(default_locale, &project.locales);
        }
        let wanted = self.enabled_locales.as_ref().unwrap_or(&project.locales);
        project.locales = locales(&project.default_locale, wanted, &project.locales, &mut faults);
        project.unknown_blocks = self.unknown_blocks.unwrap_or(project.unknown_blocks);
        faults.into_result()
    }
}

impl Project {
    /// What differs from `before`.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        activity::changes(&[
            ("name", self.name != before.name),
            ("slug", self.slug != before.slug),
            ("description", self.description != before.description),
            ("logoUrl", self.logo_url != before.logo_url),
            ("defaultLocale", self.default_locale != before.default_locale),
            ("enabledLocales", self.locales != before.locales),
            ("unknownBlocks", self.unknown_blocks != before.unknown_blocks),
        ])
    }
}

/// The checked languages, default first, each once; `stored` are those that the project has.
fn locales(default: &str, wanted: &[String], stored: &[String], faults: &mut Faults) -> Vec<String> {
    let mut locales: Vec<String> = faults.keep(text::locale("defaultLocale", default)).into_iter().collect();
    for (at, tag) in wanted.iter().enumerate() {
        let checked = faults.keep(text::locale(&format!("enabledLocales[{at}]"), tag));
        locales.extend(checked.map(|tag| spelled(&tag, stored)).filter(|tag| !locales.contains(tag)));
    }
    if locales.len() > LOCALES_MAX {
        faults.add("enabledLocales", "too_many", format!("enabledLocales may hold at most {LOCALES_MAX} languages."));
    }
    locales
}

/// A tag as it is stored. Case says nothing in a tag, so there is one spelling of each (RFC 5646 2.1.1): `zh-Hans`, `pt-BR`. But
/// what a project has stays as it is spelled there, because its entries name their languages so.
fn spelled(tag: &str, stored: &[String]) -> String {
    let same = || stored.iter().find(|known| known.eq_ignore_ascii_case(tag));
    stored.iter().find(|known| *known == tag).or_else(same).cloned().unwrap_or_else(|| canonical(tag))
}

fn canonical(tag: &str) -> String {
    let part = |(at, part): (usize, &str)| match (at, part.len()) {
        (0, _) => part.to_owned(),
        (_, 2) => part.to_ascii_uppercase(),
        (_, 4) => part.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect(),
        _ => part.to_ascii_lowercase(),
    };
    tag.split('-').enumerate().map(part).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(tags: &[&str]) -> Vec<String> {
        tags.iter().map(ToString::to_string).collect()
    }

    fn made(default: &str, enabled: &[&str]) -> Project {
        let draft = Draft {
            name: "Site".into(),
            slug: None,
            description: None,
            default_locale: Some(default.into()),
            enabled_locales: Some(list(enabled)),
        };
        let id = "0190f4a2-0000-7000-8000-00000000000a";
        draft.check(id.parse().unwrap(), id.parse().unwrap(), Instant::default()).unwrap()
    }

    fn patched(mut project: Project, default: Option<&str>, enabled: Option<&[&str]>) -> (String, Vec<String>) {
        let patch = Patch { default_locale: default.map(Into::into), enabled_locales: enabled.map(list), ..Patch::default() };
        patch.apply(&mut project).unwrap();
        (project.default_locale, project.locales)
    }

    #[test]
    fn a_language_has_one_spelling_and_stands_once() {
        let site = made("zh-hans", &["zh-HANS", "pt-br", "en", "zh-Hant-hk", "sl-NEDIS", "es-419", "pt-BR"]);
        assert_eq!(site.default_locale, "zh-Hans");
        assert_eq!(site.locales, ["zh-Hans", "pt-BR", "en", "zh-Hant-HK", "sl-nedis", "es-419"]);
    }

    #[test]
    fn a_stored_spelling_stays_because_entries_use_it() {
        let stored = |tags: &[&str]| Project { default_locale: tags[0].into(), locales: list(tags), ..made("en", &[]) };
        let old = stored(&["en", "zh-hans"]);
        assert_eq!(patched(old.clone(), None, None).1, ["en", "zh-hans"]);
        assert_eq!(patched(old.clone(), None, Some(&["zh-Hans", "zh-hans", "de-at"])).1, ["en", "zh-hans", "de-AT"]);
        assert_eq!(patched(old, Some("zh-Hans"), None), ("zh-hans".into(), list(&["zh-hans", "en"])));
        // Two that were stored as two stay two until one of them is taken out.
        let two = stored(&["en", "zh-Hans", "zh-hans"]);
        assert_eq!(patched(two.clone(), None, Some(&["zh-Hans", "zh-hans"])).1, ["en", "zh-Hans", "zh-hans"]);
        assert_eq!(patched(two, None, Some(&["zh-hans"])).1, ["en", "zh-hans"]);
    }
}
