//! Signing in and out, and what protects the forms.

use std::{sync::Arc, time::Duration};

use stele::{
    domain::access::Actor,
    service::account::{me, session},
};

use crate::support::{Browser, PASSWORD, Program, Server, SetClock, visitor};

const EMAIL: &str = "paula@acme.example";

fn server() -> (Server, Arc<SetClock>, tempfile::TempDir) {
    let (dir, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    visitor(&server, EMAIL);
    (server, clock, dir)
}

#[test]
fn the_right_password_begins_a_session_and_a_wrong_one_says_little() {
    let (server, _clock, _dir) = server();
    let mut paula = Browser::new(&server);
    let (wrong, unknown) = (paula.sign_in(EMAIL, "not the password", "/account/keys"), paula.sign_in("nobody@acme.example", PASSWORD, ""));
    for refused in [&wrong, &unknown] {
        assert_eq!((refused.status, refused.session()), (422, None));
        assert!(refused.body.contains("do not belong together") && !refused.body.contains("not the password"));
    }
    assert!(wrong.body.contains(EMAIL) && wrong.body.contains("value=\"/account/keys\""), "what was typed comes back");
    let right = paula.sign_in(&EMAIL.to_uppercase(), PASSWORD, "/account/sessions");
    assert_eq!((right.status, right.to()), (303, "/account/sessions"));
    let cookie = right.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    assert_eq!(paula.get("/account/profile").status, 200);
    assert_eq!(paula.post("/sign-out", &[]).to(), "/sign-in");
    assert_eq!(paula.get("/account/profile").to(), "/sign-in?next=%2Faccount%2Fprofile");
}

#[test]
fn failures_make_the_next_try_wait() {
    let (server, clock, _dir) = server();
    let mut paula = Browser::new(&server);
    for _ in 0..5 {
        assert_eq!(paula.sign_in(EMAIL, "not the password", "").status, 422);
    }
    let wait = |paula: &mut Browser<'_>| {
        let refused = paula.sign_in(EMAIL, PASSWORD, "");
        assert_eq!((refused.status, refused.session()), (429, None), "even the right password waits");
        refused.header("retry-after").parse::<u64>().unwrap()
    };
    let first = wait(&mut paula);
    clock.pass(Duration::from_secs(first));
    assert_eq!(paula.sign_in(EMAIL, "not the password", "").status, 422);
    let second = wait(&mut paula);
    assert!(second > first, "{second} after {first}");
    clock.pass(Duration::from_secs(second));
    assert_eq!(paula.sign_in(EMAIL, PASSWORD, "").status, 303);
}

#[test]
fn a_session_that_somebody_planted_is_not_taken_over() {
    let (server, _clock, _dir) = server();
    let mut paula = Browser::new(&server);
    paula.session = Some("planted".into());
    paula.sign_in(EMAIL, PASSWORD, "");
    let first = paula.session.clone();
    assert_ne!(first.as_deref(), Some("planted"));
    paula.sign_in(EMAIL, PASSWORD, "");
    assert_ne!(paula.session, first, "each sign-in has a secret of its own");
    let mut planted = Browser::new(&server);
    planted.session = Some("planted".into());
    assert_eq!(planted.get("/account/profile").status, 303);
}

#[test]
fn a_form_of_another_site_changes_nothing() {
    let (server, _clock, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    let forged: [&[(&str, &str)]; 5] = [
        &[],
        &[("Origin", "https://evil.example")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Origin", "http://stele.test"), ("Sec-Fetch-Site", "cross-site")],
    ];
    for headers in forged {
        let refused = paula.send("POST", "/account/profile", &[("name", "Mallory")], headers);
        assert_eq!(refused.status, 403, "{headers:?}");
        assert_eq!(paula.send("POST", "/sign-out", &[], headers).status, 403, "{headers:?}");
    }
    let page = paula.get("/account/profile");
    assert!(page.status == 200 && page.body.contains("Paula Person") && !page.body.contains("Mallory"));
    let own = paula.send("POST", "/account/profile", &[("name", "Paula")], &[("Origin", "http://stele.test")]);
    assert_eq!(own.status, 303, "an old browser says only the origin");
    // So does every browser over plain http, on whatever name or address of the local network.
    let lan = |host, origin| paula.send("POST", "/account/profile", &[("name", "Paula")], &[("Host", host), ("Origin", origin)]).status;
    assert_eq!(lan("stele.lan:4010", "http://stele.lan:4010"), 303);
    assert_eq!((lan("stele.lan:4010", "null"), lan("stele.lan:4010", "http://evil.lan:4010")), (403, 403));
}

#[test]
fn the_tab_key_leads_from_the_address_to_the_password_and_from_there_to_the_button() {
    let (server, _clock, _dir) = server();
    let page = Browser::new(&server).get("/sign-in").body;
    let (_, form) = page.split_once("action=\"/sign-in\"").unwrap();
    let places = ["name=\"email\"", "name=\"password\"", "<button", "href=\"/password/forgot\""].map(|part| form.find(part).unwrap());
    assert!(places.is_sorted() && !page.contains("tabindex"), "{places:?} {form}");
    assert_eq!(form[..places[2]].matches("<a ").count(), 0, "nothing else comes between");
}

#[test]
fn every_page_has_the_headers_that_protect_it() {
    let (server, _clock, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    for path in ["/sign-in", "/account/profile", "/help", "/no-such-page", "/set-up"] {
        let page = paula.get(path);
        let policy = page.header("content-security-policy");
        for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "script-src 'nonce-"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        let fixed = [("x-frame-options", "DENY"), ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin")];
        for (name, value) in fixed {
            assert_eq!(page.header(name), value, "{path}");
        }
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    assert_ne!(paula.get("/help").header("content-security-policy"), paula.get("/help").header("content-security-policy"));
}

#[test]
fn what_was_typed_when_the_session_ended_comes_back_after_signing_in() {
    let (server, clock, _dir) = server();
    let mut paula = Browser::signed_in(&server, EMAIL);
    clock.pass(Duration::from_secs(13 * 60 * 60));
    let asked = paula.post("/account/profile", &[("name", "Paula \"P\" Person"), ("password", "typed-secret")]);
    assert_eq!(asked.status, 401);
    assert!(
        asked.body.contains("name=\"carry.name\" value=\"Paula &#34;P&#34; Person\"") && !asked.body.contains("typed-secret"),
        "{}",
        asked.body
    );
    let carried = [("email", EMAIL), ("password", PASSWORD), ("carry-to", "/account/profile"), ("carry.name", "Paula P")];
    let resumed = paula.post("/sign-in", &carried);
    assert_eq!(resumed.status, 200);
    assert!(resumed.body.contains("action=\"/account/profile\"") && resumed.body.contains("name=\"name\" value=\"Paula P\""));
    paula.session = resumed.session();
    // Its button shows the form with what was typed; nothing is changed before it is sent from there.
    let shown = paula.post("/account/profile", &[("resumed", "on"), ("name", "Paula P")]);
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Nothing was changed yet") && shown.body.contains("name=\"name\" value=\"Paula P\""), "{}", shown.body);
    assert!(!shown.body.contains("name=\"resumed\"") && !paula.get("/account/profile").body.contains("Paula P\""));
    assert_eq!(paula.post("/account/profile", &[("name", "Paula P")]).status, 303);
    assert!(paula.get("/account/profile").body.contains("value=\"Paula P\""));
}

#[test]
fn a_button_that_was_pressed_when_the_session_ended_is_one_step_after_signing_in() {
    let (server, clock, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    let other = Browser::signed_in(&server, EMAIL);
    clock.pass(Duration::from_secs(13 * 60 * 60));
    let asked = paula.post("/account/sessions/end-others", &[]);
    assert_eq!(asked.status, 401);
    for part in ["name=\"carry-to\" value=\"/account/sessions/end-others\"", "name=\"carry-does\" value=\"end-others\""] {
        assert!(asked.body.contains(part), "{part}: {}", asked.body);
    }
    assert!(!asked.body.contains("action=\"/lang/"), "another language would be a page without what waits");
    let carried = [("email", EMAIL), ("password", PASSWORD), ("carry-to", "/account/sessions/end-others"), ("carry-does", "end-others")];
    let resumed = paula.post("/sign-in", &carried);
    assert!(resumed.body.contains("action=\"/account/sessions/end-others\"") && resumed.body.contains(">End all other sessions</button>"));
    assert!(!resumed.body.contains("name=\"resumed\"") && !resumed.body.contains("data-send"), "it is pressed by a person");
    // What is not known among the words is no button.
    let odd = [("email", EMAIL), ("password", PASSWORD), ("carry-to", "/account/profile"), ("carry-does", "sign-in-title")];
    assert!(paula.post("/sign-in", &odd).body.contains("name=\"resumed\""));
    drop(other);
}

#[test]
fn what_waits_for_the_password_survives_the_end_of_the_session() {
    let (server, clock, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    clock.pass(Duration::from_secs(13 * 60 * 60));
    let form = [("password", PASSWORD), ("carry-to", "/account/keys/new"), ("carry.name", "Laptop"), ("next", "")];
    let asked = paula.post("/confirm", &form);
    assert_eq!(asked.status, 401);
    for part in ["name=\"carry-to\" value=\"/account/keys/new\"", "name=\"carry.name\" value=\"Laptop\""] {
        assert!(asked.body.contains(part), "{part}: {}", asked.body);
    }
    let bare = paula.post("/confirm", &[("password", PASSWORD), ("next", "/account/keys")]);
    assert_eq!((bare.status, bare.to()), (303, "/sign-in?next=%2Faccount%2Fkeys"));
}

#[test]
fn a_form_of_passwords_alone_is_asked_again() {
    let (server, clock, _dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    clock.pass(Duration::from_secs(13 * 60 * 60));
    let asked = paula.post("/account/password", &[("password", PASSWORD), ("new-password", "another passphrase")]);
    assert_eq!((asked.status, asked.to()), (303, "/sign-in?next=%2Faccount%2Fpassword"));
}

#[test]
fn signing_in_once_more_in_a_browser_ends_the_session_that_it_had() {
    let (server, _clock, _dir) = server();
    let mut paula = Browser::signed_in(&server, EMAIL);
    let before = paula.session.clone();
    paula.session = paula.sign_in(EMAIL, PASSWORD, "").session();
    assert_ne!(paula.session, before);
    assert_eq!(paula.get("/account/sessions").body.matches("<tr").count(), 2, "a head and one session");
    paula.session = before;
    assert_eq!(paula.get("/account/sessions").status, 303);
}

#[test]
fn signing_in_leads_nowhere_else() {
    let (server, _clock, _dir) = server();
    let away =
        ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "/%0d%0aLocation:x", "javascript:alert(1)"];
    for next in away {
        let to = Browser::new(&server).sign_in(EMAIL, PASSWORD, next);
        assert!(!to.to().contains("evil.example") && !to.to().contains("script"), "{next}: {}", to.to());
        let page = Browser::new(&server).get(&format!("/sign-in?next={}", next.replace('\t', "%09")));
        assert!(!page.body.contains("//evil.example"), "{next}");
    }
    let mut paula = Browser::new(&server);
    let carried = [("email", EMAIL), ("password", PASSWORD), ("carry-to", "https://evil.example/"), ("carry.x", "1")];
    assert!(!paula.post("/sign-in", &carried).body.contains("evil.example"));
    assert_eq!(paula.sign_in(EMAIL, PASSWORD, "/help?x=1").to(), "/help?x=1");
}

#[test]
fn the_language_is_the_setting_then_the_choice_then_the_browsers() {
    let (server, _clock, _dir) = server();
    let mut nobody = Browser::new(&server);
    assert!(nobody.get("/sign-in").body.contains("<html lang=\"en\""));
    nobody.language = "de, fr-CA;q=0.8, en;q=0.5";
    let page = nobody.get("/sign-in").body;
    assert!(page.contains("<html lang=\"fr\"") && page.contains("Se connecter"));
    let chosen = nobody.post("/lang/en", &[("next", "/sign-in")]);
    assert_eq!((chosen.status, chosen.to()), (303, "/sign-in"));
    assert!(chosen.header("set-cookie").starts_with("stele-lang=en"));
    let paula = Browser::signed_in(&server, EMAIL);
    assert_eq!(paula.post("/account/profile", &[("name", "Paula"), ("locale", "fr")]).status, 303);
    assert!(paula.get("/account/sessions").body.contains("<html lang=\"fr\""), "the setting wins over the browser");
}

#[test]
fn the_secret_of_a_session_is_not_stored() {
    let (server, _clock, dir) = server();
    let paula = Browser::signed_in(&server, EMAIL);
    let secret = paula.session.clone().unwrap();
    assert!(server.store.read_now(|tx| session::find(tx, &secret)).unwrap().is_some());
    drop(server);
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
    }
}

#[test]
fn the_set_up_address_works_once_and_only_with_its_secret() {
    let dir = tempfile::tempdir().unwrap();
    let program = Program::start(&dir.path().join("stele.db"), &[]);
    let token = program.set_up_token();
    let path = format!("/set-up?token={token}");
    let mut owner = Browser::at(&program.url);
    assert_eq!((owner.get("/set-up").status, owner.get("/set-up?token=guess").status, owner.get(&path).status), (404, 404, 200));
    let form =
        |token, name, password| [("token", token), ("name", name), ("email", EMAIL), ("password", password), ("organization", "Acme")];
    for (path, words) in [("/sign-in", "the first account"), ("/set-up?token=guess", "not its set-up address")] {
        let told = owner.get(path).body;
        assert!(told.contains(words) && told.contains("journalctl -u stele") && !told.contains(token), "{told}");
    }
    assert!(owner.get("/").to().starts_with("/sign-in"), "whatever is asked leads there");
    assert_eq!(owner.post("/set-up", &form("guess", "Paula", PASSWORD)).status, 404);
    let refused = owner.post("/set-up", &form(token, "", "short"));
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("name-fault") && refused.body.contains("password-fault") && refused.body.contains("value=\"Acme\""));
    let own = owner.post("/set-up", &form(token, "Paula", "paula@acme.example!"));
    assert!(own.status == 422 && own.body.contains("contains your name or your e-mail address"), "{}", own.body);
    let done = owner.post("/set-up", &form(token, "Paula", PASSWORD));
    assert_eq!((done.status, done.to()), (303, "/o/acme"), "{}", done.body);
    owner.session = done.session();
    assert_eq!(owner.get("/o/acme").status, 200);
    let trail = owner.get("/o/acme/settings/activity").body;
    assert!(trail.contains("<b>Paula</b>") && !trail.contains("command line"), "who set it up made the organization: {trail}");
    let nobody = Browser::at(&program.url);
    assert!(nobody.get("/sign-in").body.contains("name=\"password\""));
    for used in [owner.get(&path), nobody.get(&path), nobody.get("/set-up"), nobody.post("/set-up", &form(token, "Mallory", PASSWORD))] {
        assert_eq!(used.status, 404);
        assert!(used.body.contains("This instance is set up already") && used.body.contains("href=\"/\">Sign in"), "{}", used.body);
    }
}

#[test]
fn each_start_prints_a_new_set_up_address_while_nobody_is_set_up() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    let first = Program::start(&file, &[]).set_up_token().to_owned();
    let program = Program::start(&file, &[]);
    let second = program.set_up_token().to_owned();
    assert_ne!(first, second);
    let nobody = Browser::at(&program.url);
    assert_eq!(nobody.get(&format!("/set-up?token={first}")).status, 404, "the address of the start before is dead");
    assert_eq!(nobody.get(&format!("/set-up?token={second}")).status, 200);
    program.owner(EMAIL);
    drop(program);
    let program = Program::start(&file, &[]);
    assert_eq!(program.set_up, None, "somebody is set up");
    assert_eq!(Browser::at(&program.url).get(&format!("/set-up?token={second}")).status, 404);
}

#[test]
fn a_password_that_was_right_lets_nobody_in_after_it_was_changed() {
    let (server, _clock, _dir) = server();
    let read = || server.store.read_now(|tx| session::credentials(tx, EMAIL)).unwrap().unwrap();
    let (user, hash) = read();
    let before = session::Proof::new(user, hash.unwrap());
    let proof = before.clone();
    assert_eq!(server.write(move |tx| proof.confirm(tx)), user);
    let actor = Arc::new(Actor { id: user, ..Actor::clone(&Actor::operator()) });
    server.write(move |tx| me::set_password(tx, &actor, "another hash", "192.0.2.1", "a test").map(drop));
    assert!(server.store.write_now(move |tx| before.confirm(tx)).is_err(), "the old one counts for nothing");
    let now = session::Proof::new(user, read().1.unwrap());
    assert_eq!(server.write(move |tx| now.confirm(tx)), user);
}
