//! Settings of a website that have routes of their own: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        content::site::settings::{Consent as Choices, ConsentPatch, Tracking as Ids, TrackingPatch, ViewerAuth, ViewerAuthPatch},
        id::AppId,
        project::app::App,
        time::Instant,
    },
    http::api::route::{Route, get, group, write},
    service::content::site::settings,
};

macro_rules! of_app {
    ($(#[$doc:meta])* $name:ident holds $holds:ty) => {
        $(#[$doc])*
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// That of the app, which has them once.
            id: AppId,
            app_id: AppId,
            #[serde(flatten)]
            holds: $holds,
            created_at: Instant,
            updated_at: Instant,
        }

        impl From<(App, $holds)> for $name {
            fn from((app, holds): (App, $holds)) -> Self {
                Self { id: app.id, app_id: app.id, holds, created_at: app.created_at, updated_at: app.updated_at }
            }
        }
    };
}

of_app! {
    /// What readers are asked before cookies are set.
    Consent holds Choices
}
of_app! {
    /// What counts the readers of a site.
    Tracking holds Ids
}

/// Signing in with Apple.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ViewerApple {
    /// Always false: there is none yet.
    enabled: bool,
    service_id: Option<String>,
    team_id: Option<String>,
}

/// Signing in where an organization says who somebody is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ViewerSso {
    /// Always false: there is none yet.
    enabled: bool,
    provider: Option<String>,
    domains: Vec<String>,
}

macro_rules! site {
    ($more:literal) => {
        concat!("/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/", $more)
    };
}
pub(super) use site;

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    const CONSENT: &str = site!("consent");
    const TRACKING: &str = site!("tracking");
    const AUTH: &str = site!("viewer-auth");
    group(
        "website",
        vec![
            get("get_website_consent_settings", CONSENT, "What readers are asked before cookies are set", |call, tx, actor| {
                settings::read::<Choices>(tx, actor, call.app()?).map(Consent::from)
            }),
            write(
                Method::PATCH,
                "update_website_consent_settings",
                CONSENT,
                "Change what readers are asked",
                |call, tx, actor, patch: &ConsentPatch| settings::change::<Choices>(tx, actor, call.app()?, patch).map(Consent::from),
            ),
            get("get_website_tracking_settings", TRACKING, "What counts the readers of the site", |call, tx, actor| {
                settings::read::<Ids>(tx, actor, call.app()?).map(Tracking::from)
            }),
            write(
                Method::PATCH,
                "update_website_tracking_settings",
                TRACKING,
                "Change what counts the readers",
                |call, tx, actor, patch: &TrackingPatch| settings::change::<Ids>(tx, actor, call.app()?, patch).map(Tracking::from),
            ),
            get("get_website_viewer_auth", AUTH, "Whether readers of the site sign in", |call, tx, actor| {
                settings::read::<ViewerAuth>(tx, actor, call.app()?).map(|(_, auth)| auth)
            }),
            write(
                Method::PATCH,
                "update_website_viewer_auth",
                AUTH,
                "Change whether readers sign in",
                |call, tx, actor, patch: &ViewerAuthPatch| {
                    settings::change::<ViewerAuth>(tx, actor, call.app()?, patch).map(|(_, auth)| auth)
                },
            ),
            get("get_website_viewer_apple", site!("viewer-auth/apple"), "Whether readers sign in with Apple", |call, tx, actor| {
                settings::read::<ViewerAuth>(tx, actor, call.app()?).map(|_| ViewerApple {
                    enabled: false,
                    service_id: None,
                    team_id: None,
                })
            }),
            get("get_website_viewer_sso", site!("viewer-auth/sso"), "Whether an organization says who a reader is", |call, tx, actor| {
                settings::read::<ViewerAuth>(tx, actor, call.app()?).map(|_| ViewerSso {
                    enabled: false,
                    provider: None,
                    domains: Vec::new(),
                })
            }),
        ],
    )
}
