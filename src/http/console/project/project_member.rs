//! Who has a role of their own in a project: list, add, change, remove.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Permission, Role},
        error::Fault,
        id::{OrgId, ProjectId, ProjectMemberId},
        listing::Listing,
        org::member::Patch,
    },
    http::console::{
        base::{
            chrome::{self, Chrome},
            form::Form,
            page::{Done, Page, form, get, post, render},
            pager::Pager,
            visit::Visit,
        },
        org::invitation::delivered,
    },
    service::{org::member, project::placed_member::in_project},
    store::{
        Tx,
        org::member::{OrgMember, PEOPLE_FIRST},
        project::project_member::{MEMBERS, Member},
    },
};

/// The roles that can be given in a project.
const ROLES: [Role; 3] = [Role::Admin, Role::Editor, Role::Viewer];

#[derive(Template)]
#[template(path = "project/project_member/list.html")]
struct List {
    c: Chrome,
    form: Form,
    members: Vec<Member>,
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
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        get("/o/{org}/p/{project}/members", |visit, tx| list(visit, tx, None)),
        post("/o/{org}/p/{project}/members/{member}/role", list, change).shown_at("/o/{org}/p/{project}/members").does("role").fresh(),
        post("/o/{org}/p/{project}/members/{member}/remove", list, remove).shown_at("/o/{org}/p/{project}/members").does("leave"),
    ];
    pages.extend(form("/o/{org}/p/{project}/members/new", new_page, add).map(Page::fresh));
    pages
}

/// The frame of these pages, and where the list is.
fn frame(visit: &Visit, tx: &mut Tx<'_>) -> Result<(Chrome, (OrgId, ProjectId), String)> {
    let (c, org, at) = Chrome::project(visit, tx)?;
    if !c.can(Permission::ProjectManage) {
        return Err(Error::NotFound("page"));
    }
    let here = format!("{}/members", c.project_base());
    Ok((c, (org.id, at.id), here))
}

fn list(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, here) = frame(visit, tx)?;
    let listing = Listing::parse(&MEMBERS, &[], &visit.filled_query()).map_err(Error::Invalid)?;
    let page = in_project::list(tx, visit.actor()?, at, &listing)?;
    let search = visit.query("search").unwrap_or_default().to_owned();
    let form = typed.cloned().unwrap_or_default();
    render(&List { pager: Pager::of(visit, &page)?, members: page.items, c, form, roles: ROLES, search, here })
}

fn new_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, back) = frame(visit, tx)?;
    let form = typed.cloned().unwrap_or_else(|| Form::of([("role", Role::Editor.word().into())]));
    let most = Listing { page_size: 200, order: PEOPLE_FIRST.order, ..Listing::default() };
    // Somebody who has a role in this project alone types the address.
    let mut offered = if c.org_can(Permission::MemberRead) { member::list(tx, visit.actor()?, at.0, &most)?.items } else { Vec::new() };
    offered.retain(|member| member.role != Role::Owner);
    let hint = if c.org_can(Permission::InvitationManage) { "project-member-hint-invites" } else { "project-member-hint" };
    render(&New { c, form, roles: ROLES, offered, hint, back })
}

/// Where the list is.
fn list_of(visit: &Visit) -> String {
    format!("/o/{}/p/{}/members", visit.param("org"), visit.param("project"))
}

/// Back to the list, after something was done.
fn back(visit: &Visit, words: &str) -> Done {
    Done::Say(list_of(visit), visit.reader.lang.t(words).to_string())
}

fn role(visit: &Visit) -> Result<Role> {
    Role::from_word(visit.form.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role.").into())
}

fn add(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let at = chrome::project_id(visit, tx)?;
    let wish = (visit.form.text("email"), role(visit)?);
    match in_project::add_by_email(tx, visit.actor()?, at, wish, &visit.state.post())? {
        None => Ok(back(visit, "project-member-added")),
        Some(invited) => Ok(delivered(visit, list_of(visit), invited)),
    }
}

fn id(visit: &Visit) -> Result<ProjectMemberId> {
    visit.id_of("member", "member")
}

fn change(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let at = chrome::project_id(visit, tx)?;
    let patch = Patch { role: Some(role(visit)?), title: None };
    // A role that was given since the list was shown is not overwritten unseen.
    if let Some(was) = Role::from_word(visit.form.text("was"))
        && in_project::get(tx, visit.actor()?, at, id(visit)?)?.role != was
    {
        return Err(Error::Stale);
    }
    in_project::update(tx, visit.actor()?, at, id(visit)?, &patch)?;
    Ok(back(visit, "saved"))
}

fn remove(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let at = chrome::project_id(visit, tx)?;
    in_project::delete(tx, visit.actor()?, at, id(visit)?)?;
    Ok(back(visit, "member-removed"))
}
