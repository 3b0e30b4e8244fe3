//! Most files are short, and no passage stands twice: what two places need has one home.

use std::collections::BTreeMap;

use super::{PAGES, SOURCES, Source, code_lines, collect, root};

/// So many lines that say the same in two places are one thing, said twice.
const PASSAGE: usize = 12;

/// A function of so many characters in two files has one home.
const FUNCTION: usize = 110;

/// Half of all files have no more lines.
const MEDIAN: usize = 120;

/// The lines of code, without what is there for tests alone: the item below each `#[cfg(test)]`.
fn shipped_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut is_test, mut ends) = (false, None);
    code_lines(text).filter(move |(_, line)| {
        let (code, depth) = (line.trim(), line.len() - line.trim_start().len());
        if let Some(end) = ends {
            ends = Some(end).filter(|end| *end != depth || !code.starts_with('}'));
            return false;
        }
        if is_test && !code.starts_with("#[") {
            is_test = false;
            ends = Some(depth).filter(|_| !code.ends_with(';'));
            return false;
        }
        is_test |= code == "#[cfg(test)]";
        !is_test
    })
}

/// What a reader reads as code: without imports, which many files share, comments, gaps and tests.
fn passages(file: &Source) -> Vec<(usize, &str)> {
    let mut is_import = false;
    let mut lines = Vec::new();
    for (number, line) in shipped_lines(&file.text) {
        is_import |= ["use ", "pub use "].iter().any(|word| line.starts_with(word));
        if !is_import && !line.trim().is_empty() {
            lines.push((number, line.trim()));
        }
        is_import &= !line.trim_end().ends_with(';');
    }
    lines
}

/// Each first line of a passage that stands before already, and where.
fn repeats(files: &[Source]) -> Vec<String> {
    let mut seen: BTreeMap<Vec<&str>, String> = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files {
        for passage in passages(file).windows(PASSAGE) {
            let here = format!("{}:{}", file.path, passage[0].0);
            let words = passage.iter().map(|(_, line)| *line).collect();
            if let Some(first) = seen.get(&words) {
                faults.push(format!("{here}: {PASSAGE} lines that stand at {first} already"));
            } else {
                seen.insert(words, here);
            }
        }
    }
    faults
}

/// The functions of a file that are more than a call: the first line, the name, and what they do.
fn functions(file: &Source) -> Vec<(usize, &str, Vec<&str>)> {
    let lines = passages(file);
    let mut all = Vec::new();
    for (at, (number, line)) in lines.iter().enumerate() {
        let Some(name) = line.split_once("fn ").and_then(|(before, rest)| before.split(' ').all(is_of_a_function).then_some(rest)) else {
            continue;
        };
        let name = name.split(['(', '<']).next().unwrap_or_default();
        let Some(opens) = lines[at..].iter().position(|(_, line)| line.ends_with(['{', ';'])) else { continue };
        let body = lines[at + opens + 1..].iter().map(|(_, line)| *line);
        let mut depth = 1;
        let body: Vec<_> = body
            .take_while(|line| {
                depth += line.matches(['{', '(', '[']).count();
                depth -= line.matches(['}', ')', ']']).count().min(depth);
                depth > 0
            })
            .collect();
        if !lines[at + opens].1.ends_with(';') && body.iter().map(|line| line.len()).sum::<usize>() >= FUNCTION {
            all.push((*number, name, body));
        }
    }
    all
}

/// Whether a word may stand before `fn`.
fn is_of_a_function(word: &str) -> bool {
    word.is_empty() || ["const", "async"].contains(&word) || word.starts_with("pub") || word.ends_with(')')
}

/// Each function that stands in another file already, under the same name. What fills rows stays as it was at its step; `routes` goes through a table
/// of its file.
fn twice(files: &[Source]) -> Vec<String> {
    let mut seen: BTreeMap<(&str, Vec<&str>), &Source> = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.path.starts_with("src/store/fill/")) {
        for (number, name, body) in functions(file).into_iter().filter(|(_, name, _)| *name != "routes") {
            match seen.get(&(name, body.clone())) {
                Some(first) if first.path != file.path => {
                    faults.push(format!("{}:{number}: {name} stands in {} already", file.path, first.path))
                }
                _ => drop(seen.insert((name, body), file)),
            }
        }
    }
    faults
}

fn median(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

fn sources(folders: &[&str], kinds: &[&str]) -> Vec<Source> {
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(&root().join(folder), kinds, &mut files));
    assert!(!files.is_empty(), "no files were found");
    files
}

#[test]
fn no_passage_stands_twice() {
    let faults = [repeats(&sources(&["src"], &SOURCES)), repeats(&sources(&["templates", "static"], &PAGES))].concat();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_function_stands_twice() {
    let faults = twice(&sources(&["src"], &SOURCES));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let file = |path: &str, text: String| Source { path: path.into(), text };
    let one = |name: &str| {
        format!(
            "pub(super) fn {name}(of: &str) -> Vec<u8> {{\n    let first = of.split(',').map(str::trim).find(|part| !part.is_empty()).unwrap_or(of);\n    first.bytes().filter(u8::is_ascii_graphic).collect()\n}}\n"
        )
    };
    assert_eq!(twice(&[file("src/a.rs", one("whole")), file("src/b.rs", one("whole"))]), ["src/b.rs:1: whole stands in src/a.rs already"]);
    assert!(twice(&[file("src/a.rs", one("whole")), file("src/b.rs", one("other"))]).is_empty());
}

#[test]
fn most_files_are_short() {
    let lengths = sources(&["src"], &SOURCES).iter().map(|file| file.text.lines().count()).collect();
    let half = median(lengths);
    assert!(half <= MEDIAN, "half of the files have {half} lines or more, {MEDIAN} are allowed");
}

#[test]
fn a_passage_that_stands_twice_is_seen() {
    let text = |from: usize, many: usize| (from..from + many).map(|n| format!("call({n});\n")).collect::<String>();
    let file = |path: &str, text: String| Source { path: path.into(), text };
    let told = |first: String, second: String| repeats(&[file("src/a.rs", first), file("src/b.rs", second)]);
    assert_eq!(told(text(0, 12), text(0, 12)), ["src/b.rs:1: 12 lines that stand at src/a.rs:1 already"]);
    assert_eq!(told(text(0, 12), format!("// Why.\n\n    {}", text(0, 12))).len(), 1, "gaps, comments and depth say nothing");
    assert_eq!(told(text(0, 11), text(0, 11)), Vec::<String>::new());
    let import = || format!("use a::{{\n{}}};\n", text(0, 12).replace(';', ","));
    assert_eq!(told(import(), import()), Vec::<String>::new());
    let test = |item: &str| format!("#[cfg(test)]\n{item}\n");
    assert_eq!(told(test(&format!("mod tests {{\n{}}}", text(0, 12).replace("call", "    call"))), text(0, 12)), Vec::<String>::new());
    assert_eq!(told(format!("{}{}", test("mod tests;"), text(0, 12)), text(0, 12)).len(), 1, "what stands below a test is code");
}

#[test]
fn half_is_told_of_odd_and_even() {
    assert_eq!((median(vec![3, 1, 2]), median(vec![4, 1, 3, 2])), (2, 3));
}
