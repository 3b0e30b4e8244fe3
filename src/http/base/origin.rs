//! Origins: scheme, host and port of an address, as browsers compare them (RFC 6454 5).

use std::{fmt, net::IpAddr};

/// An origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

/// The port that a scheme has where none is given.
fn usual(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// A name, an IPv4 address, or an IPv6 address in brackets.
fn is_host(text: &str) -> bool {
    match text.strip_prefix('[') {
        Some(six) => six.strip_suffix(']').is_some_and(|six| six.parse::<std::net::Ipv6Addr>().is_ok()),
        None => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)),
    }
}

impl Origin {
    /// Reads `scheme://host:port`; none for `null` and whatever else is none.
    pub fn read(text: &str) -> Option<Self> {
        let (scheme, host) = text.split_once("://")?;
        Self::of_host(scheme, host)
    }

    /// The same as somebody typed it: also with a `/` at the end.
    pub fn read_typed(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::read(text.strip_suffix('/').unwrap_or(text))
    }

    /// The same from a `Host` header.
    pub fn of_host(scheme: &str, host: &str) -> Option<Self> {
        let scheme = scheme.to_ascii_lowercase();
        let usual = usual(&scheme)?;
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, if port.is_empty() { usual } else { port.parse().ok()? }),
            _ => (host, usual),
        };
        is_host(host).then(|| Self { scheme, host: host.to_ascii_lowercase(), port })
    }

    /// What a `Host` header of the same scheme names.
    pub fn at(&self, host: &str) -> Option<Self> {
        Self::of_host(&self.scheme, host)
    }

    /// Whether it is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.scheme == "https"
    }

    /// Whether it is a name or an address of this machine.
    pub fn is_loopback(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
    }
}

impl fmt::Display for Origin {
    /// As browsers send it: without the port that its scheme has anyway.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.scheme, self.host)?;
        if usual(&self.scheme) == Some(self.port) { Ok(()) } else { write!(out, ":{}", self.port) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_written_as_browsers_send_them() {
        let written = |text: &str| Origin::read_typed(text).map(|origin| origin.to_string());
        assert_eq!(written(" HTTPS://App.Example.com/ ").as_deref(), Some("https://app.example.com"));
        assert_eq!(written("https://app.example.com:443").as_deref(), Some("https://app.example.com"));
        assert_eq!(written("http://app.example.com:443").as_deref(), Some("http://app.example.com:443"));
        assert_eq!(written("http://[::1]:8080").as_deref(), Some("http://[::1]:8080"));
        for wrong in [
            "*",
            "null",
            "app.example.com",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://*.a",
            "https://u@a",
            "https://a:x",
            "https://a?b",
            "https://::1",
            "https://[a]",
            "https://[::1",
            "https://a b",
        ] {
            assert_eq!(written(wrong), None, "{wrong}");
        }
    }
}
