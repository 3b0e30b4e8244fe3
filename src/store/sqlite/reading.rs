//! A database that this process only reads, whoever serves it meanwhile.

use std::path::Path;

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::store::{
    engine::{Engine, Session, Write, WriteOutcome},
    error::StoreError,
};

use super::{
    file,
    link::{Link, control},
    open::{OpenError, Refusal},
    schema::MIGRATIONS,
    writer::tell,
};

/// An engine that reads, and refuses every write.
pub struct Reading(Mutex<Connection>);

impl Reading {
    /// Opens the database at `path`, which must have the schema of this program.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let (db, version) = file::existing(path, MIGRATIONS.len()).map_err(|refusal| refusal.of(path))?;
        if version < MIGRATIONS.len() {
            return Err(Refusal::Older.of(path));
        }
        Ok(Self(Mutex::new(db)))
    }
}

impl Engine for Reading {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        let db = self.0.lock();
        control(&db, "BEGIN")?;
        // Others write, and nobody tells this process.
        work(&mut Link::writing(&db, None));
        if db.is_autocommit() { Ok(()) } else { control(&db, "COMMIT") }
    }

    fn write(&self, write: Write) {
        tell(write, WriteOutcome::Failed(StoreError::Busy("the database is open for reading only".into())));
    }

    fn stop(&self) {}
}
