//! A route as data: method, path, what it needs, its handler, and what the OpenAPI document says of it.
//!
//! The builders below take an operation as a closure and read the body's and the answer's type off it, so the
//! document cannot say anything else than the code.

use std::{borrow::Cow, future::Future, sync::Arc};

use actix_web::{HttpResponse, http::Method};
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        access::Actor,
        listing::{Listing, PAGE_SIZE},
        page::Page,
        spec::Spec,
    },
    http::base::{
        bearer::call::ApiCall,
        body,
        reply::{PendingResponse, json},
        transport::media::Transport,
    },
    store::Tx,
};

use super::{
    idempotency,
    query::Param,
    schema::{self, Components, Schema},
    wire::{self, Paged},
};

/// What runs when a route is called.
pub type Handler = Arc<dyn Fn(ApiCall) -> PendingResponse + Send + Sync>;

/// What lets a caller in: it is asked before their body is read, and before they are told what is wrong with their query.
pub type Gate = Arc<dyn Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<()> + Send + Sync>;

/// A route of the API.
#[derive(Clone)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path under `/api`, with `{parameters}`.
    pub path: String,
    /// Another path to it: where the published SDK asks for it, if that might be taken for the path of something else.
    pub alias: Option<&'static str>,
    /// The operation id: the SDK's method name where there is one.
    pub id: &'static str,
    /// The group in the docs.
    pub tag: &'static str,
    /// One line.
    pub summary: Cow<'static, str>,
    /// Sentences on what only this one does.
    pub about: &'static str,
    /// Whether it needs no token.
    pub public: bool,
    /// Whether its answer holds a secret.
    pub secret: bool,
    /// The list that it answers with, if it does.
    pub listing: Option<&'static Spec>,
    /// Its own query parameters.
    pub params: &'static [Param],
    /// How its body travels.
    pub takes: Transport,
    /// How its answer does.
    pub gives: Transport,
    /// Its body.
    pub body: Option<Schema>,
    /// Whether `{}`, and so no body at all, is one.
    pub body_optional: bool,
    /// The status of success.
    pub status: u16,
    /// The answer of success.
    pub reply: Schema,
    /// Whether the answer has an ETag and preconditions are read.
    pub versioned: bool,
    /// Whether `Idempotency-Key` is read.
    pub repeatable: bool,
    /// What is asked before its body is read, and before faults of its query are told. The handler asks for itself all the same.
    pub gate: Option<Gate>,
    /// The handler.
    pub run: Handler,
}

impl Route {
    /// A route of this method, id and path; the rest by the builders.
    fn new(method: Method, id: &'static str, path: &str, summary: Cow<'static, str>, reply: Schema, run: Handler) -> Self {
        Self {
            method,
            path: path.to_owned(),
            alias: None,
            id,
            tag: "",
            summary,
            about: "",
            public: false,
            secret: false,
            listing: None,
            params: &[],
            takes: Transport::Json,
            gives: Transport::Json,
            body: None,
            body_optional: false,
            status: 200,
            reply,
            versioned: false,
            repeatable: false,
            gate: None,
            run,
        }
    }

    /// Is asked for at this path, too.
    #[must_use]
    pub const fn alias(mut self, path: &'static str) -> Self {
        self.alias = Some(path);
        self
    }

    /// Takes and gives something else than JSON.
    #[must_use]
    pub const fn travels(mut self, takes: Transport, gives: Transport) -> Self {
        (self.takes, self.gives) = (takes, gives);
        self
    }

    /// With more to say than its summary.
    #[must_use]
    pub const fn about(mut self, sentences: &'static str) -> Self {
        self.about = sentences;
        self
    }

    /// With query parameters of its own.
    #[must_use]
    pub fn params(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }

    /// Answers without a token.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.public = true;
        self
    }

    /// Answers with a secret.
    #[must_use]
    pub const fn secret(mut self, secret: bool) -> Self {
        self.secret = secret;
        self
    }

    /// Answers with this status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Has an ETag.
    #[must_use]
    pub const fn versioned(mut self) -> Self {
        self.versioned = true;
        self
    }

    /// Reads `Idempotency-Key`.
    #[must_use]
    pub const fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }

    /// Reads no body of whom this does not let in, and tells them nothing of their query.
    #[must_use]
    pub fn gate(mut self, gate: impl Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<()> + Send + Sync + 'static) -> Self {
        self.gate = Some(Arc::new(gate));
        self
    }

    /// Takes a body of this schema.
    #[must_use]
    pub fn body(mut self, schema: Schema) -> Self {
        self.body = Some(schema);
        self
    }

    /// Takes no body as an empty one.
    #[must_use]
    pub const fn body_optional(mut self, optional: bool) -> Self {
        self.body_optional = optional;
        self
    }

    /// Answers in another form than JSON.
    #[must_use]
    pub const fn gives(mut self, gives: Transport) -> Self {
        self.gives = gives;
        self
    }

    /// Is a list.
    #[must_use]
    pub const fn listing(mut self, spec: &'static Spec) -> Self {
        self.listing = Some(spec);
        self
    }
}

/// Routes of one group.
pub fn group(tag: &'static str, routes: Vec<Route>) -> Vec<Route> {
    routes.into_iter().map(|route| Route { tag, ..route }).collect()
}

/// `GET` of one thing.
pub fn get<R, F>(id: &'static str, path: &str, summary: &'static str, operation: F) -> Route
where
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<R> + Send + Sync + 'static,
{
    get_with(id, path, summary, &[], operation)
}

/// `GET` of one thing, by query parameters that it reads itself.
pub fn get_with<R, F>(id: &'static str, path: &str, summary: &'static str, own: &'static [Param], operation: F) -> Route
where
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<R> + Send + Sync + 'static,
{
    let operation = Arc::new(operation);
    let gate = operation.clone();
    let run: Handler = Arc::new(move |call| {
        let operation = operation.clone();
        Box::pin(async move {
            call.only(own)?;
            let caller = call.clone();
            let work = move |tx: &mut Tx<'_>| {
                let actor = caller.actor(tx)?;
                operation(&caller, tx, &actor)
            };
            let found = call.state().store.read(work).await?;
            json(200, &found)
        })
    });
    let route = Route::new(Method::GET, id, path, summary.into(), schema::of::<R>(), run).params(own);
    route.gate(move |call, tx, actor| gate(call, tx, actor).map(drop))
}

/// `GET` of a list. Its search goes over many rows, so it runs off the workers.
pub fn list<R, F>(id: &'static str, path: &str, summary: &'static str, spec: &'static Spec, own: &'static [Param], operation: F) -> Route
where
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>, &Listing) -> Result<Page<R>> + Send + Sync + 'static,
{
    let operation = Arc::new(operation);
    let gate = operation.clone();
    let run: Handler = Arc::new(move |call| {
        let operation = operation.clone();
        Box::pin(async move {
            let listing = call.listing(spec, own)?;
            let (caller, long) = (call.clone(), is_long(&listing));
            let work = move |tx: &mut Tx<'_>| {
                let actor = call.actor(tx)?;
                operation(&call, tx, &actor, &listing)
            };
            let store = caller.state().store.clone();
            let page = if long { caller.reading(move || store.read_now(work)).await? } else { store.read(work).await? };
            json(200, &Paged::from(page))
        })
    });
    let reply: Schema = Arc::new(|components: &mut Components| {
        let item = components.of::<R>();
        components.list_of(&item)
    });
    let route = Route::new(Method::GET, id, path, summary.into(), reply, run).listing(spec).params(own);
    route.gate(move |call, tx, actor| gate(call, tx, actor, &shortest(spec)).map(drop))
}

/// The shortest page of a list, for whoever asks it for something else than what is on it.
fn shortest(spec: &Spec) -> Listing {
    Listing { page_size: 1, order: spec.order, ..Listing::default() }
}

/// Whether a list takes long: a search or a filter goes over many rows, and more items than usual are many.
pub const fn is_long(listing: &Listing) -> bool {
    listing.search.is_some() || !listing.filters.is_empty() || listing.page_size > PAGE_SIZE
}

/// A write with a JSON body. A POST may be repeated under an `Idempotency-Key`.
pub fn write<B, R, F>(method: Method, id: &'static str, path: &str, summary: &'static str, operation: F) -> Route
where
    B: DeserializeOwned + ToSchema + Send + Sync + 'static,
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>, &B) -> Result<R> + Send + Sync + 'static,
{
    write_hiding(&[], method, id, path, summary, operation)
}

/// A POST that makes nothing new: it answers 200.
pub fn action<B, R, F>(id: &'static str, path: &str, summary: &'static str, operation: F) -> Route
where
    B: DeserializeOwned + ToSchema + Send + Sync + 'static,
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>, &B) -> Result<R> + Send + Sync + 'static,
{
    writing(200, &[], (Method::POST, id, path, summary), operation)
}

/// A write whose answer has secret members, which a repeat does not show again: they are stored nowhere.
pub fn write_hiding<B, R, F>(
    secrets: &'static [&'static str],
    method: Method,
    id: &'static str,
    path: &str,
    summary: &'static str,
    operation: F,
) -> Route
where
    B: DeserializeOwned + ToSchema + Send + Sync + 'static,
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>, &B) -> Result<R> + Send + Sync + 'static,
{
    let status = if method == Method::POST { 201 } else { 200 };
    writing(status, secrets, (method, id, path, summary), operation)
}

fn writing<B, R, F>(
    status: u16,
    secrets: &'static [&'static str],
    (method, id, path, summary): (Method, &'static str, &str, &'static str),
    operation: F,
) -> Route
where
    B: DeserializeOwned + ToSchema + Send + Sync + 'static,
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>, &B) -> Result<R> + Send + Sync + 'static,
{
    let operation = Arc::new(operation);
    let run: Handler = Arc::new(move |call| {
        let operation = operation.clone();
        Box::pin(async move {
            call.only(&[])?;
            let body: B = body::json(call.body())?;
            let work = move |call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>| operation(call, tx, actor, &body);
            idempotency::create(call, secrets, work, move |made| json(status, made)).await
        })
    });
    let repeatable = method == Method::POST;
    let route = Route::new(method, id, path, summary.into(), schema::of::<R>(), run).status(status).repeatable(repeatable);
    route.body(schema::of::<B>()).body_optional(body::json::<B>(b"").is_ok()).secret(!secrets.is_empty())
}

/// A write without a body.
pub fn act<R, F>(method: Method, id: &'static str, path: &str, summary: impl Into<Cow<'static, str>>, operation: F) -> Route
where
    R: Serialize + ToSchema + Send + 'static,
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<R> + Send + Sync + 'static,
{
    let operation = Arc::new(operation);
    let run: Handler = Arc::new(move |call| {
        let operation = operation.clone();
        Box::pin(async move {
            call.only(&[])?;
            let state = call.state().clone();
            let done = state.store.write(move |tx| call.actor(tx).and_then(|actor| operation(&call, tx, &actor))).await?;
            json(200, &done)
        })
    });
    Route::new(method, id, path, summary.into(), schema::of::<R>(), run)
}

/// A delete.
pub fn delete<F>(id: &'static str, path: &str, summary: impl Into<Cow<'static, str>>, operation: F) -> Route
where
    F: Fn(&ApiCall, &mut Tx<'_>, &Arc<Actor>) -> Result<()> + Send + Sync + 'static,
{
    act(Method::DELETE, id, path, summary, move |call, tx, actor| operation(call, tx, actor).map(|()| wire::Done::YES))
}

/// A route with a handler of its own.
pub fn custom<F, A>(method: Method, id: &'static str, path: &str, summary: impl Into<Cow<'static, str>>, reply: Schema, handler: F) -> Route
where
    F: Fn(ApiCall) -> A + Send + Sync + 'static,
    A: Future<Output = Result<HttpResponse>> + 'static,
{
    Route::new(method, id, path, summary.into(), reply, Arc::new(move |call| Box::pin(handler(call))))
}
