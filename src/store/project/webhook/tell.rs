//! Who hears of a deed: asked in the transaction that does it, by one look at an index where nobody does.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        id::{OrgId, ProjectId, SubmissionId, WebhookId},
        project::webhook::event::{Deed, Event},
    },
    store::{Tx, sql},
};

use super::{
    delivery,
    webhook::{NAME, events},
};

statements! {
    OF_PROJECT = "SELECT w.id, w.project_id, w.events FROM webhooks w WHERE w.project_id = $1 AND w.is_active ORDER BY w.id";
    OF_ORG = "SELECT w.id, w.project_id, w.events FROM webhooks w JOIN projects p ON p.id = w.project_id
              WHERE w.organization_id = $1 AND w.is_active AND p.deleted_at IS NULL ORDER BY w.id";
    KEY_PROJECTS = "SELECT projects FROM api_keys WHERE id = $1";
}

/// A webhook that may be told something, and its project.
type Ear = (WebhookId, ProjectId);

/// Queues what webhooks hear of a deed. One to the whole organization is heard in all its projects, and what is done to a key in those that it
/// reaches.
pub fn unguarded_tell(tx: &mut Tx<'_>, (org, project): (OrgId, Option<ProjectId>), event: Event, deed: &Deed<'_>) -> Result<()> {
    let mut ears = ears(tx, (org, project), event)?;
    if event.noun() == "key" && !ears.is_empty() {
        keep_reached(tx, deed, &mut ears)?;
    }
    for (webhook, project) in ears {
        delivery::unguarded_queue(tx, webhook, event.word(), &deed.body(event, org, project))?;
    }
    Ok(())
}

/// Queues what webhooks hear of what a visitor has sent, which is no line of the audit trail. `body` is asked only where somebody hears it.
pub fn submitted(tx: &mut Tx<'_>, at: &Granted<InApp>, sent: SubmissionId, body: impl FnOnce() -> String) -> Result<()> {
    let event = Event::FormSubmitted;
    let ears = ears(tx, (at.org(), Some(at.project())), event)?;
    if ears.is_empty() {
        return Ok(());
    }
    let body = body();
    ears.into_iter().try_for_each(|(webhook, _)| delivery::queue_of(tx, at, webhook, (event.word(), &body), sent).map(drop))
}

/// Who hears an event.
fn ears(tx: &mut Tx<'_>, (org, project): (OrgId, Option<ProjectId>), event: Event) -> Result<Vec<Ear>> {
    let rows = match project {
        Some(project) => tx.rows(&OF_PROJECT, &[project.into()])?,
        None => tx.rows(&OF_ORG, &[org.into()])?,
    };
    let mut ears = Vec::new();
    for mut row in rows {
        let ear = (row.take(NAME, "id")?, row.take(NAME, "project_id")?);
        let heard = events(&row.take::<String>(NAME, "events")?);
        if heard.is_empty() || heard.contains(&event) {
            ears.push(ear);
        }
    }
    Ok(ears)
}

/// Leaves out the projects that a key does not reach.
fn keep_reached(tx: &mut Tx<'_>, deed: &Deed<'_>, ears: &mut Vec<Ear>) -> Result<()> {
    let Some(key) = deed.note.resource_id.as_deref() else { return Ok(()) };
    let Some(mut row) = tx.one(&KEY_PROJECTS, &[key.into()])? else { return Ok(()) };
    if let Some(text) = row.take::<Option<String>>("api_keys", "projects")? {
        let reached: Vec<ProjectId> = sql::json(&text, "api_keys", "projects")?;
        ears.retain(|(_, project)| reached.contains(project));
    }
    Ok(())
}
