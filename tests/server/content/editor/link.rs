//! What a link may lead to is found by its words, by whoever may write there and as far as they may read.

use serde_json::json;
use stele::domain::access::Role;

use crate::support::{Site, Visitor};

use super::Desk;

/// The links that a page offers, in their order.
fn offered(page: &str) -> Vec<String> {
    page.split("data-link=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn entries_are_found_by_their_words_in_all_apps_that_one_may_read() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let named = |base: &str, name: &str, slug: &str, title: &str| {
        site.make(base, &json!({"name": name, "slug": slug, "title": title}))["id"].as_str().unwrap().to_owned()
    };
    let post = named(&site.posts(), "Ferries in winter", "ferries", "When it is dark");
    let dialog =
        site.make(&site.pages().replace("/pages", "/dialogs"), &json!({"name": "Ferry ticket"}))["id"].as_str().unwrap().to_owned();
    let kb = site.make(&format!("{}/apps", site.project()), &json!({"appType": "knowledgeBase", "name": "Answers"}));
    let articles = format!("{}/apps/kb/{}/articles", site.project(), kb["id"].as_str().unwrap());
    let article = named(&articles, "Miss a ferry", "miss", "What if I miss one?");
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let search = |who: &Visitor<'_>, words: &str| who.get(&format!("{}/links?search={words}", desk.at));
    let mut found = offered(&search(&eva, "ferr").is(200).text);
    found.sort();
    let mut wanted = [format!("dialog:{dialog}"), format!("entry:{post}"), format!("entry:{article}")];
    wanted.sort();
    assert_eq!(found, wanted);
    assert_eq!(offered(&search(&eva, "tick").text), [format!("dialog:{dialog}")]);
    assert_eq!(offered(&search(&eva, "dark").text), [format!("entry:{post}")], "by the title, too");
    let nothing = search(&eva, "zzzz").is(200).text;
    assert!(offered(&nothing).is_empty() && nothing.contains("Nothing matches."), "{nothing}");
    assert!(offered(&search(&eva, "").is(200).text).is_empty());
    // Who is in this app alone is not told what is in others.
    let guest = Visitor::new(&site.server, &site.here, "Gus", Role::Collaborator);
    search(&guest, "ferr").is(404);
    let member = json!({"userId": guest.id.to_string(), "role": "editor"});
    site.make(&format!("{}/apps/{}/members", site.project(), site.here.app), &member);
    let mut found = offered(&search(&guest, "ferr").is(200).text);
    found.sort();
    let mut wanted = [format!("dialog:{dialog}"), format!("entry:{post}")];
    wanted.sort();
    assert_eq!(found, wanted);
    assert_eq!(offered(&search(&guest, "dark").text), [format!("entry:{post}")], "by the title, too");
    search(&Visitor::new(&site.server, &site.here, "Vic", Role::Viewer), "ferr").is(403);
    search(&Visitor::nobody(&site.server), "ferr").is(303);
}

#[test]
fn without_a_script_the_search_is_a_page_and_what_was_typed_is_kept() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = desk.press(&eva, &eva.get(&desk.at), "offer:column:c", &[]);
    let page = desk.press(&eva, &page, "add:button", &[("adding", "column:c")]);
    assert!(page.text.contains("value=\"links\""), "{}", page.text);
    let open = page.hidden("open");
    let there = desk.press(&eva, &page, "links", &[("open", &open), ("data.label", "Read on")]);
    assert!(there.text.contains("name=\"search\"") && there.hidden("open") == open, "{}", there.text);
    let here = format!("{}?locale=en", desk.at);
    let back = there.text.split("href=\"").find(|link| link.starts_with(&here)).unwrap().split('#').next().unwrap().replace("&amp;", "&");
    assert!(eva.get(&back).is(200).text.contains("value=\"Read on\""));
}
