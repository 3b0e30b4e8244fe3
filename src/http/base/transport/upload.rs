//! Files on their way in: each in a file without a name beside the database, never in memory, and a few at once.

use std::{
    fs::File,
    io::{Seek, Write},
    path::PathBuf,
    sync::Arc,
};

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::header, web};
use futures_util::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    domain::{Error, Result, error::Fault},
    http::base::reply::blocking,
};

use super::connections::Connection;

/// Most bytes of a file that comes over the network: 1 GiB.
pub const LIMIT: usize = 1 << 30;
/// Most bytes of all fields that stand beside it in a form.
const FIELDS_MAX: usize = 64 * 1024;
/// Most files at once.
const AT_ONCE: usize = 2;
/// Bytes that are written at once.
const STEP: usize = 256 * 1024;

/// Where files come in.
pub struct Uploads {
    folder: PathBuf,
    turns: Arc<Semaphore>,
}

/// A file that came in. It is gone with its last holder, and so is its turn.
pub struct Upload {
    file: File,
    _turn: OwnedSemaphorePermit,
}

/// A form with a file: its fields, and the file if one was chosen.
pub type FileForm = (Vec<(String, String)>, Option<Upload>);

impl Upload {
    /// The file, to be read from its beginning.
    ///
    /// # Errors
    /// Busy, when the system gives none.
    pub fn open(&self) -> Result<File> {
        let mut file = self.file.try_clone().map_err(|cause| failed(&cause))?;
        file.rewind().map_err(|cause| failed(&cause))?;
        Ok(file)
    }
}

fn failed(cause: &std::io::Error) -> Error {
    Error::Busy(format!("a file that came in cannot be kept: {cause}"))
}

fn broken() -> Error {
    Fault::new("body", "incomplete", "The body ended early.").into()
}

/// What says beforehand that it is too long is not begun.
fn fits(request: &HttpRequest) -> Result<()> {
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > (LIMIT + FIELDS_MAX) as u64) { Err(Error::TooLarge(LIMIT)) } else { Ok(()) }
}

/// A file that is coming in.
struct Coming {
    file: Option<File>,
    kept: Vec<u8>,
    bytes: usize,
}

impl Coming {
    async fn add(&mut self, chunk: &[u8]) -> Result<()> {
        self.bytes += chunk.len();
        if self.bytes > LIMIT {
            return Err(Error::TooLarge(LIMIT));
        }
        self.kept.extend_from_slice(chunk);
        if self.kept.len() >= STEP { self.flush().await } else { Ok(()) }
    }

    /// Writes what was gathered, off the workers.
    async fn flush(&mut self) -> Result<()> {
        let (mut file, kept) = (self.file.take().ok_or_else(broken)?, std::mem::take(&mut self.kept));
        let file = blocking(move || file.write_all(&kept).map(|()| file).map_err(|cause| failed(&cause))).await?;
        self.file = Some(file);
        Ok(())
    }
}

impl Uploads {
    /// Files come in beside this one.
    pub fn beside(data: &std::path::Path) -> Self {
        let folder = data.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(std::path::Path::new("."));
        Self { folder: folder.to_owned(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    fn turn(&self) -> Result<OwnedSemaphorePermit> {
        self.turns.clone().try_acquire_owned().map_err(|_| Error::Busy("other files are on their way in".into()))
    }

    fn begin(&self) -> Result<Coming> {
        let file = tempfile::tempfile_in(&self.folder).map_err(|cause| failed(&cause))?;
        Ok(Coming { file: Some(file), kept: Vec::new(), bytes: 0 })
    }

    /// Keeps a body.
    ///
    /// # Errors
    /// Too large; invalid, when the client broke off; Busy, when others are on their way in or the disk is full.
    pub async fn body(&self, request: &HttpRequest, mut payload: web::Payload) -> Result<Upload> {
        fits(request)?;
        let (turn, mut coming) = (self.turn()?, self.begin()?);
        let connection = request.conn_data::<Arc<Connection>>();
        connection.inspect(|connection| connection.waits());
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| broken())?;
            coming.add(&chunk).await?;
            connection.inspect(|connection| connection.moved(chunk.len()));
        }
        connection.inspect(|connection| connection.works());
        coming.flush().await?;
        Ok(Upload { file: coming.file.ok_or_else(broken)?, _turn: turn })
    }

    /// Keeps the file of a form (RFC 7578), and its fields.
    ///
    /// # Errors
    /// Those of [`Self::body`]; invalid, when it is no such form.
    pub async fn form(&self, request: &HttpRequest, payload: web::Payload) -> Result<FileForm> {
        let malformed = || Error::from(Fault::new("body", "malformed", "The form could not be read."));
        fits(request)?;
        let turn = self.turn()?;
        let connection = request.conn_data::<Arc<Connection>>();
        connection.inspect(|connection| connection.waits());
        let mut parts = Multipart::new(request.headers(), payload);
        let (mut fields, mut room, mut found) = (Vec::new(), FIELDS_MAX, None);
        while let Some(part) = parts.next().await {
            let mut part = part.map_err(|_| malformed())?;
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.content_disposition().is_some_and(|about| about.get_filename().is_some());
            let mut coming = if is_file && found.is_none() { Some(self.begin()?) } else { None };
            let mut text = Vec::new();
            while let Some(chunk) = part.next().await {
                let chunk = chunk.map_err(|_| malformed())?;
                connection.inspect(|connection| connection.moved(chunk.len()));
                match &mut coming {
                    Some(coming) => coming.add(&chunk).await?,
                    None => {
                        room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge(FIELDS_MAX))?;
                        text.extend_from_slice(&chunk);
                    }
                }
            }
            match coming {
                None => fields.push((name, String::from_utf8(text).map_err(|_| malformed())?)),
                // A file that nobody chose is sent as an empty one.
                Some(coming) if coming.bytes == 0 => {}
                Some(mut coming) => {
                    coming.flush().await?;
                    found = coming.file;
                }
            }
        }
        connection.inspect(|connection| connection.works());
        Ok((fields, found.map(|file| Upload { file, _turn: turn })))
    }
}
