//! The find page of a project: all its content that one may read, by the words in it. What is found leads into the editor, at the block
//! in which it stands.

use std::collections::HashMap;

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::{Kind, Status, held_by, of_type},
        error::Fault,
        id::AppId,
        key::secret,
        language,
        search::Query,
    },
    http::console::base::{
        chrome::{Chrome, field_key},
        link::AppLink,
        page_route::{PageRoute, get},
        pager::{Pager, no_such_state},
        request::{PageRequest, encode},
        response::render,
    },
    service::{
        content::search::{self, ContentSearch, FOUND, Find},
        project::app,
    },
    store::Tx,
};

#[derive(Template)]
#[template(path = "content/find/list.html")]
struct List {
    c: Chrome,
    lines: Vec<Line>,
    pager: Pager,
    search: String,
    filters: Vec<Filter>,
    /// Whether no entry holds all words, and these hold some.
    is_part: bool,
    /// Whether only the newest of all that match were looked at.
    is_cut: bool,
    here: String,
}

/// A way to narrow the list.
struct Filter {
    /// The parameter, and its words.
    name: &'static str,
    label: &'static str,
    chosen: String,
    /// The words for all, and what can be chosen: value and words.
    all: String,
    choices: Vec<(String, String)>,
}

/// An entry that was found.
struct Line {
    find: Find,
    to: String,
    app: String,
    /// What the place is called in which it was found, and its icon.
    place: (&'static str, String),
}

impl List {
    /// Whether the list is narrowed.
    fn is_narrowed(&self) -> bool {
        self.filters.iter().any(|filter| !filter.chosen.is_empty())
    }
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![get("/o/{org}/p/{project}/find", list).needs(Permission::ProjectSee)]
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, org, project) = Chrome::project(request, tx)?;
    let search = secret::without_secrets(request.query("search").unwrap_or_default());
    let listing = request.listing(&FOUND, &[])?;
    let app =
        request.query("app").map(|slug| project.apps.iter().find(|app| app.slug == slug).ok_or(Error::NotFound("app"))).transpose()?;
    let wanted = ContentSearch {
        query: Query::of(&search),
        kinds: kind(request, &c)?.map(|kind| vec![kind]),
        app: app.map(|app| app.id),
        status: request.query("status").map(|word| Status::from_word(word).ok_or_else(no_such_state)).transpose()?,
        locale: locale(request, &project.locales)?,
        page: (listing.page, listing.page_size),
        ..ContentSearch::default()
    };
    let found = search::find_own(tx, request.actor()?, (org.id, project.id), &wanted)?;
    let pager = Pager::of(request, &found.page)?;
    let mut apps: HashMap<AppId, AppLink> = project.apps.iter().map(|app| (app.id, app.clone())).collect();
    let mut lines = Vec::with_capacity(found.page.items.len());
    for find in found.page.items {
        // The frame does not have all apps of a project with very many.
        if !apps.contains_key(&find.entry.app) {
            let app = app::get(tx, request.actor()?, (org.id, project.id, find.entry.app))?;
            apps.insert(app.id, AppLink { id: app.id, name: app.name, slug: app.slug, app_type: app.app_type });
        }
        lines.extend(apps.get(&find.entry.app).map(|app| line(&c, app, find)));
    }
    let filters = filters(request, &c, app);
    let here = format!("{}/find", c.project_base());
    render(&List { filters, lines, pager, search, is_part: found.is_part, is_cut: found.is_cut, here, c })
}

/// The kind that the list is narrowed to.
fn kind(request: &PageRequest, c: &Chrome) -> Result<Option<&'static Kind>> {
    let Some(word) = request.query("type") else { return Ok(None) };
    Ok(Some(of_type(c.kinds, word).ok_or_else(|| Fault::new("type", "unknown_kind", "There is no such kind of content."))?))
}

/// The language that the list is narrowed to.
fn locale(request: &PageRequest, locales: &[String]) -> Result<Option<String>> {
    let Some(tag) = request.query("language") else { return Ok(None) };
    let found = locales.iter().find(|one| *one == tag);
    let unknown = || Fault::new("language", "unknown_locale", "This is not a language of the project.");
    Ok(Some(found.ok_or_else(unknown)?.clone()))
}

/// The filters that there is something to choose in.
fn filters(request: &PageRequest, c: &Chrome, app: Option<&AppLink>) -> Vec<Filter> {
    let (apps, locales) = c.project.as_ref().map(|project| (project.apps.as_slice(), project.locales.as_slice())).unwrap_or_default();
    let with_content: Vec<_> = apps.iter().filter(|app| c.has_content(app)).collect();
    let holds = |kind: &&&'static Kind| {
        let mut of = with_content.iter().filter(|one| app.is_none_or(|app| app.id == one.id));
        of.any(|app| held_by(c.kinds, app.app_type).any(|held| held.content_type == kind.content_type))
    };
    let kinds = c.kinds.iter().filter(holds).map(|kind| (kind.content_type.to_owned(), c.of_kind(kind, "many").to_string())).collect();
    let states = ["published", "draft", "scheduled"].map(|word| (word.to_owned(), c.word("content-are", word).to_string()));
    let filter = |name, label, all: &str, choices: Vec<(String, String)>| Filter {
        name,
        label,
        chosen: request.query(name).unwrap_or_default().to_owned(),
        all: c.t(all).to_string(),
        choices,
    };
    let mut all = vec![
        filter("app", "find-app", "find-every-app", with_content.iter().map(|app| (app.slug.clone(), app.name.clone())).collect()),
        filter("type", "trash-kind", "trash-every-kind", kinds),
        filter("status", "content-status", "find-every-status", states.into()),
        filter(
            "language",
            "content-languages",
            "content-any-language",
            locales.iter().map(|tag| (tag.clone(), language::name(tag).to_owned())).collect(),
        ),
    ];
    all.retain(|filter| filter.choices.len() > 1);
    all
}

fn line(c: &Chrome, app: &AppLink, find: Find) -> Line {
    let base = format!("{}/{}/{}?locale={}", c.app_base(app), find.entry.kind.segment, find.entry.id, encode(&find.locale));
    let (to, place) = match &find.block {
        Some((id, kind)) => {
            let known = crate::domain::content::blocks::of_type(kind);
            let words = known.map_or_else(|| kind.clone(), |_| c.word("block", kind).to_string());
            (format!("{base}&open={0}#part-{0}", encode(id)), (known.map_or("lock", |block| block.icon), words))
        }
        None => (base, (find.entry.kind.icon, field(c, &find.field))),
    };
    Line { to, place, app: app.name.clone(), find }
}

/// What a field of an entry is called; one without words by its own name.
fn field(c: &Chrome, name: &str) -> String {
    let key = field_key(name);
    if c.locale().lang.has(&key) { c.t(&key).to_string() } else { name.to_owned() }
}
