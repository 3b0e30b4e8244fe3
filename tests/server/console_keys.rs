//! Keys in the console: made and shown once, replaced, revoked; and who may do so.

use stele::domain::access::{Access, Role};

use crate::support::{HOSTILE, Made, Place, Server, Shown, Visitor, machine, place};

fn start() -> (tempfile::TempDir, Server, Place, Made) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = place(&server, "acme");
    let made = machine(&server, here.org, Role::Editor, Access::Write, None);
    (dir, server, here, made)
}

/// The key on the page that shows it.
fn key(shown: &Shown) -> String {
    let (_, rest) = shown.text.split_once("<output id=\"key\"").expect("a key");
    let (_, rest) = rest.split_once("<b>").expect("its prefix");
    rest.split("</output>").next().unwrap().replace("</b>", "")
}

fn form<'a>(once: &'a str, name: &'a str, expiry: &'a str) -> [(&'a str, &'a str); 5] {
    [("once", once), ("name", name), ("expiry", expiry), ("access", "read"), ("reach", "all")]
}

#[test]
fn a_key_is_shown_once_and_a_form_that_comes_again_makes_none() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    let once = admin.get(&page).is(200).hidden("once");
    let shown = admin.post(&page, &form(&once, HOSTILE, "90")).is(200);
    assert!(shown.text.contains("&#60;script") && !shown.text.contains("<script>alert"));
    let secret = key(&shown);
    assert_eq!(server.exchange(&secret).status, 200);
    let again = admin.post(&page, &form(&once, "Again", "90")).is(422);
    assert!(!again.text.contains("id=\"key\"") && again.hidden("once") != once && again.text.contains("value=\"Again\""));
    for path in ["/o/acme/settings/keys?status=all", "/account/keys", &format!("/o/acme/settings/accounts/{}", made.account)] {
        assert!(!admin.get(path).is(200).text.contains(&secret[10..40]), "{path}");
    }
    assert!(admin.get("/o/acme/settings/keys").text.contains("1 to 2 of 2"), "the one that was there and the new one");
}

#[test]
fn what_is_wrong_with_a_key_comes_back_beside_what_was_typed() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let policies = "/o/acme/settings/policies";
    let seen = admin.get(policies).is(200).hidden("seen");
    admin.post(policies, &[("seen", &seen), ("days", "30"), ("personal", "on")]).is(303);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    let offered = admin.get(&page).is(200);
    assert!(offered.text.contains("value=\"30\"") && !offered.text.contains("value=\"90\"") && !offered.text.contains("value=\"never\""));
    for (name, expiry) in [("", "30"), ("Long", "365"), ("Endless", "never"), ("Dateless", "date")] {
        let once = admin.get(&page).hidden("once");
        let refused = admin.post(&page, &form(&once, name, expiry)).is(422);
        assert!(refused.text.contains("class=\"fault\"") && !refused.text.contains("id=\"key\""), "{name}: {}", refused.text);
        assert!(refused.text.contains(&format!("value=\"{name}\"")), "{name}");
    }
}

#[test]
fn a_key_that_is_regenerated_or_revoked_is_dead_at_once() {
    let (_dir, server, here, made) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let one = format!("/o/acme/settings/keys/{}", made.key);
    let token = server.token(&made.secret);
    let once = admin.get(&format!("{one}/regenerate")).is(200).hidden("once");
    let next = key(&admin.post(&format!("{one}/regenerate"), &[("once", &once), ("grace", "none"), ("expiry", "same")]).is(200));
    assert_eq!(server.exchange(&made.secret).reason(), "key_revoked");
    assert_eq!(server.ask("GET", "/whoami", Some(&token), None).reason(), "key_revoked");
    let token = server.token(&next);
    let list = admin.get("/o/acme/settings/keys").is(200).text;
    let (before, _) = list.split_once("/regenerate").expect("a link to regenerate");
    let end = format!("/o/acme/settings/keys/{}/revoke", before.rsplit('/').next().unwrap());
    admin.post(&end, &[("reason", &"x".repeat(501))]).is(422);
    assert_eq!(server.exchange(&next).status, 200, "nothing was half done");
    assert_eq!(admin.post(&end, &[("reason", "Done")]).is(303).to, "/o/acme/settings/keys");
    assert_eq!(server.ask("GET", "/whoami", Some(&token), None).reason(), "key_revoked");
}

#[test]
fn keys_are_for_those_who_manage_them() {
    let (_dir, server, here, made) = start();
    let editor = Visitor::new(&server, &here, "Eva", Role::Editor);
    let elsewhere = place(&server, "elsewhere");
    let stranger = Visitor::new(&server, &elsewhere, "Sam", Role::Admin);
    for path in [
        format!("/o/acme/settings/accounts/{}/keys/new", made.account),
        format!("/o/acme/settings/keys/{}/revoke", made.key),
        format!("/o/acme/settings/keys/{}/regenerate", made.key),
    ] {
        let status = editor.post(&path, &form("00", "x", "30")).status;
        assert!(matches!(status, 403 | 422), "{path}: {status}");
        stranger.get(&path).is(404);
        stranger.get(&path.replace("/o/acme/", "/o/elsewhere/")).is(404);
    }
    assert_eq!(server.exchange(&made.secret).status, 200);
}
