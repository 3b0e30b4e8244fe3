//! Entries of every kind: list, make, edit what is not the content tree, publish, delete. One file for all kinds, made
//! from their descriptors.

use actix_web::http::Method;
use askama::Template;
use serde_json::{Map, Value, json};

use crate::{
    domain::{
        Error, Result,
        app::AppType,
        content::{Entry, KINDS, Kind, Status},
        error::Fault,
        id::EntryId,
        listing::Listing,
    },
    service::content::{self, At},
    store::Tx,
};

use super::{
    chrome::{self, Chrome},
    form::Form,
    page::{Done, Page, custom, form, get, post, render, see},
    pager::Pager,
    place::AppLink,
    visit::Visit,
};

/// Where all entries of a kind are.
macro_rules! all {
    ($more:literal) => {
        concat!("/o/{org}/p/{project}/website/{app}/{kind}", $more)
    };
}

#[derive(Template)]
#[template(path = "content/list.html")]
struct List {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    base: String,
    entries: Vec<Entry>,
    pager: Pager,
    search: String,
    status: String,
    sort: String,
}

#[derive(Template)]
#[template(path = "content/new.html")]
struct New {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    form: Form,
    back: String,
}

#[derive(Template)]
#[template(path = "content/edit.html")]
struct Edit {
    c: Chrome,
    app: AppLink,
    form: Form,
    entry: Entry,
    locale: String,
    /// The languages of the project, and whether the entry has a title in each.
    locales: Vec<(String, bool)>,
    has_excerpt: bool,
    back: String,
    at: String,
}

#[derive(Template)]
#[template(path = "content/delete.html")]
struct Delete {
    c: Chrome,
    entry: Entry,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        custom(Method::GET, "/o/{org}/p/{project}/website/{app}", |visit| async move {
            visit.state.store.read(|tx| place(&visit, tx))?;
            Ok(see(&format!("{}/pages", visit.path())))
        }),
        get(all!(""), list),
        post(all!("/{entry}/status"), edit_page, set_status),
    ];
    pages.extend(form(all!("/new"), new_page, make));
    pages.extend(form(all!("/{entry}"), edit_page, change));
    pages.extend(form(all!("/{entry}/delete"), |visit, tx, _| delete_page(visit, tx), delete));
    pages
}

/// The kind of the path.
fn kind(visit: &Visit) -> Result<&'static Kind> {
    let segment = visit.param("kind");
    let found = KINDS.iter().find(|kind| kind.app_type == AppType::Website && kind.segment == segment);
    found.copied().ok_or(Error::NotFound("page"))
}

/// The frame, the app of the path, and where all entries of the kind are.
fn frame(visit: &Visit, tx: &mut Tx<'_>) -> Result<(Chrome, AppLink, At, String)> {
    let (c, org, project) = Chrome::project(visit, tx)?;
    let slug = visit.param("app");
    let app =
        project.apps.iter().find(|app| app.slug == slug && app.app_type == AppType::Website).cloned().ok_or(Error::NotFound("app"))?;
    let base = format!("{}/{}", c.app_base(&app), visit.param("kind"));
    let at = (org.id, project.id, app.id);
    Ok((c, app, at, base))
}

/// Where the path points, for a form that was sent.
fn place(visit: &Visit, tx: &mut Tx<'_>) -> Result<At> {
    let (org, project) = chrome::project_id(visit, tx)?;
    let app = crate::service::app::get_by_slug(tx, visit.actor()?, (org, project), visit.param("app"))?;
    Ok((org, project, app.id))
}

fn id(visit: &Visit) -> Result<EntryId> {
    visit.id_of("entry", "entry")
}

/// The version that the form was filled from; one that is none is stale.
fn seen(visit: &Visit) -> Option<i64> {
    Some(visit.form.text("version").parse().unwrap_or(0))
}

fn list(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let kind = kind(visit)?;
    let (c, app, at, base) = frame(visit, tx)?;
    let listing = Listing { lite: true, ..Listing::parse(&kind.listing, &[], &visit.filled_query()).map_err(Error::Invalid)? };
    let page = content::list(tx, visit.actor()?, at, kind, &listing, None)?;
    let text = |name: &str| visit.query(name).unwrap_or_default().to_owned();
    let (search, status, sort) = (text("search"), text("status"), text("sort"));
    render(&List { c, app, kind, base, pager: Pager::of(visit, &page), entries: page.items, search, status, sort })
}

fn new_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(visit)?;
    let (c, app, _, back) = frame(visit, tx)?;
    render(&New { c, app, kind, form: typed.cloned().unwrap_or_default(), back })
}

fn make(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let name = visit.form.text("name");
    let slug = visit.form.optional("slug").unwrap_or_else(|| crate::domain::text::slug_from(name, kind.noun));
    let body = json!({ "name": name, "slug": slug });
    let made = content::create(tx, visit.actor()?, at, kind, body.as_object().unwrap_or(&Map::new()))?;
    let base = visit.path().strip_suffix("/new").unwrap_or_default().to_owned();
    Ok(Done::Say(format!("{base}/{}", made.id), visit.reader.lang.t("content-made").s("name", made.name).to_string()))
}

/// The text of a localized value in one language; of a plain one only in the default language.
fn text_in(value: &Value, locale: &str, default: &str) -> String {
    let found = match value {
        Value::Object(map) => map.get(locale).and_then(Value::as_str),
        Value::String(text) if locale == default => Some(text.as_str()),
        _ => None,
    };
    found.unwrap_or_default().to_owned()
}

fn edit_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let kind = kind(visit)?;
    let (c, app, at, back) = frame(visit, tx)?;
    let entry = content::get(tx, visit.actor()?, at, kind, id(visit)?, None)?;
    let all = c.project.as_ref().map(|project| project.locales.clone()).unwrap_or_default();
    let default = all.first().cloned().unwrap_or_default();
    let chosen = typed.map(|form| form.text("locale").to_owned()).or_else(|| visit.query("locale").map(str::to_owned));
    let locale = chosen.filter(|tag| all.contains(tag)).unwrap_or_else(|| default.clone());
    let fields: Value = serde_json::from_str(&entry.fields).unwrap_or_default();
    let locales = all.into_iter().map(|tag| (tag.clone(), !text_in(&fields["title"], &tag, &default).is_empty())).collect();
    let kept = stored(&entry, &fields, &locale, &default);
    let form = match typed {
        Some(typed) if typed.is_stale() => typed.clone().without("version").over(kept),
        Some(typed) => typed.over(kept),
        None => kept,
    };
    let at = format!("{back}/{}", entry.id);
    render(&Edit { c, app, form, locale, locales, has_excerpt: kind.field("excerpt").is_some(), back, at, entry })
}

/// The form as the entry is.
fn stored(entry: &Entry, fields: &Value, locale: &str, default: &str) -> Form {
    let text = |value: &Value| text_in(value, locale, default);
    let tags: Vec<_> = fields["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    Form::of([
        ("name", entry.name.clone()),
        ("slug", entry.slug.clone().unwrap_or_default()),
        ("title", text(&fields["title"])),
        ("excerpt", text(&fields["excerpt"])),
        ("seo.title", text(&fields["seo"]["title"])),
        ("seo.description", text(&fields["seo"]["description"])),
        ("tags", tags.join(", ")),
        ("locale", locale.to_owned()),
        ("version", entry.version.to_string()),
    ])
}

fn change(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let form = &visit.form;
    let locale = form.optional("locale").ok_or_else(|| Fault::new("locale", "required", "A language is needed."))?;
    // Nothing typed takes that language away; the others stay.
    let local = |name: &str| json!({ locale.as_str(): form.optional(name) });
    let tags: Vec<_> = form.text("tags").split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect();
    let mut body = json!({ "name": form.text("name"), "slug": form.text("slug"), "title": local("title"), "tags": tags,
        "seo": { "title": local("seo.title"), "description": local("seo.description") } });
    if kind.field("excerpt").is_some() {
        body["excerpt"] = local("excerpt");
    }
    let body = body.as_object().cloned().unwrap_or_default();
    let changed = content::update(tx, visit.actor()?, at, (kind, id(visit)?), &body, seen(visit))?;
    Ok(Done::Say(
        format!("{}?locale={}", visit.path(), super::visit::encode(&locale)),
        visit.reader.lang.t("content-saved").s("name", changed.name).to_string(),
    ))
}

fn set_status(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    let published = visit.form.text("status") == Status::Published.word();
    content::set_published(tx, visit.actor()?, at, (kind, id(visit)?), published, seen(visit))?;
    let words = if published { "content-published" } else { "content-unpublished" };
    let to = visit.path().strip_suffix("/status").unwrap_or_default().to_owned();
    Ok(Done::Say(to, visit.reader.lang.t(words).to_string()))
}

fn delete_page(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let kind = kind(visit)?;
    let (c, _, at, base) = frame(visit, tx)?;
    let entry = content::get(tx, visit.actor()?, at, kind, id(visit)?, None)?;
    render(&Delete { c, back: format!("{base}/{}", entry.id), entry })
}

fn delete(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (kind, at) = (kind(visit)?, place(visit, tx)?);
    content::delete(tx, visit.actor()?, at, (kind, id(visit)?), None)?;
    let back = visit.path().rsplitn(3, '/').nth(2).unwrap_or("/").to_owned();
    Ok(Done::Say(back, visit.reader.lang.t("content-deleted").to_string()))
}
