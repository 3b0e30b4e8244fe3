//! Smaller pictures of files: made one after the other, and handed out where the file is.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use crate::{
    domain::{
        Result,
        file::{
            blob::BlobPlace,
            file::{File, variant_name},
            picture::{
                draw::{self, Drawn},
                metadata,
                variant::{Made, State, Undrawn, Variant, is_drawn},
            },
        },
        id::FileId,
        time::Instant,
    },
    store::{Tx, file::variant},
};

use super::blob::bytes::Blobs;

/// How often it is begun at most: a picture that ends the server is not to end it for ever.
const TRIES: u32 = 3;

/// Some files whose smaller pictures are to be made, behind one of them.
///
/// # Errors
/// Those of the store.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, FileId)>) -> Result<Vec<(Instant, FileId)>> {
    variant::unguarded_due(tx, now, behind)
}

/// When the next ones are.
///
/// # Errors
/// Those of the store.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    variant::unguarded_next_due(tx, after)
}

/// A smaller picture of a file that the caller has followed an address to, in its place.
///
/// # Errors
/// Those of the store.
pub fn served(tx: &mut Tx<'_>, file: File, wanted: Variant) -> Result<Option<File>> {
    let made = variant::unguarded_one(tx, &file, wanted)?;
    Ok(made.map(|made| File {
        filename: variant_name(&file.filename, wanted),
        mime_type: "image/webp".to_owned(),
        blob: made.blob,
        ..file
    }))
}

/// Makes those of a file, if they are to be made still; whether they were, or cannot be.
///
/// # Errors
/// Busy, when the disk is full; those of the store.
pub async fn make(blobs: &Arc<Blobs>, id: FileId) -> Result<bool> {
    let Some(file) = blobs.store().write(move |tx| begin(tx, id)).await? else { return Ok(false) };
    let made = match draw_all(blobs, &file).await {
        Ok(Ok(drawn)) => keep(blobs, &file, drawn).await,
        Ok(Err(why)) => return blobs.store().write(move |tx| end(tx, &file, Err(why))).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(made) => blobs.store().write(move |tx| end(tx, &file, Ok(&made))).await,
        Err(error) => {
            // It did not fail by the picture.
            blobs.store().write(move |tx| variant::unguarded_try(tx, id, State::Pending, 0)).await?;
            Err(error)
        }
    }
}

/// The file, if they are to be made still, and can be.
fn begin(tx: &mut Tx<'_>, id: FileId) -> Result<Option<File>> {
    let Some((file, tries)) = variant::unguarded_due_one(tx, id)? else { return Ok(None) };
    if !is_drawn(&file.mime_type) || file.blob.place == BlobPlace::Nowhere {
        variant::unguarded_end(tx, id, State::None, None)?;
        return Ok(None);
    }
    if tries >= TRIES {
        variant::unguarded_end(tx, id, State::Failed, Some(Undrawn::GaveUp))?;
        return Ok(None);
    }
    variant::unguarded_try(tx, id, State::Processing, tries + 1)?;
    Ok(Some(file))
}

async fn draw_all(blobs: &Arc<Blobs>, file: &File) -> Result<std::result::Result<Vec<Drawn>, Undrawn>> {
    if file.blob.size > metadata::BYTES_MAX {
        return Ok(Err(Undrawn::TooLarge));
    }
    let _turn = blobs.turn().await?;
    let (reader, blob, focal) = (blobs.clone(), file.blob.clone(), file.focal_point);
    let drawn = spawn_blocking(move || Ok(draw::draw(&reader.read_all(&blob)?, focal))).await;
    // Whoever reads pictures may stumble over a damaged one.
    drawn.unwrap_or(Ok(Err(Undrawn::Unreadable)))
}

async fn keep(blobs: &Arc<Blobs>, file: &File, drawn: Vec<Drawn>) -> Result<Vec<Made>> {
    let mut made = Vec::with_capacity(drawn.len());
    for one in drawn {
        let blob = blobs.keep_made((file.org, file.project), one.bytes).await?;
        made.push(Made { variant: one.variant, width: one.width, height: one.height, blob });
    }
    Ok(made)
}

/// They are those of the file if it is what it was; else they are made again.
fn end(tx: &mut Tx<'_>, file: &File, made: std::result::Result<&Vec<Made>, Undrawn>) -> Result<bool> {
    let now = variant::unguarded_due_one(tx, file.id)?;
    let Some(now) = now.filter(|(now, _)| now.blob == file.blob && now.focal_point == file.focal_point) else { return Ok(false) };
    match made {
        Ok(made) => {
            variant::unguarded_put(tx, &now.0, made)?;
            variant::unguarded_end(tx, file.id, State::Complete, None)?;
        }
        Err(why) => variant::unguarded_end(tx, file.id, State::Failed, Some(why))?,
    }
    Ok(true)
}
