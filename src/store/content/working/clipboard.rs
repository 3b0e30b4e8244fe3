//! The block or the section that somebody has copied, to paste it elsewhere.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        id::UserId,
    },
    store::Tx,
};

statements! {
    GET = "SELECT block FROM clipboards WHERE user_id = $1";
    PUT = "INSERT INTO clipboards (user_id, block, copied_at) VALUES ($1, $2, $3)
           ON CONFLICT (user_id) DO UPDATE SET block = excluded.block, copied_at = excluded.copied_at";
}

/// What a person has copied last, as the text of a JSON object.
pub fn get(tx: &mut Tx<'_>, _: &Granted<InApp>, user: UserId) -> Result<Option<String>> {
    Ok(tx.one(&GET, &[user.into()])?.map(|mut row| row.take("clipboards", "block")).transpose()?)
}

/// Keeps a block or a section for a person, in place of what they had copied before.
pub fn put(tx: &mut Tx<'_>, _: &Granted<InApp>, user: UserId, block: &str) -> Result<()> {
    let now = tx.now();
    tx.run(&PUT, &[user.into(), block.into(), now.into()])?;
    Ok(())
}
