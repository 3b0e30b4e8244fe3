//! E-mails about what visitors send: whoever looks after the app is told, and a visitor that it has arrived. They are seen beside it, and sent
//! again.

use std::{sync::Arc, time::Duration};

use serde_json::json;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        account::delivery::{About, DeliveryState, FormEmail},
        content::{Entry, Kind},
        error::Fault,
        fold::fold,
        form::{
            definition::Definition,
            settings::Settings,
            submission::{self as sending, Submission},
            telling::mail::Mail,
        },
        id::{AppPath, DeliveryId, EntryId, SubmissionId},
        listing::Listing,
        page::Page,
        text::one_line,
    },
    service::{account::email, authorize, i18n::Lang, org::invitation::Post},
    store::{
        Tx,
        content::entry,
        form::{mail, path, submission},
        project::app,
    },
};

/// Nobody gets more confirmations than one in so long, whoever says to be them: forms send nobody heaps of e-mails.
const CONFIRMED: Duration = Duration::from_secs(60 * 60);

/// A form that something was sent to.
#[derive(Debug, Clone, Copy)]
pub struct Form<'f> {
    /// The form.
    pub entry: &'f Entry,
    /// Its settings.
    pub settings: &'f Settings,
    /// What it asks.
    pub definition: &'f Definition,
    /// The language of those who work at its project.
    pub language: &'f str,
}

/// Queues the e-mails about something that was just stored.
///
/// # Errors
/// Those of the store.
pub fn announce(tx: &mut Tx<'_>, at: &Granted<InApp>, form: Form<'_>, sent: &Submission, post: &Post) -> Result<()> {
    if !post.mail {
        return Ok(());
    }
    let found = app::get(tx, at)?;
    if let Some(recipient) = found.notify_email() {
        let payload = payload(tx, at, (form.entry.kind, &found.slug), sent, post)?;
        let title = subject(form.language, FormEmail::Notice, &form.entry.name);
        email::post_about(tx, (recipient, &title), &payload, About::Submission(sent.id, FormEmail::Notice))?;
    }
    let Some(address) = sending::address(form.definition, &sent.data).filter(|_| form.settings.confirmation_enabled) else { return Ok(()) };
    if !mail::is_confirmed(tx, at, &fold(address), CONFIRMED)? {
        let title = subject(&sent.locale, FormEmail::Confirmation, &form.entry.name);
        email::post_about(tx, (address, &title), &json!({}).to_string(), About::Submission(sent.id, FormEmail::Confirmation))?;
    }
    Ok(())
}

/// What stands above one of these e-mails: nothing that a visitor has typed.
fn subject(language: &str, kind: FormEmail, form: &str) -> String {
    let lang = Lang::from_tag(language).unwrap_or(Lang::En);
    one_line(&lang.t(&format!("email-form-{}-subject", kind.word())).s("form", form).to_string())
}

/// What is stored of an e-mail until it was sent: where the submission is found. What was answered is read when it is sent.
fn payload(tx: &mut Tx<'_>, at: &Granted<InApp>, (kind, app): (&'static Kind, &str), sent: &Submission, post: &Post) -> Result<String> {
    let (org, project) = path::slugs(tx, at)?;
    let place = format!("/o/{org}/p/{project}/{}/{app}/{}/{}", kind.app_type.segment(), kind.segment, sent.form);
    Ok(json!({ "link": format!("{}{place}/submissions?show={}", post.public_url, sent.id) }).to_string())
}

/// Authorizes the caller for something that was sent to a form, and finds it.
fn authorize(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, form): (&'static Kind, EntryId),
    id: SubmissionId,
) -> Result<(Granted<InApp>, Submission)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::SubmissionRead)?;
    entry::get(tx, &granted, kind, form)?;
    let found = submission::get(tx, &granted, form, id)?;
    Ok((granted, found))
}

/// The e-mails about a submission, the oldest first.
///
/// # Errors
/// Those of the gate.
pub fn of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId), id: SubmissionId) -> Result<Vec<Mail>> {
    let (granted, found) = authorize(tx, actor, at, target, id)?;
    mail::of(tx, &granted, found.id)
}

/// The same as a list.
///
/// # Errors
/// Those of the gate.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (target, id): ((&'static Kind, EntryId), SubmissionId),
    listing: &Listing,
) -> Result<Page<Mail>> {
    let (granted, found) = authorize(tx, actor, at, target, id)?;
    mail::list(tx, &granted, found.id, listing)
}

/// Sends one that was sent or given up once more.
///
/// # Errors
/// Those of the gate; a conflict for one that waits, and where no e-mail can be sent.
pub fn resend(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (target, id, which): ((&'static Kind, EntryId), SubmissionId, DeliveryId),
    post: &Post,
) -> Result<Mail> {
    authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let (granted, sent) = authorize(tx, actor, at, target, id)?;
    let found = mail::get(tx, &granted, id, which)?;
    if found.state == DeliveryState::Queued {
        return Err(Error::Conflict(Fault::new("emailId", "queued", "This e-mail waits to be sent already.")));
    }
    if !post.mail {
        return Err(Error::Conflict(Fault::new("emailId", "no_mail", "No e-mails are sent from here.")));
    }
    let app = app::get(tx, &granted)?;
    let payload = payload(tx, &granted, (target.0, &app.slug), &sent, post)?;
    mail::queue_again(tx, &granted, id, which, &payload)?;
    mail::get(tx, &granted, id, which)
}
