//! A page as data: method, path, what it needs, and what runs; and what a handler may answer with.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use actix_web::{
    HttpResponse,
    cookie::Cookie,
    http::{Method, StatusCode, header},
};
use askama::Template;

use crate::{
    domain::{Error, Result, error::Faults},
    http::base::{compress::hold_secret, reply::blocking},
    service::form_token::ONCE,
    store::Tx,
};

use super::{
    form::{self, Form, RESUMED},
    request::{FLASH_COOKIE, PageRequest},
};

/// The answer to come.
pub type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse>>>>;

/// What runs when a page is asked for.
pub type Run = Arc<dyn Fn(Arc<PageRequest>) -> Answer + Send + Sync>;

/// Draws the page of a form, with what was typed if it was sent already.
type Show = Arc<dyn Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Send + Sync>;

/// What a form does among the writes.
type Act = Arc<dyn Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync>;

/// What has to be found out before that, in a read: what the form does then.
type Prepare = Arc<dyn Fn(&PageRequest, &mut Tx<'_>) -> Result<Act> + Send + Sync>;

/// What happens when a form is sent.
#[derive(Clone)]
enum Deed {
    Now(Act),
    Prepared(Prepare),
}

/// A page, or a form that is sent to it.
#[derive(Clone)]
pub struct Page {
    /// The method.
    pub method: Method,
    /// The path, with `{parameters}`.
    pub path: &'static str,
    /// Whether it is shown to those who are not signed in, too.
    pub open: bool,
    /// Whether the password must have been typed lately.
    pub fresh: bool,
    /// Whether it holds a secret.
    pub secret: bool,
    /// The page on which the form stands, where it is not sent to its own address: the beginning of `path` that answers GET.
    pub shown_at: Option<&'static str>,
    /// What a button does that is a form of its own: the end of the key of its words.
    pub does: Option<&'static str>,
    /// What runs.
    pub run: Run,
}

/// How a form that was accepted is answered.
#[derive(Debug)]
pub enum Done {
    /// By the next page.
    See(String),
    /// By the next page, which says this first.
    Say(String, String),
    /// The same, with a button that takes it back: the address that restores.
    Undo(String, String, String),
    /// By a page that asks whether it is meant; nothing was written.
    Ask(Drawing),
    /// By a page that is shown this once. A reload would send the form again, so only a [`form_once`] may say this.
    Once(Drawing),
}

/// A page whose data were found among the writes. It is drawn when these are over, so that none waits for it.
pub struct Drawing(Box<dyn FnOnce() -> Result<String> + Send>);

impl Drawing {
    /// The page of a template.
    pub fn of(template: impl Template + Send + 'static) -> Self {
        Self(Box::new(move || render(&template)))
    }
}

impl fmt::Debug for Drawing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Drawing")
    }
}

impl Page {
    const fn new(method: Method, path: &'static str, run: Run) -> Self {
        Self { method, path, open: false, fresh: false, secret: false, shown_at: None, does: None, run }
    }

    /// For everybody.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// Holds a secret.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Asks for the password if it was not typed lately.
    #[must_use]
    pub const fn fresh(mut self) -> Self {
        self.fresh = true;
        self
    }

    /// Says on which page a form stands that is sent to an address of its own. Its answers, which may be that page again,
    /// lead on from there: nobody can go to an address that only takes forms.
    #[must_use]
    pub const fn shown_at(mut self, path: &'static str) -> Self {
        self.shown_at = Some(path);
        self
    }

    /// Says what its button does. Where nothing was typed, nothing can be shown again: whoever has to sign in first then gets
    /// this one button.
    #[must_use]
    pub const fn does(mut self, words: &'static str) -> Self {
        self.does = Some(words);
        self
    }
}

/// A page that is read, and drawn off the workers: it may look at many rows.
pub fn get(path: &'static str, show: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<String> + Send + Sync + 'static) -> Page {
    let show = Arc::new(show);
    let run: Run = Arc::new(move |request| {
        let show = show.clone();
        Box::pin(async move {
            let text = read(&request, move |request, tx| show(request, tx)).await?;
            Ok(html(200, text))
        })
    });
    Page::new(Method::GET, path, run)
}

/// Reads, and draws what was read, off the workers.
///
/// # Errors
/// Those of `work`.
pub async fn read<T: Send + 'static>(
    request: &Arc<PageRequest>,
    work: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let reading = request.clone();
    request.state.reading(request.whose(), move || reading.state.store.read(|tx| work(&reading, tx))).await
}

/// A form that is sent: one operation in one transaction. When it is refused for what was typed, or because somebody else was
/// faster, `show` draws the page again with it. So it does with a form that had to wait until its person signed in: nothing is
/// done that they do not see before them.
pub fn post(
    path: &'static str,
    show: impl Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Send + Sync + 'static,
    act: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync + 'static,
) -> Page {
    sent(path, Arc::new(show), Deed::Now(Arc::new(act)), None)
}

fn sent(path: &'static str, show: Show, deed: Deed, over: Option<Act>) -> Page {
    let run: Run = Arc::new(move |request| Box::pin(answer(request, show.clone(), deed.clone(), over.clone())));
    Page::new(Method::POST, path, run)
}

async fn answer(request: Arc<PageRequest>, show: Show, deed: Deed, over: Option<Act>) -> Result<HttpResponse> {
    if request.form.ticked(RESUMED) {
        return again(&request, show, 200, &form::resumed()).await;
    }
    let done = match over {
        Some(over) => write_once(&request, deed, over).await,
        None => write(&request, deed).await,
    };
    let refused = match done {
        Ok(done) => return finish(&request, done).await,
        Err(refused) => refused,
    };
    let status = if matches!(refused, Error::Stale) { 412 } else { 422 };
    let faults = form::faults(&refused).ok_or(refused)?;
    again(&request, show, status, &faults).await
}

/// Draws the page with what was typed.
async fn again(request: &Arc<PageRequest>, show: Show, status: u16, faults: &Faults) -> Result<HttpResponse> {
    let typed = request.form.again(faults);
    let text = read(request, move |request, tx| show(request, tx, Some(&typed))).await?;
    Ok(html(status, text))
}

/// Only the decision and its rows take their turn among the writes; what can be done before and after is.
async fn write(request: &Arc<PageRequest>, deed: Deed) -> Result<Done> {
    let act = match deed {
        Deed::Now(act) => act,
        Deed::Prepared(prepare) => read(request, move |request, tx| prepare(request, tx)).await?,
    };
    let writing = request.clone();
    request.state.store.write(move |tx| writing.confirm_alive(tx).and_then(|()| act(&writing, tx))).await
}

/// The write of a form that is good once. Its number is spent before and settled after, not inside: there it may run again, and
/// be undone.
async fn write_once(request: &Arc<PageRequest>, deed: Deed, over: Act) -> Result<Done> {
    let once = &request.state.once;
    let Some(spent) = once.spend(request.actor()?.id, request.form.text(ONCE))? else {
        return read(request, move |request, tx| request.confirm_alive(tx).and_then(|()| over(request, tx))).await;
    };
    let done = write(request, deed).await;
    if done.is_ok() {
        once.close(&spent);
    } else {
        once.reopen(&spent);
    }
    done
}

/// A form with its page: shown at first, sent, and shown again with its faults.
pub fn form<S>(path: &'static str, show: S, act: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync + 'static) -> [Page; 2]
where
    S: Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Clone + Send + Sync + 'static,
{
    let first = show.clone();
    [get(path, move |request, tx| first(request, tx, None)), post(path, show, act)]
}

/// The same with a form whose check is long: `prepare` has all that can be known before its turn among the writes.
pub fn form_prepared<S, P>(
    path: &'static str,
    show: S,
    prepare: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<P> + Send + Sync + 'static,
    act: impl Fn(&PageRequest, &mut Tx<'_>, &P) -> Result<Done> + Send + Sync + 'static,
) -> [Page; 2]
where
    S: Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Clone + Send + Sync + 'static,
    P: Send + Sync + 'static,
{
    let (first, act) = (show.clone(), Arc::new(act));
    let prepare: Prepare = Arc::new(move |request, tx| {
        let (prepared, act) = (prepare(request, tx)?, act.clone());
        Ok(Arc::new(move |request: &PageRequest, tx: &mut Tx<'_>| act(request, tx, &prepared)))
    });
    [get(path, move |request, tx| first(request, tx, None)), sent(path, Arc::new(show), Deed::Prepared(prepare), None)]
}

/// The same with a form that has its effect once only; when it comes again after that, `over` answers it.
pub fn form_once<S>(
    path: &'static str,
    show: S,
    act: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync + 'static,
    over: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync + 'static,
) -> [Page; 2]
where
    S: Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Clone + Send + Sync + 'static,
{
    let first = show.clone();
    [get(path, move |request, tx| first(request, tx, None)), sent(path, Arc::new(show), Deed::Now(Arc::new(act)), Some(Arc::new(over)))]
}

/// A page with a handler of its own, for what must not run among the writes.
pub fn custom<F, A>(method: Method, path: &'static str, handler: F) -> Page
where
    F: Fn(Arc<PageRequest>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<HttpResponse>> + 'static,
{
    Page::new(method, path, Arc::new(move |request| Box::pin(handler(request))))
}

/// The answer to a form that was accepted.
///
/// # Errors
/// Internal, when its page cannot be drawn.
pub async fn finish(request: &PageRequest, done: Done) -> Result<HttpResponse> {
    Ok(match done {
        Done::See(to) => see(&to),
        Done::Say(to, words) => flash(request, &to, &words),
        Done::Undo(to, words, restore) => flash(request, &to, &format!("{words}\n{restore}")),
        Done::Ask(page) => html(200, blocking(page.0).await?),
        Done::Once(page) => {
            let mut answer = html(200, blocking(page.0).await?);
            hold_secret(&mut answer);
            answer
        }
    })
}

/// Leads to a page that says this first.
fn flash(request: &PageRequest, to: &str, words: &str) -> HttpResponse {
    let mut answer = see(to);
    // Its text is shown as text, so nothing in it can do harm; it lives for one page.
    put(&mut answer, &request.cookie(FLASH_COOKIE, super::request::encode(words)));
    answer
}

/// Whether an address restores something: no other may stand behind the button of a message, whoever wrote the cookie.
pub fn is_restore(to: &str) -> bool {
    to.starts_with("/o/") && to.ends_with("/restore") && super::page::local(to) == to
}

/// Leads to another page (RFC 9110 15.4.4), so that a reload repeats nothing.
pub fn see(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.to_owned())).finish()
}

/// Adds a cookie to an answer.
pub fn put(answer: &mut HttpResponse, cookie: &Cookie<'_>) {
    if let Ok(value) = header::HeaderValue::from_str(&cookie.to_string()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A page of HTML.
pub fn html(status: u16, text: String) -> HttpResponse {
    HttpResponse::build(StatusCode::from_u16(status).unwrap_or_default()).content_type("text/html; charset=utf-8").body(text)
}

/// Renders a template.
///
/// # Errors
/// Internal, when the template fails.
pub fn render(template: &impl Template) -> Result<String> {
    template.render().map_err(|error| Error::Internal(error.to_string()))
}

/// An address of this instance, or the start page: a link must not lead elsewhere after signing in.
pub fn local(next: &str) -> &str {
    // Browsers drop tabs and line ends from an address before they read it, and take \ for /.
    let is_local = next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if is_local { next } else { "/" }
}
