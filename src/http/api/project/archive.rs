//! Projects as archives: one downloaded, and a project made of one that is uploaded.

use std::{
    fs::File,
    io::{BufReader, Seek},
    sync::Arc,
};

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    domain::{Error, Result, access::Actor, error::Fault, idempotency::StoredAnswer, listing::flag, project::archive::Report},
    http::{
        api::{
            idempotency::{Named, again},
            query::Param,
            route::{Route, custom, group},
            schema::{self, Components, Schema},
        },
        base::{
            bearer::call::ApiCall,
            reply::{blocking, json as answer},
            transport::{
                media::Transport,
                pieces::{attachment, pieces},
            },
        },
    },
    service::project::archive::{
        export::{self, Export},
        import::{self, Ending, ImportRequest},
    },
    store::Tx,
};

use super::project::Project;

/// What was found in an archive, and the project that was made of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProjectImport)]
struct Imported {
    /// The project; null where the archive was only looked through.
    project: Option<Project>,
    /// Apps.
    apps: u64,
    /// Entries.
    entries: u64,
    /// Redirects.
    redirects: u64,
    /// Files.
    files: u64,
    /// Brandings.
    brandings: u64,
    /// Domains, of which each is verified anew.
    domains: u64,
    /// Lines that were left out.
    left_out: u64,
    /// How often there was something to tell.
    noticed: u64,
    /// The first hundred of that: what was left out, and what was kept though nobody knows it here.
    notices: Vec<Notice>,
}

/// Something that is told of a line of an archive.
#[derive(Serialize, ToSchema)]
#[schema(as = ProjectImportNotice)]
struct Notice {
    /// The line, and the place in it: `line 12: content[0]`.
    field: String,
    /// A word for it, such as `unknown_field`.
    code: String,
    /// A sentence.
    message: String,
}

impl Imported {
    fn of(project: Option<Project>, report: Report) -> Self {
        let Report { apps, entries, redirects, files, brandings, domains, left_out, noticed, notices } = report;
        let notice = |Fault { field, code, message }: Fault| Notice { field, code: code.to_owned(), message };
        let notices = notices.into_iter().map(notice).collect();
        Self { project, apps, entries, redirects, files, brandings, domains, left_out, noticed, notices }
    }
}

const EXPORT: &[Param] = &[Param {
    name: "files",
    help: "Whether files are in it; they are, unless it is said.",
    schema: r#"{"type": "string", "enum": ["true", "false"]}"#,
    required: false,
}];

const IMPORT: &[Param] = &[
    Param {
        name: "name",
        help: "The name of the project, instead of that in the archive.",
        schema: r#"{"type": "string", "minLength": 1, "maxLength": 200}"#,
        required: false,
    },
    Param {
        name: "dryRun",
        help: "Only look through the archive.",
        schema: r#"{"type": "string", "enum": ["true", "false"]}"#,
        required: false,
    },
];

/// Lines of JSON.
fn lines() -> Schema {
    Arc::new(|_: &mut Components| json!({ "type": "string" }))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/export";
    const ALL: &str = "/organizations/{organizationId}/projects/import";
    group(
        "projects",
        vec![
            custom(Method::POST, "export_project", ONE, "A project as an archive", lines(), export)
                .travels(Transport::Json, Transport::Lines)
                .params(EXPORT)
                .about("Lines of JSON that another instance imports: all entries in all languages, drafts too, redirects, settings, files, brandings and domains; no people and no secrets."),
            custom(Method::POST, "import_project", ALL, "Make a project of an archive", schema::of::<Imported>(), import)
                .travels(Transport::Lines, Transport::Json)
                .about("The archive is the body, at most 1 GiB, and is looked through as a whole first; each fault names its line. Everything gets new ids.")
                .status(201)
                .repeatable(true)
                .body(lines())
                .params(IMPORT)
                .gate(|call, tx, actor| import::authorize(tx, actor, call.org()?)),
        ],
    )
}

/// Each piece is a read of its own, for a caller who would still be let in.
async fn export(call: ApiCall) -> Result<HttpResponse> {
    call.only(EXPORT)?;
    let (at, state) = (call.project()?, call.state().clone());
    let files = call.query("files").map_or(Ok(true), |text| flag("files", text))?.then(|| state.files.clone());
    let (noting, began) = (call.clone(), state.store.now());
    let slug = state
        .store
        .write(move |tx| {
            let actor = noting.actor(tx)?;
            export::begin(tx, &actor, at)
        })
        .await?;
    let (caller, store, mut archive) = (call.caller(), state.store.clone(), Export::new(at, files));
    let next = move || {
        let (piece, then) = store.read_now(|tx| {
            let (actor, mut then) = (call.actor_since(tx, began)?, archive.clone());
            Ok((then.piece(tx, &actor)?, then))
        })?;
        archive = then;
        Ok(piece)
    };
    Ok(attachment(Transport::Lines.media_type(), &format!("{slug}.jsonl"), caller, pieces(state, caller, next)))
}

async fn import(call: ApiCall) -> Result<HttpResponse> {
    call.only(IMPORT)?;
    let (org, state) = (call.org()?, call.state().clone());
    let (name, only_looks) = (call.query("name").map(str::to_owned), call.query("dryRun") == Some("true"));
    let began = state.store.now();
    let made = blocking(move || {
        let mut source = BufReader::new(call.upload()?);
        if only_looks {
            let seen = import::look_through(&state.store, name.as_deref(), &mut source)?;
            state.store.read_now(|tx| call.actor_since(tx, began).and_then(|actor| import::admit(tx, &actor, org, &seen)))?;
            return Ok(ImportAnswer::Now(200, Box::new(Imported::of(None, seen.report))));
        }
        let named = Named::of(&call, || hash_of(call.upload()?))?;
        let once = named.as_ref().map(Named::once);
        let who = move |tx: &mut Tx<'_>| -> Result<Arc<Actor>> { call.actor_since(tx, began) };
        if let Some(once) = &once
            && let Some(before) = state.store.read_now(|tx| who(tx).and_then(|actor| once.before(tx, &actor)))?
        {
            return Ok(ImportAnswer::Before(before));
        }
        let ending: Ending = match once {
            None => Arc::new(|tx, _, _, end| end(tx)),
            Some(once) => Arc::new(move |tx, actor, report, end| {
                once.make(tx, actor, end, |made| answer(201, &Imported::of(Some(made.clone().into()), report.clone())))
            }),
        };
        let (made, report) = import::import_ending(
            &state.store,
            &ImportRequest { who: Arc::new(who), org, name, files: state.files.clone() },
            &mut source,
            ending,
        )?;
        Ok(ImportAnswer::Now(201, Box::new(Imported::of(Some(made.into()), report))))
    })
    .await?;
    match made {
        ImportAnswer::Now(status, made) => answer(status, &*made),
        ImportAnswer::Before(kept) => Ok(again(&kept)),
    }
}

/// What an import is answered.
enum ImportAnswer {
    Now(u16, Box<Imported>),
    /// As it was before.
    Before(StoredAnswer),
}

/// The hash of an archive, by which a repeat is known.
fn hash_of(mut archive: File) -> Result<blake3::Hash> {
    let mut hash = blake3::Hasher::new();
    // Whoever reads it next begins where this has.
    let read = std::io::copy(&mut archive, &mut hash).and_then(|_| archive.rewind());
    read.map_err(|cause| Error::Internal(format!("the archive cannot be read: {cause}")))?;
    Ok(hash.finalize())
}
