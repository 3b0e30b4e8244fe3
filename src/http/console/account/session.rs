//! Signing in and out, the password again, a forgotten password, and the language of somebody who is not signed in.

use std::sync::Arc;

use actix_web::{HttpResponse, cookie::time::Duration, http::Method};
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Role,
        account::user,
        error::{Fault, Reason},
        project::traffic::{Event, Subject},
        text::email_form,
    },
    http::{
        base::{error, hashing::QueueKey, state::Verified},
        console::base::{
            chrome::Chrome,
            done::{Done, Refused, finish},
            form::Form,
            page_route::{self, PageRoute, again, custom, get},
            request::{LANG_COOKIE, PageRequest, THEME_COOKIE, choice_cookie, encode},
            response::{html, local, put, render, see},
        },
    },
    service::{
        account::{
            session::{self, Proof},
            throttle::{Account, Asker, Try},
        },
        i18n::Lang,
    },
    store::Tx,
};

use super::setup;

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
    fn of(request: &PageRequest) -> Self {
        Self { to: request.requested_url(), fields: request.form.carried(), does: request.does.map(str::to_owned) }
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
pub fn pages() -> Vec<PageRoute> {
    vec![
        get("/sign-in", |request, tx| match setup::waiting(request, tx, false)? {
            Some(page) => Ok(page),
            None => sign_in_page(request, &Form::default(), false),
        })
        .open(),
        custom(Method::POST, "/sign-in", sign_in).open(),
        get(CONFIRM, |request, _| sign_in_page(request, &Form::default(), true)),
        custom(Method::POST, CONFIRM, confirm),
        page_route::post(
            "/sign-out",
            |request, _, _| sign_in_page(request, &Form::default(), false),
            |request, tx| {
                session::end(tx, request.actor()?, request.signed()?.session.id)?;
                Ok(Done::See("/sign-in".into()))
            },
        )
        .shown_at("/"),
        custom(Method::POST, "/lang/{tag}", |request| async move {
            let lang = Lang::from_tag(request.param("tag")).ok_or(Error::NotFound("language"))?;
            let mut answer = see(local(request.form.text("next")));
            put(&mut answer, &choice_cookie(&request, LANG_COOKIE, lang.tag()));
            Ok(answer)
        })
        .shown_at("/")
        .open(),
        custom(Method::POST, "/theme", |request| async move {
            let known = ["system", "light", "dark"].into_iter().find(|theme| *theme == request.form.text("theme"));
            let mut answer = see(local(request.form.text("next")));
            put(&mut answer, &choice_cookie(&request, THEME_COOKIE, known.unwrap_or("system")));
            Ok(answer)
        })
        .shown_at("/")
        .open(),
        get("/password/forgot", forgot_page).open(),
        custom(Method::POST, "/password/forgot", forgot).open(),
        get("/password/reset", |request, tx| reset_page(request, tx, &Form::default())).open().secret(),
        custom(Method::POST, "/password/reset", reset).open().secret(),
    ]
}

/// The form that comes back after signing in: the one that the form for a password carries already, else what was sent. None
/// where nothing was sent but passwords, and no button was pressed.
fn waiting(request: &PageRequest) -> Option<Carry> {
    let sent = || request.path() != CONFIRM && (request.does.is_some() || !request.form.carried().is_empty());
    carried(request).or_else(|| sent().then(|| Carry::of(request)))
}

/// Asks to sign in. A form that was sent comes back afterwards.
pub fn ask(request: &PageRequest) -> Result<HttpResponse> {
    let Some(carry) = waiting(request) else {
        // Whoever has just signed in has typed the password: that page is skipped.
        let skipped = || request.form.optional("next").or_else(|| request.query("next").map(str::to_owned)).unwrap_or_else(|| "/".into());
        let next = if request.path() == CONFIRM { skipped() } else { request.here() };
        return Ok(see(&format!("/sign-in?next={}", encode(local(&next)))));
    };
    let page = SignIn { c: Chrome::plain(request), form: Form::default(), next: String::new(), carry: Some(carry), again: false };
    Ok(html(401, render(&page)?))
}

/// Asks for the password of somebody who is signed in. A form that was sent comes back afterwards.
pub fn ask_again(request: &PageRequest) -> Result<HttpResponse> {
    let Some(carry) = waiting(request) else {
        return Ok(see(&format!("{CONFIRM}?next={}", encode(&request.here()))));
    };
    let page = SignIn { c: Chrome::plain(request), form: Form::default(), next: String::new(), carry: Some(carry), again: true };
    Ok(html(401, render(&page)?))
}

fn sign_in_page(request: &PageRequest, form: &Form, again: bool) -> Result<String> {
    let next = request.query("next").or(request.form.optional("next").as_deref()).map(|next| local(next).to_owned());
    let page = SignIn { c: Chrome::plain(request), form: form.clone(), next: next.unwrap_or_default(), carry: carried(request), again };
    render(&page)
}

/// The form that waits, out of the hidden fields of the sign-in form.
fn carried(request: &PageRequest) -> Option<Carry> {
    let to = request.form.optional("carry-to")?;
    let fields = request.form.carried().into_iter();
    let fields = fields.filter_map(|(name, value)| Some((name.strip_prefix("carry.")?.to_owned(), value))).collect();
    // It comes from the page, so it may be anything: only what there are words for is shown.
    let does = request.form.optional("carry-does").filter(|does| request.locale.lang.has(&format!("does-{does}")));
    Some(Carry { to: local(&to).to_owned(), fields, does })
}

/// Where somebody goes who has just signed in: to what they wanted, or to the form that they had typed.
fn onward(request: &PageRequest) -> Result<HttpResponse> {
    match carried(request) {
        Some(carry) => Ok(html(200, render(&Resume { c: Chrome::plain(request), carry })?)),
        None => Ok(see(local(request.form.text("next")))),
    }
}

async fn sign_in(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let email = email_form(request.form.text("email"));
    let proof = match prove(&request, &email).await {
        Ok(proof) => proof,
        Err(why) => return redraw(&request, why, false),
    };
    let user = proof.user();
    let (before, ip, agent) = (request.session(), request.ip.to_string(), request.user_agent.clone());
    let locale = request.locale.lang.tag();
    let signed_in = request.state.store.write(move |tx| session::sign_in(tx, &proof, before, locale, (&ip, &agent)));
    let secret = match signed_in.await {
        Err(Error::Unauthenticated(_)) => return redraw(&request, wrong(), false),
        signed_in => signed_in?,
    };
    let mut answer = onward(&request)?;
    put(&mut answer, &request.session_cookie(secret.reveal().to_owned()));
    put(&mut answer, &request.device_cookie(user));
    Ok(answer)
}

async fn confirm(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let signed = request.signed()?.clone();
    let proof = match prove(&request, &signed.user.email).await {
        Ok(proof) => proof,
        Err(why) => return redraw(&request, why, true),
    };
    request.write(move |tx| session::confirm(tx, &signed.actor, signed.session.id, &proof)).await?;
    onward(&request)
}

/// The proof of whose password was typed. Wrong and unknown take the same time and get the same answer; after a few failures
/// each next try has to wait longer.
async fn prove(request: &Arc<PageRequest>, email: &str) -> Result<Proof> {
    let now = request.locale.now();
    let typed = request.form.raw("password").to_owned();
    let verified = request.state.verify(email, request.ip, typed, |user| request.asker(user)).await;
    request.state.meters.signed_in(
        request.ip,
        match &verified {
            Ok(Verified { proof: Some(_), .. }) => "signed_in",
            Ok(_) => Reason::WrongPassword.word(),
            Err(error) => error::word(error),
        },
    );
    let Verified { user, proof } = verified?;
    if let Some(user) = user.filter(|_| proof.is_none()) {
        request.state.write_behind.traffic.note(Subject::User(user), Event::SignInFailed, now);
    }
    proof.ok_or_else(wrong)
}

/// The form again; it is drawn at once, since it shows nothing of anybody.
fn redraw(request: &PageRequest, why: Error, again: bool) -> Result<HttpResponse> {
    let is_wrong = matches!(why, Error::Invalid(_));
    let refused = Refused::of(request, why)?;
    let mut answer = refused.answer(sign_in_page(request, &refused.form, again)?);
    if is_wrong {
        error::mark(&mut answer, Reason::WrongPassword.word());
    }
    Ok(answer)
}

fn wrong() -> Error {
    Fault::new("password", "wrong", "This e-mail and this password do not belong together.").into()
}

fn forgot_page(request: &PageRequest, _: &mut Tx<'_>) -> Result<String> {
    let sent = request.query("sent").is_some();
    render(&Forgot { c: Chrome::plain(request), form: Form::default(), mail: request.state.mail, sent })
}

/// Says the same whether anybody has this address, and as fast: nobody waits for the e-mail to be stored.
async fn forgot(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let email = email_form(request.form.text("email"));
    let address = email.clone();
    let user = request.state.store.read(move |tx| session::credentials(tx, &address)).await?.map(|(user, _)| user);
    let tried = Try::new(&email, user, request.ip, user.map_or(Asker::Stranger, |user| request.asker(user)));
    // Where strangers asked too often, the person has e-mails enough, and the last of them works.
    let enough = request.state.forgotten.begin_apart(&tried, request.locale.now())?;
    if request.state.mail && !enough {
        let state = request.state.clone();
        actix_web::rt::spawn(async move {
            let url = state.public_url.clone();
            if let Err(error) = state.store.write(move |tx| session::ask_reset(tx, &email, &url)).await {
                tracing::warn!(?error, "the email of a forgotten password could not be stored");
            }
        });
    }
    Ok(see("/password/forgot?sent=yes"))
}

fn reset_page(request: &PageRequest, tx: &mut Tx<'_>, form: &Form) -> Result<String> {
    let token = request.query("token").map(str::to_owned).or_else(|| request.form.optional("token")).unwrap_or_default();
    session::reset_user(tx, &token)?;
    render(&Reset { c: Chrome::plain(request), form: form.clone(), token })
}

async fn reset(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let typed = request.form.raw("password").to_owned();
    let token = request.form.text("token").to_owned();
    let link = token.clone();
    let found = request.state.store.read(move |tx| session::reset_user(tx, &link)).await?;
    if let Err(fault) = user::password("password", &typed, (&found.name, &found.email)) {
        return again(&request, fault.into(), reset_page).await;
    }
    let user = found.id;
    let hash = request.state.hashed(&[QueueKey::Account(Account::Known(user))], typed).await?;
    request.state.store.write(move |tx| session::reset(tx, &token, &hash)).await?;
    let words = request.locale.lang.t("reset-done").to_string();
    let mut answer = finish(&request, Done::Say("/sign-in".into(), words)).await?;
    // Whoever reads the person's e-mails is no stranger: the sign-in that follows does not wait for those who are.
    put(&mut answer, &request.device_cookie(user));
    Ok(answer)
}

/// Takes the cookie of the session away.
pub fn forget(request: &PageRequest, answer: &mut HttpResponse) {
    let mut cookie = request.session_cookie(String::new());
    cookie.set_max_age(Duration::ZERO);
    put(answer, &cookie);
}
