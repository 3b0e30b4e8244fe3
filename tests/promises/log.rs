//! The log is written when somebody takes it. Nothing depends on that.

use std::os::unix::process::ExitStatusExt;

use crate::support::{Home, Server, page};

#[test]
fn every_signal_to_stop_is_heeded_though_the_log_is_closed() {
    for signal in ["TERM", "INT", "HUP"] {
        let home = Home::new();
        let (mut server, log) = Server::sandbox_unheard(&home, "trace");
        drop(log);
        let token = server.token();
        assert_eq!(server.api.post(&server.pages(), &token, &page("kept")).unwrap().status, 201);
        server.signal(signal);
        let end = server.ended();
        assert_eq!((end.code(), end.signal()), (Some(0), None), "{signal}");
        home.check();
    }
}

#[test]
fn a_log_that_is_never_read_holds_nothing_up() {
    let home = Home::new();
    let (mut server, log) = Server::sandbox_unheard(&home, "trace");
    let token = server.token();
    // More than a pipe holds.
    for number in 0..60 {
        assert_eq!(server.api.post(&server.pages(), &token, &page(&format!("page-{number}"))).unwrap().status, 201);
    }
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
    drop(log);
}
