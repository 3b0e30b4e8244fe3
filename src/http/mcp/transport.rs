//! The protocol over HTTP: stateless, in both of its eras. The library speaks it; the caller comes along as an extension of the request.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    web,
};
use http_body_util::Full;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ErrorCode, GetPromptRequestParams, GetPromptResponse, GetPromptResult,
        Implementation, ListPromptsResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams,
        ReadResourceResponse, ReadResourceResult, ServerCapabilities, ServerConfig,
    },
    service::RequestContext,
    transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    domain::{self, Error, key::calls::CallOutcome},
    http::base::{
        bearer::{call::ApiCall, respond::respond},
        body, client, cors, error,
        observed::{meter::RouteMeter, observe::observed},
        router::Params,
        state::State,
    },
    store::Tx,
};

use super::{
    admission,
    base::{caller::Caller, refusal::Refusal},
    dispatch::{self, dispatch},
};

/// The path.
const PATH: &str = "/mcp";

/// What a client is told of the server before it calls a tool. The first 512 characters say enough by themselves.
const INSTRUCTIONS: &str = include_str!("instructions.txt");

type Service = StreamableHttpService<Handler, NeverSessionManager>;

/// Mounts `POST /mcp`.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>, origins: &[String]) {
    let options = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        // `admission` has looked at both.
        .disable_allowed_hosts()
        .disable_allowed_origins()
        .with_max_request_body_bytes(body::LIMIT);
    let service = Arc::new(Service::new(|| Ok(Handler), Arc::default(), options));
    let named: Arc<[String]> = origins.into();
    let meters = ["POST", "GET"].map(|method| state.meters.route(method, PATH));
    let shared = state.clone();
    let handler = move |request: HttpRequest, payload: web::Payload| {
        let [post, get] = &meters;
        let meter = if request.method() == "POST" { post } else { get };
        handle(request, payload, shared.clone(), (named.clone(), service.clone(), meter.clone()))
    };
    config.service(web::resource(PATH).default_service(web::to(handler)).wrap(cors::allow(origins)));
}

async fn handle(
    request: HttpRequest,
    payload: web::Payload,
    state: Arc<State>,
    (origins, service, meter): (Arc<[String]>, Arc<Service>, Arc<RouteMeter>),
) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |observed| {
        if let Err(unwelcome) = admission::check(&request, &state.public_url, &origins, state.proxies.forwards(&request)) {
            return Ok(error::plain(403, unwelcome.sentence().to_owned(), Some("not_welcome"), Vec::new(), &observed.id));
        }
        let call = ApiCall::new(&request, Params::default(), &state, true).map(ApiCall::taking_keys);
        respond(observed, call, async |call, id| authenticate(&request, payload, call, (&service, id)).await).await
    })
    .await
}

/// Whoever is nobody is told so with 401 and why, also before a method that is not there: a client that looks for a stream learns that its key
/// is dead. What else is refused to somebody is told by what they call.
async fn authenticate(
    request: &HttpRequest,
    payload: web::Payload,
    call: &ApiCall,
    (service, id): (&Service, &str),
) -> domain::Result<HttpResponse> {
    let asking = call.clone();
    let entered = call.state().store.read(move |tx: &mut Tx<'_>| asking.actor(tx)).await;
    let refused = match entered {
        Ok(_) => None,
        Err(refused @ (Error::Denied(_) | Error::RateLimited(_))) => Some(refused),
        Err(other) => {
            call.count_outcome(CallOutcome::from(&other)).await;
            return Err(other);
        }
    };
    if request.method() != "POST" {
        return Ok(error::not_allowed(request.method(), "POST", id));
    }
    let body = call.state().incoming.collect(request, payload, body::LIMIT, call.caller()).await?;
    call.count_outcome(refused.as_ref().map_or(CallOutcome::of_status(200), CallOutcome::from)).await;
    let caller = Caller::new(call.clone(), &client::user_agent(request), refused);
    let forwarded = forwarded(request, body, caller).map_err(Error::Internal)?;
    Ok(passed_back(service.handle(forwarded).await).await)
}

/// The request as the library takes it. Who sent it needs no `Authorization` any more.
fn forwarded(request: &HttpRequest, body: web::Bytes, caller: Caller) -> Result<http::Request<Full<web::Bytes>>, String> {
    let mut built = http::Request::builder().method("POST").uri(PATH);
    for (name, value) in request.headers().iter().filter(|(name, _)| *name != header::AUTHORIZATION) {
        built = built.header(name.as_str(), value.as_bytes());
    }
    built.extension(caller).body(Full::new(body)).map_err(|error| error.to_string())
}

async fn passed_back<B>(answer: http::Response<B>) -> HttpResponse
where
    B: http_body_util::BodyExt<Data = web::Bytes, Error = std::convert::Infallible>,
{
    let (head, body) = answer.into_parts();
    let status = StatusCode::from_u16(head.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut back = HttpResponse::build(status);
    for (name, value) in &head.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_str().as_bytes()), HeaderValue::from_bytes(value.as_bytes())) {
            back.insert_header((name, value));
        }
    }
    let Ok(whole) = body.collect().await;
    let mut back = back.body(whole.to_bytes());
    if status.as_u16() >= 400 {
        error::mark(&mut back, error::word_of(status.as_u16()));
    }
    back
}

/// The methods of the protocol, each handed to [`dispatch`].
#[derive(Clone)]
struct Handler;

impl Handler {
    async fn ask<P: Serialize, R: DeserializeOwned>(
        method: &str,
        params: &P,
        context: &RequestContext<RoleServer>,
    ) -> Result<R, ErrorData> {
        let broken = |error: serde_json::Error| ErrorData::internal_error(error.to_string(), None);
        let parts = context.extensions.get::<http::request::Parts>();
        let caller = parts.and_then(|parts| parts.extensions.get::<Caller>()).cloned();
        let caller = caller.ok_or_else(|| ErrorData::internal_error("nobody is known to call", None))?;
        let caller = match context.meta.client_info() {
            Some(client) => caller.with_client(&client.name, &client.version),
            None => caller,
        };
        let params = serde_json::to_value(params).map_err(broken)?;
        let answer: Value =
            dispatch(&caller, method, params).await.map_err(|Refusal { code, message }| ErrorData::new(ErrorCode(code), message, None))?;
        serde_json::from_value(answer).map_err(broken)
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_prompts().enable_resources().enable_tools().build();
        let server = Implementation::new("stele", env!("CARGO_PKG_VERSION")).with_title("Stele");
        ServerConfig::new(capabilities).with_server_info(server).with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        params: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Self::ask(dispatch::LIST_TOOLS, &params, &context).await
    }

    async fn call_tool(&self, params: CallToolRequestParams, context: RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
        let answer: CallToolResult = Self::ask(dispatch::CALL_TOOL, &params, &context).await?;
        Ok(CallToolResponse::from(answer))
    }

    async fn list_resources(
        &self,
        params: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Self::ask(dispatch::LIST_RESOURCES, &params, &context).await
    }

    async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let answer: ReadResourceResult = Self::ask(dispatch::READ_RESOURCE, &params, &context).await?;
        Ok(ReadResourceResponse::from(answer))
    }

    async fn list_prompts(
        &self,
        params: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Self::ask(dispatch::LIST_PROMPTS, &params, &context).await
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let answer: GetPromptResult = Self::ask(dispatch::GET_PROMPT, &params, &context).await?;
        Ok(GetPromptResponse::from(answer))
    }
}
