//! Invitations: make, send again, take back, accept.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Access, Actor, ActorKind, Granted, InOrg, Permission, Via},
        activity::Note,
        error::{Fault, Reason, Rule},
        id::{InvitationId, OrgId, SessionId, UserId},
        invitation::{Counts, Draft, Invitation, LIFETIME, Shown, token},
        listing::{Listing, Page},
        secret::PlainToken,
        time::Instant,
    },
    store::{Tx, instance, invitation, letter::Link, member, user},
};

use super::{enter, letter, token as tokens};

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
    let at = enter::org(tx, actor, org, Permission::AccessRead)?;
    invitation::get(tx, &at, id)
}

/// The invitations of the organization.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<Invitation>> {
    let at = enter::org(tx, actor, org, Permission::AccessRead)?;
    invitation::list(tx, &at, Shown::All, listing)
}

/// Those in one state, and how many there are of each.
pub fn overview(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, shown: Shown, listing: &Listing) -> Result<(Page<Invitation>, Counts)> {
    let at = enter::org(tx, actor, org, Permission::AccessRead)?;
    Ok((invitation::list(tx, &at, shown, listing)?, invitation::counts(tx, &at)?))
}

/// Pending invitations addressed to the caller.
pub fn list_mine(tx: &mut Tx<'_>, actor: &Arc<Actor>, listing: &Listing) -> Result<Page<Invitation>> {
    let at = enter::own(actor, Permission::OrganizationSee)?;
    invitation::list_mine(tx, &at, listing)
}

/// Invites somebody. Without mail the answer carries the link, for the inviter to pass on.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft, post: &Post) -> Result<(Invitation, String)> {
    create_titled(tx, actor, org, (draft, None), post)
}

/// The same with a title, which the new member gets on joining.
pub fn create_titled(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    org: OrgId,
    (draft, title): (&Draft, Option<String>),
    post: &Post,
) -> Result<(Invitation, String)> {
    let at = enter::org(tx, actor, org, Permission::InvitationManage)?;
    let draft = draft.check()?;
    let id = InvitationId::new(tx.now(), tx.entropy());
    let secret = secret_of(tx, id)?;
    let until = last_moment(actor, tx.now());
    invitation::insert(tx, &at, id, (&draft, title), &secret.hashed(), until)?;
    let made = invitation::get(tx, &at, id)?;
    tx.note(&at, Note::new("invitation.created", "invitation").of(id, &made.email).with("role", made.role.word()))?;
    // The secret of the link is in the letter alone; whoever has an account already hears of it there, too.
    if let Some((known, _)) = user::unguarded_by_email(tx, &made.email)? {
        letter::notify(tx, (known.id, org), "invitation.created", |reader| letter::invited(reader, &made))?;
    }
    deliver(tx, actor, made, &secret, post)
}

/// Sends the same link again and gives it another week.
///
/// # Errors
/// Invalid when it was accepted already.
pub fn resend(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: InvitationId, post: &Post) -> Result<(Invitation, String)> {
    let at = enter::org(tx, actor, org, Permission::InvitationManage)?;
    let found = pending(tx, &at, id)?;
    let giver = if found.ended_at.is_none() { giver(tx, &found)? } else { None }.ok_or_else(over)?;
    let until = last_moment(&giver, tx.now());
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
    let at = enter::org(tx, actor, org, Permission::InvitationManage)?;
    let found = invitation::get(tx, &at, id)?;
    match found.state(tx.now()) {
        Shown::Accepted => Err(Error::NotFound("invitation")),
        Shown::Expired => Ok((found, None)),
        Shown::Pending | Shown::All => {
            let secret = secret_of(tx, id)?;
            Ok((found, Some(address(&secret, post))))
        }
    }
}

/// Takes an invitation back: its link is dead at once.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: InvitationId) -> Result<()> {
    let at = enter::org(tx, actor, org, Permission::InvitationManage)?;
    let gone = pending(tx, &at, id)?;
    invitation::delete(tx, &at, id)?;
    tx.note(&at, Note::new("invitation.cancelled", "invitation").of(id, &gone.email))
}

/// The open invitation behind the secret of a link, and the hash of the password if its address has a user already.
pub fn open(tx: &mut Tx<'_>, secret: &PlainToken) -> Result<(Invitation, Option<String>)> {
    let found = invitation::unguarded_by_token(tx, &secret.hashed())?;
    let now = tx.now();
    let found = found.filter(|it| it.ended_at.is_some() || it.state(now) == Shown::Pending).ok_or(Error::NotFound("invitation"))?;
    if found.ended_at.is_some() || giver(tx, &found)?.is_none() {
        return Err(Rule::InviterGone.into());
    }
    let open = found;
    let known = user::unguarded_by_email(tx, &open.email)?;
    Ok((open, known.map(|(_, hash)| hash.unwrap_or_default())))
}

/// The invitation behind the secret of a link in any state, for the page that says why it cannot be accepted.
pub fn find(tx: &mut Tx<'_>, secret: &PlainToken) -> Result<Option<Invitation>> {
    invitation::unguarded_by_token(tx, &secret.hashed())
}

/// A person who was not known before.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// Their name.
    pub name: &'a str,
    /// The hash of their password.
    pub hash: &'a str,
    /// The language that they read, where it is known.
    pub locale: Option<&'a str>,
}

/// Joins the organization: an existing user with their own password (checked by the caller of this), or a new one.
pub fn accept(tx: &mut Tx<'_>, secret: &PlainToken, new: Option<NewPerson<'_>>) -> Result<Invitation> {
    let (open, _) = open(tx, secret)?;
    let (id, name) = match (user::unguarded_by_email(tx, &open.email)?, new) {
        (Some((known, _)), None) if known.disabled_at.is_none() => (known.id, known.name),
        (None, Some(new)) => {
            let name = crate::domain::text::name("name", new.name)?;
            let id = user::unguarded_insert(tx, ActorKind::User, &name, &open.email, Some(new.hash))?;
            if let Some(locale) = new.locale {
                user::unguarded_set_locale(tx, id, locale)?;
            }
            (id, name)
        }
        _ => return Err(Error::Unauthenticated(Reason::WrongPassword)),
    };
    invitation::unguarded_accept(tx, open.id)?;
    member::unguarded_insert_invited(tx, open.org, id, (open.role, open.title.clone()), open.invited_by)?;
    let note = Note::new("invitation.accepted", "invitation").of(open.id, &open.email).with("role", open.role.word());
    tx.unguarded_note((id, &name, &open.email), open.org, note)?;
    letter::notify(tx, (open.invited_by, open.org), "invitation.accepted", |reader| letter::joined(reader, &name, &open.organization.0))?;
    Ok(Invitation { accepted_at: Some(tx.now()), ..open })
}

fn pending(tx: &mut Tx<'_>, at: &Granted<InOrg>, id: InvitationId) -> Result<Invitation> {
    let found = invitation::get(tx, at, id)?;
    if found.accepted_at.is_some() {
        return Err(Fault::new("invitationId", "accepted", "This invitation was accepted already.").into());
    }
    Ok(found)
}

/// Ends what somebody gave and nobody has taken yet, once they may not give it any more.
pub fn review(tx: &mut Tx<'_>, at: &Granted<InOrg>, who: UserId) -> Result<()> {
    match person(tx, who)? {
        Some(who) if may_invite(tx, &who, at.org())? => Ok(()),
        _ => invitation::end_of_giver(tx, at, who),
    }
}

/// The secret for the link of a letter; none when the invitation is over by the time that the letter goes out.
pub fn letter_secret(tx: &mut Tx<'_>, id: InvitationId) -> Result<Option<String>> {
    let now = tx.now();
    let Some(found) = invitation::unguarded_by_id(tx, id)?.filter(|it| it.state(now) == Shown::Pending) else { return Ok(None) };
    if giver(tx, &found)?.is_none() {
        return Ok(None);
    }
    Ok(Some(secret_of(tx, id)?.reveal().to_owned()))
}

/// Whoever made the invitation, as they would come in now: a person, or their key. Nobody when they may not make it any more.
fn giver(tx: &mut Tx<'_>, made: &Invitation) -> Result<Option<Arc<Actor>>> {
    let who = match made.key {
        Some(key) => tokens::living_key(tx, key)?,
        None => person(tx, made.invited_by)?,
    };
    let Some(who) = who else { return Ok(None) };
    Ok(may_invite(tx, &who, made.org)?.then_some(who))
}

fn person(tx: &mut Tx<'_>, id: UserId) -> Result<Option<Arc<Actor>>> {
    let session = Via::Session(SessionId::from_uuid(uuid::Uuid::nil()));
    let found = user::unguarded_by_id(tx, id)?;
    let actor = found.map(|it| Actor { id, kind: it.kind, name: it.name, email: it.email, via: session, access: Access::Full });
    Ok(actor.map(Arc::new))
}

fn may_invite(tx: &mut Tx<'_>, who: &Arc<Actor>, org: OrgId) -> Result<bool> {
    match enter::org(tx, who, org, Permission::InvitationManage) {
        Err(Error::NotFound(_) | Error::Denied(_)) => Ok(false),
        entered => entered.map(|_| true),
    }
}

/// The end of an invitation: after its week, but not after the key that made it.
fn last_moment(giver: &Actor, now: Instant) -> Instant {
    let ends = giver.key().map(|key| [key.expires_at, key.grace_ends_at]);
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

/// The letter speaks the language of the invited, where they have an account that says so; else that of the inviter.
fn deliver(tx: &mut Tx<'_>, actor: &Arc<Actor>, found: Invitation, secret: &PlainToken, post: &Post) -> Result<(Invitation, String)> {
    let link = address(secret, post);
    if post.mail {
        let in_letter = format!("{}/invitations/accept?token={}", post.public_url, letter::SECRET);
        let invited = user::unguarded_by_email(tx, &found.email)?.map(|(user, _)| user);
        let people = [invited, user::unguarded_by_id(tx, actor.id)?];
        let told = letter::invitation(&letter::reader_of(&people, tx.now()), &found, &in_letter);
        letter::post_link(tx, &found.email, &told, Link::Invitation(found.id))?;
    }
    Ok((found, link))
}
