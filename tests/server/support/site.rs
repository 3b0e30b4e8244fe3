//! A website of its own for a test of content, and a clock that the test sets.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use rusqlite::{Connection, Params};
use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        content::Kinds,
        time::{Clock, Instant},
    },
    service::project::domain::Names,
};
use tempfile::TempDir;

use super::{JsonAnswer, Made, Server, Tenant, machine, tenant};

/// A server with one website in English and French, and an admin's key.
pub struct Site {
    // Stopped before its directory is removed.
    pub server: Server,
    pub dir: TempDir,
    pub here: Tenant,
    pub admin: Made,
    pub token: String,
}

impl Site {
    pub fn new() -> Self {
        Self::on(|dir| Server::start(&dir.path().join("stele.db")))
    }

    /// The same with a clock that the test sets.
    pub fn with(clock: &Arc<SetClock>) -> Self {
        Self::on(|dir| Server::start_with(&dir.path().join("stele.db"), clock.clone()))
    }

    /// The same, and it knows these kinds of content.
    pub fn of(kinds: Kinds) -> Self {
        Self::on(|dir| Server::start_knowing(&dir.path().join("stele.db"), kinds))
    }

    /// The same with these settings.
    pub fn as_set(config: Config) -> Self {
        Self::on(|dir| Server::start_as(&dir.path().join("stele.db"), config))
    }

    /// The same with a clock that the test sets.
    pub fn clocked_as(clock: &Arc<SetClock>, config: Config) -> Self {
        Self::on(|dir| Server::start_clocked_as(&dir.path().join("stele.db"), clock.clone(), config))
    }

    /// The same, and its e-mails go to this SMTP server.
    pub fn mailing(clock: &Arc<SetClock>, config: Config, smtp_url: &str) -> Self {
        Self::on(|dir| Server::start_mailing_as(&dir.path().join("stele.db"), clock.clone(), config, smtp_url))
    }

    /// The same, and these are asked for the records of domains.
    pub fn naming(clock: &Arc<SetClock>, config: Config, names: Arc<dyn Names>) -> Self {
        Self::on(|dir| Server::start_naming(&dir.path().join("stele.db"), clock.clone(), config, names))
    }

    fn on(start: impl FnOnce(&TempDir) -> Server) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let server = start(&dir);
        let here = tenant(&server, "acme");
        let admin = machine(&server, here.org, Role::Admin, Access::Full, None);
        let token = server.token(&admin.secret);
        let site = Self { server, dir, here, admin, token };
        let languages = json!({ "defaultLocale": "en", "enabledLocales": ["en", "fr"] });
        let changed = site.ask("PATCH", &site.project(), Some(&languages));
        assert_eq!(changed.status, 200, "{}", changed.body);
        site
    }

    pub fn file(&self) -> PathBuf {
        self.dir.path().join("stele.db")
    }

    /// A connection past the server, for reading: what is changed goes by [`Self::alter`], since the server's readers keep what they saw last.
    pub fn raw(&self) -> Connection {
        Connection::open(self.file()).unwrap()
    }

    /// Changes rows past the server, which notices; how many.
    pub fn alter(&self, sql: &str, params: impl Params) -> usize {
        let changed = self.raw().execute(sql, params).unwrap();
        self.server.notice();
        changed
    }

    /// Runs statements past the server, which notices.
    pub fn alter_all(&self, sql: &str) {
        self.raw().execute_batch(sql).unwrap();
        self.server.notice();
    }

    /// The number that a query past the server tells of an entry.
    pub fn count(&self, sql: &str, id: &str) -> i64 {
        self.raw().query_row(sql, [id], |row| row.get(0)).unwrap()
    }

    pub fn project(&self) -> String {
        format!("/organizations/{}/projects/{}", self.here.org, self.here.project)
    }

    pub fn pages(&self) -> String {
        format!("{}/apps/website/{}/pages", self.project(), self.here.app)
    }

    pub fn posts(&self) -> String {
        format!("{}/apps/website/{}/posts", self.project(), self.here.app)
    }

    pub fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> JsonAnswer {
        self.server.ask(method, path, Some(&self.token), body)
    }

    pub fn get(&self, path: &str) -> JsonAnswer {
        self.ask("GET", path, None)
    }

    /// Makes an entry; its answer.
    pub fn make(&self, path: &str, body: &Value) -> Value {
        let made = self.ask("POST", path, Some(body));
        assert_eq!(made.status, 201, "{}", made.body);
        made.body
    }

    /// Changes an entry; its answer.
    pub fn change(&self, path: &str, body: &Value) -> Value {
        let changed = self.ask("PATCH", path, Some(body));
        assert_eq!(changed.status, 200, "{}", changed.body);
        changed.body
    }

    /// The items of a list.
    pub fn items(&self, path: &str) -> Vec<Value> {
        let list = self.get(path);
        assert_eq!(list.status, 200, "{path}: {}", list.body);
        list.body["data"].as_array().unwrap().clone()
    }
}

/// The smallest entry of this slug.
pub fn page(slug: &str) -> Value {
    json!({ "name": slug, "slug": slug })
}

/// Stands still until it is set.
pub struct SetClock(AtomicI64);

impl SetClock {
    /// At the beginning of 2030.
    pub fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(1_893_456_000_000_000)))
    }

    pub fn pass(&self, span: Duration) {
        self.0.fetch_add(i64::try_from(span.as_micros()).unwrap(), Ordering::SeqCst);
    }

    /// Sets it back.
    pub fn back(&self, span: Duration) {
        self.0.fetch_sub(i64::try_from(span.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}
