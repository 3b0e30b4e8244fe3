//! Service accounts: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        access::Role,
        id::{MemberId, OrgId, UserId},
        org::service_account as domain,
        time::Instant,
    },
    http::api::route::{Route, delete, get, group, list, write},
    service::org::service_account,
    store::org::service_account::ACCOUNTS,
};

/// A service account.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceAccount {
    id: UserId,
    name: String,
    email: String,
    description: Option<String>,
    organization_id: OrgId,
    member_id: MemberId,
    role: Role,
    /// Since when it is disabled.
    disabled_at: Option<Instant>,
    created_at: Instant,
    created_by: Option<UserId>,
}

impl From<domain::ServiceAccount> for ServiceAccount {
    fn from(account: domain::ServiceAccount) -> Self {
        Self {
            id: account.id,
            name: account.name,
            email: account.email,
            description: account.description,
            organization_id: account.org,
            member_id: account.member_id,
            role: account.role,
            disabled_at: account.disabled_at,
            created_at: account.created_at,
            created_by: account.created_by,
        }
    }
}

const ALL: &str = "/organizations/{organizationId}/service-accounts";
const ONE: &str = "/organizations/{organizationId}/service-accounts/{accountId}";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "organizations",
        vec![
            list("list_service_accounts", ALL, "The service accounts of an organization", &ACCOUNTS, &[], |call, tx, actor, listing| {
                Ok(service_account::list(tx, actor, call.org()?, listing)?.map(ServiceAccount::from))
            }),
            write(Method::POST, "create_service_account", ALL, "Make a service account", |call, tx, actor, draft| {
                service_account::create(tx, actor, call.org()?, draft).map(ServiceAccount::from)
            }),
            get("get_service_account", ONE, "A service account", |call, tx, actor| {
                service_account::get(tx, actor, call.org()?, call.id("accountId")?).map(ServiceAccount::from)
            }),
            write(Method::PATCH, "update_service_account", ONE, "Change, disable or enable a service account", |call, tx, actor, patch| {
                service_account::update(tx, actor, call.org()?, call.id("accountId")?, patch).map(ServiceAccount::from)
            }),
            delete("delete_service_account", ONE, "Delete a service account; its keys die at once", |call, tx, actor| {
                service_account::delete(tx, actor, call.org()?, call.id("accountId")?)
            }),
        ],
    )
}
