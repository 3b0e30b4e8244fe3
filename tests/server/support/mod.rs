//! A server of its own for a test, with one organization and a caller of every kind.

mod browser;
mod mail;
mod person;
mod program;
mod receiver;
mod site;
mod statements;
mod twice;
mod visitor;

use std::{
    path::Path,
    pin::Pin,
    sync::{Arc, mpsc},
    thread,
};

use reqwest::{
    blocking::{Client, Response},
    header::HeaderMap,
};
use serde_json::{Value, json};
use stele::{
    app,
    config::Config,
    domain::{
        Result,
        access::{Access, Actor, Role},
        content::Kinds,
        id::{AppId, KeyId, OrgId, ProjectId, UserId},
        key::key,
        org::{organization, service_account},
        project::{
            app::{AppType, Draft as AppDraft},
            domain::DnsAnswer,
            project,
        },
        time::{Clock, Instant},
    },
    jobs::runner::Job,
    service::{
        self,
        account::{mail::Mailer, user::NewUser},
        project::domain::Names,
    },
    smtp::Smtp,
    store::{Store, Tx, engine::Engine, sqlite::Sqlite},
};

pub use browser::{Browser, PASSWORD, Page, person as visitor};
pub use mail::{MailServer, SILENT, UNKNOWN};
pub use person::{owner, person};
pub use program::Program;
pub use receiver::{HookRequest, Receiver};
pub use site::{SetClock, Site, page};
pub use twice::Strict;
use twice::Twice;
pub use visitor::{HOSTILE, ShownPage, Visitor};

/// A running server; it stops when dropped.
pub struct Server {
    pub url: String,
    /// Where its metrics are read, if that is an address of its own.
    pub metrics: Option<String>,
    pub store: Store,
    pub engine: Arc<Sqlite>,
    stop: Option<Box<dyn FnOnce() + Send + Sync>>,
}

/// Servers of names of which none answers.
struct Nobody;

impl Names for Nobody {
    fn texts(&self, _: String) -> Pin<Box<dyn Future<Output = DnsAnswer> + Send + '_>> {
        Box::pin(std::future::ready(DnsAnswer::Nobody))
    }
}

impl Server {
    /// Starts on this file.
    pub fn start(file: &Path) -> Self {
        Self::start_as(file, Config::default())
    }

    /// Starts on this file, with these settings.
    pub fn start_as(file: &Path, config: Config) -> Self {
        let (engine, store) = open(file, Arc::new(app::SystemClock));
        Self::run(store, engine, config, (None, Arc::new(Nobody)))
    }

    /// Starts on this file, and knows these kinds of content.
    pub fn start_knowing(file: &Path, kinds: Kinds) -> Self {
        let (engine, store) = open(file, Arc::new(app::SystemClock));
        Self::run(store.with_kinds(kinds), engine, Config::default(), (None, Arc::new(Nobody)))
    }

    /// Starts on this file, with a clock that the test sets.
    pub fn start_with(file: &Path, clock: Arc<dyn Clock>) -> Self {
        let (engine, store) = open(file, clock);
        Self::run(store, engine, Config::default(), (None, Arc::new(Nobody)))
    }

    /// The same, with these settings.
    pub fn start_clocked_as(file: &Path, clock: Arc<dyn Clock>, config: Config) -> Self {
        let (engine, store) = open(file, clock);
        Self::run(store, engine, config, (None, Arc::new(Nobody)))
    }

    /// The same, and its e-mails go to this SMTP server.
    pub fn start_mailing(file: &Path, clock: Arc<dyn Clock>, smtp_url: &str) -> Self {
        Self::start_mailing_as(file, clock, Config::default(), smtp_url)
    }

    /// The same, with these settings.
    pub fn start_mailing_as(file: &Path, clock: Arc<dyn Clock>, config: Config, smtp_url: &str) -> Self {
        let (engine, store) = open(file, clock);
        let smtp = Smtp::new(smtp_url, "Stele <stele@acme.example>").expect("a mail server");
        Self::run(store, engine, config, (Some(Arc::new(smtp)), Arc::new(Nobody)))
    }

    /// The same with a clock and settings, and these are asked for the records of domains.
    pub fn start_naming(file: &Path, clock: Arc<dyn Clock>, config: Config, names: Arc<dyn Names>) -> Self {
        let (engine, store) = open(file, clock);
        Self::run(store, engine, config, (None, names))
    }

    /// Starts on this file; what is stored is read through the engine that `watched` makes of the real one.
    pub fn start_watched(file: &Path, watched: impl FnOnce(Arc<Sqlite>) -> Arc<dyn Engine>) -> Self {
        let engine = Arc::new(Sqlite::open(file, Default::default()).expect("the file opens"));
        let store = Store::new(watched(engine.clone()), Arc::new(app::SystemClock), Arc::new(app::SystemEntropy));
        Self::run(store, engine, Config::default(), (None, Arc::new(Nobody)))
    }

    fn run(store: Store, engine: Arc<Sqlite>, config: Config, (mailer, names): (Option<Arc<dyn Mailer>>, Arc<dyn Names>)) -> Self {
        let (send, started) = mpsc::channel();
        let own = store.clone();
        let thread = thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                // A name that stays over a restart, so that tokens do too.
                let public_url = if config.public_url.is_empty() { "http://stele.test".into() } else { config.public_url };
                let config = Config { public_url, ..config };
                let running = app::start(&config, own, None, mailer, names).await.expect("the server starts");
                send.send((running.address, running.metrics, running.handle())).expect("the test waits");
                running.wait().await.expect("the server stops in order");
            });
        });
        let (address, metrics, handle) = started.recv().expect("the server starts");
        let stop = move || {
            // Without graceful shutdown an idle connection of a client would hold the test up.
            drop(handle.stop(false));
            let _ = thread.join();
        };
        Self {
            url: format!("http://{address}"),
            metrics: metrics.map(|at| format!("http://{at}")),
            store,
            engine,
            stop: Some(Box::new(stop)),
        }
    }

    /// Asks as the bearer of this token.
    pub fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Option<&Value>) -> JsonAnswer {
        self.ask_with(method, path, token, body, &[])
    }

    /// The same with these headers.
    pub fn ask_with(&self, method: &str, path: &str, token: Option<&str>, body: Option<&Value>, headers: &[(&str, &str)]) -> JsonAnswer {
        let method = method.parse().expect("a method");
        let mut request = Client::new().request(method, format!("{}/api{path}", self.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        JsonAnswer::of(request.send().expect("the server answers"))
    }

    /// Sends a form to an endpoint of OAuth; the status.
    pub fn oauth(&self, what: &str, form: &[(&str, &str)]) -> u16 {
        let request = Client::new().post(format!("{}/oauth/{what}", self.url)).form(form);
        request.send().expect("the server answers").status().as_u16()
    }

    /// Sends a form to an endpoint of OAuth, with Basic credentials if these are given.
    pub fn oauth_as(&self, what: &str, form: &[(&str, &str)], basic: Option<(&str, &str)>) -> JsonAnswer {
        let mut request = Client::new().post(format!("{}/oauth/{what}", self.url)).form(form);
        if let Some((id, secret)) = basic {
            request = request.basic_auth(id, Some(secret));
        }
        JsonAnswer::of(request.send().expect("the server answers"))
    }

    /// Exchanges a key.
    pub fn exchange(&self, key: &str) -> JsonAnswer {
        self.ask("POST", "/auth/token", None, Some(&json!({ "apiKey": key })))
    }

    /// The token of a key that lives.
    pub fn token(&self, key: &str) -> String {
        let answer = self.exchange(key);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body["token"].as_str().expect("a token").to_owned()
    }

    /// Writes as the operator.
    pub fn write<T: Send + 'static>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.store.write_now(work).expect("the store writes")
    }

    /// What was written past the server is seen by whatever it reads from here on.
    pub fn notice(&self) {
        self.write(|_| Ok(()));
    }

    /// Runs a job once, beside those that the server runs itself; when it wants to run next.
    pub fn once(&self, job: &Job) -> Option<Instant> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(job.run(self.store.now(), &Arc::default())).expect("the job runs")
    }
}

/// The database in this file, with an engine that runs everything twice.
fn open(file: &Path, clock: Arc<dyn Clock>) -> (Arc<Sqlite>, Store) {
    let engine = Arc::new(Sqlite::open(file, Default::default()).expect("the file opens"));
    let store = Store::new(Arc::new(Twice(engine.clone())), clock, Arc::new(app::SystemEntropy));
    (engine, store)
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop();
        }
    }
}

/// Status, headers and JSON of an answer.
pub struct JsonAnswer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl JsonAnswer {
    pub fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().expect("the body arrives");
        Self { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null) }
    }

    /// A header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("plain text"))
    }

    /// The machine word of a refusal.
    pub fn reason(&self) -> &str {
        self.body["reason"].as_str().unwrap_or_default()
    }

    /// The sentence of a refusal.
    pub fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }
}

/// An organization with a project and a website in it, and another project.
#[derive(Debug, Clone, Copy)]
pub struct Tenant {
    pub org: OrgId,
    pub project: ProjectId,
    pub app: AppId,
    pub other: ProjectId,
}

/// Makes an organization of this slug.
pub fn tenant(server: &Server, slug: &'static str) -> Tenant {
    server.write(move |tx| {
        let operator = Actor::operator();
        let new = NewUser { name: "Olga Owner".into(), email: format!("olga@{slug}.example") };
        let owner = service::account::user::create(tx, &new, "no password")?;
        let draft = organization::Draft { name: slug.into(), slug: Some(slug.into()), description: None, website: None };
        let org = service::org::organization::create_owned(tx, owner, &draft)?.id;
        let draft = |slug: &str| project::Draft {
            name: slug.into(),
            slug: Some(slug.into()),
            description: None,
            default_locale: None,
            enabled_locales: None,
        };
        let project = service::project::project::create(tx, &operator, org, &draft("site"))?.id;
        let other = service::project::project::create(tx, &operator, org, &draft("other"))?.id;
        let website = AppDraft { app_type: AppType::Website, name: "Web".into(), slug: Some("web".into()), description: None };
        let app = service::project::app::create(tx, &operator, (org, project), &website)?.id;
        Ok(Tenant { org, project, app, other })
    })
}

/// A key that was made for a test.
pub struct Made {
    pub account: UserId,
    pub key: KeyId,
    pub secret: String,
}

/// A service account of this role, with a key.
pub fn machine(server: &Server, org: OrgId, role: Role, access: Access, projects: Option<Vec<ProjectId>>) -> Made {
    server.write(move |tx| {
        let operator = Actor::operator();
        let draft = service_account::Draft { name: role.word().into(), role, description: None };
        let account = service::org::service_account::create(tx, &operator, org, &draft)?.id;
        let draft = key::Draft {
            name: "Test".into(),
            access: Some(access),
            expires_in_days: Some(1),
            projects: projects.clone(),
            ..Default::default()
        };
        let issued = service::key::key::create(tx, &operator, (org, account), &draft, false)?;
        Ok(Made { account, key: issued.key.id, secret: issued.secret.reveal().to_owned() })
    })
}
