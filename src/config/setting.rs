//! Each setting by name, and where a value came from.

use std::fmt;

/// One setting: its name (the flag and the key in the file), the environment variable, the default, what it is.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// `listen`: the flag `--listen` and the key `listen` of the file.
    pub name: &'static str,
    /// `STELE_LISTEN`
    pub env: &'static str,
    /// Used when nothing else says.
    pub default: &'static str,
    /// One line.
    pub help: &'static str,
    /// Whether `config check` must not print it.
    pub secret: bool,
}

const fn setting(name: &'static str, env: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, env, default, help, secret: false }
}

/// Every setting, in the order of the docs.
pub const SETTINGS: &[Setting] = &[
    setting("listen", "STELE_LISTEN", "127.0.0.1:4010", "address or name and port; :4010 is every IPv4 address, port 0 picks a free one"),
    setting("data", "STELE_DATA", "stele.db", "the database file"),
    setting("public-url", "STELE_PUBLIC_URL", "", "how the instance is reached from outside; the listening address when empty"),
    setting("trusted-proxies", "STELE_TRUSTED_PROXIES", "", "addresses and networks whose X-Forwarded-For is believed, parted by commas"),
    setting(
        "webhook-networks",
        "STELE_WEBHOOK_NETWORKS",
        "",
        "addresses and networks that are not on the Internet and that webhooks may reach, parted by commas",
    ),
    setting("cors-origins", "STELE_CORS_ORIGINS", "", "origins whose pages may use the API, parted by commas"),
    setting("requests-per-key", "STELE_REQUESTS_PER_KEY", "6000000", "requests a minute with one key, or off"),
    setting(
        "requests-per-address",
        "STELE_REQUESTS_PER_ADDRESS",
        "6000000",
        "requests a minute to API, OAuth and previews from one address, or off",
    ),
    setting("exchanges-per-address", "STELE_EXCHANGES_PER_ADDRESS", "3000000", "keys exchanged a minute from one address, or off"),
    setting(
        "sign-ins-per-address",
        "STELE_SIGN_INS_PER_ADDRESS",
        "600",
        "passwords a minute that strangers type at one address, right or wrong, or off",
    ),
    setting("agent-writes-per-key", "STELE_AGENT_WRITES_PER_KEY", "600", "changes a minute that agents make with one key, or off"),
    setting("submissions-per-address", "STELE_SUBMISSIONS_PER_ADDRESS", "20", "what is sent to one form from one address a minute, or off"),
    setting("agent-publishes-per-key", "STELE_AGENT_PUBLISHES_PER_KEY", "60", "those of them that readers see at once, or off"),
    setting("token-ttl", "STELE_TOKEN_TTL", "15", "life of an access token in minutes, 1 to 60"),
    setting("token-format", "STELE_TOKEN_FORMAT", "paseto", "paseto or jwt"),
    setting("allow-key-as-bearer", "STELE_ALLOW_KEY_AS_BEARER", "false", "accept an API key where a token belongs"),
    setting("org-creation", "STELE_ORG_CREATION", "operator", "who makes organizations beside the first: operator or anyone"),
    setting(
        "smtp-url",
        "STELE_SMTP_URL",
        "",
        "smtp(s)://user:password@host:port; smtp needs STARTTLS beyond this machine; no mail when empty",
    )
    .secret(),
    setting("mail-from", "STELE_MAIL_FROM", "", "sender of emails; required with smtp-url"),
    setting("backup-dir", "STELE_BACKUP_DIR", "", "the folder in which backups are made and kept; none are made when empty"),
    setting("backup-every", "STELE_BACKUP_EVERY", "24h", "how often one is made, such as 24h or 7d"),
    setting("backup-keep", "STELE_BACKUP_KEEP", "7", "how many are kept, the newest ones"),
    setting("keep-activity", "STELE_KEEP_ACTIVITY", "forever", "how long lines of the activity are kept, such as 365d, or forever"),
    setting("keep-ended-keys", "STELE_KEEP_ENDED_KEYS", "forever", "how long revoked, expired and replaced keys are kept, or forever"),
    setting("keep-emails", "STELE_KEEP_EMAILS", "30d", "how long it is known which e-mails were sent or have failed, or forever"),
    setting("keep-trash", "STELE_KEEP_TRASH", "30d", "how long deleted entries and files stay in the trash of their project, or forever"),
    setting(
        "keep-working-copies",
        "STELE_KEEP_WORKING_COPIES",
        "90d",
        "how long what somebody typed and never saved is kept once others have changed the entry, or forever",
    ),
    setting("keep-all-versions", "STELE_KEEP_ALL_VERSIONS", "7d", "how long every version of an entry is kept, or forever; then one a day"),
    setting(
        "keep-daily-versions",
        "STELE_KEEP_DAILY_VERSIONS",
        "90d",
        "until what age one version a day is kept, or forever; then one a week",
    ),
    setting("files-dir", "STELE_FILES_DIR", "", "the folder in which bytes of files lie; in the database when empty"),
    setting("max-file", "STELE_MAX_FILE", "1024", "megabytes that a file may have"),
    setting("max-project-files", "STELE_MAX_PROJECT_FILES", "off", "megabytes that all files of a project may have together, or off"),
    setting("hsts", "STELE_HSTS", "host", "whom an https public-url binds to https for a year: off, host, or host and its subdomains"),
    setting("log-format", "STELE_LOG_FORMAT", "text", "text or json"),
    setting("request-log", "STELE_REQUEST_LOG", "notable", "notable: writes, refusals, errors and slow requests; or all"),
    setting(
        "metrics-listen",
        "STELE_METRICS_LISTEN",
        "",
        "address and port of their own for /metrics and the health routes; none when empty",
    ),
    setting("metrics-token", "STELE_METRICS_TOKEN", "", "bearer token for /metrics where the rest is served; not served there when empty")
        .secret(),
    setting("min-free-disk", "STELE_MIN_FREE_DISK", "128", "megabytes that must be free for files to come in, and for /readyz to say so"),
];

impl Setting {
    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A flag.
    Flag,
    /// The environment.
    Environment,
    /// The file.
    File,
    /// Nothing said otherwise.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Default => "default",
        })
    }
}
