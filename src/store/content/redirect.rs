//! Redirects: where a page went when its slug changed.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        id::RedirectId,
    },
    store::Tx,
};

statements! {
    INSERT = "INSERT INTO redirects (id, organization_id, project_id, app_id, from_path, to_path, status, source, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, 308, 'auto', $7, $7)
              ON CONFLICT (app_id, from_path) DO UPDATE SET to_path = excluded.to_path, updated_at = excluded.updated_at";
    POINT_ON = "UPDATE redirects SET to_path = $3, updated_at = $4 WHERE app_id = $1 AND to_path = $2";
    FREE = "DELETE FROM redirects WHERE app_id = $1 AND from_path = $2";
}

/// Records that what was at `from` is at `to` now. Older redirects to `from` lead to `to` at once (no chains), and
/// nothing redirects away from `to` any more (no loops).
pub fn record(tx: &mut Tx<'_>, at: &Granted<InApp>, from: &str, to: &str) -> Result<()> {
    let now = tx.now();
    free(tx, at, to)?;
    tx.run(&POINT_ON, &[at.app().into(), from.into(), to.into(), now.into()])?;
    let id = RedirectId::new(now, tx.entropy());
    let args = [id.into(), at.org().into(), at.project().into(), at.app().into(), from.into(), to.into(), now.into()];
    tx.run(&INSERT, &args)?;
    Ok(())
}

/// A path is taken by an entry again: what redirected away from it ends.
pub fn free(tx: &mut Tx<'_>, at: &Granted<InApp>, path: &str) -> Result<()> {
    tx.run(&FREE, &[at.app().into(), path.into()])?;
    Ok(())
}
