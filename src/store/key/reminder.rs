//! Which keys end soon, whom to tell, and what was told already.

use crate::{
    domain::{
        Result,
        id::{KeyId, OrgId, UserId},
        key::key::REMIND_DAYS,
        time::{DAY, Instant},
    },
    store::{Tx, row::Value},
};

/// Which of the reminders is due for a key.
macro_rules! step {
    () => {
        "CASE WHEN k.expires_at <= $2 THEN CAST($5 AS BIGINT) WHEN k.expires_at <= $3 THEN CAST($6 AS BIGINT) ELSE CAST($7 AS BIGINT) END"
    };
}

/// Keys with a reminder that is due. One that was made shorter before its end than a reminder's days gets none for them; of several
/// that were missed only the last is due.
macro_rules! due {
    () => {
        concat!(
            " FROM api_keys k JOIN users u ON u.id = k.owner_id JOIN organizations o ON o.id = k.organization_id
              LEFT JOIN key_reminders r ON r.key_id = k.id
              WHERE k.expires_at > $1 AND k.expires_at <= $4 AND k.revoked_at IS NULL AND k.grace_ends_at IS NULL AND u.disabled_at IS NULL
                AND o.deleted_at IS NULL AND (r.days IS NULL OR r.days > ",
            step!(),
            ") AND k.created_at < k.expires_at - $8 * ",
            step!()
        )
    };
}

statements! {
    DUE = concat!("SELECT k.expires_at, k.id", due!(), " AND (k.expires_at > $9 OR (k.expires_at = $9 AND k.id > $10)) ORDER BY k.expires_at, k.id LIMIT 100");
    ONE = concat!("SELECT k.id, k.organization_id, k.owner_id, k.name, k.expires_at, u.kind = 'service_account', u.name, o.name, o.slug, ", step!(), " AS step", due!(), " AND k.id = $9");
    OWNER = "SELECT id, email, COALESCE(locale, browser_locale), timezone FROM users WHERE id = $1 AND disabled_at IS NULL";
    ADMINS = "SELECT u.id, u.email, COALESCE(u.locale, u.browser_locale), u.timezone FROM members m JOIN users u ON u.id = m.user_id
              WHERE m.organization_id = $1 AND m.role IN ('owner', 'admin') AND u.kind = 'user' AND u.disabled_at IS NULL
              ORDER BY u.id";
    NOTE = "INSERT INTO key_reminders (key_id, days, sent_at) VALUES ($1, $2, $3)
            ON CONFLICT (key_id) DO UPDATE SET days = excluded.days, sent_at = excluded.sent_at";
}

/// A key whose owner should hear now that it ends.
#[derive(Debug, Clone)]
pub struct Ending {
    /// Id.
    pub key: KeyId,
    /// Its organization.
    pub org: OrgId,
    /// Whose.
    pub owner: UserId,
    /// Its name.
    pub name: String,
    /// When it ends.
    pub expires_at: Instant,
    /// Whether a service account owns it.
    pub of_service_account: bool,
    /// Name of the owner.
    pub owner_name: String,
    /// Name of the organization.
    pub org_name: String,
    /// Slug of the organization.
    pub org_slug: String,
    /// Which of the reminders this is: one of [`REMIND_DAYS`].
    pub days: u32,
}

/// Somebody who hears of a key.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// Who.
    pub user: UserId,
    /// Their address.
    pub email: String,
    /// Their language, if they chose one.
    pub locale: Option<String>,
    /// Their time zone, if they chose one.
    pub timezone: Option<String>,
}

/// Keys with a reminder that is due at `now`, at most 100, the next to end first, those behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, KeyId)>) -> Result<Vec<(Instant, KeyId)>> {
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let args = [&days(now)[..], &[at.into(), id.into()]].concat();
    tx.rows(&DUE, &args)?.into_iter().map(|mut row| Ok((row.take("api_keys", "expires_at")?, row.take("api_keys", "id")?))).collect()
}

/// One of them, if it still is.
pub fn unguarded_due_one(tx: &mut Tx<'_>, key: KeyId) -> Result<Option<Ending>> {
    let args = [&days(tx.now())[..], &[key.into()]].concat();
    let table = "api_keys";
    let Some(mut row) = tx.one(&ONE, &args)? else { return Ok(None) };
    Ok(Some(Ending {
        key: row.take(table, "id")?,
        org: row.take(table, "organization_id")?,
        owner: row.take(table, "owner_id")?,
        name: row.take(table, "name")?,
        expires_at: row.take(table, "expires_at")?,
        of_service_account: row.take("users", "kind")?,
        owner_name: row.take("users", "name")?,
        org_name: row.take("organizations", "name")?,
        org_slug: row.take("organizations", "slug")?,
        days: row.take("key_reminders", "days")?,
    }))
}

/// The moments and days that the statements compare with.
fn days(now: Instant) -> [Value; 8] {
    let [last, middle, first] = REMIND_DAYS;
    let day = i64::try_from(DAY.as_micros()).unwrap_or(i64::MAX);
    [
        now.into(),
        (now + DAY * last).into(),
        (now + DAY * middle).into(),
        (now + DAY * first).into(),
        i64::from(last).into(),
        i64::from(middle).into(),
        i64::from(first).into(),
        day.into(),
    ]
}

/// Who hears of a key: its owner, or for a service account the owner and the admins of the organization.
pub fn unguarded_recipients(tx: &mut Tx<'_>, ending: &Ending) -> Result<Vec<Recipient>> {
    let rows = if ending.of_service_account { tx.rows(&ADMINS, &[ending.org.into()])? } else { tx.rows(&OWNER, &[ending.owner.into()])? };
    rows.into_iter()
        .map(|mut row| {
            Ok(Recipient {
                user: row.take("users", "id")?,
                email: row.take("users", "email")?,
                locale: row.take("users", "locale")?,
                timezone: row.take("users", "timezone")?,
            })
        })
        .collect()
}

/// Notes that a reminder was sent.
pub fn unguarded_note(tx: &mut Tx<'_>, ending: &Ending) -> Result<()> {
    let now = tx.now();
    tx.run(&NOTE, &[ending.key.into(), i64::from(ending.days).into(), now.into()])?;
    Ok(())
}
