//! Submissions: their rows. How many a form has is counted at each write.

use serde_json::Map;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InProject},
        content::Entry,
        fold::fold,
        form::submission::{Mark, Metadata, Submission},
        id::{EntryId, SubmissionId},
        listing::{Listing, Test},
        page::Page,
        search::Query,
        spec::{Field, Holds, Operand, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        engine::Sql,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

use super::attachment;

macro_rules! columns {
    () => {
        "s.id, s.form_id, s.form_version, s.locale, s.data, s.consents, s.ip, s.user_agent, s.referer, s.tags, s.source, s.mark, s.note, s.expires_at, s.created_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM submissions s WHERE s.id = $1 AND s.form_id = $2 AND s.app_id = $3");
    GET_ANY = concat!("SELECT ", columns!(), " FROM submissions s WHERE s.id = $1");
    OF_PROJECT = concat!("SELECT ", columns!(), " FROM submissions s WHERE s.id = $1 AND s.project_id = $2");
    WITH_NONCE = concat!("SELECT ", columns!(), " FROM submissions s WHERE s.form_id = $1 AND s.nonce = $2 AND s.app_id = $3");
    OLDER = concat!("SELECT ", columns!(), " FROM submissions s WHERE s.form_id = $1 AND s.app_id = $2 AND s.created_at <= $3
                    AND (s.created_at < $3 OR s.id < $4) ORDER BY s.created_at DESC, s.id DESC LIMIT 50");
    OF_EMAIL = "SELECT 1 FROM submissions WHERE form_id = $1 AND email_fold = $2 AND app_id = $3 LIMIT 1";
    INSERT = "INSERT INTO submissions (id, organization_id, project_id, app_id, form_id, form_version, locale, data, consents, email_fold, nonce, ip, user_agent,
              referer, tags, source, mark, expires_at, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    UPDATE = "UPDATE submissions SET mark = $3, note = $4 WHERE id = $1 AND app_id = $2";
    DELETE = "DELETE FROM submissions WHERE id = $1 AND app_id = $2";
    EXPIRED = "SELECT id, form_id, mark FROM submissions WHERE expires_at <= $1 ORDER BY expires_at, id LIMIT 500";
    ANY_EXPIRED = "SELECT 1 FROM submissions WHERE expires_at <= $1 LIMIT 1";
    DROP = "DELETE FROM submissions WHERE id = $1";
    OF_APP = "SELECT id FROM submissions WHERE app_id = $1 LIMIT 500";
    OF_FORM = "SELECT id FROM submissions WHERE form_id = $1";
}

/// `list_form_submissions`.
pub const SUBMISSIONS: Spec = Spec {
    fields: &[Field::both("createdAt", Holds::Instant), Field::filter("mark", Holds::Word(Mark::WORDS))],
    search: &["data"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "submissions s",
    id: "s.id",
    columns: &[column("createdAt", "s.created_at"), column("mark", "s.mark")],
    search: &[],
};

/// So many that match a search are looked at: the newest.
const FOUND_MAX: usize = 2_000;

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&SUBMISSIONS, &TABLE)];

/// Totals of a form: all that was sent, and that of one mark.
const ALL: &str = "submissions";

/// Those that nobody has read.
pub(super) const UNREAD: &str = "submissions-unread";

const fn of_mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Unread => UNREAD,
        Mark::Read => "submissions-read",
        Mark::Spam => "submissions-spam",
    }
}

/// What the database alone needs to know of a new one.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// The nonce of the page that it was filled in on.
    pub nonce: Option<String>,
    /// The folded e-mail address of who sends.
    pub email: Option<String>,
}

fn submission(row: &mut Row) -> Result<Submission> {
    let table = "submissions";
    let object = |row: &mut Row, name: &'static str| -> Result<Map<String, serde_json::Value>> {
        let text: String = row.take(table, name)?;
        sql::json(&text, table, name)
    };
    Ok(Submission {
        id: row.take(table, "id")?,
        form: row.take(table, "form_id")?,
        form_version: row.take(table, "form_version")?,
        locale: row.take(table, "locale")?,
        data: object(row, "data")?,
        consents: object(row, "consents")?,
        files: Vec::new(),
        metadata: Metadata {
            ip: row.take(table, "ip")?,
            user_agent: row.take(table, "user_agent")?,
            referer: row.take(table, "referer")?,
            tags: sql::json(&row.take::<String>(table, "tags")?, table, "tags")?,
            source: row.take(table, "source")?,
        },
        mark: row.take(table, "mark")?,
        note: row.take(table, "note")?,
        expires_at: row.take(table, "expires_at")?,
        created_at: row.take(table, "created_at")?,
    })
}

/// One of a form.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, id: SubmissionId) -> Result<Submission> {
    let mut row = tx.one(&GET, &[id.into(), form.into(), at.app().into()])?.ok_or(Error::NotFound("submission"))?;
    let mut found = submission(&mut row)?;
    attachment::fill(tx, std::slice::from_mut(&mut found))?;
    Ok(found)
}

/// The one that was filled in on the page with this nonce, if it was sent already.
pub fn with_nonce(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, nonce: &str) -> Result<Option<Submission>> {
    tx.one(&WITH_NONCE, &[form.into(), nonce.into(), at.app().into()])?.map(|mut row| submission(&mut row)).transpose()
}

/// Whether somebody with this folded e-mail address has sent the form.
pub fn is_of(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, email: &str) -> Result<bool> {
    Ok(tx.one(&OF_EMAIL, &[form.into(), email.into(), at.app().into()])?.is_some())
}

/// Those of a form.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, listing: &Listing) -> Result<Page<Submission>> {
    let (of, app) = ([form.into()], [at.app().into()]);
    let scope: [sql::Condition<'_>; 2] = [("s.form_id = ?", &of), ("s.app_id = ?", &app)];
    let page = match (&listing.search, known_total(tx, form, listing)?) {
        (Some(text), _) => return with_words(tx, (form, text), scope, listing),
        (None, Some(total)) => sql::page_with_total(tx, &TABLE, &scope, listing, Some(total)),
        (None, None) => sql::list(tx, &TABLE, &scope, listing, None),
    };
    with_files(tx, page?)
}

/// A page of rows, each with the files that came with it.
fn with_files(tx: &mut Tx<'_>, page: Page<Row>) -> Result<Page<Submission>> {
    let mut page = page.try_map(|mut row| submission(&mut row))?;
    attachment::fill(tx, &mut page.items)?;
    Ok(page)
}

/// The next of a form that are older than one, or as old and have a lesser id.
pub fn older(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, (moment, id): &(Instant, String)) -> Result<Vec<Submission>> {
    let rows = tx.rows(&OLDER, &[form.into(), at.app().into(), (*moment).into(), id.as_str().into()])?;
    let mut older = rows.into_iter().map(|mut row| submission(&mut row)).collect::<Result<Vec<_>>>()?;
    attachment::fill(tx, &mut older)?;
    Ok(older)
}

/// The newest of a form that have the words of a text.
pub fn having(tx: &mut Tx<'_>, form: &Entry, text: &str) -> Result<Vec<SubmissionId>> {
    let bad = |_| Error::Internal("the index of submissions holds what is no id".into());
    ids(tx, form.id, text)?.iter().map(|id| id.parse().map_err(bad)).collect()
}

fn ids(tx: &mut Tx<'_>, form: EntryId, text: &str) -> Result<Vec<String>> {
    let query = Query::of(&fold(text));
    if query.is_empty() { Ok(Vec::new()) } else { Ok(tx.session.sent_having(&form.to_string(), query.terms(), FOUND_MAX)?) }
}

/// Those of a form that have the words of a text.
fn with_words(
    tx: &mut Tx<'_>,
    (form, text): (EntryId, &str),
    scope: [sql::Condition<'_>; 2],
    listing: &Listing,
) -> Result<Page<Submission>> {
    let ids = ids(tx, form, text)?;
    if ids.is_empty() {
        return Ok(Page::empty(listing));
    }
    let ids: Vec<_> = ids.into_iter().map(Value::from).collect();
    let scope = [scope[0], scope[1], ("s.id IN (?*)", &ids)];
    let rest = Listing { search: None, ..listing.clone() };
    let page = sql::list(tx, &TABLE, &scope, &rest, None)?;
    with_files(tx, page)
}

/// The total of a list that is kept: of all, or of those of a mark.
fn known_total(tx: &mut Tx<'_>, form: EntryId, listing: &Listing) -> Result<Option<u64>> {
    if listing.search.is_some() {
        return Ok(None);
    }
    let counted = match &listing.filters[..] {
        [] => Some(ALL),
        [only] if only.field == "mark" => match &only.test {
            Test::Is(Operand::Text(word)) => Mark::from_word(word).map(of_mark),
            _ => None,
        },
        _ => None,
    };
    counted.map(|what| tx.total(form, what)).transpose()
}

/// How many were sent to a form.
pub fn count(tx: &mut Tx<'_>, form: &Entry) -> Result<u64> {
    tx.total(form.id, ALL)
}

/// How many of a form have a mark.
pub fn count_of(tx: &mut Tx<'_>, form: &Entry, mark: Mark) -> Result<u64> {
    tx.total(form.id, of_mark(mark))
}

/// Stores a new one.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InApp>, new: &Submission, keys: &Keys) -> Result<()> {
    let of = &new.metadata;
    let text = |value: &dyn Fn() -> serde_json::Result<String>| value().map_err(|error| Error::Internal(error.to_string()));
    let args = [
        new.id.into(),
        at.org().into(),
        at.project().into(),
        at.app().into(),
        new.form.into(),
        new.form_version.into(),
        new.locale.as_str().into(),
        text(&|| serde_json::to_string(&new.data))?.into(),
        text(&|| serde_json::to_string(&new.consents))?.into(),
        keys.email.clone().into(),
        keys.nonce.clone().into(),
        of.ip.clone().into(),
        of.user_agent.clone().into(),
        of.referer.clone().into(),
        text(&|| serde_json::to_string(&of.tags))?.into(),
        of.source.clone().into(),
        new.mark.into(),
        new.expires_at.into(),
        new.created_at.into(),
    ];
    tx.run(&INSERT, &args)?;
    tx.session.index_sent(&new.id.to_string(), Some((&new.form.to_string(), &new.words())))?;
    add_to_count(tx, new.form, new.mark, 1);
    Ok(())
}

fn add_to_count(tx: &mut Tx<'_>, form: EntryId, mark: Mark, by: i64) {
    tx.count(form, ALL, by);
    tx.count(form, of_mark(mark), by);
}

/// Stores mark and note of one that was read in this transaction with the mark before.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InApp>, changed: &Submission, before: Mark) -> Result<()> {
    let args = [changed.id.into(), at.app().into(), changed.mark.into(), changed.note.clone().into()];
    tx.run_one(&UPDATE, &args, "submission")?;
    tx.count(changed.form, of_mark(before), -1);
    tx.count(changed.form, of_mark(changed.mark), 1);
    Ok(())
}

/// Drops one that was read in this transaction.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InApp>, gone: &Submission) -> Result<()> {
    tx.run_one(&DELETE, &[gone.id.into(), at.app().into()], "submission")?;
    tx.session.index_sent(&gone.id.to_string(), None)?;
    add_to_count(tx, gone.form, gone.mark, -1);
    Ok(())
}

/// One, for the e-mails about it.
pub fn unguarded_get(tx: &mut Tx<'_>, id: SubmissionId) -> Result<Option<Submission>> {
    tx.one(&GET_ANY, &[id.into()])?.map(|mut row| submission(&mut row)).transpose()
}

/// Whether some are kept whose time is over.
pub fn unguarded_any_expired(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    Ok(tx.one(&ANY_EXPIRED, &[now.into()])?.is_some())
}

/// Drops some of them; how many.
pub fn unguarded_drop_expired(tx: &mut Tx<'_>, now: Instant) -> Result<usize> {
    let rows = tx.rows(&EXPIRED, &[now.into()])?;
    let many = rows.len();
    for mut row in rows {
        let id: SubmissionId = row.take("submissions", "id")?;
        let (form, mark) = (row.take("submissions", "form_id")?, row.take("submissions", "mark")?);
        drop_one(tx, id)?;
        add_to_count(tx, form, mark, -1);
    }
    Ok(many)
}

/// Drops some of those of an app that is purged; how many.
pub fn unguarded_drop_of_app(tx: &mut Tx<'_>, app: crate::domain::id::AppId) -> Result<usize> {
    drop_all(tx, &OF_APP, app.into())
}

/// Drops those of a form that goes for good; how many.
pub(in crate::store) fn drop_of_form(tx: &mut Tx<'_>, form: EntryId) -> Result<usize> {
    drop_all(tx, &OF_FORM, form.into())
}

fn drop_all(tx: &mut Tx<'_>, of: &Sql, id: Value) -> Result<usize> {
    let rows = tx.rows(of, &[id])?;
    let many = rows.len();
    for mut row in rows {
        let id: SubmissionId = row.take("submissions", "id")?;
        drop_one(tx, id)?;
    }
    Ok(many)
}

/// One of a project, for whoever may see all that was sent there.
pub(super) fn of_project(tx: &mut Tx<'_>, at: &Granted<InProject>, id: SubmissionId) -> Result<Option<Submission>> {
    let Some(mut row) = tx.one(&OF_PROJECT, &[id.into(), at.project().into()])? else { return Ok(None) };
    let mut found = submission(&mut row)?;
    attachment::fill(tx, std::slice::from_mut(&mut found))?;
    Ok(Some(found))
}

/// Drops one that was read in this transaction, through whoever may.
pub(super) fn drop_counted(tx: &mut Tx<'_>, gone: &Submission) -> Result<()> {
    drop_one(tx, gone.id)?;
    add_to_count(tx, gone.form, gone.mark, -1);
    Ok(())
}

/// Drops one, and its words.
fn drop_one(tx: &mut Tx<'_>, id: SubmissionId) -> Result<()> {
    tx.run(&DROP, &[id.into()])?;
    tx.session.index_sent(&id.to_string(), None)?;
    Ok(())
}
