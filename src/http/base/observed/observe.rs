//! A request from its begin to its answer: it gets its number, is counted by its route, and has its line in the log if it is to have one.

use std::{
    net::IpAddr,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    http::Method,
    web::Bytes,
};

use crate::{
    domain::{
        self,
        access::Actor,
        id::{KeyId, UserId},
    },
    http::base::{
        error::{self, OCCUPIED, Refused},
        reply::{finish, request_id},
        state::State,
        transport::connections::Ticks,
    },
};

use super::meter::RouteMeter;

/// A request that takes so long is told of.
const SLOW: Duration = Duration::from_secs(1);

/// Answers a request: it begins, is answered, and ends. It is counted for this route; where it is found on the way, for that one.
pub async fn observed<'r>(
    state: &'r State,
    request: &HttpRequest,
    meter: Option<&'r RouteMeter>,
    answer: impl AsyncFnOnce(&mut Observed<'r>) -> domain::Result<HttpResponse>,
) -> HttpResponse {
    let mut observed = Observed::begin(state, request);
    observed.set_route(meter);
    let answer = answer(&mut observed).await.unwrap_or_else(|failure| error::answer(&failure, &observed.id));
    observed.end(answer)
}

/// A request that is being answered.
pub struct Observed<'r> {
    /// Its id in its answer and in the log.
    pub id: String,
    meter: &'r RouteMeter,
    state: &'r State,
    request: HttpRequest,
    caller: Option<Caller>,
    began: Duration,
}

/// Who asked.
#[derive(Debug, Clone, Copy)]
enum Caller {
    Key(KeyId),
    User(UserId),
}

impl<'r> Observed<'r> {
    /// It begins; it leads nowhere until its route is found.
    fn begin(state: &'r State, request: &HttpRequest) -> Self {
        let (id, began) = (request_id(state.started()), state.meters.now());
        Self { id, meter: state.meters.nowhere(), state, request: request.clone(), caller: None, began }
    }

    /// Its route is found, if there is one.
    pub fn set_route(&mut self, meter: Option<&'r RouteMeter>) {
        self.meter = meter.unwrap_or(self.meter);
    }

    /// It is known who asks.
    pub fn set_caller(&mut self, actor: Option<&Actor>) {
        self.caller = actor.map(|actor| actor.key().map_or(Caller::User(actor.id), |key| Caller::Key(key.id)));
    }

    /// It is answered.
    fn end(self, answer: HttpResponse) -> HttpResponse {
        let (status, took) = (answer.status().as_u16(), self.state.meters.now().saturating_sub(self.began));
        self.meter.count(status, took);
        let refused = if status >= 400 { answer.extensions().get().map(|Refused(word)| *word).or(Some("other")) } else { None };
        if let Some(reason) = refused {
            self.state.meters.count_refusal(reason);
        }
        let is_read = matches!(*self.request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        let is_told = self.state.log_all || !is_read || refused.is_some();
        finish(tell(answer, is_told, took, || self.line(status, refused)), &self.id)
    }

    fn line(&self, status: u16, reason: Option<&'static str>) -> Line {
        Line {
            method: self.request.method().clone(),
            route: self.meter.route.clone(),
            status,
            reason,
            caller: self.caller,
            address: self.state.proxies.client(&self.request),
            id: self.id.clone(),
            began: self.began,
            ticks: self.state.meters.ticks(),
        }
    }
}

/// Writes the line of an answer, now or once it has been read; if it is not to be told of anyway, only where it takes long.
fn tell(answer: HttpResponse, is_told: bool, took: Duration, line: impl FnOnce() -> Line) -> HttpResponse {
    match answer.body().size() {
        BodySize::Stream => {
            let line = line();
            answer.map_body(|_, body| BoxBody::new(MeasuredBody { body, line, bytes: 0, is_told }))
        }
        size if is_told || took >= SLOW => {
            let bytes = if let BodySize::Sized(bytes) = size { bytes } else { 0 };
            line().write(bytes, took);
            answer
        }
        _ => answer,
    }
}

/// The line of a request in the log.
struct Line {
    method: Method,
    route: String,
    status: u16,
    reason: Option<&'static str>,
    caller: Option<Caller>,
    address: IpAddr,
    id: String,
    began: Duration,
    ticks: Ticks,
}

impl Line {
    /// Writes it: so many bytes were answered, before they were compressed, in this time.
    fn write(&self, bytes: u64, took: Duration) {
        let Self { method, route, status, reason, caller, address, id, .. } = self;
        let (key, user) = match caller {
            Some(Caller::Key(key)) => (Some(tracing::field::display(key)), None),
            Some(Caller::User(user)) => (None, Some(tracing::field::display(user))),
            None => (None, None),
        };
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        // That others send files is no fault of the server.
        if *status >= 500 && *reason != Some(OCCUPIED) {
            tracing::error!(%method, %route, status, ms, bytes, key, user, %address, %id, reason, "request");
        } else {
            tracing::info!(%method, %route, status, ms, bytes, key, user, %address, %id, reason, "request");
        }
    }
}

/// An answer whose length is known only once it has been read: it is told of then.
struct MeasuredBody {
    body: BoxBody,
    line: Line,
    bytes: u64,
    is_told: bool,
}

impl MessageBody for MeasuredBody {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let next = Pin::new(&mut self.body).poll_next(cx);
        if let Poll::Ready(Some(Ok(piece))) = &next {
            self.bytes += piece.len() as u64;
        }
        next
    }
}

impl Drop for MeasuredBody {
    fn drop(&mut self) {
        let took = (self.line.ticks)().saturating_sub(self.line.began);
        if self.is_told || took >= SLOW {
            self.line.write(self.bytes, took);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{
            Arc, Mutex,
            atomic::{AtomicU64, Ordering},
        },
    };

    use actix_web::body::BodyStream;
    use futures_util::{FutureExt, stream};

    use super::*;

    /// A clock that is set by hand, and what was logged.
    #[derive(Clone, Default)]
    struct Scene {
        millis: Arc<AtomicU64>,
        log: Arc<Mutex<Vec<u8>>>,
    }

    impl io::Write for Scene {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.log.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Scene {
        /// What is logged when a read is answered with this after so many milliseconds, and its body is read, each piece in as many.
        fn logged(&self, answer: HttpResponse, millis: u64) -> String {
            let scene = self.clone();
            let log = tracing_subscriber::fmt().with_ansi(false).without_time().with_writer(move || scene.clone()).finish();
            tracing::subscriber::with_default(log, || {
                self.millis.store(millis, Ordering::SeqCst);
                let mut body = tell(answer, false, Duration::from_millis(millis), || self.line()).into_body();
                let mut next = || std::future::poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).now_or_never().flatten();
                while next().is_some() {
                    self.millis.fetch_add(millis, Ordering::SeqCst);
                }
            });
            String::from_utf8(self.log.lock().unwrap().split_off(0)).unwrap()
        }

        fn line(&self) -> Line {
            let millis = self.millis.clone();
            Line {
                method: Method::GET,
                route: "/api/pages".into(),
                status: 200,
                reason: None,
                caller: None,
                address: [192, 0, 2, 1].into(),
                id: "r-1".into(),
                began: Duration::ZERO,
                ticks: Arc::new(move || Duration::from_millis(millis.load(Ordering::SeqCst))),
            }
        }
    }

    /// An answer of which nobody knows the length beforehand.
    fn streamed() -> HttpResponse {
        let pieces = ["one", "two", "three"].map(|piece| Ok::<_, io::Error>(Bytes::from_static(piece.as_bytes())));
        HttpResponse::Ok().body(BodyStream::new(stream::iter(pieces)))
    }

    #[test]
    fn a_read_is_told_of_where_its_answer_took_a_second() {
        let scene = Scene::default();
        let answer = || HttpResponse::Ok().body("twelve bytes");
        assert_eq!(scene.logged(answer(), 999), "");
        let told = scene.logged(answer(), 1_000);
        assert!(told.contains("INFO") && told.contains("request method=GET route=/api/pages status=200 ms=1000 bytes=12"), "{told}");
        assert!(told.contains("address=192.0.2.1 id=r-1") && told.lines().count() == 1, "{told}");
    }

    #[test]
    fn a_read_is_told_of_where_whoever_reads_it_takes_a_second() {
        let scene = Scene::default();
        assert_eq!(scene.logged(streamed(), 249), "");
        let told = scene.logged(streamed(), 250);
        assert!(told.contains("status=200 ms=1000 bytes=11") && told.lines().count() == 1, "{told}");
    }
}
