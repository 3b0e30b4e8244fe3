//! The search page finds what it promises: keys, accounts, people, invitations, settings, help and actions, in both languages, with one
//! typo; each reader only what lists would show them.

use stele::domain::access::{Access, Role};

use crate::support::{Server, Visitor, machine, tenant};

/// Where the links of the list lead, with their names.
fn found(visitor: &Visitor<'_>, path: &str) -> Vec<(String, String)> {
    let text = visitor.get(path).is(200).text;
    let list = text.split_once("<ul class=\"todo\">").map_or("", |(_, rest)| rest.split("</ul>").next().unwrap_or_default());
    let one = |rest: &str| {
        let (to, rest) = rest.split_once("\"><b>")?;
        Some((to.replace("&#38;", "&"), rest.split_once("</b>")?.0.to_owned()))
    };
    list.split("<a href=\"").skip(1).filter_map(one).collect()
}

fn leads(visitor: &Visitor<'_>, words: &str, to: &str) -> bool {
    found(visitor, &format!("/o/acme/search?search={words}")).iter().any(|(address, _)| address == to)
}

#[test]
fn a_key_is_found_by_its_name_its_last_four_and_a_pasted_beginning_and_its_secret_stays_out_of_the_address() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let made = machine(&server, here.org, Role::Viewer, Access::Read, None);
    let page = format!("/o/acme/settings/keys/{}", made.key);
    let name = found(&admin, &format!("/o/acme/search?search={}", &made.secret[made.secret.len() - 4..]));
    assert!(name.iter().any(|(to, _)| *to == page), "{name:?}");
    for typed in [made.secret.clone(), format!("STELE_KEY=\"{}\"", made.secret), made.secret[..20].to_owned()] {
        let asked = admin.post("/o/acme/search", &[("search", &typed)]).is(303).to;
        assert_eq!(asked, format!("/o/acme/search?search={}", &made.secret[..12]), "what lists show of its beginning");
        assert_eq!(found(&admin, &asked), [(page.clone(), name[0].1.clone())]);
    }
    let text = admin.get(&format!("/o/acme/search?search={}", made.secret)).is(200).text;
    let field = format!("name=\"search\" value=\"{}\"", &made.secret[..12]);
    assert!(text.contains(&page) && text.contains(&field), "of one in the address no more is looked up, either");
    assert!(admin.get(&format!("/o/acme/settings/keys?search={}", made.secret)).is(200).text.contains(&page), "the list finds it, too");
    let viewer = Visitor::new(&server, &here, "Vera", Role::Viewer);
    assert_eq!(found(&viewer, &format!("/o/acme/search?search={}", &made.secret[..12])), [], "a key that its lists do not show");
    let own = viewer.key(here.org);
    let mine = found(&viewer, &format!("/o/acme/search?search={}", &own[..12]));
    assert!(mine.len() == 1 && mine[0].0.starts_with("/account/keys/"), "{mine:?}");
}

#[test]
fn people_accounts_and_invitations_are_found_by_whoever_sees_their_lists() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let there = tenant(&server, "elsewhere");
    let admin = Visitor::new(&server, &here, "Zoé Ångström", Role::Admin);
    let viewer = Visitor::new(&server, &here, "Vera Viewer", Role::Viewer);
    Visitor::new(&server, &there, "Otto Ångström", Role::Admin);
    admin.post("/o/acme/settings/accounts/new", &[("name", "Nightly Importer"), ("role", "viewer")]).is(303);
    admin.invite("acme", "quentin@new.example", "editor");

    for typed in ["angstrom", "angstorm", "zoe%20angstr"] {
        let people: Vec<_> = found(&admin, &format!("/o/acme/search?search={typed}"));
        assert_eq!(people.len(), 1, "{typed}: {people:?}, and nobody of another organization");
        assert!(people[0].0.starts_with("/o/acme/settings/members?search=admin-"), "{people:?}");
        assert!(admin.get(&people[0].0).is(200).text.contains("Zoé Ångström"), "the list shows them");
    }
    for typed in ["importer", "improter", "NIGHTLY%20import"] {
        let all = found(&admin, &format!("/o/acme/search?search={typed}"));
        assert!(all.len() == 1 && all[0].0.starts_with("/o/acme/settings/accounts/"), "{typed}: {all:?}");
        assert_eq!(found(&viewer, &format!("/o/acme/search?search={typed}")), [], "a viewer has no list of accounts");
    }
    let invitation = ("/o/acme/settings/invitations?search=quentin%40new.example".to_owned(), "quentin@new.example".to_owned());
    assert_eq!(found(&admin, "/o/acme/search?search=quentn"), [invitation]);
    assert_eq!(found(&viewer, "/o/acme/search?search=quentin"), []);
    assert_eq!(found(&viewer, "/o/acme/search?search=angstrom").len(), 1, "members are for viewers, too");
    let collaborator = Visitor::new(&server, &here, "Carl", Role::Collaborator);
    assert_eq!(found(&collaborator, "/o/acme/search?search=angstrom"), []);
}

#[test]
fn settings_help_and_actions_are_found_in_both_languages_with_one_typo() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let all = [
        ("create%20key", "/o/acme/settings/keys/new"),
        ("craete%20key", "/o/acme/settings/keys/new"),
        ("new%20key", "/o/acme/settings/keys/new"),
        ("creer%20cle", "/o/acme/settings/keys/new"),
        ("invite", "/o/acme/settings/invitations/new"),
        ("inviter", "/o/acme/settings/invitations/new"),
        ("nouveau%20projet", "/o/acme/projects/new"),
        ("service%20acount", "/o/acme/settings/accounts/new"),
        ("policies", "/o/acme/settings/policies"),
        ("polices", "/o/acme/settings/policies"),
        ("membres", "/o/acme/settings/members"),
        ("invitaiton", "/o/acme/settings/invitations"),
        ("parametres%20activite", "/o/acme/settings/activity"),
        ("roles", "/help/roles?at=acme"),
        ("aide%20roles", "/help/roles?at=acme"),
        ("sanbdox", "/help/sandbox?at=acme"),
        ("notificatons", "/account/notifications"),
        ("new%20page", "/o/acme/p/site/website/web/pages/new"),
        ("article%20nouvel", "/o/acme/p/site/website/web/posts/new"),
    ];
    for locale in ["en", "fr"] {
        admin.post("/account/profile", &[("name", "Anna"), ("locale", locale)]).is(303);
        for (typed, to) in all {
            assert!(leads(&admin, typed, to), "{locale} {typed}: {:?}", found(&admin, &format!("/o/acme/search?search={typed}")));
        }
    }
    let viewer = Visitor::new(&server, &here, "Vera", Role::Viewer);
    for (typed, to) in [
        ("create%20key", "/o/acme/settings/keys/new"),
        ("invite", "/o/acme/settings/invitations/new"),
        ("policies", "/o/acme/settings/policies"),
    ] {
        assert!(!leads(&viewer, typed, to), "a viewer may not: {to}");
    }
    assert!(leads(&viewer, "create%20key", "/account/keys/new") && leads(&viewer, "roles", "/help/roles?at=acme"));
}
