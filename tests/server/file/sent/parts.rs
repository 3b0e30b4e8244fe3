//! Long uploads that come in parts.

use std::time::Duration;

use reqwest::blocking::Client;
use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Role},
        file::blob::PART,
    },
    jobs,
};

use super::super::noise;
use crate::support::{JsonAnswer, SetClock, Site, machine};

fn send(site: &Site, upload: &Value, part: u64, bytes: &[u8]) -> JsonAnswer {
    let path = format!("{}/api{}/{}/parts/{part}", site.server.url, site.uploads(), upload["id"].as_str().unwrap());
    JsonAnswer::of(Client::new().put(path).bearer_auth(&site.token).body(bytes.to_vec()).send().unwrap())
}

fn begin(site: &Site, size: usize) -> Value {
    site.make(&site.uploads(), &json!({ "filename": "film.bin", "sizeBytes": size, "isPublic": true, "folderPath": "Films" }))
}

fn finish(site: &Site, upload: &Value) -> JsonAnswer {
    site.ask("POST", &format!("{}/{}/finish", site.uploads(), upload["id"].as_str().unwrap()), None)
}

#[test]
fn parts_come_in_any_order_and_twice() {
    let site = Site::new();
    let bytes = noise(PART + 300_000);
    let upload = begin(&site, bytes.len());
    assert_eq!((&upload["partSize"], &upload["partCount"], &upload["received"]), (&json!(PART), &json!(2), &json!([])));
    assert_eq!(send(&site, &upload, 2, &bytes[PART..]).body["received"], json!([2]));
    let early = finish(&site, &upload);
    assert_eq!((early.status, &early.body["errors"][0]["code"]), (400, &json!("incomplete")));
    assert_eq!(send(&site, &upload, 1, &noise(PART)).status, 200);
    assert_eq!(send(&site, &upload, 1, &bytes[..PART]).body["received"], json!([1, 2]));
    let one = format!("{}/{}", site.uploads(), upload["id"].as_str().unwrap());
    assert_eq!(site.get(&one).body["received"], json!([1, 2]));
    let made = finish(&site, &upload);
    assert_eq!(
        (made.status, &made.body["sizeBytes"], &made.body["hash"]),
        (201, &json!(bytes.len()), &json!(blake3::hash(&bytes).to_hex().as_str()))
    );
    assert_eq!(site.fetch(made.body["url"].as_str().unwrap(), &[]).bytes().unwrap().as_ref(), &bytes[..]);
    assert_eq!((site.get(&one).status, finish(&site, &upload).status, site.rows("uploads")), (404, 404, 0));
    let upload = begin(&site, 3);
    send(&site, &upload, 1, b"abc");
    let path = format!("{}/{}/finish", site.uploads(), upload["id"].as_str().unwrap());
    let named = || site.server.ask_with("POST", &path, Some(&site.token), None, &[("idempotency-key", "once")]);
    let (first, again) = (named(), named());
    assert_eq!((first.status, again.status, again.header("idempotency-replayed")), (201, 201, "true"));
    assert_eq!(first.body, again.body);
}

#[test]
fn a_place_that_is_not_there_is_refused_before_the_first_byte() {
    let site = Site::new();
    for (place, field) in
        [(json!({ "folderId": site.here.app.to_string() }), "folderId"), (json!({ "folderPath": "a/".repeat(21) }), "folderPath")]
    {
        let mut draft = json!({ "filename": "film.bin", "sizeBytes": 3 });
        draft.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
        let refused = site.ask("POST", &site.uploads(), Some(&draft));
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field)), "{}", refused.body);
    }
    assert_eq!(site.rows("uploads"), 0);
}

#[test]
fn a_part_has_the_length_that_it_must_have() {
    let site = Site::new();
    let upload = begin(&site, 10);
    for (part, bytes, status) in [(1, 9, 400), (1, 11, 400), (0, 10, 404), (2, 0, 404), (1, 10, 200)] {
        assert_eq!(send(&site, &upload, part, &noise(bytes)).status, status, "{part} {bytes}");
    }
    let other = site.server.token(
        &crate::support::machine(
            &site.server,
            site.here.org,
            stele::domain::access::Role::Editor,
            stele::domain::access::Access::Write,
            None,
        )
        .secret,
    );
    let path = format!("{}/{}/finish", site.uploads(), upload["id"].as_str().unwrap());
    assert_eq!(site.server.ask("POST", &path, Some(&other), None).status, 404, "an upload is found by whoever sends it");
    let long = site.ask("POST", &site.uploads(), Some(&json!({ "filename": "a", "sizeBytes": (1_u64 << 30) + 1 })));
    assert_eq!((long.status, long.reason()), (413, "file_too_large"));
    let nameless = site.ask("POST", &site.uploads(), Some(&json!({ "filename": " ", "sizeBytes": 1 })));
    assert_eq!((nameless.status, &nameless.body["errors"][0]["field"]), (400, &json!("filename")));
}

#[test]
fn nobody_takes_all_uploads_of_a_project() {
    let clock = SetClock::new();
    let mut site = Site::with(&clock);
    let wish = json!({ "filename": "a.bin", "sizeBytes": 1 });
    let editors = [(), ()].map(|()| machine(&site.server, site.here.org, Role::Editor, Access::Write, None));
    let begin = |site: &Site, token: &str| site.server.ask("POST", &site.uploads(), Some(token), Some(&wish));
    let tokens = [0, 1].map(|n: usize| site.server.token(&editors[n].secret));
    let begun = tokens.iter().flat_map(|token| (0..50).map(move |_| token)).map(|token| begin(&site, token)).collect::<Vec<_>>();
    assert!(begun.iter().all(|one| one.status == 201));
    let refused = begin(&site, &tokens[0]);
    assert_eq!((refused.status, refused.reason()), (409, "too_many"), "nobody has more than half of them");
    assert_eq!((begin(&site, &site.token).status, site.get(&site.uploads()).body["meta"]["total"].clone()), (409, json!(100)));
    let own = site.server.ask("GET", &format!("{}?pageSize=1", site.uploads()), Some(&tokens[1]), None);
    assert_eq!((&own.body["meta"]["total"], own.body["data"][0]["startedBy"] == begun[99].body["startedBy"]), (&json!(50), true));
    let one = format!("{}/{}", site.uploads(), begun[0].body["id"].as_str().unwrap());
    assert_eq!(site.server.ask("DELETE", &one, Some(&tokens[1]), None).status, 404, "others do not find it");
    assert_eq!((site.get(&one).status, site.ask("DELETE", &one, None).status), (200, 200), "whoever manages the project does");
    assert_eq!((begin(&site, &site.token).status, begin(&site, &site.token).status), (201, 409));
    clock.pass(Duration::from_secs(3_601));
    site.token = site.server.token(&site.admin.secret);
    assert_eq!(begin(&site, &site.token).status, 201, "one that has not gone on for an hour gives way");
    assert_eq!(site.rows("uploads"), 100);
}

#[test]
fn what_is_given_up_goes_and_what_does_not_go_on_does_a_day_later() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let files = jobs::files::job(&site.server.store, None);
    let one = begin(&site, 10);
    begin(&site, 10);
    send(&site, &one, 1, &noise(10));
    site.server.write(stele::service::file::blob::bytes::abandon_all);
    site.server.once(&files);
    assert_eq!(site.rows("blob_chunks"), 1, "it outlives the server");
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.uploads(), one["id"].as_str().unwrap()), None).status, 200);
    site.server.once(&files);
    assert_eq!((site.rows("blob_chunks"), site.rows("uploads")), (0, 1));
    clock.pass(Duration::from_secs(25 * 3_600));
    site.server.once(&files);
    assert_eq!((site.rows("blobs"), site.rows("uploads")), (0, 0));
}
