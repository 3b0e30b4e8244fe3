//! Texts that may be long, told in pieces.

use actix_web::body::BoxBody;

use crate::{
    domain::Result,
    http::{api::call::ApiCall, base::transport::pieces::pieces},
};

/// A body of these pieces. The first is made before anything is answered, so that a refusal is one.
///
/// # Errors
/// Those of the first piece.
pub(super) async fn body(call: &ApiCall, mut next: impl FnMut() -> Result<Option<String>> + Send + 'static) -> Result<BoxBody> {
    let (mut first, mut next) = call.reading(move || Ok((next()?, next))).await?;
    Ok(pieces(call.state().clone(), call.caller(), move || match first.take() {
        Some(first) => Ok(Some(first)),
        None => next(),
    }))
}
