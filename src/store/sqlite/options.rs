//! How a database is opened and run.

use std::{num::NonZero, thread};

use crate::store::fill;

use super::schema;

/// How a database is opened and run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Who opens it, such as "stele serve"; told to those who find it in use.
    pub who: String,
    /// How many writes may wait; more fail with `Busy`.
    pub queue: usize,
    /// How many writes go into one transaction at most.
    pub batch: usize,
    /// How many read connections there may be; further reads wait for one.
    pub readers: usize,
    /// Page cache of each connection, in KiB.
    pub cache_kib: u32,
    /// The schema, oldest step first.
    pub migrations: &'static [&'static str],
    /// What some of its steps fill in besides, by their numbers.
    pub fills: &'static [(usize, fill::Fill)],
}

impl Default for Options {
    fn default() -> Self {
        // The async workers read, one for each processor, and beside them a few of what is long.
        let readers = 2 * thread::available_parallelism().map_or(4, NonZero::get) + 4;
        Self { who: "stele".into(), queue: 1024, batch: 256, readers, cache_kib: 4096, migrations: schema::MIGRATIONS, fills: fill::FILLS }
    }
}
