//! What surrounds the entries of a site: tags, addresses, settings, readers.

use serde_json::{Value, json};

use crate::support::{Site, page};

fn at(site: &Site, more: &str) -> String {
    format!("{}/apps/website/{}/{more}", site.project(), site.here.app)
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

#[test]
fn tags_are_those_that_entries_have_now() {
    let site = Site::new();
    let tagged = |slug: &str, tags: Value| json!({ "name": slug, "slug": slug, "tags": tags });
    let first = site.make(&site.pages(), &tagged("a", json!(["Sea", "wind"])));
    let second = site.make(&site.posts(), &tagged("b", json!(["Sea", "été"])));
    let tags = |query: &str| site.items(&at(&site, &format!("tags{query}")));
    assert_eq!(tags(""), [json!("été"), json!("Sea"), json!("wind")]);
    assert_eq!(tags("?sort=tag:desc&pageSize=1&page=2"), [json!("Sea")]);
    assert_eq!((tags("?search=ETE"), tags("?tag=sea"), tags("?tag=Sea").len()), (vec![json!("été")], vec![], 1));
    site.change(&format!("{}/{}", site.pages(), id(&first)), &json!({ "tags": ["rain"] }));
    assert_eq!(tags(""), [json!("été"), json!("rain"), json!("Sea")]);
    let one = format!("{}/{}", site.posts(), id(&second));
    assert_eq!(site.ask("DELETE", &one, None).status, 200);
    assert_eq!(tags(""), [json!("rain")]);
    assert_eq!(site.ask("POST", &format!("{}/trash/{}/restore", site.project(), id(&second)), None).status, 200);
    assert_eq!(tags("").len(), 3);
}

#[test]
fn addresses_are_those_of_what_is_published() {
    let site = Site::new();
    site.make(&site.pages(), &page("about"));
    site.make(&site.posts(), &page("draft"));
    let post = site.make(&site.posts(), &json!({ "name": "News", "slug": "news", "status": "published" }));
    let urls = site.get(&at(&site, "urls")).body;
    assert_eq!((&urls["slugs"], &urls["truncated"]), (&json!(["about", "blog/news"]), &json!(false)));
    assert_eq!(urls["entries"][1], json!({ "slug": "blog/news", "name": "News", "layoutId": null }));
    let found = |path: &str| site.items(&format!("{}/urls?path={path}", site.project()));
    assert_eq!((id(&found("/blog/news")[0]), found("/blog/news").len()), (id(&post), 1));
    assert_eq!((found("/news").len(), found("/blog/draft").len(), found("nothing").len()), (0, 0, 0));
}

#[test]
fn consent_and_tracking_have_defaults_and_are_changed_bit_by_bit() {
    let site = Site::new();
    let consent = site.get(&at(&site, "consent")).body;
    assert_eq!(
        (&consent["id"], &consent["bannerEnabled"], &consent["bannerTitle"]),
        (&json!(site.here.app.to_string()), &json!(false), &Value::Null)
    );
    site.change(&at(&site, "consent"), &json!({ "bannerEnabled": true, "bannerTitle": "Cookies", "autoDetectRegion": true }));
    let changed = site.change(&at(&site, "consent"), &json!({ "statisticsCookiesEnabled": true, "privacyPolicyUrl": "/privacy" }));
    assert_eq!(
        (&changed["bannerTitle"], &changed["bannerEnabled"], &changed["autoDetectRegion"]),
        (&json!("Cookies"), &json!(true), &json!(true))
    );
    assert_eq!(site.get(&at(&site, "consent")).body, changed);
    assert_eq!(site.change(&at(&site, "consent"), &json!({ "bannerTitle": null }))["bannerTitle"], Value::Null);
    let tracking = site.change(&at(&site, "tracking"), &json!({ "googleTagManagerId": "GTM-ABC123" }));
    assert_eq!(site.get(&at(&site, "tracking")).body, tracking);
    for (path, body, field) in [
        ("consent", json!({ "cookiePolicyUrl": "javascript:x" }), "cookiePolicyUrl"),
        ("consent", json!({ "banner": true }), "banner"),
        ("tracking", json!({ "googleTagManagerId": "<script>" }), "googleTagManagerId"),
    ] {
        let refused = site.ask("PATCH", &at(&site, path), Some(&body));
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field)), "{}", refused.body);
    }
    let settings = site.get(&format!("{}/apps/{}/settings", site.project(), site.here.app)).body;
    assert_eq!(settings["settings"], json!({}), "they have routes of their own");
    let app =
        site.change(&format!("{}/apps/{}/settings", site.project(), site.here.app), &json!({ "settings": { "pageDesign": "Plain" } }));
    assert_eq!(
        (&app["settings"]["pageDesign"], &site.get(&at(&site, "tracking")).body["googleTagManagerId"]),
        (&json!("Plain"), &json!("GTM-ABC123"))
    );
    assert_eq!(site.items("/me/activities?action=app.settings-updated").len(), 5, "what is so already leaves no line");
}

#[test]
fn readers_are_on_the_register_while_they_sign_in() {
    let site = Site::new();
    let invite = |email: &str| site.ask("POST", &at(&site, "viewers"), Some(&json!({ "email": email })));
    assert_eq!(site.get(&at(&site, "viewer-auth")).body, json!({ "enabled": false, "tenantId": null, "accessModel": "invite" }));
    let refused = invite("ada@example.com");
    assert_eq!((refused.status, &refused.body["code"]), (404, &json!("VIEWER_AUTH_DISABLED")), "{}", refused.body);
    site.change(&at(&site, "viewer-auth"), &json!({ "enabled": true, "accessModel": "registration" }));
    let invited = invite(" Ada@Example.com");
    assert_eq!(
        (invited.status, &invited.body["email"], &invited.body["created"], &invited.body["sent"]),
        (201, &json!("ada@example.com"), &json!(true), &json!(false))
    );
    assert_eq!(
        invite("ada@example.com").body,
        json!({ "email": "ada@example.com", "personId": invited.body["personId"], "created": false, "sent": false })
    );
    assert_eq!(invite("nobody").body["errors"][0]["field"], "email");
    invite("bob@example.com");
    assert_eq!(site.items(&at(&site, "viewers?search=ADA")).len(), 1);
    assert_eq!(site.items(&at(&site, "viewers?signedInAt_isnull=true&sort=email:asc"))[0]["email"], "ada@example.com");
    site.change(&at(&site, "viewer-auth"), &json!({ "enabled": false }));
    assert_eq!(site.get(&at(&site, "viewers")).body["meta"]["total"], 0);
    site.change(&at(&site, "viewer-auth"), &json!({ "enabled": true }));
    let one = at(&site, &format!("viewers/{}", invited.body["personId"].as_str().unwrap()));
    assert_eq!(site.ask("DELETE", &one, None).body, json!({ "uid": invited.body["personId"] }));
    assert_eq!((site.ask("DELETE", &one, None).status, site.items(&at(&site, "viewers")).len()), (404, 1));
    for path in ["viewer-auth/apple", "viewer-auth/sso"] {
        assert_eq!(site.get(&at(&site, path)).body["enabled"], false);
    }
}
