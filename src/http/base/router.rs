//! Finds the route of a path and method, in a time that does not grow with the number of routes.

use std::collections::BTreeMap;

use actix_web::http::Method;

use crate::domain::text;

/// Routes by path; `T` is what is found.
pub struct Router<T> {
    tree: matchit::Router<Resource<T>>,
}

/// What one path answers to.
pub struct Resource<T> {
    methods: Vec<(Method, T)>,
    allowed: String,
}

/// Path parameters by name, decoded.
pub type Params = Vec<(String, String)>;

impl<T> Router<T> {
    /// A router of these methods and paths.
    ///
    /// # Errors
    /// Which path cannot be told from another.
    pub fn new(routes: impl IntoIterator<Item = (Method, String, T)>) -> Result<Self, String> {
        let mut paths: BTreeMap<String, Vec<(Method, T)>> = BTreeMap::new();
        for (method, path, found) in routes {
            paths.entry(path).or_default().push((method, found));
        }
        let mut tree = matchit::Router::new();
        for (path, methods) in paths {
            let names = methods.iter().map(|(method, _)| if *method == Method::GET { "GET, HEAD" } else { method.as_str() });
            let allowed = names.collect::<Vec<_>>().join(", ");
            tree.insert(&path, Resource { methods, allowed }).map_err(|error| format!("{path}: {error}"))?;
        }
        Ok(Self { tree })
    }

    /// What answers at this path, still percent-encoded, and the parameters in it.
    pub fn find(&self, path: &str) -> Option<(&Resource<T>, Params)> {
        let found = self.tree.at(path).ok()?;
        // Decoded only now, so that `%2F` may stand in a parameter.
        let params = found.params.iter().map(|(name, raw)| (name.to_owned(), decode(raw))).collect();
        Some((found.value, params))
    }
}

impl<T> Resource<T> {
    /// What this method finds. The answer to HEAD is that to GET without its body (RFC 9110 9.3.2).
    pub fn at(&self, method: &Method) -> Option<&T> {
        let method = if *method == Method::HEAD { &Method::GET } else { method };
        self.methods.iter().find(|(known, _)| known == method).map(|(_, found)| found)
    }

    /// The methods that it answers to, as in an `Allow` header.
    pub fn allowed(&self) -> &str {
        &self.allowed
    }
}

fn decode(raw: &str) -> String {
    if !raw.contains('%') {
        return text::without_nul(raw);
    }
    let bytes = raw.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = raw.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    text::without_nul(&String::from_utf8_lossy(&out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::content::KINDS, http::api::routes};

    #[test]
    fn every_route_is_found_by_its_own_path() {
        let (all, router) = (routes::all(KINDS), Router::new(routes::by_path(KINDS)).expect("no two routes are alike"));
        for route in &all {
            for path in [route.path.as_str()].into_iter().chain(route.alias) {
                let (resource, params) = router.find(&path.replace(['{', '}'], "_")).expect("a resource");
                assert!(resource.at(&route.method).is_some(), "{} {path}", route.method);
                assert_eq!(params.len(), path.matches('{').count(), "{path}");
            }
        }
    }

    #[test]
    fn parameters_are_decoded_after_the_path_was_split() {
        assert_eq!(decode("a%2Fb%20c"), "a/b c");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%4"), "%zz%4");
        assert_eq!(decode("%C3%A9"), "é");
    }
}
