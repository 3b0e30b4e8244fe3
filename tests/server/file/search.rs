//! Files are found by their names, by what is said of them, and by what is written in them.

use serde_json::json;

use super::{Form, PIXEL};
use crate::support::Site;

fn found(site: &Site, query: &str) -> Vec<String> {
    let found = site.get(&format!("{}/search?{query}", site.files()));
    assert_eq!(found.status, 200, "{}", found.body);
    let names: Vec<_> = found.body["data"].as_array().unwrap().iter().map(|hit| hit["filename"].as_str().unwrap().to_owned()).collect();
    names
}

#[test]
fn a_file_is_found_by_all_that_is_said_of_it() {
    let site = Site::new();
    let picture =
        site.saved(&json!({ "filename": "press.png", "base64Content": PIXEL, "title": "The press", "description": "Built in 1897" }));
    site.save("minutes.md", "# Minutes\n\nThe press was repaired by Zoë.");
    site.save("page.html", "<p>A letter <script>press()</script> from Đà Nẵng</p>");
    site.change(&format!("{}/{}", site.files(), picture["id"].as_str().unwrap()), &json!({ "altText": { "fr": "Une machine" } }));
    assert_eq!(found(&site, "query=press"), ["press.png", "minutes.md"], "the better first, and no scripts");
    for (query, name) in
        [("query=zoe", "minutes.md"), ("query=da%20nang", "page.html"), ("query=machine", "press.png"), ("query=1897", "press.png")]
    {
        assert_eq!(found(&site, query), [name], "{query}");
    }
    assert_eq!(found(&site, "query=press&mimeType=image/"), ["press.png"]);
    assert_eq!(found(&site, "query=press&filename=minutes"), ["minutes.md"]);
    assert_eq!(found(&site, "query=press&limit=1").len(), 1);
    assert_eq!(found(&site, "query=press&similarity=0.9"), ["press.png"]);
    let hit = site.get(&format!("{}/search?query=repaired", site.files())).body["data"][0].clone();
    assert_eq!((&hit["fileId"].is_string(), hit["matchingContent"].as_str().unwrap().contains("repaired by Zoë")), (&true, true));
    for (query, field) in [("query=", "query"), ("query=a&similarity=2", "similarity"), ("query=a&limit=0", "limit"), ("query=a&x=1", "x")]
    {
        let refused = site.get(&format!("{}/search?{query}", site.files()));
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field)), "{query}");
    }
}

#[test]
fn what_answers_well_is_looked_for_among_the_best_alone() {
    let site = Site::new();
    for many in [100, 100, 1] {
        let form = (0..many).fold(Form::default(), |form, n| form.file(&format!("{n}.txt"), "text/plain", b"a swan"));
        site.upload(&form);
    }
    let total = |query: &str| site.get(&format!("{}/search?{query}", site.files())).body["meta"]["total"].clone();
    assert_eq!((total("query=swan"), total("query=swan&similarity=0.01")), (json!(201), json!(200)));
    site.save("early.txt", &format!("pelican {}", "x ".repeat(9_000)));
    site.save("late.txt", &format!("{} pelican", "x ".repeat(9_000)));
    assert_eq!(found(&site, "query=pelican").len(), 2);
    assert_eq!(found(&site, "query=pelican&similarity=0.01"), ["early.txt"], "by the beginning of a text");
}

#[test]
fn what_is_in_the_trash_or_of_another_project_is_not_found() {
    let site = Site::new();
    let file = site.save("a.txt", "lighthouse");
    site.make(&site.pages(), &json!({ "name": "lighthouse", "slug": "lighthouse" }));
    let path = format!("{}/{}", site.files(), file["id"].as_str().unwrap());
    let other = site.project().replace(&site.here.project.to_string(), &site.here.other.to_string());
    assert_eq!(
        (found(&site, "query=lighthouse").len(), site.get(&format!("{other}/files/search?query=lighthouse")).body["meta"]["total"].clone()),
        (1, json!(0))
    );
    site.ask("DELETE", &path, None);
    assert_eq!(found(&site, "query=lighthouse"), Vec::<String>::new());
    site.ask("POST", &format!("{}/trash/{}/restore", site.files(), file["id"].as_str().unwrap()), Some(&json!({ "type": "file" })));
    assert_eq!(found(&site, "query=lighthouse"), ["a.txt"]);
    site.ask("PUT", &format!("{path}/content"), Some(&json!({ "content": "harbour" })));
    assert_eq!((found(&site, "query=lighthouse").len(), found(&site, "query=harbour")), (0, vec!["a.txt".to_owned()]));
}
