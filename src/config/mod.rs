//! Settings: flags over environment over file over default, one typed struct, every fault reported at once.

mod file;
pub mod parse;
mod setting;

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, time::Duration};

use crate::{
    domain::{
        content::version::upkeep::VersionRetention,
        key::{
            rate_limit::Ceilings,
            token::{Format, TTL_DEFAULT},
        },
        network::Network,
        org::organization::OrgCreation,
        time::DAY,
    },
    http::base::{origin::Origin, transport::limits::Limits},
    service::{file::blob::bytes::Bounds, retention::Retention},
    smtp::Smtp,
};
use file::File;
pub use setting::{SETTINGS, Setting, Source};

/// Fewest characters of a token that somebody chose.
const TOKEN: usize = 16;

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
    /// Networks of the house that webhooks may reach.
    pub webhook_networks: Vec<Network>,
    /// Limits of requests.
    pub rate_limits: Ceilings,
    /// Life of a token.
    pub token_ttl: Duration,
    /// Format of tokens unless asked otherwise.
    pub token_format: Format,
    /// Whether keys are accepted as bearer tokens.
    pub allow_key_as_bearer: bool,
    /// Who makes organizations.
    pub org_creation: OrgCreation,
    /// SMTP server with credentials, and sender.
    pub smtp: Option<(String, String)>,
    /// Where backups are kept; how often one is made, and how many are kept.
    pub backups: Option<(PathBuf, Duration, usize)>,
    /// How long is kept what is over.
    pub retention: Retention,
    /// The folder in which bytes of files lie, if not in the database.
    pub files_dir: Option<PathBuf>,
    /// How many bytes of files may be kept.
    pub files: Bounds,
    /// The header by which browsers are told to come encrypted only, if they are.
    pub hsts: Option<&'static str>,
    /// Whether the log is JSON.
    pub log_json: bool,
    /// Whether every request has its line in the log.
    pub log_all: bool,
    /// Where metrics are read without a token.
    pub metrics_listen: Option<SocketAddr>,
    /// The token with which they are read where everything else is.
    pub metrics_token: Option<String>,
    /// Bytes that must be free on the disk of the database for the server to be ready.
    pub min_free_disk: u64,
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
            webhook_networks: Vec::new(),
            rate_limits: Ceilings::default(),
            token_ttl: TTL_DEFAULT,
            token_format: Format::Paseto,
            allow_key_as_bearer: false,
            org_creation: OrgCreation::default(),
            smtp: None,
            backups: None,
            retention: Retention::default(),
            files_dir: None,
            files: Bounds::default(),
            hsts: parse::hsts("host").flatten(),
            log_json: false,
            log_all: false,
            metrics_listen: None,
            metrics_token: None,
            min_free_disk: 128 * 1024 * 1024,
        }
    }
}

/// Raw values and where they came from.
#[derive(Debug, Clone, Default)]
pub struct Values {
    known: BTreeMap<&'static str, (String, Source)>,
    /// What is wrong with the file as a whole: it is no TOML, or has keys that are no settings.
    faults: Vec<String>,
}

impl Values {
    /// Gathers the values. `flags` are those given, `env` reads a variable, `file` is the text of a settings file. What is wrong with
    /// that hides nothing else: it is told with the rest.
    pub fn gather(flags: &BTreeMap<&'static str, String>, env: impl Fn(&str) -> Option<String>, file: Option<&str>) -> Self {
        let File { mut values, faults } = file.map(File::read).unwrap_or_default();
        let mut known = BTreeMap::new();
        for setting in SETTINGS {
            let found = flags.get(setting.name).cloned().map(|value| (value, Source::Flag));
            let found = found.or_else(|| env(setting.env).map(|value| (value, Source::Environment)));
            let found = found.or_else(|| values.remove(setting.name).map(|value| (value, Source::File)));
            known.insert(setting.name, found.unwrap_or_else(|| (setting.default.to_owned(), Source::Default)));
        }
        Self { known, faults }
    }

    /// Each setting with its value, as it may be shown, and where that came from.
    pub fn printable(&self) -> impl Iterator<Item = (&'static str, String, Source)> {
        SETTINGS.iter().filter_map(|setting| {
            let (value, source) = self.known.get(setting.name)?;
            let value = if setting.secret && !value.is_empty() { "(hidden)".to_owned() } else { value.clone() };
            Some((setting.name, value, *source))
        })
    }

    /// The typed settings.
    ///
    /// # Errors
    /// One sentence for each wrong value, and for each key that is no setting.
    pub fn read(&self) -> Result<Config, Vec<String>> {
        let mut read = Lookup { values: self, faults: self.faults.clone() };
        let config = Config {
            listen: read.value(
                "listen",
                "an address or name and a port such as 127.0.0.1:4010, localhost:4010, or :4010 for every IPv4 address",
                parse::listen,
                SocketAddr::from(([127, 0, 0, 1], 0)),
            ),
            data: PathBuf::from(self.text("data")),
            public_url: read.value(
                "public-url",
                "an http or https address with a host name of its own and no path: Stele does not run below one",
                parse::public_url,
                String::new(),
            ),
            cors_origins: read.value(
                "cors-origins",
                "origins such as https://app.example.com, parted by commas",
                |text| parse::list(text, |part| Origin::read_typed(part).map(|origin| origin.to_string())),
                Vec::new(),
            ),
            limits: Limits::default(),
            trusted_proxies: read.value(
                "trusted-proxies",
                "addresses or networks such as 10.0.0.0/8, parted by commas",
                |text| parse::list(text, |part| part.parse().ok()),
                Vec::new(),
            ),
            webhook_networks: read.value(
                "webhook-networks",
                "addresses or networks such as 10.0.0.0/8, parted by commas",
                |text| parse::list(text, |part| part.parse().ok()),
                Vec::new(),
            ),
            rate_limits: read.rate_limits(),
            token_ttl: read.value("token-ttl", "1 to 60 minutes", parse::minutes, TTL_DEFAULT),
            token_format: read.value("token-format", "paseto or jwt", Format::from_word, Format::Paseto),
            allow_key_as_bearer: read.value("allow-key-as-bearer", "true or false", |text| text.parse().ok(), false),
            org_creation: read.value("org-creation", "anyone or operator", OrgCreation::from_word, OrgCreation::default()),
            smtp: None,
            backups: read.backups(),
            retention: read.retention(),
            files_dir: Some(self.text("files-dir")).filter(|path| !path.is_empty()).map(PathBuf::from),
            files: read.files(),
            hsts: read.value("hsts", "off, host or subdomains", parse::hsts, None),
            log_json: read.value("log-format", "text or json", |text| parse::either(text, ["text", "json"]), false),
            log_all: read.value("request-log", "notable or all", |text| parse::either(text, ["notable", "all"]), false),
            metrics_listen: read.value(
                "metrics-listen",
                "an address or name and a port such as 127.0.0.1:9464",
                |text| if text.is_empty() { Some(None) } else { parse::listen(text).map(Some) },
                None,
            ),
            metrics_token: read.value(
                "metrics-token",
                "16 characters or more",
                |text| if text.is_empty() { Some(None) } else { (text.len() >= TOKEN).then(|| Some(text.to_owned())) },
                None,
            ),
            min_free_disk: read.value("min-free-disk", "a number of megabytes", parse::megabytes, 0),
        };
        let smtp = read.smtp();
        if read.faults.is_empty() { Ok(Config { smtp, ..config }) } else { Err(read.faults) }
    }

    fn text(&self, name: &str) -> &str {
        self.known.get(name).map_or("", |(value, _)| value)
    }
}

struct Lookup<'a> {
    values: &'a Values,
    faults: Vec<String>,
}

impl Lookup<'_> {
    fn backups(&mut self) -> Option<(PathBuf, Duration, usize)> {
        let every = self.value("backup-every", "a time from 1h to 365d, such as 24h or 7d", parse::span, DAY);
        let keep = self.value("backup-keep", "1 to 10000", |text| text.parse().ok().filter(|keep| (1..=10_000).contains(keep)), 7);
        let folder = self.values.text("backup-dir");
        (!folder.is_empty()).then(|| (PathBuf::from(folder), every, keep))
    }

    fn retention(&mut self) -> Retention {
        let mut kept = |name: &str| self.value(name, "a time from 1d to 3650d, such as 365d, or forever", parse::retention, None);
        Retention {
            activity: kept("keep-activity"),
            ended_keys: kept("keep-ended-keys"),
            emails: kept("keep-emails"),
            trash: kept("keep-trash"),
            working_copies: kept("keep-working-copies"),
            versions: VersionRetention { all: kept("keep-all-versions"), daily: kept("keep-daily-versions") },
        }
    }

    fn files(&mut self) -> Bounds {
        let file = self.value("max-file", "a number of megabytes, 1 or more", |text| parse::megabytes(text).filter(|bytes| *bytes > 0), 0);
        let quota = |text: &str| if text == "off" { Some(None) } else { parse::megabytes(text).map(Some) };
        Bounds { file, project: self.value("max-project-files", "a number of megabytes, or off", quota, None) }
    }

    fn rate_limits(&mut self) -> Ceilings {
        let mut limit = |name: &str| self.value(name, "a number a minute, or off", parse::limit, None);
        Ceilings {
            key: limit("requests-per-key"),
            address: limit("requests-per-address"),
            exchange: limit("exchanges-per-address"),
            sign_in: limit("sign-ins-per-address"),
            agent_write: limit("agent-writes-per-key"),
            agent_publish: limit("agent-publishes-per-key"),
            submission: limit("submissions-per-address"),
        }
    }

    fn value<T>(&mut self, name: &str, wanted: &str, read: impl FnOnce(&str) -> Option<T>, otherwise: T) -> T {
        let text = self.values.text(name);
        read(text).unwrap_or_else(|| {
            let source = self.values.known.get(name).map_or(Source::Default, |(_, source)| *source);
            let is_secret = SETTINGS.iter().any(|setting| setting.name == name && setting.secret);
            let given = if is_secret { "what was given".to_owned() } else { format!("{text:?}") };
            self.faults.push(format!("{name} must be {wanted}, not {given} (from {source})"));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_environment_over_file_over_default() {
        let flags = BTreeMap::from([("listen", "127.0.0.1:1".to_owned())]);
        let env = |name: &str| {
            [("STELE_LISTEN", "127.0.0.1:2"), ("STELE_TOKEN_TTL", "2")]
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let values = Values::gather(&flags, env, Some("listen = \"127.0.0.1:3\"\ntoken_ttl = 3\ndata = \"x.db\""));
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
        let values = Values::gather(&flags, |_| None, None);
        let faults = values.read().expect_err("three are wrong");
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(values.printable().all(|(_, value, _)| !value.contains("hunter2")));
    }

    #[test]
    fn a_key_that_is_no_setting_hides_no_other_fault() {
        let faults =
            |file: &str| Values::gather(&BTreeMap::from([("token-ttl", "0".to_owned())]), |_| None, Some(file)).read().expect_err("wrong");
        let all = faults("lisen = 1\ntoken_format = \"x\"\nx = 2");
        assert_eq!(all.len(), 4, "{all:?}");
        assert_eq!(faults("lisen = = 1").len(), 2, "what is no TOML at all neither");
    }
}
