//! The files of an archive on their way into a project: piece by piece, so that none is in memory as a whole but for pictures, which are cleaned.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        file::{
            blob::{Blob, BlobPlace, GRACE, PIECE},
            file::File,
            picture::metadata,
        },
        id::BlobId,
        project::archive::line::file::BytesLine,
    },
    service::file::{
        blob::bytes::Blobs,
        file::{self, Incoming},
    },
    store::file::blob,
};

use super::here::Here;

/// Files on their way.
pub(super) struct Files {
    blobs: Arc<Blobs>,
    coming: Option<Coming>,
}

/// A file of which bytes are to follow.
struct Coming {
    file: File,
    bytes: Bytes,
}

/// Bytes that are kept.
struct Bytes {
    id: BlobId,
    size: u64,
    pieces: u64,
    hash: blake3::Hasher,
    first: Vec<u8>,
    piece: Vec<u8>,
}

impl Files {
    pub(super) const fn new(blobs: Arc<Blobs>) -> Self {
        Self { blobs, coming: None }
    }

    /// Begins a file, without its bytes. One that has none is there at once.
    pub(super) fn begin(&mut self, here: &Here<'_>, file: File) -> Result<()> {
        self.blobs.bounds.admit(file.blob.size)?;
        let bytes = self.bytes(here)?;
        let is_empty = file.blob.size == 0;
        self.coming = Some(Coming { file, bytes });
        if is_empty { self.end(here) } else { Ok(()) }
    }

    /// Takes some bytes of it; with the last of them it is there.
    pub(super) fn take(&mut self, here: &Here<'_>, line: &BytesLine) -> Result<()> {
        let Some(coming) = &mut self.coming else { return Ok(()) };
        push(&self.blobs, here, &mut coming.bytes, &line.decoded()?)?;
        if coming.bytes.size < coming.file.blob.size { Ok(()) } else { self.end(here) }
    }

    fn bytes(&self, here: &Here<'_>) -> Result<Bytes> {
        let place = self.blobs.place();
        let id = here.write(move |tx, _, at| {
            let (id, until) = (BlobId::new(tx.now(), tx.entropy()), tx.now() + GRACE);
            blob::begin(tx, at, id, place, until).map(|()| id)
        })?;
        Ok(Bytes { id, size: 0, pieces: 0, hash: blake3::Hasher::new(), first: Vec::new(), piece: Vec::new() })
    }

    fn end(&mut self, here: &Here<'_>) -> Result<()> {
        let Some(Coming { file, bytes }) = self.coming.take() else { return Ok(()) };
        let whole = finish(&self.blobs, here, bytes)?;
        let (whole, is_turned) = self.cleaned(here, whole)?;
        let bounds = self.blobs.bounds;
        here.write(move |tx, actor, at| {
            let hash = whole.hash.finalize().to_hex().to_string();
            let incoming = Incoming { id: whole.id, hash: &hash, size: whole.size, first: &whole.first, is_turned, bounds };
            file::arrive(tx, at, File { created_by: Some(actor.id), ..file.clone() }, &incoming)
        })
    }

    /// A picture without what is not seen of it, as one that is uploaded; and whether it is shown turned by a quarter.
    fn cleaned(&self, here: &Here<'_>, whole: Bytes) -> Result<(Bytes, bool)> {
        if !metadata::is_known(&whole.first) || whole.size > metadata::BYTES_MAX {
            return Ok((whole, false));
        }
        let blob = Blob { id: whole.id, hash: String::new(), size: whole.size, place: self.blobs.place() };
        let cleaned = metadata::clean(self.blobs.read_all(&blob)?);
        let Some(bytes) = cleaned.bytes else { return Ok((whole, cleaned.is_turned)) };
        let gone = whole.id;
        here.write(move |tx, _, at| blob::abandon(tx, at, gone))?;
        let mut other = self.bytes(here)?;
        push(&self.blobs, here, &mut other, &bytes)?;
        Ok((finish(&self.blobs, here, other)?, cleaned.is_turned))
    }
}

/// Keeps bytes behind those that came, whole pieces of them at once.
fn push(blobs: &Blobs, here: &Here<'_>, to: &mut Bytes, mut bytes: &[u8]) -> Result<()> {
    to.size += bytes.len() as u64;
    while !bytes.is_empty() {
        let (now, later) = bytes.split_at(bytes.len().min(PIECE - to.piece.len()));
        to.piece.extend_from_slice(now);
        if to.piece.len() == PIECE {
            flush(blobs, here, to)?;
        }
        bytes = later;
    }
    Ok(())
}

fn flush(blobs: &Blobs, here: &Here<'_>, to: &mut Bytes) -> Result<()> {
    let (piece, id, n) = (std::mem::take(&mut to.piece), to.id, to.pieces);
    to.pieces += 1;
    to.hash.update(&piece);
    if n == 0 {
        to.first.clone_from(&piece);
    }
    blobs.has_room(blobs.place())?;
    if blobs.place() == BlobPlace::Folder {
        return blobs.outside()?.keep(id, n * PIECE as u64, &piece);
    }
    here.write(move |tx, _, at| {
        let until = tx.now() + GRACE;
        blob::keep(tx, at, (id, n), &piece, until)
    })
}

/// No more of them come.
fn finish(blobs: &Blobs, here: &Here<'_>, mut bytes: Bytes) -> Result<Bytes> {
    if !bytes.piece.is_empty() {
        flush(blobs, here, &mut bytes)?;
    }
    if blobs.place() == BlobPlace::Folder {
        blobs.outside()?.settle(bytes.id)?;
    }
    Ok(bytes)
}
