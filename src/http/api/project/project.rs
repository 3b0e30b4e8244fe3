//! Projects, with the addresses of their content.

use actix_web::http::Method;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    domain::{
        content::block::UnknownBlocks,
        error::Fault,
        id::{AppId, OrgId, ProjectId},
        project::{app::AppType, project as domain},
        text,
        time::Instant,
    },
    http::api::{
        query::Param,
        route::{Route, delete, get, group, list, write},
    },
    service::project::project,
    store::{
        content::search::{PLACES, PublishedPath},
        project::project::PROJECTS,
    },
};

/// A project.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Project {
    id: ProjectId,
    organization_id: OrgId,
    name: String,
    slug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo_url: Option<String>,
    default_locale: String,
    enabled_locales: Vec<String>,
    /// What is done with new blocks of an unknown type.
    unknown_blocks: UnknownBlocks,
    /// Always `off`: nothing here writes by itself.
    ai_intensity: &'static str,
    is_active: bool,
    created_at: Instant,
    updated_at: Instant,
    apps: Vec<AppLite>,
}

/// What a project shows of an app.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppLite {
    id: AppId,
    app_type: AppType,
    name: String,
    slug: String,
}

impl From<domain::Project> for Project {
    fn from(project: domain::Project) -> Self {
        let app = |app: domain::AppLite| AppLite { id: app.id, app_type: app.app_type, name: app.name, slug: app.slug };
        Self {
            id: project.id,
            organization_id: project.org,
            name: project.name,
            slug: project.slug,
            description: project.description,
            logo_url: project.logo_url,
            default_locale: project.default_locale,
            enabled_locales: project.locales,
            unknown_blocks: project.unknown_blocks,
            ai_intensity: "off",
            is_active: true,
            created_at: project.created_at,
            updated_at: project.updated_at,
            apps: project.apps.into_iter().map(app).collect(),
        }
    }
}

/// A published entry and its path.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectUrl {
    id: String,
    name: String,
    path: String,
    r#type: String,
    app: AppId,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    seo: Option<Box<RawValue>>,
}

impl From<PublishedPath> for ProjectUrl {
    fn from(place: PublishedPath) -> Self {
        let seo = RawValue::from_string(place.seo).ok();
        Self { id: place.id, name: place.name, path: place.path, r#type: place.content_type, app: place.app, seo }
    }
}

const BY_SLUG: &str = "/organizations/{organizationId}/project-slugs/{projectSlug}";
const ALL: &str = "/organizations/{organizationId}/projects";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "projects",
        vec![
            list("list_projects", ALL, "The projects that the caller may see", &PROJECTS, &[], |call, tx, actor, listing| {
                Ok(project::list(tx, actor, call.org()?, listing)?.map(Project::from))
            }),
            write(Method::POST, "create_project", ALL, "Make a project", |call, tx, actor, draft| {
                project::create(tx, actor, call.org()?, draft).map(Project::from)
            }),
            get("get_project_by_slug", BY_SLUG, "A project by its slug", |call, tx, actor| {
                project::get_by_slug(tx, actor, call.org()?, call.param("projectSlug")).map(Project::from)
            })
            .alias("/organizations/{organizationId}/projects/by-slug/{projectSlug}"),
            get("get_project", ONE, "A project", |call, tx, actor| project::get(tx, actor, call.project()?).map(Project::from)),
            write(Method::PATCH, "update_project", ONE, "Change a project", |call, tx, actor, patch| {
                project::update(tx, actor, call.project()?, patch, None).map(Project::from)
            }),
            delete("delete_project", ONE, "Delete a project", |call, tx, actor| project::delete(tx, actor, call.project()?, None)),
            list(
                "list_project_urls",
                "/organizations/{organizationId}/projects/{projectId}/urls",
                "The paths of all published entries",
                &PLACES,
                &[Param {
                    name: "path",
                    help: "Only what is at this path.",
                    schema: r#"{"type": "string", "maxLength": 500}"#,
                    required: false,
                }],
                |call, tx, actor, listing| {
                    let path = call.query("path").map(text::without_nul);
                    if path.as_ref().is_some_and(|path| path.chars().count() > 500) {
                        return Err(Fault::new("path", "too_long", "path must have at most 500 characters.").into());
                    }
                    Ok(project::list_urls(tx, actor, call.project()?, path.as_deref(), listing)?.map(ProjectUrl::from))
                },
            ),
        ],
    )
}
