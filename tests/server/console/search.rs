//! The search page, which the palette reads: each person finds what they may open, and nothing else.

use std::{
    sync::{Arc, Mutex},
    thread::{self, ThreadId},
};

use stele::{
    domain::{
        access::{Actor, Role},
        org::member,
        project::app::{AppType, Draft as AppDraft},
    },
    service,
    store::{
        engine::{Engine, Session, Write},
        error::StoreError,
        sqlite::Sqlite,
    },
};

use crate::support::{Server, Visitor, tenant};

/// Where the links of the list lead; not those of the navigation and the palette.
fn found(visitor: &Visitor<'_>, path: &str) -> Vec<String> {
    let text = visitor.get(path).is(200).text;
    let list = text.split_once("<ul class=\"todo\">").map_or("", |(_, rest)| rest.split("</ul>").next().unwrap_or_default());
    list.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|to| to.starts_with('/') && !to.starts_with("/static/"))
        .map(Into::into)
        .collect()
}

#[test]
fn everybody_finds_what_they_may_open() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    tenant(&server, "elsewhere");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let made = admin.post("/o/acme/p/site/website/web/pages/new", &[("name", "Élan of tides"), ("slug", "elan")]).is(303).to;

    let all = found(&admin, "/o/acme/search?search=ELAN%20tides");
    assert_eq!(all, std::slice::from_ref(&made), "an entry, whatever the case and the marks");
    assert_eq!(found(&admin, "/o/acme/search?search=tides%20ela"), all, "while the last word is being typed");
    let posts = "/o/acme/p/site/website/web/posts";
    assert_eq!(
        found(&admin, "/o/acme/search?search=web%20posts"),
        [posts.to_owned(), format!("{posts}/new")],
        "a list of an app, and what is close"
    );
    let settings = found(&admin, "/o/acme/search?search=settings%20site");
    assert_eq!(settings, ["/o/acme/p/site/settings"], "the settings of a project that is not open now");
    assert!(found(&admin, "/o/acme/search?search=keys").contains(&"/o/acme/settings/keys".to_owned()));

    let viewer = Visitor::new(&server, &here, "Vera", Role::Viewer);
    assert_eq!(found(&viewer, "/o/acme/search?search=elan"), [made]);
    assert_eq!(found(&viewer, "/o/acme/search?search=settings%20site"), [""; 0], "what a viewer may not open is not offered");
    let collaborator = Visitor::new(&server, &here, "Carl", Role::Collaborator);
    assert_eq!(found(&collaborator, "/o/acme/search?search=elan"), [""; 0], "an entry of a project that they do not see");
    assert!(collaborator.get("/o/acme/search?search=zzz").is(200).text.contains("Nothing matches."));
    viewer.get("/o/elsewhere/search?search=web").is(404);
}

#[test]
fn what_is_meant_is_found_and_not_what_is_spelled_like_it_in_another_language() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    assert!(!found(&admin, "/o/acme/search?search=tide").iter().any(|to| to.starts_with("/help")), "the help is called Aide in French");
    assert!(found(&admin, "/o/acme/search?search=aide").iter().any(|to| to.starts_with("/help")));
    assert!(found(&admin, "/o/acme/search?search=redirect").contains(&"/o/acme/p/site/website/web/redirects".to_owned()));

    // Two projects of one name are told apart, in what is found and in the navigation.
    for slug in ["twin", "twin-2"] {
        admin.post("/o/acme/projects/new", &[("name", "Twins"), ("slug", slug), ("defaultLocale", "en")]).is(303);
    }
    let text = admin.get("/o/acme/search?search=twins").is(200).text;
    let (navigation, list) = text.split_once("<ul class=\"todo\">").unwrap();
    assert!([navigation, list].iter().all(|part| part.contains("Twins (twin)") && part.contains("Twins (twin-2)")), "{text}");
}

#[test]
fn outside_of_organizations_it_offers_them_and_the_own_pages() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    tenant(&server, "elsewhere");
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let all = found(&editor, "/search");
    assert!(all.contains(&"/o/acme".to_owned()) && all.contains(&"/account/keys".to_owned()) && all.contains(&"/help".to_owned()));
    assert!(!all.iter().any(|to| to.contains("/o/elsewhere")), "{all:?}");
    assert_eq!(found(&editor, "/search?search=acme"), ["/o/acme"]);
    for path in ["/account/profile", "/help"] {
        assert!(editor.get(path).is(200).text.contains("id=\"palette\""), "{path} has the palette");
    }
    assert_eq!(Visitor::nobody(&server).get("/search").is(303).to, "/sign-in?next=%2Fsearch");
}

#[test]
fn whoever_was_added_to_a_project_or_an_app_finds_what_lies_there() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    server.write(move |tx| {
        let draft = |slug: &str| AppDraft { app_type: AppType::Website, name: slug.into(), slug: Some(slug.into()), description: None };
        service::project::app::create(tx, &Actor::operator(), (here.org, here.project), &draft("second"))?;
        service::project::app::create(tx, &Actor::operator(), (here.org, here.other), &draft("third"))
    });
    let made = ["site/website/web", "site/website/second", "other/website/third"].map(|app| {
        let page = format!("/o/acme/p/{app}/pages/new");
        admin.post(&page, &[("name", "Tides"), ("slug", "tides")]).is(303).to
    });
    let of = |visitor: &Visitor<'_>| {
        let mut all = found(visitor, "/o/acme/search?search=tides");
        all.sort_by_key(|to| made.iter().position(|one| one == to));
        all
    };
    assert_eq!(of(&admin), made);
    let carl = Visitor::new(&server, &here, "Carl", Role::Collaborator);
    assert_eq!(of(&carl), [""; 0]);
    let (id, operator) = (carl.id, Actor::operator);
    let draft = move |role| member::Draft { user_id: id, role, title: None };
    server.write(move |tx| {
        service::project::placed_member::create(tx, &operator(), (here.org, here.project, here.app), &draft(Role::Viewer))
    });
    assert_eq!(of(&carl), made[..1], "the app that they were added to, not the one beside it");
    server.write(move |tx| service::project::placed_member::create(tx, &operator(), (here.org, here.other), &draft(Role::Editor)));
    assert_eq!(of(&carl), [made[0].clone(), made[2].clone()], "and all of a project");

    let there = tenant(&server, "elsewhere");
    let other = Visitor::new(&server, &there, "Otto", Role::Admin);
    assert_eq!(found(&other, "/o/elsewhere/search?search=tides"), [""; 0], "nothing of another organization");
}

#[test]
fn of_many_finds_the_newest_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let make = |at: usize| {
        let slug = format!("tides-{at}");
        admin.post("/o/acme/p/site/website/web/pages/new", &[("name", "Tides"), ("slug", &slug)]).is(303).to
    };
    let made: Vec<_> = (0..22).map(make).collect();
    let newest: Vec<_> = made.into_iter().rev().take(20).collect();
    assert_eq!(found(&admin, "/o/acme/search?search=tides"), newest);
}

/// Notes on which thread each read runs.
struct Watched {
    engine: Arc<Sqlite>,
    reads: Arc<Mutex<Vec<ThreadId>>>,
}

impl Engine for Watched {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        self.reads.lock().unwrap().push(thread::current().id());
        self.engine.read(work)
    }

    fn write(&self, write: Write) {
        self.engine.write(write);
    }

    fn stop(&self) {
        self.engine.stop();
    }
}

#[test]
fn a_search_holds_no_worker_up() {
    let dir = tempfile::tempdir().unwrap();
    let reads = Arc::new(Mutex::new(Vec::new()));
    let kept = reads.clone();
    let server = Server::start_watched(&dir.path().join("stele.db"), move |engine| Arc::new(Watched { engine, reads: kept }));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    reads.lock().unwrap().clear();
    admin.get("/o/acme/search?search=tides").is(200);
    let all = reads.lock().unwrap().clone();
    // Who asks is read on the worker, what is searched is not.
    assert_ne!(all[0], all[all.len() - 1]);
}
