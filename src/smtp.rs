//! Letters by SMTP. Their links open accounts, so the connection is encrypted, except to a server on this machine.

use std::{net::IpAddr, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters, TlsParametersBuilder},
};

use crate::{service::account::mail::Mailer, store::account::letter::Letter};

/// How long a server may take for one letter, from the first byte to the last: each answer may come slowly, but not all of them.
const PATIENCE: Duration = Duration::from_secs(60);

/// The end of a URL that asks for STARTTLS.
const REQUIRED: &str = "?tls=required";

/// An SMTP server and a sender.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    patience: Duration,
    /// Whether letters leave this machine in the clear, because the operator said so.
    pub is_open: bool,
}

impl Smtp {
    /// Letters go to the server of `url`, from this address. Nothing is sent yet.
    ///
    /// # Errors
    /// All that is wrong, as sentences without the password.
    pub fn new(url: &str, from: &str) -> Result<Self, Vec<String>> {
        let server = encrypted(url).and_then(|(url, is_open)| {
            let transport =
                AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).map_err(|error| format!("smtp-url cannot be read: {error}"))?;
            let transport = match url.split_once("://") {
                Some(("smtps", address)) => transport.tls(Tls::Wrapper(trusting(host(address))?)),
                Some((_, address)) if address.ends_with(REQUIRED) => transport.tls(Tls::Required(trusting(host(address))?)),
                _ => transport,
            };
            Ok((transport.timeout(Some(PATIENCE)).build(), is_open))
        });
        let from = from.parse().map_err(|_| "mail-from must be an e-mail address when smtp-url is set".to_owned());
        match (server, from) {
            (Ok((transport, is_open)), Ok(from)) => Ok(Self { transport, from, patience: PATIENCE, is_open }),
            (server, from) => Err(server.err().into_iter().chain(from.err()).collect()),
        }
    }
}

impl Mailer for Smtp {
    fn send(&self, letter: &Letter) -> Result<(), String> {
        let to = letter.recipient.parse().map_err(|error| format!("{error}"))?;
        // The same letter has the same id at each try, so that one that arrived twice is known as one.
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        let message = Message::builder().from(self.from.clone()).to(to).subject(&letter.subject).message_id(Some(id));
        let message = message.header(ContentType::TEXT_PLAIN).body(letter.body.clone()).map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let sent = runtime.block_on(async { tokio::time::timeout(self.patience, self.transport.send(message)).await });
        // What looks up the address of the server may hang, and is not waited for.
        runtime.shutdown_background();
        sent.map_err(|_| "the server took too long".to_owned())?.map(drop).map_err(|error| error.to_string())
    }
}

/// Servers are believed that Mozilla's roots or those of this system vouch for. The system's alone would not do: it may have none,
/// as in a container; and a root that cannot be used does no harm.
fn trusting(host: &str) -> Result<TlsParameters, String> {
    let usable = |root: &Certificate| {
        let alone = TlsParametersBuilder::new(host.to_owned()).certificate_store(CertificateStore::None);
        alone.add_root_certificate(root.clone()).build_rustls().is_ok()
    };
    let roots = rustls_native_certs::load_native_certs().certs.into_iter();
    let roots = roots.filter_map(|root| Certificate::from_der(root.to_vec()).ok()).filter(usable);
    let mozilla = TlsParametersBuilder::new(host.to_owned()).certificate_store(CertificateStore::WebpkiRoots);
    let all = roots.fold(mozilla, TlsParametersBuilder::add_root_certificate);
    all.build_rustls().map_err(|error| format!("smtp-url cannot be used: {error}"))
}

/// The URL with what it leaves open decided, and whether letters go out in the clear: `smtp://` asks for STARTTLS and sends
/// nothing without it, unless the server is on this machine or the operator wrote `tls=none`.
fn encrypted(url: &str) -> Result<(String, bool), String> {
    let rest = match (url.strip_prefix("smtp://"), url.strip_prefix("smtps://")) {
        (Some(rest), _) => rest,
        (None, Some(_)) => return Ok((url.to_owned(), false)),
        (None, None) => return Err("smtp-url must begin with smtp:// or smtps://".into()),
    };
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    match query {
        "" if is_here(address) => Ok((url.to_owned(), false)),
        "" | "tls=required" => Ok((format!("smtp://{address}{REQUIRED}"), false)),
        "tls=none" => Ok((format!("smtp://{address}"), !is_here(address))),
        _ => Err("smtp-url may end with ?tls=required or ?tls=none and with nothing else".into()),
    }
}

/// Whether the host of an address is this machine.
fn is_here(address: &str) -> bool {
    let host = host(address);
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

/// The host of what stands behind the scheme of a URL.
fn host(address: &str) -> &str {
    let host = address.split(['/', '?']).next().unwrap_or_default().rsplit('@').next().unwrap_or_default();
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((six, _)) => six,
        None => host.split(':').next().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::LetterId;

    #[test]
    fn a_server_that_answers_too_slowly_is_given_up() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let smtp = Smtp::new(&format!("smtp://{}", silent.local_addr().unwrap()), "stele@acme.example").unwrap_or_else(|_| unreachable!());
        let id: LetterId = "01a21c50-a008-77e9-8dee-32fab9576b63".parse().unwrap();
        let letter = Letter { id, recipient: "anna@acme.example".into(), subject: "Hello".into(), body: "A body".into(), link: None };
        let sent = Smtp { patience: Duration::from_millis(50), ..smtp }.send(&letter);
        assert_eq!(sent, Err("the server took too long".into()));
    }

    #[test]
    fn beyond_this_machine_nothing_is_sent_in_the_clear_unless_the_operator_says_so() {
        let decided = |url: &str| encrypted(url).expect("a URL");
        for here in ["smtp://127.0.0.1:25", "smtp://localhost", "smtp://a:b@[::1]:2525/name"] {
            assert_eq!(decided(here), (here.to_owned(), false));
        }
        for there in ["smtp://a:b@mail.example:587", "smtp://mail.example", "smtp://localhost.example", "smtp://127.0.0.1@192.0.2.1"] {
            assert_eq!(decided(there), (format!("{there}?tls=required"), false));
        }
        assert_eq!(decided("smtp://127.0.0.1?tls=required"), ("smtp://127.0.0.1?tls=required".into(), false));
        assert_eq!(decided("smtp://mail.example:25?tls=none"), ("smtp://mail.example:25".into(), true));
        assert_eq!(decided("smtps://mail.example:465"), ("smtps://mail.example:465".into(), false));
        for wrong in ["http://mail.example", "smtp://mail.example?tls=opportunistic", "smtp://mail.example?x=1"] {
            assert!(encrypted(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_at_once_and_without_the_password() {
        assert_eq!(Smtp::new("ftp://h", "nobody").err().map(|faults| faults.len()), Some(2));
        for (url, from) in
            [("smtp://u:hunter2@h:port", "a@b.example"), ("smtp://u:hunter2@h", "nobody"), ("ftp://u:hunter2@h", "a@b.example")]
        {
            let faults = Smtp::new(url, from).err().expect("a fault");
            assert!(faults.len() == 1 && !faults[0].contains("hunter2"), "{faults:?}");
        }
    }
}
