//! The log, on standard error. Nothing waits for it: who reads it may be slow, stuck or gone.

use std::{
    io::{IsTerminal, Write},
    sync::{
        OnceLock,
        mpsc::{SyncSender, sync_channel},
    },
    time::Duration,
};

use tracing_subscriber::EnvFilter;

use super::redact::redacted;

/// Lines that wait for a slow reader; what comes beyond is lost.
const WAITING: usize = 4096;
/// How long the end of the program waits for the last lines to be written.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where lines are sent; none in a program that has no log.
static LINES: OnceLock<SyncSender<Line>> = OnceLock::new();

enum Line {
    Text(String),
    /// Asks to be told when all before it is written.
    Mark(SyncSender<()>),
}

/// Sends the log to standard error, with every secret taken out.
pub(super) fn start(json: bool) {
    let (send, lines) = sync_channel(WAITING);
    if LINES.set(send).is_ok() {
        let write = move || {
            for line in lines {
                match line {
                    Line::Text(text) => say(&text),
                    Line::Mark(told) => drop(told.try_send(())),
                }
            }
        };
        // Without a thread of its own the log is lost, and the server is not.
        drop(std::thread::Builder::new().name("log".into()).spawn(write));
    }
    let filter = EnvFilter::try_from_env("STELE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(|| Redacting);
    // A second call, in a test, keeps the first one's log.
    let _ = if json { builder.json().try_init() } else { builder.with_target(false).try_init() };
}

/// Waits until what was logged is written, but not for long.
pub(super) fn finish() {
    let (told, written) = sync_channel(1);
    if LINES.get().is_some_and(|lines| lines.try_send(Line::Mark(told)).is_ok()) {
        let _ = written.recv_timeout(PATIENCE);
    }
}

/// Writes a text to standard error. It is never an error that nobody listens: `eprintln` would end the program.
pub fn say(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The log, one line at a time, without secrets.
struct Redacting;

impl Write for Redacting {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        if let Some(lines) = LINES.get() {
            // When too many wait, this one is lost.
            let _ = lines.try_send(Line::Text(redacted(&String::from_utf8_lossy(line)).into_owned()));
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
