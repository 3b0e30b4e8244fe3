//! One file: what it is, what is said of it, where it is used, and its address.

use std::{sync::Arc, time::Duration};

use actix_web::{HttpResponse, http::Method};
use askama::Template;
use serde_json::{Map, Value, json};

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::of_type,
        error::{Fault, Faults},
        file::{
            draft::{Localized, Patch, Point},
            file::File,
            media_type,
            picture::{
                metadata,
                variant::{Made, State},
            },
        },
        id::{FolderId, ProjectPath},
        listing::Listing,
    },
    http::{
        base::transport::arrived::Arrived,
        console::base::{
            chrome::Chrome,
            done::{Done, finish},
            form::Form,
            page_route::{PageRoute, Takes, again, custom, form, get, post},
            pager::Pager,
            request::PageRequest,
            response::render,
        },
    },
    service::file::{
        file::{self, Incoming},
        folder, link, reference, trash, version,
    },
    store::{
        Tx,
        file::{
            reference::{REFERENCES, Reference},
            version::VERSIONS,
        },
    },
};

use super::{
    crop::{Crop, crops},
    frame::{ONE, ShownFile, destinations, file_id, frame, library},
    several::undo,
};

const REPLACE: &str = "/o/{org}/p/{project}/files/{file}/replace";
/// What is said of a file in each language: its field, and the key of its words.
const TEXTS: [&str; 3] = ["altText", "caption", "title"];
/// How long an address is good that is made here.
const LIFE: Duration = Duration::from_secs(60 * 60);

/// A smaller picture of the file.
struct Smaller {
    word: &'static str,
    pixels: (u32, u32),
    size: u64,
    address: String,
}

/// Something that uses the file.
struct Use {
    name: String,
    kind: String,
    icon: &'static str,
    /// Where it is.
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "file/details.html")]
struct Details {
    c: Chrome,
    form: Form,
    shown: ShownFile,
    way: Vec<(FolderId, String)>,
    /// The languages of the project.
    languages: Vec<String>,
    destinations: Vec<(FolderId, String)>,
    uses: Vec<Use>,
    used: Pager,
    /// How many contents it had before are kept.
    earlier: u64,
    crops: Vec<Crop>,
    smaller: Vec<Smaller>,
    /// How far they are where they are not all there, in words.
    undrawn: Option<String>,
    /// Its address for everybody.
    address: String,
    /// The same for whoever is given it, and until when.
    sealed: Option<link::Sealed>,
    days: Option<u64>,
    here: String,
    list: String,
}

#[derive(Template)]
#[template(path = "file/replace.html")]
struct Replace {
    c: Chrome,
    form: Form,
    shown: ShownFile,
    most: u64,
    back: String,
    list: String,
}

impl Details {
    /// Whether all is said of it in a language that is said of a picture.
    fn share(&self, tag: &str) -> &'static str {
        let has = |name: &str| !self.form.text(&format!("{name}.{tag}")).is_empty();
        match (has("altText"), TEXTS.iter().any(|name| has(name))) {
            (true, _) => "full",
            (false, true) => "part",
            _ => "none",
        }
    }

    /// What its media is shown by: a picture, a film, a sound.
    fn is_of(&self, begins: &str) -> bool {
        self.shown.file.mime_type.starts_with(begins) && media_type::handed_out(&self.shown.file.mime_type).1
    }

    /// The input of a text in a language.
    fn input(&self, name: &str, tag: &str) -> String {
        format!("{name}.{tag}")
    }

    /// Where its bytes are saved from.
    fn download(&self) -> String {
        format!("{}&download", self.shown.source)
    }

    /// The folder that it lies in, where it is not among those that are offered.
    fn elsewhere(&self) -> Option<(FolderId, &str)> {
        let (id, name) = self.way.last()?;
        (!self.destinations.iter().any(|(known, _)| known == id)).then_some((*id, name.as_str()))
    }

    /// Whether it may say what nobody sees of it.
    fn may_tell(&self) -> bool {
        metadata::may_tell(&self.shown.file.mime_type)
    }

    /// The digits by which people tell its bytes.
    fn fingerprint(&self) -> &str {
        self.shown.file.blob.hash.get(..16).unwrap_or_default()
    }
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let show = |request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>| page(request, tx, typed);
    let [shown, saved] = form(ONE, show, save);
    vec![
        shown,
        saved.needs(Permission::EntryWrite),
        post("/o/{org}/p/{project}/files/{file}/trash", show, put_in_trash).shown_at(ONE).does("trash-file").needs(Permission::EntryWrite),
        get(REPLACE, |request, tx| replace_page(request, tx, None)).needs(Permission::EntryWrite),
        custom(Method::POST, REPLACE, replace).takes(Takes::Files).needs(Permission::EntryWrite),
    ]
}

fn page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let (actor, id) = (request.actor()?, file_id(request)?);
    let found = file::get(tx, actor, at, id)?;
    let languages = c.project.as_ref().map(|project| project.locales.clone()).unwrap_or_default();
    let form = typed.map_or_else(|| form_of(&found, &languages), |typed| typed.over(form_of(&found, &languages)));
    let used = reference::list(tx, actor, at, id, &request.listing(&REFERENCES, &[])?)?;
    let pager = Pager::of(request, &used)?;
    let uses = used.items.into_iter().map(|one| used_by(&c, one)).collect();
    let way = found.folder.map(|folder| folder::line(tx, actor, at, folder)).transpose()?.unwrap_or_default();
    let public_url = &request.state.public_url;
    let earlier = version::list(tx, actor, at, id, &Listing { page_size: 1, order: VERSIONS.order, ..Listing::default() })?.1.total;
    let sealed = request.query("link").map(|_| link::seal(tx, actor, at, id, Some(LIFE), public_url)).transpose()?;
    let destinations = if c.can().entry_write() { destinations(request, tx, at)? } else { Vec::new() };
    let (address, here) = (found.url(public_url, false), format!("{list}/{id}"));
    let shown = ShownFile::of(tx, found)?;
    let (crops, smaller, undrawn) = (crops(&shown), smaller(&shown.file, public_url), undrawn(&c, &shown.file));
    let days = request.state.retention.trash.map(|kept| kept.as_secs() / 86_400);
    render(&Details {
        c,
        form,
        shown,
        way,
        languages,
        destinations,
        uses,
        used: pager,
        earlier,
        crops,
        smaller,
        undrawn,
        address,
        sealed,
        days,
        here,
        list,
    })
}

fn smaller(file: &File, public_url: &str) -> Vec<Smaller> {
    let one = |made: &Made| Smaller {
        word: made.variant.word(),
        pixels: (made.width, made.height),
        size: made.blob.size,
        address: file.variant_url(public_url, made.variant, &made.blob.hash),
    };
    file.variants.made.iter().map(one).collect()
}

/// What is said of smaller pictures that are not there, where there should be some.
fn undrawn(c: &Chrome, file: &File) -> Option<String> {
    match (file.variants.state, file.variants.fault) {
        (State::Pending | State::Processing, _) => Some(c.t("file-variants-coming").to_string()),
        (State::Failed, Some(why)) => Some(c.word("file-variants-failed", why.word()).to_string()),
        _ => None,
    }
}

fn used_by(c: &Chrome, one: Reference) -> Use {
    let kind = of_type(c.kinds, &one.kind);
    let app = c.project.iter().flat_map(|project| &project.apps).find(|app| app.id == one.app);
    let to = app.zip(kind).map(|(app, kind)| {
        let list = format!("{}/{}", c.app_base(app), kind.segment);
        if kind.is_single() { list } else { format!("{list}/{}", one.id) }
    });
    let words = kind.map_or(one.kind.clone(), |kind| c.of_kind(kind, "one").to_string());
    let kind_of = app.map_or(words.clone(), |app| format!("{words} · {}", app.name));
    Use { name: one.name, kind: kind_of, icon: kind.map_or("file-text", |kind| kind.icon), to }
}

/// The form as the file is.
fn form_of(file: &File, languages: &[String]) -> Form {
    let percent = |part: f64| ((part * 1000.0).round() / 10.0).to_string();
    let point = file.focal_point.map(Point::from);
    let form = Form::of([
        ("filename", file.original_filename.clone()),
        ("folderId", file.folder.map(|id| id.to_string()).unwrap_or_default()),
        ("visibility", if file.is_public { "public" } else { "private" }.to_owned()),
        ("description", file.description.clone().unwrap_or_default()),
        ("focalPoint.x", point.map(|point| percent(point.x)).unwrap_or_default()),
        ("focalPoint.y", point.map(|point| percent(point.y)).unwrap_or_default()),
    ]);
    let default = languages.first().map(String::as_str).unwrap_or_default();
    let values = [&file.alt_text, &file.caption, &file.title];
    TEXTS.iter().zip(values).fold(form, |form, (name, value)| {
        languages.iter().fold(form, |form, tag| form.and(&format!("{name}.{tag}"), text_in(value, tag, default)))
    })
}

fn text_in(value: &Value, tag: &str, default: &str) -> String {
    let found = match value {
        Value::Object(map) => map.get(tag).and_then(Value::as_str),
        Value::String(text) if tag == default => Some(text.as_str()),
        _ => None,
    };
    found.unwrap_or_default().to_owned()
}

/// What was typed, as a change.
fn patch_of(form: &Form) -> Result<Patch> {
    let mut faults = Faults::default();
    let local = |name: &str| {
        let prefix = format!("{name}.");
        let texts: Map<_, _> =
            form.under(&prefix).map(|(tag, text)| (tag.to_owned(), if text.is_empty() { Value::Null } else { json!(text) })).collect();
        (!texts.is_empty()).then(|| Localized(texts.into()))
    };
    let mut percent = |name: &str| {
        let text = form.text(name).replace(',', ".");
        let part = text.parse::<f64>().map(|percent| percent / 100.0).map_err(|_| Fault::new(name, "not_a_number", "A number is needed."));
        if text.is_empty() { None } else { faults.keep(part) }
    };
    let focal_point = match (percent("focalPoint.x"), percent("focalPoint.y")) {
        (None, None) => None,
        (x, y) => Some(Point { x: x.unwrap_or(0.5), y: y.unwrap_or(0.5) }),
    };
    let folder = form.optional("folderId").map(|id| id.parse().map_err(|_| Error::NotFound("folder"))).transpose()?;
    faults.into_result()?;
    Ok(Patch {
        filename: Some(form.text("filename").to_owned()),
        folder_id: Some(folder),
        title: local("title"),
        alt_text: local("altText"),
        caption: local("caption"),
        description: Some(form.optional("description")),
        is_public: Some(form.text("visibility") == "public"),
        focal_point: Some(focal_point),
        ..Patch::default()
    })
}

fn save(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let patch = patch_of(&request.form)?;
    let changed = file::update(tx, request.actor()?, request.project()?, file_id(request)?, &patch)?;
    let words = request.locale.lang.t("file-saved").s("name", &changed.original_filename).to_string();
    Ok(Done::Say(request.page_path().to_owned(), words))
}

fn put_in_trash(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let gone = trash::delete_file(tx, request.actor()?, request.project()?, file_id(request)?)?;
    let Done::Undo(_, words, restore) = undo(request, &[gone.id]) else { return Err(Error::NotFound("file")) };
    Ok(Done::Undo(library(request, gone.folder), words, restore))
}

fn replace_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let found = file::get(tx, request.actor()?, at, file_id(request)?)?;
    let back = format!("{list}/{}", found.id);
    let shown = ShownFile::of(tx, found)?;
    render(&Replace { c, form: typed.cloned().unwrap_or_default(), shown, most: request.state.files.bounds.file, back, list })
}

async fn replace(request: Arc<PageRequest>) -> Result<HttpResponse> {
    match put(&request).await {
        Ok(changed) => {
            let words = request.locale.lang.t("file-replaced").s("name", &changed.original_filename).to_string();
            let to = format!("{}/{}", library(&request, None), changed.id);
            finish(&request, Done::Say(to, words)).await
        }
        Err(why) => again(&request, why, |request, tx, typed| replace_page(request, tx, Some(typed))).await,
    }
}

/// Puts the bytes that came in the place of those of the file.
async fn put(request: &Arc<PageRequest>) -> Result<File> {
    let none = || Error::from(Fault::new("file", "required", "Choose a file."));
    let (sending, at, id): (_, ProjectPath, _) = (request.clone(), request.project()?, file_id(request)?);
    let put = move |tx: &mut Tx<'_>| {
        let Some(Arrived::Files(received)) = &sending.arrived else { return Err(none()) };
        let [came] = &received.files[..] else { return Err(none()) };
        file::replace(tx, sending.actor()?, at, id, &Incoming::from(&came.bytes))
    };
    let changed = request.write(put).await?;
    if let Some(Arrived::Files(received)) = &request.arrived {
        received.files.iter().for_each(|came| came.bytes.mark_taken());
    }
    Ok(changed)
}
