//! `stele files`: where the bytes of files lie.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::{
    cli::{
        output::{CommandResult, say},
        settings::Data,
    },
    service::file::blob::moving::Moved,
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
}

pub fn run(files: &Files) -> CommandResult {
    let Files::Move { data, to, files_dir } = files;
    let mut all = Moved::default();
    loop {
        let command = AdminCommand::MoveFiles { to_folder: *to == Target::Folder, behind: all.last };
        let line = step(data, "stele files", &command, files_dir.as_deref())?;
        let moved: Moved = serde_json::from_str(&line).map_err(|_| "The server is of another version. Restart it with this one.")?;
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
