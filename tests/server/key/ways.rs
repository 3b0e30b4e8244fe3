//! Where dialogs of keys lead: they name their object, and go back to the list or the page from which they were opened.

use stele::domain::access::{Access, Role};

use crate::support::{Server, Visitor, machine, tenant};

const KEYS: &str = "/o/acme/settings/keys";

/// The address to regenerate one of the keys below `keys`, as a page links it.
fn regenerate(text: &str, keys: &str) -> String {
    let all = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let found = all.into_iter().find(|to| to.starts_with(keys) && to.contains("/regenerate"));
    found.unwrap_or_else(|| panic!("no way to regenerate in {text}")).replace("&#38;", "&")
}

#[test]
fn a_dialog_of_a_key_leads_back_to_the_list_as_it_was_narrowed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let made = machine(&server, here.org, Role::Editor, Access::Write, None);
    admin.key(here.org);
    let (key, own) = (format!("{KEYS}/{}", made.key), format!("{KEYS}?owner=user&access=full"));
    let account = format!("/o/acme/settings/accounts/{}", made.account);
    let shown = |list: &str, keys: &str| {
        let dialog = regenerate(&admin.get(list).is(200).text, keys);
        let shown = admin.get(&dialog).is(200);
        assert!(shown.text.contains(&format!("class=\"button quiet\" href=\"{}\"", list.replace('&', "&#38;"))), "{list}: {}", shown.text);
        (dialog, shown.hidden("once"))
    };
    let done = |(dialog, once): (String, String), expiry: &str| {
        let text = admin.post(&dialog, &[("once", &once), ("grace", "24h"), ("expiry", expiry)]).is(200).text;
        text.split("method=\"get\" action=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().replace("&#38;", "&")
    };
    shown(&format!("{KEYS}?access=write&search=test"), &key);
    shown(&account, &key);
    let after = done(shown(&key, &key), "90");
    assert!(after.starts_with(KEYS) && !after.contains(&made.key.to_string()), "from its page to that of its successor: {after}");
    assert_eq!(done(shown(&own, "/account/keys/"), "30"), own, "one's own key, from the list of all");
    for hostile in ["https://evil.example/", "//evil.example/settings/", "/sign-out", "/\\evil.example/settings/"] {
        let page = admin.get(&format!("{key}/rename?from={hostile}")).is(200).text;
        assert!(!page.contains(&format!("href=\"{hostile}\"")), "{hostile}");
    }
}

#[test]
fn titles_and_breadcrumbs_of_dialogs_name_their_object() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let made = machine(&server, here.org, Role::Editor, Access::Write, None);
    let vera = Visitor::new(&server, &here, "Vera Viewer", Role::Viewer).member.unwrap();
    let account = format!("/o/acme/settings/accounts/{}", made.account);
    for (path, named, way) in [
        (format!("{KEYS}/{}/rename", made.key), "Test", "Settings > API keys > Test"),
        (format!("{KEYS}/{}/revoke", made.key), "Test", "Settings > API keys > Test"),
        (format!("{KEYS}/{}/regenerate", made.key), "Test", "Settings > API keys > Test"),
        (format!("{account}/keys/new"), "editor", "Settings > editor"),
        (format!("{account}/edit"), "editor", "Settings > Service accounts"),
        (format!("{account}/delete"), "editor", "Settings > Service accounts > editor"),
        (format!("{account}/disable"), "editor", "Settings > Service accounts > editor"),
        (format!("/o/acme/settings/members/{vera}/remove"), "Vera Viewer", "Settings > Members"),
        ("/o/acme/settings/profile/delete".to_owned(), "acme", "Settings > Profile"),
        ("/o/acme/settings/profile/transfer".to_owned(), "acme", "Settings > Profile"),
        ("/o/acme/p/site/settings/delete".to_owned(), "site", "site > Settings"),
        ("/o/acme/p/site/members/new".to_owned(), "site", "site > Members"),
        ("/o/acme/p/site/website/web/pages/new".to_owned(), "Web", "site > Web > Pages"),
        ("/o/acme/p/site/website/web/redirects/new".to_owned(), "Redirect", "site > Web > Redirects"),
    ] {
        let text = owner.get(&path).is(200).text;
        let within =
            |from: &str, to: &str| text.split_once(from).and_then(|(_, rest)| rest.split(to).next()).unwrap_or_default().to_owned();
        assert!(within("<title>", "</title>").to_lowercase().contains(&named.to_lowercase()), "{path}: {}", within("<title>", "</title>"));
        // The steps above it are links, each that a page of that level has.
        let crumbs = within("<ol>", "</ol>");
        let links = crumbs.split("<a href").skip(2).filter_map(|link| link.split_once('>')?.1.split('<').next());
        assert_eq!(links.collect::<Vec<_>>().join(" > "), way, "{path}: {crumbs}");
        assert!(path.contains("/p/") || text.contains("<nav class=\"tabs\""), "{path} keeps the tabs of the settings");
    }
}

#[test]
fn a_personal_key_offers_only_what_its_owner_can_give() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let offered = |visitor: &Visitor<'_>| {
        let text = visitor.get("/account/keys/new").is(200).text;
        ["read", "write", "full"].map(|word| text.contains(&format!("name=\"access\" value=\"{word}\"")))
    };
    let vera = Visitor::new(&server, &here, "Vera", Role::Viewer);
    assert_eq!(offered(&vera), [true, false, false]);
    assert_eq!(offered(&Visitor::new(&server, &here, "Eva", Role::Editor)), [true, true, false]);
    assert_eq!(offered(&Visitor::new(&server, &here, "Anna", Role::Admin)), [true; 3]);
    let id = vera.id;
    server.write(move |tx| {
        let draft = stele::domain::org::member::Draft { user_id: id, role: Role::Editor, title: None };
        let at = (here.org, here.project);
        stele::service::project::placed_member::create(tx, &stele::domain::access::Actor::operator(), at, &draft).map(drop)
    });
    assert_eq!(offered(&vera), [true, true, false], "a role in a project counts");
}
