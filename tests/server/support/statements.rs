//! What these tests ask the database, kept in the file that `STELE_STATEMENTS` names: the types of what is bound, and the statement.
//! `tests/postgres` runs all of it on another engine.

use std::{
    collections::HashSet,
    fs::{File, OpenOptions},
    io::Write,
    sync::OnceLock,
};

use parking_lot::Mutex;
use stele::store::{engine::Sql, row::Value};

/// The file, and the lines in it.
type StatementLog = (File, HashSet<String>);

static LOG: OnceLock<Option<Mutex<StatementLog>>> = OnceLock::new();

/// Keeps a statement, unless it was kept before or nobody wants them.
pub fn keep(sql: &Sql, args: &[Value]) {
    let open = || {
        let path = std::env::var_os("STELE_STATEMENTS")?;
        let file = OpenOptions::new().create(true).append(true).open(path).expect("the file opens");
        Some(Mutex::new((file, HashSet::new())))
    };
    let Some(asked) = LOG.get_or_init(open) else { return };
    let types: Vec<_> = args.iter().map(type_of).collect();
    let text: Vec<_> = sql.text().split_whitespace().collect();
    let line = format!("{}\t{}\n", types.join(" "), text.join(" "));
    let (file, before) = &mut *asked.lock();
    if before.insert(line.clone()) {
        file.write_all(line.as_bytes()).expect("it is written");
    }
}

const fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "unknown",
        Value::Bool(_) => "boolean",
        Value::Int(_) => "bigint",
        Value::Real(_) => "float8",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytea",
    }
}
