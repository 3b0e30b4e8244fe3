//! `stele serve`: runs the server until SIGTERM or SIGINT.

use std::{
    io::{IsTerminal, Write},
    sync::Arc,
};

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::{
    app::{self, Running},
    config::Config,
    http::sandbox::Reset,
    service::mail::Mailer,
    smtp::Smtp,
    store::Store,
};

use super::{Outcome, settings::Settings};

pub(super) fn run(settings: &Settings) -> Outcome {
    let config = settings.typed()?;
    log(config.log_json);
    let (store, _) = app::open(&config.data, "stele serve")?;
    serve(&config, store, None, |running| {
        tracing::info!(address = %running.address, public_url = running.public_url, data = %config.data.display(), "Stele serves");
    })
}

/// Runs a server until it is told to stop; `ready` is called once it accepts requests.
pub(super) fn serve(config: &Config, store: Store, sandbox: Option<Arc<dyn Reset>>, ready: impl FnOnce(&Running)) -> Outcome {
    let mailer = match &config.smtp {
        Some((url, from)) => {
            let smtp = Smtp::new(url, from).map_err(|faults| faults.join("\n       "))?;
            if smtp.is_open {
                tracing::warn!("smtp-url says tls=none: whoever listens on the way can read the links that letters carry");
            }
            Some(Arc::new(smtp) as Arc<dyn Mailer>)
        }
        None => None,
    };
    actix_web::rt::System::new().block_on(async {
        let running = app::start(config, store, sandbox, mailer).await?;
        let handle = running.handle();
        let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
        ready(&running);
        actix_web::rt::spawn(async move {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            tracing::info!("stopping: requests in flight finish");
            handle.stop(true).await;
        });
        running.wait().await
    })
}

/// Sends the log to standard error, with every key and every bearer token taken out.
pub(super) fn log(json: bool) {
    let filter = EnvFilter::try_from_env("STELE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal()).with_writer(|| Redacting);
    // A second call, in a test, keeps the first one's log.
    let _ = if json { builder.json().try_init() } else { builder.with_target(false).try_init() };
}

/// Standard error, one line at a time, without secrets.
struct Redacting;

impl Write for Redacting {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        std::io::stderr().write_all(redacted(&text).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        std::io::stderr().flush()
    }
}

/// The line with whatever looks like a key or a token replaced.
fn redacted(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = ["gct_", "Bearer ", "v4.public.", "eyJ"].iter().filter_map(|mark| rest.find(mark)).min() {
        let (before, secret) = rest.split_at(at);
        let skip = if secret.starts_with("Bearer ") { "Bearer ".len() } else { 0 };
        let end = secret[skip..].find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))).map_or(secret.len(), |end| end + skip);
        out.push_str(before);
        out.push_str("(hidden)");
        rest = &secret[end.max(1)..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_and_no_token_reaches_the_log() {
        let key = "gct_test_sat_0123456789abcdefghijABCDEFGHIJ";
        let line = redacted(&format!("a {key}, Authorization: Bearer v4.public.abc-_x.eyJr and {key}"));
        assert_eq!(line, "a (hidden), Authorization: (hidden) and (hidden)");
        assert_eq!(redacted("GET /api/me 200"), "GET /api/me 200");
    }
}
