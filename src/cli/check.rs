//! `stele check`: looks for damage.

use crate::store::sqlite::Sqlite;

use super::{outcome::Outcome, settings::Data};

pub(super) fn run(data: &Data) -> Outcome {
    let problems = Sqlite::check(&data.data);
    if problems.is_empty() {
        println!("{} is sound", data.data.display());
        return Ok(());
    }
    Err(problems.join("\n       "))
}
