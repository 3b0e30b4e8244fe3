//! All that the files of the store declare, so that a test can prepare it.

use crate::domain::spec::Spec;

use super::{
    account, backup, content, engine::Sql, file, form, form_token, idempotency, instance, key, org, project, registry::Registered,
    sql::Table, unguarded,
};

/// Those that belong to no area.
const FILES: &[Registered] = &[
    Registered::new("backup", backup::STATEMENTS, &[]),
    Registered::new("unguarded", unguarded::STATEMENTS, &[]),
    Registered::new("form_token", form_token::STATEMENTS, &[]),
    Registered::new("idempotency", idempotency::STATEMENTS, &[]),
    Registered::new("instance", instance::STATEMENTS, instance::LISTS),
];

fn files() -> impl Iterator<Item = &'static Registered> {
    [FILES, account::FILES, org::FILES, key::FILES, project::FILES, content::FILES, file::FILES, form::FILES].into_iter().flatten()
}

/// Every fixed statement of the store, by file and name.
pub fn statements() -> impl Iterator<Item = (&'static str, &'static str, &'static Sql)> {
    files().flat_map(|file| file.statements.iter().map(|(name, sql)| (file.file, *name, *sql)))
}

/// Every list of the store: what it offers and how it is read.
pub fn lists() -> impl Iterator<Item = (&'static Spec, &'static Table)> {
    files().flat_map(|file| file.lists).map(|(spec, table)| (*spec, *table)).chain(content::entry_list::lists())
}
