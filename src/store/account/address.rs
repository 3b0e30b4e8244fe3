//! Addresses that were stored before they had one form are brought into it, in a step of the schema. One whose form somebody else has
//! stays as it is.

use crate::{
    domain::text::{email_form, fold},
    store::{
        engine::{Session, Sql},
        error::StoreError,
    },
};

statements! {
    USERS = "SELECT id, email, name FROM users WHERE id > $1 ORDER BY id LIMIT 500";
    USER = "UPDATE users SET email = $2, search_fold = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM users o WHERE o.email = $2)";
    INVITATIONS = "SELECT id, email, '' FROM invitations WHERE id > $1 ORDER BY id LIMIT 500";
    INVITATION = "UPDATE invitations SET email = $2 WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM invitations o WHERE o.email = $2 AND o.organization_id = invitations.organization_id)";
}

/// Rows that are read at once.
const BATCH: usize = 500;

/// Brings all into their form.
pub fn all(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &USERS, |session, id, form, name| {
        let search = fold(&format!("{name} {form}"));
        session.run(&USER, &[id.into(), form.into(), search.into()])
    })?;
    each(session, &INVITATIONS, |session, id, form, _| session.run(&INVITATION, &[id.into(), form.into()]))
}

fn each(
    session: &mut dyn Session,
    read: &Sql,
    mut write: impl FnMut(&mut dyn Session, &str, &str, &str) -> Result<usize, StoreError>,
) -> Result<(), StoreError> {
    let mut last = String::new();
    loop {
        let rows = session.rows(read, &[last.as_str().into()])?;
        let full = rows.len() == BATCH;
        for mut row in rows {
            last = row.take("any", "id")?;
            let (email, name): (String, String) = (row.take("any", "email")?, row.take("any", "name")?);
            let form = email_form(&email);
            if form != email {
                write(session, &last, &form, &name)?;
            }
        }
        if !full {
            return Ok(());
        }
    }
}
