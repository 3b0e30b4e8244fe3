//! Keys in the console: made and shown once, replaced, revoked; and who may do so.

use stele::{
    domain::{
        access::{Access, Actor, Role},
        id::{KeyId, ProjectId, UserId},
        key::key as draft,
        org::member,
        time::Clock,
    },
    service,
};

use crate::support::{HOSTILE, Made, Server, ShownPage, Tenant, Visitor, machine, tenant};

fn start() -> (tempfile::TempDir, Server, Tenant, Made) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let made = machine(&server, here.org, Role::Editor, Access::Write, None);
    (dir, server, here, made)
}

/// The key on the page that shows it.
fn key(shown: &ShownPage) -> String {
    let (_, rest) = shown.text.split_once("<output id=\"key\"").expect("a key");
    let (_, rest) = rest.split_once("<b>").expect("its prefix");
    rest.split("</output>").next().unwrap().replace("</b>", "")
}

fn form<'a>(once: &'a str, name: &'a str, expiry: &'a str) -> [(&'a str, &'a str); 5] {
    [("once", once), ("name", name), ("expiry", expiry), ("access", "read"), ("reach", "all")]
}

#[test]
fn a_key_is_shown_once_and_a_form_that_comes_again_makes_none() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    let once = admin.get(&page).is(200).hidden("once");
    let shown = admin.post(&page, &form(&once, HOSTILE, "90")).is(200);
    assert!(shown.text.contains("&#60;script") && !shown.text.contains("<script>alert"));
    let secret = key(&shown);
    assert_eq!(server.exchange(&secret).status, 200);
    let again = admin.post(&page, &form(&once, HOSTILE, "90")).is(303);
    assert_eq!(again.to, format!("/o/acme/settings/accounts/{}", made.account), "a reload leads to the list");
    assert!(again.next(&admin).text.contains("The key was made already"));
    // A number that is not known, or of a form that was refused, comes back with what was typed and a new one.
    let refused = admin.post(&page, &form("00", "Again", "90")).is(422);
    assert!(!refused.text.contains("id=\"key\"") && refused.hidden("once") != once && refused.text.contains("value=\"Again\""));
    let (once, nameless) = (refused.hidden("once"), "");
    let first = admin.post(&page, &form(&once, nameless, "90")).is(422).text;
    let again = admin.post(&page, &form(&once, nameless, "90")).is(422).text;
    assert!(first.contains("Give it a name") && again.contains("Give it a name"), "a reload shows the same fault");
    admin.post(&page, &form(&once, "Named", "90")).is(200);
    for path in ["/o/acme/settings/keys?status=all", "/account/keys", &format!("/o/acme/settings/accounts/{}", made.account)] {
        assert!(!admin.get(path).is(200).text.contains(&secret[10..40]), "{path}");
    }
    assert!(admin.get("/o/acme/settings/keys").text.contains("1 to 3 of 3"), "the one that was there and the two that were made");
}

#[test]
fn what_is_wrong_with_a_key_comes_back_beside_what_was_typed() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let policies = "/o/acme/settings/policies";
    let seen = admin.get(policies).is(200).hidden("seen");
    admin.post(policies, &[("seen", &seen), ("days", "30"), ("personal", "on")]).is(303);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    let offered = admin.get(&page).is(200);
    assert!(offered.text.contains("value=\"30\"") && !offered.text.contains("value=\"90\"") && !offered.text.contains("value=\"never\""));
    for (name, expiry) in [("", "30"), ("Long", "365"), ("Endless", "never"), ("Dateless", "date")] {
        let once = admin.get(&page).hidden("once");
        let refused = admin.post(&page, &form(&once, name, expiry)).is(422);
        assert!(refused.text.contains("class=\"fault\"") && !refused.text.contains("id=\"key\""), "{name}: {}", refused.text);
        assert!(refused.text.contains(&format!("value=\"{name}\"")), "{name}");
    }
    // Several faults are told on top, each with the name of its field.
    let once = admin.get(&page).hidden("once");
    let refused = admin.post(&page, &[("once", &once), ("name", "Laptop"), ("expiry", "30"), ("access", ""), ("reach", "")]).is(422).text;
    assert!(refused.contains("2 things are not right yet"), "{refused}");
    assert!(refused.contains("<a href=\"#access\">Access: ") && refused.contains("<a href=\"#projects\">Projects: "), "{refused}");
}

#[test]
fn a_key_that_is_regenerated_or_revoked_is_dead_at_once() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let one = format!("/o/acme/settings/keys/{}", made.key);
    let token = server.token(&made.secret);
    let once = admin.get(&format!("{one}/regenerate")).is(200).hidden("once");
    let next = key(&admin.post(&format!("{one}/regenerate"), &[("once", &once), ("grace", "none"), ("expiry", "same")]).is(200));
    assert_eq!(server.exchange(&made.secret).reason(), "key_revoked");
    assert_eq!(server.ask("GET", "/whoami", Some(&token), None).reason(), "key_revoked");
    let token = server.token(&next);
    let list = admin.get("/o/acme/settings/keys").is(200).text;
    let (before, _) = list.split_once("/regenerate").expect("a link to regenerate");
    let end = format!("/o/acme/settings/keys/{}/revoke", before.rsplit('/').next().unwrap());
    admin.post(&end, &[("reason", &"x".repeat(501))]).is(422);
    assert_eq!(server.exchange(&next).status, 200, "nothing was half done");
    assert_eq!(admin.post(&end, &[("reason", "Done")]).is(303).to, "/o/acme/settings/keys");
    assert_eq!(server.ask("GET", "/whoami", Some(&token), None).reason(), "key_revoked");
    // Whoever comes second is told, and no reason is dropped in silence.
    let late = admin.post(&end, &[("reason", "Another reason")]).is(422).text;
    assert!(late.contains("was revoked or replaced already") && late.contains("Done") && !late.contains("name=\"reason\""), "{late}");
    assert!(!admin.get(&end).is(200).text.contains("name=\"reason\""));
}

#[test]
fn keys_are_for_those_who_manage_them() {
    let (_dir, server, here, made) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let elsewhere = tenant(&server, "elsewhere");
    let stranger = Visitor::new(&server, &elsewhere, "Sam", Role::Admin);
    for path in [
        format!("/o/acme/settings/accounts/{}/keys/new", made.account),
        format!("/o/acme/settings/keys/{}/revoke", made.key),
        format!("/o/acme/settings/keys/{}/regenerate", made.key),
    ] {
        let status = editor.post(&path, &form("00", "x", "30")).status;
        assert!(matches!(status, 403 | 422), "{path}: {status}");
        stranger.get(&path).is(404);
        stranger.get(&path.replace("/o/acme/", "/o/elsewhere/")).is(404);
    }
    assert_eq!(server.exchange(&made.secret).status, 200);
}

/// The row of the list that names a key.
fn row<'a>(page: &'a str, name: &str) -> &'a str {
    let rows = page.split("<tr").skip(1).filter_map(|row| row.split("</tr>").next());
    rows.into_iter().find(|row| row.contains(&format!("<b>{name}</b>"))).expect("a row")
}

/// A key of the account with this name, life and projects.
fn issue(server: &Server, here: &Tenant, account: UserId, name: &'static str, days: u32, projects: Option<Vec<ProjectId>>) -> KeyId {
    let org = here.org;
    server.write(move |tx| {
        let (access, projects) = (Some(Access::Read), projects.clone());
        let draft = draft::Draft { name: name.into(), access, expires_in_days: Some(days), projects, ..Default::default() };
        Ok(service::key::key::create(tx, &Actor::operator(), (org, account), &draft, false)?.key.id)
    })
}

#[test]
fn a_list_of_keys_is_sorted_searched_and_narrowed_to_one_owner() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let laptop = admin.key(here.org);
    let other = machine(&server, here.org, Role::Viewer, Access::Read, None);
    issue(&server, &here, made.account, "Alpha", 60, None);
    issue(&server, &here, other.account, "Omega", 30, None);
    let list = |query: &str| admin.get(&format!("/o/acme/settings/keys{query}")).is(200).text;
    let at = |page: &str, name: &str| page.find(&format!("<b>{name}</b>")).unwrap_or(usize::MAX);
    let (up, down) = (list("?sort=name:asc"), list("?sort=name:desc"));
    assert!(at(&up, "Alpha") < at(&up, "Omega") && at(&down, "Omega") < at(&down, "Alpha"));
    assert!(up.contains("aria-sort=\"ascending\"") && up.contains("?sort=name:desc") && up.matches("aria-sort").count() == 1);
    let ends = list("?sort=expiresAt:desc");
    assert!(at(&ends, "Laptop") < at(&ends, "Alpha") && at(&ends, "Alpha") < at(&ends, "Omega"));
    let one = list(&format!("?owner={}", made.account));
    assert!(one.contains("<b>Alpha</b>") && !one.contains("<b>Omega</b>") && !one.contains("<b>Laptop</b>"));
    assert!(one.contains(&format!("value=\"{}\" selected", made.account)), "the choice stays");
    assert!(list("?owner=user").contains("The only one"), "people alone");
    let found = list(&format!("?search={}", &laptop[laptop.len() - 4..]));
    assert!(found.contains("<b>Laptop</b>") && found.contains("The only one"), "by the last four characters");
    assert!(list("?search=viewer").contains("<b>Omega</b>"), "by the owner's name");
    assert!(!row(&found, "Laptop").contains("/settings/keys/"), "one's own key is changed as one's own");
    admin.get("/o/acme/settings/keys?owner=nobody").is(400);
    let shown = admin.get("/o/acme/settings/keys").is(200).text;
    let beyond = admin.get("/o/acme/settings/keys?page=2&utm_source=letter").is(200).text;
    assert_eq!(beyond.matches("<tr").count(), shown.matches("<tr").count(), "beyond the last page is the last page");
    for list in ["keys", "accounts", "invitations"] {
        admin.get(&format!("/o/acme/settings/{list}?status=odd")).is(400);
        admin.get(&format!("/o/acme/settings/{list}?status=all")).is(200);
    }
    assert!(list("?search=nothing-like-it").contains("Nothing"), "an empty list has a first page");
    let own = admin.get("/account/keys?sort=lastUsedAt:desc").is(200).text;
    assert!(own.contains("<b>Laptop</b>") && !own.contains("<b>Alpha</b>") && own.contains("aria-sort=\"descending\""));
}

#[test]
fn a_list_names_the_project_and_what_ends_soon() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let soon = issue(&server, &here, made.account, "Soon", 5, Some(vec![here.other]));
    issue(&server, &here, made.account, "Both", 60, Some(vec![here.project, here.other]));
    let page = admin.get("/o/acme/settings/keys").is(200).text;
    assert!(row(&page, "Soon").contains("<small>other</small>"), "one project is named");
    let both = row(&page, "Both");
    assert!(both.contains("2 projects"), "{both}");
    assert!(both.contains("title=\"site, other\"") || both.contains("title=\"other, site\""), "the title names them: {both}");
    assert!(row(&page, "Test").contains("All projects"));
    // The key of `start` ends within a day, too.
    assert!(
        page.contains("2 keys expire within 7 days")
            && page.contains(&format!("/keys/{soon}/regenerate?from=%2Fo%2Facme%2Fsettings%2Fkeys\">Soon</a>")),
        "{page}"
    );
    let revoke = format!("/o/acme/settings/keys/{soon}/revoke");
    admin.post(&revoke, &[("reason", "Not needed")]).is(303);
    let page = admin.get("/o/acme/settings/keys?status=revoked").is(200).text;
    assert!(page.contains("1 key expires within 7 days"), "what is revoked is told no more");
    assert!(row(&page, "Soon").contains("by Anna") && row(&page, "Soon").contains("Not needed"), "who and why");
}

#[test]
fn a_grace_period_and_its_successor_are_told() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let old = issue(&server, &here, made.account, "Build", 60, None);
    let renew = format!("/o/acme/settings/keys/{old}/regenerate");
    let shown = admin.get(&renew).is(200);
    assert!(shown.text.contains("of-same\">Expires on ") && shown.text.contains("of-never\">It works until it is revoked."));
    let form = [("once", &*shown.hidden("once")), ("grace", "24h"), ("expiry", "same")];
    let next = key(&admin.post(&renew, &form).is(200));
    let page = admin.get("/o/acme/settings/keys?sort=createdAt:asc").is(200).text;
    let tail = &next[next.len() - 4..];
    let row = row(&page, "Build");
    assert!(row.contains("Expires in 1 day") && row.contains(&format!("replaced by …\u{2060}{tail}")), "{row}");
    assert!(!row.contains(&format!("{old}/regenerate")) && row.contains(&format!("{old}/revoke")), "it has a successor already");
    assert!(page.matches("Replaces …").count() == 1, "the new one remembers");
    let late = admin.get(&renew).is(200).text;
    assert!(late.contains("was revoked or replaced already") && !late.contains("name=\"grace\""), "{late}");
    admin.post(&format!("/o/acme/settings/keys/{old}/revoke"), &[]).is(303);
    let page = admin.get("/o/acme/settings/keys?status=revoked").is(200).text;
    assert!(page.contains(&format!("replaced by …\u{2060}{tail}")), "the reason stays");
}

#[test]
fn a_key_that_ends_soon_is_regenerated_for_longer_and_somebody_elses_not_at_all() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let chosen = |key: KeyId| {
        let page = admin.get(&format!("/o/acme/settings/keys/{key}/regenerate")).is(200).text;
        let life = page.split("name=\"expiry\"").find(|input| input.split('>').next().unwrap().contains("checked")).expect("a choice");
        life.split("data-life=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    admin.key(here.org);
    let (soon, later) = (issue(&server, &here, made.account, "Soon", 3, None), issue(&server, &here, made.account, "Later", 60, None));
    assert_eq!((chosen(soon).as_str(), chosen(later).as_str()), ("days-90", "same"));
    // A limit of its own is among the lives, and it is the usual one.
    let policies = "/o/acme/settings/policies";
    let seen = admin.get(policies).is(200).hidden("seen");
    let strict = admin.post(policies, &[("seen", &seen), ("days", "5"), ("personal", "on")]).is(200);
    let confirmed = [("seen", &*seen), ("days", "5"), ("personal", "on"), ("confirmed", &*strict.hidden("confirmed"))];
    admin.post(policies, &confirmed).is(303);
    let offered = admin.get(&format!("/o/acme/settings/accounts/{}/keys/new", made.account)).is(200).text;
    assert!(offered.contains("value=\"5\" data-life=\"days-max\" checked>5 days"), "{offered}");
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    let once = admin.get(&page).hidden("once");
    admin.post(&page, &form(&once, "Short", "5")).is(200);
    // So is the last day that is allowed, though not until it is over; the day after is not.
    let day = |days: i64| {
        let at = stele::app::SystemClock.now() + stele::domain::time::DAY * u32::try_from(days).unwrap();
        at.to_string()[..10].to_owned()
    };
    for (days, status) in [(5, 200), (6, 422)] {
        let (once, until) = (admin.get(&page).hidden("once"), day(days));
        let dated = [&form(&once, "Dated", "date")[..], &[("until", until.as_str())]].concat();
        admin.post(&page, &dated).is(status);
    }
    // A personal key is regenerated by its owner alone.
    let owner = Visitor::owner(&server, &here);
    let list = admin.get("/account/keys").is(200).text;
    let own = list.split("/rename").next().and_then(|before| before.rsplit('/').next()).unwrap();
    let refused = owner.get(&format!("/o/acme/settings/keys/{own}/regenerate"));
    assert!(refused.is(403).text.contains("regenerated by its owner"));
}

#[test]
fn a_new_key_says_when_it_ends_and_its_examples_are_real() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    let new = admin.get(&page).is(200);
    assert!(new.text.contains("of-days-90\">Expires on ") && new.text.contains("of-date\">It works through that day."));
    let other = here.other.to_string();
    let some =
        [("once", &*new.hidden("once")), ("name", "One"), ("expiry", "30"), ("access", "read"), ("reach", "some"), ("project", &other)];
    let shown = admin.post(&page, &some).is(200).text;
    let (org, api) = (here.org.to_string(), "http://stele.test/api");
    assert!(shown.contains(&format!("{api}/organizations/{org}/projects/{other}")) && shown.contains(&format!("{api}/auth/token")));
    assert!(shown.contains("asyncio.run(main())") && shown.contains(&format!("\"{other}\"")), "{shown}");
    for line in
        ["claude mcp add --transport http stele <b>http://stele.test/mcp</b>", "codex mcp add stele --url <b>http://stele.test/mcp</b>"]
    {
        assert!(shown.contains(line), "{shown}");
    }
    assert_eq!(shown.matches("gct_").count(), 1, "the key is in none of the examples: {shown}");
    // Without a project that it reaches, the examples list projects.
    let lonely = machine(&server, here.org, Role::Collaborator, Access::Read, None);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", lonely.account);
    let once = admin.get(&page).is(200).hidden("once");
    let shown = admin.post(&page, &form(&once, "Lonely", "30")).is(200).text;
    assert!(shown.contains("list_projects") && !shown.contains("get_project("), "{shown}");
}

#[test]
fn whoever_belongs_to_several_organizations_sees_which_a_key_is_for() {
    let (_dir, server, here, _) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    admin.key(here.org);
    assert!(!admin.get("/account/keys").is(200).text.contains("<small>acme</small>"), "with one there is nothing to tell");
    let (id, elsewhere) = (admin.id, tenant(&server, "elsewhere").org);
    server.write(move |tx| {
        let joins = member::Draft { user_id: id, role: Role::Viewer, title: None };
        service::org::member::create(tx, &Actor::operator(), elsewhere, &joins).map(drop)
    });
    assert!(row(&admin.get("/account/keys").is(200).text, "Laptop").contains("<small>acme</small>"));
    // What was joined and left again stays listed, with its dead key.
    server.write(move |tx| {
        let org = service::org::organization::get_by_slug(tx, &Actor::operator(), "acme")?.id;
        let all = service::org::member::list(tx, &Actor::operator(), org, &Default::default())?.items;
        let own = all.into_iter().find(|one| one.user_id == id).expect("the member");
        service::org::member::delete(tx, &Actor::operator(), org, own.id)
    });
    let dead = admin.get("/account/keys?status=all").is(200).text;
    assert!(row(&dead, "Laptop").contains("the member was removed"), "{dead}");
}

#[test]
fn personal_keys_that_are_not_allowed_are_not_offered() {
    let (_dir, server, here, _) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let once = admin.get("/account/keys/new").is(200).hidden("once");
    let policies = "/o/acme/settings/policies";
    let seen = admin.get(policies).is(200).hidden("seen");
    admin.post(policies, &[("seen", &seen), ("days", ""), ("sure", "on")]).is(303);
    let closed = admin.get("/account/keys/new").is(200).text;
    assert!(
        closed.contains("does not allow personal keys") && !closed.contains("name=\"once\" value=\"\"") && !closed.contains("id=\"name\"")
    );
    admin.post("/account/keys/new", &form(&once, "Mine", "30")).is(403);
    let list = admin.get("/account/keys").is(200).text;
    assert!(list.contains("does not allow personal keys") && !list.contains("/account/keys/new"), "{list}");
}

#[test]
fn what_is_no_choice_makes_no_key_and_ends_none() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    let project = here.project.to_string();
    let good = [("name", "New"), ("expiry", "90"), ("access", "read"), ("reach", "all")];
    for (field, value) in [
        ("access", "everything"),
        ("access", ""),
        ("reach", "ALL"),
        ("expiry", "abc"),
        ("expiry", "-1"),
        ("expiry", "same"),
        ("project", &project),
    ] {
        let once = admin.get(&page).hidden("once");
        let mut form: Vec<_> = good.into_iter().filter(|(name, _)| *name != field).collect();
        form.extend([("once", once.as_str()), (field, value)]);
        let refused = admin.post(&page, &form).is(422);
        assert!(refused.text.contains("class=\"fault\"") && !refused.text.contains("id=\"key\""), "{field}={value}: {}", refused.text);
    }
    let renew = format!("/o/acme/settings/keys/{}/regenerate", made.key);
    for (field, value) in [("grace", "1week"), ("expiry", "nonsense")] {
        let once = admin.get(&renew).hidden("once");
        let mut form: Vec<_> = [("grace", "none"), ("expiry", "same")].into_iter().filter(|(name, _)| *name != field).collect();
        form.extend([("once", once.as_str()), (field, value)]);
        assert!(admin.post(&renew, &form).is(422).text.contains("class=\"fault\""), "{field}={value}");
    }
    assert_eq!(server.exchange(&made.secret).status, 200, "the old key still works");
    assert!(admin.get("/o/acme/settings/keys?status=all").text.contains("The only one"), "no key was made");
}

#[test]
fn the_second_of_two_tabs_on_the_name_of_a_key_is_told() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let page = format!("/o/acme/settings/keys/{}/rename", made.key);
    let seen = admin.get(&page).is(200).hidden("seen");
    admin.post(&page, &[("seen", &seen), ("name", "First")]).is(303);
    let told = admin.post(&page, &[("seen", &seen), ("name", "Second")]).is(412);
    assert!(told.text.contains("role=\"alert\"") && told.text.contains("value=\"Second\""), "{}", told.text);
    admin.post(&page, &[("seen", &told.hidden("seen")), ("name", "Second")]).is(303);
    assert!(admin.get("/o/acme/settings/keys").is(200).text.contains("<b>Second</b>"));
}
