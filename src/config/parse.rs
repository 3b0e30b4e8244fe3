//! Values of settings, read from text; none where a text is no such value.

use std::{
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    time::Duration,
};

use crate::domain::time::DAY;

/// Where to listen: `127.0.0.1:4010`, `[::1]:4010`, a name of this machine, or `:4010` for every address. A name that is both takes
/// IPv4.
pub fn listen(text: &str) -> Option<SocketAddr> {
    let whole = if text.starts_with(':') { format!("0.0.0.0{text}") } else { text.to_owned() };
    let found: Vec<_> = whole.to_socket_addrs().ok()?.collect();
    found.iter().find(|address| address.is_ipv4()).or(found.first()).copied()
}

/// An address without a path, such as `https://content.example.com`; without `/` at its end, and empty where nothing is said.
pub fn public_url(text: &str) -> Option<String> {
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

/// 1 to 60 minutes.
pub fn minutes(text: &str) -> Option<Duration> {
    let minutes: u64 = text.parse().ok()?;
    (1..=60).contains(&minutes).then(|| Duration::from_secs(minutes * 60))
}

/// A span in one unit of hours or days, such as `24h`.
pub fn span(text: &str) -> Option<Duration> {
    let (number, hours) = text.strip_suffix('h').map(|number| (number, 1)).or_else(|| text.strip_suffix('d').map(|number| (number, 24)))?;
    let hours = number.parse::<u64>().ok()?.checked_mul(hours)?;
    (1..=365 * 24).contains(&hours).then(|| Duration::from_secs(hours * 3600))
}

/// How long something is kept: days, such as `365d`; none where it is `forever`.
pub fn retention(text: &str) -> Option<Option<Duration>> {
    if text == "forever" {
        return Some(None);
    }
    let days: u32 = text.strip_suffix('d')?.parse().ok()?;
    (1..=3650).contains(&days).then(|| Some(DAY * days))
}

/// Whether it is the second of two words.
pub fn either(text: &str, words: [&str; 2]) -> Option<bool> {
    words.iter().position(|word| *word == text).map(|at| at == 1)
}

/// For which names browsers are told to come encrypted only, for a year (RFC 6797); none where they are not.
pub fn hsts(text: &str) -> Option<Option<&'static str>> {
    match text {
        "off" => Some(None),
        "host" => Some(Some("max-age=31536000")),
        "subdomains" => Some(Some("max-age=31536000; includeSubDomains")),
        _ => None,
    }
}

/// A limit; none where it is `off`.
pub fn limit(text: &str) -> Option<Option<u32>> {
    if text == "off" { Some(None) } else { text.parse().ok().filter(|limit| *limit > 0).map(Some) }
}

/// Megabytes, as bytes.
pub fn megabytes(text: &str) -> Option<u64> {
    text.parse::<u64>().ok()?.checked_mul(1024 * 1024)
}

/// What stands between commas.
pub fn list<T>(text: &str, one: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(one).collect()
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
}
