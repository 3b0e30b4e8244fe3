//! `stele completions` and `stele man`: what a shell and `man` know of the command line, made from the command line itself.

use std::{io, path::PathBuf};

use clap::{Args, Command};
use clap_complete::Shell;

use super::output::{CommandResult, say};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder for the pages, one for each command
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

pub(super) fn completions(mut line: Command, wanted: &Completions) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(wanted.shell, &mut line, "stele", &mut script);
    say(format_args!("{}", String::from_utf8_lossy(&script).trim_end()))
}

pub(super) fn man(line: Command, wanted: &Man) -> CommandResult {
    let made = std::fs::create_dir_all(&wanted.folder).and_then(|()| clap_mangen::generate_to(line, &wanted.folder));
    made.map_err(|error: io::Error| format!("cannot write to {}: {error}", wanted.folder.display()))
}
