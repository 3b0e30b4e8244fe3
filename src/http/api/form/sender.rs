//! What somebody has sent to the forms of a project: its JSON and its routes.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{form::sender::Draft, id::SubmissionId},
    http::api::route::{Route, action, group},
    service::form::sender,
};

use super::submission::Submission;

/// What somebody has sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SenderSubmissions {
    data: Vec<Submission>,
    /// There may be more: send the same once more with this as `after`.
    next: Option<SubmissionId>,
}

/// How much was erased.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErasedSubmissions {
    /// How many submissions.
    deleted_count: usize,
    /// There may be more: send the same once more with this as `after`.
    next: Option<SubmissionId>,
}

const EXPORT: &str = "/organizations/{organizationId}/projects/{projectId}/form-senders/export";
const ERASE: &str = "/organizations/{organizationId}/projects/{projectId}/form-senders/erase";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let all = vec![
        action("export_form_sender", EXPORT, "All that one e-mail address has sent", |call, tx, actor, draft: &Draft| {
            let (data, next) = sender::sent(tx, actor, call.project()?, draft)?;
            Ok(SenderSubmissions { data: data.into_iter().map(Submission::from).collect(), next })
        })
        // A repeat would need the answer to be kept, though it may have been erased meanwhile.
        .repeatable(false)
        .about("In all forms of the project, also those in the trash: submissions of which one answer is this address. Some hundreds at a time, in the order of their ids; `next` leads on."),
        action("erase_form_sender", ERASE, "Erase all that one e-mail address has sent", |call, tx, actor, draft: &Draft| {
            let (deleted_count, next) = sender::erase(tx, actor, call.project()?, draft)?;
            Ok(ErasedSubmissions { deleted_count, next })
        })
        .about("With the e-mails about it and what webhooks were told of it. What is erased is written over in the database; backups still have it. Some hundreds are looked at at a time; `next` leads on."),
    ];
    group("forms", all)
}
