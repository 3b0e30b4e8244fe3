//! What protects the console: sessions, waits after failed tries, proxies, cookies and headers, the sandbox's way in.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use serde_json::json;
use stele::{
    config::Config,
    domain::access::{Access, Role},
};

use crate::support::{Browser, PASSWORD, Program, Server, SetClock, Visitor, machine, tenant, visitor};

const EMAIL: &str = "paula@acme.example";
const HOUR: Duration = Duration::from_secs(60 * 60);

fn clocked() -> (Server, Arc<SetClock>, tempfile::TempDir) {
    let (dir, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    visitor(&server, EMAIL);
    (server, clock, dir)
}

fn proxied() -> (Server, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { trusted_proxies: vec!["127.0.0.1".parse().unwrap(), "192.0.2.250".parse().unwrap()], ..Config::default() };
    let server = Server::start_as(&dir.path().join("stele.db"), config);
    visitor(&server, EMAIL);
    (server, dir)
}

#[test]
fn a_session_ends_after_twelve_idle_hours_and_after_thirty_days_at_the_latest() {
    let (server, clock, _dir) = clocked();
    let (idle, mut busy) = (Browser::signed_in(&server, EMAIL), Browser::signed_in(&server, EMAIL));
    let alive = |browser: &Browser<'_>| browser.get("/account/profile").status == 200;
    clock.pass(HOUR * 12 - Duration::from_secs(1));
    assert!(alive(&busy));
    // Uses are written each minute; a stop writes them too. The test does so by hand.
    let seen = |browser: &Browser<'_>, server: &Server, clock: &SetClock| {
        let secret = browser.session.clone().unwrap();
        let now = stele::domain::time::Clock::now(clock);
        server.write(move |tx| {
            let id = stele::service::account::session::find(tx, &secret)?.unwrap().0.id;
            stele::service::account::session::write_seen(tx, &[(id, now)])
        });
    };
    seen(&busy, &server, &clock);
    clock.pass(Duration::from_secs(1));
    assert!(!alive(&idle), "12 hours without a use");
    assert!(alive(&busy));
    for _ in 0..59 {
        clock.pass(HOUR * 12 - Duration::from_secs(60));
        assert!(alive(&busy), "it was used all the time");
        seen(&busy, &server, &clock);
    }
    clock.pass(HOUR);
    assert!(!alive(&busy), "30 days");
    busy.sign_in(EMAIL, PASSWORD, "");
    assert!(alive(&busy));
}

#[test]
fn a_new_password_gives_the_session_a_new_secret() {
    let (server, _clock, _dir) = clocked();
    let mut paula = Browser::signed_in(&server, EMAIL);
    let stolen = paula.session.clone();
    let set = paula.post("/account/password", &[("password", PASSWORD), ("new-password", "a new long password")]);
    assert_eq!((set.status, set.to()), (303, "/account/password"), "{}", set.body);
    assert_eq!(paula.get("/account/profile").status, 303, "who knows the old secret is out");
    paula.session = set.session();
    assert_ne!(paula.session, stolen);
    assert_eq!(paula.get("/account/profile").status, 200);
}

#[test]
fn tries_that_come_at_the_same_moment_are_counted_too() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    visitor(&server, EMAIL);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let one = || Browser::new(&server).sign_in(EMAIL, "not the password", "").status;
        let tries: Vec<_> = (0..24).map(|_| scope.spawn(one)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let count = |status| statuses.iter().filter(|one| **one == status).count();
    // Of one account eight wait in line; the others are told at once that there is no place.
    assert_eq!(count(422) + count(429) + count(503), 24, "{statuses:?}");
    // Two passwords are checked at a time; a wait of a second or more may be over before the last of them.
    assert!((5..=10).contains(&count(422)), "{statuses:?}");
}

#[test]
fn a_password_cannot_be_guessed_by_an_invitation() {
    let (server, _clock, _dir) = clocked();
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let shown = owner.invite("acme", EMAIL, "viewer");
    let link = shown.text.split("token=").nth(1).and_then(|rest| rest.split(['<', '"']).next()).unwrap().to_owned();
    let accept = |password: &str| server.ask("POST", "/invitations/accept", None, Some(&json!({"token": link, "password": password})));
    for _ in 0..5 {
        assert_eq!(accept("not the password").status, 401);
    }
    let refused = accept(PASSWORD);
    assert_eq!(refused.status, 429, "{}", refused.body);
    let form = [("token", link.as_str()), ("password", PASSWORD)];
    assert_eq!(Browser::new(&server).post("/invitations/accept", &form).status, 429, "a page and the API count together");
}

#[test]
fn only_a_trusted_proxy_says_where_a_request_comes_from() {
    let (server, _dir) = proxied();
    let seen_as = |server: &Server, headers: &[(&str, &str)]| {
        let form = [("email", EMAIL), ("password", PASSWORD)];
        let headers = [&[("Sec-Fetch-Site", "same-origin")], headers].concat();
        let mut browser = Browser::new(server);
        let page = browser.send("POST", "/sign-in", &form, &headers);
        browser.session = page.session();
        let page = browser.get("/account/sessions").body;
        let newest = page.split("data-label=\"Address\">").nth(1).unwrap();
        newest.split('<').next().unwrap().to_owned()
    };
    assert_eq!(seen_as(&server, &[("X-Forwarded-For", "198.51.100.1")]), "198.51.100.1");
    assert_eq!(
        seen_as(&server, &[("X-Forwarded-For", "6.6.6.6, 198.51.100.2, 192.0.2.250")]),
        "198.51.100.2",
        "what a client made up is passed over"
    );
    assert_eq!(
        seen_as(&server, &[("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "198.51.100.3")]),
        "198.51.100.3",
        "a proxy may add a line"
    );
    assert_eq!(seen_as(&server, &[("X-Forwarded-For", "not an address")]), "127.0.0.1");
    let dir = tempfile::tempdir().unwrap();
    let direct = Server::start(&dir.path().join("stele.db"));
    visitor(&direct, EMAIL);
    assert_eq!(seen_as(&direct, &[("X-Forwarded-For", "198.51.100.1")]), "127.0.0.1");
}

#[test]
fn a_viewer_who_sends_an_admins_form_gets_a_page_and_nothing_changes() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let account = machine(&server, here.org, Role::Viewer, Access::Read, None).account;
    let viewer = Visitor::new(&server, &here, "Vera", Role::Viewer);
    let forms: [(&str, &[(&str, &str)]); 5] = [
        ("/settings/accounts/new", &[("name", "Mine"), ("role", "admin")]),
        ("/settings/invitations/new", &[("email", "friend@acme.example"), ("role", "admin")]),
        ("/projects/new", &[("name", "Mine"), ("defaultLocale", "en")]),
        ("/p/site/settings", &[("name", "Mine"), ("slug", "mine"), ("defaultLocale", "en"), ("enabledLocales", "en")]),
        ("/p/site/website/web/pages/new", &[("name", "Mine"), ("slug", "mine")]),
    ];
    for (path, form) in forms {
        let refused = viewer.post(&format!("/o/acme{path}"), form);
        assert!(refused.status == 403 && refused.kind.starts_with("text/html"), "{path}: {} {}", refused.status, refused.text);
        assert!(refused.text.contains("You may not do this") && refused.text.contains("Nothing was changed"), "{path}");
    }
    let owner = Visitor::owner(&server, &here);
    for path in ["/settings/accounts", "/settings/invitations", "", "/p/site/website/web/pages"] {
        assert!(!owner.get(&format!("/o/acme{path}")).is(200).text.contains("<b>Mine</b>"), "{path}");
    }
    owner.get(&format!("/o/acme/settings/accounts/{account}")).is(200);
}

#[test]
fn an_encrypted_instance_has_a_cookie_of_its_own_and_asks_for_encryption() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { public_url: "https://stele.test".into(), ..Config::default() };
    let server = Server::start_as(&dir.path().join("stele.db"), config);
    visitor(&server, EMAIL);
    let browser = Browser::new(&server);
    let signed = browser.post("/sign-in", &[("email", EMAIL), ("password", PASSWORD)]);
    let cookie = signed.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-stele=") && !cookie.contains("Domain"), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(browser.post("/lang/fr", &[]).header("set-cookie").contains("Secure"));
    assert_eq!(browser.get("/sign-in").header("strict-transport-security"), "max-age=31536000", "this host, and no subdomain");
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    let mine = browser.send("GET", "/account/profile", &[], &[("Cookie", &format!("__Host-stele={secret}"))]);
    assert_eq!(mine.status, 200);
    let planted = browser.send("GET", "/account/profile", &[], &[("Cookie", &format!("stele={secret}"))]);
    assert_eq!(planted.status, 303, "another host's cookie of the plain name does not count");
    // Past the public address nothing is encrypted: a cookie that asks for it would not come back.
    let lan = [("Host", "stele.lan:4010"), ("Origin", "http://stele.lan:4010")];
    let begun = browser.send("POST", "/sign-in", &[("email", EMAIL), ("password", PASSWORD)], &lan);
    let cookie = begun.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).find(|one| one.starts_with("stele="));
    assert!(cookie.is_some_and(|cookie| cookie.contains("HttpOnly") && !cookie.contains("Secure")), "{cookie:?}");
    assert_eq!(begun.header("strict-transport-security"), "");
    let there = [("Host", "stele.lan:4010"), ("Cookie", cookie.unwrap().split(';').next().unwrap())];
    assert_eq!(browser.send("GET", "/account/profile", &[], &there).status, 200);
    let (plain, _dir) = proxied();
    let page = Browser::new(&plain).get("/sign-in");
    assert_eq!(page.header("strict-transport-security"), "", "a plain one cannot ask for what it does not have");
}

#[test]
fn subdomains_are_bound_only_where_that_is_set_and_nothing_is_where_it_is_off() {
    for (word, told) in [("off", ""), ("host", "max-age=31536000"), ("subdomains", "max-age=31536000; includeSubDomains")] {
        let dir = tempfile::tempdir().unwrap();
        let hsts = stele::config::parse::hsts(word).unwrap();
        let config = Config { public_url: "https://stele.test".into(), hsts, ..Config::default() };
        let server = Server::start_as(&dir.path().join("stele.db"), config);
        assert_eq!(Browser::new(&server).get("/sign-in").header("strict-transport-security"), told, "{word}");
    }
}

/// The status line of a raw request.
fn raw(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn one_click_signs_in_to_a_sandbox_from_this_machine_only() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
    command.args(["sandbox", "--empty", "--print", "json", "--listen", "127.0.0.1:0"]).env_remove("STELE_SANDBOX_KEY");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let told: serde_json::Value = serde_json::from_str(&line).unwrap();
    let address = told["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
    let ask = |host: &str, more: &str| {
        raw(&address, &format!("GET /sandbox/sign-in HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n"))
    };
    let answers = [
        ask(&address, ""),
        ask("localhost:4011", ""),
        ask("evil.example", ""),
        ask("localhost.evil.example", ""),
        ask(&address, "X-Forwarded-For: 198.51.100.1\r\n"),
        ask(&address, "Forwarded: for=198.51.100.1\r\n"),
    ];
    // Ended before anything is asserted, so that a failure leaves no program behind.
    child.kill().unwrap();
    child.wait().unwrap();
    let statuses = answers.map(|answer| answer.split(' ').nth(1).unwrap_or_default().to_owned());
    assert_eq!(statuses, ["303", "303", "404", "404", "404", "404"]);
    let dir = tempfile::tempdir().unwrap();
    let real = Program::start(&dir.path().join("stele.db"), &[]);
    real.owner(EMAIL);
    let nobody = Browser::at(&real.url);
    assert_eq!((nobody.get("/sandbox/sign-in").status, nobody.post("/sandbox/reset", &[]).status), (404, 404));
}

#[test]
fn two_who_hold_the_set_up_address_do_not_both_get_in() {
    let dir = tempfile::tempdir().unwrap();
    let program = Program::start(&dir.path().join("stele.db"), &[]);
    let (token, url) = (program.set_up_token(), &program.url);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let begin = |n: usize| {
            let (email, name) = (format!("owner{n}@acme.example"), format!("Acme {n}"));
            let form = [("token", token), ("name", "Paula"), ("email", &email), ("password", PASSWORD), ("organization", &name)];
            Browser::at(url).post("/set-up", &form).status
        };
        let tries: Vec<_> = (0..4).map(|n| scope.spawn(move || begin(n))).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 3, "{statuses:?}");
}
