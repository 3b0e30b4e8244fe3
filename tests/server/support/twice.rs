//! An engine that runs every write twice, the first time in vain: an engine may run one again, as SQLite's does with a batch
//! that could not be committed, so what a write does outside its transaction would be noticed.

use std::sync::Arc;

use parking_lot::Mutex;
use stele::store::{
    engine::{Engine, Job, Outcome, Session, Verdict},
    error::StoreError,
    sqlite::Sqlite,
};

pub struct Twice(pub Arc<Sqlite>);

impl Engine for Twice {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        self.0.read(work)
    }

    fn write(&self, job: Job) {
        let Job { work, done } = job;
        let (work, engine) = (Arc::new(Mutex::new(work)), self.0.clone());
        let again = work.clone();
        let in_vain = Box::new(move |session: &mut dyn Session| {
            (work.lock())(session);
            Verdict::Undo
        });
        self.0.write(Job {
            work: in_vain,
            done: Box::new(move |outcome| match outcome {
                Outcome::Failed(_) => done(outcome),
                _ => engine.write(Job { work: Box::new(move |session| (again.lock())(session)), done }),
            }),
        });
    }

    fn stop(&self) {
        self.0.stop();
    }
}
