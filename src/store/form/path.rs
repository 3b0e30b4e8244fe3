//! The path to a form that a visitor asks for, whoever that is.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        content::Kind,
        id::{AppId, EntryId, OrgId, ProjectId},
    },
    store::{Tx, row::Row},
};

statements! {
    OF_ID = "SELECT e.organization_id, e.project_id, e.app_id, e.id FROM entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL
             JOIN projects p ON p.id = e.project_id AND p.deleted_at IS NULL JOIN organizations o ON o.id = e.organization_id AND o.deleted_at IS NULL
             WHERE e.id = $1 AND e.kind = $2 AND e.deleted_at IS NULL";
    OF_SLUG = "SELECT e.organization_id, e.project_id, e.app_id, e.id FROM apps a JOIN entries e ON e.app_id = a.id AND e.slug = $2 AND e.deleted_at IS NULL
               JOIN projects p ON p.id = e.project_id AND p.deleted_at IS NULL JOIN organizations o ON o.id = e.organization_id AND o.deleted_at IS NULL
               WHERE a.project_id = $1 AND a.deleted_at IS NULL AND e.kind = $3 ORDER BY e.id LIMIT 1";
    SLUGS = "SELECT o.slug, p.slug FROM projects p JOIN organizations o ON o.id = p.organization_id WHERE p.id = $1";
}

/// The organization, the project and the app of a form, and its id.
pub type FormPath = (OrgId, ProjectId, AppId, EntryId);

/// The form of this id.
pub fn unguarded_of_id(tx: &mut Tx<'_>, kind: &'static Kind, id: EntryId) -> Result<Option<FormPath>> {
    tx.one(&OF_ID, &[id.into(), kind.content_type.into()])?.map(|mut row| path(&mut row)).transpose()
}

/// The form of a project that has this slug; of several, the first that was made.
pub fn unguarded_of_slug(tx: &mut Tx<'_>, kind: &'static Kind, project: ProjectId, slug: &str) -> Result<Option<FormPath>> {
    tx.one(&OF_SLUG, &[project.into(), slug.into(), kind.content_type.into()])?.map(|mut row| path(&mut row)).transpose()
}

/// The words of an organization and a project in addresses of the console.
pub fn slugs(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<(String, String)> {
    let mut row = tx.one(&SLUGS, &[at.project().into()])?.ok_or(Error::NotFound("project"))?;
    Ok((row.take("organizations", "slug")?, row.take("projects", "slug")?))
}

fn path(row: &mut Row) -> Result<FormPath> {
    let table = "entries";
    Ok((row.take(table, "organization_id")?, row.take(table, "project_id")?, row.take(table, "app_id")?, row.take(table, "id")?))
}
