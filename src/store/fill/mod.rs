//! What steps of the schema do to rows that only Rust can fill, in the transaction of the step. A fill belongs to its step as the SQL
//! does: it knows the tables as they were then, and never changes. For columns that come later there is another one.

use super::{
    engine::{Session, Sql},
    error::StoreError,
};

/// Columns that are folded from what stands in others, with their statements.
macro_rules! folds {
    ($($name:ident $table:literal $column:literal = $source:literal;)*) => {
        $(const $name: ($crate::store::engine::Sql, $crate::store::engine::Sql) = (
            $crate::store::engine::Sql::fixed(concat!("SELECT id, ", $source, " FROM ", $table, " WHERE id > $1 ORDER BY id LIMIT 500")),
            $crate::store::engine::Sql::fixed(concat!("UPDATE ", $table, " SET ", $column, " = $2 WHERE id = $1")),
        );)*

        /// Every statement of this file with its name.
        pub const STATEMENTS: &[(&str, &$crate::store::engine::Sql)] = &[$((stringify!($name), &$name.0), (stringify!($name), &$name.1),)*];

        /// Folds all of them.
        pub fn fill(session: &mut dyn $crate::store::engine::Session) -> Result<(), $crate::store::error::StoreError> {
            ALL.iter().try_for_each(|(read, write)| super::rows::refold(session, read, write))
        }

        const ALL: &[&($crate::store::engine::Sql, $crate::store::engine::Sql)] = &[$(&$name,)*];
    };
}

mod addresses;
mod changes;
mod deliveries;
mod folds;
mod full_text;
mod languages;
mod operators;
mod rows;
mod singletons;
mod submission_words;
mod tags;
mod upkeep;

/// Fills the rows of a step.
pub type Fill = fn(&mut dyn Session) -> Result<(), StoreError>;

/// The steps that have one, by their number.
pub const FILLS: &[(usize, Fill)] = &[
    (12, folds::fill),
    (16, addresses::fill),
    (20, deliveries::fill),
    (23, operators::fill),
    (29, tags::fill),
    (30, upkeep::fill),
    (33, singletons::fill),
    (34, changes::fill),
    (37, full_text::fill),
    (39, languages::fill),
    (50, submission_words::fill),
];

/// What they run, by the same numbers, for the test that prepares it in the schema of the step.
pub const STATEMENTS: &[(usize, &[(&str, &Sql)])] = &[
    (12, folds::STATEMENTS),
    (16, addresses::STATEMENTS),
    (20, deliveries::STATEMENTS),
    (23, operators::STATEMENTS),
    (29, tags::STATEMENTS),
    (30, upkeep::STATEMENTS),
    (33, singletons::STATEMENTS),
    (34, changes::STATEMENTS),
    (37, full_text::STATEMENTS),
    (39, languages::STATEMENTS),
    (50, submission_words::STATEMENTS),
];
