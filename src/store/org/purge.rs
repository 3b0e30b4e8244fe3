//! Deleted organizations and projects on their way out: step by step, each a few rows of one table, those that refer to others first.
//!
//! What an audit trail says of a project belongs to its organization and stays as long as that.

use crate::{
    domain::{
        Result,
        id::{AppId, EntryId, OrgId, ProjectId, UserId},
        time::Instant,
    },
    store::{Tx, content, engine::Sql, file::erase, form::submission, row::Value},
};

statements! {
    DUE_ORG = "SELECT id FROM organizations WHERE deleted_at <= $1 ORDER BY deleted_at, id LIMIT 1";
    DUE_PROJECT = "SELECT id FROM projects WHERE deleted_at <= $1 ORDER BY deleted_at, id LIMIT 1";
    PROJECT_OF = "SELECT id FROM projects WHERE organization_id = $1 ORDER BY id LIMIT 1";
    APP_OF = "SELECT id FROM apps WHERE project_id = $1 ORDER BY id LIMIT 1";
    ENTRIES = "SELECT id FROM entries WHERE app_id = $1 AND deleted_at IS NULL LIMIT 50";
    TRASH = "SELECT id FROM entries WHERE app_id = $1 AND deleted_at IS NOT NULL LIMIT 50";
    REDIRECTS = "DELETE FROM redirects WHERE id IN (SELECT id FROM redirects WHERE app_id = $1 LIMIT 500)";
    VIEWERS = "DELETE FROM viewers WHERE id IN (SELECT id FROM viewers WHERE app_id = $1 LIMIT 500)";
    APP_MEMBERS = "DELETE FROM app_members WHERE id IN (SELECT id FROM app_members WHERE app_id = $1 LIMIT 500)";
    COUNTERS = "DELETE FROM counters WHERE owner = $1";
    APP_LINKS = "DELETE FROM deliveries WHERE about_kind = 'invitation' AND about_id IN (SELECT id FROM invitations WHERE app_id = $1)";
    APP_INVITATIONS = "DELETE FROM invitations WHERE app_id = $1";
    APP_DOMAINS = "UPDATE domains SET app_id = NULL WHERE id IN (SELECT id FROM domains WHERE app_id = $1 LIMIT 500)";
    APP = "DELETE FROM apps WHERE id = $1";
    PROJECT_MEMBERS = "DELETE FROM project_members WHERE id IN (SELECT id FROM project_members WHERE project_id = $1 LIMIT 500)";
    PROJECT_LINKS = "DELETE FROM deliveries WHERE about_kind = 'invitation' AND about_id IN (SELECT id FROM invitations WHERE project_id = $1)";
    PROJECT_INVITATIONS = "DELETE FROM invitations WHERE project_id = $1";
    PROJECT_NOTIFICATIONS = "DELETE FROM notifications WHERE scope_kind = 'project' AND scope_id = $1";
    CHANGES = "DELETE FROM changes WHERE entry_id IN (SELECT entry_id FROM changes WHERE project_id = $1 LIMIT 500)";
    CHANGE_NUMBERS = "DELETE FROM change_numbers WHERE project_id = $1";
    DOMAINS = "DELETE FROM domains WHERE id IN (SELECT id FROM domains WHERE project_id = $1 LIMIT 500)";
    MESSAGES = "DELETE FROM webhook_deliveries WHERE id IN (SELECT d.id FROM webhooks w JOIN webhook_deliveries d ON d.webhook_id = w.id
                WHERE w.project_id = $1 LIMIT 500)";
    WEBHOOKS = "DELETE FROM webhooks WHERE id IN (SELECT id FROM webhooks WHERE project_id = $1 LIMIT 500)";
    BRANDINGS = "DELETE FROM brandings WHERE id IN (SELECT id FROM brandings WHERE project_id = $1 LIMIT 500)";
    ATTACHMENTS = "DELETE FROM submission_files WHERE id IN (SELECT id FROM submission_files WHERE project_id = $1 LIMIT 500)";
    UPLOADS = "DELETE FROM uploads WHERE id IN (SELECT id FROM uploads WHERE project_id = $1 LIMIT 500)";
    BLOB_CHUNKS = "DELETE FROM blob_chunks WHERE (blob_id, n) IN (SELECT c.blob_id, c.n FROM blobs b JOIN blob_chunks c ON c.blob_id = b.id
                   WHERE b.project_id = $1 LIMIT 16)";
    LEAVE_BLOBS = "INSERT INTO blob_leftovers (blob_id) SELECT b.id FROM blobs b WHERE b.project_id = $1 AND b.place = 'folder'
                   ON CONFLICT (blob_id) DO NOTHING";
    BLOBS = "DELETE FROM blobs WHERE id IN (SELECT id FROM blobs WHERE project_id = $1 LIMIT 500)";
    TRAFFIC = "DELETE FROM traffic WHERE subject = $1";
    PROJECT = "DELETE FROM projects WHERE id = $1";
    KEY_CALLS = "DELETE FROM key_calls WHERE (key_id, start, outcome) IN (SELECT c.key_id, c.start, c.outcome FROM api_keys k
                 JOIN key_calls c ON c.key_id = k.id WHERE k.organization_id = $1 LIMIT 500)";
    KEY_USES = "DELETE FROM key_uses WHERE key_id IN (SELECT k.id FROM api_keys k JOIN key_uses u ON u.key_id = k.id WHERE k.organization_id = $1 LIMIT 500)";
    KEY_REMINDERS = "DELETE FROM key_reminders WHERE key_id IN (SELECT k.id FROM api_keys k JOIN key_reminders r ON r.key_id = k.id WHERE k.organization_id = $1 LIMIT 500)";
    REVOKED_TOKENS = "DELETE FROM revoked_tokens WHERE id IN (SELECT t.id FROM api_keys k JOIN revoked_tokens t ON t.key_id = k.id WHERE k.organization_id = $1 LIMIT 500)";
    LINKS = "DELETE FROM deliveries WHERE about_kind = 'invitation' AND about_id IN (SELECT id FROM invitations WHERE organization_id = $1)";
    INVITATIONS = "DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE organization_id = $1 LIMIT 500)";
    UNCHAIN = "UPDATE api_keys SET replaces = NULL WHERE id IN (SELECT id FROM api_keys WHERE organization_id = $1 AND replaces IS NOT NULL LIMIT 500)";
    KEYS = "DELETE FROM api_keys WHERE id IN (SELECT id FROM api_keys WHERE organization_id = $1 LIMIT 500)";
    NOTIFICATIONS = "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE organization_id = $1 LIMIT 500)";
    ACTIVITIES = "DELETE FROM activities WHERE id IN (SELECT id FROM activities WHERE organization_id = $1 LIMIT 500)";
    MEMBERS = "DELETE FROM members WHERE id IN (SELECT id FROM members WHERE organization_id = $1 LIMIT 500)";
    ORPHAN = "UPDATE service_accounts SET created_by = NULL WHERE id IN
              (SELECT id FROM service_accounts WHERE organization_id = $1 AND created_by IS NOT NULL LIMIT 500)";
    ACCOUNTS_OF = "SELECT id FROM service_accounts WHERE organization_id = $1 LIMIT 20";
    ACCOUNT = "DELETE FROM service_accounts WHERE id = $1";
    USER = "DELETE FROM users WHERE id = $1";
    ORG = "DELETE FROM organizations WHERE id = $1";
}

/// What hangs on an app beside its entries.
const OF_APP: &[&Sql] = &[&REDIRECTS, &VIEWERS, &APP_MEMBERS, &APP_LINKS, &APP_INVITATIONS, &APP_DOMAINS, &COUNTERS];
/// What hangs on a project beside its apps.
const OF_PROJECT: &[&Sql] = &[
    &PROJECT_MEMBERS,
    &PROJECT_LINKS,
    &PROJECT_INVITATIONS,
    &PROJECT_NOTIFICATIONS,
    &ATTACHMENTS,
    &UPLOADS,
    &BLOB_CHUNKS,
    &LEAVE_BLOBS,
    &BLOBS,
    &BRANDINGS,
    &DOMAINS,
    &MESSAGES,
    &WEBHOOKS,
    &CHANGES,
    &CHANGE_NUMBERS,
    &COUNTERS,
    &TRAFFIC,
];
/// What hangs on an organization beside its projects and service accounts.
const OF_ORG: &[&Sql] = &[
    &KEY_CALLS,
    &KEY_USES,
    &KEY_REMINDERS,
    &REVOKED_TOKENS,
    &LINKS,
    &INVITATIONS,
    &UNCHAIN,
    &KEYS,
    &NOTIFICATIONS,
    &ACTIVITIES,
    &MEMBERS,
    &ORPHAN,
    &TRAFFIC,
    &COUNTERS,
];

/// An organization that was deleted at `until` or before, if there is one.
pub fn unguarded_due_org(tx: &mut Tx<'_>, until: Instant) -> Result<Option<OrgId>> {
    Ok(tx.one(&DUE_ORG, &[until.into()])?.map(|mut row| row.take("organizations", "id")).transpose()?)
}

/// A project that was, if there is one.
pub fn unguarded_due_project(tx: &mut Tx<'_>, until: Instant) -> Result<Option<ProjectId>> {
    Ok(tx.one(&DUE_PROJECT, &[until.into()])?.map(|mut row| row.take("projects", "id")).transpose()?)
}

/// Drops some of a deleted project; how many rows. The last that goes is the project.
pub fn unguarded_shrink_project(tx: &mut Tx<'_>, id: ProjectId) -> Result<usize> {
    match tx.one(&APP_OF, &[id.into()])?.map(|mut row| row.take::<AppId>("apps", "id")).transpose()? {
        Some(app) => match entries(tx, app)? {
            0 => first(tx, OF_APP, &APP, app.into()),
            many => Ok(many),
        },
        None => match erase::some_of_project(tx, id)? {
            0 => first(tx, OF_PROJECT, &PROJECT, id.into()),
            many => Ok(many),
        },
    }
}

/// Drops some of a deleted organization; how many rows. The last that goes is the organization.
pub fn unguarded_shrink_org(tx: &mut Tx<'_>, id: OrgId) -> Result<usize> {
    match tx.one(&PROJECT_OF, &[id.into()])?.map(|mut row| row.take::<ProjectId>("projects", "id")).transpose()? {
        Some(project) => unguarded_shrink_project(tx, project),
        None => match rows(tx, OF_ORG, &id.into())? {
            0 => match accounts(tx, id)? {
                0 => Ok(tx.run(&ORG, &[id.into()])?),
                many => Ok(many),
            },
            many => Ok(many),
        },
    }
}

/// Some entries of an app, with all that hangs on them.
fn entries(tx: &mut Tx<'_>, app: AppId) -> Result<usize> {
    // What was sent to a form may be much, and would go with it in one step.
    let mut gone = submission::unguarded_drop_of_app(tx, app)?;
    if gone > 0 {
        return Ok(gone);
    }
    for sql in [&ENTRIES, &TRASH] {
        for mut row in tx.rows(sql, &[app.into()])? {
            let entry: EntryId = row.take("entries", "id")?;
            gone += content::erase::entry(tx, entry)?;
        }
    }
    Ok(gone)
}

/// Some service accounts, to which nothing of the organization refers any more.
fn accounts(tx: &mut Tx<'_>, org: OrgId) -> Result<usize> {
    let mut gone = 0;
    for mut row in tx.rows(&ACCOUNTS_OF, &[org.into()])? {
        let account: UserId = row.take("service_accounts", "id")?;
        gone += tx.run(&ACCOUNT, &[account.into()])? + tx.run(&USER, &[account.into()])?;
    }
    Ok(gone)
}

/// The rows of the first step that finds any; where none does, the thing itself.
fn first(tx: &mut Tx<'_>, steps: &[&Sql], itself: &Sql, id: Value) -> Result<usize> {
    match rows(tx, steps, &id)? {
        0 => Ok(tx.run(itself, &[id])?),
        many => Ok(many),
    }
}

fn rows(tx: &mut Tx<'_>, steps: &[&Sql], id: &Value) -> Result<usize> {
    for sql in steps {
        let gone = tx.run(sql, std::slice::from_ref(id))?;
        if gone > 0 {
            return Ok(gone);
        }
    }
    Ok(0)
}
