//! The lines of requests in the log, and what of them a filter shuts out.

use std::{fs, path::Path};

use regex::Regex;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{PASSWORD, Program};

/// A server that is set up, with these arguments.
fn started(args: &[&str]) -> (TempDir, Program) {
    let dir = tempfile::tempdir().unwrap();
    let program = Program::start(&dir.path().join("stele.db"), args);
    program.owner("paula@acme.example");
    (dir, program)
}

/// The first line with all of these, once it is there.
fn line(program: &Program, words: &[&str]) -> String {
    loop {
        let log = program.logged();
        if let Some(line) = log.lines().find(|line| words.iter().all(|word| line.contains(word))) {
            return line.to_owned();
        }
        std::thread::yield_now();
    }
}

fn client() -> reqwest::blocking::Client {
    reqwest::blocking::Client::new()
}

/// Signs in in vain, and exchanges what is no key.
fn refused(program: &Program) {
    let form = [("email", "paula@acme.example"), ("password", "not the password")];
    let sent = client().post(format!("{}/sign-in", program.url)).header("sec-fetch-site", "same-origin").form(&form).send().unwrap();
    assert_eq!(sent.status(), 422);
    let key = json!({ "apiKey": "gct_sat_wrong" });
    assert_eq!(client().post(format!("{}/api/auth/token", program.url)).json(&key).send().unwrap().status(), 401);
}

#[test]
fn writes_and_refusals_are_told_and_reads_are_not() {
    let (_dir, program) = started(&[]);
    assert_eq!(client().get(format!("{}/api/health/echo", program.url)).send().unwrap().status(), 200);
    assert_eq!(client().get(format!("{}/api/whoami", program.url)).send().unwrap().status(), 401);
    let made = line(&program, &[" request ", "method=POST route=/set-up status=303"]);
    assert!(made.contains("INFO request ") && made.contains(" address=127.0.0.1 id=") && made.contains(" bytes=0 "), "{made}");
    let told = line(&program, &["route=/api/whoami status=401"]);
    assert!(told.contains("method=GET") && told.contains("reason=\"token_missing\"") && told.contains(" ms="), "{told}");
    assert!(!program.logged().contains("health/echo"), "{}", program.logged());
}

#[test]
fn all_requests_are_told_when_that_is_asked_for_with_who_asked() {
    let (_dir, program) = started(&["--request-log", "all", "--log-format", "json"]);
    let mut browser = crate::support::Browser::at(&program.url);
    browser.sign_in("paula@acme.example", PASSWORD, "/");
    browser.get("/account/sessions");
    let told: Value = serde_json::from_str(&line(&program, &["\"route\":\"/account/sessions\"", "\"user\":"])).unwrap();
    let fields = &told["fields"];
    assert_eq!((&told["level"], &fields["message"], &fields["method"]), (&json!("INFO"), &json!("request"), &json!("GET")));
    assert_eq!((&fields["status"], &fields["address"]), (&json!(200), &json!("127.0.0.1")));
    assert!(fields["bytes"].as_u64().unwrap() > 1000 && fields["id"].is_string() && fields["ms"].is_u64(), "{told}");
}

#[test]
fn the_address_by_which_it_is_set_up_is_json_where_the_log_is() {
    let dir = tempfile::tempdir().unwrap();
    let program = Program::start(&dir.path().join("stele.db"), &["--log-format", "json"]);
    let logged = program.logged();
    let all: Vec<Value> = logged.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let link = all.iter().find_map(|line| line["fields"]["address"].as_str().filter(|link| link.contains("/set-up?token="))).unwrap();
    assert_eq!(client().get(link).send().unwrap().status(), 200);
}

#[test]
fn what_is_refused_is_told_with_its_address_as_the_filter_expects_it() {
    let filter = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operate/fail2ban-filter.conf")).unwrap();
    let rules: Vec<_> = filter.lines().filter_map(|line| line.trim_start_matches("failregex =").trim().strip_prefix('^')).collect();
    assert_eq!(rules.len(), 2);
    for (rule, args) in rules.into_iter().zip([&[][..], &["--log-format", "json"]]) {
        let rule = Regex::new(&format!("^{}", rule.replace("<ADDR>", "(?P<address>[0-9a-f.:]+)"))).unwrap();
        let (_dir, program) = started(args);
        refused(&program);
        for what in ["a sign-in was refused", "a key exchange was refused"] {
            let line = line(&program, &[what]);
            let found = rule.captures(&line).unwrap_or_else(|| panic!("{rule} does not match {line}"));
            assert_eq!(&found["address"], "127.0.0.1");
        }
        assert!(!program.logged().contains("gct_sat_wrong") && !program.logged().contains("not the password"));
    }
}
