//! `stele openapi`: prints the OpenAPI document.

use crate::{
    domain::content::KINDS,
    http::api::{openapi, routes},
};

use super::output::{CommandResult, say};

pub(super) fn run() -> CommandResult {
    let document = openapi::document(&routes::all(KINDS), KINDS, "/");
    say(format_args!("{}", serde_json::to_string_pretty(&document).map_err(|error| error.to_string())?))?;
    Ok(())
}
