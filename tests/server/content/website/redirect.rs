//! Redirects of a site: those of a new slug, those that people make; none in chains, none in circles, none over a page.

use serde_json::{Value, json};

use crate::support::{Site, page};

fn redirects(site: &Site) -> String {
    format!("{}/apps/website/{}/redirects", site.project(), site.here.app)
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// From where to where each leads, in the order of the list.
fn told(site: &Site) -> Vec<(String, String)> {
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    site.items(&format!("{}?sort=fromPath:asc", redirects(site))).iter().map(|one| (text(one, "fromPath"), text(one, "toPath"))).collect()
}

fn lead(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
}

#[test]
fn a_new_slug_leaves_a_redirect_that_is_listed_and_read() {
    let site = Site::new();
    let made = site.make(&site.posts(), &page("a"));
    let one = format!("{}/{}", site.posts(), id(&made));
    for slug in ["b", "c"] {
        site.change(&one, &json!({ "slug": slug }));
    }
    assert_eq!(told(&site), lead(&[("/blog/a", "/blog/c"), ("/blog/b", "/blog/c")]), "chains are collapsed");
    let all = site.items(&format!("{}?source=auto&status=308", redirects(&site)));
    assert_eq!((all.len(), site.items(&format!("{}?source=manual", redirects(&site))).len()), (2, 0));
    assert_eq!(site.get(&format!("{}/{}", redirects(&site), id(&all[0]))).body, all[0]);
    assert_eq!(site.items(&format!("{}?search=blog/b", redirects(&site))).len(), 1);
    site.change(&one, &json!({ "slug": "a" }));
    assert_eq!(told(&site), lead(&[("/blog/b", "/blog/a"), ("/blog/c", "/blog/a")]), "nothing leads away from where the post is");
}

#[test]
fn redirects_are_made_changed_and_ended_by_people() {
    let site = Site::new();
    let made = site.make(&redirects(&site), &json!({ "fromPath": "/old/", "toPath": "https://example.com/", "status": 302 }));
    assert_eq!((&made["fromPath"], &made["status"], &made["source"]), (&json!("/old"), &json!(302), &json!("manual")));
    let one = format!("{}/{}", redirects(&site), id(&made));
    let changed = site.change(&one, &json!({ "toPath": "/new" }));
    assert_eq!((&changed["toPath"], &changed["status"]), (&json!("/new"), &json!(302)));
    assert_eq!(site.get(&one).body, changed);
    assert_eq!(site.ask("DELETE", &one, None).body, json!({ "success": true }));
    assert_eq!((site.get(&one).status, site.ask("DELETE", &one, None).status), (404, 404));
    let who = site.items("/me/activities?resourceType=redirect");
    let actions: Vec<_> = who.iter().map(|line| line["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["redirect.deleted", "redirect.updated", "redirect.created"]);
}

#[test]
fn chains_are_collapsed_and_circles_refused() {
    let site = Site::new();
    let make = |from: &str, to: &str| site.ask("POST", &redirects(&site), Some(&json!({ "fromPath": from, "toPath": to })));
    assert_eq!(make("/b", "/c").status, 201);
    assert_eq!(make("/a", "/b").body["toPath"], "/c");
    assert_eq!(make("/c", "/d").status, 201);
    assert_eq!(told(&site), lead(&[("/a", "/d"), ("/b", "/d"), ("/c", "/d")]));
    for (from, to) in [("/d", "/a"), ("/d", "/d"), ("/d", "/c"), ("/D", "/C")] {
        let refused = make(from, to);
        assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!("loop")), "{from} {to}: {}", refused.body);
    }
    assert_eq!(make("/a", "/x").status, 409, "there is one from there");
    let first = site.items(&format!("{}?sort=fromPath:asc", redirects(&site)));
    let one = format!("{}/{}", redirects(&site), id(&first[2]));
    assert_eq!(site.ask("PATCH", &one, Some(&json!({ "toPath": "/a" }))).status, 200, "what led on from there leads elsewhere by then");
}

#[test]
fn the_path_of_an_entry_leads_nowhere_else() {
    let site = Site::new();
    let made = site.make(&site.posts(), &page("news"));
    let make = |from: &str| site.ask("POST", &redirects(&site), Some(&json!({ "fromPath": from, "toPath": "/elsewhere" })));
    let refused = make("/blog/news");
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (409, &json!("fromPath")));
    assert!(refused.message().contains("\"news\""), "{}", refused.body);
    for spelled in ["/Blog/News", "/blog/%6Eews/", "/BLOG/NEWS"] {
        assert_eq!((make(spelled).status, make(spelled).body["errors"][0]["field"].clone()), (409, json!("fromPath")), "{spelled}");
    }
    assert_eq!(make("/news").status, 201, "the post is not there");
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.posts(), id(&made)), None).status, 200);
    assert_eq!(make("/blog/news").status, 201);
    site.make(&site.posts(), &page("news"));
    assert_eq!(told(&site), lead(&[("/news", "/elsewhere")]), "an entry takes the path again");
    for (body, field) in [
        (json!({ "fromPath": "old", "toPath": "/new" }), "fromPath"),
        (json!({ "fromPath": "/old", "toPath": "ftp://x" }), "toPath"),
        (json!({ "fromPath": "/old", "toPath": "/new", "status": 200 }), "status"),
        (json!({ "fromPath": "/About-Us", "toPath": "/about-us" }), "toPath"),
        (json!({ "fromPath": "/loop%41", "toPath": "/loopA" }), "toPath"),
        (json!({ "fromPath": "/blog%2Fnews", "toPath": "/elsewhere" }), "fromPath"),
    ] {
        let refused = site.ask("POST", &redirects(&site), Some(&body));
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field)));
    }
}
