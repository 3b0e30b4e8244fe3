//! Several stores on one database, as several nodes would be: what one remembers of access holds only while the engine says so.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use stele::{
    app::{SystemClock, SystemEntropy},
    domain::{
        Error,
        access::{Access, Actor, Role},
        id::{KeyId, OrgId},
        key::key,
        org::{organization, service_account},
        project::project,
        search::Term,
    },
    service::{self, account::user::NewUser, form_token},
    store::{
        Store, Tx,
        engine::{Engine, IndexDocument, MatchQuery, Matched, Session, Sql, Write, WriteOutcome},
        error::StoreError,
        row::{Row, Value},
        sqlite::{Sqlite, options::Options},
        unguarded,
    },
};
use tempfile::TempDir;

use crate::support::keep;

/// The SQLite engine, as one of many that write: a write can never say that nobody else has changed anything.
struct Shared {
    engine: Arc<Sqlite>,
    /// None for an engine that knows of no epoch.
    epoch: Option<Arc<AtomicU64>>,
}

impl Engine for Shared {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        let epoch = self.epoch.as_ref().map(|epoch| epoch.load(Ordering::SeqCst));
        self.engine.read(&mut |session| work(&mut EpochSession(session, epoch)))
    }

    fn write(&self, write: Write) {
        let Write { mut work, is_rehearsal, done } = write;
        self.engine.write(Write { work: Box::new(move |session| work(&mut EpochSession(session, None))), is_rehearsal, done });
    }

    fn stop(&self) {
        self.engine.stop();
    }
}

/// A session in this epoch.
struct EpochSession<'s>(&'s mut dyn Session, Option<u64>);

impl Session for EpochSession<'_> {
    fn rows(&mut self, sql: &Sql, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.0.rows(sql, args)
    }

    fn run(&mut self, sql: &Sql, args: &[Value]) -> Result<usize, StoreError> {
        self.0.run(sql, args)
    }

    fn index(&mut self, of: &str, documents: &[IndexDocument]) -> Result<(), StoreError> {
        self.0.index(of, documents)
    }

    fn matches(&mut self, wanted: &MatchQuery<'_>) -> Result<Vec<Matched>, StoreError> {
        self.0.matches(wanted)
    }

    fn index_sent(&mut self, of: &str, words: Option<(&str, &str)>) -> Result<(), StoreError> {
        self.0.index_sent(of, words)
    }

    fn sent_having(&mut self, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError> {
        self.0.sent_having(form, terms, most)
    }

    fn sent_behind(&mut self, behind: &str, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError> {
        self.0.sent_behind(behind, form, terms, most)
    }

    fn epoch(&self) -> Option<u64> {
        self.1
    }

    fn commits(&self) -> Option<u64> {
        None
    }

    fn change_access(&mut self) {
        self.0.change_access();
    }
}

/// A store on an engine.
fn store(engine: Arc<dyn Engine>) -> Store {
    Store::new(engine, Arc::new(SystemClock), Arc::new(SystemEntropy))
}

/// A database with a viewer that has a key.
struct Scene {
    engine: Arc<Sqlite>,
    key: KeyId,
    _dir: TempDir,
}

impl Scene {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let engine = Arc::new(Sqlite::open(&dir.path().join("stele.db"), Options::default()).unwrap());
        let made = store(engine.clone()).write_now(|tx| {
            let operator = Actor::operator();
            let owner = service::account::user::create(tx, &NewUser { name: "Olga".into(), email: "olga@acme.example".into() }, "none")?;
            let draft = organization::Draft { name: "Acme".into(), slug: None, description: None, website: None };
            let org = service::org::organization::create_owned(tx, owner, &draft)?.id;
            let draft = service_account::Draft { name: "Machine".into(), role: Role::Viewer, description: None };
            let account = service::org::service_account::create(tx, &operator, org, &draft)?.id;
            let draft = key::Draft { name: "Key".into(), access: Some(Access::Full), expires_in_days: Some(1), ..key::Draft::default() };
            Ok(service::key::key::create(tx, &operator, (org, account), &draft, false)?.key.id)
        });
        Self { engine, key: made.unwrap(), _dir: dir }
    }

    /// Makes the viewer an editor, past all stores: nobody is told of a new epoch.
    fn promote(&self) {
        let (told, outcome) = std::sync::mpsc::channel();
        let work =
            |session: &mut dyn Session| keep(session.run(&Sql::fixed("UPDATE members SET role = 'editor' WHERE role = 'viewer'"), &[]));
        self.engine.write(Write { work: Box::new(work), is_rehearsal: false, done: Box::new(move |outcome| told.send(outcome).unwrap()) });
        assert_eq!(outcome.recv().unwrap(), WriteOutcome::Committed);
    }

    /// The role of the key's owner, as a read and as a write of a store find it.
    fn roles(&self, store: &Store) -> [Option<Role>; 2] {
        let key = self.key;
        let role = move |tx: &mut Tx<'_>| Ok(unguarded::unguarded_key_facts(tx, key)?.and_then(|facts| facts.role));
        [store.read_now(role).unwrap(), store.write_now(role).unwrap()]
    }
}

#[test]
fn what_one_store_changes_another_on_its_engine_knows_at_once() {
    let scene = Scene::new();
    let (one, other) = (store(scene.engine.clone()), store(scene.engine.clone()));
    assert_eq!(scene.roles(&other), [Some(Role::Viewer); 2]);
    let key = scene.key;
    let revoked = one.write_now(move |tx| {
        let org = unguarded::unguarded_org_by_slug(tx, "acme")?.unwrap();
        service::key::key::revoke(tx, &Actor::operator(), service::key::key::KeyScope::Org(org), key, &key::Revoke { reason: None })
    });
    assert!(revoked.is_ok());
    assert!(other.read_now(|tx| Ok(unguarded::unguarded_key_facts(tx, key)?.unwrap().revoked)).unwrap());
}

#[test]
fn where_others_write_a_write_asks_the_rows_and_a_read_remembers_within_an_epoch() {
    let (scene, epoch) = (Scene::new(), Arc::new(AtomicU64::new(7)));
    let node = store(Arc::new(Shared { engine: scene.engine.clone(), epoch: Some(epoch.clone()) }));
    assert_eq!(scene.roles(&node), [Some(Role::Viewer); 2]);
    scene.promote();
    assert_eq!(scene.roles(&node), [Some(Role::Viewer), Some(Role::Editor)], "it was remembered, and not for a write");
    epoch.fetch_add(1, Ordering::SeqCst);
    assert_eq!(scene.roles(&node), [Some(Role::Editor); 2]);
}

#[test]
fn a_project_that_is_remembered_is_as_it_is() {
    let scene = Scene::new();
    let (one, other) = (store(scene.engine.clone()), store(scene.engine.clone()));
    let draft = project::Draft { name: "First".into(), slug: None, description: None, default_locale: None, enabled_locales: None };
    let at = one.write_now(move |tx| {
        let org = unguarded::unguarded_org_by_slug(tx, "acme")?.unwrap();
        Ok((org, service::project::project::create(tx, &Actor::operator(), org, &draft)?.id))
    });
    let at = at.unwrap();
    let name = move |tx: &mut Tx<'_>| Ok(service::project::project::get(tx, &Actor::operator(), at)?.name);
    let rename = move |tx: &mut Tx<'_>, name: &str| {
        let patch = project::Patch { name: Some(name.to_owned()), ..project::Patch::default() };
        service::project::project::update(tx, &Actor::operator(), at, &patch, None).map(drop)
    };
    let names = || [&one, &other].map(|store| [store.read_now(name).unwrap(), store.write_now(name).unwrap()]);
    assert_eq!(names(), [["First", "First"]; 2]);
    let within = one.write_now(move |tx| rename(tx, "Second").and_then(|()| name(tx)));
    assert_eq!((within.unwrap(), names()), ("Second".into(), [["Second", "Second"]; 2].map(|pair| pair.map(str::to_owned))));
    let undone = one.write_now(move |tx| rename(tx, "Third").and_then(|()| name(tx)).and(Err::<(), _>(Error::NotFound("page"))));
    assert!(undone.is_err() && names() == [["Second", "Second"]; 2]);
    let elsewhere = OrgId::new(one.now(), &SystemEntropy);
    let foreign = other.read_now(|tx| service::project::project::get(tx, &Actor::operator(), (elsewhere, at.1)).map(drop));
    assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
    one.write_now(move |tx| service::project::project::delete(tx, &Actor::operator(), at, Some("Second"))).unwrap();
    for store in [&one, &other] {
        assert!(matches!(store.read_now(name), Err(Error::NotFound(_))));
    }
}

#[test]
fn a_form_has_its_effect_once_whichever_store_it_reaches() {
    let scene = Scene::new();
    let (one, other) = (store(scene.engine.clone()), store(scene.engine.clone()));
    let number = form_token::issue(one.now(), &SystemEntropy);
    let spend = |number: &str| {
        let (number, key) = (number.to_owned(), scene.key);
        move |tx: &mut Tx<'_>| {
            let owner = unguarded::unguarded_key_facts(tx, key)?.unwrap().owner;
            form_token::spend(tx, &Actor { id: owner, ..Actor::clone(&Actor::operator()) }, &number)
        }
    };
    let refused = spend(&number);
    let undone = one.write_now(move |tx| refused(tx).and(Err::<(), _>(Error::Stale)));
    assert!(matches!(undone, Err(Error::Stale)), "what is refused spends nothing");
    assert_eq!((other.write_now(spend(&number)).unwrap(), one.write_now(spend(&number)).unwrap()), (true, false));
    assert!(other.write_now(spend(&form_token::issue(one.now(), &SystemEntropy))).unwrap(), "another form is another");
    assert!(one.write_now(spend("00")).is_err());
}

#[test]
fn without_an_epoch_nothing_is_remembered() {
    let scene = Scene::new();
    let node = store(Arc::new(Shared { engine: scene.engine.clone(), epoch: None }));
    assert_eq!(scene.roles(&node), [Some(Role::Viewer); 2]);
    scene.promote();
    assert_eq!(scene.roles(&node), [Some(Role::Editor); 2]);
    assert!(node.read_now(|tx| Ok(tx.commits().is_none())).unwrap(), "no answer of before is sent again");
}
