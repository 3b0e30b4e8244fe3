//! A project on its way in: nobody finds it until it is complete. And the entries that an archive is made of, in their order.
//!
//! A project that arrives is stored as a deleted one that falls due to be purged in a while, which is put off as long as more of it comes. So
//! one whose import ended in the middle, also because the server did, goes by itself.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InOrg, InProject},
        content::Kind,
        id::{EntryId, UserId},
        project::project::Project,
        text,
        time::Instant,
    },
    store::{Tx, row::Value},
};

use super::project;

statements! {
    INSERT = "INSERT INTO projects (id, organization_id, name, name_fold, slug, description, logo_url, default_locale, locales, unknown_blocks,
              created_at, updated_at, deleted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)";
    ARRIVES = "SELECT deleted_at FROM projects WHERE id = $1 AND organization_id = $2 AND deleted_at > $3";
    PUT_OFF = "UPDATE projects SET deleted_at = $3 WHERE id = $1 AND organization_id = $2 AND deleted_at IS NOT NULL";
    COMPLETE = "UPDATE projects SET deleted_at = NULL, slug = $3, created_at = $4, updated_at = $4
                WHERE id = $1 AND organization_id = $2 AND deleted_at IS NOT NULL";
    IS_MEMBER = "SELECT 1 FROM members WHERE organization_id = $1 AND user_id = $2";
    ENTRIES = "SELECT e.created_at, e.id FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.deleted_at IS NULL
               AND (e.created_at > $3 OR (e.created_at = $3 AND e.id > $4)) ORDER BY e.created_at, e.id LIMIT 100";
}

/// Stores a project that nobody finds, to be purged when `due` falls due.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InOrg>, made: &Project, due: Instant) -> Result<()> {
    let args = [
        made.id.into(),
        at.org().into(),
        made.name.as_str().into(),
        text::fold(&made.name).into(),
        made.slug.as_str().into(),
        made.description.clone().into(),
        made.logo_url.clone().into(),
        made.default_locale.as_str().into(),
        project::locales(made)?,
        made.unknown_blocks.into(),
        made.created_at.into(),
        due.into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(())
}

/// When a project falls due that is still arriving: what was due at `until` is on its way out.
///
/// # Errors
/// Not found, when it is not on its way any more.
pub fn due(tx: &mut Tx<'_>, at: &Granted<InProject>, until: Instant) -> Result<Instant> {
    let mut row = tx.one(&ARRIVES, &[at.project().into(), at.org().into(), until.into()])?.ok_or(Error::NotFound("project"))?;
    Ok(row.take("projects", "deleted_at")?)
}

/// Lets a project that nobody finds fall due at another time.
pub fn put_off(tx: &mut Tx<'_>, at: &Granted<InProject>, due: Instant) -> Result<()> {
    tx.run_one(&PUT_OFF, &[at.project().into(), at.org().into(), due.into()], "project")
}

/// From now on the project is there, at this address.
///
/// # Errors
/// A conflict on `slug`.
pub fn complete(tx: &mut Tx<'_>, at: &Granted<InProject>, slug: &str) -> Result<()> {
    let now = tx.now();
    let args = [at.project().into(), at.org().into(), slug.into(), now.into()];
    match tx.run(&COMPLETE, &args).map_err(|error| error.on_slug(slug, " in this organization"))? {
        1 => Ok(()),
        _ => Err(Error::NotFound("project")),
    }
}

/// Whether somebody is a member of the organization.
pub fn is_member(tx: &mut Tx<'_>, at: &Granted<InProject>, user: UserId) -> Result<bool> {
    Ok(tx.one(&IS_MEMBER, &[at.org().into(), user.into()])?.is_some())
}

/// The next entries of a kind in the app, the oldest first: those behind a moment and an id.
pub fn entries(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    kind: &'static Kind,
    behind: Option<(Instant, EntryId)>,
) -> Result<Vec<(Instant, EntryId)>> {
    let (moment, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(moment, id)| (moment, id.to_string()));
    let args: [Value; 4] = [at.app().into(), kind.content_type.into(), moment.into(), id.into()];
    tx.rows(&ENTRIES, &args)?.into_iter().map(|mut row| Ok((row.take("entries", "created_at")?, row.take("entries", "id")?))).collect()
}
