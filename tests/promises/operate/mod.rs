//! What an operator does on the command line, mostly while a server runs.

mod backup;
mod bridge;
mod commands;
mod moving;
mod sender;
mod version;
mod webhook;

use crate::support::{Home, Server};

/// A server on a file that a sandbox made.
fn served() -> (Home, Server) {
    let home = Home::new();
    let mut sandbox = Server::sandbox(&home);
    let told = sandbox.told.clone();
    sandbox.terminate();
    sandbox.ended();
    let server = Server::serve(&home, &told);
    (home, server)
}

/// What a command says that does what it should.
fn ran(home: &Home, args: &[&str], input: &str) -> String {
    let done = home.stele_told(args, input);
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim_end().to_owned()
}

/// What a command says that cannot; it prints no result.
fn refused(home: &Home, args: &[&str], input: &str) -> String {
    let done = home.stele_told(args, input);
    assert!(!done.status.success() && done.stdout.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&done.stdout));
    String::from_utf8(done.stderr).unwrap()
}
