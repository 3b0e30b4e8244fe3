//! The rules of the house that a compiler does not check: sizes, the direction of imports, and names that stay in one place.
//!
//! Each rule is a plain function over one file, so that the second half can show that it fails when it should.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod acts;
mod circles;
mod kinds;
mod names;
mod paths;
mod repeats;
mod rules;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use paths::{code_lines, depth_of, from_the_crate, paths_in};

/// A source file: its path from the root of the repository, with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

/// A line, counted from 1, and what is wrong there.
type Fault = (usize, String);

/// The floors, lowest first.
const FLOORS: [&str; 4] = ["domain", "store", "service", "http"];

/// The longest file, in lines.
const LONGEST: usize = 400;

/// The longest line of a template, in characters.
const WIDEST: usize = 160;

/// Kinds of files: what the program is written in, and what the pages are.
const SOURCES: [&str; 2] = ["rs", "py"];
const SCRIPTS: [&str; 2] = ["js", "mjs"];
const PAGES: [&str; 3] = ["html", "css", "js"];

/// The most sources of a folder, and where that counts.
const CROWDED: usize = 15;
const SHELVES: [(&str, &[&str]); 3] = [("src", &SOURCES), ("tests", &["rs", "py", "mjs"]), ("templates", &["html", "ftl"])];

/// Words that stand for unfinished work; in two parts, so that this file keeps its own rule.
const UNFINISHED: [&str; 5] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!"), concat!("unimple", "mented!"), concat!("db", "g!(")];

/// Words that switch a test off.
const SWITCHED_OFF: [&str; 6] = [
    concat!("#[ign", "ore"),
    concat!("mark.sk", "ip"),
    concat!("mark.xf", "ail"),
    concat!("pytest.sk", "ip"),
    concat!("test.sk", "ip("),
    concat!("test.on", "ly("),
];

/// Waiting for luck.
const WAITING: [&str; 3] = [concat!("sle", "ep("), concat!("waitForTime", "out("), concat!("setTime", "out(")];

/// What the domain does not touch: the web, the database, files, the network, the clock.
const IMPURE: [&str; 8] = ["actix", "rusqlite", "tokio::", "std::fs", "std::net", "std::env", "SystemTime::now", "Timestamp::now"];

/// No file is too long to be read at one sitting.
fn short(file: &Source) -> Vec<Fault> {
    let lines = file.text.lines().count();
    if lines > LONGEST { vec![(1, format!("{lines} lines, {LONGEST} are allowed"))] } else { Vec::new() }
}

/// No line of a template leads out of sight.
fn narrow(file: &Source) -> Vec<Fault> {
    let widths = file.text.lines().map(|line| line.chars().count()).enumerate();
    widths.filter(|(_, width)| *width > WIDEST).map(|(at, width)| (at + 1, format!("{width} characters, {WIDEST} are allowed"))).collect()
}

/// A template shows what filters and methods give it, and knows no path of the program: only a macro of another template is named by one.
fn pathless(file: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (open, _) in file.text.match_indices("{%").chain(file.text.match_indices("{{")) {
        let tag = &file.text[open + 2..];
        let tag = &tag[..tag.find(if file.text[open..].starts_with("{%") { "%}" } else { "}}" }).unwrap_or(tag.len())];
        let is_path = |at: usize| !tag[..at].trim_start_matches('-').trim_start().strip_prefix("call ").is_some_and(is_word);
        for (at, _) in tag.match_indices("::").filter(|(at, _)| is_path(*at)) {
            let line = file.text[..open + 2 + at].matches('\n').count() + 1;
            faults.push((line, "names a path of the program".to_owned()));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// Whether it is one name in small letters.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
}

/// The pages of a list are drawn by its frame, or by what ends it.
fn framed(file: &Source) -> Vec<Fault> {
    let lines = file.text.lines().enumerate().map(|(at, line)| (at + 1, line));
    if file.path == "templates/part/list.html" { Vec::new() } else { naming(lines, &["list::pages(", "lists::pages("]) }
}

/// Every file begins by saying what it is.
fn introduced(file: &Source) -> Vec<Fault> {
    let opening = match file.path.rsplit_once('.') {
        Some((_, "py")) => "\"\"\"",
        Some((_, "rs")) => "//! ",
        _ => "// ",
    };
    if file.text.starts_with(opening) { Vec::new() } else { vec![(1, format!("does not begin with `{opening}`"))] }
}

/// No floor names one above it, by `crate::` or by going up with `super::`.
fn downward(file: &Source) -> Vec<Fault> {
    let Some(floor) = floor_of(&file.path) else { return Vec::new() };
    let depth = depth_of(&file.path);
    let above = |path: &str| {
        let top = from_the_crate(path, depth)?.split("::").next()?.to_owned();
        FLOORS[floor + 1..].contains(&top.as_str()).then(|| format!("{} names {top}, a floor above it", FLOORS[floor]))
    };
    paths_in(&file.text).iter().filter_map(|(line, path)| Some((*line, above(path)?))).collect()
}

/// What happens by itself knows no requests, and no floor knows what happens by itself.
fn apart(file: &Source) -> Vec<Fault> {
    let is_job = file.path.starts_with("src/jobs/");
    let (other, depth) = (if is_job { "http" } else { "jobs" }, depth_of(&file.path));
    let named = |path: &str| from_the_crate(path, depth).is_some_and(|path| path.split("::").next() == Some(other));
    let faults = paths_in(&file.text).into_iter().filter(|(_, path)| (is_job || floor_of(&file.path).is_some()) && named(path));
    faults.map(|(line, _)| (line, format!("names {other}"))).collect()
}

/// Where bytes lie outside of the database is known where the program is put together, and to the place itself.
fn one_blob_store(file: &Source) -> Vec<Fault> {
    let knows = file.path == "src/app.rs" || file.path.starts_with("src/service/file/blob/folder");
    let named = paths_in(&file.text).into_iter().filter(|(_, path)| !knows && path.contains("blob::folder"));
    named.map(|(line, path)| (line, format!("names {path}"))).collect()
}

/// Only the folder of the engine knows the driver, and one more file which engine it is.
fn one_driver(file: &Source) -> Vec<Fault> {
    match file.path.as_str() {
        path if path.starts_with("src/store/sqlite/") => Vec::new(),
        "src/database.rs" => code_with(file, &["rusqlite"]),
        // The module has to be declared.
        "src/store/mod.rs" => code_with(file, &["rusqlite", "sqlite::"]),
        _ => code_with(file, &["rusqlite", "sqlite::", "Sqlite", "::sqlite", "schema/sqlite"]),
    }
}

/// The rules of the domain depend on nothing outside.
fn pure(file: &Source) -> Vec<Fault> {
    if floor_of(&file.path) == Some(0) { code_with(file, &IMPURE) } else { Vec::new() }
}

/// The proof of a right is made in one place.
fn one_gate(file: &Source) -> Vec<Fault> {
    if file.path == "src/domain/access.rs" || file.path.starts_with("src/domain/access/") {
        return Vec::new();
    }
    let made = |line: &str| line.match_indices("Granted").any(|(at, name)| is_made(&line[..at], &line[at + name.len()..]));
    code_lines(&file.text).filter(|(_, line)| made(line)).map(|(number, _)| (number, "makes a `Granted` by hand".to_owned())).collect()
}

/// Nothing is left for later, not in a comment either.
fn finished(file: &Source) -> Vec<Fault> {
    let lines = file.text.lines().enumerate().map(|(at, line)| (at + 1, line));
    naming(lines, &UNFINISHED)
}

/// Every test runs, and none waits for luck.
fn wakeful(file: &Source) -> Vec<Fault> {
    let mut faults = code_with(file, &SWITCHED_OFF);
    if file.path.starts_with("tests/") {
        faults.extend(code_with(file, &WAITING));
    }
    faults
}

/// A page writes by [`PageRequest::write`], which asks whether the session is there still; but for pages that let somebody in.
fn alive(file: &Source) -> Vec<Fault> {
    let lets_in = ["console/base/request.rs", "console/account/session.rs", "console/account/setup.rs"];
    if lets_in.iter().any(|name| file.path.ends_with(name)) { Vec::new() } else { code_with(file, &["store.write(", "write_now("]) }
}

/// The number of the floor that the file lies on.
fn floor_of(path: &str) -> Option<usize> {
    let rest = path.strip_prefix("src/")?;
    FLOORS.iter().position(|floor| rest.starts_with(&format!("{floor}/")) || rest == format!("{floor}.rs"))
}

/// A fault for each line of code that has one of the words.
fn code_with(file: &Source, words: &[&str]) -> Vec<Fault> {
    naming(code_lines(&file.text), words)
}

fn naming<'a>(lines: impl Iterator<Item = (usize, &'a str)>, words: &[&str]) -> Vec<Fault> {
    lines
        .filter_map(|(number, line)| words.iter().find(|word| line.contains(**word)).map(|word| (number, format!("names `{word}`"))))
        .collect()
}

/// A struct expression stands between these, rather than `impl Granted {`, `-> Granted {` or a longer name.
fn is_made(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches("::");
    let is_plain = after.trim_start().starts_with('{');
    let is_generic = after.starts_with('<')
        && after.split_once("> {").is_some_and(|(arguments, _)| {
            // In `-> Result<Granted<InOrg>> {` the last bracket closes more than was opened here.
            let balanced = arguments.matches('<').count() == arguments.matches('>').count() + 1;
            balanced && !arguments.contains(['(', ')', '='])
        });
    let is_longer = before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let before = before.trim_end_matches(|letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':').trim_end();
    let is_type = ["->", "impl", "for", "struct"].iter().any(|word| before.ends_with(word)) || before.trim_start().starts_with("impl");
    (is_plain || is_generic) && !is_longer && !is_type
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, kinds: &[&str], found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        // What tests install is others'.
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, kinds, found);
        } else if path.extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known)) {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            found.push(Source { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// Fails with every fault in the sources of these folders.
fn check(folders: &[&str], rule: fn(&Source) -> Vec<Fault>) {
    check_kinds(folders, &SOURCES, rule);
}

/// Fails with every fault in the files of these kinds.
fn check_kinds(folders: &[&str], kinds: &[&str], rule: fn(&Source) -> Vec<Fault>) {
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(&root().join(folder), kinds, &mut files));
    assert!(!files.is_empty(), "no files were found");
    let mut faults: Vec<_> =
        files.iter().flat_map(|file| rule(file).into_iter().map(|(line, what)| format!("{}:{line}: {what}", file.path))).collect();
    faults.sort();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_file_is_long() {
    check(&["src", "tests", "benches"], short);
    check_kinds(&["templates", "static"], &PAGES, short);
    check_kinds(&["tests", "benches"], &SCRIPTS, short);
}

#[test]
fn no_folder_is_crowded() {
    let mut files = Vec::new();
    for (shelf, kinds) in SHELVES {
        let before = files.len();
        collect(&root().join(shelf), kinds, &mut files);
        assert!(files.len() - before > CROWDED, "{shelf} was not read");
    }
    let mut folders: BTreeMap<_, usize> = BTreeMap::new();
    for folder in files.iter().filter_map(|file| file.path.rsplit_once('/')).map(|(folder, _)| folder) {
        *folders.entry(folder).or_default() += 1;
    }
    folders.retain(|_, count| *count > CROWDED);
    assert!(folders.is_empty(), "{folders:?}");
}

#[test]
fn no_file_needs_one_that_needs_it() {
    let mut files = Vec::new();
    collect(&root().join("src"), &SOURCES, &mut files);
    files.retain(|file| file.path != "src/main.rs");
    assert_eq!(circles::circle(&files), None);
}

#[test]
fn no_room_of_http_needs_one_that_needs_it() {
    let mut files = Vec::new();
    collect(&root().join("src"), &SOURCES, &mut files);
    let advice = "What two surfaces need belongs in src/http/base; what puts surfaces together, beside them, as src/http/pages.rs does.";
    let circle = circles::circle_of_rooms(&files, "http");
    assert!(circle.is_none(), "rooms in a circle:\n{}\n{advice}", circle.unwrap_or_default().join("\n"));
}

#[test]
fn no_line_of_a_template_is_wide() {
    check_kinds(&["templates"], &PAGES, narrow);
}

#[test]
fn no_template_draws_the_pages_of_a_list_by_itself() {
    check_kinds(&["templates"], &PAGES, framed);
}

#[test]
fn no_template_knows_a_path_of_the_program() {
    check_kinds(&["templates"], &PAGES, pathless);
}

#[test]
fn every_file_says_what_it_is() {
    check(&["src", "tests", "benches"], introduced);
    check_kinds(&["tests", "benches", "static/console"], &SCRIPTS, introduced);
}

#[test]
fn no_floor_names_one_above_it() {
    check(&["src"], downward);
    check(&["src"], apart);
}

#[test]
fn the_driver_is_named_in_one_place() {
    check(&["src"], one_driver);
    check(&["src"], one_blob_store);
}

#[test]
fn the_domain_is_pure() {
    check(&["src"], pure);
}

#[test]
fn a_right_is_granted_in_one_place() {
    check(&["src"], one_gate);
}

#[test]
fn no_page_writes_for_a_session_that_has_ended() {
    check(&["src/http/console"], alive);
}

#[test]
fn nothing_is_left_for_later() {
    check(&["src", "tests", "benches"], finished);
    check_kinds(&["templates", "static/console"], &PAGES, finished);
    check_kinds(&["tests", "benches"], &SCRIPTS, finished);
}

#[test]
fn every_test_runs_and_none_waits() {
    check(&["src", "tests", "benches"], wakeful);
    check_kinds(&["tests"], &SCRIPTS, wakeful);
}
