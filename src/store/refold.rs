//! Folds what is stored anew, in a step of the schema: after the folding itself has changed, and for new columns.

use crate::domain::text::fold;

use super::{
    engine::{Session, Sql},
    error::StoreError,
    row::{Row, Value},
};

/// Rows that are read at once.
const BATCH: usize = 500;

macro_rules! folds {
    ($($name:ident $table:literal $column:literal = $source:literal;)*) => {
        $(const $name: (Sql, Sql) = (
            Sql::fixed(concat!("SELECT id, ", $source, " FROM ", $table, " WHERE id > $1 ORDER BY id LIMIT 500")),
            Sql::fixed(concat!("UPDATE ", $table, " SET ", $column, " = $2 WHERE id = $1")),
        );)*

        /// Every statement of this file with its name.
        pub const STATEMENTS: &[(&str, &Sql)] = &[$((stringify!($name), &$name.0), (stringify!($name), &$name.1),)*];

        const ALL: &[&(Sql, Sql)] = &[$(&$name,)*];
    };
}

folds! {
    USERS "users" "search_fold" = "name || ' ' || email";
    USER_NAMES "users" "name_fold" = "name";
    PURPOSES "service_accounts" "description_fold" = "COALESCE(description, '')";
    ORGANIZATIONS "organizations" "name_fold" = "name";
    PROJECTS "projects" "name_fold" = "name";
    APPS "apps" "name_fold" = "name";
    KEYS "api_keys" "name_fold" = "name";
    KEY_ENDS "api_keys" "display_fold" = "SUBSTR(display, LENGTH(display) - 10)";
    ENTRIES "entries" "search" = "search";
    ENTRY_NAMES "entries" "name_fold" = "name";
    AUTHORS "entries" "author_name_fold" = "author_name";
    TITLES "members" "title_fold" = "title";
    TITLES_IN_PROJECTS "project_members" "title_fold" = "title";
    TITLES_IN_APPS "app_members" "title_fold" = "title";
    ACTIVITIES "activities" "search_fold" = "action || ' ' || COALESCE(resource_name, '')";
    ACTORS "activities" "actor_fold" = "COALESCE(actor_name, '') || ' ' || COALESCE(actor_email, '')";
    NOTIFICATIONS "notifications" "search_fold" = "title || ' ' || COALESCE(body, '')";
}

/// Folds all.
pub fn all(session: &mut dyn Session) -> Result<(), StoreError> {
    ALL.iter().try_for_each(|(read, write)| refold(session, read, write))
}

fn refold(session: &mut dyn Session, read: &Sql, write: &Sql) -> Result<(), StoreError> {
    each(session, read, |session, id, row| {
        let text: Option<String> = row.take("any", "text")?;
        let folded = text.map_or(Value::Null, |text| fold(&text).into());
        session.run(write, &[id.into(), folded]).map(drop)
    })
}

/// Goes through all rows of a statement that reads [`BATCH`] of them behind an id, which comes first; hands on each with its id.
pub(super) fn each(
    session: &mut dyn Session,
    read: &Sql,
    mut take: impl FnMut(&mut dyn Session, &str, &mut Row) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut last = String::new();
    loop {
        let rows = session.rows(read, &[last.as_str().into()])?;
        let full = rows.len() == BATCH;
        for mut row in rows {
            last = row.take("any", "id")?;
            take(session, &last, &mut row)?;
        }
        if !full {
            return Ok(());
        }
    }
}
