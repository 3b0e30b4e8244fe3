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
        access::Actor,
        id::{KeyId, UserId},
    },
    http::base::{
        error::Refused,
        reply::{finish, request_id},
        state::State,
        transport::connections::Ticks,
    },
};

use super::meter::RouteMeter;

/// A request that takes so long is told of.
const SLOW: Duration = Duration::from_secs(1);

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
    pub fn begin(state: &'r State, request: &HttpRequest) -> Self {
        let (id, began) = (request_id(state.started()), state.meters.now());
        Self { id, meter: state.meters.nowhere(), state, request: request.clone(), caller: None, began }
    }

    /// Its route is found, if there is one.
    pub fn found(&mut self, meter: Option<&'r RouteMeter>) {
        self.meter = meter.unwrap_or(self.meter);
    }

    /// It is known who asks.
    pub fn by(&mut self, actor: Option<&Actor>) {
        self.caller = actor.map(|actor| actor.key().map_or(Caller::User(actor.id), |key| Caller::Key(key.id)));
    }

    /// It is answered.
    pub fn end(self, answer: HttpResponse) -> HttpResponse {
        let (status, took) = (answer.status().as_u16(), self.state.meters.now().saturating_sub(self.began));
        self.meter.count(status, took);
        let refused = if status >= 400 { answer.extensions().get().map(|Refused(word)| *word).or(Some("other")) } else { None };
        if let Some(reason) = refused {
            self.state.meters.refused(reason);
        }
        let is_read = matches!(*self.request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        let is_told = self.state.log_all || !is_read || refused.is_some() || took >= SLOW;
        let answer = match answer.body().size() {
            BodySize::Stream => {
                let line = self.line(status, refused);
                answer.map_body(|_, body| BoxBody::new(Told { body, line, bytes: 0, is_told }))
            }
            size if is_told => {
                let bytes = if let BodySize::Sized(bytes) = size { bytes } else { 0 };
                self.line(status, refused).write(bytes, took);
                answer
            }
            _ => answer,
        };
        finish(answer, &self.id)
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
        if *status >= 500 {
            tracing::error!(%method, %route, status, ms, bytes, key, user, %address, %id, reason, "request");
        } else {
            tracing::info!(%method, %route, status, ms, bytes, key, user, %address, %id, reason, "request");
        }
    }
}

/// An answer whose length is known only once it has been read: it is told of then.
struct Told {
    body: BoxBody,
    line: Line,
    bytes: u64,
    is_told: bool,
}

impl MessageBody for Told {
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

impl Drop for Told {
    fn drop(&mut self) {
        let took = (self.line.ticks)().saturating_sub(self.line.began);
        if self.is_told || took >= SLOW {
            self.line.write(self.bytes, took);
        }
    }
}
