//! What only a sandbox has: the way back to its start.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::domain::{Error, Result};

use super::{
    error,
    server::{finish, request_id},
    state::State,
};

/// Restores the start of a sandbox.
pub trait Reset: Send + Sync {
    /// Puts the database back, with the same ids and keys.
    ///
    /// # Errors
    /// Busy, when the copy cannot be read.
    fn reset(&self) -> Result<()>;
}

/// Mounts `POST /sandbox/reset`, in a sandbox only.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let Some(sandbox) = state.sandbox.clone() else { return };
    let state = state.clone();
    let handler = move || reset(state.clone(), sandbox.clone());
    config.service(web::resource("/sandbox/reset").route(web::post().to(handler)));
}

async fn reset(state: Arc<State>, sandbox: Arc<dyn Reset>) -> HttpResponse {
    let id = request_id(&state);
    let done = web::block(move || sandbox.reset()).await;
    let done = done.unwrap_or_else(|error| Err(Error::Busy(error.to_string())));
    state.store.forget();
    let answer = match done {
        Ok(()) => HttpResponse::Ok().json(json!({ "success": true })),
        Err(failure) => error::answer(&failure, &id),
    };
    finish(answer, &id)
}
