//! An entry as HTML: what its content refers to is looked up among what readers may see.

use std::{
    cell::RefCell,
    cmp::Reverse,
    collections::{
        HashMap,
        hash_map::Entry::{Occupied, Vacant},
    },
    sync::Arc,
};

use serde_json::Value;
use uuid::Uuid;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Entry, Kind, Locales, held_by,
            render::{
                answers::{Answers, Unanswered},
                document::Marks,
                links::{Card, EntryQuery, Links, Loads, Picture},
                tree::{Rendered, render_answered},
            },
        },
        file::{
            file::{url, variant_url},
            link::LIFE,
            picture::variant::Variant,
        },
        form::{definition::Definition, page::Filled, public::step::steps, settings::Settings},
        id::{AppPath, EntryId, FileId},
        project::branding::{
            Branding,
            field::{FAVICON, LOGO, LOGO_DARK},
        },
    },
    service::{authorize, file::link as sealing, form::words::Words},
    store::{
        Tx,
        content::{
            entry,
            link::{self, Linked, Listed},
        },
    },
};

use super::{
    checked::{locales, project_of},
    entry::{self as entries, Localized},
};

/// Entries of a kind that are read at once where tags are looked for in them, and most that are for one list.
const SOME: usize = 200;
const TAGGED: usize = 1_000;
/// Most entries that all lists of a page look through together.
const LOOKED_THROUGH: usize = 10_000;

/// An entry of the app in one language, if one is asked for, with its content as HTML: it is read once.
///
/// # Errors
/// Those of the gate.
pub fn get(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    (locale, base): (Option<&str>, &str),
) -> Result<(Localized<Entry>, Rendered)> {
    let whole = entries::get(tx, actor, at, target.0, target.1, None)?;
    let html = html(tx, actor, at, &whole.found, (locale, base))?;
    let mut spoken = entries::in_language(tx, actor, at, whole, locale)?;
    spoken.found.fields = resolve_file_links(tx, actor, at, &spoken.found, base)?;
    Ok((spoken, html))
}

/// The fields of an entry that the caller has read, in which what leads to a file is its address.
///
/// # Errors
/// Those of the gate.
pub fn resolve_file_links(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, entry: &Entry, base: &str) -> Result<String> {
    if !entry.fields.contains("\"file:") {
        return Ok(entry.fields.clone());
    }
    let granted = authorize::app(tx, actor, at, Some(entry.kind.app_type), Permission::ProjectRead)?;
    let mut fields: Value =
        serde_json::from_str(&entry.fields).map_err(|_| Error::Internal("unexpected value in entries.fields".into()))?;
    let mut failed = None;
    each_text(&mut fields, &mut |text| {
        let found = text.strip_prefix("file:").and_then(|id| id.parse().ok()).map(|id| address(tx, &granted, id, Loads::All(base)));
        match found {
            Some(Ok(Some(address))) => *text = address,
            Some(Err(error)) => failed = Some(error),
            _ => {}
        }
    });
    failed.map_or_else(|| Ok(fields.to_string()), Err)
}

/// Hands on each text, however deep.
fn each_text(value: &mut Value, take: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, take)),
        Value::Object(members) => members.values_mut().for_each(|member| each_text(member, take)),
        _ => {}
    }
}

/// The address of a file of the project.
fn address(tx: &mut Tx<'_>, at: &Granted<InApp>, id: FileId, loads: Loads<'_>) -> Result<Option<String>> {
    let Some(found) = link::file(tx, at, id)? else { return Ok(None) };
    lasting_url(tx, (id, found.is_public), |base| url(base, id, &found.filename, Some(&found.hash)), loads).map(Some)
}

/// The pictures that an app's branding has.
///
/// # Errors
/// Those of the store.
pub fn marks(tx: &mut Tx<'_>, at: &Granted<InApp>, worn: Option<&Branding>) -> Result<Marks> {
    let Some(worn) = worn else { return Ok(Marks::default()) };
    let mut of = |field| beside(tx, at, &worn.look.text(field));
    Ok(Marks { icon: of(FAVICON)?, logo: of(LOGO)?, logo_dark: of(LOGO_DARK)? })
}

/// The address of a picture that is shown beside content, by what is stored of it; none where it is not on this server.
fn beside(tx: &mut Tx<'_>, at: &Granted<InApp>, to: &str) -> Result<Option<String>> {
    match to.strip_prefix("file:").map(str::parse) {
        Some(Ok(id)) => address(tx, at, id, Loads::OwnAlone(None)),
        Some(Err(_)) => Ok(None),
        None => Ok(to.starts_with('/').then(|| to.to_owned())),
    }
}

/// A picture of the project, with the smaller ones of it that show all of it, and itself if it is no larger than those may be.
fn picture(tx: &mut Tx<'_>, at: &Granted<InApp>, id: FileId, loads: Loads<'_>) -> Result<Option<Picture>> {
    let (Some(found), Some(address)) = (link::file(tx, at, id)?, address(tx, at, id, loads)?) else { return Ok(None) };
    let mut widths = Vec::new();
    for (variant, width, hash) in link::smaller(tx, at, id)?.into_iter().filter(|(variant, ..)| *variant != Variant::Thumbnail) {
        let of = |base: &str| variant_url(base, (id, &found.filename), variant, &hash);
        widths.push((width, lasting_url(tx, (id, found.is_public), of, loads)?));
    }
    let largest = Variant::Large.side();
    if let Some((width, _)) = found.size.filter(|(width, height)| !widths.is_empty() && *width.max(height) <= largest) {
        widths.push((width, address.clone()));
    }
    Ok(Some(Picture { address, size: found.size, widths }))
}

/// An address that lasts as a page may have it. Where that may load what is on this server alone, the address of what is private is good for a while:
/// whoever is shown the page sees it.
fn lasting_url(tx: &mut Tx<'_>, (id, is_public): (FileId, bool), lasting: impl Fn(&str) -> String, loads: Loads<'_>) -> Result<String> {
    match loads {
        Loads::All(base) => Ok(lasting(base)),
        Loads::OwnAlone(_) if is_public => Ok(lasting("")),
        Loads::OwnAlone(_) => Ok(sealing::seal_address(tx, (id, &lasting("")), LIFE)?.url),
    }
}

/// The content of an entry that the caller has read, in a language, or in the project's default one.
///
/// # Errors
/// Those of the gate.
pub fn html(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, entry: &Entry, (locale, base): (Option<&str>, &str)) -> Result<Rendered> {
    let granted = authorize::app(tx, actor, at, Some(entry.kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let locales = locales(&project);
    tree(tx, &granted, &entry.content, (locale.unwrap_or(locales.default), &locales), Loads::All(base))
}

/// A content tree of the app, or of what frames it, in a language.
///
/// # Errors
/// [`Error::Internal`] when it is not of its form.
pub fn tree(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    content: &str,
    (locale, locales): (&str, &Locales<'_>),
    loads: Loads<'_>,
) -> Result<Rendered> {
    filled_in(tx, at, content, (locale, locales), (loads, &Unanswered))
}

/// The same of a form that somebody fills in.
///
/// # Errors
/// As [`tree`].
pub fn filled_in(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    content: &str,
    (locale, locales): (&str, &Locales<'_>),
    (loads, answers): (Loads<'_>, &dyn Answers),
) -> Result<Rendered> {
    let rows = RefCell::new(Rows {
        tx,
        files: HashMap::new(),
        pictures: HashMap::new(),
        entries: HashMap::new(),
        lists: HashMap::new(),
        left: LOOKED_THROUGH,
        failed: None,
    });
    let finder = Finder { at, locale, locales, loads, rows };
    let rendered = render_answered(content, (locale, locales), &finder, answers);
    match finder.rows.into_inner().failed {
        Some(failed) => Err(failed),
        None => rendered.map_err(|_| Error::Internal("unexpected value in entries.content".into())),
    }
}

/// A form of the project within a page, ready to be filled in. It has no token: the page may be kept, and shown to many.
fn form(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    (id, within): (EntryId, &str),
    (locale, locales): (&str, &Locales<'_>),
    loads: Loads<'_>,
) -> Result<Option<String>> {
    let Some(found) = link::form(tx, at, id)? else { return Ok(None) };
    let settings = Settings::read(&found.fields)?;
    let words = Words::of(&settings, locale, locales);
    if !found.is_active {
        return Ok(Some(words.closed_text()));
    }
    let definition = Definition::read(&found.content, locale, locales)?;
    let filled = Filled::empty(&definition, &words.optional).within(within);
    let steps = steps(&found.content)?;
    let first = steps.first().ok_or(Error::NotFound("form"))?;
    let html = filled_in(tx, at, &first.content, (locale, locales), (loads, &filled))?.html;
    let base = if let Loads::All(base) = loads { base } else { "" };
    let has_files = definition.fields.iter().any(|field| field.is_file() && first.has(&field.id));
    Ok(Some(words.blank(&format!("{base}/f/{id}"), (steps.len(), has_files), &html)))
}

/// Looks up what content refers to while that is rendered.
struct Finder<'a, 't, 's> {
    at: &'a Granted<InApp>,
    locale: &'a str,
    locales: &'a Locales<'a>,
    loads: Loads<'a>,
    rows: RefCell<Rows<'t, 's>>,
}

/// The rows, and what was found among them: a page asks for the same more than once.
struct Rows<'t, 's> {
    tx: &'t mut Tx<'s>,
    files: HashMap<Uuid, Option<String>>,
    pictures: HashMap<Uuid, Option<Picture>>,
    entries: HashMap<Uuid, Option<String>>,
    lists: HashMap<ListKey, Read>,
    /// How many entries may still be read for lists.
    left: usize,
    /// The first failure. Nothing is looked up after it.
    failed: Option<Error>,
}

/// What entries are listed of: a kind, in an order, all or those of a category.
type ListKey = (&'static str, Listed, Option<EntryId>);

/// The first of them.
#[derive(Default)]
struct Read {
    all: Vec<Linked>,
    /// Whether there are no more.
    is_end: bool,
}

impl Rows<'_, '_> {
    fn look<T: Default>(&mut self, find: impl FnOnce(&mut Self) -> Result<T>) -> T {
        if self.failed.is_some() {
            return T::default();
        }
        find(self).unwrap_or_else(|failed| {
            self.failed = Some(failed);
            T::default()
        })
    }

    /// Those behind the first ones; reads some more, unless it is known already that there are none.
    fn behind(&mut self, at: &Granted<InApp>, kind: &'static Kind, of: ListKey, (first, many): (usize, usize)) -> Result<&[Linked]> {
        let read = self.lists.entry(of).or_default();
        if read.all.len() <= first && !read.is_end {
            let many = many.min(self.left);
            let more = link::entries(self.tx, at, kind, (of.1, of.2), (many, read.all.len()))?;
            self.left -= more.len();
            read.is_end = more.len() < many || self.left == 0;
            read.all.extend(more);
        }
        Ok(read.all.get(first..).unwrap_or_default())
    }
}

impl Links for Finder<'_, '_, '_> {
    fn entry(&self, id: Uuid) -> Option<String> {
        self.rows.borrow_mut().look(|rows| match rows.entries.entry(id) {
            Occupied(known) => Ok(known.get().clone()),
            Vacant(new) => Ok(new.insert(link::path(rows.tx, self.at, EntryId::from_uuid(id))?).clone()),
        })
    }

    fn file(&self, id: Uuid) -> Option<String> {
        self.rows.borrow_mut().look(|rows| match rows.files.entry(id) {
            Occupied(known) => Ok(known.get().clone()),
            Vacant(new) => Ok(new.insert(address(rows.tx, self.at, FileId::from_uuid(id), self.loads)?).clone()),
        })
    }

    fn picture(&self, id: Uuid) -> Option<Picture> {
        self.rows.borrow_mut().look(|rows| match rows.pictures.entry(id) {
            Occupied(known) => Ok(known.get().clone()),
            Vacant(new) => Ok(new.insert(picture(rows.tx, self.at, FileId::from_uuid(id), self.loads)?).clone()),
        })
    }

    fn sidebar(&self, id: Uuid) -> Option<String> {
        self.rows.borrow_mut().look(|rows| link::tree(rows.tx, self.at, EntryId::from_uuid(id)))
    }

    fn form(&self, id: Uuid, within: &str) -> Option<String> {
        let language = (self.locale, self.locales);
        self.rows.borrow_mut().look(|rows| form(rows.tx, self.at, (EntryId::from_uuid(id), within), language, self.loads))
    }

    fn entries(&self, wanted: &EntryQuery) -> Vec<Card> {
        self.rows.borrow_mut().look(|rows| cards(rows, self.at, wanted, |linked| card(linked, self.locale, self.locales)))
    }

    fn on_site(&self, path: String) -> String {
        self.loads.on_site(path)
    }

    fn loads(&self, address: &str) -> bool {
        matches!(self.loads, Loads::All(_)) || address.starts_with('/')
    }
}

/// The entries of a list. The database finds the first ones, and those of a category; tags are looked for in what it finds, some at a time.
fn cards(rows: &mut Rows<'_, '_>, at: &Granted<InApp>, wanted: &EntryQuery, card: impl Fn(&Linked) -> Card) -> Result<Vec<Card>> {
    let category = match wanted.category.as_deref().map(str::parse::<EntryId>) {
        None => None,
        // In what is in the trash nothing is listed.
        Some(Ok(id)) if entry::is_there(rows.tx, at, id)? => Some(id),
        Some(_) => return Ok(Vec::new()),
    };
    let order = match wanted.order.as_str() {
        "oldest" => Listed::Oldest,
        "name" => Listed::ByName,
        _ => Listed::Newest,
    };
    let has = |linked: &Linked, tag: &String| {
        linked.fields.get("tags").and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == tag))
    };
    let (many, most) = if wanted.tags.is_empty() { (wanted.limit, wanted.limit) } else { (SOME, TAGGED) };
    let mut all = Vec::new();
    for app_type in crate::domain::project::app::AppType::ALL {
        for kind in held_by(rows.tx.kinds(), app_type).filter(|kind| kind.has_slug()) {
            if wanted.kind.as_deref().is_none_or(|word| word == kind.content_type) {
                let (mut first, mut found) = (0, 0);
                while found < wanted.limit && first < most {
                    let some = rows.behind(at, kind, (kind.content_type, order, category), (first, many))?;
                    if some.is_empty() {
                        break;
                    }
                    first += some.len();
                    let tagged = some.iter().filter(|linked| wanted.tags.iter().all(|tag| has(linked, tag)));
                    let before = all.len();
                    all.extend(tagged.map(|linked| (linked.name_fold.clone(), linked.created_at, card(linked))));
                    found += all.len() - before;
                }
            }
        }
    }
    match order {
        Listed::Newest => all.sort_by_key(|(_, created_at, _)| Reverse(*created_at)),
        Listed::Oldest => all.sort_by_key(|(_, created_at, _)| *created_at),
        Listed::ByName => all.sort_by(|a, b| a.0.cmp(&b.0)),
    }
    Ok(all.into_iter().take(wanted.limit).map(|(.., card)| card).collect())
}

fn card(linked: &Linked, locale: &str, locales: &Locales<'_>) -> Card {
    let text = |name: &str| linked.fields.get(name).and_then(|value| locales.text(value, locale)).unwrap_or_default().to_owned();
    let title = Some(text("title")).filter(|title| !title.is_empty()).unwrap_or_else(|| linked.name.clone());
    Card { title, href: linked.path.clone(), excerpt: text("excerpt") }
}
