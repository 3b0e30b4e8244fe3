//! E-mails by SMTP. Their links open accounts, so the connection is encrypted, except to a server on this machine.
//!
//! What a server says is kept until its line ends, so it is counted below that: one that never ends a line is cut off.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use lettre::{
    Address, Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, CertificateStore, TlsParameters, TlsParametersBuilder},
        extension::ClientId,
    },
};
use percent_encoding::percent_decode_str;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use url::Url;

use crate::service::account::mail::{Email, Mailer, Missed};

/// How long a server may take for one e-mail, from the first byte to the last: each answer may come slowly, but not all of them. With the
/// parting it is less than the minute after which the e-mail is due again.
const PATIENCE: Duration = Duration::from_secs(50);

/// How long it may take to part from a server that has taken an e-mail.
const PARTING: Duration = Duration::from_secs(5);

/// Bytes that a server may say in all for one e-mail, with those that the encryption takes.
const SAID: usize = 256 * 1024;

/// The end of a URL that asks for STARTTLS.
const REQUIRED: &str = "?tls=required";

/// An SMTP server and a sender.
pub struct Smtp {
    server: Server,
    from: Mailbox,
    patience: Duration,
    /// Whether e-mails leave this machine in the clear, because the operator said so.
    pub is_open: bool,
}

impl Smtp {
    /// E-mails go to the server of `url`, from this address. Nothing is sent yet.
    ///
    /// # Errors
    /// All that is wrong, as sentences without the password.
    pub fn new(url: &str, from: &str) -> Result<Self, Vec<String>> {
        let server = encrypted(url).and_then(|(url, is_open)| Ok((Server::of(&url)?, is_open)));
        let from = from.parse().map_err(|_| "mail-from must be an e-mail address when smtp-url is set".to_owned());
        match (server, from) {
            (Ok((server, is_open)), Ok(from)) => Ok(Self { server, from, patience: PATIENCE, is_open }),
            (server, from) => Err(server.err().into_iter().chain(from.err()).collect()),
        }
    }
}

impl Mailer for Smtp {
    fn send(&self, email: &Email) -> Result<(), Missed> {
        let to: Mailbox = email.recipient.parse().map_err(|error| format!("{error}"))?;
        // The same e-mail has the same id at each try, so that one that arrived twice is known as one.
        let id = format!("<{}@{}>", email.id, self.from.email.domain());
        let message = Message::builder().from(self.from.clone()).to(to).subject(&email.subject).message_id(Some(id));
        // Programs that answer by themselves leave it alone (RFC 3834 5).
        let message = message.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()));
        let answered = email.reply_to.as_deref().and_then(|address| address.parse::<Address>().ok());
        let message = answered.into_iter().fold(message, |message, address| message.reply_to(Mailbox::new(None, address)));
        let message = message.header(ContentType::TEXT_PLAIN).body(email.body.clone()).map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let sent = runtime.block_on(async {
            let taken = tokio::time::timeout(self.patience, self.server.take(&message)).await;
            let mut connection = taken.map_err(|_| Missed::from("the server took too long"))??;
            // The e-mail has arrived, whatever the server says to the parting.
            let _ = tokio::time::timeout(PARTING, connection.abort()).await;
            Ok(())
        });
        // What looks up the address of the server may hang, and is not waited for.
        runtime.shutdown_background();
        sent
    }
}

/// A server, and how it is spoken to.
struct Server {
    host: String,
    port: u16,
    hello: ClientId,
    credentials: Option<Credentials>,
    tls: Tls,
}

/// When a connection is encrypted.
enum Tls {
    Never,
    AtOnce(TlsParameters),
    Asked(TlsParameters),
}

impl Server {
    fn of(url: &str) -> Result<Self, String> {
        let unread = |cause: &dyn std::fmt::Display| format!("smtp-url cannot be read: {cause}");
        let address = url.split_once("://").map_or("", |(_, address)| address);
        let read = Url::parse(url).map_err(|error| unread(&error))?;
        let host = host(address).to_owned();
        if host.is_empty() {
            return Err(unread(&"it names no host"));
        }
        let (tls, port) = match read.scheme() {
            "smtps" => (Tls::AtOnce(trusting(&host)?), 465),
            _ if address.ends_with(REQUIRED) => (Tls::Asked(trusting(&host)?), 587),
            _ => (Tls::Never, 25),
        };
        let plain = |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|error| unread(&error));
        let credentials = read.password().map(|password| Ok::<_, String>(Credentials::new(plain(read.username())?, plain(password)?)));
        let hello = Some(read.path().trim_matches('/')).filter(|name| !name.is_empty());
        Ok(Self {
            host,
            port: read.port().unwrap_or(port),
            hello: hello.map_or_else(ClientId::default, |name| ClientId::Domain(name.to_owned())),
            credentials: credentials.transpose()?,
            tls,
        })
    }

    /// Hands an e-mail over; the connection is still open then.
    async fn take(&self, message: &Message) -> Result<AsyncSmtpConnection, Missed> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(|error| error.to_string())?;
        // What went wrong below is the cause of what is said above.
        let spoken = self.speak(Counted { tcp, left: SAID }).await;
        let mut connection = spoken.map_err(|error| error.to_string())?;
        // Of a server that does not let anybody in, another try may find the mended settings; what it refuses of an e-mail it refuses for good.
        let refused = |error: Error| Missed { is_final: error.is_permanent(), said: error.to_string() };
        connection.send(message.envelope(), &message.formatted()).await.map_err(refused)?;
        Ok(connection)
    }

    async fn speak(&self, tcp: Counted) -> Result<AsyncSmtpConnection, Error> {
        let mut connection = match &self.tls {
            Tls::AtOnce(tls) => {
                let encrypted = encrypted_stream::open(tcp, tls.clone()).await?;
                AsyncSmtpConnection::connect_with_transport(encrypted, &self.hello).await?
            }
            Tls::Never | Tls::Asked(_) => AsyncSmtpConnection::connect_with_transport(Box::new(tcp), &self.hello).await?,
        };
        if let Tls::Asked(tls) = &self.tls {
            connection.starttls(tls.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// A connection on which only so much may be said by the server.
#[derive(Debug)]
struct Counted {
    tcp: TcpStream,
    left: usize,
}

impl AsyncRead for Counted {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.tcp).poll_read(context, buffer))?;
        let left = self.left.checked_sub(buffer.filled().len() - before);
        self.left = left.ok_or_else(|| io::Error::other("the server says too much"))?;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}

impl AsyncTokioStream for Counted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.peer_addr()
    }
}

/// The connection that is encrypted from its first byte on. The library opens one only together with its socket, which is
/// counted here; so its encrypted stream is dressed as a plain one.
mod encrypted_stream {
    #![expect(deprecated, reason = "the library has no other name for its encrypted stream")]

    use futures_util::io::{AsyncRead as Reads, AsyncWrite as Writes};
    use lettre::transport::smtp::client::AsyncNetworkStream;

    use super::{
        AsyncRead, AsyncTokioStream, AsyncWrite, Context, Counted, Error, Pin, Poll, ReadBuf, SocketAddr, TlsParameters, io, ready,
    };

    #[derive(Debug)]
    struct Encrypted(AsyncNetworkStream);

    pub async fn open(tcp: Counted, tls: TlsParameters) -> Result<Box<dyn AsyncTokioStream>, Error> {
        let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(tcp));
        stream.upgrade_tls(tls).await?;
        Ok(Box::new(Encrypted(stream)))
    }

    impl AsyncRead for Encrypted {
        fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            let read = ready!(Reads::poll_read(Pin::new(&mut self.0), context, buffer.initialize_unfilled()))?;
            buffer.advance(read);
            Poll::Ready(Ok(()))
        }
    }

    impl AsyncWrite for Encrypted {
        fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            Writes::poll_write(Pin::new(&mut self.0), context, bytes)
        }

        fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
            Writes::poll_flush(Pin::new(&mut self.0), context)
        }

        fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
            Writes::poll_close(Pin::new(&mut self.0), context)
        }
    }

    impl AsyncTokioStream for Encrypted {
        fn peer_addr(&self) -> io::Result<SocketAddr> {
            self.0.peer_addr()
        }
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

/// The URL with what it leaves open decided, and whether e-mails go out in the clear: `smtp://` asks for STARTTLS and sends
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
    use crate::domain::id::DeliveryId;

    fn email() -> Email {
        let id: DeliveryId = "01a21c50-a008-77e9-8dee-32fab9576b63".parse().unwrap();
        Email { id, recipient: "anna@acme.example".into(), subject: "Hello".into(), body: "A body".into(), reply_to: None }
    }

    #[test]
    fn a_server_that_answers_too_slowly_is_given_up() {
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let smtp = Smtp::new(&format!("smtp://{}", silent.local_addr().unwrap()), "stele@acme.example").unwrap_or_else(|_| unreachable!());
        let sent = Smtp { patience: Duration::from_millis(50), ..smtp }.send(&email());
        assert_eq!(sent, Err("the server took too long".into()));
    }

    #[test]
    fn a_server_that_never_ends_a_line_is_cut_off() {
        let endless = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", endless.local_addr().unwrap());
        let talk = std::thread::spawn(move || {
            let (mut visitor, _) = endless.accept().unwrap();
            std::iter::repeat_with(|| std::io::Write::write_all(&mut visitor, &[b'a'; 4096]))
                .take(1 << 14)
                .take_while(Result::is_ok)
                .count()
        });
        let smtp = Smtp::new(&url, "stele@acme.example").unwrap_or_else(|_| unreachable!());
        let sent = smtp.send(&email());
        assert!(sent.as_ref().is_err_and(|missed| missed.said.contains("the server says too much") && !missed.is_final), "{sent:?}");
        let said = talk.join().unwrap() * 4096;
        assert!(said < 16 << 20, "{said} bytes: what lies in the sockets, and no more");
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
