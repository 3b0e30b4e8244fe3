//! Where links lead.

use uuid::Uuid;

/// One entry of a list of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its title, in the language of the page.
    pub title: String,
    /// Its path.
    pub href: String,
    /// What it is about.
    pub excerpt: String,
}

/// What a list of entries shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct EntryQuery {
    /// Content type; every one that has addresses, when `None`.
    pub kind: Option<String>,
    /// Tags, all of which an entry must have.
    pub tags: Vec<String>,
    /// The category.
    pub category: Option<String>,
    /// At most so many.
    pub limit: usize,
    /// `newest`, `oldest` or `name`.
    pub order: String,
}

/// What a page shows of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its address.
    pub address: String,
    /// Its width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// The same picture with so many pixels in its width: widths and addresses, the smallest first.
    pub widths: Vec<(u32, String)>,
}

/// Finds what content refers to, while it is rendered. The same may be asked for again.
pub trait Links {
    /// The address of an entry that readers may see.
    fn entry(&self, id: Uuid) -> Option<String>;
    /// The address of a file.
    fn file(&self, id: Uuid) -> Option<String>;
    /// A file that is shown as a picture.
    fn picture(&self, id: Uuid) -> Option<Picture> {
        self.file(id).map(|address| Picture { address, ..Picture::default() })
    }
    /// The content tree of a sidebar.
    fn sidebar(&self, id: Uuid) -> Option<String>;
    /// A form, ready to be filled in, as HTML; what is given begins all ids in it.
    fn form(&self, _id: Uuid, _within: &str) -> Option<String> {
        None
    }
    /// The entries of a list.
    fn entries(&self, wanted: &EntryQuery) -> Vec<Card>;
    /// Where a path of the site leads from the page; it is one of the site, unless it is shown elsewhere.
    fn on_site(&self, path: String) -> String {
        path
    }
    /// Whether the page may load this address by itself; where it may not, it leads there.
    fn loads(&self, _address: &str) -> bool {
        true
    }
}

/// What begins paths of this server, wherever content is shown.
const OWN: [&str; 2] = ["/f/", "/files/"];

/// What a page may load by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loads<'b> {
    /// Whatever it shows; files are on the server that is reached here.
    All(&'b str),
    /// What is on this server; to the rest it leads. The page is none of a site: paths lead to this one, if it is known.
    OwnAlone(Option<&'b str>),
}

impl Loads<'_> {
    /// Where a path leads from the page.
    pub fn on_site(self, path: String) -> String {
        match self {
            Self::OwnAlone(Some(site)) if path.starts_with('/') && !OWN.iter().any(|own| path.starts_with(own)) => format!("{site}{path}"),
            _ => path,
        }
    }
}

/// Nothing is found.
#[derive(Debug, Clone, Copy)]
pub struct Nowhere;

impl Links for Nowhere {
    fn entry(&self, _: Uuid) -> Option<String> {
        None
    }

    fn file(&self, _: Uuid) -> Option<String> {
        None
    }

    fn sidebar(&self, _: Uuid) -> Option<String> {
        None
    }

    fn entries(&self, _: &EntryQuery) -> Vec<Card> {
        Vec::new()
    }
}

/// Schemes that a link of a reader may have.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The picture that a stored link leads to, as [`resolve`] does.
pub(super) fn picture(links: &dyn Links, to: &str) -> Option<Picture> {
    match to.trim().split_once(':') {
        Some((scheme, id)) if scheme.eq_ignore_ascii_case("file") => links.picture(id.parse().ok()?),
        _ => resolve(links, to).map(|address| Picture { address, ..Picture::default() }),
    }
}

/// Where a stored link leads; `None` for what leads nowhere, or to what runs.
pub(super) fn resolve(links: &dyn Links, to: &str) -> Option<String> {
    let to = to.trim();
    if to.is_empty() || to.chars().any(|c| c.is_control()) {
        return None;
    }
    if to.starts_with('#') {
        return Some(to.to_owned());
    }
    if to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\") {
        return Some(links.on_site(to.to_owned()));
    }
    let (scheme, rest) = to.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let (id, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let with_fragment = |found: String| if fragment.is_empty() { found } else { format!("{found}#{fragment}") };
    match scheme.as_str() {
        "entry" => links.entry(id.parse().ok()?).map(|path| links.on_site(with_fragment(path))),
        "file" => links.file(id.parse().ok()?),
        "dialog" => id.parse::<Uuid>().ok().map(|id| format!("#dialog-{id}")),
        scheme if SCHEMES.contains(&scheme) && !rest.is_empty() => Some(to.to_owned()),
        _ => None,
    }
}
