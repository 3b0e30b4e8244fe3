//! `Idempotency-Key`: a POST that makes something may be sent again, and makes it once.

use std::sync::Arc;

use actix_web::{HttpResponse, body::MessageBody, http::header};

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        error::Fault,
        id::KeyId,
        idempotency::{Request, StoredAnswer},
    },
    http::base::{bearer::call::ApiCall, reply::raw, state::State},
    service::idempotency::{self, Made},
    store::Tx,
};

/// A request that is being answered.
struct Turn {
    state: Arc<State>,
    of: (KeyId, String),
}

impl Turn {
    fn take(state: &Arc<State>, of: (KeyId, String)) -> Result<Self> {
        if state.in_flight.begin(of.clone()) {
            return Ok(Self { state: state.clone(), of });
        }
        Err(in_flight())
    }
}

fn in_flight() -> Error {
    let message = "A request with this Idempotency-Key is being answered. Try again in a moment.";
    Error::Conflict(Fault::new("Idempotency-Key", "in_flight", message))
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.state.in_flight.end(&self.of);
    }
}

/// Runs a creation and answers as `answer` does; where the caller names the request, once only. The members `secrets` of the
/// answer are in none but the first.
///
/// # Errors
/// Conflict while the same is being answered; Unprocessable when the key stands for another request; those of `work`.
pub async fn create<T: Send + 'static>(
    call: ApiCall,
    secrets: &'static [&'static str],
    work: impl Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<T> + Send + 'static,
    answer: impl Fn(&T) -> Result<HttpResponse> + Copy + Send + 'static,
) -> Result<HttpResponse> {
    let state = call.state().clone();
    let Some((key, named)) = identify(&call)? else {
        // The caller is asked for again among the writes: a key that was revoked before this one's turn is dead.
        let made = state.store.write(move |tx| call.actor(tx).and_then(|actor| work(&call, tx, &actor))).await?;
        return answer(&made);
    };
    let request = Request::new(named, call.method(), call.target(), call.body());
    let _turn = Turn::take(&state, (key, request.key.clone()))?;
    let once = move |tx: &mut Tx<'_>| {
        let actor = call.actor(tx)?;
        idempotency::once(tx, &actor, &request, |tx| work(&call, tx, &actor), |made| keep(answer(made)?, secrets))
    };
    match state.store.write(once).await? {
        Made::New(made) => answer(&made),
        Made::Before(kept) => Ok(again(&kept)),
    }
}

/// A request that is made in several transactions, once only: nobody else answers the same meanwhile.
pub struct Named {
    request: Arc<Request>,
    /// It ends with the answer, and not when the writer has forgotten its work: a repeat may come at once.
    _turn: Turn,
}

/// What its transactions know of it.
#[derive(Clone)]
pub struct Once(Arc<Request>);

impl Named {
    /// The request, if the caller has named it; `body` is the hash of what came with it.
    ///
    /// # Errors
    /// Conflict while the same is being answered; that of a body that cannot be read.
    pub fn of(call: &ApiCall, body: impl FnOnce() -> Result<blake3::Hash>) -> Result<Option<Self>> {
        let Some((key, named)) = identify(call)? else { return Ok(None) };
        let request = Request::of_hash(named, call.method(), call.target(), &body()?);
        let turn = Turn::take(call.state(), (key, request.key.clone()))?;
        Ok(Some(Self { request: Arc::new(request), _turn: turn }))
    }

    /// For its transactions.
    pub fn once(&self) -> Once {
        Once(self.request.clone())
    }

    /// The same as it is given again.
    ///
    /// # Errors
    /// As [`Once::before`]; those of the caller.
    pub async fn again(&self, call: &ApiCall) -> Result<Option<HttpResponse>> {
        let (once, asking) = (self.once(), call.clone());
        let ask = move |tx: &mut Tx<'_>| {
            let actor = asking.actor(tx)?;
            once.before(tx, &actor)
        };
        Ok(call.state().store.read(ask).await?.map(|kept| again(&kept)))
    }
}

impl Once {
    /// The answer that it had before.
    ///
    /// # Errors
    /// Unprocessable when the key stands for another request.
    pub fn before(&self, tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Option<StoredAnswer>> {
        idempotency::find_answer(tx, actor, &self.0)
    }

    /// Its last transaction, with which its answer is kept.
    ///
    /// # Errors
    /// Conflict where somebody else has answered it meanwhile; those of `work`.
    pub fn make<T>(
        &self,
        tx: &mut Tx<'_>,
        actor: &Arc<Actor>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
        answer: impl FnOnce(&T) -> Result<HttpResponse>,
    ) -> Result<T> {
        match idempotency::once(tx, actor, &self.0, work, |made| keep(answer(made)?, &[]))? {
            Made::New(made) => Ok(made),
            Made::Before(_) => Err(in_flight()),
        }
    }
}

/// The caller's key and the name of the request, if it has one.
fn identify(call: &ApiCall) -> Result<Option<(KeyId, String)>> {
    let Some(named) = call.idempotency_key()? else { return Ok(None) };
    Ok(call.known_actor().and_then(|caller| caller.key()).map(|key| (key.id, named)))
}

/// An answer as it is kept: whole, but for what is secret in it.
fn keep(answer: HttpResponse, secrets: &[&str]) -> Result<StoredAnswer> {
    let broken = |what: &str| Error::Internal(format!("an answer could not be kept: {what}"));
    let status = answer.status().as_u16();
    let pairs = answer.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let headers = serde_json::to_string(&pairs.collect::<Vec<_>>()).map_err(|error| broken(&error.to_string()))?;
    let bytes = answer.into_body().try_into_bytes().map_err(|_| broken("it is a stream"))?;
    let mut body = String::from_utf8(bytes.to_vec()).map_err(|error| broken(&error.to_string()))?;
    if !secrets.is_empty() {
        let mut value: serde_json::Value = serde_json::from_str(&body).map_err(|error| broken(&error.to_string()))?;
        for secret in secrets {
            if let Some(secret) = value.get_mut(*secret) {
                *secret = serde_json::Value::Null;
            }
        }
        body = value.to_string();
    }
    Ok(StoredAnswer { status, headers, body })
}

/// The answer that was given before, and says so.
pub fn again(kept: &StoredAnswer) -> HttpResponse {
    let mut answer = raw(kept.status, kept.body.clone());
    let pairs: Vec<(String, String)> = serde_json::from_str(&kept.headers).unwrap_or_default();
    for (name, value) in pairs {
        if let (Ok(name), Ok(value)) = (header::HeaderName::try_from(name), header::HeaderValue::try_from(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    let name = header::HeaderName::from_static("idempotency-replayed");
    answer.headers_mut().insert(name, header::HeaderValue::from_static("true"));
    answer
}
