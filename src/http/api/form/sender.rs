//! What somebody has sent to the forms of a project: its JSON and its routes.

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{Result, form::sender::Draft, id::SubmissionId},
    http::{
        api::{
            route::{Route, action, custom, group},
            schema::of,
        },
        base::{bearer::call::ApiCall, body, reply::json},
    },
    service::form::sender,
    store::Tx,
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
        custom(Method::POST, "export_form_sender", EXPORT, "All that one e-mail address has sent", of::<SenderSubmissions>(), export)
        .body(of::<Draft>())
        .about("In all forms of the project, also those in the trash: submissions of which one answer is this address. Some hundreds at a time, in the order of their ids; `next` leads on."),
        action("erase_form_sender", ERASE, "Erase all that one e-mail address has sent", |call, tx, actor, draft: &Draft| {
            let (deleted_count, next) = sender::erase(tx, actor, call.project()?, draft, None)?;
            Ok(ErasedSubmissions { deleted_count, next })
        })
        .about("With the e-mails about it and what webhooks were told of it. What is erased is written over in the database; backups still have it. Some hundreds are looked at at a time; `next` leads on."),
    ];
    group("forms", all)
}

async fn export(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (draft, at): (Draft, _) = (body::json(call.body())?, call.project()?);
    let (caller, store) = (call.clone(), call.state().store.clone());
    let find = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        let (data, next) = sender::find(tx, &actor, at, &draft)?;
        Ok(SenderSubmissions { data: data.into_iter().map(Submission::from).collect(), next })
    };
    json(200, &call.reading(move || store.read_now(find)).await?)
}
