//! Floor 2: rows in, entities out. The only place with SQL.
//!
//! A transaction is a [`Tx`]; every function on tenant data takes a `&Granted<...>` besides. The queries that need none
//! are in [`unguarded`], and their names begin with `unguarded_`.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::oneshot;

pub use catalog::{lists, statements};

use crate::domain::{
    Error, Result,
    access::{Actor, Granted, Passed, Permission, Scope},
    content::{KINDS, Kinds},
    id::Entropy,
    time::{Clock, Instant},
};
use access_cache::AccessCache;
use effects::Effects;
pub use effects::Wakers;
use engine::{Engine, Job, Outcome, Session, Sql, Verdict};
use error::StoreError;
use row::{Row, Value};
use watched::Watched;

/// Declares a file's statements by name and lists them, so that a test can prepare every one.
macro_rules! statements {
    ($($name:ident = $text:expr;)*) => {
        $(const $name: $crate::store::engine::Sql = $crate::store::engine::Sql::fixed($text);)*

        /// Every statement of this file with its name.
        pub const STATEMENTS: &[(&str, &$crate::store::engine::Sql)] = &[$((stringify!($name), &$name),)*];
    };
}

pub mod access_cache;
pub mod account;
mod catalog;
pub mod content;
mod effects;
pub mod engine;
pub mod error;
pub mod idempotency;
pub mod instance;
pub mod key;
pub mod migrate;
pub mod org;
pub mod project;
pub mod refold;
mod registry;
pub mod row;
pub mod sql;
pub mod sqlite;
pub mod unguarded;
mod watched;

/// Tables whose rows decide who may do what. A commit that touched one empties the access cache before its caller is told.
const ACCESS_TABLES: &[&str] = &[
    "users",
    "organizations",
    "members",
    "service_accounts",
    "api_keys",
    "revoked_tokens",
    "projects",
    "project_members",
    "apps",
    "app_members",
];

/// The database with its clock, its randomness and what is remembered of it. Clones share all of that.
#[derive(Clone)]
pub struct Store {
    engine: Arc<dyn Engine>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    cache: Arc<AccessCache>,
    wakers: Arc<Wakers>,
    kinds: Kinds,
}

impl Store {
    /// A store on an open engine.
    pub fn new(engine: Arc<dyn Engine>, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { engine, clock, entropy, cache: Arc::default(), wakers: Arc::default(), kinds: KINDS }
    }

    /// The same with these kinds of content instead of [`KINDS`].
    #[must_use]
    pub fn with_kinds(self, kinds: Kinds) -> Self {
        Self { kinds, ..self }
    }

    /// The kinds of content that the server knows.
    pub const fn kinds(&self) -> Kinds {
        self.kinds
    }

    /// The clock.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The randomness.
    pub fn entropy(&self) -> &dyn Entropy {
        &*self.entropy
    }

    /// What wakes the jobs.
    pub fn wakers(&self) -> &Wakers {
        &self.wakers
    }

    /// Ends the writer after all that is queued.
    pub fn stop(&self) {
        self.engine.stop();
    }

    /// Drops all that is remembered; for a database that was replaced as a whole.
    pub fn forget(&self) {
        self.cache.committed();
        self.cache.forget();
    }

    /// Runs a read in one snapshot, on the calling thread.
    ///
    /// # Errors
    /// Those of `work`, and those of the engine.
    pub fn read<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut answer = None;
        // Epoch and commits are read before the engine chooses a snapshot, so what is remembered is never newer than it claims to be.
        let (cache, commits) = ((&*self.cache, self.cache.epoch()), self.cache.commits());
        self.engine.read(&mut |session| {
            let mut tx = Tx { commits, kinds: self.kinds, ..Tx::new(session, &*self.clock, &*self.entropy, Some(cache)) };
            answer = Some(work(&mut tx));
        })?;
        answer.unwrap_or_else(|| Err(Error::Internal("the engine did not run a read".into())))
    }

    /// Queues a write and waits until it is on disk. `work` may run more than once.
    ///
    /// # Errors
    /// Those of `work`, after which nothing of it stays, and those of the engine.
    pub async fn write<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.queue(work, move |result| drop(reply.send(result)));
        answer.await.unwrap_or_else(|_| Err(Error::Busy("the writer has stopped".into())))
    }

    /// The same for the command line, which has no async runtime.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_now<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = std::sync::mpsc::sync_channel(1);
        self.queue(work, move |result| drop(reply.send(result)));
        answer.recv().unwrap_or_else(|_| Err(Error::Busy("the writer has stopped".into())))
    }

    /// The access cache is emptied inside `done`, so before the writer goes on: it happens even if the caller has gone away.
    fn queue<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
        reply: impl FnOnce(Result<T>) + Send + 'static,
    ) {
        let slot = Arc::new(Mutex::new(None));
        let (clock, entropy, kinds) = (self.clock.clone(), self.entropy.clone(), self.kinds);
        let (cache, wakers) = (self.cache.clone(), self.wakers.clone());
        let (filled, remembered) = (slot.clone(), self.cache.clone());
        self.engine.write(Job {
            work: Box::new(move |session| {
                // Nobody else writes, and every commit before this job was told: memory and rows say the same.
                let known = remembered.holds_in(session.transaction()).then(|| (&*remembered, remembered.epoch()));
                let mut tx = Tx { writes: Some(&remembered), kinds, ..Tx::new(session, &*clock, &*entropy, known) };
                let result = work(&mut tx);
                let verdict = if result.is_ok() { Verdict::Keep } else { Verdict::Undo };
                *filled.lock() = Some((result, tx.effects));
                verdict
            }),
            done: Box::new(move |outcome| {
                let ran = slot.lock().take();
                let result = match (outcome, ran) {
                    (Outcome::Failed(error), ran) => {
                        // Only the rows know whether what could not be committed is there after all.
                        if let Some((_, effects)) = ran {
                            effects.forget(&cache);
                        }
                        Err(error.into())
                    }
                    (_, None) => Err(Error::Internal("the engine did not run a write".into())),
                    (Outcome::Undone, Some((result, _))) => result,
                    (Outcome::Committed, Some((result, effects))) => {
                        effects.forget(&cache);
                        effects.wake(&wakers);
                        result
                    }
                };
                reply(result);
            }),
        });
    }
}

/// One transaction. Its `now` stands still.
pub struct Tx<'s> {
    session: &'s mut dyn Session,
    now: Instant,
    entropy: &'s dyn Entropy,
    cache: Option<(&'s AccessCache, u64)>,
    commits: u64,
    /// The access cache that this write makes wrong when it touches a table of access.
    writes: Option<&'s AccessCache>,
    effects: Effects,
    /// Lines of the audit trail so far.
    noted: u32,
    watched: Option<Watched>,
    kinds: Kinds,
}

impl<'s> Tx<'s> {
    /// Keeps the gates that this caller passes from here on.
    pub fn watch(&mut self, actor: &Arc<Actor>) {
        self.watched = Some(Watched::new(actor));
    }

    /// The gates that were passed since then.
    pub fn unwatch(&mut self) -> Vec<Passed> {
        self.watched.take().map(Watched::passed).unwrap_or_default()
    }

    /// A gate was passed.
    pub fn passed<S: Scope>(&mut self, at: &Granted<S>, permission: Permission) {
        if let Some(watched) = &mut self.watched {
            watched.keep(at, permission);
        }
    }

    fn new(session: &'s mut dyn Session, clock: &dyn Clock, entropy: &'s dyn Entropy, cache: Option<(&'s AccessCache, u64)>) -> Self {
        let effects = Effects::default();
        Self { session, now: clock.now(), entropy, cache, commits: 0, writes: None, effects, noted: 0, watched: None, kinds: KINDS }
    }

    /// The kinds of content that the server knows.
    pub const fn kinds(&self) -> Kinds {
        self.kinds
    }

    /// The time of this transaction.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// How many commits a read sees at least: whatever was read at one number holds until the next.
    pub const fn commits(&self) -> u64 {
        self.commits
    }

    /// The randomness.
    pub fn entropy(&self) -> &'s dyn Entropy {
        self.entropy
    }

    /// Wakes the job that publishes, once this is committed.
    pub const fn wake_schedule(&mut self) {
        self.effects.schedule = true;
    }

    /// Wakes the job that sends e-mails, once this is committed.
    const fn wake_emails(&mut self) {
        self.effects.emails = true;
    }

    /// The epoch of what is remembered of access: nothing of access was changed between two moments of one. None in a write that has
    /// changed it.
    pub fn epoch(&self) -> Option<u64> {
        self.cache.map(|(_, epoch)| epoch)
    }

    /// What is remembered of access; nothing in a write that has changed it, which asks the rows.
    fn cache(&self) -> Option<(&'s AccessCache, u64)> {
        self.cache
    }

    fn rows(&mut self, sql: &Sql, args: &[Value]) -> std::result::Result<Vec<Row>, StoreError> {
        self.session.rows(sql, args)
    }

    fn one(&mut self, sql: &Sql, args: &[Value]) -> std::result::Result<Option<Row>, StoreError> {
        Ok(self.session.rows(sql, args)?.into_iter().next())
    }

    fn run(&mut self, sql: &Sql, args: &[Value]) -> std::result::Result<usize, StoreError> {
        let table = table_of(sql.text());
        if ACCESS_TABLES.contains(&table) {
            self.effects.access = true;
            self.cache = None;
            if let Some(cache) = self.writes {
                cache.changed(self.session.transaction());
            }
        }
        self.session.run(sql, args)
    }

    /// Runs a statement that must touch exactly one row; `noun` is what is not there otherwise.
    fn run_one(&mut self, sql: &Sql, args: &[Value], noun: &'static str) -> Result<()> {
        match self.run(sql, args)? {
            1 => Ok(()),
            0 => Err(Error::NotFound(noun)),
            many => Err(Error::Internal(format!("{many} rows of {noun} changed instead of one"))),
        }
    }
}

/// The table that a statement writes to.
fn table_of(sql: &str) -> &str {
    let mut words = sql.split_ascii_whitespace();
    match words.next() {
        Some("UPDATE") => words.next().unwrap_or_default(),
        _ => words.nth(1).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_table_is_read_off_every_statement_form() {
        assert_eq!(table_of("INSERT INTO api_keys (id) VALUES ($1)"), "api_keys");
        assert_eq!(table_of("DELETE FROM members WHERE id = $1"), "members");
        assert_eq!(table_of("UPDATE users SET name = $1"), "users");
    }

    #[test]
    fn every_statement_that_writes_names_its_table_where_it_is_looked_for() {
        let writes = |sql: &str| !sql.starts_with("SELECT");
        for (file, name, sql) in statements().filter(|(_, _, sql)| writes(sql.text())) {
            let table = table_of(sql.text());
            assert!(table.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !table.is_empty(), "{file}::{name}: {table:?}");
        }
    }
}
