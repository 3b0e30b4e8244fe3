//! Signing in and out, the password again, a forgotten password, and the language of somebody who is not signed in.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    cookie::time::Duration,
    http::{Method, header},
};
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Role,
        account::user,
        error::{Fault, Faults},
        id::UserId,
        project::traffic::{Event, Subject},
        text::email_form,
    },
    http::{
        base::{hashing::Whose, state::Verified},
        console::base::{
            chrome::Chrome,
            form::Form,
            page::{self, Done, Page, custom, finish, get, html, local, put, render, see},
            visit::{Visit, encode, lang_cookie},
        },
    },
    service::{
        account::{
            session,
            throttle::{Account, Asker, Try},
        },
        words::Lang,
    },
    store::Tx,
};

/// The code of a fault that says how long to wait; its message is in the reader's language already.
const WAIT: &str = "wait";

/// Where the password is asked for again.
const CONFIRM: &str = "/confirm";

#[derive(Template)]
#[template(path = "account/session/sign-in.html")]
struct SignIn {
    c: Chrome,
    form: Form,
    /// Where to go afterwards.
    next: String,
    /// The form that waits to be sent again, and its fields.
    carry: Option<Carry>,
    /// Only the password is asked for.
    again: bool,
}

#[derive(Template)]
#[template(path = "account/session/resume.html")]
struct Resume {
    c: Chrome,
    carry: Carry,
}

#[derive(Template)]
#[template(path = "account/session/forgot.html")]
struct Forgot {
    c: Chrome,
    form: Form,
    mail: bool,
    sent: bool,
}

#[derive(Template)]
#[template(path = "account/session/reset.html")]
struct Reset {
    c: Chrome,
    form: Form,
    token: String,
}

/// A form that was typed when the session was over.
#[derive(Debug, Clone)]
struct Carry {
    to: String,
    fields: Vec<(String, String)>,
    /// What its button does, where that is all there is to it.
    does: Option<String>,
}

impl Carry {
    /// The form that was sent.
    fn of(visit: &Visit) -> Self {
        Self { to: visit.asked(), fields: visit.form.carried(), does: visit.does.map(str::to_owned) }
    }

    fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// What its button does, in words, with what was chosen.
    fn act(&self, c: &Chrome) -> String {
        match self.does.as_deref().unwrap_or_default() {
            "status" if self.field("status") == "published" => c.t("content-publish").to_string(),
            "status" => c.t("content-unpublish").to_string(),
            "role" => match Role::from_word(self.field("role")) {
                Some(role) => c.t("does-role-to").s("role", c.word("role", role.word())).to_string(),
                None => c.t("does-role").to_string(),
            },
            does => c.word("does", does).to_string(),
        }
    }
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    vec![
        get("/sign-in", |visit, _| sign_in_page(visit, &Form::default(), false)).open(),
        custom(Method::POST, "/sign-in", sign_in).open(),
        get(CONFIRM, |visit, _| sign_in_page(visit, &Form::default(), true)),
        custom(Method::POST, CONFIRM, confirm),
        page::post(
            "/sign-out",
            |visit, _, _| sign_in_page(visit, &Form::default(), false),
            |visit, tx| {
                session::end(tx, visit.actor()?, visit.signed()?.session.id)?;
                Ok(Done::See("/sign-in".into()))
            },
        )
        .shown_at("/"),
        custom(Method::POST, "/lang/{tag}", |visit| async move {
            let lang = Lang::from_tag(visit.param("tag")).ok_or(Error::NotFound("language"))?;
            let mut answer = see(local(visit.form.text("next")));
            put(&mut answer, &lang_cookie(&visit, lang.tag()));
            Ok(answer)
        })
        .shown_at("/")
        .open(),
        get("/password/forgot", forgot_page).open(),
        custom(Method::POST, "/password/forgot", forgot).open(),
        get("/password/reset", |visit, _| reset_page(visit, &Form::default())).open().secret(),
        custom(Method::POST, "/password/reset", reset).open().secret(),
    ]
}

/// The form that comes back after signing in: the one that the form for a password carries already, else what was sent. None
/// where nothing was sent but passwords, and no button was pressed.
fn waiting(visit: &Visit) -> Option<Carry> {
    let sent = || visit.path() != CONFIRM && (visit.does.is_some() || !visit.form.carried().is_empty());
    carried(visit).or_else(|| sent().then(|| Carry::of(visit)))
}

/// Asks to sign in. A form that was sent comes back afterwards.
pub fn ask(visit: &Visit) -> Result<HttpResponse> {
    let Some(carry) = waiting(visit) else {
        // Whoever has just signed in has typed the password: that page is skipped.
        let skipped = || visit.form.optional("next").or_else(|| visit.query("next").map(str::to_owned)).unwrap_or_else(|| "/".into());
        let next = if visit.path() == CONFIRM { skipped() } else { visit.here() };
        return Ok(see(&format!("/sign-in?next={}", encode(local(&next)))));
    };
    let page = SignIn { c: Chrome::plain(visit), form: Form::default(), next: String::new(), carry: Some(carry), again: false };
    Ok(html(401, render(&page)?))
}

/// Asks for the password of somebody who is signed in. A form that was sent comes back afterwards.
pub fn ask_again(visit: &Visit) -> Result<HttpResponse> {
    let Some(carry) = waiting(visit) else {
        return Ok(see(&format!("{CONFIRM}?next={}", encode(&visit.here()))));
    };
    let page = SignIn { c: Chrome::plain(visit), form: Form::default(), next: String::new(), carry: Some(carry), again: true };
    Ok(html(401, render(&page)?))
}

fn sign_in_page(visit: &Visit, form: &Form, again: bool) -> Result<String> {
    let next = visit.query("next").or(visit.form.optional("next").as_deref()).map(|next| local(next).to_owned());
    let page = SignIn { c: Chrome::plain(visit), form: form.clone(), next: next.unwrap_or_default(), carry: carried(visit), again };
    render(&page)
}

/// The form that waits, out of the hidden fields of the sign-in form.
fn carried(visit: &Visit) -> Option<Carry> {
    let to = visit.form.optional("carry-to")?;
    let fields = visit.form.carried().into_iter();
    let fields = fields.filter_map(|(name, value)| Some((name.strip_prefix("carry.")?.to_owned(), value))).collect();
    // It comes from the page, so it may be anything: only what there are words for is shown.
    let does = visit.form.optional("carry-does").filter(|does| visit.reader.lang.has(&format!("does-{does}")));
    Some(Carry { to: local(&to).to_owned(), fields, does })
}

/// Where somebody goes who has just signed in: to what they wanted, or to the form that they had typed.
fn onward(visit: &Visit) -> Result<HttpResponse> {
    match carried(visit) {
        Some(carry) => Ok(html(200, render(&Resume { c: Chrome::plain(visit), carry })?)),
        None => Ok(see(local(visit.form.text("next")))),
    }
}

async fn sign_in(visit: Arc<Visit>) -> Result<HttpResponse> {
    let email = email_form(visit.form.text("email"));
    let right = match checked(&visit, &email).await {
        Err(Error::Limited(seconds)) => return wait(&visit, seconds, false),
        right => right?,
    };
    let Some(user) = right else { return refused(&visit, false) };
    let (before, ip, agent) = (visit.session(), visit.ip.to_string(), visit.user_agent.clone());
    let locale = visit.reader.lang.tag();
    let signed_in = visit.state.store.write(move |tx| {
        session::spoke(tx, user, locale)?;
        session::replace(tx, before, user, &ip, &agent)
    });
    let secret = signed_in.await?;
    let mut answer = onward(&visit)?;
    put(&mut answer, &visit.session_cookie(secret.reveal().to_owned()));
    put(&mut answer, &visit.device_cookie(user));
    Ok(answer)
}

async fn confirm(visit: Arc<Visit>) -> Result<HttpResponse> {
    let signed = visit.signed()?.clone();
    match checked(&visit, &signed.user.email).await {
        Err(Error::Limited(seconds)) => return wait(&visit, seconds, true),
        Ok(None) => return refused(&visit, true),
        right => drop(right?),
    }
    visit.state.store.write(move |tx| session::confirm(tx, &signed.actor, signed.session.id)).await?;
    onward(&visit)
}

/// The user whose password was typed. Wrong and unknown take the same time and get the same answer; after a few failures
/// each next try has to wait longer.
async fn checked(visit: &Arc<Visit>, email: &str) -> Result<Option<UserId>> {
    let now = visit.reader.now();
    let typed = visit.form.raw("password").to_owned();
    let Verified { user, right } = visit.state.verify(email, visit.ip, typed, |user| visit.asker(user)).await?;
    if let Some(user) = user.filter(|_| !right) {
        visit.state.traffic.note(Subject::User(user), Event::SignInFailed, now);
    }
    Ok(user.filter(|_| right))
}

fn wait(visit: &Visit, seconds: u32, again: bool) -> Result<HttpResponse> {
    Ok(limited(sign_in_page(visit, &visit.form.again(&too_often(visit, seconds)), again)?, seconds))
}

/// What is said of a password that was tried too often.
pub(in crate::http::console) fn too_often(visit: &Visit, seconds: u32) -> Faults {
    fault("password", WAIT, &visit.reader.lang.t("sign-in-wait").n("n", seconds).to_string())
}

/// The form again after too many tries, with the seconds to wait (RFC 6585 4).
pub(in crate::http::console) fn limited(form: String, seconds: u32) -> HttpResponse {
    let mut answer = html(429, form);
    answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    answer
}

fn refused(visit: &Visit, again: bool) -> Result<HttpResponse> {
    let mut faults = Faults::default();
    faults.add("password", "wrong", "This e-mail and this password do not belong together.");
    Ok(html(422, sign_in_page(visit, &visit.form.again(&faults), again)?))
}

fn forgot_page(visit: &Visit, _: &mut Tx<'_>) -> Result<String> {
    let sent = visit.query("sent").is_some();
    render(&Forgot { c: Chrome::plain(visit), form: Form::default(), mail: visit.state.mail, sent })
}

/// Says the same whether anybody has this address, and as fast: nobody waits for the letter to be stored.
async fn forgot(visit: Arc<Visit>) -> Result<HttpResponse> {
    let email = email_form(visit.form.text("email"));
    let user = visit.state.store.read(|tx| session::credentials(tx, &email))?.map(|(user, _)| user);
    let tried = Try::new(&email, user, visit.ip, user.map_or(Asker::Stranger, |user| visit.asker(user)));
    // Where strangers asked too often, the person has letters enough, and the last of them works.
    let enough = visit.state.forgotten.begin_apart(&tried, visit.reader.now())?;
    if visit.state.mail && !enough {
        let state = visit.state.clone();
        actix_web::rt::spawn(async move {
            let url = state.public_url.clone();
            if let Err(error) = state.store.write(move |tx| session::ask_reset(tx, &email, &url)).await {
                tracing::warn!(?error, "the letter of a forgotten password could not be stored");
            }
        });
    }
    Ok(see("/password/forgot?sent=yes"))
}

fn reset_page(visit: &Visit, form: &Form) -> Result<String> {
    let token = visit.query("token").map(str::to_owned).or_else(|| visit.form.optional("token")).unwrap_or_default();
    visit.state.store.read(|tx| session::reset_user(tx, &token))?;
    render(&Reset { c: Chrome::plain(visit), form: form.clone(), token })
}

async fn reset(visit: Arc<Visit>) -> Result<HttpResponse> {
    let typed = visit.form.raw("password").to_owned();
    if let Err(fault) = user::password("password", &typed) {
        let form = visit.form.again(&Faults(vec![fault]));
        return Ok(html(422, reset_page(&visit, &form)?));
    }
    let token = visit.form.text("token").to_owned();
    let user = visit.state.store.read(|tx| session::reset_user(tx, &token))?;
    let hash = visit.state.hashed(&[Whose::Account(Account::Known(user))], typed).await?;
    visit.state.store.write(move |tx| session::reset(tx, &token, &hash)).await?;
    let words = visit.reader.lang.t("reset-done").to_string();
    let mut answer = finish(&visit, Done::Say("/sign-in".into(), words)).await?;
    // Whoever reads the person's letters is no stranger: the sign-in that follows does not wait for those who are.
    put(&mut answer, &visit.device_cookie(user));
    Ok(answer)
}

/// Takes the cookie of the session away.
pub fn forget(visit: &Visit, answer: &mut HttpResponse) {
    let mut cookie = visit.session_cookie(String::new());
    cookie.set_max_age(Duration::ZERO);
    put(answer, &cookie);
}

/// A fault of the form as a whole.
pub fn fault(field: &str, code: &'static str, message: &str) -> Faults {
    Faults(vec![Fault::new(field, code, message)])
}
