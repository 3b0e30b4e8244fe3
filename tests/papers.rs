//! The papers of the house are true: each path, each link and each name of the code in them leads to something that is there.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use stele::config::Values;

/// Where the paths begin that must be there.
const ROOTS: [&str; 6] = ["src/", "tests/", "templates/", "static/", "docs/", "benches/"];

/// Words of the worked examples: what has one in its name is made up.
const MADE_UP: [&str; 4] = ["label", "event", "timeline", "00NN"];

/// What every decision says.
const PARTS: [&str; 4] = ["**Decided.**", "**Why.**", "**Rejected.**", "**Reopen when**"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below this one that end so.
fn files(at: &Path, endings: &[&str]) -> Vec<PathBuf> {
    if at.is_dir() {
        let mut below: Vec<_> = fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()).collect();
        below.sort();
        return below.iter().flat_map(|path| files(path, endings)).collect();
    }
    let fits = at.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending));
    if fits { vec![at.to_owned()] } else { Vec::new() }
}

/// The papers, each with its folder and its text.
fn papers() -> Vec<(PathBuf, String)> {
    let found: Vec<_> = ["docs", "CONTRIBUTING.md"].iter().flat_map(|at| files(&root().join(at), &["md"])).collect();
    assert!(found.len() > 10, "the papers were not found");
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

/// What stands in backticks, without the blocks of code.
fn quoted(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

fn is_made_up(text: &str) -> bool {
    let text = text.to_lowercase();
    MADE_UP.iter().any(|word| text.contains(&word.to_lowercase()))
}

/// Fails with what `faults` finds in each paper.
fn check(faults: impl Fn(&Path, &str) -> Vec<String>) {
    let found: Vec<_> = papers()
        .iter()
        .flat_map(|(path, text)| faults(path, text).into_iter().map(|fault| format!("{}: {fault}", path.display())).collect::<Vec<_>>())
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_path_is_there() {
    check(|_, text| {
        let paths = quoted(text).into_iter().filter(|path| ROOTS.iter().any(|start| path.starts_with(start)) && !path.contains(' '));
        paths.filter(|path| !is_made_up(path) && !root().join(path).exists()).map(|path| format!("there is no {path}")).collect()
    });
}

#[test]
fn every_link_leads_somewhere() {
    check(|path, text| {
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let files = links.map(|link| link.split('#').next().unwrap()).filter(|link| !link.is_empty() && !link.contains("://"));
        files.filter(|link| !path.parent().unwrap().join(link).exists()).map(|link| format!("{link} leads nowhere")).collect()
    });
}

#[test]
fn every_name_of_the_code_is_in_the_code() {
    let sources = ["src", "tests", "templates", "static/embed", "clippy.toml", "Cargo.toml"]
        .iter()
        .flat_map(|at| files(&root().join(at), &["rs", "ftl", "html", "js", "mjs", "py", "toml"]));
    let sources = sources.filter(|path| !path.ends_with("papers.rs")).map(|path| fs::read_to_string(path).unwrap());
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let names: BTreeSet<_> = sources.flat_map(|text| text.split(|c| !is_part(c)).map(str::to_owned).collect::<Vec<_>>()).collect();
    check(|_, text| {
        let is_name = |text: &str| {
            text.contains(|c: char| c.is_ascii_uppercase() || c == '_' || c == ':') && text.chars().all(|c| is_part(c) || c == ':')
        };
        let named = quoted(text).into_iter().filter(|text| is_name(text) && !is_made_up(text)).flat_map(|path| path.split(':'));
        named
            .filter(|name| !name.is_empty() && !name.starts_with('_') && !name.ends_with('_') && !names.contains(*name))
            .map(|name| format!("nothing is called {name}"))
            .collect()
    });
}

/// "`NAME` of `path`" and "`NAME` in `path`", wherever a line ends.
fn homes(text: &str) -> Vec<(String, String)> {
    let words: Vec<_> = text.split_whitespace().collect();
    let quoted = |word: &str| word.trim_matches(['(', ')', ',', '.', ';', ':']).strip_prefix('`')?.strip_suffix('`').map(str::to_owned);
    let home = |three: &[&str]| {
        let (name, path) = (quoted(three[0])?, quoted(three[2])?);
        let is_home = matches!(three[1], "of" | "in") && (path.ends_with(".rs") || path.ends_with(".mjs"));
        (is_home && name.chars().any(|c| c.is_ascii_uppercase())).then_some((name, path))
    };
    words.windows(3).filter_map(home).collect()
}

#[test]
fn every_name_stands_in_the_file_that_is_said_to_have_it() {
    check(|_, text| {
        let is_in = |(name, path): &(String, String)| fs::read_to_string(root().join(path)).is_ok_and(|text| text.contains(name.as_str()));
        homes(text).into_iter().filter(|home| !is_in(home)).map(|(name, path)| format!("{name} is not in {path}")).collect()
    });
    assert_eq!(homes("the table (`TABLE` of\n`src/a.rs`) and `B` in `b.html`"), [("TABLE".to_owned(), "src/a.rs".to_owned())]);
}

#[test]
fn every_printed_setting_is_taken() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let mut lines: Vec<_> =
        papers().into_iter().map(|(_, text)| text).chain([read("README.md")]).flat_map(|text| settings_in(&quoted(&text))).collect();
    assert!(lines.len() >= 4, "{lines:?}");
    for file in ["docs/operate/nginx.conf", "docs/operate/Caddyfile"] {
        let text = read(file);
        let found = settings_in(&text.lines().filter_map(|line| line.strip_prefix("#   ")).collect::<Vec<_>>());
        assert!(found.len() == 2, "{file}: {found:?}");
        lines.extend(found);
    }
    for line in lines {
        let taken = Values::gather(&BTreeMap::new(), |_| None, Some(&line)).read();
        assert!(taken.is_ok(), "{line}: {}", taken.unwrap_err().join(", "));
    }
}

/// Those that are lines of a settings file.
fn settings_in(texts: &[&str]) -> Vec<String> {
    let is_key = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '_');
    let lines = texts.iter().filter(|text| text.split_once(" = ").is_some_and(|(key, _)| is_key(key)));
    lines.map(|text| (*text).to_owned()).collect()
}

#[test]
fn every_decision_says_what_why_and_when_to_think_again() {
    let index = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    for path in files(&root().join("docs/decisions"), &["md"]) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# ") && PARTS.iter().all(|part| text.contains(part)), "{} lacks a part", path.display());
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(index.contains(&format!("decisions/{name}")), "docs/architecture.md does not lead to {name}");
    }
}

#[test]
fn what_is_not_there_would_be_seen() {
    assert_eq!(quoted("a `b` c\n```sh\n`d`\n```\ne `f`"), ["b", "f"]);
    assert!(is_made_up("src/domain/project/label.rs") && !is_made_up("src/domain/project/app.rs"));
}
