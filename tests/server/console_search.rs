//! The search page, which the palette reads: each person finds what they may open, and nothing else.

use stele::domain::access::Role;

use crate::support::{Server, Visitor, place};

/// Where the links of the list lead; not those of the navigation and the palette.
fn found(visitor: &Visitor<'_>, path: &str) -> Vec<String> {
    let text = visitor.get(path).is(200).text;
    let list = text.split_once("<ul class=\"todo\">").map_or("", |(_, rest)| rest.split("</ul>").next().unwrap_or_default());
    list.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|to| to.starts_with('/') && !to.starts_with("/static/"))
        .map(Into::into)
        .collect()
}

#[test]
fn everybody_finds_what_they_may_open() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = place(&server, "acme");
    place(&server, "elsewhere");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let made = admin.post("/o/acme/p/site/website/web/pages/new", &[("name", "Élan of tides"), ("slug", "elan")]).is(303).to;

    let all = found(&admin, "/o/acme/search?search=ELAN%20tides");
    assert_eq!(all, std::slice::from_ref(&made), "an entry, whatever the case and the marks");
    assert_eq!(found(&admin, "/o/acme/search?search=web%20posts"), ["/o/acme/p/site/website/web/posts"], "a list of an app");
    let settings = found(&admin, "/o/acme/search?search=settings%20site");
    assert_eq!(settings, ["/o/acme/p/site/settings"], "the settings of a project that is not open now");
    assert!(found(&admin, "/o/acme/search?search=keys").contains(&"/o/acme/settings/keys".to_owned()));

    let viewer = Visitor::new(&server, &here, "Vera", Role::Viewer);
    assert_eq!(found(&viewer, "/o/acme/search?search=elan"), [made]);
    assert_eq!(found(&viewer, "/o/acme/search?search=settings%20site"), [""; 0], "what a viewer may not open is not offered");
    let collaborator = Visitor::new(&server, &here, "Carl", Role::Collaborator);
    assert_eq!(found(&collaborator, "/o/acme/search?search=elan"), [""; 0], "an entry of a project that they do not see");
    assert!(collaborator.get("/o/acme/search?search=zzz").is(200).text.contains("Nothing matches."));
    viewer.get("/o/elsewhere/search?search=web").is(404);
}

#[test]
fn outside_of_organizations_it_offers_them_and_the_own_pages() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = place(&server, "acme");
    place(&server, "elsewhere");
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let all = found(&editor, "/search");
    assert!(all.contains(&"/o/acme".to_owned()) && all.contains(&"/account/keys".to_owned()) && all.contains(&"/help".to_owned()));
    assert!(!all.iter().any(|to| to.contains("elsewhere")), "{all:?}");
    assert_eq!(found(&editor, "/search?search=acme"), ["/o/acme"]);
    for path in ["/account/profile", "/help"] {
        assert!(editor.get(path).is(200).text.contains("id=\"palette\""), "{path} has the palette");
    }
    assert_eq!(Visitor::nobody(&server).get("/search").is(303).to, "/sign-in?next=%2Fsearch");
}
