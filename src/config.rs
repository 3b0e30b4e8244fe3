//! Settings: flags over environment over file over default, one typed struct, every fault reported at once.

use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    path::PathBuf,
    time::Duration,
};

use crate::{
    domain::{
        key::token::{Format, TTL_DEFAULT},
        network::Network,
        time::DAY,
    },
    http::base::{origin::Origin, transport::connections::Limits},
    smtp::Smtp,
};

/// One setting: its name (the flag and the key in the file), the environment variable, the default, what it is.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// `listen`: the flag `--listen` and the key `listen` of the file, with `_` for `-` there.
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
    setting("cors-origins", "STELE_CORS_ORIGINS", "", "origins whose pages may use the API, parted by commas"),
    setting("token-ttl", "STELE_TOKEN_TTL", "15", "life of an access token in minutes, 1 to 60"),
    setting("token-format", "STELE_TOKEN_FORMAT", "paseto", "paseto or jwt"),
    setting("allow-key-as-bearer", "STELE_ALLOW_KEY_AS_BEARER", "false", "accept an API key where a token belongs"),
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
    setting("log-format", "STELE_LOG_FORMAT", "text", "text or json"),
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

/// The settings of a server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The database file.
    pub data: PathBuf,
    /// Without a `/` at the end; empty when the listening address is meant.
    pub public_url: String,
    /// Origins whose pages may use the API.
    pub cors_origins: Vec<String>,
    /// What connections may take.
    pub limits: Limits,
    /// Proxies to believe.
    pub trusted_proxies: Vec<Network>,
    /// Life of a token.
    pub token_ttl: Duration,
    /// Format of tokens unless asked otherwise.
    pub token_format: Format,
    /// Whether keys are accepted as bearer tokens.
    pub allow_key_as_bearer: bool,
    /// SMTP server with credentials, and sender.
    pub smtp: Option<(String, String)>,
    /// Where backups are kept; how often one is made, and how many are kept.
    pub backups: Option<(PathBuf, Duration, usize)>,
    /// Whether the log is JSON.
    pub log_json: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: PathBuf::from("stele.db"),
            public_url: String::new(),
            cors_origins: Vec::new(),
            limits: Limits::default(),
            trusted_proxies: Vec::new(),
            token_ttl: TTL_DEFAULT,
            token_format: Format::Paseto,
            allow_key_as_bearer: false,
            smtp: None,
            backups: None,
            log_json: false,
        }
    }
}

/// Raw values and where they came from.
#[derive(Debug, Clone, Default)]
pub struct Values(BTreeMap<&'static str, (String, Source)>);

impl Values {
    /// Gathers the values. `flags` are those given, `env` reads a variable, `file` is the text of a settings file.
    ///
    /// # Errors
    /// One sentence for each key of the file that is not a setting, or for a file that is not TOML.
    pub fn gather(
        flags: &BTreeMap<&'static str, String>,
        env: impl Fn(&str) -> Option<String>,
        file: Option<&str>,
    ) -> Result<Self, Vec<String>> {
        let table: toml::Table = match file.map(str::parse).transpose() {
            Ok(table) => table.unwrap_or_default(),
            Err(error) => return Err(vec![format!("the settings file is not TOML: {error}")]),
        };
        let known = |key: &str| SETTINGS.iter().any(|setting| setting.name.replace('-', "_") == key);
        let unknown: Vec<_> = table.keys().filter(|key| !known(key)).map(|key| format!("{key}: there is no such setting")).collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let mut values = BTreeMap::new();
        for setting in SETTINGS {
            let in_file =
                table.get(&setting.name.replace('-', "_")).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            let found = flags.get(setting.name).cloned().map(|value| (value, Source::Flag));
            let found = found.or_else(|| env(setting.env).map(|value| (value, Source::Environment)));
            let found = found.or_else(|| in_file.map(|value| (value, Source::File)));
            values.insert(setting.name, found.unwrap_or_else(|| (setting.default.to_owned(), Source::Default)));
        }
        Ok(Self(values))
    }

    /// Each setting with its value, as it may be shown, and where that came from.
    pub fn printable(&self) -> impl Iterator<Item = (&'static str, String, Source)> {
        SETTINGS.iter().filter_map(|setting| {
            let (value, source) = self.0.get(setting.name)?;
            let value = if setting.secret && !value.is_empty() { "(hidden)".to_owned() } else { value.clone() };
            Some((setting.name, value, *source))
        })
    }

    /// The typed settings.
    ///
    /// # Errors
    /// One sentence for each wrong value.
    pub fn typed(&self) -> Result<Config, Vec<String>> {
        let mut read = Lookup { values: self, faults: Vec::new() };
        let config = Config {
            listen: read.value(
                "listen",
                "an address or name and a port such as 127.0.0.1:4010, localhost:4010, or :4010 for every IPv4 address",
                listen,
                SocketAddr::from(([127, 0, 0, 1], 0)),
            ),
            data: PathBuf::from(self.text("data")),
            public_url: read.value("public-url", "an http or https address without a path", public_url, String::new()),
            cors_origins: read.value(
                "cors-origins",
                "origins such as https://app.example.com, parted by commas",
                |text| {
                    text.split(',')
                        .filter(|part| !part.trim().is_empty())
                        .map(|part| Origin::typed(part).map(|origin| origin.to_string()))
                        .collect()
                },
                Vec::new(),
            ),
            limits: Limits::default(),
            trusted_proxies: read.value(
                "trusted-proxies",
                "addresses or networks such as 10.0.0.0/8, parted by commas",
                |text| text.split(',').filter(|part| !part.trim().is_empty()).map(|part| part.trim().parse().ok()).collect(),
                Vec::new(),
            ),
            token_ttl: read.value("token-ttl", "1 to 60 minutes", minutes, TTL_DEFAULT),
            token_format: read.value("token-format", "paseto or jwt", Format::from_word, Format::Paseto),
            allow_key_as_bearer: read.value("allow-key-as-bearer", "true or false", |text| text.parse().ok(), false),
            smtp: None,
            backups: read.backups(),
            log_json: read.value(
                "log-format",
                "text or json",
                |text| [("text", false), ("json", true)].into_iter().find(|(word, _)| *word == text).map(|(_, json)| json),
                false,
            ),
        };
        let smtp = read.smtp();
        if read.faults.is_empty() { Ok(Config { smtp, ..config }) } else { Err(read.faults) }
    }

    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |(value, _)| value)
    }
}

struct Lookup<'a> {
    values: &'a Values,
    faults: Vec<String>,
}

impl Lookup<'_> {
    fn backups(&mut self) -> Option<(PathBuf, Duration, usize)> {
        let every = self.value("backup-every", "a time from 1h to 365d, such as 24h or 7d", span, DAY);
        let keep = self.value("backup-keep", "1 to 10000", |text| text.parse().ok().filter(|keep| (1..=10_000).contains(keep)), 7);
        let folder = self.values.text("backup-dir");
        (!folder.is_empty()).then(|| (PathBuf::from(folder), every, keep))
    }

    fn value<T>(&mut self, name: &str, wanted: &str, read: impl FnOnce(&str) -> Option<T>, otherwise: T) -> T {
        let text = self.values.text(name);
        read(text).unwrap_or_else(|| {
            let source = self.values.0.get(name).map_or(Source::Default, |(_, source)| *source);
            self.faults.push(format!("{name} must be {wanted}, not {text:?} (from {source})"));
            otherwise
        })
    }

    fn smtp(&mut self) -> Option<(String, String)> {
        let (url, from) = (self.values.text("smtp-url"), self.values.text("mail-from"));
        if url.is_empty() {
            return None;
        }
        self.faults.extend(Smtp::new(url, from).err().into_iter().flatten());
        Some((url.to_owned(), from.to_owned()))
    }
}

/// Where to listen: `127.0.0.1:4010`, `[::1]:4010`, a name of this machine, or `:4010` for every address. A name that is both takes
/// IPv4.
pub fn listen(text: &str) -> Option<SocketAddr> {
    let whole = if text.starts_with(':') { format!("0.0.0.0{text}") } else { text.to_owned() };
    let found: Vec<_> = whole.to_socket_addrs().ok()?.collect();
    found.iter().find(|address| address.is_ipv4()).or(found.first()).copied()
}

fn public_url(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    if text.is_empty() {
        return Some(String::new());
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let good = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    // "Every address" is none that a browser can go to.
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    (good && !name.parse::<IpAddr>().is_ok_and(|ip| ip.is_unspecified())).then(|| text.to_owned())
}

fn minutes(text: &str) -> Option<Duration> {
    let minutes: u64 = text.parse().ok()?;
    (1..=60).contains(&minutes).then(|| Duration::from_secs(minutes * 60))
}

/// A span in one unit of hours or days, such as `24h`.
fn span(text: &str) -> Option<Duration> {
    let (number, hours) = text.strip_suffix('h').map(|number| (number, 1)).or_else(|| text.strip_suffix('d').map(|number| (number, 24)))?;
    let hours = number.parse::<u64>().ok()?.checked_mul(hours)?;
    (1..=365 * 24).contains(&hours).then(|| Duration::from_secs(hours * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_or_a_port_alone_is_enough_to_listen() {
        let port = |text: &str| listen(text).map(|address| (address.ip().is_loopback(), address.ip().is_unspecified(), address.port()));
        assert_eq!(port("localhost:4010"), Some((true, false, 4010)));
        assert_eq!(port(":4010"), Some((false, true, 4010)));
        assert_eq!((port("[::]:4010"), port("[::1]:0")), (Some((false, true, 4010)), Some((true, false, 0))));
        assert_eq!((port("localhost"), port("4010"), port("")), (None, None, None));
    }

    #[test]
    fn flags_win_over_environment_over_file_over_default() {
        let flags = BTreeMap::from([("listen", "127.0.0.1:1".to_owned())]);
        let env = |name: &str| {
            [("STELE_LISTEN", "127.0.0.1:2"), ("STELE_TOKEN_TTL", "2")]
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let values = Values::gather(&flags, env, Some("listen = \"127.0.0.1:3\"\ntoken_ttl = 3\ndata = \"x.db\"")).expect("known settings");
        let sources: BTreeMap<_, _> = values.printable().map(|(name, value, source)| (name, (value, source))).collect();
        assert_eq!(sources["listen"], ("127.0.0.1:1".into(), Source::Flag));
        assert_eq!(sources["token-ttl"], ("2".into(), Source::Environment));
        assert_eq!(sources["data"], ("x.db".into(), Source::File));
        assert_eq!(sources["token-format"], ("paseto".into(), Source::Default));
    }

    #[test]
    fn every_fault_is_reported_at_once_and_secrets_are_hidden() {
        let flags = BTreeMap::from([
            ("listen", "nowhere".to_owned()),
            ("token-ttl", "61".to_owned()),
            ("smtp-url", "smtp://u:hunter2@h".to_owned()),
        ]);
        let values = Values::gather(&flags, |_| None, None).expect("known settings");
        let faults = values.typed().expect_err("three are wrong");
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(values.printable().all(|(_, value, _)| !value.contains("hunter2")));
        assert_eq!(Values::gather(&BTreeMap::new(), |_| None, Some("lisen = 1\nx = 2")).expect_err("unknown keys").len(), 2);
    }
}
