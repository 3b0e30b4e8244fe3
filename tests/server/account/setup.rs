//! The first start: one person, one organization, whatever comes at once.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use stele::{
    domain::{Error, org::organization},
    service::account::user::{self, NewUser},
};

use crate::support::{Browser, Program, Server};

#[test]
fn of_two_set_up_forms_that_come_at_once_the_first_counts() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    // Both forms passed the check of the address before either was stored; the writer takes one after the other.
    let form = |name: &'static str| {
        let draft = organization::Draft { name: name.into(), slug: None, description: None, website: None };
        let new = NewUser { name: name.into(), email: format!("{name}@acme.example") };
        server.store.write_now(move |tx| user::set_up(tx, &new, "no password", "fr", &draft).map(|(_, made)| made.slug))
    };
    assert_eq!(form("paula").unwrap(), "paula");
    assert!(matches!(form("mallory"), Err(Error::NotFound("page"))));
    let people = server.store.read_now(|tx| user::list(tx, &Default::default())).unwrap();
    assert_eq!((people.total, people.items[0].name.as_str()), (1, "paula"));
    assert_eq!(people.items[0].locale.as_deref(), Some("fr"), "emails speak the language of the set-up page");
}

#[test]
fn the_address_is_over_once_the_command_line_has_made_somebody() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    let program = Program::start(&file, &[]);
    let nobody = Browser::at(&program.url);
    let path = format!("/set-up?token={}", program.set_up_token());
    assert_eq!(nobody.get(&path).status, 200);
    let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
    let mut made = command
        .args(["user", "create", "--email", "ada@acme.example", "--name", "Ada", "--data"])
        .arg(&file)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    made.stdin.take().unwrap().write_all(b"a long passphrase\n").unwrap();
    assert!(made.wait().unwrap().success());
    let told = nobody.get(&path);
    assert!(told.status == 404 && told.body.contains("This instance is set up already"), "{}", told.body);
}
