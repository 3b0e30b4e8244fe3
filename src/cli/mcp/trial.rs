//! `stele mcp --sandbox`: an agent with demo data, in one program and without a key.

use std::{sync::Arc, thread};

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{
    app::Running,
    cli::{
        log,
        output::{CommandResult, note},
        sandbox::Sandbox,
    },
    domain::key::secret::PlainKey,
    http::base::origin::Origin,
};

use super::{bridge, instance::Instance};

/// Serves a fresh sandbox on a free port of this machine, and the client from it, until the client closes its end.
pub fn run() -> CommandResult {
    log::start(false);
    let ended = Arc::new(Mutex::new(Ok(())));
    let outcome = ended.clone();
    Sandbox::fresh().serve(move |running, demo| {
        // Both were made by this program, and are read as it writes them.
        let (Some(key), Some(url)) = (PlainKey::parse(&demo.service_key), Origin::read(&running.public_url)) else { return };
        let instance = Instance::new(&url, key);
        note(format_args!("stele: a sandbox for this agent alone; look at it on {}/sandbox/sign-in", running.public_url));
        stop_after(running, move || *outcome.lock() = bridge::run(&instance));
    })?;
    ended.lock().clone()
}

/// Stops the server when the work is done that a thread of its own does.
fn stop_after(running: &Running, work: impl FnOnce() + Send + 'static) {
    let (done, is_done) = oneshot::channel();
    let stop = running.stop();
    thread::spawn(move || {
        work();
        done.send(())
    });
    actix_web::rt::spawn(async move {
        // A thread that broke is done, too.
        let _ = is_done.await;
        stop.await;
    });
}
