//! What nobody sends who means well: too much, too deep, of the wrong type, in the wrong letters, or something else than it says. It is refused in plain
//! words, nothing of it is stored, and the next who means well is served.

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};
use stele::config::Config;

use super::{asking, client, forms, send};
use crate::{file::Form, support::Site};

const MEGABYTE: usize = 1_000_000;

/// A site with a form that asks for something of every sort.
fn start() -> (Site, Value, String) {
    // Nothing here is refused for being much at once.
    let mut config = Config::default();
    config.rate_limits.submission = None;
    let site = Site::as_set(config);
    let option = json!([{ "id": "a", "label": "A", "value": "a" }]);
    let field = |kind: &str, more: Value| {
        // What nobody sees has no label.
        let mut data = if kind == "hidden" { json!({ "name": kind }) } else { json!({ "label": kind, "name": kind }) };
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "id": kind, "type": format!("{kind}Field"), "data": data })
    };
    let blocks: Vec<_> = ["text", "textarea", "email", "phone", "url", "number", "date", "time", "checkbox", "rating", "file", "hidden"]
        .into_iter()
        .map(|kind| field(kind, json!({})))
        .chain(["select", "radio", "checkboxes"].map(|kind| field(kind, json!({ "options": option }))))
        .collect();
    let form = site.make(&forms(&site), &json!({ "name": "All", "slug": "all", "content": asking(&json!(blocks)) }));
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    (site, form, address)
}

/// A body of this type, as it is; none where the server closed the line before all of it was sent.
fn post(address: &str, kind: &str, body: impl Into<Vec<u8>>) -> Option<Response> {
    let client = client();
    client.post(address).header("content-type", kind).body(body.into()).send().ok()
}

fn status(address: &str, kind: &str, body: impl Into<Vec<u8>>) -> u16 {
    post(address, kind, body).map_or(413, |answer| answer.status().as_u16())
}

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const FILES: &str = "multipart/form-data; boundary=edge";

/// Nothing was stored, and the next answer is taken.
fn unharmed(site: &Site, form: &Value) {
    let rows = ["submissions", "submission_files", "blobs"].map(|table| site.rows(table));
    assert_eq!(rows, [0; 3]);
    assert_eq!(send(site, form, &json!({ "text": "Hello" })).0, 201);
    assert_eq!(site.raw().execute("DELETE FROM submissions", []).unwrap(), 1);
    site.server.notice();
}

#[test]
fn ten_thousand_fields_are_too_many_however_they_come() {
    let (site, form, address) = start();
    let names = || (0..10_000).map(|n| format!("field-{n}"));
    let object: serde_json::Map<String, Value> = names().map(|name| (name, json!("x"))).collect();
    assert_eq!(status(&address, JSON, Value::Object(object).to_string()), 400);
    let fields = names().fold(Form::default(), |form, name| form.field(&name, "x"));
    assert_eq!(status(&address, FILES, fields.closed()), 413);
    let files = names().fold(Form::default(), |form, name| form.attach(&name, "a.txt", "text/plain", b"x"));
    assert_eq!(status(&address, FILES, files.closed()), 413);
    unharmed(&site, &form);
    // A site of its own may have fields besides. Those that count are the first two thousand: an answer behind them is none.
    let pairs: String = names().map(|name| format!("{name}=x&")).chain(["text=late".to_owned()]).collect();
    assert_eq!(status(&address, FORM, pairs), 303);
    let data: String = site.raw().query_row("SELECT data FROM submissions", [], |row| row.get(0)).unwrap();
    assert_eq!(data, r#"{"checkbox":false}"#);
}

#[test]
fn ten_megabytes_are_too_much_wherever_they_stand() {
    let (site, form, address) = start();
    let long = "a".repeat(10 * MEGABYTE);
    for (kind, body) in [
        (JSON, json!({ "text": long }).to_string().into_bytes()),
        (JSON, format!("{{\"{long}\": 1}}").into_bytes()),
        (JSON, vec![b' '; 10 * MEGABYTE]),
        (FORM, format!("text={long}").into_bytes()),
        (FORM, format!("{long}=x").into_bytes()),
        (FILES, Form::default().field("text", &long).closed()),
        (FILES, Form::default().field(&long, "x").closed()),
        (FILES, Form::default().attach("file", &long, "x/y", b"x").closed()),
        (FILES, long.clone().into_bytes()),
    ] {
        let told = status(&address, kind, body);
        assert!(matches!(told, 400 | 413), "{kind}: {told}");
    }
    // A file of so many bytes is one that the field does not take: it is read to its end, and nothing of it is kept.
    let file = Form::default().field("text", "Kept").attach("file", "a.bin", "x/y", &vec![0; 11 * MEGABYTE]);
    let page = post(&address, FILES, file.closed()).unwrap();
    assert_eq!(page.status().as_u16(), 422);
    let page = page.text().unwrap();
    assert!(page.contains("file: a file of at most 10 MB") && page.contains("value=\"Kept\""), "{page}");
    unharmed(&site, &form);
}

#[test]
fn an_answer_of_the_wrong_type_is_wrong_in_each_field() {
    let (site, form, _) = start();
    let names: Vec<_> = site
        .get(&format!("{}/apps/forms/{}/forms/{}", site.project(), form["appId"].as_str().unwrap(), form["id"].as_str().unwrap()))
        .body["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 15);
    for odd in [json!({ "a": 1 }), json!([{ "a": 1 }]), json!([["a"]]), json!([[]]), json!({ "$gt": "" })] {
        let all: serde_json::Map<String, Value> = names.iter().map(|name| (name.clone(), odd.clone())).collect();
        let (status, told) = send(&site, &form, &Value::Object(all));
        let codes: Vec<_> = told["errors"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!((status, codes), (400, vec!["wrong_type"; 15]), "{odd}");
    }
    for (name, odd) in [
        ("number", json!("1e999")),
        ("number", json!("NaN")),
        ("number", json!("0x10")),
        ("number", json!(true)),
        ("rating", json!(0)),
        ("rating", json!(6)),
        ("rating", json!("4.5")),
        ("date", json!("2026-02-30")),
        ("time", json!("25:00")),
        ("email", json!("a@b@c")),
        ("email", json!("ann@example.org\r\nBcc: bo@example.org")),
        ("url", json!("javascript:alert(1)")),
        ("url", json!("data:text/html,x")),
        ("phone", json!("+41 <script>")),
        ("select", json!("b")),
        ("checkboxes", json!(["a", "b"])),
        ("hidden", json!("x".repeat(501))),
        ("text", json!("x".repeat(1_001))),
        ("file", json!("a.txt")),
    ] {
        let (status, told) = send(&site, &form, &json!({ name: odd }));
        assert_eq!((status, &told["errors"][0]["field"]), (400, &json!(name)), "{name}: {odd}");
    }
    for whole in [json!([]), json!("x"), json!(7), json!(null), json!(true)] {
        assert_eq!(send(&site, &form, &whole).0, 400, "{whole}");
    }
    unharmed(&site, &form);
}

#[test]
fn letters_that_hide_or_are_none_do_no_harm() {
    let (site, form, address) = start();
    for bad in [
        &b"{\"text\": \"\xff\xfe\"}"[..],
        br#"{"text": "\ud800"}"#,
        b"{\"text\": \"\xed\xa0\x80\"}",
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        b"{\"text\": \"a\nb\"}",
    ] {
        assert_eq!(status(&address, JSON, bad), 400, "{}", String::from_utf8_lossy(bad));
    }
    unharmed(&site, &form);
    let stored = || {
        let data: String = site.raw().query_row("SELECT data FROM submissions", [], |row| row.get(0)).unwrap();
        assert_eq!(site.raw().execute("DELETE FROM submissions", []).unwrap(), 1);
        site.server.notice();
        serde_json::from_str::<Value>(&data).unwrap()["text"].clone()
    };
    for (sent, kept) in [
        ("a\u{0}b", json!("ab")),
        ("invoice\u{202e}fdp", json!("invoicefdp")),
        ("👩‍🚀 e\u{301} 中文 العربية", json!("👩‍🚀 e\u{301} 中文 العربية")),
        ("<script>alert(1)</script>'; DROP TABLE submissions; --", json!("<script>alert(1)</script>'; DROP TABLE submissions; --")),
        ("=HYPERLINK(\"http://evil.example\")", json!("=HYPERLINK(\"http://evil.example\")")),
        ("{{7*7}} ${7*7} %s", json!("{{7*7}} ${7*7} %s")),
        ("\u{feff}\u{200b}", Value::Null),
    ] {
        assert_eq!(send(&site, &form, &json!({ "text": sent })).0, 201, "{sent}");
        assert_eq!(stored(), kept, "{sent}");
    }
    // What is no UTF-8 in a form is read as browsers would show it.
    assert_eq!(status(&address, FORM, &b"text=a%FFb%00%ED%A0%80"[..]), 303);
    assert_eq!(stored(), json!("a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}"));
    let body = [&b"--edge\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na\xff\xfeb\r\n--edge--\r\n"[..]].concat();
    assert_eq!(status(&address, FILES, body), 303);
    assert_eq!(stored(), json!("a\u{fffd}\u{fffd}b"));
    let named = Form::default().attach("file", "..\\..\\con\u{202e}fdp.exe", "text/html", b"<b>");
    assert_eq!(status(&address, FILES, named.closed()), 303);
    let (name, kind): (String, String) =
        site.raw().query_row("SELECT filename, mime_type FROM submission_files", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert!(!name.contains(['\\', '/', '\u{0}', '\u{202e}']), "{name:?}");
    assert_ne!(kind, "text/html", "a bold letter is no page");
}

#[test]
fn what_is_deep_is_refused_and_ends_nobody() {
    let (site, form, address) = start();
    for body in [
        "[".repeat(100_000),
        format!("{{\"text\": {}{}}}", "[".repeat(50_000), "]".repeat(50_000)),
        "{\"text\":".repeat(30_000),
        format!("{{\"text\": {}1{}}}", "[".repeat(127), "]".repeat(127)),
    ] {
        assert_eq!(status(&address, JSON, body), 400);
    }
    unharmed(&site, &form);
}

#[test]
fn a_body_that_is_something_else_than_it_says_is_refused() {
    let (site, form, address) = start();
    let (object, pairs, files) = (json!({ "text": "x" }).to_string(), "text=x".to_owned(), Form::default().field("text", "x").closed());
    for (kind, body) in [
        (JSON, pairs.clone().into_bytes()),
        (JSON, files.clone()),
        (FILES, object.clone().into_bytes()),
        (FILES, pairs.clone().into_bytes()),
        ("multipart/form-data", files.clone()),
        ("multipart/form-data; boundary=other", files.clone()),
        ("multipart/form-data; boundary=", files.clone()),
        ("multipart/mixed; boundary=edge", files.clone()),
        ("text/plain", object.clone().into_bytes()),
        ("text/html", object.clone().into_bytes()),
        ("", object.clone().into_bytes()),
        ("application/xml", b"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>".to_vec()),
    ] {
        let told = status(&address, kind, body);
        assert!(matches!(told, 400 | 415), "{kind}: {told}");
    }
    // Nothing is unpacked, so that nothing short becomes long.
    let packed: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xabV*I\xad(Q\xb2RR\xaaP\xaa\x05\0";
    let coded = Client::new().post(&address).header("content-type", JSON).header("content-encoding", "gzip").body(packed).send().unwrap();
    assert_eq!(coded.status().as_u16(), 400);
    for odd in [
        "--edge\r\n\r\nno head\r\n--edge--\r\n",
        "--edge\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nnever closed",
        "--edge\r\nContent-Disposition: attachment; filename=\"a\"\r\n\r\nx\r\n--edge--\r\n",
        "--edge\r\nContent-Disposition: form-data; name=\"text\"\r\nX: \u{1}\r\n\r\nx\r\n--edge--\r\n",
        "",
    ] {
        let told = status(&address, FILES, odd);
        assert_eq!(told, 400, "{odd:?}");
    }
    unharmed(&site, &form);
}

#[test]
fn a_field_of_ours_that_comes_twice_or_strangely_is_no_way_in() {
    let (site, form, address) = start();
    // A trap is one wherever it stands.
    let twice = "text=x&stele.website=&stele.website=spam&stele.again=1";
    assert_eq!((status(&address, FORM, twice), site.rows("blocked_submissions")), (422, 1));
    for (name, odd) in
        [("stele.token", json!(7)), ("stele.token", json!({ "a": 1 })), ("stele.locale", json!(["en"])), ("stele.unknown", json!(1))]
    {
        let (status, told) = send(&site, &form, &json!({ "text": "x", name: odd }));
        assert_eq!((status, &told["errors"][0]["code"]), (400, &json!("unknown_field")), "{name}");
    }
    for token in ["x".repeat(100_000), "é".repeat(24), "0".repeat(48), "f".repeat(48)] {
        let told = send(&site, &form, &json!({ "text": "x", "stele.token": token })).0;
        assert_eq!(told, 422, "{}", &token[..8]);
    }
    for locale in ["../../etc", &"x".repeat(10_000), "en\u{0}", "de-CH-1996"] {
        assert_eq!(send(&site, &form, &json!({ "text": "x", "stele.locale": locale })).0, 201, "{locale}");
        assert_eq!(site.raw().execute("DELETE FROM submissions", []).unwrap(), 1);
        site.server.notice();
    }
    unharmed(&site, &form);
}
