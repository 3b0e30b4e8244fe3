//! The paths that code names.

/// How many `super::` lead from the file's module to the crate.
pub fn depth_of(path: &str) -> usize {
    let names = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    names.split('/').count()
}

/// The part of a path behind the crate's root, if the path leads there.
pub fn from_the_crate(path: &str, depth: usize) -> Option<&str> {
    if let Some(rest) = path.strip_prefix("crate::") {
        return Some(rest);
    }
    let rest = path.trim_start_matches("super::");
    let ups = (path.len() - rest.len()) / "super::".len();
    (ups >= depth).then_some(rest)
}

/// The lines that are not comments, numbered from 1.
pub fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Every path in the code, with the groups of `use` spread out: `use crate::{store::a, domain}` gives `crate::store::a` and `crate::domain`.
pub fn paths_in(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut word = String::new();
    for (number, line) in code_lines(text) {
        for letter in line.chars().chain(['\n']) {
            match letter {
                '{' => open.push(std::mem::take(&mut word)),
                _ if letter.is_alphanumeric() || letter == '_' || letter == ':' => word.push(letter),
                _ => {
                    if !word.is_empty() {
                        // A prefix that ends in `::` opened a group; any other brace opened a block.
                        let groups = open.iter().rev().take_while(|prefix| prefix.ends_with("::")).count();
                        let path = open[open.len() - groups..].concat() + &std::mem::take(&mut word);
                        found.push((number, path));
                    }
                    if letter == '}' {
                        open.pop();
                    }
                }
            }
        }
    }
    found
}
