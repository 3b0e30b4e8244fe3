//! No file needs one that needs it: whoever reads a file reads what is below it, and never comes back.
//!
//! A file needs another if its code names something in it, by a path or by a name that a `use` brought in. What a folder hands on by
//! `pub use` is where it was written. Tests inside of files may name what they like.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, paths::paths_in};

/// The files by their modules, such as `store::content::entry`.
struct House<'s> {
    files: BTreeMap<String, &'s Source>,
    /// Where the names come from that a module hands on.
    handed: BTreeMap<String, BTreeMap<String, String>>,
}

/// The module of a file; the crate's own has no name.
fn module_of(path: &str) -> String {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.trim_end_matches("/mod");
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

/// The code of a file without its tests, and without the places to which something is visible.
fn code(text: &str) -> String {
    let mut code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
    while let Some(at) = code.find("pub(in ") {
        let end = code[at..].find(')').map_or(code.len(), |end| at + end + 1);
        code.replace_range(at..end, "pub");
    }
    code
}

/// The statements that begin with this, without it.
fn statements<'c>(code: &'c str, beginning: &str) -> Vec<&'c str> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(beginning) {
        let begins_line = code[..at].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        if begins_line && let Some(end) = code[at..].find(';') {
            found.push(&code[at + beginning.len()..at + end]);
        }
    }
    found
}

impl<'s> House<'s> {
    fn of(files: &'s [Source]) -> Self {
        let files: BTreeMap<_, _> = files.iter().map(|file| (module_of(&file.path), file)).collect();
        let mut house = Self { files, handed: BTreeMap::new() };
        for (module, file) in house.files.clone() {
            let mut names = BTreeMap::new();
            for statement in statements(&code(&file.text), "pub use ") {
                let paths = paths_in(statement).into_iter().filter_map(|(_, path)| house.absolute(&module, &path));
                names.extend(paths.map(|path| (path.rsplit("::").next().unwrap_or_default().to_owned(), path)));
            }
            house.handed.insert(module, names);
        }
        house
    }

    /// A path from the crate's root, if it leads into the crate.
    fn absolute(&self, from: &str, path: &str) -> Option<String> {
        if let Some(path) = path.strip_prefix("crate::") {
            return Some(path.to_owned());
        }
        let join = |module: &str, rest: &str| if module.is_empty() { rest.to_owned() } else { format!("{module}::{rest}") };
        let (mut module, mut rest) = (from, path);
        while let Some(upper) = rest.strip_prefix("super::") {
            (module, rest) = (module.rsplit_once("::").map_or("", |(upper, _)| upper), upper);
        }
        if rest.len() < path.len() {
            return Some(join(module, rest));
        }
        let rest = path.strip_prefix("self::").unwrap_or(path);
        let child = join(from, rest.split("::").next().unwrap_or_default());
        self.files.contains_key(&child).then(|| join(from, rest))
    }

    /// The module in whose file the last name of a path was written; none where it is a module itself.
    fn owner(&self, path: &str) -> Option<String> {
        let mut module = path;
        while !self.files.contains_key(module) {
            module = module.rsplit_once("::").map_or("", |(upper, _)| upper);
        }
        let rest = path[module.len()..].trim_start_matches("::");
        let name = rest.split("::").next().filter(|name| !name.is_empty())?;
        match self.handed.get(module).and_then(|names| names.get(name)) {
            Some(from) => self.owner(&(from.clone() + &rest[name.len()..])),
            None => Some(module.to_owned()),
        }
    }

    /// The modules that one needs.
    fn needs(&self, module: &str, text: &str) -> BTreeSet<String> {
        let code = code(text);
        let mut brought = BTreeMap::new();
        for statement in statements(&code, "use ") {
            for path in paths_in(statement).into_iter().filter_map(|(_, path)| self.absolute(module, path.trim_end_matches("::self"))) {
                if self.files.contains_key(&path) {
                    brought.insert(path.rsplit("::").next().unwrap_or_default().to_owned(), path);
                }
            }
        }
        let whole = |path: &str| {
            let (first, rest) = path.split_once("::")?;
            let known = brought.get(first).filter(|_| !["crate", "super", "self"].contains(&first));
            known.map(|module| format!("{module}::{rest}")).or_else(|| self.absolute(module, path))
        };
        let handed: BTreeSet<_> = statements(&code, "pub use ").into_iter().flat_map(paths_in).map(|(_, path)| path).collect();
        let named = paths_in(&code).into_iter().map(|(_, path)| path).filter(|path| !handed.contains(path));
        named.filter_map(|path| self.owner(&whole(&path)?)).filter(|owner| owner != module).collect()
    }
}

/// A circle of modules, if there is one, and the way through it.
pub fn circle(files: &[Source]) -> Option<Vec<String>> {
    let house = House::of(files);
    let needs: BTreeMap<_, _> = house.files.iter().map(|(module, file)| (module.clone(), house.needs(module, &file.text))).collect();
    let mut done = BTreeSet::new();
    needs.keys().find_map(|module| way_back(module, &needs, &mut Vec::new(), &mut done))
}

/// A circle of rooms, if there is one, as the steps of it: which room needs which, and the files by which it does. A room is what lies
/// directly below a floor: a folder with all that is in it, or a file by itself.
pub fn circle_of_rooms(files: &[Source], floor: &str) -> Option<Vec<String>> {
    let house = House::of(files);
    let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut steps = BTreeMap::new();
    for (module, file) in &house.files {
        let Some(room) = room_of(module, floor) else { continue };
        needs.entry(room.clone()).or_default();
        for needed in house.needs(module, &file.text) {
            if let Some(other) = room_of(&needed, floor).filter(|other| *other != room) {
                steps.entry((room.clone(), other.clone())).or_insert_with(|| format!("{room} needs {other} ({module} names {needed})"));
                needs.entry(room.clone()).or_default().insert(other);
            }
        }
    }
    let mut done = BTreeSet::new();
    let circle = needs.keys().find_map(|room| way_back(room, &needs, &mut Vec::new(), &mut done))?;
    let ways = circle.iter().zip(circle.iter().cycle().skip(1));
    Some(ways.map(|(room, other)| steps[&(room.clone(), other.clone())].clone()).collect())
}

/// The room of a module on this floor; what stands beside the rooms, in the floor's own file, is in none.
fn room_of(module: &str, floor: &str) -> Option<String> {
    let mut names = module.split("::");
    let room = (names.next()? == floor).then(|| names.next())??;
    Some(format!("{floor}::{room}"))
}

fn way_back(
    module: &str,
    needs: &BTreeMap<String, BTreeSet<String>>,
    way: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(at) = way.iter().position(|before| before == module) {
        return Some(way[at..].to_vec());
    }
    if !done.contains(module) {
        way.push(module.to_owned());
        let found = needs.get(module)?.iter().find_map(|next| way_back(next, needs, way, done));
        if found.is_some() {
            return found;
        }
        way.pop();
        done.insert(module.to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Option<Vec<String>> {
        let source = |(path, text): &(&str, &str)| Source { path: format!("src/{path}.rs"), text: (*text).to_owned() };
        circle(&files.iter().map(source).collect::<Vec<_>>())
    }

    #[test]
    fn a_circle_is_found_however_its_files_are_named() {
        let here = ("a/one", "use super::two::Two;\n");
        for there in [
            "use crate::a::one::One;\n",
            "use crate::a::{\n    one::{One, Other},\n};\n",
            "fn f() -> super::one::One {}\n",
            "use super::one;\nfn f() { one::make() }\n",
            "use crate::a::one::{self};\nfn f() { one::make() }\n",
            "use crate::a::One;\n",
        ] {
            let files = [("a/mod", "pub mod one;\npub mod two;\npub use one::One;\n"), here, ("a/two", there)];
            assert_eq!(found(&files), Some(vec!["a::one".to_owned(), "a::two".to_owned()]), "{there}");
        }
        assert!(found(&[("a/mod", "mod one;\npub fn f() { one::g() }\n"), ("a/one", "use super::f;\n")]).is_some());
    }

    #[test]
    fn rooms_that_need_each_other_are_a_circle_though_no_file_is_in_one() {
        let text = |path: &str, text: &str| Source { path: format!("src/{path}.rs"), text: text.to_owned() };
        let mut files = vec![
            text("lib", "pub mod domain;\npub mod http;\n"),
            text("http/mod", "pub mod base;\npub mod one;\npub mod two;\n"),
            text("http/base/mod", "pub mod state;\n"),
            text("http/base/state", "use std::fmt;\n"),
            text("http/one/mod", "pub mod call;\npub mod page;\n"),
            text("http/one/call", "use crate::http::base::state::State;\n"),
            text("http/one/page", "use crate::{domain, http::two::Two};\nuse super::call::Call;\n"),
            text("http/two", "pub struct Two;\n"),
        ];
        assert_eq!(circle_of_rooms(&files, "http"), None);
        files[7].text.push_str("use super::one::call::Call;\n");
        assert_eq!(circle(&files), None);
        assert_eq!(
            circle_of_rooms(&files, "http"),
            Some(vec![
                "http::one needs http::two (http::one::page names http::two)".to_owned(),
                "http::two needs http::one (http::two names http::one::call)".to_owned(),
            ])
        );
        assert_eq!(circle_of_rooms(&files, "service"), None);
    }

    #[test]
    fn what_only_goes_down_is_none() {
        for there in [
            "use std::fmt;\n",
            "pub(in crate::a::one) fn f() {}\n",
            "// crate::a::one is above\n",
            "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::a::one::One;\n}\n",
            "use super::Named;\n",
        ] {
            let files = [
                ("a/mod", "pub mod one;\npub mod three;\npub mod two;\npub use one::One;\npub use three::Named;\n"),
                ("a/one", "use super::two::Two;\nuse super::three::Named;\n"),
                ("a/three", "pub struct Named;\n"),
                ("a/two", there),
            ];
            assert_eq!(found(&files), None, "{there}");
        }
    }
}
