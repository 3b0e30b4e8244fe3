//! Reminders of keys that end soon: a notification and, where mail is configured, an e-mail; each once, also over a restart.

use crate::{
    domain::{Result, id::KeyId, key::key::ApiKey, org::organization::Organization, time::Instant},
    service::account::email::{self, Message},
    store::{
        Tx,
        account::notification::{self, Notice},
        key::reminder::{self, Ending},
    },
};

/// Keys with a reminder that is due, those behind one of them.
///
/// # Errors
/// Those of the store.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, KeyId)>) -> Result<Vec<(Instant, KeyId)>> {
    reminder::unguarded_due(tx, now, behind)
}

/// Sends the reminder of a key if it is due still; whether it was. What is sent and that it was sent are one transaction.
///
/// # Errors
/// Those of the store.
pub fn send(tx: &mut Tx<'_>, key: KeyId, public_url: &str, mail: bool) -> Result<bool> {
    let Some(ending) = &reminder::unguarded_due_one(tx, key)? else { return Ok(false) };
    let (link, now) = (link(ending), tx.now());
    for recipient in reminder::unguarded_recipients(tx, ending)? {
        let locale = email::locale(recipient.locale.as_deref(), recipient.timezone.as_deref(), now);
        let message = email::key_ends(&locale, ending);
        let notice = Notice { kind: "key.expiring", title: &message.title, body: Some(message.body.trim_end()), link: Some(&link) };
        notification::unguarded_insert(tx, recipient.user, ending.org, notice)?;
        if mail {
            email::post(tx, &recipient.email, &Message { body: format!("{}\n{public_url}{link}\n", message.body), ..message })?;
        }
    }
    reminder::unguarded_note(tx, ending)?;
    Ok(true)
}

/// Tells those who hear of a key that it works for its grace period only, now that its successor was revoked.
///
/// # Errors
/// Those of the store.
pub(super) fn tell_orphaned(tx: &mut Tx<'_>, org: &Organization, old: &ApiKey) -> Result<()> {
    let Some(end) = old.grace_ends(tx.now()) else { return Ok(()) };
    let ending = Ending {
        key: old.id,
        org: old.org,
        owner: old.owner_id,
        name: old.name.clone(),
        expires_at: end,
        of_service_account: old.of_service_account,
        owner_name: old.owner_name.clone(),
        org_name: org.name.clone(),
        org_slug: org.slug.clone(),
        days: 0,
    };
    let (link, now) = (link(&ending), tx.now());
    for recipient in reminder::unguarded_recipients(tx, &ending)? {
        let locale = email::locale(recipient.locale.as_deref(), recipient.timezone.as_deref(), now);
        let message = email::key_orphaned(&locale, &ending);
        let notice = Notice { kind: "key.orphaned", title: &message.title, body: Some(message.body.trim_end()), link: Some(&link) };
        notification::unguarded_insert(tx, recipient.user, ending.org, notice)?;
    }
    Ok(())
}

/// The page of the key, on which it can be regenerated.
fn link(ending: &Ending) -> String {
    let list = if ending.of_service_account { format!("/o/{}/settings/keys", ending.org_slug) } else { "/account/keys".to_owned() };
    format!("{list}/{}", ending.key)
}
