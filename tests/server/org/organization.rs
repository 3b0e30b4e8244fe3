//! An organization in the console: new, profile, policies, transfer, deletion, activity.

use stele::domain::{
    access::{Access, Actor, Role},
    org::organization::Organization,
};

use crate::support::{HOSTILE, Server, SetClock, Tenant, Visitor, machine, tenant};

const SETTINGS: &str = "/o/acme/settings";

fn start() -> (tempfile::TempDir, Server, Tenant) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    (dir, server, here)
}

fn org(server: &Server, here: &Tenant) -> Organization {
    let org = here.org;
    server.write(move |tx| stele::service::org::organization::get(tx, &Actor::operator(), org))
}

#[test]
fn a_new_organization_belongs_to_who_made_it() {
    let (_dir, server, here) = start();
    let operator = Visitor::owner(&server, &here);
    let refused = operator.post("/organizations/new", &[("name", HOSTILE), ("slug", "acme")]).is(422).text;
    assert!(refused.contains("&#60;script") && !refused.contains("<script>alert") && refused.contains("value=\"acme\""));
    assert_eq!(operator.post("/organizations/new", &[("name", "Été & Co"), ("slug", "")]).is(303).to, "/o/ete-co");
    assert!(operator.get("/o/ete-co/settings/profile").is(200).text.contains("Été &#38; Co"));
    Visitor::new(&server, &here, "Anna", Role::Admin).get("/o/ete-co").is(404);
}

#[test]
fn a_profile_is_changed_once_and_the_second_tab_is_told() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let page = format!("{SETTINGS}/profile");
    let seen = admin.get(&page).is(200).hidden("seen");
    let form = |name: &'static str, slug: &'static str, website: &'static str| {
        [("name", name.to_owned()), ("slug", slug.into()), ("website", website.into()), ("seen", seen.clone())]
    };
    fn pairs<'a>(form: &'a [(&'a str, String); 4]) -> Vec<(&'a str, &'a str)> {
        form.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
    let refused = admin.post(&page, &pairs(&form("Typed", "acme", "javascript:alert(1)"))).is(422);
    assert!(refused.text.contains("value=\"Typed\"") && refused.hidden("seen") == seen);
    assert_eq!(org(&server, &here).name, "acme");
    assert_eq!(admin.post(&page, &pairs(&form("First", "acme-2", "https://acme.example"))).is(303).to, "/o/acme-2/settings/profile");
    let told = admin.post("/o/acme-2/settings/profile", &pairs(&form("Second", "acme-3", ""))).is(412);
    assert!(told.text.contains("value=\"Second\"") && told.text.contains("role=\"alert\""), "the second tab is told and loses nothing");
    let now = org(&server, &here);
    assert_eq!((now.name.as_str(), now.slug.as_str(), now.website.as_deref()), ("First", "acme-2", Some("https://acme.example")));
}

#[test]
fn only_the_owner_hands_over_and_deletes() {
    let (_dir, server, here) = start();
    let (owner, admin) = (Visitor::owner(&server, &here), Visitor::new(&server, &here, "Anna", Role::Admin));
    let (transfer, delete) = (format!("{SETTINGS}/profile/transfer"), format!("{SETTINGS}/profile/delete"));
    let heir = admin.id.to_string();
    admin.get(&transfer).is(403);
    admin.get(&delete).is(403);
    admin.post(&transfer, &[("to", &heir)]).is(403);
    admin.post(&delete, &[("typed", "acme")]).is(403);
    owner.post(&transfer, &[("to", "")]).is(422);
    owner.post(&transfer, &[("to", &heir)]).is(303);
    assert_eq!(org(&server, &here).owner_id, admin.id);
    owner.post(&delete, &[("typed", "acme")]).is(403);
    assert!(admin.post(&delete, &[("typed", "Acme")]).is(422).text.contains("value=\"Acme\""));
    assert!(admin.get(&delete).is(200).text.contains("Type acme to confirm"));
    admin.get("/o/acme").is(200);
    let key = machine(&server, here.org, Role::Viewer, Access::Read, None).secret;
    admin.post(&delete, &[("typed", "acme")]).is(303);
    admin.get("/o/acme").is(404);
    assert_eq!(server.exchange(&key).status, 401);
}

#[test]
fn a_stricter_policy_shows_what_it_touches_before_it_is_saved() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, HOSTILE, Role::Admin);
    admin.key(here.org);
    let page = format!("{SETTINGS}/policies");
    let seen = admin.get(&page).is(200).hidden("seen");
    let strict = [("days", "30"), ("required", "on"), ("personal", "on"), ("seen", &seen)];
    let shown = admin.post(&page, &strict).is(200);
    assert!(shown.text.contains("Laptop") && shown.text.contains("&#60;script") && !shown.text.contains("<script>alert"));
    assert_eq!(org(&server, &here).policy.max_key_days, None, "nothing is saved yet");
    let confirmed = shown.hidden("confirmed");
    // What was confirmed is what was shown: a stricter one is shown again.
    let other = admin.post(&page, &[("days", "7"), ("required", "on"), ("confirmed", &confirmed)]).is(200);
    assert_ne!(other.hidden("confirmed"), confirmed);
    admin.post(&page, &[strict[0], strict[1], strict[2], strict[3], ("confirmed", &confirmed)]).is(303);
    let policy = org(&server, &here).policy;
    assert_eq!((policy.max_key_days, policy.key_expiry_required, policy.personal_keys_allowed), (Some(30), true, true));
    // Saved again as it is, it touches nothing new; and what is out of range is refused with what was typed.
    let again = admin.get(&page).is(200).hidden("seen");
    admin.post(&page, &[strict[0], strict[1], strict[2], ("seen", &again)]).is(303);
    // A tab that was opened before is told, and overwrites nothing.
    admin.post(&page, &[("days", "60"), ("required", "on"), ("personal", "on"), ("seen", &seen)]).is(412);
    assert_eq!(org(&server, &here).policy.max_key_days, Some(30));
    for wrong in ["0", "4000", "soon"] {
        assert!(admin.post(&page, &[("days", wrong)]).is(422).text.contains(&format!("value=\"{wrong}\"")));
    }
}

#[test]
fn the_activity_is_told_filtered_and_exported() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "=Anna", Role::Admin);
    let guest = Visitor::new(&server, &here, HOSTILE, Role::Viewer);
    admin.post(&format!("{SETTINGS}/members/{}/role", guest.member.unwrap()), &[("role", "editor")]).is(303);
    let page = format!("{SETTINGS}/activity");
    let all = admin.get(&page).is(200).text;
    assert!(all.contains("the role Editor") && all.contains("created the project site") && !all.contains("<script>alert"));
    let hers = admin.get(&format!("{page}?person=anna")).is(200).text;
    assert!(hers.contains("the role Editor") && !hers.contains("created the project site"));
    let one = admin.get(&format!("{page}?action=project.created&search=other")).is(200).text;
    assert!(one.contains("created the project other") && !one.contains("created the project site"));
    let long_ago = admin.get(&format!("{page}?until=2001-01-01")).is(200).text;
    assert!(!long_ago.contains("created the project"));
    let csv = admin.get(&format!("{page}/export.csv?resourceType=member")).is(200);
    assert!(csv.kind.starts_with("text/csv") && csv.text.contains(",'=Anna,") && !csv.text.contains("project.created"));
    let jsonl = admin.get(&format!("{page}/export.jsonl?action=member.updated")).is(200).text;
    let line: serde_json::Value = serde_json::from_str(jsonl.trim()).unwrap();
    assert_eq!((line["action"].as_str(), line["metadata"]["role"].as_str()), (Some("member.updated"), Some("editor")));
}

#[test]
fn a_long_export_holds_each_line_once() {
    let (dir, server, here) = start();
    let owner = Visitor::owner(&server, &here);
    let copies = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
        INSERT INTO activities (id, organization_id, actor_type, action, resource_type, resource_name, created_at, search_fold, actor_fold)
        SELECT printf('0190f4a2-0000-7000-8000-%012d', i), $1, 'system', 'project.created', 'project', 'copy ' || i, 7, 'copy ' || i, '' FROM n";
    let past = rusqlite::Connection::open(dir.path().join("stele.db")).unwrap();
    past.execute(copies, [here.org.to_string()]).unwrap();
    server.notice();
    for (kind, head) in [("csv", 1), ("jsonl", 0)] {
        let all = owner.get(&format!("{SETTINGS}/activity/export.{kind}?search=copy")).is(200).text;
        assert_eq!(all.lines().count(), 1200 + head);
        let named = |at| all.contains(&format!(",copy {at},")) || all.contains(&format!("\"copy {at}\""));
        assert!((1..=1200).all(named), "{kind}");
    }
}

#[test]
fn whoever_types_the_password_for_a_file_comes_back_to_its_link() {
    let clock = SetClock::new();
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    owner.get(&format!("{SETTINGS}/activity/export.csv")).is(200);
    clock.pass(std::time::Duration::from_secs(11 * 60));
    let asked = owner.get(&format!("{SETTINGS}/activity/export.csv?action=key.created")).is(303);
    assert_eq!(asked.to, "/confirm?next=%2Fo%2Facme%2Fsettings%2Factivity%3Faction%3Dkey.created");
}

#[test]
fn the_activity_says_what_was_changed_and_where_and_nothing_of_a_save_without_a_change() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let save = |path: &str, form: &[(&str, &str)]| {
        let seen = admin.get(path).is(200).hidden("seen");
        admin.post(path, &[form, &[("seen", seen.as_str())]].concat()).is(303);
    };
    let newest = || {
        let text = admin.get(&format!("{SETTINGS}/activity")).is(200).text;
        text.split("<tr>").nth(2).unwrap_or_default().to_owned()
    };
    save(&format!("{SETTINGS}/policies"), &[("days", "400"), ("personal", "on")]);
    let line = newest();
    assert!(line.contains("changed the organization acme") && line.contains("Changed: Longest life of a key<"), "{line}");
    save("/o/acme/p/site/settings", &[("name", "site"), ("slug", "new-site"), ("defaultLocale", "en"), ("description", "All")]);
    let line = newest();
    assert!(
        line.contains("changed the project <a")
            && line.contains("/p/new-site\">site</a>")
            && line.contains("Changed: Address, Description<"),
        "{line}"
    );
    assert!(!line.contains("In the project"), "it is the project itself");
    admin.post("/o/acme/p/new-site/website/web/pages/new", &[("name", "One"), ("slug", "one")]).is(303);
    let line = newest();
    assert!(
        line.contains("created <a") && line.contains(">One</a>") && line.contains("· Page") && line.contains("In the project site"),
        "{line}"
    );
    save(&format!("{SETTINGS}/policies"), &[("days", "400"), ("personal", "on")]);
    save("/o/acme/p/new-site/settings", &[("name", "site"), ("slug", "new-site"), ("defaultLocale", "en"), ("description", "All")]);
    assert_eq!(newest(), line, "nothing was changed");
    let guest = Visitor::new(&server, &here, "Gus", Role::Viewer);
    let before = newest();
    admin.post(&format!("{SETTINGS}/members/{}/role", guest.member.unwrap()), &[("role", "viewer")]).is(303);
    assert_eq!(newest(), before, "the role that they have");
}

#[test]
fn a_viewer_changes_nothing_by_hand_and_a_stranger_finds_nothing() {
    let (_dir, server, here) = start();
    let elsewhere = tenant(&server, "elsewhere");
    let (viewer, stranger) = (Visitor::new(&server, &here, "Vera", Role::Viewer), Visitor::new(&server, &elsewhere, "Sam", Role::Admin));
    let before = org(&server, &here);
    let (seen, me) = (before.updated_at.to_string(), viewer.id.to_string());
    let form = [("name", "x"), ("slug", "x"), ("seen", seen.as_str()), ("days", "9"), ("to", me.as_str()), ("typed", "acme")];
    for path in ["profile", "profile/transfer", "profile/delete", "policies"] {
        viewer.post(&format!("{SETTINGS}/{path}"), &form).is(403);
        stranger.post(&format!("{SETTINGS}/{path}"), &form).is(404);
        viewer.get(&format!("{SETTINGS}/{path}")).is(403);
    }
    for path in ["activity", "activity/export.csv", "activity/export.jsonl"] {
        viewer.get(&format!("{SETTINGS}/{path}")).is(403);
        stranger.get(&format!("{SETTINGS}/{path}")).is(404);
    }
    assert_eq!(org(&server, &here), before);
}
