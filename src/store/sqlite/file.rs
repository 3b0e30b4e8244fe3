//! The database file: opening it with the right settings, refusing what is not ours, bringing it up to date, copying it.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::Path,
    time::Duration,
};

use rusqlite::{
    Connection, Error, ErrorCode, MAIN_DB, OpenFlags, TransactionBehavior,
    backup::{Backup, StepResult},
    config::DbConfig,
};

use crate::store::{error::StoreError, fill::Fill};

use super::{
    link::{Link, fault},
    lock::{self, Lock},
    open::{Refusal, create_private},
    options::Options,
    schema::{self, APPLICATION_ID, Label},
};

/// How long a connection waits for a lock of another program, such as a backup tool.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Prepared statements kept for each connection.
const STATEMENTS: usize = 256;

/// The writer's connection, up to date, and the lock that keeps others out. A refused file is left as it was.
pub(super) fn open(path: &Path, options: &Options) -> Result<(Connection, Lock), Refusal> {
    let cannot = |error: Error| Refusal::Cannot(error.to_string());
    if !path.exists() {
        make_folder(path)?;
        match create_private(path) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
                // It is a link to where the file will be; or somebody was faster.
                let target = path.parent().zip(fs::read_link(path).ok()).map(|(folder, target)| folder.join(target));
                let _ = target.map(|target| create_private(&target));
            }
            made => drop(made.map_err(|cause| Refusal::Cannot(cause.to_string()))?),
        }
    }
    regular(path)?;
    let lock = Lock::take(path)?;
    let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(cannot)?;
    // Until the file is known to be ours, closing it must not move its log into it.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(cannot)?;
    let version = examine(&db, options.migrations.len())?;
    if db.is_readonly(MAIN_DB).map_err(cannot)? {
        return Err(Refusal::Cannot("the file or its file system is read-only".into()));
    }
    lock.sign(&options.who)?;
    if lock.is_open_to_others() {
        // As a copy that was made by hand may be.
        tracing::warn!(data = %path.display(), "others on this machine may read the database, with the hashes of all passwords and keys: chmod 600");
    }
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(cannot)?;
    let mode: String = db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(cannot)?;
    if mode != "wal" {
        return Err(Refusal::Cannot("its file system does not support a write-ahead log".into()));
    }
    tune(&db, options).map_err(cannot)?;
    migrate(&mut db, version, options)?;
    Ok((db, lock))
}

/// Opens a connection with what must hold before anything is read.
pub(super) fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        // Otherwise a statement with LIKE or LIMIT is planned anew each time its arguments change.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        db.set_db_config(setting, on)?;
    }
    Ok(db)
}

/// The settings of every connection to our own database; SQLite forgets them all with the connection. A log that became long, as it does beside
/// a backup, keeps its room until writes pause: to cut it takes long, and SQLite would do that inside a write. What is deleted is written over, so that
/// nobody finds it in the file: visitors may ask for that.
fn tune(db: &Connection, options: &Options) -> rusqlite::Result<()> {
    db.execute_batch(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;
         PRAGMA secure_delete=ON; PRAGMA journal_size_limit=-1; PRAGMA wal_autocheckpoint=0;",
    )?;
    db.pragma_update(None, "cache_size", -i64::from(options.cache_kib))
}

/// A read connection to our own database.
pub(super) fn reader(path: &Path, options: &Options) -> rusqlite::Result<Connection> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Should another file have taken its name, closing the only connection to that would delete the log of ours.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    tune(&db, options)?;
    db.execute_batch("PRAGMA query_only=ON")?;
    Ok(db)
}

/// How many of the `known` migrations the database has, or why it is refused. Nothing is written.
fn examine(db: &Connection, known: usize) -> Result<usize, Refusal> {
    // SQLite takes a file that is shorter than its smallest page for an empty one, and would write over it.
    let size = db.path().and_then(|path| fs::metadata(path).ok()).map_or(0, |file| file.len());
    if (1..512).contains(&size) {
        return Err(Refusal::NotDatabase);
    }
    let ask = |sql| db.query_row(sql, [], |row| row.get(0));
    let label = || -> rusqlite::Result<Label> {
        Ok(Label {
            application: ask("PRAGMA application_id")?,
            version: ask("PRAGMA user_version")?,
            objects: ask("SELECT count(*) FROM sqlite_schema")?,
        })
    };
    let label = label().map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Refusal::NotDatabase,
        _ => Refusal::Cannot(error.to_string()),
    })?;
    schema::admit(label, known)
}

/// Opens a database that must be one of ours already, and tells its version.
pub(super) fn existing(path: &Path, known: usize) -> Result<(Connection, usize), Refusal> {
    regular(path)?;
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| Refusal::Cannot(explain(path, &error)))?;
    match examine(&db, known)? {
        0 => Err(Refusal::NotDatabase),
        version => Ok((db, version)),
    }
}

/// Whoever opens a pipe waits for somebody to write into it.
fn regular(path: &Path) -> Result<(), Refusal> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            Err(Refusal::Cannot(format!("it is a folder; name a file in it, as {} would be", path.join("stele.db").display())))
        }
        Ok(found) if !found.is_file() => Err(Refusal::NotDatabase),
        _ => Ok(()),
    }
}

/// The folder of a new database is made with it, for its owner alone. Where more is missing, the path is more likely wrong.
pub(super) fn make_folder(path: &Path) -> Result<(), Refusal> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    fs::DirBuilder::new().mode(0o700).create(folder).or_else(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => Ok(()),
        io::ErrorKind::NotFound => {
            let above = folder.parent().unwrap_or(folder).display();
            Err(Refusal::Cannot(format!("there is no folder {above} in which {} could be made. Make that first", folder.display())))
        }
        _ => Err(Refusal::Cannot(format!("its folder {} cannot be made: {cause}", folder.display()))),
    })
}

/// Runs the steps that are still missing, each in its own transaction.
pub(super) fn migrate(db: &mut Connection, version: usize, options: &Options) -> Result<(), Refusal> {
    for (step, number) in options.migrations.iter().zip(1..).skip(version) {
        let fills = options.fills.iter().filter(|(of, _)| *of == number).map(|(_, fill)| *fill);
        advance(db, step, fills, number).map_err(|cause| Refusal::Migration(number, cause))?;
    }
    Ok(())
}

/// One step. Foreign keys are off while it runs, as SQLite asks for where a table is rebuilt, and checked before it counts.
fn advance(db: &mut Connection, step: &str, mut fills: impl Iterator<Item = Fill>, number: usize) -> Result<(), String> {
    let words = |error: Error| error.to_string();
    db.execute_batch("PRAGMA foreign_keys=OFF").map_err(words)?;
    let mut run = |db: &mut Connection| {
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(words)?;
        change.execute_batch(step).map_err(words)?;
        fills.try_for_each(|fill| fill(&mut Link::writing(&change, None))).map_err(|error| format!("{error:?}"))?;
        if let Some(reference) = dangling(&change).map_err(words)?.into_iter().next() {
            return Err(reference);
        }
        change.pragma_update(None, "application_id", APPLICATION_ID).map_err(words)?;
        change.pragma_update(None, "user_version", number.cast_signed()).map_err(words)?;
        change.commit().map_err(words)
    };
    let done = run(db);
    db.execute_batch("PRAGMA foreign_keys=ON").map_err(words)?;
    done
}

/// What is wrong inside a database, in sentences.
pub(super) fn damage(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut check = db.prepare("PRAGMA integrity_check")?;
    let mut found = check.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    found.retain(|line| line != "ok");
    found.extend(dangling(db)?);
    Ok(found)
}

/// Rows that refer to nothing.
fn dangling(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut check = db.prepare("PRAGMA foreign_key_check")?;
    let told = check.query_map([], |row| {
        let (table, row_id, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let place = row_id.map_or_else(String::new, |id| format!(" {id}"));
        Ok(format!("row{place} of {table} refers to a row of {parent} that does not exist"))
    })?;
    told.collect()
}

/// Rewrites the file without the room of what was deleted; its size before and after. It is one transaction of SQLite's: whatever happens
/// meanwhile, the file is as it was or as it is to be.
pub(super) fn compact(path: &Path, options: &Options) -> Result<[u64; 2], Refusal> {
    let size = || fs::metadata(path).map(|file| file.len()).map_err(|cause| Refusal::Cannot(cause.to_string()));
    // One that is not there is not made.
    size()?;
    let (db, _lock) = open(path, options)?;
    let cannot = |error: Error| Refusal::Cannot(error.to_string());
    // What a command did before may still stand in the log.
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").map_err(cannot)?;
    let before = size()?;
    // The copy is as large as what is left: not for memory.
    db.execute_batch("PRAGMA temp_store=FILE; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)").map_err(cannot)?;
    Ok([before, size()?])
}

/// Copies the whole content of one database over that of another, in one transaction.
pub(super) fn copy(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let copying = Backup::new(from, to).map_err(|error| fault(&error))?;
    match copying.step(-1).map_err(|error| fault(&error))? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy("the database is locked".into())),
    }
}

/// Copies the content into the empty file `to`, complete in this one file and on disk.
pub(super) fn copy_out(from: &Connection, to: &Path) -> Result<(), StoreError> {
    let fill = |error: Error| fault(&error);
    let mut target = connect(to, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(fill)?;
    // No need of a journal on disk or of waiting for it at each step: the file counts only once it is complete.
    target.execute_batch("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF").map_err(fill)?;
    copy(from, &mut target)?;
    // The copied header says WAL; this way the file needs no second one beside it.
    target.execute_batch("PRAGMA journal_mode=DELETE").map_err(fill)?;
    target.close().map_err(|(_, error)| fill(error))?;
    File::open(to).and_then(|file| file.sync_all()).map_err(|cause| StoreError::Busy(format!("{}: {cause}", to.display())))
}

/// The cause in words. SQLite only says "unable to open database file"; the system knows why. A file that this process has open
/// is not asked for it: closing that would cost SQLite its locks.
fn explain(path: &Path, error: &Error) -> String {
    let system = || if lock::is_held(path) { None } else { File::open(path).err() };
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => system().map_or_else(|| error.to_string(), |cause| cause.to_string()),
        _ => error.to_string(),
    }
}
