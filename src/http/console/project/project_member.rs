//! Who has a role of their own in a project: list, add, change, remove.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::{InProject, Permission, Role},
        id::{ProjectMemberId, ProjectPath},
        listing::Listing,
        org::member::Patch,
    },
    http::console::{
        base::{
            chrome::Chrome,
            done::Done,
            form::Form,
            page_route::{PageRoute, form, get, post},
            pager::Pager,
            request::PageRequest,
            response::render,
        },
        org::{invitation::delivered, member::changed_words},
    },
    service::{org::member, project::placed_member},
    store::{
        Tx,
        org::member::{OrgMember, PEOPLE_FIRST},
        project::placed_member::{MEMBERS, Member},
    },
};

/// The roles that can be given in a project.
const ROLES: [Role; 3] = [Role::Admin, Role::Editor, Role::Viewer];

#[derive(Template)]
#[template(path = "project/project_member/list.html")]
struct List {
    c: Chrome,
    form: Form,
    members: Vec<Member<InProject>>,
    roles: [Role; 3],
    pager: Pager,
    search: String,
    here: String,
}

#[derive(Template)]
#[template(path = "project/project_member/new.html")]
struct New {
    c: Chrome,
    form: Form,
    roles: [Role; 3],
    /// Members of the organization to choose from; not all of them in a large one, and none for whoever may not see them.
    offered: Vec<OrgMember>,
    /// The words that say who can be added.
    hint: &'static str,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        get("/o/{org}/p/{project}/members", |request, tx| list(request, tx, None)),
        post("/o/{org}/p/{project}/members/{member}/role", list, change).shown_at("/o/{org}/p/{project}/members").does("role").fresh(),
        post("/o/{org}/p/{project}/members/{member}/remove", list, remove).shown_at("/o/{org}/p/{project}/members").does("leave"),
    ];
    pages.extend(form("/o/{org}/p/{project}/members/new", new_page, add).map(PageRoute::fresh));
    pages.into_iter().map(|page| page.needs(Permission::ProjectManage)).collect()
}

/// The frame of these pages, and where the list is.
fn frame(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Chrome, ProjectPath, String)> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let here = format!("{}/members", c.project_base());
    Ok((c, (org.id, at.id), here))
}

fn list(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let listing = request.listing(&MEMBERS, &[])?;
    let page = placed_member::list(tx, request.actor()?, at, &listing)?;
    let search = request.query("search").unwrap_or_default().to_owned();
    let form = typed.cloned().unwrap_or_default();
    render(&List { pager: Pager::of(request, &page)?, members: page.items, c, form, roles: ROLES, search, here })
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, back) = frame(request, tx)?;
    let form = typed.cloned().unwrap_or_else(|| Form::of([("role", Role::Editor.word().into())]));
    let most = Listing { page_size: 200, order: PEOPLE_FIRST.order, ..Listing::default() };
    // Somebody who has a role in this project alone types the address.
    let mut offered = if c.org_can().member_read() { member::list(tx, request.actor()?, at.0, &most)?.items } else { Vec::new() };
    offered.retain(|member| member.role != Role::Owner);
    let hint = if c.org_can().invitation_manage() { "project-member-hint-invites" } else { "project-member-hint" };
    render(&New { c, form, roles: ROLES, offered, hint, back })
}

/// Where the list is.
fn list_of(request: &PageRequest) -> String {
    format!("/o/{}/p/{}/members", request.param("org"), request.param("project"))
}

/// Back to the list, after something was done.
fn back(request: &PageRequest, words: &str) -> Done {
    Done::Say(list_of(request), request.locale.lang.t(words).to_string())
}

fn add(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = request.project()?;
    let wanted = (request.form.text("email"), request.form.role()?);
    match placed_member::add_by_email(tx, request.actor()?, at, wanted, &request.state.post())? {
        None => Ok(back(request, "project-member-added")),
        Some(invited) => Ok(delivered(request, list_of(request), invited)),
    }
}

fn id(request: &PageRequest) -> Result<ProjectMemberId> {
    request.id_of("member", "member")
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = request.project()?;
    let wanted = request.form.role()?;
    let patch = Patch { role: Some(wanted), title: None };
    let seen = Role::from_word(request.form.text("was"));
    let changed = placed_member::update(tx, request.actor()?, at, id(request)?, &patch, seen)?;
    Ok(Done::Say(list_of(request), changed_words(request, &changed.person.name, (seen.unwrap_or(wanted), wanted))))
}

fn remove(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = request.project()?;
    placed_member::delete(tx, request.actor()?, at, id(request)?)?;
    Ok(back(request, "member-removed"))
}
