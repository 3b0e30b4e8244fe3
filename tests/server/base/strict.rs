//! The engine of these tests finds what it is there for.

use std::sync::mpsc::channel;

use stele::store::{
    engine::{Engine, Session, Sql, Verdict, Write},
    error::StoreError,
    row::Value,
};

use crate::support::{Site, Strict};

type Statement = (Sql, [&'static str; 2]);

const COUNT: Sql = Sql::fixed("INSERT INTO counters (owner, what, slot, n) VALUES ($1, $2, 0, 1)");

/// Whether it takes these statements, one after the other.
fn takes(statements: &[Statement]) -> Result<(), StoreError> {
    let (site, (told, heard), statements) = (Site::new(), channel(), statements.to_vec());
    let work = move |session: &mut dyn Session| {
        let mut strict = Strict::new(session);
        let ran = statements.iter().try_for_each(|(sql, args)| strict.run(sql, &args.map(Value::from)).map(drop));
        told.send(ran).unwrap();
        Verdict::Undo
    };
    site.server.engine.write(Write { work: Box::new(work), is_rehearsal: false, done: Box::new(drop) });
    heard.recv().unwrap()
}

#[test]
fn totals_come_last_and_in_their_order() {
    let other = (Sql::fixed("UPDATE users SET name = $1 WHERE id = $2"), ["a", "b"]);
    let [first, second, third] = [["a", "b"], ["a", "c"], ["b", "a"]].map(|args| (COUNT, args));
    assert_eq!(takes(&[other.clone(), first.clone(), second.clone(), third]), Ok(()));
    for bad in [[first.clone(), other], [second, first.clone()], [first.clone(), first]] {
        assert!(matches!(takes(&bad), Err(StoreError::Engine(why)) if why.starts_with("after a total")), "{bad:?}");
    }
}

#[test]
fn nul_is_refused() {
    assert!(takes(&[(COUNT, ["a\0", "b"])]).is_err());
}
