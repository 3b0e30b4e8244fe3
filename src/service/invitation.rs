//! Invitations: make, send again, take back, accept.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Granted, InOrg, Permission},
        activity::Note,
        error::{Fault, Reason},
        id::{InvitationId, OrgId},
        invitation::{Counts, Draft, Invitation, LIFETIME, Shown, token},
        listing::{Listing, Page},
        secret::PlainToken,
    },
    store::{Tx, instance, invitation, member, user},
};

use super::{enter, letter};

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
    let at = enter::org(tx, actor, org, Permission::InvitationManage)?;
    let draft = draft.check()?;
    let id = InvitationId::new(tx.now(), tx.entropy());
    let secret = secret_of(tx, id)?;
    invitation::insert(tx, &at, id, &draft, &secret.hashed())?;
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
    let until = tx.now() + LIFETIME;
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
    let open = found.filter(|it| it.state(now) == Shown::Pending).ok_or(Error::NotFound("invitation"))?;
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
    member::unguarded_insert_invited(tx, open.org, id, open.role, open.invited_by)?;
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
        let invited = user::unguarded_by_email(tx, &found.email)?.map(|(user, _)| user);
        let people = [invited, user::unguarded_by_id(tx, actor.id)?];
        letter::post(tx, &found.email, &letter::invitation(&letter::reader_of(&people, tx.now()), &found, &link))?;
    }
    Ok((found, link))
}
