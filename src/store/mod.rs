//! Floor 2: rows in, entities out. The only place with SQL.
//!
//! A transaction is a [`Tx`]; every function on tenant data takes a `&Granted<...>` besides. The queries that need none
//! are in [`unguarded`], and their names begin with `unguarded_`.

use std::{collections::BTreeMap, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::oneshot;

pub use catalog::{lists, statements};

use crate::domain::{
    Error, Result,
    access::{Actor, Granted, Passed, Permission, Scope},
    content::{KINDS, Kinds, front::change::Changed},
    id::{Entropy, EntryId, ProjectId},
    org::activity::ByTool,
    time::{Clock, Instant},
};
use access_cache::{AccessCache, Fill};
use effects::Effects;
pub use effects::Wakers;
use engine::{Engine, Read, Session, Sql, Stats, Verdict, Write, WriteOutcome};
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
pub mod backup;
mod catalog;
pub mod content;
mod effects;
pub mod engine;
pub mod error;
pub mod file;
pub mod fill;
pub mod form;
pub mod form_token;
pub mod idempotency;
pub mod instance;
pub mod key;
pub mod org;
pub mod project;
mod registry;
pub mod row;
pub mod sql;
pub mod sqlite;
pub mod unguarded;
mod watched;

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

    /// How the engine does.
    pub fn stats(&self) -> Stats {
        self.engine.stats()
    }

    /// How full the memory of access is.
    pub fn fill(&self) -> [Fill; 3] {
        self.cache.fill()
    }

    /// Ends the writer after all that is queued.
    pub fn stop(&self) {
        self.engine.stop();
    }

    /// Runs a read in one snapshot, on the calling thread where the engine waits for nobody. `work` may run more than once.
    ///
    /// # Errors
    /// Those of `work`, and those of the engine.
    pub async fn read<T: Send + 'static>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let Some(reads) = self.engine.reads() else { return self.read_now(work) };
        let (slot, store) = (Arc::new(Mutex::new(None)), self.clone());
        let (filled, (reply, answer)) = (slot.clone(), oneshot::channel());
        reads.queue(Read {
            work: Box::new(move |session| *filled.lock() = Some(work(&mut store.begin(session)))),
            done: Box::new(move |ran| drop(reply.send(ran.map_err(Error::from).and_then(|()| ran_or_not(slot.lock().take()))))),
        });
        answer.await.unwrap_or_else(|_| Err(Error::Busy("the database is closed".into())))
    }

    /// The same for whoever has a thread to wait on: the command line, and what runs off the workers.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_now<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut answer = None;
        self.engine.read(&mut |session| answer = Some(work(&mut self.begin(session))))?;
        ran_or_not(answer)
    }

    fn begin<'s>(&'s self, session: &'s mut dyn Session) -> Tx<'s> {
        Tx::new(session, &*self.clock, &*self.entropy, &self.cache, self.kinds)
    }

    /// Queues a write and waits until it is on disk. `work` may run more than once.
    ///
    /// # Errors
    /// Those of `work`, after which nothing of it stays, and those of the engine.
    pub async fn write<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.engine.write(self.order(work, true, move |result| drop(reply.send(result))));
        answer.await.unwrap_or_else(|_| Err(Error::Busy("the writer has stopped".into())))
    }

    /// The same for a piece of something long, such as of a file: other writes wait for one of them at most.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_piece<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.engine.write_piece(self.order(work, true, move |result| drop(reply.send(result))));
        answer.await.unwrap_or_else(|_| Err(Error::Busy("the writer has stopped".into())))
    }

    /// Runs a write and takes it back: it ends as it would, and nothing of it stays.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn rehearse<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.engine.write(self.order(work, false, move |result| drop(reply.send(result))));
        answer.await.unwrap_or_else(|_| Err(Error::Busy("the writer has stopped".into())))
    }

    /// Queues a write that nobody waits for.
    pub fn write_aside(&self, work: impl FnMut(&mut Tx<'_>) -> Result<()> + Send + 'static) {
        self.engine.write(self.order(work, true, |result| {
            if let Err(error) = result {
                tracing::warn!(?error, "a write that nobody waits for has failed");
            }
        }));
    }

    /// The same as [`Store::write`] for the command line, which has no async runtime.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_now<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = std::sync::mpsc::sync_channel(1);
        self.engine.write(self.order(work, true, move |result| drop(reply.send(result))));
        answer.recv().unwrap_or_else(|_| Err(Error::Busy("the writer has stopped".into())))
    }

    /// What the engine is asked to do, whether that stays if it succeeds, and whom it tells.
    fn order<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
        stays: bool,
        reply: impl FnOnce(Result<T>) + Send + 'static,
    ) -> Write {
        let slot = Arc::new(Mutex::new(None));
        let (clock, entropy, cache) = (self.clock.clone(), self.entropy.clone(), self.cache.clone());
        let (filled, wakers, kinds) = (slot.clone(), self.wakers.clone(), self.kinds);
        Write {
            work: Box::new(move |session| {
                let mut tx = Tx::new(session, &*clock, &*entropy, &cache, kinds);
                let result = work(&mut tx).and_then(|done| tx.settle().map(|()| done));
                let verdict = if result.is_ok() && stays { Verdict::Keep } else { Verdict::Undo };
                *filled.lock() = Some((result, tx.effects));
                verdict
            }),
            is_rehearsal: !stays,
            done: Box::new(move |outcome| {
                let ran = slot.lock().take();
                let result = match (outcome, ran) {
                    (WriteOutcome::Failed(error), _) => Err(error.into()),
                    (_, None) => Err(Error::Internal("the engine did not run a write".into())),
                    (WriteOutcome::Undone, Some((result, _))) => result,
                    (WriteOutcome::Committed, Some((result, effects))) => {
                        effects.wake(&wakers);
                        result
                    }
                };
                reply(result);
            }),
        }
    }
}

fn ran_or_not<T>(answer: Option<Result<T>>) -> Result<T> {
    answer.unwrap_or_else(|| Err(Error::Internal("the engine did not run a read".into())))
}

/// One transaction. Its `now` stands still.
pub struct Tx<'s> {
    session: &'s mut dyn Session,
    now: Instant,
    entropy: &'s dyn Entropy,
    cache: &'s AccessCache,
    effects: Effects,
    /// What was counted, by owner (an app or an organization) and name; written last.
    counts: BTreeMap<(String, String), i64>,
    /// What became of entries that are or were published; numbered just before.
    changes: BTreeMap<(ProjectId, EntryId), Changed>,
    /// Lines of the audit trail so far.
    noted: u32,
    watched: Option<Watched>,
    /// The tool by which an agent does what is done.
    by_tool: Option<ByTool>,
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

    /// What is done from here on is done by a tool, which an agent calls over this client.
    pub fn by_tool(&mut self, actor: &Actor, tool: &'static str, client: &str) {
        self.by_tool = Some(ByTool::new(actor, tool, client));
    }

    /// A gate was passed.
    pub fn passed<S: Scope>(&mut self, at: &Granted<S>, permission: Permission) {
        if let Some(watched) = &mut self.watched {
            watched.keep(at, permission);
        }
    }

    fn new(session: &'s mut dyn Session, clock: &dyn Clock, entropy: &'s dyn Entropy, cache: &'s AccessCache, kinds: Kinds) -> Self {
        Self {
            session,
            now: clock.now(),
            entropy,
            cache,
            effects: Effects::default(),
            counts: BTreeMap::new(),
            changes: BTreeMap::new(),
            noted: 0,
            watched: None,
            by_tool: None,
            kinds,
        }
    }

    /// The kinds of content that the server knows.
    pub const fn kinds(&self) -> Kinds {
        self.kinds
    }

    /// The time of this transaction.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// How many commits a read sees at least: whatever was read at one number holds until the next. None where nobody counts.
    pub fn commits(&self) -> Option<u64> {
        self.session.commits()
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

    /// Wakes the job that tells webhooks, once this is committed.
    const fn wake_webhooks(&mut self) {
        self.effects.webhooks = true;
    }

    /// The epoch of what is remembered of access: nothing of access was changed between two moments of one. None where the engine
    /// cannot say, such as in a write that has changed it.
    pub fn epoch(&self) -> Option<u64> {
        self.session.epoch()
    }

    /// What is remembered of access, and the epoch at which it counts; nothing where there is none: the rows are asked.
    fn cache(&self) -> Option<(&'s AccessCache, u64)> {
        Some((self.cache, self.epoch()?))
    }

    /// Writes what was gathered: the last that a transaction does.
    fn settle(&mut self) -> Result<()> {
        self.write_changes()?;
        self.write_counts()
    }

    fn rows(&mut self, sql: &Sql, args: &[Value]) -> std::result::Result<Vec<Row>, StoreError> {
        self.session.rows(sql, args)
    }

    fn one(&mut self, sql: &Sql, args: &[Value]) -> std::result::Result<Option<Row>, StoreError> {
        Ok(self.session.rows(sql, args)?.into_iter().next())
    }

    fn run(&mut self, sql: &Sql, args: &[Value]) -> std::result::Result<usize, StoreError> {
        if access_cache::changes_access(sql) {
            self.session.change_access();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_that_writes_names_its_table_where_it_is_looked_for() {
        let writes = |sql: &str| !sql.starts_with("SELECT");
        for (file, name, sql) in statements().filter(|(_, _, sql)| writes(sql.text())) {
            let table = access_cache::table_of(sql.text());
            assert!(table.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !table.is_empty(), "{file}::{name}: {table:?}");
        }
    }
}
