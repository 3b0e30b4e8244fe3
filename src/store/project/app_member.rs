//! Members of an app: the statements of [`super::placed_member`] for its table.

use crate::domain::{
    access::InApp,
    id::{AppId, AppMemberId},
};

super::placed_member::placed_members!(
    "app_members", "app_id", InApp, AppMemberId, AppId, app,
    insert: "organization_id, project_id, app_id, title_fold" "$7, $8, $9, $10"
);

/// What the insert binds beyond organization and project.
fn extra(at: &Granted<InApp>) -> Option<Value> {
    Some(at.app().into())
}
