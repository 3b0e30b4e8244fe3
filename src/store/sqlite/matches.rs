//! What the full-text index answers: the newest documents that match, the best of them first.
//!
//! To rank, FTS5 counts how many documents have each word that it is asked for, of all that there are; and of the beginning of a word it
//! first puts a list of all documents together. Both take the longer the more there is. So it is asked for whole words, and only for what
//! comes out of its lists one by one: which documents match, and in which of them a word stands in the title, of which the scope has lists of
//! its own. Ranked by FTS5 are words that few documents have.

use std::{
    cmp::{Ordering, Reverse},
    collections::{HashMap, HashSet},
};

use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use crate::{
    domain::search::{
        Term,
        query::{IN_BODY, IN_TITLE, PHRASE},
    },
    store::engine::{MatchQuery, Matched},
};

use super::full_text::TITLE;

const NEWEST: &str = "SELECT d.id, d.entry_id, d.locale FROM
    (SELECT rowid AS id FROM search_index WHERE search_index MATCH ?1 ORDER BY rowid DESC LIMIT ?2) m
    JOIN search_docs d ON d.id = m.id ORDER BY m.id DESC";
/// The same among the documents of a language.
const NEWEST_IN: &str = "SELECT d.id, d.entry_id, d.locale FROM search_index JOIN search_docs d ON d.id = search_index.rowid
    WHERE search_index MATCH ?1 AND d.locale IN (?3, ?4) ORDER BY search_index.rowid DESC LIMIT ?2";
const BETTER: &str = "SELECT rowid FROM search_index WHERE search_index MATCH ?1 AND rowid >= ?2 ORDER BY rowid DESC";
const IS_COMMON: &str = "SELECT 1 FROM search_index WHERE search_index MATCH ?1 LIMIT 1 OFFSET ?2";
/// A word counts eight times in a title.
const RANKS: &str = "SELECT rowid, bm25(search_index, 8.0, 1.0, 0.0) FROM search_index WHERE search_index MATCH ?1 AND rowid >= ?2";
const WORD: &str = "SELECT term FROM search_words WHERE term >= ?1 LIMIT 1";
const DOCUMENTS: &str = "SELECT COALESCE(MAX(id), 0) FROM search_docs";

/// Most words that are looked up for the beginning of one; where there are more, FTS5 puts their lists together. That takes the longer the more
/// documents there are: among many, more words are looked up, and what is still too much is asked once, and the newest come first.
const WORDS: usize = 100;
const MANY_WORDS: usize = 1_000;
const MANY_DOCUMENTS: i64 = 20_000;

/// A document that was found.
struct Found {
    id: i64,
    of: Matched,
    /// How well it answers, as the similarity of a query has it.
    worth: u32,
    /// How FTS5 ranks it; the least is the best.
    rank: f64,
}

/// The newest documents that match, the best first, and of those that are as good the newest.
pub(super) fn matches(db: &Connection, wanted: &MatchQuery<'_>) -> Result<Vec<Matched>> {
    let Some(asked) = FullTextQuery::of(db, wanted)? else { return Ok(Vec::new()) };
    let most = i64::try_from(wanted.most).unwrap_or(i64::MAX);
    let mut found = newest(db, &asked.whole, most, wanted.locale)?;
    if found.len() > 1 {
        let rare = rare(db, &asked, most)?;
        // Whether common words follow one another is found out by going through all that have them.
        let phrase = asked.phrase.iter().filter(|_| !rare.is_empty());
        asked.better.iter().chain(phrase).try_for_each(|better| value(db, better, &mut found))?;
        rank(db, &rare, &mut found)?;
        found.sort_by(best);
    }
    Ok(found.into_iter().map(|found| found.of).collect())
}

fn newest(db: &Connection, whole: &str, most: i64, locale: Option<(&str, bool)>) -> Result<Vec<Found>> {
    let found = |row: &Row<'_>| Ok(Found { id: row.get(0)?, of: Matched { of: row.get(1)?, locale: row.get(2)? }, worth: 0, rank: 0.0 });
    let Some((tag, and_plain)) = locale else {
        return db.prepare_cached(NEWEST)?.query_map(params![whole, most], found)?.collect();
    };
    let other = if and_plain { "" } else { tag };
    db.prepare_cached(NEWEST_IN)?.query_map(params![whole, most, tag, other], found)?.collect()
}

fn best(one: &Found, other: &Found) -> Ordering {
    (Reverse(one.worth), one.rank).partial_cmp(&(Reverse(other.worth), other.rank)).unwrap_or(Ordering::Equal).then(other.id.cmp(&one.id))
}

/// Adds to those that match what that is worth.
fn value(db: &Connection, (expression, worth): &(String, u32), found: &mut [Found]) -> Result<()> {
    let mut better = db.prepare_cached(BETTER)?;
    let better = better.query_map(params![expression, oldest(found)], |row| row.get(0))?.collect::<Result<HashSet<i64>>>()?;
    found.iter_mut().filter(|found| better.contains(&found.id)).for_each(|found| found.worth += worth);
    Ok(())
}

/// Has them ranked, by words that few documents have.
fn rank(db: &Connection, rare: &[&str], found: &mut [Found]) -> Result<()> {
    if rare.is_empty() {
        return Ok(());
    }
    let mut ranks = db.prepare_cached(RANKS)?;
    let ranks = ranks.query_map(params![rare.join(" OR "), oldest(found)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let ranks = ranks.collect::<Result<HashMap<i64, f64>>>()?;
    found.iter_mut().for_each(|found| found.rank = ranks.get(&found.id).copied().unwrap_or_default());
    Ok(())
}

/// The words that no more documents have than are ranked.
fn rare<'a>(db: &Connection, asked: &'a FullTextQuery, most: i64) -> Result<Vec<&'a str>> {
    let mut rare = Vec::new();
    for term in &asked.terms {
        let is_common = db.prepare_cached(IS_COMMON)?.query_row(params![term, most], |_| Ok(())).optional()?.is_some();
        rare.extend((!is_common).then_some(term.as_str()));
    }
    Ok(rare)
}

fn oldest(found: &[Found]) -> i64 {
    found.last().map_or(0, |found| found.id)
}

/// What FTS5 is asked.
struct FullTextQuery {
    /// What a document must match.
    whole: String,
    /// What one matches that answers better, and by how much.
    better: Vec<(String, u32)>,
    /// The same for one that has all as it was asked for.
    phrase: Option<(String, u32)>,
    /// Its words, each wherever people read it.
    terms: Vec<String>,
}

impl FullTextQuery {
    /// None where nothing can match: one of a list without anything in it.
    fn of(db: &Connection, wanted: &MatchQuery<'_>) -> Result<Option<Self>> {
        let scope = |words: &Vec<String>| {
            let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
            (!words.is_empty()).then(|| format!("scope : ({})", words.join(" OR ")))
        };
        let Some(mut all) = wanted.scope.iter().map(scope).collect::<Option<Vec<_>>>() else { return Ok(None) };
        let strings = wanted.terms.iter().map(|term| Strings::of(db, term)).collect::<Result<Vec<_>>>()?;
        if !strings.is_empty() {
            let terms: Vec<_> = strings.iter().map(Strings::anywhere).collect();
            all.push(format!("({})", terms.join(if wanted.any { " OR " } else { " AND " })));
        }
        let whole = all.join(" AND ");
        if whole.is_empty() {
            return Ok(None);
        }
        let quick: Vec<_> = strings.iter().filter(|strings| !strings.is_broad).collect();
        let also = |(expression, worth)| (format!("{whole} AND {expression}"), worth);
        let better = quick.iter().flat_map(|strings| strings.better(wanted.any)).map(also).collect();
        let phrase = match Term::phrase(wanted.terms).filter(|_| !wanted.any && quick.len() == strings.len()) {
            Some(phrase) => {
                let each = u32::try_from(strings.len()).unwrap_or_default();
                Some(also((Strings::of(db, &phrase)?.anywhere(), PHRASE * each)))
            }
            None => None,
        };
        let terms = quick.into_iter().map(Strings::anywhere).collect();
        Ok(Some(Self { whole, better, phrase, terms }))
    }
}

/// A term, as what is looked up for it.
struct Strings {
    /// Each some words that follow one another. One of them must be there.
    all: Vec<String>,
    /// Whether each goes on.
    is_begun: bool,
    /// Whether it takes so long to ask for that this is done once.
    is_broad: bool,
}

impl Strings {
    fn of(db: &Connection, term: &Term) -> Result<Self> {
        let whole = |all| Self { all, is_begun: false, is_broad: false };
        let Some((last, before)) = term.words.split_last().filter(|_| term.is_prefix) else { return Ok(whole(vec![term.words.join(" ")])) };
        let with = |word: &str| before.iter().map(String::as_str).chain([word]).collect::<Vec<_>>().join(" ");
        let is_among_many = db.prepare_cached(DOCUMENTS)?.query_row([], |row| row.get::<_, i64>(0))? > MANY_DOCUMENTS;
        Ok(match words(db, last, if is_among_many { MANY_WORDS } else { WORDS })? {
            None => Self { all: vec![with(last)], is_begun: true, is_broad: is_among_many },
            Some(words) if words.is_empty() => whole(vec![with(last)]),
            Some(words) => whole(words.iter().map(|word| with(word)).collect()),
        })
    }

    /// What those match that answer better, and by how much. Where one of several terms is enough, it counts to have this one at all.
    fn better(&self, any: bool) -> Vec<(String, u32)> {
        let in_title = |words: &String| quoted(&words.split(' ').map(|word| format!("{TITLE}{word}")).collect::<Vec<_>>().join(" "));
        let mut all = vec![(format!("scope : ({})", self.either(in_title)), IN_TITLE - IN_BODY)];
        all.extend(any.then(|| (self.anywhere(), IN_BODY)));
        all
    }

    /// In any column that people read.
    fn anywhere(&self) -> String {
        format!("{{title body}} : ({})", self.either(|words| quoted(words)))
    }

    fn either(&self, string: impl Fn(&String) -> String) -> String {
        let goes_on = if self.is_begun { " *" } else { "" };
        self.all.iter().map(|words| string(words) + goes_on).collect::<Vec<_>>().join(" OR ")
    }
}

/// The words that begin like this; none where there are more than `most`.
fn words(db: &Connection, begin: &str, most: usize) -> Result<Option<Vec<String>>> {
    let (mut word, mut words) = (db.prepare_cached(WORD)?, Vec::new());
    let mut from = begin.to_owned();
    while let Some(found) = word.query_row([&from], |row| row.get::<_, String>(0)).optional()?.filter(|word| word.starts_with(begin)) {
        if words.len() == most {
            return Ok(None);
        }
        // Behind it and before whatever begins with it.
        from = format!("{found}\u{1}");
        words.push(found);
    }
    Ok(Some(words))
}

/// A string of FTS5, in which nothing is an operator.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::search::{Query, words},
        store::{
            engine::IndexDocument,
            sqlite::{full_text, schema::MIGRATIONS},
        },
    };

    /// An index with these titles and bodies, in this order.
    fn indexed(documents: &[(&str, &str)]) -> Connection {
        let db = Connection::open_in_memory().expect("a database");
        db.execute_batch("CREATE TABLE search_docs (id INTEGER PRIMARY KEY, entry_id TEXT, locale TEXT)").expect("a table");
        let virtual_tables =
            MIGRATIONS.iter().flat_map(|step| step.split(';')).filter_map(|one| one.find("CREATE VIRTUAL").map(|at| &one[at..]));
        virtual_tables.for_each(|one| db.execute_batch(one).expect("a table"));
        for (number, (title, body)) in documents.iter().enumerate() {
            let (title, body) = (words::joined(title), words::joined(body));
            let document = IndexDocument { locale: "en".into(), title, body, scope: "a1".into() };
            full_text::index(&db, &number.to_string(), &[document]).expect("an index");
        }
        db
    }

    fn asked(db: &Connection, query: &str, any: bool, scope: &[Vec<String>]) -> Option<FullTextQuery> {
        FullTextQuery::of(db, &MatchQuery { terms: Query::of(query).terms(), any, scope, locale: None, most: 1 }).expect("an index")
    }

    /// The documents that are found among the newest, by their numbers.
    fn matched(db: &Connection, query: &str, any: bool, most: usize) -> Vec<usize> {
        let (query, scope) = (Query::of(query), [vec!["a1".to_owned()]]);
        let wanted = MatchQuery { terms: query.terms(), any, scope: &scope, locale: None, most };
        matches(db, &wanted).expect("an index").iter().map(|one| one.of.parse().expect("a number")).collect()
    }

    #[test]
    fn a_query_becomes_strings_and_nothing_else() {
        let db = indexed(&[("Notes", "noted: notary"), ("Or", "nor")]);
        let whole = |query: &str, any, scope: &[Vec<String>]| asked(&db, query, any, scope).map(|asked| asked.whole);
        let apps = [vec!["a1".to_owned(), "a2".to_owned()]];
        let wanted = "scope : (\"a1\" OR \"a2\") AND ({title body} : (\"da nang\") AND {title body} : (\"or\") AND \
                      {title body} : (\"notary\" OR \"noted\" OR \"notes\"))";
        assert_eq!(whole("Da-Nang OR \"not", false, &apps).as_deref(), Some(wanted));
        assert_eq!(whole("a b", true, &[]).as_deref(), Some("({title body} : (\"a\") OR {title body} : (\"b\"))"));
        assert_eq!(
            whole("a-no", false, &[]).as_deref(),
            Some("({title body} : (\"a nor\" OR \"a notary\" OR \"a noted\" OR \"a notes\"))")
        );
        let better = asked(&db, "Da-Nang", false, &[]).map(|asked| asked.better);
        let in_title = "({title body} : (\"da nang\")) AND scope : (\"¶da ¶nang\")";
        assert_eq!(better, Some(vec![(in_title.to_owned(), 4)]), "where it stands in the title");
        assert_eq!(whole("nonesuch", false, &[]).as_deref(), Some("({title body} : (\"nonesuch\"))"));
        assert_eq!(whole("a", false, &[vec![]]), None, "of no app");
        assert_eq!(whole("", false, &[]), None);
        assert_eq!(quoted("a\" OR \"b"), "\"a\"\" OR \"\"b\"");
    }

    #[test]
    fn the_beginning_of_too_many_words_is_left_to_the_index() {
        let many: Vec<_> = (0..=WORDS).map(|number| format!("so{number}")).collect();
        let db = indexed(&[("Many", &many.join(" ")), ("Few", "sea seal")]);
        assert_eq!(words(&db, "so", WORDS).expect("an index"), None);
        assert_eq!(words(&db, "sea", WORDS).expect("an index"), Some(vec!["sea".to_owned(), "seal".to_owned()]));
        assert_eq!(
            (matched(&db, "so", false, 9), matched(&db, "sea", false, 9), matched(&db, "seals", false, 9)),
            (vec![0], vec![1], vec![])
        );
    }

    #[test]
    fn what_has_the_words_in_its_title_or_as_they_were_asked_for_comes_first() {
        let db = indexed(&[
            ("Red fox", "and more"),
            ("A", "red and red and red and a fox"),
            ("A", "a red fox"),
            ("A red", "and a fox"),
            ("Fox and red", ""),
            ("A", "fox and red"),
            ("A", "red"),
        ]);
        assert_eq!(matched(&db, "red fox", false, 9), [0, 4, 3, 2, 1, 5]);
        assert_eq!(matched(&db, "red fox", false, 3), [4, 3, 5], "of the newest");
        assert_eq!(matched(&db, "red dog", true, 9), [4, 0, 3, 1, 6, 5, 2]);
    }

    #[test]
    fn words_of_few_documents_are_ranked_by_how_often_they_stand_there() {
        let db = indexed(&[("A", "sea sea sea"), ("B", "sea and land"), ("C", "sea and land"), ("D", "no more")]);
        assert_eq!(matched(&db, "sea", false, 9), [0, 2, 1]);
        assert_eq!(matched(&db, "sea", false, 3), [0, 2, 1]);
        assert_eq!(matched(&db, "sea", false, 2), [2, 1], "of a word that more have the newest come first");
        assert_eq!(matched(&db, "land sea", false, 2), [2, 1]);
        let db = indexed(&[("A", "sea"), ("Sea", ""), ("B", "sea")]);
        assert_eq!(matched(&db, "sea", false, 2), [1, 2], "but for those that have it in their title");
    }
}
