//! Organizations: the way in, a new one, profile and policies, handing over, deleting.

use actix_web::http::Method;
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Permission},
        account::user::User,
        error::Fault,
        key::key::ApiKey,
        listing::Listing,
        org::{
            member::Departure,
            organization::{Draft, Organization, Patch, Policy},
        },
    },
    http::console::base::{
        chrome::Chrome,
        done::{Done, Drawing},
        form::Form,
        page_route::{PageRoute, custom, form, form_prepared, read},
        request::PageRequest,
        response::{html, render, see},
    },
    service::{
        authorize, instance,
        org::{
            invitation, member, organization,
            policy::{self, Decision},
        },
    },
    store::{
        Tx,
        org::member::{OrgMember, PEOPLE_FIRST},
    },
};

#[derive(Template)]
#[template(path = "org/organization/none.html")]
struct NoOrganization {
    c: Chrome,
    /// Where the person was last.
    last: Option<Departure>,
    /// The names of organizations that invite them.
    invited: Vec<String>,
    /// Whom to ask for one.
    operators: Vec<User>,
}

#[derive(Template)]
#[template(path = "org/organization/new.html")]
struct New {
    c: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "org/organization/profile.html")]
struct Profile {
    c: Chrome,
    form: Form,
    /// When it was read, so that two tabs do not overwrite each other.
    seen: String,
}

#[derive(Template)]
#[template(path = "org/organization/transfer.html")]
struct Transfer {
    c: Chrome,
    form: Form,
    heirs: Vec<OrgMember>,
    back: String,
}

#[derive(Template)]
#[template(path = "org/organization/delete.html")]
struct Delete {
    c: Chrome,
    form: Form,
    name: String,
    back: String,
}

#[derive(Template)]
#[template(path = "org/policy/edit.html")]
struct Policies {
    c: Chrome,
    form: Form,
    /// Keys that live longer than the new policy allows, once it was sent to be looked at.
    touched: Option<Vec<ApiKey>>,
    /// How many more of them there are than are shown.
    more: usize,
    /// The policy that was looked at: another one is shown again before it is saved.
    confirmed: String,
    /// When the policies were read, as on the profile.
    seen: String,
}

/// Most keys that are named before a stricter policy is saved; the others are counted.
const SHOWN: usize = 50;

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        custom(Method::GET, "/", |request| async move {
            let first = |request: &PageRequest, tx: &mut Tx<'_>| {
                let mine = organization::list_mine(tx, request.actor()?, &Listing { page_size: 1, ..Listing::default() })?;
                match mine.items.first() {
                    Some((org, _)) => Ok(Err(format!("/o/{}", org.slug))),
                    None => nowhere_page(request, tx).map(Ok),
                }
            };
            Ok(read(&request, first).await?.map_or_else(|to| see(&to), |page| html(200, page)))
        }),
        custom(Method::GET, "/o/{org}/settings", |request| async move {
            let first = |request: &PageRequest, tx: &mut Tx<'_>| Ok(Chrome::org(request, tx)?.0.settings_tabs().into_iter().next());
            let (to, _) = read(&request, first).await?.ok_or(Error::NotFound("page"))?;
            Ok(see(&to))
        }),
    ];
    pages.extend(form("/organizations/new", new_page, make));
    pages.extend(form("/o/{org}/settings/profile", profile_page, change).map(|page| page.needs(Permission::OrganizationManage)));
    let handover = form("/o/{org}/settings/profile/transfer", transfer_page, transfer);
    pages.extend(handover.map(|page| page.needs(Permission::OrganizationTransfer).fresh()));
    let deletion = form("/o/{org}/settings/profile/delete", delete_page, delete);
    pages.extend(deletion.map(|page| page.needs(Permission::OrganizationDelete).fresh()));
    let frame = |request: &PageRequest, tx: &mut Tx<'_>| Ok(Chrome::org(request, tx)?.0);
    let policies = form_prepared("/o/{org}/settings/policies", policy_page, frame, decide);
    pages.extend(policies.map(|page| page.needs(Permission::OrganizationManage).fresh()));
    pages
}

/// For whoever is in no organization: why, and what can be done.
fn nowhere_page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let actor = request.actor()?;
    let last = member::last_departure(tx, actor)?;
    let invited = invitation::list_mine(tx, actor, &Listing::default())?.items.into_iter().map(|one| one.organization.0).collect();
    let operators = instance::operators(tx)?;
    render(&NoOrganization { c: Chrome::own(request, tx)?, last, invited, operators })
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    authorize::founder(tx, request.actor()?, request.state.org_creation)?;
    render(&New { c: Chrome::own(request, tx)?, form: typed.cloned().unwrap_or_default() })
}

fn make(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let draft = Draft { name: request.form.text("name").into(), slug: request.form.optional("slug"), description: None, website: None };
    let made = organization::create(tx, request.actor()?, request.state.org_creation, &draft)?;
    Ok(Done::See(format!("/o/{}", made.slug)))
}

fn current(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Organization> {
    organization::get(tx, request.actor()?, request.org()?)
}

fn profile_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _) = Chrome::org(request, tx)?;
    let now = current(request, tx)?;
    let seen = typed.map_or_else(|| now.updated_at.to_string(), |form| form.filled_from("seen", now.updated_at));
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let stored = || {
        let form = Form::of([("name", now.name.clone()), ("slug", now.slug.clone()), ("description", text(&now.description))]);
        form.and("website", text(&now.website))
    };
    let form = typed.cloned().unwrap_or_else(stored);
    render(&Profile { c, form, seen })
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let patch = Patch {
        name: Some(request.form.text("name").into()),
        slug: request.form.optional("slug"),
        description: Some(request.form.optional("description")),
        website: Some(request.form.optional("website")),
        ..Patch::default()
    };
    // What is no moment was not written by this page: it is as stale as can be.
    let seen = request.form.text("seen").parse().unwrap_or_default();
    let changed = organization::update(tx, request.actor()?, request.org()?, &patch, Some(seen))?;
    Ok(Done::Say(format!("/o/{}/settings/profile", changed.slug), request.locale.lang.t("saved").to_string()))
}

fn transfer_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let all = Listing { page_size: 200, order: PEOPLE_FIRST.order, ..Listing::default() };
    let members = member::list(tx, request.actor()?, at.id, &all)?.items.into_iter();
    let me = request.actor()?.id;
    let heirs = members.filter(|one| one.person.kind == ActorKind::User && one.user_id != me).collect();
    let back = format!("{}/profile", c.settings());
    render(&Transfer { c, form: typed.cloned().unwrap_or_default(), heirs, back })
}

fn transfer(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let id = request.org()?;
    let to = request.form.text("to").parse().map_err(|_| Fault::new("to", "required", "Choose a member."))?;
    let after = organization::transfer(tx, request.actor()?, id, to)?;
    Ok(Done::Say(format!("/o/{}/settings/profile", after.slug), request.locale.lang.t("org-transferred").to_string()))
}

fn delete_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let back = format!("{}/profile", c.settings());
    render(&Delete { c, form: typed.cloned().unwrap_or_default(), name: at.name, back })
}

fn delete(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    organization::delete(tx, request.actor()?, request.org()?, Some(request.form.text("typed")))?;
    Ok(Done::Say("/".into(), request.locale.lang.t("org-deleted").to_string()))
}

fn policy_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _) = Chrome::org(request, tx)?;
    let now = current(request, tx)?;
    let seen = typed.map_or_else(|| now.updated_at.to_string(), |form| form.filled_from("seen", now.updated_at));
    let policy = now.policy;
    let stored = || {
        let tick = |on: bool| if on { "on".to_owned() } else { String::new() };
        let days = policy.max_key_days.map(|days| days.to_string()).unwrap_or_default();
        Form::of([("days", days), ("required", tick(policy.key_expiry_required)), ("personal", tick(policy.personal_keys_allowed))])
    };
    render(&Policies { c, form: typed.cloned().unwrap_or_else(stored), touched: None, more: 0, confirmed: String::new(), seen })
}

/// Saves the policies; those that are stricter for living keys only after the page has shown which.
fn decide(request: &PageRequest, tx: &mut Tx<'_>, c: &Chrome) -> Result<Done> {
    let policy = wanted_policy(request)?;
    let confirmed = terms(&policy);
    let (known, seen) = (request.form.text("confirmed") == confirmed, request.form.text("seen"));
    match policy::decide(tx, request.actor()?, request.org()?, policy, known, seen.parse().unwrap_or_default())? {
        Decision::Saved(org) => Ok(Done::Say(format!("/o/{}/settings/policies", org.slug), request.locale.lang.t("saved").to_string())),
        Decision::Unconfirmed(mut touched) => {
            let more = touched.len().saturating_sub(SHOWN);
            touched.truncate(SHOWN);
            let (c, form, seen) = (c.clone(), request.form.clone(), seen.to_owned());
            Ok(Done::Ask(Drawing::of(Policies { c, form, touched: Some(touched), more, confirmed, seen })))
        }
    }
}

/// A policy as the page sends it back, which says for which one it has shown the keys.
fn terms(policy: &Policy) -> String {
    let days = policy.max_key_days.map_or_else(|| "any".to_owned(), |days| days.to_string());
    format!("{days} {} {}", policy.key_expiry_required, policy.personal_keys_allowed)
}

/// The policy that was typed.
fn wanted_policy(request: &PageRequest) -> Result<Policy> {
    let days = request.form.optional("days").map(|days| days.parse::<u32>());
    let max_key_days = days.transpose().ok().flatten();
    if max_key_days.is_none() && request.form.optional("days").is_some() || max_key_days.is_some_and(|days| !(1..=3650).contains(&days)) {
        return Err(Fault::new("days", "days_range", "A number of days from 1 to 3650, or nothing.").into());
    }
    let (required, personal) = (request.form.ticked("required"), request.form.ticked("personal"));
    Ok(Policy { max_key_days, key_expiry_required: required, personal_keys_allowed: personal })
}
