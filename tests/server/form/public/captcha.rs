//! The work that a form asks of browsers: set with its page, done once, and what comes without it.

use std::{sync::Arc, time::Duration};

use pbkdf2::pbkdf2_hmac;
use reqwest::blocking::Response;
use serde_json::{Value, json};
use sha2::Sha256;
use stele::domain::{access::Role, time::Clock};

use crate::{
    form::{client, contact, forms, send},
    support::{SetClock, Site, Visitor},
};

const GOOD: [(&str, &str); 2] = [("name", "Ann"), ("email", "ann@example.org")];

fn start() -> (Site, Arc<SetClock>, Value, String) {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let all = forms(&site);
    let mut body = contact();
    body["settings"] = json!({ "captchaEnabled": true });
    let form = site.make(&all, &body);
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    (site, clock, form, address)
}

fn told<'p>(page: &'p str, name: &str) -> &'p str {
    let from = page.split(&format!("{name}=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {page}"));
    from.split('"').next().unwrap()
}

fn token(page: &str) -> String {
    told(page, "name=\"stele.token\" value").to_owned()
}

/// What a browser finds.
fn solved(page: &str) -> String {
    found(page, told(page, "data-cost").parse().unwrap()).expect("a number")
}

/// The same with so many rounds for each number.
fn found(page: &str, cost: u32) -> Option<String> {
    let (salt, prefix) = (told(page, "data-salt"), told(page, "data-prefix"));
    let key = |number: u32| {
        let mut key = [0; 32];
        pbkdf2_hmac::<Sha256>(number.to_string().as_bytes(), salt.as_bytes(), cost, &mut key);
        key.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let found = (0..5_000).map(key).find(|key| key.starts_with(prefix))?;
    Some(format!("{}.{found}", told(page, "data-seal")))
}

fn post(address: &str, fields: &[(&str, &str)]) -> Response {
    let fields: Vec<_> = GOOD.into_iter().chain(fields.iter().copied()).collect();
    client().post(address).form(&fields).send().unwrap()
}

fn blocked(site: &Site, form: &Value) -> Vec<(String, i64)> {
    let (app, id) = (form["appId"].as_str().unwrap(), form["id"].as_str().unwrap());
    let found = site.get(&format!("{}/apps/forms/{app}/forms/{id}/blocked-submissions", site.project())).body;
    let one = |one: &Value| (one["reason"].as_str().unwrap().to_owned(), one["count"].as_i64().unwrap());
    found["byReason"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn a_browser_that_has_worked_is_taken_once_and_its_work_is_good_for_its_page_alone() {
    let (site, clock, form, address) = start();
    let count = || site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap());
    let shown = client().get(&address).send().unwrap();
    let policy = shown.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    let page = shown.text().unwrap();
    assert!(page.contains("data-work=\"yes\"></script>") && page.contains("<noscript><p>This form has browsers"), "{page}");
    let (first, solution) = (token(&page), solved(&page));
    clock.pass(Duration::from_secs(5));
    for _ in 0..2 {
        assert_eq!(post(&address, &[("stele.token", &first), ("stele.captcha", &solution)]).status().as_u16(), 303);
    }
    assert_eq!(count(), 1, "however often it is sent");
    let other = token(&client().get(&address).send().unwrap().text().unwrap());
    clock.pass(Duration::from_secs(5));
    let again = post(&address, &[("stele.token", &other), ("stele.captcha", &solution)]);
    assert_eq!(again.status().as_u16(), 422);
    let counted = post(&address, &[("stele.token", &other), ("stele.captcha", &solution), ("stele.again", "1")]);
    assert!(counted.status().as_u16() == 422 && counted.text().unwrap().contains("value=\"ann@example.org\""), "nothing is lost");
    assert_eq!((count(), blocked(&site, &form)), (1, vec![("captcha:wrong".to_owned(), 1)]));
}

#[test]
fn work_for_another_form_too_little_work_and_a_changed_puzzle_do_not_count() {
    let (site, clock, form, address) = start();
    let mut body = contact();
    body["slug"] = "other".into();
    body["settings"] = json!({ "captchaEnabled": true });
    let all = forms(&site);
    let other = format!("{}/f/{}", site.server.url, site.make(&all, &body)["id"].as_str().unwrap());
    let page = client().get(&address).send().unwrap().text().unwrap();
    let (own, solution) = (token(&page), solved(&page));
    assert_eq!(found(&page, 1), None, "less work finds nothing");
    clock.pass(Duration::from_secs(5));
    let half = format!("{}.{}", told(&page, "data-seal"), told(&page, "data-prefix").repeat(2));
    let longer = format!("7fffffffffffffff.{}", solution.split_once('.').unwrap().1);
    for (to, solution) in [(&other, &*solution), (&address, &*half), (&address, &*longer), (&address, "x")] {
        let sent = post(to, &[("stele.token", &own), ("stele.captcha", solution)]);
        assert!(sent.status().as_u16() == 422 && sent.text().unwrap().contains("do a little work first"), "{solution}");
    }
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap()), 0);
}

#[test]
fn of_several_pages_the_work_is_done_once() {
    let (site, clock, _, _) = start();
    let page = json!([
        { "id": "a", "type": "textField", "data": { "label": "A", "name": "a" } },
        { "id": "p", "type": "pageBreak", "data": {} },
        { "id": "b", "type": "textField", "data": { "label": "B", "name": "b" } },
    ]);
    let body = json!({ "name": "Two", "slug": "two", "content": crate::form::asking(&page), "settings": { "captchaEnabled": true } });
    let form = site.make(&forms(&site), &body);
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let first = client().get(&address).send().unwrap().text().unwrap();
    let (own, solution) = (token(&first), solved(&first));
    let turn = |fields: &[(&str, &str)]| client().post(&address).form(fields).send().unwrap();
    let next = [("stele.token", &*own), ("stele.page", "1"), ("stele.go", "next"), ("a", "1")];
    let second = turn(&[&next[..], &[("stele.captcha", &solution)]].concat()).text().unwrap();
    assert!(second.contains(&format!("name=\"stele.captcha\" value=\"{solution}\"")) && !second.contains("data-prefix"), "{second}");
    let quick = turn(&next).text().unwrap();
    assert!(quick.contains("Page 2 of 2") && quick.contains("data-prefix") && token(&quick) == own, "whoever was quick works on");
    // A token that is made up may lie ahead; the work for it is over in a day all the same.
    let ahead = format!("{:016x}{}", clock.now().micros() + 30 * 86_400_000_000, "0".repeat(32));
    let made_up = turn(&[("stele.token", &*ahead), ("stele.page", "1"), ("stele.go", "next"), ("a", "1")]).text().unwrap();
    assert_eq!(token(&made_up), ahead);
    let found = solved(&made_up);
    clock.pass(Duration::from_hours(25));
    let late = turn(&[("stele.token", &*ahead), ("stele.captcha", &found), ("stele.page", "2"), ("b", "2")]).text().unwrap();
    assert!(late.contains("do a little work first") && late.contains("Page 2 of 2") && token(&late) != ahead, "{late}");
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap()), 0);
    clock.pass(Duration::from_secs(5));
    let sent = turn(&[("stele.token", &*token(&late)), ("stele.captcha", &solved(&late)), ("a", "1"), ("b", "2")]);
    assert_eq!(sent.status().as_u16(), 303);
}

#[test]
fn what_comes_without_is_asked_on_the_next_page_and_loses_nothing() {
    let (site, clock, form, address) = start();
    let asked = post(&address, &[]);
    assert_eq!(asked.status().as_u16(), 422);
    let page = asked.text().unwrap();
    assert!(
        page.contains("do a little work first") && page.contains("value=\"ann@example.org\"") && page.contains("data-prefix"),
        "{page}"
    );
    assert_eq!(blocked(&site, &form), [], "a form of a site's own is no attack");
    let (next, solution) = (token(&page), solved(&page));
    clock.pass(Duration::from_secs(5));
    assert_eq!(post(&address, &[("stele.token", &next), ("stele.captcha", &solution), ("stele.again", "1")]).status().as_u16(), 303);
    for _ in 0..3 {
        assert_eq!(post(&address, &[("stele.again", "1")]).status().as_u16(), 422);
    }
    assert_eq!(blocked(&site, &form), [("captcha:missing".to_owned(), 3)]);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let inbox = eva.get(&format!("/o/acme/p/site/forms/forms/forms/{}/submissions", form["id"].as_str().unwrap())).is(200);
    assert!(inbox.text.contains("Without the work that browsers do"), "{}", inbox.text);
    let (status, body) = send(&site, &form, &json!({ "name": "Ann", "email": "ann@example.org" }));
    assert_eq!((status, &body["reason"]), (422, &json!("send_again")));
    let part: Value = client().get(format!("{address}?part")).send().unwrap().json().unwrap();
    assert!(part["html"].as_str().unwrap().contains("data-prefix"), "the script is given the work, too");
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap()), 1);
}
