//! One call of the API: its caller, path, query and body, read once.

use std::{
    borrow::Cow,
    fs::File,
    io::Read,
    net::IpAddr,
    str::FromStr,
    sync::{Arc, OnceLock},
};

use actix_web::{
    HttpRequest,
    http::{Method, Uri, header},
    web,
};
use parking_lot::Mutex;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, KeyFacts},
        error::Reason,
        id::{AppPath, KeyId, OrgId, ProjectPath},
        idempotency,
        key::{calls::CallOutcome, rate_limit::RateLimit, secret::PlainKey},
        project::traffic::{Event, Subject},
        time::Instant,
    },
    http::base::{
        client,
        document::Accepts,
        error, etag,
        router::Params,
        state::State,
        transport::{
            arrived::{self, Arrived},
            room::Caller,
        },
    },
    service::key::token::{self, Issued, TokenRequest},
    store::Tx,
};

use super::noun;

/// A call. Cheap to clone, and it can go to the writer's thread.
#[derive(Clone)]
pub struct ApiCall(Arc<Parts>);

struct Parts {
    state: Arc<State>,
    target: Uri,
    params: Params,
    query: Vec<(String, String)>,
    bearer: Option<String>,
    /// Whether a key is as good as a token of it.
    takes_keys: bool,
    if_match: Option<String>,
    if_none_match: Option<String>,
    accept_encoding: Option<header::HeaderValue>,
    ip: IpAddr,
    body: OnceLock<web::Bytes>,
    arrived: OnceLock<Arrived>,
    method: Method,
    idempotency_key: Result<Option<String>>,
    /// Who turned out to call.
    actor: OnceLock<Arc<Actor>>,
    /// Whether the limit of their key lets the call through; it is counted once.
    counted: OnceLock<Result<()>>,
    /// The limit of which least is left.
    rate_limit: Mutex<Option<RateLimit>>,
}

impl ApiCall {
    /// Reads the head of a request. The caller's name for it counts where repeats of it are known.
    ///
    /// # Errors
    /// Invalid when path or query are not well formed.
    pub fn new(request: &HttpRequest, params: Params, state: &Arc<State>, repeatable: bool) -> Result<Self> {
        let named = || idempotency::parse(request.headers().get_all(idempotency::HEADER).map(header::HeaderValue::as_bytes));
        Ok(Self(Arc::new(Parts {
            state: state.clone(),
            target: request.uri().clone(),
            params,
            query: client::query(request)?,
            bearer: client::bearer(request),
            takes_keys: false,
            if_match: client::list(request, header::IF_MATCH),
            if_none_match: client::list(request, header::IF_NONE_MATCH),
            accept_encoding: request.headers().get(header::ACCEPT_ENCODING).cloned(),
            ip: state.proxies.client(request),
            body: OnceLock::new(),
            arrived: OnceLock::new(),
            method: request.method().clone(),
            idempotency_key: if repeatable { named() } else { Ok(None) },
            actor: OnceLock::new(),
            counted: OnceLock::new(),
            rate_limit: Mutex::default(),
        })))
    }

    /// The same, and a key is as good as a token of it: for a surface whose clients exchange nothing.
    #[must_use]
    pub fn taking_keys(mut self) -> Self {
        if let Some(parts) = Arc::get_mut(&mut self.0) {
            parts.takes_keys = true;
        }
        self
    }

    /// Counts the call for its address.
    ///
    /// # Errors
    /// Rate-limited.
    pub fn admit(&self) -> Result<()> {
        self.limited(self.0.state.rate_limits.address(self.0.ip))
    }

    /// Counts the call for its key: once, however often its work is run.
    fn count(&self, key: &KeyFacts) -> Result<()> {
        self.0.counted.get_or_init(|| self.limited(self.0.state.rate_limits.key(key))).clone()
    }

    /// Keeps what is left of a limit, for the answer's headers.
    fn limited(&self, counted: Result<Option<RateLimit>>) -> Result<()> {
        let (found, outcome) = match counted {
            Ok(found) => (found, Ok(())),
            Err(Error::RateLimited(limit)) => (Some(limit), Err(Error::RateLimited(limit))),
            Err(other) => return Err(other),
        };
        let mut nearest = self.0.rate_limit.lock();
        *nearest = nearest.into_iter().chain(found).min_by_key(|limit| limit.remaining);
        outcome
    }

    /// The limit of which least is left, of those that the call was counted for.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        *self.0.rate_limit.lock()
    }

    /// The same with its body, which is read once the caller is known.
    #[must_use]
    pub fn with_body(self, body: web::Bytes) -> Self {
        let _ = self.0.body.set(body);
        self
    }

    /// The same with what came in instead of a body.
    #[must_use]
    pub fn with_arrived(self, arrived: Arrived) -> Self {
        let _ = self.0.arrived.set(arrived);
        self
    }

    /// What came in instead of a body.
    pub fn arrived(&self) -> Option<&Arrived> {
        self.0.arrived.get()
    }

    /// The file that came in; an error where there is none.
    pub fn upload(&self) -> Result<File> {
        arrived::whole(self.arrived())
    }

    /// The body, wherever it is: one that is long is read from its file.
    ///
    /// # Errors
    /// Busy, when the system does not give it.
    pub fn long_body(&self) -> Result<Cow<'_, [u8]>> {
        let Some(Arrived::Whole(upload)) = self.arrived() else { return Ok(Cow::Borrowed(self.body())) };
        let mut bytes = Vec::new();
        upload.open()?.read_to_end(&mut bytes).map_err(|cause| Error::Busy(format!("a body that came in cannot be read: {cause}")))?;
        Ok(Cow::Owned(bytes))
    }

    /// What all calls share.
    pub fn state(&self) -> &Arc<State> {
        &self.0.state
    }

    /// Path and query as they were sent.
    pub fn target(&self) -> &str {
        self.0.target.path_and_query().map_or("", |target| target.as_str())
    }

    /// The method.
    pub fn method(&self) -> &str {
        self.0.method.as_str()
    }

    /// What the caller named this call, so that a repeat makes nothing twice; nothing where repeats are not known.
    ///
    /// # Errors
    /// Invalid when the header is not well formed.
    pub fn idempotency_key(&self) -> Result<Option<String>> {
        self.0.idempotency_key.clone()
    }

    /// The body's bytes.
    pub fn body(&self) -> &[u8] {
        self.0.body.get().map_or(&[], |body| body)
    }

    /// The caller's address.
    pub fn ip(&self) -> IpAddr {
        self.0.ip
    }

    /// The decoded path parameter.
    pub fn param(&self, name: &str) -> &str {
        self.0.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// An id in the path. What is not an id leads nowhere.
    pub fn id<T: FromStr>(&self, name: &str) -> Result<T> {
        self.param(name).parse().map_err(|_| Error::NotFound(noun::of(name)))
    }

    /// The organization in the path.
    pub fn org(&self) -> Result<OrgId> {
        self.id("organizationId")
    }

    /// The project in the path, with its organization.
    pub fn project(&self) -> Result<ProjectPath> {
        Ok((self.org()?, self.id("projectId")?))
    }

    /// The app in the path, with its project and organization.
    pub fn app(&self) -> Result<AppPath> {
        let (org, project) = self.project()?;
        Ok((org, project, self.id("appId")?))
    }

    /// A query parameter that the route reads itself.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.0.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All query parameters, in the order in which they were sent.
    pub fn parameters(&self) -> &[(String, String)] {
        &self.0.query
    }

    /// The path as it was sent.
    pub fn path(&self) -> &str {
        self.0.target.path()
    }

    /// The version that a change must find, so that it overwrites no other (`If-Match`). `current` is asked where the caller
    /// names several, or none of ours.
    ///
    /// # Errors
    /// Invalid when it cannot be read, Stale when `current` is not among them, and those of `current`.
    pub fn if_match(&self, current: impl FnOnce() -> Result<i64>) -> Result<Option<i64>> {
        let Some(versions) = self.0.if_match.as_deref().map(etag::versions).transpose()?.flatten() else { return Ok(None) };
        if let [one] = versions[..] {
            return Ok(Some(one));
        }
        let current = current()?;
        if versions.contains(&current) { Ok(Some(current)) } else { Err(Error::Stale) }
    }

    /// Whether the caller has the answer with this tag already (`If-None-Match`).
    pub fn has(&self, tag: &str) -> bool {
        self.0.if_none_match.as_deref().is_some_and(|tags| etag::names_answer(tags, tag))
    }

    /// What the caller takes of a document, and has of it.
    pub fn accepts(&self) -> Accepts<'_> {
        Accepts { accept_encoding: self.0.accept_encoding.as_ref(), if_none_match: self.0.if_none_match.as_deref() }
    }

    /// Who calls.
    ///
    /// # Errors
    /// Unauthenticated, saying why; denied, from another network than the key's; rate-limited.
    pub fn actor(&self, tx: &mut Tx<'_>) -> Result<Arc<Actor>> {
        let bearer = self.0.bearer.as_deref().ok_or(Error::Unauthenticated(Reason::TokenMissing))?;
        let is_key = self.0.takes_keys && PlainKey::looks_like(bearer);
        let actor =
            if is_key { token::key_actor(tx, bearer, self.0.ip)? } else { self.0.state.tokens.authenticate(tx, bearer, self.0.ip)? };
        let _ = self.0.actor.set(actor.clone());
        if let Some(key) = actor.key() {
            self.count(key)?;
            self.note_key_use(key.id, tx.now());
        }
        Ok(actor)
    }

    /// Who calls, where a key itself says so.
    ///
    /// # Errors
    /// Unauthenticated, saying why; denied, from another network than the key's; rate-limited.
    pub fn key_actor(&self, tx: &mut Tx<'_>, key: &str) -> Result<Arc<Actor>> {
        let actor = token::key_actor(tx, key, self.0.ip)?;
        actor.key().map_or(Ok(()), |key| self.count(key))?;
        Ok(actor)
    }

    /// Who was found to call, if that was asked.
    pub fn known_actor(&self) -> Option<&Arc<Actor>> {
        self.0.actor.get()
    }

    /// In whose room the call is.
    pub fn caller(&self) -> Caller {
        self.known_actor().map_or_else(|| Caller::stranger(self.ip()), |actor| Caller::User(actor.id))
    }

    /// Runs a read that may take long off the workers, when the caller's turn comes; who that is, is asked before.
    ///
    /// # Errors
    /// Unauthenticated, saying why; those of the read.
    pub async fn reading<T: Send + 'static>(&self, read: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        if self.known_actor().is_none() {
            let caller = self.clone();
            self.0.state.store.read(move |tx| caller.actor(tx)).await?;
        }
        self.0.state.reading(self.caller(), read).await
    }

    /// Whether whoever was let in at `then` still would be: an answer that takes long ends with the key, but not with the token's time.
    ///
    /// # Errors
    /// Unauthenticated, saying why.
    pub fn actor_since(&self, tx: &mut Tx<'_>, then: Instant) -> Result<Arc<Actor>> {
        let bearer = self.0.bearer.as_deref().ok_or(Error::Unauthenticated(Reason::TokenMissing))?;
        self.0.state.tokens.authenticate_as_of(tx, bearer, self.0.ip, then)
    }

    /// Whether it changes nothing.
    pub fn is_read(&self) -> bool {
        matches!(self.0.method, Method::GET | Method::HEAD)
    }

    /// Counts how a call that is about a project was answered, in memory: only where somebody is known to call.
    pub async fn count_answer(&self, status: u16) {
        let (Some(actor), Ok(at)) = (self.0.actor.get(), self.project()) else { return };
        self.0.state.write_behind.traffic.count_answer(&self.0.state.store, actor, at, status).await;
    }

    /// Counts what became of the call for the key that it came with, in memory: only where the key is one of this instance.
    pub async fn count_outcome(&self, outcome: CallOutcome) {
        let key = match self.0.actor.get() {
            Some(actor) => actor.key().map(|key| key.id),
            None => self.refused_key(outcome).await,
        };
        if let Some(key) = key {
            self.0.state.write_behind.calls.note(key, outcome, self.0.state.store.now());
        }
    }

    /// The key that was refused, if it or its token is known here in spite of that.
    async fn refused_key(&self, outcome: CallOutcome) -> Option<KeyId> {
        let unknown = [Reason::TokenMissing, Reason::TokenInvalid, Reason::KeyMalformed, Reason::KeyUnknown].map(Reason::word);
        let bearer = self.0.bearer.clone().filter(|_| !unknown.contains(&outcome.word()))?;
        let state = self.0.state.clone();
        self.0.state.store.read(move |tx| token::known_bearer(&state.tokens, tx, &bearer)).await.ok().flatten()
    }

    /// Exchanges a key for a token, and counts it.
    ///
    /// # Errors
    /// Unauthenticated, saying why; denied, from another network than the key's; rate-limited.
    pub async fn exchange(&self, key: &str, wanted: TokenRequest) -> Result<Issued> {
        let (state, key, from) = (self.state().clone(), key.to_owned(), self.0.ip);
        if let Err(limited) = self.limited(state.rate_limits.exchange(from)) {
            state.meters.exchanged(from, error::word(&limited));
            return Err(limited);
        }
        let exchange = move |tx: &mut Tx<'_>| {
            let issued = state.tokens.exchange(tx, &key, from, wanted);
            Ok((issued, token::known_key(tx, &key)?, tx.now()))
        };
        let (issued, known, now) = self.state().store.read(exchange).await?;
        let issued = issued.and_then(|issued| self.limited(self.state().rate_limits.key(&issued.key)).map(|()| issued));
        let event = if issued.is_ok() { Event::Exchanged } else { Event::ExchangeRefused };
        self.state().meters.exchanged(self.ip(), issued.as_ref().err().map_or("issued", error::word));
        if let Some(key) = known {
            self.state().write_behind.traffic.note(Subject::Key(key), event, now);
            self.state().write_behind.calls.note(key, issued.as_ref().map_or_else(CallOutcome::from, |_| CallOutcome::Exchanged), now);
        }
        issued.inspect(|issued| self.note_key_use(issued.claims.key, now))
    }

    /// Notes that a key was used, in memory.
    pub fn note_key_use(&self, key: KeyId, now: Instant) {
        if self.0.state.write_behind.usage.note(key, now, self.0.ip) {
            self.0.state.store.wakers().usage.notify_one();
        }
    }

    /// The bearer token as it was sent.
    pub fn bearer(&self) -> Option<&str> {
        self.0.bearer.as_deref()
    }
}
