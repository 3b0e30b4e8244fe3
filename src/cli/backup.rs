//! `stele backup` and `stele restore`: a copy of the database while it is served, and the way back.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    database,
    domain::id::Entropy,
    service::backup::{self, Ending},
    store::{
        backup::{leave_out, leave_out_files},
        engine::Session,
        error::StoreError,
    },
    system::SystemEntropy,
};

use super::{
    output::{CommandResult, say},
    settings::{Data, sentence},
};

/// What is left out of a backup.
type Leave = fn(&mut dyn Session) -> Result<(), StoreError>;

/// Where the file goes that means standard output.
const OUT: &str = "-";

#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    data: Data,
    /// The file to write, which is replaced once the backup is complete; - for standard output
    #[arg(value_name = "FILE")]
    to: PathBuf,
    /// Leave the bytes of files out, which may be most of it; what is known of files is in it
    #[arg(long)]
    without_files: bool,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    #[command(flatten)]
    data: Data,
    /// The backup
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// Revoke all API keys: otherwise those that were revoked after the backup are alive again
    #[arg(long)]
    end_keys: bool,
    /// End all sessions; a backup has none, a file that was copied by hand has
    #[arg(long)]
    end_sessions: bool,
}

pub(super) fn make(backup: &Backup) -> CommandResult {
    let from = &backup.data.data;
    let leave: Leave = if backup.without_files { leave_out_files } else { leave_out };
    if backup.to.as_os_str() == OUT {
        return stream(from, leave);
    }
    database::backup(from, &backup.to, leave)?;
    // Who reads a backup reads the hashes of all passwords and keys.
    say(format_args!("{} is backed up in {}: without signing keys, sessions and pending links", from.display(), backup.to.display()))
}

/// Writes the finished copy, so that a reader who is slow holds nothing of the database.
fn stream(from: &Path, leave: Leave) -> CommandResult {
    let mut random = [0; 8];
    SystemEntropy.fill(&mut random);
    let mut copy = database::unnamed_copy(from, "backup", u64::from_le_bytes(random), leave)?;
    let words = |cause: io::Error| format!("the backup could not be written: {cause}");
    let mut out = io::stdout().lock();
    io::copy(&mut copy, &mut out).and_then(|_| out.flush()).map_err(words)
}

pub(super) fn restore(restore: &Restore) -> CommandResult {
    let (from, to) = (&restore.from, &restore.data.data);
    database::is_free(to).map_err(|error| error.to_string())?;
    let new = database::copy_beside(from, to)?;
    let ending = Ending { keys: restore.end_keys, sessions: restore.end_sessions };
    let placed = || {
        let (store, _) = database::open(&new, "stele restore")?;
        let ended = store.write_now(move |tx| backup::revive(tx, ending)).map_err(sentence)?;
        let now = store.now();
        store.stop();
        drop(store);
        let kept = to.with_added_extension(format!("replaced-{}", now.compact()));
        Ok::<_, String>((ended, database::replace(to, &new, &kept)?))
    };
    let (ended, kept) = placed().inspect_err(|_| drop(database::remove(&new)))?;
    let _ = fs::remove_file(new.with_added_extension("lock"));
    say(format_args!("{} is restored from {}", to.display(), from.display()))?;
    if let Some(kept) = kept {
        say(format_args!("What was there before is kept in {}; delete it when you need it no more", kept.display()))?;
    }
    say("Access tokens and links of before are void; invitations can be sent again")?;
    if restore.end_keys {
        say(format_args!("{} API keys were revoked", ended.keys))?;
    } else {
        say(
            "API keys are as they were in the backup: a key that was revoked after it is alive again. Revoke it anew, or restore with --end-keys",
        )?;
    }
    if restore.end_sessions {
        say(format_args!("{} sessions were ended", ended.sessions))?;
    }
    Ok(())
}
