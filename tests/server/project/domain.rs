//! Domains: wanted, verified by their record or by an operator, reached by their name, and given up.

use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        id::ProjectId,
        project::domain::{DnsAnswer, token},
    },
    jobs,
    service::project::domain::{Names, verify_as_operator},
};

use crate::support::{Server, SetClock, Site, Tenant, machine, tenant};

const NAME: &str = "journal.example.org";
const RECORD: &str = "_stele-challenge.journal.example.org";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A zone that the test writes; without one, nobody answers.
#[derive(Default)]
pub struct Zone(Mutex<Option<HashMap<String, Vec<String>>>>);

impl Zone {
    fn set(&self, name: &str, texts: &[String]) {
        self.0.lock().unwrap().get_or_insert_default().insert(name.to_owned(), texts.to_vec());
    }

    fn down(&self) {
        *self.0.lock().unwrap() = None;
    }
}

impl Names for Zone {
    fn texts(&self, name: String) -> Pin<Box<dyn Future<Output = DnsAnswer> + Send + '_>> {
        let zone = self.0.lock().unwrap();
        let found = zone.as_ref().map_or(DnsAnswer::Nobody, |zone| DnsAnswer::Texts(zone.get(&name).cloned().unwrap_or_default()));
        Box::pin(std::future::ready(found))
    }
}

fn start() -> (Site, Arc<Zone>, Arc<SetClock>) {
    let (zone, clock) = (Arc::new(Zone::default()), SetClock::new());
    let config = Config { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..Config::default() };
    let site = Site::naming(&clock, config, zone.clone());
    zone.set(NAME, &[]);
    (site, zone, clock)
}

fn domains(place: &Tenant) -> String {
    format!("/organizations/{}/projects/{}/domains", place.org, place.project)
}

fn one(place: &Tenant, domain: &Value) -> String {
    format!("{}/{}", domains(place), domain["id"].as_str().expect("an id"))
}

/// Looks for the record now: status of verification and error.
fn verify(site: &Site, domain: &Value) -> (String, Value) {
    let answer = site.ask("POST", &format!("{}/verification", one(&site.here, domain)), None);
    assert_eq!(answer.status, 200, "{}", answer.body);
    (answer.body["verificationStatus"].as_str().unwrap().to_owned(), answer.body["verificationError"].clone())
}

/// What is at this address under a name.
fn at(server: &Server, host: &str, path: &str) -> (u16, String) {
    let answer = reqwest::blocking::Client::new().get(format!("{}{path}", server.url)).header("Host", host).send().expect("an answer");
    (answer.status().as_u16(), answer.text().expect("text"))
}

/// Whether a proxy would get a certificate for a name.
fn asked(server: &Server, host: &str) -> u16 {
    at(server, "127.0.0.1", &format!("/domains/ask?domain={host}")).0
}

#[test]
fn a_domain_is_verified_by_its_record_and_told_as_the_contract_does() {
    let (site, zone, _clock) = start();
    let made = site.make(&domains(&site.here), &json!({ "hostname": " Journal.Example.ORG. ", "appId": site.here.app.to_string() }));
    for (name, value) in [
        ("hostname", json!(NAME)),
        ("appType", json!("website")),
        ("appSlug", json!("web")),
        ("isGenerated", json!(false)),
        ("isPrimary", json!(false)),
        ("isVerified", json!(false)),
        ("verificationStatus", json!("pending_dns")),
        ("verificationError", Value::Null),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    let told = site.get(&format!("{}/verification", one(&site.here, &made))).body;
    let value = token(site.here.project);
    assert_eq!(told["dnsRecordName"], RECORD);
    assert_eq!((&told["dnsRecordType"], &told["dnsRecordValue"]), (&json!("TXT"), &json!(value)));
    assert_eq!(verify(&site, &made).0, "failed");
    assert_eq!(asked(&site.server, NAME), 404);
    zone.down();
    assert!(verify(&site, &made).1.as_str().unwrap().contains("No name server answered"));
    zone.set(RECORD, &["v=spf1 -all".into(), value.clone()]);
    assert_eq!(verify(&site, &made), ("active".into(), Value::Null));
    assert_eq!(asked(&site.server, NAME), 200);
    // A website tells those that lead to it.
    let of_site = format!("{}/apps/website/{}/domains", site.project(), site.here.app);
    let shown = &site.items(&of_site)[0];
    assert_eq!((&shown["domain"], &shown["isVerified"], &shown["verificationToken"]), (&json!(NAME), &json!(true), &json!(value)));
    assert_eq!(&site.get(&format!("{of_site}/{}", made["id"].as_str().unwrap())).body, shown);
    // One is the primary one, and the app tells it.
    let other = site.make(&domains(&site.here), &json!({ "hostname": "b.example.org", "appId": site.here.app.to_string() }));
    for domain in [&other, &made] {
        assert_eq!(site.change(&one(&site.here, domain), &json!({ "isPrimary": true }))["isPrimary"], true);
    }
    let listed: Vec<_> = site.items(&domains(&site.here)).iter().map(|it| (it["hostname"].clone(), it["isPrimary"].clone())).collect();
    assert_eq!(listed, [(json!(NAME), json!(true)), (json!("b.example.org"), json!(false))]);
    assert_eq!(site.items(&format!("{}?isVerified=true", domains(&site.here))).len(), 1);
    assert_eq!(site.items(&format!("{}?verificationStatus=pending_dns", domains(&site.here))).len(), 1);
    let app = site.get(&format!("{}/apps/{}", site.project(), site.here.app)).body;
    assert_eq!(app["primaryDomain"], NAME);
    // To lead elsewhere is no matter of the record.
    site.change(&one(&site.here, &made), &json!({ "appId": null }));
    assert_eq!(site.items(&of_site).len(), 1);
    assert_eq!(site.ask("DELETE", &one(&site.here, &made), None).status, 200);
    assert_eq!((asked(&site.server, NAME), site.get(&one(&site.here, &made)).status), (404, 404));
}

#[test]
fn names_that_are_none_or_not_free_are_refused() {
    let (site, ..) = start();
    let want = |body: Value| {
        let answer = site.ask("POST", &domains(&site.here), Some(&body));
        (answer.status, answer.body["errors"][0]["code"].as_str().unwrap_or_else(|| answer.reason()).to_owned())
    };
    for wrong in ["", "localhost", "192.0.2.7", "https://a.example", "a.example:80", "*.a.example"] {
        assert_eq!(want(json!({ "hostname": wrong })), (400, "malformed".into()), "{wrong}");
    }
    // The tests' instance calls itself so.
    assert_eq!(want(json!({ "hostname": "STELE.test" })), (400, "not_allowed".into()));
    assert_eq!(want(json!({ "hostname": NAME, "appId": site.here.org.to_string() })), (400, "unknown_reference".into()));
    site.make(&domains(&site.here), &json!({ "hostname": NAME }));
    assert_eq!(want(json!({ "hostname": NAME })), (409, "taken".into()));
}

#[test]
fn of_two_that_want_a_name_the_first_that_verifies_has_it() {
    let (site, zone, _clock) = start();
    let other = tenant(&site.server, "elsewhere");
    let admin = machine(&site.server, other.org, Role::Admin, Access::Full, None);
    let token_of_other = site.server.token(&admin.secret);
    let theirs = site.server.ask("POST", &domains(&other), Some(&token_of_other), Some(&json!({ "hostname": NAME }))).body;
    let ours = site.make(&domains(&site.here), &json!({ "hostname": NAME }));
    let their_state = || {
        let path = format!("{}/verification", one(&other, &theirs));
        site.server.ask("POST", &path, Some(&token_of_other), None).body["verificationStatus"].clone()
    };
    // The record says who may have it: the other's does nothing for us.
    zone.set(RECORD, &[token(other.project)]);
    assert_eq!(verify(&site, &ours).0, "failed");
    zone.set(RECORD, &[token(other.project), token(site.here.project)]);
    assert_eq!(verify(&site, &ours).0, "active");
    assert_eq!(their_state(), "failed");
    // Nobody reads or changes a domain of another project, nor one of theirs by way of their own.
    for path in [one(&site.here, &ours), one(&other, &ours)] {
        for (method, body) in [("GET", None), ("PATCH", Some(json!({ "isPrimary": true }))), ("DELETE", None)] {
            assert_eq!(site.server.ask(method, &path, Some(&token_of_other), body.as_ref()).status, 404, "{method} {path}");
        }
        assert_eq!(site.server.ask("POST", &format!("{path}/verification"), Some(&token_of_other), None).status, 404);
    }
    // A project that is deleted gives its names up.
    assert_eq!(site.ask("DELETE", &site.project(), None).status, 200);
    assert_eq!(asked(&site.server, NAME), 404);
    assert_eq!(their_state(), "active");
    assert_eq!(asked(&site.server, NAME), 200);
}

#[test]
fn a_record_that_is_gone_is_noticed_by_itself_and_has_a_week() {
    let (site, zone, clock) = start();
    site.make(&domains(&site.here), &json!({ "hostname": NAME }));
    let job = jobs::domain::job(&site.server.store, zone.clone());
    // Tokens end while the days pass.
    let state = || site.raw().query_row("SELECT status FROM domains", [], |row| row.get::<_, String>(0)).unwrap();
    site.server.once(&job);
    assert_eq!(state(), "pending_dns", "it is not due");
    zone.set(RECORD, &[token(site.here.project)]);
    clock.pass(Duration::from_secs(60 * 60));
    site.server.once(&job);
    assert_eq!(state(), "active");
    zone.set(RECORD, &[]);
    for _ in 0..7 {
        clock.pass(DAY);
        site.server.once(&job);
        assert_eq!((state(), asked(&site.server, NAME)), ("active".into(), 200));
    }
    clock.pass(DAY);
    site.server.once(&job);
    assert_eq!((state(), asked(&site.server, NAME)), ("failed".into(), 404));
    for (action, times) in [("domain.added", 1), ("domain.verified", 1), ("domain.lost", 1)] {
        assert_eq!(site.count("SELECT COUNT(*) FROM activities WHERE action = ?1", action), times, "{action}");
    }
    // What an operator says needs no record.
    let project: ProjectId = site.here.project;
    site.server.write(move |tx| verify_as_operator(tx, "JOURNAL.example.org", Some(project)));
    clock.pass(DAY * 30);
    site.server.once(&job);
    assert_eq!((state(), asked(&site.server, NAME)), ("active".into(), 200));
}

#[test]
fn under_the_name_of_a_project_there_is_what_is_public_of_it_and_nothing_else() {
    let (site, zone, _clock) = start();
    let made = site.make(&domains(&site.here), &json!({ "hostname": NAME }));
    let other = tenant(&site.server, "elsewhere");
    let branding = |place: &Tenant, token: &str| {
        let path = format!("/organizations/{}/projects/{}/brandings", place.org, place.project);
        let made = site.server.ask("POST", &path, Some(token), Some(&json!({ "name": "Journal", "fontBody": "inter" }))).body;
        format!("/brandings/{}.css", made["id"].as_str().expect("an id"))
    };
    let theirs = machine(&site.server, other.org, Role::Admin, Access::Full, None);
    let strangers = site.server.token(&theirs.secret);
    let (ours, theirs) = (branding(&site.here, &site.token), branding(&other, &strangers));
    assert_eq!(at(&site.server, NAME, "/sign-in").0, 200, "a name that is not served is any name");
    zone.set(RECORD, &[token(site.here.project)]);
    assert_eq!(verify(&site, &made).0, "active");
    let css = at(&site.server, "Journal.Example.org:8443", &ours);
    assert_eq!(css.0, 200);
    let font = css.1.split("url(\"").nth(1).expect("a font").split('"').next().unwrap();
    assert_eq!((at(&site.server, NAME, font).0, at(&site.server, NAME, "/content.v1.css").0), (200, 200));
    assert_eq!(at(&site.server, NAME, "/form.v1.js").0, 200);
    let form = site.make(&crate::form::forms(&site), &crate::form::contact());
    let shown = at(&site.server, NAME, "/f/contact");
    assert!(shown.0 == 200 && shown.1.contains("href=\"/content.v1.css\"") && !shown.1.contains("/static/"), "{}", shown.1);
    let framed = at(&site.server, NAME, &format!("/f/{}?frame", form["id"].as_str().unwrap()));
    let script = framed.1.split("<script defer src=\"").nth(1).expect("a script").split('"').next().unwrap();
    assert_eq!((framed.0, at(&site.server, NAME, script).0), (200, 200));
    let elsewhere = json!({ "appType": "forms", "name": "Forms" });
    let stranger = format!("/organizations/{}/projects/{}/apps", other.org, other.project);
    let app = site.server.ask("POST", &stranger, Some(&strangers), Some(&elsewhere)).body;
    let all = format!("{stranger}/forms/{}/forms", app["id"].as_str().unwrap());
    let foreign = site.server.ask("POST", &all, Some(&strangers), Some(&json!({ "name": "A", "slug": "a" }))).body;
    let foreign = format!("/f/{}", foreign["id"].as_str().unwrap());
    let saved = |is_public: bool| {
        let body = json!({ "filename": "a.txt", "content": if is_public { "open" } else { "hush" }, "isPublic": is_public });
        site.ask("POST", &format!("{}/files/save", site.project()), Some(&body)).body
    };
    let (open, private) = (saved(true), saved(false));
    let path = |file: &Value| file["url"].as_str().unwrap().replace("http://stele.test", "");
    assert_eq!(at(&site.server, NAME, &path(&open)), (200, "open".to_owned()));
    let link = format!("{}/files/{}/link", site.project(), private["id"].as_str().unwrap());
    let sealed = site.ask("POST", &link, Some(&json!({}))).body;
    assert_eq!(at(&site.server, NAME, &path(&sealed)), (200, "hush".to_owned()));
    let token = reqwest::blocking::Client::new().get(format!("{}{}", site.server.url, path(&private))).header("Host", NAME);
    assert_eq!(token.bearer_auth(&site.token).send().unwrap().status(), 404, "a token is for the instance");
    let theirs_too = site.server.ask(
        "POST",
        &format!("/organizations/{}/projects/{}/files/save", other.org, other.project),
        Some(&strangers),
        Some(&json!({ "filename": "b.txt", "content": "theirs", "isPublic": true })),
    );
    for nothing in [
        foreign.as_str(),
        "/f/nothing",
        &path(&private),
        &path(&theirs_too.body),
        "/",
        "/sign-in",
        "/set-up",
        "/api/health/echo",
        "/api/openapi.json",
        "/oauth/jwks",
        "/mcp",
        "/docs",
        "/healthz",
        "/readyz",
        "/metrics",
        "/static/0/console.css",
        "/static/0/icons.svg",
        "/.well-known/paseto-keys",
        "/domains/ask?domain=journal.example.org",
        "/preview/x",
        &theirs,
    ] {
        let (status, text) = at(&site.server, NAME, nothing);
        assert_eq!(status, 404, "{nothing}: {text}");
    }
    let post = reqwest::blocking::Client::new().post(format!("{}/api/auth/token", site.server.url)).header("Host", NAME);
    assert_eq!(post.body("{}").send().unwrap().status(), 404);
    assert_eq!(at(&site.server, "elsewhere.example.org", "/sign-in").0, 200);
    assert_eq!(at(&site.server, "stele.test", "/sign-in").0, 200);
    assert_eq!(site.ask("DELETE", &one(&site.here, &made), None).status, 200);
    assert_eq!(at(&site.server, NAME, "/sign-in").0, 200);
}

#[test]
fn only_proxies_that_are_trusted_are_told_which_names_are_served() {
    let zone = Arc::new(Zone::default());
    let site = Site::naming(&SetClock::new(), Config::default(), zone.clone());
    let made = site.make(&domains(&site.here), &json!({ "hostname": NAME }));
    zone.set(RECORD, &[token(site.here.project)]);
    assert_eq!(verify(&site, &made).0, "active");
    assert_eq!(asked(&site.server, NAME), 404);
}
