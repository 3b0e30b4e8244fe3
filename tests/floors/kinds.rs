//! A kind of content is named in its own file alone, but for the demo and the examples of calls: everything else goes through the list of kinds.

use std::sync::LazyLock;

use stele::domain::content::KINDS;

use super::{Fault, PAGES, SOURCES, Source, check_kinds, naming, paths::code_lines};

/// How code and keys of words name them; a word that stands for other things as well says nothing.
static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let own = KINDS.iter().map(|kind| kind.content_type).filter(|name| name.contains('_'));
    own.flat_map(|name| [name, &*name.replace('_', "-").leak()]).collect()
});

/// Where they may be named.
const HOMES: [&str; 4] = ["src/domain/content/kinds/", "src/service/demo/", "src/cli/sandbox.rs", "templates/help/"];

/// The types of app that are no more than what their kinds make of them, and where each type is told what it is.
const TYPES: [&str; 2] = ["AppType::Website", "AppType::KnowledgeBase"];
const TYPE_HOMES: [&str; 2] = ["src/domain/project/app.rs", "src/http/console/base/link.rs"];

fn one_home(file: &Source) -> Vec<Fault> {
    let code = file.text.split("mod tests {").next().unwrap_or_default();
    let is_in = |homes: &[&str]| homes.iter().any(|home| file.path.starts_with(home));
    if is_in(&HOMES) {
        return Vec::new();
    }
    let types = naming(code_lines(code), if is_in(&TYPE_HOMES) { &[][..] } else { &TYPES[..] });
    naming(code_lines(code), &NAMES).into_iter().chain(types).collect()
}

#[test]
fn a_kind_of_content_is_named_in_one_place() {
    check_kinds(&["src"], &SOURCES, one_home);
    check_kinds(&["templates"], &PAGES, one_home);
}

#[test]
fn a_kind_that_is_named_elsewhere_is_seen() {
    let lines = |path: &str, text: &str| {
        let file = Source { path: path.to_owned(), text: text.to_owned() };
        one_home(&file).into_iter().map(|(line, _)| line).collect::<Vec<_>>()
    };
    assert_eq!(lines("src/http/a.rs", "//! website_page\nlet a = &website_page::KIND;\n"), [2]);
    assert_eq!(lines("templates/a.html", "<p>\n{{ c.t(\"website-post-new\") }}\n"), [2]);
    assert!(lines("src/http/a.rs", "use a;\n#[cfg(test)]\nmod tests {\n    use website_page::KIND;\n}\n").is_empty());
    assert_eq!(lines("src/http/a.rs", "let of = AppType::Website;\n"), [1]);
    assert!(lines("src/http/console/base/link.rs", "        AppType::Website => \"globe\",\n").is_empty());
    assert!(lines("src/domain/content/kinds/mod.rs", "pub mod website_page;\n").is_empty());
}
