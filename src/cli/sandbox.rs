//! `stele sandbox`: a server with demo data, for trying out and for tests.

use std::{
    fs::{self, File},
    io::Write as _,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::{
    app::{self, Running},
    config::{Config, parse},
    database::{self, Database},
    domain::{
        Error, Result,
        id::{Entropy, UserId},
        key::{secret::PlainKey, token::Format},
    },
    http::base::origin::Origin,
    service::{
        account::user,
        demo::{self, Demo, seeded::Seeded},
        sandbox::Reset,
    },
    store::Store,
};

use super::{log, output::CommandResult, serve::serve, settings::sentence};

/// The networks of this machine alone.
const LOOPBACK: [&str; 2] = ["127.0.0.0/8", "::1"];

/// How the start is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Print {
    /// Lines for a person.
    Text,
    /// One JSON object on one line of standard output.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Sandbox {
    /// Address and port; port 0 picks a free one
    #[arg(long, default_value = "127.0.0.1:4011", value_parser = listen, value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// Keep the data here between starts; seeded when new. Without it, a fresh temporary database
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The service-account key to use, gct_test_sat_... (for CI)
    #[arg(long, env = "STELE_SANDBOX_KEY", value_name = "KEY")]
    key: Option<String>,
    /// Origins whose pages may use the API, such as http://localhost:5173, parted by commas
    #[arg(long, env = "STELE_CORS_ORIGINS", value_delimiter = ',', value_parser = origin, value_name = "ORIGINS")]
    cors_origins: Vec<String>,
    /// Format of tokens unless asked otherwise: paseto or jwt
    #[arg(long, env = "STELE_TOKEN_FORMAT", default_value = "paseto", value_parser = format, value_name = "FORMAT")]
    token_format: Format,
    /// A number from which ids and keys of a new sandbox follow, the same each time
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How the start is told
    #[arg(long, value_enum, default_value = "text")]
    print: Print,
    /// One organization and one project, and nothing in them
    #[arg(long)]
    empty: bool,
}

/// A folder that lies in memory.
const MEMORY: &str = "/dev/shm";

/// How temporary folders are called.
const PREFIX: &str = "stele-sandbox-";
/// The file in one that is locked for as long as its sandbox runs.
const LOCK: &str = "lock";

/// A folder that is gone when the sandbox is; where that was killed, when the next one starts.
struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left of a temporary folder does no harm.
        let _ = fs::remove_dir_all(&self.path);
    }
}

struct Restore {
    engine: Arc<Database>,
    start: PathBuf,
    visitor: UserId,
}

impl Reset for Restore {
    fn reset(&self) -> Result<()> {
        self.engine.restore(&self.start).map_err(Error::from)
    }

    fn visitor(&self) -> UserId {
        self.visitor
    }
}

pub(super) fn run(sandbox: &Sandbox) -> CommandResult {
    log::start(false);
    let print = sandbox.print;
    sandbox.serve(|running, demo| match print {
        Print::Json => tell(&as_json(demo, &running.public_url).to_string()),
        Print::Text => tell(&as_text(demo, &running.public_url)),
    })
}

impl Sandbox {
    /// One on a free port of this machine, with a fresh database.
    pub(super) fn fresh() -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let (token_format, print) = (Format::default(), Print::Text);
        Self { listen, data: None, key: None, cors_origins: Vec::new(), token_format, seed: None, print, empty: false }
    }

    /// Serves it until it is told to stop; `ready` is called once it accepts requests.
    pub(super) fn serve(&self, ready: impl FnOnce(&Running, &Demo)) -> CommandResult {
        let key = self.key.as_deref().map(test_key).transpose()?;
        let folder = temporary()?;
        let data = self.data.clone().unwrap_or_else(|| folder.path.join("sandbox.db"));
        let (store, engine) = database::open(&data, "stele sandbox")?;
        let seeding = match self.seed {
            Some(seed) => Store::new(engine.clone(), Arc::new(app::SystemClock), Arc::new(Seeded::new(seed))),
            None => store.clone(),
        };
        let demo = demo::seed(&seeding, key.as_ref(), self.empty).map_err(sentence)?;
        let visitor = store.read_now(|tx| user::by_email(tx, demo::VISITOR)).map_err(sentence)?.id;
        let start = folder.path.join("start.db");
        engine.snapshot(&start).map_err(|error| sentence(error.into()))?;
        let (cors_origins, token_format) = (self.cors_origins.clone(), self.token_format);
        // Whoever tries webhooks out has a receiver on the same machine.
        let own = LOOPBACK.iter().filter(|_| self.listen.ip().is_loopback());
        let webhook_networks = own.filter_map(|network| network.parse().ok()).collect();
        let config = Config { listen: self.listen, data: data.clone(), cors_origins, token_format, webhook_networks, ..Config::default() };
        let reset: Arc<dyn Reset> = Arc::new(Restore { engine, start, visitor });
        serve(&config, store, Some(reset), |running| {
            tracing::info!(address = %running.address, data = %data.display(), "SANDBOX: demo data, for trying out only");
            ready(running, &demo);
        })
    }
}

fn listen(text: &str) -> std::result::Result<SocketAddr, String> {
    parse::listen(text).ok_or_else(|| "an address or name and a port such as localhost:4011, or :4011 for every IPv4 address".to_owned())
}

fn origin(text: &str) -> std::result::Result<String, String> {
    Origin::read_typed(text).map(|origin| origin.to_string()).ok_or_else(|| "an origin such as http://localhost:5173".to_owned())
}

fn format(text: &str) -> std::result::Result<Format, String> {
    Format::from_word(text).ok_or_else(|| "paseto or jwt".to_owned())
}

fn test_key(text: &str) -> std::result::Result<PlainKey, String> {
    PlainKey::parse(text)
        .filter(|key| key.reveal().starts_with("gct_test_sat_"))
        .ok_or_else(|| "--key must be a complete service-account key of a sandbox: gct_test_sat_ and 49 characters".to_owned())
}

fn temporary() -> std::result::Result<Folder, String> {
    let mut random = [0; 8];
    app::SystemEntropy.fill(&mut random);
    let name = format!("{PREFIX}{:016x}", u64::from_le_bytes(random));
    let on_disk = std::env::temp_dir();
    let error = match make(&on_disk, &name) {
        Ok(made) => return Ok(made),
        Err(error) => error,
    };
    // Where nothing can be written on disk there is memory: containers with a read-only root have it, too.
    make(Path::new(MEMORY), &name).map_err(|_| format!("cannot make {}: {error}", on_disk.join(&name).display()))
}

/// A folder of its owner alone. It has its name only once it is locked: one that is not was left by a sandbox that was killed.
fn make(within: &Path, name: &str) -> std::io::Result<Folder> {
    use std::os::unix::fs::DirBuilderExt;
    sweep(within);
    let (unlocked, path) = (within.join(format!(".{name}")), within.join(name));
    fs::DirBuilder::new().mode(0o700).create(&unlocked)?;
    let lock = File::create_new(unlocked.join(LOCK))?;
    lock.lock()?;
    fs::rename(&unlocked, &path)?;
    Ok(Folder { path, _lock: lock })
}

/// Removes what sandboxes have left that were killed: they may be large, and nobody else does. Where everybody may write, what stands there may be
/// anything, so nothing but a plain file in a plain folder is opened: a pipe would be waited for.
fn sweep(within: &Path) {
    let folders = fs::read_dir(within).into_iter().flatten().flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    for folder in folders.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)).map(|entry| entry.path()) {
        let lock = folder.join(LOCK);
        let is_plain = fs::symlink_metadata(&lock).is_ok_and(|found| found.is_file());
        if is_plain && File::open(&lock).is_ok_and(|lock| lock.try_lock().is_ok()) {
            // Those of others cannot be removed, and are not ours.
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

fn as_json(demo: &Demo, url: &str) -> serde_json::Value {
    json!({
        "url": url,
        "apiUrl": format!("{url}/api"),
        "signInUrl": format!("{url}/sandbox/sign-in"),
        "serviceKey": demo.service_key,
        "personalKey": demo.personal_key,
        "organizationId": demo.org.to_string(),
        "projectId": demo.project.to_string(),
        "apps": demo.apps.iter().map(|(slug, id)| (slug.clone(), json!(id.to_string()))).collect::<serde_json::Map<_, _>>(),
    })
}

/// Writes to standard output; that nobody reads it is no reason to stop, as it would be to `println`.
fn tell(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

fn as_text(demo: &Demo, url: &str) -> String {
    let (service, personal) = (&demo.service_key, &demo.personal_key);
    let (org, project) = (demo.org, demo.project);
    let app = demo.apps.first().map(|(_, id)| id.to_string()).unwrap_or_default();
    let exchange = format!("curl -s {url}/api/auth/token -H 'Content-Type: application/json' -d '{{\"apiKey\":\"{service}\"}}'");
    let pages = format!("{url}/api/organizations/{org}/projects/{project}/apps/website/{app}/pages?lite=true");
    let lines = [
        "SANDBOX  Northwind Press, demo data".to_owned(),
        String::new(),
        format!("API            {url}/api"),
        format!("OpenAPI        {url}/api/openapi.json"),
        format!("Sign in        {url}/sandbox/sign-in"),
        format!("Service key    {service}"),
        format!("Personal key   {personal}"),
        format!("Organization   {org}"),
        format!("Project        {project}"),
        format!("Website app    {app}"),
        String::new(),
        "curl:".to_owned(),
        format!("  TOKEN=$({exchange} | python3 -c 'import json,sys; print(json.load(sys.stdin)[\"token\"])')"),
        format!("  curl -s -H \"Authorization: Bearer $TOKEN\" '{pages}'"),
        String::new(),
        "Python (pip install giantcontext==1.224.0):".to_owned(),
        String::new(),
        "import asyncio".to_owned(),
        "from giantcontext import create_giant_context".to_owned(),
        String::new(),
        "async def main():".to_owned(),
        format!("    gc = create_giant_context(api_key=\"{service}\", base_url=\"{url}/api\")"),
        format!("    pages = await gc.website.list_website_pages(\"{org}\", \"{project}\", \"{app}\")"),
        "    print([page[\"slug\"] for page in pages[\"data\"]])".to_owned(),
        "    await gc.close()".to_owned(),
        String::new(),
        "asyncio.run(main())".to_owned(),
    ];
    lines.join("\n")
}
