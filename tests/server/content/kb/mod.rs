//! The knowledge base.

mod article;
mod category;
mod console;

use serde_json::{Value, json};

use crate::support::Site;

const NOTHING: &str = "0190f4a2-0000-7000-8000-000000000000";

/// A site with a knowledge base, and where that is.
fn help() -> (Site, String) {
    let site = Site::new();
    let made = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Help" }));
    let base = format!("{}/apps/kb/{}", site.project(), id(&made));
    (site, base)
}

fn id(entry: &Value) -> &str {
    entry["id"].as_str().unwrap()
}

/// A new category with this slug, below another one.
fn category(site: &Site, base: &str, slug: &str, below: Option<&Value>) -> Value {
    site.make(&format!("{base}/categories"), &json!({ "name": slug.to_uppercase(), "slug": slug, "parentId": below.map(id) }))
}

/// The answer's faults, each by its field and its code.
fn faults(site: &Site, method: &str, path: &str, body: &Value) -> Vec<(String, String)> {
    let refused = site.ask(method, path, Some(body));
    assert_eq!(refused.status, 400, "{}", refused.body);
    let all = refused.body["errors"].as_array().unwrap().iter();
    all.map(|fault| (fault["field"].as_str().unwrap().to_owned(), fault["code"].as_str().unwrap().to_owned())).collect()
}
