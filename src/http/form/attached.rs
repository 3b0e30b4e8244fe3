//! Forms that come with files (RFC 7578): what is asked before they are read, what is kept of them, and what is said where they are not taken.

use std::{io::Read, sync::Arc};

use actix_web::{HttpRequest, http::header, web};

use crate::{
    domain::{
        Error, Result,
        file::{
            blob::{BlobPlace, PIECE},
            media_type,
        },
        form::{
            attachment::{ALL_MAX, MEGABYTE, SubmittedFile},
            sent::Sent,
        },
    },
    http::base::{
        reply::blocking,
        state::State,
        transport::{
            file::attached::{Attachments, Bounds, One, attachments},
            media::Transport,
            room::Caller,
        },
    },
    service::form::{
        attachment::{self, Attached},
        submit::{self, Open, SubmitRequest},
    },
    store::Tx,
};

/// Finds the form that is meant.
pub(super) type Find = Arc<dyn Fn(&mut Tx<'_>) -> Result<Open> + Send + Sync>;

/// What came with it.
pub(super) struct Received {
    pub came: Attachments,
    /// Whether the disk is so full that nothing of its files was put there.
    is_full: bool,
}

impl Received {
    /// What was filled in, of these fields.
    pub(super) fn to_sent(&self, fields: Vec<(String, String)>) -> Sent {
        let came = |one: &One| {
            let mime_type = media_type::of(&one.filename, one.kind.as_deref(), &one.head);
            (one.field.clone(), SubmittedFile { filename: one.filename.clone(), mime_type, size: one.size })
        };
        Sent::of_pairs(fields).with_files(self.came.files.iter().map(came))
    }
}

/// Whether whoever sends it reads JSON and no page: a script, which says so where what it sends does not.
pub(super) fn wants_json(request: &HttpRequest) -> bool {
    if !Transport::Files.is_named(request.headers()) {
        return Transport::Json.is_named(request.headers());
    }
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepts.contains("application/json") && !accepts.contains("text/html")
}

/// Reads it, once its sender may send something at all: nothing is kept for one that is switched off, and of an address that sends too often nothing is
/// read. Only fields that ask for files get some.
///
/// # Errors
/// Not found; rate-limited; those of [`attachments`].
pub(super) async fn receive(request: &HttpRequest, payload: web::Payload, state: &Arc<State>, find: Find) -> Result<Received> {
    let open = state.store.read(move |tx| find(tx)).await?;
    let (address, own) = (state.proxies.client(request), state.files.bounds.file);
    state.rate_limits.submission(open.form.id, address)?;
    let fields = open.definition.fields.iter().filter(|_| open.form.is_active);
    let asked: Vec<_> = fields.filter_map(|field| Some((field.name.clone(), field.files()?.clone()))).collect();
    // What is written is read all the same, so that nobody loses it.
    let is_full = state.files.has_room(BlobPlace::Rows).is_err();
    let of_file = |name: &str, before: usize| {
        let (_, taken) = asked.iter().find(|(field, _)| field == name)?;
        Some(if before < taken.most && !is_full { taken.bytes().min(own) } else { 0 })
    };
    let came =
        attachments(&state.visitors_uploads, (request, payload), Caller::stranger(address), Bounds { of_file, all: ALL_MAX }).await?;
    Ok(Received { came, is_full })
}

/// Keeps the bytes of those files whose answers are good; where something is wrong, of none.
///
/// # Errors
/// The quota is reached; busy, when the disk is full.
pub(super) async fn keep(state: &Arc<State>, find: Find, submitted: &Arc<SubmitRequest>, received: &Received) -> Result<Vec<Attached>> {
    let files = &received.came.files;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    if received.is_full {
        return Err(Error::Busy("min-free-disk leaves no room for files of visitors".into()));
    }
    let (asked, blobs, all) = (submitted.clone(), state.files.clone(), files.iter().map(|one| one.size).sum());
    let look = move |tx: &mut Tx<'_>| {
        let open = find(tx)?;
        let fields = submit::file_fields(tx, &open, &asked)?;
        if !fields.is_empty() {
            attachment::admit(tx, open.place(), &blobs, all)?;
        }
        Ok((fields, open.place()))
    };
    let (fields, at) = state.store.read(look).await?;
    let mut kept = Vec::new();
    for one in files.iter().filter(|one| fields.contains(&one.field)) {
        let mut staging = attachment::begin(&state.files, at).await?;
        let mut file = one.open()?;
        loop {
            let read = blocking(move || {
                let mut piece = Vec::with_capacity(PIECE);
                let read = (&mut file).take(PIECE as u64).read_to_end(&mut piece);
                read.map_err(|cause| Error::Busy(cause.to_string()))?;
                Ok((file, piece))
            });
            let (rest, piece) = read.await?;
            file = rest;
            if piece.is_empty() {
                break;
            }
            staging.push(&piece).await?;
        }
        let mime_type = media_type::of(&one.filename, one.kind.as_deref(), &one.head);
        let (field, filename) = (one.field.clone(), one.filename.clone());
        kept.push(Attached { field, filename, mime_type, bytes: Arc::new(staging.end().await?) });
    }
    Ok(kept)
}

/// What a page says where nothing of it is taken: its status, the key of the words, and the number in them.
pub(super) type Refusal = (u16, &'static str, u64);

/// What it says of an error, if it has words for it.
pub(super) const fn refusal(error: &Error) -> Option<Refusal> {
    match error {
        Error::TooLarge(_) | Error::FileTooLarge(_) => Some((413, "submit-too-large", ALL_MAX / MEGABYTE)),
        Error::RateLimited(_) => Some((429, "submit-limited", 0)),
        Error::Occupied => Some((503, "submit-occupied", 0)),
        Error::QuotaReached(_) | Error::Busy(_) => Some((503, "submit-no-room", 0)),
        _ => None,
    }
}
