//! Files on their way in: each piece is kept before the next one is read, so that none is ever in memory as a whole.

use std::{sync::Arc, time::Duration};

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, http::header, web};

use crate::{
    domain::{
        Error, Result,
        error::Fault,
        file::name,
        id::{ProjectPath, UploadId},
    },
    http::base::state::State,
    service::{
        authorize::ActorSource,
        file::{
            blob::staging::{Received, ReceivedFile, Staged, Staging},
            upload::Part,
        },
    },
    store::file::upload::Upload,
};

use super::{
    connections::Connection,
    room::{Caller, Room, Shared},
    upload::{FIELD, Pace, incomplete_form},
};

/// Most bytes of all fields that stand beside files in a form.
const FIELDS_MAX: usize = 64 * 1024;
/// Most files of one form.
const FILES_MAX: usize = 100;
/// Bytes of a file that have to come in a second, after a beginning that may take its time: slow lines are no fault.
const RATE: usize = 4 * 1024;
/// The same while others may find no place: then whoever is slow gives way.
const RATE_IN_A_CROWD: usize = 64 * 1024;
/// That beginning.
const BEGINNING: Duration = Duration::from_secs(60);

/// Whose bytes come in, and where to.
pub struct Sender<'s> {
    /// What all requests share.
    pub state: &'s Arc<State>,
    /// In whose room they are.
    pub caller: Caller,
    /// The project.
    pub at: ProjectPath,
    /// Who sends them, as of when they began.
    pub who: ActorSource,
}

/// A body that comes in, with its place among those that may at once.
struct Coming<'r> {
    sender: Sender<'r>,
    pace: Pace,
    connection: Option<&'r Arc<Connection>>,
    _turn: Room,
}

/// Keeps the files of a form that comes in, and its fields.
///
/// # Errors
/// Invalid, where it is no such form, or the client broke off; too large; Occupied, where too many others come in; busy, when the disk is full.
pub async fn files(request: &HttpRequest, payload: web::Payload, sender: Sender<'_>) -> Result<Received> {
    let mut coming = Coming::begin(request, sender)?;
    let received = coming.form(Multipart::new(request.headers(), payload)).await;
    coming.connection.inspect(|connection| connection.works());
    received
}

/// Keeps a body that is one file.
///
/// # Errors
/// Those of [`files`].
pub async fn whole(request: &HttpRequest, mut payload: web::Payload, sender: Sender<'_>) -> Result<Staged> {
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    sender.state.files.bounds.admit(declared.unwrap_or_default())?;
    let who = sender.who.clone();
    let mut staging = Staging::begin(&sender.state.files, sender.at, move |tx| who(tx)).await?;
    let mut coming = Coming::begin(request, sender)?;
    while let Some(chunk) = coming.pace.next(&mut payload).await? {
        let chunk = chunk.map_err(|_| incomplete_form())?;
        coming.add(chunk.len())?;
        staging.push(&chunk).await?;
    }
    coming.connection.inspect(|connection| connection.works());
    staging.end().await
}

/// Keeps the part of this number of a long upload.
///
/// # Errors
/// Those of [`files`]; not found.
pub async fn part(request: &HttpRequest, payload: web::Payload, sender: Sender<'_>, which: (UploadId, u64)) -> Result<Upload> {
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    sender.state.files.bounds.admit(declared.unwrap_or_default())?;
    let mut coming = Coming::begin(request, sender)?;
    let kept = coming.part(payload, which).await;
    coming.connection.inspect(|connection| connection.works());
    kept
}

impl<'r> Coming<'r> {
    fn begin(request: &'r HttpRequest, sender: Sender<'r>) -> Result<Self> {
        let _turn = sender.state.file_turns.try_take(sender.caller, 1).ok_or(Error::Occupied)?;
        let connection = request.conn_data::<Arc<Connection>>();
        connection.inspect(|connection| connection.waits());
        Ok(Self { pace: Pace::begin(BEGINNING, RATE), connection, _turn, sender })
    }

    /// Some bytes came.
    ///
    /// # Errors
    /// Occupied, where it were too few of them while others find no place.
    fn add(&mut self, bytes: usize) -> Result<()> {
        self.pace.add(bytes);
        self.connection.inspect(|connection| connection.credit(bytes));
        if gives_way(&self.pace, &self.sender.state.file_turns) { Err(Error::Occupied) } else { Ok(()) }
    }

    async fn form(&mut self, mut parts: Multipart) -> Result<Received> {
        let began = self.sender.state.store.now();
        let (mut received, mut room) = (Received { began, fields: Vec::new(), files: Vec::new() }, FIELDS_MAX);
        while let Some(part) = self.pace.next(&mut parts).await? {
            let part = part.map_err(|_| incomplete_form())?;
            let named = part.content_disposition().and_then(|about| about.get_filename().map(str::to_owned));
            match named {
                // A file that nobody chose is sent without a name.
                Some(named) if named.is_empty() => drop(self.text(part, &mut room).await?.1),
                Some(_) if received.files.len() >= FILES_MAX => {
                    return Err(Fault::new("body", "too_many", format!("At most {FILES_MAX} files come in with one form.")).into());
                }
                Some(named) => received.files.push(self.file(part, &named).await?),
                None => received.fields.push(self.text(part, &mut room).await?),
            }
        }
        Ok(received)
    }

    async fn file(&mut self, mut part: Field, named: &str) -> Result<ReceivedFile> {
        let kind = part.content_type().map(|kind| kind.essence_str().to_owned());
        let who = self.sender.who.clone();
        let mut staging = Staging::begin(&self.sender.state.files, self.sender.at, move |tx| who(tx)).await?;
        while let Some(chunk) = self.pace.next(&mut part).await? {
            let chunk = chunk.map_err(|_| incomplete_form())?;
            self.add(chunk.len())?;
            staging.push(&chunk).await?;
        }
        Ok(ReceivedFile { name: name::given_name(named), kind, bytes: staging.end().await? })
    }

    /// The name and the value of a field: both take of the room that all have, and each field some for itself.
    async fn text(&mut self, mut part: Field, room: &mut usize) -> Result<(String, String)> {
        let (name, mut text) = (part.name().unwrap_or_default().to_owned(), Vec::new());
        *room = room.checked_sub(name.len() + FIELD).ok_or(Error::TooLarge(FIELDS_MAX))?;
        while let Some(chunk) = self.pace.next(&mut part).await? {
            let chunk = chunk.map_err(|_| incomplete_form())?;
            self.add(chunk.len())?;
            *room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge(FIELDS_MAX))?;
            text.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(text).map_err(|_| Fault::new("body", "malformed", "The form could not be read."))?;
        Ok((name, text))
    }

    async fn part(&mut self, mut payload: web::Payload, which: (UploadId, u64)) -> Result<Upload> {
        let Sender { state, at, who, .. } = &self.sender;
        let (files, at, who, still) = (state.files.clone(), *at, who.clone(), who.clone());
        let ended = files.end_of(which.0);
        let begun = state.store.read(move |tx| {
            let actor = who(tx)?;
            Part::begin(tx, &actor, at, which, ended.clone())
        });
        let mut part = begun.await?;
        while let Some(chunk) = self.pace.next(&mut payload).await? {
            let chunk = chunk.map_err(|_| incomplete_form())?;
            self.add(chunk.len())?;
            part.push(&files, &chunk).await?;
        }
        part.end(&files, move |tx| still(tx)).await
    }
}

/// Whether whoever comes so slowly gives their place up: only where others find none.
fn gives_way(pace: &Pace, places: &Shared) -> bool {
    pace.is_slower_than(RATE_IN_A_CROWD) && places.is_crowded()
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[test]
    fn whoever_is_slow_gives_way_where_others_find_no_place() {
        let (places, caller) = (Shared::places(8), |n: u8| Caller::stranger(IpAddr::from([192, 0, 2, n])));
        let (slow, mut quick) = (Pace::begin(Duration::ZERO, RATE), Pace::begin(Duration::ZERO, RATE));
        quick.add(RATE_IN_A_CROWD * 3_600);
        let mut held: Vec<_> = (0..3).flat_map(|n| [places.try_take(caller(n), 1), places.try_take(caller(n), 1)]).collect();
        assert!(places.try_take(caller(0), 1).is_none(), "nobody has more than a quarter");
        assert!(!gives_way(&slow, &places), "there is room");
        held.push(places.try_take(caller(9), 1));
        assert!(gives_way(&slow, &places) && !gives_way(&quick, &places));
        drop(held);
        assert!(!gives_way(&slow, &places));
    }
}
