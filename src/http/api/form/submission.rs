//! What visitors have sent to forms: its JSON and its routes.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        content::{Kind, Kinds},
        error::Fault,
        form::{
            attachment::Attachment,
            submission::{Mark, Patch, Submission as Stored},
        },
        id::{AttachmentId, EntryId, SubmissionId},
        time::Instant,
    },
    http::{
        api::{
            query::Param,
            route::{Route, custom, delete, get, get_with, group, list, write},
            schema::{Components, Schema},
        },
        base::{
            bearer::call::ApiCall,
            transport::{file::download::download, media::Transport},
        },
    },
    service::form::{attachment, submission},
    store::{
        Tx,
        form::{blocked::Blocked, submission::SUBMISSIONS},
    },
};

/// Days that are looked back, for want of a number.
const WINDOW: u32 = 30;

const WINDOW_DAYS: &[Param] = &[Param {
    name: "windowDays",
    help: "How many days to look back; 30 when left out.",
    schema: r#"{"type": "integer", "minimum": 1, "maximum": 365}"#,
    required: false,
}];

/// What a visitor has sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    id: SubmissionId,
    form_id: EntryId,
    /// Always null: nobody is known by what they send.
    person_id: Option<String>,
    /// The answers, each by the name of its field.
    data: Map<String, Value>,
    /// The files that came with it. In `data` their names stand under that of the field that asked for them.
    files: Vec<SubmissionFile>,
    /// The words of each consent that was given, by the name of its field.
    consents: Map<String, Value>,
    metadata: SubmissionMetadata,
    /// The version of the form that it answers.
    form_version: i64,
    /// The language in which it was filled in.
    locale: String,
    mark: Mark,
    note: Option<String>,
    /// When it goes by itself; null for never.
    expires_at: Option<Instant>,
    created_at: Instant,
}

/// A file that came with it. Nobody gets its bytes who may not read the submission.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionFile {
    id: AttachmentId,
    /// The name of the field that asked for it.
    field: String,
    /// What it was called where it comes from.
    filename: String,
    /// Its type, by its bytes.
    mime_type: String,
    size_bytes: u64,
}

impl From<Attachment> for SubmissionFile {
    fn from(of: Attachment) -> Self {
        Self { id: of.id, field: of.field, filename: of.filename, mime_type: of.mime_type, size_bytes: of.blob.size }
    }
}

/// How it came.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionMetadata {
    user_agent: Option<String>,
    /// The address, as far as the form keeps it.
    ip: Option<String>,
    referer: Option<String>,
    submitted_at: Instant,
    tags: Vec<String>,
    source: Option<String>,
}

impl From<Stored> for Submission {
    fn from(stored: Stored) -> Self {
        let of = stored.metadata;
        Self {
            id: stored.id,
            form_id: stored.form,
            person_id: None,
            data: stored.data,
            files: stored.files.into_iter().map(SubmissionFile::from).collect(),
            consents: stored.consents,
            metadata: SubmissionMetadata {
                user_agent: of.user_agent,
                ip: of.ip,
                referer: of.referer,
                submitted_at: stored.created_at,
                tags: of.tags,
                source: of.source,
            },
            form_version: stored.form_version,
            locale: stored.locale,
            mark: stored.mark,
            note: stored.note,
            expires_at: stored.expires_at,
            created_at: stored.created_at,
        }
    }
}

/// What was refused and not stored.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockedSubmissions {
    window_days: u32,
    total: u64,
    by_reason: Vec<BlockedByReason>,
}

/// The same for one reason.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockedByReason {
    /// `honeypot`, `too_fast`, `origin`, `captcha:missing`, `captcha:wrong`.
    reason: String,
    count: u64,
    last_at: Instant,
}

impl BlockedSubmissions {
    fn of(window_days: u32, found: Vec<Blocked>) -> Self {
        let total = found.iter().map(|one| one.count).sum();
        let by_reason = found.into_iter().map(|one| BlockedByReason { reason: one.reason, count: one.count, last_at: one.last_at });
        Self { window_days, total, by_reason: by_reason.collect() }
    }
}

/// The routes of this file.
pub fn routes(kinds: Kinds) -> Vec<Route> {
    kinds.iter().filter(|kind| kind.is_form()).flat_map(|kind| group(kind.app_type.segment(), of_kind(kind))).collect()
}

fn of_kind(kind: &'static Kind) -> Vec<Route> {
    let form = format!(
        "/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/{}/{{{}}}",
        kind.app_type.segment(),
        kind.segment,
        kind.id_name
    );
    let (all, one) = (format!("{form}/submissions"), format!("{form}/submissions/{{submissionId}}"));
    let id = |call: &ApiCall| call.id::<SubmissionId>("submissionId");
    let of = move |call: &ApiCall| -> Result<(&'static Kind, EntryId)> {
        Ok((kind, call.param(kind.id_name).parse().map_err(|_| Error::NotFound(kind.noun))?))
    };
    vec![
        list("list_form_submissions", &all, "What was sent to a form, newest first", &SUBMISSIONS, &[], move |call, tx, actor, listing| {
            Ok(submission::list(tx, actor, call.app()?, of(call)?, listing)?.map(Submission::from))
        })
        .about(
            "`search` looks into the answers. A key needs the option `submissions`, which is on for full access alone unless it was set.",
        ),
        get("get_form_submission", &one, "What somebody sent to a form", move |call, tx, actor| {
            submission::get(tx, actor, call.app()?, of(call)?, id(call)?).map(Submission::from)
        }),
        write(
            Method::PATCH,
            "update_form_submission",
            &one,
            "Mark a submission, or note something beside it",
            move |call, tx, actor, patch: &Patch| {
                submission::update(tx, actor, call.app()?, of(call)?, id(call)?, patch).map(Submission::from)
            },
        ),
        custom(
            Method::GET,
            "get_form_submission_file",
            &format!("{one}/files/{{fileId}}"),
            "A file that came with a submission",
            bytes(),
            move |call| file(call, of),
        )
        .gate(move |call, tx, actor| attachment::get(tx, actor, call.app()?, of(call)?, (id(call)?, call.id("fileId")?)).map(drop))
        .gives(Transport::Bytes)
        .about("Always a download, whatever it is: its type stands in the submission."),
        delete("delete_form_submission", &one, "Delete a submission for good", move |call, tx, actor| {
            submission::delete(tx, actor, call.app()?, of(call)?, &[id(call)?])
        }),
        get_with(
            "get_form_blocked_submissions",
            &format!("{form}/blocked-submissions"),
            "What was refused and not stored, by its reason",
            WINDOW_DAYS,
            move |call, tx, actor| {
                let days = window(call)?;
                Ok(BlockedSubmissions::of(days, submission::blocked(tx, actor, call.app()?, of(call)?, days)?))
            },
        ),
    ]
}

/// Bytes of any type.
fn bytes() -> Schema {
    Arc::new(|_: &mut Components| json!({ "type": "string", "format": "binary" }))
}

async fn file(call: ApiCall, of: impl Fn(&ApiCall) -> Result<(&'static Kind, EntryId)>) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, target, id) = (call.app()?, of(&call)?, (call.id("submissionId")?, call.id("fileId")?));
    let caller = call.clone();
    let find = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        attachment::get(tx, &actor, at, target, id)
    };
    let found = call.state().store.read(find).await?;
    download(call.state(), call.caller(), &found.blob, &found.filename)
}

fn window(call: &ApiCall) -> Result<u32> {
    let fault = || Fault::new("windowDays", "wrong_type", "windowDays must be a whole number.").into();
    call.query("windowDays").map_or(Ok(WINDOW), |text| text.parse().map_err(|_| fault()))
}
