//! Members of a project: their statements, and what tells them from others.

use crate::{
    domain::{
        access::{Granted, InProject},
        id::{ProjectId, ProjectMemberId},
        spec::Spec,
    },
    store::{row::Value, sql::Table},
};

use super::placed_member::{COLUMNS, MEMBERS, Placed, Statements};

statements! {
    GET = concat!("SELECT ", member_columns!("project_id"), " FROM project_members m JOIN users u ON u.id = m.user_id WHERE m.id = $1 AND m.project_id = $2");
    INSERT = "INSERT INTO project_members (id, user_id, role, title, invited_by, joined_at, created_at, updated_at, title_fold, organization_id, project_id)
              SELECT $1, u.user_id, $3, $4, $5, $6, $6, $6, $7, $8, $9 FROM members u WHERE u.user_id = $2 AND u.organization_id = $8";
    UPDATE = "UPDATE project_members SET role = $3, title = $4, updated_at = $5, title_fold = $6 WHERE id = $1 AND project_id = $2";
    HOLDS = "SELECT 1 FROM project_members WHERE user_id = $1 AND project_id = $2";
    DELETE = "DELETE FROM project_members WHERE id = $1 AND project_id = $2";
}

const TABLE: Table = Table {
    select: member_columns!("project_id"),
    from: "project_members m JOIN users u ON u.id = m.user_id",
    id: "m.id",
    columns: COLUMNS,
    search: &["u.search_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&MEMBERS, &TABLE)];

impl Placed for InProject {
    type Id = ProjectMemberId;
    type PlaceId = ProjectId;
    const STATEMENTS: Statements = Statements {
        table: "project_members",
        get: &GET,
        insert: &INSERT,
        update: &UPDATE,
        holds: &HOLDS,
        delete: &DELETE,
        list: &TABLE,
        here: "m.project_id = ?",
    };

    fn place(at: &Granted<Self>) -> Self::PlaceId {
        at.project()
    }

    fn path(at: &Granted<Self>) -> Vec<Value> {
        vec![at.org().into(), at.project().into()]
    }
}
