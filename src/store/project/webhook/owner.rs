//! Who is told that the server has switched a webhook off, and how its project is called.

use crate::{
    domain::{Result, id::UserId, project::webhook::Webhook},
    store::Tx,
};

statements! {
    PLACE = "SELECT p.name, p.slug, o.slug FROM projects p JOIN organizations o ON o.id = p.organization_id WHERE p.id = $1";
    OWNERS = "SELECT u.id, u.email, COALESCE(u.locale, u.browser_locale), u.timezone FROM users u
              WHERE u.kind = 'user' AND u.disabled_at IS NULL
                AND (u.id IN (SELECT m.user_id FROM members m WHERE m.organization_id = $1 AND m.role = 'owner')
                  OR u.id IN (SELECT pm.user_id FROM project_members pm WHERE pm.project_id = $2 AND pm.role = 'owner'))
              ORDER BY u.id";
}

/// How the project of a webhook is called and addressed.
#[derive(Debug, Clone)]
pub struct WebhookProject {
    /// Its name.
    pub project_name: String,
    /// Its word in addresses.
    pub project_slug: String,
    /// That of its organization.
    pub org_slug: String,
}

/// Somebody who hears of it.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Who.
    pub user: UserId,
    /// Their address.
    pub email: String,
    /// Their language, if they chose one.
    pub locale: Option<String>,
    /// Their time zone, if they chose one.
    pub timezone: Option<String>,
}

/// The place of a webhook; none where its project is gone.
pub fn unguarded_place(tx: &mut Tx<'_>, webhook: &Webhook) -> Result<Option<WebhookProject>> {
    let Some(mut row) = tx.one(&PLACE, &[webhook.project.into()])? else { return Ok(None) };
    let (project_name, project_slug) = (row.take("projects", "name")?, row.take("projects", "slug")?);
    Ok(Some(WebhookProject { project_name, project_slug, org_slug: row.take("organizations", "slug")? }))
}

/// The owners of the organization and of the project.
pub fn unguarded_of(tx: &mut Tx<'_>, webhook: &Webhook) -> Result<Vec<Owner>> {
    let rows = tx.rows(&OWNERS, &[webhook.org.into(), webhook.project.into()])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Owner {
                user: row.take("users", "id")?,
                email: row.take("users", "email")?,
                locale: row.take("users", "locale")?,
                timezone: row.take("users", "timezone")?,
            })
        })
        .collect()
}
