//! Somebody with a browser: signs in by a session of their own and sends forms as a page of this instance does.

use reqwest::{blocking::Client, header, redirect::Policy};
use stele::{
    domain::{
        access::{Access, Actor, ActorKind, Role, Via},
        id::{MemberId, OrgId, UserId},
        key::key,
        org::member,
    },
    service::{
        self,
        account::{session, user::NewUser},
    },
};

use super::{Server, Tenant};

/// A name that would run, or end an attribute, if it were not escaped.
pub const HOSTILE: &str = "\"><script>alert(1)</script>";

/// An id of nothing.
const NOBODY: &str = "0190f4a2-0000-7000-8000-000000000000";

/// A person with a browser.
pub struct Visitor<'a> {
    pub id: UserId,
    pub member: Option<MemberId>,
    server: &'a Server,
    pub cookie: String,
    client: Client,
}

/// What the browser gets.
pub struct ShownPage {
    pub status: u16,
    /// Where it leads.
    pub to: String,
    /// The session that begins with it.
    pub cookie: String,
    /// The message that the next page shows.
    pub flash: String,
    pub kind: String,
    pub text: String,
}

impl ShownPage {
    /// Asserts the status and hands itself on.
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} {}", self.to, self.text);
        self
    }

    /// The page that it leads to, with the message for it.
    pub fn next(&self, visitor: &Visitor<'_>) -> Self {
        let cookie = format!("{}; stele-flash={}", visitor.cookie, self.flash);
        let request = visitor.client.get(format!("{}{}", visitor.server.url, self.to)).header(header::COOKIE, cookie);
        visitor.read(request).is(200)
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\"")).expect("the field");
        rest.split('"').next().unwrap_or_default().replace("&#34;", "\"")
    }
}

impl<'a> Visitor<'a> {
    /// Somebody who is not signed in.
    pub fn nobody(server: &'a Server) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { id: NOBODY.parse().unwrap(), member: None, server, cookie: String::new(), client }
    }

    /// A new user of this name who is a member with this role.
    pub fn new(server: &'a Server, here: &Tenant, name: &'static str, role: Role) -> Self {
        let org = here.org;
        let (id, member) = server.write(move |tx| {
            let email = format!("{}-{org}@person.example", role.word());
            let id = service::account::user::create(tx, &NewUser { name: name.into(), email }, "no password")?;
            let draft = member::Draft { user_id: id, role, title: None };
            Ok((id, service::org::member::create(tx, &Actor::operator(), org, &draft)?.id))
        });
        Self { member: Some(member), ..Self::of(server, id) }
    }

    /// The owner of the organization.
    pub fn owner(server: &'a Server, here: &Tenant) -> Self {
        let org = here.org;
        Self::of(server, server.write(move |tx| Ok(service::org::organization::get(tx, &Actor::operator(), org)?.owner_id)))
    }

    /// Somebody who is known, with a session that begins now.
    pub fn of(server: &'a Server, id: UserId) -> Self {
        let secret = server.write(move |tx| session::begin(tx, id, "127.0.0.1", "a test"));
        Self { id, cookie: format!("stele={}", secret.reveal()), ..Self::nobody(server) }
    }

    /// Who acts in their session.
    pub fn actor(&self) -> std::sync::Arc<Actor> {
        let (name, email) = ("A person".into(), String::new());
        let via = Via::Session(NOBODY.parse().unwrap());
        Actor { id: self.id, kind: ActorKind::User, name, email, via, access: Access::Full }.into()
    }

    /// A personal key of theirs.
    pub fn key(&self, org: OrgId) -> String {
        let actor = self.actor();
        self.server.write(move |tx| {
            let draft = key::Draft { name: "Laptop".into(), access: None, expires_in_days: Some(90), ..key::Draft::default() };
            let issued = service::key::key::create_personal(tx, &actor, org, &draft, false)?;
            Ok(issued.secret.reveal().to_owned())
        })
    }

    pub fn get(&self, path: &str) -> ShownPage {
        self.send(self.client.get(format!("{}{path}", self.server.url)))
    }

    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> ShownPage {
        self.send(self.client.post(format!("{}{path}", self.server.url)).header("Sec-Fetch-Site", "same-origin").form(form))
    }

    /// Sends a form with files, or bytes, as `kind` says.
    pub fn send_bytes(&self, path: &str, kind: &str, bytes: Vec<u8>) -> ShownPage {
        let request = self.client.post(format!("{}{path}", self.server.url)).header("Sec-Fetch-Site", "same-origin");
        self.send(request.header(header::CONTENT_TYPE, kind).body(bytes))
    }

    /// Invites somebody and follows to the page with the link.
    pub fn invite(&self, org: &str, email: &str, role: &str) -> ShownPage {
        let made = self.post(&format!("/o/{org}/settings/invitations/new"), &[("email", email), ("role", role)]).is(303);
        self.get(&made.to).is(200)
    }

    fn send(&self, request: reqwest::blocking::RequestBuilder) -> ShownPage {
        self.read(request.header(header::COOKIE, &self.cookie))
    }

    fn read(&self, request: reqwest::blocking::RequestBuilder) -> ShownPage {
        let answer = request.header(header::ACCEPT, "text/html").send().unwrap();
        let head = |name| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (to, kind) = (head(header::LOCATION), head(header::CONTENT_TYPE));
        let cookie = |prefix: &str| {
            let all = answer.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
            let found = all.filter_map(|value| value.strip_prefix(prefix)).filter_map(|rest| rest.split(';').next()).next_back();
            found.unwrap_or_default().to_owned()
        };
        let (session, flash) = (cookie("stele="), cookie("stele-flash="));
        ShownPage { status: answer.status().as_u16(), to, cookie: session, flash, kind, text: answer.text().unwrap() }
    }

    /// The same browser with the session that has just begun.
    pub fn signed(self, shown: &ShownPage) -> Self {
        Self { cookie: format!("stele={}", shown.cookie), ..self }
    }
}
