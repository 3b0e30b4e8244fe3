//! Members of organizations, projects and apps: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        access::Role,
        id::{AppId, AppMemberId, InvitationId, MemberId, OrgId, ProjectId, ProjectMemberId, UserId},
        org::{member as domain, member::Membership},
        project::app::AppType,
        time::Instant,
    },
    http::api::{
        account::me::Activity,
        route::{Route, delete, get, group, list, write, write_hiding},
    },
    service::{
        org::member,
        project::placed_member::{self, Added},
    },
    store::{
        org::{activity, member as store},
        project::placed_member::MEMBERS,
    },
};

use super::invitation::Invitation;

/// What a member list shows of a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    name: String,
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bio: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

impl From<domain::Person> for Person {
    fn from(person: domain::Person) -> Self {
        Self { name: person.name, email: person.email, avatar_url: person.avatar_url, bio: person.bio, phone: person.phone }
    }
}

/// What is told of a member, wherever they are one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MembershipFields {
    user_id: UserId,
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invited_by: Option<UserId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invited_at: Option<Instant>,
    joined_at: Instant,
    created_at: Instant,
    updated_at: Instant,
    user: Person,
}

impl<I, P> From<Membership<I, P>> for MembershipFields {
    fn from(member: Membership<I, P>) -> Self {
        Self {
            user_id: member.user_id,
            role: member.role,
            title: member.title,
            invited_by: member.invited_by,
            invited_at: member.invited_at,
            joined_at: member.joined_at,
            created_at: member.created_at,
            updated_at: member.updated_at,
            user: member.person.into(),
        }
    }
}

/// A member of an organization.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrgMember {
    id: MemberId,
    organization_id: OrgId,
    #[serde(flatten)]
    membership: MembershipFields,
}

impl From<Membership<MemberId, OrgId>> for OrgMember {
    fn from(member: Membership<MemberId, OrgId>) -> Self {
        Self { id: member.id, organization_id: member.place, membership: member.into() }
    }
}

/// An explicit member of a project.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectMember {
    id: ProjectMemberId,
    project_id: ProjectId,
    #[serde(flatten)]
    membership: MembershipFields,
}

impl From<Membership<ProjectMemberId, ProjectId>> for ProjectMember {
    fn from(member: Membership<ProjectMemberId, ProjectId>) -> Self {
        Self { id: member.id, project_id: member.place, membership: member.into() }
    }
}

/// An explicit member of an app.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppMember {
    id: AppMemberId,
    project_app_id: AppId,
    #[serde(flatten)]
    membership: MembershipFields,
}

impl From<Membership<AppMemberId, AppId>> for AppMember {
    fn from(member: Membership<AppMemberId, AppId>) -> Self {
        Self { id: member.id, project_app_id: member.place, membership: member.into() }
    }
}

/// Somebody who was invited to be a member: one without `joinedAt`, until they accept the invitation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitedMember {
    /// The id of the invitation.
    id: InvitationId,
    organization_id: OrgId,
    #[serde(skip_serializing_if = "Option::is_none")]
    project_id: Option<ProjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project_app_id: Option<AppId>,
    user_id: UserId,
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    invited_by: UserId,
    invited_at: Instant,
    created_at: Instant,
    updated_at: Instant,
    user: Person,
    invitation: Invitation,
}

impl InvitedMember {
    fn of(one: member::Invited, mail: bool) -> Self {
        let (made, user) = (&one.invitation, one.user);
        let place = made.place.as_ref().map(|place| place.at);
        Self {
            id: made.id,
            organization_id: made.org,
            project_id: place.map(|place| place.project),
            project_app_id: place.and_then(|place| place.app),
            user_id: user.id,
            role: made.role_there(),
            title: made.title.clone(),
            invited_by: made.invited_by,
            invited_at: made.created_at,
            created_at: made.created_at,
            updated_at: made.created_at,
            // Until they accept, no more than the inviter names by the invitation.
            user: Person { name: user.name, email: user.email, avatar_url: None, bio: None, phone: None },
            invitation: Invitation::delivered((one.invitation, one.link), mail),
        }
    }
}

/// Somebody who was added to a project, or invited to it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ProjectMemberAdded {
    /// They were a member of the organization, and are one here at once.
    Member(Box<ProjectMember>),
    /// They are invited.
    Invited(Box<InvitedMember>),
}

/// Somebody who was added to an app, or invited to it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AppMemberAdded {
    /// They were a member of the organization, and are one here at once.
    Member(Box<AppMember>),
    /// They are invited.
    Invited(Box<InvitedMember>),
}

/// Tells of somebody who was added by the one way or the other, each of which makes the answer of its route.
fn tell_added<T, M: From<T>, R>(added: Added<T>, mail: bool, member: impl Fn(Box<M>) -> R, invited: impl Fn(Box<InvitedMember>) -> R) -> R {
    match added {
        Added::Member(one) => member(Box::new(one.into())),
        Added::Invited(one) => invited(Box::new(InvitedMember::of(*one, mail))),
    }
}

/// A project and a member's role in it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectRole {
    project_id: ProjectId,
    project_name: String,
    project_slug: String,
    membership_id: Option<String>,
    role: Option<Role>,
    joined_at: Option<Instant>,
}

impl From<domain::ProjectRole> for ProjectRole {
    fn from(one: domain::ProjectRole) -> Self {
        Self {
            project_id: one.project_id,
            project_name: one.project_name,
            project_slug: one.project_slug,
            membership_id: one.membership_id,
            role: one.role,
            joined_at: one.joined_at,
        }
    }
}

/// An app and a member's role in it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppRole {
    app_id: AppId,
    app_name: String,
    app_type: AppType,
    project_id: ProjectId,
    project_name: String,
    membership_id: Option<String>,
    role: Option<Role>,
}

impl From<domain::AppRole> for AppRole {
    fn from(one: domain::AppRole) -> Self {
        Self {
            app_id: one.app_id,
            app_name: one.app_name,
            app_type: one.app_type,
            project_id: one.project_id,
            project_name: one.project_name,
            membership_id: one.membership_id,
            role: one.role,
        }
    }
}

const ALL: &str = "/organizations/{organizationId}/members";
const ONE: &str = "/organizations/{organizationId}/members/{memberId}";
const IN_PROJECT: &str = "/organizations/{organizationId}/projects/{projectId}/members";
const ONE_IN_PROJECT: &str = "/organizations/{organizationId}/projects/{projectId}/members/{memberId}";
const IN_APP: &str = "/organizations/{organizationId}/projects/{projectId}/apps/{appId}/members";
const ONE_IN_APP: &str = "/organizations/{organizationId}/projects/{projectId}/apps/{appId}/members/{memberId}";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    [group("organization_members", in_org()), group("project_members", in_project()), group("app_members", in_app())].concat()
}

fn in_org() -> Vec<Route> {
    vec![
        list("list_organization_members", ALL, "The people of an organization", &store::MEMBERS, &[], |call, tx, actor, listing| {
            Ok(member::list(tx, actor, call.org()?, listing)?.map(OrgMember::from))
        }),
        write_hiding(
            &["invitation"],
            Method::POST,
            "add_organization_member",
            ALL,
            "Invite a user of this instance",
            |call, tx, actor, draft| {
                let post = call.state().post();
                Ok(InvitedMember::of(member::invite(tx, actor, call.org()?, draft, &post)?, post.mail))
            },
        ),
        get("get_organization_member", ONE, "A member, person or service account", |call, tx, actor| {
            member::get(tx, actor, call.org()?, call.id("memberId")?).map(OrgMember::from)
        }),
        write(Method::PATCH, "update_organization_member", ONE, "Change a member's role or title", |call, tx, actor, patch| {
            member::update(tx, actor, (call.org()?, call.id("memberId")?), patch, None).map(OrgMember::from)
        }),
        delete("remove_organization_member", ONE, "Remove a member; their keys die at once", |call, tx, actor| {
            member::delete(tx, actor, call.org()?, call.id("memberId")?)
        }),
        list(
            "list_member_project_memberships",
            "/organizations/{organizationId}/members/{memberId}/project-memberships",
            "Every project, with the member's role where one was given",
            &store::PROJECT_ROLES,
            &[],
            |call, tx, actor, listing| {
                Ok(member::list_project_roles(tx, actor, call.org()?, call.id("memberId")?, listing)?.map(ProjectRole::from))
            },
        ),
        list(
            "list_member_app_memberships",
            "/organizations/{organizationId}/members/{memberId}/app-memberships",
            "Every app, with the member's role where one was given",
            &store::APP_ROLES,
            &[],
            |call, tx, actor, listing| Ok(member::list_app_roles(tx, actor, call.org()?, call.id("memberId")?, listing)?.map(AppRole::from)),
        ),
        list(
            "list_organization_member_activities",
            "/organizations/{organizationId}/members/{memberId}/activities",
            "What a member did",
            &activity::ACTIVITIES,
            &[],
            |call, tx, actor, listing| {
                Ok(member::list_activities(tx, actor, call.org()?, call.id("memberId")?, listing)?.map(Activity::from))
            },
        ),
    ]
}

fn in_project() -> Vec<Route> {
    vec![
        list("list_project_members", IN_PROJECT, "Explicit members of a project", &MEMBERS, &[], |call, tx, actor, listing| {
            Ok(placed_member::list(tx, actor, call.project()?, listing)?.map(ProjectMember::from))
        }),
        write_hiding(
            &["invitation"],
            Method::POST,
            "add_project_member",
            IN_PROJECT,
            "Add a member of the organization to a project, or invite somebody else to it",
            |call, tx, actor, draft| {
                let post = call.state().post();
                Ok(tell_added(
                    placed_member::add(tx, actor, call.project()?, draft, &post)?,
                    post.mail,
                    ProjectMemberAdded::Member,
                    ProjectMemberAdded::Invited,
                ))
            },
        ),
        get("get_project_member", ONE_IN_PROJECT, "An explicit member of a project", |call, tx, actor| {
            placed_member::get(tx, actor, call.project()?, call.id("memberId")?).map(ProjectMember::from)
        }),
        write(Method::PATCH, "update_project_member", ONE_IN_PROJECT, "Change a role in a project", |call, tx, actor, patch| {
            placed_member::update(tx, actor, call.project()?, call.id("memberId")?, patch, None).map(ProjectMember::from)
        }),
        delete("remove_project_member", ONE_IN_PROJECT, "Remove a member from a project", |call, tx, actor| {
            placed_member::delete(tx, actor, call.project()?, call.id("memberId")?)
        }),
    ]
}

fn in_app() -> Vec<Route> {
    vec![
        list("list_app_members", IN_APP, "Explicit members of an app", &MEMBERS, &[], |call, tx, actor, listing| {
            Ok(placed_member::list(tx, actor, call.app()?, listing)?.map(AppMember::from))
        }),
        write_hiding(
            &["invitation"],
            Method::POST,
            "add_app_member",
            IN_APP,
            "Add a member of the organization to an app, or invite somebody else to it",
            |call, tx, actor, draft| {
                let post = call.state().post();
                Ok(tell_added(
                    placed_member::add(tx, actor, call.app()?, draft, &post)?,
                    post.mail,
                    AppMemberAdded::Member,
                    AppMemberAdded::Invited,
                ))
            },
        ),
        get("get_app_member", ONE_IN_APP, "An explicit member of an app", |call, tx, actor| {
            placed_member::get(tx, actor, call.app()?, call.id("memberId")?).map(AppMember::from)
        }),
        write(Method::PATCH, "update_app_member", ONE_IN_APP, "Change a role in an app", |call, tx, actor, patch| {
            placed_member::update(tx, actor, call.app()?, call.id("memberId")?, patch, None).map(AppMember::from)
        }),
        delete("remove_app_member", ONE_IN_APP, "Remove a member from an app", |call, tx, actor| {
            placed_member::delete(tx, actor, call.app()?, call.id("memberId")?)
        }),
    ]
}
