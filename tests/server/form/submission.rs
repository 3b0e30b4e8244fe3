//! What visitors have sent, for those who may read it.

use std::time::Duration;

use serde_json::{Value, json};
use stele::{
    domain::access::{Access, Role},
    jobs,
    service::retention::Retention,
};

use super::{contact, faults, forms, send};
use crate::support::{SetClock, Site, machine};

const DAY: Duration = Duration::from_secs(86_400);

/// A form, its routes, and what was sent to it.
fn sent(site: &Site, settings: &Value, answers: &[Value]) -> String {
    let all = forms(site);
    let mut body = contact();
    body["settings"] = settings.clone();
    let form = site.make(&all, &body);
    for one in answers {
        assert_eq!(send(site, &form, one).0, 201, "{one}");
    }
    format!("{all}/{}", form["id"].as_str().unwrap())
}

fn ann(message: &str) -> Value {
    json!({ "name": "Ann Bell", "email": "ann@example.org", "message": message })
}

#[test]
fn what_was_sent_is_told_as_the_contract_does() {
    let site = Site::new();
    let one = sent(&site, &json!({ "tags": ["web"], "source": "site" }), &[ann("Hello")]);
    let all = format!("{one}/submissions");
    let listed = site.items(&all);
    let submission = &listed[0];
    assert_eq!((listed.len(), &submission["data"]), (1, &ann("Hello")));
    assert_eq!(&site.get(&format!("{all}/{}", submission["id"].as_str().unwrap())).body, submission);
    let of = &submission["metadata"];
    assert_eq!((&of["ip"], &of["tags"], &of["source"]), (&json!("127.0.0.0"), &json!(["web"]), &json!("site")));
    assert_eq!((&of["userAgent"], &of["submittedAt"]), (&json!("Test browser"), &submission["createdAt"]));
    assert_eq!((&submission["personId"], &submission["mark"], &submission["formVersion"]), (&Value::Null, &json!("unread"), &json!(1)));
    assert_eq!(site.get(&one).body["submissionCount"], 1);
    let other = format!("{all}/0190f4a2-0000-7000-8000-000000000000");
    assert_eq!(site.get(&other).message(), "There is no such submission, or you may not see it.");
}

#[test]
fn an_answer_names_the_version_of_the_form_that_it_answers() {
    let site = Site::new();
    let one = sent(&site, &json!({}), &[ann("First")]);
    site.change(&one, &json!({ "name": "Write to us" }));
    let form = site.get(&one).body;
    assert_eq!(send(&site, &form, &ann("Second")).0, 201);
    let versions: Vec<_> = site.items(&format!("{one}/submissions")).iter().map(|one| one["formVersion"].clone()).collect();
    assert_eq!(versions, [json!(2), json!(1)]);
}

#[test]
fn lists_are_searched_filtered_and_counted() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let one = sent(&site, &json!({}), &[ann("Où est la Straße?")]);
    clock.pass(Duration::from_secs(600));
    let form = site.get(&one).body;
    send(&site, &form, &json!({ "name": "Bo", "email": "bo@example.org" }));
    let all = format!("{one}/submissions");
    let names = |query: &str| site.items(&format!("{all}?{query}")).iter().map(|one| one["data"]["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names("search=STRASSE"), ["Ann Bell"]);
    assert_eq!(names("search=bo@example"), ["Bo"]);
    assert_eq!(names("sort=createdAt:asc"), ["Ann Bell", "Bo"]);
    assert_eq!(names("createdAt_gte=2030-01-01T00:05:00Z"), ["Bo"]);
    let first = format!("{all}/{}", site.items(&format!("{all}?search=straße"))[0]["id"].as_str().unwrap());
    let marked = site.change(&first, &json!({ "mark": "read", "note": "Answered by phone" }));
    assert_eq!((&marked["mark"], &marked["note"]), (&json!("read"), &json!("Answered by phone")));
    assert_eq!((names("mark=unread"), names("mark=read"), names("mark=spam").len()), (vec![json!("Bo")], vec![json!("Ann Bell")], 0));
    assert_eq!(site.get(&format!("{all}?mark=unread")).body["meta"]["total"], 1);
    assert_eq!(site.change(&first, &json!({ "note": null }))["note"], Value::Null);
    assert_eq!(faults(&site, "PATCH", &first, &json!({ "note": "x".repeat(5_001) }))[0], ("note".to_owned(), "too_long".to_owned()));
    assert_eq!(faults(&site, "PATCH", &first, &json!({ "data": {} }))[0].1, "unknown_field");
    assert_eq!(site.ask("DELETE", &first, None).status, 200);
    assert_eq!((site.get(&first).status, site.get(&all).body["meta"]["total"].clone()), (404, json!(1)));
    assert_eq!(site.get(&one).body["submissionCount"], 1);
    site.ask("DELETE", &one, None);
    assert_eq!(site.get(&all).message(), "There is no such form, or you may not see it.");
    let trash = format!("{}/trash/{}", site.project(), one.rsplit('/').next().unwrap());
    assert_eq!(site.get(&trash).body["snapshot"]["submissionCount"], 1, "what was sent is in the trash with it");
}

#[test]
fn who_may_read_it_with_a_key_is_an_option_of_the_key() {
    let site = Site::new();
    let one = sent(&site, &json!({}), &[ann("Hello")]);
    let all = format!("{one}/submissions");
    let key = |access: &str, option: Value| {
        let org = format!("/organizations/{}", site.here.org);
        let account = machine(&site.server, site.here.org, Role::Editor, Access::Read, None).account;
        let mut body = json!({ "name": "Reader", "access": access });
        if !option.is_null() {
            body["submissions"] = option;
        }
        site.make(&format!("{org}/service-accounts/{account}/api-keys"), &body)
    };
    let asked = |key: &Value| {
        let token = site.server.token(key["key"].as_str().unwrap());
        site.server.ask("GET", &all, Some(&token), None)
    };
    for (access, option, told, status) in [
        ("read", Value::Null, false, 403),
        ("write", Value::Null, false, 403),
        ("full", Value::Null, true, 200),
        ("read", json!(true), true, 200),
        ("full", json!(false), false, 403),
    ] {
        let key = key(access, option.clone());
        assert_eq!(key["submissions"], told, "{access} {option}");
        let answer = asked(&key);
        assert_eq!(answer.status, status, "{access} {option}: {}", answer.body);
        if status == 403 {
            assert_eq!(answer.reason(), "submissions_off");
        }
    }
    let reader = key("read", json!(true));
    let path = format!("/organizations/{}/api-keys/{}", site.here.org, reader["id"].as_str().unwrap());
    assert_eq!(site.change(&path, &json!({ "submissions": null }))["submissions"], false);
    assert_eq!(asked(&reader).reason(), "submissions_off", "at once");
    let token = site.server.token(reader["key"].as_str().unwrap());
    assert_eq!(site.server.ask("GET", &one, Some(&token), None).status, 200, "the form itself is read");
}

#[test]
fn a_key_that_only_reads_changes_nothing() {
    let site = Site::new();
    let one = sent(&site, &json!({}), &[ann("Hello")]);
    let submission = format!("{one}/submissions/{}", site.items(&format!("{one}/submissions"))[0]["id"].as_str().unwrap());
    let account = machine(&site.server, site.here.org, Role::Editor, Access::Read, None).account;
    let keys = format!("/organizations/{}/service-accounts/{account}/api-keys", site.here.org);
    let key = site.make(&keys, &json!({ "name": "Reader", "access": "read", "submissions": true }));
    let token = site.server.token(key["key"].as_str().unwrap());
    for (method, body) in [("PATCH", Some(json!({ "mark": "spam" }))), ("DELETE", None)] {
        assert_eq!(site.server.ask(method, &submission, Some(&token), body.as_ref()).reason(), "permission_missing", "{method}");
    }
}

#[test]
fn it_goes_when_its_form_says_so() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let one = sent(&site, &json!({ "keepDays": 30, "storedAddress": "none" }), &[ann("Hello")]);
    let all = format!("{one}/submissions");
    let kept = &site.items(&all)[0];
    assert_eq!((&kept["expiresAt"], &kept["metadata"]["ip"]), (&json!("2030-01-31T00:00:00.000Z"), &Value::Null));
    let sweep = jobs::sweep::job(&site.server.store, Retention::default());
    let id = one.rsplit('/').next().unwrap();
    let counts = || {
        let counted = "SELECT COALESCE(SUM(n), 0) FROM counters WHERE owner = ?1 AND what = 'submissions'";
        (site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", id), site.count(counted, id))
    };
    clock.pass(DAY * 29);
    site.server.once(&sweep);
    assert_eq!(counts(), (1, 1));
    clock.pass(DAY);
    site.server.once(&sweep);
    assert_eq!(counts(), (0, 0));
}

#[test]
fn what_is_refused_is_counted_by_its_reason() {
    let site = Site::new();
    let one = sent(&site, &json!({}), &[]);
    let form = site.get(&one).body;
    let bot = json!({ "name": "Bot", "email": "bot@example.org", "stele.website": "http://spam.example", "stele.again": "1" });
    for _ in 0..3 {
        assert_eq!(send(&site, &form, &bot).0, 403);
    }
    let blocked = format!("{one}/blocked-submissions");
    let found = site.get(&blocked).body;
    assert_eq!((&found["windowDays"], &found["total"]), (&json!(30), &json!(3)));
    assert_eq!((&found["byReason"][0]["reason"], &found["byReason"][0]["count"]), (&json!("honeypot"), &json!(3)));
    assert_eq!(site.items(&format!("{one}/submissions")).len(), 0, "nothing of it is stored");
    site.alter("UPDATE blocked_submissions SET day = day - 8", []);
    assert_eq!(site.get(&format!("{blocked}?windowDays=7")).body["total"], 0);
    for wrong in ["0", "366", "x"] {
        assert_eq!(site.get(&format!("{blocked}?windowDays={wrong}")).body["errors"][0]["field"], "windowDays");
    }
}
