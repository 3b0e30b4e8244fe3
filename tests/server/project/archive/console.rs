//! Archives in the console: the button of the export, and the page that makes a project of a file.

use serde_json::json;
use stele::{
    domain::{
        access::{Actor, Role},
        org::member,
    },
    service,
};

use super::{exported, line};
use crate::support::{Browser, Site, page, visitor};

const PAULA: &str = "paula@acme.example";

/// A project with a page, and an admin.
fn site() -> Site {
    let site = Site::new();
    site.make(&site.pages(), &page("tides"));
    let (user, org) = (visitor(&site.server, PAULA), site.here.org);
    let draft = member::Draft { user_id: user, role: Role::Admin, title: None };
    site.server.write(move |tx| service::org::member::create(tx, &Actor::operator(), org, &draft));
    site
}

#[test]
fn a_project_is_downloaded_and_becomes_another_one() {
    let site = site();
    let browser = signed_in(&site);
    let shown = browser.get("/o/acme/p/site/settings");
    assert!(shown.body.contains("action=\"/o/acme/p/site/settings/export\""), "{}", shown.body);
    let archive = browser.post("/o/acme/p/site/settings/export", &[]);
    assert_eq!((archive.status, archive.header("content-disposition")), (200, "attachment; filename=\"site.jsonl\""));
    assert!(archive.body.contains("\"slug\":\"tides\""));
    assert_eq!(browser.get("/o/acme/projects/import").status, 200);
    let made = browser.post_file("/o/acme/projects/import", &[("name", "A copy")], &archive.body);
    assert_eq!(made.status, 201, "{}", made.body);
    assert!(
        made.body.contains("One app, 5 entries, 0 redirects, 0 files.") && made.body.contains("href=\"/o/acme/p/a-copy\""),
        "{}",
        made.body
    );
    assert!(browser.get("/o/acme/p/a-copy").status == 200);
    let told = browser.get("/o/acme/settings/activity").body;
    assert!(told.contains("imported the project <a") && told.contains(">A copy</a>") && told.contains(">site</a>"), "{told}");
}

#[test]
fn the_page_tells_what_is_wrong_and_what_was_left_out() {
    let site = site();
    let browser = signed_in(&site);
    let refused = browser.post_file("/o/acme/projects/import", &[("name", "Typed <b>")], "hello\n");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("<b>Line 1:</b> This is not an archive of a project."), "{}", refused.body);
    assert!(refused.body.contains("value=\"Typed &#60;b&#62;\""), "{}", refused.body);
    let none = browser.post_file("/o/acme/projects/import", &[], "");
    assert!(none.status == 422 && none.body.contains("This is needed."), "{}", none.body);
    let strange = line("archive", json!({ "version": 1 }))
        + &line("project", json!({ "name": "Strange", "defaultLocale": "en" }))
        + &line("<i>hologram</i>", json!({}))
        + &line("end", json!({ "apps": 0, "entries": 0, "redirects": 0 }));
    let made = browser.post_file("/o/acme/projects/import", &[], &strange);
    assert_eq!(made.status, 201);
    assert!(made.body.contains("One line was left out") && !made.body.contains("<i>hologram"), "{}", made.body);
    // One whose layout is not in the archive; and the archive cut off.
    let (app, entry) = ("0190a1b2-0000-7000-8000-00000000000a", "0190a1b2-0000-7000-8000-000000000001");
    let lost = line("archive", json!({ "version": 1 }))
        + &line("project", json!({ "name": "Lost", "defaultLocale": "en" }))
        + &line("app", json!({ "id": app, "appType": "website", "name": "Website", "slug": "website" }))
        + &line(
            "entry",
            json!({ "id": entry, "appId": app, "contentType": "website_page", "name": "A", "slug": "a", "layoutId": entry.replace("01", "02") }),
        );
    let made = browser.post_file(
        "/o/acme/projects/import",
        &[],
        &(lost.clone() + &line("end", json!({ "apps": 1, "entries": 1, "redirects": 0 }))),
    );
    assert_eq!(made.status, 201, "{}", made.body);
    assert!(made.body.contains("<b>Line 4:</b><small>It refers to entries or files that are not in the archive."), "{}", made.body);
    let cut = browser.post_file("/o/acme/projects/import", &[], &lost);
    assert!(cut.status == 422 && cut.body.contains("<b>Line 5:</b> The archive is not whole"), "{}", cut.body);
    let mut french = signed_in(&site);
    french.language = "fr";
    let refused = french.post_file("/o/acme/projects/import", &[], "hello\n");
    assert!(refused.body.contains("Ligne 1\u{a0}:"), "{}", refused.body);
}

#[test]
fn a_file_of_nobody_is_not_read_and_a_page_elsewhere_sends_none() {
    let site = site();
    let archive = exported(&site.server, (site.here.org, site.here.project));
    let before = site.count("SELECT count(*) FROM projects WHERE name <> ?1", "");
    let stranger = Browser::new(&site.server).post_file("/o/acme/projects/import", &[], &archive);
    assert!(stranger.status != 201, "{}", stranger.status);
    let foreign = signed_in(&site).send("POST", "/o/acme/projects/import", &[], &[("Sec-Fetch-Site", "cross-site")]);
    assert_eq!(foreign.status, 403);
    assert_eq!(site.count("SELECT count(*) FROM projects WHERE name <> ?1", ""), before);
}

fn signed_in(site: &Site) -> Browser<'_> {
    Browser::signed_in(&site.server, PAULA)
}
