//! The find page: words in all content of a project, for whoever may read it.

use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Actor, Role},
        org::member,
        project::app::{AppType, Draft as AppDraft},
    },
    service,
};

use crate::support::{HOSTILE, Server, Site, Visitor, tenant};

const FIND: &str = "/o/acme/p/site/find";

/// The rows of the list.
fn rows(visitor: &Visitor<'_>, query: &str) -> Vec<String> {
    let text = visitor.get(&format!("{FIND}?{query}")).is(200).text;
    let body = text.split_once("<tbody>").map_or("", |(_, rest)| rest.split("</tbody>").next().unwrap_or_default());
    body.split("<tr>").skip(1).map(str::to_owned).collect()
}

/// Where the rows lead.
fn found(visitor: &Visitor<'_>, query: &str) -> Vec<String> {
    let to =
        |row: String| row.split_once("href=\"").and_then(|(_, rest)| rest.split('"').next().map(|to| to.replace("&#38;", "&"))).unwrap();
    rows(visitor, query).into_iter().map(to).collect()
}

fn told(slug: &str, markdown: &Value) -> Value {
    let blocks = json!([{ "id": format!("b-{slug}"), "type": "text", "data": { "markdown": markdown } }]);
    json!({ "name": slug, "slug": slug, "content": [{ "id": "s", "columns": [{ "id": "c", "blocks": blocks }] }] })
}

#[test]
fn what_is_found_leads_into_the_editor_at_its_block_and_in_its_language() {
    let site = Site::new();
    let made = site.make(&site.pages(), &told("one", &json!({ "en": "A house", "fr": "**Une** [maison](/house) à Đà Nẵng < 2 <b>" })));
    let post = site.make(&site.posts(), &json!({ "name": HOSTILE, "slug": "two", "title": { "en": "My maison" } }));
    let page = format!("/o/acme/p/site/website/web/pages/{}", made["id"].as_str().unwrap());
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let of_post = format!("/o/acme/p/site/website/web/posts/{}?locale=en", post["id"].as_str().unwrap());
    assert_eq!(found(&editor, "search=maison"), [of_post, format!("{page}?locale=fr&open=b-one#part-b-one")]);
    let rows = rows(&editor, "search=maison");
    assert!(!rows[0].contains("<script") && rows[0].contains("My <mark>maison</mark>") && rows[0].contains("Title"), "{}", rows[0]);
    let wanted = "<p class=\"piece\" lang=\"fr\">Une <mark>maison</mark> à Đà Nẵng &#60; 2</p>";
    assert!(rows[1].contains(wanted) && rows[1].contains("Text") && rows[1].contains("Français"), "{}", rows[1]);
    // There the block is open.
    let open = editor.get(&format!("{page}?locale=fr&open=b-one")).is(200).text;
    assert!(open.contains("name=\"data.markdown\"") && open.contains("id=\"part-b-one\""), "{open}");
    assert_eq!(found(&editor, "search=da+nang").len(), 1);
    let (nothing, some) = (editor.get(&format!("{FIND}?search=wombat")).is(200).text, editor.get(&format!("{FIND}?search=maison+wombat")));
    assert!(nothing.contains("Nothing matches.") && some.is(200).text.contains("No entry holds all of these words."));
    assert!(editor.get(FIND).is(200).text.contains("What are you looking for?"));
    let secret = editor.get(&format!("{FIND}?search=gct_sat_a1B2c3D4e5F6")).is(200).text;
    assert!(!secret.contains("value=\"gct_sat_a1B2c3D4e5F6"), "of a pasted key nothing comes back");
}

#[test]
fn it_is_narrowed_by_app_kind_status_and_language_and_goes_on_on_further_pages() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    site.make(&site.pages(), &told("page", &json!({ "en": "wombat", "fr": "phascolome" })));
    site.make(&site.posts(), &json!({ "name": "post", "slug": "post", "title": { "fr": "wombat" }, "status": "draft" }));
    let help =
        site.ask("POST", &format!("{}/apps", site.project()), Some(&json!({ "appType": "knowledgeBase", "name": "Help", "slug": "help" })));
    let articles = format!("{}/apps/kb/{}/articles", site.project(), help.body["id"].as_str().unwrap());
    site.make(&articles, &told("article", &json!("wombat")));
    let names = |query: &str| {
        let mut all: Vec<_> =
            rows(&editor, query).iter().map(|row| row.split("<b>").nth(1).unwrap().split('<').next().unwrap().to_owned()).collect();
        all.sort();
        all
    };
    for (query, wanted) in [
        ("search=wombat", vec!["article", "page", "post"]),
        ("search=wombat&app=help", vec!["article"]),
        ("search=wombat&app=web&type=website_page", vec!["page"]),
        ("search=wombat&type=website_post", vec!["post"]),
        ("search=wombat&status=draft", vec!["article", "post"]),
        ("search=wombat&language=fr", vec!["post"]),
        ("search=wombat&language=en", vec!["article", "page"]),
        ("search=phascolome&language=en", vec![]),
    ] {
        assert_eq!(names(query), wanted, "{query}");
    }
    for (query, status) in [("app=nope", 404), ("type=nope", 400), ("status=nope", 400), ("language=de", 400), ("page=0", 400)] {
        editor.get(&format!("{FIND}?search=wombat&{query}")).is(status);
    }
    for at in 0..26 {
        site.make(&site.pages(), &told(&format!("many-{at}"), &json!("quokka")));
    }
    assert_eq!(found(&editor, "search=quokka").len(), 25);
    let first = editor.get(&format!("{FIND}?search=quokka")).is(200).text;
    assert!(
        first.contains("1 to 25 of 26") && first.contains(&format!("href=\"{FIND}?search=quokka&#38;page=2\" rel=\"next\"")),
        "{first}"
    );
    assert_eq!(found(&editor, "search=quokka&page=2").len(), 1);
}

#[test]
fn everybody_finds_what_they_may_read_and_the_search_page_leads_there() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    server.write(move |tx| {
        let draft = AppDraft { app_type: AppType::Website, name: "second".into(), slug: Some("second".into()), description: None };
        service::project::app::create(tx, &Actor::operator(), (here.org, here.project), &draft)
    });
    let made = ["web", "second"].map(|app| {
        let page = format!("/o/acme/p/site/website/{app}/pages/new");
        admin.post(&page, &[("name", "Tides"), ("slug", "tides")]).is(303).to
    });
    let of = |visitor: &Visitor<'_>| {
        let mut all: Vec<_> = found(visitor, "search=tides").into_iter().map(|to| to.split('?').next().unwrap().to_owned()).collect();
        all.sort_by_key(|to| made.iter().position(|one| one == to));
        all
    };
    assert_eq!(of(&admin), made);
    assert_eq!(of(&Visitor::new(&server, &here, "Vera", Role::Viewer)), made);
    let carl = Visitor::new(&server, &here, "Carl", Role::Collaborator);
    carl.get(FIND).is(404);
    let id = carl.id;
    server.write(move |tx| {
        let draft = member::Draft { user_id: id, role: Role::Viewer, title: None };
        service::project::placed_member::create(tx, &Actor::operator(), (here.org, here.project, here.app), &draft)
    });
    assert_eq!(of(&carl), made[..1], "the app that they were added to, not the one beside it");
    assert!(!carl.get("/o/acme/p/site").is(200).text.contains("second"), "{}", carl.get("/o/acme/p/site").text);
    assert_eq!(Visitor::nobody(&server).get(FIND).is(303).to, "/sign-in?next=%2Fo%2Facme%2Fp%2Fsite%2Ffind");
    // The search page, which is there without a script, knows from where one came.
    let searched = admin.post("/o/acme/search?at=acme/site", &[("search", "high tides")]).is(303).to;
    assert_eq!(searched, "/o/acme/search?at=acme%2Fsite&search=high%20tides");
    let offered = admin.get(&searched).is(200).text;
    assert!(
        offered.contains(&format!("href=\"{FIND}?search=high%20tides\"")) && offered.contains("Search content for “high tides”"),
        "{offered}"
    );
    assert!(!admin.get("/o/acme/search?search=tides").is(200).text.contains("/find?search"), "outside of a project there is none");
    assert!(!admin.get("/o/acme/search?search=tides&at=elsewhere/site").is(200).text.contains("/find?search"));
    let home = admin.get("/o/acme/p/site").is(200).text;
    assert!(
        home.contains(&format!("<a class=\"wider\" href=\"{FIND}\"")) && home.contains("href=\"/o/acme/search?at=acme/site\""),
        "{home}"
    );
}
