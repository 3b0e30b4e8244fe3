//! Each rule fails where it should.

use super::*;

/// The lines that the rule finds fault with.
fn lines(rule: fn(&Source) -> Vec<Fault>, path: &str, text: &str) -> Vec<usize> {
    rule(&Source { path: path.to_owned(), text: text.to_owned() }).into_iter().map(|(line, _)| line).collect()
}

/// No lines at all.
const NONE: [usize; 0] = [];

#[test]
fn length() {
    assert_eq!(lines(short, "src/a.rs", &"x\n".repeat(LONGEST)), NONE);
    assert_eq!(lines(short, "src/a.rs", &"x\n".repeat(LONGEST + 1)), [1]);
    assert_eq!(lines(short, "static/console/a.js", &"x\n".repeat(LONGEST + 1)), [1]);
}

#[test]
fn width() {
    assert_eq!(lines(narrow, "templates/a.html", &"é".repeat(WIDEST)), NONE);
    assert_eq!(lines(narrow, "templates/a.html", &format!("<p>\n{}\n", "é".repeat(WIDEST + 1))), [2]);
}

#[test]
fn paths_in_templates() {
    assert_eq!(lines(pathless, "templates/a.html", "<p>a::b {{ c.initials(name) }} {%- call list::foot(c) %}\n"), NONE);
    assert_eq!(lines(pathless, "templates/a.html", "{% if one.status == Status::Draft %}\n{{ Span::ALL }}\n"), [1, 2]);
    assert_eq!(lines(pathless, "templates/a.html", "{% call list::foot(c, Tab::ALL) %}\n"), [1]);
    assert_eq!(lines(pathless, "templates/a.html", "{% call list::foot(c,\n  Tab::ALL) %}\n"), [2]);
    assert_eq!(lines(pathless, "templates/a.html", "{{ c.t(\n  name,\n  Span::ALL) }}\n"), [3]);
    assert_eq!(lines(pathless, "templates/a.html", "<p>\n{{ crate::domain::text::fold(name) }}\n"), [2]);
}

#[test]
fn frames_of_lists() {
    assert_eq!(lines(framed, "templates/key/list.html", "{% call list::frame(c, pager) %}\n{% call list::pages(c, pager) %}\n"), [2]);
    assert_eq!(lines(framed, "templates/part/list.html", "{% call list::pages(c, pager) %}\n"), NONE);
}

#[test]
fn introduction() {
    assert_eq!(lines(introduced, "src/a.rs", "//! What it is.\n"), NONE);
    assert_eq!(lines(introduced, "src/a.rs", "use std::fs;\n//! Late.\n"), [1]);
    assert_eq!(lines(introduced, "tests/clients/a.py", "import os\n"), [1]);
    assert_eq!(lines(introduced, "tests/browser/a.mjs", "// What it is.\n"), NONE);
    assert_eq!(lines(introduced, "tests/browser/a.mjs", "import fs from \"node:fs\";\n"), [1]);
}

#[test]
fn direction_by_crate() {
    assert_eq!(lines(downward, "src/domain/a.rs", "//! a\nuse crate::store::Tx;\n"), [2]);
    assert_eq!(lines(downward, "src/store/a.rs", "fn f() -> crate::http::Face {}\n"), [1]);
    assert_eq!(lines(downward, "src/service/a.rs", "use crate::{\n    domain::Error,\n    http::{wire, error},\n};\n"), [3, 3]);
    assert_eq!(lines(downward, "src/store.rs", "use crate::{domain, service};\n"), [1]);
}

#[test]
fn direction_by_super() {
    assert_eq!(lines(downward, "src/domain/a.rs", "use super::super::store::Tx;\n"), [1]);
    assert_eq!(lines(downward, "src/domain/mod.rs", "use super::{store};\n"), [1]);
    assert_eq!(lines(downward, "src/domain/content/tree.rs", "use super::super::super::http;\n"), [1]);
}

#[test]
fn direction_downward_is_free() {
    assert_eq!(lines(downward, "src/http/a.rs", "use crate::{domain, service, store};\n"), NONE);
    assert_eq!(lines(downward, "src/service/a.rs", "use crate::{domain::{a, b}, store};\nuse super::enter;\n"), NONE);
    assert_eq!(lines(downward, "src/domain/a.rs", "// crate::store is above\nlet service = super::store::x;\nlet t = \"}}}\";\n"), NONE);
    assert_eq!(lines(downward, "src/app.rs", "use crate::http;\n"), NONE);
}

#[test]
fn jobs_and_requests() {
    assert_eq!(lines(apart, "src/jobs/a.rs", "//! a\nuse crate::{http::server, service};\n"), [2]);
    assert_eq!(lines(apart, "src/service/a.rs", "//! a\nuse crate::jobs::runner;\n"), [2]);
    assert_eq!(lines(apart, "src/app.rs", "use crate::{http, jobs};\n"), NONE);
}

#[test]
fn driver() {
    assert_eq!(lines(one_driver, "src/store/keys.rs", "//! k\nuse rusqlite::Row;\n"), [2]);
    assert_eq!(lines(one_driver, "src/cli/compact.rs", "//! c\nuse crate::store::sqlite::Sqlite;\n"), [2]);
    assert_eq!(lines(one_driver, "src/cli/export.rs", "use crate::store::{Store, sqlite::backup::belongs};\n"), [1]);
    assert_eq!(lines(one_driver, "src/store/mod.rs", "pub mod sqlite;\n"), NONE);
    assert_eq!(lines(one_driver, "src/database.rs", "use crate::store::sqlite::Sqlite;\nuse rusqlite::Row;\n"), [2]);
    assert_eq!(lines(one_driver, "src/store/sqlite/writer.rs", "use rusqlite::Row;\n"), NONE);
}

#[test]
fn purity() {
    for word in IMPURE {
        assert_eq!(lines(pure, "src/domain/a.rs", &format!("//! a\nlet x = {word};\n")), [2], "{word}");
    }
    assert_eq!(lines(pure, "src/app.rs", "let now = SystemTime::now();\n"), NONE);
}

#[test]
fn gate() {
    for text in
        ["let at = Granted { org };", "f(Granted::<InOrg> { org })", "a => crate::domain::access::Granted {", "at: Granted<InOrg> {"]
    {
        assert_eq!(lines(one_gate, "src/service/a.rs", text), [1], "{text}");
    }
    for text in [
        "fn f() -> Granted {",
        "impl Granted {",
        "impl<T> Name for Granted<T> {",
        "fn f(at: &Granted<InOrg>) {",
        "fn f() -> Result<Granted<InOrg>> {",
        "NotGranted {",
    ] {
        assert_eq!(lines(one_gate, "src/service/a.rs", text), NONE, "{text}");
    }
    assert_eq!(lines(one_gate, "src/domain/access.rs", "Granted { org }"), NONE);
}

#[test]
fn writes_of_pages() {
    let write = "fn f() {\n    request.state.store.write(move |tx| work(tx)).await\n}\n";
    assert_eq!(lines(alive, "src/http/console/account/me.rs", write), [2]);
    assert_eq!(lines(alive, "src/http/console/account/session.rs", write), NONE);
    assert_eq!(lines(alive, "src/http/console/account/me.rs", "fn f() {\n    request.write(work).await\n}\n"), NONE);
}

#[test]
fn unfinished() {
    for word in UNFINISHED {
        assert_eq!(lines(finished, "src/a.rs", &format!("//! a\n// {word}\n")), [2], "{word}");
    }
    assert_eq!(lines(finished, "src/a.rs", "//! Done.\n"), NONE);
}

#[test]
fn switched_off_or_waiting() {
    for word in SWITCHED_OFF {
        assert_eq!(lines(wakeful, "src/a.rs", &format!("fn a() {{}}\n{word}]\n")), [2], "{word}");
    }
    assert_eq!(lines(wakeful, "tests/a.rs", &format!("thread::{}1);\n", WAITING[0])), [1]);
    assert_eq!(lines(wakeful, "src/app.rs", &format!("time::{}1);\n", WAITING[0])), NONE);
}
