//! The person's own account, and help.

use stele::domain::error::Reason;

use crate::support::{Browser, PASSWORD, Server, Site, visitor};

const EMAIL: &str = "paula@acme.example";
const HOSTILE: &str = "\"><script>alert(1)</script>";

fn server() -> (Server, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    visitor(&server, EMAIL);
    (server, dir)
}

#[test]
fn a_profile_is_changed_and_what_is_wrong_comes_back() {
    let (server, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    let fields = [("name", HOSTILE), ("bio", "Reads"), ("phone", "+33 1 23 45"), ("timezone", "Europe/Paris"), ("locale", "fr")];
    let saved = paula.post("/account/profile", &fields);
    assert_eq!((saved.status, saved.to()), (303, "/account/profile"), "{}", saved.body);
    let page = paula.get("/account/profile");
    assert!(page.body.contains("lang=\"fr\"") && page.body.contains("+33 1 23 45") && page.body.contains("Enregistrer"), "{}", page.body);
    assert!(!page.body.contains("<script>alert"));
    let wrong = [("name", " "), ("phone", "call me"), ("timezone", "Moon/Base"), ("bio", "typed")];
    let refused = paula.post("/account/profile", &wrong);
    assert_eq!(refused.status, 422);
    for kept in ["call me", "Moon/Base", "typed", "name-fault", "phone-fault", "timezone-fault"] {
        assert!(refused.body.contains(kept), "{kept}");
    }
    assert!(paula.get("/account/profile").body.contains("Europe/Paris"), "nothing was changed");
}

#[test]
fn the_profile_offers_theme_language_and_zones_by_region() {
    let (server, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    let page = paula.get("/account/profile").body;
    for offered in [
        "name=\"theme\" value=\"system\" checked",
        "<optgroup label=\"Europe\">",
        "value=\"America/Argentina/Buenos_Aires\">Argentina, Buenos Aires",
        "As the browser says",
    ] {
        assert!(page.contains(offered), "{offered}");
    }
    let form = |theme: &'static str| [("name", "Paula"), ("theme", theme), ("timezone", "Asia/Tokyo"), ("locale", "")];
    assert_eq!(paula.post("/account/profile", &form("dark")).status, 303);
    let page = paula.get("/account/profile").body;
    assert!(
        page.contains("data-theme=\"dark\"") && page.contains("value=\"dark\" checked") && page.contains("value=\"Asia/Tokyo\" selected")
    );
    let refused = paula.post("/account/profile", &form("pink"));
    assert!(refused.status == 422 && refused.body.contains("theme-fault"), "{}", refused.body);
}

#[test]
fn the_theme_leads_back_and_only_here() {
    let (server, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    let set = paula.post("/account/theme", &[("theme", "dark"), ("next", "/account/sessions?page=1")]);
    assert_eq!((set.status, set.to()), (303, "/account/sessions?page=1"));
    assert!(paula.get("/account/profile").body.contains("data-theme=\"dark\""));
    for away in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", ""] {
        assert_eq!(paula.post("/account/theme", &[("theme", "light"), ("next", away)]).to(), "/", "{away}");
    }
    assert!(paula.post("/account/theme", &[("theme", "pink"), ("next", "/")]).status >= 400);
    assert!(paula.get("/account/profile").body.contains("data-theme=\"light\""));
}

#[test]
fn a_new_password_ends_every_other_session() {
    let (server, _dir) = server();
    let (mut here, other) = (Browser::signed_in(&server, EMAIL), Browser::signed_in(&server, EMAIL));
    let change = |here: &Browser<'_>, old: &str, new: &str| here.post("/account/password", &[("password", old), ("new-password", new)]);
    for (old, new) in [("not the password", "a new long password"), (PASSWORD, "x9y8z7w6")] {
        let refused = change(&here, old, new);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(!refused.body.contains(new) && !refused.body.contains(old), "passwords do not come back");
        assert_eq!(other.get("/account/profile").status, 200);
    }
    let own = change(&here, PASSWORD, "my PAULA 2026 word");
    assert!(own.status == 422 && own.body.contains("contains your name or your e-mail address"), "{}", own.body);
    let changed = change(&here, PASSWORD, "a new long password");
    assert_eq!(changed.status, 303);
    here.session = changed.session();
    assert_eq!(here.get("/account/profile").status, 200);
    assert_eq!(other.get("/account/profile").to(), "/sign-in?next=%2Faccount%2Fprofile");
    assert_eq!(Browser::new(&server).sign_in(EMAIL, PASSWORD, "").status, 422);
    assert_eq!(Browser::new(&server).sign_in(EMAIL, "a new long password", "").status, 303);
}

#[test]
fn one_session_or_all_others_are_ended() {
    let (server, _dir) = server();
    let here = Browser::signed_in(&server, EMAIL);
    let others: Vec<_> = (0..3).map(|_| Browser::signed_in(&server, EMAIL)).collect();
    let page = here.get("/account/sessions").body;
    let mut ends = page.split("/account/sessions/").skip(1).filter_map(|rest| rest.split("/end\"").next()).filter(|id| id.len() == 36);
    let end = format!("/account/sessions/{}/end", ends.next().expect("a session that can be ended"));
    visitor(&server, "stranger@acme.example");
    let stranger = Browser::signed_in(&server, "stranger@acme.example");
    assert_eq!(stranger.post(&end, &[]).status, 404, "only one's own");
    let alive = || others.iter().filter(|one| one.get("/account/profile").status == 200).count();
    assert_eq!(alive(), 3);
    assert_eq!(here.post(&end, &[]).status, 303);
    assert_eq!(alive(), 2);
    assert_eq!(here.post("/account/sessions/end-others", &[]).status, 303);
    assert_eq!((alive(), here.get("/account/profile").status), (0, 200));
}

#[test]
fn notifications_are_marked_as_read_one_by_one_or_all() {
    let site = Site::new();
    let user = visitor(&site.server, EMAIL);
    let org = site.here.org;
    site.server.write(move |tx| {
        for title in ["First", "Second", HOSTILE] {
            let notice = stele::store::account::notification::Notice { kind: "test", title, body: None, link: Some("/account/keys") };
            stele::store::account::notification::unguarded_insert(tx, user, org, notice)?;
        }
        Ok(())
    });
    let paula = Browser::signed_in(&site.server, EMAIL);
    let unread = || site.count("SELECT COUNT(*) FROM notifications WHERE user_id = $1 AND status = 'unread'", &user.to_string());
    let page = paula.get("/account/notifications").body;
    assert!(page.contains("First") && !page.contains("<script>alert"));
    let one = page.split("/account/notifications/").filter_map(|rest| rest.split("/read\"").next()).find(|id| id.len() == 36).unwrap();
    let one = format!("/account/notifications/{one}/read");
    visitor(&site.server, "stranger@acme.example");
    assert_eq!(Browser::signed_in(&site.server, "stranger@acme.example").post(&one, &[]).status, 404);
    assert_eq!(unread(), 3);
    assert_eq!(paula.post(&one, &[]).status, 303);
    assert_eq!(unread(), 2);
    assert_eq!(paula.post("/account/notifications/read", &[]).status, 303);
    assert_eq!(unread(), 0);
}

#[test]
fn help_is_for_everybody_in_both_languages() {
    let (server, _dir) = server();
    let mut nobody = Browser::new(&server);
    let paula = Browser::signed_in(&server, EMAIL);
    assert_eq!(nobody.get("/help/no-such-page").status, 404);
    for page in ["/help", "/help/getting-started", "/help/api-keys", "/help/roles", "/help/console", "/help/sandbox"] {
        let (out, inside) = (nobody.get(page), paula.get(page));
        assert_eq!((out.status, inside.status), (200, 200), "{page}");
        assert!(!out.body.contains("id=\"sidebar\"") && inside.body.contains("id=\"sidebar\""), "{page}");
    }
    nobody.language = "fr";
    let (french, english) = (nobody.get("/help/api-keys").body, paula.get("/help/api-keys").body);
    assert!(french.contains("Où sont les clés") && english.contains("Where keys live"));
    for body in [&french, &english] {
        assert!(body.contains("http://stele.test/api/auth/token"), "the address of this instance");
        assert!(Reason::ALL.iter().all(|reason| body.contains(reason.word())));
    }
}
