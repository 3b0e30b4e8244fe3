//! Who is at the other end of a connection: from which address, over which proxies, and whether it is encrypted.

use std::{collections::HashSet, net::IpAddr};

use actix_web::{HttpRequest, http::header, web};
use parking_lot::Mutex;

use crate::domain::{Result, error::Fault, network::Network};

use super::origin::Origin;

/// Peers that are warned of at most: each line of the log is about another.
const WARNED: usize = 16;

/// Headers that proxies add.
const PASSED_ON: [&str; 3] = ["forwarded", "x-forwarded-for", "via"];

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Default)]
pub struct Proxies {
    trusted: Vec<Network>,
    warned: Mutex<HashSet<IpAddr>>,
}

impl Proxies {
    /// These are believed.
    pub fn new(trusted: &[Network]) -> Self {
        Self { trusted: trusted.to_vec(), warned: Mutex::default() }
    }

    /// Whether a peer is one of them.
    pub fn trusts(&self, ip: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(ip))
    }

    /// Whether a proxy that is believed passed a request on.
    pub fn forwards(&self, request: &HttpRequest) -> bool {
        self.trusts(peer(request))
    }

    /// The address of the caller: the last one in `X-Forwarded-For` that is not a trusted proxy, if a trusted proxy sent it.
    pub fn client(&self, request: &HttpRequest) -> IpAddr {
        let peer = peer(request);
        // Some proxies add a line of their own below the one that came: the last hop stands at the end of the last line.
        let lines: Vec<_> = request.headers().get_all("x-forwarded-for").map(|value| value.to_str().unwrap_or_default()).collect();
        if !self.trusts(peer) {
            if !lines.is_empty() {
                self.warn(peer);
            }
            return peer;
        }
        let mut client = peer;
        for ip in lines.iter().rev().flat_map(|line| line.rsplit(',')).map_while(hop) {
            client = ip;
            if !self.trusts(ip) {
                break;
            }
        }
        client
    }

    /// Says once of a peer that it passes requests on and is not believed.
    fn warn(&self, peer: IpAddr) {
        let mut warned = self.warned.lock();
        if warned.len() < WARNED && warned.insert(peer) {
            tracing::warn!(
                %peer,
                "X-Forwarded-For comes from an address that trusted-proxies does not name: all who come over it count as one client"
            );
        }
    }
}

fn peer(request: &HttpRequest) -> IpAddr {
    request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |address| address.ip().to_canonical())
}

/// The address of an entry of `X-Forwarded-For`: `192.0.2.1`, `192.0.2.1:567`, `2001:db8::1`, `[2001:db8::1]:80`, also in quotes.
fn hop(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"').trim();
    let bare = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((six, _)) => six,
        // One colon parts a port; an IPv6 address has more.
        None if text.matches(':').count() == 1 => text.split(':').next().unwrap_or_default(),
        None => text,
    };
    // A zone is of interest to the proxy alone (RFC 4007 11).
    bare.split('%').next()?.parse().map(|ip: IpAddr| ip.to_canonical()).ok()
}

/// Whether somebody passed the request on.
pub fn passed_on(request: &HttpRequest) -> bool {
    PASSED_ON.iter().any(|name| request.headers().contains_key(*name))
}

/// Whether a browser on this machine asks this machine: no proxy passed it on, and no name from elsewhere was made to lead
/// here.
pub fn is_here(request: &HttpRequest) -> bool {
    peer(request).is_loopback() && !passed_on(request) && Origin::of_host("http", host(request)).is_some_and(|origin| origin.is_loopback())
}

/// The browser or program of the caller, as it calls itself.
pub fn user_agent(request: &HttpRequest) -> String {
    header_text(request, header::USER_AGENT.as_str()).unwrap_or_default().chars().take(300).collect()
}

/// A header as text.
pub fn header_text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

fn host(request: &HttpRequest) -> &str {
    header_text(request, header::HOST.as_str()).unwrap_or_default()
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// A page of this instance.
    Own,
    /// A page of another site, or one that hides which.
    Foreign,
    /// No browser says anything.
    Unknown,
}

/// Whose page sent a request. Browsers say so in `Sec-Fetch-Site` (Fetch Metadata); over plain http, and old ones, they say at
/// least the `Origin`. That must be the public address, or the one that was asked.
pub fn sender(request: &HttpRequest, public_url: &str) -> Sender {
    let is_own = match (header_text(request, "sec-fetch-site"), header_text(request, "origin")) {
        (Some("none"), _) => return Sender::Unknown,
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            Origin::read(origin).is_some_and(|origin| is_own(&origin, host(request), Origin::read(public_url).as_ref()))
        }
        (None, None) => return Sender::Unknown,
    };
    if is_own { Sender::Own } else { Sender::Foreign }
}

fn is_own(origin: &Origin, host: &str, public: Option<&Origin>) -> bool {
    let is_at = |other: &Origin| other.at(host).as_ref() == Some(other);
    // What somebody on the way answers for the public name without its encryption is no page of this instance.
    let is_disguised = public.is_some_and(|public| public.is_encrypted() && !origin.is_encrypted() && is_at(public));
    public == Some(origin) || (is_at(origin) && !is_disguised)
}

/// Whether the browser's end of the connection is encrypted, so that cookies may ask for it. That is so where the public address
/// is, unless the request plainly came past it: by another name or address of this machine, over nobody, from a browser that
/// does not call the connection secure.
pub fn is_encrypted(request: &HttpRequest, public_url: &str, proxies: &Proxies) -> bool {
    let Some(public) = Origin::read(public_url).filter(Origin::is_encrypted) else { return false };
    let asked = Origin::of_host("https", host(request));
    if asked.as_ref().is_none_or(|asked| *asked == public || asked.is_loopback()) || header_text(request, "sec-fetch-site").is_some() {
        return true;
    }
    match header_text(request, "x-forwarded-proto") {
        Some(scheme) => !scheme.trim().eq_ignore_ascii_case("http"),
        None => passed_on(request) || proxies.trusts(peer(request)),
    }
}

/// The name of the session's cookie: a name that only this host can set, where the connection is encrypted.
pub const fn session_cookie(encrypted: bool) -> &'static str {
    if encrypted { "__Host-stele" } else { "stele" }
}

/// The name of the cookie of a browser in which somebody signed in before.
pub const fn device_cookie(encrypted: bool) -> &'static str {
    if encrypted { "__Host-stele-device" } else { "stele-device" }
}

/// A header that may stand on several lines. What is no text is kept as text that cannot be read.
pub fn list(request: &HttpRequest, name: header::HeaderName) -> Option<String> {
    let lines: Vec<_> = request.headers().get_all(name).map(|value| value.to_str().unwrap_or_default()).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

/// The credentials of a `Bearer` header; the scheme is read whatever its case (RFC 9110 11.1).
pub fn bearer(request: &HttpRequest) -> Option<String> {
    // A key that was read from a file may bring a mark that is not ASCII.
    let sent = std::str::from_utf8(request.headers().get(header::AUTHORIZATION)?.as_bytes()).ok()?;
    let (scheme, token) = sent.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned()).filter(|token| !token.is_empty())
}

/// The query parameters, decoded.
///
/// # Errors
/// Invalid when they are not well formed.
pub fn query(request: &HttpRequest) -> Result<Vec<(String, String)>> {
    if request.query_string().is_empty() {
        return Ok(Vec::new());
    }
    let read = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    read.map(web::Query::into_inner).map_err(|_| Fault::new("query", "malformed", "The query is not well formed.").into())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn asked(headers: &[(&'static str, &str)]) -> HttpRequest {
        let peer = "10.0.0.1:999".parse().expect("an address");
        let request = TestRequest::post().peer_addr(peer);
        headers.iter().fold(request, |request, (name, value)| request.append_header((*name, *value))).to_http_request()
    }

    #[test]
    fn a_hop_may_have_a_port_brackets_and_quotes() {
        for text in ["192.0.2.1", " 192.0.2.1:567 ", "\"192.0.2.1:567\"", "::ffff:192.0.2.1", "[::ffff:192.0.2.1]:80"] {
            assert_eq!(hop(text), "192.0.2.1".parse().ok(), "{text}");
        }
        for text in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80", "\"[2001:db8::1]:80\"", "2001:db8::1%eth0"] {
            assert_eq!(hop(text), "2001:db8::1".parse().ok(), "{text}");
        }
        for text in ["", "unknown", "_hidden", "192.0.2", "host:80"] {
            assert_eq!(hop(text), None, "{text}");
        }
    }

    #[test]
    fn the_client_is_the_last_hop_beyond_the_trusted_networks() {
        let proxies = Proxies::new(&["10.0.0.0/8".parse().expect("a network")]);
        let client = |hops: &str| proxies.client(&asked(&[("x-forwarded-for", hops)])).to_string();
        assert_eq!(client("6.6.6.6, 198.51.100.2:4711, 10.1.1.1"), "198.51.100.2");
        assert_eq!(client("6.6.6.6, [2001:db8::7]:1, 10.1.1.1"), "2001:db8::7");
        assert_eq!(client("10.7.7.7, 10.1.1.1"), "10.7.7.7", "somebody within the trusted network");
        assert_eq!(client("198.51.100.2, unknown"), "10.0.0.1");
        assert!(proxies.warned.lock().is_empty());
        let direct = Proxies::default();
        for _ in 0..3 {
            assert_eq!(direct.client(&asked(&[("x-forwarded-for", "6.6.6.6")])).to_string(), "10.0.0.1");
        }
        assert_eq!(direct.warned.lock().len(), 1);
    }

    #[test]
    fn a_page_is_own_by_its_host_whatever_the_spelling_of_the_port() {
        let own = |origin: &str, host: &str, public: &str| sender(&asked(&[("origin", origin), ("host", host)]), public) == Sender::Own;
        for (origin, host) in [
            ("http://stele.lan:4010", "stele.lan:4010"),
            ("http://stele.lan", "STELE.lan:80"),
            ("https://stele.lan", "stele.lan:443"),
            ("http://[fd00::1]:4010", "[fd00::1]:4010"),
            ("http://192.168.1.5", "192.168.1.5"),
        ] {
            assert!(own(origin, host, "http://127.0.0.1:4010"), "{origin} {host}");
            assert!(own(origin, host, "https://content.example"), "{origin} {host}: past the public address");
        }
        assert!(own("https://content.example", "127.0.0.1:4010", "https://Content.example:443"), "a proxy that changes the host");
        for (origin, host) in [
            ("null", "stele.lan:4010"),
            ("http://stele.lan:4011", "stele.lan:4010"),
            ("http://evil.example", "stele.lan:4010"),
            ("http://stele.lan.evil.example", "stele.lan"),
            ("http://content.example", "content.example"),
            ("http://", ""),
        ] {
            assert!(!own(origin, host, "https://content.example"), "{origin} {host}");
        }
        assert_eq!(sender(&asked(&[]), ""), Sender::Unknown);
        assert_eq!(sender(&asked(&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")]), ""), Sender::Foreign);
    }

    #[test]
    fn only_what_plainly_came_past_the_public_address_is_not_encrypted() {
        let none = Proxies::default();
        let encrypted = |headers: &[(&'static str, &str)], public: &str| is_encrypted(&asked(headers), public, &none);
        let (public, lan) = ("https://content.example", ("host", "stele.lan:4010"));
        assert!(!encrypted(&[lan], public));
        assert!(!encrypted(&[lan, ("x-forwarded-for", "192.0.2.1"), ("x-forwarded-proto", "http")], public));
        assert!(!encrypted(&[("host", "content.example")], "http://content.example"));
        for headers in [
            &[("host", "content.example")][..],
            &[("host", "127.0.0.1:4010")],
            &[lan, ("sec-fetch-site", "none")],
            &[lan, ("x-forwarded-for", "192.0.2.1")],
            &[lan, ("x-forwarded-proto", "https")],
            &[],
        ] {
            assert!(encrypted(headers, public), "{headers:?}");
        }
        assert!(is_encrypted(&asked(&[lan]), public, &Proxies::new(&["10.0.0.1".parse().expect("an address")])));
    }
}
