//! What a file of the store declares: each registers once, with its area.

use crate::domain::spec::Spec;

use super::{engine::Sql, sql::Table};

/// A file and what it declares.
pub struct Registered {
    pub(super) file: &'static str,
    pub(super) statements: &'static [(&'static str, &'static Sql)],
    pub(super) lists: &'static [(&'static Spec, &'static Table)],
}

impl Registered {
    /// A file, by its path below this folder, with its statements by name and its lists.
    pub const fn new(
        file: &'static str,
        statements: &'static [(&'static str, &'static Sql)],
        lists: &'static [(&'static Spec, &'static Table)],
    ) -> Self {
        Self { file, statements, lists }
    }
}
