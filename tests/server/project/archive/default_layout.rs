//! The default layout of an app in an archive.

use serde_json::json;

use super::{exported, imported, lines};
use crate::support::Site;

#[test]
fn an_archive_takes_it_along_under_its_new_id() {
    let site = Site::new();
    let made = site.make(&format!("{}/apps/website/{}/layouts", site.project(), site.here.app), &json!({ "name": "Wide" }));
    let settings = json!({ "settings": { "defaultLayoutId": made["id"] } });
    site.change(&format!("{}/apps/{}/settings", site.project(), site.here.app), &settings);
    let archive = exported(&site.server, (site.here.org, site.here.project));
    let (project, report) = imported(&site.server, site.here.org, &archive).expect("it is good");
    assert_eq!(report.notices, vec![]);
    let again = exported(&site.server, (site.here.org, project.id));
    let new = lines(&again, "entry").into_iter().find(|entry| entry["name"] == "Wide").unwrap()["id"].clone();
    assert!(new != made["id"]);
    assert_eq!(lines(&again, "app")[0]["settings"]["defaultLayoutId"], new);
    // One that is not in the archive is told, and not taken.
    let lost =
        archive.replace(&format!("\"defaultLayoutId\":{}", made["id"]), "\"defaultLayoutId\":\"0190f4a2-0000-7000-8000-000000000000\"");
    let (project, report) = imported(&site.server, site.here.org, &lost).expect("it is good");
    assert_eq!(report.notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), ["unknown_reference"]);
    assert_eq!(
        lines(&exported(&site.server, (site.here.org, project.id)), "app")[0].get("settings").map_or(json!({}), Clone::clone),
        json!({})
    );
}
