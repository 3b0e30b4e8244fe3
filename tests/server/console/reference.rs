//! The reference of the API: for everybody, as pages and as Markdown, with the ids of whoever is signed in.

use crate::support::{Browser, Site, Visitor};

/// The slugs of the groups that the list of all names.
fn groups(body: &str) -> Vec<String> {
    let links = body.split("<a href=\"/docs/").skip(1).filter_map(|rest| rest.split_once('"'));
    let mut all: Vec<_> = links.map(|(slug, _)| slug.to_owned()).filter(|slug| !slug.contains('.')).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn every_group_has_its_page_and_its_markdown() {
    let site = Site::new();
    let nobody = Browser::new(&site.server);
    let all = groups(&nobody.get("/docs").body);
    assert!(all.len() > 20, "{all:?}");
    for slug in all {
        let page = nobody.get(&format!("/docs/{slug}"));
        assert_eq!(page.status, 200, "{slug}");
        assert!(page.body.contains("<article class=\"operation\""), "{slug}");
        let twin = nobody.get(&format!("/docs/{slug}.md"));
        assert_eq!((twin.status, twin.header("content-type")), (200, "text/markdown; charset=utf-8"), "{slug}");
        assert_eq!(page.body.matches("<article class=\"operation\"").count(), twin.body.matches("\n## ").count(), "{slug} tells the same");
    }
    for path in ["/docs/nothing", "/docs/nothing.md", "/docs/website.pages"] {
        assert_eq!(nobody.get(path).status, 404, "{path}");
    }
}

#[test]
fn samples_hold_the_ids_of_whoever_is_signed_in_and_of_nobody_else() {
    let site = Site::new();
    let path = format!("/organizations/{}/projects/{}/apps/website/", site.here.org, site.here.project);
    let asked = format!("/docs/website-pages?project={}", site.here.project);
    let shown = |visitor: &Visitor<'_>| visitor.get(&asked).is(200).text.contains(&path);
    assert!(shown(&Visitor::owner(&site.server, &site.here)));
    assert!(!shown(&Visitor::nobody(&site.server)));
    assert!(
        Browser::new(&site.server)
            .get("/docs/website-pages")
            .body
            .contains("/organizations/$ORGANIZATION/projects/$PROJECT/apps/website/$APP/pages")
    );
}

#[test]
fn what_is_looked_for_leads_to_its_call() {
    let site = Site::new();
    let nobody = Browser::new(&site.server);
    assert!(nobody.get("/docs?search=MAKE+page").body.contains("href=\"/docs/website-pages#create-website-page\""));
    let none = nobody.get("/docs?search=%3Cb%3Ezzz").body;
    assert!(none.contains("role=\"status\"") && none.contains("&#60;b&#62;zzz") && !none.contains("<b>zzz"), "{none}");
}

#[test]
fn agents_find_everything_as_text() {
    let site = Site::new();
    let nobody = Browser::new(&site.server);
    let list = nobody.get("/llms.txt");
    assert_eq!((list.status, list.header("content-type")), (200, "text/plain; charset=utf-8"));
    let links: Vec<_> =
        list.body.split("](http://stele.test").skip(1).filter_map(|rest| rest.split_once(')')).map(|(path, _)| path).collect();
    assert!(links.len() > 20);
    for path in links.into_iter().filter(|path| *path != "/docs/openapi.json") {
        assert_eq!(nobody.get(path).status, 200, "{path}");
    }
    let document = nobody.get("/docs/openapi.json");
    assert_eq!((document.status, document.to()), (308, "/api/openapi.json"));
}
