//! Where links lead.

use std::{cell::RefCell, collections::HashMap};

use uuid::{Uuid, fmt::Hyphenated};

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
pub struct Wanted {
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

/// Finds what content refers to. Whoever renders has looked it up before.
pub trait Links {
    /// The address of an entry that readers may see.
    fn entry(&self, id: Uuid) -> Option<String>;
    /// The address of a file.
    fn file(&self, id: Uuid) -> Option<String>;
    /// The content tree of a sidebar.
    fn sidebar(&self, id: Uuid) -> Option<String>;
    /// The entries of a list.
    fn entries(&self, wanted: &Wanted) -> Vec<Card>;
}

/// What was looked up, by what was asked for; `None` is what there is not.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Addresses of entries.
    pub entries: HashMap<Uuid, Option<String>>,
    /// Trees of sidebars.
    pub sidebars: HashMap<Uuid, Option<String>>,
    /// Lists of entries.
    pub lists: HashMap<Wanted, Vec<Card>>,
}

/// What is asked for and not looked up yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Entries.
    pub entries: Vec<Uuid>,
    /// Sidebars.
    pub sidebars: Vec<Uuid>,
    /// Lists of entries.
    pub lists: Vec<Wanted>,
}

impl Asked {
    /// What the text of a tree asks for at the first look, in whatever language. What it does not show at once is asked for when it is rendered.
    pub fn of(tree: &str) -> Self {
        let behind = |mark: &'static str| {
            let ids =
                tree.match_indices(mark).filter_map(move |(from, _)| tree.get(from + mark.len()..from + mark.len() + Hyphenated::LENGTH));
            ids.filter_map(|id| id.parse().ok()).collect()
        };
        Self { entries: behind("entry:"), sidebars: behind("\"sidebarId\":\""), lists: Vec::new() }
    }
}

/// Finds what was looked up, and notes what was not: so a page is rendered, what it lacks looked up, and rendered again.
#[derive(Debug)]
pub struct Known<'a> {
    found: &'a Found,
    asked: RefCell<Asked>,
}

impl<'a> Known<'a> {
    /// What is known so far.
    pub fn new(found: &'a Found) -> Self {
        Self { found, asked: RefCell::default() }
    }

    /// What was asked for in vain; `None` when that is nothing.
    pub fn missing(self) -> Option<Asked> {
        Some(self.asked.into_inner()).filter(|asked| *asked != Asked::default())
    }
}

impl Links for Known<'_> {
    fn entry(&self, id: Uuid) -> Option<String> {
        self.found.entries.get(&id).cloned().unwrap_or_else(|| {
            self.asked.borrow_mut().entries.push(id);
            None
        })
    }

    fn file(&self, _: Uuid) -> Option<String> {
        None
    }

    fn sidebar(&self, id: Uuid) -> Option<String> {
        self.found.sidebars.get(&id).cloned().unwrap_or_else(|| {
            self.asked.borrow_mut().sidebars.push(id);
            None
        })
    }

    fn entries(&self, wanted: &Wanted) -> Vec<Card> {
        self.found.lists.get(wanted).cloned().unwrap_or_else(|| {
            self.asked.borrow_mut().lists.push(wanted.clone());
            Vec::new()
        })
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

    fn entries(&self, _: &Wanted) -> Vec<Card> {
        Vec::new()
    }
}

/// Schemes that a link of a reader may have.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Where a stored link leads; `None` for what leads nowhere, or to what runs.
pub(super) fn resolve(links: &dyn Links, to: &str) -> Option<String> {
    let to = to.trim();
    if to.is_empty() || to.chars().any(|c| c.is_control()) {
        return None;
    }
    if to.starts_with('#') || (to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\")) {
        return Some(to.to_owned());
    }
    let (scheme, rest) = to.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let (id, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let with_fragment = |found: String| if fragment.is_empty() { found } else { format!("{found}#{fragment}") };
    match scheme.as_str() {
        "entry" => links.entry(id.parse().ok()?).map(with_fragment),
        "file" => links.file(id.parse().ok()?),
        "dialog" => id.parse::<Uuid>().ok().map(|id| format!("#dialog-{id}")),
        scheme if SCHEMES.contains(&scheme) && !rest.is_empty() => Some(to.to_owned()),
        _ => None,
    }
}
