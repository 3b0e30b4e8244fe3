//! Step 29: how many entries of an app have a tag is kept from here on.

use serde::Deserialize;

use crate::store::{engine::Session, error::StoreError};

use super::rows::each;

statements! {
    TAGGED = "SELECT id, app_id, fields FROM entries WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT 500";
    ADD = "INSERT INTO counters (owner, what, slot, n) VALUES ($1, $2, 0, 1) ON CONFLICT (owner, what, slot) DO UPDATE SET n = counters.n + excluded.n";
}

#[derive(Deserialize)]
struct Tagged {
    #[serde(default)]
    tags: Vec<String>,
}

/// Counts the tags of all entries that are there.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &TAGGED, |session, _, row| {
        let (app, fields): (String, String) = (row.take("entries", "app_id")?, row.take("entries", "fields")?);
        let tagged: Tagged = serde_json::from_str(&fields).map_err(|_| StoreError::Shape("entries", "fields"))?;
        for tag in tagged.tags {
            session.run(&ADD, &[app.as_str().into(), format!("tags/{tag}").into()])?;
        }
        Ok(())
    })
}
