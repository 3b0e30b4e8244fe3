//! One name, one type: whoever looks for the name of a public type finds it.

use std::collections::BTreeMap;

use super::{Fault, SOURCES, Source, check, code_with, collect, paths::code_lines, root};

/// How often a name may stand: as a noun, as the API tells it, and as a page shows it.
const OFTEN: usize = 3;

/// Names that each noun has of its own, and those that stand more often as yet; this list becomes shorter.
const SHARED: [&str; 9] = ["Counts", "Draft", "Field", "Form", "Patch", "Piece", "Reference", "Sender", "Settings"];

/// Words that fit everything, and therefore name nothing.
const VAGUE: [&str; 14] =
    ["Answer", "Asked", "Asking", "Became", "Came", "Held", "Known", "Of", "Place", "Reader", "Said", "Shown", "Told", "Wanted"];

/// What a function is not called, since it does not say what it does.
const VAGUE_VERBS: [&str; 15] = [
    "fn answered",
    "fn came",
    "fn drawn",
    "fn found",
    "fn held",
    "fn kept",
    "fn missed",
    "fn named",
    "fn noted",
    "fn said",
    "fn seen",
    "fn settled",
    "fn shown",
    "fn spoken",
    "fn told",
];

/// What a function of the floor of operations is called that passes the gate: `authorize`.
const OF_THE_GATE: &str = "fn enter";

/// A function says what it does.
fn saying(file: &Source) -> Vec<Fault> {
    let gate = Some(&OF_THE_GATE).filter(|_| file.path.starts_with("src/service/"));
    let unguarded = VAGUE_VERBS.map(|word| word.replace("fn ", "fn unguarded_"));
    let all = VAGUE_VERBS.into_iter().chain(unguarded.iter().map(String::as_str)).chain(gate.copied());
    let words: Vec<_> = all.flat_map(|word| [format!("{word}("), format!("{word}<")]).collect();
    code_with(file, &words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A type of its own name has no name that says nothing, whoever may use it.
fn vague_types(file: &Source) -> Vec<Fault> {
    let name = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix("pub").map_or(line, |rest| rest.split_once(' ').map_or(rest, |(_, rest)| rest));
        let rest = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| line.strip_prefix(kind))?;
        rest.split(|letter: char| !letter.is_alphanumeric()).next().map(str::to_owned)
    };
    let found = code_lines(&file.text).filter_map(|(number, line)| Some((number, name(line)?)));
    found.filter(|(_, name)| VAGUE.contains(&name.as_str())).map(|(number, name)| (number, format!("{name} says nothing"))).collect()
}

/// The public types of these files, each with where it stands.
fn types(files: &[Source]) -> BTreeMap<&str, Vec<&str>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for file in files {
        for line in file.text.lines() {
            let kind = ["pub struct ", "pub enum ", "pub trait ", "pub type "].iter().find_map(|kind| line.strip_prefix(kind));
            let name = kind.and_then(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next());
            name.into_iter().for_each(|name| all.entry(name).or_default().push(&*file.path));
        }
    }
    all
}

fn faults(files: &[Source], shared: &[&str]) -> Vec<String> {
    let types = types(files);
    let often = types.iter().filter(|(name, homes)| homes.len() > OFTEN && !shared.contains(name));
    let mut all: Vec<_> = often.map(|(name, homes)| format!("{name} is the name of {} types: {homes:?}", homes.len())).collect();
    let known = |name: &str| types.get(name).is_some_and(|homes| homes.len() > OFTEN);
    all.extend(shared.iter().filter(|name| !known(name)).map(|name| format!("{name} is no longer shared: take it off the list")));
    all
}

#[test]
fn one_name_is_one_type() {
    let mut files = Vec::new();
    collect(&root().join("src"), &SOURCES, &mut files);
    let faults = faults(&files, &SHARED);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    check(&["src", "tests"], vague_types);
}

#[test]
fn a_function_says_what_it_does() {
    check(&["src"], saying);
    let file = |text: &str| Source { path: "src/a.rs".to_owned(), text: text.to_owned() };
    assert_eq!(saying(&file("//! A.\npub fn told<'a>(one: &'a str) {}\n")).len(), 1);
    assert_eq!(saying(&file("//! A.\npub fn unguarded_seen() {}\n")).len(), 1);
    assert!(saying(&file("fn told_apart() {}\n")).is_empty());
}

#[test]
fn a_name_of_many_types_is_seen() {
    let file = |at: usize, text: &str| Source { path: format!("src/{at}.rs"), text: text.to_owned() };
    let some = |count: usize| (0..count).map(|at| file(at, "pub struct Leaf<'a> {\n")).collect::<Vec<_>>();
    assert!(faults(&some(OFTEN), &[]).is_empty());
    assert_eq!(faults(&some(OFTEN + 1), &[]).len(), 1);
    assert!(faults(&some(OFTEN + 1), &["Leaf"]).is_empty());
    assert_eq!(faults(&some(OFTEN), &["Leaf"]), ["Leaf is no longer shared: take it off the list"]);
    for text in ["pub type Told = u8;\n", "pub(super) struct Told;\n", "    enum Told {}\n"] {
        assert_eq!(vague_types(&file(0, text)), [(1, "Told says nothing".to_owned())], "{text}");
    }
    assert!(vague_types(&file(0, "// struct Told;\nstruct ToldOnce;\n")).is_empty());
}
