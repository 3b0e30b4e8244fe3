//! The caller: who they are, what they did, what they should know.

use serde::Serialize;
use serde_json::{Value, value::RawValue};
use utoipa::ToSchema;

use crate::{
    domain::{
        access::{Access, ActorKind, Role},
        account::notification as notifications,
        id::{ActivityId, KeyId, NotificationId, OrgId, ProjectId, UserId},
        org::activity as activities,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        time::Instant,
    },
    http::api::{
        org::{invitation::Invitation, organization::MyOrganization},
        route::{Route, get, group, list},
    },
    service::{
        account::me,
        org::{invitation, organization},
    },
    store::{
        account::notification::NOTIFICATIONS,
        org::{activity::ACTIVITIES, invitation::MINE as MY_INVITATIONS, organization::MINE as MY_ORGANIZATIONS},
    },
};

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    id: UserId,
    /// The id again, for clients of the hosted product.
    firebase_uid: String,
    name: String,
    email: String,
    is_active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    bio: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme_mode: Option<String>,
    /// Always empty: what may be done follows from roles.
    permissions: [String; 0],
    is_platform_admin: bool,
    organizations: Vec<MyOrganization>,
    projects: Vec<MyProject>,
    email_notifications: bool,
    push_notifications: bool,
    marketing_emails: bool,
    legal_acceptance_required: bool,
    created_at: Instant,
    updated_at: Instant,
}

/// A project that the caller may see.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MyProject {
    id: ProjectId,
    organization_id: OrgId,
    name: String,
    slug: String,
    /// The caller's effective role there.
    role: Role,
}

/// Who calls, and with what.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WhoAmI {
    id: UserId,
    /// `user` or `service_account`.
    r#type: &'static str,
    name: String,
    email: String,
    key_id: Option<KeyId>,
    /// What the key and the token may do at most.
    access: Option<Access>,
    /// When the key ends.
    key_expires_at: Option<Instant>,
    /// When the token ends.
    token_expires_at: Option<Instant>,
    organizations: Vec<MyOrganization>,
    projects: Vec<MyProject>,
}

/// One line of the audit trail.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    id: ActivityId,
    actor_id: Option<String>,
    /// `user`, `service_account` or `system`.
    actor_type: &'static str,
    actor_name: Option<String>,
    actor_email: Option<String>,
    action: String,
    resource_type: String,
    resource_id: Option<String>,
    resource_name: Option<String>,
    organization_id: Option<OrgId>,
    organization_name: Option<String>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Box<RawValue>>,
    created_at: Instant,
}

impl From<activities::Activity> for Activity {
    fn from(one: activities::Activity) -> Self {
        Self {
            id: one.id,
            actor_id: one.actor_id,
            actor_type: one.actor_type.word(),
            actor_name: one.actor_name,
            actor_email: one.actor_email,
            action: one.action,
            resource_type: one.resource_type,
            resource_id: one.resource_id,
            resource_name: one.resource_name,
            organization_id: one.org,
            organization_name: one.organization_name,
            metadata: one.metadata.and_then(|text| RawValue::from_string(text).ok()),
            created_at: one.created_at,
        }
    }
}

/// Something that the caller should know.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    id: NotificationId,
    user_id: UserId,
    title: String,
    body: Option<String>,
    r#type: String,
    kind: String,
    status: String,
    link: Option<String>,
    scope_kind: Option<String>,
    scope_id: Option<String>,
    #[schema(value_type = Object)]
    data: Value,
    created_at: Instant,
    updated_at: Instant,
}

impl From<notifications::Notification> for Notification {
    fn from(one: notifications::Notification) -> Self {
        let (scope_kind, scope_id) = one.scope.unzip();
        Self {
            id: one.id,
            user_id: one.user_id,
            title: one.title,
            body: one.body,
            kind: one.kind.clone(),
            r#type: one.kind,
            status: one.status,
            link: one.link,
            scope_kind,
            scope_id,
            data: serde_json::from_str(&one.data).unwrap_or_default(),
            created_at: one.created_at,
            updated_at: one.updated_at,
        }
    }
}

/// A message about a suspension. There are none here: an operator disables accounts without a conversation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SuspensionMessage {
    id: String,
    user_id: UserId,
    author_type: String,
    message: String,
    created_at: Instant,
}

const SUSPENSION_MESSAGES: Spec = Spec {
    fields: &[Field::filter("authorType", Holds::Text), Field::filter("authorId", Holds::Text), Field::both("createdAt", Holds::Instant)],
    search: &["message"],
    order: Order::NEWEST,
};

fn projects(found: Vec<(crate::domain::project::project::Project, Role)>) -> Vec<MyProject> {
    let one = |(project, role): (crate::domain::project::project::Project, Role)| MyProject {
        id: project.id,
        organization_id: project.org,
        name: project.name,
        slug: project.slug,
        role,
    };
    found.into_iter().map(one).collect()
}

impl From<me::Me> for Me {
    fn from(me: me::Me) -> Self {
        let user = me.user;
        Self {
            id: user.id,
            firebase_uid: user.id.to_string(),
            name: user.name,
            email: user.email,
            is_active: user.disabled_at.is_none(),
            bio: user.bio,
            avatar_url: user.avatar_url,
            phone: user.phone,
            timezone: user.timezone,
            locale: user.locale,
            theme_mode: user.theme,
            permissions: [],
            is_platform_admin: false,
            organizations: me.organizations.into_iter().map(MyOrganization::from).collect(),
            projects: projects(me.projects),
            email_notifications: true,
            push_notifications: false,
            marketing_emails: false,
            legal_acceptance_required: false,
            created_at: user.created_at,
            updated_at: user.updated_at,
        }
    }
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "me",
        vec![
            get("get_me", "/me", "The caller, a person or a service account", |_, tx, actor| me::get(tx, actor).map(Me::from)),
            get("whoami", "/whoami", "Who calls, with which key, and what it reaches", |call, tx, actor| {
                let found = me::get(tx, actor)?;
                let claims = call.bearer().and_then(|token| call.state().tokens.verify(token, tx.now()).ok());
                Ok(WhoAmI {
                    id: found.user.id,
                    r#type: if found.user.kind == ActorKind::User { "user" } else { "service_account" },
                    name: found.user.name,
                    email: found.user.email,
                    key_id: found.key.map(|(id, _)| id),
                    access: found.key.map(|(_, access)| access),
                    key_expires_at: actor.key().and_then(|key| key.expires_at),
                    token_expires_at: claims.map(|claims| claims.expires_at),
                    organizations: found.organizations.into_iter().map(MyOrganization::from).collect(),
                    projects: projects(found.projects),
                })
            }),
            list(
                "list_my_organizations",
                "/me/organizations",
                "The caller's organizations",
                &MY_ORGANIZATIONS,
                &[],
                |_, tx, actor, listing| Ok(organization::list_mine(tx, actor, listing)?.map(MyOrganization::from)),
            ),
            list(
                "list_my_invitations",
                "/me/invitations",
                "Pending invitations to the caller",
                &MY_INVITATIONS,
                &[],
                |_, tx, actor, listing| Ok(invitation::list_mine(tx, actor, listing)?.map(Invitation::from)),
            ),
            list("list_my_activities", "/me/activities", "What the caller did", &ACTIVITIES, &[], |_, tx, actor, listing| {
                Ok(me::list_activities(tx, actor, listing)?.map(Activity::from))
            }),
            list(
                "list_my_notifications",
                "/me/notifications",
                "What the caller should know",
                &NOTIFICATIONS,
                &[],
                |_, tx, actor, listing| Ok(me::list_notifications(tx, actor, listing)?.map(Notification::from)),
            ),
            list(
                "list_my_suspension_messages",
                "/me/suspension-messages",
                "Always empty: accounts are not suspended by conversation here",
                &SUSPENSION_MESSAGES,
                &[],
                |_, _, _, listing| Ok(Page::<SuspensionMessage>::empty(listing)),
            ),
        ],
    )
}
