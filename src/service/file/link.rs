//! Who may see a file at its address: everybody who knows it, where it is public; else whoever may read the project, or has an address that is sealed
//! for a while.

use std::{sync::Arc, time::Duration};

use uuid::Uuid;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        file::{
            file::File,
            link::{self, LIFE, LIFE_MAX},
            picture::variant::Variant,
            version::FileVersion,
        },
        id::{FileId, FileVersionId, ProjectPath},
        time::Instant,
    },
    service::{authorize, instance::sealing_secret},
    store::{
        Tx,
        file::{file, version},
    },
};

/// What is not there, or not for this caller.
const NOUN: &str = "file";

/// An address that is good for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// It.
    pub url: String,
    /// When it ends.
    pub ends_at: Instant,
}

/// An address of a file that the caller may read, for whoever is given it.
///
/// # Errors
/// Those of the gate; not found.
pub fn seal(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId, life: Option<Duration>, public_url: &str) -> Result<Sealed> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let found = file::get(tx, &granted, id)?;
    seal_address(tx, (id, &found.url(public_url, true)), life.unwrap_or(LIFE))
}

/// An address of a file that was read already, for which the one that lasts is given.
///
/// # Errors
/// Those of the store.
pub fn seal_address(tx: &mut Tx<'_>, (id, lasting): (FileId, &str), life: Duration) -> Result<Sealed> {
    let ends_at = tx.now() + life.min(LIFE_MAX);
    let until = ends_at.seconds();
    let seal = link::seal(&sealing_secret(tx)?, id.uuid(), until);
    Ok(Sealed { url: format!("{lasting}&until={until}&seal={seal}"), ends_at: Instant::from_seconds(until) })
}

/// Seconds for which the address of a private file stays the same in pages.
const STEADY: i64 = 3600;

/// The address on this server at which a page shows a file that was read already, or a smaller picture of it, if that is there: for an hour or two the
/// same, so that browsers keep the bytes.
///
/// # Errors
/// Those of the store.
pub fn page_url(tx: &mut Tx<'_>, file: &File, variant: Option<Variant>) -> Result<Option<String>> {
    let lasting = match variant {
        None => file.url("", true),
        Some(wanted) => {
            let Some(made) = file.variants.made.iter().find(|made| made.variant == wanted) else { return Ok(None) };
            file.variant_url("", wanted, &made.blob.hash)
        }
    };
    if file.is_public {
        return Ok(Some(lasting));
    }
    steadily_sealed(tx, file.id.uuid(), &lasting).map(Some)
}

/// The same for what was in a file before.
///
/// # Errors
/// Those of the store.
pub fn shown_version(tx: &mut Tx<'_>, file: &File, version: &FileVersion) -> Result<String> {
    steadily_sealed(tx, version.id.uuid(), &version.url(&file.url("", false)))
}

fn steadily_sealed(tx: &mut Tx<'_>, id: Uuid, lasting: &str) -> Result<String> {
    let until = (tx.now().seconds() / STEADY + 2) * STEADY;
    let seal = link::seal(&sealing_secret(tx)?, id, until);
    Ok(format!("{lasting}&until={until}&seal={seal}"))
}

/// How a caller shows that they may see a private file.
#[derive(Debug, Clone, Copy)]
pub enum Pass<'p> {
    /// Nothing.
    None,
    /// The seal of an address, and until when it is good.
    Seal(&'p str, i64),
}

/// The file at an address; `who` is asked where it is private and its address has no seal.
///
/// # Errors
/// Not found: it is not there, or not for this caller.
pub fn follow(tx: &mut Tx<'_>, id: FileId, pass: Pass<'_>, who: impl FnOnce(&mut Tx<'_>) -> Result<Option<Arc<Actor>>>) -> Result<File> {
    let found = file::unguarded_served(tx, id)?.ok_or(Error::NotFound(NOUN))?;
    if found.is_public { Ok(found) } else { admitted(tx, found, id.uuid(), pass, who) }
}

/// The file at an address as it was with earlier bytes, which nobody sees without a seal of their own or a token, whatever the file is.
///
/// # Errors
/// Not found: it is not there, or not for this caller.
pub fn follow_version(
    tx: &mut Tx<'_>,
    of: (FileId, FileVersionId),
    pass: Pass<'_>,
    who: impl FnOnce(&mut Tx<'_>) -> Result<Option<Arc<Actor>>>,
) -> Result<File> {
    let found = file::unguarded_served(tx, of.0)?.zip(version::unguarded_served(tx, of)?);
    let (file, version) = found.ok_or(Error::NotFound(NOUN))?;
    admitted(tx, version.of(file), of.1.uuid(), pass, who)
}

fn admitted(
    tx: &mut Tx<'_>,
    found: File,
    id: Uuid,
    pass: Pass<'_>,
    who: impl FnOnce(&mut Tx<'_>) -> Result<Option<Arc<Actor>>>,
) -> Result<File> {
    if let Pass::Seal(seal, until) = pass {
        let is_good = link::is_good(seal, &sealing_secret(tx)?, (id, until), tx.now());
        return if is_good { Ok(found) } else { Err(Error::NotFound(NOUN)) };
    }
    let actor = who(tx)?.ok_or(Error::NotFound(NOUN))?;
    let entered = authorize::project(tx, &actor, (found.org, found.project), Permission::ProjectRead);
    authorize::if_granted(entered)?.map(|_| found).ok_or(Error::NotFound(NOUN))
}
