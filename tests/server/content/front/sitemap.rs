//! The sitemap: what is in it, and what is not.

use serde_json::{Value, json};

use crate::support::Site;

/// A text and its media type.
pub fn text(site: &Site, path: &str) -> (u16, String, String) {
    let url = format!("{}/api{path}", site.server.url);
    let told = reqwest::blocking::Client::new().get(url).bearer_auth(&site.token).send().unwrap();
    let kind = told.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
    (told.status().as_u16(), kind, told.text().unwrap())
}

fn sitemap(site: &Site, query: &str) -> (u16, String, String) {
    text(site, &format!("{}/apps/website/{}/sitemap?{query}", site.project(), site.here.app))
}

#[test]
fn a_sitemap_has_what_everybody_may_find() {
    let site = Site::new();
    let mut made = Vec::new();
    for (slug, more) in [
        ("open", json!({})),
        ("draft", json!({ "status": "draft" })),
        ("unlisted", json!({})),
        ("gated", json!({})),
        ("kept-out", json!({ "seo": { "noindex": true } })),
        ("gone", json!({})),
    ] {
        let mut body = json!({ "name": slug, "slug": slug });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        made.push(site.make(&site.pages(), &body));
    }
    for (at, flag, on) in [(2, "isListed", false), (3, "requiresViewerAuth", true)] {
        let body = json!({ "contentType": "website_page", "contentId": made[at]["id"], flag: on });
        assert_eq!(site.ask("POST", &format!("{}/content/visibility", site.project()), Some(&body)).status, 200);
    }
    let gone = made.last().unwrap()["id"].as_str().unwrap();
    assert_eq!(site.ask("DELETE", &format!("{}/{gone}", site.pages()), None).status, 200);
    let post = site.make(&site.posts(), &json!({ "name": "post", "slug": "post", "status": "published" }));
    let (status, kind, told) = sitemap(&site, "base=https%3A%2F%2Fexample.org%2F");
    assert_eq!((status, kind.as_str()), (200, "text/xml; charset=utf-8"), "{told}");
    let at = |one: &Value| one["updatedAt"].as_str().unwrap().to_owned();
    let wanted = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         <url><loc>https://example.org/</loc></url>\n\
         <url><loc>https://example.org/open</loc><lastmod>{}</lastmod></url>\n\
         <url><loc>https://example.org/blog/post</loc><lastmod>{}</lastmod></url>\n</urlset>\n",
        at(&made[0]),
        at(&post)
    );
    assert_eq!(told, wanted);
    for (query, status) in [("", 400), ("base=x", 400), ("base=https://a.example&page=0", 400), ("base=https://a.example&page=2", 404)] {
        assert_eq!(sitemap(&site, query).0, status, "{query}");
    }
    assert_eq!(sitemap(&site, "base=https://a.example&page=1").0, 200);
}

/// More entries than one file holds, past the server: with as many requests it would take minutes.
fn fill(site: &Site, many: u32) {
    let one = site.make(&site.pages(), &json!({ "name": "a", "slug": "a" }));
    let sql = "INSERT INTO entries (id, organization_id, project_id, app_id, kind, name, name_fold, slug, status, is_listed, requires_viewer_auth, version,
               created_by, updated_by, created_at, updated_at, fields, search, content, locales)
               WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
               SELECT 'n' || i, organization_id, project_id, app_id, kind, name, name_fold, 'p' || SUBSTR('000000' || i, -6), status, is_listed,
               requires_viewer_auth, version, created_by, updated_by, created_at, updated_at, fields, search, content, locales
               FROM entries, n WHERE id = ?1";
    site.alter(sql, (one["id"].as_str().unwrap(), many));
}

#[test]
fn a_long_sitemap_is_several_files_with_an_index() {
    let site = Site::new();
    fill(&site, 50_001);
    let (_, _, index) = sitemap(&site, "base=https://example.org/sub");
    assert!(index.contains("<sitemapindex") && index.contains("<loc>https://example.org/sub/sitemap-2.xml</loc>"), "{index}");
    assert_eq!(index.matches("<sitemap>").count(), 2);
    let paths = |page: u32| -> Vec<String> {
        let (status, _, told) = sitemap(&site, &format!("base=https://a.example&page={page}"));
        assert_eq!(status, 200);
        told.split("<loc>https://a.example").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
    };
    let (first, second) = (paths(1), paths(2));
    assert_eq!((first.len(), first[0].as_str(), first[1].as_str(), first[50_000].as_str()), (50_001, "/", "/a", "/p049999"));
    assert_eq!(second, ["/p050000", "/p050001"]);
    assert_eq!(sitemap(&site, "base=https://a.example&page=3").0, 404);
}
