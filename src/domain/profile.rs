//! What organizations, projects and apps have in common: a name, a slug and a description, checked by one rule.

use super::{
    error::{Fault, Faults},
    text,
};

/// Most characters of a description.
const DESCRIPTION_MAX: usize = 2000;

/// The checked profile of something new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// Slug; made from the name where the draft has none.
    pub slug: String,
    /// What it is.
    pub description: Option<String>,
}

impl Profile {
    /// The profile that a draft asks for. `fallback` is the slug of a name of which nothing can stand in one. Where a check
    /// adds a fault, the field is empty.
    pub fn check(name: &str, slug: Option<&str>, description: &Option<String>, fallback: &str, faults: &mut Faults) -> Self {
        let checked = faults.keep(text::name("name", name));
        let slug = match slug {
            Some(slug) => faults.keep(text::flat_slug("slug", slug)),
            None => Some(text::slug_from(name, fallback)),
        };
        let description = faults.keep(text::optional(description, self::description));
        Self { name: checked.unwrap_or_default(), slug: slug.unwrap_or_default(), description: description.flatten() }
    }
}

/// A change of a profile: name, slug, description. What is `None` stays.
pub type ProfileChange<'a> = (&'a Option<String>, &'a Option<String>, &'a Option<Option<String>>);

/// Puts a change on the fields of an entity; what is wrong with it is added to the faults.
pub fn change(target: (&mut String, &mut String, &mut Option<String>), change: ProfileChange<'_>, faults: &mut Faults) {
    text::set(target.0, change.0, faults, |it| text::name("name", it));
    text::set(target.1, change.1, faults, |it| text::flat_slug("slug", it));
    text::set_optional(target.2, change.2, faults, description);
}

/// A checked description.
///
/// # Errors
/// Its fault, on the field `description`.
pub fn description(text: &str) -> Result<String, Fault> {
    text::block("description", text, DESCRIPTION_MAX)
}
