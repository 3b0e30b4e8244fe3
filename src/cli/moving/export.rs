//! `stele export`: a project as one file, as it is at one moment.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use tempfile::NamedTempFile;

use crate::{
    app, database,
    domain::{Error, access::Actor, id::ProjectPath},
    service::{
        file::blob::bytes::{Blobs, Bounds},
        org::organization,
        project::{archive::export::Export as Archive, project},
    },
    store::{Store, Tx, unguarded},
};

use crate::cli::{
    output::{CommandResult, note},
    settings::{Data, sentence},
};

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    data: Data,
    /// The project: the slugs of its organization and of itself, such as northwind-press/northwind-site
    #[arg(value_name = "ORGANIZATION/PROJECT")]
    project: String,
    /// The file to write, which is replaced once the archive is complete [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave files and their folders out
    #[arg(long)]
    without_files: bool,
    /// The folder in which the bytes of files lie, where it is not the database
    #[arg(long, env = "STELE_FILES_DIR", value_name = "FOLDER")]
    files_dir: Option<PathBuf>,
}

pub fn run(export: &Export) -> CommandResult {
    let store = export.data.read()?;
    let at = find_project(&store, &export.project)?;
    let folder = app::blob_store(export.files_dir.as_deref())?;
    let files = (!export.without_files).then(|| Arc::new(Blobs::new(store.clone(), Bounds::default(), folder)));
    let archive = Archive::new(at, files);
    match export.output.as_deref().filter(|path| path.as_os_str() != "-") {
        None => write(&store, archive, &mut BufWriter::new(io::stdout().lock())),
        Some(path) if database::belongs(&export.data.data, path) => {
            Err(format!("{} is a file of the database itself. Name another one.", path.display()))
        }
        Some(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let words = |cause: io::Error| format!("{} could not be written: {cause}", path.display());
            let mut file = NamedTempFile::new_in(folder).map_err(words)?;
            write(&store, archive, &mut BufWriter::new(file.as_file_mut()))?;
            file.as_file().sync_all().map_err(words)?;
            file.persist(path).map_err(|error| words(error.error))?;
            note(format_args!("{} is exported to {}", export.project, path.display()));
            Ok(())
        }
    }
}

/// The project of these two slugs.
fn find_project(store: &Store, named: &str) -> Result<ProjectPath, String> {
    let Some((org, slug)) = named.split_once('/') else {
        return Err(format!("{named} is not ORGANIZATION/PROJECT, two slugs such as northwind-press/northwind-site"));
    };
    let found = store.read_now(|tx| {
        let id = unguarded::unguarded_org_by_slug(tx, org)?.ok_or(Error::NotFound("organization"))?;
        organization::get(tx, &Actor::operator(), id)?;
        Ok((id, project::get_by_slug(tx, &Actor::operator(), id, slug)?.id))
    });
    found.map_err(|error| if matches!(error, Error::NotFound(_)) { format!("there is no project {named}") } else { sentence(error) })
}

fn write(store: &Store, archive: Archive, out: &mut dyn Write) -> CommandResult {
    let words = |cause: io::Error| format!("the archive could not be written: {cause}");
    let mut has_begun = false;
    let written = |tx: &mut Tx<'_>| {
        // A read may be run again, but what was written is written.
        if std::mem::replace(&mut has_begun, true) {
            return Err(Error::Busy("the project changed while it was read; try again".into()));
        }
        let mut archive = archive.clone();
        while let Some(piece) = archive.piece(tx, &Actor::operator())? {
            if let Err(cause) = out.write_all(piece.as_bytes()) {
                return Ok(Err(cause));
            }
        }
        Ok(out.flush())
    };
    store.read_now(written).map_err(sentence)?.map_err(words)
}
