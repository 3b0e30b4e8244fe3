//! `stele import`: a project made of an archive, or of a folder.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::service::project::archive::import::look_through;

use crate::cli::{
    admin::{self, AdminCommand},
    output::{CommandResult, note, report_text, say},
    settings::{Data, sentence},
};

use super::markdown;

#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    data: Data,
    /// The archive; or a folder of Markdown files as Hugo, Astro and Jekyll have them
    #[arg(value_name = "FILE|FOLDER")]
    from: PathBuf,
    /// The slug of the organization that the project is made in
    #[arg(long, value_name = "ORGANIZATION")]
    into: String,
    /// The name of the project, instead of that in the archive
    #[arg(long)]
    name: Option<String>,
    /// Only look through it and say what would come of it
    #[arg(long)]
    dry_run: bool,
}

pub fn run(import: &Import) -> CommandResult {
    let file = if import.from.is_dir() { markdown::archive(&import.from, &import.data.read()?)? } else { open_file(&import.from)? };
    if import.dry_run {
        let store = import.data.read()?;
        admin::organization(&store, &import.into)?;
        let seen = look_through(&store, import.name.as_deref(), &mut BufReader::new(file)).map_err(sentence)?;
        note(report_text(&seen.report));
        let named = seen.project.map(|project| project.name).unwrap_or_default();
        return say(format_args!("{named} would be made"));
    }
    let command = AdminCommand::Import { org: import.into.clone(), name: import.name.clone() };
    admin::carry_out_with(&import.data, "stele import", command, file)
}

fn open_file(path: &Path) -> Result<File, String> {
    File::open(path).map_err(|cause| format!("{} cannot be read: {cause}", path.display()))
}
