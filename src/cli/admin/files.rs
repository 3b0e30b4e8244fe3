//! `stele files`: where the bytes of files lie.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::cli::{
    output::{CommandResult, say},
    settings::Data,
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
    let command = AdminCommand::MoveFiles { to_folder: *to == Target::Folder };
    let (mut blobs, mut bytes) = (0, 0);
    loop {
        let line = step(data, "stele files", &command, files_dir.as_deref())?;
        let (more, sized, is_all): (u64, u64, bool) =
            serde_json::from_str(&line).map_err(|_| "The server is of another version. Restart it with this one.")?;
        blobs += more;
        bytes += sized;
        if is_all {
            return say(format_args!("{blobs} moved, {bytes} bytes"));
        }
    }
}
