//! Brandings of a project: their JSON, their stylesheets and their routes.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

use crate::{
    domain::{
        Error, Result,
        id::{BrandingId, ProjectId, UserId},
        project::branding::{self as domain, color::TEXT, field::schemas, look::Contrast, schema::from_json},
        time::Instant,
    },
    http::{
        api::{
            route::{Route, custom, delete, get, group, list, write},
            schema,
        },
        base::{bearer::call::ApiCall, transport::media::Transport},
        branding as sheets,
    },
    service::project::branding,
    store::project::branding::BRANDINGS,
};

/// A branding. Fields that nobody has set are told as they usually are.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Branding {
    id: BrandingId,
    project_id: ProjectId,
    name: String,
    #[serde(flatten)]
    look: Map<String, Value>,
    contrast_warnings: Vec<Warning>,
    created_by: UserId,
    created_at: Instant,
    updated_at: Instant,
}

/// A colour that is hard to read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    field: &'static str,
    on: &'static str,
    ratio: f64,
    required: f64,
}

impl From<Contrast> for Warning {
    fn from(found: Contrast) -> Self {
        // Never rounded up to what would do.
        Self { field: found.field.name, on: found.on.name, ratio: (found.ratio * 100.0).floor() / 100.0, required: TEXT }
    }
}

impl From<domain::Branding> for Branding {
    fn from(found: domain::Branding) -> Self {
        Self {
            id: found.id,
            project_id: found.project,
            name: found.name,
            look: found.look.effective(),
            contrast_warnings: found.look.warnings().into_iter().map(Warning::from).collect(),
            created_by: found.created_by,
            created_at: found.created_at,
            updated_at: found.updated_at,
        }
    }
}

impl PartialSchema for Branding {
    fn schema() -> RefOr<Schema> {
        let id = |of: &str| json!({"$ref": format!("#/components/schemas/{of}")});
        let moment = json!({"type": "string", "format": "date-time"});
        let word = json!({"type": "string"});
        let number = json!({"type": "number"});
        let mut properties = schemas(false);
        let usual: Vec<_> = domain::look::Look::default().effective().keys().cloned().collect();
        let warning = json!({
            "type": "object",
            "required": ["field", "on", "ratio", "required"],
            "properties": {"field": word, "on": word, "ratio": number, "required": number},
        });
        for (name, schema) in [
            ("id", id("BrandingId")),
            ("projectId", id("ProjectId")),
            ("name", word),
            ("createdBy", id("UserId")),
            ("createdAt", moment.clone()),
            ("updatedAt", moment),
        ] {
            properties.insert(name.to_owned(), schema);
        }
        let about = "Colours that are hard to read on the ground below them (WCAG 2.2, 1.4.3): text needs a contrast of 4.5.";
        properties.insert("contrastWarnings".to_owned(), json!({"type": "array", "description": about, "items": warning}));
        let own = ["id", "projectId", "name", "contrastWarnings", "createdBy", "createdAt", "updatedAt"].map(str::to_owned);
        let required: Vec<_> = own.into_iter().chain(usual).collect();
        let about = "A branding. Fields that nobody has set are told as they usually are.";
        from_json(json!({"type": "object", "description": about, "required": required, "properties": properties}))
    }
}

impl ToSchema for Branding {
    fn name() -> Cow<'static, str> {
        "Branding".into()
    }
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/brandings";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/brandings/{brandingId}";
const SHEET: &str = "/organizations/{organizationId}/projects/{projectId}/brandings/{brandingId}.css";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_branding",
        vec![
            list("list_project_brandings", ALL, "The brandings of a project", &BRANDINGS, &[], |call, tx, actor, listing| {
                Ok(branding::list(tx, actor, call.project()?, listing)?.map(Branding::from))
            }),
            write(Method::POST, "create_project_branding", ALL, "Make a branding", |call, tx, actor, draft: &domain::Draft| {
                branding::create(tx, actor, call.project()?, draft).map(Branding::from)
            })
            .about("Apps that are bound to none wear the first that was made; `update_project_app` binds one by its `brandingId`."),
            get("get_project_branding", ONE, "A branding", |call, tx, actor| {
                branding::get(tx, actor, call.project()?, call.id("brandingId")?).map(Branding::from)
            }),
            write(Method::PATCH, "update_project_branding", ONE, "Change a branding", |call, tx, actor, patch: &domain::Patch| {
                branding::update(tx, actor, call.project()?, (call.id("brandingId")?, patch), None).map(Branding::from)
            }),
            delete("delete_project_branding", ONE, "Delete a branding for good", |call, tx, actor| {
                branding::delete(tx, actor, call.project()?, call.id("brandingId")?).map(drop)
            })
            .about("Apps that were bound to it wear the first branding of the project from then on, or none if it was the last."),
            custom(Method::GET, "get_project_branding_css", SHEET, "A branding as a stylesheet", schema::text(), sheet)
                .public()
                .gives(Transport::Css)
                .about(
                    "Custom properties for pages of any site: colours by `light-dark()`, fonts, measures. `/content.v1.css` goes by them. It needs \
                     no token, and has an ETag.",
                ),
        ],
    )
}

async fn sheet(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, id) = (call.project()?, call.id("brandingId")?);
    let found = call.state().store.read(move |tx| branding::public(tx, id)).await?;
    if (found.org, found.project) != at {
        return Err(Error::NotFound("branding"));
    }
    Ok(sheets::answer(&found, call.accepts(), None))
}
