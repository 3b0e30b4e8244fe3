//! Most files are short, and no passage stands twice: what two places need has one home.

use std::collections::BTreeMap;

use super::{PAGES, SOURCES, Source, code_lines, collect, root};

/// So many lines that say the same in two places are one thing, said twice.
const PASSAGE: usize = 12;

/// Half of all files have no more lines.
const MEDIAN: usize = 120;

/// What a reader reads as code: without imports, which many files share, comments, gaps and tests.
fn passages(file: &Source) -> Vec<(usize, &str)> {
    let mut is_import = false;
    let mut lines = Vec::new();
    for (number, line) in code_lines(&file.text) {
        if line.trim() == "#[cfg(test)]" {
            break;
        }
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
    assert_eq!(told(format!("#[cfg(test)]\n{}", text(0, 12)), text(0, 12)), Vec::<String>::new());
}

#[test]
fn half_is_told_of_odd_and_even() {
    assert_eq!((median(vec![3, 1, 2]), median(vec![4, 1, 3, 2])), (2, 3));
}
