//! Help: its sections, what is found in them, and the navigation that it keeps.

use std::collections::BTreeMap;

use stele::domain::access::Role;

use crate::support::{Browser, Site, Visitor, tenant};

const PAGES: [&str; 22] = [
    "getting-started",
    "which-key",
    "api-keys",
    "tokens",
    "agents",
    "clients",
    "builds",
    "front-ends",
    "webhooks",
    "elsewhere",
    "roles",
    "console",
    "content",
    "forms",
    "embedding",
    "submissions",
    "frames",
    "redirects",
    "files",
    "moving",
    "sandbox",
    "questions",
];

/// What stands between `before` and the next `after`, each time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(found, _)| found).collect()
}

/// The text of a page without what is around it.
fn prose(body: &str) -> &str {
    between(body, "<article class=\"prose\">", "</article>")[0]
}

#[test]
fn each_section_has_an_anchor_that_is_listed_and_every_link_leads_to_one() {
    let site = Site::new();
    let mut nobody = Browser::new(&site.server);
    let mut sections = BTreeMap::new();
    let mut links = Vec::new();
    for lang in ["en", "fr"] {
        nobody.language = lang;
        for page in PAGES {
            let body = nobody.get(&format!("/help/{page}")).body;
            let prose = prose(&body);
            let ids: Vec<_> = between(prose, "<h2 id=\"", "\"").into_iter().map(str::to_owned).collect();
            assert_eq!(prose.matches("<h2").count(), ids.len(), "{page}: a heading has no anchor");
            let contents = between(&body, "<nav class=\"contents\"", "</nav>")[0];
            assert_eq!(between(contents, "<a href=\"#", "\""), ids, "{page}");
            links.extend(between(prose, "href=\"/help/", "\"").into_iter().map(str::to_owned));
            links.extend(between(prose, "href=\"#", "\"").into_iter().map(|id| format!("{page}#{id}")));
            let same = sections.entry(page).or_insert_with(|| ids.clone());
            assert_eq!(*same, ids, "{page}: the anchors are the same in each language");
        }
    }
    assert!(links.len() > 100);
    for link in links {
        let (page, id) = link.split_once('#').unwrap_or((&link, ""));
        let ids = sections.get(page).unwrap_or_else(|| panic!("{link} leads nowhere"));
        assert!(id.is_empty() || ids.iter().any(|known| known == id), "{link} leads nowhere");
    }
}

#[test]
fn a_search_finds_sections_of_every_page_in_each_language() {
    let site = Site::new();
    let mut nobody = Browser::new(&site.server);
    let lost = nobody.get("/help?search=LOST+key").body;
    assert!(lost.contains("href=\"/help/questions#lost\"") && !lost.contains("href=\"/help/sandbox#start\""), "{lost}");
    assert!(nobody.get("/help?search=gct_pat_").body.contains("/help/which-key#compared"), "what a table says, too");
    for (word, section) in
        [("draft", "content#states"), ("dialog", "frames#dialogs"), ("layout", "frames#layouts"), ("markdown", "moving#markdown")]
    {
        assert!(nobody.get(&format!("/help?search={word}")).body.contains(&format!("href=\"/help/{section}\"")), "{word}");
    }
    nobody.language = "fr";
    assert!(nobody.get("/help?search=cle+perdu").body.contains("href=\"/help/questions#lost\""), "accents do not matter");
    let none = nobody.get("/help?search=%3Cb%3Ezzz").body;
    assert!(none.contains("role=\"status\"") && none.contains("&#60;b&#62;zzz") && !none.contains("<b>zzz"), "{none}");
}

#[test]
fn it_keeps_the_navigation_of_the_place_that_one_came_from() {
    let site = Site::new();
    let ada = Visitor::owner(&site.server, &site.here);
    let at = "/o/acme/p/site";
    assert!(ada.get(at).is(200).text.contains("href=\"/help?at=acme/site\""));
    let page = ada.get("/help/api-keys?at=acme/site").is(200).text;
    assert!(page.contains(&format!("href=\"{at}\"")) && page.contains("href=\"/help/tokens?at=acme/site\""), "{page}");
    assert!(prose(&page).contains("href=\"/help/roles?at=acme/site#table\""), "in the text, too");
    assert!(ada.get("/help?search=lost&at=acme/site").is(200).text.contains("href=\"/help/questions?at=acme/site#lost\""));
    let there = tenant(&site.server, "elsewhere");
    let stranger = Visitor::owner(&site.server, &there).get("/help/api-keys?at=acme/site").is(200).text;
    assert!(
        !stranger.contains("/o/acme") && !stranger.contains("href=\"/help/tokens?at"),
        "of a place that is not theirs nothing is shown"
    );
    assert!(Visitor::nobody(&site.server).get("/help/api-keys?at=acme/site").is(200).text.contains("class=\"manual\""));
}

#[test]
fn pages_that_are_named_are_linked_for_whoever_may_open_them() {
    let site = Site::new();
    let ada = Visitor::owner(&site.server, &site.here);
    let linked = |visitor: &Visitor<'_>, path: &str, to: &str| prose(&visitor.get(path).is(200).text).contains(&format!("href=\"{to}\""));
    let keys = "/o/acme/settings/keys";
    assert!(linked(&ada, "/help/api-keys?at=acme", keys) && !linked(&ada, "/help/api-keys", keys));
    assert!(linked(&ada, "/help/api-keys", "/account/keys"), "one's own account is everywhere");
    assert!(!linked(&Visitor::new(&site.server, &site.here, "Vera", Role::Viewer), "/help/api-keys?at=acme", keys));
    assert!(!linked(&Visitor::nobody(&site.server), "/help/api-keys", "/account/keys"));
}
