//! The full-text index of what visitors have sent: FTS5, which forgets for good what is taken out of it. The words come folded and parted.

use rusqlite::{Connection, OptionalExtension, Result, params};

use crate::domain::search::Term;

const OLD: &str = "SELECT id FROM submission_docs WHERE submission_id = ?1";
const DROP: &str = "DELETE FROM submission_index WHERE rowid = ?1";
const DROP_DOC: &str = "DELETE FROM submission_docs WHERE id = ?1";
const DOC: &str = "INSERT INTO submission_docs (submission_id) VALUES (?1)";
const INSERT: &str = "INSERT INTO submission_index (rowid, words, form) VALUES (?1, ?2, ?3)";
const NEWEST: &str = "SELECT d.submission_id FROM
    (SELECT rowid AS id FROM submission_index WHERE submission_index MATCH ?1 ORDER BY rowid DESC LIMIT ?2) m
    JOIN submission_docs d ON d.id = m.id ORDER BY m.id DESC";
// What matches is looked up first, whatever the planner thinks of it: it is less than all that was sent.
const BEHIND: &str = "SELECT d.submission_id FROM (SELECT rowid AS id FROM submission_index WHERE submission_index MATCH ?1) m
    CROSS JOIN submission_docs d ON d.id = m.id WHERE d.submission_id > ?2 ORDER BY d.submission_id LIMIT ?3";

/// Puts the words of something in, or takes them out for good; `words` come with the form that it was sent to.
pub(super) fn index(db: &Connection, of: &str, words: Option<(&str, &str)>) -> Result<()> {
    if let Some(old) = db.prepare_cached(OLD)?.query_row([of], |row| row.get::<_, i64>(0)).optional()? {
        db.prepare_cached(DROP)?.execute([old])?;
        db.prepare_cached(DROP_DOC)?.execute([old])?;
    }
    let Some((form, words)) = words else { return Ok(()) };
    let id = db.prepare_cached(DOC)?.insert([of])?;
    db.prepare_cached(INSERT)?.execute(params![id, words, word(form)])?;
    Ok(())
}

/// What was sent to a form and has all of these, the newest first.
pub(super) fn having(db: &Connection, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>> {
    db.prepare_cached(NEWEST)?.query_map(params![expression(form, terms), bound(most)], |row| row.get(0))?.collect()
}

/// The same in the order of the ids, behind one of them.
pub(super) fn behind(db: &Connection, behind: &str, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>> {
    db.prepare_cached(BEHIND)?.query_map(params![expression(form, terms), behind, bound(most)], |row| row.get(0))?.collect()
}

fn bound(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn expression(form: &str, terms: &[Term]) -> String {
    let strings = terms.iter().map(|term| format!(" AND words : {}", string(term)));
    format!("form : \"{}\"{}", word(form), strings.collect::<String>())
}

/// An id as one word.
fn word(id: &str) -> String {
    id.replace('-', "")
}

/// A piece of a query: nothing in it is an operator.
fn string(term: &Term) -> String {
    let words = term.words.join(" ").replace('"', "\"\"");
    format!("\"{words}\"{}", if term.is_prefix { " *" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::search::{Query, words::joined};

    fn opened() -> Connection {
        let db = Connection::open_in_memory().expect("a database");
        let sql = include_str!("schema/0050_submission_words.sql");
        db.execute_batch(sql.split("ALTER TABLE").next().expect("the tables")).expect("the tables");
        db
    }

    fn matched(db: &Connection, form: &str, query: &str) -> Vec<String> {
        having(db, form, Query::of(query).terms(), 2).expect("an answer")
    }

    #[test]
    fn the_newest_are_found_of_their_form_alone_by_words_and_the_beginning_of_the_last() {
        let db = opened();
        for (of, form, text) in
            [("1", "a-1", "Où est la Straße"), ("2", "a-1", "strasse AND more"), ("3", "a-1", "Straße"), ("4", "b", "Straße")]
        {
            index(&db, of, Some((form, &joined(text)))).expect("it is indexed");
        }
        assert_eq!(matched(&db, "a-1", "STRASS"), ["3", "2"]);
        assert_eq!(
            (matched(&db, "a-1", "ou est"), matched(&db, "a-1", "stras est").len(), matched(&db, "b", "strasse")),
            (vec!["1".into()], 0, vec!["4".into()])
        );
        let rest = |after: &str| behind(&db, after, "a-1", Query::of("strasse").terms(), 2).expect("an answer");
        assert_eq!(
            (rest(""), rest("1"), rest("2"), rest("3").len()),
            (vec!["1".to_owned(), "2".into()], vec!["2".to_owned(), "3".into()], vec!["3".to_owned()], 0)
        );
        assert_eq!((matched(&db, "a-1", "\"and\" OR"), matched(&db, "a-1", "and")), (vec![], vec!["2".to_owned()]));
        index(&db, "3", Some(("a-1", &joined("Avenue")))).expect("it is indexed anew");
        index(&db, "2", None).expect("it is taken out");
        assert_eq!((matched(&db, "a-1", "strasse"), matched(&db, "a-1", "avenue")), (vec!["1".to_owned()], vec!["3".to_owned()]));
    }
}
