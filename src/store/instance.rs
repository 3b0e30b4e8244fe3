//! The instance itself: its id, and the secret from which invitation links are derived.

use uuid::Uuid;

use crate::domain::{Result, id};

use super::Tx;

statements! {
    GET = "SELECT id, secret FROM instance";
    CHECKED = "UPDATE instance SET checked_at = $1 WHERE one = 1";
    INSERT = "INSERT INTO instance (id, secret, created_at) VALUES ($1, $2, $3)";
}

/// What an instance is.
#[derive(Clone)]
pub struct Instance {
    /// Its id.
    pub id: Uuid,
    /// Its secret.
    pub secret: Vec<u8>,
}

/// Reads the instance; makes it at the very first start.
pub fn unguarded_get_or_make(tx: &mut Tx<'_>) -> Result<Instance> {
    if let Some(found) = unguarded_get(tx)? {
        return Ok(found);
    }
    let mut secret = vec![0; 32];
    tx.entropy().fill(&mut secret);
    let (id, now) = (id::uuid(tx.now(), tx.entropy()), tx.now());
    tx.run(&INSERT, &[id.to_string().into(), secret.clone().into(), now.into()])?;
    Ok(Instance { id, secret })
}

/// Notes that it was asked whether anything can be stored: the answer is whether this can.
pub fn unguarded_check(tx: &mut Tx<'_>) -> Result<()> {
    tx.run(&CHECKED, &[tx.now().into()])?;
    Ok(())
}

/// The instance, if it was made.
pub fn unguarded_get(tx: &mut Tx<'_>) -> Result<Option<Instance>> {
    let Some(mut row) = tx.one(&GET, &[])? else { return Ok(None) };
    let id: String = row.take("instance", "id")?;
    Ok(Some(Instance { id: id.parse().unwrap_or_default(), secret: row.take("instance", "secret")? }))
}
