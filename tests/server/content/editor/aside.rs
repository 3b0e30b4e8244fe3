//! What stands beside the text: the newest versions, and how much of a text search engines show.

use serde_json::json;
use stele::domain::access::Role;

use crate::support::{Site, Visitor};

use super::Desk;

#[test]
fn the_newest_versions_stand_beside_the_text_with_the_ways_to_them() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let first = eva.get(&desk.at).text;
    assert!(first.contains("<b>Version 1</b>") && !first.contains("Compare version"), "one alone is compared with nothing: {first}");
    for title in ["One", "Two", "Three", "Four"] {
        desk.save(&eva, &eva.get(&desk.at), &[("title", title)]).is(303);
    }
    let page = eva.get(&desk.at).is(200).text;
    let (_, fold) = page.split_once("<summary>Versions</summary>").expect("a fold");
    let fold = fold.split("</details>").next().unwrap();
    assert!(fold.contains("<b>Version 5</b>, Eva") && fold.contains(">All 5 versions</a>"), "{fold}");
    assert_eq!((fold.matches("<li>").count(), fold.matches("aria-label=\"Compare version").count()), (4, 4), "{fold}");
    assert_eq!(fold.matches("aria-label=\"Restore… version").count(), 3, "what is there now is not restored: {fold}");
    let (_, way) = fold.split_once("Compare version 5").expect("a link");
    assert!(!way.split("<li>").next().unwrap().contains("#restore"), "{way}");
    let link = fold.split("href=\"").find(|link| link.contains("#restore")).expect("a link");
    let there = eva.get(link.split('#').next().unwrap()).is(200).text;
    assert!(there.contains("id=\"restore\"") && there.contains("If you restore version 4"), "{there}");
    // It is compared with the one before, or with any other.
    assert!(there.contains("name=\"against\"") && there.contains(" selected>Version 3</option>"), "{there}");
    assert_eq!((there.matches("<option").count(), there.matches("selected>").count()), (4, 1), "{there}");
    let first = there.split("<option value=\"").find(|option| option.contains(">Version 1<")).and_then(|option| option.split('"').next());
    let other = eva.get(&format!("{}&against={}", link.split('#').next().unwrap(), first.unwrap())).is(200).text;
    assert!(other.contains("Version 4 compared with version 1") && other.contains(" selected>Version 1</option>"), "{other}");
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    let page = viewer.get(&desk.at).text;
    assert!(page.contains("Compare version 4") && !page.contains("#restore"), "{page}");
}

#[test]
fn the_characters_that_search_engines_show_are_counted() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let counted = |page: &str, name: &str| {
        let (before, rest) = page.split_once(&format!("data-count=\"{name}\"")).expect(name);
        let is_over = before.rsplit("<span").next().unwrap().contains("over");
        let text = rest.split_once("><span>").unwrap().1.split("</span></div>").next().unwrap().replace("</span>", "");
        (text.split_whitespace().collect::<Vec<_>>().join(" "), is_over)
    };
    let page = eva.get(&desk.at).text;
    assert_eq!(counted(&page, "seo.title"), ("0 of 60".to_owned(), false));
    let (title, text) = ("é".repeat(61), "A\nb".repeat(20));
    let page = desk.press(&eva, &eva.get(&desk.at), "", &[("seo.title", &title), ("seo.description", &text)]).text;
    assert_eq!(counted(&page, "seo.title"), ("61 of 60".to_owned(), true));
    assert_eq!(counted(&page, "seo.description"), ("60 of 160".to_owned(), false));
    assert!(page.contains(&format!("data-from=\"seo.title title name\">{title}</b>")), "{page}");
}

#[test]
fn what_has_content_and_no_field_in_languages_is_written_in_each_of_them_too() {
    let site = Site::new();
    site.change(&site.project(), &json!({ "enabledLocales": ["en", "fr"] }));
    let text = json!({"id": "t", "type": "text", "data": {"markdown": {"en": "[Books](/books)", "fr": "[Livres](/livres)"}}});
    let content = json!([{"id": "s", "columns": [{"id": "c", "blocks": [text]}]}]);
    let headers = format!("{}/apps/website/{}/headers", site.project(), site.here.app);
    let made = site.make(&headers, &json!({ "name": "Top", "content": content }));
    let at = format!("/o/acme/p/site/website/web/headers/{}", made["id"].as_str().unwrap());
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&at).is(200).text;
    assert!(page.contains("value=\"language:en\" aria-current=\"page\"") && page.contains("value=\"language:fr\""), "{page}");
    // The line of a block is read, not its source.
    assert!(page.contains("<b>Text</b><span>Books</span>"), "{page}");
    let french = eva.get(&format!("{at}?locale=fr")).is(200).text;
    assert!(french.contains("value=\"language:fr\" aria-current=\"page\"") && french.contains("<span>Livres</span>"), "{french}");
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    assert!(viewer.get(&at).is(200).text.contains("?locale=fr\""));
}
