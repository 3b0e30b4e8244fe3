//! Members of a project: the statements of [`super::placed_member`] for its table.

use crate::domain::{
    access::InProject,
    id::{ProjectId, ProjectMemberId},
};

super::placed_member::placed_members!(
    "project_members", "project_id", InProject, ProjectMemberId, ProjectId, project,
    insert: "organization_id, project_id, title_fold" "$7, $8, $9"
);

/// What the insert binds beyond organization and project.
fn extra(_: &Granted<InProject>) -> Option<Value> {
    None
}
