//! What a visitor sends: read, judged, stored where it is good, and answered. What stores nothing is no write, and no page is drawn among the writes.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::header, web};

use crate::{
    domain::{
        Error, Result,
        form::{
            page::{AGAIN, LOCALE, SOLUTION, TOKEN, TRAP},
            sent::Sent,
        },
        id::ProjectId,
    },
    service::form::submit::{self, Open, SubmitOutcome, SubmitRequest},
    store::Tx,
};

use super::{
    super::base::{
        client, error,
        state::State,
        transport::{media::Transport, room::Caller},
    },
    attached::{self, Find, Received, wants_json},
    open,
    page::{draw_again, outcome_page, saying, words},
    page_change::change_page,
    post::{FormPost, Own, read_post},
    presentation::Presentation,
    requested_language,
    response::{self, share},
    which,
};

/// One post of a form, from its request to its answer.
struct Exchange<'r> {
    request: &'r HttpRequest,
    state: &'r Arc<State>,
    /// The number of the request.
    id: &'r str,
    /// How its form is found.
    find: Find,
    presentation: Presentation,
    /// Which of several pages it was sent from, from 0.
    step: usize,
    /// Whether it is answered as JSON.
    is_json: bool,
}

/// Takes a post of a form.
///
/// # Errors
/// Not found; rate-limited; those of the transport and of the store.
pub(super) async fn submit(
    request: &HttpRequest,
    payload: web::Payload,
    state: &Arc<State>,
    (host, id): (Option<ProjectId>, &str),
) -> Result<HttpResponse> {
    state.rate_limits.address(state.proxies.client(request))?;
    let (which, query) = (which(request, host)?, client::query(request)?);
    let (liked, presentation) = (requested_language(request, &query), Presentation::of(&query, &state.public_url));
    let find_in = |wanted: Option<String>| -> Find {
        let which = which.clone();
        Arc::new(move |tx| open(tx, &which, host, wanted.as_deref()))
    };
    let is_json = wants_json(request);
    let mut exchange = Exchange { request, state, id, find: find_in(liked.clone()), presentation, step: 0, is_json };
    let FormPost { sent, own, attached } = match read_post(request, payload, state, &exchange.find).await {
        Ok(Some(post)) => post,
        Ok(None) => {
            let message = "Send the answers as a form (application/x-www-form-urlencoded or multipart/form-data) or as JSON.";
            return Ok(error::plain(415, message.into(), None, Vec::new(), id));
        }
        Err(error) => return exchange.refuse(error, None).await,
    };
    exchange.find = find_in(own.get(LOCALE).map(str::to_owned).or(liked));
    exchange.step = own.step();
    let submitted = Arc::new(exchange.submit_request(sent, &own));
    if let Some(change) = own.page_change().filter(|_| !is_json)
        && let Some((status, document, open)) =
            change_page(state, exchange.find.clone(), (&submitted, &exchange.presentation), change).await?
    {
        return Ok(response::page(request, (status, &document), (&open, &exchange.presentation), false));
    }
    match exchange.decide(&submitted, attached.as_ref()).await {
        Ok((open, outcome)) => exchange.answer(open, outcome, submitted).await,
        Err(error) => exchange.refuse(error, Some(submitted)).await,
    }
}

impl Exchange<'_> {
    fn submit_request(&self, sent: Sent, own: &Own) -> SubmitRequest {
        let header = |name: &str| client::header_text(self.request, name).map(str::to_owned);
        let is_foreign = client::sender(self.request, &self.state.public_url) == client::Sender::Foreign;
        SubmitRequest {
            sent,
            token: own.get(TOKEN).map(str::to_owned),
            trap: own.get(TRAP).unwrap_or_default().to_owned(),
            solution: own.get(SOLUTION).map(str::to_owned),
            again: own.get(AGAIN).is_some(),
            origin: header(header::ORIGIN.as_str()).filter(|_| is_foreign),
            address: self.state.proxies.client(self.request),
            user_agent: header(header::USER_AGENT.as_str()),
            referer: header(header::REFERER.as_str()),
            post: self.state.post(),
        }
    }

    /// What becomes of it, and the form: told by a read where nothing is to be stored, else by one write, which judges once more.
    async fn decide(&self, submitted: &Arc<SubmitRequest>, attached: Option<&Received>) -> Result<(Arc<Open>, SubmitOutcome)> {
        let (store, find) = (&self.state.store, self.find.clone());
        let open = Arc::new(store.read(move |tx| find(tx)).await?);
        if attached.is_none() {
            // With files it was counted before they were read.
            self.state.rate_limits.submission(open.form.id, submitted.address)?;
        }
        let (looked, asked) = (open.clone(), submitted.clone());
        if let Some(outcome) = store.read(move |tx| submit::judge_without_storing(tx, &looked, &asked)).await? {
            return Ok((open, outcome));
        }
        let files = match attached {
            Some(received) => attached::keep(self.state, self.find.clone(), submitted, received).await?,
            None => Vec::new(),
        };
        let (find, asked) = (self.find.clone(), submitted.clone());
        let accept = move |tx: &mut Tx<'_>| {
            let open = find(tx)?;
            let outcome = submit::accept(tx, &open, &asked, &files)?;
            Ok((Arc::new(open), outcome))
        };
        store.write(accept).await
    }

    /// What is said of it.
    async fn answer(&self, open: Arc<Open>, outcome: SubmitOutcome, submitted: Arc<SubmitRequest>) -> Result<HttpResponse> {
        let is_stored = matches!(outcome, SubmitOutcome::Stored(_));
        let is_part = matches!(self.presentation, Presentation::Part(_));
        if self.is_json || (is_stored && !is_part) {
            let mut answer = if self.is_json { response::json(&outcome, &open, self.id) } else { self.to_thanks(&open) };
            share(self.request, &mut answer, &open);
            return Ok(answer);
        }
        let (asked, presentation, at, address) = (open.clone(), self.presentation.clone(), self.step, submitted.address);
        let draw = move |tx: &mut Tx<'_>| outcome_page(tx, &asked, (&presentation, at), &outcome, &submitted);
        let store = self.state.store.clone();
        let document = self.state.reading(Caller::stranger(address), move || store.read_now(draw)).await?;
        let status = if is_stored { 201 } else { 422 };
        Ok(response::page(self.request, (status, &document), (&open, &self.presentation), is_stored))
    }

    /// Leads to the page that thanks, which can be loaded again: nothing is sent twice.
    fn to_thanks(&self, open: &Open) -> HttpResponse {
        let to = self.presentation.thanks(open.form.id, &open.language);
        HttpResponse::SeeOther().insert_header((header::LOCATION, to)).insert_header((header::CACHE_CONTROL, "no-store")).finish()
    }

    /// Says to a person why nothing is taken, on a page with what they wrote if that was read; to a program it is the error.
    ///
    /// # Errors
    /// That one, where there is no page for it.
    async fn refuse(&self, error: Error, submitted: Option<Arc<SubmitRequest>>) -> Result<HttpResponse> {
        let has_page = Transport::Files.is_named(self.request.headers()) || matches!(error, Error::RateLimited(_));
        let Some((status, key, n)) = attached::refusal(&error).filter(|_| has_page && !self.is_json) else { return Err(error) };
        let (find, presentation, at) = (self.find.clone(), self.presentation.clone(), self.step);
        let draw = move |tx: &mut Tx<'_>| {
            let open = find(tx)?;
            let notice = words(&open).t(key).n("n", n).to_string();
            let document = match &submitted {
                Some(submitted) => draw_again(tx, &open, (&presentation, at), notice, submitted)?,
                None => saying(tx, &open, &presentation, &notice, &[])?,
            };
            Ok((open, document))
        };
        let (store, caller) = (self.state.store.clone(), Caller::stranger(self.state.proxies.client(self.request)));
        let (open, document) = self.state.reading(caller, move || store.read_now(draw)).await?;
        Ok(response::page(self.request, (status, &document), (&open, &self.presentation), false))
    }
}
