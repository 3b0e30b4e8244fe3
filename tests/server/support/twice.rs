//! An engine as one across a network would be: it runs every piece of work twice, the first time in vain, since it may have to run one
//! again; it reads on threads of its own; and it takes no text with NUL in it. What work does outside its transaction would be noticed.

use std::{sync::Arc, thread};

use parking_lot::Mutex;
use stele::store::{
    engine::{Engine, Job, Outcome, Read, Reads, Session, Sql, Verdict},
    error::StoreError,
    row::{Row, Value},
    sqlite::Sqlite,
};

pub struct Twice(pub Arc<Sqlite>);

impl Engine for Twice {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        self.0.read(&mut |session| work(&mut Strict(session)))?;
        self.0.read(&mut |session| work(&mut Strict(session)))
    }

    fn reads(&self) -> Option<&dyn Reads> {
        Some(self)
    }

    fn write(&self, job: Job) {
        let Job { work, done } = job;
        let (work, engine) = (Arc::new(Mutex::new(work)), self.0.clone());
        let again = work.clone();
        let in_vain = Box::new(move |session: &mut dyn Session| {
            (work.lock())(&mut Strict(session));
            Verdict::Undo
        });
        self.0.write(Job {
            work: in_vain,
            done: Box::new(move |outcome| match outcome {
                Outcome::Failed(_) => done(outcome),
                _ => engine.write(Job { work: Box::new(move |session| (again.lock())(&mut Strict(session))), done }),
            }),
        });
    }

    fn stop(&self) {
        self.0.stop();
    }
}

impl Reads for Twice {
    fn queue(&self, read: Read) {
        let (engine, Read { mut work, done }) = (Self(self.0.clone()), read);
        thread::spawn(move || done(engine.read(&mut *work)));
    }
}

/// A session that takes no text which another database would refuse.
struct Strict<'s>(&'s mut dyn Session);

impl Strict<'_> {
    fn takes(sql: &Sql, args: &[Value]) -> Result<(), StoreError> {
        let nul = args.iter().any(|arg| matches!(arg, Value::Text(text) if text.contains('\0')));
        if nul { Err(StoreError::Engine(format!("NUL in a text for {}", sql.text()))) } else { Ok(()) }
    }
}

impl Session for Strict<'_> {
    fn rows(&mut self, sql: &Sql, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        Self::takes(sql, args)?;
        self.0.rows(sql, args)
    }

    fn run(&mut self, sql: &Sql, args: &[Value]) -> Result<usize, StoreError> {
        Self::takes(sql, args)?;
        self.0.run(sql, args)
    }

    fn epoch(&self) -> Option<u64> {
        self.0.epoch()
    }

    fn commits(&self) -> Option<u64> {
        self.0.commits()
    }

    fn change_access(&mut self) {
        self.0.change_access();
    }
}
