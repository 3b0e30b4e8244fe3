//! What is around the pages: the sidebar and its counts, the theme of the gate, the feet of lists, and what says that one only reads.

use stele::domain::{
    access::{Actor, Role},
    project::project::Draft,
};

use crate::support::{Server, Visitor, tenant};

#[test]
fn the_sidebar_counts_all_projects_and_has_a_search_where_there_are_many() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let viewer = Visitor::new(&server, &here, "Vera", Role::Viewer);
    let make = |from: usize, to: usize| {
        server.write(move |tx| {
            for at in from..to {
                let draft =
                    Draft { name: format!("Project {at}"), slug: None, description: None, default_locale: None, enabled_locales: None };
                stele::service::project::project::create(tx, &Actor::operator(), here.org, &draft)?;
            }
            Ok(())
        });
    };
    let sidebar = |path: &str| {
        let text = viewer.get(path).is(200).text;
        text.split_once("id=\"sidebar\"").and_then(|(_, rest)| rest.split("</nav>").next()).unwrap().to_owned()
    };
    make(2, 12);
    let few = sidebar("/o/acme");
    assert!(few.contains("<span class=\"count\">12</span>") && !few.contains("class=\"find\""), "{few}");
    make(12, 63);
    for path in ["/o/acme", "/o/acme/p/site"] {
        let many = sidebar(path);
        assert!(many.contains("<span class=\"count\">63</span>") && many.contains("All 63 projects"), "{many}");
        assert!(many.contains("class=\"find\" method=\"get\" action=\"/o/acme\""), "{many}");
        assert_eq!(many.matches("/o/acme/p/project-").count(), 12, "the newest: {many}");
    }
    assert!(viewer.get("/o/acme?search=project+7").is(200).text.contains("/o/acme/p/project-7\""));
    assert!(viewer.get("/o/acme/search?search=project%203").is(200).text.contains("/o/acme/p/project-3\""), "the search knows all");
}

#[test]
fn the_theme_is_chosen_before_signing_in_too() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = |cookie: &str| client.get(format!("{}/sign-in", server.url)).header("Cookie", cookie).send().unwrap().text().unwrap();
    let first = page("");
    assert!(
        !first.contains("data-theme") && first.contains("action=\"/theme\"") && first.contains("name=\"theme\" value=\"light\""),
        "{first}"
    );
    let sent = |theme: &str| {
        let form = [("theme", theme), ("next", "/sign-in?next=%2Fhelp")];
        let answer = client.post(format!("{}/theme", server.url)).header("Sec-Fetch-Site", "same-origin").form(&form).send().unwrap();
        let head = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        (answer.status().as_u16(), head("location"), head("set-cookie").split(';').next().unwrap().to_owned())
    };
    let (status, to, cookie) = sent("dark");
    assert_eq!((status, &*to, &*cookie), (303, "/sign-in?next=%2Fhelp", "stele-theme=dark"));
    let dark = page(&cookie);
    assert!(dark.contains("data-theme=\"dark\"") && dark.contains("name=\"theme\" value=\"system\""), "{dark}");
    assert_eq!(sent("\"><script>").2, "stele-theme=system", "what is none is the system's");
    assert!(!page("stele-theme=\"><b>").contains("data-theme"));
}

#[test]
fn feet_of_lists_carry_their_noun_and_who_only_reads_is_told_so() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let viewer = Visitor::new(&server, &here, "Vera", Role::Viewer);
    let page = "/o/acme/p/site/website/web/pages";
    admin.post(&format!("{page}/new"), &[("name", "One"), ("slug", "one")]).is(303);
    for (path, foot) in [("/o/acme/settings/members", "1 to 3 of 3 members"), ("/o/acme", "1 to 2 of 2 projects"), (page, "The only one")] {
        assert!(admin.get(path).is(200).text.contains(foot), "{path}: {foot}");
    }
    for path in ["/o/acme/settings/members", page] {
        let (reads, writes) = (viewer.get(path).is(200).text, admin.get(path).is(200).text);
        assert!(reads.contains("<span class=\"tag\">Read-only</span>") && !writes.contains("Read-only"), "{path}");
        assert!(!reads.contains(" disabled") && !reads.contains("readonly"), "{path} has no grey fields");
    }
    let members = admin.get("/o/acme/settings/members").is(200).text;
    assert!(
        !members.contains("data-auto") && members.contains("class=\"button\">Save"),
        "no role is saved by choosing alone: an arrow key in a closed select chooses"
    );
    assert!(members.contains("Organization settings</span>"));
}
