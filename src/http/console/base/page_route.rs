//! A page as data: method, path, what it needs, and what runs.

use std::{ops::ControlFlow, pin::Pin, sync::Arc};

use actix_web::{HttpResponse, http::Method};

use crate::{
    domain::{
        Error, Result,
        access::{Passed, Permission},
    },
    http::base::reply::PendingResponse,
    service::{
        authorize,
        form_token::{self, FORM_TOKEN},
    },
    store::Tx,
};

use super::{
    done::{Done, Refused, finish},
    form::{self, Form, RESUMED},
    request::PageRequest,
    response::html,
};

/// Where the pages of projects begin.
const IN_PROJECT: &str = "/o/{org}/p/{project}";

/// What runs when a page is asked for.
pub type Run = Arc<dyn Fn(Arc<PageRequest>) -> PendingResponse + Send + Sync>;

/// Draws the page of a form, with what was typed if it was sent already.
type Show = Arc<dyn Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Send + Sync>;

/// What a form does among the writes.
type Act = Arc<dyn Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync>;

/// What has to be found out before that, in a read: what the form does then.
type Prepare = Arc<dyn Fn(&PageRequest, &mut Tx<'_>) -> Result<Act> + Send + Sync>;

/// What a form does in several writes, one after the other.
type Steps = Arc<dyn Fn(Arc<PageRequest>) -> Pin<Box<dyn Future<Output = Result<Done>>>> + Send + Sync>;

/// The answer to a form that comes again after it had its effect.
type Over = Arc<dyn Fn(&PageRequest) -> Result<Done> + Send + Sync>;

/// What happens when a form is sent.
#[derive(Clone)]
enum Action {
    /// This.
    Now(Act),
    /// What was found out before.
    Prepared(Prepare),
    /// One write after the other.
    Steps(Steps),
    /// The same, once; then it is answered so.
    Once(Prepare, Over),
}

/// How what is sent to a page comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// As fields.
    Form,
    /// As fields and one file, which is kept beside the database while the page reads it.
    File,
    /// As fields and files that are kept in the project.
    Files,
    /// As a part of a long upload: the path says which.
    Part,
}

/// A page, or a form that is sent to it.
#[derive(Clone)]
pub struct PageRoute {
    /// The method.
    pub method: Method,
    /// The path, with `{parameters}`.
    pub path: &'static str,
    /// Whether it is shown to those who are not signed in, too.
    pub open: bool,
    /// What one must be allowed to do where its path leads, if not everybody there may use it.
    pub needs: Option<Permission>,
    /// Whether the password must have been typed lately.
    pub fresh: bool,
    /// Whether it holds a secret.
    pub secret: bool,
    /// The page on which the form stands, where it is not sent to its own address: the beginning of `path` that answers GET.
    pub shown_at: Option<&'static str>,
    /// What a button does that is a form of its own: the end of the key of its words.
    pub does: Option<&'static str>,
    /// How what is sent to it comes; files are read only of those who may send them.
    pub takes: Takes,
    /// What runs.
    pub run: Run,
}

impl PageRoute {
    const fn new(method: Method, path: &'static str, run: Run) -> Self {
        Self { method, path, open: false, needs: None, fresh: false, secret: false, shown_at: None, does: None, takes: Takes::Form, run }
    }

    /// For everybody.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// Is for those who may do this in the app, the project or the organization of its path. It is asked before all else: whoever
    /// may not is told nothing of what they typed, nor of what they typed it for.
    #[must_use]
    pub const fn needs(mut self, permission: Permission) -> Self {
        self.needs = Some(permission);
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

    /// Takes what comes so.
    #[must_use]
    pub const fn takes(mut self, takes: Takes) -> Self {
        self.takes = takes;
        self
    }

    /// Asks the gate of the place that the path leads to, if not everybody there may use this.
    ///
    /// # Errors
    /// Not found, denied, unauthenticated.
    pub async fn admit(&self, request: &PageRequest) -> Result<()> {
        let Some(permission) = self.needs else { return Ok(()) };
        let (org, project, app) = if permission.is_of_operators() {
            (None, None, None)
        } else if self.path.contains("{app}") {
            request.app().map(|(org, project, app)| (Some(org), Some(project), Some(app)))?
        } else if self.path.starts_with(IN_PROJECT) {
            request.project().map(|(org, project)| (Some(org), Some(project), None))?
        } else {
            (Some(request.org()?), None, None)
        };
        let (actor, gate) = (request.actor()?.clone(), Passed { permission, org, project, app });
        request.state.store.read(move |tx| authorize::again(tx, &actor, &gate)).await
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
pub fn get(path: &'static str, show: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<String> + Send + Sync + 'static) -> PageRoute {
    let show = Arc::new(show);
    let run: Run = Arc::new(move |request| {
        let show = show.clone();
        Box::pin(async move {
            let text = read(&request, move |request, tx| show(request, tx)).await?;
            Ok(html(200, text))
        })
    });
    PageRoute::new(Method::GET, path, run)
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
    request.state.reading(request.caller(), move || reading.state.store.read_now(|tx| work(&reading, tx))).await
}

/// A form that is sent: one operation in one transaction. When it is refused for what was typed, or because somebody else was
/// faster, `show` draws the page again with it. So it does with a form that had to wait until its person signed in: nothing is
/// done that they do not see before them.
pub fn post(
    path: &'static str,
    show: impl Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Send + Sync + 'static,
    act: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync + 'static,
) -> PageRoute {
    form_route(path, Arc::new(show), Action::Now(Arc::new(act)))
}

fn form_route(path: &'static str, show: Show, action: Action) -> PageRoute {
    let run: Run = Arc::new(move |request| Box::pin(answer(request, show.clone(), action.clone())));
    PageRoute::new(Method::POST, path, run)
}

async fn answer(request: Arc<PageRequest>, show: Show, action: Action) -> Result<HttpResponse> {
    if request.form.ticked(RESUMED) {
        let typed = request.form.again(&form::resumed());
        return Ok(html(200, read_sent(&request, move |request, tx| show(request, tx, Some(&typed))).await?));
    }
    match write(&request, action).await {
        Ok(done) => finish(&request, done).await,
        Err(why) => again(&request, why, move |request, tx, typed| show(request, tx, Some(typed))).await,
    }
}

/// Draws the page of a form that was refused again.
///
/// # Errors
/// Why it was refused, where nothing that is typed helps; those of `show`.
pub async fn again(
    request: &Arc<PageRequest>,
    why: Error,
    show: impl Fn(&PageRequest, &mut Tx<'_>, &Form) -> Result<String> + Send + 'static,
) -> Result<HttpResponse> {
    let refused = Refused::of(request, why)?;
    let typed = refused.form.clone();
    let text = read_sent(request, move |request, tx| show(request, tx, &typed)).await?;
    Ok(refused.answer(text))
}

/// Reads for a form that was sent. Who sent it is known from before its body came, which may have taken its time: whether the session is
/// there still is asked in the same snapshot.
async fn read_sent<T: Send + 'static>(
    request: &Arc<PageRequest>,
    work: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    read(request, move |request, tx| request.confirm_alive(tx).and_then(|()| work(request, tx))).await
}

/// Only the decision and its rows take their turn among the writes; what can be done before and after is.
async fn write(request: &Arc<PageRequest>, action: Action) -> Result<Done> {
    let act = match action {
        Action::Now(act) => act,
        Action::Prepared(prepare) => read_sent(request, move |request, tx| prepare(request, tx)).await?,
        Action::Steps(steps) => return steps(request.clone()).await,
        Action::Once(prepare, over) => return write_once(request, prepare, over).await,
    };
    let writing = request.clone();
    request.write(move |tx| act(&writing, tx)).await
}

/// The write of a form that is good once: its token is spent in the same transaction, after its effect, so that what is refused has
/// written nothing.
async fn write_once(request: &Arc<PageRequest>, prepare: Prepare, over: Over) -> Result<Done> {
    let unless_used = move |request: &PageRequest, tx: &mut Tx<'_>| {
        let is_used = form_token::is_used(tx, request.actor()?, request.form.text(FORM_TOKEN))?;
        (!is_used).then(|| prepare(request, tx)).transpose()
    };
    let mut done = None;
    if let Some(act) = read_sent(request, unless_used).await? {
        let writing = request.clone();
        let spend = move |tx: &mut Tx<'_>| {
            if form_token::is_used(tx, writing.actor()?, writing.form.text(FORM_TOKEN))? {
                return Ok(None);
            }
            let done = act(&writing, tx)?;
            // Where many write at once, another may have been faster by a moment: what is undone is found used when it comes again.
            let is_first = form_token::spend(tx, writing.actor()?, writing.form.text(FORM_TOKEN))?;
            if is_first { Ok(Some(done)) } else { Err(Error::Busy("the same form was sent at this moment".into())) }
        };
        done = request.write(spend).await?;
    }
    match done {
        Some(done) => Ok(done),
        None => read_sent(request, move |request, _| over(request)).await,
    }
}

/// A form with its page: shown at first, sent, and shown again with its faults.
pub fn form<S>(
    path: &'static str,
    show: S,
    act: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<Done> + Send + Sync + 'static,
) -> [PageRoute; 2]
where
    S: Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Clone + Send + Sync + 'static,
{
    let first = show.clone();
    [get(path, move |request, tx| first(request, tx, None)), post(path, show, act)]
}

/// What a form does that was prepared by a read.
fn prepared<P: Send + Sync + 'static>(
    prepare: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<P> + Send + Sync + 'static,
    act: impl Fn(&PageRequest, &mut Tx<'_>, &P) -> Result<Done> + Send + Sync + 'static,
) -> Prepare {
    let act = Arc::new(act);
    Arc::new(move |request, tx| {
        let (prepared, act) = (prepare(request, tx)?, act.clone());
        Ok(Arc::new(move |request: &PageRequest, tx: &mut Tx<'_>| act(request, tx, &prepared)))
    })
}

/// The same with a form whose check is long, or whose answer shows more than what it wrote: `prepare` has all that can be known
/// before its turn among the writes.
pub fn form_prepared<S, P>(
    path: &'static str,
    show: S,
    prepare: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<P> + Send + Sync + 'static,
    act: impl Fn(&PageRequest, &mut Tx<'_>, &P) -> Result<Done> + Send + Sync + 'static,
) -> [PageRoute; 2]
where
    S: Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Clone + Send + Sync + 'static,
    P: Send + Sync + 'static,
{
    let first = show.clone();
    [get(path, move |request, tx| first(request, tx, None)), form_route(path, Arc::new(show), Action::Prepared(prepared(prepare, act)))]
}

/// The same with a form that changes so much that no write may wait for all of it: `begin` reads where the first step begins, `act` does one step, from
/// where the one before has ended, until it says that all is done. What was done stays, also when a later step is refused.
pub fn form_stepped<S, P>(
    path: &'static str,
    show: S,
    begin: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<P> + Send + Sync + 'static,
    act: impl Fn(&PageRequest, &mut Tx<'_>, &P) -> Result<ControlFlow<Done, P>> + Send + Sync + 'static,
) -> [PageRoute; 2]
where
    S: Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Clone + Send + Sync + 'static,
    P: Send + Sync + 'static,
{
    let (first, begin, act) = (show.clone(), Arc::new(begin), Arc::new(act));
    let steps: Steps = Arc::new(move |request| {
        let (begin, act) = (begin.clone(), act.clone());
        Box::pin(async move {
            let mut from = read_sent(&request, move |request, tx| begin(request, tx)).await?;
            loop {
                let (writing, act) = (request.clone(), act.clone());
                match request.write(move |tx| act(&writing, tx, &from)).await? {
                    ControlFlow::Continue(next) => from = next,
                    ControlFlow::Break(done) => return Ok(done),
                }
            }
        })
    });
    [get(path, move |request, tx| first(request, tx, None)), form_route(path, Arc::new(show), Action::Steps(steps))]
}

/// The same with a form that has its effect once only; when it comes again after that, `over` answers it.
pub fn form_once<S, P>(
    path: &'static str,
    show: S,
    prepare: impl Fn(&PageRequest, &mut Tx<'_>) -> Result<P> + Send + Sync + 'static,
    act: impl Fn(&PageRequest, &mut Tx<'_>, &P) -> Result<Done> + Send + Sync + 'static,
    over: impl Fn(&PageRequest) -> Result<Done> + Send + Sync + 'static,
) -> [PageRoute; 2]
where
    S: Fn(&PageRequest, &mut Tx<'_>, Option<&Form>) -> Result<String> + Clone + Send + Sync + 'static,
    P: Send + Sync + 'static,
{
    let first = show.clone();
    [
        get(path, move |request, tx| first(request, tx, None)),
        form_route(path, Arc::new(show), Action::Once(prepared(prepare, act), Arc::new(over))),
    ]
}

/// A page with a handler of its own, for what must not run among the writes.
pub fn custom<F, A>(method: Method, path: &'static str, handler: F) -> PageRoute
where
    F: Fn(Arc<PageRequest>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<HttpResponse>> + 'static,
{
    PageRoute::new(method, path, Arc::new(move |request| Box::pin(handler(request))))
}
