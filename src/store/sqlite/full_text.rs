//! The full-text index: FTS5, beside a table that says of which thing a document is. The words come folded and parted, so its own
//! tokenizer has nothing to do but to see the blanks.

use rusqlite::{Connection, Result, Row, params};

use crate::{
    domain::search::Term,
    store::engine::{Document, Matched, Wanted},
};

const OLD: &str = "SELECT id FROM search_docs WHERE entry_id = ?1";
const DROP: &str = "DELETE FROM search_index WHERE rowid = ?1";
const DROP_DOCS: &str = "DELETE FROM search_docs WHERE entry_id = ?1";
const DOC: &str = "INSERT INTO search_docs (entry_id, locale) VALUES (?1, ?2)";
const INSERT: &str = "INSERT INTO search_index (rowid, title, body, scope) VALUES (?1, ?2, ?3, ?4)";
/// Ranking takes long, so it is done to the newest alone. A word counts eight times in a title.
const MATCHES: &str = "SELECT d.entry_id, d.locale FROM
    (SELECT rowid AS id, bm25(search_index, 8.0, 1.0, 0.0) AS rank FROM search_index WHERE search_index MATCH ?1 ORDER BY rowid DESC LIMIT ?2) m
    JOIN search_docs d ON d.id = m.id ORDER BY m.rank, m.id DESC";

/// The same among the documents of a language: it is asked before any is counted, so that the newest of that language are ranked.
const MATCHES_IN: &str = "SELECT m.entry_id, m.locale FROM
    (SELECT search_index.rowid AS id, d.entry_id, d.locale, bm25(search_index, 8.0, 1.0, 0.0) AS rank
     FROM search_index JOIN search_docs d ON d.id = search_index.rowid
     WHERE search_index MATCH ?1 AND d.locale IN (?3, ?4) ORDER BY search_index.rowid DESC LIMIT ?2) m ORDER BY m.rank, m.id DESC";

/// Replaces the documents of a thing.
pub(super) fn index(db: &Connection, of: &str, documents: &[Document]) -> Result<()> {
    let mut old = db.prepare_cached(OLD)?;
    let old = old.query_map([of], |row| row.get(0))?.collect::<Result<Vec<i64>>>()?;
    for id in &old {
        db.prepare_cached(DROP)?.execute([id])?;
    }
    if !old.is_empty() {
        db.prepare_cached(DROP_DOCS)?.execute([of])?;
    }
    for Document { locale, title, body, scope } in documents {
        let id = db.prepare_cached(DOC)?.insert([of, locale])?;
        db.prepare_cached(INSERT)?.execute(params![id, title, body, scope])?;
    }
    Ok(())
}

/// The documents that match, the best first.
pub(super) fn matches(db: &Connection, wanted: &Wanted<'_>) -> Result<Vec<Matched>> {
    let Some(expression) = expression(wanted) else { return Ok(Vec::new()) };
    let most = i64::try_from(wanted.most).unwrap_or(i64::MAX);
    let read = |row: &Row<'_>| Ok(Matched { of: row.get(0)?, locale: row.get(1)? });
    let Some((tag, and_plain)) = wanted.locale else {
        return db.prepare_cached(MATCHES)?.query_map(params![expression, most], read)?.collect();
    };
    let other = if and_plain { "" } else { tag };
    db.prepare_cached(MATCHES_IN)?.query_map(params![expression, most, tag, other], read)?.collect()
}

/// What FTS5 is asked. None where nothing can match: one of a list without anything in it.
fn expression(wanted: &Wanted<'_>) -> Option<String> {
    let either = |words: &Vec<String>| {
        let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
        (!words.is_empty()).then(|| format!("scope : ({})", words.join(" OR ")))
    };
    let mut all = wanted.scope.iter().map(either).collect::<Option<Vec<_>>>()?;
    if !wanted.terms.is_empty() {
        let terms: Vec<_> = wanted.terms.iter().map(term).collect();
        all.push(format!("{{title body}} : ({})", terms.join(if wanted.any { " OR " } else { " AND " })));
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}

fn term(term: &Term) -> String {
    let words = quoted(&term.words.join(" "));
    if term.is_prefix { words + " *" } else { words }
}

/// A string of FTS5, in which nothing is an operator.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::search::Query;

    #[test]
    fn a_query_becomes_strings_and_nothing_else() {
        let ask = |text: &str, any, scope: &[Vec<String>]| {
            expression(&Wanted { terms: Query::of(text).terms(), any, scope, locale: None, most: 1 })
        };
        let apps = vec![vec!["a1".to_owned(), "a2".to_owned()]];
        let wanted = "scope : (\"a1\" OR \"a2\") AND {title body} : (\"da nang\" AND \"or\" AND \"note\" *)";
        assert_eq!(ask("Da-Nang OR \"note", false, &apps).as_deref(), Some(wanted));
        assert_eq!(ask("a b", true, &[]).as_deref(), Some("{title body} : (\"a\" OR \"b\")"));
        assert_eq!(ask("a", false, &[vec![]]), None, "of no app");
        assert_eq!(ask("", false, &[]), None);
        assert_eq!(quoted("a\" OR \"b"), "\"a\"\" OR \"\"b\"");
    }

    #[test]
    fn of_a_language_the_newest_of_its_own_documents_are_ranked() {
        let db = Connection::open_in_memory().expect("a database");
        db.execute_batch("CREATE TABLE entries (id TEXT PRIMARY KEY)").expect("the entries");
        db.execute_batch(include_str!("../schema/sqlite/0031_full_text.sql")).expect("the index");
        let document = |locale: &str| Document { locale: locale.into(), title: "quoll".into(), body: String::new(), scope: "s".into() };
        db.execute_batch("INSERT INTO entries VALUES ('old'), ('new')").expect("two");
        index(&db, "old", &[document("fr")]).expect("written");
        index(&db, "new", &[document(""), document("en")]).expect("written");
        let query = Query::of("quoll");
        let ask = |locale| {
            let wanted = Wanted { terms: query.terms(), any: false, scope: &[], locale, most: 1 };
            let found = matches(&db, &wanted).expect("asked").into_iter();
            found.map(|one| format!("{} {}", one.of, one.locale)).collect::<String>()
        };
        let all = [None, Some(("fr", false)), Some(("fr", true)), Some(("de", true)), Some(("de", false))].map(ask);
        assert_eq!(all, ["new en", "old fr", "new ", "new ", ""]);
    }
}
