//! The socket beside a database that is served: commands of the same user reach the server by it. One request and one answer for each
//! connection, both JSON.

use std::{
    fs,
    io::{self, Read, Write},
    net::Shutdown,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixListener,
    task::JoinHandle,
    time::timeout,
};

use crate::cli::{
    output::{CommandResult, say},
    settings::Data,
};

use super::command::{self, AdminCommand, Answer, Instance};

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

/// Has a command carried out, by the server that has the database or else on the file, and says what came of it.
pub(super) fn carry_out(data: &Data, who: &str, command: AdminCommand) -> CommandResult {
    let answer = match connect(&data.data)? {
        Some(server) => ask(server, &command)?,
        None => command::run(&Instance { store: data.open(who)?, reload: Box::new(|| Ok(())) }, command)?,
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
    let task = tokio::spawn(async move {
        loop {
            match listener.accept().await {
                // Between its making and its mode, others could have come in.
                Ok((stream, _)) if stream.peer_cred().is_ok_and(|peer| [owner, 0].contains(&peer.uid())) => {
                    tokio::spawn(answer(stream, instance.clone()));
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

async fn answer(mut stream: tokio::net::UnixStream, instance: Arc<Instance>) {
    let mut sent = Vec::new();
    let (mut reader, mut writer) = stream.split();
    let read = timeout(PATIENCE, (&mut reader).take(LONGEST).read_to_end(&mut sent)).await;
    let Ok(Ok(_)) = read else { return };
    let command: Result<AdminCommand, _> = serde_json::from_slice(&sent);
    let said: Result<Answer, String> = match command {
        Ok(command) => {
            let done = tokio::task::spawn_blocking(move || command::run(&instance, command)).await;
            done.unwrap_or_else(|error| Err(format!("the command broke: {error}")))
        }
        Err(_) => Err("The server is of another version. Restart it with this one.".into()),
    };
    // Whoever asked may be gone.
    let _ = writer.write_all(&serde_json::to_vec(&said).unwrap_or_default()).await;
    let _ = writer.shutdown().await;
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

fn ask(mut server: UnixStream, command: &AdminCommand) -> Result<Answer, String> {
    let words = |cause: io::Error| format!("the server did not answer: {cause}");
    let sent = serde_json::to_vec(command).map_err(|error| error.to_string())?;
    server.set_read_timeout(Some(LONG)).map_err(words)?;
    server.write_all(&sent).and_then(|()| server.shutdown(Shutdown::Write)).map_err(words)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).map_err(words)?;
    serde_json::from_slice::<Result<Answer, String>>(&answer).map_err(|_| "the server ended before it answered".to_owned())?
}
