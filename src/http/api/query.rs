//! What a call asks for in its query: the parameters that its route has, none twice, and none longer than its schema says.

use crate::{
    domain::{
        Error, Result,
        cursor::Mark,
        error::{Fault, Faults},
        listing::Listing,
        spec::Spec,
    },
    http::base::bearer::call::ApiCall,
};

/// Most characters of a parameter whose schema does not say it.
const LONGEST: usize = 500;
/// Before the number in a schema.
const MAX_LENGTH: &str = "\"maxLength\": ";

/// A query parameter that a route reads itself.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub help: &'static str,
    /// Its JSON Schema, as text.
    pub schema: &'static str,
    /// Whether it must be given.
    pub required: bool,
}

impl Param {
    /// Most characters of it.
    pub fn longest(&self) -> usize {
        let number =
            self.schema.split_once(MAX_LENGTH).map(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
        number.and_then(|number| number.parse().ok()).unwrap_or(LONGEST)
    }

    fn check(&self, value: &str) -> std::result::Result<(), Fault> {
        let longest = self.longest();
        // No text has more characters than bytes.
        if value.len() > longest && value.chars().count() > longest {
            return Err(Fault::new(self.name, "too_long", format!("{} must have at most {longest} characters.", self.name)));
        }
        Ok(())
    }
}

impl ApiCall {
    /// The list parameters; `own` are those that the route reads besides.
    ///
    /// # Errors
    /// All faults of the query.
    pub fn listing(&self, spec: &Spec, own: &[Param]) -> Result<Listing> {
        let names: Vec<_> = own.iter().map(|param| param.name).collect();
        let mut faults = self.too_long(own);
        match Listing::parse_of(Mark::of(self.path()), spec, &names, self.parameters()) {
            Ok(listing) => faults.into_result().map(|()| listing),
            Err(more) => {
                faults.0.extend(more.0);
                Err(Error::Invalid(faults))
            }
        }
    }

    /// Refuses query parameters that the route does not have, those that are given twice, and those that are too long.
    ///
    /// # Errors
    /// All of them.
    pub fn only(&self, own: &[Param]) -> Result<()> {
        let (mut faults, all) = (self.too_long(own), self.parameters());
        for (at, (name, _)) in all.iter().enumerate() {
            if !own.iter().any(|param| param.name == name) {
                faults.add(name, "unknown_field", format!("This route has no parameter {name:?}."));
            } else if all[..at].iter().any(|(before, _)| before == name) {
                faults.add(name, "repeated", format!("{name} is given more than once."));
            }
        }
        faults.into_result()
    }

    fn too_long(&self, own: &[Param]) -> Faults {
        let mut faults = Faults::default();
        for (name, value) in self.parameters() {
            let param = own.iter().find(|param| param.name == name);
            faults.keep(param.map_or(Ok(()), |param| param.check(value)));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::content::KINDS, http::api::routes};

    #[test]
    fn a_parameter_is_as_long_as_its_schema_says() {
        for param in routes::all(KINDS).iter().flat_map(|route| route.params) {
            let schema: serde_json::Value = serde_json::from_str(param.schema).expect("a schema");
            let said = schema["maxLength"].as_u64().and_then(|longest| usize::try_from(longest).ok());
            assert_eq!(param.longest(), said.unwrap_or(LONGEST), "{}", param.name);
            assert!(param.check(&"\u{e9}".repeat(param.longest())).is_ok() && param.check(&"x".repeat(param.longest() + 1)).is_err());
        }
    }
}
