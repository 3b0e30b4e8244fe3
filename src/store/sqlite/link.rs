//! One connection as a session: statements, arguments by name, rows, and errors of SQLite as those of the store.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use rusqlite::{
    Connection, Error, ErrorCode, Statement, ToSql, ffi,
    types::{Null, ToSqlOutput, ValueRef},
};

use crate::{
    domain::search::Term,
    store::{
        engine::{IndexDocument, MatchQuery, Matched, Session, Sql},
        error::StoreError,
        row::{Cell, Row, Value},
    },
};

use super::{
    full_text::{self, Pending},
    matches, sent,
};

/// A connection inside a transaction.
pub(super) struct Link<'c> {
    db: &'c Connection,
    /// Set once SQLite has ended the transaction on its own, as it does when the disk is full. Whatever ran after that
    /// would be in no transaction at all, so it is refused.
    pub lost: Option<StoreError>,
    /// Whether something may have been written. A statement that fails undoes itself.
    pub wrote: bool,
    /// Whether it changed who may do what.
    pub changed: bool,
    epoch: Option<u64>,
    commits: Option<u64>,
    /// Where documents wait for the end of the transaction; none where they go into the index at once.
    pending: Option<&'c Pending>,
}

impl<'c> Link<'c> {
    /// A session that writes on this connection. Nobody else writes, and every commit before was told: while the transaction has not
    /// changed who may do what, that is as it was in this epoch.
    pub const fn writing(db: &'c Connection, epoch: Option<u64>) -> Self {
        Self { db, lost: None, wrote: false, changed: false, epoch, commits: None, pending: None }
    }

    /// The same as one of several writes of a transaction, which end with their documents.
    pub fn together(db: &'c Connection, epoch: Option<u64>, pending: &'c Pending) -> Self {
        Self { pending: Some(pending), ..Self::writing(db, epoch) }
    }

    /// A session that reads on this connection, in a snapshot that was chosen when the epoch and the number of commits were these.
    pub const fn reading(db: &'c Connection, (epoch, commits): (u64, u64)) -> Self {
        Self { db, lost: None, wrote: false, changed: false, epoch: Some(epoch), commits: Some(commits), pending: None }
    }

    /// Prepares and binds; then `step` runs the statement.
    fn with<T>(
        &mut self,
        sql: &Sql,
        args: &[Value],
        step: impl FnOnce(&mut Statement<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.inside(|db| {
            let mut statement = db.prepare_cached(sql.text()).map_err(|error| fault(&error))?;
            bind(&mut statement, sql, args)?;
            step(&mut statement)
        })
        .map_err(|error| match error {
            StoreError::Engine(cause) => StoreError::Engine(format!("{cause}, in: {}", sql.text())),
            other => other,
        })
    }

    /// Runs something inside the transaction, as long as there is one.
    fn inside<T>(&mut self, run: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(lost) = &self.lost {
            return Err(lost.clone());
        }
        run(self.db).inspect_err(|error| self.lost = self.db.is_autocommit().then(|| error.clone()))
    }
}

impl Session for Link<'_> {
    fn rows(&mut self, sql: &Sql, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut writes = false;
        let rows = self.with(sql, args, |statement| {
            writes = !statement.readonly();
            let width = statement.column_count();
            let mut cursor = statement.raw_query();
            let (mut found, mut text) = (Vec::new(), 256);
            while let Some(from) = cursor.next().map_err(|error| fault(&error))? {
                // Rows of one answer are often about equally long.
                let mut row = Row::with_room(width, text);
                for index in 0..width {
                    row.push(from.get_ref(index).map_err(|error| fault(&error)).and_then(cell)?);
                }
                text = row.text_len();
                found.push(row);
            }
            Ok(found)
        });
        self.wrote |= writes;
        rows
    }

    fn run(&mut self, sql: &Sql, args: &[Value]) -> Result<usize, StoreError> {
        let touched = self.with(sql, args, |statement| statement.raw_execute().map_err(|error| fault(&error)));
        self.wrote |= touched.is_ok();
        touched
    }

    fn index(&mut self, of: &str, documents: &[IndexDocument]) -> Result<(), StoreError> {
        if let Some(pending) = self.pending {
            pending.add(of, documents);
            return Ok(());
        }
        let done = self.inside(|db| full_text::index(db, of, documents).map_err(|error| fault(&error)));
        self.wrote |= done.is_ok();
        done
    }

    fn matches(&mut self, wanted: &MatchQuery<'_>) -> Result<Vec<Matched>, StoreError> {
        self.inside(|db| matches::matches(db, wanted).map_err(|error| fault(&error)))
    }

    fn index_sent(&mut self, of: &str, words: Option<(&str, &str)>) -> Result<(), StoreError> {
        if let Some(pending) = self.pending {
            pending.add_sent(of, words);
            return Ok(());
        }
        let done = self.inside(|db| sent::index(db, of, words).map_err(|error| fault(&error)));
        self.wrote |= done.is_ok();
        done
    }

    fn sent_having(&mut self, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError> {
        self.inside(|db| sent::having(db, form, terms, most).map_err(|error| fault(&error)))
    }

    fn sent_behind(&mut self, behind: &str, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError> {
        self.inside(|db| sent::behind(db, behind, form, terms, most).map_err(|error| fault(&error)))
    }

    fn epoch(&self) -> Option<u64> {
        self.epoch
    }

    fn commits(&self) -> Option<u64> {
        self.commits
    }

    fn change_access(&mut self) {
        self.changed = true;
        self.epoch = None;
    }
}

/// Runs a statement of transaction control.
pub(super) fn control(db: &Connection, sql: &'static str) -> Result<(), StoreError> {
    db.prepare_cached(sql).and_then(|mut statement| statement.raw_execute()).map(drop).map_err(|error| fault(&error))
}

/// The arguments in the order of their placeholders.
type Order = Rc<[usize]>;

thread_local! {
    /// The orders of fixed statements, by where the text lies: to ask SQLite for each name each time costs more than to bind.
    static ORDERS: RefCell<HashMap<(*const u8, usize), Order>> = RefCell::default();
}

/// Binds each argument to the placeholder of its number.
fn bind(statement: &mut Statement<'_>, sql: &Sql, args: &[Value]) -> Result<(), StoreError> {
    let count = statement.parameter_count();
    if count != args.len() {
        return Err(StoreError::Engine(format!("{count} placeholders for {} arguments", args.len())));
    }
    for (position, arg) in order(statement, sql)?.iter().enumerate() {
        statement.raw_bind_parameter(position + 1, &args[*arg]).map_err(|error| fault(&error))?;
    }
    Ok(())
}

/// Which argument each placeholder stands for. SQLite counts placeholders by appearance, so its position says nothing; but its names differ,
/// so as many names as arguments, all within range, name every argument.
fn order(statement: &Statement<'_>, sql: &Sql) -> Result<Order, StoreError> {
    let fixed = sql.fixed_text().map(|text| (text.as_ptr(), text.len()));
    let known = fixed.and_then(|fixed| ORDERS.with_borrow(|orders| orders.get(&fixed).cloned()));
    if let Some(known) = known {
        return Ok(known);
    }
    let count = statement.parameter_count();
    let argument = |position| {
        let number = statement.parameter_name(position).and_then(number).filter(|number| *number <= count);
        number.map(|number| number - 1).ok_or_else(|| {
            let name = statement.parameter_name(position).unwrap_or("?");
            StoreError::Engine(format!("no argument for the placeholder {name} among {count}"))
        })
    };
    let found: Order = (1..=count).map(argument).collect::<Result<_, _>>()?;
    if let Some(fixed) = fixed {
        ORDERS.with_borrow_mut(|orders| orders.insert(fixed, found.clone()));
    }
    Ok(found)
}

/// 12 of `$12`; there is no `$0` and no `$01`.
fn number(name: &str) -> Option<usize> {
    name.strip_prefix('$').filter(|digits| !digits.starts_with(['0', '+'])).and_then(|digits| digits.parse().ok())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::from(Null),
            Self::Bool(flag) => ToSqlOutput::from(i64::from(*flag)),
            Self::Int(number) => ToSqlOutput::from(*number),
            Self::Real(number) => ToSqlOutput::from(*number),
            Self::Text(text) => ToSqlOutput::from(text.as_str()),
            Self::Bytes(bytes) => ToSqlOutput::from(bytes.as_slice()),
        })
    }
}

fn cell(value: ValueRef<'_>) -> Result<Cell<'_>, StoreError> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(str::from_utf8(text).map_err(|_| StoreError::Engine("a text is not UTF-8".into()))?),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
    })
}

/// What an error of SQLite means to the store.
pub(super) fn fault(error: &Error) -> StoreError {
    let (Error::SqliteFailure(code, _) | Error::SqlInputError { error: code, .. }) = error else {
        return StoreError::Engine(error.to_string());
    };
    match (code.extended_code, code.code) {
        (ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY, _) => StoreError::Unique(last_name(&error.to_string())),
        (ffi::SQLITE_CONSTRAINT_FOREIGNKEY, _) => StoreError::Foreign,
        (
            _,
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::OutOfMemory,
        ) => StoreError::Busy(error.to_string()),
        _ => StoreError::Engine(error.to_string()),
    }
}

/// `t.b` of "UNIQUE constraint failed: t.a, t.b"; of an index on an expression SQLite tells the name: "... failed: index 'i'".
fn last_name(message: &str) -> String {
    let last = message.rsplit([',', ':']).next().unwrap_or(message).trim();
    last.strip_prefix("index '").and_then(|name| name.strip_suffix('\'')).unwrap_or(last).to_owned()
}
