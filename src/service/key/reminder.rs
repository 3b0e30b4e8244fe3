//! Reminders of keys that end soon: a notification and, where mail is configured, an e-mail; each once, also over a restart.

use crate::{
    domain::{Result, id::KeyId},
    service::account::email::{self, Message},
    store::{
        Store, Tx,
        account::notification::{self, Notice},
        key::reminder::{self, Ending},
    },
};

/// Sends what is due, each reminder by itself, so that none which fails holds up the others. Says how many were sent.
///
/// # Errors
/// Those of reading the store.
pub async fn send_due(store: &Store, public_url: &str, mail: bool) -> Result<usize> {
    let (mut sent, mut behind) = (0, None);
    loop {
        let due = store.read(|tx| reminder::unguarded_due(tx, behind))?;
        for (_, key) in &due {
            let (key, url) = (*key, public_url.to_owned());
            match store.write(move |tx| send(tx, key, &url, mail)).await {
                Ok(()) => sent += 1,
                Err(error) => tracing::warn!(%key, ?error, "a reminder could not be sent; tried again soon"),
            }
        }
        behind = due.last().copied();
        if behind.is_none() {
            return Ok(sent);
        }
    }
}

/// Sends one. What is sent and that it was sent are one transaction.
fn send(tx: &mut Tx<'_>, key: KeyId, public_url: &str, mail: bool) -> Result<()> {
    let Some(ending) = &reminder::unguarded_due_one(tx, key)? else { return Ok(()) };
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
    reminder::unguarded_note(tx, ending)
}

/// Where the key can be regenerated.
fn link(ending: &Ending) -> String {
    if ending.of_service_account { format!("/o/{}/settings/keys", ending.org_slug) } else { "/account/keys".to_owned() }
}
