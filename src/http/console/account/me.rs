//! The person's own account: profile, language, theme, password, sessions, notifications.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{
        Result,
        account::{
            notification::Notification,
            session::Session,
            user::{self, Patch, THEMES},
        },
        error::Fault,
    },
    http::{
        base::hashing::QueueKey,
        console::base::{
            chrome::Chrome,
            done::{Done, finish},
            form::Form,
            page_route::{PageRoute, again, custom, form, get, post},
            pager::Pager,
            request::PageRequest,
            response::{local, put, render, see},
        },
    },
    service::{
        account::{me, session, throttle::Account},
        i18n::Lang,
    },
    store::{Tx, account::notification::NOTIFICATIONS},
};

#[derive(Template)]
#[template(path = "account/me/profile.html")]
struct Profile {
    c: Chrome,
    form: Form,
    email: String,
    langs: [(&'static str, &'static str); 2],
    themes: [&'static str; 3],
    /// Time zones by region: zone and how it is read.
    zones: Vec<(String, Vec<(String, String)>)>,
}

#[derive(Template)]
#[template(path = "account/me/password.html")]
struct Password {
    c: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "account/me/sessions.html")]
struct Sessions {
    c: Chrome,
    sessions: Vec<SessionView>,
}

/// A session as the list shows it.
struct SessionView {
    session: Session,
    device: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "account/me/notifications.html")]
struct Notifications {
    c: Chrome,
    notifications: Vec<Notification>,
    pager: Pager,
}

impl Notifications {
    /// The icon of what one is about.
    fn icon(&self, one: &Notification) -> &'static str {
        match one.kind.split('.').next() {
            Some("key") => "key-round",
            Some("member" | "project-member" | "app-member") => "users",
            Some("invitation") => "mail",
            _ => "inbox",
        }
    }

    /// Where one leads, within this instance.
    fn link<'a>(&self, one: &'a Notification) -> Option<&'a str> {
        one.link.as_deref().map(local)
    }
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        custom(Method::GET, "/account", |_| async { Ok(see("/account/profile")) }),
        custom(Method::POST, "/account/theme", theme).shown_at("/account").does("theme"),
        get("/account/password", |request, tx| password_page(request, tx, &Form::default())),
        custom(Method::POST, "/account/password", set_password),
        get("/account/sessions", sessions),
        post("/account/sessions/{session}/end", |request, tx, _| sessions(request, tx), end_session)
            .shown_at("/account/sessions")
            .does("end-session"),
        post("/account/sessions/end-others", |request, tx, _| sessions(request, tx), end_others)
            .shown_at("/account/sessions")
            .does("end-others"),
        get("/account/notifications", notifications),
        post("/account/notifications/{notification}/read", |request, tx, _| notifications(request, tx), read_one)
            .shown_at("/account/notifications")
            .does("read"),
        post(
            "/account/notifications/read",
            |request, tx, _| notifications(request, tx),
            |request, tx| {
                me::read_notifications(tx, request.actor()?)?;
                Ok(Done::See("/account/notifications".into()))
            },
        )
        .shown_at("/account/notifications")
        .does("read"),
    ];
    pages.extend(form("/account/profile", profile_page, change));
    pages
}

fn profile_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let c = Chrome::own(request, tx)?;
    let user = &request.signed()?.user;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let stored = || {
        let form = Form::of([("name", user.name.clone()), ("bio", text(&user.bio)), ("timezone", text(&user.timezone))]);
        let form = form.and("theme", user.theme.clone().unwrap_or_else(|| THEMES[0].into()));
        form.and("phone", text(&user.phone)).and("locale", text(&user.locale))
    };
    let langs = Lang::ALL.map(|lang| (lang.tag(), lang.name()));
    let form = typed.cloned().unwrap_or_else(stored);
    let zones = zones(form.text("timezone"));
    render(&Profile { c, form, email: user.email.clone(), langs, themes: THEMES, zones })
}

/// All time zones by region. The chosen one is among them, even where it is an old name or none at all.
fn zones(chosen: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).filter(|name| is_place(name)).collect();
    if !chosen.is_empty() && !names.iter().any(|name| name == chosen) {
        names.push(chosen.to_owned());
    }
    names.sort();
    let mut regions: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for name in names {
        let (region, city) = name.split_once('/').unwrap_or(("", &name));
        let words = city.replace('_', " ").replace('/', ", ");
        let (region, zone) = (region.to_owned(), (name.clone(), words));
        match regions.last_mut().filter(|(last, _)| *last == region) {
            Some((_, zones)) => zones.push(zone),
            None => regions.push((region, vec![zone])),
        }
    }
    regions
}

/// The parts of the world by which zones are named; other names are old ones.
const REGIONS: [&str; 10] = ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

fn is_place(zone: &str) -> bool {
    zone.split_once('/').is_some_and(|(region, _)| REGIONS.contains(&region))
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let locale = request.form.optional("locale").filter(|tag| Lang::from_tag(tag).is_some());
    let patch = Patch {
        name: Some(request.form.text("name").into()),
        bio: Some(request.form.optional("bio")),
        phone: Some(request.form.optional("phone")),
        timezone: Some(request.form.optional("timezone")),
        locale: Some(locale),
        theme: request.form.optional("theme"),
    };
    let changed = me::update(tx, request.actor()?, &patch)?;
    let lang = changed.locale.as_deref().and_then(Lang::from_tag).unwrap_or(request.locale.lang);
    Ok(Done::Say("/account/profile".into(), lang.t("saved").to_string()))
}

async fn theme(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let actor = request.actor()?.clone();
    let patch = Patch { theme: Some(request.form.text("theme").to_owned()), ..Patch::default() };
    request.write(move |tx| me::update(tx, &actor, &patch)).await?;
    Ok(see(local(request.form.text("next"))))
}

fn password_page(request: &PageRequest, tx: &mut Tx<'_>, form: &Form) -> Result<String> {
    render(&Password { c: Chrome::own(request, tx)?, form: form.clone() })
}

/// The old password is checked as at sign-in; passwords are hashed off the workers and outside the writer.
async fn set_password(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let hash = match new_hash(&request).await {
        Ok(hash) => hash,
        Err(why) => return again(&request, why, password_page).await,
    };
    let (actor, from) = (request.actor()?.clone(), (request.ip.to_string(), request.user_agent.clone()));
    let secret = request.write(move |tx| me::set_password(tx, &actor, &hash, &from.0, &from.1)).await?;
    let words = request.locale.lang.t("me-password-set").to_string();
    let mut answer = finish(&request, Done::Say("/account/password".into(), words)).await?;
    put(&mut answer, &request.session_cookie(secret.reveal().to_owned()));
    put(&mut answer, &request.device_cookie(request.actor()?.id));
    Ok(answer)
}

async fn new_hash(request: &Arc<PageRequest>) -> Result<String> {
    let signed = request.signed()?;
    let email = &signed.user.email;
    user::password("new-password", request.form.raw("new-password"), (&signed.user.name, email))?;
    let typed = request.form.raw("password").to_owned();
    if request.state.verify(email, request.ip, typed, |user| request.asker(user)).await?.proof.is_none() {
        return Err(Fault::new("password", "wrong_password", "This is not your password.").into());
    }
    request.state.hashed(&[QueueKey::Account(Account::Known(signed.user.id))], request.form.raw("new-password").to_owned()).await
}

fn sessions(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let c = Chrome::own(request, tx)?;
    let here = request.signed()?.session.id;
    let all = session::list(tx, request.actor()?)?.into_iter();
    let view = |session: Session| SessionView { device: device(&session.user_agent), here: session.id == here, session };
    render(&Sessions { c, sessions: all.map(view).collect() })
}

/// A browser and a system, as people call them.
fn device(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let browser = find(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS X", "macOS"),
        ("Windows", "Windows"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        _ => user_agent.chars().take(60).collect(),
    }
}

fn end_session(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    session::end(tx, request.actor()?, request.id_of("session", "session")?)?;
    Ok(Done::Say("/account/sessions".into(), request.locale.lang.t("me-session-ended").to_string()))
}

fn end_others(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let ended = session::end_others(tx, request.actor()?, request.signed()?.session.id)?;
    Ok(Done::Say("/account/sessions".into(), request.locale.lang.t("me-sessions-ended").n("n", ended).to_string()))
}

fn notifications(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let c = Chrome::own(request, tx)?;
    let listing = request.listing(&NOTIFICATIONS, &[])?;
    let page = me::list_notifications(tx, request.actor()?, &listing)?;
    render(&Notifications { c, pager: Pager::of(request, &page)?, notifications: page.items })
}

fn read_one(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    me::read_notification(tx, request.actor()?, request.id_of("notification", "notification")?)?;
    Ok(Done::See("/account/notifications".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_name() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome, Linux");
        assert_eq!(device("curl/8.5"), "curl/8.5");
    }
}
