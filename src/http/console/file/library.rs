//! The library: the files of a project in their folders, as a grid or as a list.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::Permission,
        file::{file::File, folder::Around, only::Only},
        id::{FolderId, ProjectPath},
        listing::{Filter, Listing, Test},
        page::Page,
        search::Query,
        spec::Operand,
    },
    http::console::base::{
        chrome::Chrome,
        form::Form,
        page_route::{PageRoute, get},
        pager::{Pager, Sorts},
        request::PageRequest,
        response::render,
    },
    service::file::{
        file, folder,
        search::{self, FileSearch},
    },
    store::{Tx, file::file::FILES},
};

use super::frame::{BY_NAME, LIST, ShownFile, destinations, frame};

/// Files on a page: as many as fill the rows of a grid of two, three, four, six.
const FILES_SHOWN: u32 = 24;
/// Folders on the first sight of many.
const FEW_FOLDERS: u32 = 11;
/// And on a page of all of them.
const FOLDERS_SHOWN: u32 = 96;

/// What files are of, beside all: the word in the address, and what their types begin with.
pub(super) const SORTS_OF: [(&str, &str); 5] =
    [("image", "image/"), ("sound", "audio/"), ("film", "video/"), ("text", "text/"), ("document", "application/")];

/// The orders that are offered, with their words.
const ORDERS: [(&str, &str); 3] =
    [("updatedAt:desc", "file-order-changed"), ("filename:asc", "file-order-name"), ("sizeBytes:desc", "file-order-size")];

/// How the library is narrowed.
pub(super) struct Narrowed {
    pub(super) folder: Option<FolderId>,
    pub(super) sort_of: &'static str,
    pub(super) begins: Option<&'static str>,
    pub(super) only: Option<Only>,
    pub(super) search: String,
}

/// A folder, and what is said of it.
pub(super) struct FolderRow {
    pub(super) id: FolderId,
    pub(super) name: String,
    pub(super) around: Around,
}

#[derive(Template)]
#[template(path = "file/library.html")]
struct Library {
    c: Chrome,
    here: String,
    narrowed: Narrowed,
    /// The folders from the root down to the one that is shown.
    way: Vec<(FolderId, String)>,
    folders: Vec<FolderRow>,
    /// How many there are, and the pages of all of them where these are shown.
    folder_count: u64,
    folder_pages: Option<Pager>,
    more_folders: String,
    files: Vec<ShownFile>,
    pager: Pager,
    sorts: Sorts,
    sort: String,
    is_list: bool,
    as_grid: String,
    as_list: String,
    /// Where chosen files can go.
    destinations: Vec<(FolderId, String)>,
    kept: u64,
    room: Option<u64>,
    most: u64,
    form: Form,
}

impl Library {
    const fn sorts_of(&self) -> [(&'static str, &'static str); 5] {
        SORTS_OF
    }

    const fn orders(&self) -> [(&'static str, &'static str); 3] {
        ORDERS
    }

    const fn only(&self) -> [Only; 4] {
        Only::ALL
    }

    /// The address of a page that is about the folder that is shown.
    fn within(&self, page: &str) -> String {
        let folder = self.narrowed.folder.map(|folder| format!("?folder={folder}")).unwrap_or_default();
        format!("{}/{page}{folder}", self.here)
    }

    /// Where what is to be done to several of them is sent: its answer shows the same page of the library.
    fn several(&self) -> String {
        self.c.with_query(&format!("{}/several", self.here))
    }

    fn is_only(&self, only: &Only) -> bool {
        self.narrowed.only == Some(*only)
    }

    fn folder_id(&self) -> String {
        self.narrowed.folder.map(|id| id.to_string()).unwrap_or_default()
    }

    /// The name of the folder that is shown.
    fn folder(&self) -> Option<&str> {
        self.way.last().map(|(_, name)| name.as_str())
    }

    /// Whether a folder is the one that is shown.
    fn is_here(&self, id: &FolderId) -> bool {
        self.narrowed.folder == Some(*id)
    }
}

impl Narrowed {
    /// As the address says.
    pub(super) fn of(request: &PageRequest) -> Self {
        let asked = request.query("type").unwrap_or_default();
        let sort_of = SORTS_OF.iter().find(|(word, _)| *word == asked);
        Self {
            folder: request.query("folder").and_then(|id| id.parse().ok()),
            sort_of: sort_of.map_or("", |(word, _)| word),
            begins: sort_of.map(|(_, begins)| *begins),
            only: request.query("only").and_then(Only::from_word),
            search: request.query("search").unwrap_or_default().to_owned(),
        }
    }

    /// Whether not all is shown that is there.
    pub(super) fn is_narrowed(&self) -> bool {
        self.begins.is_some() || self.only.is_some() || !self.search.is_empty()
    }

    /// The files. A search looks everywhere: by the words that stand in them and of them, and if none answers, by what is in their names.
    pub(super) fn files(&self, request: &PageRequest, tx: &mut Tx<'_>, at: ProjectPath, listing: Listing) -> Result<Page<File>> {
        let actor = request.actor()?;
        if !self.search.is_empty() && self.only.is_none() {
            let mime_type = self.begins.map(str::to_owned);
            let wanted =
                FileSearch { query: Query::of(&self.search), mime_type, page: (listing.page, listing.page_size), ..FileSearch::default() };
            let found = search::find(tx, actor, at, &wanted)?;
            if found.total > 0 {
                return Ok(found.map(|find| find.file));
            }
        }
        let mut listing = listing;
        listing.filters.extend(self.begins.map(|begins| Filter { field: "mimeType", test: Test::Like(begins.to_owned()) }));
        match self.folder {
            _ if !self.search.is_empty() => {}
            Some(folder) => listing.filters.push(Filter { field: "folderId", test: Test::Is(Operand::Text(folder.to_string())) }),
            None if self.is_narrowed() => {}
            None => listing.filters.push(Filter { field: "folderId", test: Test::IsNull(true) }),
        }
        match self.only {
            Some(only) => file::list_only(tx, actor, at, &listing, only),
            None => file::list(tx, actor, at, &listing),
        }
    }

    /// The folders in the one that is shown, or at the root; none where not all is shown.
    pub(super) fn folders(&self, request: &PageRequest, tx: &mut Tx<'_>, at: ProjectPath) -> Result<Page<FolderRow>> {
        let number = request.query("folders").and_then(|number| number.parse().ok()).filter(|number| *number > 0);
        let page_size = if number.is_some() { FOLDERS_SHOWN } else { FEW_FOLDERS };
        let test = self.folder.map_or(Test::IsNull(true), |folder| Test::Is(Operand::Text(folder.to_string())));
        let filters = vec![Filter { field: "parentId", test }];
        let of = Listing { page: number.unwrap_or(1), to_the_last: true, page_size, order: BY_NAME, filters, ..Listing::default() };
        let page = folder::list(tx, request.actor()?, at, &of)?;
        Ok(page.map(|(folder, around)| FolderRow { id: folder.id, name: folder.name, around }))
    }
}

/// The list that the address asks for.
pub(super) fn listing(request: &PageRequest) -> Result<Listing> {
    let listing = request.listing(&FILES, &["search"])?;
    let page_size = if request.query("pageSize").is_some() { listing.page_size } else { FILES_SHOWN };
    let search = request.query("search").map(crate::domain::fold::fold).filter(|search| !search.is_empty());
    Ok(Listing { page_size, search, ..listing })
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![get(LIST, |request, tx| show(request, tx, None)).needs(Permission::ProjectRead)]
}

/// The library, with what was wrong with a form on it.
pub(super) fn show(request: &PageRequest, tx: &mut Tx<'_>, form: Option<&Form>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let (narrowed, listing) = (Narrowed::of(request), listing(request)?);
    let sorts = Sorts::of(request, &listing);
    let page = narrowed.files(request, tx, at, listing)?;
    let pager = Pager::of(request, &page)?;
    let files = page.items.into_iter().map(|file| ShownFile::of(tx, file)).collect::<Result<_>>()?;
    let way = narrowed.folder.map(|folder| folder::line(tx, request.actor()?, at, folder)).transpose()?.unwrap_or_default();
    let mut folders = if narrowed.is_narrowed() { None } else { Some(narrowed.folders(request, tx, at)?) };
    let folder_pages = match &folders {
        Some(folders) if request.query("folders").is_some() => Some(Pager::with_parameter(request, folders, "folders")?),
        _ => None,
    };
    let folder_count = folders.as_ref().map_or(0, |folders| folders.total);
    let destinations = if c.can().entry_write() { destinations(request, tx, at)? } else { Vec::new() };
    let bounds = request.state.files.bounds;
    let library = Library {
        folder_count,
        folder_pages,
        folders: folders.take().map(|folders| folders.items).unwrap_or_default(),
        more_folders: request.with("folders", "1"),
        files,
        pager,
        sorts,
        sort: request.query("sort").unwrap_or_default().to_owned(),
        is_list: request.query("view") == Some("list"),
        as_grid: request.with("view", ""),
        as_list: request.with("view", "list"),
        destinations,
        kept: file::bytes_used(tx, request.actor()?, at)?,
        room: bounds.project,
        most: bounds.file,
        form: form.cloned().unwrap_or_default(),
        c,
        here,
        narrowed,
        way,
    };
    render(&library)
}
