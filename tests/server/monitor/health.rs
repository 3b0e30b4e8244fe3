//! Whether the server is well: alive as long as it answers, ready as long as it can do its work.

use std::{process::Command, time::Duration};

use serde_json::{Value, json};
use stele::config::Config;

use super::{asked, asked_of};
use crate::support::{Program, Server, SetClock, Site};

/// What `/readyz` says: its status, and what of the three is well.
fn ready(server: &Server) -> (u16, [bool; 3]) {
    let answer = asked_of(server, "/readyz");
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let status = if answer.status == 200 { "ready" } else { "not_ready" };
    assert_eq!((&told["status"], answer.header("cache-control")), (&json!(status), "no-store"));
    (answer.status, ["database", "disk", "jobs"].map(|check| told["checks"][check].as_bool().unwrap()))
}

#[test]
fn a_server_is_alive_and_ready() {
    let site = Site::new();
    let alive = asked_of(&site.server, "/healthz");
    assert_eq!((alive.status, alive.body.as_str()), (200, r#"{"status":"alive"}"#));
    assert_eq!(ready(&site.server), (200, [true; 3]));
    let head = reqwest::blocking::Client::new().head(format!("{}/readyz", site.server.url)).send().unwrap();
    assert_eq!(head.status(), 200);
}

#[test]
fn it_is_not_ready_while_nothing_can_be_stored() {
    let site = Site::new();
    let raw = site.raw();
    raw.execute_batch("CREATE TRIGGER stuck BEFORE UPDATE ON instance BEGIN SELECT RAISE(ABORT, 'no'); END").unwrap();
    site.server.notice();
    assert_eq!(ready(&site.server), (503, [false, true, true]));
    assert_eq!(asked_of(&site.server, "/healthz").status, 200, "it is alive all the same");
    raw.execute_batch("DROP TRIGGER stuck").unwrap();
    assert_eq!(ready(&site.server), (200, [true; 3]));
}

#[test]
fn it_is_not_ready_on_a_disk_that_is_nearly_full() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start_as(&dir.path().join("stele.db"), Config { min_free_disk: u64::MAX, ..Config::default() });
    assert_eq!(ready(&server), (503, [true, false, true]));
}

#[test]
fn it_is_not_ready_when_nothing_was_heard_of_a_job_for_long() {
    let (clock, dir) = (SetClock::new(), tempfile::tempdir().unwrap());
    let config = Config { metrics_listen: Some(([127, 0, 0, 1], 0).into()), ..Config::default() };
    let server = Server::start_clocked_as(&dir.path().join("stele.db"), clock.clone(), config);
    let metrics = format!("{}/metrics", server.metrics.as_ref().unwrap());
    // Until each has begun.
    while asked(&metrics, None).body.matches("stele_job_last_sign_timestamp_seconds{").count() < 4 {}
    assert_eq!(ready(&server), (200, [true; 3]));
    clock.pass(Duration::from_secs(6 * 60));
    assert_eq!(ready(&server), (503, [true, true, false]));
}

#[test]
fn a_container_asks_by_the_program_itself() {
    let dir = tempfile::tempdir().unwrap();
    let program = Program::start(&dir.path().join("stele.db"), &[]);
    let asked = |args: &[&str]| {
        let listen = program.url.strip_prefix("http://").unwrap();
        Command::new(env!("CARGO_BIN_EXE_stele")).arg("health").args(args).env("STELE_LISTEN", listen).output().unwrap()
    };
    let (alive, ready) = (asked(&[]), asked(&["--ready"]));
    assert!(alive.status.success() && alive.stdout.starts_with(b"{\"status\":\"alive\"}"), "{alive:?}");
    assert!(ready.status.success() && ready.stdout.starts_with(b"{\"status\":\"ready\""), "{ready:?}");
    let nobody = asked(&["--listen", "127.0.0.1:1"]);
    assert!(!nobody.status.success() && String::from_utf8_lossy(&nobody.stderr).contains("no answer from 127.0.0.1:1"), "{nobody:?}");
}
