//! One request to the console: who asks, in which language, and what was typed.

use std::{net::IpAddr, str::FromStr, sync::Arc};

use actix_web::{
    HttpRequest,
    cookie::{Cookie, time::Duration},
    http::header,
};

use crate::{
    domain::{
        Error, Result,
        access::{Access, Actor, ActorKind, Via},
        account::{session::Session, user::User},
        id::{AppPath, OrgId, ProjectPath, SessionId, UserId},
        listing::Listing,
        spec::Spec,
        text,
    },
    http::base::{
        client,
        router::Params,
        state::State,
        transport::{arrived::Arrived, room::Caller},
    },
    service::{
        account::{session, throttle::Asker},
        i18n::Lang,
        locale::Locale,
        path::{self, PathIds},
    },
    store::Tx,
};

use super::form::Form;

/// Name of the cookie that remembers the language of somebody who is not signed in.
pub const LANG_COOKIE: &str = "stele-lang";
/// Name of the cookie that remembers the theme of somebody who is not signed in.
pub const THEME_COOKIE: &str = "stele-theme";
/// Name of the cookie that carries a message to the next page.
pub const FLASH_COOKIE: &str = "stele-flash";

/// A request to the console. Cheap to share with the writer's thread.
pub struct PageRequest {
    /// What all requests share.
    pub state: Arc<State>,
    /// The id of this request.
    pub id: String,
    /// Who is signed in.
    pub signed: Option<Signed>,
    /// How the reader wants things told.
    pub locale: Locale,
    /// What was typed.
    pub form: Form,
    /// What came with it.
    pub arrived: Option<Arrived>,
    /// The nonce of this answer's scripts.
    pub nonce: String,
    /// From where.
    pub ip: IpAddr,
    /// The browser, as it calls itself.
    pub user_agent: String,
    /// Whether the browser's end of the connection is encrypted.
    pub encrypted: bool,
    /// Whom this browser is known to, with the proofs.
    device: String,
    /// The theme that somebody who is not signed in has chosen.
    pub theme: Option<String>,
    /// A message from the page before.
    pub flash: Option<String>,
    path: String,
    /// The path of the page that the answer shows.
    shown: String,
    /// What the button does that was pressed.
    pub does: Option<&'static str>,
    params: Params,
    /// Where the path leads.
    ids: PathIds,
    query: Vec<(String, String)>,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The session.
    pub session: Session,
    /// The person.
    pub user: User,
    /// The person as the gate sees them.
    pub actor: Arc<Actor>,
}

/// The slugs of the place whose navigation a page keeps that belongs to no organization, or to no project: `at` in its query.
fn came_from(http: &HttpRequest) -> [String; 3] {
    let query = client::query(http).unwrap_or_default();
    let at = query.into_iter().find_map(|(name, value)| (name == "at").then_some(value));
    let (org, project) = at.as_deref().map_or(("", ""), |at| at.split_once('/').unwrap_or((at, "")));
    [org.to_owned(), project.to_owned(), String::new()]
}

impl PageRequest {
    /// Reads the head of a request. What was typed comes after it.
    ///
    /// # Errors
    /// Busy when the store is.
    pub async fn read(http: &HttpRequest, params: Params, state: &Arc<State>, id: &str) -> Result<Self> {
        let named = ["org", "project", "app"].map(|name| value_of(&params, name).to_owned());
        let from = Some(came_from(http)).filter(|from| named[1].is_empty() && (named[0].is_empty() || named[0] == from[0]));
        let slugs = from.unwrap_or(named);
        let (signed, ids) = match secret(http, state) {
            Some(secret) => {
                let found = move |tx: &mut Tx<'_>| {
                    let Some(signed) = signed(tx, secret.value())? else { return Ok((None, PathIds::default())) };
                    let ids = path::find(tx, &signed.actor, slugs.each_ref().map(String::as_str))?;
                    Ok((Some(signed), ids))
                };
                state.store.read(found).await?
            }
            None => (None, PathIds::default()),
        };
        if let Some(signed) = &signed {
            state.write_behind.seen.note(signed.session.id, state.store.now());
        }
        Ok(Self { params, ids, ..Self::assemble(http, signed, state, id) })
    }

    /// The same with what was typed.
    #[must_use]
    pub fn with_form(self, form: Form, arrived: Option<Arrived>) -> Self {
        Self { form, arrived, ..self }
    }

    /// The request of somebody who is not known, with nothing in it: for the page of an error that no other can show, such as
    /// when the store does not answer.
    pub fn bare(http: &HttpRequest, state: &Arc<State>, id: &str) -> Self {
        Self::assemble(http, None, state, id)
    }

    fn assemble(http: &HttpRequest, signed: Option<Signed>, state: &Arc<State>, id: &str) -> Self {
        let header = |name: header::HeaderName| http.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let cookie = |name: &str| http.cookie(name).map(|cookie| cookie.value().to_owned());
        let chosen = signed.as_ref().and_then(|signed| signed.user.locale.as_deref()).and_then(Lang::from_tag);
        let lang = chosen
            .or_else(|| cookie(LANG_COOKIE).as_deref().and_then(Lang::from_tag))
            .or_else(|| Lang::accepted(header(header::ACCEPT_LANGUAGE)))
            .unwrap_or(Lang::En);
        let zone = signed.as_ref().and_then(|signed| signed.user.timezone.as_deref());
        let mut nonce = [0; 16];
        state.store.entropy().fill(&mut nonce);
        let encrypted = client::is_encrypted(http, &state.public_url, &state.proxies);
        Self {
            locale: Locale::new(lang, zone, state.store.now()),
            form: Form::default(),
            arrived: None,
            nonce: text::hex(&nonce),
            ip: state.proxies.client(http),
            user_agent: client::user_agent(http),
            encrypted,
            device: cookie(client::device_cookie(encrypted)).unwrap_or_default(),
            theme: cookie(THEME_COOKIE),
            flash: cookie(FLASH_COOKIE),
            path: http.path().to_owned(),
            shown: http.path().to_owned(),
            does: None,
            query: client::query(http).unwrap_or_default(),
            id: id.to_owned(),
            state: state.clone(),
            params: Params::new(),
            ids: PathIds::default(),
            signed,
        }
    }

    /// The same on the page that a route says it is answered with. That is a beginning of its path, so as many parts of the
    /// path that was asked for are the address.
    #[must_use]
    pub fn showing(mut self, shown_at: Option<&str>, does: Option<&'static str>) -> Self {
        self.does = does;
        if let Some(at) = shown_at {
            let parts: Vec<_> = self.path.split('/').take(at.split('/').count()).collect();
            self.shown = if at == "/" { at.to_owned() } else { parts.join("/") };
        }
        self
    }

    /// Whoever is signed in.
    ///
    /// # Errors
    /// Unauthenticated; the answer then leads to the sign-in page.
    pub fn actor(&self) -> Result<&Arc<Actor>> {
        Ok(&self.signed()?.actor)
    }

    /// The same, with person and session.
    ///
    /// # Errors
    /// As [`PageRequest::actor`].
    pub fn signed(&self) -> Result<&Signed> {
        self.signed.as_ref().ok_or(Error::Unauthenticated(crate::domain::error::Reason::TokenMissing))
    }

    /// The session that this browser has.
    pub fn session(&self) -> Option<SessionId> {
        self.signed.as_ref().map(|signed| signed.session.id)
    }

    /// Writes, if the session is there still: whoever it belongs to may have ended it meanwhile. All that a page writes for somebody
    /// who is signed in goes through here.
    ///
    /// # Errors
    /// Unauthenticated, when the session was ended; those of `work`.
    pub async fn write<T: Send + 'static>(self: &Arc<Self>, mut work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let asking = self.clone();
        self.state.store.write(move |tx| asking.confirm_alive(tx).and_then(|()| work(tx))).await
    }

    /// Asks the rows once more, among the writes: a session that was ended before this one's turn is over.
    ///
    /// # Errors
    /// Unauthenticated when it is.
    pub fn confirm_alive(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(signed) = &self.signed else { return Ok(()) };
        session::still_there(tx, &signed.session)
    }

    /// The decoded path parameter.
    pub fn param(&self, name: &str) -> &str {
        value_of(&self.params, name)
    }

    /// The organization in the path.
    ///
    /// # Errors
    /// Not found, when there is none that the person may see; unauthenticated.
    pub fn org(&self) -> Result<OrgId> {
        self.signed()?;
        self.ids.org.ok_or(Error::NotFound("organization"))
    }

    /// The project in the path, with its organization.
    ///
    /// # Errors
    /// As [`PageRequest::org`].
    pub fn project(&self) -> Result<ProjectPath> {
        Ok((self.org()?, self.ids.project.ok_or(Error::NotFound("project"))?))
    }

    /// The app in the path, with where it is.
    ///
    /// # Errors
    /// As [`PageRequest::org`].
    pub fn app(&self) -> Result<AppPath> {
        let (org, project) = self.project()?;
        Ok((org, project, self.ids.app.ok_or(Error::NotFound("app"))?))
    }

    /// An id in the path. What is not an id leads nowhere.
    ///
    /// # Errors
    /// Not found.
    pub fn id_of<T: FromStr>(&self, name: &str, noun: &'static str) -> Result<T> {
        self.param(name).parse().map_err(|_| Error::NotFound(noun))
    }

    /// A query parameter.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The query parameters that are not empty: a GET form sends those nobody filled in, too.
    pub fn filled_query(&self) -> Vec<(String, String)> {
        self.query.iter().filter(|(_, value)| !value.is_empty()).cloned().collect()
    }

    /// The list that the address asks for; `own` names parameters that the page reads itself.
    ///
    /// # Errors
    /// Invalid, for what a parameter of the list cannot be.
    pub fn listing(&self, spec: &Spec, own: &[&str]) -> Result<Listing> {
        Listing::of_page(spec, own, &self.filled_query()).map_err(Error::Invalid)
    }

    /// Path and query of the page that is shown, to come back to.
    pub fn here(&self) -> String {
        with_query(&self.shown, &self.query)
    }

    /// Path and query that were asked for, to send a form there again.
    pub fn requested_url(&self) -> String {
        with_query(&self.path, &self.query)
    }

    /// The path that was asked for.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The path of the page that is shown: that of the form, when one was sent to an address of its own.
    pub fn page_path(&self) -> &str {
        &self.shown
    }

    /// The address of this page with one query parameter changed, or taken out when `value` is empty; back on page 1.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut query: Vec<_> = self.query.iter().filter(|(key, old)| key != name && key != "page" && !old.is_empty()).cloned().collect();
        if !value.is_empty() {
            query.push((name.to_owned(), value.to_owned()));
        }
        with_query(&self.shown, &query)
    }

    /// The cookie of a session.
    pub fn session_cookie(&self, secret: String) -> Cookie<'static> {
        self.cookie(client::session_cookie(self.encrypted), secret)
    }

    /// The cookie that sets this browser apart from strangers, once somebody has signed in with it.
    pub fn device_cookie(&self, user: UserId) -> Cookie<'static> {
        let value = self.state.devices.with(&self.device, user, self.state.store.entropy());
        let mut cookie = self.cookie(client::device_cookie(self.encrypted), value);
        cookie.set_max_age(Duration::days(400));
        cookie
    }

    /// In whose room body and answer are.
    pub fn caller(&self) -> Caller {
        self.signed.as_ref().map_or_else(|| Caller::stranger(self.ip), |signed| Caller::User(signed.user.id))
    }

    /// What this browser is to somebody whose password is tried in it.
    pub fn asker(&self, user: UserId) -> Asker {
        match (&self.signed, self.state.devices.verify(&self.device, user)) {
            (Some(signed), _) if signed.user.id == user => Asker::Session(signed.session.id),
            (_, Some(device)) => Asker::Device(device),
            _ => Asker::Stranger,
        }
    }

    /// A cookie of the console; it dies with the browser unless the caller says otherwise.
    pub fn cookie(&self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build(name, value).path("/").http_only(true).same_site(actix_web::cookie::SameSite::Lax).secure(self.encrypted).finish()
    }
}

fn value_of<'a>(params: &'a Params, name: &str) -> &'a str {
    params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn with_query(path: &str, query: &[(String, String)]) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    let pairs: Vec<_> = query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}

/// Percent-encodes a text for a query (RFC 3986 2.1).
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn signed(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Signed>> {
    let Some((session, user)) = session::find(tx, secret)? else { return Ok(None) };
    let actor = Arc::new(Actor {
        id: user.id,
        kind: ActorKind::User,
        name: user.name.clone(),
        email: user.email.clone(),
        via: Via::Session(session.id),
        access: Access::Full,
    });
    Ok(Some(Signed { session, user, actor }))
}

/// The cookie of the session.
fn secret(http: &HttpRequest, state: &State) -> Option<Cookie<'static>> {
    http.cookie(client::session_cookie(client::is_encrypted(http, &state.public_url, &state.proxies)))
}

/// A cookie that remembers a choice of somebody who is not signed in for a year.
pub fn choice_cookie(request: &PageRequest, name: &'static str, value: &str) -> Cookie<'static> {
    let mut cookie = request.cookie(name, value.to_owned());
    cookie.set_max_age(Duration::days(365));
    cookie
}
