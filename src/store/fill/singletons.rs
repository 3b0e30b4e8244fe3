//! Step 33: apps that are there get the pages of which there is one in each.

use crate::{
    domain::{
        content::{Draft, Entry, KINDS, singles_of, version::snapshot::Snapshot},
        project::app::AppType,
        time::Instant,
    },
    store::{
        content::search::index,
        engine::Session,
        error::StoreError,
        row::{Row, Value},
    },
};

use super::rows::each;

statements! {
    APPS = "SELECT id, app_type, organization_id, project_id, created_at FROM apps WHERE id > $1 ORDER BY id LIMIT 500";
    IS_THERE = "SELECT id FROM entries WHERE app_id = $1 AND kind = $2 AND deleted_at IS NULL LIMIT 1";
    ENTRY = "INSERT INTO entries (id, organization_id, project_id, app_id, kind, name, name_fold, status, is_listed, requires_viewer_auth,
             published_at, version, created_by, updated_by, created_at, updated_at, fields, search, locales, content)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'published', $8, $9, $10, 1, $11, $11, $10, $10, $12, $13, $14, $15)";
    VERSION = "INSERT INTO versions (id, organization_id, project_id, entry_id, version, source, created_by, created_at, fields, content)
               VALUES ($1, $2, $3, $4, 1, 'create', $5, $6, $7, $8)";
    COUNT = "INSERT INTO counters (owner, what, slot, n) VALUES ($1, $2, 0, 1) ON CONFLICT (owner, what, slot) DO UPDATE SET n = counters.n + excluded.n";
}

/// An app, as far as what is in it has to know it.
struct App {
    id: String,
    org: String,
    project: String,
    created_at: Instant,
}

/// Makes what is missing.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &APPS, |session, id, row| {
        let Some(app_type) = AppType::from_word(&row.take::<String>("apps", "app_type")?) else { return Ok(()) };
        let app = app(id, row)?;
        for kind in singles_of(KINDS, app_type) {
            if session.rows(&IS_THERE, &[app.id.as_str().into(), kind.content_type.into()])?.is_empty() {
                make(session, &app, Draft::single(kind).preview())?;
            }
        }
        Ok(())
    })
}

fn app(id: &str, row: &mut Row) -> Result<App, StoreError> {
    let (org, project) = (row.take("apps", "organization_id")?, row.take("apps", "project_id")?);
    Ok(App { id: id.to_owned(), org, project, created_at: row.take("apps", "created_at")? })
}

fn make(session: &mut dyn Session, app: &App, made: &Entry) -> Result<(), StoreError> {
    let nobody = Value::from(made.created_by);
    let word = made.kind.content_type;
    let (id, version) = (id_of(app, word), id_of(app, &format!("{word}/1")));
    let place: [Value; 3] = [id.as_str().into(), app.org.as_str().into(), app.project.as_str().into()];
    let own: [Value; 12] = [
        app.id.as_str().into(),
        word.into(),
        made.name.as_str().into(),
        crate::domain::text::fold(&made.name).into(),
        made.is_listed.into(),
        made.requires_viewer_auth.into(),
        app.created_at.into(),
        nobody.clone(),
        made.fields.as_str().into(),
        made.search.as_str().into(),
        made.locales.as_str().into(),
        made.content.as_str().into(),
    ];
    session.run(&ENTRY, &[&place[..], &own[..]].concat())?;
    let [_, org, project] = place;
    let kept = Snapshot::of(made);
    let args = [version.into(), org, project, id.as_str().into(), nobody, app.created_at.into(), kept.fields.into(), kept.content.into()];
    session.run(&VERSION, &args)?;
    for what in [word.to_owned(), format!("{word}/status/published"), format!("{word}/locales/{}", made.locales)] {
        session.run(&COUNT, &[app.id.as_str().into(), what.into()])?;
    }
    let found = Entry { app: app.id.parse().map_err(|_| StoreError::Shape("apps", "id"))?, ..made.clone() };
    session.index(&id, &index::documents(&found).map_err(|_| StoreError::Shape("entries", "fields"))?)
}

/// An id for what an app has one of: a step has neither a clock nor chance, so the id tells when the app was made, and the rest follows from
/// what it is.
fn id_of(app: &App, what: &str) -> String {
    let mut bytes = [0; 10];
    let hash = blake3::hash(format!("{}/{what}", app.id).as_bytes());
    bytes.copy_from_slice(&hash.as_bytes()[..10]);
    uuid::Builder::from_unix_timestamp_millis(app.created_at.millis().unsigned_abs(), &bytes).into_uuid().to_string()
}
