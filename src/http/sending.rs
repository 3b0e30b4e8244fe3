//! One file that comes in at an address of its own: `PUT /upload/{token}`, with its bytes as the body. The address is what lets it in.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};

use crate::{
    domain::{Result, file::file::File},
    service::{
        authorize::ActorSource,
        file::{file::Incoming, sending},
    },
};

use super::base::{
    observed::{meter::RouteMeter, observe::observed},
    reply::json,
    state::State,
    transport::{
        receive::{self, Sender},
        room::Caller,
    },
};

/// Where.
const PATH: &str = "/upload/{token}";

/// Mounts it; programs that know no other way send by `POST`.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (shared, meter) = (state.clone(), state.meters.route("PUT", PATH));
    let sent = move |request: HttpRequest, body: web::Payload| send(request, body, shared.clone(), meter.clone());
    config.service(web::resource(PATH).route(web::put().to(sent.clone())).route(web::post().to(sent)));
}

async fn send(request: HttpRequest, body: web::Payload, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |_| keep(&request, body, &state).await.and_then(|file| created(&file))).await
}

async fn keep(request: &HttpRequest, body: web::Payload, state: &Arc<State>) -> Result<File> {
    let address = state.proxies.client(request);
    state.rate_limits.address(address)?;
    let token: Arc<str> = request.match_info().get("token").unwrap_or_default().into();
    let asking = token.clone();
    let (actor, at) = state.store.read(move |tx| sending::authorize(tx, &asking)).await?;
    let asking = token.clone();
    let who: ActorSource = Arc::new(move |tx| sending::authorize(tx, &asking).map(|(actor, _)| actor));
    let sender = Sender { state, caller: Caller::User(actor.id), at, who };
    let staged = Arc::new(receive::whole(request, body, sender).await?);
    let kept = staged.clone();
    let made = state.store.write(move |tx| sending::end(tx, &token, &Incoming::from(&*kept))).await?;
    staged.mark_taken();
    Ok(made)
}

fn created(file: &File) -> Result<HttpResponse> {
    let reference = format!("file:{}", file.id);
    let told =
        serde_json::json!({ "reference": reference, "filename": file.filename, "mimeType": file.mime_type, "sizeBytes": file.blob.size });
    json(201, &told)
}
