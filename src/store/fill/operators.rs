//! Step 23: the oldest person, who set the instance up or was the first that the command line made, is its operator. When people signed in
//! last is known of those who have a session.

use crate::store::{
    engine::Session,
    error::StoreError,
    row::{Row, Value},
};

statements! {
    OLDEST = "SELECT id FROM users WHERE kind = 'user' AND disabled_at IS NULL ORDER BY created_at, id LIMIT 1";
    OPERATOR = "UPDATE users SET is_operator = TRUE WHERE id = $1";
    SIGNED_IN = "SELECT user_id, MAX(created_at) FROM sessions GROUP BY user_id ORDER BY user_id";
    SIGN_IN = "INSERT INTO sign_ins (user_id, signed_in_at) VALUES ($1, $2)";
}

/// Gives the flag, and notes the sign-ins.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    if let Some(mut row) = session.rows(&OLDEST, &[])?.into_iter().next() {
        let id: String = row.take("users", "id")?;
        session.run(&OPERATOR, &[id.into()])?;
    }
    session.rows(&SIGNED_IN, &[])?.into_iter().try_for_each(|mut row: Row| {
        let (id, at): (String, i64) = (row.take("sessions", "user_id")?, row.take("sessions", "created_at")?);
        session.run(&SIGN_IN, &[id.into(), Value::Int(at)]).map(drop)
    })
}
