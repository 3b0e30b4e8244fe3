//! Strangers who ask for projects that they make up: they are not counted, hold no memory, and hide nothing.

use std::sync::Arc;

use reqwest::blocking::Client;
use stele::{
    domain::{
        access::{Access, Actor, Role},
        id::{OrgId, ProjectId},
        project::traffic::{Event, Subject},
    },
    service::{key::token::living_key, project::traffic::Traffic},
};
use uuid::Uuid;

use crate::support::{Made, Server, Site, Visitor, machine, tenant};

/// More than the memory of counts ever holds.
const MADE_UP: u128 = 52_000;
const OVER_HTTP: u128 = 2_000;

/// Whoever asks with this key.
fn actor(server: &Server, made: &Made) -> Arc<Actor> {
    let key = made.key;
    server.store.read_now(|tx| living_key(tx, key)).unwrap().unwrap()
}

fn made_up(n: u128) -> ProjectId {
    ProjectId::from_uuid(Uuid::from_u128((0x0190_f4a2 << 96) | n))
}

#[test]
fn made_up_projects_fill_no_memory_and_the_real_ones_go_on_counting() {
    let site = Site::new();
    let elsewhere = tenant(&site.server, "elsewhere");
    let stranger = machine(&site.server, elsewhere.org, Role::Admin, Access::Full, None);
    let (stranger, own) = (actor(&site.server, &stranger), actor(&site.server, &site.admin));
    let person = Visitor::owner(&site.server, &elsewhere).actor();
    let (traffic, store) = (Traffic::default(), &site.server.store);
    let here = (site.here.org, site.here.project);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(traffic.count_answer(store, &own, here, 200));
    let orgs = [here.0, elsewhere.org, OrgId::from_uuid(Uuid::from_u128(7))];
    for n in 0..MADE_UP {
        let who = if n % 4 == 0 { &person } else { &stranger };
        runtime.block_on(traffic.count_answer(store, who, (orgs[n as usize % 3], made_up(n)), 404));
    }
    // What there is, and is not theirs to see, they do not count either.
    runtime.block_on(traffic.count_answer(store, &stranger, here, 404));
    runtime.block_on(traffic.count_answer(store, &own, here, 404));
    runtime.block_on(traffic.count_answer(store, &own, here, 200));
    let mut held: Vec<_> = traffic.tally().take().into_iter().map(|(kind, n)| (kind.subject, kind.event, n)).collect();
    held.sort_by_key(|(_, event, _)| *event);
    let subject = Subject::Project(here.1, Some(site.admin.key));
    assert_eq!(held, [(subject, Event::Answered, 2), (subject, Event::Refused, 1)]);
}

#[test]
fn requests_of_strangers_for_made_up_projects_are_not_counted() {
    let site = Site::new();
    let elsewhere = tenant(&site.server, "elsewhere");
    let stranger = machine(&site.server, elsewhere.org, Role::Admin, Access::Full, None);
    let token = site.server.token(&stranger.secret);
    let client = Client::new();
    for n in 0..OVER_HTTP {
        let org = if n % 2 == 0 { site.here.org } else { elsewhere.org };
        let request = client.get(format!("{}/api/organizations/{org}/projects/{}", site.server.url, made_up(n)));
        let (request, expected) = if n % 3 == 0 { (request, 401) } else { (request.bearer_auth(&token), 404) };
        assert_eq!(request.send().unwrap().status(), expected);
    }
    for _ in 0..3 {
        assert_eq!(site.get(&site.project()).status, 200);
    }
    let Site { server, dir, here, .. } = site;
    drop(server);
    // What is in memory is stored when a server stops: the site's own four requests, and each key's exchange.
    let raw = rusqlite::Connection::open(dir.path().join("stele.db")).unwrap();
    let number = |sql: &str, of: &str| raw.query_row(sql, [of], |row| row.get::<_, i64>(0)).unwrap();
    let project = here.project.to_string();
    assert_eq!(number("SELECT SUM(n) FROM traffic WHERE subject = ?1 AND key_id = ''", &project), 4);
    let others = "SELECT COUNT(*) FROM traffic WHERE subject <> ?1 AND event IN ('answered', 'refused', 'failed')";
    assert_eq!(number(others, &project), 0);
}
