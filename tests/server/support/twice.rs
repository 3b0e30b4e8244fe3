//! An engine as one across a network would be: it runs every piece of work twice, the first time in vain, since it may have to run one
//! again; it reads on threads of its own; and it takes no text with NUL in it, and no total before the end. What work does outside its transaction would be noticed.

use std::{sync::Arc, thread};

use parking_lot::Mutex;
use stele::domain::search::Term;
use stele::store::{
    engine::{Engine, IndexDocument, MatchQuery, Matched, Read, Reads, Session, Sql, Stats, Verdict, Write, WriteOutcome},
    error::StoreError,
    row::{Row, Value},
    sqlite::Sqlite,
};

pub struct Twice(pub Arc<Sqlite>);

impl Twice {
    fn order(&self, write: Write, order: fn(&Sqlite, Write)) {
        let Write { work, is_rehearsal, done } = write;
        let (work, engine) = (Arc::new(Mutex::new(work)), self.0.clone());
        let again = work.clone();
        let in_vain = Box::new(move |session: &mut dyn Session| {
            (work.lock())(&mut Strict::new(session));
            Verdict::Undo
        });
        order(
            &self.0,
            Write {
                work: in_vain,
                is_rehearsal,
                done: Box::new(move |outcome| match outcome {
                    WriteOutcome::Failed(_) => done(outcome),
                    _ => order(
                        &engine,
                        Write { work: Box::new(move |session| (again.lock())(&mut Strict::new(session))), is_rehearsal, done },
                    ),
                }),
            },
        );
    }
}

impl Engine for Twice {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        self.0.read(&mut |session| work(&mut Strict::new(session)))?;
        self.0.read(&mut |session| work(&mut Strict::new(session)))
    }

    fn reads(&self) -> Option<&dyn Reads> {
        Some(self)
    }

    fn write(&self, write: Write) {
        self.order(write, Sqlite::write);
    }

    fn write_piece(&self, piece: Write) {
        self.order(piece, Sqlite::write_piece);
    }

    fn stats(&self) -> Stats {
        self.0.stats()
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

/// A session that takes no text which another database would refuse, and totals only at the end of a transaction and in their order.
pub struct Strict<'s> {
    session: &'s mut dyn Session,
    /// The last total that was written: its owner and name.
    counted: Option<[String; 2]>,
}

impl<'s> Strict<'s> {
    pub fn new(session: &'s mut dyn Session) -> Self {
        Self { session, counted: None }
    }

    fn takes(&mut self, sql: &Sql, args: &[Value]) -> Result<(), StoreError> {
        let refused = |why: &str| Err(StoreError::Engine(format!("{why}: {}", sql.text())));
        if args.iter().any(|arg| matches!(arg, Value::Text(text) if text.contains('\0'))) {
            return refused("NUL in a text");
        }
        let counting = match args {
            [Value::Text(owner), Value::Text(what), ..] if sql.text().starts_with("INSERT INTO counters") => {
                Some([owner.clone(), what.clone()])
            }
            _ => None,
        };
        if self.counted.is_some() && counting <= self.counted {
            return refused("after a total");
        }
        self.counted = counting;
        super::statements::keep(sql, args);
        Ok(())
    }
}

impl Session for Strict<'_> {
    fn rows(&mut self, sql: &Sql, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.takes(sql, args)?;
        self.session.rows(sql, args)
    }

    fn run(&mut self, sql: &Sql, args: &[Value]) -> Result<usize, StoreError> {
        self.takes(sql, args)?;
        self.session.run(sql, args)
    }

    fn index(&mut self, of: &str, documents: &[IndexDocument]) -> Result<(), StoreError> {
        if self.counted.is_some() {
            return Err(StoreError::Engine("indexed after a total".into()));
        }
        self.session.index(of, documents)
    }

    fn matches(&mut self, wanted: &MatchQuery<'_>) -> Result<Vec<Matched>, StoreError> {
        self.session.matches(wanted)
    }

    fn index_sent(&mut self, of: &str, words: Option<(&str, &str)>) -> Result<(), StoreError> {
        if self.counted.is_some() {
            return Err(StoreError::Engine("indexed after a total".into()));
        }
        self.session.index_sent(of, words)
    }

    fn sent_having(&mut self, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError> {
        self.session.sent_having(form, terms, most)
    }

    fn sent_behind(&mut self, behind: &str, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError> {
        self.session.sent_behind(behind, form, terms, most)
    }

    fn epoch(&self) -> Option<u64> {
        self.session.epoch()
    }

    fn commits(&self) -> Option<u64> {
        self.session.commits()
    }

    fn change_access(&mut self) {
        self.session.change_access();
    }
}
