//! Files at their addresses: `/files/{id}/{name}`, and with `?variant=` their smaller pictures. Whole or in part, with a strong tag, and so that
//! nothing of them runs. Whoever may see a file may see those, and nobody else.

use std::{
    net::IpAddr,
    sync::{Arc, OnceLock},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    web,
};

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        file::{
            blob::BlobPlace,
            file::{File, version},
            media_type,
            picture::variant::Variant,
            range::{self, RangeRequest},
        },
        id::{FileId, FileVersionId},
    },
    service::file::{
        link::{self, Pass},
        variant,
    },
    store::Tx,
};

use super::base::{
    client, etag,
    observed::{meter::RouteMeter, visitor::visited},
    state::State,
    transport::{file::download::disposition, outgoing::Holder, pieces::sized_pieces, room::Caller},
};

/// Nothing that is in a file runs, loads or frames anything.
const POLICY: &str =
    "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
/// Where files are; the name is for people: the id alone leads there.
pub const PATHS: [&str; 2] = ["/files/{id}", "/files/{id}/{name:.*}"];
/// Most bytes of a piece of an answer.
const PIECE: u64 = crate::domain::file::blob::PIECE as u64;

/// Seconds for which caches that many share keep a public file before they ask again.
const SHARED: u32 = 3_600;

/// Mounts `GET` and `HEAD /files/{id}/{name}`.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (shared, meter) = (state.clone(), state.meters.route("GET", "/files/{id}/{name}"));
    let handed_out = move |request: HttpRequest| hand_out(request, shared.clone(), meter.clone());
    for path in PATHS {
        config.service(web::resource(path).route(web::get().to(handed_out.clone())).route(web::head().to(handed_out.clone())));
    }
}

async fn hand_out(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    visited(&state, &request, Some(&meter), async |_| find(&request, &state, |_| true).await).await
}

/// The file of an address, if it is one that is to be found here.
pub(super) async fn find(request: &HttpRequest, state: &Arc<State>, is_here: impl FnOnce(&File) -> bool) -> Result<HttpResponse> {
    let (file, caller) = find_file(request, state).await?;
    if is_here(&file) { Ok(answer(request, state, file, caller)) } else { Err(Error::NotFound("file")) }
}

/// The file, if the caller may see it: by its being public, by a seal in its address, or by a token.
async fn find_file(request: &HttpRequest, state: &Arc<State>) -> Result<(File, Caller)> {
    let address = state.proxies.client(request);
    state.rate_limits.address(address)?;
    let id: FileId = request.match_info().get("id").unwrap_or_default().parse().map_err(|_| Error::NotFound("file"))?;
    let query = client::query(request)?;
    let of = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let sealed = of("seal").zip(of("until").and_then(|until| until.parse::<i64>().ok()));
    let (wanted, earlier) = (of("variant"), of("version"));
    let earlier: Option<FileVersionId> = earlier.map(|id| id.parse().map_err(|_| Error::NotFound("file"))).transpose()?;
    let (token, reading) = (client::bearer(request).map(|bearer| Token { bearer, address, counted: OnceLock::new() }), state.clone());
    let find = move |tx: &mut Tx<'_>| {
        let pass = sealed.as_ref().map_or(Pass::None, |(seal, until)| Pass::Seal(seal, *until));
        let mut known = None;
        let who = |tx: &mut Tx<'_>| -> Result<Option<Arc<Actor>>> {
            let actor = token.as_ref().map_or(Ok(None), |token| token.actor(tx, &reading))?;
            known = actor.as_ref().map(|actor| Caller::User(actor.id));
            Ok(actor)
        };
        let file = match earlier {
            Some(version) => link::follow_version(tx, (id, version), pass, who)?,
            None => link::follow(tx, id, pass, who)?,
        };
        let file = match &wanted {
            Some(word) if earlier.is_none() => {
                let wanted = Variant::from_word(word).ok_or(Error::NotFound("file"))?;
                variant::served(tx, file, wanted)?.ok_or(Error::NotFound("file"))?
            }
            _ => file,
        };
        // A backup without files was put back.
        if file.blob.place == BlobPlace::Nowhere {
            return Err(Error::NotFound("file"));
        }
        Ok((file, known))
    };
    let (file, known) = state.store.read(find).await?;
    Ok((file, known.unwrap_or_else(|| Caller::stranger(address))))
}

/// A token that came with a request.
struct Token {
    bearer: String,
    address: IpAddr,
    /// Whether its request was counted for its key, and whether that may have more.
    counted: OnceLock<Result<()>>,
}

impl Token {
    /// Who sends it; nobody where it is not good here, which tells nothing of the file.
    fn actor(&self, tx: &mut Tx<'_>, state: &State) -> Result<Option<Arc<Actor>>> {
        let actor = match state.tokens.authenticate(tx, &self.bearer, self.address) {
            Err(Error::Unauthenticated(_) | Error::Denied(_)) => return Ok(None),
            found => found?,
        };
        if let Some(key) = actor.key() {
            // A read may run twice; its request is one.
            self.counted.get_or_init(|| state.rate_limits.key(key).map(drop)).clone()?;
            if state.write_behind.usage.note(key.id, tx.now(), self.address) {
                state.store.wakers().usage.notify_one();
            }
        }
        Ok(Some(actor))
    }
}

fn answer(request: &HttpRequest, state: &Arc<State>, file: File, caller: Caller) -> HttpResponse {
    let tag = format!("\"{}\"", file.blob.hash);
    let size = file.blob.size;
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_NONE_MATCH).is_some_and(|tags| etag::names(tags, &file.blob.hash)) {
        return with_headers(request, HttpResponse::NotModified().finish(), &file, &tag);
    }
    // A part is good only with the other parts of the same bytes (RFC 9110 13.1.5). A date says too little of them.
    let same = text(header::IF_RANGE).is_none_or(|range| range == tag);
    let wanted = match text(header::RANGE) {
        Some(range) if same => range::parse(range, size),
        _ => RangeRequest::All,
    };
    let (status, first, last) = match wanted {
        RangeRequest::Nothing => return with_headers(request, not_in_range(size), &file, &tag),
        RangeRequest::Part(first, last) => (StatusCode::PARTIAL_CONTENT, first, last + 1),
        RangeRequest::All => (StatusCode::OK, 0, size),
    };
    let mut reply = HttpResponse::build(status);
    if status == StatusCode::PARTIAL_CONTENT {
        reply.insert_header((header::CONTENT_RANGE, format!("bytes {first}-{}/{size}", last - 1)));
    }
    // Each piece is a read of its own: a client that reads slowly keeps no snapshot, and so no log, from being moved.
    let (files, blob, mut at) = (state.files.clone(), file.blob.clone(), first);
    let next = move || {
        if at == last {
            return Ok(None);
        }
        let piece = files.read(&blob, at, (last - at).min(PIECE))?;
        at += piece.len() as u64;
        Ok(Some(piece))
    };
    let mut answer = reply.body(sized_pieces(last - first, state.clone(), caller, next));
    answer.extensions_mut().insert(Holder(caller));
    with_headers(request, answer, &file, &tag)
}

fn not_in_range(size: u64) -> HttpResponse {
    HttpResponse::RangeNotSatisfiable().insert_header((header::CONTENT_RANGE, format!("bytes */{size}"))).finish()
}

/// The answer with what is told of every file.
fn with_headers(request: &HttpRequest, mut answer: HttpResponse, file: &File, tag: &str) -> HttpResponse {
    let (kind, is_shown) = media_type::handed_out(&file.mime_type);
    let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("v="));
    let lasts = asked == Some(version(&file.blob.hash));
    let whose = if file.is_public { "public" } else { "private" };
    // Browsers keep what its reader has seen; caches that many share ask again after a while, since a file may become private.
    let kept = match (lasts, file.is_public) {
        (true, true) => format!("public, max-age=31536000, s-maxage={SHARED}, immutable"),
        (true, false) => "private, max-age=31536000, immutable".to_owned(),
        (false, _) => format!("{whose}, no-cache"),
    };
    let downloads = !is_shown || request.query_string().split('&').any(|pair| pair == "download" || pair == "download=1");
    let texts = [
        (header::ETAG, tag.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CACHE_CONTROL, kept),
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&file.filename, downloads)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    let headers = answer.headers_mut();
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
    // Pages of other sites, and previews, which have no origin, show what their readers may see.
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    if file.is_public {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    answer
}
