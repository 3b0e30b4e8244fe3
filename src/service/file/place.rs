//! Where files are: each project has its own.

use crate::domain::id::{OrgId, ProjectId};

/// A project, with its organization.
pub type At = (OrgId, ProjectId);
