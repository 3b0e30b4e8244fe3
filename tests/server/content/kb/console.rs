//! The knowledge base in the console: the tree of categories, articles in them, and what goes to the trash together.

use serde_json::json;
use stele::domain::access::Role;

use super::{NOTHING, category, help, id};
use crate::support::{Site, Visitor};

const BASE: &str = "/o/acme/p/site/kb/help";

/// The names in a page's tree: `MAIL(BOATS) ARCHIVE`.
fn told(page: &str) -> String {
    let tree = page.split("<ul class=\"tree\">").nth(1).unwrap_or_default().split("</section>").next().unwrap();
    let mut told = String::new();
    for part in tree.split('<') {
        if part.starts_with("ul ") {
            told.push('(');
        } else if part.starts_with("/ul>") {
            told.push(')');
        } else if let Some(name) = part.strip_prefix("b>") {
            let first = told.is_empty() || told.ends_with('(');
            told.push_str(if first { "" } else { " " });
            told.push_str(name);
        }
    }
    // The whole is a list, too.
    told.pop();
    told
}

fn grown(site: &Site, base: &str) -> [serde_json::Value; 3] {
    let mail = category(site, base, "mail", None);
    let boats = category(site, base, "boats", Some(&mail));
    [mail, boats, category(site, base, "archive", None)]
}

#[test]
fn an_app_without_content_begins_with_its_articles() {
    let (site, _) = help();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    assert_eq!(editor.get(BASE).is(303).to, format!("{BASE}/articles"));
    let start = editor.get(&format!("{BASE}/articles")).is(200).text;
    for segment in ["articles", "categories", "landing", "redirects"] {
        assert!(start.contains(&format!("href=\"{BASE}/{segment}\"")), "the navigation leads to {segment}");
    }
    assert!(editor.get(&format!("{BASE}/categories")).is(200).text.contains("New category"));
    let made = editor.post(&format!("{BASE}/categories/new"), &[("name", "Mail"), ("icon", "ship")]).is(303).to;
    let shown = editor.get(&made).is(200).text;
    assert!(shown.contains("Mail") && !shown.contains("name=\"slug\"") && !shown.contains("name=\"parentId\""), "{shown}");
    assert_eq!(told(&editor.get(&format!("{BASE}/categories")).is(200).text), "Mail");
}

#[test]
fn every_way_to_move_one_is_one_form() {
    let (site, base) = help();
    let [mail, boats, archive] = grown(&site, &base);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let all = format!("{BASE}/categories");
    let moved = |one: &serde_json::Value, form: &[(&str, &str)]| {
        let sent = editor.post(&format!("{all}/{}/move", id(one)), form).is(303);
        assert_eq!(sent.to, all);
        sent.next(&editor).text
    };
    assert_eq!(told(&editor.get(&all).is(200).text), "MAIL(BOATS) ARCHIVE");
    let page = moved(&archive, &[("to", "up")]);
    assert_eq!(told(&page), "ARCHIVE MAIL(BOATS)");
    assert!(page.contains("ARCHIVE is 1 of 2 at the top."), "{page}");
    assert_eq!(told(&moved(&archive, &[("to", "down")])), "MAIL(BOATS) ARCHIVE");
    let page = moved(&archive, &[("to", "in")]);
    assert_eq!(told(&page), "MAIL(BOATS ARCHIVE)");
    assert!(page.contains("ARCHIVE is 2 of 2 in MAIL."), "{page}");
    assert_eq!(told(&moved(&archive, &[("to", "before"), ("beside", id(&boats))])), "MAIL(ARCHIVE BOATS)");
    assert_eq!(told(&moved(&archive, &[("to", "into"), ("beside", id(&boats))])), "MAIL(BOATS(ARCHIVE))");
    assert_eq!(told(&moved(&archive, &[("to", "out")])), "MAIL(BOATS ARCHIVE)");
    assert_eq!(told(&moved(&boats, &[("to", "after"), ("beside", id(&mail))])), "MAIL(ARCHIVE) BOATS");
    for (form, words) in [
        (&[("to", "into"), ("beside", id(&archive))][..], "Nothing can stand inside itself."),
        (&[("to", "sideways")], "needed"),
        (&[("to", "before"), ("beside", "x")], "needed"),
    ] {
        let refused = editor.post(&format!("{all}/{}/move", id(&mail)), form).is(422).text;
        assert!(refused.contains(words) && told(&refused) == "MAIL(ARCHIVE) BOATS", "{words}: {refused}");
    }
    editor.post(&format!("{all}/{NOTHING}/move"), &[("to", "up")]).is(404);
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    assert!(!viewer.get(&all).is(200).text.contains("/move"));
    viewer.post(&format!("{all}/{}/move", id(&mail)), &[("to", "down")]).is(403);
}

#[test]
fn articles_are_written_into_categories_and_listed_by_them() {
    let (site, base) = help();
    let [mail, boats, _] = grown(&site, &base);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let new = editor.get(&format!("{BASE}/articles/new?categoryIds={}", id(&boats))).is(200).text;
    assert!(new.contains("MAIL › BOATS") && new.contains(&format!("value=\"{}\" checked", id(&boats))), "{new}");
    let made = editor
        .post(&format!("{BASE}/articles/new"), &[("name", "Late"), ("categoryIds", id(&boats)), ("categoryIds", id(&mail))])
        .is(303)
        .to;
    let shown = editor.get(&made).is(200);
    let typed = [("version", shown.hidden("version")), ("locale", "en".into()), ("name", "Late".into()), ("slug", "late".into())];
    let typed = typed.each_ref().map(|(name, value)| (*name, value.as_str()));
    editor.post(&made, &[&typed[..], &[("categoryIds", id(&mail)), ("then", "publish")]].concat()).is(303);
    let stored = &site.items(&format!("{base}/articles"))[0];
    assert_eq!((&stored["categoryIds"], &stored["status"]), (&json!([id(&mail)]), &json!("published")));
    let tree = editor.get(&format!("{BASE}/categories")).is(200).text;
    assert!(tree.contains(&format!("{BASE}/articles?categoryId={}", id(&mail))) && tree.contains("1 article</a>"), "{tree}");
    let of = |one| editor.get(&format!("{BASE}/articles?categoryId={one}")).is(200).text;
    assert!(of(id(&mail)).contains("<b>Late</b>") && !of(id(&boats)).contains("<b>Late</b>"));
    assert!(of(id(&mail)).contains(&format!("<option value=\"{}\" selected>MAIL</option>", id(&mail))));
}

#[test]
fn a_form_that_does_not_show_a_category_of_the_trash_does_not_take_it_away() {
    let (site, base) = help();
    let [mail, boats, _] = grown(&site, &base);
    let made = site.make(&format!("{base}/articles"), &json!({ "name": "A", "slug": "a", "categoryIds": [id(&mail), id(&boats)] }));
    site.ask("DELETE", &format!("{base}/categories/{}", id(&mail)), None);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let at = format!("{BASE}/articles/{}", id(&made));
    let shown = editor.get(&at).is(200);
    assert!(!shown.text.contains(id(&mail)) && shown.text.contains(id(&boats)), "{}", shown.text);
    let version = shown.hidden("version");
    let typed = [("version", version.as_str()), ("locale", "en"), ("name", "B"), ("slug", "a"), ("categoryIds", id(&boats))];
    editor.post(&at, &typed).is(303);
    site.ask("POST", &format!("{}/trash/{}/restore", site.project(), id(&mail)), None);
    let stored = site.get(&format!("{base}/articles/{}", id(&made))).body;
    assert_eq!((&stored["name"], &stored["categoryIds"]), (&json!("B"), &json!([id(&boats), id(&mail)])));
}

#[test]
fn the_status_of_what_waits_is_not_offered_apart() {
    let (site, base) = help();
    site.make(&format!("{base}/articles"), &json!({ "name": "A", "slug": "a" }));
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let list = editor.get(&format!("{BASE}/articles?status=draft")).is(200).text;
    assert!(list.contains("<b>A</b>") && !list.contains("status=scheduled"), "{list}");
}

#[test]
fn one_goes_alone_or_with_all_below_it_and_comes_back() {
    let (site, base) = help();
    let [mail, boats, _] = grown(&site, &base);
    site.make(&format!("{base}/articles"), &json!({ "name": "A", "slug": "a", "categoryIds": [id(&mail)] }));
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let all = format!("{BASE}/categories");
    let asked = editor.get(&format!("{all}/{}/trash", id(&mail))).is(200).text;
    assert!(asked.contains("One entry is in it, and one category stands below it."), "{asked}");
    editor.post(&format!("{all}/{}/trash", id(&mail)), &[]).is(303);
    assert_eq!(told(&editor.get(&all).is(200).text), "BOATS ARCHIVE");
    editor.post(&format!("{all}/{}/restore", id(&mail)), &[("undo", "on")]).is(303);
    assert_eq!(told(&editor.get(&all).is(200).text), "MAIL(BOATS) ARCHIVE");
    let page = editor.post(&format!("{all}/{}/trash", id(&mail)), &[("below", "on")]).is(303).next(&editor).text;
    assert!(told(&page) == "ARCHIVE" && page.contains("2 are in the trash."), "{page}");
    let trashed = site.items(&format!("{}/trash", site.project()));
    let batch = trashed[0]["trashBatchId"].as_str().unwrap();
    assert!(trashed.len() == 2 && trashed[1]["trashBatchId"] == batch, "{trashed:?}");
    assert!(page.contains(&format!("/o/acme/p/site/trash/batches/{batch}/restore")), "it can be taken back at once");
    editor.post(&format!("/o/acme/p/site/trash/batches/{batch}/restore"), &[("undo", "on")]).is(303);
    assert_eq!(told(&editor.get(&all).is(200).text), "MAIL(BOATS) ARCHIVE");
    assert_eq!(site.get(&format!("{base}/categories/{}", id(&boats))).body["parentId"], mail["id"]);
}
