//! Files on their way in: each in a file without a name beside the database, never in memory, and a few at once.

use std::{
    fs::File,
    io::{Seek, Write},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::header, web};
use futures_util::{Stream, StreamExt};
use tokio::time::{Instant, timeout_at};

use crate::{
    domain::{Error, Result, error::Fault},
    http::base::reply::blocking,
};

use super::{
    connections::Connection,
    room::{Caller, Room, Shared},
};

/// Most bytes of a file that comes over the network: 1 GiB.
pub const LIMIT: usize = 1 << 30;
/// Most bytes of all fields that stand beside it in a form.
const FIELDS_MAX: usize = 64 * 1024;
/// Bytes that a field takes of them even if it is empty.
pub const FIELD: usize = 64;
/// Most files at once, of which nobody sends more than half.
const AT_ONCE: usize = 4;
/// Most forms of visitors at once; the same.
const VISITORS_AT_ONCE: usize = 16;
/// Bytes of a file that have to come in a second, after a beginning that may take its time: others wait for the place.
const RATE: usize = 32 * 1024;
/// That beginning.
const BEGINNING: Duration = Duration::from_secs(60);
/// The same of visitors, some of whom stand in a field.
const VISITORS_RATE: usize = 8 * 1024;
/// Bytes that are written at once.
const STEP: usize = 256 * 1024;

/// Where files come in.
pub struct Uploads {
    folder: PathBuf,
    turns: Shared,
    beginning: Duration,
    rate: usize,
}

/// A file that came in. It is gone with its last holder, and so is its turn.
pub struct Upload {
    file: File,
    _turn: Room,
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

/// The fault of a form that ended early, or is none.
pub(super) fn incomplete_form() -> Error {
    Fault::new("body", "incomplete", "The body ended early, or is no form with files.").into()
}

fn broken() -> Error {
    Fault::new("body", "incomplete", "The body ended early.").into()
}

/// What says beforehand that it is too long is not begun.
pub(super) fn fits(request: &HttpRequest, limit: usize) -> Result<()> {
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > (limit + FIELDS_MAX) as u64) { Err(Error::TooLarge(limit)) } else { Ok(()) }
}

/// How fast a body has to come.
pub struct Pace {
    due: Instant,
    came: usize,
    /// Bytes a second.
    rate: usize,
}

impl Pace {
    /// A body that begins now: it may take its time at first, and then come at this rate.
    #[expect(clippy::disallowed_methods, reason = "what a connection may take is measured by the time that passes, not by anybody's clock")]
    pub fn begin(beginning: Duration, rate: usize) -> Self {
        Self { due: Instant::now() + beginning, came: 0, rate }
    }

    /// So many bytes came.
    pub const fn add(&mut self, bytes: usize) {
        self.came += bytes;
    }

    /// Whether it has come more slowly than so many bytes a second, after its beginning.
    #[expect(clippy::disallowed_methods, reason = "what a connection may take is measured by the time that passes, not by anybody's clock")]
    pub fn is_slower_than(&self, rate: usize) -> bool {
        let seconds = u32::try_from(self.came / rate).unwrap_or(u32::MAX);
        Instant::now() >= self.due + Duration::from_secs(1) * seconds
    }

    /// What comes next, if it comes in time.
    ///
    /// # Errors
    /// Invalid, where it does not.
    pub async fn next<S: Stream + Unpin>(&self, from: &mut S) -> Result<Option<S::Item>> {
        let seconds = u32::try_from(self.came / self.rate).unwrap_or(u32::MAX);
        let words = || format!("The body came too slowly: files need {} KiB a second.", self.rate / 1024);
        timeout_at(self.due + Duration::from_secs(1) * seconds, from.next())
            .await
            .map_err(|_| Fault::new("body", "incomplete", words()).into())
    }
}

/// A file that is coming in.
pub(super) struct Coming {
    /// The file; not while it is written to.
    pub file: Option<File>,
    kept: Vec<u8>,
    bytes: usize,
    limit: usize,
}

impl Coming {
    /// Takes some more.
    pub async fn add(&mut self, chunk: &[u8]) -> Result<()> {
        self.bytes += chunk.len();
        if self.bytes > self.limit {
            return Err(Error::TooLarge(self.limit));
        }
        self.kept.extend_from_slice(chunk);
        if self.kept.len() >= STEP { self.flush().await } else { Ok(()) }
    }

    /// Writes what was gathered, off the workers.
    pub async fn flush(&mut self) -> Result<()> {
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
        Self { folder: folder.to_owned(), turns: Shared::turns(AT_ONCE), beginning: BEGINNING, rate: RATE }
    }

    /// The folder in which such files are.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The same for those of visitors, who have places of their own: nobody who works here waits for them.
    pub fn of_visitors(data: &std::path::Path) -> Self {
        Self { turns: Shared::turns(VISITORS_AT_ONCE), rate: VISITORS_RATE, ..Self::beside(data) }
    }

    pub(super) fn turn(&self, caller: Caller) -> Result<Room> {
        self.turns.try_take(caller, 1).ok_or(Error::Occupied)
    }

    pub(super) fn pace(&self) -> Pace {
        Pace::begin(self.beginning, self.rate)
    }

    pub(super) fn begin(&self, limit: usize) -> Result<Coming> {
        let file = tempfile::tempfile_in(&self.folder).map_err(|cause| failed(&cause))?;
        Ok(Coming { file: Some(file), kept: Vec::new(), bytes: 0, limit })
    }

    /// Keeps a body of at most so many bytes.
    ///
    /// # Errors
    /// Too large; invalid, when the client broke off; Occupied, when others are on their way in; Busy, when the disk is full.
    pub async fn body(&self, request: &HttpRequest, mut payload: web::Payload, caller: Caller, limit: usize) -> Result<Upload> {
        fits(request, limit)?;
        let (turn, mut coming, mut pace) = (self.turn(caller)?, self.begin(limit)?, self.pace());
        let connection = request.conn_data::<Arc<Connection>>();
        connection.inspect(|connection| connection.waits());
        while let Some(chunk) = pace.next(&mut payload).await? {
            let chunk = chunk.map_err(|_| broken())?;
            pace.add(chunk.len());
            coming.add(&chunk).await?;
            connection.inspect(|connection| connection.credit(chunk.len()));
        }
        connection.inspect(|connection| connection.works());
        coming.flush().await?;
        Ok(Upload { file: coming.file.ok_or_else(broken)?, _turn: turn })
    }

    /// Keeps the file of a form (RFC 7578), and its fields.
    ///
    /// # Errors
    /// Those of [`Self::body`]; invalid, when it is no such form.
    pub async fn form(&self, request: &HttpRequest, payload: web::Payload, caller: Caller) -> Result<FileForm> {
        let malformed = || Error::from(Fault::new("body", "malformed", "The form could not be read."));
        fits(request, LIMIT)?;
        let (turn, mut pace) = (self.turn(caller)?, self.pace());
        let connection = request.conn_data::<Arc<Connection>>();
        connection.inspect(|connection| connection.waits());
        let mut parts = Multipart::new(request.headers(), payload);
        let (mut fields, mut room, mut found) = (Vec::new(), FIELDS_MAX, None);
        while let Some(part) = pace.next(&mut parts).await? {
            let mut part = part.map_err(|_| malformed())?;
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.content_disposition().is_some_and(|about| about.get_filename().is_some());
            // A name takes room as well, and so does a field without anything.
            room = room.checked_sub(name.len() + FIELD).ok_or(Error::TooLarge(FIELDS_MAX))?;
            let mut coming = if is_file && found.is_none() { Some(self.begin(LIMIT)?) } else { None };
            let mut text = Vec::new();
            while let Some(chunk) = pace.next(&mut part).await? {
                let chunk = chunk.map_err(|_| malformed())?;
                pace.add(chunk.len());
                connection.inspect(|connection| connection.credit(chunk.len()));
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

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use futures_util::stream;

    use super::*;

    #[test]
    fn nobody_has_more_than_half_of_the_places() {
        let uploads = Uploads::beside(std::path::Path::new("stele.db"));
        let caller = |n: u8| Caller::stranger(IpAddr::from([192, 0, 2, n]));
        let held = [uploads.turn(caller(1)).unwrap(), uploads.turn(caller(1)).unwrap()];
        assert!(matches!(uploads.turn(caller(1)), Err(Error::Occupied)));
        let other = [uploads.turn(caller(2)), uploads.turn(caller(3))];
        assert!(other.iter().all(Result::is_ok) && uploads.turn(caller(4)).is_err());
        drop(held);
        assert!(uploads.turn(caller(1)).is_ok());
    }

    #[actix_web::test]
    async fn a_file_that_comes_too_slowly_gives_its_place_up() {
        let uploads = Uploads { beginning: Duration::ZERO, ..Uploads::beside(std::path::Path::new("stele.db")) };
        let mut pace = uploads.pace();
        let Err(Error::Invalid(faults)) = pace.next(&mut stream::pending::<()>()).await else { panic!("it waits for ever") };
        assert!(faults.0[0].message.contains("too slowly"));
        // What came buys time.
        pace.add(3_600 * RATE);
        assert!(matches!(pace.next(&mut stream::iter([7])).await, Ok(Some(7))));
    }
}
