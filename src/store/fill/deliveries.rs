//! Step 20: the e-mails that waited when the outbox held nothing else are deliveries.

use serde_json::json;

use crate::store::{engine::Session, error::StoreError};

use super::rows::each;

statements! {
    BODIES = "SELECT id, payload FROM deliveries WHERE id > $1 ORDER BY id LIMIT 500";
    SET_PAYLOAD = "UPDATE deliveries SET payload = $2 WHERE id = $1";
}

/// A body becomes a payload.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &BODIES, |session, id, row| {
        let body: String = row.take("deliveries", "payload")?;
        session.run(&SET_PAYLOAD, &[id.into(), json!({ "body": body }).to_string().into()]).map(drop)
    })
}
