//! Reminders of keys that end soon: a notification and, where mail is configured, an e-mail; each once, also over a restart.

use crate::{
    domain::{Result, id::KeyId, time::Instant},
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

/// The page of the key, on which it can be regenerated.
fn link(ending: &Ending) -> String {
    let list = if ending.of_service_account { format!("/o/{}/settings/keys", ending.org_slug) } else { "/account/keys".to_owned() };
    format!("{list}/{}", ending.key)
}
