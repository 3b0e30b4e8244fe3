//! The people of an organization: list, change a role, remove.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::{Permission, Role},
        error::Fault,
        id::MemberId,
        org::member::Patch,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form, get, post},
        pager::{Pager, Sorts},
        request::PageRequest,
        response::render,
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
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        get("/o/{org}/settings/members", |request, tx| list(request, tx, None)),
        post("/o/{org}/settings/members/{member}/role", list, change)
            .shown_at("/o/{org}/settings/members")
            .does("role")
            .needs(Permission::MemberManage)
            .fresh(),
    ];
    let removal = form("/o/{org}/settings/members/{member}/remove", |request, tx, _| remove_page(request, tx), remove);
    pages.extend(removal.map(|page| page.needs(Permission::MemberManage)));
    pages
}

fn id(request: &PageRequest) -> Result<MemberId> {
    request.id_of("member", "member")
}

/// People first; service accounts are changed on their own page.
fn list(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let listing = request.listing(&PEOPLE_FIRST, &[])?;
    let page = member::list(tx, request.actor()?, at.id, &listing)?;
    let (pager, sorts) = (Pager::of(request, &page)?, Sorts::of(request, &listing));
    let search = request.query("search").unwrap_or_default().to_owned();
    render(&List { c, form: typed.cloned().unwrap_or_default(), members: page.items, roles: ROLES, pager, sorts, search })
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    let role = Role::from_word(request.form.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role."))?;
    let patch = Patch { role: Some(role), title: None };
    let seen = Role::from_word(request.form.text("was"));
    let changed = member::update(tx, request.actor()?, (org, id(request)?), &patch, seen)?;
    let words = changed_words(request, &changed.person.name, (seen.unwrap_or(role), role));
    Ok(Done::Say(format!("/o/{}/settings/members", request.param("org")), words))
}

/// Whose role was changed, with the one that they had and the one that they have.
pub(in crate::http::console) fn changed_words(request: &PageRequest, name: &str, (was, now): (Role, Role)) -> String {
    let lang = request.locale.lang;
    let role = |role: Role| lang.t(&format!("role-{}", role.word())).to_string();
    lang.t("member-changed").s("name", name).s("role", role(now)).s("was", role(was)).to_string()
}

fn remove_page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let member = member::get(tx, request.actor()?, at.id, id(request)?)?;
    let back = format!("{}/members", c.settings());
    render(&Remove { c, member, back })
}

fn remove(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    member::delete(tx, request.actor()?, org, id(request)?)?;
    Ok(Done::Say(format!("/o/{}/settings/members", request.param("org")), request.locale.lang.t("member-removed").to_string()))
}
