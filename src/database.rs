//! The database of this program: the one file outside of its engine that names which engine it is.

use std::{path::Path, sync::Arc};

pub use crate::store::sqlite::{
    Sqlite as Database,
    backup::{backup, belongs, copy_beside, is_free, remove, remove_leftovers, replace, unnamed_copy},
};
use crate::{
    service::backup::{Ending, is_bare, revive},
    store::{
        Store,
        sqlite::{options::Options, reading::Reading},
    },
    system::{SystemClock, SystemEntropy},
};

/// A store on the database at `path`; `who` is told to others who find it in use.
///
/// # Errors
/// Why the file cannot be used, as a sentence.
pub fn open(path: &Path, who: &str) -> Result<(Store, Arc<Database>), String> {
    let options = Options { who: who.to_owned(), ..Options::default() };
    let engine = Arc::new(Database::open(path, options).map_err(|error| error.to_string())?);
    let store = Store::new(engine.clone(), Arc::new(SystemClock), Arc::new(SystemEntropy));
    let revived = store.read_now(is_bare).and_then(|bare| {
        let revive = || store.write_now(|tx| revive(tx, Ending::default()));
        if bare { revive().map(drop) } else { Ok(()) }
    });
    revived.map_err(|error| format!("{error:?}"))?;
    Ok((store, engine))
}

/// A store that only reads the database at `path`, whoever serves it.
///
/// # Errors
/// Why it cannot be read, as a sentence.
pub fn open_reading(path: &Path) -> Result<Store, String> {
    let engine = Reading::open(path).map_err(|error| error.to_string())?;
    Ok(Store::new(Arc::new(engine), Arc::new(SystemClock), Arc::new(SystemEntropy)))
}
