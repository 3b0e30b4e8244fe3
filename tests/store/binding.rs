//! Arguments by name, values there and back, and which error is which.

use stele::store::{
    engine::{Sql, Verdict, WriteOutcome},
    error::StoreError,
    row::Value,
};

use crate::support::{Base, add, insert, keep};

/// The values of the one row that the query returns.
fn row(base: &Base, text: &'static str, args: &[Value]) -> Vec<Option<String>> {
    let mut row = base.ask(text, args).unwrap().remove(0);
    std::iter::from_fn(|| row.take("any", "any").ok()).collect()
}

#[test]
fn placeholders_are_bound_by_name() {
    let base = Base::new();
    let args = ["one", "two", "three"].map(Value::from);
    assert_eq!(row(&base, "SELECT $2, $1, $3", &args), ["two", "one", "three"].map(|text| Some(text.into())));
    assert_eq!(row(&base, "SELECT $3, $3, $1, $2, $1", &args), ["three", "three", "one", "two", "one"].map(|text| Some(text.into())));
    let many: Vec<Value> = (1..=12).map(|number| Value::from(format!("v{number}"))).collect();
    let reversed: Vec<_> = (1..=12).rev().map(|number| Some(format!("v{number}"))).collect();
    assert_eq!(row(&base, "SELECT $12, $11, $10, $9, $8, $7, $6, $5, $4, $3, $2, $1", &many), reversed);
}

#[test]
fn arguments_and_placeholders_must_match() {
    let base = Base::new();
    let two = ["one", "two"].map(Value::from);
    for (text, args) in [
        ("SELECT $1", &two[..]),
        ("SELECT $1, $2", &two[..1]),
        ("SELECT $1, $3", &two),
        ("SELECT $0, $1", &two),
        ("SELECT $01, $1", &two),
        ("SELECT ?, $1", &two),
        ("SELECT ?1, ?2", &two),
        ("SELECT :1, $1", &two),
        ("SELECT $1, $two", &two),
    ] {
        assert!(matches!(base.ask(text, args), Err(StoreError::Engine(_))), "{text}");
    }
    // A statement that was refused leaves nothing bound for the next use of it.
    assert_eq!(row(&base, "SELECT $1, $2", &[Value::Null, Value::Null]), [None, None]);
}

#[test]
fn values_come_back_as_they_went_in() {
    let base = Base::new();
    let text = "a\0b \u{1f600} \u{202e}";
    let written = base.write(move |session| {
        let sql = Sql::fixed("INSERT INTO note (weight, body, size, title, id) VALUES ($5, $4, $3, $2, $1)");
        let args = ["n".into(), text.into(), Value::Int(i64::MIN), Value::Bytes(vec![0, 255]), Value::Real(0.1)];
        keep(session.run(&sql, &args))
    });
    assert_eq!(written, WriteOutcome::Committed);
    let mut row = base.ask("SELECT title, size, body, weight, NULL FROM note", &[]).unwrap().remove(0);
    assert_eq!(row.take::<String>("note", "title").unwrap(), text);
    assert_eq!(row.take::<i64>("note", "size").unwrap(), i64::MIN);
    assert_eq!(row.take::<Vec<u8>>("note", "body").unwrap(), [0, 255]);
    assert_eq!(row.take::<f64>("note", "weight").unwrap(), 0.1);
    assert_eq!(row.take::<Option<i64>>("note", "none").unwrap(), None);
    assert_eq!(row.take::<i64>("note", "more"), Err(StoreError::Shape("note", "more")));
}

#[test]
fn run_tells_how_many_rows_it_touched() {
    let base = Base::new();
    for id in ["a", "b", "c"] {
        base.write(add(id));
    }
    let outcome = base.write(|session| {
        let update = Sql::fixed("UPDATE note SET weight = $2 WHERE id <> $1");
        assert_eq!(session.run(&update, &["a".into(), Value::Real(7.5)]), Ok(2));
        let returned = session.rows(&Sql::fixed("DELETE FROM note WHERE weight = $1 RETURNING id"), &[Value::Real(7.5)]);
        assert_eq!(returned.unwrap().len(), 2);
        assert_eq!(session.run(&update, &["a".into(), Value::Real(7.5)]), Ok(0));
        Verdict::Keep
    });
    assert_eq!(outcome, WriteOutcome::Committed);
    assert_eq!(base.notes(), ["a"]);
}

#[test]
fn constraints_are_told_apart() {
    let base = Base::new();
    let outcome = base.write(|session| {
        let mut run = |text| session.run(&Sql::fixed(text), &[]).unwrap_err();
        let unique = |name: &str| StoreError::Unique(name.into());
        run("INSERT INTO note (id, title) VALUES ('x', NULL)");
        assert_eq!(run("INSERT INTO note (id, title) VALUES ('a', 't'), ('a', 't')"), unique("note.id"));
        assert_eq!(run("INSERT INTO note (id, title, size) VALUES ('a', 't', 1), ('b', 't', 1)"), unique("note.title"));
        assert_eq!(run("INSERT INTO tag (note, word) VALUES ('nobody', 'x')"), StoreError::Foreign);
        assert!(
            matches!(run("INSERT INTO note (id, title) VALUES ('a', NULL)"), StoreError::Engine(cause) if cause.contains("note.title"))
        );
        assert!(matches!(run("INSERT INTO nowhere DEFAULT VALUES"), StoreError::Engine(cause) if cause.contains("nowhere")));
        insert(session, "a").unwrap();
        let tags = session.run(&Sql::fixed("INSERT INTO tag (note, word) VALUES ('a', 'x'), ('a', 'X')"), &[]);
        assert_eq!(tags, Err(unique("tag_word")));
        Verdict::Keep
    });
    assert_eq!(outcome, WriteOutcome::Committed);
}
