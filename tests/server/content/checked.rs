//! What is refused for what it says is told at once, while others have their turn among the writes.

use std::sync::mpsc::{Sender, channel};

use serde_json::json;
use stele::{
    domain::{
        Error,
        access::{Actor, Role},
        content::{Draft, kinds::website_page},
        error::Faults,
        project::project,
    },
    service::{
        self,
        content::{checked, entry},
    },
    store::engine::{Engine, Session, Verdict, Write},
};

use crate::support::{Server, Site, Visitor, page};

/// Keeps the writer in one turn until this is dropped.
fn hold(server: &Server) -> Sender<()> {
    let ((go, wait), (begin, begun)) = (channel::<()>(), channel());
    let work = move |_: &mut dyn Session| {
        begin.send(()).unwrap();
        // It ends when the other side is dropped.
        let _ = wait.recv();
        Verdict::Keep
    };
    server.engine.write(Write { work: Box::new(work), is_rehearsal: false, done: Box::new(drop) });
    begun.recv().unwrap();
    go
}

#[test]
fn a_body_is_checked_before_its_turn_among_the_writes() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Ed", Role::Editor);
    site.make(&site.pages(), &page("there"));
    let new = "/o/acme/p/site/website/web/pages/new";
    let turn = hold(&site.server);
    let wrong = site.ask("POST", &site.pages(), Some(&json!({ "name": "Wrong", "slug": "No Slug", "title": { "xx": "?" } })));
    assert_eq!((wrong.status, wrong.body["errors"].as_array().map(Vec::len)), (400, Some(2)), "{}", wrong.body);
    let shown = editor.post(new, &[("name", "Kept as typed"), ("slug", "No Slug")]).is(422).text;
    assert!(shown.contains("Kept as typed"), "{shown}");
    drop(turn);
    editor.post(new, &[("name", "Good"), ("slug", "good")]).is(303);
}

#[test]
fn a_body_is_checked_anew_where_the_languages_are_others_when_its_turn_comes() {
    let site = Site::new();
    let here = site.here;
    let refused = site.server.write(move |tx| {
        let (operator, at) = (Actor::operator(), (here.org, here.project, here.app));
        let body = json!({ "name": "Two", "slug": "two", "title": { "en": "Two", "fr": "Deux" } }).as_object().unwrap().clone();
        let draft = checked::check(tx, &operator, at, (&website_page::KIND, Draft::parse), body, None)?;
        let patch = project::Patch { enabled_locales: Some(vec!["en".into()]), ..project::Patch::default() };
        service::project::project::update(tx, &operator, (here.org, here.project), &patch, None)?;
        Ok(entry::create(tx, &operator, at, &draft).map(drop))
    });
    let Err(Error::Invalid(Faults(faults))) = refused else { panic!("{refused:?}") };
    assert_eq!((faults[0].field.as_str(), faults[0].code), ("title.fr", "unknown_locale"));
    assert!(site.items(&site.pages()).is_empty());
}
