//! Files in the console: sent, looked through, described, moved, replaced, thrown away and brought back.

use serde_json::{Value, json};
use stele::domain::access::Role;

use super::{Form, PIXEL, noise};
use crate::support::{HOSTILE, ShownPage, Site, Visitor};

const LIST: &str = "/o/acme/p/site/files";
const FORM: &str = "multipart/form-data; boundary=edge";

impl Visitor<'_> {
    fn sends(&self, path: &str, form: &Form) -> ShownPage {
        self.send_bytes(path, FORM, form.closed())
    }
}

fn id(of: &Value) -> &str {
    of["id"].as_str().expect("an id")
}

fn json_of(shown: &ShownPage) -> Value {
    serde_json::from_str(&shown.text).unwrap_or_else(|_| panic!("{}", shown.text))
}

#[test]
fn files_come_in_by_a_form_and_are_seen() {
    let site = Site::new();
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Editor);
    assert!(admin.get(LIST).is(200).text.contains("No file yet"));
    let none = admin.sends(&format!("{LIST}/upload"), &Form::default()).is(422);
    assert!(none.text.contains("files-fault") && none.text.contains("Choose a file."));
    let two = Form::default().field("public", "on").file("a <b>.txt", "text/plain", b"one").file("c.txt", "text/plain", b"two");
    let sent = admin.sends(&format!("{LIST}/upload"), &two).is(303);
    assert_eq!(sent.to, LIST);
    let page = sent.next(&admin);
    assert!(page.text.contains("2 files are there.") && page.text.contains("a &#60;b&#62;.txt"), "{}", page.text);
    assert!(site.items(&site.files()).iter().all(|file| file["isPublic"] == true));
    // What a script sends is answered in JSON, in the folder that it names.
    let folder = site.make(&format!("{}/folders", site.files()), &json!({ "name": "In" }));
    let to = format!("{LIST}/upload?folder={}&answer=json", id(&folder));
    let told = json_of(&admin.sends(&to, &Form::default().file("d.txt", "text/plain", b"three")).is(200));
    assert_eq!(told[0]["name"], "d.txt");
    assert_eq!(told[0]["reference"], format!("file:{}", told[0]["id"].as_str().expect("an id")));
    let refused = json_of(&admin.sends(&to, &Form::default()).is(400));
    assert_eq!(refused, json!({ "why": "Choose a file." }));
    let inside = admin.get(&format!("{LIST}?folder={}", id(&folder))).is(200);
    assert!(inside.text.contains("d.txt") && !inside.text.contains("c.txt"));
    let viewer = Visitor::new(&site.server, &site.here, "Vera", Role::Viewer);
    assert!(!viewer.get(LIST).is(200).text.contains("/files/upload"));
    viewer.get(&format!("{LIST}/upload")).is(403);
    viewer.sends(&format!("{LIST}/upload"), &two).is(403);
    assert_eq!(site.items(&site.files()).len(), 3);
}

#[test]
fn a_long_file_comes_in_parts() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Ed", Role::Editor);
    let bytes = noise(8 * 1024 * 1024 + 5);
    let size = bytes.len().to_string();
    let begun = json_of(&editor.post(&format!("{LIST}/uploads"), &[("filename", "long.bin"), ("size", &size)]).is(200));
    assert_eq!((&begun["partSize"], &begun["parts"]), (&json!(8 * 1024 * 1024), &json!(2)));
    let own = format!("{LIST}/uploads/{}", id(&begun));
    let early = json_of(&editor.post(&format!("{own}/finish"), &[]).is(400));
    assert!(early["why"].as_str().is_some_and(|why| !why.is_empty()), "{early}");
    for (number, part) in bytes.chunks(8 * 1024 * 1024).enumerate() {
        editor.send_bytes(&format!("{own}/parts/{}", number + 1), "application/octet-stream", part.to_vec()).is(200);
    }
    let made = json_of(&editor.post(&format!("{own}/finish"), &[]).is(200));
    let file = site.get(&format!("{}/{}", site.files(), id(&made[0]))).body;
    assert_eq!(file["hash"], blake3::hash(&bytes).to_hex().as_str());
    // One that is given up leaves nothing.
    let begun = json_of(&editor.post(&format!("{LIST}/uploads"), &[("filename", "x.bin"), ("size", &size)]).is(200));
    editor.post(&format!("{LIST}/uploads/{}/cancel", id(&begun)), &[]).is(200);
    editor.post(&format!("{LIST}/uploads/{}/finish", id(&begun)), &[]).is(404);
    assert_eq!(site.rows("uploads"), 0);
}

#[test]
fn the_library_is_narrowed_and_sorted() {
    let site = Site::new();
    let viewer = Visitor::new(&site.server, &site.here, "Vera", Role::Viewer);
    let picture = site.saved(&json!({ "filename": "harbour.png", "base64Content": PIXEL, "isPublic": true, "folderPath": "Sea/North" }));
    site.save("ledger.csv", "a,b");
    site.saved(&json!({ "filename": "notes.md", "content": "# Boats", "folderPath": "Sea" }));
    let alt = json!({ "altText": { "en": "Red boathouses" } });
    let names = |query: &str| -> Vec<String> {
        let page = viewer.get(&format!("{LIST}?{query}")).is(200);
        let files = page.text.rsplit("aria-label=\"Files\">").next().unwrap_or_default().to_owned();
        let found = ["harbour.png", "ledger.csv", "notes.md"].into_iter().filter(|name| files.contains(&format!("<b>{name}</b>")));
        found.map(str::to_owned).collect()
    };
    assert_eq!(names(""), ["ledger.csv"]);
    assert_eq!(names("only=undescribed"), ["harbour.png"]);
    assert_eq!(site.ask("PATCH", &format!("{}/{}", site.files(), id(&picture)), Some(&alt)).status, 200);
    assert_eq!(names("search=boathouses"), ["harbour.png"], "by the text instead of a picture");
    assert_eq!(names("search=arbou"), ["harbour.png"], "by a piece of the name");
    assert_eq!(names("search=boats"), ["notes.md"], "by what is written in it");
    assert_eq!(names("search=boats&type=image"), Vec::<String>::new());
    assert_eq!(names("type=image"), ["harbour.png"], "in all folders");
    assert_eq!(names("only=public"), ["harbour.png"]);
    assert_eq!(names("only=private&view=list"), ["ledger.csv", "notes.md"]);
    assert_eq!(names("only=undescribed"), Vec::<String>::new());
    assert_eq!(names("only=unused").len(), 3);
    site.make(&site.posts(), &json!({ "name": "A", "slug": "a", "featuredImageUrl": format!("file:{}", id(&picture)) }));
    assert_eq!(names("only=unused"), ["ledger.csv", "notes.md"]);
    let root = viewer.get(LIST).is(200);
    assert!(root.text.contains("<b>Sea</b>") && root.text.contains("1 file, 1 folder"), "{}", root.text);
    let used = viewer.get(&format!("{LIST}/{}", id(&picture))).is(200);
    assert!(used.text.contains("Used in 1 place") && used.text.contains("/o/acme/p/site/website/web/posts/"), "{}", used.text);
    assert!(used.text.contains("?folder=") && used.text.contains(">North</a>"), "the way to it");
    let jump = viewer.get("/o/acme/search?at=acme/site&search=ledger").is(200);
    assert!(jump.text.contains("ledger.csv") && jump.text.contains("Files · "), "{}", jump.text);
    for broken in ["folder=x", "page=9", "sort=nothing:asc", "type=%22%3E"] {
        let status = viewer.get(&format!("{LIST}?{broken}")).status;
        assert!(status == 200 || status == 400, "{broken}: {status}");
    }
}

#[test]
fn folders_are_made_moved_and_thrown_away() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Ed", Role::Editor);
    let new = format!("{LIST}/folders/new");
    editor.post(&new, &[("name", HOSTILE)]).is(422);
    editor.post(&new, &[("name", "Sea")]).is(303);
    assert!(editor.post(&new, &[("name", "sea")]).is(422).text.contains("name-fault"));
    let folders = |name: &str| site.items(&format!("{}/folders?search={name}", site.files())).remove(0);
    let sea = id(&folders("Sea")).to_owned();
    assert_eq!(editor.post(&format!("{new}?folder={sea}"), &[("name", "North")]).is(303).to, format!("{LIST}?folder={sea}"));
    let north = id(&folders("North")).to_owned();
    let edit = format!("{LIST}/folders/{sea}/edit");
    assert!(!editor.get(&edit).is(200).text.contains("/Sea/North"), "it cannot lie in what lies in it");
    assert!(editor.post(&edit, &[("name", "Sea"), ("parentId", &north)]).is(422).text.contains("parentId-fault"));
    editor.post(&edit, &[("name", "Ocean"), ("parentId", "")]).is(303);
    let file = site.saved(&json!({ "filename": "a.txt", "content": "a", "folderId": north }));
    let gone = editor.post(&format!("{LIST}/folders/{sea}/trash"), &[]).is(303);
    assert!(gone.next(&editor).text.contains("Ocean is in the trash, with a file."));
    assert_eq!(site.get(&format!("{}/{}", site.files(), id(&file))).status, 404);
    editor.post(&format!("{LIST}/folders/{sea}/restore"), &[]).is(303);
    assert_eq!(site.get(&format!("{}/{}", site.files(), id(&file))).status, 200);
}

#[test]
fn several_are_moved_opened_and_thrown_away_at_once() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Ed", Role::Editor);
    let folder = site.make(&format!("{}/folders", site.files()), &json!({ "name": "In" }));
    let files = ["a", "b"].map(|name| site.save(&format!("{name}.txt"), name));
    let [a, b] = files.each_ref().map(|file| ("file", id(file)));
    let several = format!("{LIST}/several");
    assert!(editor.post(&several, &[("do", "trash")]).is(422).text.contains("Choose at least one"));
    let many: Vec<_> = (0..201).map(|n| format!("0190f4a2-0000-7000-8000-{n:012}")).collect();
    let many: Vec<_> = many.iter().map(|id| ("file", id.as_str())).chain([("do", "trash")]).collect();
    assert!(editor.post(&several, &many).is(422).text.contains("These are too many"));
    editor.post(&several, &[a, b, ("do", "move"), ("to", id(&folder))]).is(303);
    editor.post(&several, &[a, b, a, ("do", "public")]).is(303);
    let all = || site.items(&site.files());
    assert!(all().iter().all(|file| file["folderId"] == folder["id"] && file["isPublic"] == true));
    // One that is not there: none is changed.
    let nobody = ("file", "0190f4a2-0000-7000-8000-000000000001");
    editor.post(&several, &[a, nobody, ("do", "private")]).is(404);
    assert!(all().iter().all(|file| file["isPublic"] == true));
    let gone = editor.post(&several, &[a, b, ("do", "trash")]).is(303);
    let page = gone.next(&editor);
    assert!(all().is_empty() && page.text.contains("2 files are in the trash."));
    let restore =
        page.text.split("action=\"").find(|rest| rest.contains("/restore\"")).and_then(|rest| rest.split('"').next()).expect("a way back");
    editor.post(restore, &[]).is(303);
    assert_eq!(all().len(), 2);
}

#[test]
fn a_file_is_described_replaced_linked_and_thrown_away() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Ed", Role::Editor);
    let file = site.saved(&json!({ "filename": "dot.png", "base64Content": PIXEL }));
    let (one, api) = (format!("{LIST}/{}", id(&file)), format!("{}/{}", site.files(), id(&file)));
    let page = editor.get(&one).is(200);
    assert!(page.text.contains("&#38;seal=") || page.text.contains("&amp;seal="), "its picture has an address that is good for a while");
    let typed =
        [("filename", "Ä point.png"), ("altText.en", "A dot"), ("caption.en", ""), ("visibility", "public"), ("description", "Small")];
    let wrong = editor.post(&one, &[&typed[..], &[("focalPoint.x", "120"), ("focalPoint.y", "x")]].concat()).is(422);
    assert!(wrong.text.contains("focalPoint.y-fault"), "{}", wrong.text);
    let wrong = editor.post(&one, &[&typed[..], &[("focalPoint.x", "120"), ("focalPoint.y", "")]].concat()).is(422);
    assert!(wrong.text.contains("focalPoint.x-fault") && wrong.text.contains("From 0 to 100."), "{}", wrong.text);
    editor.post(&one, &[&typed[..], &[("focalPoint.x", "12,5"), ("focalPoint.y", "75")]].concat()).is(303);
    let saved = site.get(&api).body;
    assert_eq!((&saved["altText"], &saved["isPublic"], &saved["description"]), (&json!({ "en": "A dot" }), &json!(true), &json!("Small")));
    assert_eq!((&saved["focalPoint"], &saved["originalFilename"]), (&json!({ "x": 0.125, "y": 0.75 }), &json!("Ä point.png")));
    assert!(saved.get("caption").is_none());
    editor.post(&one, &typed).is(303);
    assert!(site.get(&api).body.get("focalPoint").is_none(), "nothing typed is the middle");
    let put = editor.sends(&format!("{one}/replace"), &Form::default().file("x.txt", "text/plain", b"words")).is(303);
    assert_eq!(put.to, one);
    assert_eq!(site.get(&api).body["mimeType"], "text/plain");
    editor.sends(&format!("{one}/replace"), &Form::default()).is(422);
    let private = [&typed[..3], &[("visibility", "private")]].concat();
    editor.post(&one, &private).is(303);
    let linked = editor.get(&format!("{one}?link=hour")).is(200);
    let address = linked.text.split("id=\"sealed\">").nth(1).and_then(|rest| rest.split('<').next()).expect("an address");
    let address = address.replace("&#38;", "&").replace("&amp;", "&");
    assert_eq!(site.fetch(&address, &[]).status(), 200);
    let viewer = Visitor::new(&site.server, &site.here, "Vera", Role::Viewer);
    assert!(!viewer.get(&one).is(200).text.contains("Move to the trash"));
    viewer.post(&one, &typed).is(403);
    let gone = editor.post(&format!("{one}/trash"), &[]).is(303);
    assert_eq!(gone.to, LIST);
    editor.get(&one).is(404);
    let trash = format!("{LIST}/trash");
    assert!(editor.get(&trash).is(200).text.contains("Ä point.png"));
    editor.post(&format!("{trash}/file/{}/restore", id(&file)), &[]).is(303);
    editor.get(&one).is(200);
    editor.post(&format!("{one}/trash"), &[]).is(303);
    editor.post(&format!("{trash}/file/{}/erase", id(&file)), &[]).is(403);
    editor.get(&format!("{trash}/empty")).is(403);
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    admin.get(&format!("{trash}/empty")).is(200);
    admin.post(&format!("{trash}/empty"), &[]).is(303);
    assert_eq!(site.rows("files"), 0);
}
