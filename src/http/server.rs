//! From an actix request to an [`ApiCall`] and back: request ids, limits, unknown routes.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    body::BoxBody,
    dev::{Service, ServiceRequest, ServiceResponse},
    guard::fn_guard,
    http::{Method, header},
    web,
};

use crate::{
    domain::{Error, Result as Done, key::calls::CallOutcome},
    service::authorize::ActorSource,
    store::Tx,
};

use super::{
    api::routes::{self, Served},
    base::{
        assets,
        bearer::{call::ApiCall, respond::respond},
        body,
        compress::{compressed, hold_secret},
        cors, error,
        observed::{
            meter::{Measured, RouteMeter},
            observe::observed,
        },
        router::Router,
        state::State,
        transport::{
            arrived::Arrived,
            connections::Connection,
            media::Transport,
            outgoing::{self, Holder},
            paced::Paced,
            receive::{self, Sender},
            upload,
        },
    },
    branding,
    console::{self, Pages},
    files, form, hosts, mcp,
    monitor::{self, routes::Monitor},
    oauth, preview, sandbox, sending,
};

/// The API's router.
pub type Api = Router<Measured<Served>>;

/// What is put together once for all workers.
#[derive(Clone)]
pub struct Surfaces {
    /// The API's routes.
    pub api: Arc<Api>,
    /// The console's pages, and those of the reference.
    pub pages: Arc<Pages>,
    /// What those who run the server ask.
    pub monitor: Arc<Monitor>,
    /// Origins whose pages may call the API.
    pub origins: Vec<String>,
}

/// Mounts everything. The API is one service that finds its route itself: actix tries one resource after the other, which
/// costs more with every route.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>, surfaces: &Surfaces) {
    let Surfaces { api, pages, monitor, origins } = surfaces;
    hosts::mount(config, state);
    hosts::mount_ask(config, state);
    sending::mount(config, state);
    let (shared, router, open) = (state.clone(), api.clone(), routes::open(state.store.kinds()));
    monitor::routes::mount(config, state, monitor);
    let handler = move |request: HttpRequest, body: web::Payload| answer(request, body, shared.clone(), router.clone());
    let api = |handler| web::scope("/api").default_service(web::to(handler));
    config.service(
        api(handler.clone())
            .guard(fn_guard(move |request| open.iter().any(|path| path == request.head().uri.path())))
            .wrap(cors::everybody()),
    );
    config.service(api(handler).wrap(cors::allow(origins)));
    oauth::mount(config, state, origins);
    mcp::mount(config, state, origins);
    sandbox::mount(config, state);
    preview::mount(config, state);
    branding::mount(config, state);
    files::mount(config, state);
    form::mount(config, state);
    let (shared, meter) = (state.clone(), state.meters.route("GET", "/static/{file}"));
    let asset = move |request: HttpRequest| serve(request, shared.clone(), meter.clone());
    config.service(web::resource("/static/{file:.*}").route(web::get().to(asset.clone())).route(web::head().to(asset)));
    let (state, pages) = (state.clone(), pages.clone());
    config.default_service(web::to(move |request: HttpRequest, body: web::Payload| page(request, body, state.clone(), pages.clone())));
}

/// Runs a request, compresses its answer where that is good, and notes whose turn it is on its connection.
pub fn paced<S>(request: ServiceRequest, service: &S) -> impl Future<Output = Result<ServiceResponse<BoxBody>, actix_web::Error>> + use<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<BoxBody>, Error = actix_web::Error>,
{
    let (connection, head) = (request.conn_data::<Arc<Connection>>().cloned(), *request.method() == Method::HEAD);
    connection.iter().for_each(|connection| connection.works());
    let answer = service.call(request);
    async move {
        let mut answer = compressed(answer.await?);
        if head {
            answer = answer.map_body(|_, body| outgoing::headless(body));
        }
        Ok(match connection {
            Some(connection) => {
                connection.holds(answer.response().extensions().get().map(|Holder(caller)| *caller));
                answer.map_body(|_, body| Paced::body(body, connection))
            }
            None => answer,
        })
    }
}

async fn serve(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |_| Ok(assets::serve(&request))).await
}

/// A page; or, for a program that asks for what is not there, the same answer as in the API.
async fn page(request: HttpRequest, body: web::Payload, state: Arc<State>, pages: Arc<Pages>) -> HttpResponse {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_nowhere = !accept.contains("text/html") && pages.find(request.path()).is_none();
    observed(&state, &request, None, async |observed| {
        Ok(if is_nowhere { no_route(&request, &observed.id) } else { console::answer(&request, body, &state, &pages, observed).await })
    })
    .await
}

async fn answer(request: HttpRequest, payload: web::Payload, state: Arc<State>, router: Arc<Api>) -> HttpResponse {
    observed(&state, &request, None, async |observed| {
        let Some((resource, params)) = router.find(request.match_info().unprocessed()) else {
            return Ok(no_route(&request, &observed.id));
        };
        let Some(Measured { route, meter }) = resource.at(request.method()) else {
            return Ok(error::not_allowed(request.method(), resource.allowed(), &observed.id));
        };
        observed.set_route(Some(meter));
        let call = ApiCall::new(&request, params, &state, route.repeatable);
        respond(observed, call, async |call, id| Ok(run(&request, payload, call, route, &state, id).await)).await
    })
    .await
}

async fn run(request: &HttpRequest, payload: web::Payload, call: &ApiCall, route: &Served, state: &Arc<State>, id: &str) -> HttpResponse {
    match read(request, payload, call, route, state).await {
        Ok(call) => {
            let run = || (route.run)(call.clone());
            let mut answer = if call.is_read() { state.outgoing.answer(run, || call.caller()).await } else { run().await };
            if let Err(Error::Invalid(_)) = &answer
                && call.is_read()
                && let Err(refused) = admit(&call, route, state).await
            {
                answer = Err(refused);
            }
            call.count_outcome(answer.as_ref().map_or_else(CallOutcome::from, |answer| CallOutcome::of_status(answer.status().as_u16())))
                .await;
            let mut answer = answer.unwrap_or_else(|error| error::answer(&error, id));
            if route.secret {
                hold_secret(&mut answer);
            }
            call.count_answer(answer.status().as_u16()).await;
            answer
        }
        Err(Refused::Error(refused)) => {
            call.count_outcome(CallOutcome::from(&refused)).await;
            error::answer(&refused, id)
        }
        Err(Refused::Type(takes)) => {
            call.count_outcome(CallOutcome::of_status(415)).await;
            let as_what = match takes {
                Transport::Lines => "lines of JSON",
                Transport::Files => "a form with files",
                _ => "JSON",
            };
            let message = format!("Send the body as {as_what}, with Content-Type: {}.", takes.media_type());
            error::plain(415, message, None, Vec::new(), id)
        }
    }
}

enum Refused {
    Error(Error),
    Type(Transport),
}

/// The call with its whole body, if that is within the limit and of the type that the route takes. Where a token is needed it is looked at
/// first, with what it may do where bodies are long: nobody's body is kept in memory before they are known.
async fn read(
    request: &HttpRequest,
    payload: web::Payload,
    call: &ApiCall,
    route: &Served,
    state: &Arc<State>,
) -> Result<ApiCall, Refused> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(call.clone());
    }
    admit(call, route, state).await.map_err(Refused::Error)?;
    if route.takes == Transport::Lines {
        if !route.takes.is_named(request.headers()) {
            return Err(Refused::Type(route.takes));
        }
        let upload = state.uploads.body(request, payload, call.caller(), upload::LIMIT).await.map_err(Refused::Error)?;
        return Ok(call.clone().with_arrived(Arrived::Whole(upload)));
    }
    if matches!(route.takes, Transport::Files | Transport::Bytes) {
        if !route.takes.is_named(request.headers()) {
            return Err(Refused::Type(route.takes));
        }
        return received(request, payload, call, route.takes).await.map_err(Refused::Error);
    }
    if route.takes == Transport::LongJson && is_long(request) {
        if !route.takes.is_named(request.headers()) {
            return Err(Refused::Type(route.takes));
        }
        let upload = state.uploads.body(request, payload, call.caller(), body::LONG_LIMIT).await.map_err(Refused::Error)?;
        return Ok(call.clone().with_arrived(Arrived::Whole(upload)));
    }
    let limit = if route.public { body::OPEN_LIMIT } else { body::LIMIT };
    let bytes = state.incoming.collect(request, payload, limit, call.caller()).await.map_err(Refused::Error)?;
    if bytes.is_empty() || route.takes.is_named(request.headers()) {
        Ok(call.clone().with_body(bytes))
    } else {
        Err(Refused::Type(route.takes))
    }
}

/// The call with files or a part of one, kept as they came.
async fn received(request: &HttpRequest, payload: web::Payload, call: &ApiCall, takes: Transport) -> Done<ApiCall> {
    let (state, sending, began) = (call.state(), call.clone(), call.state().store.now());
    let who: ActorSource = Arc::new(move |tx| sending.actor_since(tx, began));
    let sender = Sender { state, caller: call.caller(), at: call.project()?, who };
    let arrived = if takes == Transport::Files {
        Arrived::Files(receive::files(request, payload, sender).await?)
    } else {
        let which = (call.id("uploadId")?, call.param("part").parse().map_err(|_| Error::NotFound("part"))?);
        Arrived::Part(Box::new(receive::part(request, payload, sender, which).await?))
    };
    Ok(call.clone().with_arrived(arrived))
}

/// Whether a body is longer than those that are collected in memory, or does not say.
fn is_long(request: &HttpRequest) -> bool {
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    declared.is_none_or(|length| length > body::LIMIT)
}

/// Asks who calls, where a token is needed, and whether they may: whoever may not is told nothing of what they have sent.
async fn admit(call: &ApiCall, route: &Served, state: &Arc<State>) -> Result<(), Error> {
    if route.public {
        return Ok(());
    }
    let (caller, gate, is_read) = (call.clone(), route.gate.clone(), call.is_read());
    let ask = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        match gate.as_ref().map_or(Ok(()), |gate| gate(&caller, tx, &actor)) {
            // The gate of a read asks the same question, only shorter.
            Err(Error::Invalid(_)) if is_read => Ok(()),
            asked => asked,
        }
    };
    state.store.read(ask).await
}

/// Tells a missing route from a missing thing: the SDK's callers can only go by the words.
fn no_route(request: &HttpRequest, id: &str) -> HttpResponse {
    let path: String = request.path().chars().take(200).collect();
    let message = format!("There is no such route: {} {path}", request.method());
    error::plain(404, message, Some("no_route"), Vec::new(), id)
}
