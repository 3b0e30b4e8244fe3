//! How a call is answered, on every surface that takes a token or a key.

use actix_web::HttpResponse;

use crate::{
    domain::Result,
    http::base::{error, observed::observe::Observed},
};

use super::{call::ApiCall, rate_limit};

/// Answers a call: it is counted for its address first, and told afterwards are the limit of which least is left, and in the log who it was. `answer` is given the
/// call and its number.
pub async fn respond(
    observed: &mut Observed<'_>,
    call: Result<ApiCall>,
    answer: impl AsyncFnOnce(&ApiCall, &str) -> Result<HttpResponse>,
) -> Result<HttpResponse> {
    let call = call?;
    let answer = match call.admit() {
        Ok(()) => answer(&call, &observed.id).await,
        Err(limited) => Err(limited),
    };
    let mut answer = answer.unwrap_or_else(|failure| error::answer(&failure, &observed.id));
    rate_limit::tell(&mut answer, call.rate_limit());
    observed.set_caller(call.known_actor().map(|actor| &**actor));
    Ok(answer)
}
