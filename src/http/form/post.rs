//! What comes from a visitor, in each of the ways in which it may.

use std::sync::Arc;

use actix_web::{HttpRequest, web};
use serde_json::{Map, Value};

use crate::{
    domain::{
        Result,
        form::{
            page::{GO, OWN, STEP},
            sent::Sent,
        },
    },
    http::base::{
        body,
        state::State,
        transport::{media::Transport, room::Caller},
    },
};

use super::{
    attached::{self, Find, Received},
    page_change::PageChange,
};

/// Most bytes of what is sent without files.
const LIMIT: usize = 256 * 1024;

/// What came.
pub(super) struct FormPost {
    /// The answers.
    pub sent: Sent,
    /// The fields that are ours.
    pub own: Own,
    /// The files beside the answers, if it could have some.
    pub attached: Option<Received>,
}

/// The fields that are ours.
pub(super) struct Own(Vec<(String, String)>);

impl Own {
    /// The value of one: of several the first that is not empty, so that none hides another.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Which of several pages it was sent from, from 0.
    pub(super) fn step(&self) -> usize {
        self.get(STEP).and_then(|number| number.parse::<usize>().ok()).unwrap_or(1).saturating_sub(1)
    }

    /// To which page the pressed button leads; none for the one that sends.
    pub(super) fn page_change(&self) -> Option<PageChange> {
        PageChange::of(self.step(), self.get(GO)?)
    }
}

/// Reads it; none for what is no form.
///
/// # Errors
/// Those of the transport; with files, those of [`attached::receive`].
pub(super) async fn read_post(request: &HttpRequest, payload: web::Payload, state: &Arc<State>, find: &Find) -> Result<Option<FormPost>> {
    if !Transport::Files.is_named(request.headers()) {
        let bytes = state.incoming.collect(request, payload, LIMIT, Caller::stranger(state.proxies.client(request))).await?;
        return read(request, &bytes);
    }
    let mut received = attached::receive(request, payload, state, find.clone()).await?;
    let (own, rest) = parted(std::mem::take(&mut received.came.fields));
    Ok(Some(FormPost { sent: received.to_sent(rest), own, attached: Some(received) }))
}

fn read(request: &HttpRequest, bytes: &[u8]) -> Result<Option<FormPost>> {
    if Transport::Form.is_named(request.headers()) {
        let text = String::from_utf8_lossy(bytes);
        let pairs = web::Query::<Vec<(String, String)>>::from_query(&text).map(web::Query::into_inner).unwrap_or_default();
        let (own, rest) = parted(pairs);
        return Ok(Some(FormPost { sent: Sent::of_pairs(rest), own, attached: None }));
    }
    if !Transport::Json.is_named(request.headers()) {
        return Ok(None);
    }
    let (mut own, mut rest) = (Vec::new(), Map::new());
    for (name, value) in body::json::<Map<String, Value>>(bytes)? {
        match value {
            Value::String(text) if name.starts_with(OWN) => own.push((name, text)),
            value => drop(rest.insert(name, value)),
        }
    }
    Ok(Some(FormPost { sent: Sent::of_json(rest), own: Own(own), attached: None }))
}

/// What is ours, and the rest.
fn parted(fields: Vec<(String, String)>) -> (Own, Vec<(String, String)>) {
    let (own, rest) = fields.into_iter().partition(|(name, _)| name.starts_with(OWN));
    (Own(own), rest)
}
