//! The instance: is it alive, and what can it do.

use std::sync::{Arc, OnceLock};

use actix_web::http::Method;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    domain::{Error, content::Kinds},
    http::base::{
        document::EncodedDocument,
        reply::{blocking, json},
        state::State,
    },
};

use super::{
    openapi,
    route::{Route, custom, group},
    schema::{component, of},
};

/// That it is alive.
#[derive(Debug, Serialize, ToSchema)]
pub struct Echo {
    /// `ok`
    status: &'static str,
    /// A friendly word.
    message: &'static str,
}

/// The routes of this file; `all` tells those of the document.
pub fn routes(all: fn(Kinds) -> Vec<Route>) -> Vec<Route> {
    let echo = custom(Method::GET, "get_health_echo", "/health/echo", "Whether the instance is alive", of::<Echo>(), |call| async move {
        call.only(&[])?;
        // A database that cannot be read is not alive.
        let message = call.state().store.read(|_| Ok("Stele stands.")).await?;
        json(200, &Echo { status: "ok", message })
    });
    let any = component("OpenApi", || json!({ "type": "object" }));
    // Made when it is asked for first.
    let made: Arc<OnceLock<EncodedDocument>> = Arc::default();
    let document = custom(Method::GET, "get_openapi", "/openapi.json", "This document", any, move |call| {
        let made = made.clone();
        async move {
            call.only(&[])?;
            let (shelf, state) = (made.clone(), call.state().clone());
            if made.get().is_none() {
                blocking(move || {
                    shelf.get_or_init(|| openapi_of(&state, all));
                    Ok(())
                })
                .await?;
            }
            let document = made.get().ok_or_else(|| Error::Internal("the OpenAPI document was not kept".into()))?;
            Ok(document.answer(call.accepts(), "public, no-cache"))
        }
    });
    group("health", vec![echo.public(), document.public()])
}

/// The OpenAPI document of these routes.
fn openapi_of(state: &State, all: fn(Kinds) -> Vec<Route>) -> EncodedDocument {
    EncodedDocument::json(openapi::document(&all(state.store.kinds()), state.store.kinds(), &state.public_url).to_string())
}
