//! Makes a backup every so often and keeps the newest few. When the next is due stands in the names of the files, so a restart
//! neither makes one too many nor leaves one out.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::time;

use crate::{
    domain::{Error, Result, time::Instant},
    service::backup,
    store::Store,
};

use super::runner::{Job, Round, Running};

/// How often it tells that it is still at work.
const SIGN: Duration = Duration::from_secs(60);

/// Makes a backup in a file; or says why there is none.
pub type Make = dyn Fn(&Path) -> std::result::Result<(), String> + Send + Sync;

/// Backups that are made by themselves.
#[derive(Clone)]
pub struct Backups {
    /// Where they are kept.
    pub folder: PathBuf,
    /// How often one is made.
    pub every: Duration,
    /// How many are kept.
    pub keep: usize,
    /// Makes one in this file.
    pub make: Arc<Make>,
}

/// The job.
pub fn job(store: &Store, backups: Backups) -> Job {
    let store = store.clone();
    Job::new("backup", move |round| -> Running { Box::pin(run(store.clone(), backups.clone(), round)) })
}

async fn run(store: Store, backups: Backups, round: Round) -> Result<Option<Instant>> {
    let (every, now) = (backups.every, round.now);
    let mut making = tokio::task::spawn_blocking(move || backups.round(now));
    let made = loop {
        tokio::select! {
            made = &mut making => break made,
            // A large database takes long, and a job of which nothing is heard counts as late.
            () = time::sleep(SIGN) => round.gauge.lock().works(store.now()),
        }
    };
    let made = made.map_err(|error| Error::Internal(error.to_string())).flatten();
    let (last, is_new) = made.inspect_err(|error| {
        tracing::error!(job = "backup", ?error, since = ?round.gauge.lock().last_success, "there is no new backup");
    })?;
    round.gauge.lock().ran(store.now(), (u64::from(is_new), 0), None);
    Ok(Some(last + every))
}

impl Backups {
    /// Makes one if it is due; returns of when the newest is, and whether it is new.
    fn round(&self, now: Instant) -> Result<(Instant, bool)> {
        let words = |cause: std::io::Error| Error::Busy(format!("{}: {cause}", self.folder.display()));
        fs::create_dir_all(&self.folder).map_err(words)?;
        // Those that lie ahead were made before the clock was set back.
        let last = backup::list(&self.folder).map_err(words)?.into_iter().map(|(at, _)| at).rfind(|at| *at <= now);
        if let Some(last) = last.filter(|last| now.since(*last) < self.every) {
            return Ok((last, false));
        }
        (self.make)(&self.folder.join(format!("stele-{}.db", now.compact()))).map_err(Error::Busy)?;
        // Only after there is another.
        let mut older = backup::list(&self.folder).map_err(words)?;
        older.retain(|(at, _)| at.seconds() != now.seconds());
        let over = (older.len() + 1).saturating_sub(self.keep);
        older.iter().take(over).try_for_each(|(_, old)| fs::remove_file(old)).map_err(words)?;
        Ok((now, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_made_when_it_is_due_and_only_the_newest_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let make = |to: &Path| fs::write(to, "a copy").map_err(|error| error.to_string());
        let backups = Backups { folder: folder.path().join("new"), every: Duration::from_secs(3600), keep: 2, make: Arc::new(make) };
        let at = |minutes: i64| Instant::from_seconds(1_790_000_000 + minutes * 60);
        let round = |minutes: i64| backups.round(at(minutes)).expect("a round");
        assert_eq!(round(0), (at(0), true));
        assert_eq!(round(59), (at(0), false));
        fs::write(backups.folder.join("stele-notes.db"), "of somebody else").expect("a file");
        assert_eq!((round(60), round(121)), ((at(60), true), (at(121), true)));
        let names: Vec<_> = backup::list(&backups.folder).expect("the folder").into_iter().map(|(at, _)| at).collect();
        assert_eq!(names, [at(60), at(121)]);
        assert!(backups.folder.join("stele-notes.db").exists());
        assert_eq!(round(-600), (at(-600), true), "a clock that was set back makes them anew");
        assert_eq!(round(-599), (at(-600), false), "and as often as before");
    }
}
