//! Step 16: addresses that were stored before they had one form are brought into it. One whose form somebody else has stays as it is.

use crate::{
    domain::text::{email_form, fold},
    store::{engine::Session, error::StoreError},
};

use super::rows::each;

statements! {
    USERS = "SELECT id, email, name FROM users WHERE id > $1 ORDER BY id LIMIT 500";
    USER = "UPDATE users SET email = $2, search_fold = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM users o WHERE o.email = $2)";
    INVITATIONS = "SELECT id, email FROM invitations WHERE id > $1 ORDER BY id LIMIT 500";
    INVITATION = "UPDATE invitations SET email = $2 WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM invitations o WHERE o.email = $2 AND o.organization_id = invitations.organization_id)";
}

/// Brings all into their form.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &USERS, |session, id, row| {
        let (email, name): (String, String) = (row.take("users", "email")?, row.take("users", "name")?);
        let Some(form) = reformed(&email) else { return Ok(()) };
        let search = fold(&format!("{name} {form}"));
        session.run(&USER, &[id.into(), form.into(), search.into()]).map(drop)
    })?;
    each(session, &INVITATIONS, |session, id, row| {
        let email: String = row.take("invitations", "email")?;
        reformed(&email).map_or(Ok(()), |form| session.run(&INVITATION, &[id.into(), form.into()]).map(drop))
    })
}

/// The form of an address, if it is another.
fn reformed(email: &str) -> Option<String> {
    Some(email_form(email)).filter(|form| form != email)
}
