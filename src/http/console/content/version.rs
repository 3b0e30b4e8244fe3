//! Versions of an entry: all of them, what is different in one, and the way back to it.

use askama::Template;
use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Permission},
        content::{
            Kind, Locales,
            version::difference::{FieldChange, NodeChange, WordChange, words},
        },
        id::{AppPath, EntryId, VersionId},
        listing::Listing,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        link::AppLink,
        page_route::{PageRoute, get, post},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::content::{
        entry, reference,
        version::{self, Compared, Editors},
    },
    store::{
        Tx,
        content::version::{VERSIONS, VersionMeta},
    },
};

use super::{
    editor::words::EditorWords,
    entry_list::{all, frame, kind},
};

/// How many versions the page of an entry shows.
const NEWEST: u32 = 4;

/// A version in the list.
pub struct VersionRow {
    pub(super) meta: VersionMeta,
    /// Who made it, and whether that is a machine.
    pub(super) by: String,
    pub(super) is_machine: bool,
    /// Whether it is the one that is shown.
    pub(super) here: bool,
}

/// Words that stand in both, in the new one or in the old one.
pub struct Piece {
    pub(super) change: WordChange,
    pub(super) text: String,
}

/// The words of two texts.
pub(super) fn pieces(before: &str, after: &str) -> Vec<Piece> {
    words(before, after).into_iter().map(|words| Piece { change: words.change, text: words.text }).collect()
}

/// A text or a value that is another now.
pub struct Changed {
    label: String,
    /// The language, by its tag.
    locale: Option<String>,
    pieces: Vec<Piece>,
}

/// A section or a block that is not what it was.
pub struct Block {
    name: String,
    /// How it begins.
    text: String,
    change: &'static str,
    moved: bool,
    fields: Vec<Changed>,
}

#[derive(Template)]
#[template(path = "content/version/list.html")]
struct List {
    c: Chrome,
    app: AppLink,
    form: Form,
    kind: &'static Kind,
    /// The name of the entry, where its page is, and where all of its kind are.
    name: String,
    at: String,
    back: String,
    /// The newest version, which the entry is now.
    current: i64,
    lines: Vec<VersionRow>,
    pager: Pager,
    shown: VersionMeta,
    against: Option<VersionMeta>,
    fields: Vec<Changed>,
    blocks: Vec<Block>,
}

impl List {
    /// The versions that the shown one can be compared with: those of this page of the list, and the one that it is compared with now.
    fn others(&self) -> Vec<(VersionId, i64)> {
        let listed = self.lines.iter().map(|line| &line.meta);
        let mut all: Vec<_> =
            listed.chain(&self.against).filter(|meta| meta.id != self.shown.id).map(|meta| (meta.id, meta.version)).collect();
        all.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        all.dedup();
        all
    }

    /// Whether the shown one is compared with this.
    fn is_against(&self, id: &VersionId) -> bool {
        self.against.as_ref().is_some_and(|against| against.id == *id)
    }
}

impl VersionRow {
    fn of(meta: VersionMeta, editors: &Editors, here: impl Fn(&VersionMeta) -> bool) -> Self {
        let (by, kind) = editors.get(&meta.created_by).map_or(("Stele", ActorKind::System), |(name, kind)| (name, *kind));
        Self { by: by.to_owned(), is_machine: kind != ActorKind::User, here: here(&meta), meta }
    }
}

/// The newest versions of an entry, and how many there are.
pub struct Newest {
    pub(super) lines: Vec<VersionRow>,
    pub(super) total: u64,
}

/// What the page of an entry shows of its versions.
pub(super) fn newest(request: &PageRequest, tx: &mut Tx<'_>, at: AppPath, of: (&'static Kind, EntryId)) -> Result<Newest> {
    let listing = Listing { page_size: NEWEST, order: VERSIONS.order, ..Listing::default() };
    let (page, editors) = version::list_with_editors(tx, request.actor()?, at, of, &listing)?;
    let newest = page.items.first().map(|meta| meta.id);
    let lines = page.items.into_iter().map(|meta| VersionRow::of(meta, &editors, |meta| Some(meta.id) == newest)).collect();
    Ok(Newest { lines, total: page.total })
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![
        get(all!("/{entry}/versions"), |request, tx| page(request, tx, None)),
        post(all!("/{entry}/versions/{version}/restore"), page, restore)
            .shown_at(all!("/{entry}/versions"))
            .does("restore-version")
            .needs(Permission::EntryWrite),
    ]
}

fn page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let (actor, id) = (request.actor()?.clone(), request.id_of::<EntryId>("entry", kind.noun)?);
    let found = entry::get(tx, &actor, at, kind, id, None)?.found;
    let listing = request.listing(&VERSIONS, &["show", "against"])?;
    let (page, editors) = version::list_with_editors(tx, &actor, at, (kind, id), &listing)?;
    let pager = Pager::of(request, &page)?;
    let wanted = |name: &str| request.query(name).and_then(|id| id.parse::<VersionId>().ok());
    let shown = wanted("show").or_else(|| page.items.first().map(|one| one.id)).ok_or(Error::NotFound("version"))?;
    let Compared { version: shown, against, difference, trees, .. } = version::compare(tx, &actor, (at.0, at.1), shown, wanted("against"))?;
    if shown.entry != id {
        return Err(Error::NotFound("version"));
    }
    let lines = page.items.into_iter().map(|meta| VersionRow::of(meta, &editors, |meta| meta.id == shown.id)).collect();
    let enabled = c.project.as_ref().map(|project| project.locales.clone()).unwrap_or_default();
    let locales = Locales { default: enabled.first().map_or("", String::as_str), enabled: &enabled };
    let told = EditorWords { c: &c, kind, trees: &trees, locales, names: reference::names(tx, &actor, at, difference.values())? };
    let fields = difference.fields.into_iter().map(|one| changed(&told, told.field(&one.field), one)).collect();
    let blocks = difference.blocks.into_iter().map(|one| block(&told, one)).collect();
    render(&List {
        fields,
        blocks,
        form: typed.cloned().unwrap_or_default(),
        at: format!("{back}/{id}"),
        name: found.name,
        current: found.version,
        c,
        app,
        back,
        kind,
        lines,
        pager,
        shown,
        against,
    })
}

fn changed(told: &EditorWords<'_>, label: String, change: FieldChange) -> Changed {
    let words = change.words.into_iter().map(|words| Piece { change: words.change, text: words.text });
    let mut pieces: Vec<_> = words.collect();
    if pieces.is_empty() || told.is_named(&change.before) || told.is_named(&change.after) {
        pieces.clear();
        let piece = |change, value: &Value| Some(Piece { change, text: told.value(value) }).filter(|piece| !piece.text.is_empty());
        pieces.extend(piece(WordChange::Removed, &change.before));
        pieces.extend(piece(WordChange::Added, &change.after));
    }
    Changed { label, locale: change.locale, pieces }
}

fn block(told: &EditorWords<'_>, change: NodeChange) -> Block {
    let level = || (told.c.word("version-level", change.level).to_string(), String::new());
    let (name, text) = told.block(&change.id).unwrap_or_else(level);
    let field = |one: FieldChange| changed(told, told.part_field(&one.field), one);
    let fields = change.fields.into_iter().filter(|one| one.field != "type").map(field).collect();
    Block { name, text, change: change.change.word(), moved: change.moved, fields }
}

fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = request.app()?;
    let id = request.id_of::<VersionId>("version", "version")?;
    let seen = request.form.text("version").parse().unwrap_or(0);
    let done = version::restore(tx, request.actor()?, (at.0, at.1), id, Some(seen))?;
    let t = |key: &str| request.locale.lang.t(key);
    let mut words = t("version-restored").n("n", done.from).to_string();
    if !done.missing.is_empty() {
        words = format!("{words} {}", t("version-missing").n("n", done.missing.len()));
    }
    if done.has_working_copy {
        words = format!("{words} {}", t("version-restored-behind"));
    }
    let entry = request.path().rsplitn(4, '/').nth(3).unwrap_or("/").to_owned();
    Ok(Done::Say(entry, words))
}
