//! What the writer has to do and how much of it goes into one transaction, counted for metrics.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use crate::store::engine::Stats;

/// The sizes of batches that are told apart: each holds those above the one before it.
const SIZES: [u64; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/// The load of the writer.
#[derive(Debug, Default)]
pub(super) struct Load {
    queued: AtomicU64,
    written: AtomicU64,
    batches: [AtomicU64; SIZES.len()],
}

impl Load {
    /// A write was queued.
    pub fn queue(&self) {
        self.queued.fetch_add(1, Ordering::Relaxed);
    }

    /// One was taken out of the queue.
    pub fn take(&self) {
        self.queued.fetch_sub(1, Ordering::Relaxed);
    }

    /// A transaction with so many writes was committed.
    pub fn commit(&self, writes: usize) {
        let writes = writes as u64;
        let slot = SIZES.iter().position(|most| writes <= *most).unwrap_or(SIZES.len() - 1);
        self.batches[slot].fetch_add(1, Ordering::Relaxed);
        self.written.fetch_add(writes, Ordering::Relaxed);
    }

    /// What was counted, with how large the files of the database at `path` are. Looking at them opens none.
    pub fn stats(&self, path: &Path) -> Stats {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut log = real.clone().into_os_string();
        log.push("-wal");
        let size = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
        Stats {
            queued: self.queued.load(Ordering::Relaxed),
            batches: SIZES.iter().zip(&self.batches).map(|(most, count)| (*most, count.load(Ordering::Relaxed))).collect(),
            written: self.written.load(Ordering::Relaxed),
            bytes: size(&real),
            log_bytes: size(Path::new(&log)),
            free_bytes: rustix::fs::statvfs(&real).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize)),
            readers: (0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_counted_by_their_size() {
        let load = Load::default();
        (0..3).for_each(|_| load.queue());
        load.take();
        [1, 3, 4, 256].into_iter().for_each(|size| load.commit(size));
        let stats = load.stats(Path::new("/"));
        assert_eq!((stats.queued, stats.written), (2, 264));
        let counts: Vec<_> = stats.batches.into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(counts, [(1, 1), (4, 2), (256, 1)]);
        assert!(stats.free_bytes.is_some());
    }
}
