//! Redirects in the forms of others.

use serde_json::json;

use crate::support::{Site, page};

use super::sitemap::text;

#[test]
fn redirects_are_told_in_the_forms_of_others() {
    let site = Site::new();
    let website = format!("{}/apps/website/{}", site.project(), site.here.app);
    let moved = site.make(&site.pages(), &page("before"));
    site.change(&format!("{}/{}", site.pages(), moved["id"].as_str().unwrap()), &json!({ "slug": "after" }));
    for (from, to, status) in [("/a/*", "https://example.org/:splat?x=$y", 302), ("/quote\"d", "/b", 301)] {
        site.make(&format!("{website}/redirects"), &json!({ "fromPath": from, "toPath": to, "status": status }));
    }
    let rules = |format: &str| text(&site, &format!("{website}/redirect-rules?format={format}"));
    let netlify = "/a/%2A https://example.org/%3Asplat?x=%24y 302\n/before /after 301\n/quote%22d /b 301\n";
    assert_eq!(rules("netlify"), (200, "text/plain; charset=utf-8".to_owned(), netlify.to_owned()));
    let nginx = "# In a server: if ($redirect_301) { return 301 $redirect_301; }\nmap $uri $redirect_301 {\n    default \"\";\n    \
                 \"/quote\\\"d\" \"/b\";\n    \"/quote\\\"d/\" \"/b\";\n}\n\
                 # In a server: if ($redirect_302) { return 302 $redirect_302; }\nmap $uri $redirect_302 {\n    default \"\";\n    \
                 \"/a/*\" \"https://example.org/:splat?x=%24y\";\n    \"/a/*/\" \"https://example.org/:splat?x=%24y\";\n}\n\
                 # In a server: if ($redirect_307) { return 307 $redirect_307; }\nmap $uri $redirect_307 {\n    default \"\";\n}\n\
                 # In a server: if ($redirect_308) { return 308 $redirect_308; }\nmap $uri $redirect_308 {\n    default \"\";\n    \
                 \"/before\" \"/after\";\n    \"/before/\" \"/after\";\n}\n";
    assert_eq!(rules("nginx").2, nginx);
    assert_eq!((rules("apache").0, text(&site, &format!("{website}/redirect-rules")).0), (400, 400));
}

#[test]
fn a_long_list_is_told_whole() {
    let site = Site::new();
    let website = format!("{}/apps/website/{}", site.project(), site.here.app);
    let one = site.make(&format!("{website}/redirects"), &json!({ "fromPath": "/a", "toPath": "/b" }));
    let sql = "INSERT INTO redirects (id, organization_id, project_id, app_id, from_path, to_path, status, source, created_at, updated_at)
               WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1203)
               SELECT '0190f4a2-0000-7000-8000-' || SUBSTR('000000000000' || i, -12), organization_id, project_id, app_id, '/n' || i, to_path, 301 + (i % 2), source, created_at, updated_at FROM redirects, n
               WHERE id = ?1";
    site.alter(sql, [one["id"].as_str().unwrap()]);
    let lines = |format: &str| {
        let (status, _, told) = text(&site, &format!("{website}/redirect-rules?format={format}"));
        assert_eq!(status, 200, "{told}");
        told.lines().filter(|line| line.contains("/n")).count()
    };
    assert_eq!((lines("netlify"), lines("nginx")), (1203, 2 * 1203));
}

#[test]
fn no_rule_leads_away_from_a_page_or_in_a_circle() {
    let site = Site::new();
    let website = format!("{}/apps/website/{}", site.project(), site.here.app);
    site.make(&site.pages(), &page("about-us"));
    // As they were stored before it was looked at.
    for (n, (from, to)) in [("/x", "/fine"), ("/y", "/B"), ("/b", "/Y"), ("/About%2DUs", "/elsewhere")].into_iter().enumerate() {
        let made = site.make(&format!("{website}/redirects"), &json!({ "fromPath": format!("/old{n}"), "toPath": "/new" }));
        let sql = "UPDATE redirects SET from_path = ?2, to_path = ?3 WHERE id = ?1";
        site.alter(sql, [made["id"].as_str().unwrap(), from, to]);
    }
    let rules = |format: &str| text(&site, &format!("{website}/redirect-rules?format={format}")).2;
    let nginx: Vec<String> = rules("nginx").lines().filter(|line| line.starts_with("    \"")).map(str::to_owned).collect();
    assert_eq!(nginx, ["    \"/x\" \"/fine\";", "    \"/x/\" \"/fine\";"]);
    assert!(!rules("netlify").contains("About"), "{}", rules("netlify"));
}
