//! Long uploads that come in parts: a proxy lets each of them through, and one that was broken off is sent again alone.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        error::Fault,
        file::{
            blob::{Blob, GRACE_OF_PARTS, PIECE, PIECES_OF_PART, part_size, parts, pieces},
            draft::About,
            file::File,
        },
        id::{BlobId, ProjectPath, UploadId},
        listing::Listing,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        file::{
            blob,
            upload::{self, Upload},
        },
    },
};

use super::{
    blob::{
        bytes::Blobs,
        coming::Ended,
        staging::{self, Staged},
    },
    file::{Incoming, create},
    folder,
};

/// Most long uploads of a project at once, and of one sender of them.
const MOST: u64 = 100;
const MOST_OF_ONE: u64 = MOST / 2;
/// How long nothing of one has come that gives way to another where there are too many.
const IDLE: Duration = Duration::from_secs(60 * 60);

/// Begins one.
///
/// # Errors
/// Those of the gate; all faults; the file is too large, or the quota is reached.
pub fn start(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, (about, size): (&About, u64), blobs: &Blobs) -> Result<Upload> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let about = about.check()?;
    folder::check_path(tx, &granted, &about)?;
    blobs.bounds.admit(size)?;
    blobs.bounds.admit_more(tx, &granted, size)?;
    room(tx, &granted)?;
    let (now, entropy) = (tx.now(), tx.entropy());
    let begun = Upload {
        id: UploadId::new(now, entropy),
        blob: BlobId::new(now, entropy),
        place: blobs.place(),
        user: actor.id,
        size,
        about,
        parts: BTreeSet::new(),
        created_at: now,
    };
    blob::begin(tx, &granted, begun.blob, blobs.place(), now + GRACE_OF_PARTS)?;
    upload::insert(tx, &granted, &begun)?;
    Ok(begun)
}

/// Whether one more may begin. Where the project has too many, the one that has not gone on for longest gives way.
fn room(tx: &mut Tx<'_>, granted: &Granted<InProject>) -> Result<()> {
    let too_many = |words: String| Err(Error::Conflict(Fault::new("uploads", "too_many", words)));
    if upload::count_of_caller(tx, granted)? >= MOST_OF_ONE {
        return too_many(format!("{MOST_OF_ONE} of your uploads to this project have begun and not ended. Finish or cancel one."));
    }
    if upload::count(tx, granted)? < MOST {
        return Ok(());
    }
    let idle_since = tx.now() + GRACE_OF_PARTS - IDLE;
    match upload::idle(tx, granted, idle_since)? {
        Some((id, bytes)) => give_up(tx, granted, id, bytes),
        None => too_many(format!("{MOST} uploads of this project have begun and not ended. Whoever manages it may cancel them.")),
    }
}

fn give_up(tx: &mut Tx<'_>, granted: &Granted<InProject>, id: UploadId, bytes: BlobId) -> Result<()> {
    upload::delete(tx, granted, id)?;
    blob::abandon(tx, granted, bytes)
}

/// Those that the caller sends; all of the project for whoever manages it.
///
/// # Errors
/// Those of the gate.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<Upload>> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let of = if manages(tx, actor, at)? { None } else { Some(actor.id) };
    upload::list(tx, &granted, of, listing)
}

fn manages(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<bool> {
    match authorize::project(tx, actor, at, Permission::ProjectManage) {
        Ok(_) => Ok(true),
        Err(Error::Denied(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// One of the caller's, which nobody else finds.
fn own(tx: &mut Tx<'_>, granted: &Granted<InProject>, id: UploadId) -> Result<Upload> {
    let found = upload::get(tx, granted, id)?;
    if found.user == granted.actor().id { Ok(found) } else { Err(Error::NotFound("upload")) }
}

/// One of the caller's, or of the project that they manage.
fn get_visible(tx: &mut Tx<'_>, granted: &Granted<InProject>, id: UploadId) -> Result<Upload> {
    let found = upload::get(tx, granted, id)?;
    let actor = granted.actor().clone();
    let is_theirs = found.user == actor.id || manages(tx, &actor, (granted.org(), granted.project()))?;
    if is_theirs { Ok(found) } else { Err(Error::NotFound("upload")) }
}

/// One of the caller's, or of the project that they manage.
///
/// # Errors
/// Those of the gate; not found.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: UploadId) -> Result<Upload> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    get_visible(tx, &granted, id)
}

/// Gives one up that [`get`] finds: what came of it goes.
///
/// # Errors
/// Those of the gate; not found.
pub fn cancel(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: UploadId) -> Result<()> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let found = get_visible(tx, &granted, id)?;
    give_up(tx, &granted, id, found.blob)
}

/// A part that comes in.
pub struct Part {
    at: Granted<InProject>,
    upload: Upload,
    ended: Ended,
    number: u64,
    /// How many bytes it has.
    size: u64,
    came: u64,
    /// How many pieces of it were kept.
    kept: u64,
    piece: Vec<u8>,
}

impl Part {
    /// Begins the part of this number, from 1 on. `ended` was asked for before this transaction began.
    ///
    /// # Errors
    /// Those of the gate; not found.
    pub fn begin(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, (id, number): (UploadId, u64), ended: Ended) -> Result<Self> {
        let at = authorize::project(tx, actor, at, Permission::EntryWrite)?;
        let upload = own(tx, &at, id)?;
        let size = part_size(upload.size, number).ok_or(Error::NotFound("part"))?;
        Ok(Self { at, upload, ended, number, size, came: 0, kept: 0, piece: Vec::new() })
    }

    /// Takes some of it.
    ///
    /// # Errors
    /// Invalid, where it is too long; busy, when the disk is full.
    pub async fn push(&mut self, blobs: &Blobs, mut bytes: &[u8]) -> Result<()> {
        self.came += bytes.len() as u64;
        if self.came > self.size {
            return Err(self.wrong_size());
        }
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.piece.len()));
            self.piece.extend_from_slice(now);
            if self.piece.len() == PIECE {
                self.flush(blobs).await?;
            }
            bytes = later;
        }
        Ok(())
    }

    async fn flush(&mut self, blobs: &Blobs) -> Result<()> {
        let piece = std::mem::take(&mut self.piece);
        let n = (self.number - 1) * PIECES_OF_PART + self.kept;
        self.kept += 1;
        let ended = self.ended.read().await;
        if *ended {
            return Err(Error::NotFound("upload"));
        }
        blobs.keep(&self.at, (self.upload.place, self.upload.blob, n), piece, |now| now + GRACE_OF_PARTS).await
    }

    /// No more of it comes: keeps that it is there, if `who` may do that still.
    ///
    /// # Errors
    /// Those of the gate; invalid, where it is too short; busy, when the disk is full.
    pub async fn end(mut self, blobs: &Blobs, who: impl Fn(&mut Tx<'_>) -> Result<Arc<Actor>> + Send + 'static) -> Result<Upload> {
        if self.came != self.size {
            return Err(self.wrong_size());
        }
        if !self.piece.is_empty() {
            self.flush(blobs).await?;
        }
        let (at, id, number) = ((self.at.org(), self.at.project()), self.upload.id, self.number);
        let noted = blobs.store().write(move |tx| {
            let actor = who(tx)?;
            let at = authorize::project(tx, &actor, at, Permission::EntryWrite)?;
            // Others may have come meanwhile.
            let mut upload = own(tx, &at, id)?;
            upload.parts.insert(number);
            blob::touch(tx, &at, upload.blob, tx.now() + GRACE_OF_PARTS)?;
            upload::set_parts(tx, &at, &upload)?;
            Ok(upload)
        });
        noted.await
    }

    fn wrong_size(&self) -> Error {
        let words = format!("Part {} of this upload has {} bytes.", self.number, self.size);
        Fault::new("body", "wrong_size", words).into()
    }
}

/// All parts of an upload, looked through before a file is made of them.
pub struct Whole {
    upload: Upload,
    hash: String,
    first: Vec<u8>,
    /// A picture without what is not seen of it, where there was such.
    cleaned: Option<Staged>,
    is_turned: bool,
}

impl Whole {
    /// A file has been made of them, and that is committed.
    pub fn mark_taken(&self) {
        self.cleaned.iter().for_each(Staged::mark_taken);
    }
}

/// An upload of the caller's that is to be finished, and what lets them.
///
/// # Errors
/// Those of the gate; not found.
pub fn find_ended(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: UploadId) -> Result<(Granted<InProject>, Upload)> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let found = own(tx, &granted, id)?;
    Ok((granted, found))
}

/// Looks through all parts of an upload, off the workers since that may take long, and takes out of a picture what is not seen of it.
///
/// # Errors
/// Invalid, naming the parts that have not come; busy, when the disk is full.
pub async fn whole(blobs: &Arc<Blobs>, (at, upload): (Granted<InProject>, Upload)) -> Result<Whole> {
    let reader = blobs.clone();
    let looked = tokio::task::spawn_blocking(move || look_through(upload, &reader)).await;
    let whole = looked.map_err(|error| Error::Internal(error.to_string()))??;
    let bytes = Blob { id: whole.upload.blob, hash: String::new(), size: whole.upload.size, place: whole.upload.place };
    // It is on the disk, under its name, before a row says so.
    blobs.settle(whole.upload.place, whole.upload.blob).await?;
    let (cleaned, is_turned) = staging::cleaned(blobs, &at, bytes, &whole.first).await?;
    Ok(Whole { cleaned, is_turned, ..whole })
}

fn look_through(upload: Upload, blobs: &Blobs) -> Result<Whole> {
    let missing: Vec<_> = (1..=parts(upload.size))
        .filter(|part| upload.size > 0 && !upload.parts.contains(part))
        .take(10)
        .map(|part| part.to_string())
        .collect();
    if !missing.is_empty() {
        return Err(Fault::new("parts", "incomplete", format!("These parts have not come: {}.", missing.join(", "))).into());
    }
    let bytes = Blob { id: upload.blob, hash: String::new(), size: upload.size, place: upload.place };
    let (mut hash, mut first) = (blake3::Hasher::new(), Vec::new());
    for n in 0..pieces(upload.size) {
        let piece = blobs.read(&bytes, n * PIECE as u64, PIECE as u64)?;
        hash.update(&piece);
        if n == 0 {
            first = piece;
        }
    }
    if hash.count() != upload.size {
        return Err(Error::Internal(format!("{} bytes came of {}", hash.count(), upload.size)));
    }
    Ok(Whole { hash: hash.finalize().to_hex().to_string(), first, upload, cleaned: None, is_turned: false })
}

/// Makes the file of an upload whose parts were looked through.
///
/// # Errors
/// Those of the gate; not found, where it has ended meanwhile; the quota is reached.
pub fn finish(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, whole: &Whole, blobs: &Blobs) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let upload = own(tx, &granted, whole.upload.id)?;
    upload::delete(tx, &granted, upload.id)?;
    if let Some(cleaned) = &whole.cleaned {
        blob::abandon(tx, &granted, upload.blob)?;
        return create(tx, actor, at, &upload.about, &Incoming::from(cleaned));
    }
    let (hash, first, is_turned) = (&whole.hash, &whole.first, whole.is_turned);
    let bytes = Incoming { id: upload.blob, hash, size: upload.size, first, is_turned, bounds: blobs.bounds };
    create(tx, actor, at, &upload.about, &bytes)
}
