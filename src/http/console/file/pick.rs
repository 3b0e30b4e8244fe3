//! Choosing a file: for a field that names one, and for a text that shows one. Without a script the page leads back to the form with it.

use askama::Template;

use crate::{
    domain::{Result, access::Permission, id::FolderId},
    http::console::base::{
        chrome::Chrome,
        page_route::{PageRoute, get},
        pager::Pager,
        request::{PageRequest, encode},
        response::{local, render},
    },
    service::file::folder,
    store::Tx,
};

use super::{
    frame::{ShownFile, frame},
    library::{FolderRow, Narrowed, SORTS_OF, listing},
};

/// The parameters of a form's page that say which of its inputs names which file now, though nobody has typed that.
const PUT: &str = "put";
const FILE: &str = "file";

#[derive(Template)]
#[template(path = "file/pick.html")]
struct Pick {
    c: Chrome,
    narrowed: Narrowed,
    way: Vec<(FolderId, String)>,
    folders: Vec<FolderRow>,
    files: Vec<ShownFile>,
    pager: Pager,
    /// The page of the form, and its input.
    from: String,
    input: String,
    here: String,
    library: String,
}

impl Pick {
    const fn sorts_of(&self) -> [(&'static str, &'static str); 5] {
        SORTS_OF
    }

    /// Where a choice leads: back to the form, or to the file where none asked for it.
    fn to(&self, one: &ShownFile) -> String {
        if self.from.is_empty() {
            return format!("{}/{}", self.library, one.file.id);
        }
        let (page, part) = self.from.split_once('#').unwrap_or((&self.from, ""));
        let mark = if page.contains('?') { '&' } else { '?' };
        let part = if part.is_empty() { String::new() } else { format!("#{part}") };
        format!("{page}{mark}{PUT}={}&{FILE}={}{part}", encode(&self.input), one.file.id)
    }

    /// A page of the same choice.
    fn within(&self, folder: &str) -> String {
        let query = [("type", self.narrowed.sort_of), ("for", &self.input), ("from", &self.from), ("folder", folder)];
        let query: Vec<_> =
            query.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("{}?{}", self.here, query.join("&"))
    }

    /// The folder that is shown.
    fn folder(&self) -> String {
        self.narrowed.folder.map(|folder| folder.to_string()).unwrap_or_default()
    }

    /// Where one goes who does not choose.
    fn back(&self) -> &str {
        if self.from.is_empty() { &self.library } else { &self.from }
    }
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![get("/o/{org}/p/{project}/files/pick", page).needs(Permission::ProjectRead)]
}

fn page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at, library) = frame(request, tx)?;
    let narrowed = Narrowed { only: None, ..Narrowed::of(request) };
    let page = narrowed.files(request, tx, at, listing(request)?)?;
    let pager = Pager::of(request, &page)?;
    let files = page.items.into_iter().map(|file| ShownFile::of(tx, file)).collect::<Result<_>>()?;
    let folders = if narrowed.search.is_empty() { narrowed.folders(request, tx, at)?.items } else { Vec::new() };
    let way = narrowed.folder.map(|folder| folder::line(tx, request.actor()?, at, folder)).transpose()?.unwrap_or_default();
    let from =
        request.query("from").filter(|from| local(from) == *from && from.starts_with(&c.project_base())).unwrap_or_default().to_owned();
    let (input, here) = (request.query("for").unwrap_or_default().to_owned(), format!("{library}/pick"));
    render(&Pick { c, narrowed, way, folders, files, pager, from, input, here, library })
}

/// The input that a page is to show with a file that was chosen for it, and what stands in it then.
pub(in crate::http::console) fn chosen_file(request: &PageRequest) -> Option<(&str, String)> {
    let id: crate::domain::id::FileId = request.query(FILE)?.parse().ok()?;
    Some((request.query(PUT)?, format!("file:{id}")))
}
