//! The log, on standard error. Nothing waits for it: who reads it may be slow, stuck or gone. Lines that wait have their secrets still.

use std::{
    borrow::Cow,
    io::{IsTerminal, Write},
    iter, panic,
    sync::{
        OnceLock,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use tracing_subscriber::EnvFilter;

use super::redact::redacted;

/// Lines that wait for a slow reader; what comes beyond is lost.
const WAITING: usize = 4096;
/// How long the end of the program waits for the last lines to be written.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long lines gather after some were written: a server that writes much would wake the thread for each, which costs both of them more
/// than the line.
const PAUSE: Duration = Duration::from_millis(5);

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
        // Without a thread of its own the log is lost, and the server is not.
        drop(thread::Builder::new().name("log".into()).spawn(move || write(&lines)));
    }
    let filter = quiet(EnvFilter::try_from_env("STELE_LOG").unwrap_or_else(|_| EnvFilter::new("info")));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(|| Lines);
    // A second call, in a test, keeps the first one's log.
    let _ = if json { builder.json().try_init() } else { builder.with_target(false).try_init() };
}

/// Without what the parser of HTML says of each tag that it does not like, whatever is asked for: whoever writes content would write the log.
fn quiet(filter: EnvFilter) -> EnvFilter {
    let off = ["html5ever=off", "html5ever::tree_builder=off", "html5ever::serialize=off"];
    off.iter().filter_map(|part| part.parse().ok()).fold(filter, EnvFilter::add_directive)
}

/// Writes what comes: the first line at once, and then those that have gathered. Each loses its secrets here, where no request waits for that.
fn write(lines: &Receiver<Line>) {
    while let Ok(first) = lines.recv() {
        let mut gathered = String::new();
        for line in iter::once(first).chain(lines.try_iter()).take(WAITING) {
            match line {
                Line::Text(text) => gathered.push_str(&clean(&text)),
                Line::Mark(told) => {
                    say(&gathered);
                    gathered.clear();
                    let _ = told.try_send(());
                }
            }
        }
        say(&gathered);
        thread::sleep(PAUSE);
    }
}

/// A line without its secrets. One that cannot be cleaned is not written, and the next ones are.
fn clean(line: &str) -> Cow<'_, str> {
    panic::catch_unwind(|| redacted(line)).unwrap_or(Cow::Borrowed("(hidden)\n"))
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

/// The log, one line at a time; they lose their secrets where they are written.
struct Lines;

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        if let Some(lines) = LINES.get() {
            // When too many wait, this one is lost.
            let _ = lines.try_send(Line::Text(String::from_utf8_lossy(line).into_owned()));
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

    use super::*;

    /// Notes the targets of what passes.
    struct Passed(Arc<Mutex<Vec<String>>>);

    impl<S: tracing::Subscriber> Layer<S> for Passed {
        fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
            self.0.lock().expect("whole").push(event.metadata().target().to_owned());
        }
    }

    #[test]
    fn content_writes_no_line_of_the_log_at_any_level() {
        for level in ["info", "warn", "trace", "html5ever=trace", "html5ever::tree_builder=warn,stele=info"] {
            let passed = Arc::new(Mutex::new(Vec::new()));
            let log = tracing_subscriber::registry().with(quiet(EnvFilter::new(level))).with(Passed(passed.clone()));
            tracing::subscriber::with_default(log, || {
                tracing::warn!(target: "html5ever::tree_builder", "foster parenting not implemented");
                tracing::error!(target: "html5ever::serialize", "node with weird namespace");
                tracing::error!(target: "stele", "a line");
            });
            let passed = passed.lock().expect("whole").clone();
            assert!(!passed.iter().any(|target| target.starts_with("html5ever")), "{level}: {passed:?}");
            assert_eq!(passed.len(), usize::from(level != "html5ever=trace"), "{level}");
        }
    }
}
