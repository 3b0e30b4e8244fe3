//! A list that is made in memory says the same as one that the database makes.

use serde_json::{Value, json};

use crate::support::Site;

/// Names that fold, differ in case, and lie apart in the order of their bytes.
const NAMES: [(&str, &str); 6] =
    [("Élan", "elan"), ("cutter two", "cutter-two"), ("Barge", "barge"), ("Cutter one", "cutter-one"), ("elan", "a-2"), ("Zille", "a-10")];

/// What both lists are asked; each finds something, but for the last.
const ASKED: [&str; 12] = [
    "sort=name:asc",
    "sort=name:desc",
    "sort=slug:asc",
    "sort=slug:desc",
    "sort=createdAt:desc",
    "sort=name:asc&search=CUTT",
    "sort=name:asc&search=two%20cut",
    "sort=name:asc&search=%C3%A9lan",
    "sort=name:asc&slug=barge",
    "sort=name:asc&slug_like=UTTER",
    "sort=name:asc&createdAt_gte=2001-01-01T00:00:00.000Z&pageSize=4&page=2",
    "sort=name:asc&createdAt_gte=2901-01-01T00:00:00.000Z",
];

#[test]
fn a_list_in_memory_and_one_of_the_database_find_the_same_in_one_order() {
    let site = Site::new();
    let of = |segment: &str| {
        let made = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": segment }));
        format!("{}/apps/kb/{}/{segment}", site.project(), made["id"].as_str().unwrap())
    };
    // Categories stand below each other, so their list is made in memory; that of articles is not.
    let lists = [of("categories"), of("articles")];
    for list in &lists {
        NAMES.iter().for_each(|(name, slug)| drop(site.make(list, &json!({ "name": name, "slug": slug }))));
    }
    for asked in ASKED {
        let [in_memory, stored] = lists.each_ref().map(|list| {
            let answer = site.get(&format!("{list}?{asked}"));
            assert_eq!(answer.status, 200, "{asked}: {}", answer.body);
            let slugs: Vec<Value> = answer.body["data"].as_array().unwrap().iter().map(|one| one["slug"].clone()).collect();
            (slugs, answer.body["meta"]["total"].clone())
        });
        assert_eq!(in_memory, stored, "{asked}");
        assert_eq!(stored.0.is_empty(), asked == ASKED[ASKED.len() - 1], "{asked}");
    }
}
