//! What a script has to know stands where one looks for it, and can be copied.

use stele::domain::access::{Access, Role};

use crate::support::{Site, Visitor, machine, page};

#[test]
fn the_id_of_everything_stands_on_its_page_with_a_button_that_copies_it() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let entry = site.make(&site.pages(), &page("tides"))["id"].as_str().unwrap().to_owned();
    let owner = Visitor::owner(&site.server, &site.here);
    for (name, path, id) in [
        ("org", "/o/acme/settings/profile".to_owned(), site.here.org.to_string()),
        ("project", "/o/acme/p/site/settings".into(), site.here.project.to_string()),
        ("app", format!("/o/acme/p/site/settings/apps/{}", site.here.app), site.here.app.to_string()),
        ("account", format!("/o/acme/settings/accounts/{}", made.account), made.account.to_string()),
        ("key", format!("/o/acme/settings/keys/{}", made.key), made.key.to_string()),
        ("entry", format!("/o/acme/p/site/website/web/pages/{entry}"), entry.clone()),
    ] {
        let shown = owner.get(&path).is(200).text;
        assert!(shown.contains(&format!("<code id=\"id-{name}\">{id}</code>")), "{path}");
        assert!(shown.contains(&format!("data-copy=\"#id-{name}\"")), "{path}");
    }
    // Whoever only reads needs the id, too.
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    assert!(viewer.get(&format!("/o/acme/p/site/website/web/pages/{entry}")).is(200).text.contains("data-copy=\"#id-entry\""));
}

#[test]
fn the_first_examples_of_the_help_hold_the_ids_of_the_reader() {
    let site = Site::new();
    let start = "/help/getting-started";
    let shown = Visitor::owner(&site.server, &site.here).get(start).is(200).text;
    assert!(shown.contains(&format!("/organizations/{}/projects/", site.here.org)), "{shown}");
    let nobody = Visitor::nobody(&site.server).get(start).is(200).text;
    assert!(nobody.contains("whoami") && !nobody.contains(&site.here.org.to_string()), "{nobody}");
}
