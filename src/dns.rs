//! Servers of names, asked for the records by which domains are verified.

use std::{pin::Pin, time::Duration};

use hickory_resolver::{
    ResolverBuilder, TokioResolver,
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{op::ResponseCode, rr::RData},
};

use crate::{domain::project::domain::DnsAnswer, service::project::domain::Names};

/// How long a server may take; it is asked once more then.
const WAIT: Duration = Duration::from_secs(2);

/// The servers that this machine asks.
pub struct Servers(Option<TokioResolver>);

impl Servers {
    /// Those of the system's settings. Where these cannot be read, nobody answers.
    pub fn of_system() -> Self {
        let made = TokioResolver::builder_tokio().and_then(asking);
        Self(made.inspect_err(|error| tracing::warn!(%error, "no servers of names: domains cannot be verified by records")).ok())
    }
}

/// What asks them each time: what was not there a minute ago would stay so in a cache. Whoever waits for the answer waits for some seconds at most.
fn asking(mut builder: ResolverBuilder<TokioRuntimeProvider>) -> Result<TokioResolver, NetError> {
    let options = builder.options_mut();
    (options.cache_size, options.timeout, options.attempts) = (0, WAIT, 1);
    builder.build()
}

impl Names for Servers {
    fn texts(&self, name: String) -> Pin<Box<dyn Future<Output = DnsAnswer> + Send + '_>> {
        Box::pin(async move {
            let Some(resolver) = &self.0 else { return DnsAnswer::Nobody };
            // With the dot at its end no domain of the system's settings is put behind it.
            match resolver.txt_lookup(format!("{name}.")).await {
                Ok(lookup) => DnsAnswer::Texts(lookup.answers().iter().filter_map(|record| text(&record.data)).collect()),
                Err(NetError::Dns(DnsError::NoRecordsFound(none)))
                    if matches!(none.response_code, ResponseCode::NXDomain | ResponseCode::NoError) =>
                {
                    DnsAnswer::Texts(Vec::new())
                }
                Err(error) => {
                    tracing::info!(%error, name, "no server of names answered");
                    DnsAnswer::Nobody
                }
            }
        })
    }
}

/// The text of a record; long ones come in pieces.
fn text(data: &RData) -> Option<String> {
    let RData::TXT(txt) = data else { return None };
    Some(txt.txt_data.iter().map(|piece| String::from_utf8_lossy(piece)).collect())
}

#[cfg(test)]
mod tests {
    use std::{net::UdpSocket, thread};

    use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};

    use super::*;

    /// The answer to a query (RFC 1035 4.1): by its second label two records, of which one comes in pieces, no such name, or a failure.
    fn answer(query: &[u8]) -> Vec<u8> {
        let second = 13 + usize::from(query[12]);
        let label = query[second + 1..=second + usize::from(query[second])].to_ascii_lowercase();
        let end = query[12..].iter().position(|byte| *byte == 0).expect("the end of the name") + 12 + 5;
        let (code, records): (u8, &[&[&str]]) = match &label[..] {
            b"there" => (0, &[&["v=spf1 -all"], &["stele-project=", "0190f4a2"]]),
            b"gone" => (3, &[]),
            _ => (2, &[]),
        };
        let mut out = query[..end].to_vec();
        out[2..12].copy_from_slice(&[0x81, 0x80 | code, 0, 1, 0, u8::try_from(records.len()).expect("few"), 0, 0, 0, 0]);
        for pieces in records {
            let data: Vec<u8> =
                pieces.iter().flat_map(|piece| [&[u8::try_from(piece.len()).expect("short")], piece.as_bytes()].concat()).collect();
            out.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, u8::try_from(data.len()).expect("short")]);
            out.extend(data);
        }
        out
    }

    #[test]
    fn records_are_read_and_told_from_silence() {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let at = socket.local_addr().expect("its address");
        thread::spawn(move || {
            let mut query = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut query) {
                let _ = socket.send_to(&answer(&query[..length]), from);
            }
        });
        let (mut connection, mut server) = (ConnectionConfig::udp(), NameServerConfig::udp(at.ip()));
        connection.port = at.port();
        server.connections = vec![connection];
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let made = asking(TokioResolver::builder_with_config(config, TokioRuntimeProvider::default()));
            let servers = Servers(Some(made.expect("a resolver")));
            let found = |of: &str| servers.texts(format!("_stele-challenge.{of}.example"));
            assert_eq!(found("there").await, DnsAnswer::Texts(vec!["v=spf1 -all".into(), "stele-project=0190f4a2".into()]));
            assert_eq!(found("gone").await, DnsAnswer::Texts(Vec::new()));
            assert_eq!(found("broken").await, DnsAnswer::Nobody);
        });
    }
}
