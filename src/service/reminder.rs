//! Reminders of keys that end soon: a notification and, where mail is configured, a letter; each once, also over a restart.

use crate::{
    domain::Result,
    store::{
        Tx,
        notification::{self, Notice},
        reminder::{self, Ending},
    },
};

use super::letter::{self, Told};

/// The reminders that are due, at most 100. Each is sent by itself, so that none which fails holds up the others.
pub fn due(tx: &mut Tx<'_>) -> Result<Vec<Ending>> {
    reminder::unguarded_due(tx)
}

/// Sends what is due and says for how many keys.
pub fn send_due(tx: &mut Tx<'_>, public_url: &str, mail: bool) -> Result<usize> {
    let due = due(tx)?;
    due.iter().try_for_each(|ending| send(tx, ending, public_url, mail))?;
    Ok(due.len())
}

/// Sends one. What is sent and that it was sent are one transaction.
pub fn send(tx: &mut Tx<'_>, ending: &Ending, public_url: &str, mail: bool) -> Result<()> {
    let (link, now) = (link(ending), tx.now());
    for recipient in reminder::unguarded_recipients(tx, ending)? {
        let reader = letter::reader(recipient.locale.as_deref(), recipient.timezone.as_deref(), now);
        let told = letter::key_ends(&reader, ending);
        let notice = Notice { kind: "key.expiring", title: &told.title, body: Some(told.body.trim_end()), link: Some(&link) };
        notification::unguarded_insert(tx, recipient.user, ending.org, notice)?;
        if mail {
            letter::post(tx, &recipient.email, &Told { body: format!("{}\n{public_url}{link}\n", told.body), ..told })?;
        }
    }
    reminder::unguarded_note(tx, ending)
}

/// Where the key can be regenerated.
fn link(ending: &Ending) -> String {
    if ending.of_service_account { format!("/o/{}/settings/keys", ending.org_slug) } else { "/account/keys".to_owned() }
}
