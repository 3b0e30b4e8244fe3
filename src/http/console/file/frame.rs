//! What the pages of files have in common: their frame, their addresses, and what they show of a file.

use std::collections::HashMap;

use crate::{
    domain::{
        Error, Result,
        file::{
            draft::Point,
            file::{File, texts},
            folder::{Around, Folder},
            media_type, name,
            picture::{focal::FocalPoint, variant::Variant},
        },
        id::{FileId, FolderId, ProjectPath},
        listing::{Listing, PAGE_SIZE_MAX},
        spec::Order,
    },
    http::console::base::{chrome::Chrome, request::PageRequest},
    service::file::{file, folder, link},
    store::Tx,
};

/// Where the library is.
pub(super) const LIST: &str = "/o/{org}/p/{project}/files";
/// One file.
pub(super) const ONE: &str = "/o/{org}/p/{project}/files/{file}";

/// By the name of a folder.
pub(super) const BY_NAME: Order = Order { field: "name", descending: false };

/// A file as pages show it.
pub struct ShownFile {
    /// It.
    pub file: File,
    /// Where its bytes are, as whoever may read the project sees them.
    pub source: String,
    /// The same where browsers show it as a picture, large and small: smaller pictures of it as soon as they are there.
    pub picture: Option<String>,
    /// For a line or a tile.
    pub thumb: Option<String>,
    /// What it is: `PNG`.
    pub kind: String,
}

impl ShownFile {
    /// As whoever may read the project sees it.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(tx: &mut Tx<'_>, file: File) -> Result<Self> {
        let is_picture = media_type::is_image(&file.mime_type) && media_type::handed_out(&file.mime_type).1;
        let source = link::page_url(tx, &file, None)?.unwrap_or_default();
        let itself = is_picture.then(|| source.clone());
        let picture = link::page_url(tx, &file, Some(Variant::Large))?.or_else(|| itself.clone());
        let thumb = link::page_url(tx, &file, Some(Variant::Small))?.or(itself);
        Ok(Self { picture, thumb, kind: kind(&file), source, file })
    }

    /// The icon of what it is.
    pub fn icon(&self) -> &'static str {
        let kind = self.file.mime_type.as_str();
        match kind.split('/').next().unwrap_or_default() {
            "image" => "image",
            "audio" => "music",
            "video" => "film",
            _ if ["zip", "tar", "gzip", "compressed"].iter().any(|word| kind.contains(word)) => "file-archive",
            _ if ["csv", "sheet", "excel"].iter().any(|word| kind.contains(word)) => "file-spreadsheet",
            _ => "file-text",
        }
    }

    /// What it is, its pixels and its size, in one line.
    pub fn about(&self, c: &Chrome) -> String {
        let size = c.size(&self.file.blob.size);
        match self.pixels(c) {
            Some(pixels) => format!("{pixels}, {size}"),
            None => format!("{}, {size}", self.kind),
        }
    }

    /// Width and height of a picture.
    pub fn pixels(&self, c: &Chrome) -> Option<String> {
        self.file.dimensions.map(|(width, height)| format!("{}\u{a0}×\u{a0}{}", c.number(width), c.number(height)))
    }

    /// Whether it is a picture of which nothing is said to whoever does not see it.
    pub fn is_undescribed(&self) -> bool {
        media_type::is_image(&self.file.mime_type) && texts(&self.file.alt_text).next().is_none()
    }

    /// What is said of it to whoever does not see it, in the first language in which that is.
    pub fn alt(&self) -> &str {
        texts(&self.file.alt_text).next().unwrap_or_default()
    }

    /// What is written for it where something refers to it.
    pub fn reference(&self) -> String {
        format!("file:{}", self.file.id)
    }

    /// Where it is cut around, in percent: the middle unless it is said.
    pub fn focus(&self) -> (f64, f64) {
        let middle = FocalPoint { x: FocalPoint::WHOLE / 2, y: FocalPoint::WHOLE / 2 };
        let Point { x, y } = self.file.focal_point.unwrap_or(middle).into();
        ((x * 1000.0).round() / 10.0, (y * 1000.0).round() / 10.0)
    }
}

/// The files of a project that these values name, by what is written for them: what is not there any more, or not for this person, is left out.
///
/// # Errors
/// Those of the store.
pub fn find_files(request: &PageRequest, tx: &mut Tx<'_>, values: &[String]) -> Result<HashMap<String, ShownFile>> {
    let mut all = HashMap::new();
    for value in values {
        let Some(Ok(id)) = value.strip_prefix("file:").map(str::parse) else { continue };
        match file::get(tx, request.actor()?, request.project()?, id) {
            Ok(file) => drop(all.insert(value.clone(), ShownFile::of(tx, file)?)),
            Err(Error::NotFound(_) | Error::Denied(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(all)
}

/// The end of its name in capitals, or else that of its type.
fn kind(file: &File) -> String {
    let sub = file.mime_type.rsplit(['/', '+']).next().unwrap_or_default();
    name::ending(&file.filename).filter(|ending| ending.len() < 6).unwrap_or_else(|| sub.to_owned()).to_uppercase()
}

/// The frame of these pages, where they are, and the address of the library.
pub(super) fn frame(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Chrome, ProjectPath, String)> {
    let (c, org, project) = Chrome::project(request, tx)?;
    let here = format!("{}/files", c.project_base());
    Ok((c, (org.id, project.id), here))
}

/// The address of the library, or of a folder in it.
pub(super) fn library(request: &PageRequest, folder: Option<FolderId>) -> String {
    in_folder(&format!("/o/{}/p/{}/files", request.param("org"), request.param("project")), folder)
}

/// The same, where the library is known.
pub(super) fn in_folder(here: &str, folder: Option<FolderId>) -> String {
    folder.map_or_else(|| here.to_owned(), |folder| format!("{here}?folder={folder}"))
}

pub(super) fn file_id(request: &PageRequest) -> Result<FileId> {
    request.id_of("file", "file")
}

pub(super) fn folder_id(request: &PageRequest) -> Result<FolderId> {
    request.id_of("folder", "folder")
}

/// Folders that something can be moved to, by their paths: the first of many.
pub(super) fn destinations(request: &PageRequest, tx: &mut Tx<'_>, at: ProjectPath) -> Result<Vec<(FolderId, String)>> {
    let all = Listing { page_size: PAGE_SIZE_MAX, order: BY_NAME, ..Listing::default() };
    let page = folder::list(tx, request.actor()?, at, &all)?;
    let mut named: Vec<_> = page.items.into_iter().map(|(folder, Around { path, .. }): (Folder, Around)| (folder.id, path)).collect();
    named.sort_by(|(_, a), (_, b)| a.cmp(b));
    Ok(named)
}
