//! A form of a visitor with files on its way in: each file that is asked for in one without a name beside the database, so that nothing is in memory
//! as a whole, and nothing is in the database before the answers beside it were looked at.

use std::{fs::File, io::Seek, sync::Arc};

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, web};

use crate::domain::{
    Error, Result,
    file::{media_type::HEAD, name},
};

use crate::http::base::transport::{
    connections::Connection,
    room::{Caller, Room},
    upload::{Coming, FIELD, Pace, Uploads, fits, incomplete_form},
};

/// Most bytes of all that stands beside the files.
const FIELDS_MAX: usize = 256 * 1024;
/// Most bytes of a form. Files that are too long are read to their end and let go, so that whoever sent one sees what is wrong, with all that they wrote.
const READ_MAX: usize = 512 * 1024 * 1024;

/// What is taken of it.
pub struct Bounds<F> {
    /// Most bytes of the file of this number of a field; none for a field that asks for no file, or for no more.
    pub of_file: F,
    /// Most bytes of all files together.
    pub all: u64,
}

/// What came.
pub struct Attachments {
    /// Names and values.
    pub fields: Vec<(String, String)>,
    /// Files, in the order in which they came.
    pub files: Vec<One>,
    _turn: Room,
}

/// A file that came. It is gone with its last holder.
pub struct One {
    /// The name of its field.
    pub field: String,
    /// What it was called where it comes from.
    pub filename: String,
    /// The type that it came with.
    pub kind: Option<String>,
    /// How many bytes it has.
    pub size: u64,
    /// The first of them, which tell what it is.
    pub head: Vec<u8>,
    /// Its bytes; none of one that is too long, or one too many.
    file: Option<File>,
}

impl One {
    /// Its bytes, to be read from their beginning.
    ///
    /// # Errors
    /// Invalid, where none were kept; busy, when the system does not give them.
    pub fn open(&self) -> Result<File> {
        let failed = |cause: std::io::Error| Error::Busy(format!("a file that came in cannot be read: {cause}"));
        let mut file = self.file.as_ref().ok_or_else(incomplete_form)?.try_clone().map_err(failed)?;
        file.rewind().map_err(failed)?;
        Ok(file)
    }
}

/// A form that comes in.
struct Reading<'r, F> {
    uploads: &'r Uploads,
    bounds: Bounds<F>,
    pace: Pace,
    connection: Option<&'r Arc<Connection>>,
    /// Bytes that may come still: of fields, of kept files, and of all.
    room: usize,
    left: u64,
    unread: usize,
}

/// Keeps what comes with a form.
///
/// # Errors
/// Invalid, where it is no such form, or the client broke off; too large; Occupied, where too many others come in; busy, when the disk is full.
pub async fn attachments<F: Fn(&str, usize) -> Option<u64>>(
    uploads: &Uploads,
    (request, payload): (&HttpRequest, web::Payload),
    caller: Caller,
    bounds: Bounds<F>,
) -> Result<Attachments> {
    fits(request, READ_MAX)?;
    let (turn, connection) = (uploads.turn(caller)?, request.conn_data::<Arc<Connection>>());
    connection.inspect(|connection| connection.waits());
    let left = bounds.all;
    let mut reading = Reading { uploads, bounds, pace: uploads.pace(), connection, room: FIELDS_MAX, left, unread: READ_MAX };
    let read = reading.form(Multipart::new(request.headers(), payload)).await;
    connection.inspect(|connection| connection.works());
    read.map(|(fields, files)| Attachments { fields, files, _turn: turn })
}

impl<F: Fn(&str, usize) -> Option<u64>> Reading<'_, F> {
    async fn form(&mut self, mut parts: Multipart) -> Result<(Vec<(String, String)>, Vec<One>)> {
        let (mut fields, mut files) = (Vec::new(), Vec::<One>::new());
        while let Some(part) = self.pace.next(&mut parts).await? {
            let part = part.map_err(|_| incomplete_form())?;
            let field = part.name().unwrap_or_default().to_owned();
            // A name takes room as well, and so does a field without anything.
            self.room = self.room.checked_sub(field.len() + FIELD).ok_or(Error::TooLarge(FIELDS_MAX))?;
            match part.content_disposition().and_then(|about| about.get_filename().map(str::to_owned)) {
                None => fields.push((field, self.text(part).await?)),
                Some(named) => {
                    let before = files.iter().filter(|one| one.field == field).count();
                    let bound = (self.bounds.of_file)(&field, before);
                    let one = self.file(part, (field, &named), bound).await?;
                    // A file that nobody chose is sent without a name.
                    if bound.is_some() && !(named.is_empty() && one.size == 0) {
                        files.push(one);
                    }
                }
            }
        }
        Ok((fields, files))
    }

    async fn next(&mut self, part: &mut Field) -> Result<Option<web::Bytes>> {
        let Some(chunk) = self.pace.next(part).await? else { return Ok(None) };
        let chunk = chunk.map_err(|_| incomplete_form())?;
        self.pace.add(chunk.len());
        self.connection.inspect(|connection| connection.credit(chunk.len()));
        self.unread = self.unread.checked_sub(chunk.len()).ok_or(Error::TooLarge(READ_MAX))?;
        Ok(Some(chunk))
    }

    async fn text(&mut self, mut part: Field) -> Result<String> {
        let mut text = Vec::new();
        while let Some(chunk) = self.next(&mut part).await? {
            self.room = self.room.checked_sub(chunk.len()).ok_or(Error::TooLarge(FIELDS_MAX))?;
            text.extend_from_slice(&chunk);
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    async fn file(&mut self, mut part: Field, (field, named): (String, &str), bound: Option<u64>) -> Result<One> {
        let kind = part.content_type().map(|kind| kind.essence_str().to_owned());
        let mut one = One { field, filename: name::given_name(named), kind, size: 0, head: Vec::new(), file: None };
        let most = bound.unwrap_or_default();
        let mut coming: Option<Coming> = None;
        while let Some(chunk) = self.next(&mut part).await? {
            one.size += chunk.len() as u64;
            if one.size > most {
                // It is too long: what came of it goes at once.
                coming = None;
                continue;
            }
            self.left =
                self.left.checked_sub(chunk.len() as u64).ok_or(Error::TooLarge(usize::try_from(self.bounds.all).unwrap_or(usize::MAX)))?;
            one.head.extend_from_slice(&chunk[..chunk.len().min(HEAD - one.head.len().min(HEAD))]);
            if coming.is_none() {
                coming = Some(self.uploads.begin(usize::try_from(most).unwrap_or(usize::MAX))?);
            }
            if let Some(coming) = &mut coming {
                coming.add(&chunk).await?;
            }
        }
        if one.size == 0 && bound.is_some() {
            coming = Some(self.uploads.begin(0)?);
        }
        if let Some(mut coming) = coming {
            coming.flush().await?;
            one.file = coming.file;
        }
        Ok(one)
    }
}
