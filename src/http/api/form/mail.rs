//! E-mails about submissions: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        account::delivery::DeliveryState,
        content::{Kind, Kinds},
        form::telling::mail::Mail,
        id::{DeliveryId, EntryId, SubmissionId},
        time::Instant,
    },
    http::{
        api::route::{Route, act, group, list},
        base::bearer::call::ApiCall,
    },
    service::form::mail,
    store::form::mail::MAILS,
};

/// An e-mail about a submission, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionEmail {
    id: DeliveryId,
    /// `notice` to the app's `notifyEmail`, `confirmation` to the visitor.
    #[schema(pattern = "^(notice|confirmation)$")]
    kind: &'static str,
    recipient: String,
    subject: String,
    /// `cancelled`, where what it was about had gone before it was sent.
    #[schema(pattern = "^(queued|sent|failed|cancelled)$")]
    state: &'static str,
    /// How often it was tried since it was queued.
    attempts: u32,
    /// When it is tried next; null where it does not wait.
    next_attempt_at: Option<Instant>,
    /// Why the last try has failed.
    error: Option<String>,
    /// When it was sent or given up.
    ended_at: Option<Instant>,
    created_at: Instant,
}

impl From<Mail> for SubmissionEmail {
    fn from(found: Mail) -> Self {
        Self {
            id: found.id,
            kind: found.kind.word(),
            recipient: found.recipient,
            subject: found.subject,
            state: found.state.word(),
            attempts: found.attempts,
            next_attempt_at: (found.state == DeliveryState::Queued).then_some(found.due_at),
            error: found.reason,
            ended_at: found.ended_at,
            created_at: found.created_at,
        }
    }
}

/// The routes of this file.
pub fn routes(kinds: Kinds) -> Vec<Route> {
    kinds.iter().filter(|kind| kind.is_form()).flat_map(|kind| group(kind.app_type.segment(), of_kind(kind))).collect()
}

fn of_kind(kind: &'static Kind) -> Vec<Route> {
    let all = format!(
        "/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/{}/{{{}}}/submissions/{{submissionId}}/emails",
        kind.app_type.segment(),
        kind.segment,
        kind.id_name
    );
    let of = move |call: &ApiCall| -> Result<((&'static Kind, EntryId), SubmissionId)> {
        let form = call.param(kind.id_name).parse().map_err(|_| Error::NotFound(kind.noun))?;
        Ok(((kind, form), call.id("submissionId")?))
    };
    vec![
        list("list_form_submission_emails", &all, "The e-mails about a submission", &MAILS, &[], move |call, tx, actor, listing| {
            Ok(mail::list(tx, actor, call.app()?, of(call)?, listing)?.map(SubmissionEmail::from))
        })
        .about("What became of them is known for as long as `keep-emails` says."),
        act(
            Method::POST,
            "resend_form_submission_email",
            &format!("{all}/{{emailId}}/resend"),
            "Send an e-mail about a submission once more",
            move |call, tx, actor| {
                let (target, id) = of(call)?;
                let post = call.state().post();
                mail::resend(tx, actor, call.app()?, (target, id, call.id("emailId")?), &post).map(SubmissionEmail::from)
            },
        )
        .about("One that still waits is refused with 409."),
    ]
}
