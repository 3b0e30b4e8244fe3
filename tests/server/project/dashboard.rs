//! The dashboard: what was counted of the traffic, what needs somebody, and for whom.

use stele::domain::access::{Access, Actor, Role};

use crate::support::{HOSTILE, Server, Site, Tenant, Visitor, machine, page};

const PAGE: &str = "/o/acme/p/site";

/// Starts the site's server anew: what was counted in memory is stored when it stops.
fn again(site: Site) -> (tempfile::TempDir, Server, Tenant) {
    let Site { server, dir, here, .. } = site;
    drop(server);
    let server = Server::start(&dir.path().join("stele.db"));
    (dir, server, here)
}

/// The last row of a table: the present hour or day, its tags taken out.
fn now(text: &str, table: usize) -> Vec<String> {
    let table = text.split("<tbody>").nth(table + 1).expect("the table").split("</tbody>").next().unwrap();
    let row = table.split("<tr>").last().expect("a row");
    let cells = row.split("</td>").filter_map(|cell| cell.rsplit('>').next()).map(str::to_owned);
    cells.filter(|cell| !cell.trim().is_empty()).collect()
}

#[test]
fn requests_are_counted_by_what_became_of_them_and_survive_a_restart() {
    let site = Site::new();
    for _ in 0..3 {
        assert_eq!(site.get(&site.pages()).status, 200);
    }
    assert_eq!(site.get(&format!("{}/0190f4a2-0000-7000-8000-000000000000", site.pages())).status, 404);
    assert_eq!(site.server.ask("GET", &site.pages(), None, None).status, 401, "without a key it is not counted: nobody is known to call");
    let dead = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let (org, key) = (site.here.org, dead.key);
    site.server.write(move |tx| {
        stele::service::key::key::revoke(tx, &Actor::operator(), stele::service::key::key::KeyScope::Org(org), key, &Default::default())
    });
    assert_eq!(site.server.exchange(&dead.secret).status, 401);
    assert_eq!(site.server.exchange("gct_sat_nothing").status, 401, "what is no key is nobody's");
    let (_dir, server, here) = again(site);
    let owner = Visitor::owner(&server, &here);
    for span in ["", "?span=24h"] {
        let shown = owner.get(&format!("{PAGE}{span}")).is(200);
        // A change of the languages at the start of every site is one request more.
        assert_eq!(now(&shown.text, 0)[1..], ["4", "1", "0"], "{span}: answered, refused, failed");
        assert_eq!(now(&shown.text, 1)[1..], ["1", "1"], "{span}: tokens given, exchanges refused");
        assert!(
            shown.text.contains("<b>Test</b></a> <small>admin</small></span>\n        <span>5</span>"),
            "the busiest key: {}",
            shown.text
        );
    }
}

#[test]
fn a_request_writes_nothing_for_its_count() {
    let site = Site::new();
    site.get(&site.pages());
    let raw = site.raw();
    let number = |sql: &str| raw.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    // The first use of a key is written at once, beside the requests.
    while number("SELECT COUNT(*) FROM key_uses") == 0 {
        std::thread::yield_now();
    }
    site.server.notice();
    let before = site.server.engine.commits();
    for _ in 0..50 {
        assert_eq!(site.get(&site.pages()).status, 200);
    }
    assert_eq!(site.server.engine.commits(), before, "fifty requests, and nobody wrote into the file");
    site.make(&site.pages(), &page("first"));
    assert_ne!(site.server.engine.commits(), before);
}

#[test]
fn keys_that_end_drafts_invitations_and_failed_sign_ins_need_somebody() {
    let site = Site::new();
    site.make(&site.pages(), &serde_json::json!({ "name": "A draft", "slug": "draft", "status": "draft" }));
    let victim = crate::support::visitor(&site.server, "victim@acme.example");
    let (org, operator) = (site.here.org, Actor::operator());
    site.server.write(move |tx| {
        let draft = stele::domain::org::member::Draft { user_id: victim, role: Role::Viewer, title: None };
        stele::service::org::member::create(tx, &operator, org, &draft).map(drop)
    });
    let mut thief = crate::support::Browser::new(&site.server);
    for guess in ["first guess", "second guess", "third guess"] {
        assert_eq!(thief.sign_in("victim@acme.example", guess, "").status, 422);
    }
    let owner = Visitor::owner(&site.server, &site.here);
    owner.invite("acme", "new@acme.example", "viewer");
    let (_dir, server, here) = again(site);
    let owner = Visitor::owner(&server, &here);
    let shown = owner.get(PAGE).is(200);
    for words in ["The key Test expires", "1 page is a draft", "1 invitation is open", "3 failed sign-ins in 24 hours", "Paula Person (3)"]
    {
        assert!(shown.text.contains(words), "{words} is missing: {}", shown.text);
    }
    let viewer = Visitor::new(&server, &here, HOSTILE, Role::Viewer);
    let seen = viewer.get(PAGE).is(200);
    assert!(seen.text.contains("Nothing needs you") && seen.text.contains("API requests"));
    for words in
        ["1 page is a draft", "The key Test", "invitation is open", "failed sign-ins in", "Busiest keys", "Recent activity", "Paula"]
    {
        assert!(!seen.text.contains(words), "a viewer does not see {words}");
    }
}

#[test]
fn keys_are_told_where_they_reach() {
    let site = Site::new();
    let (org, other) = (site.here.org, site.here.other);
    let issue = |name: &'static str, role: Role, projects: Option<Vec<stele::domain::id::ProjectId>>| {
        site.server.write(move |tx| {
            let new = stele::domain::org::service_account::Draft { name: name.into(), role, description: None };
            let account = stele::service::org::service_account::create(tx, &Actor::operator(), org, &new)?.id;
            let (access, projects) = (Some(Access::Read), projects.clone());
            let draft =
                stele::domain::key::key::Draft { name: name.into(), access, expires_in_days: Some(2), projects, ..Default::default() };
            stele::service::key::key::create(tx, &Actor::operator(), (org, account), &draft, false).map(drop)
        });
    };
    issue("Only elsewhere", Role::Editor, Some(vec![other]));
    issue("Only here", Role::Editor, Some(vec![site.here.project]));
    issue("Everywhere", Role::Viewer, None);
    issue("Added to nothing", Role::Collaborator, None);
    let owner = Visitor::owner(&site.server, &site.here);
    let named = |path: &str| {
        let text = owner.get(path).is(200).text;
        ["Only elsewhere", "Only here", "Everywhere", "Added to nothing"].map(|name| text.contains(&format!("The key {name} expires")))
    };
    assert_eq!(named(PAGE), [false, true, true, false]);
    assert_eq!(named("/o/acme/p/other"), [true, false, true, false]);
}

#[test]
fn a_new_project_says_how_to_begin_and_one_with_content_does_not() {
    let site = Site::new();
    let owner = Visitor::owner(&site.server, &site.here);
    let begin = owner.get(PAGE).is(200).text;
    assert!(begin.contains("First steps") && begin.matches("<li class=\"done\">").count() == 2, "account and key are there: {begin}");
    let viewer = Visitor::new(&site.server, &site.here, "Vera", Role::Viewer);
    assert!(!viewer.get(PAGE).is(200).text.contains("First steps"), "who may not write is not told to");
    site.make(&site.pages(), &page("first"));
    assert!(!owner.get(PAGE).is(200).text.contains("First steps"));
    let elsewhere = crate::support::tenant(&site.server, "elsewhere");
    let owner = Visitor::owner(&site.server, &elsewhere);
    let page = "/o/elsewhere/p/site";
    assert_eq!(owner.get(page).is(200).text.matches("<li class=\"done\">").count(), 0, "nothing is done yet");
    owner.post(&format!("{page}/website/web/pages/new"), &[("name", "One"), ("slug", "one")]).is(303);
    let begun = owner.get(page).is(200).text;
    assert!(begun.contains("First steps") && begun.matches("<li class=\"done\">").count() == 1, "what was done is ticked: {begun}");
    machine(&site.server, elsewhere.org, Role::Viewer, Access::Read, None);
    assert!(!owner.get(page).is(200).text.contains("First steps"), "all of it is done");
}

#[test]
fn a_foreign_project_is_not_there_and_its_traffic_is_its_own() {
    let site = Site::new();
    let elsewhere = crate::support::tenant(&site.server, "elsewhere");
    let stranger = Visitor::owner(&site.server, &elsewhere);
    stranger.get(PAGE).is(404);
    let token = {
        let made = machine(&site.server, elsewhere.org, Role::Admin, Access::Full, None);
        site.server.token(&made.secret)
    };
    let path = format!("/organizations/{}/projects/{}", site.here.org, site.here.project);
    assert_eq!(site.server.ask("GET", &path, Some(&token), None).status, 404);
    let (_dir, server, here) = again(site);
    let shown = Visitor::owner(&server, &here).get(PAGE).is(200);
    assert!(
        shown.text.contains("<b>Test</b></a> <small>admin</small></span>\n        <span>1</span>"),
        "the site's own key: {}",
        shown.text
    );
    assert_eq!(shown.text.matches("<b>Test</b></a> <small>admin</small></span>").count(), 1, "the stranger's key is not named");
}
