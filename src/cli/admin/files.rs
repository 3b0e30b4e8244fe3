//! `stele files`: where the bytes of files lie, and whether they are what they were.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde::de::DeserializeOwned;

use crate::{
    cli::{
        output::{CommandResult, say},
        settings::Data,
    },
    service::file::blob::{
        checking::{BadBlob, CheckedBlobs},
        moving::Moved,
    },
};

use super::{command::AdminCommand, socket::step};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    Folder,
    Database,
}

#[derive(Debug, Subcommand)]
pub enum Files {
    /// Move the bytes of all files into the folder, or into the database; also while they are served
    Move {
        #[command(flatten)]
        data: Data,
        /// Where they are to lie
        #[arg(long, value_enum)]
        to: Target,
        /// The folder, while no server has the database; a server has its own
        #[arg(long, env = "STELE_FILES_DIR", value_name = "FOLDER")]
        files_dir: Option<PathBuf>,
    },
    /// Read the bytes of all files, and name those that are not what was kept; also while they are served, and changes nothing
    Check {
        #[command(flatten)]
        data: Data,
        /// The folder, while no server has the database; a server has its own
        #[arg(long, env = "STELE_FILES_DIR", value_name = "FOLDER")]
        files_dir: Option<PathBuf>,
    },
}

pub fn run(files: &Files) -> CommandResult {
    match files {
        Files::Move { data, to, files_dir } => relocate(data, *to, files_dir.as_deref()),
        Files::Check { data, files_dir } => check(data, files_dir.as_deref()),
    }
}

/// One step, which is short: whatever else is done goes on between two.
fn once<T: DeserializeOwned>(data: &Data, command: &AdminCommand, files_dir: Option<&Path>) -> Result<T, String> {
    let line = step(data, "stele files", command, files_dir)?;
    serde_json::from_str(&line).map_err(|_| "The server is of another version. Restart it with this one.".to_owned())
}

fn check(data: &Data, files_dir: Option<&Path>) -> CommandResult {
    let mut all = CheckedBlobs::default();
    loop {
        let checked: CheckedBlobs = once(data, &AdminCommand::CheckFiles { behind: all.last }, files_dir)?;
        all.blobs += checked.blobs;
        all.bytes += checked.bytes;
        all.bad.extend(checked.bad);
        all.last = checked.last;
        if all.last.is_none() {
            break;
        }
    }
    say(format_args!("{} looked at, {} bytes", all.blobs, all.bytes))?;
    if all.bad.is_empty() {
        return Ok(());
    }
    let named = |bad: &BadBlob| {
        let files: Vec<_> = bad.files.iter().map(|(id, name)| format!("{name} ({id})")).collect();
        let of = if files.is_empty() { "a version, a smaller picture or a submission".to_owned() } else { files.join(", ") };
        format!("\n  {}  of {of}", bad.id)
    };
    Err(format!("These are not the bytes that were kept, or are not there:{}", all.bad.iter().map(named).collect::<String>()))
}

fn relocate(data: &Data, to: Target, files_dir: Option<&Path>) -> CommandResult {
    let mut all = Moved::default();
    loop {
        let moved: Moved = once(data, &AdminCommand::MoveFiles { to_folder: to == Target::Folder, behind: all.last }, files_dir)?;
        all.blobs += moved.blobs;
        all.bytes += moved.bytes;
        all.bad.extend(moved.bad);
        all.last = moved.last;
        if all.last.is_none() {
            break;
        }
    }
    say(format_args!("{} moved, {} bytes", all.blobs, all.bytes))?;
    if all.bad.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = all.bad.iter().map(ToString::to_string).collect();
    Err(format!("These are not the bytes that were kept, and stay where they are: {}", ids.join(", ")))
}
