//! Invitations: make, send again, take back, accept.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Granted, InOrg, Permission},
        account::delivery::About,
        error::{Fault, Reason, Rule},
        id::{InvitationId, OrgId, SessionId, UserId},
        key::secret::PlainToken,
        listing::Listing,
        org::{
            activity::Note,
            invitation::{Counts, Draft, Invitation, InvitationFilter, InvitationRequest, LIFETIME, token},
            member::{ORGANIZATION_ROLES, Patch},
        },
        page::Page,
        time::Instant,
    },
    service::{
        account::{
            email,
            session::{self, Proof},
        },
        authorize,
    },
    store::{
        Tx,
        account::user,
        instance,
        org::{invitation, member},
    },
};

use super::inviter::{self, Entered, Rights};

/// How the link of an invitation reaches the invited: by mail from this instance, or by the inviter's hand.
#[derive(Debug, Clone)]
pub struct Post {
    /// What the link begins with.
    pub public_url: String,
    /// Whether mail can be sent.
    pub mail: bool,
}

/// One invitation.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: InvitationId) -> Result<Invitation> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    invitation::get(tx, &at, id)
}

/// The invitations of the organization.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<Invitation>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    invitation::list(tx, &at, InvitationFilter::All, listing)
}

/// Those in one state, and how many there are of each.
pub fn overview(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    org: OrgId,
    shown: InvitationFilter,
    listing: &Listing,
) -> Result<(Page<Invitation>, Counts)> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    Ok((invitation::list(tx, &at, shown, listing)?, invitation::counts(tx, &at)?))
}

/// Pending invitations addressed to the caller.
pub fn list_mine(tx: &mut Tx<'_>, actor: &Arc<Actor>, listing: &Listing) -> Result<Page<Invitation>> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    invitation::list_mine(tx, &at, listing)
}

/// Invites somebody. Without mail the answer carries the link, for the inviter to pass on.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft, post: &Post) -> Result<(Invitation, String)> {
    let at = authorize::org(tx, actor, org, Permission::InvitationManage)?;
    let Draft { email, role } = draft.check()?;
    make(tx, &at, InvitationRequest { email, role, title: None, place: None }, post)
}

/// The same for a request that was checked, such as for a role in a place.
pub fn make(tx: &mut Tx<'_>, at: &Granted<InOrg>, request: InvitationRequest, post: &Post) -> Result<(Invitation, String)> {
    let (actor, org) = (at.actor(), at.org());
    let place = request.place.map(|place| Entered::to_give(tx, actor, org, place)).transpose()?;
    let id = InvitationId::new(tx.now(), tx.entropy());
    let secret = secret_of(tx, id)?;
    let until = last_moment(actor, tx.now());
    invitation::insert(tx, at, id, &request, &secret.hashed(), until)?;
    let made = invitation::get(tx, at, id)?;
    let note = audit_note("invitation.created", &made);
    match &place {
        None => tx.note(at, note)?,
        Some(Entered::Project(at)) => tx.note(at, note)?,
        Some(Entered::App(at)) => tx.note(at, note)?,
    }
    // The secret of the link is in the e-mail alone; whoever has an account already hears of it there, too.
    if let Some((known, _)) = user::unguarded_by_email(tx, &made.email)? {
        email::notify(tx, (known.id, org), "invitation.created", |locale| email::invited(locale, &made))?;
    }
    deliver(tx, actor, made, &secret, post)
}

/// Sends the same link again and gives it another week.
///
/// # Errors
/// Invalid when it was accepted already.
pub fn resend(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: InvitationId, post: &Post) -> Result<(Invitation, String)> {
    let at = authorize::org(tx, actor, org, Permission::InvitationManage)?;
    let found = pending(tx, &at, id)?;
    if found.is_for_nothing() {
        return Err(Fault::new("invitationId", "place_gone", "What this invitation is for was deleted.").into());
    }
    let rights = if found.ended_at.is_none() { inviter::of(tx, &found)? } else { None }.ok_or_else(over)?;
    let until = last_moment(&rights.actor, tx.now());
    invitation::extend(tx, &at, id, until)?;
    tx.note(&at, Note::new("invitation.resent", "invitation").of(id, &found.email))?;
    let secret = secret_of(tx, id)?;
    let found = invitation::get(tx, &at, id)?;
    deliver(tx, actor, found, &secret, post)
}

/// An invitation with its link, to be passed on by hand; without one when its week is over, until it is sent again.
///
/// # Errors
/// `NotFound` when it was accepted already: there is no link any more.
pub fn link(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: InvitationId, post: &Post) -> Result<(Invitation, Option<String>)> {
    let at = authorize::org(tx, actor, org, Permission::InvitationManage)?;
    let found = invitation::get(tx, &at, id)?;
    match found.state(tx.now()) {
        InvitationFilter::Accepted => Err(Error::NotFound("invitation")),
        InvitationFilter::Expired => Ok((found, None)),
        InvitationFilter::Pending | InvitationFilter::All => {
            let secret = secret_of(tx, id)?;
            Ok((found, Some(address(&secret, post))))
        }
    }
}

/// Takes an invitation back: its link is dead at once.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: InvitationId) -> Result<()> {
    let at = authorize::org(tx, actor, org, Permission::InvitationManage)?;
    let gone = pending(tx, &at, id)?;
    invitation::delete(tx, &at, id)?;
    tx.note(&at, Note::new("invitation.cancelled", "invitation").of(id, &gone.email))
}

/// The open invitation behind the secret of a link, and the hash of the password if its address has a user already.
///
/// # Errors
/// `NotFound` when it is over or was accepted; denied when whoever made it may not any more, or its place is gone.
pub fn open(tx: &mut Tx<'_>, secret: &PlainToken) -> Result<(Invitation, Option<String>)> {
    let (open, _) = with_rights(tx, secret)?;
    let known = user::unguarded_by_email(tx, &open.email)?;
    Ok((open, known.map(|(_, hash)| hash.unwrap_or_default())))
}

fn with_rights(tx: &mut Tx<'_>, secret: &PlainToken) -> Result<(Invitation, Rights)> {
    let found = invitation::unguarded_by_token(tx, &secret.hashed())?;
    let now = tx.now();
    let found =
        found.filter(|it| it.ended_at.is_some() || it.state(now) == InvitationFilter::Pending).ok_or(Error::NotFound("invitation"))?;
    if found.ended_at.is_none() && found.is_for_nothing() {
        return Err(Rule::PlaceGone.into());
    }
    let rights = if found.ended_at.is_none() { inviter::of(tx, &found)? } else { None };
    rights.map(|rights| (found, rights)).ok_or(Rule::InviterGone.into())
}

/// The invitation behind the secret of a link in any state, for the page that says why it cannot be accepted.
pub fn find(tx: &mut Tx<'_>, secret: &PlainToken) -> Result<Option<Invitation>> {
    invitation::unguarded_by_token(tx, &secret.hashed())
}

/// Who accepts an invitation, and how it is known that they are the one whom it is for.
#[derive(Clone)]
pub enum Joining {
    /// Somebody who is signed in.
    Signed(UserId),
    /// Somebody who typed their password.
    Known(Proof),
    /// A person who was not known before.
    New(NewPerson),
}

/// A person who was not known before.
#[derive(Clone)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// The hash of their password.
    pub hash: String,
    /// The language that they read, where it is known.
    pub locale: Option<&'static str>,
}

/// Joins as [`accept`] does, and signs in whoever is not yet, in a browser that had a session before or none; who they are and the secret for
/// the cookie.
///
/// # Errors
/// Those of [`accept`].
pub fn accept_in_browser(
    tx: &mut Tx<'_>,
    secret: &PlainToken,
    joining: &Joining,
    before: Option<SessionId>,
    (ip, user_agent): (&str, &str),
) -> Result<(Invitation, Option<(UserId, PlainToken)>)> {
    let joined = accept(tx, secret, joining)?;
    let user = if matches!(joining, Joining::Signed(_)) { None } else { session::credentials(tx, &joined.email)? };
    let begin = |(user, _)| Ok::<_, Error>((user, session::replace(tx, before, user, ip, user_agent)?));
    let begun = user.map(begin).transpose()?;
    Ok((joined, begun))
}

/// Joins the organization, and the place in it that the invitation is for.
///
/// # Errors
/// Unauthenticated, when whoever accepts is not, or not any more, the one whom it is for.
pub fn accept(tx: &mut Tx<'_>, secret: &PlainToken, joining: &Joining) -> Result<Invitation> {
    let (open, rights) = with_rights(tx, secret)?;
    let known = user::unguarded_by_email(tx, &open.email)?.map(|(user, _)| user);
    let (id, name) = match (known, joining) {
        (Some(known), Joining::Signed(id)) if known.disabled_at.is_none() && known.id == *id => (known.id, known.name),
        (Some(known), Joining::Known(proof)) if known.disabled_at.is_none() && known.id == proof.confirm(tx)? => (known.id, known.name),
        (None, Joining::New(new)) => {
            let name = crate::domain::text::name("name", &new.name)?;
            let id = user::unguarded_insert(tx, ActorKind::User, &name, &open.email, Some(&new.hash))?;
            if let Some(locale) = new.locale {
                user::unguarded_set_locale(tx, id, locale)?;
            }
            (id, name)
        }
        _ => return Err(Error::Unauthenticated(Reason::WrongPassword)),
    };
    invitation::unguarded_accept(tx, open.id)?;
    join(tx, &open, &rights, id)?;
    let note = audit_note("invitation.accepted", &open);
    tx.unguarded_note((id, &name, &open.email), (open.org, rights.place.as_ref().map(Entered::project)), note)?;
    email::notify(tx, (open.invited_by, open.org), "invitation.accepted", |locale| email::joined(locale, &name, &open.leads_to()))?;
    Ok(Invitation { accepted_at: Some(tx.now()), ..open })
}

/// Makes somebody what the invitation says; whoever joined meanwhile by another one keeps what they have.
fn join(tx: &mut Tx<'_>, open: &Invitation, rights: &Rights, id: UserId) -> Result<()> {
    let title = open.title.clone();
    let now = match member::of_user(tx, &rights.org, id) {
        Err(Error::NotFound(_)) => None,
        other => Some(other?),
    };
    match (now, &rights.place) {
        (None, None) => member::unguarded_insert_invited(tx, open.org, id, (open.role, title), open.invited_by).map(drop),
        (None, Some(place)) => {
            member::unguarded_insert_invited(tx, open.org, id, (open.role, None), open.invited_by)?;
            place.give(tx, id, open.role_there(), title)
        }
        (Some(_), Some(place)) => place.give(tx, id, open.role_there(), title),
        // They came in by a place alone, and nobody has decided on their role since.
        (Some(mut now), None) if now.role < open.role && now.updated_at == now.joined_at => {
            Patch { role: Some(open.role), title: title.map(Some) }.apply(&mut now, ORGANIZATION_ROLES)?;
            member::update(tx, &rights.org, &now)
        }
        (Some(_), None) => Err(Error::Conflict(Fault::new("userId", "taken", "This user is a member already."))),
    }
}

/// What an invitation gives, for the audit trail.
fn audit_note(action: &'static str, made: &Invitation) -> Note {
    let note = Note::new(action, "invitation").of(made.id, &made.email).with("role", made.role_there().word());
    match &made.place {
        Some(place) => note.with("place", place.title()),
        None => note,
    }
}

fn pending(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: InvitationId) -> Result<Invitation> {
    let found = invitation::get(tx, at, id)?;
    if found.accepted_at.is_some() {
        return Err(Fault::new("invitationId", "accepted", "This invitation was accepted already.").into());
    }
    Ok(found)
}

/// The secret for the link of an e-mail; none when the invitation is over by the time that the e-mail goes out.
pub fn link_secret(tx: &mut Tx<'_>, id: InvitationId) -> Result<Option<String>> {
    let now = tx.now();
    let Some(found) = invitation::unguarded_by_id(tx, id)?.filter(|it| it.state(now) == InvitationFilter::Pending) else { return Ok(None) };
    if found.is_for_nothing() || inviter::of(tx, &found)?.is_none() {
        return Ok(None);
    }
    Ok(Some(secret_of(tx, id)?.reveal().to_owned()))
}

/// The end of an invitation: after its week, but not after the key that made it.
fn last_moment(inviter: &Actor, now: Instant) -> Instant {
    let ends = inviter.key().map(|key| [key.expires_at, key.grace_ends_at]);
    ends.into_iter().flatten().flatten().fold(now + LIFETIME, Instant::min)
}

fn over() -> Error {
    Fault::new("invitationId", "ended", "This invitation is over, since whoever made it may not invite any more. Invite the person again.")
        .into()
}

fn secret_of(tx: &mut Tx<'_>, id: InvitationId) -> Result<PlainToken> {
    Ok(token(&instance::unguarded_get_or_make(tx)?.secret, id))
}

/// The address of the page on which the invited person joins.
fn address(secret: &PlainToken, post: &Post) -> String {
    format!("{}/invitations/accept?token={}", post.public_url, secret.reveal())
}

/// The e-mail speaks the language of the invited, where they have an account that says so; else that of the inviter.
fn deliver(tx: &mut Tx<'_>, actor: &Arc<Actor>, found: Invitation, secret: &PlainToken, post: &Post) -> Result<(Invitation, String)> {
    let link = address(secret, post);
    if post.mail {
        let in_email = format!("{}/invitations/accept?token={}", post.public_url, email::SECRET);
        let invited = user::unguarded_by_email(tx, &found.email)?.map(|(user, _)| user);
        let people = [invited, user::unguarded_by_id(tx, actor.id)?];
        let message = email::invitation(&email::locale_of(&people, tx.now()), &found, &in_email);
        email::post_link(tx, &found.email, &message, About::Invitation(found.id))?;
    }
    Ok((found, link))
}
