//! Folders of Hugo, Jekyll and Astro become projects.

use std::{fs, path::Path};

use serde_json::{Value, json};
use stele::domain::project::markdown::{
    front,
    path::{Generator, Settings},
    site::{Built, File, build},
};

use super::{exported, imported, lines};
use crate::support::Site;

/// The paths of all files below a folder, in their order.
fn paths(folder: &Path, at: &str) -> Vec<String> {
    let mut found: Vec<_> = fs::read_dir(folder.join(at)).unwrap().map(|entry| entry.unwrap()).collect();
    found.sort_by_key(fs::DirEntry::file_name);
    let path = |entry: &fs::DirEntry| format!("{at}{}", entry.file_name().to_str().unwrap());
    let below = |entry: fs::DirEntry| {
        if entry.path().is_dir() { paths(folder, &format!("{}/", path(&entry))) } else { vec![path(&entry)] }
    };
    found.into_iter().flat_map(below).collect()
}

/// What is made of a folder of the fixtures, and the entries and redirects of the project that it becomes.
struct Moved {
    generator: Generator,
    left_out: Vec<String>,
    project: Value,
    entries: Vec<Value>,
    redirects: Vec<(String, String)>,
}

impl Moved {
    fn of(site: &Site, name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/markdown").join(name);
        let paths = paths(&folder, "");
        let read = |path: &String| fs::read_to_string(folder.join(path)).unwrap();
        let generator = Generator::of(paths.iter().map(String::as_str));
        let said = paths.iter().find(|path| generator.settings().contains(&path.as_str()));
        let settings = said.map(|path| Settings::of(&front::settings(path, &read(path)))).unwrap_or_default();
        let files = paths.iter().map(|path| File { path: path.clone(), text: read(path) }).collect();
        let store = &site.server.store;
        let built = build((generator, &settings, name), files, (store.kinds(), store.now(), store.entropy()));
        let Built { archive, left_out, entries, redirects, .. } = built.unwrap();
        let (made, report) = imported(&site.server, site.here.org, &archive).expect("it is a good archive");
        assert_eq!((report.entries as usize, report.redirects as usize, report.notices), (entries, redirects, vec![]), "{name}");
        let there = exported(&site.server, (site.here.org, made.id));
        let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        Self {
            generator,
            left_out: left_out.lines(),
            project: lines(&there, "project").remove(0),
            entries: lines(&there, "entry"),
            redirects: lines(&there, "redirect").iter().map(|one| (text(one, "fromPath"), text(one, "toPath"))).collect(),
        }
    }

    fn entry(&self, slug: &str) -> &Value {
        self.entries.iter().find(|entry| entry["slug"] == slug).unwrap_or_else(|| panic!("{slug}: {:?}", self.entries))
    }

    /// The type and the data of each block.
    fn blocks(&self, slug: &str) -> Vec<(&str, Value)> {
        let blocks = self.entry(slug)["content"][0]["columns"][0]["blocks"].as_array().unwrap();
        blocks.iter().map(|block| (block["type"].as_str().unwrap(), block["data"].clone())).collect()
    }

    fn leads(&self, from: &str) -> Option<&str> {
        self.redirects.iter().find(|(path, _)| path == from).map(|(_, to)| to.as_str())
    }
}

#[test]
fn a_site_of_hugo_comes_in_both_languages() {
    let moved = Moved::of(&Site::new(), "hugo");
    assert_eq!(moved.generator, Generator::Hugo);
    assert_eq!((&moved.project["name"], &moved.project["enabledLocales"]), (&json!("Harbour notes"), &json!(["en", "fr"])));
    assert_eq!(moved.entry("home")["title"], json!({ "en": "Welcome", "fr": "Bienvenue" }));
    let tides = moved.entry("tides");
    assert_eq!((&tides["contentType"], &tides["title"]), (&json!("website_post"), &json!({ "en": "Tides", "fr": "Marées" })));
    assert_eq!((&tides["publishDate"], &tides["updatedAt"]), (&json!("2024-03-02T07:00:00.000Z"), &json!("2024-04-01T00:00:00.000Z")));
    assert_eq!((&tides["tags"], &tides["authorName"], &tides["status"]), (&json!(["sea", "moon"]), &json!("Ann"), &json!("published")));
    let wanted = [
        ("text", json!({ "markdown": { "en": "Twice a day.", "fr": "Deux fois par jour." } })),
        ("heading", json!({ "text": { "en": "Moon", "fr": "Lune" }, "level": 2 })),
        ("text", json!({ "markdown": { "en": "It pulls.", "fr": "Elle tire." } })),
        ("image", json!({ "file": "https://example.org/chart.png", "alt": { "en": "Chart", "fr": "Carte" } })),
    ];
    assert_eq!(moved.blocks("tides"), wanted, "each language has the same parts");
    let later = moved.entry("later");
    assert_eq!((&later["status"], &later["name"]), (&json!("draft"), &json!("Not yet")));
    assert!(moved.blocks("later")[0].1.to_string().contains("{{< this stays >}}"));
    let about = moved.blocks("about")[0].1["markdown"]["en"].as_str().unwrap().to_owned();
    assert_eq!(about, format!("Two people and a cat. See [the tides](entry:{}#moon).", tides["id"].as_str().unwrap()));
    assert_eq!(
        (moved.leads("/who"), moved.leads("/team"), moved.leads("/posts/tides")),
        (Some("/about"), Some("/about"), Some("/blog/tides"))
    );
    assert_eq!(moved.leads("/about"), None, "it is where it was");
    let told = moved.left_out.join("\n");
    for what in
        ["front matter \"weight\": content/about.md", "shortcodes (figure): content/about.md", "cannot be read: content/posts/broken.md ("]
    {
        assert!(told.contains(what), "{what}: {told}");
    }
}

#[test]
fn a_site_of_jekyll_keeps_its_dates_and_its_old_addresses() {
    let moved = Moved::of(&Site::new(), "jekyll");
    assert_eq!((moved.generator, &moved.project["name"]), (Generator::Jekyll, &json!("Lighthouse log")));
    let night = moved.entry("first-night");
    assert_eq!((&night["publishDate"], &night["tags"]), (&json!("2023-11-05T00:00:00.000Z"), &json!(["log", "night", "lamp", "fog"])));
    assert_eq!(moved.blocks("first-night")[0].1["markdown"]["en"], "Fog until four.\n\n```ruby\nputs \"{{ fog }}\"\n```");
    assert_eq!(moved.leads("/2023/11/05/first-night.html"), Some("/blog/first-night"));
    assert_eq!((moved.leads("/about-us"), moved.leads("/who.html"), moved.leads("/about.html")), (Some("/about"), Some("/about"), None));
    assert!(moved.blocks("about")[0].1.to_string().contains(&format!("](entry:{})", night["id"].as_str().unwrap())));
    assert_eq!((&moved.entry("sea/storm")["status"], &moved.entry("spring")["status"]), (&json!("draft"), &json!("draft")));
    let wanted = [
        "Liquid tags (include): about.md",
        "attributes of kramdown: _posts/2023-11-05-first-night.md",
        "files without front matter: README.md",
        "images: /assets/mast.jpg in sea/_posts/2023-12-01-storm.markdown",
    ];
    assert_eq!(moved.left_out, wanted);
}

#[test]
fn a_site_of_astro_comes_without_its_components() {
    let moved = Moved::of(&Site::new(), "astro");
    assert_eq!(
        (moved.generator, &moved.project["name"], &moved.project["enabledLocales"]),
        (Generator::Astro, &json!("astro"), &json!(["en", "fr"]))
    );
    let first = moved.entry("first-post");
    assert_eq!(first["title"], json!({ "en": "First post", "fr": "Premier billet" }));
    assert_eq!((&first["publishDate"], &first["excerpt"]["en"]), (&json!("2022-07-08T00:00:00.000Z"), &json!("The beginning.")));
    let blocks = moved.blocks("first-post");
    assert_eq!((blocks.len(), &blocks[0].1["markdown"]["fr"]), (1, &json!("Bonjour.")), "the languages have other parts: each text is one");
    let second = moved.entry("second-post");
    assert!(blocks[0].1["markdown"]["en"].as_str().unwrap().ends_with(&format!("[second](entry:{}).", second["id"].as_str().unwrap())));
    assert_eq!((&second["status"], &second["scheduledPublishAt"]), (&json!("scheduled"), &json!("2999-01-01T00:00:00.000Z")));
    assert_eq!(moved.blocks("about")[0], ("heading", json!({ "text": { "en": "About" }, "level": 1 })));
    let wanted = [
        "components of MDX (Chart): src/content/blog/first-post.mdx",
        "images of front matter (heroImage): src/content/blog/first-post.mdx",
        "imports and exports of MDX: src/content/blog/first-post.mdx",
    ];
    assert_eq!(moved.left_out, wanted);
}
