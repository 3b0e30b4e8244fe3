//! Who may do what: the one table of roles and permissions. The gate made of types is in [`gate`].

mod gate;
mod passed;

pub use gate::{Actor, Granted, InApp, InInstance, InOrg, InProject, KeyFacts, Own, Scope, Standing, Via};
pub use passed::Passed;

use serde::{Deserialize, Serialize};

/// A role, from most to least; the order of the variants is the order of power.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees only the projects and apps that it was added to.
    Collaborator,
    /// Reads.
    Viewer,
    /// Reads and writes content.
    Editor,
    /// Manages all but the organization itself.
    Admin,
    /// Exactly one for each organization.
    Owner,
}

impl Role {
    /// Whether it is the highest.
    pub const fn is_owner(self) -> bool {
        matches!(self, Self::Owner)
    }

    /// Whether it is the one below the highest.
    pub const fn is_admin(self) -> bool {
        matches!(self, Self::Admin)
    }

    /// Every role, highest first.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Editor, Self::Viewer, Self::Collaborator];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Editor => "editor",
            Self::Viewer => "viewer",
            Self::Collaborator => "collaborator",
        }
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The role that an organization role implies in each project: the same, but none for a collaborator.
    pub const fn implied_in_projects(self) -> Option<Self> {
        match self {
            Self::Collaborator => None,
            role => Some(role),
        }
    }
}

/// What a key may do at most, whatever its owner's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Reading.
    Read,
    /// Reading, and writing content, files and forms.
    Write,
    /// All that the owner may.
    Full,
}

impl Access {
    /// Every access, widest first.
    pub const ALL: [Self; 3] = [Self::Full, Self::Write, Self::Read];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Write => "write",
            Self::Read => "read",
        }
    }

    /// The access of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.word() == word)
    }

    /// Whether a role includes something for which a key needs this access.
    pub fn is_used_by(self, role: Role) -> bool {
        Permission::ALL.iter().any(|permission| permission.narrowest_access() == self && allows(role, *permission))
    }
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident $asked:ident $word:literal $role:ident $access:ident,)*) => {
        /// Something that may be done. `docs` and error messages use its word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Permission {
            $($(#[$doc])* $name,)*
        }

        impl Permission {
            /// Every permission, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word in errors and in the docs.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The lowest role that includes it.
            pub const fn lowest_role(self) -> Role {
                match self { $(Self::$name => Role::$role,)* }
            }

            /// The narrowest key access that includes it.
            pub const fn narrowest_access(self) -> Access {
                match self { $(Self::$name => Access::$access,)* }
            }
        }

        /// What a role may, with a question of its own for each permission, so that a page asks by a name which the compiler knows. Only for
        /// what is shown; the gate asks again.
        #[derive(Debug, Clone, Copy)]
        pub struct Allowed(pub Option<Role>);

        impl Allowed {
            /// Whether it may do this; nobody may do anything without a role.
            pub fn includes(self, permission: Permission) -> bool {
                self.0.is_some_and(|role| allows(role, permission))
            }

            $($(#[$doc])* pub fn $asked(self) -> bool {
                self.includes(Permission::$name)
            })*
        }
    };
}

// The table. Roles are ranked, so one lowest role says a whole row: permission, question, word, lowest role, narrowest key access.
permissions! {
    /// See the organization's name.
    OrganizationSee organization_see "organization:see" Collaborator Read,
    /// See that a project is there, and its apps.
    ProjectSee project_see "project:see" Collaborator Read,
    /// List the members of the organization.
    MemberRead member_read "member:read" Viewer Read,
    /// Read entries, forms, files, brandings, languages.
    ProjectRead project_read "project:read" Viewer Read,
    /// Read form submissions; of a key an option of its own says so, which is on for full access alone unless somebody set it.
    SubmissionRead submission_read "submission:read" Editor Read,
    /// Read who may read a site.
    ViewerRead viewer_read "viewer:read" Editor Read,
    /// Create, edit, publish, delete and restore entries; upload files.
    EntryWrite entry_write "entry:write" Editor Write,
    /// Apps, settings, branding, languages, members and webhooks of a project; what is in its trash deleted for good.
    ProjectManage project_manage "project:manage" Admin Full,
    /// Create a project.
    ProjectCreate project_create "project:create" Admin Full,
    /// Delete a project.
    ProjectDelete project_delete "project:delete" Admin Full,
    /// List invitations, service accounts and all keys.
    AccessRead access_read "access:read" Admin Read,
    /// Read the activity of the organization.
    ActivityRead activity_read "activity:read" Admin Read,
    /// Add, change and remove members.
    MemberManage member_manage "member:manage" Admin Full,
    /// Invite people.
    InvitationManage invitation_manage "invitation:manage" Admin Full,
    /// Create, change and delete service accounts.
    AccountManage account_manage "service-account:manage" Admin Full,
    /// Issue, regenerate, rename and revoke keys of service accounts; revoke keys of members.
    KeyManage key_manage "key:manage" Admin Full,
    /// Change the organization's profile and policies.
    OrganizationManage organization_manage "organization:manage" Admin Full,
    /// Hand the organization to another member.
    OrganizationTransfer organization_transfer "organization:transfer" Owner Full,
    /// Delete the organization.
    OrganizationDelete organization_delete "organization:delete" Owner Full,
    /// Look after the instance. No role gives it: it is the operators'.
    InstanceManage instance_manage "instance:manage" Owner Full,
}

impl Permission {
    /// Whether a flag gives it that operators have, and no role does.
    pub const fn is_of_operators(self) -> bool {
        matches!(self, Self::InstanceManage)
    }
}

/// Whether a role includes a permission. Console templates and the gate ask this and nothing else.
pub const fn allows(role: Role, permission: Permission) -> bool {
    role as u8 >= permission.lowest_role() as u8
}

/// Whether a person or a machine acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A person.
    User,
    /// A service account.
    ServiceAccount,
    /// The command line or the server itself.
    System,
}

impl ActorKind {
    /// Whether it is a service account.
    pub const fn is_service_account(self) -> bool {
        matches!(self, Self::ServiceAccount)
    }

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::ServiceAccount => "service_account",
            Self::System => "system",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::User, Self::ServiceAccount, Self::System].into_iter().find(|kind| kind.word() == word)
    }
}
