//! Files that visitors send with a form: kept with what they sent, private, gone with it; and nothing is kept of what is refused.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
    thread,
    time::Duration,
};

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::access::{Access, Role},
    jobs,
    service::{file::blob::bytes::Bounds, retention::Retention},
};

use super::{asking, client, faults, forms, send};
use crate::{
    file::{Form, noise},
    support::{SetClock, Site, Visitor, machine},
};

const DAY: Duration = Duration::from_secs(86_400);
const PDF: &[u8] = b"%PDF-1.7\n\xff\xfe\xfd the rest";

/// A form for an application, and where it is filled in.
struct Applying {
    site: Site,
    clock: Arc<SetClock>,
    form: Value,
    /// Where the API has it.
    path: String,
    address: String,
}

fn start(config: Config, settings: &Value) -> Applying {
    let clock = SetClock::new();
    let site = Site::clocked_as(&clock, config);
    let all = forms(&site);
    let blocks = json!([
        { "id": "who", "type": "textField", "data": { "label": "Your name", "name": "name", "required": true } },
        { "id": "vitae", "type": "fileField", "data": { "label": "Your CV", "name": "cv", "required": true, "accept": "pdf, text/plain", "maxSize": 1 } },
        { "id": "works", "type": "fileField", "data": { "label": "Works", "name": "works", "maxFiles": 2,
            "showIf": [{ "field": "name", "is": "differs", "value": "Nobody" }] } },
    ]);
    let form = site.make(&all, &json!({ "name": "Apply", "slug": "apply", "content": asking(&blocks), "settings": settings }));
    let id = form["id"].as_str().unwrap();
    let (path, address) = (format!("{all}/{id}"), format!("{}/f/{id}", site.server.url));
    Applying { site, clock, form, path, address }
}

impl Applying {
    fn post(&self, form: &Form) -> Response {
        self.post_as(form, "text/html,application/xhtml+xml")
    }

    fn post_as(&self, form: &Form, accept: &str) -> Response {
        let client = client();
        let request = client.post(&self.address).header("content-type", "multipart/form-data; boundary=edge").header("accept", accept);
        request.body(form.closed()).send().unwrap()
    }

    fn submissions(&self) -> Vec<Value> {
        self.site.items(&format!("{}/submissions", self.path))
    }

    fn file_of(&self, submission: &Value, n: usize) -> String {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        format!("{}/submissions/{}/files/{}", self.path, text(&submission["id"]), text(&submission["files"][n]["id"]))
    }

    fn fetch(&self, path: &str, token: &str) -> Response {
        Client::new().get(format!("{}/api{path}", self.site.server.url)).bearer_auth(token).send().unwrap()
    }

    /// What is dropped by itself is dropped, an hour after it may be.
    fn sweep(&self) {
        self.site.server.once(&jobs::sweep::job(&self.site.server.store, Retention::default()));
        self.clock.pass(Duration::from_secs(3_601));
        self.site.server.once(&jobs::files::job(&self.site.server.store, None));
    }

    /// Nothing is left of what came, once the last that held some of it has let go.
    fn nothing_is_kept(&self) {
        while self.site.rows("blobs") > 0 {
            self.site.server.once(&jobs::files::job(&self.site.server.store, None));
            thread::yield_now();
        }
        let rows = ["submissions", "submission_files", "blob_chunks"].map(|table| self.site.rows(table));
        assert_eq!(rows, [0; 3]);
    }
}

fn good() -> Form {
    Form::default().field("name", "Ann").attach("cv", "My CV.pdf", "application/octet-stream", PDF)
}

#[test]
fn files_are_kept_with_what_was_sent_and_are_nobody_elses() {
    let it = start(Config::default(), &json!({}));
    let page = Client::new().get(&it.address).send().unwrap().text().unwrap();
    assert!(page.contains("enctype=\"multipart/form-data\"") && page.contains("accept=\".pdf,text/plain\""), "{page}");
    assert!(page.contains("name=\"works\" multiple=\"multiple\""), "{page}");
    let long = noise(700_000);
    let form = good().attach("works", "../a%22b.bin", "x/y", &long).attach("works", "b.bin", "x/y", b"");
    assert_eq!(it.post(&form).status().as_u16(), 303);
    let sent = &it.submissions()[0];
    assert_eq!(sent["data"], json!({ "name": "Ann", "cv": ["My CV.pdf"], "works": ["a%22b.bin", "b.bin"] }));
    let told = |n: usize| ["field", "filename", "mimeType", "sizeBytes"].map(|name| sent["files"][n][name].clone());
    assert_eq!(told(0), [json!("cv"), json!("My CV.pdf"), json!("application/pdf"), json!(PDF.len())]);
    assert_eq!((&told(1)[3], &told(2)[3]), (&json!(700_000), &json!(0)));
    let there = it.fetch(&it.file_of(sent, 0), &it.site.token);
    let header = |name: &str| there.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((there.status().as_u16(), header("content-type")), (200, "application/octet-stream".to_owned()));
    assert!(header("content-disposition").starts_with("attachment; filename=\"My-CV.pdf\""), "{}", header("content-disposition"));
    assert!(header("content-security-policy").starts_with("sandbox;") && header("x-content-type-options") == "nosniff");
    assert_eq!(
        (header("cache-control"), header("cross-origin-resource-policy")),
        ("private, no-store".to_owned(), "same-origin".to_owned())
    );
    assert_eq!(there.bytes().unwrap().as_ref(), PDF);
    assert_eq!(it.fetch(&it.file_of(sent, 1), &it.site.token).bytes().unwrap().as_ref(), long);
    assert_eq!(it.fetch(&it.file_of(sent, 2), &it.site.token).bytes().unwrap().len(), 0);
    // It is no file of the project: no list has it, and no address.
    let id = sent["files"][0]["id"].as_str().unwrap();
    assert_eq!(it.site.items(&it.site.files()).len(), 0);
    assert_eq!(it.site.get(&format!("{}/{id}", it.site.files())).status, 404);
    for token in ["", &it.site.token] {
        let file = Client::new().get(format!("{}/files/{id}/cv.pdf", it.site.server.url));
        let file = if token.is_empty() { file } else { file.bearer_auth(token) };
        assert_eq!(file.send().unwrap().status().as_u16(), 404);
    }
    let second = send(&it.site, &it.form, &json!({ "name": "Bo" }));
    assert_eq!(second.1["errors"][0]["code"], "required", "it is required, however it is sent");
}

#[test]
fn only_who_may_read_what_was_sent_gets_its_files() {
    let it = start(Config::default(), &json!({}));
    assert_eq!((it.post(&good()).status().as_u16(), it.post(&good()).status().as_u16()), (303, 303));
    let sent = it.submissions();
    let (first, second) = (it.file_of(&sent[0], 0), it.file_of(&sent[1], 0));
    let swapped = format!("{}/{}", first.rsplit_once('/').unwrap().0, second.rsplit_once('/').unwrap().1);
    assert_eq!(it.fetch(&swapped, &it.site.token).status().as_u16(), 404, "a file of another submission");
    assert_eq!(Client::new().get(format!("{}/api{first}", it.site.server.url)).send().unwrap().status().as_u16(), 401);
    for (access, status) in [(Access::Read, 403), (Access::Write, 403), (Access::Full, 200)] {
        let key = machine(&it.site.server, it.site.here.org, Role::Editor, access, None);
        assert_eq!(it.fetch(&first, &it.site.server.token(&key.secret)).status().as_u16(), status, "{access:?}");
    }
    let at = format!("/o/acme/p/site/forms/forms/forms/{}/submissions", it.form["id"].as_str().unwrap());
    let eva = Visitor::new(&it.site.server, &it.site.here, "Eva", Role::Editor);
    let id = sent[0]["id"].as_str().unwrap();
    let page = eva.get(&format!("{at}?show={id}")).is(200).text;
    let link = format!("{at}/{id}/files/{}", sent[0]["files"][0]["id"].as_str().unwrap());
    assert!(page.contains(&format!("href=\"{link}\"")) && page.contains("My CV.pdf</a>"), "{page}");
    assert!(!page.contains("<dd>My CV.pdf</dd>"), "once is enough");
    eva.get(&link).is(200);
    let viewer = Visitor::new(&it.site.server, &it.site.here, "Vic", Role::Collaborator);
    assert_ne!(viewer.get(&link).status, 200);
}

#[test]
fn what_is_refused_is_said_beside_its_field_and_keeps_nothing() {
    let it = start(Config::default(), &json!({}));
    let html = b"<script>alert(1)</script>";
    let long = noise(1_000_001);
    let cases = [
        (Form::default().field("name", "Ann"), "Your CV: an answer is needed", false),
        (good().attach("cv", "two.pdf", "application/pdf", PDF), "Your CV: too many files; at most 1", true),
        (
            Form::default().attach("cv", "cv.pdf", "application/pdf", html).field("name", "Ann"),
            "Your CV: a file of one of these types: pdf, text/plain",
            true,
        ),
        (Form::default().field("name", "Ann").attach("cv", "cv.pdf", "application/pdf", &long), "Your CV: a file of at most 1 MB", true),
        (Form::default().field("name", "Ann").field("cv", "My CV.pdf"), "Your CV: choose a file", false),
        (Form::default().field("name", "").attach("cv", "cv.pdf", "application/pdf", PDF), "Your name: an answer is needed", true),
        (Form::default().attach("cv", "cv.pdf", "application/pdf", PDF).field("name", ""), "Your name: an answer is needed", true),
        (good().field("stele.website", "x"), "Please send it once more", true),
        (good().field("stele.token", "none"), "open for long", true),
    ];
    for (form, said, is_chosen_again) in &cases {
        let answer = it.post(form);
        assert_eq!(answer.status().as_u16(), 422, "{said}");
        let page = answer.text().unwrap();
        assert!(page.contains(said), "{said}: {page}");
        assert_eq!(
            page.contains("once more: a page cannot keep files") && page.contains("vitae-input-again"),
            *is_chosen_again,
            "{said}: {page}"
        );
    }
    // Not even for a moment.
    assert_eq!(it.site.rows("blobs"), 0);
    let told = it.post_as(&cases[2].0, "application/json");
    assert_eq!((told.status().as_u16(), &told.json::<Value>().unwrap()["errors"][0]["code"]), (400, &json!("wrong_file_type")));
    let (status, told) = send(&it.site, &it.form, &json!({ "name": "Ann", "cv": "JVBERi0=" }));
    assert_eq!((status, &told["errors"][0]["code"]), (400, &json!("no_file")), "JSON carries no files");
    it.nothing_is_kept();
}

#[test]
fn files_that_nobody_asked_for_are_let_go() {
    let it = start(Config::default(), &json!({}));
    let form = Form::default().field("name", "Nobody").attach("cv", "a.txt", "text/plain", b"Text");
    let form =
        form.attach("works", "b.txt", "text/plain", b"Text").attach("name", "c.txt", "x/y", b"x").attach("else", "d.txt", "x/y", b"x");
    let stored = it.post_as(&form, "application/json");
    assert_eq!(stored.status().as_u16(), 201);
    let sent = &it.submissions()[0];
    assert_eq!((&sent["data"], sent["files"].as_array().unwrap().len()), (&json!({ "name": "Nobody", "cv": ["a.txt"] }), 1));
    assert_eq!(it.site.ask("POST", &format!("{}/deactivate", it.path), None).status, 200);
    assert!(it.post(&good()).text().unwrap().contains("takes nothing at the moment"));
    assert_eq!((it.site.rows("submissions"), it.site.rows("submission_files")), (1, 1));
}

#[test]
fn a_page_is_sent_once_with_its_files() {
    let it = start(Config::default(), &json!({}));
    let page = Client::new().get(&it.address).send().unwrap().text().unwrap();
    let token = page.split("name=\"stele.token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    it.clock.pass(Duration::from_secs(5));
    let form = good().field("stele.token", token);
    assert_eq!([it.post(&form), it.post(&form), it.post(&form)].map(|answer| answer.status().as_u16()), [303; 3]);
    assert_eq!((it.site.rows("submissions"), it.site.rows("submission_files")), (1, 1));
}

#[test]
fn they_go_with_what_they_came_with_however_that_goes() {
    let it = start(Config::default(), &json!({ "keepDays": 3 }));
    let sent = |works: &[u8]| {
        assert_eq!(it.post(&good().attach("works", "w.bin", "x/y", works)).status().as_u16(), 303);
        it.submissions()[0].clone()
    };
    let left = || (it.site.rows("submission_files"), it.site.rows("blobs WHERE hash IS NOT NULL"));
    let one = sent(&noise(300_000));
    assert_eq!(left(), (2, 2));
    // Deleted by somebody; what another submission has as well stays.
    it.clock.pass(Duration::from_secs(1));
    sent(b"other");
    assert_eq!(left(), (4, 3));
    assert_eq!(it.site.ask("DELETE", &format!("{}/submissions/{}", it.path, one["id"].as_str().unwrap()), None).status, 200);
    it.sweep();
    assert_eq!(left(), (2, 2));
    // By itself.
    it.clock.pass(DAY * 3);
    it.sweep();
    assert_eq!((left(), it.site.rows("blob_chunks")), ((0, 0), 0));
    // With its form.
    let key = machine(&it.site.server, it.site.here.org, Role::Admin, Access::Full, None);
    let token = it.site.server.token(&key.secret);
    assert_eq!(it.post(&good()).status().as_u16(), 303);
    assert_eq!(it.site.server.ask("DELETE", &it.path, Some(&token), None).status, 200);
    let trashed = format!("{}/trash/{}", it.site.project(), it.form["id"].as_str().unwrap());
    assert_eq!(it.site.server.ask("DELETE", &trashed, Some(&token), None).status, 200);
    assert_eq!(left(), (1, 1));
    it.sweep();
    assert_eq!(left(), (0, 0));
}

#[test]
fn a_project_that_is_purged_leaves_no_file_of_a_visitor() {
    let it = start(Config::default(), &json!({}));
    assert_eq!(it.post(&good()).status().as_u16(), 303);
    assert_eq!(it.site.ask("DELETE", &it.site.project(), None).status, 200);
    it.clock.pass(DAY * 31);
    for _ in 0..20 {
        it.site.server.once(&jobs::sweep::job(&it.site.server.store, Retention::default()));
    }
    assert_eq!(
        ["projects WHERE deleted_at IS NOT NULL", "submissions", "submission_files", "blobs", "blob_chunks"]
            .map(|table| it.site.rows(table)),
        [0; 5]
    );
}

#[test]
fn they_count_against_what_a_project_keeps_and_nothing_typed_is_lost() {
    let files = Bounds { file: 1 << 20, project: Some(400_000) };
    let it = start(Config { files, ..Config::default() }, &json!({}));
    let form = good().attach("works", "w.bin", "x/y", &noise(500_000));
    let full = it.post(&form);
    assert_eq!(full.status().as_u16(), 503);
    let page = full.text().unwrap();
    assert!(
        page.contains("cannot be taken at this moment") && page.contains("value=\"Ann\"") && page.contains("Choose w.bin once more"),
        "{page}"
    );
    let told = it.post_as(&form, "application/json");
    assert_eq!((told.status().as_u16(), &told.json::<Value>().unwrap()["reason"]), (413, &json!("quota_reached")));
    it.nothing_is_kept();
    assert_eq!(it.post(&good().attach("works", "w.bin", "x/y", &noise(300_000))).status().as_u16(), 303);
    let more = json!({ "filename": "a.txt", "content": "a".repeat(150_000) });
    assert_eq!(it.site.ask("POST", &format!("{}/save", it.site.files()), Some(&more)).reason(), "quota_reached");
}

#[test]
fn what_fails_at_its_end_keeps_neither_answers_nor_files() {
    let it = start(Config::default(), &json!({}));
    it.site.raw().execute_batch("CREATE TRIGGER full BEFORE INSERT ON submission_files BEGIN SELECT RAISE(ABORT, 'no'); END").unwrap();
    assert!(it.post(&good()).status().is_server_error());
    it.nothing_is_kept();
    it.site
        .raw()
        .execute_batch("DROP TRIGGER full; CREATE TRIGGER full BEFORE INSERT ON blob_chunks BEGIN SELECT RAISE(ABORT, 'no'); END")
        .unwrap();
    assert!(it.post(&good()).status().is_server_error());
    it.nothing_is_kept();
}

/// Sends a head that promises so many bytes, and the beginning of a form; what is answered then.
fn promise(it: &Applying, bytes: usize, form: &Form, goes_away: bool) -> String {
    let (address, path) = it.address.trim_start_matches("http://").split_once('/').unwrap();
    let mut line = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /{path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: {bytes}\r\n\r\n"
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(form.open()).unwrap();
    if goes_away {
        line.shutdown(std::net::Shutdown::Write).unwrap();
    }
    let mut said = vec![0; 200];
    let read = line.read(&mut said).unwrap_or_default();
    String::from_utf8_lossy(&said[..read]).into_owned()
}

#[test]
fn limits_hold_before_a_byte_of_the_body_is_read() {
    let mut config = Config::default();
    config.rate_limits.submission = Some(1);
    let it = start(config, &json!({}));
    assert_eq!(it.post(&good()).status().as_u16(), 303);
    let said = promise(&it, 1_000_000, &Form::default(), false);
    assert!(said.starts_with("HTTP/1.1 429"), "{said}");
    it.clock.pass(Duration::from_secs(60));
    let said = promise(&it, 600_000_000, &Form::default(), false);
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
}

#[test]
fn what_is_broken_off_leaves_nothing() {
    let it = start(Config::default(), &json!({}));
    let begun = Form::default().field("name", "Ann").attach("works", "w.bin", "x/y", &noise(600_000));
    let said = promise(&it, 10_000_000, &begun, true);
    assert!(!said.starts_with("HTTP/1.1 2") && !said.starts_with("HTTP/1.1 3"), "{said}");
    it.nothing_is_kept();
    let odd = it.post(&Form::default().field("name", "x").attach("cv", "a.txt", "text/plain", b"x").field("n", &"v".repeat(300_000)));
    assert_eq!(odd.status().as_u16(), 413);
    it.nothing_is_kept();
}

#[test]
fn what_a_field_takes_is_checked_as_it_is_made() {
    let it = start(Config::default(), &json!({}));
    let all = it.path.rsplit_once('/').unwrap().0.to_owned();
    let with = |data: Value| {
        let mut all = json!({ "label": "It" });
        all.as_object_mut().unwrap().extend(data.as_object().unwrap().clone());
        json!({ "name": "x", "slug": "x", "content": asking(&json!([{ "type": "fileField", "data": all }])) })
    };
    for (data, code) in [
        (json!({ "accept": "every*thing" }), "malformed"),
        (json!({ "maxSize": 51 }), "out_of_range"),
        (json!({ "maxFiles": 0 }), "out_of_range"),
    ] {
        assert_eq!(faults(&it.site, "POST", &all, &with(data.clone()))[0].1, code, "{data}");
    }
    let schema: Value = Client::new().get(format!("{}?schema", it.address)).send().unwrap().json().unwrap();
    assert_eq!((&schema["required"], &schema["properties"]["cv"]["not"]), (&json!(["name", "cv"]), &json!({})));
}

#[test]
fn while_the_disk_is_nearly_full_no_file_comes_in_and_nothing_written_is_lost() {
    let it = start(Config { min_free_disk: u64::MAX, ..Config::default() }, &json!({}));
    let full = it.post(&good());
    assert_eq!(full.status().as_u16(), 503);
    let page = full.text().unwrap();
    assert!(page.contains("value=\"Ann\"") && page.contains("My CV.pdf"), "{page}");
    assert_eq!((it.site.rows("submissions"), it.site.rows("blobs")), (0, 0));
}
