//! Pages and posts over the API: what a create and a change do, and what they refuse.

use serde_json::{Value, json};

use crate::support::{Site, page, tenant};

fn of(path: &str, entry: &Value) -> String {
    format!("{path}/{}", entry["id"].as_str().unwrap())
}

/// The first wrong field and its word.
fn fault(body: &Value) -> (&str, &str) {
    let first = &body["errors"][0];
    (first["field"].as_str().unwrap_or_default(), first["code"].as_str().unwrap_or_default())
}

#[test]
fn a_page_starts_published_and_a_post_as_a_draft() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("about"));
    assert_eq!((&made["status"], &made["path"], &made["type"]), (&json!("published"), &json!("/about"), &json!("page")));
    let made = site.make(&site.posts(), &page("news"));
    assert_eq!((&made["status"], &made["path"], &made["type"]), (&json!("draft"), &json!("/blog/news"), &json!("post")));
    for (path, status) in [(site.pages(), "draft"), (site.posts(), "published")] {
        let made = site.make(&path, &json!({ "name": "Asked", "slug": format!("asked-{status}"), "status": status }));
        assert_eq!(made["status"], status, "{made}");
        assert_eq!(site.get(&of(&path, &made)).body, made);
    }
}

#[test]
fn writing_one_language_keeps_the_others() {
    let site = Site::new();
    let made = site.make(&site.posts(), &json!({
        "name": "Tides", "slug": "tides", "title": { "en": "Tides", "fr": "Marées" }, "excerpt": "Plain", "seo": { "title": { "fr": "M" } },
    }));
    let one = of(&site.posts(), &made);
    let patch = json!({ "title": { "fr": "Les marées" }, "excerpt": { "fr": "En clair" }, "seo": { "title": { "en": "T" } } });
    let changed = site.change(&one, &patch);
    assert_eq!(changed["title"], json!({ "en": "Tides", "fr": "Les marées" }));
    assert_eq!(changed["excerpt"], json!({ "en": "Plain", "fr": "En clair" }));
    assert_eq!(changed["seo"]["title"], json!({ "fr": "M", "en": "T" }));
    let changed = site.change(&one, &json!({ "title": "High tides", "excerpt": { "fr": null } }));
    assert_eq!(changed["title"], json!({ "en": "High tides", "fr": "Les marées" }));
    assert_eq!(changed["excerpt"], json!({ "en": "Plain" }));
    assert_eq!(site.get(&one).body, changed);
    let refused = site.ask("PATCH", &one, Some(&json!({ "title": { "de": "Gezeiten" } })));
    assert_eq!((refused.status, fault(&refused.body)), (400, ("title.de", "unknown_locale")), "{}", refused.body);
    assert_eq!(site.get(&one).body, changed);
}

#[test]
fn a_language_that_is_asked_for_falls_back_to_the_default() {
    let site = Site::new();
    let text = json!([{ "columns": [{ "blocks": [{ "type": "text", "data": { "markdown": { "en": "Sea", "fr": "Mer" } } }] }] }]);
    let both = site.make(
        &site.pages(),
        &json!({
            "name": "Both", "slug": "both", "title": { "en": "Tides", "fr": "Marées" }, "content": text,
        }),
    );
    let english = site.make(&site.pages(), &json!({ "name": "English", "slug": "english", "title": { "en": "Storms" } }));
    let title = |entry: &Value, locale: &str| {
        let found = site.get(&format!("{}?locale={locale}", of(&site.pages(), entry)));
        assert_eq!(found.status, 200, "{}", found.body);
        (found.body["title"].clone(), found.body["content"][0]["columns"][0]["blocks"][0]["data"]["markdown"].clone())
    };
    assert_eq!(title(&both, "fr"), (json!("Marées"), json!("Mer")));
    assert_eq!(title(&both, "fr-CA"), (json!("Marées"), json!("Mer")));
    assert_eq!(title(&both, "de"), (json!("Tides"), json!("Sea")));
    assert_eq!(title(&english, "fr").0, "Storms");
    let list = site.items(&format!("{}?locale=fr&sort=slug:asc", site.pages()));
    assert_eq!(list.iter().map(|entry| &entry["title"]).collect::<Vec<_>>(), [&json!("Marées"), &json!("Storms")]);
    let refused = site.get(&format!("{}?locale=nonsense!", of(&site.pages(), &both)));
    assert_eq!((refused.status, fault(&refused.body).0), (400, "locale"), "{}", refused.body);
    assert_eq!(site.get(&of(&site.pages(), &both)).body["title"], json!({ "en": "Tides", "fr": "Marées" }));
}

#[test]
fn the_server_makes_the_ids_of_a_tree_and_keeps_those_that_were_given() {
    let site = Site::new();
    let blocks =
        json!([{ "type": "text", "data": { "markdown": "One" } }, { "id": "mine", "type": "text", "data": { "markdown": "Two" } }]);
    let made = site.make(&site.pages(), &json!({ "name": "Tree", "slug": "tree", "content": [{ "columns": [{ "blocks": blocks }] }] }));
    let section = &made["content"][0];
    let column = &section["columns"][0];
    let mut ids: Vec<_> = [section, column, &column["blocks"][0], &column["blocks"][1]].map(|part| part["id"].as_str().unwrap()).to_vec();
    assert_eq!(ids[3], "mine");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4, "{made}");
    let changed = site.change(&of(&site.pages(), &made), &json!({ "name": "Renamed" }));
    assert_eq!((&changed["content"], &changed["name"]), (&made["content"], &json!("Renamed")));
    let again = site.make(&site.pages(), &json!({ "name": "Again", "slug": "again", "content": made["content"] }));
    assert_eq!(again["content"], made["content"], "ids that were read are kept when they are sent back");
    let twice = json!([{ "id": "a" }, { "id": "a" }]);
    let refused = site.ask("POST", &site.pages(), Some(&json!({ "name": "Twice", "slug": "twice", "content": twice })));
    assert_eq!((refused.status, fault(&refused.body).1), (400, "duplicate"), "{}", refused.body);
}

#[test]
fn a_slug_is_unique_in_its_app_and_free_again_after_a_delete() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("taken"));
    let other = site.make(&site.pages(), &page("other"));
    for path in [site.pages(), site.posts()] {
        let refused = site.ask("POST", &path, Some(&page("taken")));
        assert_eq!((refused.status, fault(&refused.body)), (409, ("slug", "taken")), "{}", refused.body);
    }
    let refused = site.ask("PATCH", &of(&site.pages(), &other), Some(&json!({ "slug": "taken" })));
    assert_eq!((refused.status, fault(&refused.body)), (409, ("slug", "taken")), "{}", refused.body);
    assert_eq!(site.get(&of(&site.pages(), &other)).body, other);
    let elsewhere = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "website", "name": "Second" }));
    let second = format!("{}/apps/website/{}/pages", site.project(), elsewhere["id"].as_str().unwrap());
    site.make(&second, &page("taken"));
    assert_eq!(site.ask("DELETE", &of(&site.pages(), &made), None).status, 200);
    assert_eq!(site.get(&of(&site.pages(), &made)).status, 404);
    site.make(&site.posts(), &page("taken"));
}

#[test]
fn a_new_slug_leaves_a_redirect_behind() {
    let site = Site::new();
    let redirects = || {
        let db = site.raw();
        let mut found = db.prepare("SELECT from_path, to_path FROM redirects WHERE app_id = $1 ORDER BY from_path").unwrap();
        let rows = found.query_map([site.here.app.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<Vec<(String, String)>, _>>().unwrap()
    };
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let made = site.make(&site.posts(), &json!({ "name": "Post", "slug": "a", "status": "published" }));
    let one = of(&site.posts(), &made);
    assert_eq!(redirects(), []);
    assert_eq!(site.change(&one, &json!({ "slug": "b" }))["path"], "/blog/b");
    assert_eq!(redirects(), [pair("/blog/a", "/blog/b")]);
    site.change(&one, &json!({ "slug": "c" }));
    assert_eq!(redirects(), [pair("/blog/a", "/blog/c"), pair("/blog/b", "/blog/c")], "no chains");
    site.change(&one, &json!({ "slug": "a" }));
    assert_eq!(redirects(), [pair("/blog/b", "/blog/a"), pair("/blog/c", "/blog/a")], "no loops");
    site.make(&site.posts(), &page("b"));
    assert_eq!(redirects(), [pair("/blog/c", "/blog/a")], "an address that is used again redirects no more");
    let urls = site.items(&format!("{}/urls", site.project()));
    assert_eq!(urls.iter().map(|one| &one["path"]).collect::<Vec<_>>(), ["/blog/a"]);
}

#[test]
fn an_entry_is_sent_again_only_if_it_has_changed() {
    let site = Site::new();
    let made = site.ask("POST", &site.pages(), Some(&page("tagged")));
    let (one, tag) = (of(&site.pages(), &made.body), made.header("etag").to_owned());
    let seen = |tag: &str| site.server.ask_with("GET", &one, Some(&site.token), None, &[("If-None-Match", tag)]);
    let same = seen(&tag);
    assert_eq!((same.status, same.header("etag"), &same.body), (304, tag.as_str(), &Value::Null));
    assert_eq!(seen(&format!("\"99\", {tag}")).status, 304);
    site.change(&one, &json!({ "name": "Changed" }));
    let new = seen(&tag);
    assert_eq!((new.status, &new.body["name"]), (200, &json!("Changed")));
    assert_ne!(new.header("etag"), tag);
    assert_eq!(site.server.ask_with("GET", &one, None, None, &[("If-None-Match", new.header("etag"))]).status, 401);
}

#[test]
fn an_answer_in_a_language_and_as_html_is_sent_again_only_if_it_has_changed_too() {
    let site = Site::new();
    let post = site.make(&site.posts(), &json!({ "name": "Post", "slug": "post", "status": "published" }));
    let button = json!({ "type": "button", "data": { "label": "Go", "link": format!("entry:{}", post["id"].as_str().unwrap()) } });
    let content = json!([{ "columns": [{ "blocks": [button] }] }]);
    let made = site.make(&site.pages(), &json!({ "name": "Page", "slug": "page", "title": { "en": "Tides" }, "content": content }));
    let known = |query: &str, tag: &str| {
        let path = format!("{}?{query}", of(&site.pages(), &made));
        site.server.ask_with("GET", &path, Some(&site.token), None, &[("If-None-Match", tag)])
    };
    for query in ["locale=fr", "render=html", "locale=fr&render=html"] {
        let tag = known(query, "\"none\"").header("etag").to_owned();
        assert_eq!((known(query, &tag).status, known(query, &format!("W/{tag}")).status), (304, 304), "{query}");
        assert_eq!(known("", &tag).status, 200, "in another form it is another answer");
    }
    let tag = known("render=html", "\"none\"").header("etag").to_owned();
    site.change(&of(&site.posts(), &post), &json!({ "slug": "moved" }));
    let moved = known("render=html", &tag);
    assert!(moved.status == 200 && moved.body["html"].as_str().unwrap().contains("/blog/moved"), "{}", moved.body);
    // What a change must find is the version.
    let write = |tag: &str| {
        let (path, body) = (of(&site.pages(), &made), json!({ "name": "Changed" }));
        site.server.ask_with("PATCH", &path, Some(&site.token), Some(&body), &[("If-Match", tag)]).status
    };
    assert_eq!((write(&tag), write(&tag)), (200, 412));
}

#[test]
fn a_new_default_language_reaches_those_who_have_the_entry_already() {
    let site = Site::new();
    let made = site.make(&site.pages(), &json!({ "name": "Both", "slug": "both", "title": { "en": "Tides", "fr": "Marées" } }));
    let german = format!("{}?locale=de", of(&site.pages(), &made));
    let before = site.get(&german);
    assert_eq!(before.body["title"], "Tides");
    site.change(&site.project(), &json!({ "defaultLocale": "fr" }));
    let after = site.server.ask_with("GET", &german, Some(&site.token), None, &[("If-None-Match", before.header("etag"))]);
    assert_eq!((after.status, &after.body["title"]), (200, &json!("Marées")));
}

#[test]
fn a_change_of_what_somebody_else_has_changed_is_refused() {
    let site = Site::new();
    let made = site.ask("POST", &site.pages(), Some(&page("shared")));
    let (one, tag) = (of(&site.pages(), &made.body), made.header("etag").to_owned());
    let matching =
        |method: &str, tag: &str, body: Option<&Value>| site.server.ask_with(method, &one, Some(&site.token), body, &[("If-Match", tag)]);
    let first = matching("PATCH", &tag, Some(&json!({ "name": "First" })));
    assert_eq!(first.status, 200, "{}", first.body);
    for stale in [tag.as_str(), "\"0\"", "\"theirs\"", "\"8\", W/\"9\""] {
        let refused = matching("PATCH", stale, Some(&json!({ "name": "Second" })));
        assert_eq!((refused.status, &refused.body["code"]), (412, &json!("PRECONDITION_FAILED")), "{}", refused.body);
        assert_eq!(matching("DELETE", stale, None).status, 412);
    }
    for unreadable in ["nonsense", "2", "\"2", "*, \"2\"", "\"2\" \"3\""] {
        for (method, body) in [("PATCH", Some(&json!({ "name": "Second" }))), ("DELETE", None)] {
            let refused = matching(method, unreadable, body);
            assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!("If-Match")), "{unreadable}: {}", refused.body);
        }
    }
    assert_eq!(site.get(&one).body, first.body);
    assert_eq!(matching("PATCH", "*", Some(&json!({ "name": "Any" }))).status, 200);
    // A proxy that compresses makes the tag weak, and some put the coding behind it.
    let now = site.get(&one).header("etag").trim_matches('"').to_owned();
    assert_eq!(matching("PATCH", &format!("\"0\", W/\"{now}\""), Some(&json!({ "name": "One of them" }))).status, 200);
    let now = site.get(&one).header("etag").trim_matches('"').to_owned();
    assert_eq!(matching("DELETE", &format!("W/\"{now}-gzip\""), None).status, 200);
    assert_eq!(site.get(&one).status, 404);
}

#[test]
fn of_eight_that_change_one_version_exactly_one_does() {
    let site = Site::new();
    let made = site.ask("POST", &site.pages(), Some(&page("raced")));
    let (one, tag) = (of(&site.pages(), &made.body), made.header("etag"));
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let change = |number: usize| {
            let body = json!({ "name": format!("By {number}") });
            site.server.ask_with("PATCH", &one, Some(&site.token), Some(&body), &[("If-Match", tag)]).status
        };
        let threads: Vec<_> = (0..8).map(|number| scope.spawn(move || change(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412, 412, 412, 412, 412]);
}

#[test]
fn pages_of_an_app_are_found_nowhere_else() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("here"));
    let id = made["id"].as_str().unwrap();
    let stranger = tenant(&site.server, "elsewhere");
    let second = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "website", "name": "Second" }));
    let (org, project, app) = (site.here.org.to_string(), site.here.project.to_string(), site.here.app.to_string());
    let (other, theirs) = (site.here.other.to_string(), stranger.org.to_string());
    let pages = |org: &str, project: &str, app: &str| format!("/organizations/{org}/projects/{project}/apps/website/{app}/pages");
    let wrong = [
        pages(&org, &other, &app),
        pages(&theirs, &project, &app),
        pages(&org, &stranger.project.to_string(), &stranger.app.to_string()),
        pages(&theirs, &stranger.project.to_string(), &stranger.app.to_string()),
    ];
    for path in &wrong {
        assert_eq!(site.get(path).status, 404, "{path}");
        assert_eq!(site.ask("POST", path, Some(&page("new"))).status, 404, "{path}");
    }
    let beside = [pages(&org, &project, second["id"].as_str().unwrap()), site.posts()];
    for path in wrong.iter().chain(&beside) {
        let one = format!("{path}/{id}");
        assert_eq!(site.get(&one).status, 404, "{one}");
        assert_eq!(site.ask("PATCH", &one, Some(&json!({ "name": "Stolen" }))).status, 404, "{one}");
        assert_eq!(site.ask("DELETE", &one, None).status, 404, "{one}");
    }
    assert_eq!(site.get(&of(&site.pages(), &made)).body, made);
}

#[test]
fn a_language_has_one_spelling_but_for_what_is_stored() {
    let site = Site::new();
    let languages = |tags: &[&str]| {
        let changed = site.ask("PATCH", &site.project(), Some(&json!({ "enabledLocales": tags })));
        assert_eq!(changed.status, 200, "{}", changed.body);
        changed.body["enabledLocales"].clone()
    };
    assert_eq!(languages(&["zh-hans", "zh-Hans", "pt-br"]), json!(["en", "zh-Hans", "pt-BR"]));
    // As it could be stored before: entries go on in that spelling, whichever one is asked for.
    site.alter("UPDATE projects SET locales = '[\"en\",\"zh-hans\"]' WHERE slug = 'site'", []);
    let made = site.make(&site.pages(), &json!({ "name": "a", "slug": "a", "title": { "zh-hans": "一" } }));
    assert_eq!(languages(&["en", "zh-Hans"]), json!(["en", "zh-hans"]));
    let changed = site.change(&of(&site.pages(), &made), &json!({ "title": { "en": "One", "zh-hans": "二" } }));
    assert_eq!(changed["title"], json!({ "zh-hans": "二", "en": "One" }));
}

#[test]
fn a_date_too_far_ahead_and_an_invisible_name_are_called_that() {
    let site = Site::new();
    for (body, wanted) in [
        (json!({ "publishDate": "9999-12-31T23:59:59Z" }), ("publishDate", "too_far")),
        (json!({ "scheduledPublishAt": "3000-01-01" }), ("scheduledPublishAt", "too_far")),
        (json!({ "publishDate": "soon" }), ("publishDate", "malformed")),
        (json!({ "name": "\u{200b}\u{ad}" }), ("name", "required")),
        (json!({ "tags": ["\u{3164}"] }), ("tags[0]", "required")),
    ] {
        let mut whole = page("x");
        whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let refused = site.ask("POST", &site.posts(), Some(&whole));
        assert_eq!((refused.status, fault(&refused.body)), (400, wanted), "{}", refused.body);
    }
    let listed = site.get(&format!("{}?publishDate=10000-01-01T00:00:00Z", site.posts()));
    assert_eq!((listed.status, listed.body["meta"]["total"].as_u64()), (200, Some(0)), "nothing is found so far ahead: {}", listed.body);
    let keys = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, site.admin.account);
    let refused = site.ask("POST", &keys, Some(&json!({ "name": "k", "expiresAt": "9999-12-31T23:59:59Z" })));
    assert_eq!((refused.status, fault(&refused.body)), (400, ("expiresAt", "too_far")), "{}", refused.body);
    for (path, body) in [
        (keys.clone(), json!({ "name": "\u{2800}" })),
        (format!("{}/apps", site.project()), json!({ "name": "\u{feff}", "appType": "website" })),
    ] {
        let refused = site.ask("POST", &path, Some(&body));
        assert_eq!((refused.status, fault(&refused.body)), (400, ("name", "required")), "{path}: {}", refused.body);
    }
}
