//! The first start: one person, one organization, whatever comes at once.

use stele::{
    domain::{Error, org::organization},
    service::account::user::{self, NewUser},
};

use crate::support::Server;

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
