//! The socket beside a database that is served: commands of the same user reach the server by it. One request and one answer for each
//! connection, both JSON; behind the line of the request a file may follow.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Seek, Write},
    net::Shutdown,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{net::UnixListener, task::JoinHandle};

use crate::{
    app,
    cli::{
        output::{CommandResult, say},
        settings::Data,
    },
    service::file::blob::bytes::{Blobs, Bounds},
};

use super::command::{self, AdminCommand, CommandOutput, Instance};

/// Most bytes of a request.
const LONGEST: u64 = 64 * 1024;
/// How long a request may be on its way.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long an answer may take: a password is hashed, and writes may wait for their turn.
const LONG: Duration = Duration::from_secs(60);

/// A socket on which a server listens; gone when dropped.
pub struct Socket {
    path: PathBuf,
    task: JoinHandle<()>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.task.abort();
        // Without it commands say who has the database.
        let _ = fs::remove_file(&self.path);
    }
}

/// The socket of the database at `data`: `stele.db.sock`.
fn beside(data: &Path) -> PathBuf {
    data.canonicalize().unwrap_or_else(|_| data.to_owned()).with_added_extension("sock")
}

/// Has a command carried out that says how far it came, by the server that has the database or else on the file, whose files may lie in this folder.
pub(super) fn step(data: &Data, who: &str, command: &AdminCommand, files: Option<&Path>) -> Result<String, String> {
    match connect(&data.data)? {
        Some(server) => ask(server, command, None),
        None => command::run(&open_instance(data, who, files)?, command.clone(), None),
    }
    .map(|answer| answer.line)
}

/// The instance of a database that no server has.
fn open_instance(data: &Data, who: &str, files: Option<&Path>) -> Result<Instance, String> {
    let store = data.open(who)?;
    let files = Arc::new(Blobs::new(store.clone(), Bounds::default(), app::blob_store(files)?));
    Ok(Instance { store, files, reload: Box::new(|| Ok(())) })
}

/// Has a command carried out, by the server that has the database or else on the file, and says what came of it.
pub(super) fn carry_out(data: &Data, who: &str, command: AdminCommand) -> CommandResult {
    tell(data, who, command, None)
}

/// The same with a file that travels behind it.
pub(in crate::cli) fn carry_out_with(data: &Data, who: &str, command: AdminCommand, file: File) -> CommandResult {
    tell(data, who, command, Some(file))
}

fn tell(data: &Data, who: &str, command: AdminCommand, file: Option<File>) -> CommandResult {
    let answer = match connect(&data.data)? {
        Some(server) => ask(server, &command, file)?,
        None => command::run(&open_instance(data, who, None)?, command, file)?,
    };
    if let Some(note) = answer.note {
        eprintln!("{note}");
    }
    say(answer.line)
}

/// Listens for commands, of the user alone that the server runs as.
pub fn listen(data: &Path, instance: Instance) -> io::Result<Socket> {
    let path = beside(data);
    // The database is locked, so the server that left it is gone.
    let _ = fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    let (owner, instance) = (fs::metadata(&path)?.uid(), Arc::new(instance));
    let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
    let task = tokio::spawn(async move {
        loop {
            match listener.accept().await {
                // Between its making and its mode, others could have come in.
                Ok((stream, _)) if stream.peer_cred().is_ok_and(|peer| [owner, 0].contains(&peer.uid())) => {
                    let (stream, folder, instance) = (stream.into_std(), folder.clone(), instance.clone());
                    tokio::task::spawn_blocking(move || stream.and_then(|stream| answer(stream, &folder, &instance)));
                }
                Ok(_) => tracing::warn!("somebody else's command was refused"),
                Err(error) => {
                    tracing::warn!(?error, "commands cannot reach the server any more");
                    return;
                }
            }
        }
    });
    Ok(Socket { path, task })
}

/// Reads a command, and the file behind it if there is one, carries it out, and says what came of it. Whoever asked may be gone by then.
fn answer(stream: UnixStream, folder: &Path, instance: &Instance) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(&stream);
    let mut sent = Vec::new();
    (&mut reader).take(LONGEST).read_until(b'\n', &mut sent)?;
    let command: Result<AdminCommand, _> = serde_json::from_slice(&sent);
    let said: Result<CommandOutput, String> = match command {
        Ok(command) => {
            let file = if command.has_file() { Some(spool(&mut reader, folder)?) } else { None };
            command::run(instance, command, file)
        }
        Err(_) => Err("The server is of another version. Restart it with this one.".into()),
    };
    (&stream).write_all(&serde_json::to_vec(&said).unwrap_or_default())?;
    stream.shutdown(Shutdown::Both)
}

/// What follows, in a file without a name beside the database: it may be long, and is read twice.
fn spool(reader: &mut impl Read, folder: &Path) -> io::Result<File> {
    let mut file = tempfile::tempfile_in(folder)?;
    io::copy(reader, &mut file)?;
    file.rewind()?;
    Ok(file)
}

/// A connection to the server that has the database at `data`; none when there is no such server.
///
/// # Errors
/// When it is there and does not let this user in.
fn connect(data: &Path) -> Result<Option<UnixStream>, String> {
    match UnixStream::connect(beside(data)) {
        Ok(stream) => Ok(Some(stream)),
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => Ok(None),
        Err(cause) => Err(format!("{}: {cause}. Run the command as the user of the server.", beside(data).display())),
    }
}

fn ask(mut server: UnixStream, command: &AdminCommand, file: Option<File>) -> Result<CommandOutput, String> {
    let words = |cause: io::Error| format!("the server did not answer: {cause}");
    let mut sent = serde_json::to_vec(command).map_err(|error| error.to_string())?;
    sent.push(b'\n');
    // What comes with a file may take as long as that.
    server.set_read_timeout(file.is_none().then_some(LONG)).map_err(words)?;
    let sending = server.write_all(&sent).and_then(|()| file.map_or(Ok(0), |mut file| io::copy(&mut file, &mut server)));
    sending.and_then(|_| server.shutdown(Shutdown::Write)).map_err(words)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).map_err(words)?;
    serde_json::from_slice::<Result<CommandOutput, String>>(&answer).map_err(|_| "the server ended before it answered".to_owned())?
}
