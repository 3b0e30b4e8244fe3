//! Service accounts in the console: the list, the page of one with its keys, and its projects.

use stele::{
    domain::{
        access::{Access, Actor, Role},
        id::{KeyId, OrgId, UserId},
        org::service_account,
        project::app,
    },
    service,
};

use crate::support::{HOSTILE, Server, Tenant, Visitor, machine, tenant};

const ACCOUNTS: &str = "/o/acme/settings/accounts";

fn start() -> (tempfile::TempDir, Server, Tenant) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    (dir, server, here)
}

fn account(server: &Server, org: OrgId, name: &'static str, role: Role, purpose: Option<&'static str>) -> UserId {
    server.write(move |tx| {
        let draft = service_account::Draft { name: name.into(), role, description: purpose.map(str::to_owned) };
        Ok(service::org::service_account::create(tx, &Actor::operator(), org, &draft)?.id)
    })
}

/// The names of the accounts in the order of the list.
fn names(page: &str) -> Vec<&str> {
    let (_, rows) = page.split_once("<tbody>").unwrap_or_default();
    rows.split("<b>").skip(1).filter_map(|rest| rest.split("</b>").next()).collect()
}

/// The row of the list that names an account.
fn row<'a>(page: &'a str, name: &str) -> &'a str {
    page.split("<tr").find(|row| row.contains(&format!("<b>{name}</b>"))).expect("a row")
}

#[test]
fn the_list_tells_of_each_account_what_matters() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let used = machine(&server, here.org, Role::Editor, Access::Read, None);
    server.token(&used.secret);
    let limited = account(&server, here.org, "Print", Role::Collaborator, None);
    account(&server, here.org, "Idle", Role::Viewer, Some(HOSTILE));
    let org = here.org;
    server.write(move |tx| {
        let (now, operator) = (tx.now(), Actor::operator());
        service::org::service_account::place(tx, &operator, org, limited, (here.project, Some(Role::Viewer)))?;
        stele::store::key::key::unguarded_note_use(tx, used.key, now, "192.0.2.14")?;
        let patch = service_account::Patch { disabled: Some(true), ..Default::default() };
        let idle =
            service::org::service_account::list(tx, &operator, org, &Default::default())?.items.into_iter().find(|one| one.name == "Idle");
        service::org::service_account::update(tx, &operator, org, idle.expect("it").id, &patch).map(drop)
    });
    let page = admin.get(ACCOUNTS).is(200).text;
    assert!(!page.contains("<script>alert"), "the purpose is escaped");
    assert_eq!(names(&page), ["editor", "Idle", "Print"]);
    let (editor, idle, print) = (row(&page, "editor"), row(&page, "Idle"), row(&page, "Print"));
    assert!(editor.contains("expires in 1 day") && editor.contains("from 192.0.2.14") && editor.contains(">All<"), "{editor}");
    assert!(idle.contains("None") && idle.contains("Never used") && idle.contains("Disabled") && idle.contains("/enable"), "{idle}");
    assert!(print.contains("1 of 2") && print.contains("/disable") && print.contains("/keys/new"), "{print}");
    for (segment, count) in [("All", 3), ("Active", 2), ("Disabled", 1)] {
        assert!(page.contains(&format!("{segment} <span class=\"count\">{count}</span>")), "{segment}");
    }
}

#[test]
fn the_list_is_narrowed_searched_and_sorted() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    account(&server, here.org, "Beta", Role::Admin, Some("Réseau de presse"));
    account(&server, here.org, "Alpha", Role::Viewer, Some("Prints"));
    let list = |query: &str| admin.get(&format!("{ACCOUNTS}{query}")).is(200).text;
    assert_eq!(names(&list("?search=reseau")), ["Beta"], "found by purpose, without accents");
    assert_eq!(names(&list("?search=ALPHA")), ["Alpha"]);
    assert_eq!(names(&list("?role=admin")), ["Beta"]);
    assert!(list("?status=disabled").contains("Nothing matches"));
    let sorted = list("?sort=name:desc");
    assert_eq!(names(&sorted), ["Beta", "Alpha"]);
    assert!(sorted.contains("aria-sort=\"descending\"") && sorted.contains("?sort=name:asc"), "the head leads back");
    assert_eq!(names(&list("?sort=rank:asc")), ["Beta", "Alpha"]);
    assert_eq!(sorted.matches("aria-sort").count(), 1, "one arrow");
    let kept = list("?status=active&sort=name:desc");
    assert!(kept.contains("name=\"status\" value=\"active\"") && kept.contains("name=\"sort\" value=\"name:desc\""), "a search keeps both");
    admin.get(&format!("{ACCOUNTS}?sort=nothing")).is(400);
}

#[test]
fn a_list_of_many_is_paged_and_an_owner_is_found_by_name() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let org = here.org;
    server.write(move |tx| {
        for n in 0..60 {
            let draft = service_account::Draft { name: format!("Account n{n:02}"), role: Role::Viewer, description: None };
            service::org::service_account::create(tx, &Actor::operator(), org, &draft)?;
        }
        Ok(())
    });
    let page = admin.get(&format!("{ACCOUNTS}?page=3")).is(200).text;
    assert!(page.contains("51 to 60 of 60") && names(&page).len() == 10, "{page}");
    let choose = admin.get("/o/acme/settings/keys/new?search=account+n07").is(200).text;
    assert!(choose.contains("Account n07") && !choose.contains("Account n08"), "the owner of a new key is found by name");
}

#[test]
fn a_page_shows_facts_keys_and_projects() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let made = admin.post(&format!("{ACCOUNTS}/new"), &[("name", "Print"), ("role", "collaborator"), ("description", "Pages")]).is(303).to;
    let page = admin.get(&made).is(200).text;
    assert!(page.contains("by Anna") && page.contains("Never used") && page.contains("It sees no project yet"), "{page}");
    let id: UserId = made.rsplit('/').next().unwrap().parse().unwrap();
    let (org, project, web) = (here.org, here.project, here.app);
    server.write(move |tx| {
        let operator = Actor::operator();
        let joins = stele::domain::org::member::Draft { user_id: id, role: Role::Editor, title: None };
        service::project::placed_member::create(tx, &operator, (org, project, web), &joins)?;
        let patch = app::Patch { name: Some("Front page".into()), ..Default::default() };
        service::project::app::update(tx, &operator, (org, project, web), &patch)?;
        for n in 0..30 {
            let draft = stele::domain::key::key::Draft { name: format!("Key {n:02}"), access: Some(Access::Read), ..Default::default() };
            service::key::key::create(tx, &operator, (org, id), &draft, false)?;
        }
        Ok(())
    });
    let page = admin.get(&made).is(200).text;
    assert!(page.contains("Front page") && page.contains("App in site"), "apps are named with their project");
    assert!(page.contains("1 to 25 of 30") && page.contains("page=2"), "its keys are paged");
    assert!(admin.get(&format!("{made}?page=2&sort=name:asc")).is(200).text.contains("Key 29"));
    assert!(admin.get(&format!("{made}?status=revoked")).is(200).text.contains("No key here"));
    let viewer = account(&server, here.org, "Reader", Role::Viewer, None);
    let plain = admin.get(&format!("{ACCOUNTS}/{viewer}")).is(200).text;
    assert!(plain.contains("Its role, viewer, counts in every project"), "{plain}");
}

#[test]
fn a_collaborator_reaches_a_project_until_it_is_taken_out() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let made = machine(&server, here.org, Role::Collaborator, Access::Full, None);
    let page = format!("{ACCOUNTS}/{}", made.account);
    let project = format!("/organizations/{}/projects/{}", here.org, here.project);
    let pages = format!("{project}/apps/website/{}/pages", here.app);
    let token = server.token(&made.secret);
    let read = |path: &str| server.ask("GET", path, Some(&token), None).status;
    assert_eq!(read(&project), 404);
    let add = [("project", &*here.project.to_string()), ("role", "viewer")];
    assert_eq!(admin.post(&format!("{page}/projects"), &add).is(303).to, page);
    assert_eq!((read(&project), read(&pages)), (200, 200));
    let body = serde_json::json!({ "name": "New", "slug": "new" });
    let write = |status: u16| assert_eq!(server.ask("POST", &pages, Some(&token), Some(&body)).status, status);
    write(403);
    admin.post(&format!("{page}/projects/site/role"), &[("role", "editor")]).is(303);
    write(201);
    assert!(admin.get(&page).text.contains("value=\"editor\" selected"));
    for wrong in [vec![("project", ""), ("role", "viewer")], vec![("project", "x"), ("role", "viewer")], vec![add[0], ("role", "king")]] {
        let refused = admin.post(&format!("{page}/projects"), &wrong).is(422);
        assert!(refused.text.contains("class=\"fault\""), "{wrong:?}");
    }
    admin.post(&format!("{page}/projects"), &[add[0], ("role", "collaborator")]).is(422);
    admin.post(&format!("{page}/projects/site/remove"), &[]).is(303);
    assert_eq!((read(&project), read(&pages)), (404, 404), "at once, with the token that it had");
}

#[test]
fn the_form_gives_projects_in_one_step_or_none() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let (site, other) = (format!("{}:viewer", here.project), format!("{}:", here.other));
    let new = format!("{ACCOUNTS}/new");
    assert!(admin.get(&new).is(200).text.contains(&site), "the form offers the projects");
    let form = |name, place| [("name", name), ("role", "collaborator"), ("place", place), ("place", &*other)];
    let page = admin.post(&new, &form("Print", &site)).is(303).to;
    assert!(admin.get(ACCOUNTS).text.contains("1 of 2"));
    let edit = admin.get(&format!("{page}/edit")).is(200).text;
    assert!(edit.contains(&format!("value=\"{site}\" selected")), "{edit}");
    // A project of nobody undoes the account, too.
    let nowhere = "0190f4a2-0000-7000-8000-000000000000:viewer";
    admin.post(&new, &form("Half", nowhere)).is(404);
    admin.post(&new, &form("Half", "x")).is(422);
    assert!(!admin.get(ACCOUNTS).text.contains("Half"));
    let seen = || admin.get(&format!("{page}/edit")).hidden("seen");
    let first = seen();
    let back = [
        ("seen", &*first),
        ("name", "Print"),
        ("role", "collaborator"),
        ("place", &*format!("{}:", here.project)),
        ("place", &*format!("{}:admin", here.other)),
    ];
    admin.post(&format!("{page}/edit"), &back).is(303);
    let (gone, given) = (admin.get(&page).text.contains("/projects/site/role"), admin.get(&page).text.contains("/projects/other/role"));
    assert_eq!((gone, given), (false, true));
    admin.post(&format!("{page}/edit"), &[("seen", &*seen()), ("name", "Print"), ("role", "editor"), ("place", &*site)]).is(303);
    assert!(!admin.get(&page).text.contains("/projects/site/role"), "another role needs no project");
}

#[test]
fn nobody_else_changes_the_projects_of_an_account() {
    let (_dir, server, here) = start();
    let made = machine(&server, here.org, Role::Collaborator, Access::Full, None);
    let elsewhere = tenant(&server, "elsewhere");
    let (viewer, stranger) = (Visitor::new(&server, &here, "Vera", Role::Viewer), Visitor::new(&server, &elsewhere, "Sam", Role::Admin));
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let page = format!("{ACCOUNTS}/{}", made.account);
    let id = here.project.to_string();
    for (path, form) in [
        (format!("{page}/projects"), vec![("project", &*id), ("role", "viewer")]),
        (format!("{page}/projects/site/role"), vec![("role", "viewer")]),
        (format!("{page}/projects/site/remove"), vec![]),
        (format!("{page}/edit"), vec![("name", "Mine"), ("role", "collaborator"), ("place", &*format!("{id}:viewer"))]),
    ] {
        viewer.post(&path, &form).is(403);
        stranger.post(&path, &form).is(404);
        stranger.post(&path.replace("/o/acme/", "/o/elsewhere/"), &form).is(404);
    }
    // A project of another organization, a person in place of an account, and an account of nobody.
    admin.post(&format!("{page}/projects"), &[("project", &*elsewhere.project.to_string()), ("role", "viewer")]).is(404);
    for id in [viewer.id.to_string(), KeyId::from_uuid(uuid::Uuid::nil()).to_string()] {
        admin.get(&format!("{ACCOUNTS}/{id}")).is(404);
        admin.post(&format!("{ACCOUNTS}/{id}/projects/site/role"), &[("role", "viewer")]).is(404);
    }
    let token = server.token(&made.secret);
    let path = format!("/organizations/{}/projects/{}", here.org, here.project);
    assert_eq!(server.ask("GET", &path, Some(&token), None).status, 404, "nothing was given");
    viewer.get(ACCOUNTS).is(403);
}

#[test]
fn the_second_of_two_tabs_on_an_account_is_told_and_takes_nothing_away() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let account = machine(&server, here.org, Role::Collaborator, Access::Read, None).account;
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let (page, edit) = (format!("/o/acme/settings/accounts/{account}"), format!("/o/acme/settings/accounts/{account}/edit"));
    let seen = admin.get(&edit).is(200).hidden("seen");
    let project = here.project.to_string();
    admin.post(&format!("{page}/projects"), &[("project", &project), ("role", "editor")]).is(303);
    let nowhere = format!("{project}:");
    let form = |seen: &str| {
        let fields = [("seen", seen), ("name", "Mine"), ("role", "collaborator"), ("place", nowhere.as_str())];
        admin.post(&edit, &fields)
    };
    let told = form(&seen).is(412);
    assert!(told.text.contains("role=\"alert\"") && told.text.contains("value=\"Mine\""), "what was typed stays");
    assert!(admin.get(&page).is(200).text.contains(">site<"), "it is still in the project");
    form(&told.hidden("seen")).is(303);
}

#[test]
fn a_second_list_has_pages_from_one_on() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let account = machine(&server, here.org, Role::Collaborator, Access::Read, None).account;
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    for (page, status) in [("1", 200), ("0", 400), ("x", 400), ("99999999", 400)] {
        admin.get(&format!("/o/acme/settings/accounts/{account}?placed={page}")).is(status);
    }
}
