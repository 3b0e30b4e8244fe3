//! Service accounts of an organization: list, make, change, disable, delete; each with its keys.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::{Permission, Role},
        error::Fault,
        id::UserId,
        listing::{self, Listing, PAGE_SIZE_MAX},
        org::{
            member::{AppRole, ProjectRole},
            service_account::{AccountFilter, Draft, Patch, RoleChange, ServiceAccount, Summary},
        },
        spec::Order,
    },
    http::console::{
        base::{
            chrome::Chrome,
            done::Done,
            form::{Choice, Form},
            page_route::{PageRoute, form, get, post},
            pager::{Pager, Segment, Sorts, no_such_state},
            request::PageRequest,
            response::render,
        },
        key::{
            calls::{self, Calls},
            key_list::{Keys, of_account},
            snippets::Snippets,
        },
    },
    service::{
        key::calls as stories,
        org::service_account::{self, Roster},
        project::project,
    },
    store::{Tx, org::service_account::ROSTER},
};

/// The roles that a service account can have.
const ROLES: [Role; 4] = [Role::Admin, Role::Editor, Role::Viewer, Role::Collaborator];
/// The roles that it can be given in a project.
const PLACES: [Role; 3] = [Role::Admin, Role::Editor, Role::Viewer];
/// The ways to narrow the list.
const SEGMENTS: [(&str, AccountFilter); 3] =
    [("all", AccountFilter::All), ("active", AccountFilter::Active), ("disabled", AccountFilter::Disabled)];

#[derive(Template)]
#[template(path = "org/service_account/list.html")]
struct List {
    c: Chrome,
    accounts: Vec<Summary>,
    segments: Vec<Segment>,
    roles: [Role; 4],
    /// How many projects the organization has.
    projects: u64,
    pager: Pager,
    sorts: Sorts,
    search: String,
    role: String,
    filtered: bool,
    minutes: u64,
}

#[derive(Template)]
#[template(path = "org/service_account/one.html")]
struct One {
    c: Chrome,
    form: Form,
    one: Summary,
    keys: Keys,
    /// What was done with all its keys.
    calls: Calls,
    snippets: Snippets,
    /// The projects that it was added to, and the page of them.
    projects: Vec<ProjectRole>,
    placed: Pager,
    apps: Vec<AppRole>,
    /// Projects that it can be added to, and how many more there are.
    others: Vec<ProjectRole>,
    others_total: u64,
    roles: [Role; 3],
    at: String,
}

#[derive(Template)]
#[template(path = "org/service_account/edit.html")]
struct Edit {
    c: Chrome,
    form: Form,
    roles: [Role; 4],
    /// The projects that it can be added to, and what it can be there.
    projects: Vec<Choice>,
    places: [Role; 3],
    /// Whether there are more projects than the form shows.
    more: bool,
    /// The name of the one that is changed; none for a new one.
    name: Option<String>,
    /// What tells whether it was changed since the form was filled; empty for a new one.
    seen: String,
    to: String,
    back: String,
}

#[derive(Template)]
#[template(path = "org/service_account/end.html")]
struct End {
    c: Chrome,
    account: ServiceAccount,
    /// How many keys stop working.
    keys: u64,
    /// Whether it is deleted, not disabled.
    delete: bool,
    to: String,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages =
        vec![get("/o/{org}/settings/accounts", list), get("/o/{org}/settings/accounts/{account}", |request, tx| one(request, tx, None))];
    let managed = |page: PageRoute| page.needs(Permission::AccountManage);
    pages.extend(form("/o/{org}/settings/accounts/new", new_page, make).map(managed).map(PageRoute::fresh));
    pages.extend(form("/o/{org}/settings/accounts/{account}/edit", edit_page, change).map(managed).map(PageRoute::fresh));
    let disabling = form(
        "/o/{org}/settings/accounts/{account}/disable",
        |request, tx, _| end_page(request, tx, false),
        |request, tx| switch(request, tx, true),
    );
    pages.extend(disabling.map(managed));
    let deletion = form("/o/{org}/settings/accounts/{account}/delete", |request, tx, _| end_page(request, tx, true), delete);
    pages.extend(deletion.map(managed));
    pages.push(
        post("/o/{org}/settings/accounts/{account}/enable", one, |request, tx| switch(request, tx, false))
            .shown_at("/o/{org}/settings/accounts/{account}")
            .does("enable")
            .needs(Permission::AccountManage)
            .fresh(),
    );
    pages
}

/// The account of the path.
///
/// # Errors
/// Not found.
pub fn id(request: &PageRequest) -> Result<UserId> {
    request.id_of("account", "service account")
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let listing = request.listing(&ROSTER, &["status"])?;
    let word = request.query("status").unwrap_or(SEGMENTS[0].0);
    let shown = SEGMENTS.into_iter().find(|(known, _)| *known == word).map(|(_, shown)| shown).ok_or_else(no_such_state)?;
    let Roster { page, counts, projects } = service_account::roster(tx, request.actor()?, at.id, shown, &listing)?;
    let segment = |((word, each), count): ((&'static str, AccountFilter), u64)| Segment {
        words: request.locale.lang.t(&format!("account-segment-{word}")).to_string(),
        to: request.with("status", if each == AccountFilter::All { "" } else { word }),
        count,
        here: each == shown,
    };
    let text = |name: &str| request.query(name).unwrap_or_default().to_owned();
    render(&List {
        segments: SEGMENTS.into_iter().zip(counts).map(segment).collect(),
        pager: Pager::of(request, &page)?,
        sorts: Sorts::of(request, &listing),
        filtered: listing.search.is_some() || !listing.filters.is_empty() || shown != AccountFilter::All,
        accounts: page.items,
        roles: ROLES,
        search: text("search"),
        role: text("role"),
        minutes: request.state.tokens.ttl().as_secs() / 60,
        projects,
        c,
    })
}

/// The page of one account; `typed` is what was wrong with adding it to a project.
pub fn one(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, org) = Chrome::org(request, tx)?;
    let page = request.query("placed").map_or(Ok(1), |page| listing::page_number("placed", page))?;
    let sheet = service_account::sheet(tx, request.actor()?, org.id, id(request)?, page)?;
    let account = &sheet.summary.account;
    let keys = of_account(request, tx, (org.id, account.id), &format!("{}/keys", c.settings()))?;
    let at = format!("{}/accounts/{}", c.settings(), account.id);
    let story = stories::of_account(tx, request.actor()?, (org.id, account.id), calls::since(request))?;
    let snippets = Snippets::of(request, tx, (org.id, Some(account.id)), None)?;
    render(&One {
        calls: Calls::of(request, &c, &c.settings(), story),
        snippets,
        form: typed.cloned().unwrap_or_else(|| Form::of([("role", Role::Viewer.word().into())])),
        placed: Pager::with_parameter(request, &sheet.projects, "placed")?,
        projects: sheet.projects.items,
        apps: sheet.apps,
        others_total: sheet.others.total,
        others: sheet.others.items,
        one: sheet.summary,
        roles: PLACES,
        keys,
        at,
        c,
    })
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let order = Order { field: "name", descending: false };
    let by_name = Listing { page_size: PAGE_SIZE_MAX, lite: true, order, ..Listing::default() };
    let page = project::list(tx, request.actor()?, at.id, &by_name)?;
    let more = page.total > page.items.len() as u64;
    let projects = page.items.into_iter().map(|one| Choice { id: one.id.to_string(), name: one.name }).collect();
    let back = format!("{}/accounts", c.settings());
    let form = typed.cloned().unwrap_or_else(|| Form::of([("role", Role::Viewer.word().into())]));
    render(&Edit {
        c,
        form,
        roles: ROLES,
        projects,
        places: PLACES,
        more,
        name: None,
        seen: String::new(),
        to: format!("{back}/new"),
        back,
    })
}

/// The projects that were chosen, for a collaborator; other roles reach all.
fn places(request: &PageRequest, role: Role) -> Result<Vec<RoleChange>> {
    if role.implied_in_projects().is_some() {
        return Ok(Vec::new());
    }
    let unknown = || Fault::new("place", "malformed", "Choose a role for each project, or none.");
    let place = |text: &str| {
        let (project, role) = text.split_once(':').ok_or_else(unknown)?;
        let role = if role.is_empty() { None } else { Some(Role::from_word(role).ok_or_else(unknown)?) };
        Ok((project.parse().map_err(|_| unknown())?, role))
    };
    request.form.all("place").into_iter().map(place).collect()
}

fn make(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    let role = request.form.role()?;
    let draft = Draft { name: request.form.text("name").into(), role, description: request.form.optional("description") };
    let made = service_account::create_in(tx, request.actor()?, org, &draft, &places(request, role)?)?;
    Ok(back_saying(request, made.id, "account-made"))
}

fn edit_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let account = service_account::get(tx, request.actor()?, at.id, id(request)?)?;
    let page = service_account::places(tx, request.actor()?, at.id, account.id)?;
    let back = format!("{}/accounts/{}", c.settings(), account.id);
    let stamp = service_account::stamp(&account, &page.items);
    let form = typed.cloned().unwrap_or_else(|| {
        let description = account.description.clone().unwrap_or_default();
        let form = Form::of([("name", account.name.clone()), ("role", account.role.word().into()), ("description", description)]);
        let given = page.items.iter().filter_map(|one| Some(format!("{}:{}", one.project_id, one.role?.word())));
        given.fold(form, |form, place| form.and("place", place))
    });
    let more = page.total > page.items.len() as u64;
    let projects = page.items.into_iter().map(|one| Choice { id: one.project_id.to_string(), name: one.project_name }).collect();
    let to = format!("{back}/edit");
    let seen = form.filled_from("seen", stamp);
    render(&Edit { c, form, roles: ROLES, projects, places: PLACES, more, name: Some(account.name), seen, to, back })
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    let (role, description) = (request.form.role()?, Some(request.form.optional("description")));
    let patch = Patch { name: Some(request.form.text("name").into()), role: Some(role), description, disabled: None };
    let changed =
        service_account::update_in(tx, request.actor()?, (org, id(request)?), &patch, &places(request, role)?, request.form.text("seen"))?;
    Ok(back_saying(request, changed.id, "saved"))
}

fn switch(request: &PageRequest, tx: &mut Tx<'_>, disabled: bool) -> Result<Done> {
    let org = request.org()?;
    let patch = Patch { disabled: Some(disabled), ..Patch::default() };
    let changed = service_account::update(tx, request.actor()?, org, id(request)?, &patch)?;
    Ok(back_saying(request, changed.id, if disabled { "account-disabled-said" } else { "account-enabled-said" }))
}

/// Back to the page of an account, which says what was done.
pub fn back_saying(request: &PageRequest, id: UserId, words: &str) -> Done {
    Done::Say(format!("/o/{}/settings/accounts/{id}", request.param("org")), request.locale.lang.t(words).to_string())
}

fn end_page(request: &PageRequest, tx: &mut Tx<'_>, delete: bool) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let account = service_account::get(tx, request.actor()?, at.id, id(request)?)?;
    let keys = of_account(request, tx, (at.id, account.id), "")?.active;
    let back = format!("{}/accounts/{}", c.settings(), account.id);
    render(&End { c, account, keys, delete, to: format!("{back}/{}", if delete { "delete" } else { "disable" }), back })
}

fn delete(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    service_account::delete(tx, request.actor()?, org, id(request)?)?;
    Ok(Done::Say(format!("/o/{}/settings/accounts", request.param("org")), request.locale.lang.t("account-deleted").to_string()))
}
