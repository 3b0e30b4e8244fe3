//! `stele serve`: runs the server until SIGTERM, SIGINT or SIGHUP.

use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};

use crate::{
    app::{self, Running},
    config::Config,
    database,
    dns::Servers,
    service::{account::mail::Mailer, sandbox::Reset},
    smtp::Smtp,
    store::Store,
};

use super::{
    admin::{Instance, socket},
    log,
    output::CommandResult,
    settings::Settings,
};

pub(super) fn run(settings: &Settings) -> CommandResult {
    let config = settings.config()?;
    log::start(config.log_json);
    let (store, _) = database::open(&config.data, "stele serve")?;
    serve(&config, store, None, |running| {
        tracing::info!(address = %running.address, public_url = running.public_url, data = %config.data.display(), "Stele serves");
        if let Some(address) = running.metrics {
            tracing::info!(%address, "metrics are served");
        }
    })
}

/// Runs a server until it is told to stop; `ready` is called once it accepts requests.
pub(super) fn serve(config: &Config, store: Store, sandbox: Option<Arc<dyn Reset>>, ready: impl FnOnce(&Running)) -> CommandResult {
    let mailer = match &config.smtp {
        Some((url, from)) => {
            let smtp = Smtp::new(url, from).map_err(|faults| faults.join("\n       "))?;
            if smtp.is_open {
                tracing::warn!("smtp-url says tls=none: whoever listens on the way can read the links that emails carry");
            }
            Some(Arc::new(smtp) as Arc<dyn Mailer>)
        }
        None => None,
    };
    actix_web::rt::System::new().block_on(async {
        let catch = |kind| signal(kind).map_err(|error| error.to_string());
        let (mut terminate, mut interrupt) = (catch(SignalKind::terminate())?, catch(SignalKind::interrupt())?);
        // A terminal that is closed ends its programs by SIGHUP.
        let mut hang_up = catch(SignalKind::hangup())?;
        // Each connection takes descriptors, and the usual limit is meant for programs that have few.
        let descriptors = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1024);
        let config = Config { limits: config.limits.within(descriptors), ..config.clone() };
        let running = app::start(&config, store, sandbox, mailer, Arc::new(Servers::of_system())).await?;
        let stop = running.stop();
        let instance = Instance { store: running.store(), files: running.files(), reload: Box::new(running.reload_signing_keys()) };
        let _socket = socket::listen(&config.data, instance).inspect_err(|error| {
            tracing::warn!(%error, "no socket beside the database: commands that write need the server to be stopped");
        });
        ready(&running);
        actix_web::rt::spawn(async move {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {}, _ = hang_up.recv() => {} }
            tracing::info!("stopping: requests in flight finish");
            stop.await;
        });
        running.wait().await
    })
}
