//! Forms as visitors meet them: shown, filled in, sent; what is refused, and what is never lost.

use std::{
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use reqwest::blocking::Response;
use serde_json::{Value, json};
use stele::config::Config;

use super::{asking, client, contact, forms, send};
use crate::support::{SetClock, Site};

const HOUR: Duration = Duration::from_secs(3_600);
const GOOD: [(&str, &str); 3] = [("name", "Ann"), ("email", "ann@example.org"), ("message", "Hello")];

/// A site with a form, whose clock stands still.
fn start(settings: &Value) -> (Site, Arc<SetClock>, Value, String) {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let all = forms(&site);
    let mut body = contact();
    body["settings"] = settings.clone();
    let form = site.make(&all, &body);
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    (site, clock, form, address)
}

fn page(address: &str) -> String {
    client().get(address).send().unwrap().text().unwrap()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {page}"));
    from.split('"').next().unwrap().to_owned()
}

fn post(address: &str, fields: &[(&str, &str)]) -> Response {
    client().post(address).form(fields).send().unwrap()
}

fn with<'f>(token: &'f str, fields: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    [("stele.token", token)].into_iter().chain(fields.iter().copied()).collect()
}

fn count(site: &Site, form: &Value) -> i64 {
    site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap())
}

#[test]
fn a_form_is_filled_in_and_thanked_for_without_a_script() {
    let (site, clock, form, address) =
        start(&json!({ "successMessage": { "en": "Thanks **a lot**", "fr": "Merci" }, "gcUrlRedirect": "https://example.org/done" }));
    let shown = client().get(&address).send().unwrap();
    let policy = shown.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("form-action 'self'") && policy.ends_with("frame-ancestors *"),
        "{policy}"
    );
    assert_eq!(shown.headers()["referrer-policy"], "strict-origin-when-cross-origin");
    assert!(shown.headers().get("set-cookie").is_none() && shown.headers().get("x-frame-options").is_none());
    let text = shown.text().unwrap();
    assert!(
        text.contains("<label for=\"who-input\">Your name</label>") && text.contains("type=\"email\"") && !text.contains("<script"),
        "{text}"
    );
    assert!(text.contains("Message <span class=\"field-optional\">(optional)</span>"), "{text}");
    clock.pass(Duration::from_secs(5));
    let sent = post(&address, &with(&hidden(&text, "stele.token"), &GOOD));
    let to = sent.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!((sent.status().as_u16(), count(&site, &form)), (303, 1), "{to}");
    let thanks = client().get(format!("{}{to}", site.server.url)).send().unwrap();
    assert_eq!(thanks.headers()["refresh"], "5; url=https://example.org/done");
    let thanks = thanks.text().unwrap();
    assert!(thanks.contains("Thanks <strong>a lot</strong>") && thanks.contains("href=\"https://example.org/done\""), "{thanks}");
    assert!(page(&format!("{address}?sent&locale=fr")).contains("Merci"));
}

#[test]
fn a_language_is_that_of_the_address_or_of_the_browser() {
    let (_site, clock, _, address) = start(&json!({}));
    let french = client().get(&address).header("accept-language", "fr-CH, en;q=0.5").send().unwrap();
    assert_eq!(french.headers()["content-language"], "fr");
    let french = french.text().unwrap();
    assert!(french.contains("Votre nom") && french.contains("(facultatif)") && french.contains(">Envoyer<"), "{french}");
    clock.pass(Duration::from_secs(5));
    let token = hidden(&french, "stele.token");
    let wrong = post(&address, &with(&token, &[("stele.locale", "fr"), ("email", "ann")])).text().unwrap();
    assert!(
        wrong.contains("2 réponses ne sont pas encore justes") && wrong.contains("Votre nom\u{a0}: une réponse est nécessaire"),
        "{wrong}"
    );
}

#[test]
fn what_is_wrong_is_told_above_with_links_and_nothing_typed_is_lost() {
    let (site, clock, form, address) = start(&json!({}));
    let token = hidden(&page(&address), "stele.token");
    clock.pass(Duration::from_secs(5));
    let answer = post(&address, &with(&token, &[("name", "<b>\"Ann"), ("email", "no address"), ("message", "\nHello")]));
    assert_eq!(answer.status().as_u16(), 422);
    let text = answer.text().unwrap();
    assert!(text.contains("id=\"form-summary\" tabindex=\"-1\" autofocus") && text.contains("One answer is not right yet"), "{text}");
    assert!(text.contains("<a href=\"#mail-input\">E-mail: an e-mail address, such as ann@example.org</a>"), "{text}");
    assert!(
        text.contains("aria-describedby=\"mail-input-fault\" aria-invalid=\"true\"") && text.contains("id=\"mail-input-fault\""),
        "{text}"
    );
    assert!(
        text.contains("value=\"&lt;b&gt;&quot;Ann\"") && text.contains("value=\"no address\"") && text.contains("\n\nHello</textarea>"),
        "{text}"
    );
    assert_eq!(count(&site, &form), 0);
}

#[test]
fn a_page_is_sent_once_however_often_it_is_sent() {
    let (site, clock, form, address) = start(&json!({}));
    let token = hidden(&page(&address), "stele.token");
    clock.pass(Duration::from_secs(5));
    let answers: Vec<_> = (0..3).map(|_| post(&address, &with(&token, &GOOD))).collect();
    let to = |answer: &Response| (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap().to_owned());
    assert!(answers.iter().all(|answer| to(answer) == to(&answers[0]) && answer.status() == 303), "the same thanks each time");
    assert_eq!(count(&site, &form), 1);
    let other = hidden(&page(&address), "stele.token");
    clock.pass(Duration::from_secs(5));
    post(&address, &with(&other, &GOOD));
    assert_eq!(count(&site, &form), 2, "another page is another submission");
}

#[test]
fn an_old_page_is_drawn_again_and_then_taken() {
    let (site, clock, form, address) = start(&json!({}));
    let token = hidden(&page(&address), "stele.token");
    clock.pass(HOUR * 48);
    let again = post(&address, &with(&token, &GOOD));
    assert_eq!(again.status().as_u16(), 422);
    let text = again.text().unwrap();
    assert!(text.contains("open for long") && text.contains("value=\"ann@example.org\""), "{text}");
    clock.pass(Duration::from_secs(5));
    assert_eq!(post(&address, &with(&hidden(&text, "stele.token"), &GOOD)).status().as_u16(), 303);
    assert_eq!(count(&site, &form), 1);
    assert_eq!(post(&address, &with("no token", &GOOD)).status().as_u16(), 422);
}

#[test]
fn a_filled_honeypot_asks_once_more_and_only_the_second_counts() {
    let (site, clock, form, address) = start(&json!({}));
    let token = hidden(&page(&address), "stele.token");
    clock.pass(Duration::from_secs(5));
    let helped: Vec<_> = GOOD.into_iter().chain([("stele.website", "https://example.org")]).collect();
    let asked = post(&address, &with(&token, &helped)).text().unwrap();
    assert!(asked.contains("Please send it once more") && asked.contains("value=\"ann@example.org\""), "{asked}");
    let blocked = "SELECT COALESCE(SUM(n), 0) FROM blocked_submissions WHERE form_id = ?1";
    assert_eq!(site.count(blocked, form["id"].as_str().unwrap()), 0);
    clock.pass(Duration::from_secs(5));
    let next = hidden(&asked, "stele.token");
    let again = [("stele.again", "1")];
    let person: Vec<_> = GOOD.into_iter().chain(again).collect();
    assert_eq!(post(&address, &with(&next, &person)).status().as_u16(), 303, "a person is not lost");
    let bot: Vec<_> = helped.into_iter().chain(again).collect();
    let refused = post(&address, &with(&next, &bot));
    assert!(refused.status().as_u16() == 422 && refused.text().unwrap().contains("could not be taken"));
    assert_eq!((site.count(blocked, form["id"].as_str().unwrap()), count(&site, &form)), (1, 1));
}

#[test]
fn nobody_fills_in_a_form_in_a_second() {
    let (site, clock, form, address) = start(&json!({}));
    let token = hidden(&page(&address), "stele.token");
    let asked = post(&address, &with(&token, &GOOD)).text().unwrap();
    assert!(asked.contains("faster than anybody"), "{asked}");
    clock.pass(Duration::from_secs(3));
    let fields: Vec<_> = GOOD.into_iter().chain([("stele.again", "1")]).collect();
    assert_eq!(post(&address, &with(&hidden(&asked, "stele.token"), &fields)).status().as_u16(), 303);
    assert_eq!(count(&site, &form), 1);
}

#[test]
fn a_static_site_posts_without_a_token_and_a_script_sends_json() {
    let (site, _, form, address) = start(&json!({}));
    let plain: Vec<_> = GOOD.into_iter().chain([("submit", "Send")]).collect();
    assert_eq!(post(&address, &plain).status().as_u16(), 303);
    let (status, body) = send(&site, &form, &json!({ "name": "Ann", "email": "ann@example.org" }));
    assert_eq!((status, &body["message"]), (201, &json!("Thank you. What you sent has arrived.")));
    let (status, body) = send(&site, &form, &json!({ "name": "", "email": 7, "age": 3 }));
    let told: Vec<_> = body["errors"].as_array().unwrap().iter().map(|one| (&one["field"], &one["code"])).collect();
    let wanted = [("age", "unknown_field"), ("name", "required"), ("email", "no_email")].map(|(field, code)| (json!(field), json!(code)));
    assert_eq!((status, told), (400, wanted.iter().map(|(field, code)| (field, code)).collect()));
    assert_eq!(body["errors"][1]["message"], "Your name is required.");
    let text = client().post(&address).header("content-type", "text/plain").body("name=Ann").send().unwrap();
    assert_eq!((text.status().as_u16(), count(&site, &form)), (415, 2));
    let schema: Value = serde_json::from_str(&page(&format!("{address}?schema"))).unwrap();
    assert_eq!(schema["required"], json!(["name", "email"]));
}

#[test]
fn other_sites_send_and_frame_it_as_its_settings_say() {
    let (site, _, form, address) = start(&json!({ "allowedOrigins": ["https://good.example"] }));
    let policy = client().get(&address).send().unwrap().headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.ends_with("frame-ancestors 'self' https://good.example"), "{policy}");
    let from = |origin: &str| {
        client().post(&address).header("origin", origin).json(&json!({ "name": "Ann", "email": "ann@example.org" })).send().unwrap()
    };
    let good = from("https://good.example");
    assert_eq!(
        (good.status().as_u16(), &good.headers()["access-control-allow-origin"]),
        (201, &reqwest::header::HeaderValue::from_static("https://good.example"))
    );
    assert!(good.headers().get("access-control-allow-credentials").is_none());
    let wrong = client().post(&address).header("origin", "https://good.example").json(&json!({})).send().unwrap();
    assert!(wrong.status() == 400 && wrong.headers().contains_key("access-control-allow-origin"), "what is wrong is read there, too");
    let evil = from("https://evil.example");
    assert!(evil.status().as_u16() == 403 && evil.headers().get("access-control-allow-origin").is_none());
    assert_eq!(from(&site.server.url).status().as_u16(), 201, "its own page");
    assert_eq!(from("http://stele.test").status().as_u16(), 201, "the same by its public address, which a proxy asks for by another name");
    assert_eq!(from("http://stele.test.evil.example").status().as_u16(), 403);
    assert_eq!(count(&site, &form), 3);
    let asked = client().request(reqwest::Method::OPTIONS, &address).header("origin", "https://good.example").send().unwrap();
    assert_eq!(
        (asked.status().as_u16(), &asked.headers()["access-control-allow-headers"]),
        (204, &reqwest::header::HeaderValue::from_static("content-type"))
    );
    let (_open, _, _, everywhere) = start(&json!({}));
    let any = client()
        .post(&everywhere)
        .header("origin", "https://any.example")
        .json(&json!({ "name": "Ann", "email": "ann@example.org" }))
        .send()
        .unwrap();
    assert_eq!(
        (any.status().as_u16(), &any.headers()["access-control-allow-origin"]),
        (201, &reqwest::header::HeaderValue::from_static("*"))
    );
}

#[test]
fn one_that_is_switched_off_takes_nothing_and_one_that_is_gone_is_not_there() {
    let (site, _, form, address) = start(&json!({}));
    let one = site.items(&format!("{}/apps/forms/{}/forms", site.project(), form["appId"].as_str().unwrap()))[0].clone();
    let path = format!("{}/apps/forms/{}/forms/{}", site.project(), form["appId"].as_str().unwrap(), one["id"].as_str().unwrap());
    assert_eq!(site.ask("POST", &format!("{path}/deactivate"), None).status, 200);
    assert!(page(&address).contains("takes nothing at the moment"));
    assert_eq!(send(&site, &form, &json!({ "name": "Ann", "email": "a@example.org" })).0, 409);
    assert_eq!(count(&site, &form), 0);
    site.ask("DELETE", &path, None);
    for (method, nowhere) in [("GET", &address), ("POST", &address), ("GET", &format!("{}/f/nothing", site.server.url))] {
        let answer = client().request(method.parse().unwrap(), nowhere).json(&json!({})).send().unwrap();
        assert_eq!(answer.status().as_u16(), 404, "{method} {nowhere}");
    }
}

#[test]
fn once_for_each_address_means_once() {
    let (site, _, form, _) = start(&json!({ "submissionLimit": "once_per_user" }));
    let of = |email: &str| send(&site, &form, &json!({ "name": "Ann", "email": email })).0;
    assert_eq!((of("ann@example.org"), of("ANN@example.org"), of("bo@example.org")), (201, 409, 201));
    assert_eq!(count(&site, &form), 2);
    let all = format!("{}/apps/forms/{}/forms", site.project(), form["appId"].as_str().unwrap());
    let without = json!({ "name": "x", "slug": "x", "settings": { "submissionLimit": "once_per_user" } });
    assert_eq!(super::faults(&site, "POST", &all, &without), [("settings.submissionLimit".to_owned(), "needs_email".to_owned())]);
}

#[test]
fn an_address_sends_so_often_a_minute_and_others_do_not_wait_for_it() {
    let clock = SetClock::new();
    let mut config = Config::default();
    config.rate_limits.submission = Some(2);
    let site = Site::clocked_as(&clock, config);
    let all = forms(&site);
    let form = site.make(&all, &contact());
    let mut second = contact();
    second["slug"] = json!("second");
    let second = site.make(&all, &second);
    let ann = json!({ "name": "Ann", "email": "ann@example.org" });
    let codes: Vec<_> = (0..3).map(|_| send(&site, &form, &ann).0).collect();
    assert_eq!((codes, send(&site, &second, &ann).0), (vec![201, 201, 429], 201));
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let typed = post(&address, &GOOD);
    assert!(typed.status().as_u16() == 429 && typed.text().unwrap().contains("value=\"ann@example.org\""), "what was typed is not lost");
    clock.pass(Duration::from_secs(60));
    assert_eq!(send(&site, &form, &ann).0, 201);
}

#[test]
fn what_is_hostile_is_refused_and_stores_nothing() {
    let (site, _, form, address) = start(&json!({}));
    let many: serde_json::Map<String, Value> = (0..10_000).map(|n| (format!("field-{n}"), json!(n))).collect();
    let (status, body) = send(&site, &form, &Value::Object(many));
    assert_eq!((status, body["errors"].as_array().unwrap().len()), (400, 100));
    let long = client().post(&address).json(&json!({ "name": "x".repeat(10 << 20) })).send();
    assert!(long.is_err() || long.unwrap().status() == 413);
    for odd in [json!([]), json!("x"), json!({ "name": { "$ne": "" } }), json!({ "name": "A\u{0}\u{202e}", "email": ["a@example.org"] })] {
        assert!(matches!(send(&site, &form, &odd).0, 201 | 400), "{odd}");
    }
    let stored = site.items(&format!(
        "{}/apps/forms/{}/forms/{}/submissions",
        site.project(),
        form["appId"].as_str().unwrap(),
        form["id"].as_str().unwrap()
    ));
    assert_eq!((stored.len(), &stored[0]["data"]), (1, &json!({ "name": "A", "email": "a@example.org" })));
    let pairs: Vec<_> = (0..5_000).map(|n| (format!("name-{n}"), "x")).collect();
    assert_eq!(client().post(&address).form(&pairs).send().unwrap().status().as_u16(), 422);
}

#[test]
fn a_consent_is_stored_with_its_words() {
    let site = Site::new();
    let all = forms(&site);
    let consent = json!([{ "id": "c", "type": "consentField", "data": { "label": "I agree", "name": "consent", "required": true, "markdown": "See [privacy](/privacy)." } }]);
    let form = site.make(&all, &json!({ "name": "Consent", "slug": "consent", "content": asking(&consent) }));
    assert_eq!(send(&site, &form, &json!({})).1["errors"][0]["code"], "consent_required");
    assert_eq!(send(&site, &form, &json!({ "consent": true })).0, 201);
    let stored = &site.items(&format!("{all}/{}/submissions", form["id"].as_str().unwrap()))[0];
    assert_eq!(stored["consents"], json!({ "consent": { "label": "I agree", "text": "See [privacy](/privacy)." } }));
    assert_eq!((&stored["data"], &stored["formVersion"]), (&json!({ "consent": true }), &json!(1)));
}

#[test]
fn what_is_too_much_waits_for_no_write() {
    let mut config = Config::default();
    config.rate_limits.submission = Some(1);
    let site = Site::as_set(config);
    let form = site.make(&forms(&site), &contact());
    assert_eq!(send(&site, &form, &json!({ "name": "Ann", "email": "ann@example.org" })).0, 201);
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let ((begun, is_begun), (over, is_over)) = (mpsc::channel(), mpsc::channel::<()>());
    thread::scope(|scope| {
        scope.spawn(|| {
            site.server.write(move |_| {
                begun.send(()).unwrap();
                // Until nobody has the other end.
                is_over.recv().unwrap_err();
                Ok(())
            });
        });
        is_begun.recv().unwrap();
        let limited = client().post(&address).timeout(Duration::from_secs(20)).form(&GOOD).send().map(|answer| answer.status().as_u16());
        drop(over);
        assert_eq!(limited.unwrap(), 429);
    });
}

#[test]
fn a_path_leads_from_the_page_of_a_form_to_the_site_that_is_known() {
    let site = Site::new();
    let mut body = contact();
    body["settings"] = json!({ "gcUrlRedirect": "/thanks" });
    let consent = "As [we say](/privacy?a#b), and [others](https://law.example/).";
    let data = json!({ "label": "I agree", "name": "consent", "markdown": consent });
    body["content"] = asking(&json!([{ "id": "yes", "type": "consentField", "data": data }]));
    let form = site.make(&forms(&site), &body);
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let path = format!("{}/apps/forms/{}/forms/{}", site.project(), form["appId"].as_str().unwrap(), form["id"].as_str().unwrap());
    let link = |origin: &str| format!("href=\"{origin}/privacy?a#b\"");
    let thanks = || client().get(format!("{address}?sent")).send().unwrap();
    let refresh = || thanks().headers()["refresh"].to_str().unwrap().to_owned();
    assert!(page(&address).contains(&link("")) && refresh() == "5; url=/thanks", "no site is known");
    site.change(&format!("/organizations/{}", site.here.org), &json!({ "website": "https://northwind.example/en/" }));
    assert!(page(&address).contains(&link("https://northwind.example")) && page(&address).contains("\"https://law.example/\""));
    assert_eq!(refresh(), "5; url=https://northwind.example/thanks");
    site.change(&path, &json!({ "settings": { "gcUrlRedirect": "/thanks", "allowedOrigins": ["https://shop.example"] } }));
    for shown in [address.clone(), format!("{address}?frame")] {
        assert!(page(&shown).contains(&link("https://shop.example")), "{shown}");
    }
    let said = thanks().text().unwrap();
    assert!(
        said.contains("href=\"https://shop.example/thanks\"") && said.contains("href=\"/f/"),
        "and what is on this server stays: {said}"
    );
    // What our script draws stands on the site itself.
    let part: Value = client().get(format!("{address}?part")).send().unwrap().json().unwrap();
    assert!(part["html"].as_str().unwrap().contains(&link("")), "{part}");
}
