//! What a batch has changed and not committed: the writes after it in the batch see it, and nobody else ever does.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    task::{Context, Poll, Waker},
};

use stele::{
    app::{SystemClock, SystemEntropy},
    domain::{
        Error, Result,
        access::{Access, Actor, Role},
        error::Fault,
        id::{KeyId, OrgId, UserId},
        key::key,
        org::{organization, service_account},
    },
    service::{self, account::user::NewUser},
    store::{
        Store, Tx,
        engine::{Engine, Sql, Write, WriteOutcome},
        sqlite::{Sqlite, options::Options, schema},
        unguarded,
    },
};
use tempfile::TempDir;

use crate::support::keep;

/// A foreign key that only COMMIT looks at.
const LATE: &str = "CREATE TABLE late (key_id TEXT NOT NULL REFERENCES api_keys (id) DEFERRABLE INITIALLY DEFERRED) STRICT";

/// A store with a viewer that has a key.
struct World {
    store: Store,
    engine: Arc<Sqlite>,
    org: OrgId,
    account: UserId,
    key: KeyId,
    runtime: tokio::runtime::Runtime,
    _dir: TempDir,
}

type Pending<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl World {
    /// With so many places in the queue.
    fn new(queue: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let migrations = [schema::MIGRATIONS, &[LATE]].concat().leak();
        let engine = Arc::new(Sqlite::open(&dir.path().join("stele.db"), Options { queue, migrations, ..Options::default() }).unwrap());
        let store = Store::new(engine.clone(), Arc::new(SystemClock), Arc::new(SystemEntropy));
        let made = store.write_now(|tx| {
            let operator = Actor::operator();
            let owner = service::account::user::create(tx, &NewUser { name: "Olga".into(), email: "olga@acme.example".into() }, "none")?;
            let draft = organization::Draft { name: "Acme".into(), slug: None, description: None, website: None };
            let org = service::org::organization::create_owned(tx, owner, &draft)?.id;
            let draft = service_account::Draft { name: "Machine".into(), role: Role::Viewer, description: None };
            let account = service::org::service_account::create(tx, &operator, org, &draft)?.id;
            let draft = key::Draft { name: "Key".into(), access: Some(Access::Full), expires_in_days: Some(1), ..key::Draft::default() };
            let key = service::key::key::create(tx, &operator, (org, account), &draft, false)?.key.id;
            Ok((org, account, key))
        });
        let (org, account, key) = made.unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Self { store, engine, org, account, key, runtime, _dir: dir }
    }

    /// Queues a write; its result comes later, or at once if it was not taken.
    fn queue<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Pending<T> {
        let store = self.store.clone();
        let mut told: Pending<T> = Box::pin(async move { store.write(work).await });
        match told.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => told,
            Poll::Ready(result) => Box::pin(std::future::ready(result)),
        }
    }

    fn wait<T>(&self, told: Pending<T>) -> Result<T> {
        self.runtime.block_on(told)
    }

    /// Queues a write that makes the account an editor, and comes back inside it. It goes on once the gate is dropped; from its
    /// `fails`th run on it fails.
    fn promote(&self, fails: usize) -> (Sender<()>, Pending<()>) {
        let (gate, shut) = channel::<()>();
        let (inside, entered) = channel();
        let (org, account, mut runs) = (self.org, self.account, 0);
        let told = self.queue(move |tx| {
            runs += 1;
            if runs >= fails {
                return Err(Fault::new("role", "no", "Not this time.").into());
            }
            let patch = service_account::Patch { role: Some(Role::Editor), ..service_account::Patch::default() };
            service::org::service_account::update(tx, &Actor::operator(), org, account, &patch)?;
            // Nobody listens to a second run.
            let _ = inside.send(());
            let _ = shut.recv();
            Ok(())
        });
        entered.recv().unwrap();
        (gate, told)
    }

    /// The role of the key's owner, as the next request would find it.
    fn role(&self) -> impl FnMut(&mut Tx<'_>) -> Result<Option<Role>> + Send + use<> {
        let key = self.key;
        move |tx| Ok(unguarded::unguarded_key_facts(tx, key)?.and_then(|facts| facts.role))
    }

    /// A write that finds no place in the queue.
    fn refused(&self) {
        assert!(matches!(self.wait(self.queue(|_| Ok(()))), Err(Error::Busy(cause)) if cause == "too many writes are waiting"));
    }
}

#[test]
fn a_full_queue_does_not_bring_back_what_the_batch_has_changed() {
    let world = World::new(1);
    assert_eq!(world.store.read_now(world.role()).unwrap(), Some(Role::Viewer), "now it is remembered");
    let (gate, promoted) = world.promote(usize::MAX);
    let next = world.queue(world.role());
    world.refused();
    drop(gate);
    assert!(world.wait(promoted).is_ok());
    assert_eq!(world.wait(next).unwrap(), Some(Role::Editor), "the next of the batch sees what was changed before");
    assert_eq!(world.store.read_now(world.role()).unwrap(), Some(Role::Editor));
}

#[test]
fn what_could_not_be_committed_is_not_remembered() {
    let world = World::new(2);
    let (gate, promoted) = world.promote(2);
    let next = world.queue(world.role());
    let (told, failed) = channel();
    world.engine.write(Write {
        work: Box::new(|session| keep(session.run(&Sql::fixed("INSERT INTO late (key_id) VALUES ('none')"), &[]))),
        is_rehearsal: false,
        done: Box::new(move |outcome| told.send(outcome).unwrap()),
    });
    world.refused();
    drop(gate);
    assert!(matches!(failed.recv().unwrap(), WriteOutcome::Failed(_)));
    assert!(matches!(world.wait(promoted), Err(Error::Invalid(_))), "run again alone, it failed by itself");
    assert_eq!(world.wait(next).unwrap(), Some(Role::Viewer));
    assert_eq!(world.store.read_now(world.role()).unwrap(), Some(Role::Viewer));
}
