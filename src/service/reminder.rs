//! Reminders of keys that end soon: a notification and, where mail is configured, a letter; each once, also over a restart.

use crate::{
    domain::Result,
    store::{
        Tx, letter,
        notification::{self, Notice},
        reminder::{self, Ending},
    },
};

/// Whether any reminder is due.
pub fn any_due(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(!reminder::unguarded_due(tx)?.is_empty())
}

/// Sends what is due and says for how many keys. What is sent and that it was sent are one transaction.
pub fn send_due(tx: &mut Tx<'_>, public_url: &str, mail: bool) -> Result<usize> {
    let due = reminder::unguarded_due(tx)?;
    for ending in &due {
        let (title, body, link) = words(ending);
        let notice = Notice { kind: "key.expiring", title: &title, body: Some(&body), link: Some(&link) };
        for (user, email) in reminder::unguarded_recipients(tx, ending)? {
            notification::unguarded_insert(tx, user, ending.org, notice)?;
            if mail {
                letter::unguarded_insert(tx, &email, &title, &format!("{body}\n\n{public_url}{link}\n"))?;
            }
        }
        reminder::unguarded_note(tx, ending)?;
    }
    Ok(due.len())
}

/// Title, text and address of a reminder.
fn words(ending: &Ending) -> (String, String, String) {
    let Ending { name, owner_name, org_name, org_slug, days, .. } = ending;
    let within = if *days == 1 { "within a day".to_owned() } else { format!("within {days} days") };
    let end = ending.expires_at.to_string();
    let (day, time) = end.split_at_checked(10).unwrap_or((&end, ""));
    let time = time.get(1..6).unwrap_or_default();
    let whose = if ending.of_service_account { format!(" of the service account {owner_name}") } else { String::new() };
    let title = format!("The API key {name} ends {within}");
    let body = format!(
        "The key {name}{whose} in {org_name} ends on {day} at {time} UTC. What uses it stops then. Regenerate it before, with a grace period \
         in which both keys work."
    );
    let link = if ending.of_service_account { format!("/o/{org_slug}/settings/keys") } else { "/account/keys".to_owned() };
    (title, body, link)
}
