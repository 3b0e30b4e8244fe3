//! `stele compact`: gives the room of what was deleted back to the disk.

use crate::database::Database;

use super::{
    output::{CommandResult, say},
    settings::Data,
};

pub(super) fn run(data: &Data) -> CommandResult {
    let [before, after] = Database::compact(&data.data, "stele compact").map_err(|error| error.to_string())?;
    say(format_args!("{}: {} before, {} now", data.data.display(), megabytes(before), megabytes(after)))
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
