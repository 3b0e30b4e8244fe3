//! The flags of the settings, and the database file of the commands that work on it.

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;

use crate::{
    config::{Config, Values},
    database,
    domain::Error,
    store::Store,
};

/// Every setting can be a flag, an environment variable (STELE_...) or a line of the settings file; flags win.
#[derive(Debug, Clone, Default, Args)]
pub struct Settings {
    /// A TOML file with settings, such as listen = "0.0.0.0:4010"
    #[arg(long, env = "STELE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port; port 0 picks a free one [default: 127.0.0.1:4010] [env: STELE_LISTEN]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<String>,
    /// The database file [default: stele.db] [env: STELE_DATA]
    #[arg(long, value_name = "FILE")]
    data: Option<String>,
    /// How the instance is reached from outside, such as https://content.example.com [env: STELE_PUBLIC_URL]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Addresses and networks of proxies whose X-Forwarded-For is believed, parted by commas [env: STELE_TRUSTED_PROXIES]
    #[arg(long, value_name = "NETWORKS")]
    trusted_proxies: Option<String>,
    /// Addresses and networks off the Internet that webhooks may reach, parted by commas [env: STELE_WEBHOOK_NETWORKS]
    #[arg(long, value_name = "LIST")]
    webhook_networks: Option<String>,
    /// Origins whose pages may use the API, such as https://app.example.com, parted by commas [env: STELE_CORS_ORIGINS]
    #[arg(long, value_name = "ORIGINS")]
    cors_origins: Option<String>,
    /// Requests a minute with one key, or off [default: 6000000] [env: STELE_REQUESTS_PER_KEY]
    #[arg(long, value_name = "NUMBER")]
    requests_per_key: Option<String>,
    /// Requests a minute to API, OAuth and previews from one address, or off [default: 6000000] [env: STELE_REQUESTS_PER_ADDRESS]
    #[arg(long, value_name = "NUMBER")]
    requests_per_address: Option<String>,
    /// Keys exchanged a minute from one address, or off [default: 3000000] [env: STELE_EXCHANGES_PER_ADDRESS]
    #[arg(long, value_name = "NUMBER")]
    exchanges_per_address: Option<String>,
    /// Passwords a minute that strangers type at one address, right or wrong, or off [default: 600] [env: STELE_SIGN_INS_PER_ADDRESS]
    #[arg(long, value_name = "NUMBER")]
    sign_ins_per_address: Option<String>,
    /// Changes a minute that agents make with one key, or off [default: 600] [env: STELE_AGENT_WRITES_PER_KEY]
    #[arg(long, value_name = "NUMBER")]
    agent_writes_per_key: Option<String>,
    /// Those of them that readers see at once, or off [default: 60] [env: STELE_AGENT_PUBLISHES_PER_KEY]
    #[arg(long, value_name = "NUMBER")]
    agent_publishes_per_key: Option<String>,
    /// What is sent to one form from one address a minute, or off [default: 20] [env: STELE_SUBMISSIONS_PER_ADDRESS]
    #[arg(long, value_name = "NUMBER")]
    submissions_per_address: Option<String>,
    /// Life of an access token in minutes, 1 to 60 [default: 15] [env: STELE_TOKEN_TTL]
    #[arg(long, value_name = "MINUTES")]
    token_ttl: Option<String>,
    /// paseto or jwt [default: paseto] [env: STELE_TOKEN_FORMAT]
    #[arg(long, value_name = "FORMAT")]
    token_format: Option<String>,
    /// Accept an API key where a token belongs: true or false [default: false] [env: STELE_ALLOW_KEY_AS_BEARER]
    #[arg(long, value_name = "BOOL")]
    allow_key_as_bearer: Option<String>,
    /// Who makes organizations beside the first: operator or anyone [default: operator] [env: STELE_ORG_CREATION]
    #[arg(long, value_name = "WHO")]
    org_creation: Option<String>,
    /// smtp://user:password@host:587 (STARTTLS) or smtps://...:465; no mail without it [env: STELE_SMTP_URL]
    #[arg(long, value_name = "URL")]
    smtp_url: Option<String>,
    /// Sender of e-mails [env: STELE_MAIL_FROM]
    #[arg(long, value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Folder in which backups are made and kept; none without it [env: STELE_BACKUP_DIR]
    #[arg(long, value_name = "FOLDER")]
    backup_dir: Option<String>,
    /// How often a backup is made, such as 24h or 7d [default: 24h] [env: STELE_BACKUP_EVERY]
    #[arg(long, value_name = "TIME")]
    backup_every: Option<String>,
    /// How many backups are kept [default: 7] [env: STELE_BACKUP_KEEP]
    #[arg(long, value_name = "NUMBER")]
    backup_keep: Option<String>,
    /// How long lines of the activity are kept, such as 365d [default: forever] [env: STELE_KEEP_ACTIVITY]
    #[arg(long, value_name = "TIME")]
    keep_activity: Option<String>,
    /// How long revoked, expired and replaced keys are kept [default: forever] [env: STELE_KEEP_ENDED_KEYS]
    #[arg(long, value_name = "TIME")]
    keep_ended_keys: Option<String>,
    /// How long it is known which e-mails were sent or have failed [default: 30d] [env: STELE_KEEP_EMAILS]
    #[arg(long, value_name = "TIME")]
    keep_emails: Option<String>,
    /// How long deleted entries stay in the trash of their project [default: 30d] [env: STELE_KEEP_TRASH]
    #[arg(long, value_name = "TIME")]
    keep_trash: Option<String>,
    /// How long what somebody typed and never saved is kept once others have changed the entry [default: 90d] [env: STELE_KEEP_WORKING_COPIES]
    #[arg(long, value_name = "TIME")]
    keep_working_copies: Option<String>,
    /// How long every version of an entry is kept; then one a day [default: 7d] [env: STELE_KEEP_ALL_VERSIONS]
    #[arg(long, value_name = "TIME")]
    keep_all_versions: Option<String>,
    /// Until what age one version a day is kept; then one a week [default: 90d] [env: STELE_KEEP_DAILY_VERSIONS]
    #[arg(long, value_name = "TIME")]
    keep_daily_versions: Option<String>,
    /// Folder in which bytes of files lie; in the database without it [env: STELE_FILES_DIR]
    #[arg(long, value_name = "FOLDER")]
    files_dir: Option<String>,
    /// Megabytes that a file may have [default: 1024] [env: STELE_MAX_FILE]
    #[arg(long, value_name = "MB")]
    max_file: Option<String>,
    /// Megabytes that all files of a project may have together, or off [default: off] [env: STELE_MAX_PROJECT_FILES]
    #[arg(long, value_name = "MB")]
    max_project_files: Option<String>,
    /// Whom an https public-url binds to https for a year: off, host or subdomains [default: host] [env: STELE_HSTS]
    #[arg(long, value_name = "WHOM")]
    hsts: Option<String>,
    /// text or json [default: text] [env: STELE_LOG_FORMAT]
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    /// Requests in the log: notable (writes, refusals, errors, slow ones) or all [default: notable] [env: STELE_REQUEST_LOG]
    #[arg(long, value_name = "WHICH")]
    request_log: Option<String>,
    /// Address and port of their own for /metrics and the health routes; not served without it or a token [env: STELE_METRICS_LISTEN]
    #[arg(long, value_name = "ADDR:PORT")]
    metrics_listen: Option<String>,
    /// Bearer token for /metrics where the rest is served [env: STELE_METRICS_TOKEN]
    #[arg(long, value_name = "TOKEN")]
    metrics_token: Option<String>,
    /// Megabytes that must be free for files to come in, and for /readyz to say so [default: 128] [env: STELE_MIN_FREE_DISK]
    #[arg(long, value_name = "MB")]
    min_free_disk: Option<String>,
}

impl Settings {
    /// The values from flags, environment and file.
    pub fn values(&self) -> Result<Values, String> {
        let flags = [
            ("listen", &self.listen),
            ("data", &self.data),
            ("public-url", &self.public_url),
            ("trusted-proxies", &self.trusted_proxies),
            ("webhook-networks", &self.webhook_networks),
            ("cors-origins", &self.cors_origins),
            ("requests-per-key", &self.requests_per_key),
            ("requests-per-address", &self.requests_per_address),
            ("exchanges-per-address", &self.exchanges_per_address),
            ("sign-ins-per-address", &self.sign_ins_per_address),
            ("agent-writes-per-key", &self.agent_writes_per_key),
            ("agent-publishes-per-key", &self.agent_publishes_per_key),
            ("submissions-per-address", &self.submissions_per_address),
            ("token-ttl", &self.token_ttl),
            ("token-format", &self.token_format),
            ("allow-key-as-bearer", &self.allow_key_as_bearer),
            ("org-creation", &self.org_creation),
            ("smtp-url", &self.smtp_url),
            ("mail-from", &self.mail_from),
            ("backup-dir", &self.backup_dir),
            ("backup-every", &self.backup_every),
            ("backup-keep", &self.backup_keep),
            ("keep-activity", &self.keep_activity),
            ("keep-ended-keys", &self.keep_ended_keys),
            ("keep-emails", &self.keep_emails),
            ("keep-trash", &self.keep_trash),
            ("keep-working-copies", &self.keep_working_copies),
            ("keep-all-versions", &self.keep_all_versions),
            ("keep-daily-versions", &self.keep_daily_versions),
            ("files-dir", &self.files_dir),
            ("max-file", &self.max_file),
            ("max-project-files", &self.max_project_files),
            ("hsts", &self.hsts),
            ("log-format", &self.log_format),
            ("request-log", &self.request_log),
            ("metrics-listen", &self.metrics_listen),
            ("metrics-token", &self.metrics_token),
            ("min-free-disk", &self.min_free_disk),
        ];
        let flags: BTreeMap<_, _> = flags.into_iter().filter_map(|(name, value)| value.clone().map(|value| (name, value))).collect();
        let file = match &self.config {
            Some(path) => Some(std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?),
            None => None,
        };
        Ok(Values::gather(&flags, |name| std::env::var(name).ok(), file.as_deref()))
    }

    /// The typed settings.
    pub fn config(&self) -> Result<Config, String> {
        self.values()?.read().map_err(|faults| faults.join("\n       "))
    }
}

/// The database file of a command.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// The database file
    #[arg(long, env = "STELE_DATA", default_value = "stele.db", value_name = "FILE")]
    pub data: PathBuf,
}

impl Data {
    /// Opens the store to read it, also while a server has it.
    pub fn read(&self) -> Result<Store, String> {
        database::open_reading(&self.data)
    }

    /// Opens the store; says so if a server has it open.
    pub fn open(&self, who: &str) -> Result<Store, String> {
        database::open(&self.data, who).map(|(store, _)| store)
    }
}

/// An error of an operation as a sentence for the operator; the cause is for them too.
pub fn sentence(error: Error) -> String {
    match error {
        Error::Invalid(faults) => faults.0.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("\n       "),
        Error::Internal(cause) | Error::Busy(cause) | Error::Moved(cause) => cause,
        other => other.to_string(),
    }
}
