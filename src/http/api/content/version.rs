//! Versions of entries: their JSON and their routes.

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        content::{
            Kind, of_type,
            version::{
                difference::{Difference, FieldChange, NodeChange},
                references::Reference,
            },
        },
        error::{Fault, Faults},
        id::{EntryId, UserId, VersionId},
        time::Instant,
    },
    http::{
        api::{
            content::params::OF_ENTRY,
            query::Param,
            route::{Route, act, custom, get, group, list},
            schema,
        },
        base::{bearer::call::ApiCall, reply::json},
    },
    service::content::version,
    store::{
        Tx,
        content::version::{VERSIONS, VersionMeta},
    },
};

/// A version, without what it holds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentVersionMeta {
    id: VersionId,
    content_type: &'static str,
    content_id: EntryId,
    /// Its number: the entry's own, from 1.
    version: i64,
    /// What made it: `create`, `edit`, `publish`, `unpublish`, `revert` or `import`.
    source: String,
    created_by: UserId,
    summary: Option<String>,
    created_at: Instant,
}

impl ContentVersionMeta {
    fn of(kind: &Kind, meta: VersionMeta) -> Self {
        Self {
            id: meta.id,
            content_type: kind.content_type,
            content_id: meta.entry,
            version: meta.version,
            source: meta.source,
            created_by: meta.created_by,
            summary: meta.summary,
            created_at: meta.created_at,
        }
    }
}

/// A version.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentVersion {
    #[serde(flatten)]
    meta: ContentVersionMeta,
    /// The content tree.
    #[schema(value_type = Vec<Object>)]
    content: Box<RawValue>,
    /// The fields, in all languages.
    #[schema(value_type = Object)]
    fields: Box<RawValue>,
}

impl TryFrom<version::Version> for ContentVersion {
    type Error = Error;

    fn try_from(version: version::Version) -> Result<Self> {
        let raw = |text| RawValue::from_string(text).map_err(|_| Error::Internal("a version is no JSON".into()));
        let meta = ContentVersionMeta::of(version.kind, version.meta);
        Ok(Self { meta, content: raw(version.held.content)?, fields: raw(version.held.fields)? })
    }
}

/// What is different in a version.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentDifference {
    /// The version.
    version: ContentVersionMeta,
    /// What it is compared with; null for the first that is kept.
    against: Option<ContentVersionMeta>,
    /// In the fields of the entry.
    fields: Vec<FieldChange>,
    /// In its content, in the order of the page.
    blocks: Vec<NodeChange>,
}

impl From<version::Compared> for ContentDifference {
    fn from(found: version::Compared) -> Self {
        let Difference { fields, blocks } = found.difference;
        let meta = |meta| ContentVersionMeta::of(found.kind, meta);
        Self { version: meta(found.version), against: found.against.map(meta), fields, blocks }
    }
}

/// What became of a restore.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContentRestored {
    content_type: &'static str,
    content_id: EntryId,
    /// The version that came back.
    restored_from_version: i64,
    /// The version that the entry has now.
    new_version: i64,
    /// Entries that it leads to and that are not there any more.
    missing: Vec<MissingReference>,
}

/// Something that is not there any more.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MissingReference {
    /// The block that leads to it; null for a field of the entry.
    block_id: Option<String>,
    /// The entry that it leads to.
    content_id: EntryId,
}

impl From<version::Restored> for ContentRestored {
    fn from(done: version::Restored) -> Self {
        let missing = |Reference { block, to }| MissingReference { block_id: block, content_id: to };
        Self {
            content_type: done.entry.kind.content_type,
            content_id: done.entry.id,
            restored_from_version: done.from,
            new_version: done.entry.version,
            missing: done.missing.into_iter().map(missing).collect(),
        }
    }
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/content-versions";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/content-versions/{versionId}";
const RESTORE: &str = "/organizations/{organizationId}/projects/{projectId}/content-versions/{versionId}/restore";
const DIFFERENCE: &str = "/organizations/{organizationId}/projects/{projectId}/content-versions/{versionId}/difference";

const AGAINST: &[Param] = &[Param {
    name: "against",
    help: "The version that it is compared with; the one before it when left out.",
    schema: r#"{"type": "string", "format": "uuid"}"#,
    required: false,
}];

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "content_versions",
        vec![
            list("list_content_versions", ALL, "The versions of an entry, newest first", &VERSIONS, OF_ENTRY, |call, tx, actor, listing| {
                let (kind, id) = entry_of(call)?;
                Ok(version::list(tx, actor, call.project()?, (kind, id), listing)?.map(|meta| ContentVersionMeta::of(kind, meta)))
            }),
            get("get_content_version", ONE, "A version with what it holds", |call, tx, actor| {
                ContentVersion::try_from(version::get(tx, actor, call.project()?, call.id("versionId")?)?)
            }),
            custom(Method::GET, "compare_content_versions", DIFFERENCE, "What is different in a version", schema::of::<ContentDifference>(), difference)
                .params(AGAINST)
                .gate(|call, tx, actor| version::get(tx, actor, call.project()?, call.id("versionId")?).map(drop))
                .about("A block is the same where it has the same id: it is added, removed, moved or changed. Texts are compared word by word, in each language."),
            act(Method::POST, "restore_content_version", RESTORE, "Bring back what a version holds", |call, tx, actor| {
                let (at, id) = (call.project()?, call.id("versionId")?);
                let seen = call.if_match(|| version::current_of(tx, actor, at, id))?;
                version::restore(tx, actor, at, id, seen).map(ContentRestored::from)
            })
            .versioned()
            .about("Content and fields come back in all languages, as one more version. Slug, status and dates stay."),
        ],
    )
}

/// The entry that the query names.
fn entry_of(call: &ApiCall) -> Result<(&'static Kind, EntryId)> {
    let mut faults = Faults::default();
    let mut given = |name: &'static str| {
        let value = call.query(name).filter(|value| !value.is_empty());
        faults.keep(value.ok_or_else(|| Fault::new(name, "required", format!("{name} is required."))))
    };
    let (content_type, id) = (given("contentType"), given("contentId"));
    let kind = content_type.and_then(|word| {
        let known = of_type(call.state().store.kinds(), word);
        faults.keep(known.ok_or_else(|| Fault::new("contentType", "unknown", format!("There is no content type {word:?}."))))
    });
    let id = id.and_then(|id| faults.keep(id.parse().map_err(|_| Fault::new("contentId", "malformed", "contentId must be a UUID."))));
    faults.into_result()?;
    kind.zip(id).ok_or(Error::NotFound("entry"))
}

/// Words are compared for a while, so that happens off the workers.
async fn difference(call: ApiCall) -> Result<HttpResponse> {
    call.only(AGAINST)?;
    let (at, id) = (call.project()?, call.id("versionId")?);
    let against = call.query("against").map(|id| id.parse().map_err(|_| Fault::new("against", "malformed", "against must be a UUID.")));
    let (against, store, caller) = (against.transpose()?, call.state().store.clone(), call.clone());
    let work = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        version::compare(tx, &actor, at, id, against)
    };
    let found = call.reading(move || store.read_now(work)).await?;
    json(200, &ContentDifference::from(found))
}
