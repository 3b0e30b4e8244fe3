//! Who applies what is told, from whatever place, has what is published: tried with changes of all sorts, in any order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use crate::support::Site;

/// Somebody who follows a project, a few changes at a time.
#[derive(Clone, Default)]
pub struct Follower {
    pub cursor: Option<String>,
    pub has: BTreeMap<String, Value>,
}

impl Follower {
    /// Asks once; whether there is more.
    pub fn step(&mut self, site: &Site, most: u32) -> bool {
        let since = self.cursor.as_ref().map(|cursor| format!("&since={cursor}")).unwrap_or_default();
        let told = site.get(&format!("{}/changes?pageSize={most}{since}", site.project()));
        assert_eq!(told.status, 200, "{}", told.body);
        let mut seen = BTreeSet::new();
        for change in told.body["data"].as_array().unwrap().iter().filter(|change| is_made(change)) {
            let id = change["id"].as_str().unwrap().to_owned();
            assert!(seen.insert(id.clone()), "{id} is told twice at once");
            match change["change"].as_str() {
                Some("put") => drop(self.has.insert(id, change["entry"].clone())),
                Some("remove") => drop(self.has.remove(&id)),
                other => panic!("{other:?}"),
            }
        }
        self.cursor = Some(told.body["cursor"].as_str().unwrap().to_owned());
        told.body["hasMore"] == true
    }

    /// Asks until there is no more.
    pub fn catch_up(&mut self, site: &Site, most: u32) {
        while self.step(site, most) {}
    }
}

/// Whether an entry is one that a test makes: each app has some from its start on.
pub fn is_made(change: &Value) -> bool {
    ["website_page", "website_post", "website_header"].contains(&change["contentType"].as_str().unwrap())
}

/// What the lists say is published, by id.
pub fn published(site: &Site) -> BTreeMap<String, Value> {
    let website = format!("{}/apps/website/{}", site.project(), site.here.app);
    let lists = ["pages?status=published&", "posts?status=published&", "headers?"];
    let items = lists.iter().flat_map(|list| site.items(&format!("{website}/{list}pageSize=200")));
    items.map(|item| (item["id"].as_str().unwrap().to_owned(), item)).collect()
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Rename,
    Publish,
    Unpublish,
    Hide,
    Trash,
    Restore,
    Erase,
    Build,
}

use Change::{Build, Erase, Hide, Publish, Rename, Restore, Trash, Unpublish};

#[derive(Debug, Clone)]
enum Step {
    /// An entry in this list with this status.
    Make(&'static str, &'static str),
    /// Of the entry with this number among all that were made.
    Change(usize, Change),
    /// The follower that began last asks once.
    Follow(u32),
    /// All ask until there is no more.
    CatchUp,
    /// Somebody begins.
    Begin,
}

fn step() -> impl Strategy<Value = Step> {
    let made = vec![("pages", "published"), ("pages", "draft"), ("posts", "published"), ("headers", "")];
    let changes = vec![Rename, Rename, Publish, Publish, Unpublish, Hide, Trash, Trash, Restore, Restore, Erase, Build];
    prop_oneof![
        4 => prop::sample::select(made).prop_map(|(list, status)| Step::Make(list, status)),
        9 => (0..100_usize, prop::sample::select(changes)).prop_map(|(at, change)| Step::Change(at, change)),
        3 => (1..4_u32).prop_map(Step::Follow),
        1 => Just(Step::CatchUp),
        1 => Just(Step::Begin),
    ]
}

/// Entries that were made: their address, content type and id.
type Made = Vec<(String, &'static str, String)>;

fn make(site: &Site, made: &mut Made, (list, status): (&'static str, &'static str)) {
    let path = format!("{}/apps/website/{}/{list}", site.project(), site.here.app);
    let name = format!("n{}", made.len());
    let body = match status {
        "" => json!({ "name": name }),
        status => json!({ "name": name, "slug": name, "status": status }),
    };
    let id = site.make(&path, &body)["id"].as_str().unwrap().to_owned();
    let kind = match list {
        "pages" => "website_page",
        "posts" => "website_post",
        _ => "website_header",
    };
    made.push((format!("{path}/{id}"), kind, id));
}

/// Does it; what is not possible at this moment changes nothing.
fn act(site: &Site, (path, kind, id): &(String, &'static str, String), change: Change) {
    let project = site.project();
    let one = json!({ "contentType": kind, "contentId": id });
    let (method, path, body) = match change {
        Rename => ("PATCH", path.clone(), Some(json!({ "name": "Again" }))),
        Publish => ("POST", format!("{project}/content/publish"), Some(one)),
        Unpublish => ("POST", format!("{project}/content/unpublish"), Some(one)),
        Hide => ("POST", format!("{project}/content/visibility"), Some(json!({ "contentType": kind, "contentId": id, "isListed": false }))),
        Trash => ("DELETE", path.clone(), None),
        Restore => ("POST", format!("{project}/trash/{id}/restore"), None),
        Erase => ("DELETE", format!("{project}/trash/{id}"), None),
        Build => ("POST", format!("{project}/content/sections/insert"), Some(one)),
    };
    let done = site.ask(method, &path, body.as_ref());
    assert!(matches!(done.status, 200 | 201 | 400 | 404) && done.reason() != "no_route", "{change:?}: {}", done.body);
}

#[test]
fn who_applies_what_is_told_has_what_is_published() {
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let steps = prop::collection::vec(step(), 1..40);
    runner
        .run(&steps, |steps| {
            let site = Site::new();
            let (mut made, mut followers) = (Made::new(), vec![Follower::default()]);
            for step in &steps {
                match step {
                    Step::Make(list, status) => make(&site, &mut made, (list, status)),
                    Step::Follow(most) => drop(followers.last_mut().unwrap().step(&site, *most)),
                    Step::CatchUp => followers.iter_mut().for_each(|one| one.catch_up(&site, 2)),
                    Step::Begin => followers.push(Follower::default()),
                    Step::Change(at, change) if !made.is_empty() => act(&site, &made[at % made.len()], *change),
                    Step::Change(..) => {}
                }
            }
            let wanted = published(&site);
            for mut follower in followers {
                follower.catch_up(&site, 3);
                prop_assert_eq!(&follower.has, &wanted);
            }
            Ok(())
        })
        .unwrap();
}
