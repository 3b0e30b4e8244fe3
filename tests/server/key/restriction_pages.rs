//! Keys that are restricted, in the console: typed with a new key, changed later, and told where keys are.

use stele::{
    config::Config,
    domain::access::{Access, Role},
};

use crate::support::{Site, Visitor, machine};

const KEYS: &str = "/o/acme/settings/keys";

#[test]
fn restrictions_are_typed_and_told_wherever_keys_are() {
    let site = Site::as_set(Config { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..Config::default() });
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let token = site.server.token(&made.secret);
    let owner = Visitor::owner(&site.server, &site.here);
    let page = format!("{KEYS}/{}/restrict", made.key);
    let shown = owner.get(&page).is(200).text;
    assert!(shown.contains("You come from 127.0.0.1.") && shown.contains("name=\"networks\""), "{shown}");
    let wanted = [("networks", "192.0.2.9/24, 2001:db8::/32\n10.0.0.1"), ("requestsPerMinute", "60"), ("seen", ";0")];
    assert_eq!(owner.post(&page, &wanted).is(303).to, KEYS);
    assert_eq!(site.server.ask("GET", "/whoami", Some(&token), None).reason(), "address_not_allowed");
    for path in [KEYS.to_owned(), format!("{KEYS}/{}", made.key), format!("/o/acme/settings/accounts/{}", made.account)] {
        let shown = owner.get(&path).is(200).text;
        assert!(shown.contains("10.0.0.1, 192.0.2.0/24, 2001:db8::/32") || shown.contains("<code>192.0.2.0/24</code>"), "{path}");
        assert!(shown.contains("At most 60 requests a minute"), "{path}");
    }
    assert!(owner.get(&page).is(200).text.contains("10.0.0.1, 192.0.2.0/24, 2001:db8::/32</textarea>"), "as it is now");
    assert!(owner.post(&page, &wanted).is(412).text.contains("192.0.2.9/24"), "what was changed meanwhile is not overwritten unseen");
    let wrong = owner.post(&page, &[("networks", "example.org"), ("requestsPerMinute", "many")]).is(422).text;
    assert!(wrong.contains("example.org") && wrong.contains("Give a whole number"), "{wrong}");
    let wrong = owner.post(&page, &[("networks", "example.org"), ("requestsPerMinute", "0")]).is(422).text;
    assert!(wrong.contains("neither an address nor a network") && wrong.contains("Give a whole number from 1"), "{wrong}");
    owner.post(&page, &[("networks", ""), ("requestsPerMinute", "")]).is(303);
    assert_eq!(site.server.ask("GET", "/whoami", Some(&token), None).status, 200);
    let told = owner.get("/o/acme/settings/activity").is(200).text;
    assert!(told.contains("changed from where or how often the key"), "{told}");
}

#[test]
fn a_new_key_may_be_restricted_at_once() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let owner = Visitor::owner(&site.server, &site.here);
    for page in [format!("/o/acme/settings/accounts/{}/keys/new", made.account), "/account/keys/new".to_owned()] {
        let shown = owner.get(&page).is(200).text;
        let (_, rest) = shown.split_once("name=\"once\" value=\"").unwrap();
        let once = rest.split('"').next().unwrap();
        let base = [("once", once), ("name", "CI"), ("access", "read"), ("reach", "all"), ("expiry", "30"), ("requestsPerMinute", "5")];
        let form = |networks: &'static str| [&base[..], &[("networks", networks)]].concat();
        let wrong = owner.post(&page, &form("example.org")).is(422).text;
        assert!(wrong.contains("<details class=\"more\" open>") && wrong.contains("neither an address nor a network"), "{wrong}");
        let shown = owner.post(&page, &form("192.0.2.0/24")).is(200).text;
        assert!(shown.contains("From 192.0.2.0/24") && shown.contains("At most 5 a minute"), "{shown}");
    }
}
