//! The way of the log into the database. Nearly all of it is moved by a thread of its own, beside the writes: what is moved waits for the
//! disk, and writes would wait with it. Only the writer knows a moment at which nothing is written, so the last few pages are its own:
//! then all is moved, and the next write begins the log anew.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use parking_lot::Mutex;
use rusqlite::Connection;

/// Pages in the log from which on they are moved: about as many as one table of the log's index holds, so that a read looks into no
/// second one.
const LONG: i32 = 4000;
/// Pages that the writer moves itself, in a few milliseconds.
const SHORT: i32 = 500;
/// After so many rounds of the thread the writer moves all that is left: a disk that moves no more than is written never comes to an end.
const ROUNDS: u32 = 6;

/// How far the log is moved.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    /// Whether the thread is at work.
    is_busy: bool,
    /// Rounds since the log began.
    rounds: u32,
    /// Pages that the last round found, and that are moved since. A snapshot of a reader may need the others.
    found: i32,
    moved: i32,
}

impl Progress {
    /// Whether a reader kept the last round from much of the log; from a few pages one always may.
    const fn was_held(&self) -> bool {
        self.found - self.moved >= SHORT
    }

    /// Whether to wait for that reader: the log is not much longer now.
    const fn is_held(&self, pages: i32) -> bool {
        self.was_held() && pages < self.found + LONG
    }

    /// Whether so little is left that the writer may do it: after each round somewhat more.
    const fn is_nearly_moved(&self, pages: i32) -> bool {
        let much = if self.rounds < ROUNDS { SHORT << self.rounds } else { i32::MAX };
        self.rounds > 0 && !self.was_held() && pages - self.moved < much
    }
}

/// The thread, and how far it is.
pub(super) struct Mover {
    progress: Arc<Mutex<Progress>>,
    /// `None` once stopped.
    orders: Option<SyncSender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Mover {
    /// Starts a thread that moves the log on this connection.
    pub fn start(db: Connection) -> std::io::Result<Self> {
        let (sender, orders) = sync_channel(1);
        let progress = Arc::<Mutex<Progress>>::default();
        let shared = progress.clone();
        let thread = thread::Builder::new().name("stele-log".into()).spawn(move || work(&db, &orders, &shared))?;
        Ok(Self { progress, orders: Some(sender), thread: Some(thread) })
    }

    /// Whether the writer is to move what is left of a log of so many pages, at once. Otherwise it is short, or the thread sees to it.
    pub fn leaves(&self, pages: i32) -> bool {
        let mut progress = self.progress.lock();
        if progress.is_busy {
            return false;
        }
        if pages < LONG {
            *progress = Progress::default();
            return false;
        }
        if progress.is_nearly_moved(pages) {
            return true;
        }
        if progress.is_held(pages) {
            return false;
        }
        progress.is_busy = self.orders.as_ref().is_some_and(|orders| orders.try_send(()).is_ok());
        !progress.is_busy
    }

    /// Ends the thread, with its connection.
    pub fn stop(&mut self) {
        self.orders.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Mover {
    fn drop(&mut self) {
        self.stop();
    }
}

fn work(db: &Connection, orders: &Receiver<()>, progress: &Mutex<Progress>) {
    while orders.recv().is_ok() {
        let moved = move_log(db);
        let mut progress = progress.lock();
        progress.is_busy = false;
        (progress.rounds, (progress.found, progress.moved)) = match moved {
            Ok(moved) => (progress.rounds + 1, moved),
            // The writer meets the same fault, or none.
            Err(_) => (ROUNDS, (0, 0)),
        };
    }
}

/// Moves of the log what no reader needs; how many pages it has, and how many of them are moved.
pub(super) fn move_log(db: &Connection) -> rusqlite::Result<(i32, i32)> {
    db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok((row.get(1)?, row.get(2)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_a_reader_needs_is_left_until_it_is_much_longer() {
        let held = Progress { is_busy: false, rounds: 1, found: 4100, moved: 900 };
        assert!(held.is_held(4200) && !held.is_held(8100));
        assert!(!held.is_nearly_moved(4200));
    }

    #[test]
    fn the_writer_takes_what_is_short_and_in_the_end_all() {
        let after = |rounds| Progress { is_busy: false, rounds, found: 4120, moved: 4100 };
        assert!(!after(0).is_nearly_moved(4100), "the first round is the thread's");
        assert!(after(1).is_nearly_moved(4900) && !after(1).is_nearly_moved(5200));
        assert!(after(3).is_nearly_moved(7900));
        assert!(after(ROUNDS).is_nearly_moved(1_000_000));
    }
}
