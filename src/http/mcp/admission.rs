//! Under which names the instance may be asked, and by whose pages: no name that was made to lead here, and no site that nobody named.

use std::net::IpAddr;

use actix_web::{HttpRequest, http::header};

use crate::http::base::{
    client::{self, Sender},
    origin::Origin,
};

/// Why a request is not looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unwelcome {
    /// It asks for a name that is not this instance's.
    Host,
    /// A page of another site sent it.
    Origin,
}

impl Unwelcome {
    /// What whoever looks after the instance, or the client, does about it.
    pub(super) const fn sentence(&self) -> &'static str {
        match self {
            Self::Host => "This instance is not known under the name that was asked for. Use the address of its public-url.",
            Self::Origin => "A page of another site sent this. Sites that may call are named in cors-origins.",
        }
    }
}

/// Whether a request may be looked at. A browser that was led here by a foreign name sends that name: the instance answers to its public name,
/// to names and addresses of the machine, and to bare addresses, which no name server hands out. A proxy that is trusted may call it as it likes.
pub(super) fn check(request: &HttpRequest, public_url: &str, origins: &[String], by_proxy: bool) -> Result<(), Unwelcome> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let asked = Origin::of_host("http", host);
    let is_own = Origin::read(public_url).is_some_and(|public| public.at(host) == Some(public.clone()));
    let is_address = |host: &str| {
        let bare = host.rsplit_once(':').map_or(host, |(bare, port)| if port.ends_with(']') { host } else { bare });
        bare.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok()
    };
    if !(by_proxy || is_own || asked.is_some_and(|asked| asked.is_loopback()) || is_address(host)) {
        return Err(Unwelcome::Host);
    }
    let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let is_named = origin.is_some_and(|origin| origins.iter().any(|named| named == origin));
    if !is_named && client::sender(request, public_url) == Sender::Foreign { Err(Unwelcome::Origin) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn checked(host: &str, origin: Option<&str>, by_proxy: bool) -> Result<(), Unwelcome> {
        let request = TestRequest::post().insert_header(("host", host));
        let request = origin.into_iter().fold(request, |request, origin| request.insert_header(("origin", origin)));
        check(&request.to_http_request(), "https://content.example", &["https://app.example".into()], by_proxy)
    }

    #[test]
    fn it_answers_to_its_own_names() {
        for host in
            ["content.example", "CONTENT.example:443", "localhost:4010", "127.0.0.1:4010", "[::1]:4010", "192.168.1.5:4010", "[fd00::1]"]
        {
            assert_eq!(checked(host, None, false), Ok(()), "{host}");
        }
        for host in ["evil.example", "content.example.evil.example", "content.example:8080", "", "127.0.0.1.evil.example"] {
            assert_eq!(checked(host, None, false), Err(Unwelcome::Host), "{host}");
        }
        assert_eq!(checked("stele:4010", None, true), Ok(()), "as a proxy calls it");
    }

    #[test]
    fn pages_of_named_sites_may_call() {
        for origin in ["https://content.example", "https://app.example"] {
            assert_eq!(checked("content.example", Some(origin), false), Ok(()), "{origin}");
        }
        for origin in ["https://evil.example", "null", "http://app.example"] {
            assert_eq!(checked("content.example", Some(origin), false), Err(Unwelcome::Origin), "{origin}");
            assert_eq!(checked("127.0.0.1:4010", Some(origin), false), Err(Unwelcome::Origin), "{origin}");
        }
    }
}
