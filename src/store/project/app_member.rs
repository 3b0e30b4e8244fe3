//! Members of an app: their statements, and what tells them from others.

use crate::{
    domain::{
        access::{Granted, InApp},
        id::{AppId, AppMemberId},
        spec::Spec,
    },
    store::{row::Value, sql::Table},
};

use super::placed_member::{COLUMNS, MEMBERS, Placed, Statements};

statements! {
    GET = concat!("SELECT ", member_columns!("app_id"), " FROM app_members m JOIN users u ON u.id = m.user_id WHERE m.id = $1 AND m.app_id = $2");
    INSERT = "INSERT INTO app_members (id, user_id, role, title, invited_by, joined_at, created_at, updated_at, title_fold, organization_id, project_id, app_id)
              SELECT $1, u.user_id, $3, $4, $5, $6, $6, $6, $7, $8, $9, $10 FROM members u WHERE u.user_id = $2 AND u.organization_id = $8";
    UPDATE = "UPDATE app_members SET role = $3, title = $4, updated_at = $5, title_fold = $6 WHERE id = $1 AND app_id = $2";
    HOLDS = "SELECT 1 FROM app_members WHERE user_id = $1 AND app_id = $2";
    DELETE = "DELETE FROM app_members WHERE id = $1 AND app_id = $2";
}

const TABLE: Table = Table {
    select: member_columns!("app_id"),
    from: "app_members m JOIN users u ON u.id = m.user_id",
    id: "m.id",
    columns: COLUMNS,
    search: &["u.search_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&MEMBERS, &TABLE)];

impl Placed for InApp {
    type Id = AppMemberId;
    type PlaceId = AppId;
    const STATEMENTS: Statements = Statements {
        table: "app_members",
        get: &GET,
        insert: &INSERT,
        update: &UPDATE,
        holds: &HOLDS,
        delete: &DELETE,
        list: &TABLE,
        here: "m.app_id = ?",
    };

    fn place(at: &Granted<Self>) -> Self::PlaceId {
        at.app()
    }

    fn path(at: &Granted<Self>) -> Vec<Value> {
        vec![at.org().into(), at.project().into(), at.app().into()]
    }
}
