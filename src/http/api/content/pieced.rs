//! Texts that may be long, told in pieces.

use actix_web::body::BoxBody;

use crate::{
    domain::Result,
    http::base::{bearer::call::ApiCall, transport::pieces::pieces_after},
};

/// A body of these pieces. The first is made before anything is answered, so that a refusal is one.
///
/// # Errors
/// Those of the first piece.
pub(super) async fn body(call: &ApiCall, mut next: impl FnMut() -> Result<Option<String>> + Send + 'static) -> Result<BoxBody> {
    let (first, next) = call.reading(move || Ok((next()?.unwrap_or_default(), next))).await?;
    Ok(pieces_after(first, call.state().clone(), call.caller(), next))
}
