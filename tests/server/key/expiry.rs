//! The day that a key ends on is the day of who chose it, wherever they are and whatever their clocks do on it.

use stele::domain::access::{Access, Role};

use crate::support::{SetClock, Site, Visitor, machine};

#[test]
fn a_key_ends_with_the_chosen_day_where_its_maker_is() {
    let site = Site::with(&SetClock::new());
    let made = machine(&site.server, site.here.org, Role::Editor, Access::Write, None);
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    let page = format!("/o/acme/settings/accounts/{}/keys/new", made.account);
    for (zone, day, ends, told) in [
        ("UTC", "2030-05-01", "2030-05-01T23:59:59.000Z", "1 May 2030"),
        ("Asia/Kolkata", "2030-05-01", "2030-05-01T18:29:59.000Z", "1 May 2030"),
        // The day on which an hour is left out, the one before it, and those that have an hour twice.
        ("Europe/Paris", "2030-03-30", "2030-03-30T22:59:59.000Z", "30 March 2030"),
        ("Europe/Paris", "2030-03-31", "2030-03-31T21:59:59.000Z", "31 March 2030"),
        ("America/New_York", "2030-11-03", "2030-11-04T04:59:59.000Z", "3 November 2030"),
        ("Pacific/Auckland", "2030-04-07", "2030-04-07T11:59:59.000Z", "7 April 2030"),
        // The next day begins at one o'clock there.
        ("Africa/Cairo", "2030-04-25", "2030-04-25T21:59:59.000Z", "25 April 2030"),
    ] {
        admin.post("/account/profile", &[("name", "Anna"), ("timezone", zone), ("locale", "en")]).is(303);
        let once = admin.get(&page).is(200).hidden("once");
        let name = format!("{zone} {day}");
        let form = [("once", &*once), ("name", &name), ("expiry", "date"), ("until", day), ("access", "read"), ("reach", "all")];
        admin.post(&page, &form).is(200);
        let keys = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, made.account);
        let key = site.items(&keys).into_iter().find(|key| key["name"] == *name).expect("the key");
        assert_eq!(key["expiresAt"], ends, "{name}");
        let shown = admin.get(&format!("/o/acme/settings/keys/{}/regenerate", key["id"].as_str().unwrap())).is(200).text;
        assert!(shown.contains(&format!("Expires on {told}")), "{name}");
    }
}
