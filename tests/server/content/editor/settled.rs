//! What fits together by itself is told above what must be decided, and working copies that nobody touches go.

use serde_json::json;
use stele::{
    domain::{access::Role, time::DAY},
    jobs,
    service::retention::Retention,
};

use crate::support::{SetClock, Site, Visitor};

use super::Desk;

/// The words of the list, one line for each change.
fn told(page: &str) -> Vec<String> {
    let list = page.split_once("<ol class=\"log\">").map_or("", |(_, rest)| rest.split("</ol>").next().unwrap());
    let text = |line: &str| {
        let (mut text, mut is_tag) = (String::new(), false);
        for c in line.split_once("</span>").map_or("", |(_, rest)| rest).chars() {
            match c {
                '<' => is_tag = true,
                '>' => is_tag = false,
                _ if !is_tag => text.push(c),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    list.split("<li>").skip(1).map(text).collect()
}

#[test]
fn what_merged_by_itself_is_told_above_what_must_be_decided() {
    let site = Site::new();
    let desk = Desk::new(&site);
    let (eva, owner) = (Visitor::new(&site.server, &site.here, "Eva", Role::Editor), Visitor::owner(&site.server, &site.here));
    let hers = eva.get(&desk.at);
    // The owner changes a text, a language that she leaves alone, and adds a block; she changes that text, a level and a field.
    let page = desk.press(&owner, &owner.get(&desk.at), "offer:after:t", &[("open", "t"), ("data.markdown", "Of the owner")]);
    let page = desk.press(&owner, &page, "add:divider", &[("adding", "after:t")]);
    let french = [("locale", "fr"), ("open", "h"), ("data.text", "Océan"), ("data.level", "2")];
    let version = page.hidden("version");
    owner.post(&desk.at, &[&[("version", version.as_str())], &french[..]].concat()).is(303);
    let page = desk.press(&eva, &hers, "open:t", &[("open", "h"), ("data.text", "Sea"), ("data.level", "4"), ("slug", "tide")]);
    let to = desk.save(&eva, &page, &[("open", "t"), ("data.markdown", "Of hers")]).is(303).to;
    assert_eq!(to, format!("{}/conflict", desk.at));
    let page = eva.get(&to).is(200).text;
    let wanted = ["You · Address", "You · Heading Sea: Level", "Olga Owner · Heading Sea: Text FR", "Olga Owner · Divider · added"];
    assert_eq!(told(&page), wanted);
    assert!(page.find("Merged by itself") < page.find("type=\"radio\""), "it stands above");
    assert!(page.contains("4 changes") && page.matches("value=\"both\"").count() == 1, "{page}");
}

#[test]
fn a_working_copy_that_nobody_touches_goes_once_the_entry_has_changed_and_frees_its_version() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let (overtaken, newest) = (Desk::new(&site), Desk::of(&site, &json!({"name": "Alone", "slug": "alone", "title": "Alone"})));
    clock.pass(DAY);
    let (eva, owner) = (Visitor::new(&site.server, &site.here, "Eva", Role::Editor), Visitor::owner(&site.server, &site.here));
    overtaken.save(&owner, &owner.get(&overtaken.at), &[("title", "Second")]).is(303);
    let body = [("open", "t"), ("data.markdown", "Not saved")];
    overtaken.press(&eva, &eva.get(&overtaken.at), "", &body);
    newest.press(&eva, &eva.get(&newest.at), "", &[("title", "Not saved")]);
    let copies = |desk: &Desk<'_>| site.count("SELECT COUNT(*) FROM working_copies WHERE entry_id = ?1", &desk.id);
    let versions = || site.count("SELECT COUNT(*) FROM versions WHERE entry_id = ?1 AND version = 2", &overtaken.id);
    for title in ["Third", "Fourth"] {
        clock.pass(std::time::Duration::from_secs(60));
        overtaken.save(&owner, &owner.get(&overtaken.at), &[("title", title)]).is(303);
    }
    assert!(eva.get(&overtaken.at).text.contains("Your changes are kept until 2 Apr 2030"), "{}", eva.get(&overtaken.at).text);
    let sweep = |kept| site.server.once(&jobs::sweep::job(&site.server.store, kept));
    let tidy = || site.server.once(&jobs::versions::job(&site.server.store, Retention::default().versions));
    clock.pass(DAY * 89);
    sweep(Retention::default());
    tidy();
    assert_eq!((copies(&overtaken), versions()), (1, 1), "nothing goes before its time, nor the version that it was begun from");
    clock.pass(DAY * 400);
    sweep(Retention { working_copies: None, ..Retention::default() });
    assert_eq!(copies(&overtaken), 1, "for ever");
    sweep(Retention::default());
    assert_eq!((copies(&overtaken), copies(&newest)), (0, 1), "what is the newest that anybody has written stays");
    assert_eq!(site.count("SELECT COUNT(*) FROM working_copy_steps WHERE entry_id = ?1", &overtaken.id), 0);
    clock.pass(DAY * 2);
    tidy();
    assert_eq!(versions(), 0, "the version that it was begun from is free");
}
