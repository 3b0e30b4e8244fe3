//! A browser without a screen: it keeps one cookie and sends forms as a page of the instance does.

use reqwest::{
    blocking::Client,
    header::{self, HeaderMap},
    redirect::Policy,
};
use stele::{
    app::SystemEntropy,
    domain::id::UserId,
    service::{
        self,
        account::{password, user::NewUser},
    },
};

use super::Server;

/// The password of every [`person`].
pub const PASSWORD: &str = "correct horse battery";

/// Makes a person with the password [`PASSWORD`].
pub fn person(server: &Server, email: &'static str) -> UserId {
    let hash = password::hash(PASSWORD, &SystemEntropy).unwrap();
    server.write(move |tx| service::account::user::create(tx, &NewUser { name: "Paula Person".into(), email: email.into() }, &hash))
}

/// An answer.
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    /// A header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads.
    pub fn to(&self) -> &str {
        self.header("location")
    }

    /// The session that it begins.
    pub fn session(&self) -> Option<String> {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        cookies.filter_map(|cookie| cookie.strip_prefix("stele=")?.split(';').next()).map(str::to_owned).next()
    }
}

/// A browser.
pub struct Browser<'a> {
    pub session: Option<String>,
    pub language: &'static str,
    url: &'a str,
    client: Client,
}

impl<'a> Browser<'a> {
    pub fn new(server: &'a Server) -> Self {
        Self::at(&server.url)
    }

    /// One for a server that runs on its own.
    pub fn at(url: &'a str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { session: None, language: "en", url, client }
    }

    /// One that is signed in.
    pub fn signed_in(server: &'a Server, email: &str) -> Self {
        let mut browser = Self::new(server);
        let page = browser.sign_in(email, PASSWORD, "");
        assert_eq!(page.status, 303, "{}", page.body);
        browser
    }

    /// Sends the sign-in form, and keeps the session that begins.
    pub fn sign_in(&mut self, email: &str, password: &str, next: &str) -> Page {
        let page = self.post("/sign-in", &[("email", email), ("password", password), ("next", next)]);
        self.session = page.session().or(self.session.take());
        page
    }

    pub fn get(&self, path: &str) -> Page {
        self.send("GET", path, &[], &[])
    }

    /// Sends a form from a page of the instance.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        self.send("POST", path, form, &[("Sec-Fetch-Site", "same-origin")])
    }

    /// Sends a form with a file (RFC 7578) from a page of the instance.
    pub fn post_file(&self, path: &str, fields: &[(&str, &str)], file: &str) -> Page {
        let part = |about: &str, text: &str| format!("--edge\r\nContent-Disposition: form-data; {about}\r\n\r\n{text}\r\n");
        let fields: String = fields.iter().map(|(name, value)| part(&format!("name=\"{name}\""), value)).collect();
        let body = format!("{fields}{}--edge--\r\n", part("name=\"file\"; filename=\"site.jsonl\"", file));
        let mut request = self.client.post(format!("{}{path}", self.url)).header(header::ACCEPT_LANGUAGE, self.language).body(body);
        request = request.header(header::ACCEPT, "text/html").header("Sec-Fetch-Site", "same-origin");
        request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("stele={session}"));
        }
        let answer = request.send().unwrap();
        Page { status: answer.status().as_u16(), headers: answer.headers().clone(), body: answer.text().unwrap() }
    }

    /// Sends a form with these headers alone.
    pub fn send(&self, method: &str, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Page {
        let mut request = self.client.request(method.parse().unwrap(), format!("{}{path}", self.url));
        request = request.header(header::ACCEPT, "text/html").header(header::ACCEPT_LANGUAGE, self.language);
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("stele={session}"));
        }
        if method == "POST" {
            request = request.form(form);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().unwrap();
        Page { status: answer.status().as_u16(), headers: answer.headers().clone(), body: answer.text().unwrap() }
    }
}
