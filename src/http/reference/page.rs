//! The pages of the reference, for everybody: what there is, one page a group, and the same as Markdown. Samples hold the ids of
//! whoever is signed in.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use actix_web::{
    HttpResponse,
    http::{Method, header},
};
use askama::Template;

use crate::{
    domain::{Error, Result},
    http::{
        api::{openapi, routes},
        console::{
            base::{
                chrome::Chrome,
                page_route::{PageRoute, custom, get, read},
                request::PageRequest,
                response::{html, render},
            },
            key::snippets::Snippets,
        },
    },
    store::Tx,
};

use super::{
    field::Field,
    group::{Group, Reference},
    markdown,
    operation::Operation,
    sample::{SampleTarget, Samples},
    site_map,
};

/// The reference, made when it is asked for first.
#[derive(Clone, Default)]
struct Shelf(Arc<OnceLock<Arc<Reference>>>);

impl Shelf {
    fn reference(&self, request: &PageRequest) -> Arc<Reference> {
        let state = &request.state;
        let make =
            || Arc::new(Reference::read(&openapi::document(&routes::all(state.store.kinds()), state.store.kinds(), &state.public_url)));
        self.0.get_or_init(make).clone()
    }
}

/// What all pages of the reference show.
struct Docs {
    reference: Arc<Reference>,
    /// The group of this page; empty for the list of all.
    slug: String,
    /// What is searched for.
    search: String,
    /// The ids of whoever is signed in.
    snippets: Option<Snippets>,
    place: SampleTarget,
}

#[derive(Template)]
#[template(path = "reference/index.html")]
struct Index {
    c: Chrome,
    d: Docs,
}

#[derive(Template)]
#[template(path = "reference/group.html")]
struct OfGroup<'a> {
    c: &'a Chrome,
    d: &'a Docs,
    group: &'a Group,
}

/// The list of fields of a body or an answer, and of what is in each.
#[derive(Template)]
#[template(path = "reference/fields.html")]
struct Fields<'a> {
    c: &'a Chrome,
    fields: &'a [Field],
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let shelf = Shelf::default();
    let [index, group, site] = [(); 3].map(|()| shelf.clone());
    vec![
        get("/docs", move |request, tx| render(&Index { c: Chrome::plain(request), d: docs(&index, request, tx, "")? })).open(),
        custom(Method::GET, "/docs/{group}", move |request| of_group(request, group.clone())).open(),
        custom(Method::GET, "/docs/openapi.json", |_| async {
            Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/api/openapi.json")).finish())
        })
        .open(),
        custom(Method::GET, "/llms.txt", move |request| site_map(request, site.clone())).open(),
    ]
}

/// What there is for agents.
async fn site_map(request: Arc<PageRequest>, shelf: Shelf) -> Result<HttpResponse> {
    let text = read(&request, move |request, _| Ok(site_map::llms(&request.state.public_url, &shelf.reference(request)))).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}

/// A group as a page, or as Markdown where its name ends so.
async fn of_group(request: Arc<PageRequest>, shelf: Shelf) -> Result<HttpResponse> {
    let asked = request.param("group").to_owned();
    let Some(slug) = asked.strip_suffix(".md") else {
        return Ok(html(200, read(&request, move |request, tx| show(&shelf, request, tx)).await?));
    };
    let slug = slug.to_owned();
    let text = read(&request, move |request, _| {
        let reference = shelf.reference(request);
        let place = SampleTarget { url: request.state.public_url.clone(), ..SampleTarget::default() };
        let found = || reference.group(&slug).map(|group| markdown::group(group, &place)).ok_or(Error::NotFound("page"));
        if slug == "index" { Ok(markdown::index(&reference, &place)) } else { found() }
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("text/markdown; charset=utf-8").body(text))
}

fn show(shelf: &Shelf, request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let docs = docs(shelf, request, tx, request.param("group"))?;
    let group = docs.reference.group(&docs.slug).ok_or(Error::NotFound("page"))?;
    render(&OfGroup { c: &Chrome::plain(request), d: &docs, group })
}

fn docs(shelf: &Shelf, request: &PageRequest, tx: &mut Tx<'_>, slug: &str) -> Result<Docs> {
    let snippets = if request.signed.is_some() { Snippets::own(request, tx)? } else { None };
    let mut place = SampleTarget { url: request.state.public_url.clone(), ..SampleTarget::default() };
    if let Some(known) = &snippets {
        place.ids.push(("organizationId", known.org.to_string()));
        place.ids.extend(known.project.map(|id| ("projectId", id.to_string())));
        place.apps = known.apps.iter().map(|app| (app.app_type.segment(), app.id.to_string())).collect();
    }
    let search = request.query("search").unwrap_or_default().to_owned();
    Ok(Docs { reference: shelf.reference(request), slug: slug.to_owned(), search, snippets, place })
}

impl Docs {
    /// The areas: name, and groups.
    fn areas(&self) -> &[(String, Vec<Group>)] {
        &self.reference.areas
    }

    /// What is found.
    fn matches(&self) -> Vec<(&Group, &Operation)> {
        self.reference.search(&self.search)
    }

    /// Whether this is the group of the page.
    fn is(&self, group: &Group) -> bool {
        group.slug == self.slug
    }

    /// How an operation is called.
    fn samples(&self, operation: &Operation) -> Samples {
        Samples::of(operation, &self.place)
    }

    /// Fields as they are shown.
    fn fields<'a>(&self, c: &'a Chrome, fields: &'a [Field]) -> Fields<'a> {
        Fields { c, fields }
    }

    /// The class of a method: reading is an outline, writing is filled, ending is red.
    fn verb(&self, operation: &Operation) -> &'static str {
        match operation.method.as_str() {
            "GET" => "verb",
            "DELETE" => "verb ends",
            _ => "verb writes",
        }
    }

    /// The path of an operation behind what all of its group begin with.
    fn rest<'o>(&self, group: &Group, operation: &'o Operation) -> &'o str {
        operation.path.strip_prefix(group.base()).filter(|rest| !rest.is_empty()).unwrap_or(&operation.path)
    }

    /// JSON as it is read.
    fn json(&self, operation: &Operation) -> String {
        format!("{:#}", operation.example)
    }
}

impl Fields<'_> {
    fn inside(&self, field: &Field) -> String {
        Fields { c: self.c, fields: &field.inner }.to_string()
    }
}

/// The parameters of a path, marked.
struct Marked<'p>(&'p str);

impl fmt::Display for Marked<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.replace('{', "<i>{").replace('}', "}</i>"))
    }
}

impl Docs {
    /// A path with its parameters marked; paths are written here and hold nothing to escape.
    fn marked<'p>(&self, path: &'p str) -> Marked<'p> {
        Marked(path)
    }
}
