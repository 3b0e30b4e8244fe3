//! `stele health`: asks a server on this machine whether it is well, for whoever looks after containers.

use std::{
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use clap::Args;

use super::{
    output::{CommandResult, say},
    settings::Settings,
};

/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Most bytes of an answer that are looked at.
const LONGEST: u64 = 4096;

#[derive(Debug, Args)]
pub(super) struct Health {
    /// Ask whether it can do its work, not only whether it is alive
    #[arg(long)]
    ready: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(super) fn run(health: &Health) -> CommandResult {
    let at = reached_at(health.settings.config()?.listen);
    let path = if health.ready { "/readyz" } else { "/healthz" };
    let (status, body) = ask(at, path).map_err(|error| format!("no answer from {at}: {error}"))?;
    if status == "200" { say(body) } else { Err(format!("{at}{path} answers {status}: {body}")) }
}

/// Where a server is reached from this machine that listens there.
fn reached_at(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// Status and body of the answer to a GET.
fn ask(at: SocketAddr, path: &str) -> std::io::Result<(String, String)> {
    let mut stream = TcpStream::connect_timeout(&at, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    Ok((head.split(' ').nth(1).unwrap_or_default().to_owned(), body.to_owned()))
}
