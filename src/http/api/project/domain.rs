//! Domains of projects and websites: their JSON and their routes.

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        id::{AppId, DomainId, ProjectId},
        project::{
            app::AppType,
            domain::{self as rules, Wrong, token},
        },
        time::Instant,
    },
    http::{
        api::{
            route::{Route, custom, delete, get, group, list, write},
            schema,
        },
        base::{bearer::call::ApiCall, reply::json},
    },
    service::project::domain,
    store::project::domain::{DOMAINS, SITE_DOMAINS},
};

/// A domain.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectDomain {
    id: DomainId,
    project_id: ProjectId,
    app_id: Option<AppId>,
    app_type: Option<AppType>,
    app_name: Option<String>,
    app_slug: Option<String>,
    hostname: String,
    /// Always false: this server makes no names.
    is_generated: bool,
    is_primary: bool,
    is_verified: bool,
    #[schema(pattern = "^(pending_dns|active|failed)$")]
    verification_status: &'static str,
    verification_error: Option<&'static str>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<rules::Domain> for ProjectDomain {
    fn from(found: rules::Domain) -> Self {
        let app = found.app;
        Self {
            id: found.id,
            project_id: found.project,
            app_id: app.as_ref().map(|app| app.id),
            app_type: app.as_ref().map(|app| app.app_type),
            app_name: app.as_ref().map(|app| app.name.clone()),
            app_slug: app.map(|app| app.slug),
            hostname: found.hostname,
            is_generated: false,
            is_primary: found.is_primary,
            is_verified: found.verified_at.is_some(),
            verification_status: found.status.word(),
            verification_error: found.wrong.map(Wrong::sentence),
            created_at: found.created_at,
            updated_at: found.updated_at,
        }
    }
}

/// What to put into the zone of a domain.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DomainVerification {
    hostname: String,
    #[schema(pattern = "^(pending_dns|active|failed)$")]
    verification_status: &'static str,
    /// Null where an operator has said that the name is good.
    dns_record_name: Option<String>,
    dns_record_type: Option<&'static str>,
    dns_record_value: Option<String>,
    verification_error: Option<&'static str>,
    /// Always null: which address the name is to lead to, whoever runs the proxy knows.
    load_balancer_ip: Option<String>,
}

impl From<rules::Domain> for DomainVerification {
    fn from(found: rules::Domain) -> Self {
        let has_record = !found.by_operator;
        Self {
            verification_status: found.status.word(),
            dns_record_name: has_record.then(|| found.record()),
            dns_record_type: has_record.then_some("TXT"),
            dns_record_value: has_record.then(|| token(found.project)),
            verification_error: found.wrong.map(Wrong::sentence),
            load_balancer_ip: None,
            hostname: found.hostname,
        }
    }
}

/// A domain of a site.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SiteDomain {
    id: DomainId,
    app_id: AppId,
    domain: String,
    /// Always false: this server makes no names.
    is_generated: bool,
    is_verified: bool,
    is_primary: bool,
    verification_token: String,
    created_at: Instant,
    updated_at: Instant,
}

impl SiteDomain {
    fn of(found: rules::Domain, app_id: AppId) -> Self {
        Self {
            id: found.id,
            app_id,
            is_generated: false,
            is_verified: found.verified_at.is_some(),
            is_primary: found.is_primary,
            verification_token: token(found.project),
            created_at: found.created_at,
            updated_at: found.updated_at,
            domain: found.hostname,
        }
    }
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/domains";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/domains/{domainId}";
const VERIFICATION: &str = "/organizations/{organizationId}/projects/{projectId}/domains/{domainId}/verification";
const OF_SITE: &str = "/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/domains";
const ONE_OF_SITE: &str = "/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/domains/{domainId}";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let verify = custom(Method::POST, "verify_project_domain", VERIFICATION, "Look for the record of a domain now", schema::of::<ProjectDomain>(), verify)
        .about("It is looked for by itself, too: each hour until it is there, then each day. A name whose record is gone is served for a week more.")
        .gate(|call, tx, actor| domain::to_verify(tx, actor, call.project()?, call.id("domainId")?).map(drop));
    let of_project = group(
        "project_domains",
        vec![
            list("list_project_domains", ALL, "The domains of a project, the primary ones first", &DOMAINS, &[], |call, tx, actor, listing| {
                Ok(domain::list(tx, actor, call.project()?, listing)?.map(ProjectDomain::from))
            }),
            write(Method::POST, "create_project_domain", ALL, "Want a name for a project", |call, tx, actor, draft: &rules::Draft| {
                domain::create(tx, actor, call.project()?, draft, call.state().hosts.own()).map(ProjectDomain::from)
            })
            .about(
                "Several projects may want a name; the first whose record is found has it. Under it what is public of the project is reached, and \
                 neither the console nor the API.",
            ),
            get("get_project_domain", ONE, "A domain", |call, tx, actor| {
                domain::get(tx, actor, call.project()?, call.id("domainId")?).map(ProjectDomain::from)
            }),
            write(Method::PATCH, "update_project_domain", ONE, "Change where a domain leads, or make it the primary one", |call, tx, actor, patch| {
                domain::update(tx, actor, call.project()?, call.id("domainId")?, patch).map(ProjectDomain::from)
            }),
            delete("delete_project_domain", ONE, "Give a name up", |call, tx, actor| {
                domain::delete(tx, actor, call.project()?, call.id("domainId")?).map(drop)
            }),
            get("get_domain_verification_instructions", VERIFICATION, "The record by which a domain is verified", |call, tx, actor| {
                domain::get(tx, actor, call.project()?, call.id("domainId")?).map(DomainVerification::from)
            }),
            verify,
        ],
    );
    let of_site = group(
        "website",
        vec![
            list(
                "list_website_custom_domains",
                OF_SITE,
                "The domains that lead to a site",
                &SITE_DOMAINS,
                &[],
                |call, tx, actor, listing| {
                    let at = call.app()?;
                    Ok(domain::list_of_site(tx, actor, at, listing)?.map(|found| SiteDomain::of(found, at.2)))
                },
            ),
            get("get_website_custom_domain", ONE_OF_SITE, "A domain of a site", |call, tx, actor| {
                let at = call.app()?;
                domain::get_of_site(tx, actor, at, call.id("domainId")?).map(|found| SiteDomain::of(found, at.2))
            }),
        ],
    );
    [of_project, of_site].concat()
}

/// The servers of names are asked between two transactions: what waits for them keeps no other.
async fn verify(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, id, state) = (call.project()?, call.id("domainId")?, call.state().clone());
    let caller = call.clone();
    let wanted = state.store.read(move |tx| caller.actor(tx).and_then(|actor| domain::to_verify(tx, &actor, at, id))).await?;
    let found = state.names.texts(wanted.record()).await;
    let caller = call.clone();
    let settled = state.store.write(move |tx| caller.actor(tx).and_then(|actor| domain::verify(tx, &actor, at, id, &found))).await?;
    json(200, &ProjectDomain::from(settled))
}
