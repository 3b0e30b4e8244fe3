//! Memberships in organizations, projects and apps.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    access::{ActorKind, Role},
    error::{Fault, Faults},
    id::{AppId, ProjectId, UserId},
    text,
    time::Instant,
};

/// A membership; `I` is its id type: organization, project or app member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership<I, P> {
    /// Id.
    pub id: I,
    /// What it is a membership of.
    pub place: P,
    /// Who.
    pub user_id: UserId,
    /// As what.
    pub role: Role,
    /// A title, for people to read.
    pub title: Option<String>,
    /// By whom.
    pub invited_by: Option<UserId>,
    /// When invited.
    pub invited_at: Option<Instant>,
    /// When joined.
    pub joined_at: Instant,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
    /// Who that is.
    pub person: Person,
}

/// What a member list shows of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Person or service account.
    pub kind: ActorKind,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Picture.
    pub avatar_url: Option<String>,
    /// A few words.
    pub bio: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}

/// That somebody is no member of an organization any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The organization's name.
    pub organization: String,
    /// Since when.
    pub at: Instant,
    /// Whether the organization was deleted; else they were removed.
    pub is_deleted: bool,
}

/// One project of the organization and the member's role in it, if it was given one.
#[derive(Debug, Clone)]
pub struct ProjectRole {
    /// The project.
    pub project_id: ProjectId,
    /// Its name.
    pub project_name: String,
    /// Its slug.
    pub project_slug: String,
    /// The membership.
    pub membership_id: Option<String>,
    /// The given role.
    pub role: Option<Role>,
    /// Since when.
    pub joined_at: Option<Instant>,
}

/// One app of the organization and the member's role in it, if it was given one.
#[derive(Debug, Clone)]
pub struct AppRole {
    /// The app.
    pub app_id: AppId,
    /// Its name.
    pub app_name: String,
    /// Its type.
    pub app_type: crate::domain::project::app::AppType,
    /// Its project.
    pub project_id: ProjectId,
    /// The project's name.
    pub project_name: String,
    /// The membership.
    pub membership_id: Option<String>,
    /// The given role.
    pub role: Option<Role>,
}

/// Adds somebody to an organization, a project or an app by user id.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = MemberNew, example = json!({"userId": "01981f00-0000-7000-8000-000000000001", "role": "editor"}))]
pub struct Draft {
    /// A user of this instance. Whoever is no member of the organization yet is invited.
    pub user_id: UserId,
    /// As what; never owner.
    pub role: Role,
    /// A title, for people to read.
    #[schema(max_length = 200)]
    pub title: Option<String>,
}

/// Changes a membership.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = MemberPatch, example = json!({"role": "viewer"}))]
pub struct Patch {
    /// The new role; never owner.
    pub role: Option<Role>,
    /// A title; `null` clears it.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 200, value_type = Option<String>)]
    pub title: Option<Option<String>>,
}

impl Draft {
    /// The checked title. `allowed` are the roles that can be given there.
    ///
    /// # Errors
    /// All faults of the draft.
    pub fn check(&self, allowed: &[Role]) -> Result<Option<String>> {
        let mut faults = Faults::default();
        faults.keep(given_role(self.role, allowed));
        let title = faults.keep(text::optional(&self.title, |it| text::line("title", it, 200)));
        faults.into_result()?;
        Ok(title.flatten())
    }
}

impl Patch {
    /// Puts the change on a membership.
    ///
    /// # Errors
    /// All faults of the patch.
    pub fn apply<I, P>(&self, member: &mut Membership<I, P>, allowed: &[Role]) -> Result<()> {
        let mut faults = Faults::default();
        if let Some(role) = self.role.filter(|role| *role != member.role) {
            faults.keep(given_role(role, allowed));
            member.role = role;
        }
        text::set_optional(&mut member.title, &self.title, &mut faults, |it| text::line("title", it, 200));
        faults.into_result()
    }
}

/// Roles that can be given in an organization: ownership is transferred, never given.
pub const ORGANIZATION_ROLES: &[Role] = &[Role::Admin, Role::Editor, Role::Viewer, Role::Collaborator];
/// Roles that can be given in a project or an app.
pub const PROJECT_ROLES: &[Role] = &[Role::Owner, Role::Admin, Role::Editor, Role::Viewer];

/// Checks that a role may be given.
pub fn given_role(role: Role, allowed: &[Role]) -> std::result::Result<Role, Fault> {
    if allowed.contains(&role) {
        return Ok(role);
    }
    let words: Vec<_> = allowed.iter().map(|role| role.word()).collect();
    Err(Fault::new("role", "not_allowed", format!("role must be one of {} here.", words.join(", "))))
}
