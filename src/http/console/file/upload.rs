//! Files on their way in: by the form of a page, and from its script, which is told in JSON what became of them.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;
use serde::Serialize;
use serde_json::json as value;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        error::Fault,
        file::{
            blob::{PART, parts},
            draft::About,
            file::File,
        },
        id::UploadId,
    },
    http::{
        base::{error, reply::json, transport::arrived::Arrived},
        console::base::{
            chrome::Chrome,
            done::{Done, finish},
            form::{self, Form},
            page_route::{PageRoute, Takes, again, custom, get},
            request::PageRequest,
            response::render,
        },
    },
    service::file::{
        file::{self, Incoming},
        folder, upload,
    },
    store::Tx,
};

use super::{
    folder::within,
    frame::{LIST, ShownFile, frame, in_folder, library as address},
};

const FORM: &str = "/o/{org}/p/{project}/files/upload";

#[derive(Template)]
#[template(path = "file/upload.html")]
struct Page {
    c: Chrome,
    form: Form,
    within: String,
    back: String,
    here: String,
    most: u64,
}

/// A file as the script of a page hears of it.
#[derive(Serialize)]
struct UploadedFile {
    id: String,
    name: String,
    /// What is written for it where something refers to it.
    reference: String,
    /// Where its picture is.
    picture: Option<String>,
    /// Its page.
    to: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let parts = [
        custom(Method::POST, "/o/{org}/p/{project}/files/uploads", |request| async move { answer(&request, start(&request).await) }),
        custom(Method::POST, "/o/{org}/p/{project}/files/uploads/{upload}/parts/{part}", |request| async move {
            let came = matches!(request.arrived, Some(Arrived::Part(_)));
            answer(&request, if came { Ok(value!({})) } else { Err(Error::NotFound("part")) })
        })
        .takes(Takes::Part),
        custom(Method::POST, "/o/{org}/p/{project}/files/uploads/{upload}/finish", |request| async move {
            answer(&request, whole(&request).await)
        }),
        custom(Method::POST, "/o/{org}/p/{project}/files/uploads/{upload}/cancel", |request| async move {
            answer(&request, cancel(&request).await)
        }),
    ];
    let form = [get(FORM, |request, tx| page(request, tx, None)), custom(Method::POST, FORM, keep).takes(Takes::Files)];
    let parts = parts.map(|page| page.shown_at(LIST).does("upload"));
    form.into_iter().chain(parts).map(|page| page.needs(Permission::EntryWrite)).collect()
}

fn page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let folder = within(request);
    let name = folder.map(|id| folder::get(tx, request.actor()?, at, id)).transpose()?.map(|(folder, _)| folder.name);
    let (form, back) = (typed.cloned().unwrap_or_default(), in_folder(&here, folder));
    render(&Page { c, form, within: name.unwrap_or_default(), back, here, most: request.state.files.bounds.file })
}

/// What is said of a file beside its bytes.
fn about(request: &PageRequest, filename: &str, mime_type: Option<String>) -> About {
    About {
        filename: filename.to_owned(),
        mime_type,
        folder_id: within(request),
        is_public: Some(request.form.ticked("public")),
        ..About::default()
    }
}

async fn keep(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let made = create_files(&request).await;
    if request.query("answer").is_some() {
        let told = match made {
            Ok(files) => request_told(&request, files).await,
            Err(why) => Err(why),
        };
        return answer(&request, told);
    }
    match made {
        Ok(files) => {
            let words = request.locale.lang.t("file-uploaded").n("n", files.len()).to_string();
            finish(&request, Done::Say(address(&request, within(&request)), words)).await
        }
        Err(why) => again(&request, why, |request, tx, typed| page(request, tx, Some(typed))).await,
    }
}

/// Makes the files that came, all of them or none.
async fn create_files(request: &Arc<PageRequest>) -> Result<Vec<File>> {
    let Some(Arrived::Files(received)) = &request.arrived else { return Err(none()) };
    if received.files.is_empty() {
        return Err(none());
    }
    let (sending, at) = (request.clone(), request.project()?);
    let make = move |tx: &mut Tx<'_>| {
        let Some(Arrived::Files(received)) = &sending.arrived else { return Err(none()) };
        let make = |came: &crate::service::file::blob::staging::ReceivedFile| {
            let about = about(&sending, &came.name, came.kind.clone());
            file::create(tx, sending.actor()?, at, &about, &Incoming::from(&came.bytes))
        };
        received.files.iter().map(make).collect::<Result<Vec<_>>>()
    };
    let made = request.write(make).await?;
    received.files.iter().for_each(|came| came.bytes.mark_taken());
    Ok(made)
}

fn none() -> Error {
    Fault::new("files", "required", "Choose a file.").into()
}

/// Begins a long one.
async fn start(request: &Arc<PageRequest>) -> Result<serde_json::Value> {
    let (sending, at) = (request.clone(), request.project()?);
    let size: u64 = request.form.text("size").parse().map_err(|_| none())?;
    let about = about(request, request.form.text("filename"), request.form.optional("type"));
    let begin = move |tx: &mut Tx<'_>| upload::start(tx, sending.actor()?, at, (&about, size), &sending.state.files);
    let begun = request.write(begin).await?;
    Ok(value!({ "id": begun.id.to_string(), "partSize": PART, "parts": parts(size) }))
}

/// Makes the file of a long one whose parts have all come.
async fn whole(request: &Arc<PageRequest>) -> Result<Vec<UploadedFile>> {
    let (id, at, state) = (upload_id(request)?, request.project()?, request.state.clone());
    // From here on no piece of it is kept, unless no file comes of it.
    let ending = state.files.end_of(id);
    let mut ended = ending.write().await;
    let reading = request.clone();
    let found = state.store.read(move |tx| upload::find_ended(tx, reading.actor()?, at, id)).await?;
    let whole = Arc::new(upload::whole(&state.files, found).await?);
    let (sending, files, all) = (request.clone(), state.files.clone(), whole.clone());
    let made = request.write(move |tx| upload::finish(tx, sending.actor()?, at, &all, &files)).await?;
    whole.mark_taken();
    *ended = true;
    drop(ended);
    request_told(request, vec![made]).await
}

async fn cancel(request: &Arc<PageRequest>) -> Result<serde_json::Value> {
    let (id, at, sending) = (upload_id(request)?, request.project()?, request.clone());
    request.write(move |tx| upload::cancel(tx, sending.actor()?, at, id)).await?;
    Ok(value!({}))
}

fn upload_id(request: &PageRequest) -> Result<UploadId> {
    request.id_of("upload", "upload")
}

async fn request_told(request: &Arc<PageRequest>, files: Vec<File>) -> Result<Vec<UploadedFile>> {
    let here = address(request, None);
    let tell = move |tx: &mut Tx<'_>| {
        let told = |file: &File| {
            let shown = ShownFile::of(tx, file.clone())?;
            let (id, name, to) = (file.id.to_string(), file.original_filename.clone(), format!("{here}/{}", file.id));
            Ok(UploadedFile { reference: shown.reference(), picture: shown.thumb, id, name, to })
        };
        files.iter().map(told).collect::<Result<Vec<_>>>()
    };
    request.state.store.read(tell).await
}

/// What the script of a page is told: what came of it, or what was wrong, in the words of the reader.
fn answer<T: Serialize>(request: &PageRequest, done: Result<T>) -> Result<HttpResponse> {
    let why = match done {
        Ok(told) => return json(200, &told),
        Err(why) => why,
    };
    let Some(faults) = form::faults(&why) else { return Err(why) };
    let c = Chrome::plain(request);
    let words = faults.0.iter().map(|fault| c.fault(fault)).collect::<Vec<_>>().join(" ");
    json(error::status(&why), &value!({ "why": words }))
}
