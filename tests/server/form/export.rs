//! What was sent to a form as a file: all of it, in each format, with nothing in it that runs.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use super::{asking, contact, faults, forms, send};
use crate::support::{Site, Visitor, machine};

/// A form to which two have written, the first of them before it was changed; and its routes.
fn written(site: &Site) -> String {
    let all = forms(site);
    let form = site.make(&all, &contact());
    let one = format!("{all}/{}", form["id"].as_str().unwrap());
    assert_eq!(send(site, &form, &json!({ "name": "=1+1", "email": "ann@example.org", "message": "Grüße; \"so\"\nund so" })).0, 201);
    let blocks = json!([
        { "id": "who", "type": "textField", "data": { "label": "Your name", "name": "name", "required": true } },
        { "id": "many", "type": "numberField", "data": { "label": "How many", "name": "many", "min": -10 } },
    ]);
    let newer = "UPDATE entries SET content = ?2, version = version + 1 WHERE id = ?1";
    site.raw().execute(newer, (form["id"].as_str().unwrap(), asking(&blocks).to_string())).unwrap();
    site.server.notice();
    assert_eq!(send(site, &form, &json!({ "name": "+47 22", "many": -5 })).0, 201);
    one
}

fn file(site: &Site, one: &str, query: &str) -> (String, Vec<u8>) {
    let client = reqwest::blocking::Client::new();
    let answer = client.post(format!("{}/api{one}/submissions/export?{query}", site.server.url)).bearer_auth(&site.token).send().unwrap();
    assert_eq!(answer.status(), 200, "{query}");
    let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    (name, answer.bytes().unwrap().to_vec())
}

#[test]
fn csv_has_the_columns_of_all_versions_and_no_formula() {
    let site = Site::new();
    let one = written(&site);
    let (name, bytes) = file(&site, &one, "");
    assert_eq!(name, "attachment; filename=\"contact.csv\"");
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<_> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}id,createdAt,mark,locale,formVersion,note,Your name,How many,email,message,ip,userAgent,referer,tags,source"
    );
    assert!(lines[1].contains(",unread,en,2,,'+47 22,-5,,,127.0.0.0,Test browser,,,"), "{}", lines[1]);
    assert!(lines[2].contains(",1,,'=1+1,,ann@example.org,\"Grüße; \"\"so\"\"\nund so\","), "{}", lines[2]);
    assert_eq!((lines.len(), lines[3]), (4, ""));
    let (_, bytes) = file(&site, &one, "format=csv&separator=semicolon&search=22");
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("\u{feff}id;createdAt;") && text.contains(";'+47 22;-5;") && text.matches("\r\n").count() == 2, "{text}");
    let (_, bytes) = file(&site, &one, "mark=spam");
    assert_eq!(String::from_utf8(bytes).unwrap().matches("\r\n").count(), 1, "the head alone");
}

#[test]
fn no_cell_is_a_formula_wherever_a_spreadsheet_parts_them() {
    let site = Site::new();
    let all = forms(&site);
    let form = site.make(&all, &contact());
    let answer = "a,=1+cmd|' /C calc'!A0;=2+2\t@b";
    assert_eq!(send(&site, &form, &json!({ "name": "Ann", "email": "ann@example.org", "message": answer })).0, 201);
    for separator in ["comma", "semicolon"] {
        let (_, bytes) = file(&site, &format!("{all}/{}", form["id"].as_str().unwrap()), &format!("format=csv&separator={separator}"));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("a,'=1+cmd|' /C calc'!A0;'=2+2"), "{text}");
        for parted in [',', ';', '\t'] {
            let begins = text.split([parted, '\r', '\n']).find(|cell| cell.trim_start().starts_with(['=', '+', '@']));
            assert_eq!(begins, None, "{separator} {parted:?}");
        }
    }
}

#[test]
fn lines_of_json_are_as_the_api_tells_them() {
    let site = Site::new();
    let one = written(&site);
    let (name, bytes) = file(&site, &one, "format=jsonl");
    let lines: Vec<Value> = String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((name.as_str(), lines), ("attachment; filename=\"contact.jsonl\"", site.items(&format!("{one}/submissions"))));
}

/// The parts of a workbook that are looked at.
fn parts(bytes: &[u8]) -> HashMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn a_spreadsheet_holds_texts_as_texts_and_numbers_as_numbers() {
    let site = Site::new();
    let one = written(&site);
    let (name, bytes) = file(&site, &one, "format=xlsx");
    assert_eq!(name, "attachment; filename=\"contact.xlsx\"");
    let parts = parts(&bytes);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(!sheet.contains("<f>") && sheet.contains("<v>-5</v>"), "{sheet}");
    for text in ["Your name", "=1+1", "+47 22", "Grüße; &quot;so&quot;"] {
        let plain = text.replace("&quot;", "\"");
        assert!(sheet.contains(text) || sheet.contains(&plain), "{text}: {sheet}");
    }
    assert_eq!(sheet.matches("<row ").count(), 3);
}

#[test]
fn however_much_there_is_all_of_it_is_there() {
    let site = Site::new();
    let all = forms(&site);
    let form = site.make(&all, &contact());
    let one = format!("{all}/{}", form["id"].as_str().unwrap());
    assert_eq!(send(&site, &form, &json!({ "name": "Ann", "email": "ann@example.org", "message": "x".repeat(200) })).0, 201);
    // As many more of the same moment, by which they are in no order, and of others.
    let more = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO submissions (id, organization_id, project_id, app_id, form_id, form_version, locale, data, consents, tags, mark, created_at)
                SELECT printf('01900000-0000-7000-8000-%012d', i), organization_id, project_id, app_id, form_id, form_version, locale, data,
                       consents, tags, mark, created_at - (i / 120) FROM submissions, n WHERE form_id = ?1";
    site.raw().execute(more, [form["id"].as_str().unwrap()]).unwrap();
    site.server.notice();
    for (format, lines) in [("csv", 5002), ("jsonl", 5001)] {
        let (_, bytes) = file(&site, &one, &format!("format={format}"));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.lines().count(), lines, "{format}");
        let ids: std::collections::HashSet<_> = text.lines().map(|line| &line[..50]).collect();
        assert_eq!(ids.len(), lines, "each once");
    }
    let (_, bytes) = file(&site, &one, "format=xlsx");
    assert_eq!(parts(&bytes)["xl/worksheets/sheet1.xml"].matches("<row ").count(), 5002);
}

#[test]
fn whoever_reads_what_was_sent_exports_it_and_the_activity_tells() {
    let site = Site::new();
    let one = written(&site);
    let export = format!("{one}/submissions/export");
    assert_eq!(faults(&site, "POST", &format!("{export}?format=pdf"), &json!({})), [("format".to_owned(), "malformed".to_owned())]);
    assert_eq!(faults(&site, "POST", &format!("{export}?separator=tab"), &json!({})), [("separator".to_owned(), "malformed".to_owned())]);
    let viewer = machine(&site.server, site.here.org, Role::Viewer, Access::Full, None);
    let token = site.server.token(&viewer.secret);
    assert_eq!(site.server.ask("POST", &export, Some(&token), None).status, 403);
    let account = machine(&site.server, site.here.org, Role::Editor, Access::Read, None).account;
    let keys = format!("/organizations/{}/service-accounts/{account}/api-keys", site.here.org);
    for (option, status) in [(true, 200), (false, 403)] {
        let key = site.make(&keys, &json!({ "name": "Reader", "access": "read", "submissions": option }));
        let token = site.server.token(key["key"].as_str().unwrap());
        let client = reqwest::blocking::Client::new();
        let answer = client.post(format!("{}/api{export}", site.server.url)).bearer_auth(&token).send().unwrap();
        assert_eq!(answer.status(), status, "{option}");
    }
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let at = format!("/o/acme/p/site/forms/forms/forms/{}/submissions", one.rsplit('/').next().unwrap());
    assert!(eva.get(&at).is(200).text.contains("value=\"csv-semicolon\""));
    let shown = eva.post(&format!("{at}/export"), &[("format", "csv-semicolon"), ("search", "grüße"), ("mark", ""), ("days", "7")]).is(200);
    assert!(shown.text.contains(";ann@example.org;") && !shown.text.contains("+47"), "{}", shown.text);
    assert_eq!(site.count("SELECT COUNT(*) FROM activities WHERE action = ?1", "submission.exported"), 2);
}
