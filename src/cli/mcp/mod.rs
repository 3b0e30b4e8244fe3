//! `stele mcp`: the Model Context Protocol over standard input and output, for agents that start a program instead of calling an address.

mod bridge;
mod instance;
mod message;
mod trial;

use std::{fs, path::PathBuf};

use clap::Args;

use crate::{domain::key::secret::PlainKey, http::base::origin::Origin};

use self::instance::Instance;
use super::output::{CommandResult, note};

/// Where the key is, unless a file holds it. Never an argument: everybody on a machine sees those.
const KEY: &str = "STELE_KEY";

#[derive(Debug, Args)]
pub(super) struct Mcp {
    /// The instance, such as https://content.example.com
    #[arg(long, env = "STELE_URL", value_parser = address, required_unless_present = "sandbox", value_name = "URL")]
    url: Option<Origin>,
    /// A file that holds the key; without it STELE_KEY does
    #[arg(long, env = "STELE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Work with demo data, on a fresh database that is gone afterwards
    #[arg(long)]
    sandbox: bool,
}

pub(super) fn run(mcp: &Mcp) -> CommandResult {
    let Some(url) = mcp.url.as_ref().filter(|_| !mcp.sandbox) else { return trial::run() };
    let key = key(mcp.key_file.as_ref())?;
    if !url.is_encrypted() && !url.is_loopback() {
        note(format_args!("stele: the key goes to {url} unencrypted: whoever listens on the way can read it"));
    }
    bridge::run(&Instance::new(url, key))
}

/// The origin of an instance, also as one copies it from elsewhere.
fn address(text: &str) -> Result<Origin, String> {
    let bare = text.trim().trim_end_matches('/');
    let bare = ["/mcp", "/api"].iter().find_map(|path| bare.strip_suffix(path)).unwrap_or(bare);
    Origin::read_typed(bare).ok_or_else(|| "an address such as https://content.example.com".to_owned())
}

fn key(file: Option<&PathBuf>) -> Result<PlainKey, String> {
    let (text, place) = match file {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| format!("cannot read the key in {}: {error}", path.display()))?;
            (text, path.display().to_string())
        }
        None => {
            let missing = || format!("no key: put one into the environment as {KEY}, or name the file that holds it with --key-file");
            (std::env::var(KEY).map_err(|_| missing())?, KEY.to_owned())
        }
    };
    let incomplete = || format!("{place} holds no complete API key: its form or its checksum is wrong. Copy the whole key again");
    PlainKey::parse(text.trim()).ok_or_else(incomplete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_named_by_any_of_its_addresses() {
        for text in [
            "https://Content.example.com",
            "https://content.example.com/",
            "https://content.example.com/mcp",
            "https://content.example.com/api/",
        ] {
            assert_eq!(address(text).map(|url| url.to_string()), Ok("https://content.example.com".to_owned()), "{text}");
        }
        for text in ["content.example.com", "https://content.example.com/o/acme", "ftp://content.example.com", ""] {
            assert!(address(text).is_err(), "{text}");
        }
    }
}
