//! Old versions become fewer and small, and every one that stays is read as it was.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use stele::{domain::content::version::upkeep::VersionRetention, jobs};

use crate::support::{SetClock, Site, page};

const DAY: Duration = Duration::from_secs(86_400);

fn tidy(site: &Site, kept: VersionRetention) {
    site.server.once(&jobs::versions::job(&site.server.store, kept));
}

/// A site whose key lives longer than the usual ones of tests, and that key.
fn lasting(clock: &Arc<SetClock>) -> (Site, String) {
    let site = Site::with(clock);
    let path = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, site.admin.account);
    let made = site.make(&path, &json!({ "name": "Lasting", "access": "full", "expiresInDays": 90 }));
    (site, made["key"].as_str().unwrap().to_owned())
}

/// The numbers of the versions of a page that are kept, the oldest first, with their titles.
fn kept(site: &Site, id: &str) -> Vec<(i64, Value)> {
    let all =
        site.items(&format!("{}/content-versions?contentType=website_page&contentId={id}&sort=version:asc&pageSize=200", site.project()));
    let whole = |one: &Value| {
        let found = site.get(&format!("{}/content-versions/{}", site.project(), one["id"].as_str().unwrap()));
        assert_eq!(found.status, 200, "{}", found.body);
        (found.body["version"].as_i64().unwrap(), found.body["fields"]["title"].clone())
    };
    all.iter().map(whole).collect()
}

#[test]
fn versions_are_packed_in_tens_and_read_as_they_were() {
    let clock = SetClock::new();
    let (mut site, key) = lasting(&clock);
    let made = site.make(&site.pages(), &page("page"));
    let id = made["id"].as_str().unwrap();
    for n in 2..=25 {
        site.change(&format!("{}/{id}", site.pages()), &json!({ "title": { "en": format!("Title {n}"), "fr": "Été" } }));
    }
    let before = kept(&site, id);
    let packed =
        |site: &Site, codec: &str| site.count(&format!("SELECT COUNT(*) FROM versions WHERE entry_id = ?1 AND codec = '{codec}'"), id);
    tidy(&site, VersionRetention::default());
    assert_eq!(packed(&site, "plain"), 25, "what is done today is looked after tomorrow");
    clock.pass(DAY + Duration::from_secs(60));
    site.token = site.server.token(&key);
    tidy(&site, VersionRetention::default());
    assert_eq!((packed(&site, "plain"), packed(&site, "zstd"), packed(&site, "zstd-keyframe")), (1, 3, 21));
    assert_eq!(kept(&site, id), before);
    let all = site.items(&format!("{}/content-versions?contentType=website_page&contentId={id}&version=7", site.project()));
    let restore = format!("{}/content-versions/{}/restore", site.project(), all[0]["id"].as_str().unwrap());
    assert_eq!(site.ask("POST", &restore, None).status, 200);
    assert_eq!(site.get(&format!("{}/{id}", site.pages())).body["title"], json!({ "en": "Title 7", "fr": "Été" }));
}

#[test]
fn old_versions_become_fewer_and_the_others_stay_readable() {
    let clock = SetClock::new();
    let (mut site, key) = lasting(&clock);
    let made = site.make(&site.pages(), &page("page"));
    let id = made["id"].as_str().unwrap().to_owned();
    let path = format!("{}/{id}", site.pages());
    for n in 2..=31 {
        // Three a day for ten days.
        clock.pass(if n % 3 == 2 { DAY } else { Duration::from_secs(60) });
        site.token = site.server.token(&key);
        site.change(&path, &json!({ "title": format!("Title {n}") }));
        tidy(&site, VersionRetention::default());
    }
    assert_eq!(kept(&site, &id).len(), 31 - 2 * 3, "of the days before the last week one stays, beside the first");
    let later = |site: &mut Site, days: u32| {
        clock.pass(DAY * days);
        tidy(site, VersionRetention::default());
    };
    later(&mut site, 30);
    let daily = [1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31];
    assert_eq!(site.count("SELECT COUNT(*) FROM versions WHERE entry_id = ?1", &id), daily.len() as i64);
    later(&mut site, 100);
    let (left, _): (Vec<_>, Vec<_>) = {
        let rows = site.raw();
        let mut query = rows.prepare("SELECT version, codec FROM versions WHERE entry_id = ?1 ORDER BY version").unwrap();
        let all = query.query_map([&id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).unwrap();
        all.map(Result::unwrap).unzip()
    };
    assert!(left.len() <= 4 && left.starts_with(&[1]) && left.ends_with(&[31]), "one a week, the first and the newest: {left:?}");
    assert_eq!(site.count("SELECT COUNT(*) FROM version_upkeep WHERE entry_id = ?1", &id), 0, "nothing is left to do");
}
