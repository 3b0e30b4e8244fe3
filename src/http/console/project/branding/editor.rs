//! The editor of a branding: its fields beside what pages look like with them. A script asks for the same page again while somebody types, and
//! without one a button does.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{Method, header},
};
use askama::Template;

use crate::{
    domain::{
        Result,
        error::Faults,
        file::media_type,
        id::{BrandingId, ProjectPath},
        listing::{Filter, Listing, PAGE_SIZE_MAX, Test},
        project::branding::{
            Patch,
            css::stylesheet,
            field::{FIELDS, Group},
            look::Look,
        },
        spec::{Operand, Order},
    },
    http::{
        base::assets,
        branding as sheets,
        console::{
            base::{
                chrome::Chrome,
                done::Done,
                form::{Form, was},
                page_route::{PageRoute, custom, form, post},
                request::PageRequest,
                response::render,
            },
            file::{frame as file_frame, pick},
        },
    },
    service::{file::file, project::branding},
    store::Tx,
};

use super::{
    field::{DrawnField, Fields, form_of, groups, picker, read_change},
    frame::{BrandingRow, find_branding, frame, id},
};

const ONE: &str = "/o/{org}/p/{project}/branding/{id}";

/// The parameter that says that what is shown was typed, and is not stored.
const SHOWN: &str = "shown";

#[derive(Template)]
#[template(path = "project/branding/edit.html")]
struct Edit {
    c: Chrome,
    form: Form,
    id: BrandingId,
    name: String,
    is_first: bool,
    worn_by: Vec<String>,
    groups: Vec<Fields>,
    briefs: Vec<DrawnField>,
    /// The stylesheet of what is shown.
    sheet: String,
    seen: String,
    list: String,
    here: String,
}

/// The pages of this file.
pub(super) fn pages() -> Vec<PageRoute> {
    let mut pages: Vec<_> = form(ONE, page, save).into();
    pages.push(post("/o/{org}/p/{project}/branding/{id}/briefs", page, save_briefs).shown_at(ONE).does("briefs"));
    pages.push(custom(Method::GET, "/o/{org}/p/{project}/branding/{id}/look.css", look_typed));
    pages
}

const fn is_brief(group: Group) -> bool {
    matches!(group, Group::Briefs)
}

const fn is_look(group: Group) -> bool {
    !is_brief(group)
}

fn page(request: &PageRequest, tx: &mut Tx<'_>, sent: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let BrandingRow { branding, is_first, worn_by } = find_branding(request, tx, at)?;
    let here = format!("{list}/{}", branding.id);
    let asked = in_query(request);
    let mut look = branding.look.clone();
    let (mut form, mut sheet) = (form_of(&branding.name, &look), sheets::address(&branding));
    if let Some(sent) = sent.or(asked.as_ref()) {
        let mut faults = Faults::default();
        look.change(&read_change(sent, is_look), &mut faults);
        // What was sent with its faults has them; what is only looked at gets those of its fields.
        let sent = if asked.is_some() { sent.again(&faults) } else { sent.clone() };
        form = picked(&sent).over(form);
        sheet = format!("{here}/look.css?{}", query(&look));
    }
    if let Some((input, file)) = pick::chosen_file(request) {
        form = form.without(input).and(input, file);
    }
    let seen = form.filled_from("seen", branding.updated_at);
    let briefs = groups(&c, &form, &look, &[], is_brief).into_iter().flat_map(|group| group.fields).collect();
    let fonts = fonts(request, tx, at)?;
    let mut groups = groups(&c, &form, &look, &fonts, is_look);
    for one in groups.iter_mut().flat_map(|group| &mut group.fields).filter(|one| one.is_picture()) {
        one.file = file_frame::find_files(request, tx, std::slice::from_ref(&one.value))?.remove(&one.value);
    }
    render(&Edit { c, form, id: branding.id, name: branding.name, is_first, worn_by, groups, briefs, sheet, seen, list, here })
}

/// The fonts among the files of the project that readers see, by their names: what is stored of one, and its name.
fn fonts(request: &PageRequest, tx: &mut Tx<'_>, at: ProjectPath) -> Result<Vec<(String, String)>> {
    let of_type = Filter { field: "mimeType", test: Test::Is(Operand::Text(media_type::WOFF2.to_owned())) };
    let order = Order { field: "filename", descending: false };
    let listing = Listing { page_size: PAGE_SIZE_MAX, order, filters: vec![of_type], ..Listing::default() };
    let found = file::list(tx, request.actor()?, at, &listing)?.items.into_iter().filter(|file| file.is_public);
    Ok(found.map(|file| (format!("file:{}", file.id), file.original_filename)).collect())
}

/// What was typed, as the address says it, if it does.
fn in_query(request: &PageRequest) -> Option<Form> {
    request.query(SHOWN)?;
    let form = |form: Form, (name, value): (String, String)| form.and(&name, value);
    Some(request.filled_query().into_iter().filter(|(name, _)| name != SHOWN).fold(Form::default(), form))
}

/// The form in which each field says what counts of it: a colour that was picked stands as its text, too.
fn picked(sent: &Form) -> Form {
    let mut form = sent.clone();
    for field in FIELDS.iter().filter(|field| field.group == Group::Colors) {
        let pick = picker(field.name);
        let is_picked = !sent.text(&pick).is_empty() && sent.text(&pick) != sent.was(&pick);
        if is_picked {
            form = form.without(field.name).and(field.name, sent.text(&pick));
        }
        form = form.without(&pick).without(&was(&pick));
    }
    form
}

/// A look as a query; all that is in it has passed its check.
fn query(look: &Look) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for field in FIELDS.iter().filter(|field| is_look(field.group) && look.values().contains_key(field.name)) {
        query.append_pair(field.name, &look.text(field));
    }
    query.finish()
}

/// The stylesheet of what somebody has typed. It says nothing that its address does not say.
async fn look_typed(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let mut look = Look::default();
    let sent = FIELDS.iter().filter_map(|field| Some((field.name.to_owned(), field.parse(request.query(field.name)?))));
    // What is wrong in it is left out: the page that names this address has said so.
    look.change(&sent.collect(), &mut Faults::default());
    let css = stylesheet(&look, assets::FONTS);
    Ok(HttpResponse::Ok().content_type("text/css; charset=utf-8").insert_header((header::CACHE_CONTROL, "private, max-age=3600")).body(css))
}

fn save(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    keep(request, tx, Some(request.form.text("name").to_owned()), is_look)
}

fn save_briefs(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    keep(request, tx, None, is_brief)
}

fn keep(request: &PageRequest, tx: &mut Tx<'_>, name: Option<String>, wanted: fn(Group) -> bool) -> Result<Done> {
    let patch = Patch { name, look: read_change(&request.form, wanted) };
    let seen = request.form.text("seen").parse().unwrap_or_default();
    let changed = branding::update(tx, request.actor()?, request.project()?, (id(request)?, &patch), Some(seen))?;
    let to = format!("/o/{}/p/{}/branding/{}", request.param("org"), request.param("project"), changed.id);
    Ok(Done::Say(to, request.locale.lang.t("branding-saved").s("name", &changed.name).to_string()))
}
