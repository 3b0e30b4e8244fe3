//! Webhooks hear of what visitors send, in full, and of nothing that was refused; who may not read it, does not so through them either.

use serde_json::{Value, json};

use super::{asking, builder, client, contact, forms, send};
use crate::{
    file::Form as File,
    project::webhook::{self, hooks, one, open, secret, signed},
    support::{JsonAnswer, Receiver, Site},
};

fn ann(message: &str) -> Value {
    json!({ "name": "Ann Bell", "email": "ann@example.org", "message": message })
}

#[test]
fn what_a_visitor_sends_is_told_in_full_and_what_is_refused_is_not() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let all = forms(&site);
    let form = site.make(&all, &contact());
    assert_eq!(send(&site, &form, &json!({ "name": "Ann" })).0, 400);
    let (status, stored) = send(&site, &form, &ann("Hello"));
    assert_eq!(status, 201);
    let told = receiver.next();
    assert_eq!((told.event(), told.header("webhook-signature")), ("form.submitted", signed(&told, &secret(&site, &hook, 0)).as_str()));
    let app = all.split('/').rev().nth(1).unwrap();
    for (name, value) in [
        ("id", &stored["id"]),
        ("formId", &form["id"]),
        ("name", &json!("Contact")),
        ("formVersion", &json!(1)),
        ("locale", &json!("en")),
        ("answers", &ann("Hello")),
        ("truncated", &json!([])),
        ("organizationId", &json!(site.here.org.to_string())),
        ("projectId", &json!(site.here.project.to_string())),
        ("appId", &json!(app)),
    ] {
        assert_eq!(&told.body["data"][name], value, "{name}");
    }
    assert!(!told.text.contains("127.0.0") && !told.text.contains("Test browser"), "nothing of where it came from: {}", told.text);
    assert!(receiver.is_quiet());
    site.change(&format!("{all}/{}", form["id"].as_str().unwrap()), &json!({ "name": "Write to us" }));
    site.change(&one(&site, &hook), &json!({ "events": ["entry.created"] }));
    assert_eq!(send(&site, &form, &ann("Nobody hears this")).0, 201);
    assert_eq!(site.items(&format!("{}/deliveries", one(&site, &hook))).len(), 1);
}

#[test]
fn what_is_deleted_is_told_no_more_and_stands_in_no_log() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    receiver.hangs();
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let all = forms(&site);
    let form = site.make(&all, &contact());
    let ids = ["first", "second"].map(|message| send(&site, &form, &ann(message)).1["id"].clone());
    assert_eq!(receiver.next().body["data"]["id"], ids[0]);
    for id in &ids {
        let path = format!("{all}/{}/submissions/{}", form["id"].as_str().unwrap(), id.as_str().unwrap());
        assert_eq!(site.ask("DELETE", &path, None).status, 200);
    }
    assert_eq!(site.items(&format!("{}/deliveries", one(&site, &hook))), Vec::<Value>::new());
}

#[test]
fn a_long_answer_is_cut_and_named() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let mut body = contact();
    body["content"][0]["columns"][0]["blocks"][2]["data"]["maxLength"] = json!(20_000);
    let form = site.make(&forms(&site), &body);
    assert_eq!(send(&site, &form, &ann(&"é".repeat(20_000))).0, 201);
    let told = receiver.next();
    let data = &told.body["data"];
    assert_eq!((&data["truncated"], &data["answers"]["name"]), (&json!(["message"]), &json!("Ann Bell")));
    assert!(told.text.len() < 20_000 && data["answers"]["message"].as_str().unwrap().ends_with("é…"), "{}", told.text.len());
}

#[test]
fn a_key_that_reads_no_submissions_does_not_by_a_webhook() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let form = site.make(&forms(&site), &contact());
    assert_eq!(send(&site, &form, &ann("Hello")).0, 201);
    receiver.next();
    let token = builder(&site);
    let ask = |method: &str, path: &str, body: Option<&Value>| site.server.ask(method, path, Some(&token), body);
    for events in [json!([]), json!(["form.submitted"])] {
        let refused = ask("POST", &hooks(&site), Some(&json!({ "url": "https://example.org", "events": events })));
        assert_eq!((refused.status, refused.reason()), (403, "submissions_off"), "{}", refused.body);
    }
    let refused = ask("PATCH", &one(&site, &hook), Some(&json!({ "url": "https://example.org" })));
    assert_eq!((refused.status, refused.reason()), (403, "submissions_off"));
    let made = ask("POST", &hooks(&site), Some(&json!({ "url": "https://example.org", "events": ["entry.created"] })));
    assert_eq!(made.status, 201, "{}", made.body);
    let log = format!("{}/deliveries", one(&site, &hook));
    let full = site.items(&log).remove(0);
    assert_eq!(full["payload"]["data"]["answers"], ann("Hello"));
    let listed = ask("GET", &log, None);
    let one = ask("GET", &format!("{log}/{}", full["id"].as_str().unwrap()), None);
    for seen in [&listed.body["data"][0], &one.body] {
        assert_eq!((&seen["payload"]["type"], &seen["payload"]["data"]["formId"]), (&json!("form.submitted"), &form["id"]), "{seen}");
        assert!(!seen.to_string().contains("Ann Bell"));
    }
}

#[test]
fn what_was_told_is_sent_nowhere_else_by_a_key_that_does_not_read_it() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    receiver.answers("200 OK", &[], "Thanks, Ann Bell");
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let all = forms(&site);
    let form = site.make(&all, &contact());
    let (_, sent) = send(&site, &form, &ann("Hello"));
    receiver.next();
    let (at, log) = (one(&site, &hook), format!("{}/deliveries", one(&site, &hook)));
    let told = loop {
        if let Some(told) = site.items(&format!("{log}?state=delivered")).pop() {
            break told;
        }
    };
    let token = builder(&site);
    let ask = |method: &str, path: &str, body: Option<&Value>| site.server.ask(method, path, Some(&token), body);
    let change = |body: &Value| ask("PATCH", &at, Some(body));
    let is_refused = |answer: &JsonAnswer| (answer.status, answer.reason()) == (403, "submissions_off");
    let mine = json!({ "url": "https://mine.example/" });
    for body in
        [mine.clone(), json!({ "url": "https://mine.example/", "events": ["entry.created"] }), json!({ "events": ["entry.created"] })]
    {
        assert!(is_refused(&change(&body)), "{body}");
    }
    let again = format!("{log}/{}/resend", told["id"].as_str().unwrap());
    assert!(is_refused(&ask("POST", &again, None)));
    assert_eq!(told["responseBody"], "Thanks, Ann Bell");
    let seen = ask("GET", &log, None).body["data"][0].clone();
    assert_eq!((&seen["responseStatus"], &seen["responseBody"]), (&json!(200), &Value::Null), "an answer may repeat what it was told");
    // What is switched off leads nowhere else either, and is not switched on again.
    assert_eq!(change(&json!({ "active": false, "description": "For now" })).status, 200);
    assert!(is_refused(&change(&mine)) && is_refused(&change(&json!({ "active": true }))));
    // It hears of nothing any more, but what it has heard can be sent again.
    site.change(&at, &json!({ "active": true, "events": ["entry.created"] }));
    assert!(is_refused(&change(&mine)) && is_refused(&ask("POST", &again, None)));
    assert_eq!(site.ask("POST", &again, None).status, 200);
    assert_eq!(receiver.next().body["data"]["answers"], ann("Hello"));
    let path = format!("{all}/{}/submissions/{}", form["id"].as_str().unwrap(), sent["id"].as_str().unwrap());
    assert_eq!(site.ask("DELETE", &path, None).status, 200);
    assert_eq!(change(&mine).status, 200, "nothing of a visitor is left");
    assert!(is_refused(&change(&json!({ "events": [] }))));
}

#[test]
fn a_key_that_reads_no_submissions_has_them_announced_to_nobody() {
    let site = Site::new();
    let all = forms(&site);
    let settings = format!("{}/apps/{}/settings", site.project(), all.split('/').rev().nth(1).unwrap());
    let token = builder(&site);
    let announce = |to: &Value| site.server.ask("PATCH", &settings, Some(&token), Some(&json!({ "settings": { "notifyEmail": to } })));
    let evil = json!("evil@example.com");
    let refused = announce(&evil);
    assert_eq!((refused.status, refused.reason()), (403, "submissions_off"), "{}", refused.body);
    let desk = json!("desk@acme.example");
    site.change(&settings, &json!({ "settings": { "notifyEmail": desk } }));
    assert_eq!((announce(&evil).status, announce(&desk).status), (403, 200), "what is so already is no change");
    assert_eq!(site.get(&settings).body["settings"]["notifyEmail"], desk);
    assert_eq!(announce(&Value::Null).status, 200);
}

#[test]
fn files_are_told_with_where_a_key_that_reads_submissions_gets_them() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let fields = json!([{ "id": "cv", "type": "fileField", "data": { "label": "Your CV", "name": "cv", "maxFiles": 10 } }]);
    let form = site.make(&forms(&site), &json!({ "name": "Apply", "slug": "apply", "content": asking(&fields) }));
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let long = "n".repeat(230);
    let files = (0..10).fold(File::default(), |all, n| all.attach("cv", &format!("{n}{long}.txt"), "text/plain", b"Dear all"));
    let sent = client().post(address);
    let sent = sent.header("content-type", "multipart/form-data; boundary=edge").body(files.closed()).send().unwrap();
    assert_eq!(sent.status().as_u16(), 303);
    let told = receiver.next();
    let (files, more) = (told.body["data"]["files"].as_array().unwrap(), told.body["data"]["moreFiles"].as_u64().unwrap());
    assert!(told.text.len() < 20_000 && more > 0 && files.len() as u64 + more == 10, "{}", told.text);
    let one = &files[0];
    let filename = format!("0{long}.txt");
    assert_eq!(
        (&one["field"], &one["filename"], &one["mimeType"], &one["sizeBytes"]),
        (&json!("cv"), &json!(filename), &json!("text/plain"), &json!(8))
    );
    let there = one["url"].as_str().unwrap().replace("http://stele.test", &site.server.url);
    let fetch = |token: &str| reqwest::blocking::Client::new().get(&there).bearer_auth(token).send().unwrap();
    assert_eq!(fetch(&site.token).bytes().unwrap().as_ref(), b"Dear all");
    assert_eq!(fetch("").status().as_u16(), 401);
    let token = builder(&site);
    assert_eq!(fetch(&token).status().as_u16(), 403);
    let log = site.server.ask("GET", &format!("{}/deliveries", webhook::one(&site, &hook)), Some(&token), None);
    assert!(log.body["data"][0]["payload"]["data"]["formId"] == form["id"] && !log.body.to_string().contains(&long), "{}", log.body);
}
