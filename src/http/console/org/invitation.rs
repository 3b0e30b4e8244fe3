//! Invitations: list, make, send again, show the link, take back; and the page on which the invited person joins.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{Permission, Role},
        account::user,
        error::{Fault, Faults, Rule},
        id::{InvitationId, OrgId},
        key::secret::PlainToken,
        org::invitation::{Counts, Draft, Invitation, InvitationFilter},
        text,
    },
    http::{
        base::hashing::QueueKey,
        console::base::{
            chrome::Chrome,
            done::Done,
            form::Form,
            page_route::{PageRoute, again, custom, form, get, post, read},
            pager::{Pager, Segment, no_such_state},
            request::PageRequest,
            response::{html, put, render, see},
        },
    },
    service::org::invitation::{self, Joining, NewPerson},
    store::{Tx, org::invitation::INVITATIONS},
};

use super::member::ROLES;

#[derive(Template)]
#[template(path = "org/invitation/list.html")]
struct List {
    c: Chrome,
    base: String,
    invitations: Vec<(Invitation, InvitationFilter)>,
    segments: Vec<Segment>,
    pager: Pager,
    search: String,
    /// The state that is shown; empty for all.
    status: String,
    /// Whether the organization has any.
    any: bool,
    form: Form,
}

#[derive(Template)]
#[template(path = "org/invitation/link.html")]
struct Link {
    c: Chrome,
    one: Invitation,
    /// Nothing when its week is over.
    link: Option<String>,
    back: String,
}

#[derive(Template)]
#[template(path = "org/invitation/cancel.html")]
struct Cancel {
    c: Chrome,
    one: Invitation,
    back: String,
}

#[derive(Template)]
#[template(path = "org/invitation/over.html")]
struct Over {
    c: Chrome,
    /// What is known of the invitation, if its link ever was one.
    found: Option<(Invitation, InvitationFilter)>,
    /// Whether whoever invited may not do so any more.
    inviter_gone: bool,
    /// Whether what it leads to was deleted.
    place_gone: bool,
}

impl Over {
    fn is_accepted(&self) -> bool {
        self.found.as_ref().is_some_and(|(_, state)| state.is_accepted())
    }
}

#[derive(Template)]
#[template(path = "org/invitation/new.html")]
struct New {
    c: Chrome,
    form: Form,
    roles: [Role; 4],
    mail: bool,
    back: String,
}

#[derive(Template)]
#[template(path = "org/invitation/accept.html")]
struct Accept {
    c: Chrome,
    form: Form,
    invitation: Invitation,
    token: String,
    /// Whether the address has a user already, who types their password.
    known: bool,
    /// Whether that user is the one who is signed in.
    signed: bool,
}

/// Where the invitations are; from there one is sent again.
const LIST: &str = "/o/{org}/settings/invitations";

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        get(LIST, |request, tx| list(request, tx, None)),
        post("/o/{org}/settings/invitations/{invitation}/resend", list, |request, tx| {
            let org = request.org()?;
            let (one, _) = invitation::resend(tx, request.actor()?, org, id(request)?, &request.state.post())?;
            Ok(delivered(request, settings(request), one))
        })
        .shown_at(LIST)
        .does("resend")
        .needs(Permission::InvitationManage)
        .fresh(),
        get("/o/{org}/settings/invitations/{invitation}/link", link_page).needs(Permission::InvitationManage).fresh().secret(),
        custom(Method::GET, "/invitations/accept", |request| async move { joining(&request).await }).open().secret(),
        custom(Method::POST, "/invitations/accept", accept).open().secret(),
    ];
    let managed = |page: PageRoute| page.needs(Permission::InvitationManage);
    pages.extend(form("/o/{org}/settings/invitations/new", new_page, make).map(managed).map(PageRoute::fresh));
    pages.extend(form("/o/{org}/settings/invitations/{invitation}/cancel", cancel_page, cancel).map(managed));
    pages
}

fn id(request: &PageRequest) -> Result<InvitationId> {
    request.id_of("invitation", "invitation")
}

fn list(request: &PageRequest, tx: &mut Tx<'_>, refused: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let listing = request.listing(&INVITATIONS, &["status"])?;
    let text = |name: &str| request.query(name).unwrap_or_default().to_owned();
    let (search, status) = (text("search"), text("status"));
    let shown = if status.is_empty() { InvitationFilter::All } else { InvitationFilter::from_word(&status).ok_or_else(no_such_state)? };
    let (page, counts) = invitation::overview(tx, request.actor()?, at.id, shown, &listing)?;
    let now = request.locale.now();
    let segments = segments(request, &c, shown, counts);
    let any = segments.iter().any(|one| one.count > 0);
    let (pager, form) = (Pager::of(request, &page)?, refused.cloned().unwrap_or_default());
    let invitations = page.items.into_iter().map(|one| (one.state(now), one)).map(|(state, one)| (one, state)).collect();
    let base = format!("{}/invitations", c.settings());
    render(&List { c, base, invitations, segments, pager, search, status, any, form })
}

/// The states with how many there are of each.
fn segments(request: &PageRequest, c: &Chrome, shown: InvitationFilter, counts: Counts) -> Vec<Segment> {
    let all = counts.pending + counts.accepted + counts.expired;
    let states = [("all", all), ("pending", counts.pending), ("accepted", counts.accepted), ("expired", counts.expired)];
    let segment = |(word, count)| {
        let words = c.word("invitation-are", word).to_string();
        Segment {
            words,
            to: request.with("status", if word == "all" { "" } else { word }),
            count,
            here: InvitationFilter::from_word(word) == Some(shown),
        }
    };
    states.into_iter().map(segment).collect()
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _) = Chrome::org(request, tx)?;
    let back = format!("{}/invitations", c.settings());
    let form = typed.cloned().unwrap_or_else(|| Form::of([("role", Role::Viewer.word().into())]));
    render(&New { c, form, roles: ROLES, mail: request.state.mail, back })
}

fn make(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org: OrgId = request.org()?;
    let role = Role::from_word(request.form.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role."))?;
    let draft = Draft { email: request.form.text("email").into(), role };
    let (made, _) = invitation::create(tx, request.actor()?, org, &draft, &request.state.post())?;
    Ok(delivered(request, settings(request), made))
}

/// Says that an e-mail is on its way; or leads to the link, for the inviter to pass on.
pub fn delivered(request: &PageRequest, back: String, one: Invitation) -> Done {
    if request.state.mail {
        return Done::Say(back, request.locale.lang.t("invitation-sent").s("email", one.email).to_string());
    }
    Done::See(format!("{}/{}/link", settings(request), one.id))
}

/// Where the invitations are.
fn settings(request: &PageRequest) -> String {
    format!("/o/{}/settings/invitations", request.param("org"))
}

/// The link, which whoever may invite can see at any time: it is made from the id, so looking at it changes nothing.
fn link_page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let (one, link) = invitation::link(tx, request.actor()?, at.id, id(request)?, &request.state.post())?;
    render(&Link { back: format!("{}/invitations", c.settings()), c, one, link })
}

fn cancel_page(request: &PageRequest, tx: &mut Tx<'_>, _: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let one = invitation::get(tx, request.actor()?, at.id, id(request)?)?;
    if one.accepted_at.is_some() {
        return Err(Error::NotFound("page"));
    }
    render(&Cancel { back: format!("{}/invitations", c.settings()), c, one })
}

fn cancel(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    invitation::delete(tx, request.actor()?, org, id(request)?)?;
    Ok(Done::Say(settings(request), request.locale.lang.t("invitation-cancelled").to_string()))
}

/// The secret of the link.
fn token(request: &PageRequest) -> String {
    request.query("token").map(str::to_owned).or_else(|| request.form.optional("token")).unwrap_or_default()
}

/// Whether the person of an invitation is the one who is signed in.
fn is_signed(request: &PageRequest, invitation: &Invitation) -> bool {
    request.signed.as_ref().is_some_and(|signed| signed.user.email == invitation.email)
}

/// The page of a link: where the invited person joins, or what there is to do when it cannot be accepted any more.
async fn joining(request: &Arc<PageRequest>) -> Result<HttpResponse> {
    match read(request, |request, tx| accept_page(request, tx, None)).await {
        Err(Error::NotFound(_)) => ended_page(request, None).await,
        Err(Error::Denied(why)) => ended_page(request, why.rule).await,
        other => Ok(html(200, other?)),
    }
}

async fn ended_page(request: &PageRequest, why: Option<Rule>) -> Result<HttpResponse> {
    let secret = PlainToken::from_text(&token(request));
    let found = request.state.store.read(move |tx| invitation::find(tx, &secret)).await?;
    let now = request.locale.now();
    let found = found.map(|one| (one.state(now), one)).map(|(state, one)| (one, state));
    let (c, status) = (Chrome::plain(request), if why.is_some() { 403 } else { 404 });
    let (inviter_gone, place_gone) = (why == Some(Rule::InviterGone), why == Some(Rule::PlaceGone));
    Ok(html(status, render(&Over { c, found, inviter_gone, place_gone })?))
}

fn accept_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let token = token(request);
    let (invitation, known) = invitation::open(tx, &PlainToken::from_text(&token))?;
    let signed = is_signed(request, &invitation);
    let form = typed.cloned().unwrap_or_default();
    render(&Accept { c: Chrome::plain(request), form, invitation, token, known: known.is_some(), signed })
}

async fn accept(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let secret = PlainToken::from_text(&token(&request));
    let link = secret.clone();
    let (invitation, known) = match request.state.store.read(move |tx| invitation::open(tx, &link)).await {
        Err(Error::NotFound(_)) => return ended_page(&request, None).await,
        Err(Error::Denied(why)) => return ended_page(&request, why.rule).await,
        other => other?,
    };
    let joining = match check_joining(&request, &invitation, known).await {
        Ok(joining) => joining,
        Err(why) => return again(&request, why, |request, tx, typed| accept_page(request, tx, Some(typed))).await,
    };
    let (ip, agent, before) = (request.ip.to_string(), request.user_agent.clone(), request.session());
    let accept = move |tx: &mut Tx<'_>| invitation::accept_in_browser(tx, &secret, &joining, before, (&ip, &agent));
    let (joined, begun) = request.write(accept).await?;
    let mut answer = see(&format!("/o/{}", joined.organization.1));
    if let Some((user, secret)) = begun {
        put(&mut answer, &request.session_cookie(secret.reveal().to_owned()));
        put(&mut answer, &request.device_cookie(user));
    }
    Ok(answer)
}

/// Who accepts: somebody who is signed in or proves their password, or a new person with the hash of theirs. Passwords are hashed off
/// the workers and outside the writer.
async fn check_joining(request: &Arc<PageRequest>, invitation: &Invitation, known: Option<String>) -> Result<Joining> {
    let typed = request.form.raw("password").to_owned();
    match known {
        Some(_) if is_signed(request, invitation) => Ok(Joining::Signed(request.actor()?.id)),
        Some(_) => {
            let proof = request.state.verify(&invitation.email, request.ip, typed, |user| request.asker(user)).await?.proof;
            Ok(Joining::Known(proof.ok_or_else(|| Fault::new("password", "wrong", "This password is not right."))?))
        }
        None => {
            let mut faults = Faults::default();
            faults.keep(text::name("name", request.form.text("name")));
            faults.keep(user::password("password", &typed, (request.form.text("name"), &invitation.email)));
            faults.into_result()?;
            let hash = request.state.hashed(&QueueKey::invited(&invitation.email, request.ip), typed).await?;
            let (name, locale) = (request.form.text("name").to_owned(), Some(request.locale.lang.tag()));
            Ok(Joining::New(NewPerson { name, hash, locale }))
        }
    }
}
