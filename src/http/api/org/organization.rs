//! Organizations: their JSON and their routes.

use actix_web::http::Method;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        access::Role,
        id::{OrgId, UserId},
        org::{
            organization as domain,
            organization::{Address, Policy},
        },
        time::Instant,
    },
    http::api::route::{Route, delete, get, group, write},
    service::org::organization,
};

/// An organization.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    id: OrgId,
    name: String,
    slug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    brand_color: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    /// Always `self-hosted`.
    plan: &'static str,
    /// Always `active`.
    subscription_status: &'static str,
    /// Always empty: nothing is held back.
    features: [String; 0],
    is_active: bool,
    owner_id: UserId,
    /// Rules for its keys.
    policy: Policy,
    created_at: Instant,
    updated_at: Instant,
}

impl From<domain::Organization> for Organization {
    fn from(org: domain::Organization) -> Self {
        Self {
            id: org.id,
            name: org.name,
            slug: org.slug,
            description: org.description,
            logo_url: org.logo_url,
            brand_color: org.brand_color,
            website: org.website,
            address: org.address,
            plan: "self-hosted",
            subscription_status: "active",
            features: [],
            is_active: true,
            owner_id: org.owner_id,
            policy: org.policy,
            created_at: org.created_at,
            updated_at: org.updated_at,
        }
    }
}

/// An organization of the caller.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyOrganization {
    id: OrgId,
    name: String,
    slug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo_url: Option<String>,
    /// The caller's role there.
    member_role: Role,
    /// The same.
    role: Role,
    plan: &'static str,
    subscription_status: &'static str,
    created_at: Instant,
    updated_at: Instant,
}

impl From<(domain::Organization, Role)> for MyOrganization {
    fn from((org, role): (domain::Organization, Role)) -> Self {
        Self {
            id: org.id,
            name: org.name,
            slug: org.slug,
            logo_url: org.logo_url,
            member_role: role,
            role,
            plan: "self-hosted",
            subscription_status: "active",
            created_at: org.created_at,
            updated_at: org.updated_at,
        }
    }
}

/// Hands an organization over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"userId": "01981f00-0000-7000-8000-000000000001"}))]
pub struct Transfer {
    /// The member who shall own it.
    user_id: UserId,
}

/// The path of one organization.
pub const ONE: &str = "/organizations/{organizationId}";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "organizations",
        vec![
            get("get_organization_by_slug", "/organization-slugs/{slug}", "An organization by its slug", |call, tx, actor| {
                organization::get_by_slug(tx, actor, call.param("slug")).map(Organization::from)
            })
            .alias("/organizations/by-slug/{slug}"),
            get("get_organization", ONE, "An organization", |call, tx, actor| {
                organization::get(tx, actor, call.org()?).map(Organization::from)
            }),
            write(Method::POST, "create_organization", "/organizations", "Make an organization", |call, tx, actor, draft| {
                organization::create(tx, actor, call.state().org_creation, draft).map(Organization::from)
            }),
            write(Method::PATCH, "update_organization", ONE, "Change an organization and its policies", |call, tx, actor, patch| {
                organization::update(tx, actor, call.org()?, patch, None).map(Organization::from)
            }),
            write(
                Method::POST,
                "transfer_organization",
                "/organizations/{organizationId}/transfer",
                "Hand an organization to another member",
                |call, tx, actor, to: &Transfer| organization::transfer(tx, actor, call.org()?, to.user_id).map(Organization::from),
            ),
            delete("delete_organization", ONE, "Delete an organization", |call, tx, actor| {
                organization::delete(tx, actor, call.org()?, None)
            }),
        ],
    )
}
