//! Apps and their settings: their JSON and their routes.

use actix_web::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    domain::{
        id::{AppId, BrandingId, ProjectId},
        project::{app as domain, app::AppType},
        time::Instant,
    },
    http::api::route::{Route, act, delete, get, group, list, write},
    service::project::app,
    store::project::app::APPS,
};

/// Settings by their names.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub struct Settings(Map<String, Value>);

/// An app.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct App {
    id: AppId,
    project_id: ProjectId,
    app_type: AppType,
    name: String,
    slug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// The branding that it is bound to; without one it wears the first that was made.
    branding_id: Option<BrandingId>,
    robots_txt: Option<String>,
    is_active: bool,
    settings: Settings,
    primary_domain: Option<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<domain::App> for App {
    fn from(app: domain::App) -> Self {
        let settings = Settings(app.own_settings());
        Self {
            id: app.id,
            project_id: app.project,
            app_type: app.app_type,
            name: app.name,
            slug: app.slug,
            description: app.description,
            branding_id: app.branding,
            robots_txt: None,
            is_active: app.deleted_at.is_none(),
            settings,
            primary_domain: app.primary_domain,
            created_at: app.created_at,
            updated_at: app.updated_at,
        }
    }
}

/// An app's settings, and what can be set.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppSettings {
    app_id: AppId,
    app_type: AppType,
    /// One sentence.
    summary: String,
    /// JSON Schema of the settings.
    #[schema(value_type = Object)]
    schema: Value,
    settings: Settings,
}

impl From<domain::App> for AppSettings {
    fn from(app: domain::App) -> Self {
        let names: Vec<_> = app.app_type.settings().iter().map(|setting| setting.name).collect();
        let summary = format!("Settings of {}: {}.", app.name, names.join(", "));
        Self { app_id: app.id, app_type: app.app_type, summary, schema: app.settings_schema(), settings: Settings(app.own_settings()) }
    }
}

/// Changes settings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"settings": {}}))]
pub struct AppSettingsPatch {
    /// Merged into what is set; `null` clears a key.
    settings: Settings,
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/apps";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/apps/{appId}";
const BY_SLUG: &str = "/organizations/{organizationId}/projects/{projectId}/app-slugs/{appSlug}";
const TRASH: &str = "/organizations/{organizationId}/projects/{projectId}/apps/trash";
const SETTINGS: &str = "/organizations/{organizationId}/projects/{projectId}/apps/{appId}/settings";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_apps",
        vec![
            list("list_project_apps", ALL, "The apps that the caller may see", &APPS, &[], |call, tx, actor, listing| {
                Ok(app::list(tx, actor, call.project()?, listing)?.map(App::from))
            }),
            write(Method::POST, "create_project_app", ALL, "Make an app", |call, tx, actor, draft| {
                app::create(tx, actor, call.project()?, draft).map(App::from)
            }),
            list("list_deleted_project_apps", TRASH, "The apps in the trash", &APPS, &[], |call, tx, actor, listing| {
                Ok(app::list_trashed(tx, actor, call.project()?, listing)?.map(App::from))
            }),
            act(
                Method::POST,
                "restore_project_app",
                "/organizations/{organizationId}/projects/{projectId}/apps/trash/{appId}/restore",
                "Take an app out of the trash",
                |call, tx, actor| app::restore(tx, actor, call.project()?, call.id("appId")?).map(App::from),
            ),
            get("get_project_app_by_slug", BY_SLUG, "An app by its slug", |call, tx, actor| {
                app::get_by_slug(tx, actor, call.project()?, call.param("appSlug")).map(App::from)
            })
            .alias("/organizations/{organizationId}/projects/{projectId}/apps/by-slug/{appSlug}"),
            get("get_project_app", ONE, "An app", |call, tx, actor| app::get(tx, actor, call.app()?).map(App::from)),
            write(
                Method::PATCH,
                "update_project_app",
                ONE,
                "Rename or describe an app, or bind it to a branding",
                |call, tx, actor, patch| app::update(tx, actor, call.app()?, patch).map(App::from),
            ),
            delete("delete_project_app", ONE, "Move an app to the trash", |call, tx, actor| app::delete(tx, actor, call.app()?).map(drop)),
            get("get_app_settings", SETTINGS, "An app's settings and their schema", |call, tx, actor| {
                app::settings(tx, actor, call.app()?).map(AppSettings::from)
            }),
            write(Method::PATCH, "update_app_settings", SETTINGS, "Change settings", |call, tx, actor, body: &AppSettingsPatch| {
                app::update_settings(tx, actor, call.app()?, &body.settings.0).map(AppSettings::from)
            }),
        ],
    )
}
