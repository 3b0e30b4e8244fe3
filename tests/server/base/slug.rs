//! Slugs that nobody chose: they are made from the name, and always free.

use serde_json::{Value, json};
use stele::{
    domain::{access::Role, org::organization::Draft},
    service::{self, account::user::NewUser},
};

use crate::support::{Site, Visitor};

/// Makes one of these and tells its slug.
fn slug(site: &Site, path: &str, body: &Value) -> String {
    site.make(path, body)["slug"].as_str().unwrap().to_owned()
}

#[test]
fn names_without_latin_letters_each_get_a_slug_of_their_own() {
    let site = Site::new();
    let projects = format!("/organizations/{}/projects", site.here.org);
    let made = ["日本語", "Москва", "日本語"].map(|name| slug(&site, &projects, &json!({ "name": name })));
    assert_eq!(made, ["project", "project-2", "project-3"]);
    let apps = format!("{}/apps", site.project());
    let made = ["日本語", "Москва"].map(|name| slug(&site, &apps, &json!({ "appType": "website", "name": name })));
    assert_eq!(made, ["website", "website-2"]);
    let made = ["日本語", "Москва"].map(|name| {
        site.server.write(move |tx| {
            let email = format!("{}@acme.example", name.chars().count());
            let owner = service::account::user::create(tx, &NewUser { name: "Olga".into(), email }, "no password")?;
            let draft = Draft { name: name.into(), slug: None, description: None, website: None };
            Ok(service::org::organization::create_owned(tx, owner, &draft)?.slug)
        })
    });
    assert_eq!(made, ["organization", "organization-2"]);
}

#[test]
fn a_slug_made_from_a_taken_name_is_numbered_and_a_chosen_one_is_refused() {
    let site = Site::new();
    let projects = format!("/organizations/{}/projects", site.here.org);
    assert_eq!(slug(&site, &projects, &json!({ "name": "Site" })), "site-2");
    assert_eq!(slug(&site, &projects, &json!({ "name": "Four", "slug": "site-4" })), "site-4");
    assert_eq!(slug(&site, &projects, &json!({ "name": "site!" })), "site-3");
    let refused = site.ask("POST", &projects, Some(&json!({ "name": "Site", "slug": "site" })));
    assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (409, &json!("taken")), "{}", refused.body);
    let apps = format!("{}/apps", site.project());
    assert_eq!(slug(&site, &apps, &json!({ "appType": "forms", "name": "Web" })), "web-2");
    let refused = site.ask("POST", &apps, Some(&json!({ "appType": "forms", "name": "Web", "slug": "web-2" })));
    assert_eq!(refused.status, 409, "{}", refused.body);
}

#[test]
fn an_entry_that_nobody_gave_a_slug_takes_a_free_one_and_is_found_by_it() {
    let site = Site::new();
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let made = ["", "", "tides"].map(|slug| eva.post("/o/acme/p/site/website/web/pages/new", &[("name", "Tides"), ("slug", slug)]));
    assert_eq!(made.map(|answer| answer.status), [303, 303, 422], "a chosen one is refused");
    let found = |search: &str| {
        let all = site.get(&format!("{}?search={search}", site.pages())).body["data"].clone();
        let mut slugs: Vec<_> = all.as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect();
        slugs.sort();
        slugs
    };
    assert_eq!((found("tides"), found("tides-2")), (vec!["tides".to_owned(), "tides-2".to_owned()], vec!["tides-2".to_owned()]));
    let indexed = site.get(&format!("{}/search?query=tides-2", site.project()));
    assert_eq!(indexed.body["meta"]["total"], json!(1), "{}", indexed.body);
    let refused = site.ask("POST", &site.pages(), Some(&json!({ "name": "Tides" })));
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!("slug")), "the API asks for one");
}

#[test]
fn a_made_up_slug_need_not_be_free_elsewhere() {
    let site = Site::new();
    let other = format!("/organizations/{}/projects/{}/apps", site.here.org, site.here.other);
    assert_eq!(slug(&site, &other, &json!({ "appType": "website", "name": "Web" })), "web");
}

#[test]
fn eight_that_make_the_same_name_at_once_all_get_a_slug() {
    let site = Site::new();
    let projects = format!("/organizations/{}/projects", site.here.org);
    let mut made: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| slug(&site, &projects, &json!({ "name": "Raced" })))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    made.sort_unstable();
    assert_eq!(made, ["raced", "raced-2", "raced-3", "raced-4", "raced-5", "raced-6", "raced-7", "raced-8"]);
}
