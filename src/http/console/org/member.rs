//! The people of an organization: list, change a role, remove.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Permission, Role},
        error::Fault,
        id::MemberId,
        listing::Listing,
        org::member::Patch,
    },
    http::console::base::{
        chrome::{self, Chrome},
        form::Form,
        page::{Done, Page, form, get, post, render},
        pager::{Pager, Sorts},
        visit::Visit,
    },
    service::org::member,
    store::{
        Tx,
        org::member::{OrgMember, PEOPLE_FIRST},
    },
};

/// The roles that a member can be given.
pub const ROLES: [Role; 4] = [Role::Admin, Role::Editor, Role::Viewer, Role::Collaborator];

#[derive(Template)]
#[template(path = "org/member/list.html")]
struct List {
    c: Chrome,
    form: Form,
    members: Vec<OrgMember>,
    roles: [Role; 4],
    pager: Pager,
    sorts: Sorts,
    search: String,
}

#[derive(Template)]
#[template(path = "org/member/remove.html")]
struct Remove {
    c: Chrome,
    member: OrgMember,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        get("/o/{org}/settings/members", |visit, tx| list(visit, tx, None)),
        post("/o/{org}/settings/members/{member}/role", list, change).shown_at("/o/{org}/settings/members").does("role").fresh(),
    ];
    pages.extend(form("/o/{org}/settings/members/{member}/remove", |visit, tx, _| remove_page(visit, tx), remove));
    pages
}

fn id(visit: &Visit) -> Result<MemberId> {
    visit.id_of("member", "member")
}

/// People first; service accounts are changed on their own page.
fn list(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let listing = Listing::parse(&PEOPLE_FIRST, &[], &visit.filled_query()).map_err(Error::Invalid)?;
    let page = member::list(tx, visit.actor()?, at.id, &listing)?;
    let (pager, sorts) = (Pager::of(visit, &page)?, Sorts::of(visit, &listing));
    let search = visit.query("search").unwrap_or_default().to_owned();
    render(&List { c, form: typed.cloned().unwrap_or_default(), members: page.items, roles: ROLES, pager, sorts, search })
}

fn change(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    let role = Role::from_word(visit.form.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role."))?;
    let patch = Patch { role: Some(role), title: None };
    let seen = Role::from_word(visit.form.text("was"));
    let changed = member::update(tx, visit.actor()?, (org, id(visit)?), &patch, seen)?;
    let words = visit.reader.lang.t("member-changed").s("name", changed.person.name);
    Ok(Done::Say(format!("/o/{}/settings/members", visit.param("org")), words.to_string()))
}

fn remove_page(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let member = member::get(tx, visit.actor()?, at.id, id(visit)?)?;
    c.needs(Permission::MemberManage)?;
    let back = format!("{}/members", c.settings());
    render(&Remove { c, member, back })
}

fn remove(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    member::delete(tx, visit.actor()?, org, id(visit)?)?;
    Ok(Done::Say(format!("/o/{}/settings/members", visit.param("org")), visit.reader.lang.t("member-removed").to_string()))
}
